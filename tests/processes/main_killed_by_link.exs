# exit: 1
# stderr: ** (EXIT from
spawn_link(fn -> exit(:kaboom) end)
Process.sleep(:infinity)
# flags: --virtual-time
