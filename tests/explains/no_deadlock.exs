# A server that stays after its script is no deadlock; --disasm ends; --no-explain=deadlock waits as Elixir does.
# differs: the commands are Phial's
# cmd: echo 'IO.puts(1)' > $TMP/a.exs
# cmd: timeout 1 "$PHIAL" --no-halt $TMP/a.exs >$TMP/out 2>$TMP/err; echo $?; grep -c deadlock $TMP/err
# cmd: timeout 1 "$PHIAL" --no-halt -e 'Process.sleep(:infinity)' >$TMP/out 2>$TMP/err; echo $?; grep -c deadlock $TMP/err
# cmd: timeout 20 "$PHIAL" --disasm $TMP/a.exs > $TMP/out 2>$TMP/err; echo $?; wc -c < $TMP/err
# cmd: timeout 1 "$PHIAL" --no-explain=deadlock -e 'receive do :never -> 1 end' >$TMP/out 2>$TMP/err; echo $?; grep -c deadlock $TMP/err
# cmd: "$PHIAL" --no-explain=nothing -e 1 2>&1 | head -1
# => 124
# => 0
# => 124
# => 0
# => 0
# => 0
# => 124
# => 0
# => phial: no kind of explanation: nothing
