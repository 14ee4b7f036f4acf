# An error quotes what was typed: control characters are shown there as well, and the terminal does not obey them.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 100 20 "$PHIAL"
# cmd: await 'iex(1)>'; paste "$(printf '1 \033[10;10Hx\033[2J) y')"; key Enter; await 'SyntaxError'; at 8; screen | tail -n +2 | sed 's/column [0-9]*/column N/'
# => iex(1)> 1 ^[[10;10Hx^[[2J) y
# => ** (SyntaxError) iex:1:3: unexpected token: escape (column N, code point U+001B)
# =>     |
# =>   1 | 1 ^[[10;10Hx^[[2J) y
# =>     |   ^
# =>
# => iex(1)>
