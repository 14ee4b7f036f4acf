# Where address space is limited the VM asks for less of it. The sanitizers need more than any limit: there it runs without.
# cmd: case "$PHIAL" in *asan*|*stress*) ;; *) ulimit -v 4000000 ;; esac; "$PHIAL" -e 'IO.inspect(length(for i <- 1..100_000, do: {i, spawn(fn -> i end)}))'
# => 100000
