# SPDX-License-Identifier: Apache-2.0
# Record: tuples with a tag, made, read and updated by macros.
#
# Invariant: with a literal keyword list a record macro expands to plain tuple code, in patterns and guards too.
defmodule Record do
  @moduledoc "Module to work with, define, and import records."

  @doc "Is `data` a record of that kind? Allowed in guards.\n\n    iex> require Record\n    iex> Record.is_record({User, \"meg\"}, User)\n    true"
  defmacro is_record(data, kind) do
    case __CALLER__.context do
      nil ->
        quote do
          case {unquote(data), unquote(kind)} do
            {record, kind} when is_tuple(record) and tuple_size(record) > 0 -> is_atom(kind) and :erlang.element(1, record) == kind
            _ -> false
          end
        end

      :guard ->
        quote do
          is_atom(unquote(kind)) and is_tuple(unquote(data)) and tuple_size(unquote(data)) > 0 and
            :erlang.element(1, unquote(data)) == unquote(kind)
        end

      :match ->
        not_in_match!("is_record/2")
    end
  end

  @doc "Is `data` a record? Allowed in guards.\n\n    iex> require Record\n    iex> Record.is_record({User, 1})\n    true"
  defmacro is_record(data) do
    case __CALLER__.context do
      nil ->
        quote do
          case unquote(data) do
            record when is_tuple(record) and tuple_size(record) > 0 -> is_atom(:erlang.element(1, record))
            _ -> false
          end
        end

      :guard ->
        quote do
          is_tuple(unquote(data)) and tuple_size(unquote(data)) > 0 and is_atom(:erlang.element(1, unquote(data)))
        end

      :match ->
        not_in_match!("is_record/1")
    end
  end

  defp not_in_match!(name) do
    raise ArgumentError,
          "invalid expression in match, #{name} is not allowed in patterns such as function clauses, " <>
            "case clauses or on the left side of the = operator"
  end

  @doc "Defines the macros `name/0,1,2` for records tagged `tag`."
  defmacro defrecord(name, tag \\ nil, kv), do: define(:defmacro, name, tag, kv)

  @doc "As `defrecord/3`, private."
  defmacro defrecordp(name, tag \\ nil, kv), do: define(:defmacrop, name, tag, kv)

  defp define(kind, name, tag, kv) do
    quote bind_quoted: [kind: kind, name: name, tag: tag, kv: kv] do
      tag = tag || name
      if kind == :defmacro and Module.defines?(__MODULE__, {name, 0}) do
        raise ArgumentError, "cannot define record #{inspect(name)} because a definition #{name}/0 already exists"
      end

      fields = Record.__fields__(:defrecord, kv)
      Record.__keep__(__MODULE__, kind, name, tag, fields)

      case kind do
        :defmacro ->
          defmacro unquote(name)(args \\ []) do
            Record.__access__(unquote(tag), unquote(fields), args, __CALLER__)
          end

          defmacro unquote(name)(record, args) do
            Record.__access__(unquote(tag), unquote(fields), record, args, __CALLER__)
          end

        :defmacrop ->
          defmacrop unquote(name)(args \\ []) do
            Record.__access__(unquote(tag), unquote(fields), args, __CALLER__)
          end

          defmacrop unquote(name)(record, args) do
            Record.__access__(unquote(tag), unquote(fields), record, args, __CALLER__)
          end
      end
    end
  end

  # What types written record(:name) need to know.
  @doc false
  def __keep__(module, kind, name, tag, fields) do
    kind = if kind == :defmacro, do: :defrecord, else: :defrecordp
    Module.register_attribute(module, :__records__, accumulate: true)
    Module.put_attribute(module, :__records__, %{kind: kind, name: name, tag: tag, fields: Keyword.keys(fields)})
  end

  # The fields with their defaults as ASTs.
  @doc false
  def __fields__(kind, fields) do
    keys = for field <- fields, do: if(is_tuple(field), do: elem(field, 0), else: field)
    for key <- Enum.uniq(keys -- Enum.uniq(keys)), do: IO.warn("duplicate key #{inspect(key)} found in record")

    for field <- fields do
      case field do
        {key, value} when is_atom(key) ->
          try do
            {key, Macro.escape(Macro.escape(value))}
          rescue
            e in ArgumentError -> raise ArgumentError, "invalid value for record field #{key}, " <> Exception.message(e)
          end

        key when is_atom(key) ->
          {key, nil}

        other ->
          raise ArgumentError, "#{kind} fields must be atoms, got: #{inspect(other)}"
      end
    end
  end

  # name(field) is an index, name(field: value) a record, name(record) a keyword list.
  @doc false
  def __access__(tag, fields, args, caller) do
    cond do
      is_atom(args) -> index(tag, fields, args)
      Keyword.keyword?(args) -> create(tag, fields, args, caller)
      true -> quote(do: Record.__keyword__(unquote(tag), unquote(fields), unquote(args)))
    end
  end

  # name(record, field) reads, name(record, field: value) updates.
  @doc false
  def __access__(tag, fields, record, args, caller) do
    cond do
      is_atom(args) -> get(tag, fields, record, args)
      Keyword.keyword?(args) -> update(tag, fields, record, args, caller)
      true -> raise ArgumentError, "expected arguments to be a compile time atom or a keyword list, got: #{Macro.to_string(args)}"
    end
  end

  defp position!(tag, fields, key) do
    case find_index(fields, key, 1) do
      nil -> raise ArgumentError, "record #{inspect(tag)} does not have the key: #{inspect(key)}"
      index -> index
    end
  end

  defp find_index([{key, _} | _], key, n), do: n
  defp find_index([_ | rest], key, n), do: find_index(rest, key, n + 1)
  defp find_index([], _key, _n), do: nil

  defp index(tag, fields, key), do: position!(tag, fields, key)

  defp create(tag, fields, keyword, caller) do
    in_match? = Macro.Env.in_match?(caller)
    keyword = default_all(keyword, fields, in_match?)

    {match, rest} =
      Enum.map_reduce(fields, keyword, fn {field, default}, rest ->
        case List.keytake(rest, field, 0) do
          {{_, value}, rest} -> {value, rest}
          nil when in_match? -> {{:_, [], nil}, rest}
          nil -> {default_ast(default), rest}
        end
      end)

    case Enum.find(rest, fn {key, _} -> not Keyword.has_key?(fields, key) end) do
      nil -> {:{}, [], [tag | match]}
      {key, _} -> raise ArgumentError, "record #{inspect(tag)} does not have the key: #{inspect(key)}"
    end
  end

  # `_: value` stands for every field not given.
  defp default_all(keyword, fields, _in_match?) do
    case Keyword.pop(keyword, :_, :none) do
      {:none, keyword} ->
        keyword

      {value, keyword} ->
        missing = for {field, _} <- fields, not Keyword.has_key?(keyword, field), do: {field, value}
        keyword ++ missing
    end
  end

  defp default_ast(default), do: default

  defp update(tag, fields, record, keyword, caller) do
    if Macro.Env.in_match?(caller) do
      raise ArgumentError, "cannot invoke update style macro inside match"
    end

    Enum.reduce(keyword, record, fn {key, value}, acc ->
      quote(do: :erlang.setelement(unquote(position!(tag, fields, key) + 1), unquote(acc), unquote(value)))
    end)
  end

  defp get(tag, fields, record, key),
    do: quote(do: :erlang.element(unquote(position!(tag, fields, key) + 1), unquote(record)))

  @doc false
  def __keyword__(tag, fields, record) do
    case record do
      tuple when is_tuple(tuple) and elem(tuple, 0) == tag ->
        values = tl(:erlang.tuple_to_list(tuple))

        if length(values) == length(fields) do
          :lists.zip(for({key, _} <- fields, do: key), values)
        else
          raise ArgumentError,
                "expected argument to be a #{inspect(tag)} record with #{length(fields)} fields, got: #{inspect(record)}"
        end

      _ ->
        raise ArgumentError,
              "expected argument to be a literal atom, literal keyword or a #{inspect(tag)} record, got runtime: #{inspect(record)}"
    end
  end

  @doc "The fields of the record `name` in the Erlang file given by `:from` or `:from_lib`."
  @spec extract(atom, keyword) :: keyword
  def extract(name, opts) when is_atom(name) and is_list(opts) do
    case List.keyfind(extract_all(opts), name, 0) do
      {_, fields} ->
        fields

      nil ->
        raise ArgumentError,
              "no record #{name} found at #{Record.Extractor.path(opts)}. Or the record does not exist or its entry is malformed or depends on other include files"
    end
  end

  @doc "All records of an Erlang file, as `{name, fields}`."
  @spec extract_all(keyword) :: [{atom, keyword}]
  def extract_all(opts) when is_list(opts), do: Record.Extractor.extract_all(opts)
end
