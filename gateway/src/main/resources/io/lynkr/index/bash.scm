(command_name (word) @ident)
(simple_expansion (variable_name) @ident)
(expansion (variable_name) @ident)
(function_definition name: (_) @name) @def.function
(variable_assignment name: (variable_name) @var)
([function_definition]) @scope.type
