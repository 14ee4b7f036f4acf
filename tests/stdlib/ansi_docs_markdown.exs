# IO.ANSI.Docs: emphasis ends where a word does, items wrap and nest, links show where they lead, tables have spaced bars.
show = fn text, enabled -> IO.ANSI.Docs.print(text, "text/markdown", enabled: enabled, width: 40) end
marks = fn text ->
  {:ok, device} = StringIO.open("")
  leader = Process.group_leader()
  Process.group_leader(self(), device)
  show.(text, true)
  Process.group_leader(self(), leader)
  IO.inspect(StringIO.flush(device))
end

marks.("_a_b_ *a*, *a* ``b``") # => "\e[4ma_b\e[0m \e[4ma*, *a\e[0m \e[36m\e[0mb\e[36m\e[0m\n\e[0m\n"
marks.("* a\n\n* b\n  * c") # => "  • a\n\e[0m\n  • b\n    • c\n\e[0m\n\e[0m\n"
marks.("a | b\n- | -\n1 | 2") # => "\e[7ma | b\e[0m\n1 | 2\n\e[0m\n"
marks.("|a|b|\n|-|-|") # => "|a|b| |-|-|\n\e[0m\n"
show.("[a](b.html) c\n\n[d]: http://e", false)
# => a (b.html) c
# =>
# => [d]: http://e
show.("* a\n  * b\n    * c\n\n1) a\n\n* a very long line of text that has to be wrapped at the width of forty", false)
# =>   * a
# =>     * b
# =>     * c
# =>
# =>
# => 1) a
# =>
# =>   * a very long line of text that
# =>     has to be wrapped at the width of
# =>     forty
# =>
