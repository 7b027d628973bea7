([simple_identifier type_identifier]) @ident
(package_header (identifier) @package)
(class_declaration (type_identifier) @name) @def.class
(class_declaration (type_identifier) @heir (delegation_specifier (_) @super))
(object_declaration (type_identifier) @name) @def.class
(type_alias (type_identifier) @name) @def.type
(function_declaration (simple_identifier) @name) @def.function
(property_declaration (variable_declaration (simple_identifier) @var))
(property_declaration (variable_declaration (simple_identifier) @typed (user_type) @type))
(class_parameter (binding_pattern_kind) (simple_identifier) @name) @def.field
(class_parameter (simple_identifier) @local)
(enum_entry (simple_identifier) @name) @def.constant
(parameter (simple_identifier) @local)
(parameter (simple_identifier) @typed (user_type) @type)
(lambda_parameters (variable_declaration (simple_identifier) @local))
(for_statement (variable_declaration (simple_identifier) @local))
(catch_block (simple_identifier) @local)
(type_parameter (type_identifier) @local)
([function_declaration lambda_literal anonymous_function for_statement catch_block secondary_constructor getter setter anonymous_initializer control_structure_body]) @scope
([primary_constructor]) @scope.type
(navigation_expression (_) @receiver (navigation_suffix (simple_identifier) @member)) @path
(call_expression (_) @callee (call_suffix)) @call
(value_argument (simple_identifier) @argument (_))
(import_header (identifier) @module) @dotted
