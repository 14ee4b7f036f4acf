# A text instead of a status is said on standard error; the status is 1.
# cmd: export ERL_CRASH_DUMP_BYTES=0
# cmd: "$PHIAL" -e 'System.halt("last wörds")' 2> "$TMP/err"; echo $?; tr -d '\r' < "$TMP/err"
# cmd: "$PHIAL" -e ':erlang.halt([1.0])' 2>&1 | head -n 3
# => 1
# => last wörds
# => ** (ArgumentError) errors were found at the given arguments:
# =>
# =>   * 1st argument: invalid status
