([identifier type_identifier]) @ident
(package_declaration ([scoped_identifier identifier]) @package)
(class_declaration name: (_) @name) @def.class
(class_declaration name: (_) @heir superclass: (superclass (_) @super))
(class_declaration name: (_) @heir interfaces: (super_interfaces (type_list (_) @super)))
(interface_declaration name: (_) @name) @def.interface
(interface_declaration name: (_) @heir (extends_interfaces (type_list (_) @super)))
(enum_declaration name: (_) @name) @def.enum
(enum_declaration name: (_) @heir interfaces: (super_interfaces (type_list (_) @super)))
(record_declaration name: (_) @name) @def.class
(record_declaration name: (_) @heir interfaces: (super_interfaces (type_list (_) @super)))
(record_declaration parameters: (formal_parameters (formal_parameter type: (_) @type name: (_) @name))) @def.inner.field
(annotation_type_declaration name: (_) @name) @def.interface
(annotation_type_element_declaration name: (_) @name) @def.method
(enum_constant name: (_) @name) @def.constant
(method_declaration name: (_) @name type: (_) @type) @def.method
(constructor_declaration name: (_) @name) @def.constructor
(compact_constructor_declaration name: (_) @name) @def.constructor
(field_declaration type: (_) @type declarator: (variable_declarator name: (_) @name)) @def.inner.field
(constant_declaration type: (_) @type declarator: (variable_declarator name: (_) @name)) @def.inner.constant
(local_variable_declaration type: (_) @type declarator: (variable_declarator name: (_) @local))
(local_variable_declaration declarator: (variable_declarator name: (_) @local value: (_) @init))
(method_declaration parameters: (formal_parameters (formal_parameter type: (_) @type name: (_) @local)))
(constructor_declaration parameters: (formal_parameters (formal_parameter type: (_) @type name: (_) @local)))
(lambda_expression parameters: (formal_parameters (formal_parameter type: (_) @type name: (_) @local)))
(spread_parameter (variable_declarator name: (_) @local))
(catch_formal_parameter (catch_type (_) @type) name: (_) @local)
(enhanced_for_statement type: (_) @type name: (_) @local)
(resource type: (_) @type name: (_) @local)
(resource name: (_) @local value: (_) @init)
(lambda_expression parameters: (identifier) @local)
(inferred_parameters (identifier) @local)
(instanceof_expression right: (_) @type name: (_) @local)
(type_pattern (_) @type (identifier) @local)
(record_pattern_component (_) @type (identifier) @local)
(type_parameter ([type_identifier identifier]) @local)
([method_declaration constructor_declaration compact_constructor_declaration lambda_expression block for_statement enhanced_for_statement catch_clause try_with_resources_statement switch_block_statement_group switch_rule static_initializer constructor_body]) @scope
([class_declaration interface_declaration record_declaration]) @scope.type
(field_access object: (_) @receiver field: (identifier) @member) @path
(method_invocation object: (_) @receiver name: (identifier) @member) @path
(method_invocation name: (identifier) @callee) @call
(method_reference (_) @receiver (identifier) @member) @path
(scoped_type_identifier (_) @receiver (type_identifier) @member) @path
(object_creation_expression type: (_) @callee) @new
(cast_expression type: (_) @type value: (_) @value) @cast
(element_value_pair key: (identifier) @key)
(labeled_statement (identifier) @skip)
(break_statement (identifier) @skip)
(continue_statement (identifier) @skip)
(import_declaration (scoped_identifier scope: (_) @module name: (_) @item)) @import
(import_declaration (scoped_identifier) @module (asterisk) @all) @import
