(identifier) @ident
(namespace_declaration name: (_) @package)
(file_scoped_namespace_declaration name: (_) @package)
(class_declaration name: (_) @name) @def.class
(class_declaration name: (_) @heir (base_list (_) @super))
(interface_declaration name: (_) @name) @def.interface
(struct_declaration name: (_) @name) @def.struct
(record_declaration name: (_) @name) @def.class
(enum_declaration name: (_) @name) @def.enum
(enum_member_declaration name: (_) @name) @def.constant
(delegate_declaration name: (_) @name) @def.type
(method_declaration returns: (_) @type name: (_) @name) @def.method
(constructor_declaration name: (_) @name) @def.constructor
(property_declaration type: (_) @type name: (_) @name) @def.field
(event_field_declaration (variable_declaration (variable_declarator name: (_) @name))) @def.inner.field
(field_declaration (variable_declaration type: (_) @type (variable_declarator name: (_) @name))) @def.inner.field
(local_declaration_statement (variable_declaration type: (_) @type (variable_declarator name: (_) @local)))
(parameter type: (_) @type name: (_) @local)
(foreach_statement left: (identifier) @local)
(catch_declaration name: (_) @local)
(lambda_expression parameters: (identifier) @local)
(type_parameter name: (_) @local)
([method_declaration constructor_declaration lambda_expression block for_statement foreach_statement catch_clause accessor_declaration local_function_statement]) @scope
(member_access_expression expression: (_) @receiver name: (_) @member) @path
(qualified_name qualifier: (_) @receiver name: (_) @member) @path
(invocation_expression function: (_) @callee) @call
(object_creation_expression type: (_) @callee) @new
(using_directive ([qualified_name identifier]) @module) @wholly
