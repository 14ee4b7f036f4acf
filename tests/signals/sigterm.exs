# cmd: $PHIAL $FILE & p=$!; sleep 1.5; kill -TERM $(pgrep -P $p beam || echo $p); wait $p; echo "status $?"
# SIGTERM ends the program as System.stop/0 does, even while nothing else happens.
IO.puts("up")
Process.sleep(20_000)
# => up
# =>
# => TIME [notice] SIGTERM received - shutting down
# =>
# => status 0
