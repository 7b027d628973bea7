([identifier type_identifier operator_identifier]) @ident
(package_clause name: (_) @package)
(class_definition name: (_) @name) @def.class
(class_definition name: (_) @heir extend: (extends_clause type: (_) @super))
(object_definition name: (_) @name) @def.class
(object_definition name: (_) @heir extend: (extends_clause type: (_) @super))
(trait_definition name: (_) @name) @def.trait
(trait_definition name: (_) @heir extend: (extends_clause type: (_) @super))
(enum_definition name: (_) @name) @def.enum
(type_definition name: (_) @name) @def.type
(function_definition name: (_) @name) @def.function
(function_definition name: (_) @typed return_type: (_) @type)
(function_declaration name: (_) @name) @def.function
(val_definition pattern: (identifier) @var)
(val_definition pattern: (identifier) @var value: (_) @init)
(val_definition pattern: (identifier) @typed type: (_) @type)
(var_definition pattern: (identifier) @var)
(val_declaration name: (identifier) @var)
(class_parameter name: (identifier) @name type: (_) @type) @def.field
(parameter name: (identifier) @local type: (_) @type)
(binding name: (identifier) @local)
(lambda_expression parameters: (identifier) @local)
(enumerator (identifier) @local)
(case_clause pattern: (identifier) @local)
(typed_pattern pattern: (identifier) @local type: (_) @type)
([function_definition lambda_expression block case_clause case_block for_expression]) @scope
([function_declaration]) @scope.type
(field_expression value: (_) @receiver field: (_) @member) @path
(stable_type_identifier (_) @receiver (type_identifier) @member) @path
(call_expression function: (_) @callee) @call
(instance_expression (_) @callee) @new
(import_declaration) @dotted.import
