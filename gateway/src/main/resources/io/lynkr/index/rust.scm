([identifier type_identifier field_identifier shorthand_field_identifier]) @ident
(function_item name: (_) @name) @def.function
(function_item name: (_) @typed return_type: (_) @type)
(function_signature_item name: (_) @name) @def.function
(function_signature_item name: (_) @typed return_type: (_) @type)
(struct_item name: (_) @name) @def.struct
(union_item name: (_) @name) @def.struct
(enum_item name: (_) @name) @def.enum
(enum_variant name: (_) @name) @def.constant
(trait_item name: (_) @name) @def.trait
(type_item name: (_) @name) @def.type
(associated_type name: (_) @name) @def.type
(mod_item name: (_) @name) @def.module
(macro_definition name: (_) @name) @def.macro
(const_item name: (_) @name) @def.constant
(static_item name: (_) @name) @def.variable
(field_declaration name: (_) @name type: (_) @type) @def.field
(impl_item type: (_) @extended) @extension
(let_declaration pattern: (identifier) @local)
(let_declaration pattern: (identifier) @local type: (_) @type)
(let_declaration pattern: (identifier) @local value: (_) @init)
(let_declaration pattern: (mut_pattern (identifier) @local))
(tuple_pattern (identifier) @local)
(tuple_struct_pattern type: (_) (identifier) @bound)
(ref_pattern (identifier) @local)
(mut_pattern (identifier) @local)
(field_pattern name: (shorthand_field_identifier) @local)
(field_pattern pattern: (identifier) @local)
(for_expression pattern: (identifier) @local)
(parameter pattern: (identifier) @local type: (_) @type)
(parameter pattern: (mut_pattern (identifier) @local) type: (_) @type)
(closure_parameters (identifier) @local)
(type_parameter name: (_) @local)
([function_item closure_expression block match_arm for_expression if_expression while_expression]) @scope
([struct_item enum_item trait_item impl_item type_item function_signature_item]) @scope.type
(field_expression value: (_) @receiver field: (_) @member) @path
(scoped_identifier path: (_) @receiver name: (_) @member) @path
(scoped_type_identifier path: (_) @receiver name: (_) @member) @path
(call_expression function: (_) @callee) @call
(struct_expression name: (_) @callee) @new
(reference_expression value: (_) @value) @cast
(try_expression (_) @value) @cast
(field_initializer field: (field_identifier) @key)
(use_declaration argument: (scoped_identifier path: (_) @module name: (_) @item)) @import
(use_declaration argument: (use_as_clause path: (scoped_identifier path: (_) @module name: (_) @item) alias: (_) @alias)) @import
(use_declaration argument: (scoped_use_list path: (_) @module list: (use_list (identifier) @item))) @import
(use_declaration argument: (use_wildcard (_) @module) @all) @import
