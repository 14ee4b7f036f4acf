# What `phial new` makes runs and passes its own tests.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL")
# cmd: cd $TMP && $PHIAL new shop --sup > /dev/null && cd shop && $PHIAL run -e 'IO.inspect({Shop.hello(), Process.whereis(Shop.Supervisor) != nil, Application.get_env(:shop, :greeting)})'
# cmd: $PHIAL test | grep failures; cd .. && $PHIAL new shop 2>&1; $PHIAL new Bad 2> /dev/null || echo refused
# => {:world, true, "Hello"}
# => 1 doctest, 1 test, 0 failures
# => ** (Mix) The folder shop exists and is not empty
# => refused
# cmd: cd $TMP; $PHIAL new kernel --app kernel 2>&1; $PHIAL new logger 2>&1 | cut -c 1-97
# => ** (Mix) Cannot use application name "kernel" because it is already used by Erlang/OTP or Elixir
# => ** (Mix) Cannot use application name "logger" because it is already used by Erlang/OTP or Elixir.
