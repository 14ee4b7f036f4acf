# Wide and combining characters: the cursor moves over whole ones, and rows break between them.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 21 20 "$PHIAL"
# cmd: await 'iex(1)>'
# cmd: printf '"日本語日本語日本"' > "$TMP/wide"; type "$(cat "$TMP/wide")"; await '本"'
# cmd: at 5; screen | tail -n 2
# cmd: key Left Left Left; at 0; mux display -p '#{cursor_y}'
# cmd: key BSpace; await '日本日'; at 19; key Left; at 17; key M-f; type 'x'; await '本x'; screen | tail -n 2
# => iex(1)> "日本語日本語
# => 日本"
# => 5
# => iex(1)> "日本語日本日
# => 本x"
