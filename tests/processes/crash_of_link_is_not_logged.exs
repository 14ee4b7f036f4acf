# The program ends before the report of the plain process is made.
# cmd: $PHIAL -e 'spawn_link(fn -> raise "x" end); Process.sleep(1000)'; echo "status $?"
# => status 1
# stderr: ** (EXIT from #PID<
# stderr: ** (RuntimeError) x
