([identifier type_identifier field_identifier]) @ident
(function_definition declarator: (function_declarator declarator: (identifier) @name)) @def.function
(function_definition declarator: (pointer_declarator declarator: (function_declarator declarator: (identifier) @name))) @def.function
(declaration declarator: (function_declarator declarator: (identifier) @prototype))
(struct_specifier name: (_) @name body: (_)) @def.struct
(union_specifier name: (_) @name body: (_)) @def.struct
(enum_specifier name: (_) @name body: (_)) @def.enum
(enumerator name: (_) @name) @def.constant
(type_definition declarator: (type_identifier) @name) @def.type
(preproc_def name: (_) @name) @def.macro
(preproc_function_def name: (_) @name) @def.macro
(field_declaration type: (_) @type declarator: (field_identifier) @name) @def.inner.field
(field_declaration type: (_) @type declarator: (pointer_declarator declarator: (field_identifier) @name)) @def.inner.field
(field_declaration declarator: (array_declarator declarator: (field_identifier) @name)) @def.inner.field
(declaration type: (_) @type declarator: (identifier) @var)
(declaration type: (_) @type declarator: (init_declarator declarator: (identifier) @var))
(declaration type: (_) @type declarator: (init_declarator declarator: (pointer_declarator declarator: (identifier) @var)))
(declaration type: (_) @type declarator: (pointer_declarator declarator: (identifier) @var))
(declaration declarator: (init_declarator declarator: (array_declarator declarator: (identifier) @var)))
(declaration declarator: (array_declarator declarator: (identifier) @var))
(parameter_declaration type: (_) @type declarator: (identifier) @local)
(parameter_declaration type: (_) @type declarator: (pointer_declarator declarator: (identifier) @local))
(parameter_declaration declarator: (array_declarator declarator: (identifier) @local))
([function_definition compound_statement for_statement]) @scope
([function_declarator preproc_function_def]) @scope.type
(field_expression argument: (_) @receiver field: (_) @member) @path
(call_expression function: (_) @callee) @call
(preproc_include path: (_) @module) @import
