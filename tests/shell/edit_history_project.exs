# The history is a file of the project's, else a common one; PHIAL_HISTORY= switches it off.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: phial=$(realpath "$PHIAL"); mkdir -p "$TMP/tank/lib"
# cmd: session() { open 60 20 "sh -c 'cd \"$1\"; env $2 XDG_STATE_HOME=$TMP/state $phial'"; await 'iex(1)>'; type "$3"; key Enter; await 'iex(2)>'; shut; }
# cmd: session "$TMP" '-u PHIAL_HISTORY' ':common'
# cmd: echo 'defmodule Tank.MixProject do use Mix.Project; def project, do: [app: :tank, version: "0.1.0"] end' > "$TMP/tank/mix.exs"
# cmd: session "$TMP/tank/lib" '-u PHIAL_HISTORY' ':of_the_tank'
# cmd: session "$TMP" 'PHIAL_HISTORY=' ':nowhere'
# cmd: cd "$TMP/state/phial/history"; for f in *; do echo "$f: $(cat "$f")" | sed 's/-[0-9a-f]*:/-N:/'; done
# => default: :common
# => tank-N: :of_the_tank
