# System.cmd/3, System.shell/2, :os.cmd/1 and System.find_executable/1.
IO.inspect(System.cmd("echo", ["a b", "c"])) # => {"a b c\n", 0}
IO.inspect(System.cmd("sh", ["-c", "echo a; echo b >&2; exit 3"], stderr_to_stdout: true)) # => {"a\nb\n", 3}
IO.inspect(System.cmd("printf", ["x"], into: [])) # => {["x"], 0}
IO.inspect(System.cmd("pwd", [], cd: "/")) # => {"/\n", 0}
IO.inspect(System.cmd("sh", ["-c", "echo $A:$HOME"], env: [{"A", "é"}, {"HOME", nil}])) # => {"é:\n", 0}
IO.inspect(System.cmd("sh", ["-c", "echo $0"], arg0: "zero") |> elem(1)) # => 0
IO.inspect(System.shell("echo hi | tr h j")) # => {"ji\n", 0}
IO.inspect(:os.cmd(~c"echo out; echo err >&2; cat")) # => 'out\nerr\n'
IO.inspect(System.find_executable("sh") != nil) # => true
IO.inspect(System.find_executable("no-such-program")) # => nil
IO.inspect(try do System.cmd("no-such-program", []) rescue e -> e end) # => %ErlangError{original: :enoent, reason: nil}
IO.inspect(try do System.cmd("/no/such", []) rescue e -> e end) # => %ErlangError{original: :enoent, reason: nil}
IO.inspect(try do System.cmd("echo", [:a]) rescue e -> Exception.message(e) end) # => "all arguments for System.cmd/3 must be binaries"
IO.inspect(try do System.cmd("echo", [], nope: 1) rescue e -> Exception.message(e) end) # => "invalid option :nope with value 1"
IO.inspect(Process.info(self(), :message_queue_len)) # => {:message_queue_len, 0}
