# SPDX-License-Identifier: Apache-2.0
# h, b, t, s and open: what is known about modules, functions, types and callbacks, from their documentation and their specs.
# Invariant: a target is a module, {module, name} or {module, name, arity}; functions here print and answer IEx.dont_display_result().
defmodule IEx.Introspection do
  @moduledoc false

  # ---- what is asked for

  @doc "The quoted argument of a helper as quoted code that gives the target: names, imports and special forms are looked up in `env`."
  def decompose({:/, _, [call, arity]} = term, env) when is_integer(arity) do
    case Macro.decompose_call(call) do
      {module, name, []} -> {:{}, [], [module, name, arity]}
      {name, []} -> {:{}, [], [owner(name, arity, env), name, arity]}
      _ -> local_name(call, term, arity, env)
    end
  end

  def decompose(term, env) do
    case Macro.decompose_call(term) do
      {_module, name, _args} when name in [:{}, :<<>>, :%] -> term
      {module, name, []} -> {module, name}
      {name, args} when name in [:{}, :%{}, :<<>>, :%, :__aliases__, :^, :.] -> special(name, args, term)
      {name, args} when is_list(args) -> named(name, args, term, env)
      _ -> variable(term, env)
    end
  end

  defp local_name({name, _, context}, _term, arity, env) when is_atom(name) and is_atom(context),
    do: {:{}, [], [owner(name, arity, env), name, arity]}
  defp local_name(_call, term, _arity, _env), do: term

  defp special(:__aliases__, _args, term), do: term
  defp special(name, _args, _term), do: {Kernel.SpecialForms, name}

  # `h if` names a macro; a call with arguments is a value.
  defp named(name, [], _term, env), do: {owner(name, nil, env), name}
  defp named(_name, _args, term, _env), do: term

  defp variable({name, _, context}, env) when is_atom(name) and is_atom(context), do: {owner(name, nil, env), name}
  defp variable(term, _env), do: term

  defp owner(name, arity, env) do
    found =
      for {module, pairs} <- env.functions ++ env.macros, {^name, a} <- pairs, arity == nil or a == arity, do: module

    cond do
      special_form?(name) -> Kernel.SpecialForms
      found == [] -> Kernel
      true -> hd(found)
    end
  end

  defp special_form?(name), do: Code.ensure_loaded?(Kernel.SpecialForms) and Enum.any?(Kernel.SpecialForms.__info__(:macros), &(elem(&1, 0) == name))

  # ---- h

  def h(module) when is_atom(module) do
    case Code.ensure_loaded(module) do
      {:module, _} -> module_docs(module)
      {:error, reason} -> puts_error("Could not load module #{inspect(module)}, got: #{reason}")
    end

    IEx.dont_display_result()
  end

  def h({module, name}) when is_atom(module) and is_atom(name), do: function_help(module, name, nil)
  def h({module, name, arity}) when is_atom(module) and is_atom(name) and is_integer(arity), do: function_help(module, name, arity)

  def h(value) do
    puts_error(
      "The \"h\" helper expects a Module, Module.fun or Module.fun/arity, got: #{inspect(value)}\n" <>
        "If instead of accessing documentation you would like more information about a value or about the result of an expression, " <>
        "use the \"i\" helper instead"
    )

    IEx.dont_display_result()
  end

  defp module_docs(module) do
    case Code.fetch_docs(module) do
      {:docs_v1, _, _, format, %{"en" => text}, metadata, _} ->
        print_documentation(inspect(module), [], metadata, {format, text})

      {:docs_v1, _, _, _, hidden, _, _} when hidden in [:hidden, :none] ->
        puts_error(
          if of_file?(module), do: "No documentation for #{inspect(module)} was found", else: "#{inspect(module)} was not compiled with docs"
        )

      _ ->
        puts_error("#{inspect(module)} was not compiled with docs")
    end
  end

  # Of a module that was typed in, IEx knows no documentation.
  defp of_file?(module) do
    source = module.module_info(:compile)[:source]
    source != nil and File.regular?(source)
  end

  defp function_help(module, name, arity) do
    case Code.ensure_loaded(module) do
      {:module, _} -> function_docs(module, name, arity)
      {:error, reason} -> puts_error("Could not load module #{inspect(module)}, got: #{reason}")
    end

    IEx.dont_display_result()
  end

  defp function_docs(module, name, arity) do
    documented =
      for {{kind, ^name, a}, _, _, doc, metadata} = entry <- docs(module),
          kind in [:function, :macro],
          doc != :hidden,
          fits?(arity, a, metadata),
          do: entry

    cond do
      documented != [] -> Enum.each(documented, &print_function(module, &1))
      docs(module) == [] and exports(module, name, arity) != [] -> for(a <- exports(module, name, arity), do: undocumented(module, name, a))
      callback?(module, name, arity) -> puts_error(hint(module, name, arity, "callback", "b"))
      type?(module, name, arity) -> puts_error(hint(module, name, arity, "type", "t"))
      docs(module) == [] and Code.fetch_docs(module) == {:error, :chunk_not_found} -> puts_error("#{inspect(module)} was not compiled with docs")
      true -> puts_error("No documentation for #{title(module, name, arity)} was found")
    end
  end

  defp docs(module) do
    case Code.fetch_docs(module) do
      {:docs_v1, _, _, _, _, _, docs} -> docs
      _ -> []
    end
  end

  # A function with defaults has one text for all its arities.
  defp fits?(nil, _a, _metadata), do: true
  defp fits?(arity, a, metadata), do: arity in (a - Map.get(metadata, :defaults, 0))..a

  defp exports(module, name, arity) do
    for {^name, a} <- IEx.Autocomplete.exports(module), arity in [nil, a], do: a
  end

  defp callback?(module, name, arity),
    do: Enum.any?(specs(module, [:callback, :macrocallback]), fn {_, {n, a}, _} -> n == name and arity in [nil, a] end)

  defp type?(module, name, arity), do: Enum.any?(specs(module, [:type, :opaque]), fn {_, {n, a}, _} -> n == name and arity in [nil, a] end)

  defp hint(module, name, arity, kind, helper) do
    "No documentation for function #{title(module, name, arity)} was found, but there is a #{kind} with the same name.\n" <>
      "You can view #{kind} documentation with the #{helper}/1 helper.\n"
  end

  defp title(module, name, nil), do: "#{inspect(module)}.#{Macro.inspect_atom(:remote_call, name)}"
  defp title(module, name, arity), do: Exception.format_mfa(module, name, arity)

  defp print_function(module, {{kind, name, arity}, _line, signature, doc, metadata}) do
    heading = "#{if kind == :function, do: "def", else: "defmacro"} #{Enum.join(signature, " ")}"
    print_documentation(heading, spec_lines(module, name, arity, IEx.width() - 2), metadata, text_of(doc))
  end

  defp undocumented(module, name, arity) do
    lines = spec_lines(module, name, arity, IEx.width() - 2)
    hint = if lines == [], do: "Module was compiled without docs.", else: "Module was compiled without docs. Showing only specs."
    print_documentation(title(module, name, arity), lines, %{}, {:plain, hint})
  end

  defp text_of(%{"en" => text}), do: {"text/markdown", text}
  defp text_of(_), do: nil

  defp print_documentation(heading, specs, metadata, text) do
    options = IEx.Config.docs_options()
    IO.ANSI.Docs.print_headings([heading], options)
    if specs != [], do: IO.puts([Enum.map(specs, &indented/1)])
    IO.ANSI.Docs.print_metadata(metadata, options)
    print_text(text, options)
  end

  defp print_text({:plain, text}, _options), do: IO.puts([text, ?\n])
  defp print_text({format, text}, options), do: IO.ANSI.Docs.print(text, format, options)
  defp print_text(nil, _options), do: :ok

  defp indented(text), do: ["  ", String.replace(text, "\n", "\n  "), ?\n]

  # ---- b

  def b(module) when is_atom(module), do: callbacks(module, fn _, _ -> true end, "No callbacks for #{inspect(module)} were found", false)
  def b({module, name}), do: callbacks(module, fn n, _ -> n == name end, "No documentation for #{title(module, name, nil)} was found", true)
  def b({module, name, arity}),
    do: callbacks(module, fn n, a -> n == name and a == arity end, "No documentation for #{title(module, name, arity)} was found", true)

  def b(invalid) do
    puts_error("Invalid arguments for b helper: #{inspect(invalid)}")
    IEx.dont_display_result()
  end

  defp callbacks(module, wanted, nothing, detailed) do
    with {:module, _} <- Code.ensure_loaded(module),
         [_ | _] = found <- for({_, {name, arity}, _} = spec <- specs(module, [:callback, :macrocallback]), wanted.(name, arity), do: spec) do
      for {kind, id, _} = spec <- Enum.sort_by(found, &elem(&1, 1)), do: print_entry(module, kind, id, spec, detailed)
      unless detailed, do: print_optional(module)
    else
      {:error, reason} -> puts_error("Could not load module #{inspect(module)}, got: #{reason}")
      [] -> puts_error(nothing)
    end

    IEx.dont_display_result()
  end

  defp print_entry(module, kind, {name, arity}, spec, detailed) do
    IO.puts([format_spec(spec, IEx.width()), ?\n])
    text = detailed && Enum.find_value(docs(module), fn {id, _, _, doc, _} -> id == {kind, name, arity} && text_of(doc) end)
    if text, do: print_text(text, IEx.Config.docs_options())
  end

  defp print_optional(module) do
    case module.behaviour_info(:optional_callbacks) do
      [] -> :ok
      names -> IO.puts([colored_name("@optional_callbacks #{optional_text(names)}"), ?\n])
    end
  end

  defp optional_text(names) do
    names |> Enum.sort() |> Enum.map_join(",\n                    ", fn {name, arity} -> Macro.inspect_atom(:key, name) <> " #{arity}" end)
  end

  # ---- t

  def t(module) when is_atom(module) do
    with {:module, _} <- Code.ensure_loaded(module),
         [_ | _] = types <- specs(module, [:type, :opaque]) do
      for {_, {name, _}, _} = type <- Enum.sort_by(types, &elem(&1, 1)), is_atom(name), do: IO.puts([format_spec(type, IEx.width()), ?\n])
    else
      {:error, reason} -> puts_error("Could not load module #{inspect(module)}, got: #{reason}")
      [] -> puts_error("No type information for #{inspect(module)} was found")
    end

    IEx.dont_display_result()
  end

  def t({module, name}), do: types(module, name, nil)
  def t({module, name, arity}), do: types(module, name, arity)

  def t(invalid) do
    puts_error("Invalid arguments for t helper: #{inspect(invalid)}")
    IEx.dont_display_result()
  end

  defp types(module, name, arity) do
    with {:module, _} <- Code.ensure_loaded(module) do
      case for({_, {^name, a}, _} = type <- specs(module, [:type, :opaque]), arity in [nil, a], do: type) do
        [] ->
          shown = "#{inspect(module)}.#{name}"
          puts_error("No type information for #{shown} was found or #{shown} is private")

        found ->
          for {_, {_, a}, _} = type <- found, do: print_entry(module, :type, {name, a}, type, true)
      end
    else
      {:error, reason} -> puts_error("Could not load module #{inspect(module)}, got: #{reason}")
    end

    IEx.dont_display_result()
  end

  # ---- s

  def s(module) when is_atom(module), do: specs_of(module, fn _, _ -> true end, inspect(module))
  def s({module, name}), do: specs_of(module, fn n, _ -> n == name end, title(module, name, nil))
  def s({module, name, arity}), do: specs_of(module, fn n, a -> n == name and a == arity end, title(module, name, arity))

  def s(invalid) do
    puts_error("Invalid arguments for s helper: #{inspect(invalid)}")
    IEx.dont_display_result()
  end

  defp specs_of(module, wanted, shown) do
    case for({_, {name, arity}, _} = spec <- specs(module, [:spec]), wanted.(name, arity), do: spec) do
      [] -> puts_error("No specification for #{shown} was found")
      found -> for spec <- Enum.sort_by(found, &elem(&1, 1)), do: IO.puts(format_spec(spec, IEx.width()))
    end

    IEx.dont_display_result()
  end

  # ---- types and specs as text

  # [{kind, {name, arity}, quoted}] of a module.
  defp specs(module, [:spec]), do: of_functions(:spec, Code.Typespec.fetch_specs(module))

  defp specs(module, [:callback | _]) do
    for {_, {name, arity}, quoted} <- of_functions(:callback, Code.Typespec.fetch_callbacks(module)),
        do: callback(Atom.to_string(name), arity, quoted)
  end

  defp specs(module, [:type | _]) do
    with {:ok, types} <- Code.Typespec.fetch_types(module) do
      for {kind, {name, _, args} = type} <- types, kind in [:type, :opaque], do: {kind, {name, length(args)}, type_to_quoted(kind, type)}
    else
      _ -> []
    end
  end

  # What an opaque type stands for is nobody's business.
  defp type_to_quoted(:opaque, type), do: with({:"::", _, [head, _]} <- Code.Typespec.type_to_quoted(type), do: head)
  defp type_to_quoted(:type, type), do: Code.Typespec.type_to_quoted(type)

  defp of_functions(kind, {:ok, list}) do
    for {{name, arity}, specs} <- list, spec <- specs, do: {kind, {name, arity}, Code.Typespec.spec_to_quoted(name, spec)}
  end

  defp of_functions(_kind, :error), do: []

  # A macro's callback is stored as a function of the caller, too.
  defp callback("MACRO-" <> name, arity, quoted), do: {:macrocallback, {String.to_atom(name), arity - 1}, renamed(quoted, String.to_atom(name))}
  defp callback(name, arity, quoted), do: {:callback, {String.to_atom(name), arity}, quoted}

  defp renamed({:when, meta, [form, variables]}, name), do: {:when, meta, [renamed(form, name), variables]}
  defp renamed({:"::", meta, [{_, m, [_caller | args]}, result]}, name), do: {:"::", meta, [{name, m, args}, result]}

  defp spec_lines(module, name, arity, width) do
    for {_, {^name, ^arity}, _} = spec <- specs(module, [:spec]), do: format_spec(spec, width)
  end

  defp format_spec({kind, _, form}, width) do
    {:@, [], [{kind, [], [form]}]}
    |> Code.quoted_to_algebra()
    |> Inspect.Algebra.format(width)
    |> IO.iodata_to_binary()
    |> colored_name()
  end

  defp colored_name(text) do
    case String.split(text, " ", parts: 2) do
      [name, rest] -> IEx.color(:doc_inline_code, name) <> " " <> rest
      _ -> text
    end
  end

  # ---- open

  def open(module) when is_atom(module), do: open_source(module, inspect(module), fn -> 1 end)
  def open({file, line}) when is_binary(file) and is_integer(line), do: run_editor(file, line)
  def open({module, name}), do: open({module, name, nil})
  def open({module, name, arity}), do: open_source(module, title(module, name, arity), fn -> line_of(module, name, arity) end)

  def open(invalid) do
    puts_error("Invalid arguments for open helper: #{inspect(invalid)}")
    IEx.dont_display_result()
  end

  defp open_source(module, shown, line) do
    source = Code.ensure_loaded?(module) && module.module_info(:compile)[:source]

    cond do
      not Code.ensure_loaded?(module) -> puts_error("Could not open: #{shown}. Module is not available.")
      source == nil or not File.regular?(source) -> puts_error("Could not open: #{shown}. Source file is not available.")
      true -> run_editor(List.to_string(source), line.())
    end

    IEx.dont_display_result()
  end

  defp line_of(module, name, arity) do
    Enum.find_value(docs(module), 1, fn {{_, n, a}, line, _, _, _} -> n == name and arity in [nil, a] && line end)
  end

  defp run_editor(file, line) do
    case System.get_env("ELIXIR_EDITOR") || System.get_env("EDITOR") do
      nil -> puts_error("Could not open: #{inspect(file)}. Please set the ELIXIR_EDITOR or EDITOR environment variables with the preferred editor.")
      editor -> IO.write(elem(System.shell(command(editor, file, line), stderr_to_stdout: true), 0))
    end

    IEx.dont_display_result()
  end

  defp command(editor, file, line) do
    if String.contains?(editor, "__FILE__") or String.contains?(editor, "__LINE__"),
      do: editor |> String.replace("__FILE__", inspect(file)) |> String.replace("__LINE__", Integer.to_string(line)),
      else: "#{editor} #{inspect(file)}:#{line}"
  end

  defp puts_error(text), do: IO.puts(IEx.color(:eval_error, text))
end
