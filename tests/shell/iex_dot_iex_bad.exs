# A .iex.exs that fails is reported, and the session begins.
# cmd: case $FILE in /*) ;; *) FILE=$PWD/$FILE ;; esac
# cmd: printf 'a = 1\nraise "not good"\n' > "$TMP/.iex.exs"
# cmd: options=; . "${FILE%/*}/iex_piped.sh" | grep -v "^$"
1
System.halt(0)
