(name) @ident
(namespace_definition name: (_) @package)
(class_declaration name: (_) @name) @def.class
(class_declaration name: (_) @heir (base_clause (_) @super))
(class_declaration name: (_) @heir (class_interface_clause (_) @super))
(interface_declaration name: (_) @name) @def.interface
(trait_declaration name: (_) @name) @def.trait
(enum_declaration name: (_) @name) @def.enum
(enum_case name: (_) @name) @def.constant
(function_definition name: (_) @name) @def.function
(method_declaration name: (_) @name) @def.method
(property_declaration (property_element name: (variable_name (name) @name))) @def.inner.field
(const_declaration (const_element (name) @name)) @def.inner.constant
(variable_name (name) @skip)
([method_declaration function_definition anonymous_function arrow_function]) @scope
(member_access_expression object: (_) @receiver name: (name) @member) @path
(member_call_expression object: (_) @receiver name: (name) @member) @path
(scoped_call_expression scope: (_) @receiver name: (name) @member) @path
(class_constant_access_expression (_) @receiver (name) @member) @path
(function_call_expression function: (_) @callee) @call
(object_creation_expression (name) @callee) @new
(namespace_use_clause (qualified_name (namespace_name) @module (name) @item)) @import
