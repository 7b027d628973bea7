(identifier) @ident
(class_definition name: (_) @name) @def.class
(class_definition name: (_) @heir superclasses: (argument_list ([identifier attribute]) @super))
(function_definition name: (_) @name) @def.function
(function_definition name: (_) @typed return_type: (_) @type)
(assignment left: (identifier) @var)
(assignment left: (identifier) @var right: (_) @init)
(assignment left: (identifier) @typed type: (_) @type)
(assignment left: ([pattern_list tuple_pattern]) (_) )
(pattern_list (identifier) @var)
(tuple_pattern (identifier) @var)
(assignment left: (attribute object: (identifier) @self attribute: (identifier) @selffield))
(assignment left: (attribute object: (identifier) @self attribute: (identifier) @selffield) right: (_) @init)
(assignment left: (attribute object: (identifier) @self attribute: (identifier) @selffield) type: (_) @type)
(named_expression name: (identifier) @var)
(for_statement left: (identifier) @var)
(for_in_clause left: (identifier) @local)
(as_pattern_target (identifier) @var)
(parameters (identifier) @local)
(parameters ([default_parameter typed_default_parameter]) @parameter.list)
(default_parameter name: (identifier) @local)
(typed_default_parameter name: (identifier) @local)
(typed_default_parameter name: (identifier) @typed type: (_) @type)
(typed_parameter (identifier) @local)
(typed_parameter (identifier) @typed type: (_) @type)
(list_splat_pattern (identifier) @local)
(dictionary_splat_pattern (identifier) @local)
(lambda_parameters (identifier) @local)
([function_definition lambda list_comprehension set_comprehension dictionary_comprehension generator_expression]) @scope
(attribute object: (_) @receiver attribute: (_) @member) @path
(call function: (_) @callee) @call
(keyword_argument name: (identifier) @key)
(import_statement name: (dotted_name) @module) @import
(import_statement name: (aliased_import name: (_) @module alias: (_) @alias)) @import
(import_from_statement module_name: (_) @module name: (dotted_name) @item) @import
(import_from_statement module_name: (_) @module name: (aliased_import name: (_) @item alias: (_) @alias)) @import
(import_from_statement module_name: (_) @module (wildcard_import) @all) @import
