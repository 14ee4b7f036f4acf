# Tab completes names of what is there: keys of maps, fields of structs, functions with arity and the first line of their text, files, options.
# differs: the editor is Phial's own
# cmd: . "${FILE%/*}/screen.sh"
# cmd: case $PHIAL in /*) ;; *) PHIAL=$PWD/$PHIAL ;; esac; cd "$TMP"; touch only_file.txt
# cmd: open 90 30 "$PHIAL"
# cmd: await 'iex(1)>'; type 'conf = %{port: 1, path: "x"}; bad = [1 | 2]'; key Enter; await 'iex(2)>'
# cmd: type 'conf.po'; key Tab; at 17; key C-u
# cmd: type 'conf[:pa'; key Tab; at 18; key C-u
# cmd: type '%{conf | po'; key Tab; at 23; key C-u
# cmd: type '%URI{ho'; key Tab; at 19; key C-u
# cmd: type 'bad[:zzzz'; key Tab; at 17; key C-u
# cmd: type 'Enum.chunk_w'; key Tab; at 24; key C-u
# cmd: type 'File.read("only'; key Tab; at 32; key C-u
# cmd: type 'import Enum, on'; key Tab; at 27; key C-u
# cmd: type 'String.upc'; key Tab; at 21; await 'upcase/2'; key C-u
# cmd: type ':lists.rev'; key Tab; at 22; key C-u
# cmd: type ':done'; key Enter; await 'iex(3)>'; screen | grep '^:done'
# => :done
