# All sources of this repository: the text of a form parses to that form again. The few that do not write an alias as :"Elixir.Name" or escapes
# that Macro.to_string does not keep, in Elixir too.
# stress: with a budget of one reduction it takes minutes
# cmd: "$PHIAL" tests/forms.exs > "$TMP/forms"; grep -c . "$TMP/forms" | awk '{ print ($1 > 1000) }'; grep otherwise "$TMP/forms"
# => 1
# => stdlib/kernel/kernel.ex otherwise
# => stdlib/kernel/macro.ex otherwise
# => tests/fuzz/calls_scenes.exs otherwise
# => tests/lexer/aliases.exs otherwise
# => tests/lexer/bitstring_modifiers_text.exs otherwise
# => tests/parser/dot_calls.exs otherwise
# => tests/stdlib/ex_unit_doctest_shows.exs otherwise
