#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The pictures of the shell in docs/pictures: each scene is typed into the real program in tmux, its screen becomes an SVG.
#   tests/shell/picture.sh PROGRAM FOLDER [SCENE...]
# Invariant: nothing is drawn by hand; what a scene awaits must have come, or the script ends with what is on the screen instead.

PHIAL=$(realpath "$1") out=$(realpath "$2") here=$(realpath "${0%/*}")
shift 2
TMP=$(mktemp -d)
export PHIAL TMP LC_ALL=C.UTF-8
. "$here/screen.sh"
trap 'mux kill-server 2> /dev/null; rm -rf "$TMP"' EXIT

# The screen from its line $3 on (1: all) as the picture $1 with the title $2; "cursor" as $4 draws that too.
picture() {
  column='' row=''
  [ "${4:-}" = cursor ] && column=$(mux display -p '#{cursor_x}') row=$(($(mux display -p '#{cursor_y}') - $3 + 1))
  mux capture-pane -p -e | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' | tail -n +"$3" | "$PHIAL" "$here/picture.ex" "$2" "$column" "$row" > "$out/$1.svg"
}
line() { type "$1"; key Enter; }
begin() {
  open "$1" "$2" "env HOME=$TMP XDG_STATE_HOME=$TMP $PHIAL ${3:-}"
  await "${4:-iex(1)>}"
}

scene_edit() {
  begin 84 30
  line 'defmodule Shop do'
  for l in '@moduledoc "Sells tea and coffee."' 'def buy(shop, thing) when is_atom(thing) do' 'case GenServer.call(shop, {:buy, thing, 1}) do' \
           '{:ok, price} ->' '"#{thing} for #{price / 100} €"' '{:error, reason} -> reason  # sold out' 'end' 'end'; do line "$l"; done
  line 'end'; await '{:module, Shop'; await 'iex(2)>'
  line 'for word <- ~w(日本 é 👍), into: %{} do'; line '{word, String.length(word)}'; line 'end'; await 'iex(3)>'
  type 'Enum.map'; key Tab; await 'map_every'
  picture shell-editing 'Statements of several lines, coloured and indented, and candidates for a completion' 1 cursor
  shut
}

scene_tree() {
  cat > "$TMP/shop.exs" <<'X'
defmodule Store do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, 3, name: Store)
  def init(n), do: {:ok, n}
  def handle_call({:take, thing}, _from, n) when n > 0, do: {:reply, {:ok, thing}, n - 1}
end
defmodule Counter do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, 0, name: Counter)
  def init(sold), do: {:ok, sold}
  def handle_call({:buy, thing}, _from, sold), do: {:reply, GenServer.call(Store, {:take, thing}), sold + 1}
end
children = [Store, Counter, {DynamicSupervisor, name: Orders, strategy: :one_for_one}, {Task.Supervisor, name: Mail}]
{:ok, _} = Supervisor.start_link(children, strategy: :one_for_all, name: Shop)
for n <- 1..2, do: DynamicSupervisor.start_child(Orders, %{id: n, start: {Agent, :start_link, [fn -> n end]}})
X
  begin 84 24 "iex $TMP/shop.exs"
  line 'tree Shop, state: true'; await 'Mail'; await 'iex(2)>'
  line 'msc fn -> GenServer.call(Counter, {:buy, :tea}) end'; await 'reply'; await 'iex(3)>'
  picture shell-processes 'The supervision tree of a program, and the messages of a call' 2
  shut
}

scene_error() {
  begin 84 36
  line 'defmodule Stack do'
  line 'def pop([top | rest]), do: {top, rest}'
  line 'end'; await 'iex(2)>'
  key C-l; await 'iex(2)>'; line 'Stack.pop(:none)'; await 'Stack.pop/1'; await 'iex(2)>'
  line 'spawn_link(fn -> 1 / String.length("") end)'; await 'has been started'; await 'iex(1)>'
  picture shell-errors 'An exception, and the end of a linked process: what happened and why' 1
  shut
}

scene_learn() {
  begin 84 24 'learn 2' 'learn('
  line '{:ok, n} = {:error, 42}'; sleep 1; line 'hint'; sleep 1; line '{:ok, n} = {:ok, 42}'; await '✓'
  picture shell-learn 'A lesson of phial learn' 1
  shut
}

[ $# -gt 0 ] || set -- edit tree error learn
for scene; do "scene_$scene"; done
