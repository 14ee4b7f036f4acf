# A program asks for a line: it is edited behind what was written before it; others write meanwhile; C-d is the end of input.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: open 110 20 "$PHIAL"
# cmd: await 'iex(1)>'; type 'IO.write("your "); IO.gets("name? ")'; key Enter; await 'your name?'; type 'joexx'; key BSpace BSpace Left Left; type 'd'
# cmd: key Enter; await 'iex(2)>'; type 'IO.gets("more? ")'; key Enter; await 'more?'; key C-d; await 'iex(3)>'
# cmd: type 'spawn(fn -> receive do: (:go -> IO.puts(["we", "nt"])) end) |> Process.register(:other)'; key Enter; await 'iex(4)>'
# cmd: type 'spawn(fn -> Process.sleep(100); send(:other, :go) end); IO.gets("> ")'; key Enter; await '> '; type 'part'; await 'went'; type 'ial'
# cmd: key Enter; await 'iex(5)>'; screen | tail -n +2 | grep -v 'spawn'
# => iex(1)> IO.write("your "); IO.gets("name? ")
# => your name? jdoe
# => "jdoe\n"
# => iex(2)> IO.gets("more? ")
# => more?
# => :eof
# => true
# => went
# => > partial
# => "partial\n"
# => iex(5)>
