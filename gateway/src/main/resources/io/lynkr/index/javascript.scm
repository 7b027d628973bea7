; JavaScript, and what TypeScript has in common with it
([identifier property_identifier private_property_identifier shorthand_property_identifier]) @ident
(class_declaration name: (_) @name) @def.class
(class_declaration name: (_) @heir (class_heritage (_) @super))
(function_declaration name: (_) @name) @def.function
(generator_function_declaration name: (_) @name) @def.function
(method_definition name: (_) @name) @def.method
(variable_declarator name: (identifier) @var value: ([arrow_function function_expression generator_function class]) @function)
(variable_declarator name: (identifier) @var value: (_) @init)
(variable_declarator name: (identifier) @var)
(variable_declarator name: ([object_pattern array_pattern]) @pattern)
(lexical_declaration (variable_declarator name: (object_pattern ([shorthand_property_identifier_pattern]) @var)))
(object_pattern (shorthand_property_identifier_pattern) @var)
(object_pattern (pair_pattern value: (identifier) @var))
(array_pattern (identifier) @var)
(assignment_pattern left: (identifier) @parameter)
(object_assignment_pattern left: (shorthand_property_identifier_pattern) @var)
(rest_pattern (identifier) @parameter)
(formal_parameters (identifier) @local)
(arrow_function parameter: (identifier) @local)
(catch_clause parameter: (identifier) @local)
(for_in_statement left: (identifier) @local)
(function_expression name: (identifier) @local)
([function_declaration function_expression arrow_function method_definition generator_function generator_function_declaration statement_block for_statement for_in_statement catch_clause]) @scope
(member_expression object: (_) @receiver property: (_) @member) @path
(call_expression function: (_) @callee) @call
(new_expression constructor: (_) @callee) @new
(pair key: (property_identifier) @key)
(assignment_expression left: (member_expression object: (_) @owner property: (property_identifier) @name) right: ([function_expression arrow_function])) @def.method
(import_statement source: (string) @module (import_clause (identifier) @default)) @import
(import_statement source: (string) @module (import_clause (namespace_import (identifier) @alias))) @import
(import_specifier name: (_) @item) @imported
(import_specifier name: (_) @item alias: (_) @alias) @imported
(export_specifier name: (_) @item) @exported
(export_specifier name: (_) @item alias: (_) @alias) @exported
(export_statement source: (string) @module) @reexport
(variable_declarator name: (identifier) @alias value: (call_expression function: (identifier) @require arguments: (arguments (string) @module)))
(variable_declarator name: (object_pattern (shorthand_property_identifier_pattern) @item) value: (call_expression function: (identifier) @require arguments: (arguments (string) @module)))
