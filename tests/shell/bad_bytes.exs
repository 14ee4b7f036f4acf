# Bytes that are no UTF-8 are shown as U+FFFD, keys without a meaning and unfinished sequences do nothing; the shell goes on.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "$PHIAL"
# cmd: await 'iex(1)>'; type ':"'; mux send-keys -H c3 28 ff fe e6 97 41 f8 88 80 80 c0 80; type '"'; await 'A'; key Enter; await 'iex(2)>'
# cmd: screen | tail -n +3
# cmd: mux send-keys -H 1 2 5 6 b c e 10 14 15 17 18 19 1c 1d 1e 1f 1b 5b 39 39 39 7e 1b 5b 3f 31 3b 32 63 1b 4f 7a 1b 5b 31 3b 39 39 41; type ':ok2'
# cmd: key Enter; await 'iex(3)>'; paste "$(printf '"\033[31mred\001\177\302\205x"')"; await 'x"'; key Enter; await 'iex(4)>'
# cmd: screen | tail -n 4
# => iex(1)> :"�(����A������"
# => :"�(����A������"
# => iex(2)>
# => iex(3)> "^[[31mred^A^?�x"
# => <<27, 91, 51, 49, 109, 114, 101, 100, 1, 127, 194, 133,
# =>   120>>
# => iex(4)>
