# i/1 tells of a value its type, what it is, how it looks raw, the modules to look at and the protocols it implements.
# cmd: . "${FILE%/*}/iex_piped.sh"
i
i nil
i true
i :abc
i 'abc'
i []
i [1, 2]
i [a: 1]
i [1 | 2]
i %{}
i %{a: 1}
i {1, 2}
i 1.5
i "héé"
i <<255>>
i "\x01"
i <<1::3>>
i fn x -> x end
i &String.length/1
i ~D[2020-01-01]
i ~T[10:00:00]
i ~N[2020-01-01 10:00:00]
i 1..2
i ~r/a/
i %URI{}
i make_ref()
i IEx.dont_display_result()
i self()
dead = spawn(fn -> :ok end); Process.sleep(50)
i dead
i ~U[2020-01-01 10:00:00Z]
i MapSet.new()
i %{__struct__: Nope}
i "a\0b"
i "\u2028"
i Nope
i :"Elixir.nope"
i 1..2//3
System.halt(0)
