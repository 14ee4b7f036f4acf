# cmd: printf '#!/usr/bin/env elixir\nIO.puts "shebang"\n' > $TMP/s.exs; $PHIAL $TMP/s.exs
# => shebang
