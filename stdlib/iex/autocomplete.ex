# SPDX-License-Identifier: Apache-2.0
# Completion by Tab: what may stand at the cursor, from the text before it, the variables, imports and aliases of the session, and what is loaded.
# Invariant: {insert, candidates}; insert is what all candidates go on with, candidates are shown when there is more than one.
defmodule IEx.Autocomplete do
  @moduledoc false

  @doc "Functions and macros of a module, as IEx's `exports` lists them: macros first."
  def exports(module) do
    if elixir?(module) and Code.ensure_loaded?(module) and function_exported?(module, :__info__, 1) do
      Enum.sort(module.__info__(:macros)) ++ Enum.sort(module.__info__(:functions))
    else
      Enum.sort(module.module_info(:exports)) -- [__info__: 1, module_info: 0, module_info: 1]
    end
  end

  defp elixir?(module), do: match?("Elixir." <> _, Atom.to_string(module))

  defp visible?(name), do: name |> Atom.to_string() |> String.starts_with?("_") |> Kernel.not()

  @doc "What Tab answers after the text `before`; the session is that of the process `evaluator`."
  def complete(before, evaluator) do
    line = before |> String.split("\n") |> List.last()

    # The evaluator itself looks, so that its variables need not be copied.
    IEx.Evaluator.peek(evaluator, &safely(line, &1), 200) || safely(line, %{binding: [], env: Code.env_for_eval(file: "iex")})
  end

  # What a variable holds may be of any kind, and the shell's own process must not fail over it.
  defp safely(line, session) do
    expand(line, session)
  rescue
    _ -> {"", []}
  end

  @doc "The same of a line and %{binding: ..., env: ...}."
  def expand(line, session) do
    case context(line) do
      {:path, hint} -> path(hint)
      {:atom, hint} -> finish(hint, atoms(hint))
      {:struct, hint} -> finish(last_part(hint), structs(hint, session))
      {:fields, alias_text, used, hint} -> finish(hint, fields(alias_text, used, hint, session))
      {:update, variable, used, hint} -> finish(hint, updates(variable, used, hint, session))
      {:key, path, hint} -> finish(hint, keys_of(path, hint, session))
      {:directive, name, hint} -> finish(hint, directive(name, hint))
      {:dot, path, hint} -> finish(hint, after_dot(path, hint, session))
      {:alias, path, hint} -> finish(hint, modules(path, hint, session))
      {:erlang_dot, module, hint} -> finish(hint, functions(module, hint))
      {:local, hint} -> finish(hint, locals(hint, session))
      {:modifier, used, hint} -> finish(hint, IEx.Autocomplete.Places.modifiers(used, hint))
      {:sigil, letter} -> finish("", IEx.Autocomplete.Places.sigils(letter, session.env))
      {:described, helper, path, hint} -> finish(hint, IEx.Autocomplete.Places.described(helper, named_module(path, session), hint))
      {:call, path, name} -> finish("", IEx.Autocomplete.Places.heads(called(path, name, session), name))
      :none -> {"", []}
    end
  end

  defp named_module(":" <> name, _session), do: String.to_atom(name)
  defp named_module(path, session), do: expand_alias(String.split(path, "."), session)

  # The modules that a call may mean.
  defp called("", name, session) do
    for {module, pairs} <- session.env.functions ++ session.env.macros,
        Enum.any?(pairs, fn {known, _} -> Atom.to_string(known) == name end),
        do: module
  end

  defp called(path, _name, session), do: [named_module(String.trim_trailing(path, "."), session)]

  # ---- where the cursor stands

  @identifier "[a-z_][A-Za-z0-9_]*[?!]?"

  defp context(line) do
    cond do
      hint = open_string(line) -> in_string(hint)
      match = Regex.run(~r/<<(?:[^<>]*,)?[^<>,]*::([^<>,]*-)?\s*(\w*)$/, line) -> {:modifier, Enum.at(match, 1, ""), Enum.at(match, 2, "")}
      match = Regex.run(~r/^\s*([bt])[ (]+(:?[A-Za-z][\w.]*)\.(\w*)$/, line) -> {:described, Enum.at(match, 1), Enum.at(match, 2), Enum.at(match, 3)}
      match = Regex.run(~r/(?<![\w.:])(:?[A-Za-z]\w*\.(?:[A-Z]\w*\.)*)?(#{@identifier})\($/, line) -> {:call, Enum.at(match, 1), Enum.at(match, 2)}
      match = Regex.run(~r/%([A-Z][\w.]*)\{([^{}]*,\s*|\s*)([a-z_]\w*)?$/, line) -> fields_context(match)
      match = Regex.run(~r/%(?:[A-Z][\w.]*)?\{([a-z_]\w*) \| ([^{}]*,\s*|\s*)([a-z_]\w*)?$/, line) -> update_context(match)
      match = Regex.run(~r/([a-z_][\w.]*)\[:([a-z_]\w*)?$/, line) -> {:key, Enum.at(match, 1), Enum.at(match, 2, "")}
      match = Regex.run(~r/\b(alias|import|require) +[A-Z][\w.]*, *([a-z]*)$/, line) -> {:directive, Enum.at(match, 1), Enum.at(match, 2)}
      match = Regex.run(~r/~([a-zA-Z]?)$/, line) -> {:sigil, Enum.at(match, 1)}
      match = Regex.run(~r/%([A-Z][\w.]*)?$/, line) -> {:struct, Enum.at(match, 1, "")}
      match = Regex.run(~r/(?<![\w:]):([a-z]\w*)\.(#{@identifier})?$/, line) ->
        {:erlang_dot, String.to_atom(Enum.at(match, 1)), Enum.at(match, 2, "")}
      match = Regex.run(~r/(?<![\w:"]):([a-zA-Z_]\w*[?!]?)?$/, line) -> {:atom, Enum.at(match, 1, "")}
      match = Regex.run(~r/(?<!\w)((?:[A-Z]\w*\.)*)([A-Z]\w*)$/, line) -> {:alias, String.trim_trailing(Enum.at(match, 1), "."), Enum.at(match, 2)}
      match = Regex.run(~r/((?:[A-Za-z_]\w*[?!]?\.)+)(#{@identifier})?$/, line) ->
        {:dot, String.trim_trailing(Enum.at(match, 1), "."), Enum.at(match, 2, "")}
      match = Regex.run(~r/(#{@identifier})$/, line) -> {:local, Enum.at(match, 1)}
      line =~ ~r/(^|[\s(\[{,])$/ -> {:local, ""}
      true -> :none
    end
  end

  defp fields_context([_, alias_text, used | hint]), do: {:fields, alias_text, used, Enum.at(hint, 0, "")}

  defp update_context([_, variable, used | hint]), do: {:update, variable, used, Enum.at(hint, 0, "")}

  # In an interpolation code stands again.
  defp in_string(hint) do
    case Regex.run(~r/#\{([^{}]*)$/, hint) do
      [_, code] -> context(code)
      nil -> if path?(hint), do: {:path, hint}, else: :none
    end
  end

  # The text of a string that is open at the end of the line.
  defp open_string(line) do
    parts = line |> String.replace(~r/\\./, "..") |> String.split("\"")
    if rem(length(parts), 2) == 0, do: line |> String.slice(-String.length(List.last(parts))..-1//1) |> string_tail(List.last(parts))
  end

  defp string_tail(_text, ""), do: ""
  defp string_tail(text, _last), do: text

  defp path?(hint),
    do: String.contains?(hint, "/") or String.starts_with?(hint, [".", "~"]) or File.exists?(hint) or Path.wildcard(escape_glob(hint) <> "*") != []

  defp escape_glob(text), do: String.replace(text, ~r/[*?\[\]{},\\]/, "\\\\\\0")

  # ---- answers

  # entries: [{name, shown, insert after it}]
  defp finish(_hint, []), do: {"", []}

  defp finish(hint, entries) do
    names = entries |> Enum.map(&elem(&1, 0)) |> Enum.uniq()

    case names do
      [name] ->
        {rest(name, hint) <> tail_of(entries), if(length(entries) > 1 or rest(name, hint) <> tail_of(entries) == "", do: shown(entries), else: [])}
      _ -> {rest(common(names), hint), if(rest(common(names), hint) == "", do: shown(entries), else: [])}
    end
  end

  defp rest(name, hint), do: binary_part(name, byte_size(hint), byte_size(name) - byte_size(hint))
  defp tail_of([{_, _, tail}]), do: tail
  defp tail_of(_), do: ""

  defp shown(entries), do: Enum.map(entries, &elem(&1, 1))

  defp common([first | others]), do: Enum.reduce(others, first, &common_prefix/2)

  defp common_prefix(a, b), do: binary_part(a, 0, :binary.longest_common_prefix([a, b]))

  defp last_part(text), do: text |> String.split(".") |> List.last()

  # ---- kinds of names

  defp locals(hint, session) do
    variables = for {name, _} <- session.binding, is_atom(name), text = Atom.to_string(name), String.starts_with?(text, hint), do: {text, text, ""}
    env = session.env
    calls = for {module, pairs} <- env.functions ++ env.macros, entry <- calls(module, pairs, hint), do: entry
    special = if hint == "", do: [], else: calls(Kernel.SpecialForms, special_forms(), hint)
    Enum.uniq(Enum.sort(variables) ++ Enum.sort(calls ++ special))
  end

  defp special_forms, do: if(Code.ensure_loaded?(Kernel.SpecialForms), do: Kernel.SpecialForms.__info__(:macros), else: [])

  # The first line of a function's documentation stands beside it.
  defp calls(module, pairs, hint) do
    matching =
      for {name, arity} <- pairs, text = Atom.to_string(name), text != "", String.starts_with?(text, hint), word?(text, hint), do: {text, name, arity}
    docs = if matching != [], do: first_lines(module), else: %{}
    explained = length(matching) <= 60

    for {text, name, arity} <- matching, line = Map.get(docs, {name, arity}, :none), line != :hidden do
      label = "#{text}/#{arity}"
      {text, if(explained and is_binary(line), do: {label, line}, else: label), ""}
    end
  end

  defp word?(text, hint), do: hint != "" or text =~ ~r/^[a-z]/

  defp first_lines(module) do
    with {:docs_v1, _, _, _, _, _, docs} <- Code.fetch_docs(module) do
      for {{kind, name, most}, _, _, doc, meta} <- docs,
          kind in [:function, :macro],
          arity <- (most - Map.get(meta, :defaults, 0))..most,
          into: %{},
          do: {{name, arity}, first_line(doc, meta)}
    else
      _ -> %{}
    end
  end

  # What is not to be used is not offered.
  defp first_line(_doc, %{deprecated: _}), do: :hidden
  defp first_line(%{"en" => text}, _meta), do: text |> String.split("\n", parts: 2) |> hd()
  defp first_line(doc, _meta), do: doc

  defp functions(module, hint) do
    if Code.ensure_loaded?(module), do: calls(module, for({name, _} = pair <- exports(module), visible?(name), do: pair), hint), else: []
  end

  # After `Mod.` or `variable.`.
  defp after_dot(path, hint, session) do
    case value(String.split(path, "."), session) do
      {:module, module} -> functions(module, hint) ++ modules(path, hint, session)
      {:value, %{} = map} -> for {key, _} <- Map.to_list(map), is_atom(key), text = Atom.to_string(key), String.starts_with?(text, hint), not String.starts_with?(text, "__"), do: {text, text, ""}
      {:value, module} when is_atom(module) -> functions(module, hint)
      _ -> []
    end
  end

  defp value([<<first, _::binary>> | _] = parts, session) when first in ?A..?Z do
    module = expand_alias(parts, session)
    if Enum.all?(parts, &(&1 =~ ~r/^[A-Z]/)), do: {:module, module}
  end

  defp value([name | keys], session) do
    case Enum.find(session.binding, fn {key, _} -> is_atom(key) and Atom.to_string(key) == name end) do
      {_, value} -> dig(value, keys)
      nil -> nil
    end
  end

  defp dig(value, []), do: {:value, value}

  defp dig(%{} = map, [key | keys]) do
    case Enum.find(Map.to_list(map), fn {k, _} -> is_atom(k) and Atom.to_string(k) == key end) do
      {_, value} -> dig(value, keys)
      nil -> nil
    end
  end

  defp dig(_value, _keys), do: nil

  defp expand_alias([first | rest], session) do
    base = Module.concat([first])
    base = Enum.find_value(session.env.aliases, base, fn {from, to} -> from == base && to end)
    Module.concat([base | rest])
  end

  # ---- modules

  defp modules("Elixir", hint, session), do: modules("", hint, session)

  defp modules(path, hint, session) do
    prefix = if path == "", do: "", else: inspect(expand_alias(String.split(path, "."), session)) <> "."
    known =
      for name <- all_modules(), String.starts_with?(name, prefix <> hint), do: name |> String.replace_prefix(prefix, "") |> String.split(".") |> hd()
    aliases = if path == "", do: for({from, _} <- session.env.aliases, name = inspect(from), String.starts_with?(name, hint), do: name), else: []
    for name <- Enum.uniq(Enum.sort(known ++ aliases)), do: {name, name, ""}
  end

  # Elixir's modules, without the prefix of their atoms.
  defp all_modules do
    for "Elixir." <> name <- known(), do: name
  end

  # Texts of the names of all modules, loaded or in the library.
  defp known, do: Enum.uniq(for module <- :phial.modules() ++ Enum.map(:code.all_loaded(), &elem(&1, 0)), do: Atom.to_string(module))

  defp structs(hint, session) do
    {path, last} = split_alias(hint)
    all = all_modules()

    for {name, _, _} <- modules(path, last, session),
        tail = struct_tail(expand_alias(String.split(path, ".", trim: true) ++ [name], session), last, all),
        do: {name, name, tail}
  end

  defp split_alias(hint) do
    parts = String.split(hint, ".")
    {parts |> Enum.drop(-1) |> Enum.join("."), List.last(parts)}
  end

  # A struct goes on with its fields, a module with structs below with these; exceptions are raised, not written as structs.
  defp struct_tail(module, hint, all) do
    prefix = inspect(module) <> "."

    cond do
      loaded_struct?(module) -> if function_exported?(module, :exception, 1), do: nil, else: "{"
      Enum.any?(all, &below?(&1, prefix, hint)) -> "."
      true -> nil
    end
  end

  # Of all there is nobody asks whether each is a struct: that would load them.
  defp below?(module, prefix, hinted), do: String.starts_with?(module, prefix) and (hinted == "" or plain_struct?(Module.concat([module])))

  defp plain_struct?(module), do: loaded_struct?(module) and not function_exported?(module, :exception, 1)
  defp loaded_struct?(module), do: Code.ensure_loaded?(module) and function_exported?(module, :__struct__, 0)

  defp fields(alias_text, used, hint, session) do
    module = expand_alias(String.split(alias_text, "."), session)
    if loaded_struct?(module), do: module.__struct__() |> names_of_keys(hint) |> as_options(used), else: []
  end

  # In `%{variable | `.
  defp updates(variable, used, hint, session) do
    case value([variable], session) do
      {:value, %{} = map} -> map |> names_of_keys(hint) |> as_options(used)
      _ -> []
    end
  end

  # In `path[:`; atoms in use if there is no map or keyword list.
  defp keys_of(path, hint, session) do
    with {:value, container} when is_map(container) or is_list(container) <- value(String.split(path, "."), session),
         [_ | _] = names <- names_of_keys(container, hint) do
      for name <- names, do: {name, name, ""}
    else
      _ -> atoms(hint)
    end
  end

  defp directive("import", hint), do: ["except", "only"] |> starting(hint) |> as_options("")
  defp directive("require", hint), do: ["as"] |> starting(hint) |> as_options("")
  defp directive("alias", hint), do: ["as", "warn"] |> starting(hint) |> as_options("")

  defp names_of_keys(container, hint) do
    keys = if is_map(container), do: Map.keys(container), else: for({key, _} <- container, do: key)
    Enum.sort(for key <- keys, is_atom(key), key not in [:__struct__, :__exception__], do: Atom.to_string(key)) |> starting(hint)
  end

  defp starting(names, hint), do: Enum.filter(names, &String.starts_with?(&1, hint))

  # As keys of a keyword list or map, without those that the text has already.
  defp as_options(names, used) do
    taken = for [_, key] <- Regex.scan(~r/(\w+):/, used), do: key
    for name <- names, name not in taken, do: {name <> ": ", name, ""}
  end

  # ---- atoms and files

  defp atoms(hint) do
    erlang = for text <- known(), not String.starts_with?(text, "Elixir."), String.starts_with?(text, hint), do: text
    used = if hint == "", do: [], else: :phial.atoms(hint)
    for text <- Enum.uniq(Enum.sort(erlang ++ used)),
        text =~ ~r/^[a-zA-Z_]\w*[?!]?$/,
        do: {text, text, if(text == hint and text in erlang, do: ".", else: "")}
  end

  defp path(hint) do
    folder = if String.ends_with?(hint, "/") or hint == "", do: hint, else: Path.dirname(hint)
    base = if String.ends_with?(hint, "/") or hint == "", do: "", else: Path.basename(hint)

    case File.ls(Path.expand(if folder == "", do: ".", else: folder)) do
      {:ok, names} ->
        finish(base, for(name <- Enum.sort(names), String.starts_with?(name, base), hidden_wanted?(name, base), do: file_entry(folder, name)))
      {:error, _} -> {"", []}
    end
  end

  defp hidden_wanted?(name, base), do: not String.starts_with?(name, ".") or String.starts_with?(base, ".")

  defp file_entry(folder, name) do
    if File.dir?(Path.join(Path.expand(folder), name)), do: {name <> "/", name <> "/", ""}, else: {name, name, ""}
  end
end
