# SPDX-License-Identifier: Apache-2.0
# Macro.NodeText: what Macro.to_string/2 gives, the text of a form as older releases wrote it, with a function applied to each node.
#
# Invariant: the function sees a node after all nodes inside it, with their texts, as changed, in its text; parentheses around an operand are
# added outside. Lines inside a block are only indented; nothing is laid out to a width.
defmodule Macro.NodeText do
  @moduledoc false

  @blocks [:do, :after, :else, :rescue, :catch]

  @doc "The text of a node."
  def text({name, _, context} = node, fun) when is_atom(name) and is_atom(context), do: fun.(node, Atom.to_string(name))

  def text({:__aliases__, _, parts} = node, fun) do
    names = for part <- parts, do: if(is_atom(part), do: Atom.to_string(part), else: operand_of_call(part, fun))
    fun.(node, Enum.join(names, "."))
  end

  def text({:__block__, _, [expression]} = node, fun), do: fun.(node, text(expression, fun))

  def text({:__block__, _, _} = node, fun) do
    fun.(node, "(\n  " <> indented(block(node, fun)) <> "\n)")
  end

  def text({:<<>>, _, parts} = node, fun) do
    if Enum.any?(parts, &interpolation?/1) and Enum.all?(parts, &(is_binary(&1) or interpolation?(&1))) do
      fun.(node, "\"" <> interpolated(parts, fun, &String.replace(&1, "\"", "\\\"")) <> "\"")
    else
      fun.(node, "<<" <> Enum.map_join(parts, ", ", &segment(&1, fun)) <> ">>")
    end
  end

  def text({:{}, _, args} = node, fun) when is_list(args), do: fun.(node, "{" <> Enum.map_join(args, ", ", &text(&1, fun)) <> "}")
  def text({:%{}, _, args} = node, fun) when is_list(args), do: fun.(node, "%{" <> pairs(args, fun) <> "}")
  def text({:%, _, [name, {:%{}, _, args}]} = node, fun), do: fun.(node, "%" <> text(name, fun) <> "{" <> pairs(args, fun) <> "}")

  def text({:fn, _, [{:->, _, [[], {:__block__, _, [_, _ | _]} = body]}]} = node, fun),
    do: fun.(node, "fn ->\n  " <> indented(block(body, fun)) <> "\nend")

  def text({:fn, _, [{:->, _, [_, {:__block__, _, [_, _ | _]}]}] = [clause]} = node, fun),
    do: fun.(node, "fn " <> clause(clause, fun, "\n  ") <> "\nend")

  def text({:fn, _, [{:->, _, [[], body]}]} = node, fun), do: fun.(node, "fn -> " <> text(body, fun) <> " end")
  def text({:fn, _, [{:->, _, [args, body]}]} = node, fun), do: fun.(node, "fn " <> arrow(args, fun) <> text(body, fun) <> " end")
  def text({:fn, _, [{:->, _, _} | _] = clauses} = node, fun), do: fun.(node, "fn\n  " <> indented(block(clauses, fun)) <> "\nend")
  def text({:.., _, [left, right]} = node, fun), do: fun.(node, operand(left, :.., :left, fun) <> ".." <> operand(right, :.., :right, fun))
  def text({:..//, _, [first, last, step]} = node, fun), do: fun.(node, text(first, fun) <> ".." <> text(last, fun) <> "//" <> text(step, fun))

  def text({:when, _, [left, right]} = node, fun) do
    guard = if keyword?(right), do: keywords(right, fun), else: operand(right, :when, :right, fun)
    fun.(node, operand(left, :when, :left, fun) <> " when " <> fun.(right, guard))
  end

  def text({:when, _, [_, _, _ | _] = args} = node, fun) do
    {args, [guard]} = Enum.split(args, -1)
    fun.(node, "(" <> Enum.map_join(args, ", ", &text(&1, fun)) <> ") when " <> text(guard, fun))
  end

  def text({:when, _, [guard]} = node, fun), do: fun.(node, "() when " <> text(guard, fun))

  def text({:&, _, [n]} = node, fun) when is_integer(n), do: fun.(node, "&" <> text(n, fun))

  def text({:&, _, [{:/, _, [{name, _, context}, arity]}]} = node, fun) when is_atom(name) and is_atom(context) and is_integer(arity),
    do: fun.(node, "&" <> Atom.to_string(name) <> "/" <> text(arity, fun))

  def text({:&, _, [{:/, _, [{{:., _, [target, name]}, _, []}, arity]}]} = node, fun) when is_atom(name) and is_integer(arity),
    do: fun.(node, "&" <> operand_of_call(target, fun) <> "." <> Atom.to_string(name) <> "/" <> text(arity, fun))

  def text({:&, _, [arg]} = node, fun), do: fun.(node, "&(" <> text(arg, fun) <> ")")

  def text({:not, _, [{:in, _, [left, right]}]} = node, fun),
    do: fun.(node, operand(left, :in, :left, fun) <> " not in " <> operand(right, :in, :right, fun))

  def text({:not, _, [arg]} = node, fun), do: fun.(node, "not(" <> text(arg, fun) <> ")")

  def text({op, _, [arg]} = node, fun) when op in [:!, :^, :+, :-, :"~~~", :@] do
    text = text(arg, fun)
    fun.(node, Atom.to_string(op) <> if(operator?(arg), do: "(" <> text <> ")", else: text))
  end

  def text([{:->, _, _} | _] = clauses, fun) do
    "(" <> Enum.map_join(clauses, "; ", fn {:->, _, [args, body]} -> arrow(args, fun) <> text(body, fun) end) <> ")"
  end

  def text({{:., _, [Access, :get]}, _, [left, right]} = node, fun) do
    left_text = text(left, fun)
    fun.(node, if(operator?(left), do: "(" <> left_text <> ")", else: left_text) <> text([right], fun))
  end

  def text({name, meta, [{:<<>>, _, parts}, modifiers]} = node, fun) when is_atom(name) and is_list(modifiers) do
    case Atom.to_string(name) do
      <<"sigil_", letter>> ->
        fun.(node, "~" <> <<letter>> <> sigil(letter, parts, meta[:delimiter] || "\"", fun) <> fun.(modifiers, List.to_string(modifiers)))
      _ -> operation(node, fun)
    end
  end

  def text({op, _, [_, _]} = node, fun) when is_atom(op), do: operation(node, fun)
  def text({_, _, args} = node, fun) when is_list(args), do: call(node, fun)
  def text({left, right}, fun), do: text({:{}, [], [left, right]}, fun)

  def text([_ | _] = list, fun) do
    cond do
      :io_lib.printable_latin1_list(list) -> fun.(list, IO.iodata_to_binary([?', Inspect.BitString.escape(List.to_string(list), ?'), ?']))
      keyword?(list) -> fun.(list, "[" <> keywords(list, fun) <> "]")
      List.improper?(list) -> fun.(list, inspect(list, limit: :infinity))
      true -> fun.(list, "[" <> Enum.map_join(list, ", ", &text(&1, fun)) <> "]")
    end
  end

  def text(other, fun), do: fun.(other, inspect(other, limit: :infinity))

  defp operation({op, _, [left, right]} = node, fun) do
    if Code.Formatter.binary_op(op),
      do: fun.(node, operand(left, op, :left, fun) <> " " <> Atom.to_string(op) <> " " <> operand(right, op, :right, fun)),
      else: call(node, fun)
  end

  ## Calls

  defp call({target, meta, args} = node, fun) do
    {plain, blocks} = split_blocks(args)
    name = called(target, fun)

    text =
      cond do
        blocks != [] and plain == [] -> name
        args == [] and meta[:no_parens] && field?(target) -> name
        match?({:., _, [_, :{}]}, target) -> name <> "{" <> plain(args, fun) <> "}"
        true -> name <> "(" <> arguments(plain, fun) <> ")"
      end

    sections = for {key, body} <- blocks, do: if(key == :do, do: " do", else: Atom.to_string(key)) <> "\n  " <> indented(block(body, fun)) <> "\n"
    fun.(node, if(blocks == [], do: text, else: text <> Enum.join(sections) <> "end"))
  end

  defp field?({:., _, [{_, _, _}, _]}), do: true
  defp field?(_), do: false

  defp called(name, _fun) when is_atom(name), do: Atom.to_string(name)
  defp called({:., _, [target]}, fun), do: operand_of_call(target, fun) <> "."
  defp called({:., _, [target, :{}]}, fun), do: operand_of_call(target, fun) <> "."
  defp called({:., _, [target, name]}, fun) when is_atom(name), do: operand_of_call(target, fun) <> "." <> Macro.inspect_atom(:remote_call, name)
  defp called({:., _, [target, right]}, fun), do: operand_of_call(target, fun) <> "." <> text(right, fun)
  defp called(other, fun), do: text(other, fun)

  defp operand_of_call(target, fun) do
    text = text(target, fun)
    if enclosed?(target), do: "(" <> text <> ")", else: text
  end

  defp enclosed?({:fn, _, _}), do: true
  defp enclosed?({:&, _, [arg]}), do: not is_integer(arg)
  defp enclosed?({_, _, [_ | _] = args}), do: elem(split_blocks(args), 1) != []
  defp enclosed?(_), do: false

  defp arguments(args, fun) do
    case Enum.split(args, -1) do
      {front, [[_ | _] = last]} ->
        if keyword?(last), do: Enum.join(for(arg <- front, do: text(arg, fun)) ++ [keywords(last, fun)], ", "), else: plain(args, fun)

      _ ->
        plain(args, fun)
    end
  end

  defp plain(args, fun), do: Enum.map_join(args, ", ", &text(&1, fun))

  defp split_blocks(args) do
    case Enum.split(args, -1) do
      {front, [[{:do, _} | _] = last]} -> if Enum.all?(last, &match?({key, _} when key in @blocks, &1)), do: {front, last}, else: {args, []}
      _ -> {args, []}
    end
  end

  ## Operators

  defp operator?({:&, _, [n]}) when is_integer(n), do: false
  defp operator?({name, _, args}) when is_atom(name) and is_list(args), do: Macro.operator?(name, length(args))
  defp operator?(_), do: false

  defp operand({op, _, [_, _]} = node, parent, side, fun) when is_atom(op) do
    text = text(node, fun)

    case Code.Formatter.binary_op(op) do
      nil ->
        text

      {_, level} ->
        {assoc, outer} = Code.Formatter.binary_op(parent)
        if level < outer or (level == outer and assoc != side), do: "(" <> text <> ")", else: text
    end
  end

  defp operand(node, _parent, _side, fun), do: text(node, fun)

  ## Blocks and clauses

  defp block([{:->, _, _} | _] = clauses, fun), do: Enum.map_join(clauses, "\n", &clause(&1, fun, "\n  "))
  defp block({:__block__, _, expressions}, fun), do: Enum.map_join(expressions, "\n", &text(&1, fun))
  defp block(other, fun), do: text(other, fun)

  defp clause({:->, _, [[], body]}, fun, gap), do: "->" <> gap <> indented(block(body, fun))
  defp clause({:->, _, [args, body]}, fun, gap), do: String.trim_trailing(arrow(args, fun), " ") <> gap <> indented(block(body, fun))

  defp arrow([], _fun), do: "() -> "
  defp arrow([{:when, _, [_, _, _ | _]} = guarded], fun), do: text(guarded, fun) <> " -> "
  defp arrow(args, fun), do: plain(args, fun) <> " -> "

  defp indented(text), do: String.replace(text, "\n", "\n  ")

  ## Literals

  defp keyword?([_ | _] = list),
    do:
      Enum.all?(list, &match?({key, _} when is_atom(key), &1)) and not Enum.any?(list, fn {key, _} -> match?("Elixir." <> _, Atom.to_string(key)) end)
  defp keyword?(_), do: false
  defp keywords(list, fun), do: Enum.map_join(list, ", ", fn {key, value} -> Macro.inspect_atom(:key, key) <> " " <> text(value, fun) end)

  defp pairs([{:|, _, [map, changes]}], fun), do: text(map, fun) <> " | " <> pairs(changes, fun)

  defp pairs(list, fun) do
    if keyword?(list),
      do: keywords(list, fun),
      else: Enum.map_join(list, ", ", fn {key, value} -> text(key, fun) <> " => " <> text(value, fun) end)
  end

  defp segment(part, fun), do: closed(segment_text(part, fun))

  defp segment_text({:"::", _, [value, specification]} = node, fun),
    do: fun.(node, operand(value, :"::", :left, fun) <> "::" <> specification(specification, :"::", fun))

  defp segment_text(part, fun), do: text(part, fun)

  defp specification({op, _, [left, right]} = node, _parent, fun) when op in [:*, :-],
    do: fun.(node, specification(left, op, fun) <> Atom.to_string(op) <> specification(right, op, fun))

  defp specification(other, parent, fun), do: operand(other, parent, :right, fun)

  defp closed(text), do: if(String.starts_with?(text, "<") or String.ends_with?(text, ">"), do: "(" <> text <> ")", else: text)

  defp interpolation?({:"::", _, [{{:., _, [Kernel, :to_string]}, _, [_]}, {:binary, _, context}]}) when is_atom(context), do: true
  defp interpolation?(_), do: false

  defp interpolated(parts, fun, escape) do
    Enum.map_join(parts, "", fn
      {:"::", _, [{_, _, [inner]}, _]} -> "\#{" <> text(inner, fun) <> "}"
      text -> escape.(text)
    end)
  end

  defp sigil(_letter, parts, delimiter, fun) when delimiter in ["\"\"\"", "'''"],
    do: delimiter <> "\n" <> interpolated(parts, fun, & &1) <> delimiter

  defp sigil(letter, parts, delimiter, fun) do
    close = Map.get(%{"(" => ")", "[" => "]", "{" => "}", "<" => ">"}, delimiter, delimiter)
    escape = if letter in ?a..?z, do: &String.replace(&1, close, "\\" <> close), else: & &1
    delimiter <> interpolated(parts, fun, escape) <> close
  end
end
