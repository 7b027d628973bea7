([identifier constant]) @ident
(class name: (constant) @name) @def.class
(class name: (scope_resolution name: (constant) @name)) @def.class
(class name: (constant) @heir superclass: (superclass (_) @super))
(module name: (constant) @name) @def.module
(module name: (scope_resolution name: (constant) @name)) @def.module
(method name: (_) @name) @def.method
(singleton_method name: (_) @name) @def.method
(assignment left: (constant) @name) @def.constant
(assignment left: (identifier) @local)
(assignment left: (identifier) @local right: (_) @init)
(left_assignment_list (identifier) @local)
(method_parameters (identifier) @local)
(block_parameters (identifier) @local)
(lambda_parameters (identifier) @local)
(optional_parameter name: (identifier) @local)
(keyword_parameter name: (identifier) @local)
(splat_parameter name: (identifier) @local)
(hash_splat_parameter name: (identifier) @local)
(block_parameter name: (identifier) @local)
(exception_variable (identifier) @local)
([method singleton_method block do_block lambda]) @scope
(call receiver: (_) @receiver method: (_) @member) @path
(scope_resolution scope: (_) @receiver name: (_) @member) @path
(call method: (identifier) @callee) @call
