# SPDX-License-Identifier: Apache-2.0
# Kernel: the functions and macros that every Elixir program imports.
#
# Owns every name of Kernel except `defmodule def defp defmacro defmacrop @`, which the compiler in C implements.
# Invariant (bootstrap): this is the first module compiled. No function or macro here may, while it
# expands something in this file, call a module written in Elixir; the bodies below therefore use `case`,
# guards and comprehensions over lists instead of `if`, `|>`, `in` and friends. Expansions may
# name any module, for they run later.
defmodule Kernel do
  @moduledoc "The default environment: operators, guards, control flow, definitions and sigils."

  ## Guards, operators and functions the compiler also inlines to :erlang

  @doc "Absolute value.\n\n    iex> abs(-3)\n    3"
  @spec abs(number) :: number
  def abs(number), do: :erlang.abs(number)

  @doc "Calls `fun` with the list `args`.\n\n    iex> apply(fn x -> x * 2 end, [2])\n    4"
  @spec apply(fun, [any]) :: any
  def apply(fun, args), do: :erlang.apply(fun, args)

  @doc "Calls `function` of `module` with the list `args`.\n\n    iex> apply(Enum, :reverse, [[1, 2]])\n    [2, 1]"
  @spec apply(module, atom, [any]) :: any
  def apply(module, function, args), do: :erlang.apply(module, function, args)

  @doc "The part of `binary` that starts at `start` (from 0) and is `size` bytes long.\n\n    iex> binary_part(\"foo\", 1, 2)\n    \"oo\""
  @spec binary_part(binary, non_neg_integer, integer) :: binary
  def binary_part(binary, start, size), do: :erlang.binary_part(binary, start, size)

  @doc "Number of bits.\n\n    iex> bit_size(<<433::16, 3::3>>)\n    19"
  @spec bit_size(bitstring) :: non_neg_integer
  def bit_size(bitstring), do: :erlang.bit_size(bitstring)

  @doc "Number of bytes, rounded up.\n\n    iex> byte_size(<<433::16, 3::3>>)\n    3"
  @spec byte_size(bitstring) :: non_neg_integer
  def byte_size(bitstring), do: :erlang.byte_size(bitstring)

  @doc "Smallest integer not below `number`.\n\n    iex> ceil(10.1)\n    11"
  @spec ceil(number) :: integer
  def ceil(number), do: :erlang.ceil(number)

  @doc "Integer division, truncated towards zero.\n\n    iex> div(-99, 2)\n    -49"
  @spec div(integer, integer) :: integer
  def div(dividend, divisor), do: :erlang.div(dividend, divisor)

  @doc "Stops the calling process with `reason`."
  @spec exit(term) :: no_return
  def exit(reason), do: :erlang.exit(reason)

  @doc "Largest integer not above `number`.\n\n    iex> floor(-9.7)\n    -10"
  @spec floor(number) :: integer
  def floor(number), do: :erlang.floor(number)

  @doc "First element of a non-empty list.\n\n    iex> hd([1, 2])\n    1"
  @spec hd(nonempty_maybe_improper_list) :: term
  def hd(list), do: :erlang.hd(list)

  @doc "Is `term` an atom?\n\n    iex> is_atom(:name)\n    true"
  @spec is_atom(term) :: boolean
  def is_atom(term), do: :erlang.is_atom(term)

  @doc "Is `term` a binary (whole bytes)?\n\n    iex> is_binary(<<1::3>>)\n    false"
  @spec is_binary(term) :: boolean
  def is_binary(term), do: :erlang.is_binary(term)

  @doc "Is `term` a bitstring?\n\n    iex> is_bitstring(<<1::3>>)\n    true"
  @spec is_bitstring(term) :: boolean
  def is_bitstring(term), do: :erlang.is_bitstring(term)

  @doc "Is `term` true or false?\n\n    iex> is_boolean(false)\n    true"
  @spec is_boolean(term) :: boolean
  def is_boolean(term), do: :erlang.is_boolean(term)

  @doc "Is `term` a float?\n\n    iex> is_float(1.0)\n    true"
  @spec is_float(term) :: boolean
  def is_float(term), do: :erlang.is_float(term)

  @doc "Is `term` a function?\n\n    iex> is_function(fn -> 1 end)\n    true"
  @spec is_function(term) :: boolean
  def is_function(term), do: :erlang.is_function(term)

  @doc "Is `term` a function of that arity?\n\n    iex> is_function(fn x -> x end, 1)\n    true"
  @spec is_function(term, non_neg_integer) :: boolean
  def is_function(term, arity), do: :erlang.is_function(term, arity)

  @doc "Is `term` an integer?\n\n    iex> is_integer(1.0)\n    false"
  @spec is_integer(term) :: boolean
  def is_integer(term), do: :erlang.is_integer(term)

  @doc "Is `term` a list?\n\n    iex> is_list([])\n    true"
  @spec is_list(term) :: boolean
  def is_list(term), do: :erlang.is_list(term)

  @doc "Is `term` an integer or a float?\n\n    iex> is_number(1.5)\n    true"
  @spec is_number(term) :: boolean
  def is_number(term), do: :erlang.is_number(term)

  @doc "Is `term` a process identifier?\n\n    iex> is_pid(self())\n    true"
  @spec is_pid(term) :: boolean
  def is_pid(term), do: :erlang.is_pid(term)

  @doc "Is `term` a port?\n\n    iex> is_port(:a)\n    false"
  @spec is_port(term) :: boolean
  def is_port(term), do: :erlang.is_port(term)

  @doc "Is `term` a reference?\n\n    iex> is_reference(make_ref())\n    true"
  @spec is_reference(term) :: boolean
  def is_reference(term), do: :erlang.is_reference(term)

  @doc "Is `term` a tuple?\n\n    iex> is_tuple({1, 2})\n    true"
  @spec is_tuple(term) :: boolean
  def is_tuple(term), do: :erlang.is_tuple(term)

  @doc "Is `term` a map?\n\n    iex> is_map(%{})\n    true"
  @spec is_map(term) :: boolean
  def is_map(term), do: :erlang.is_map(term)

  @doc "Has `map` the key? Raises `BadMapError` for what is no map.\n\n    iex> is_map_key(%{a: 1}, :a)\n    true"
  @spec is_map_key(map, term) :: boolean
  def is_map_key(map, key), do: :erlang.is_map_key(key, map)

  @doc "Length of a proper list.\n\n    iex> length([1, 2, 3])\n    3"
  @spec length(list) :: non_neg_integer
  def length(list), do: :erlang.length(list)

  @doc "A reference that is unique while the system runs."
  @spec make_ref() :: reference
  def make_ref(), do: :erlang.make_ref()

  @doc "Number of keys.\n\n    iex> map_size(%{a: 1})\n    1"
  @spec map_size(map) :: non_neg_integer
  def map_size(map), do: :erlang.map_size(map)

  @doc "The bigger by term order; the first when equal.\n\n    iex> max(1, 2)\n    2"
  @spec max(first, second) :: first | second when first: term, second: term
  def max(first, second), do: :erlang.max(first, second)

  @doc "The smaller by term order; the first when equal.\n\n    iex> min(1, 2)\n    1"
  @spec min(first, second) :: first | second when first: term, second: term
  def min(first, second), do: :erlang.min(first, second)

  @doc "Name of the local node."
  @spec node() :: node
  def node(), do: :erlang.node()

  @doc "Node a pid, port or reference comes from."
  @spec node(pid | reference | port) :: node
  def node(arg), do: :erlang.node(arg)

  @doc "Remainder; has the sign of the dividend.\n\n    iex> rem(-7, 3)\n    -1"
  @spec rem(integer, integer) :: integer
  def rem(dividend, divisor), do: :erlang.rem(dividend, divisor)

  @doc "Nearest integer, halves away from zero.\n\n    iex> round(5.5)\n    6"
  @spec round(number) :: integer
  def round(number), do: :erlang.round(number)

  @doc "Sends `message` to `dest` and returns it.\n\n    iex> send(self(), :hello)\n    :hello"
  @spec send(dest :: pid | port | atom | {atom, node}, message) :: message when message: any
  def send(dest, message), do: :erlang.send(dest, message)

  @doc "Pid of the calling process."
  @spec self() :: pid
  def self(), do: :erlang.self()

  @doc "Spawns a process that runs `fun`; returns its pid."
  @spec spawn((() -> any)) :: pid
  def spawn(fun), do: :erlang.spawn(fun)

  @doc "Spawns a process that calls the function; returns its pid."
  @spec spawn(module, atom, list) :: pid
  def spawn(module, fun, args), do: :erlang.spawn(module, fun, args)

  @doc "As `spawn/1`, linked to the caller."
  @spec spawn_link((() -> any)) :: pid
  def spawn_link(fun), do: :erlang.spawn_link(fun)

  @doc "As `spawn/3`, linked to the caller."
  @spec spawn_link(module, atom, list) :: pid
  def spawn_link(module, fun, args), do: :erlang.spawn_link(module, fun, args)

  @doc "As `spawn/1`, monitored by the caller: `{pid, reference}`."
  @spec spawn_monitor((() -> any)) :: {pid, reference}
  def spawn_monitor(fun), do: :erlang.spawn_monitor(fun)

  @doc "As `spawn/3`, monitored by the caller: `{pid, reference}`."
  @spec spawn_monitor(module, atom, list) :: {pid, reference}
  def spawn_monitor(module, fun, args), do: :erlang.spawn_monitor(module, fun, args)

  @doc "Throws `term`, to be caught by `try ... catch`."
  @spec throw(term) :: no_return
  def throw(term), do: :erlang.throw(term)

  @doc "All but the first element of a non-empty list.\n\n    iex> tl([1, 2])\n    [2]"
  @spec tl(nonempty_maybe_improper_list) :: term
  def tl(list), do: :erlang.tl(list)

  @doc "Integer part of `number`.\n\n    iex> trunc(-5.99)\n    -5"
  @spec trunc(number) :: integer
  def trunc(number), do: :erlang.trunc(number)

  @doc "Number of elements.\n\n    iex> tuple_size({:a, :b})\n    2"
  @spec tuple_size(tuple) :: non_neg_integer
  def tuple_size(tuple), do: :erlang.tuple_size(tuple)

  @doc "The element at the zero-based `index`.\n\n    iex> elem({:a, :b}, 1)\n    :b"
  @spec elem(tuple, non_neg_integer) :: term
  def elem(tuple, index), do: :erlang.element(index + 1, tuple)

  @doc "Replaces the element at the zero-based `index`.\n\n    iex> put_elem({:a, :b}, 0, :c)\n    {:c, :b}"
  @spec put_elem(tuple, non_neg_integer, term) :: tuple
  def put_elem(tuple, index, value), do: :erlang.setelement(index + 1, tuple, value)

  @doc "Sum.\n\n    iex> 1 + 2\n    3"
  @spec number + number :: number
  def left + right, do: :erlang.+(left, right)

  @doc "Difference.\n\n    iex> 1 - 2\n    -1"
  @spec number - number :: number
  def left - right, do: :erlang.-(left, right)

  @doc "The number itself.\n\n    iex> +1\n    1"
  @spec +number :: number
  def (+value), do: :erlang.+(value)

  @doc "Negation.\n\n    iex> -2\n    -2"
  @spec -number :: number
  def (-value), do: :erlang.-(value)

  @doc "Product.\n\n    iex> 2 * 3\n    6"
  @spec number * number :: number
  def left * right, do: :erlang.*(left, right)

  @doc "Quotient, always a float.\n\n    iex> 4 / 2\n    2.0"
  @spec number / number :: float
  def left / right, do: :erlang./(left, right)

  @doc "Appends lists.\n\n    iex> [1] ++ [2, 3]\n    [1, 2, 3]"
  @spec list ++ term :: maybe_improper_list
  def left ++ right, do: :erlang.++(left, right)

  @doc "Removes the first occurrence of each element on the right.\n\n    iex> [1, 2, 1] -- [1]\n    [2, 1]"
  @spec list -- list :: list
  def left -- right, do: :erlang.--(left, right)

  @doc "Strict negation of a boolean.\n\n    iex> not false\n    true"
  @spec not boolean :: boolean
  def not(value), do: :erlang.not(value)

  @doc "Term order.\n\n    iex> 1 < 2\n    true"
  @spec term < term :: boolean
  def left < right, do: :erlang.<(left, right)

  @doc "Term order.\n\n    iex> 1 > 2\n    false"
  @spec term > term :: boolean
  def left > right, do: :erlang.>(left, right)

  @doc "Term order.\n\n    iex> 1 <= 2\n    true"
  @spec term <= term :: boolean
  def left <= right, do: :erlang."=<"(left, right)

  @doc "Term order.\n\n    iex> 1 >= 2\n    false"
  @spec term >= term :: boolean
  def left >= right, do: :erlang.>=(left, right)

  @doc "Equality; 1 and 1.0 are equal.\n\n    iex> 1 == 1.0\n    true"
  @spec term == term :: boolean
  def left == right, do: :erlang.==(left, right)

  @doc "Inequality.\n\n    iex> 1 != 1.0\n    false"
  @spec term != term :: boolean
  def left != right, do: :erlang."/="(left, right)

  @doc "Strict equality.\n\n    iex> 1 === 1.0\n    false"
  @spec term === term :: boolean
  def left === right, do: :erlang."=:="(left, right)

  @doc "Strict inequality.\n\n    iex> 1 !== 1.0\n    true"
  @spec term !== term :: boolean
  def left !== right, do: :erlang."=/="(left, right)

  ## and, or: the only macros this file uses itself

  @doc "Strict conjunction: the left side must be a boolean.\n\n    iex> true and 1\n    1"
  defmacro left and right do
    case :erlang.map_get(:context, __CALLER__) do
      nil -> build_boolean(:and, left, false, right)
      :match -> invalid_match!(:and)
      :guard -> quote(do: :erlang.andalso(unquote(left), unquote(right)))
    end
  end

  @doc "Strict disjunction: the left side must be a boolean.\n\n    iex> false or 1\n    1"
  defmacro left or right do
    case :erlang.map_get(:context, __CALLER__) do
      nil -> build_boolean(:or, left, right, true)
      :match -> invalid_match!(:or)
      :guard -> quote(do: :erlang.orelse(unquote(left), unquote(right)))
    end
  end

  defp build_boolean(operator, check, if_false, if_true) do
    clauses =
      quote do
        false -> unquote(if_false)
        true -> unquote(if_true)
        other -> :erlang.error({:badbool, unquote(operator), other})
      end

    {:case, [optimize_boolean: true], [check, [do: clauses]]}
  end

  ## Concatenation

  @doc """
  Concatenates binaries. In a pattern every part but the last must be a literal binary.

      iex> "foo" <> "bar"
      "foobar"
  """
  defmacro left <> right do
    {:<<>>, [], concat_parts(left, right, :erlang.map_get(:context, __CALLER__), __CALLER__)}
  end

  defp concat_parts(left, {:<>, _, [middle, right]}, context, env) do
    [concat_part(left, :left, context, env) | concat_parts(middle, right, context, env)]
  end

  defp concat_parts(left, right, context, env) do
    [concat_part(left, :left, context, env), concat_part(right, :right, context, env)]
  end

  defp concat_part(literal, _side, _context, _env) when :erlang.is_binary(literal), do: literal

  defp concat_part(literal, _side, _context, _env)
       when :erlang.is_list(literal)
       when :erlang.is_atom(literal)
       when :erlang.is_number(literal)
       when :erlang."=:="(:erlang.tuple_size(literal), 2) do
    concat_error("expected binary argument in <> operator but got: ", literal)
  end

  defp concat_part(part, :left, :match, env) do
    case :phial_compiler.expand(part, env) do
      literal when :erlang.is_binary(literal) ->
        literal

      {var, _, context} when :erlang.is_atom(var) and :erlang.is_atom(context) ->
        concat_error(
          "the left argument of <> operator inside a match should always be a literal binary " <>
            "because its size can't be verified. Got: ",
          part
        )

      {:^, _, [{var, _, context}]} when :erlang.is_atom(var) and :erlang.is_atom(context) ->
        concat_error(
          "the left argument of <> operator inside a match should always be a literal binary " <>
            "because its size can't be verified. Got: ",
          part
        )

      _ ->
        {:"::", [], [part, {:binary, [], nil}]}
    end
  end

  defp concat_part(part, _side, _context, _env), do: {:"::", [], [part, {:binary, [], nil}]}

  defp concat_error(text, ast) do
    :erlang.error(
      ArgumentError.exception(<<text::binary, Macro.to_string(ast)::binary>>)
    )
  end

  ## Where a macro may stand

  defp invalid_match!(name) do
    :erlang.error(
      ArgumentError.exception(
        "invalid expression in match, #{name} is not allowed in patterns such as function " <>
          "clauses, case clauses or on the left side of the = operator"
      )
    )
  end

  defp body_only!(%{context: nil}, _name), do: :ok
  defp body_only!(%{context: :match}, name), do: invalid_match!(name)

  defp body_only!(%{context: :guard}, name) do
    :erlang.error(
      ArgumentError.exception(
        "invalid expression in guard, #{name} is not allowed in guards. To learn more about " <>
          "guards, visit: https://hexdocs.pm/elixir/patterns-and-guards.html"
      )
    )
  end

  ## Choice

  @doc """
  Evaluates `do` when `condition` is neither `false` nor `nil`, `else` otherwise.

      iex> if 1 > 0, do: :yes, else: :no
      :yes
  """
  defmacro if(condition, clauses) do
    case choice(clauses) do
      {then, otherwise} -> build_if(condition, then, otherwise)
      :error -> choice_error("if")
    end
  end

  @doc """
  Evaluates `do` when `condition` is `false` or `nil`, `else` otherwise.

      iex> unless false, do: 1
      1
  """
  defmacro unless(condition, clauses) do
    case choice(clauses) do
      {then, otherwise} ->
        quote(do: if(unquote(condition), do: unquote(otherwise), else: unquote(then)))

      :error ->
        choice_error("unless")
    end
  end

  defp choice(do: then), do: {then, nil}
  defp choice(do: then, else: otherwise), do: {then, otherwise}
  defp choice(else: otherwise, do: then), do: {then, otherwise}
  defp choice(_), do: :error

  defp build_if(condition, then, otherwise) do
    clauses =
      quote do
        x when :"Elixir.Kernel".in(x, [false, nil]) -> unquote(otherwise)
        _ -> unquote(then)
      end

    {:case, [optimize_boolean: true], [condition, [do: clauses]]}
  end

  defp choice_error(name) do
    :erlang.error(
      ArgumentError.exception(
        "invalid or duplicate keys for #{name}, only \"do\" and an optional \"else\" are permitted"
      )
    )
  end

  @doc "Truthiness, negated.\n\n    iex> !nil\n    true"
  defmacro !value

  defmacro !{:!, _, [value]} do
    body_only!(__CALLER__, "!")
    build_if(value, true, false)
  end

  defmacro !value do
    body_only!(__CALLER__, "!")
    build_if(value, false, true)
  end

  @doc "The right side if the left is truthy, else the left.\n\n    iex> nil && 1\n    nil"
  defmacro left && right do
    body_only!(__CALLER__, "&&")

    quote do
      case unquote(left) do
        x when :"Elixir.Kernel".in(x, [false, nil]) -> x
        _ -> unquote(right)
      end
    end
  end

  @doc "The left side if it is truthy, else the right.\n\n    iex> nil || 1\n    1"
  defmacro left || right do
    body_only!(__CALLER__, "||")

    quote do
      case unquote(left) do
        x when :"Elixir.Kernel".in(x, [false, nil]) -> unquote(right)
        x -> x
      end
    end
  end

  @doc "Is `term` nil? Allowed in guards.\n\n    iex> is_nil(nil)\n    true"
  defmacro is_nil(term), do: quote(do: unquote(term) == nil)

  @doc "Does the value of `expr` match `pattern`?\n\n    iex> match?({:ok, _}, {:ok, 1})\n    true"
  defmacro match?(pattern, expr) do
    no = {:->, [generated: true], [[{:_, [generated: true], Kernel}], false]}
    quote(do: case(unquote(expr), do: unquote([{:->, [], [[pattern], true]}, no])))
  end

  ## Membership

  @doc """
  Is the left side an element of the right? In guards the right side must be a literal list or range.

      iex> 2 in [1, 2, 3]
      true
  """
  defmacro left in right do
    body? = :erlang.==(:erlang.map_get(:context, __CALLER__), nil)

    case {body?, :phial_compiler.expand(right, __CALLER__)} do
      {false, []} -> false
      {true, []} -> quote(do: (_ = unquote(left); false))
      {_, [_ | _] = list} -> in_list(body?, left, expand_tail(list, __CALLER__), right)
      {_, {:%{}, _, [{:__struct__, Range} | _] = fields}} -> in_range(body?, left, fields, right)
      {true, other} -> quote(do: Elixir.Enum.member?(unquote(other), unquote(left)))
      {false, _} -> in_error(right)
    end
  end

  defp in_error(right) do
    :erlang.error(
      ArgumentError.exception(
        "invalid right argument for operator \"in\", it expects a compile-time proper list or " <>
          "compile-time range on the right side when used in guard expressions, got: " <>
          Macro.to_string(right)
      )
    )
  end

  # [a, b | tail] with a tail that expands to a list is that list.
  defp expand_tail([{:|, meta, [head, tail]}], env) do
    case :phial_compiler.expand(tail, env) do
      list when :erlang.is_list(list) -> [head | expand_tail(list, env)]
      other -> [{:|, meta, [head, other]}]
    end
  end

  defp expand_tail([head | rest], env), do: [head | expand_tail(rest, env)]
  defp expand_tail([], _env), do: []

  defp in_list(false, left, list, right) do
    case proper?(list) do
      true -> in_comparisons(left, list)
      false -> in_error(right)
    end
  end

  defp in_list(true, left, list, _right) do
    case literals?(list) do
      true -> in_body(left, fn var -> in_comparisons(var, list) end)
      false -> quote(do: :lists.member(unquote(left), unquote(list)))
    end
  end

  defp in_comparisons(left, [first | rest]) do
    in_comparisons(rest, left, quote(do: :erlang."=:="(unquote(left), unquote(first))))
  end

  defp in_comparisons([], _left, acc), do: acc

  defp in_comparisons([next | rest], left, acc) do
    test = quote(do: :erlang."=:="(unquote(left), unquote(next)))
    in_comparisons(rest, left, quote(do: :erlang.orelse(unquote(acc), unquote(test))))
  end

  # The left side is evaluated once: variables and literals stand for themselves.
  defp in_body(left, fun) do
    case literal_or_var?(left) do
      true -> fun.(left)
      false -> quote(do: (var = unquote(left); unquote(fun.(quote(do: var)))))
    end
  end

  defp proper?([{:|, _, [_, _]}]), do: false
  defp proper?([_ | tail]), do: proper?(tail)
  defp proper?([]), do: true

  defp literals?([]), do: true
  defp literals?([head | tail]), do: :erlang.andalso(literal?(head), literals?(tail))

  defp literal?({:%{}, _, args}) when :erlang.is_list(args), do: literals?(args)
  defp literal?({:{}, _, args}) when :erlang.is_list(args), do: literals?(args)
  defp literal?({:__aliases__, _, args}), do: literals?(args)
  defp literal?({op, _, [number]}) when :erlang.is_number(number) and (:erlang.==(op, :-) or :erlang.==(op, :+)), do: true
  defp literal?({left, right}), do: :erlang.andalso(literal?(left), literal?(right))
  defp literal?(list) when :erlang.is_list(list), do: literals?(list)
  defp literal?(term), do: :erlang.not(:erlang.is_tuple(term))

  defp literal_or_var?({var, _, context}) when :erlang.is_atom(var) and :erlang.is_atom(context), do: true
  defp literal_or_var?(term), do: literal?(term)

  defp in_range(body?, left, fields, right) do
    {:first, first} = :lists.keyfind(:first, 1, fields)
    {:last, last} = :lists.keyfind(:last, 1, fields)

    case {:lists.keyfind(:step, 1, fields), body?} do
      {{:step, step}, true} ->
        case :erlang.is_integer(first) and :erlang.is_integer(last) and :erlang.is_integer(step) do
          true -> in_body(left, fn var -> in_fixed_range(var, first, last, step) end)
          false -> quote(do: Elixir.Enum.member?(unquote(right), unquote(left)))
        end

      {{:step, step}, false} when :erlang.is_integer(step) ->
        in_fixed_range(left, first, last, step)

      {{:step, {:-, _, [step]}}, false} when :erlang.is_integer(step) ->
        in_fixed_range(left, first, last, :erlang.-(step))

      {{:step, step}, false} ->
        in_open_range(left, first, last, step)

      {false, _} ->
        in_error({:%{}, [], fields})
    end
  end

  defp in_fixed_range(left, first, last, step) do
    {low, high} =
      case step > 0 do
        true -> {quote(do: :erlang.>=(unquote(left), unquote(first))), quote(do: :erlang."=<"(unquote(left), unquote(last)))}
        false -> {quote(do: :erlang."=<"(unquote(left), unquote(first))), quote(do: :erlang.>=(unquote(left), unquote(last)))}
      end

    between = quote(do: :erlang.andalso(unquote(low), unquote(high)))
    inside = quote(do: :erlang.andalso(:erlang.is_integer(unquote(left)), unquote(between)))
    in_step(inside, left, first, step)
  end

  # The sign of the step is known only when the guard runs.
  defp in_open_range(left, first, last, step) do
    inside =
      quote do
        :erlang.is_integer(unquote(left)) and :erlang.is_integer(unquote(first)) and
          :erlang.is_integer(unquote(last)) and
          ((:erlang.>(unquote(step), 0) and
              :erlang.andalso(
                :erlang.>=(unquote(left), unquote(first)),
                :erlang."=<"(unquote(left), unquote(last))
              )) or
             (:erlang.<(unquote(step), 0) and
                :erlang.andalso(
                  :erlang."=<"(unquote(left), unquote(first)),
                  :erlang.>=(unquote(left), unquote(last))
                )))
      end

    in_step(inside, left, first, step)
  end

  defp in_step(inside, _left, _first, step) when :erlang.==(:erlang.abs(step), 1), do: inside

  defp in_step(inside, left, first, step) do
    quote do
      :erlang.andalso(
        unquote(inside),
        :erlang."=:="(:erlang.rem(unquote(left) - unquote(first), unquote(step)), 0)
      )
    end
  end

  ## Ranges

  @doc "The whole range, `0..-1//1`.\n\n    iex> Enum.slice([1, 2], ..)\n    [1, 2]"
  defmacro (..) do
    {:%{}, [], [__struct__: Range, first: 0, last: -1, step: 1]}
  end

  @doc "The range `first..last`; the step is -1 when `last` is smaller.\n\n    iex> Enum.to_list(1..3)\n    [1, 2, 3]"
  defmacro first..last do
    first = range_side(first, __CALLER__)
    last = range_side(last, __CALLER__)
    context = :erlang.map_get(:context, __CALLER__)

    case {:erlang.is_integer(first) and :erlang.is_integer(last), context} do
      {true, _} ->
        step = case(first <= last, do: (true -> 1; false -> -1))
        {:%{}, [], [__struct__: Range, first: first, last: last, step: step]}

      {false, nil} ->
        validate_range!(first, last)
        quote(do: Elixir.Range.new(unquote(first), unquote(last)))

      {false, :guard} ->
        validate_range!(first, last)
        step = quote(do: :erlang.map_get(:erlang.>(unquote(first), unquote(last)), %{false => 1, true => -1}))
        {:%{}, [], [__struct__: Range, first: first, last: last, step: step]}

      {false, :match} ->
        validate_range!(first, last)
        {:%{}, [], [__struct__: Range, first: first, last: last]}
    end
  end

  @doc "The range `first..last` with a step.\n\n    iex> Enum.to_list(1..9//4)\n    [1, 5, 9]"
  defmacro first..last//step do
    first = range_side(first, __CALLER__)
    last = range_side(last, __CALLER__)
    step = range_side(step, __CALLER__)
    validate_range!(first, last)
    validate_step!(step)
    literal? = :erlang.is_integer(first) and :erlang.is_integer(last) and :erlang.is_integer(step)

    case :erlang.map_get(:context, __CALLER__) do
      nil when :erlang.not(literal?) ->
        quote(do: Elixir.Range.new(unquote(first), unquote(last), unquote(step)))

      _ ->
        {:%{}, [], [__struct__: Range, first: first, last: last, step: step]}
    end
  end

  defp range_side(ast, env) do
    case :phial_compiler.expand(ast, env) do
      {:-, _, [number]} when :erlang.is_integer(number) -> :erlang.-(number)
      {:+, _, [number]} when :erlang.is_integer(number) -> number
      other -> other
    end
  end

  defp validate_range!(first, last) do
    case never_integer?(first) or never_integer?(last) do
      false ->
        :ok

      true ->
        :erlang.error(
          ArgumentError.exception(
            "ranges (first..last//step) expect both sides to be integers, got: " <>
              Macro.to_string({:.., [], [first, last]})
          )
        )
    end
  end

  defp validate_step!(step) do
    case never_integer?(step) or step == 0 do
      false ->
        :ok

      true ->
        :erlang.error(
          ArgumentError.exception(
            "ranges (first..last//step) expect the step to be a non-zero integer, got: " <>
              Macro.to_string(step)
          )
        )
    end
  end

  defp never_integer?(ast) do
    :erlang.is_float(ast) or :erlang.is_list(ast) or :erlang.is_binary(ast) or :erlang.is_atom(ast) or
      :erlang.andalso(:erlang.is_tuple(ast), :erlang.tuple_size(ast) == 2)
  end

  ## Pipes

  @doc """
  Passes the left side as first argument of the call on the right.

      iex> [1, [2]] |> List.flatten() |> Enum.map(fn x -> x * 2 end)
      [2, 4]
  """
  defmacro left |> right do
    case right do
      {unary, _, [argument]} when :erlang.==(unary, :+) or :erlang.==(unary, :-) ->
        :erlang.error(
          ArgumentError.exception(
            "piping into a unary operator is not supported, please use the qualified name: " <>
              "Kernel.#{unary}(#{Macro.to_string(argument)}), instead of " <> Macro.to_string(right)
          )
        )

      call ->
        Macro.pipe(left, call, 0)
    end
  end

  @doc "Calls `fun` with `value` and returns `value`.\n\n    iex> tap(1, fn x -> x + 1 end)\n    1"
  defmacro tap(value, fun) do
    quote bind_quoted: [fun: fun, value: value] do
      _ = fun.(value)
      value
    end
  end

  @doc "Calls `fun` with `value`.\n\n    iex> then(1, fn x -> x + 1 end)\n    2"
  defmacro then(value, fun), do: quote(do: unquote(fun).(unquote(value)))

  ## Exceptions

  @doc """
  Raises a `RuntimeError` with a message, or the given exception.

      iex> try do raise "oops" rescue e -> e.message end
      "oops"
  """
  defmacro raise(message) do
    exception = exception_of(message, __CALLER__)

    quote do
      :erlang.error(unquote(exception), :none, error_info: %{module: Exception})
    end
  end

  @doc "Raises `exception` built from `attributes`.\n\n    iex> try do raise ArgumentError, \"no\" rescue e -> e.message end\n    \"no\""
  defmacro raise(exception, attributes) do
    quote(do: :erlang.error(unquote(exception).exception(unquote(attributes))))
  end

  @doc "As `raise/1`, with the given stacktrace."
  defmacro reraise(message, stacktrace) do
    exception = exception_of(message, __CALLER__)
    quote(do: :erlang.error(:erlang.raise(:error, unquote(exception), unquote(stacktrace))))
  end

  @doc "As `raise/2`, with the given stacktrace."
  defmacro reraise(exception, attributes, stacktrace) do
    quote do
      :erlang.raise(:error, unquote(exception).exception(unquote(attributes)), unquote(stacktrace))
    end
  end

  defp exception_of(message, env) do
    expanded =
      case :erlang.is_binary(message) do
        true -> message
        false -> :phial_compiler.expand(message, env)
      end

    case expanded do
      text when :erlang.is_binary(text) -> quote(do: RuntimeError.exception(unquote(text)))
      {:<<>>, _, _} = text -> quote(do: RuntimeError.exception(unquote(text)))
      alias when :erlang.is_atom(alias) -> quote(do: unquote(alias).exception([]))
      _ -> quote(do: Kernel.Utils.raise(unquote(message)))
    end
  end

  ## Structs

  @doc """
  Is `term` a struct? Allowed in guards.

      iex> is_struct(1..2)
      true
  """
  defmacro is_struct(term) do
    case :erlang.map_get(:context, __CALLER__) do
      nil -> quote(do: case(unquote(term), do: (%_{} -> true; _ -> false)))
      :match -> invalid_match!(:is_struct)
      :guard -> struct_guard(term)
    end
  end

  @doc "Is `term` a struct of that name? Allowed in guards.\n\n    iex> is_struct(1..2, Range)\n    true"
  defmacro is_struct(term, name) do
    case :erlang.map_get(:context, __CALLER__) do
      nil ->
        quote generated: true do
          case unquote(name) do
            name when is_atom(name) ->
              case unquote(term) do
                %{__struct__: ^name} -> true
                _ -> false
              end

            _ ->
              raise ArgumentError
          end
        end

      :match ->
        invalid_match!(:is_struct)

      :guard ->
        named_struct_guard(term, name)
    end
  end

  @doc "Is `term` an exception? Allowed in guards.\n\n    iex> is_exception(%RuntimeError{})\n    true"
  defmacro is_exception(term) do
    case :erlang.map_get(:context, __CALLER__) do
      nil ->
        quote(do: case(unquote(term), do: (%_{__exception__: true} -> true; _ -> false)))

      :match ->
        invalid_match!(:is_exception)

      :guard ->
        exception_guard(struct_guard(term), term)
    end
  end

  @doc "Is `term` an exception of that name? Allowed in guards.\n\n    iex> is_exception(%RuntimeError{}, RuntimeError)\n    true"
  defmacro is_exception(term, name) do
    case :erlang.map_get(:context, __CALLER__) do
      nil ->
        quote do
          case unquote(name) do
            name when is_atom(name) ->
              case unquote(term) do
                %{__struct__: ^name, __exception__: true} -> true
                _ -> false
              end

            _ ->
              raise ArgumentError
          end
        end

      :match ->
        invalid_match!(:is_exception)

      :guard ->
        exception_guard(named_struct_guard(term, name), term)
    end
  end

  defp struct_guard(term) do
    quote do
      is_map(unquote(term)) and :erlang.is_map_key(:__struct__, unquote(term)) and
        is_atom(:erlang.map_get(:__struct__, unquote(term)))
    end
  end

  defp named_struct_guard(term, name) do
    quote do
      is_map(unquote(term)) and (is_atom(unquote(name)) or :fail) and
        :erlang.is_map_key(:__struct__, unquote(term)) and
        :erlang.map_get(:__struct__, unquote(term)) == unquote(name)
    end
  end

  defp exception_guard(struct, term) do
    quote do
      unquote(struct) and :erlang.is_map_key(:__exception__, unquote(term)) and
        :erlang.map_get(:__exception__, unquote(term)) == true
    end
  end

  @doc """
  A struct of that module (or the struct given) with `fields` put in; unknown keys are dropped.

      iex> struct(Range, first: 1, last: 2, step: 1)
      1..2
  """
  @spec struct(module | struct, Enumerable.t()) :: struct
  def struct(struct, fields \\ []), do: struct(struct, fields, :known)

  @doc "As `struct/2`, but raises on unknown keys and checks `@enforce_keys`."
  @spec struct!(module | struct, Enumerable.t()) :: struct
  def struct!(struct, fields \\ [])

  def struct!(struct, fields) when :erlang.is_atom(struct),
    do: checked_struct(struct.__struct__(fields), struct, 1)

  def struct!(struct, fields) when :erlang.is_map(struct), do: struct(struct, fields, :all)

  defp struct(struct, [], _) when :erlang.is_atom(struct),
    do: checked_struct(struct.__struct__(), struct, 0)

  defp struct(struct, fields, which) when :erlang.is_atom(struct),
    do: struct(checked_struct(struct.__struct__(), struct, 0), fields, which)

  defp struct(%_{} = struct, [], _), do: struct
  defp struct(%_{} = struct, fields, :known) when :erlang.is_list(fields), do: put_known(fields, struct)
  defp struct(%_{} = struct, fields, :all) when :erlang.is_list(fields), do: put_all(fields, struct)
  defp struct(%_{} = struct, fields, which), do: struct(struct, Enum.to_list(fields), which)

  defp put_known([{:__struct__, _} | rest], struct), do: put_known(rest, struct)

  defp put_known([{key, value} | rest], struct) do
    case struct do
      %{^key => _} -> put_known(rest, %{struct | key => value})
      _ -> put_known(rest, struct)
    end
  end

  defp put_known([], struct), do: struct

  defp put_all([{:__struct__, _} | rest], struct), do: put_all(rest, struct)
  defp put_all([{key, value} | rest], struct), do: put_all(rest, :maps.update(key, value, struct))
  defp put_all([], struct), do: struct

  defp checked_struct(%{__struct__: module} = struct, module, _arity), do: struct

  defp checked_struct(%{__struct__: name}, module, arity) when :erlang.is_atom(name) do
    :erlang.error(
      ArgumentError.exception(
        "expected struct name returned by #{inspect(module)}.__struct__/#{arity} to be " <>
          "#{inspect(module)}, got: #{inspect(name)}"
      )
    )
  end

  defp checked_struct(other, module, arity) do
    :erlang.error(
      ArgumentError.exception(
        "expected #{inspect(module)}.__struct__/#{arity} to return a map with a :__struct__ key " <>
          "that holds the name of the struct (atom), got: #{inspect(other)}"
      )
    )
  end

  ## Nested data

  @doc """
  The value at the path `keys`; functions in the path are access functions.

      iex> get_in(%{a: %{b: 1}}, [:a, :b])
      1
  """
  @spec get_in(Access.t(), nonempty_list(term)) :: term
  def get_in(data, keys)
  def get_in(nil, [_ | _]), do: nil
  def get_in(data, [fun]) when :erlang.is_function(fun), do: fun.(:get, data, fn value -> value end)

  def get_in(data, [fun | rest]) when :erlang.is_function(fun),
    do: fun.(:get, data, fn value -> get_in(value, rest) end)

  def get_in(data, [key]), do: Access.get(data, key)
  def get_in(data, [key | rest]), do: get_in(Access.get(data, key), rest)

  @doc "Puts `value` at the path `keys`.\n\n    iex> put_in(%{a: %{b: 1}}, [:a, :b], 2)\n    %{a: %{b: 2}}"
  @spec put_in(Access.t(), nonempty_list(term), term) :: Access.t()
  def put_in(data, [_ | _] = keys, value) do
    :erlang.element(2, get_and_update_in(data, keys, fn _ -> {nil, value} end))
  end

  @doc "Updates the value at the path `keys` with `fun`.\n\n    iex> update_in(%{a: %{b: 1}}, [:a, :b], &(&1 + 1))\n    %{a: %{b: 2}}"
  @spec update_in(Access.t(), nonempty_list(term), (term -> term)) :: Access.t()
  def update_in(data, [_ | _] = keys, fun) when :erlang.is_function(fun) do
    :erlang.element(2, get_and_update_in(data, keys, fn value -> {nil, fun.(value)} end))
  end

  @doc """
  Gets and updates at the path `keys`: `fun` returns `{get, new}` or `:pop`.

      iex> get_and_update_in(%{a: %{b: 1}}, [:a, :b], &{&1, &1 + 1})
      {1, %{a: %{b: 2}}}
  """
  @spec get_and_update_in(Access.t(), nonempty_list(term), (term -> {term, term} | :pop)) :: {term, Access.t()}
  def get_and_update_in(data, keys, fun)

  def get_and_update_in(data, [access], fun) when :erlang.is_function(access, 3),
    do: access.(:get_and_update, data, fun)

  def get_and_update_in(data, [access | rest], fun) when :erlang.is_function(access, 3),
    do: access.(:get_and_update, data, fn value -> get_and_update_in(value, rest, fun) end)

  def get_and_update_in(data, [key], fun) when :erlang.is_function(fun, 1),
    do: Access.get_and_update(data, key, fun)

  def get_and_update_in(data, [key | rest], fun) when :erlang.is_function(fun, 1),
    do: Access.get_and_update(data, key, fn value -> get_and_update_in(value, rest, fun) end)

  @doc "Pops the value at the path `keys`.\n\n    iex> pop_in(%{a: %{b: 1}}, [:a, :b])\n    {1, %{a: %{}}}"
  @spec pop_in(data, nonempty_list(term)) :: {term, data} when data: Access.container()
  def pop_in(data, keys)

  def pop_in(nil, [key | _]) do
    :erlang.error(ArgumentError.exception("could not pop key #{inspect(key)} on a nil value"))
  end

  def pop_in(data, [_ | _] = keys), do: pop_path(data, keys)

  defp pop_path(nil, [_ | _]), do: :pop

  defp pop_path(data, [access]) when :erlang.is_function(access),
    do: access.(:get_and_update, data, fn _ -> :pop end)

  defp pop_path(data, [access | rest]) when :erlang.is_function(access),
    do: access.(:get_and_update, data, fn value -> pop_path(value, rest) end)

  defp pop_path(data, [key]), do: Access.pop(data, key)

  defp pop_path(data, [key | rest]),
    do: Access.get_and_update(data, key, fn value -> pop_path(value, rest) end)

  @doc "Puts `value` at a path such as `user.name` or `users[\"a\"][:age]`."
  defmacro put_in(path, value) do
    case path_steps!(path, "put_in/2") do
      {true, data, fields} -> nest_update(fields, data, quote(do: fn _ -> unquote(value) end))
      {false, data, steps} -> second(nest_access(steps, data, quote(do: fn _ -> {nil, unquote(value)} end)))
    end
  end

  @doc "Updates with `fun` at a path such as `user.name` or `users[\"a\"][:age]`."
  defmacro update_in(path, fun) do
    case path_steps!(path, "update_in/2") do
      {true, data, fields} -> nest_update(fields, data, fun)
      {false, data, steps} -> second(nest_access(steps, data, quote(do: fn x -> {nil, unquote(fun).(x)} end)))
    end
  end

  @doc "Gets and updates at a path such as `user.name` or `users[\"a\"][:age]`."
  defmacro get_and_update_in(path, fun) do
    {_, data, steps} = path_steps!(path, "get_and_update_in/2")
    nest_access(steps, data, fun)
  end

  @doc "Pops at a path such as `users[\"a\"][:age]`."
  defmacro pop_in(path) do
    {_, data, steps} = path_steps!(path, "pop_in/1")

    case :lists.last(steps) do
      {:map, key} ->
        :erlang.error(
          ArgumentError.exception(
            "cannot use pop_in when the last segment is a map/struct field. " <>
              "This would effectively remove the field #{inspect(key)} from the map/struct"
          )
        )

      {:access, _} ->
        nest_pop(:root, steps, data)
    end
  end

  defp second(call), do: quote(do: :erlang.element(2, unquote(call)))

  defp nest_update([{_, field}], data, fun),
    do: quote(do: Map.update!(unquote(data), unquote(field), unquote(fun)))

  defp nest_update([{_, field} | rest], data, fun) do
    inner = nest_update(rest, quote(do: x), fun)
    quote(do: Map.update!(unquote(data), unquote(field), fn x -> unquote(inner) end))
  end

  defp nest_access([step], data, fun), do: access_call(step, data, fun)

  defp nest_access([step | rest], data, fun) do
    inner = nest_access(rest, quote(do: x), fun)
    access_call(step, data, quote(do: fn x -> unquote(inner) end))
  end

  defp access_call({:access, key}, data, fun),
    do: quote(do: Access.get_and_update(unquote(data), unquote(key), unquote(fun)))

  defp access_call({:map, key}, data, fun),
    do: quote(do: Map.get_and_update!(unquote(data), unquote(key), unquote(fun)))

  defp nest_pop(place, [{:access, key}], data) do
    none = case(place, do: (:root -> {nil, nil}; :nested -> :pop))

    quote do
      case unquote(data) do
        nil -> unquote(none)
        h -> Access.pop(h, unquote(key))
      end
    end
  end

  defp nest_pop(_place, [step | rest], data) do
    inner = nest_pop(:nested, rest, quote(do: x))
    access_call(step, data, quote(do: fn x -> unquote(inner) end))
  end

  # {only fields?, the data at the root, the steps from the root outwards}
  defp path_steps!(path, name) do
    case path_steps(path, [], true) do
      {_, _, []} ->
        :erlang.error(
          ArgumentError.exception(
            "expected expression given to #{name} to access at least one element, got: " <>
              Macro.to_string(path)
          )
        )

      {fields?, data, steps} ->
        case root?(data) do
          true ->
            {fields?, data, steps}

          false ->
            :erlang.error(
              ArgumentError.exception(
                "expression given to #{name} must start with a variable, local or remote call " <>
                  "and be followed by an element access, got: " <> Macro.to_string(data)
              )
            )
        end
    end
  end

  defp path_steps({{:., _, [Access, :get]}, _, [data, key]}, acc, _fields?),
    do: path_steps(data, [{:access, key} | acc], false)

  defp path_steps({{:., _, [data, field]}, _, []}, acc, fields?)
       when :erlang.is_tuple(data) and :erlang."/="(:erlang.element(1, data), :__aliases__) and
              :erlang."/="(:erlang.element(1, data), :__MODULE__),
       do: path_steps(data, [{:map, field} | acc], fields?)

  defp path_steps(data, acc, fields?), do: {fields?, data, acc}

  # Any form but a call of something else than a name, and a pair.
  defp root?({name, _, _}) when :erlang.is_atom(name), do: true
  defp root?({{:., _, _}, _, _}), do: true
  defp root?(data), do: not :erlang.is_tuple(data)

  ## Conversions and small functions

  @doc "Converts through the `String.Chars` protocol.\n\n    iex> to_string(:foo)\n    \"foo\""
  defmacro to_string(term), do: quote(do: :"Elixir.String.Chars".to_string(unquote(term)))

  @doc "Converts through the `List.Chars` protocol.\n\n    iex> to_charlist(:foo)\n    'foo'"
  defmacro to_charlist(term), do: quote(do: List.Chars.to_charlist(unquote(term)))

  @doc false
  @deprecated "Use Kernel.to_charlist/1 instead"
  defmacro to_char_list(term), do: quote(do: List.Chars.to_charlist(unquote(term)))

  @doc """
  Text of `term` as Elixir source where possible; `opts` are those of `Inspect.Opts`.

      iex> inspect([1, :a])
      "[1, :a]"
  """
  @spec inspect(Inspect.t(), keyword) :: String.t()
  def inspect(term, opts \\ [])

  def inspect(term, opts) when :erlang.is_list(opts) do
    case Inspect.Opts.new(opts) do
      %{pretty: true, width: width} = opts -> Inspect.Algebra.__inspect__(term, opts, width)
      opts -> Inspect.Algebra.__inspect__(term, opts, :infinity)
    end
  end

  @doc "Is the function public, and its module loaded?\n\n    iex> function_exported?(Enum, :map, 2)\n    true"
  @spec function_exported?(module, atom, arity) :: boolean
  def function_exported?(module, function, arity), do: :erlang.function_exported(module, function, arity)

  @doc "Is the macro public, and its module loaded?\n\n    iex> macro_exported?(Kernel, :use, 2)\n    true"
  @spec macro_exported?(module, atom, arity) :: boolean
  def macro_exported?(module, macro, arity)
      when :erlang.is_atom(module) and :erlang.is_atom(macro) and :erlang.is_integer(arity) and
             :erlang.>=(arity, 0) and :erlang."=<"(arity, 255) do
    :erlang.function_exported(module, :__info__, 1) and
      :lists.member({macro, arity}, module.__info__(:macros))
  end

  @doc "Does the text match the regex, or contain the string?\n\n    iex> \"abcd\" =~ \"bc\"\n    true"
  @spec String.t() =~ (String.t() | Regex.t()) :: boolean
  def left =~ "" when :erlang.is_binary(left), do: true

  def left =~ right when :erlang.is_binary(left) and :erlang.is_binary(right),
    do: :binary.match(left, right) != :nomatch

  def left =~ right when :erlang.is_binary(left), do: Regex.match?(right, left)

  @doc """
  Power. Integers give an integer unless the exponent is negative.

      iex> 2 ** 10
      1024
  """
  @spec number ** number :: number
  def base ** exponent
      when :erlang.is_integer(base) and :erlang.is_integer(exponent) and :erlang.>(exponent, 0),
      do: power(base, exponent, 1)

  def base ** 0 when :erlang.is_integer(base), do: 1

  def base ** exponent when :erlang.is_number(base) and :erlang.is_number(exponent),
    do: :math.pow(base, exponent)

  defp power(base, 1, acc), do: base * acc
  defp power(base, n, acc) when :erlang.==(:erlang.rem(n, 2), 0), do: power(base * base, :erlang.div(n, 2), acc)
  defp power(base, n, acc), do: power(base * base, :erlang.div(n, 2), acc * base)

  @doc """
  At most `size` bytes of `binary` from `start`; a negative `start` counts from the end.

      iex> binary_slice("elixir", -3, 2)
      "xi"
  """
  @spec binary_slice(binary, integer, non_neg_integer) :: binary
  def binary_slice(binary, start, size)
      when :erlang.is_binary(binary) and :erlang.is_integer(start) and :erlang.is_integer(size) and
             :erlang.>=(size, 0) do
    total = :erlang.byte_size(binary)
    start = from_start(start, total)

    case start < total do
      true -> :erlang.binary_part(binary, start, :erlang.min(size, total - start))
      false -> ""
    end
  end

  @doc "The bytes of `binary` at the indexes of `range`.\n\n    iex> binary_slice(\"elixir\", 1..3)\n    \"lix\""
  @spec binary_slice(binary, Range.t()) :: binary
  def binary_slice(binary, %{__struct__: Range, first: first, last: last, step: step} = range)
      when :erlang.is_binary(binary) do
    total = :erlang.byte_size(binary)

    case step > 0 do
      false ->
        :erlang.error(
          ArgumentError.exception(
            "binary_slice/2 does not accept ranges with negative steps, got: #{inspect(range)}"
          )
        )

      true ->
        slice_range(binary, from_start(first, total), from_end(last, total), step, total)
    end
  end

  defp slice_range(_, first, last, _, total) when :erlang.>=(first, total) or :erlang.<(last, first), do: ""

  defp slice_range(binary, first, last, step, total) do
    part = :erlang.binary_part(binary, first, :erlang.min(last, total - 1) - first + 1)
    case(step, do: (1 -> part; _ -> every_byte(part, step - 1)))
  end

  defp every_byte(<<byte, rest::binary>>, skip) do
    case rest do
      <<_::size(skip)-binary, next::binary>> -> <<byte, every_byte(next, skip)::binary>>
      _ -> <<byte>>
    end
  end

  defp every_byte(<<>>, _), do: <<>>

  defp from_start(index, total) when :erlang.<(index, 0), do: :erlang.max(total + index, 0)
  defp from_start(index, _total), do: index

  defp from_end(index, total) when :erlang.<(index, 0), do: total + index
  defp from_end(index, _total), do: index

  ## Variables and aliases

  @doc "A variable of the given context as if it were the caller's (only useful in `quote`)."
  defmacro var!(variable, context \\ nil)

  defmacro var!({name, meta, atom}, context) when :erlang.is_atom(name) and :erlang.is_atom(atom) do
    meta = :lists.keystore(:if_undefined, 1, :lists.keydelete(:counter, 1, meta), {:if_undefined, :raise})

    case :phial_compiler.expand(context, __CALLER__) do
      context when :erlang.is_atom(context) ->
        {name, meta, context}

      other ->
        :erlang.error(
          ArgumentError.exception(
            "expected var! context to expand to an atom, got: " <> Macro.to_string(other)
          )
        )
    end
  end

  defmacro var!(other, _context) do
    :erlang.error(
      ArgumentError.exception(
        "expected a variable to be given to var!, got: " <> Macro.to_string(other)
      )
    )
  end

  @doc "An alias that is not subject to hygiene (only useful in `quote`)."
  defmacro alias!(alias) when :erlang.is_atom(alias), do: alias

  defmacro alias!({:__aliases__, meta, args}),
    do: {:__aliases__, :lists.keydelete(:alias, 1, meta), args}

  @doc "The variables of the context and their values, as a keyword list."
  defmacro binding(context \\ nil) do
    variables = :erlang.map_get(:versioned_vars, __CALLER__)
    match? = :erlang.map_get(:context, __CALLER__) == :match

    for {name, ctx} <- :lists.sort(:maps.keys(variables)), ctx == context do
      case match? do
        true -> {name, {:_, [generated: true], context}}
        false -> {name, {name, [generated: true], context}}
      end
    end
  end

  @doc "Binds the elements of a list, missing ones to nil, extra ones dropped."
  defmacro destructure(left, right) when :erlang.is_list(left) do
    quote(do: unquote(left) = Kernel.Utils.destructure(unquote(right), unquote(:erlang.length(left))))
  end

  @doc "Prints code, file and line, and the value, of `code`; returns the value."
  defmacro dbg(code \\ quote(do: binding()), options \\ []) do
    {module, function, args} = Application.get_env(:elixir, :dbg_callback, {Macro, :dbg, []})
    :erlang.apply(module, function, [code, options, __CALLER__ | args])
  end

  ## Definitions

  @doc "Requires each module and calls its `__using__/1` with `opts`."
  defmacro use(module, opts \\ []) do
    calls =
      for module <- use_modules(module, __CALLER__) do
        case :phial_compiler.expand(module, __CALLER__) do
          alias when :erlang.is_atom(alias) ->
            quote do
              require unquote(alias)
              unquote(alias).__using__(unquote(opts))
            end

          _ ->
            :erlang.error(
              ArgumentError.exception(
                "invalid arguments for use, expected a compile time atom or alias, got: " <>
                  Macro.to_string(module)
              )
            )
        end
      end

    quote(do: (unquote_splicing(calls)))
  end

  defp use_modules({{:., _, [base, :{}]}, _, refs}, env) do
    base = :phial_compiler.expand(base, env)
    for {:__aliases__, _, ref} <- refs, do: Module.concat([base | ref])
  end

  defp use_modules(module, _env), do: [module]

  @doc "Defines the struct of the enclosing module, as a keyword list or a list of atoms."
  defmacro defstruct(fields) do
    quote bind_quoted: [fields: fields] do
      {struct, derive, kv, body} = Kernel.Utils.defstruct(__MODULE__, fields, __ENV__)

      case derive do
        [] -> :ok
        _ -> Protocol.__derive__(derive, __MODULE__, __ENV__)
      end

      def __struct__(), do: unquote(Macro.escape(struct))
      def __struct__(unquote(kv)), do: unquote(body)

      Kernel.Utils.announce_struct(__MODULE__)
      struct
    end
  end

  @doc "Defines an exception: a struct with `message/1` and `exception/1`."
  defmacro defexception(fields) do
    quote bind_quoted: [fields: fields] do
      @behaviour Exception
      struct = defstruct([__exception__: true] ++ fields)

      case struct do
        %{message: _} ->
          @impl true
          def message(exception), do: exception.message
          defoverridable message: 1

          @impl true
          def exception(msg) when Kernel.is_binary(msg), do: exception(message: msg)

        _ ->
          :ok
      end

      @impl true
      def exception(args) when Kernel.is_list(args), do: Kernel.Utils.exception(__struct__(), args)

      defoverridable exception: 1
      struct
    end
  end

  @doc "Defines functions that call the same function of the module given in `:to`."
  defmacro defdelegate(funs, opts) do
    funs = Macro.escape(funs, unquote: true)
    opts = expand_aliases(opts, __CALLER__)

    quote bind_quoted: [funs: funs, opts: opts] do
      target = Kernel.Utils.defdelegate_all(funs, opts, __ENV__)

      for fun <- Kernel.Utils.wrap(funs) do
        {name, args, as, as_args} = Kernel.Utils.defdelegate_each(fun, opts)
        @doc delegate_to: {target, as, :erlang.length(as_args)}
        def unquote(name)(unquote_splicing(args)), do: unquote(target).unquote(as)(unquote_splicing(as_args))
      end
    end
  end

  defp expand_aliases(opts, env) when :erlang.is_list(opts) do
    for opt <- opts do
      case opt do
        {:to, {:__aliases__, _, _} = alias} -> {:to, :phial_compiler.expand(alias, env)}
        other -> other
      end
    end
  end

  defp expand_aliases(opts, _env), do: opts

  @doc "Defines a macro that is allowed in guards: `defguard name(args) when expression`."
  defmacro defguard(guard), do: Kernel.Utils.defguard(:defmacro, guard, __CALLER__)

  @doc "As `defguard/1`, private."
  defmacro defguardp(guard), do: Kernel.Utils.defguard(:defmacrop, guard, __CALLER__)

  @doc "Lets later definitions replace the given functions, who may call `super`."
  defmacro defoverridable(keywords_or_behaviour) do
    quote(do: Module.make_overridable(__MODULE__, unquote(keywords_or_behaviour)))
  end

  @doc "Defines a protocol; see `Protocol`."
  defmacro defprotocol(name, do_block)
  defmacro defprotocol(name, do: block), do: Protocol.__protocol__(name, do: block)

  @doc "Implements a protocol `for:` a module, or for the enclosing one."
  defmacro defimpl(name, opts, do_block \\ []), do: Protocol.__impl__(name, opts, do_block, __CALLER__)

  ## Sigils

  @doc "String, unescaped and interpolated.\n\n    iex> ~s(f\#{:o}o)\n    \"foo\""
  defmacro sigil_s(term, modifiers)

  defmacro sigil_s({:<<>>, _, [piece]}, []) when :erlang.is_binary(piece), do: Macro.unescape_string(piece)
  defmacro sigil_s({:<<>>, meta, pieces}, []), do: {:<<>>, meta, Macro.unescape_tokens(pieces)}

  @doc "String, taken as it stands.\n\n    iex> ~S(f\#{o}o)\n    \"f\\\#{o}o\""
  defmacro sigil_S(term, modifiers)
  defmacro sigil_S({:<<>>, _, [text]}, []) when :erlang.is_binary(text), do: text

  @doc "Charlist, unescaped and interpolated.\n\n    iex> ~c(foo)\n    'foo'"
  defmacro sigil_c(term, modifiers)

  defmacro sigil_c({:<<>>, _, [piece]}, []) when :erlang.is_binary(piece),
    do: :unicode.characters_to_list(Macro.unescape_string(piece))

  defmacro sigil_c({:<<>>, _, pieces}, []) do
    pieces =
      for piece <- Macro.unescape_tokens(pieces) do
        case piece do
          {:"::", _, [call, {:binary, _, _}]} -> call
          text -> text
        end
      end

    quote(do: List.to_charlist(unquote(pieces)))
  end

  @doc "Charlist, taken as it stands.\n\n    iex> ~C(foo)\n    'foo'"
  defmacro sigil_C(term, modifiers)

  defmacro sigil_C({:<<>>, _, [text]}, []) when :erlang.is_binary(text),
    do: :unicode.characters_to_list(text)

  @doc "Regular expression, interpolated.\n\n    iex> \"foo\" =~ ~r/o+/\n    true"
  defmacro sigil_r(term, modifiers)

  defmacro sigil_r({:<<>>, _, [text]}, options) when :erlang.is_binary(text),
    do: literal_regex(Macro.unescape_string(text, fn char -> Regex.unescape_map(char) end), options)

  defmacro sigil_r({:<<>>, meta, pieces}, options) do
    tokens = Macro.unescape_tokens(pieces, fn char -> Regex.unescape_map(char) end)
    quote(do: Regex.compile!(unquote({:<<>>, meta, tokens}), unquote(:erlang.list_to_binary(options))))
  end

  @doc "Regular expression, taken as it stands.\n\n    iex> \"foo\" =~ ~R/o+/\n    true"
  defmacro sigil_R(term, modifiers)

  defmacro sigil_R({:<<>>, _, [text]}, options) when :erlang.is_binary(text), do: literal_regex(text, options)

  # Compiled now, so that a bad pattern is an error of this line.
  defp literal_regex(text, options) do
    options = :erlang.list_to_binary(options)
    regex = Regex.compile!(text, options)

    try do
      Macro.escape(regex)
    rescue
      ArgumentError -> quote(do: Regex.compile!(unquote(text), unquote(options)))
    end
  end

  @doc "Date.\n\n    iex> ~D[2015-01-13].year\n    2015"
  defmacro sigil_D(date_string, modifiers)

  defmacro sigil_D({:<<>>, _, [text]}, []) do
    {{:ok, {year, month, day}}, calendar} = parse_calendar(text, :parse_date, "Date", __CALLER__)
    Macro.escape(%{__struct__: Date, calendar: calendar, year: year, month: month, day: day})
  end

  @doc "Time.\n\n    iex> ~T[13:00:07].minute\n    0"
  defmacro sigil_T(time_string, modifiers)

  defmacro sigil_T({:<<>>, _, [text]}, []) do
    {{:ok, {hour, minute, second, microsecond}}, calendar} =
      parse_calendar(text, :parse_time, "Time", __CALLER__)

    Macro.escape(%{
      __struct__: Time,
      calendar: calendar,
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond
    })
  end

  @doc "Naive date and time.\n\n    iex> ~N[2015-01-13 13:00:07].hour\n    13"
  defmacro sigil_N(naive_datetime_string, modifiers)

  defmacro sigil_N({:<<>>, _, [text]}, []) do
    {{:ok, fields}, calendar} = parse_calendar(text, :parse_naive_datetime, "NaiveDateTime", __CALLER__)
    Macro.escape(datetime_fields(fields, %{__struct__: NaiveDateTime, calendar: calendar}))
  end

  @doc "Date and time in UTC.\n\n    iex> ~U[2015-01-13 13:00:07Z].hour\n    13"
  defmacro sigil_U(datetime_string, modifiers)

  defmacro sigil_U({:<<>>, _, [text]}, []) do
    {{:ok, fields, offset}, calendar} =
      parse_calendar(text, :parse_utc_datetime, "UTC DateTime", __CALLER__)

    case offset do
      0 ->
        base = %{
          __struct__: DateTime,
          calendar: calendar,
          time_zone: "Etc/UTC",
          zone_abbr: "UTC",
          utc_offset: 0,
          std_offset: 0
        }

        Macro.escape(datetime_fields(fields, base))

      _ ->
        :erlang.error(
          ArgumentError.exception(
            "cannot parse #{inspect(text)} as UTC DateTime for #{inspect(calendar)}, reason: :non_utc_offset"
          )
        )
    end
  end

  defp datetime_fields({year, month, day, hour, minute, second, microsecond}, base) do
    :maps.merge(base, %{
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond
    })
  end

  # The text may end in the name of a calendar: "2020-01-01 My.Calendar".
  defp parse_calendar(text, fun, type, env) do
    {calendar, text} = split_calendar(text, env)

    case :erlang.apply(calendar, fun, [text]) do
      {:error, reason} ->
        :erlang.error(
          ArgumentError.exception(
            "cannot parse #{inspect(text)} as #{type} for #{inspect(calendar)}, reason: #{inspect(reason)}"
          )
        )

      parsed ->
        {parsed, calendar}
    end
  end

  defp split_calendar(text, env) do
    case :lists.reverse(:binary.split(text, " ", [:global])) do
      [<<c, _::binary>> = name | [_ | _] = front] when :erlang.>=(c, ?A) and :erlang."=<"(c, ?Z) and :erlang."/="(name, "Z") ->
        case calendar_name?(name) do
          true ->
            alias = {:__aliases__, [], for(part <- :binary.split(name, ".", [:global]), do: :erlang.binary_to_atom(part))}
            {:phial_compiler.expand(alias, env), join_words(:lists.reverse(front))}

          false ->
            {Calendar.ISO, text}
        end

      _ ->
        {Calendar.ISO, text}
    end
  end

  defp calendar_name?(<<c, rest::binary>>) do
    case (c >= ?A and c <= ?Z) or (c >= ?a and c <= ?z) or (c >= ?0 and c <= ?9) or c == ?_ or c == ?. do
      true -> calendar_name?(rest)
      false -> false
    end
  end

  defp calendar_name?(<<>>), do: true

  defp join_words([word]), do: word
  defp join_words([word | rest]), do: word <> " " <> join_words(rest)

  @doc "List of words: strings, or with `a` atoms, with `c` charlists.\n\n    iex> ~w(foo bar)a\n    [:foo, :bar]"
  defmacro sigil_w(term, modifiers)

  defmacro sigil_w({:<<>>, _, [text]}, modifiers) when :erlang.is_binary(text),
    do: words(Macro.unescape_string(text), modifiers, __CALLER__)

  defmacro sigil_w({:<<>>, meta, pieces}, modifiers) do
    split = quote(do: String.split(unquote({:<<>>, meta, Macro.unescape_tokens(pieces)})))

    case word_kind(modifiers) do
      ?s -> split
      ?a -> quote(do: :lists.map(&String.to_atom/1, unquote(split)))
      ?c -> quote(do: :lists.map(&String.to_charlist/1, unquote(split)))
    end
  end

  @doc "As `~w`, taken as it stands.\n\n    iex> ~W(foo bar)\n    [\"foo\", \"bar\"]"
  defmacro sigil_W(term, modifiers)
  defmacro sigil_W({:<<>>, _, [text]}, modifiers) when :erlang.is_binary(text), do: words(text, modifiers, __CALLER__)

  defp words(text, modifiers, caller) do
    kind = word_kind(modifiers)
    words = String.split(text)

    if :lists.any(&(:erlang.byte_size(&1) > 1 and :binary.last(&1) == ?,), words) do
      IO.warn(
        "the sigils ~w/~W do not allow trailing commas at the end of each word. " <>
          "If the comma is necessary, define a regular list with [...], otherwise remove the comma.",
        Macro.Env.stacktrace(caller)
      )
    end

    for word <- words do
      case kind do
        ?s -> word
        ?a -> :erlang.binary_to_atom(word, :utf8)
        ?c -> :unicode.characters_to_list(word)
      end
    end
  end

  defp word_kind([]), do: ?s
  defp word_kind([?s]), do: ?s
  defp word_kind([?a]), do: ?a
  defp word_kind([?c]), do: ?c

  defp word_kind(_) do
    :erlang.error(ArgumentError.exception("modifier must be one of: s, a, c"))
  end
end
