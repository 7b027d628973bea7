([identifier type_identifier field_identifier namespace_identifier]) @ident
(function_definition declarator: (function_declarator declarator: ([identifier field_identifier operator_name destructor_name]) @name)) @def.function
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: ([identifier field_identifier]) @name))) @def.function
(function_definition declarator: (reference_declarator (function_declarator declarator: ([identifier field_identifier]) @name))) @def.function
(function_definition declarator: (function_declarator declarator: (qualified_identifier scope: (_) @owner name: ([identifier destructor_name]) @name))) @def.method
(declaration declarator: (function_declarator declarator: (identifier) @prototype))
(class_specifier name: (_) @name body: (_)) @def.class
(class_specifier name: (_) @heir (base_class_clause (type_identifier) @super))
(struct_specifier name: (_) @name body: (_)) @def.struct
(struct_specifier name: (_) @heir (base_class_clause (type_identifier) @super))
(union_specifier name: (_) @name body: (_)) @def.struct
(enum_specifier name: (_) @name body: (_)) @def.enum
(enumerator name: (_) @name) @def.constant
(namespace_definition name: (_) @name) @def.module
(type_definition declarator: (type_identifier) @name) @def.type
(alias_declaration name: (_) @name) @def.type
(preproc_def name: (_) @name) @def.macro
(preproc_function_def name: (_) @name) @def.macro
(field_declaration type: (_) @type declarator: (field_identifier) @name) @def.inner.field
(field_declaration type: (_) @type declarator: (pointer_declarator declarator: (field_identifier) @name)) @def.inner.field
(field_declaration declarator: (function_declarator declarator: (field_identifier) @prototype))
(declaration type: (_) @type declarator: (identifier) @var)
(declaration type: (_) @type declarator: (init_declarator declarator: (identifier) @var))
(declaration type: (_) @type declarator: (init_declarator declarator: (pointer_declarator declarator: (identifier) @var)))
(declaration type: (_) @type declarator: (pointer_declarator declarator: (identifier) @var))
(for_range_loop declarator: (identifier) @local)
(parameter_declaration type: (_) @type declarator: (identifier) @local)
(parameter_declaration type: (_) @type declarator: (pointer_declarator declarator: (identifier) @local))
(parameter_declaration type: (_) @type declarator: (reference_declarator (identifier) @local))
(type_parameter_declaration (type_identifier) @local)
([function_definition lambda_expression compound_statement for_statement for_range_loop catch_clause]) @scope
([function_declarator template_declaration preproc_function_def]) @scope.type
(field_expression argument: (_) @receiver field: (_) @member) @path
(qualified_identifier scope: (_) @receiver name: (_) @member) @path
(call_expression function: (_) @callee) @call
(new_expression type: (_) @callee) @new
(preproc_include path: (_) @module) @import
