# SPDX-License-Identifier: Apache-2.0
# Record.Extractor: the records that an Erlang file defines, read from its tokens.
#
# The file is split into forms at their dots; macros, conditions and included files are followed. Invariant: a default value that is no
# constant expression, or a form that cannot be read, takes its record away and nothing else.
defmodule Record.Extractor do
  @moduledoc false

  @doc "`[{name, fields}]` of the file given by `:from` or `:from_lib`."
  def extract_all(opts) do
    path = path(opts)
    state = forms(read(path), %{macros: %{}, records: [], skip: [], dir: Path.dirname(path)})
    :lists.reverse(state.records)
  end

  @doc "The path the options name."
  def path(opts) do
    case {Keyword.fetch(opts, :from), Keyword.fetch(opts, :from_lib)} do
      {{:ok, path}, _} -> path
      {_, {:ok, path}} -> lib_path(path)
      _ -> raise ArgumentError, "expected :from or :from_lib to be given as option"
    end
  end

  defp lib_path("kernel/include/file.hrl" = path), do: path

  defp lib_path(path) do
    [app | rest] = Path.split(path)

    case :code.lib_dir(String.to_atom(app)) do
      dir when is_list(dir) -> Path.join([List.to_string(dir) | rest])
      _ -> raise ArgumentError, "lib file #{path} could not be found"
    end
  end

  # The one header of OTP that programs take records from.
  defp read("kernel/include/file.hrl") do
    "-record(file_info, {size, type, access, atime, mtime, ctime, mode, links, major_device, minor_device, inode, uid, gid}).\n" <>
      "-record(file_descriptor, {module, data})."
  end

  defp read(path) do
    case File.read(path) do
      {:ok, text} -> text
      error -> raise "error parsing file #{path}, got: #{inspect(error)}"
    end
  end

  ## Forms

  defp forms(text, state) do
    tokens =
      case :erl_scan.string(String.to_charlist(text)) do
        {:ok, tokens, _} -> tokens
        _ -> []
      end

    tokens |> split([], []) |> Enum.reduce(state, &form/2)
  end

  defp split([{:dot, _} | rest], form, forms), do: split(rest, [], [:lists.reverse(form) | forms])
  defp split([token | rest], form, forms), do: split(rest, [token | form], forms)
  defp split([], _form, forms), do: :lists.reverse(forms)

  # Of nested conditions the innermost is first: true while its forms are skipped.
  defp form([{:-, _}, {:atom, _, name} | rest], %{skip: skip} = state) do
    case {name, rest, skip} do
      {:ifdef, [_, macro, _], _} -> %{state | skip: [true in skip or not defined?(macro, state) | skip]}
      {:ifndef, [_, macro, _], _} -> %{state | skip: [true in skip or defined?(macro, state) | skip]}
      {:endif, _, [_ | outer]} -> %{state | skip: outer}
      {:else, _, [skipped | outer]} -> %{state | skip: [true in outer or not skipped | outer]}
      _ -> if true in skip, do: state, else: attribute(name, rest, state)
    end
  end

  defp form([{:-, line}, {:else, _} | rest], state), do: form([{:-, line}, {:atom, line, :else} | rest], state)
  defp form(_tokens, state), do: state

  defp defined?({_, _, name}, state), do: is_map_key(state.macros, name)

  defp attribute(:define, [{:"(", _}, {_, _, name} | rest], state) do
    {params, body} =
      case Enum.drop(rest, -1) do
        [{:"(", _} | rest] ->
          {params, [_ | [_ | body]]} = Enum.split_while(rest, &(elem(&1, 0) != :")"))
          {for({:var, _, param} <- params, do: param), body}

        [{:",", _} | body] ->
          {nil, body}
      end

    put_in(state.macros[name], {params, body})
  end

  defp attribute(:undef, [_, {_, _, name}, _], state), do: %{state | macros: Map.delete(state.macros, name)}
  defp attribute(:include, [_, {:string, _, file}, _], state), do: included(Path.expand(List.to_string(file), state.dir), state)

  defp attribute(:include_lib, [_, {:string, _, file}, _], state) do
    included(lib_path(List.to_string(file)), state)
  rescue
    ArgumentError -> state
  end

  defp attribute(:record, [{:"(", _} | rest], state) do
    [{:atom, _, name}, {:",", _}, {:"{", _} | rest] = expanded(rest, state)
    {fields, _} = fields(rest, state, [])
    %{state | records: [{name, fields} | state.records]}
  catch
    :no_constant -> state
  end

  defp attribute(_name, _rest, state), do: state

  defp included(path, state) do
    case File.read(path) do
      {:ok, text} -> %{forms(text, %{state | dir: Path.dirname(path)}) | dir: state.dir}
      _ -> state
    end
  end

  ## Macros

  defp expanded([{:"?", _}, {_, _, name} | rest], state) do
    case {state.macros[name], rest} do
      {{nil, body}, _} ->
        expanded(body ++ rest, state)

      {{params, body}, [{:"(", _} | rest]} ->
        {args, rest} = macro_args(rest, 0, [], [])
        bound = Map.new(Enum.zip(params, args))
        expanded(Enum.flat_map(body, &argument(&1, bound)) ++ rest, state)

      _ ->
        throw(:no_constant)
    end
  end

  defp expanded([token | rest], state), do: [token | expanded(rest, state)]
  defp expanded([], _state), do: []

  defp argument({:var, _, name} = token, bound), do: Map.get(bound, name, [token])
  defp argument(token, _bound), do: [token]

  defp macro_args([{:")", _} | rest], 0, arg, args), do: {:lists.reverse([:lists.reverse(arg) | args]), rest}
  defp macro_args([{:",", _} | rest], 0, arg, args), do: macro_args(rest, 0, [], [:lists.reverse(arg) | args])
  defp macro_args([token | rest], depth, arg, args), do: macro_args(rest, depth + depth_of(token), [token | arg], args)
  defp macro_args([], _, _, _), do: throw(:no_constant)

  defp depth_of(token) when elem(token, 0) in [:"(", :"[", :"{", :"<<"], do: 1
  defp depth_of(token) when elem(token, 0) in [:")", :"]", :"}", :">>"], do: -1
  defp depth_of(_token), do: 0

  ## Fields

  defp fields([{:"}", _} | rest], _state, fields), do: {:lists.reverse(fields), rest}
  defp fields([{:",", _} | rest], state, fields), do: fields(rest, state, fields)

  defp fields([{:atom, _, name}, {:=, _} | rest], state, fields) do
    {value, rest} = expression(rest, state)
    fields(past_type(rest), state, [{name, value} | fields])
  end

  defp fields([{:atom, _, name} | rest], state, fields), do: fields(past_type(rest), state, [{name, :undefined} | fields])
  defp fields(_tokens, _state, _fields), do: throw(:no_constant)

  # To the comma or brace after a type.
  defp past_type([{:"::", _} | rest]), do: past(rest, 0)
  defp past_type(rest), do: rest

  defp past([{closer, _} | _] = rest, 0) when closer in [:",", :"}"], do: rest
  defp past([token | rest], depth), do: past(rest, depth + depth_of(token))
  defp past([], _depth), do: throw(:no_constant)

  ## Constant expressions

  defp expression(tokens, state) do
    {left, rest} = product(tokens, state)
    sums(left, rest, state)
  end

  defp sums(left, [{op, _} | rest], state) when op in [:+, :-, :bor, :bxor] do
    {right, rest} = product(rest, state)
    sums(apply(:erlang, op, [left, right]), rest, state)
  end

  defp sums(left, [{:++, _} | rest], state) do
    {right, rest} = expression(rest, state)
    {left ++ right, rest}
  end

  defp sums(left, rest, _state), do: {left, rest}

  defp product(tokens, state) do
    {left, rest} = term(tokens, state)
    products(left, rest, state)
  end

  defp products(left, [{op, _} | rest], state) when op in [:*, :/, :div, :rem, :band, :bsl, :bsr] do
    {right, rest} = term(rest, state)
    products(apply(:erlang, op, [left, right]), rest, state)
  end

  defp products(left, rest, _state), do: {left, rest}

  defp term([{:-, _} | rest], state), do: mapped(term(rest, state), &-/1)
  defp term([{:"(", _} | rest], state), do: closed(expression(rest, state), :")")
  defp term([{:string, _, left}, {:string, line, right} | rest], state), do: term([{:string, line, left ++ right} | rest], state)
  defp term([{kind, _, value} | rest], _state) when kind in [:atom, :integer, :float, :char, :string], do: {value, rest}
  defp term([{:"[", _}, {:"]", _} | rest], _state), do: {[], rest}
  defp term([{:"[", _} | rest], state), do: list(rest, state)
  defp term([{:"{", _} | rest], state), do: mapped(items(rest, :"}", state), &List.to_tuple/1)
  defp term([{:"<<", _} | rest], state), do: mapped(items(rest, :">>", state), &IO.iodata_to_binary/1)

  defp term([{:"#", _}, {:atom, _, name}, {:"{", _} | rest], state) do
    {_, defaults} = List.keyfind(state.records, name, 0) || throw(:no_constant)
    {given, rest} = fields(rest, state, [])
    {List.to_tuple([name | for({key, value} <- defaults, do: Keyword.get(given, key, value))]), rest}
  end

  defp term([{:"#", _}, {:"{", _} | rest], state), do: map(rest, state, %{})

  defp term([{:fun, _}, {:atom, _, module}, {:":", _}, {:atom, _, name}, {:/, _}, {:integer, _, arity} | rest], _state),
    do: {Function.capture(module, name, arity), rest}

  defp term(_tokens, _state), do: throw(:no_constant)

  defp mapped({value, rest}, fun), do: {fun.(value), rest}

  defp closed({value, [{closer, _} | rest]}, closer), do: {value, rest}
  defp closed(_, _), do: throw(:no_constant)

  defp items([{closer, _} | rest], closer, _state), do: {[], rest}

  defp items(tokens, closer, state) do
    case expression(tokens, state) do
      {value, [{:",", _} | rest]} -> mapped(items(rest, closer, state), &[value | &1])
      {value, [{^closer, _} | rest]} -> {[value], rest}
      _ -> throw(:no_constant)
    end
  end

  defp list(tokens, state) do
    case expression(tokens, state) do
      {value, [{:",", _} | rest]} -> mapped(list(rest, state), &[value | &1])
      {value, [{:|, _} | rest]} -> mapped(closed(expression(rest, state), :"]"), &[value | &1])
      {value, [{:"]", _} | rest]} -> {[value], rest}
      _ -> throw(:no_constant)
    end
  end

  defp map([{:"}", _} | rest], _state, map), do: {map, rest}
  defp map([{:",", _} | rest], state, map), do: map(rest, state, map)

  defp map(tokens, state, map) do
    with {key, [{:"=>", _} | rest]} <- expression(tokens, state) do
      {value, rest} = expression(rest, state)
      map(rest, state, Map.put(map, key, value))
    else
      _ -> throw(:no_constant)
    end
  end
end
