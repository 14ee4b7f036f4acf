# flags: --virtual-time
# A pending read of standard input, or a program that runs, is awaited: no deadlock, and the clock does not run away.
# stdin: late
IO.inspect(:os.cmd(~c"sleep 0.2; echo hi")) # => 'hi\n'
task = Task.async(fn -> System.cmd("sleep", ["0.2"]) end)
IO.inspect(Task.await(task, 60_000)) # => {"", 0}
IO.inspect(IO.gets("")) # => "late\n"
