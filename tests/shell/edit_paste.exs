# Pasted lines run as if they were typed, without indentation of the editor's; what has no newline stays to be edited.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "$PHIAL"
# cmd: await 'iex(1)>'
# cmd: paste 'a = 1
# cmd:
# cmd: b = [
# cmd:     2,
# cmd: 	3]
# cmd: {a, b'
# cmd: await 'iex(3)> {a, b'; type '}'; key Enter; await 'iex(4)>'
# cmd: screen | tail -n +3
# => iex(1)> a = 1
# => 1
# => iex(2)> b = [
# => ...(2)>     2,
# => ...(2)>         3]
# => [2, 3]
# => iex(3)> {a, b}
# => {1, [2, 3]}
# => iex(4)>
