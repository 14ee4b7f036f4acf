# SPDX-License-Identifier: Apache-2.0
# Macro: quoted expressions as data: walking, escaping, expanding, naming and printing them.
#
# Invariant (bootstrap): compiled before Enum, String and the protocols, so that `|>`, sigils and `defdelegate`
# may be used in every module after it. What runs while other modules expand (pipe, escape, walks, unescape)
# is plain recursion over natives.
defmodule Macro do
  @moduledoc "Functions to manipulate the AST and to write macros."

  import Kernel, except: [to_string: 1]

  @type t :: any

  @binary_operators [
    :.., :+, :-, :*, :/, :++, :--, :+++, :---, :and, :or, :in, :|>, :<>, :==, :!=, :===, :!==, :=~, :<=, :>=, :<, :>,
    :=, :|, :"::", :<-, :\\, :&&, :||, :&&&, :|||, :"^^^", :<<<, :>>>, :<<~, :~>>, :<~, :~>, :<~>, :"<|>", :**, :when,
    :"//", :.
  ]
  @unary_operators [:!, :@, :^, :not, :+, :-, :&, :"~~~"]
  @quoted_operators [:"^^^", :"~~~", :"<|>", :"::", :"//"]

  ## Building

  @doc "Arguments `arg1, arg2, ...` as variables of `context`.\n\n    iex> Macro.generate_arguments(1, nil)\n    [{:arg1, [], nil}]"
  @spec generate_arguments(0, context :: atom) :: []
  @spec generate_arguments(pos_integer, context) :: [{atom, [], context}] when context: atom
  def generate_arguments(amount, context) when is_integer(amount) and amount >= 0 and is_atom(context),
    do: arguments(1, amount, fn name -> {name, [], context} end)

  @doc "As `generate_arguments/2`, with variables that clash with none."
  @spec generate_unique_arguments(non_neg_integer, atom) :: [{atom, keyword, atom}]
  def generate_unique_arguments(amount, context) when is_integer(amount) and amount >= 0 and is_atom(context),
    do: arguments(1, amount, fn name -> unique_var(name, context) end)

  defp arguments(n, amount, _fun) when n > amount, do: []

  defp arguments(n, amount, fun) do
    name = :erlang.binary_to_atom("arg" <> :erlang.integer_to_binary(n), :utf8)
    [fun.(name) | arguments(n + 1, amount, fun)]
  end

  @doc "A variable of `context`.\n\n    iex> Macro.var(:foo, nil)\n    {:foo, [], nil}"
  @spec var(var, context) :: {var, [], context} when var: atom, context: atom
  def var(var, context) when is_atom(var) and is_atom(context), do: {var, [], context}

  @doc "A variable of `context` that is unlike any other."
  @spec unique_var(var, context) :: {var, keyword, context} when var: atom, context: atom
  def unique_var(var, context) when is_atom(var) and is_atom(context),
    do: {var, [counter: :erlang.unique_integer()], context}

  @doc "Applies `fun` to the metadata of a node that has some.\n\n    iex> Macro.update_meta(1, fn _ -> [] end)\n    1"
  @spec update_meta(t, (keyword -> keyword)) :: t
  def update_meta({left, meta, right}, fun) when is_list(meta), do: {left, fun.(meta), right}
  def update_meta(other, _fun), do: other

  ## Pipes

  @doc "The stages of a pipeline with the positions they are piped into.\n\n    iex> Macro.unpipe(quote do: 1 |> div(2)) |> hd()\n    {1, 0}"
  @spec unpipe(t) :: [{t, non_neg_integer}]
  def unpipe(expr), do: :lists.reverse(unpipe(expr, []))

  defp unpipe({:|>, _, [left, right]}, acc), do: unpipe(right, unpipe(left, acc))
  defp unpipe(other, acc), do: [{other, 0} | acc]

  @doc "Pipes `expr` into `call` as argument number `position` (from 0)."
  @spec pipe(t, t, integer) :: t
  def pipe(expr, call, position)

  def pipe(expr, {:&, _, _} = call, _), do: cannot_pipe(expr, call)

  def pipe(expr, {name, _, [_, _]} = call, _)
      when name in [:==, :!=, :===, :!==, :<, :>, :<=, :>=, :+, :-, :*, :/, :++, :--, :<>, :and, :or, :&&, :||, :=~, :in, :**, :=, :|] do
    raise ArgumentError,
          "cannot pipe #{to_string(expr)} into #{to_string(call)}, the #{inspect(name)} operator can only take one argument"
  end

  def pipe(_expr, {op, _, [arg]}, _) when op in [:+, :-] do
    raise ArgumentError,
          "piping into a unary operator is not supported, please use the qualified name: " <>
            "Kernel.#{op}(#{to_string(arg)}), instead of #{op}#{to_string(arg)}"
  end

  def pipe(expr, {op, _, [_]} = call, _) when op in [:@, :!, :not, :^, :"~~~"] do
    raise ArgumentError,
          "cannot pipe #{to_string(expr)} into #{to_string(call)}, the #{inspect(op)} operator can only take one argument"
  end

  def pipe(expr, {:|>, _, [_, _]} = call, _) do
    raise ArgumentError,
          "cannot pipe #{to_string(expr)} into #{to_string(call)}, the :|> operator can only take two arguments"
  end

  def pipe(expr, {tuple_or_map, _, _} = call, _) when tuple_or_map in [:{}, :%{}, :<<>>, :%, :__aliases__, :^, :"::"],
    do: cannot_pipe(expr, call)

  def pipe(expr, {:fn, _, _}, _) do
    raise ArgumentError,
          "cannot pipe #{to_string(expr)} into an anonymous function without calling the function; " <>
            "use Kernel.then/2 instead or define the anonymous function as a regular private function"
  end

  def pipe(expr, {:unquote, _, []}, _) do
    raise ArgumentError,
          "cannot pipe #{to_string(expr)} into the special form unquote/1 since unquote/1 is used to build the Elixir AST itself"
  end

  def pipe(expr, {call, meta, context}, position) when is_atom(context),
    do: {call, meta, insert_at([], position, expr)}

  def pipe(expr, {call, meta, args}, position) when is_list(args),
    do: {call, meta, insert_at(args, position, expr)}

  def pipe(expr, other, _), do: cannot_pipe(expr, other)

  defp cannot_pipe(expr, call) do
    raise ArgumentError,
          "cannot pipe #{to_string(expr)} into #{to_string(call)}, can only pipe into local calls foo(), " <>
            "remote calls Foo.bar() or anonymous function calls foo.()"
  end

  defp insert_at(args, 0, expr), do: [expr | args]
  defp insert_at([head | tail], n, expr) when n > 0, do: [head | insert_at(tail, n - 1, expr)]
  defp insert_at([], _, expr), do: [expr]
  defp insert_at(args, n, expr), do: insert_at(args, max(length(args) + 1 + n, 0), expr)

  ## Walking

  @doc "Walks the AST depth first with an accumulator, `pre` before and `post` after the children."
  @spec traverse(t, any, (t, any -> {t, any}), (t, any -> {t, any})) :: {t, any}
  def traverse(ast, acc, pre, post) when is_function(pre, 2) and is_function(post, 2) do
    {ast, acc} = pre.(ast, acc)
    walk(ast, acc, pre, post)
  end

  defp walk({form, meta, args}, acc, pre, post) when is_atom(form) do
    {args, acc} = walk_args(args, acc, pre, post)
    post.({form, meta, args}, acc)
  end

  defp walk({form, meta, args}, acc, pre, post) do
    {form, acc} = pre.(form, acc)
    {form, acc} = walk(form, acc, pre, post)
    {args, acc} = walk_args(args, acc, pre, post)
    post.({form, meta, args}, acc)
  end

  defp walk({left, right}, acc, pre, post) do
    {left, acc} = pre.(left, acc)
    {left, acc} = walk(left, acc, pre, post)
    {right, acc} = pre.(right, acc)
    {right, acc} = walk(right, acc, pre, post)
    post.({left, right}, acc)
  end

  defp walk(list, acc, pre, post) when is_list(list) do
    {list, acc} = walk_args(list, acc, pre, post)
    post.(list, acc)
  end

  defp walk(other, acc, _pre, post), do: post.(other, acc)

  defp walk_args([head | tail], acc, pre, post) do
    {head, acc} = pre.(head, acc)
    {head, acc} = walk(head, acc, pre, post)
    {tail, acc} = walk_args(tail, acc, pre, post)
    {[head | tail], acc}
  end

  defp walk_args(end_or_context, acc, _pre, _post), do: {end_or_context, acc}

  @doc "Applies `fun` to each node, parents first.\n\n    iex> Macro.prewalk([1, 2], fn x -> if is_integer(x), do: x + 1, else: x end)\n    [2, 3]"
  @spec prewalk(t, (t -> t)) :: t
  def prewalk(ast, fun) when is_function(fun, 1) do
    case fun.(ast) do
      {form, meta, args} when is_atom(form) -> {form, meta, prewalk_args(args, fun)}
      {form, meta, args} -> {prewalk(form, fun), meta, prewalk_args(args, fun)}
      {left, right} -> {prewalk(left, fun), prewalk(right, fun)}
      list when is_list(list) -> prewalk_args(list, fun)
      other -> other
    end
  end

  defp prewalk_args([head | tail], fun), do: [prewalk(head, fun) | prewalk_args(tail, fun)]
  defp prewalk_args(other, _fun), do: other

  @doc "As `prewalk/2`, with an accumulator."
  @spec prewalk(t, any, (t, any -> {t, any})) :: {t, any}
  def prewalk(ast, acc, fun) when is_function(fun, 2), do: traverse(ast, acc, fun, fn x, a -> {x, a} end)

  @doc "Applies `fun` to each node, children first.\n\n    iex> Macro.postwalk([1, 2], fn x -> if is_list(x), do: :done, else: x end)\n    :done"
  @spec postwalk(t, (t -> t)) :: t
  def postwalk(ast, fun) when is_function(fun, 1) do
    case ast do
      {form, meta, args} when is_atom(form) -> fun.({form, meta, postwalk_args(args, fun)})
      {form, meta, args} -> fun.({postwalk(form, fun), meta, postwalk_args(args, fun)})
      {left, right} -> fun.({postwalk(left, fun), postwalk(right, fun)})
      list when is_list(list) -> fun.(postwalk_args(list, fun))
      other -> fun.(other)
    end
  end

  defp postwalk_args([head | tail], fun), do: [postwalk(head, fun) | postwalk_args(tail, fun)]
  defp postwalk_args(other, _fun), do: other

  @doc "As `postwalk/2`, with an accumulator."
  @spec postwalk(t, any, (t, any -> {t, any})) :: {t, any}
  def postwalk(ast, acc, fun) when is_function(fun, 2), do: traverse(ast, acc, fn x, a -> {x, a} end, fun)

  @doc "The nodes as a lazy enumerable, parents first."
  @spec prewalker(t) :: Enumerable.t()
  def prewalker(ast), do: fn command, fun -> pre_next([ast], command, fun) end

  defp pre_next(_stack, {:halt, acc}, _fun), do: {:halted, acc}

  defp pre_next(stack, {:suspend, acc}, fun),
    do: {:suspended, acc, fn command -> pre_next(stack, command, fun) end}

  defp pre_next([], {:cont, acc}, _fun), do: {:done, acc}
  defp pre_next([node | rest], {:cont, acc}, fun), do: pre_next(children(node) ++ rest, fun.(node, acc), fun)

  @doc "The nodes as a lazy enumerable, children first."
  @spec postwalker(t) :: Enumerable.t()
  def postwalker(ast), do: fn command, fun -> post_next([{:visit, ast}], command, fun) end

  defp post_next(_stack, {:halt, acc}, _fun), do: {:halted, acc}

  defp post_next(stack, {:suspend, acc}, fun),
    do: {:suspended, acc, fn command -> post_next(stack, command, fun) end}

  defp post_next([], {:cont, acc}, _fun), do: {:done, acc}
  defp post_next([{:emit, node} | rest], {:cont, acc}, fun), do: post_next(rest, fun.(node, acc), fun)

  defp post_next([{:visit, node} | rest], command, fun),
    do: post_next(for(child <- children(node), do: {:visit, child}) ++ [{:emit, node} | rest], command, fun)

  defp children({form, _, args}) when is_atom(form) and is_list(args), do: args
  defp children({form, _, _}) when is_atom(form), do: []
  defp children({form, _, args}) when is_list(args), do: [form | args]
  defp children({form, _, _}), do: [form]
  defp children({left, right}), do: [left, right]
  defp children(list) when is_list(list), do: list
  defp children(_), do: []

  @doc """
  The node for which `fun` is true and its parents, innermost first; nil when there is none.

      iex> Macro.path([1, {2, 3}], & &1 == 3)
      [3, {2, 3}, [1, {2, 3}]]
  """
  @spec path(t, (t -> as_boolean(term))) :: [t] | nil
  def path(ast, fun) when is_function(fun, 1), do: find_path(ast, [], fun)

  defp find_path(node, parents, fun) do
    if fun.(node), do: [node | parents], else: path_in(children(node), [node | parents], fun)
  end

  defp path_in([child | rest], parents, fun), do: find_path(child, parents, fun) || path_in(rest, parents, fun)
  defp path_in([], _parents, _fun), do: nil

  @doc """
  Splits a call into name and arguments, with the receiver of a remote one.

      iex> Macro.decompose_call(quote(do: foo(1)))
      {:foo, [1]}
  """
  @spec decompose_call(t) :: {atom, [t]} | {t, atom, [t]} | :error
  def decompose_call({:{}, _, args}) when is_list(args), do: :error
  def decompose_call({{:., _, [remote, function]}, _, args}) when is_tuple(remote) or is_atom(remote), do: {remote, function, args}
  def decompose_call({name, _, args}) when is_atom(name) and is_atom(args), do: {name, []}
  def decompose_call({name, _, args}) when is_atom(name) and is_list(args), do: {name, args}
  def decompose_call(_), do: :error

  @doc "Is the term a valid AST?\n\n    iex> Macro.validate({:two, :elements, :x, :y})\n    {:error, {:two, :elements, :x, :y}}"
  @spec validate(term) :: :ok | {:error, term}
  def validate(expr), do: if((bad = invalid(expr)) == :none, do: :ok, else: {:error, elem(bad, 1)})

  defp invalid({left, right}), do: invalid_in([left, right])
  defp invalid({atom, meta, args}) when is_atom(atom) and is_list(meta) and is_atom(args), do: :none
  defp invalid({atom, meta, args}) when is_atom(atom) and is_list(meta) and is_list(args), do: invalid_in(args)

  defp invalid({call, meta, args}) when is_tuple(call) and is_list(meta) and is_list(args),
    do: invalid_in([call | args])

  defp invalid(list) when is_list(list) do
    if proper?(list), do: invalid_in(list), else: {:bad, list}
  end

  defp invalid(pid) when is_pid(pid), do: :none
  defp invalid(term) when is_atom(term) or is_number(term) or is_binary(term), do: :none

  defp invalid(fun) when is_function(fun) do
    if :erlang.fun_info(fun, :type) == {:type, :external} and :erlang.fun_info(fun, :env) == {:env, []},
      do: :none,
      else: {:bad, fun}
  end

  defp invalid(other), do: {:bad, other}

  defp invalid_in([head | tail]) do
    case invalid(head) do
      :none -> invalid_in(tail)
      bad -> bad
    end
  end

  defp invalid_in([]), do: :none

  defp proper?([_ | tail]), do: proper?(tail)
  defp proper?(tail), do: tail == []

  @doc "Is the AST a literal all through?\n\n    iex> Macro.quoted_literal?(quote(do: {1, [a: :b]}))\n    true"
  @spec quoted_literal?(t) :: boolean
  def quoted_literal?({:%, _, [left, right]}), do: quoted_literal?(left) and quoted_literal?(right)
  def quoted_literal?({:%{}, _, args}) when is_list(args), do: literals?(args)
  def quoted_literal?({:{}, _, args}) when is_list(args), do: literals?(args)
  def quoted_literal?({:__aliases__, _, args}) when is_list(args), do: literals?(args)
  def quoted_literal?({left, right}), do: quoted_literal?(left) and quoted_literal?(right)
  def quoted_literal?(list) when is_list(list), do: literals?(list)
  def quoted_literal?(term), do: is_atom(term) or is_number(term) or is_binary(term) or is_function(term)

  defp literals?([head | tail]), do: quoted_literal?(head) and literals?(tail)
  defp literals?(tail), do: tail == []

  ## Escaping

  @doc """
  The AST that evaluates to `term`. With `unquote: true`, `unquote` in it is evaluated; with
  `prune_metadata: true`, metadata of nodes is dropped but for `:line` and `:no_parens`.

      iex> Macro.escape({:a, :b, :c})
      {:{}, [], [:a, :b, :c]}
  """
  @spec escape(term, keyword) :: t
  def escape(term, opts \\ []) do
    escape(term, option(opts, :unquote), option(opts, :prune_metadata))
  end

  defp option(opts, key), do: :lists.keyfind(key, 1, opts) == {key, true}

  defp escape({:quote, meta, [arg]}, true, prune) when is_list(meta),
    do: {:{}, [], [:quote, escape_meta(meta, true, prune), [escape(arg, false, prune)]]}

  defp escape({:quote, meta, [opts, arg]}, true, prune) when is_list(meta),
    do: {:{}, [], [:quote, escape_meta(meta, true, prune), [escape(opts, true, prune), escape(arg, false, prune)]]}

  defp escape({:unquote, _, [expr]}, true, _prune), do: expr

  defp escape({{{:., meta, [left, :unquote]}, _, [expr]}, _, args}, true, prune),
    do: escape_dot(left, meta, expr, escape(args, true, prune), prune)

  defp escape({{:., meta, [left, :unquote]}, _, [expr]}, true, prune), do: escape_dot(left, meta, expr, nil, prune)

  defp escape({form, meta, args}, unquote?, true) when is_list(meta) and (is_list(args) or is_atom(args)) do
    meta = for {key, _} = pair <- meta, key == :no_parens or key == :line, do: pair
    {:{}, [], [escape(form, unquote?, true), escape_meta(meta, unquote?, true), escape(args, unquote?, true)]}
  end

  defp escape({left, right}, unquote?, prune), do: {escape(left, unquote?, prune), escape(right, unquote?, prune)}

  defp escape(tuple, unquote?, prune) when is_tuple(tuple),
    do: {:{}, [], for(item <- :erlang.tuple_to_list(tuple), do: escape(item, unquote?, prune))}

  defp escape(list, unquote?, prune) when is_list(list) do
    case escape_list(list, unquote?, prune) do
      {:ast, ast} -> ast
      list -> list
    end
  end

  defp escape(map, unquote?, prune) when is_map(map) do
    pairs =
      for {key, value} <- :lists.sort(:maps.to_list(map)),
          do: {escape(key, unquote?, prune), escape(value, unquote?, prune)}

    {:%{}, [], pairs}
  end

  defp escape(binary, _, _) when is_binary(binary), do: binary

  defp escape(bits, _, _) when is_bitstring(bits) do
    size = rem(bit_size(bits), 8)
    <<first::size(size), bytes::binary>> = bits
    {:<<>>, [], [{:"::", [], [first, {:size, [], [size]}]}, {:"::", [], [bytes, {:binary, [], []}]}]}
  end

  defp escape(fun, _, _) when is_function(fun) do
    case :erlang.fun_info(fun, :type) do
      {:type, :external} -> escape_capture(fun)
      _ -> cannot_escape(fun)
    end
  end

  defp escape(other, _, _) when is_atom(other) or is_number(other) or is_pid(other), do: other
  defp escape(other, _, _), do: cannot_escape(other)

  # A list of ASTs, or {:ast, ast} once a splice makes the length unknown.
  defp escape_list([], _, _), do: []

  defp escape_list([{:unquote_splicing, _, [expr]} | tail], true, prune) do
    case escape_list(tail, true, prune) do
      [] -> {:ast, expr}
      {:ast, ast} -> {:ast, append(expr, ast)}
      list -> {:ast, append(expr, list)}
    end
  end

  defp escape_list([{:|, _, [{:unquote_splicing, _, [expr]}, tail]}], true, prune),
    do: {:ast, append(expr, escape(tail, true, prune))}

  defp escape_list([head | tail], unquote?, prune) when is_list(tail) do
    case escape_list(tail, unquote?, prune) do
      {:ast, ast} -> [{:|, [], [escape(head, unquote?, prune), ast]}]
      list -> [escape(head, unquote?, prune) | list]
    end
  end

  defp escape_list([head | tail], unquote?, prune),
    do: [{:|, [], [escape(head, unquote?, prune), escape(tail, unquote?, prune)]}]

  defp append(left, right), do: {{:., [], [:erlang, :++]}, [], [left, right]}

  defp escape_meta(meta, unquote?, prune), do: escape(meta, unquote?, prune)

  defp escape_dot(left, meta, expr, args, prune) do
    {{:., [], [:phial_compiler, :quote_dot]}, [], [escape(meta, false, prune), escape(left, true, prune), expr, args]}
  end

  defp escape_capture(fun) do
    {:module, module} = :erlang.fun_info(fun, :module)
    {:name, name} = :erlang.fun_info(fun, :name)
    {:arity, arity} = :erlang.fun_info(fun, :arity)
    {:&, [], [{:/, [], [{{:., [], [module, name]}, [no_parens: true], []}, arity]}]}
  end

  defp cannot_escape(term) do
    raise ArgumentError,
          "cannot escape #{inspect(term)}. The supported values are: lists, tuples, maps, atoms, numbers, " <>
            "bitstrings, PIDs and remote functions in the format &Mod.fun/arity"
  end

  ## Expansion

  @doc "Expands macros and aliases at the root of `ast` until nothing changes."
  @spec expand(t, Macro.Env.t()) :: t
  def expand(ast, env), do: :phial_compiler.expand(ast, env)

  @doc "Expands the root of `ast` once."
  @spec expand_once(t, Macro.Env.t()) :: t
  def expand_once(ast, env), do: elem(:phial_compiler.expand_once(ast, env), 0)

  @doc "Expands the aliases inside a literal."
  @spec expand_literal(t, Macro.Env.t()) :: t
  def expand_literal(ast, env) do
    if literal_with_aliases?(ast) do
      prewalk(ast, fn
        {:__aliases__, _, _} = alias -> expand(alias, %{env | function: {:expand_literal, 2}})
        node -> node
      end)
    else
      ast
    end
  end

  defp literal_with_aliases?({:__aliases__, _, args}), do: literals?(args)
  defp literal_with_aliases?(ast), do: quoted_literal?(ast)

  @doc "The struct of `module` as expanded in `env`, at compile time."
  @spec struct!(module, Macro.Env.t()) :: %{required(:__struct__) => module, optional(atom) => any}
  def struct!(module, env) when is_atom(module) do
    cond do
      module == env.module ->
        :phial_module.get_attribute(module, :__struct__)

      match?({:module, _}, :code.ensure_loaded(module)) and :erlang.function_exported(module, :__struct__, 0) ->
        module.__struct__()

      true ->
        raise CompileError, file: env.file, line: env.line, description: no_struct(module)
    end
  end

  defp no_struct(module) do
    "#{inspect(module)}.__struct__/0 is undefined, cannot expand struct #{inspect(module)}. Make sure the struct name is correct. " <>
      "If the struct name exists and is correct but it still cannot be found, you likely have cyclic module usage in your code"
  end

  ## Text

  @doc "The AST as formatted source.\n\n    iex> Macro.to_string(quote(do: foo(1, 2)))\n    \"foo(1, 2)\""
  @spec to_string(t) :: String.t()
  def to_string(tree) do
    doc = Code.quoted_to_algebra(tree)
    :erlang.iolist_to_binary(Inspect.Algebra.format(doc, 98))
  end

  @doc "The AST as older releases wrote it, with `fun.(node, text)` in place of the text of each node."
  @deprecated "Use Macro.to_string/1 instead"
  @spec to_string(t, (t, String.t() -> String.t())) :: String.t()
  def to_string(tree, fun) when is_function(fun, 2), do: Macro.NodeText.text(tree, fun)

  @doc "`\"foo_bar\"` or `\"foo/bar\"` as a module name.\n\n    iex> Macro.camelize(\"foo_bar/baz\")\n    \"FooBar.Baz\""
  @spec camelize(String.t()) :: String.t()
  def camelize(string)
  def camelize(""), do: ""
  def camelize(<<?_, rest::binary>>), do: camelize(rest)
  def camelize(<<char, rest::binary>>), do: <<upcase(char)>> <> camel(rest)

  defp camel(<<?_, ?_, rest::binary>>), do: camel(<<?_, rest::binary>>)
  defp camel(<<?_, char, rest::binary>>) when char >= ?a and char <= ?z, do: <<upcase(char)>> <> camel(rest)
  defp camel(<<?_, char, rest::binary>>) when char >= ?0 and char <= ?9, do: <<char>> <> camel(rest)
  defp camel(<<?_>>), do: ""
  defp camel(<<?/, rest::binary>>), do: "." <> camelize(rest)
  defp camel(<<char, rest::binary>>), do: <<char>> <> camel(rest)
  defp camel(<<>>), do: ""

  @doc "A module name in lower case with underscores.\n\n    iex> Macro.underscore(\"FooBar.Baz\")\n    \"foo_bar/baz\""
  @spec underscore(module | atom | String.t()) :: String.t()
  def underscore(atom) when is_atom(atom) do
    case :erlang.atom_to_binary(atom, :utf8) do
      "Elixir." <> rest -> underscore(rest)
      _ -> raise ArgumentError, "underscore expects a binary or a module, got: #{inspect(atom)}"
    end
  end

  def underscore(<<char, rest::binary>>), do: <<downcase(char)>> <> snake(rest, char)
  def underscore(""), do: ""

  defp snake(<<char, next, rest::binary>>, _prev)
       when char >= ?A and char <= ?Z and not (next >= ?A and next <= ?Z) and next != ?. and next != ?_ and
              not (next >= ?0 and next <= ?9),
       do: <<?_, downcase(char), next>> <> snake(rest, next)

  defp snake(<<char, rest::binary>>, prev)
       when char >= ?A and char <= ?Z and not (prev >= ?A and prev <= ?Z) and prev != ?_,
       do: <<?_, downcase(char)>> <> snake(rest, char)

  defp snake(<<?., rest::binary>>, _prev), do: "/" <> underscore(rest)
  defp snake(<<char, rest::binary>>, _prev), do: <<downcase(char)>> <> snake(rest, char)
  defp snake(<<>>, _prev), do: ""

  defp upcase(char) when char >= ?a and char <= ?z, do: char - 32
  defp upcase(char), do: char
  defp downcase(char) when char >= ?A and char <= ?Z, do: char + 32
  defp downcase(char), do: char

  @doc "Replaces the escapes of a string literal.\n\n    iex> Macro.unescape_string(\"a\\\\nb\")\n    \"a\\nb\""
  @spec unescape_string(String.t()) :: String.t()
  def unescape_string(string), do: unescape(string, fn char -> default_escape(char) end, [])

  @doc "As `unescape_string/1`; `map` gives the character an escape stands for, or false."
  @spec unescape_string(String.t(), (non_neg_integer -> non_neg_integer | false)) :: String.t()
  def unescape_string(string, map), do: unescape(string, map, [])

  @doc false
  @deprecated "Traverse over the arguments using Enum.map/2 instead"
  def unescape_tokens(tokens), do: for(token <- tokens, do: if(is_binary(token), do: unescape_string(token), else: token))

  @doc false
  @deprecated "Traverse over the arguments using Enum.map/2 instead"
  def unescape_tokens(tokens, map),
    do: for(token <- tokens, do: if(is_binary(token), do: unescape_string(token, map), else: token))

  defp default_escape(char) do
    case char do
      :newline -> true
      :unicode -> true
      :hex -> true
      ?0 -> 0
      ?a -> 7
      ?b -> ?\b
      ?d -> 127
      ?e -> 27
      ?f -> ?\f
      ?n -> ?\n
      ?r -> ?\r
      ?s -> 32
      ?t -> ?\t
      ?v -> ?\v
      other -> other
    end
  end

  # `acc` is iodata in order.
  defp unescape(<<?\\, ?x, rest::binary>>, map, acc) do
    if map.(:hex) == true, do: hex(rest, map, acc), else: unescape(rest, map, [acc, "\\x"])
  end

  defp unescape(<<?\\, ?u, rest::binary>>, map, acc) do
    if map.(:unicode) == true, do: unicode(rest, map, acc), else: unescape(rest, map, [acc, "\\u"])
  end

  defp unescape(<<?\\, ?\n, rest::binary>>, map, acc) do
    if map.(:newline) == true, do: unescape(rest, map, acc), else: unescape(rest, map, [acc, "\\\n"])
  end

  defp unescape(<<?\\, ?\r, ?\n, rest::binary>>, map, acc) do
    if map.(:newline) == true, do: unescape(rest, map, acc), else: unescape(rest, map, [acc, "\\\r\n"])
  end

  defp unescape(<<?\\, char::utf8, rest::binary>>, map, acc), do: mapped(char, rest, map, acc)
  defp unescape(<<char, rest::binary>>, map, acc), do: unescape(rest, map, [acc, char])
  defp unescape(<<>>, _map, acc), do: :erlang.iolist_to_binary(acc)

  defp mapped(char, rest, map, acc) do
    case map.(char) do
      false -> unescape(rest, map, [acc, ?\\, <<char::utf8>>])
      replacement -> unescape(rest, map, [acc, <<replacement::utf8>>])
    end
  end

  defp hex(<<?{, a, ?}, rest::binary>>, map, acc) when a in ?0..?9 or a in ?a..?f or a in ?A..?F,
    do: codepoint(<<a>>, rest, map, acc)

  defp hex(<<?{, rest::binary>>, map, acc), do: braced(rest, <<>>, map, acc, :hex)

  defp hex(<<a, b, rest::binary>>, map, acc)
       when (a in ?0..?9 or a in ?a..?f or a in ?A..?F) and (b in ?0..?9 or b in ?a..?f or b in ?A..?F),
       do: unescape(rest, map, [acc, :erlang.binary_to_integer(<<a, b>>, 16)])

  defp hex(<<a, rest::binary>>, map, acc) when a in ?0..?9 or a in ?a..?f or a in ?A..?F,
    do: unescape(rest, map, [acc, :erlang.binary_to_integer(<<a>>, 16)])

  defp hex(_, _, _), do: bad_escape(:hex)

  defp unicode(<<?{, rest::binary>>, map, acc), do: braced(rest, <<>>, map, acc, :unicode)

  defp unicode(<<digits::binary-size(4), rest::binary>>, map, acc) do
    if hex_digits?(digits), do: codepoint(digits, rest, map, acc), else: bad_escape(:unicode)
  end

  defp unicode(_, _, _), do: bad_escape(:unicode)

  defp braced(<<?}, rest::binary>>, digits, map, acc, _kind) when digits != <<>> and byte_size(digits) <= 6,
    do: codepoint(digits, rest, map, acc)

  defp braced(<<a, rest::binary>>, digits, map, acc, kind) when a in ?0..?9 or a in ?a..?f or a in ?A..?F,
    do: braced(rest, <<digits::binary, a>>, map, acc, kind)

  defp braced(_, _, _, _, kind), do: bad_escape(kind)

  defp hex_digits?(<<a, rest::binary>>) when a in ?0..?9 or a in ?a..?f or a in ?A..?F, do: hex_digits?(rest)
  defp hex_digits?(rest), do: rest == ""

  defp codepoint(digits, rest, map, acc) do
    code = :erlang.binary_to_integer(digits, 16)

    if code > 0x10FFFF or code in 0xD800..0xDFFF do
      raise ArgumentError, "invalid or reserved Unicode code point \\u{#{digits}}"
    end

    unescape(rest, map, [acc, <<code::utf8>>])
  end

  defp bad_escape(:hex),
    do: raise(ArgumentError, "invalid hex escape character, expected \\xHH where H is a hexadecimal digit")

  defp bad_escape(:unicode) do
    raise ArgumentError,
          "invalid Unicode escape character, expected \\uHHHH or \\u{H*} where H is a hexadecimal digit"
  end

  ## Names

  @doc "Is there an operator of that name and arity?\n\n    iex> Macro.operator?(:not, 1)\n    true"
  @spec operator?(atom, arity) :: boolean
  def operator?(:..//, 3), do: true
  def operator?(:.., 0), do: true
  def operator?(:"//", _), do: false
  def operator?(name, 2) when is_atom(name), do: :lists.member(name, @binary_operators)
  def operator?(name, 1) when is_atom(name), do: :lists.member(name, @unary_operators)
  def operator?(name, arity) when is_atom(name) and is_integer(arity), do: false

  @special_forms [
    %: 2, __CALLER__: 0, __DIR__: 0, __ENV__: 0, __MODULE__: 0, __STACKTRACE__: 0, ^: 1, &: 1, =: 2, ".": 2,
    "::": 2, alias: 1, alias: 2, case: 2, cond: 1, import: 1, import: 2, quote: 1, quote: 2, receive: 1,
    require: 1, require: 2, try: 1, unquote: 1, unquote_splicing: 1
  ]
  @any_arity [:%{}, :<<>>, :{}, :"->", :__aliases__, :__block__, :fn, :for, :super, :with]

  @doc "Is there a special form of that name and arity?\n\n    iex> Macro.special_form?(:case, 2)\n    true"
  @spec special_form?(atom, arity) :: boolean
  def special_form?(name, arity) when is_atom(name) and is_integer(arity),
    do: :lists.member({name, arity}, @special_forms) or :lists.member(name, @any_arity)

  @doc """
  How `atom` may be written: `:alias`, `:identifier`, `:unquoted` or `:quoted`.

      iex> Macro.classify_atom(:foo?)
      :identifier
  """
  @spec classify_atom(atom) :: :alias | :identifier | :quoted | :unquoted
  def classify_atom(atom) when is_atom(atom) do
    case classify(atom) do
      :special -> :unquoted
      class -> class
    end
  end

  @unquoted_specials [:%, :%{}, :{}, :<<>>, :..., :.., :., :..//, :"->"]

  defp classify(atom) do
    binary = :erlang.atom_to_binary(atom, :utf8)

    cond do
      :lists.member(atom, @unquoted_specials) -> :special
      :lists.member(atom, @quoted_operators) -> :quoted
      :lists.member(atom, @binary_operators) or :lists.member(atom, @unary_operators) -> :unquoted
      true -> classify_text(binary)
    end
  end

  defp classify_text(<<"Elixir", rest::binary>> = binary) do
    if alias_tail?(rest), do: :alias, else: classify_word(binary)
  end

  defp classify_text(binary), do: classify_word(binary)

  # "" or parts like ".Foo".
  defp alias_tail?(""), do: true
  defp alias_tail?(<<?., char, rest::binary>>) when char >= ?A and char <= ?Z, do: alias_part?(rest)
  defp alias_tail?(_), do: false

  defp alias_part?(<<char, rest::binary>>)
       when (char >= ?a and char <= ?z) or (char >= ?A and char <= ?Z) or (char >= ?0 and char <= ?9) or char == ?_,
       do: alias_part?(rest)

  defp alias_part?(rest), do: alias_tail?(rest)

  defp classify_word(<<char, rest::binary>>) when (char >= ?a and char <= ?z) or char == ?_,
    do: classify_rest(rest, :identifier, <<char, rest::binary>>)

  defp classify_word(<<char, rest::binary>>) when char >= ?A and char <= ?Z,
    do: classify_rest(rest, :unquoted, <<char, rest::binary>>)

  defp classify_word(<<char, _::binary>> = word) when char > 127, do: classify_unicode(word)
  defp classify_word(_), do: :quoted

  defp classify_rest(<<char, rest::binary>>, class, word)
       when (char >= ?a and char <= ?z) or (char >= ?A and char <= ?Z) or (char >= ?0 and char <= ?9) or char == ?_,
       do: classify_rest(rest, class, word)

  defp classify_rest(<<?@, rest::binary>>, _class, word), do: classify_rest(rest, :unquoted, word)
  defp classify_rest(<<last>>, class, _word) when last == ?? or last == ?!, do: class
  defp classify_rest(<<>>, class, _word), do: class
  defp classify_rest(<<char, _::binary>>, _class, word) when char > 127, do: classify_unicode(word)
  defp classify_rest(_, _class, _word), do: :quoted

  # Which letters beyond ASCII make a name, the lexer knows; a name has no other normal form than itself.
  defp classify_unicode(word) do
    case :unicode.characters_to_nfkc_binary(word) == word and {parse(word), parse(":" <> word)} do
      {{:ok, {name, _, context}}, _} when is_atom(name) and is_atom(context) -> :identifier
      {_, {:ok, atom}} when is_atom(atom) -> :unquoted
      _ -> :quoted
    end
  end

  defp parse(text), do: :phial_compiler.string_to_quoted(text, [])

  @doc """
  Text of `atom` as a literal (`:literal`), a keyword key (`:key`) or after the dot of a call (`:remote_call`).

      iex> Macro.inspect_atom(:key, :"foo bar")
      "\\"foo bar\\":"
  """
  @spec inspect_atom(:literal | :key | :remote_call, atom) :: binary
  def inspect_atom(:literal, atom) when is_nil(atom) or is_boolean(atom), do: :erlang.atom_to_binary(atom, :utf8)

  def inspect_atom(:literal, atom) when is_atom(atom) do
    binary = :erlang.atom_to_binary(atom, :utf8)

    case classify(atom) do
      :alias -> alias_text(binary)
      :quoted -> ":" <> quoted(binary)
      _ -> ":" <> binary
    end
  end

  def inspect_atom(:key, atom) when is_atom(atom) do
    binary = :erlang.atom_to_binary(atom, :utf8)

    case classify(atom) do
      :alias -> quoted(binary) <> ":"
      :quoted -> quoted(binary) <> ":"
      _ -> binary <> ":"
    end
  end

  def inspect_atom(:remote_call, atom) when is_atom(atom) do
    binary = :erlang.atom_to_binary(atom, :utf8)

    case classify(atom) do
      :identifier ->
        binary

      :special ->
        quoted(binary)

      _ ->
        if atom != :"//" and (:lists.member(atom, @binary_operators) or :lists.member(atom, @unary_operators)) do
          binary
        else
          quoted(binary)
        end
    end
  end

  defp alias_text("Elixir"), do: "Elixir"
  defp alias_text("Elixir." <> rest), do: rest

  defp quoted(binary), do: :erlang.iolist_to_binary([?", Inspect.BitString.escape(binary, ?"), ?"])

  ## dbg

  @doc "The code `dbg/2` stands for by default."
  @spec dbg(t, t, Macro.Env.t()) :: t
  def dbg(code, options, %{__struct__: Macro.Env} = env), do: __debug__(code, options, dbg_header(env))

  # header: nil for none.
  @doc false
  def __debug__(code, options, header) do
    quote do
      to_debug = unquote(to_debug(code))
      unquote(__MODULE__).__dbg__(unquote(header), to_debug, unquote(options))
    end
  end

  # Every stage of a pipe is evaluated once and remembered with its text.
  defp to_debug({:|>, _, _} = pipe) do
    value = unique_var(:value, __MODULE__)
    values = unique_var(:values, __MODULE__)
    [{first, _} | rest] = unpipe(pipe)
    texts = [to_string(first) | for({call, _} <- rest, do: to_string(call))]

    stages =
      for {call, position} <- rest do
        quote do
          unquote(value) = unquote(pipe(value, call, position))
          unquote(values) = [unquote(value) | unquote(values)]
        end
      end

    quote do
      unquote(value) = unquote(first)
      unquote(values) = [unquote(value)]
      unquote_splicing(stages)
      {:pipe, unquote(texts), :lists.reverse(unquote(values))}
    end
  end

  defp to_debug(code), do: quote(do: {:value, unquote(to_string(code)), unquote(code)})

  defp dbg_header(env) do
    place = Macro.Env.stacktrace(%{env | line: env.line})
    {module, function, arity, _} = hd(place)

    where =
      case {env.module, function} do
        {nil, _} -> "(file)"
        {_, :__MODULE__} -> inspect(module) <> " (module)"
        _ -> Exception.format_mfa(module, function, arity)
      end

    "[" <> Path.relative_to_cwd(env.file) <> ":" <> :erlang.integer_to_binary(env.line) <> ": " <> where <> "]"
  end

  @doc false
  def __dbg__(header, to_debug, options) do
    {chunks, result} = dbg_text(to_debug, options)
    colored = if header, do: [color(header, options, "\e[3m\e[30m\e[1m"), ?\n | chunks], else: chunks
    IO.write(:erlang.iolist_to_binary([colored, ?\n]))
    result
  end

  defp dbg_text({:pipe, texts, values}, options) do
    chunks =
      for {text, index} <- index(texts, 0) do
        prefix = if index == 0, do: [], else: "|> "
        [prefix, dbg_line(text, :lists.nth(index + 1, values), options)]
      end

    {chunks, :lists.last(values)}
  end

  defp dbg_text({:value, text, value}, options), do: {[dbg_line(text, value, options)], value}

  defp index([head | tail], n), do: [{head, n} | index(tail, n + 1)]
  defp index([], _), do: []

  defp dbg_line(text, value, options) do
    opts = :lists.keysort(1, options)
    opts = if :lists.keymember(:pretty, 1, opts), do: opts, else: [{:pretty, true} | opts]
    opts = if :lists.keymember(:syntax_colors, 1, opts) or not ansi?(), do: opts, else: [{:syntax_colors, IO.ANSI.syntax_colors()} | opts]
    [color(text, options, "\e[1m"), color(" #=> ", options, "\e[2m"), inspect(value, opts), ?\n]
  end

  defp ansi?(), do: IO.ANSI.enabled?()

  defp color(text, _options, sequence), do: if(ansi?(), do: [sequence, text, "\e[0m"], else: text)
end
