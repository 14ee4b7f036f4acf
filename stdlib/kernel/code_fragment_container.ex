# SPDX-License-Identifier: Apache-2.0
# Code.Fragment.Container: an unfinished source cut back to the container that its end is in, and closed.
#
# One pass keeps a stack of what is open: {what closes it, where the source may be cut}. A source is cut after the opener, the last comma,
# keyword or block word of the innermost one; an open `fn` is left out as a whole. Invariant: strings, sigils, comments and characters are
# passed over, so that only what the lexer would see as such opens or closes anything.
defmodule Code.Fragment.Container do
  @moduledoc false

  @pairs %{?( => ")", ?[ => "]", ?{ => "}", ?< => ">", ?" => "\"", ?' => "'", ?| => "|", ?/ => "/"}
  @no_calls ["and", "or", "not", "in", "when", "true", "false", "nil", "else", "rescue", "catch", "after"]
  @block_words ["else", "rescue", "catch", "after"]

  defguardp is_name(c) when c in ?a..?z or c in ?A..?Z or c in ?0..?9 or c == ?_ or c > 127

  # {:ok, text with __cursor__() and closed}, or :error when a closer does not fit.
  @doc false
  def closed(text) do
    case scan(text, 0, [{nil, 0}], nil) do
      :error -> :error
      {:call, stack} -> {:ok, IO.iodata_to_binary([text, cursor(stack)])}
      stack -> {:ok, finish(text, stack)}
    end
  end

  defp finish(text, [{left_out, _} | stack]) when left_out in ["fn", :capture], do: finish(text, stack)

  defp finish(text, [{_, cut} | _] = stack) do
    kept = binary_part(text, 0, cut)
    rest = binary_part(text, cut, byte_size(text) - cut)
    space = if rest == "" and kept =~ ~r/\w\z/, do: " ", else: ""
    IO.iodata_to_binary([kept, space, padding(rest), cursor(stack)])
  end

  defp cursor(stack), do: ["__cursor__()", Enum.map_join(stack, " ", fn {closer, _} -> closer(closer) end)]

  defp closer(nil), do: ""
  defp closer(:capture), do: ")"
  defp closer(word) when word in ["end", "fn"], do: "end"
  defp closer({:interpolation, delimiter}) when byte_size(delimiter) == 3, do: "}\\\n" <> delimiter
  defp closer({:interpolation, delimiter}), do: "}" <> delimiter
  defp closer(text), do: text

  defp padding(rest) do
    lines = String.split(rest, "\n")
    [List.duplicate("\n", length(lines) - 1), String.duplicate(" ", String.length(List.last(lines)))]
  end

  # scan(rest of the text, offset, stack, what stands before): `before` is :dot, :colon, :capture, :name, :call (a name and spaces) or nil.
  # Where a call without parentheses begins nothing is cut: {:call, stack}.
  defp scan("", _at, stack, :call), do: {:call, stack}
  defp scan("", _at, stack, _before), do: stack
  defp scan("?", _at, _stack, before) when before != :name, do: :error
  defp scan("#" <> rest, at, stack, _), do: comment(rest, at + 1, stack)

  defp scan(<<??, ?\\, c::utf8, rest::binary>>, at, stack, before) when before != :name, do: scan(rest, at + 2 + byte_size(<<c::utf8>>), stack, nil)
  defp scan(<<??, c::utf8, rest::binary>>, at, stack, before) when before != :name, do: scan(rest, at + 1 + byte_size(<<c::utf8>>), stack, nil)
  defp scan(<<?~, c, rest::binary>>, at, stack, _) when c in ?a..?z or c in ?A..?Z, do: sigil(rest, at + 2, stack, c in ?a..?z)

  defp scan("\"\"\"" <> rest, at, stack, _), do: quoted(rest, at + 3, stack, "\"\"\"", true)
  defp scan("'''" <> rest, at, stack, _), do: quoted(rest, at + 3, stack, "'''", true)
  defp scan("\"" <> rest, at, stack, _), do: quoted(rest, at + 1, stack, "\"", true)
  defp scan("'" <> rest, at, stack, _), do: quoted(rest, at + 1, stack, "'", true)

  defp scan(<<op::binary-size(3), rest::binary>>, at, stack, _) when op in ["<<<", ">>>", "<<~", "~>>"], do: scan(rest, at + 3, stack, nil)
  defp scan("<<" <> rest, at, stack, _), do: scan(rest, at + 2, [{">>", at + 2} | stack], nil)
  defp scan(">>" <> rest, at, [{">>", _} | stack], _), do: scan(rest, at + 2, stack, :name)
  defp scan("(" <> rest, at, stack, :capture), do: scan(rest, at + 1, [{:capture, at + 1} | stack], nil)
  defp scan("&&" <> rest, at, stack, _), do: scan(rest, at + 2, stack, nil)
  defp scan("&" <> rest, at, stack, _), do: scan(rest, at + 1, stack, :capture)
  defp scan(<<c, rest::binary>>, at, stack, _) when c in '([{', do: scan(rest, at + 1, [{@pairs[c], at + 1} | stack], nil)

  defp scan("}" <> rest, at, [{{:interpolation, delimiter}, _} | stack], _), do: quoted(rest, at + 1, stack, delimiter, true)
  defp scan(<<c, rest::binary>>, at, stack, _) when c in ')]}', do: close(rest, at + 1, stack, <<c>>)

  defp scan("," <> rest, at, stack, _), do: scan(rest, at + 1, cut_at(stack, at + 1), nil)
  defp scan("::" <> rest, at, [{">>", _} | stack], _), do: scan(rest, at + 2, [{">>", at + 2} | stack], nil)
  defp scan("::" <> rest, at, stack, _), do: scan(rest, at + 2, stack, nil)
  defp scan(":" <> rest, at, stack, _), do: scan(rest, at + 1, stack, :colon)
  defp scan(".." <> rest, at, stack, _), do: scan(rest, at + 2, stack, nil)
  defp scan("." <> rest, at, stack, _), do: scan(rest, at + 1, stack, :dot)

  defp scan(<<c, _::binary>> = text, at, stack, before) when is_name(c) do
    {name, rest} = name(text)
    word(name, rest, at + byte_size(name), stack, before)
  end

  defp scan(<<c, rest::binary>>, at, stack, :dot) when c in ' \t\r\n', do: scan(rest, at + 1, stack, :dot)
  defp scan(<<c, rest::binary>>, at, stack, before) when c in ' \t' and before in [:capture, :call], do: scan(rest, at + 1, stack, before)
  defp scan(<<_, rest::binary>>, at, stack, _), do: scan(rest, at + 1, stack, nil)

  defp name(text), do: name(text, 0, text)
  defp name(<<c, rest::binary>>, n, text) when is_name(c), do: name(rest, n + 1, text)
  defp name(<<c, d, _::binary>>, n, text) when c in '?!' and d != ?=, do: split(text, n + 1)
  defp name(_rest, n, text), do: split(text, n)
  defp split(text, n), do: {binary_part(text, 0, n), binary_part(text, n, byte_size(text) - n)}

  # A word, which ends at `at`.
  defp word(_name, <<?:, c, rest::binary>>, at, stack, before) when before != :colon and c in ' \t\r\n',
    do: scan(rest, at + 2, cut_at(stack, at + 1), nil)

  defp word(_name, ":", at, stack, _before), do: scan(":", at, stack, :name)
  defp word(name, rest, at, stack, :name) when name not in ["do", "end", "fn"], do: scan(rest, at, stack, :name)

  defp word(<<c, _::binary>>, <<space, _::binary>> = rest, at, stack, :dot) when space in ' \t' and c not in ?A..?Z and c not in ?0..?9,
    do: scan(rest, at, stack, :call)

  defp word(_name, rest, at, stack, before) when before in [:dot, :colon], do: scan(rest, at, stack, :name)
  defp word("do", rest, at, stack, _), do: scan(rest, at, [{"end", at} | stack], nil)
  defp word("fn", rest, at, stack, _), do: scan(rest, at, [{"fn", at} | stack], nil)
  defp word("end", rest, at, stack, _), do: close(rest, at, stack, "end")
  defp word(name, rest, at, [{"end", _} | _] = stack, _) when name in @block_words, do: scan(rest, at, cut_at(stack, at), nil)

  defp word(<<c, _::binary>> = name, <<space, _::binary>> = rest, at, stack, _)
       when space in ' \t' and c not in ?A..?Z and c not in ?0..?9 and name not in @no_calls,
       do: scan(rest, at, stack, :call)

  defp word(_name, rest, at, stack, _), do: scan(rest, at, stack, :name)

  defp cut_at([{closer, _} | stack], at), do: [{closer, at} | stack]

  defp close(rest, at, [{closer, _} | stack], closer), do: scan(rest, at, stack, :name)
  defp close(rest, at, [{:capture, _} | stack], ")"), do: scan(rest, at, stack, :name)
  defp close(rest, at, [{"fn", _} | stack], "end"), do: scan(rest, at, stack, :name)
  defp close(_rest, _at, _stack, _closer), do: :error

  defp comment("\n" <> _ = rest, at, stack), do: scan(rest, at, stack, nil)
  defp comment(<<_, rest::binary>>, at, stack), do: comment(rest, at + 1, stack)
  defp comment("", _at, stack), do: stack

  defp sigil("\"\"\"" <> rest, at, stack, open?), do: quoted(rest, at + 3, stack, "\"\"\"", open?)
  defp sigil("'''" <> rest, at, stack, open?), do: quoted(rest, at + 3, stack, "'''", open?)

  defp sigil(<<c, rest::binary>>, at, stack, open?) when is_map_key(@pairs, c), do: quoted(rest, at + 1, stack, @pairs[c], open?)
  defp sigil(rest, at, stack, _open?), do: scan(rest, at, stack, nil)

  # Inside of a string that `delimiter` ends; what is not finished is no place to cut.
  defp quoted("", _at, stack, _delimiter, _open?), do: stack
  defp quoted(<<?\\, c, rest::binary>>, at, stack, delimiter, open?) when c != ?\n, do: quoted(rest, at + 2, stack, delimiter, open?)

  defp quoted("\#{" <> rest, at, stack, delimiter, true), do: scan(rest, at + 2, [{{:interpolation, delimiter}, at + 2} | stack], nil)

  defp quoted(text, at, stack, delimiter, open?) do
    n = byte_size(delimiter)

    case text do
      <<^delimiter::binary-size(n), rest::binary>> -> after_string(rest, at + n, stack)
      <<_, rest::binary>> -> quoted(rest, at + 1, stack, delimiter, open?)
    end
  end

  # "name": value
  defp after_string(<<?:, c, rest::binary>>, at, stack) when c in ' \t\r\n', do: scan(rest, at + 2, cut_at(stack, at + 1), nil)
  defp after_string(rest, at, stack), do: scan(rest, at, stack, :name)
end
