# C-r finds earlier statements by what they hold; C-g gives up; Up and Down go through them, whole statements at a time.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 24 "$PHIAL"
# cmd: await 'iex(1)>'
# cmd: type ':alpha_one'; key Enter; await 'iex(2)>'
# cmd: type '['; key Enter; type ':beta]'; key Enter; await 'iex(3)>'
# cmd: type ':alpha_two'; key Enter; await 'iex(4)>'
# cmd: type 'draft'; key C-r; type 'alp'; await ":alpha_two"; key C-r; await "(search \`alp') :alpha_one"; key C-g; await 'iex(4)> draft'
# cmd: key C-r; type 'bet'; await "(search \`bet') ["; key Enter; await 'iex(5)>'
# cmd: type 'x'; key Up Up; await 'iex(5)> :alpha_two'; key Up Down Down Down; await 'iex(5)> x'
# cmd: screen | tail -n 4
# => iex(4)> [
# => ...(4)>   :beta]
# => [:beta]
# => iex(5)> x
