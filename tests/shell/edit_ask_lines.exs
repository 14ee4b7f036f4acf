# A prompt of several lines; C-d ends what reads to the end of input, once; characters left over serve the next reader.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 90 30 "$PHIAL"
# cmd: await 'iex(1)>'; type 'IO.gets("first\nsecond? ")'; key Enter; at 8; type 'a'; key Enter; await 'iex(2)>'
# cmd: type 'IO.read(:stdio, :eof)'; key Enter; at 0; type 'b'; key Enter; at 0; type 'c'; at 1; key Enter; at 0; key C-d; await 'iex(3)>'
# cmd: type 'IO.getn("n ", 2)'; key Enter; at 2; type 'xyz'; key Enter; await 'iex(4)>'; type 'IO.gets("left ")'; key Enter; await 'iex(5)>'
# cmd: type 'IEx.configure(default_prompt: "~%counter~\n>")'; key Enter; await '~6~'; type '[1,'; key Enter; type '2]'; key Enter; await '~7~'
# cmd: screen | tail -n +2
# => iex(1)> IO.gets("first\nsecond? ")
# => first
# => second? a
# => "a\n"
# => iex(2)> IO.read(:stdio, :eof)
# => b
# => c
# =>
# => "b\nc\n"
# => iex(3)> IO.getn("n ", 2)
# => n xyz
# => "xy"
# => iex(4)> IO.gets("left ")
# => "z\n"
# => iex(5)> IEx.configure(default_prompt: "~%counter~\n>")
# => :ok
# => ~6~
# => > [1,
# => >   2]
# => [1, 2]
# => ~7~
# => >
