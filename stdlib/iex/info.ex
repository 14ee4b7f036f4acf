# SPDX-License-Identifier: Apache-2.0
# IEx.Info: what i/1 tells about a value. Invariant: info/1 answers [{section, text}]; the term itself and the protocols are added by the printer.
defprotocol IEx.Info do
  @moduledoc "What `i/1` of the shell tells about a value: implement it for a struct of your own."
  @fallback_to_any true

  @doc "Sections of the answer, `{heading, text}`, in order."
  @spec info(term) :: [{String.t(), String.t()}]
  def info(term)
end

defmodule IEx.Info.Print do
  @moduledoc false
  @protocols [Collectable, Enumerable, IEx.Info, Inspect, List.Chars, String.Chars]

  def print(term) do
    sections = [{"Term", inspect(term)} | IEx.Info.info(term)] ++ [{"Implemented protocols", implemented(term)}]
    for {heading, text} <- sections, do: IO.puts([IEx.color(:doc_headings, heading), ?\n, body(text)])
    :ok
  end

  defp body(text), do: IEx.Config.color(:eval_info) |> painted("  " <> String.replace(text, "\n", "\n  "))

  defp painted(nil, text), do: text
  defp painted(ansi, text), do: [IO.ANSI.format_fragment(ansi, true), text, IO.ANSI.reset()]

  defp implemented(term) do
    @protocols |> Enum.filter(&implements?(&1, term)) |> Enum.map_join(", ", &inspect/1)
  end

  # A fallback counts for Inspect and IEx.Info only: every value has them.
  defp implements?(protocol, _term) when protocol in [Inspect, IEx.Info], do: true
  defp implements?(protocol, term), do: protocol.impl_for(term) not in [nil, Module.concat(protocol, Any)]
end

defimpl IEx.Info, for: Tuple do
  def info(_), do: [{"Data type", "Tuple"}, {"Reference modules", "Tuple"}]
end

defimpl IEx.Info, for: Integer do
  def info(_), do: [{"Data type", "Integer"}, {"Reference modules", "Integer"}]
end

defimpl IEx.Info, for: Float do
  def info(_), do: [{"Data type", "Float"}, {"Reference modules", "Float"}]
end

defimpl IEx.Info, for: Map do
  def info(_), do: [{"Data type", "Map"}, {"Reference modules", "Map"}]
end

defimpl IEx.Info, for: Reference do
  def info(_), do: [{"Data type", "Reference"}]
end

defimpl IEx.Info, for: Port do
  def info(port), do: [{"Data type", "Port"}, {"Open", inspect(Port.info(port) != nil)}, {"Reference modules", "Port"}]
end

defimpl IEx.Info, for: Function do
  def info(fun) do
    info = Function.info(fun)
    described = if info[:type] == :local, do: [{"Description", "This is an anonymous function."}], else: []
    [{"Data type", "Function"}, {"Type", Atom.to_string(info[:type])}, {"Arity", Integer.to_string(info[:arity])} | described]
  end
end

defimpl IEx.Info, for: Atom do
  def info(atom) do
    module = Code.ensure_loaded?(atom)
    alias? = match?("Elixir." <> _, Atom.to_string(atom))

    [{"Data type", "Atom"}] ++
      if(module, do: module_sections(atom), else: description(atom)) ++
      if(module or alias?, do: [{"Raw representation", ":" <> inspect(Atom.to_string(atom))}], else: []) ++
      [{"Reference modules", if(module, do: "Module, Atom", else: "Atom")}]
  end

  defp description(atom) do
    if atom == IEx.dont_display_result(),
      do: [{"Description", "This atom is returned by IEx when a function that should not print its\nreturn value on screen is executed."}],
      else: []
  end

  defp module_sections(module) do
    compile = module.module_info(:compile)
    docs =
      if match?({:docs_v1, _, _, _, %{"en" => _}, _, _}, Code.fetch_docs(module)),
        do: "Use h(#{inspect(module)}) to access its documentation.\n",
        else: ""

    [
      {"Module bytecode", if(module in :phial.modules(), do: to_string(:code.which(module)), else: "[]")},
      {"Source", source(compile[:source])},
      {"Version", inspect(module.module_info(:attributes)[:vsn])},
      {"Compile options", inspect(compile[:options] || [])},
      {"Description", "#{docs}Call #{inspect(module)}.module_info() to access metadata."}
    ]
  end

  defp source(nil), do: "No source"
  defp source(path), do: Path.relative_to_cwd(List.to_string(path))
end

defimpl IEx.Info, for: List do
  def info([]), do: [{"Data type", "List"}, {"Reference modules", "List"}]

  def info(list) do
    {text, raw, modules} =
      cond do
        not proper?(list) -> {improper(), [], "List"}
        Keyword.keyword?(list) -> {keyword(), [], "Keyword, List"}
        List.ascii_printable?(list) -> {charlist(), [{"Raw representation", inspect(list, charlists: :as_lists)}], "List"}
        true -> {nil, [], "List"}
      end

    [{"Data type", "List"}] ++ if(text, do: [{"Description", text}], else: []) ++ raw ++ [{"Reference modules", modules}]
  end

  defp proper?([_ | tail]), do: proper?(tail)
  defp proper?(tail), do: tail == []

  defp improper do
    "This is what is referred to as an \"improper list\". An improper list is a\n" <>
      "list which its last tail is not to an empty list. For example: [1, 2, 3]\n" <>
      "is a proper list, as it is equivalent to [1, 2, 3 | []], as opposed to\n" <>
      "[1, 2 | 3] which is an improper list since its last tail returns 3."
  end

  defp keyword do
    "This is what is referred to as a \"keyword list\". A keyword list is a list\n" <>
      "of two-element tuples where the first element of each tuple is an atom."
  end

  defp charlist do
    "This is a list of integers that is printed as a sequence of characters\n" <>
      "delimited by single quotes because all the integers in it represent printable\n" <>
      "ASCII characters. Conventionally, a list of Unicode code points is known as a\n" <>
      "charlist and a list of ASCII characters is a subset of it."
  end
end

defimpl IEx.Info, for: BitString do
  def info(bits) when is_binary(bits) do
    {text, modules} =
      cond do
        String.printable?(bits) -> {printable(), "String, :binary"}
        String.valid?(bits) -> {unprintable(bits), "String, :binary"}
        true -> {invalid(bits), ":binary"}
      end

    raw = if String.printable?(bits), do: [{"Raw representation", inspect(bits, binaries: :as_binaries)}], else: []
    [{"Data type", "BitString"}, {"Byte size", Integer.to_string(byte_size(bits))}, {"Description", text}] ++ raw ++ [{"Reference modules", modules}]
  end

  def info(bits) do
    text = "This is a bitstring. It's a chunk of bits that are not divisible by 8\n(the number of bytes isn't whole)."
    [{"Data type", "BitString"}, {"Bits size", Integer.to_string(bit_size(bits))}, {"Description", text}]
  end

  defp printable do
    "This is a string: a UTF-8 encoded binary. It's printed surrounded by\n" <>
      "\"double quotes\" because all UTF-8 encoded code points in it are printable."
  end

  defp unprintable(string) do
    first = string |> String.codepoints() |> Enum.find(&(not String.printable?(&1)))

    "This is a string: a UTF-8 encoded binary. It's printed with the `<<>>`\n" <>
      "syntax (as opposed to double quotes) because it contains non-printable\n" <>
      "UTF-8 encoded code points (the first non-printable code point being\n`#{inspect(first)}`)."
  end

  defp invalid(bytes) do
    "This is a binary: a collection of bytes. It's printed with the `<<>>`\n" <>
      "syntax (as opposed to double quotes) because it is not a UTF-8 encoded\n" <>
      "binary (the first invalid byte being `#{inspect(<<first_invalid(bytes)>>)}`)"
  end

  defp first_invalid(<<_::utf8, rest::binary>>), do: first_invalid(rest)
  defp first_invalid(<<byte, _::binary>>), do: byte
end

defimpl IEx.Info, for: PID do
  def info(pid) do
    [{"Data type", "PID"}, {"Alive", inspect(Process.alive?(pid))}] ++
      alive(Process.info(pid, [:registered_name, :links, :message_queue_len])) ++
      [{"Description", "Use Process.info/1 to get more info about this process"}, {"Reference modules", "Process, Node"}]
  end

  defp alive(nil), do: []

  defp alive(info) do
    name = if info[:registered_name] == [], do: "not registered", else: inspect(info[:registered_name])
    links = if info[:links] == [], do: "none", else: Enum.map_join(info[:links], ", ", &inspect/1)
    [{"Name", name}, {"Links", links}, {"Message queue length", Integer.to_string(info[:message_queue_len])}]
  end
end

defimpl IEx.Info, for: Any do
  def info(%type{} = struct) do
    calendar(type, struct) ||
      [
        {"Data type", inspect(type)},
        {"Description", "This is a struct. Structs are maps with a __struct__ key."},
        {"Reference modules", inspect(type) <> ", Map"}
      ]
  end

  @sigils %{
    Date => {"a date", "D"},
    Time => {"a time", "T"},
    NaiveDateTime => {"a \"naive\" datetime (that is, a datetime without a time zone)", "N"}
  }

  defp calendar(type, struct) do
    with {what, sigil} <- @sigils[type] do
      text = "This is a struct representing #{what}. It is commonly\nrepresented using the `~#{sigil}` sigil syntax, that is\ndefined in the `Kernel.sigil_#{sigil}/2` macro."

      [
        {"Data type", inspect(type)},
        {"Description", text},
        {"Raw representation", raw(struct)},
        {"Reference modules", inspect(type) <> ", Calendar, Map"}
      ]
    end
  end

  # In the order of the struct's definition.
  defp raw(%type{} = struct) do
    keys = for %{field: key} <- type.__info__(:struct), do: key
    "%#{inspect(type)}{" <> Enum.map_join(keys, ", ", &"#{&1}: #{inspect(Map.get(struct, &1))}") <> "}"
  end
end
