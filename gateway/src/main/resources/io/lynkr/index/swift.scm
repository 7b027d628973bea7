([simple_identifier type_identifier]) @ident
(class_declaration name: (_) @name) @def.class
(class_declaration name: (_) @heir (inheritance_specifier inherits_from: (_) @super))
(protocol_declaration name: (_) @name) @def.interface
(typealias_declaration name: (_) @name) @def.type
(function_declaration name: (simple_identifier) @name) @def.function
(protocol_function_declaration name: (simple_identifier) @name) @def.method
(property_declaration name: (pattern bound_identifier: (simple_identifier) @var))
(enum_entry name: (simple_identifier) @name) @def.constant
(parameter name: (simple_identifier) @local)
(lambda_parameter name: (simple_identifier) @local)
(for_statement item: (pattern bound_identifier: (simple_identifier) @local))
([function_declaration lambda_literal for_statement init_declaration computed_property if_statement guard_statement]) @scope
(navigation_expression target: (_) @receiver suffix: (navigation_suffix suffix: (simple_identifier) @member)) @path
(call_expression (_) @callee (call_suffix)) @call
(value_argument_label (simple_identifier) @key)
