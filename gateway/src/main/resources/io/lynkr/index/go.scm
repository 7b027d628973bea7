([identifier type_identifier field_identifier package_identifier]) @ident
(package_clause (package_identifier) @package)
(function_declaration name: (_) @name) @def.function
(function_declaration name: (_) @typed result: (_) @type)
(method_declaration receiver: (parameter_list (parameter_declaration type: (_) @owner)) name: (_) @name) @def.method
(method_declaration name: (_) @typed result: (_) @type)
(type_spec name: (_) @name type: (struct_type)) @def.struct
(type_spec name: (_) @name type: (interface_type)) @def.interface
(type_spec name: (_) @name) @def.type
(type_alias name: (_) @name) @def.type
(type_spec name: (_) @heir type: (struct_type (field_declaration_list (field_declaration type: (_) @embedded))))
(field_declaration name: (_) @name type: (_) @type) @def.inner.field
(method_elem name: (_) @name) @def.method
(method_elem name: (_) @typed result: (_) @type)
(const_spec name: (_) @const)
(var_spec name: (_) @var)
(var_spec name: (_) @typed type: (_) @type)
(var_spec name: (_) @var value: (expression_list (_) @init))
(short_var_declaration left: (expression_list (identifier) @local))
(short_var_declaration left: (expression_list (identifier) @local) right: (expression_list (_) @init))
(range_clause left: (expression_list (identifier) @local))
(parameter_declaration name: (_) @local type: (_) @type)
(variadic_parameter_declaration name: (_) @local)
(type_parameter_declaration name: (_) @local)
(type_switch_statement alias: (expression_list (identifier) @local))
([function_declaration method_declaration func_literal block if_statement for_statement expression_switch_statement type_switch_statement expression_case default_case communication_case type_case]) @scope
([type_spec]) @scope.type
(selector_expression operand: (_) @receiver field: (_) @member) @path
(qualified_type package: (_) @receiver name: (_) @member) @path
(call_expression function: (_) @callee) @call
(composite_literal type: (_) @callee) @new
(unary_expression operand: (_) @value) @cast
(keyed_element (literal_element (identifier) @key) (_))
(import_spec path: (_) @module) @import
(import_spec name: (package_identifier) @alias path: (_) @module) @import
