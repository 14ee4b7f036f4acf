# What the shell itself rests on is spoilt: output's process killed, settings without sense, a loop of the highest priority, no Inspect.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 90 30 "$PHIAL"
# cmd: await 'iex(1)>'; type 'Process.exit(Process.whereis(:user), :kill)'; key Enter; await 'iex(2)>'
# cmd: type 'Application.put_env(:iex, :colors, 5); Application.put_env(:iex, :default_prompt, 5)'; key Enter; await 'iex(3)>'
# cmd: type 'IO.puts("ru" <> "ns"); Process.flag(:priority, :max); f = fn f -> f.(f) end; f.(f)'; key Enter; await 'runs'; key C-c; await 'are kept'
# cmd: type 'defmodule Inspect.Integer do end'; key Enter; await 'cannot be shown'; type ':alive'; key Enter; await 'iex(4)>'
# cmd: screen | grep -A 9 '^runs' | grep -v '^iex'
# => runs
# => (interrupted; the shell's process is a new one, its variables are kept)
# => ** (error) what cannot be shown: showing it failed, too
# => :alive
