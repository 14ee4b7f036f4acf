# cmd: $PHIAL -e 'System.halt(7)'; echo $?
# cmd: $PHIAL -e 'exit(:normal)'; echo $?
# cmd: $PHIAL -e 'exit({:shutdown, 9})'; echo $?
# cmd: $PHIAL -e 'exit(:shutdown)'; echo $?
# cmd: $PHIAL -e 'exit(:other)' 2> $TMP/err; echo $?
# cmd: $PHIAL -e 'throw(:x)' 2> $TMP/err; echo $?
# => 7
# => 0
# => 9
# => 0
# => 1
# => 1
