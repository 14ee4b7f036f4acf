# A process that pries asks first; its session completes and is interrupted as any other; afterwards the shell's own variables are there.
# differs: the editor is Phial's own
# cmd: case $FILE in /*) ;; *) FILE=$PWD/$FILE ;; esac; case $PHIAL in /*) ;; *) PHIAL=$PWD/$PHIAL ;; esac
# cmd: . "${FILE%/*}/screen.sh"; cd "$TMP"
# cmd: printf 'defmodule PryMod do\n  require IEx\n  def stop(given) do\n    IEx.pry()\n    given * 2\n  end\nend\n' > pry_mod.ex
# cmd: open 90 60 "$PHIAL"
# cmd: await 'iex(1)>'; type 'c "pry_mod.ex"; w = 3'; key Enter; await 'iex(2)>'
# cmd: type 'spawn(fn -> IO.inspect({:was, PryMod.stop(5)}) end); w'; key Enter; await 'Allow? [Yn]'
# cmd: type 'y'; key Enter; await 'pry(1)>'; type 'giv'; key Tab; at 13; type ' + 1'; key Enter; await 'pry(2)>'
# cmd: type 'continue'; key Enter; await '{:was, 10}'; await 'iex(3)>'
# cmd: type 'PryMod.stop(1)'; key Enter; await 'pry(1)> '; sleep 0.2; type 'Process.sleep(:infinity)'; key Enter
# cmd: await 'infinity)'; sleep 0.2; key C-c; await 'interrupted'; await 'iex(3)>'; type '{:kept, w}'; key Enter; await 'iex(4)>'
# cmd: screen | grep -E '^(6|\{:)'
# => 6
# => {:was, 10}
# => {:kept, 3}
