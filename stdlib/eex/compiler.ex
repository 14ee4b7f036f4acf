# SPDX-License-Identifier: Apache-2.0
# EEx.Compiler: drives an engine over the tokens of a template.
#
# A block (`if a do` ... `end`) becomes one source text: its tags, with a call `__EEX__(n);` where the content between two tags belongs.
# That is parsed as a whole, and the calls are replaced by what the engine made of the contents. Invariant: line ends are put
# between the tags so that each tag of one line keeps its line.
defmodule EEx.Compiler do
  @moduledoc false

  @default_engine EEx.SmartEngine

  def compile(tokens, opts) do
    state = %{
      engine: opts[:engine] || @default_engine,
      file: opts[:file] || "nofile",
      parser_options: opts[:parser_options] || Code.get_compiler_option(:parser_options)
    }

    tokens |> contents(state.engine.init(opts), nil, state) |> state.engine.handle_body()
  end

  ## Contents: to the end of the template (`block` is nil) or to the next tag of the block they stand in.
  # At the end of the template the engine's state, inside a block {engine's state, the tag, tokens left}.

  defp contents([{:text, chars, meta} | rest], buffer, block, state) do
    text = IO.chardata_to_string(chars)

    buffer =
      if function_exported?(state.engine, :handle_text, 3),
        do: state.engine.handle_text(buffer, [line: meta.line, column: meta.column], text),
        else: state.engine.handle_text(buffer, text)

    contents(rest, buffer, block, state)
  end

  defp contents([{:comment, _, _} | rest], buffer, block, state), do: contents(rest, buffer, block, state)

  defp contents([{:expr, marker, chars, meta} | rest], buffer, block, state) do
    expression = parse(chars, meta.line, column(meta, marker), state)
    contents(rest, state.engine.handle_expr(buffer, IO.chardata_to_string(marker), expression), block, state)
  end

  defp contents([{:start_expr, marker, chars, meta} | rest], buffer, block, state) do
    if marker == '' do
      warn("the contents of this expression won't be output unless the EEx block starts with \"<%=\"", meta, state)
    end

    {chars, line, rest} = first_clause(rest, chars, meta.line)
    start = %{start: meta.line, line: line, column: column(meta, marker), chars: chars, parts: []}
    {expression, rest} = block(rest, state.engine.handle_begin(buffer), start, state)
    contents(rest, state.engine.handle_expr(buffer, IO.chardata_to_string(marker), expression), block, state)
  end

  defp contents([{kind, _, _, _} = tag | rest], buffer, %{}, state) when kind in [:middle_expr, :end_expr] do
    warn_output(tag, state)
    {buffer, tag, rest}
  end

  defp contents([{:middle_expr, _, chars, meta} | _], _, nil, state), do: error("unexpected middle of expression <%#{chars}%>", meta, state)
  defp contents([{:end_expr, _, chars, meta} | _], _, nil, state), do: error("unexpected end of expression <%#{chars}%>", meta, state)
  defp contents([{:eof, _}], buffer, nil, _state), do: buffer
  defp contents([{:eof, meta}], _, %{}, state), do: error("unexpected end of string, expected a closing '<% end %>'", meta, state)

  defp warn_output({kind, '=', chars, meta}, state) when kind in [:middle_expr, :end_expr],
    do: warn(~s[unexpected beginning of EEx tag "<%=" on "<%=#{chars}%>", please remove "="], meta, state)

  defp warn_output(_, _), do: :ok

  ## Blocks

  # `case x do` may be followed by blanks only before its first clause, which then is part of the same tag.
  defp first_clause(tokens, chars, line) do
    case skip_blanks(tokens) do
      [{:middle_expr, _, clause, meta} | rest] -> {chars ++ line_ends(line, meta.line) ++ clause, meta.line, rest}
      _ -> {chars, line, tokens}
    end
  end

  defp skip_blanks([{:comment, _, _} | rest]), do: skip_blanks(rest)

  defp skip_blanks([{:text, chars, _} | rest] = tokens),
    do: if(Enum.all?(chars, fn char -> char in ' \t\r\n' end), do: skip_blanks(rest), else: tokens)

  defp skip_blanks(tokens), do: tokens

  # Line ends inside of tags are not taken into account, as in Elixir.
  defp line_ends(line, wanted), do: List.duplicate(?\n, wanted - line)

  # `chars` is the source so far, up to the tag on `line`; `parts` what its placeholders stand for, the newest first.
  defp block(tokens, buffer, block, state) do
    {inner, {kind, _, tag, meta}, rest} = contents(tokens, buffer, block, state)
    placeholder = '__EEX__(' ++ Integer.to_charlist(length(block.parts)) ++ ');'
    chars = block.chars ++ placeholder ++ line_ends(block.line, meta.line) ++ tag
    parts = [state.engine.handle_end(inner) | block.parts]

    case kind do
      :middle_expr -> block(rest, state.engine.handle_begin(inner), %{block | chars: chars, parts: parts, line: meta.line}, state)
      :end_expr -> {chars |> parse(block.start, block.column, state) |> fill(:lists.reverse(parts)), rest}
    end
  end

  defp fill({:__EEX__, _, [index]}, parts) when is_integer(index), do: Enum.fetch!(parts, index)
  defp fill({:__block__, _, [{:__EEX__, _, [_]} = call]}, parts), do: fill(call, parts)
  defp fill({form, meta, args}, parts), do: {fill(form, parts), meta, fill(args, parts)}
  defp fill({left, right}, parts), do: {fill(left, parts), fill(right, parts)}
  defp fill([head | tail], parts), do: [fill(head, parts) | fill(tail, parts)]
  defp fill(other, _parts), do: other

  ## Parsing, warnings, errors

  defp parse(chars, line, column, state),
    do: Code.string_to_quoted!(chars, [line: line, column: column, file: state.file] ++ state.parser_options)

  defp column(meta, marker), do: meta.column + 2 + length(marker)

  defp warn(message, meta, state), do: IO.write(:stderr, ["warning: ", message, "\n  #{state.file}:#{meta.line}:#{meta.column}\n\n"])

  defp error(message, meta, state), do: raise(EEx.SyntaxError, message: message, file: state.file, line: meta.line, column: meta.column)
end
