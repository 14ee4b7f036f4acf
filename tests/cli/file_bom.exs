# cmd: printf '\357\273\277IO.puts "bom"\n' > $TMP/bom.exs; $PHIAL $TMP/bom.exs 2>&1 | grep -c 'SyntaxError.*bom.exs:1:1: unexpected token'
# => 1
