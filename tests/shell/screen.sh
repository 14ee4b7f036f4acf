# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# A terminal of its own for a test of the shell: tmux runs the program, keys are sent to it, the screen is printed.
#   open COLUMNS ROWS COMMAND...    starts it
#   type TEXT, key NAME..., paste TEXT, resize COLUMNS ROWS
#   await TEXT, at COLUMN           wait until the screen shows it, until the cursor is there
#   shut                            ends it
#   screen                          prints the rows of the screen up to the last that is not empty
# A test needs no sleep: it awaits what the keys before bring about.

mux() { tmux -u -S "$TMP/tmux" -f /dev/null "$@"; }
trap 'mux kill-server 2> /dev/null' EXIT
trap 'exit 1' TERM INT

open() {
  columns=$1 rows=$2
  shift 2
  mux new-session -d -x "$columns" -y "$rows" \
    "stty sane; export TERM=screen-256color PHIAL_HISTORY='$TMP/history'; timeout --foreground 60 $*; stty -a | grep -o -- '-*icanon'; sleep 20"
}
type() { mux send-keys -l -- "$1"; }
key() { mux send-keys "$@"; }
paste() {
  mux set-buffer -- "$1"
  mux paste-buffer -p -r
}
# Ends the terminal; another may be opened when the server is gone.
shut() {
  server=$(mux display -p '#{pid}')
  mux kill-server
  waiting gone "$server"
}
gone() { ! sed 's/.*) //' "/proc/$1/stat" 2> /dev/null | grep -qv '^Z'; }
resize() { mux resize-window -x "$1" -y "$2"; }
screen() { mux capture-pane -p | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; }

# Until the check succeeds; after 15 s (or $patience twentieths of a second) the test ends with what did not come.
waiting() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    if [ $tries -gt "${patience:-300}" ]; then
      echo "not so: $*; the screen:"
      screen
      exit 1
    fi
    sleep 0.05
  done
}
shows() { mux capture-pane -p | grep -qF -- "$1"; }
stands() { [ "$(mux display -p '#{cursor_x}')" = "$1" ]; }
await() { waiting shows "$1"; }
at() { waiting stands "$1"; }
