# A statement that is not complete goes on in the next line, indented; closers go back.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 60 20 "$PHIAL"
# cmd: await 'iex(1)>'
# cmd: type 'case 1 do'; key Enter; type '1 ->'; key Enter; type ':one'; key Enter; type 'end'; key Enter
# cmd: await 'iex(2)>'
# cmd: screen | tail -n +3
# => iex(1)> case 1 do
# => ...(1)>   1 ->
# => ...(1)>     :one
# => ...(1)> end
# => :one
# => iex(2)>
