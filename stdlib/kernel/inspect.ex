# SPDX-License-Identifier: Apache-2.0
# Inspect: terms as documents, for every built-in type, structs included.
#
# Invariant: Inspect.Plain writes, for terms without structs, exactly the text that the documents give without a width.
defprotocol Inspect do
  @moduledoc "Converts terms to algebra documents, for `inspect/2`."

  @fallback_to_any true

  @doc "The document of `term`."
  @spec inspect(t, Inspect.Opts.t()) :: Inspect.Algebra.t()
  def inspect(term, opts)
end

defmodule Inspect.Plain do
  @moduledoc false

  # Text as iodata with the default options but for the limit; throws :struct at a struct.
  def text(atom, _) when is_atom(atom), do: Macro.inspect_atom(:literal, atom)
  def text(integer, _) when is_integer(integer), do: :erlang.integer_to_binary(integer)
  def text(float, _) when is_float(float), do: Inspect.Float.text(float)

  def text(binary, limit) when is_binary(binary) do
    if String.printable?(binary, 4096), do: Inspect.BitString.quoted(binary, ?", 4096), else: bits(binary, limit)
  end

  def text(bits, limit) when is_bitstring(bits), do: bits(bits, limit)
  def text([], _), do: "[]"

  def text(list, limit) when is_list(list) do
    cond do
      List.ascii_printable?(list, 4096) -> Inspect.List.charlist(list, 4096)
      Inspect.List.keyword?(list) -> [?[, pairs(list, limit), ?]]
      true -> [?[, items(list, limit), ?]]
    end
  end

  def text({}, _), do: "{}"
  def text(tuple, limit) when is_tuple(tuple), do: [?{, items(:erlang.tuple_to_list(tuple), limit), ?}]
  def text(%_{}, _), do: throw(:struct)

  def text(map, limit) when is_map(map) do
    list = :maps.to_list(map)
    body = if Inspect.List.keyword?(list), do: pairs(list, limit), else: assocs(list, limit)
    ["%{", body, ?}]
  end

  def text(pid, _) when is_pid(pid), do: Inspect.PID.text(pid)
  def text(ref, _) when is_reference(ref), do: Inspect.Reference.text(ref)
  def text(fun, _) when is_function(fun), do: Inspect.Function.text(fun)
  def text(port, _) when is_port(port), do: :erlang.port_to_list(port)

  defp items([], _), do: []
  defp items(_, 0), do: "..."
  defp items([item], limit), do: text(item, limit - 1)
  defp items([item | rest], limit) when is_list(rest), do: [text(item, limit - 1), ", " | items(rest, limit - 1)]
  defp items([item | tail], limit), do: [text(item, limit - 1), " | " | text(tail, limit - 1)]

  defp pairs([], _), do: []
  defp pairs(_, 0), do: "..."
  defp pairs([{key, value}], limit), do: pair(key, value, limit - 1)
  defp pairs([{key, value} | rest], limit), do: [pair(key, value, limit - 1), ", " | pairs(rest, limit - 1)]

  defp pair(key, value, limit), do: [Macro.inspect_atom(:key, key), " " | text(value, limit)]

  defp assocs([], _), do: []
  defp assocs(_, 0), do: "..."
  defp assocs([{key, value}], limit), do: assoc(key, value, limit - 1)
  defp assocs([{key, value} | rest], limit), do: [assoc(key, value, limit - 1), ", " | assocs(rest, limit - 1)]

  defp assoc(key, value, limit), do: [text(key, limit), " => " | text(value, limit)]

  defp bits("", _), do: "<<>>"
  defp bits(bits, limit), do: ["<<", each_bit(bits, limit), ">>"]

  defp each_bit(_, 0), do: "..."
  defp each_bit(<<>>, _), do: []
  defp each_bit(<<byte::8>>, _), do: :erlang.integer_to_binary(byte)
  defp each_bit(<<byte, rest::bitstring>>, limit), do: [:erlang.integer_to_binary(byte), ", " | each_bit(rest, limit - 1)]

  defp each_bit(rest, _) do
    size = bit_size(rest)
    <<value::size(size)>> = rest
    [:erlang.integer_to_binary(value), "::size(", :erlang.integer_to_binary(size), ?)]
  end
end

defimpl Inspect, for: Atom do
  import Inspect.Algebra

  def inspect(atom, opts) do
    key =
      case atom do
        nil -> nil
        bool when is_boolean(bool) -> :boolean
        _ -> :atom
      end

    color(Macro.inspect_atom(:literal, atom), key, opts)
  end
end

defimpl Inspect, for: BitString do
  import Inspect.Algebra

  def inspect(binary, opts) when is_binary(binary) do
    %{binaries: mode, base: base, printable_limit: limit} = opts

    if base == :decimal and (mode == :as_strings or (mode == :infer and String.printable?(binary, limit))) do
      color(:erlang.iolist_to_binary(quoted(binary, ?", limit)), :string, opts)
    else
      bits(binary, opts)
    end
  end

  def inspect(bits, opts), do: bits(bits, opts)

  @doc false
  def quoted(binary, char, limit) do
    case escape(binary, char, limit) do
      {escaped, ""} -> [char, escaped, char]
      {escaped, _} -> [char, escaped, char | if(char == ?", do: " <> ...", else: " ++ ...")]
    end
  end

  defp bits("", opts), do: color("<<>>", :binary, opts)

  defp bits(bits, opts) do
    left = color("<<", :binary, opts)
    right = color(">>", :binary, opts)
    group(concat(concat(left, nest(each_bit(bits, opts.limit, opts), 2)), right))
  end

  defp each_bit(_, 0, _), do: "..."
  defp each_bit(<<>>, _, _), do: :doc_nil
  defp each_bit(<<byte::8>>, _, opts), do: Inspect.Integer.inspect(byte, opts)

  defp each_bit(<<byte, rest::bitstring>>, limit, opts) do
    limit = if limit == :infinity, do: limit, else: limit - 1
    flex_glue(concat(Inspect.Integer.inspect(byte, opts), ","), each_bit(rest, limit, opts))
  end

  defp each_bit(rest, _, opts) do
    size = bit_size(rest)
    <<value::size(size)>> = rest
    concat(Inspect.Integer.inspect(value, opts), "::size(" <> :erlang.integer_to_binary(size) <> ")")
  end

  # Escaped iodata of the whole binary for a literal between `char`s.
  @doc false
  def escape(binary, char), do: elem(escape(binary, char, :infinity), 0)

  # {escaped iodata of at most `limit` characters, the rest}
  @doc false
  def escape(binary, char, limit) do
    # Long runs that need no escape are cut out as one sub-binary.
    escape(binary, char, limit, binary, 0, 0, [])
  end

  defp escape(<<>>, _char, _limit, whole, start, length, acc), do: {run(whole, start, length, acc), ""}
  defp escape(rest, _char, 0, whole, start, length, acc), do: {run(whole, start, length, acc), rest}

  defp escape(<<?#, ?{, rest::binary>>, char, limit, whole, start, length, acc),
    do: escaped("\\\#{", rest, char, fewer(fewer(limit)), whole, start, length, 2, acc)

  defp escape(<<c, rest::binary>>, char, limit, whole, start, length, acc)
       when c >= 32 and c < 127 and c != ?\\ and c != char,
       do: escape(rest, char, fewer(limit), whole, start, length + 1, acc)

  defp escape(<<c, rest::binary>>, char, limit, whole, start, length, acc) when c < 128,
    do: escaped(ascii(c, char), rest, char, fewer(limit), whole, start, length, 1, acc)

  defp escape(<<c::utf8, rest::binary>>, char, limit, whole, start, length, acc) do
    size = utf8_size(c)

    if printable?(c) do
      escape(rest, char, fewer(limit), whole, start, length + size, acc)
    else
      escaped(unicode(c), rest, char, fewer(limit), whole, start, length, size, acc)
    end
  end

  defp escape(<<byte, rest::binary>>, char, limit, whole, start, length, acc),
    do: escaped(hex(byte), rest, char, fewer(limit), whole, start, length, 1, acc)

  defp escaped(text, rest, char, limit, whole, start, length, size, acc),
    do: escape(rest, char, limit, whole, start + length + size, 0, [run(whole, start, length, acc) | text])

  defp run(_whole, _start, 0, acc), do: acc
  defp run(whole, 0, length, []) when length == byte_size(whole), do: whole
  defp run(whole, start, length, acc), do: [acc | :erlang.binary_part(whole, start, length)]

  defp fewer(:infinity), do: :infinity
  defp fewer(0), do: 0
  defp fewer(limit), do: limit - 1

  defp ascii(char, char), do: <<?\\, char>>
  defp ascii(0, _), do: "\\0"
  defp ascii(?\a, _), do: "\\a"
  defp ascii(?\b, _), do: "\\b"
  defp ascii(?\d, _), do: "\\d"
  defp ascii(?\e, _), do: "\\e"
  defp ascii(?\f, _), do: "\\f"
  defp ascii(?\n, _), do: "\\n"
  defp ascii(?\r, _), do: "\\r"
  defp ascii(?\\, _), do: "\\\\"
  defp ascii(?\t, _), do: "\\t"
  defp ascii(?\v, _), do: "\\v"
  defp ascii(char, _), do: hex(char)

  defp printable?(0xFEFF), do: false
  defp printable?(c), do: (c >= 0xA0 and c <= 0xD7FF) or (c >= 0xE000 and c <= 0xFFFD) or c >= 0x10000

  defp unicode(c) when c < 0x100, do: hex(c)
  defp unicode(0xFEFF), do: "\\uFEFF"
  defp unicode(c), do: ["\\x{", :erlang.integer_to_binary(c, 16), ?}]

  defp hex(byte), do: ["\\x" | two(:erlang.integer_to_binary(byte, 16))]
  defp two(<<_>> = digit), do: [?0 | digit]
  defp two(digits), do: digits

  defp utf8_size(c) when c < 0x800, do: 2
  defp utf8_size(c) when c < 0x10000, do: 3
  defp utf8_size(_), do: 4
end

defimpl Inspect, for: List do
  import Inspect.Algebra

  def inspect([], opts), do: color("[]", :list, opts)

  def inspect(list, opts) do
    %{charlists: mode, char_lists: old_mode, printable_limit: limit} = opts
    mode = if old_mode == :infer, do: mode, else: old_mode(old_mode)

    cond do
      mode == :as_charlists -> color(:unicode.characters_to_binary(charlist(list, limit)), :charlist, opts)
      mode == :infer and List.ascii_printable?(list, limit) -> color(:unicode.characters_to_binary(charlist(list, limit)), :charlist, opts)
      keyword?(list) -> container(list, opts, fn pair, opts -> keyword(pair, opts) end, break: :strict)
      true -> container(list, opts, fn item, opts -> to_doc(item, opts) end, [])
    end
  end

  defp old_mode(:as_char_lists), do: :as_charlists
  defp old_mode(mode), do: mode

  defp container(list, opts, fun, extra) do
    open = color("[", :list, opts)
    separator = color(",", :list, opts)
    close = color("]", :list, opts)
    container_doc(open, list, close, opts, fun, [{:separator, separator} | extra])
  end

  @doc false
  def charlist(list, limit), do: Inspect.BitString.quoted(IO.chardata_to_string(list), ?', limit)

  @doc false
  def keyword({key, value}, opts) do
    key = color(Macro.inspect_atom(:key, key), :atom, opts)
    concat(key, concat(" ", to_doc(value, opts)))
  end

  @doc false
  def keyword?([{key, _} | rest]) when is_atom(key) do
    case :erlang.atom_to_binary(key, :utf8) do
      "Elixir." <> _ -> false
      _ -> keyword?(rest)
    end
  end

  def keyword?([]), do: true
  def keyword?(_), do: false
end

defimpl Inspect, for: Tuple do
  import Inspect.Algebra

  def inspect(tuple, opts) do
    open = color("{", :tuple, opts)
    separator = color(",", :tuple, opts)
    close = color("}", :tuple, opts)

    container_doc(open, :erlang.tuple_to_list(tuple), close, opts, fn item, opts -> to_doc(item, opts) end,
      separator: separator,
      break: :flex
    )
  end
end

defimpl Inspect, for: Map do
  import Inspect.Algebra

  def inspect(map, opts) do
    list = :maps.to_list(map)

    fun =
      if Inspect.List.keyword?(list) do
        fn pair, opts -> Inspect.List.keyword(pair, opts) end
      else
        arrow = color(" => ", :map, opts)
        fn {key, value}, opts -> concat(concat(to_doc(key, opts), arrow), to_doc(value, opts)) end
      end

    container(list, "", opts, fun)
  end

  # A struct: `infos` are the fields to show, in order.
  @doc false
  def inspect(map, name, infos, opts) do
    container(infos, name, opts, fn %{field: field}, opts ->
      Inspect.List.keyword({field, :erlang.map_get(field, map)}, opts)
    end)
  end

  defp container(list, name, opts, fun) do
    open = color("%" <> name <> "{", :map, opts)
    separator = color(",", :map, opts)
    close = color("}", :map, opts)
    container_doc(open, list, close, opts, fun, separator: separator, break: :strict)
  end
end

defimpl Inspect, for: Integer do
  import Inspect.Algebra

  def inspect(integer, opts), do: color(text(integer, opts.base), :number, opts)

  defp text(integer, :decimal), do: :erlang.integer_to_binary(integer)
  defp text(integer, base) when integer < 0, do: "-" <> text(-integer, base)
  defp text(integer, :hex), do: "0x" <> :erlang.integer_to_binary(integer, 16)
  defp text(integer, :octal), do: "0o" <> :erlang.integer_to_binary(integer, 8)
  defp text(integer, :binary), do: "0b" <> :erlang.integer_to_binary(integer, 2)
end

defimpl Inspect, for: Float do
  import Inspect.Algebra

  def inspect(float, opts), do: color(text(float), :number, opts)

  @doc false
  def text(float) do
    # Whole numbers below 1.0e16 are never written with an exponent.
    if (float >= 1.0 or float <= -1.0) and float < 1.0e16 and float > -1.0e16 and trunc(float) == float do
      :erlang.integer_to_binary(trunc(float)) <> ".0"
    else
      :erlang.float_to_binary(float, [:short])
    end
  end
end

defimpl Inspect, for: Function do
  def inspect(function, _opts), do: text(function)

  @doc false
  def text(function) do
    info = :erlang.fun_info(function)
    module = value(info, :module)
    name = value(info, :name)

    if value(info, :type) == :external and value(info, :env) == [] do
      "&#{Macro.inspect_atom(:literal, module)}.#{Macro.inspect_atom(:remote_call, name)}/#{value(info, :arity)}"
    else
      unique = "#{value(info, :new_index)}.#{value(info, :uniq)}"

      case :erlang.atom_to_binary(module, :utf8) do
        "erl_eval" -> in_module(module, "#{43 - value(info, :arity)}.3316493", info)
        "elixir_compiler_" <> _ -> in_file(:phial.fun_file(function), module, unique, info)
        _ -> in_module(module, unique, info)
      end
    end
  end

  defp value(info, key), do: elem(:lists.keyfind(key, 1, info), 1)

  defp in_file(nil, module, unique, info), do: in_module(module, unique, info)
  defp in_file(file, _module, unique, _info), do: "#Function<#{unique} in file:#{file}>"

  defp in_module(module, unique, info) do
    "#Function<#{unique}/#{value(info, :arity)} in #{Macro.inspect_atom(:literal, module)}#{place(value(info, :name))}>"
  end

  defp place([]), do: ""

  defp place(name) do
    case Exception.__anonymous_parent__(name) do
      {parent, arity} -> "." <> Macro.inspect_atom(:remote_call, parent) <> "/" <> arity
      :error -> "." <> Macro.inspect_atom(:remote_call, name)
    end
  end
end

defimpl Inspect, for: PID do
  def inspect(pid, _opts), do: text(pid)

  @doc false
  def text(pid), do: "#PID" <> :erlang.list_to_binary(:erlang.pid_to_list(pid))
end

defimpl Inspect, for: Port do
  def inspect(port, _opts), do: :erlang.list_to_binary(:erlang.port_to_list(port))
end

defimpl Inspect, for: Reference do
  def inspect(ref, _opts), do: text(ref)

  @doc false
  def text(ref) do
    "#Ref" <> rest = :erlang.list_to_binary(:erlang.ref_to_list(ref))
    "#Reference" <> rest
  end
end

defimpl Inspect, for: Inspect.Error do
  def inspect(%{stacktrace: stacktrace} = error, _opts) do
    message = Inspect.Error.message(error)
    lines = for line <- :binary.split(String.trim_trailing(message), "\n", [:global]), do: if(line == "", do: "\n", else: ["  ", line, "\n"])
    trace = for entry <- stacktrace, do: ["    ", Exception.format_stacktrace_entry(entry), "\n"]
    :erlang.iolist_to_binary(["#Inspect.Error<\n", lines, "\n  Stacktrace:\n\n", trace, "\n>"])
  end
end

defimpl Inspect, for: Any do
  import Inspect.Algebra

  defmacro __deriving__(module, struct, options) do
    fields = :lists.sort(:maps.keys(struct)) -- [:__exception__, :__struct__]
    only = option(options, :only, fields)
    except = option(options, :except, [])
    optional = option(options, :optional, [])
    check_fields!(:only, only, fields, module)
    check_fields!(:except, except, fields, module)
    check_fields!(:optional, optional, fields, module)
    shown = for field <- fields, field in only, field not in except, do: field
    printer = if fields == :lists.sort(only) and except == [], do: Inspect.Map, else: Inspect.Any
    defaults = for field <- optional, do: {field, :erlang.map_get(field, struct)}

    quote do
      defimpl Inspect, for: unquote(module) do
        def inspect(struct, opts) do
          infos = Inspect.Any.__infos__(struct, unquote(module), unquote(shown), unquote(Macro.escape(defaults)))
          unquote(printer).inspect(struct, Macro.inspect_atom(:literal, unquote(module)), infos, opts)
        end
      end
    end
  end

  defp option(options, key, default) do
    case :lists.keyfind(key, 1, options) do
      {_, value} -> value
      false -> default
    end
  end

  defp check_fields!(option, given, fields, module) do
    unless given -- fields == [] do
      raise ArgumentError,
            "unknown fields #{Kernel.inspect(given -- fields)} in #{Kernel.inspect(option)} when deriving the " <>
              "Inspect protocol for #{Kernel.inspect(module)}"
    end
  end

  # The fields of a derived implementation: those chosen, optional ones only if they differ from the default.
  @doc false
  def __infos__(struct, module, shown, defaults) do
    for %{field: field} = info <- module.__info__(:struct),
        field in shown,
        not :lists.member({field, :erlang.map_get(field, struct)}, defaults),
        do: info
  end

  def inspect(%module{} = struct, opts) do
    case struct_infos(module, struct) do
      nil -> Inspect.Map.inspect(struct, opts)
      infos -> Inspect.Map.inspect(struct, Macro.inspect_atom(:literal, module), infos, opts)
    end
  end

  @doc false
  def inspect(map, name, infos, opts) do
    open = color("#" <> name <> "<", :map, opts)
    separator = color(",", :map, opts)
    close = color(">", :map, opts)

    fun = fn
      %{field: field}, opts -> Inspect.List.keyword({field, :erlang.map_get(field, map)}, opts)
      :..., _opts -> "..."
    end

    container_doc(open, infos ++ [:...], close, opts, fun, separator: separator, break: :strict)
  end

  # nil when the map does not have the fields that its module defines.
  defp struct_infos(module, struct) do
    try do
      {module.__struct__(), module.__info__(:struct)}
    rescue
      _ -> nil
    else
      {template, infos} ->
        if :lists.sort(:maps.keys(template)) == :lists.sort(:maps.keys(struct)) do
          for %{field: field} = info <- infos, field not in [:__struct__, :__exception__], do: info
        end
    end
  end
end

# What the compiler keeps for itself is left out.
defimpl Inspect, for: Macro.Env do
  @shown [:aliases, :context, :context_modules, :file, :function, :functions, :lexical_tracker] ++
           [:line, :macro_aliases, :macros, :module, :requires]

  def inspect(env, opts), do: Inspect.Any.inspect(env, "Macro.Env", for(field <- @shown, do: %{field: field}), opts)
end
