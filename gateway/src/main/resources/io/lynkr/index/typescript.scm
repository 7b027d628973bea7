; What TypeScript adds
([type_identifier]) @ident
(interface_declaration name: (_) @name) @def.interface
(interface_declaration name: (_) @heir (extends_type_clause (_) @super))
(class_declaration name: (_) @heir (class_heritage (extends_clause value: (_) @super)))
(class_declaration name: (_) @heir (class_heritage (implements_clause (_) @super)))
(abstract_class_declaration name: (_) @name) @def.class
(abstract_class_declaration name: (_) @heir (class_heritage (extends_clause value: (_) @super)))
(type_alias_declaration name: (_) @name) @def.type
(enum_declaration name: (_) @name) @def.enum
(enum_body ([property_identifier]) @name) @def.inner.constant
(enum_assignment name: (property_identifier) @name) @def.constant
(internal_module name: (identifier) @name) @def.module
(public_field_definition name: (_) @name) @def.field
(public_field_definition name: (_) @typed type: (_) @type)
(public_field_definition name: (_) @typed value: (_) @init)
(property_signature name: (property_identifier) @name) @def.field
(property_signature name: (_) @typed type: (_) @type)
(method_signature name: (_) @name) @def.method
(method_signature name: (_) @typed return_type: (_) @type)
(method_definition name: (_) @typed return_type: (_) @type)
(abstract_method_signature name: (_) @name) @def.method
(abstract_method_signature name: (_) @typed return_type: (_) @type)
(function_signature name: (_) @name) @def.function
(function_declaration name: (_) @typed return_type: (_) @type)
(variable_declarator name: (identifier) @typed type: (_) @type)
(required_parameter pattern: (identifier) @local)
(required_parameter pattern: (identifier) @typed type: (_) @type)
(optional_parameter pattern: (identifier) @local)
(optional_parameter pattern: (identifier) @typed type: (_) @type)
(required_parameter (accessibility_modifier) pattern: (identifier) @name) @def.field
(type_parameter name: (_) @local)
([interface_declaration type_alias_declaration function_signature method_signature function_type class_declaration abstract_class_declaration]) @scope.type
(nested_type_identifier module: (_) @receiver name: (_) @member) @path
(as_expression (_) @value) @cast
(non_null_expression (_) @value) @cast
