# The projects among the examples run and pass their tests.
# differs: the command is Phial's
# cmd: PHIAL=$(realpath "$PHIAL"); cp -r examples/worker_pool examples/pubsub $TMP; cd $TMP/worker_pool
# cmd: $PHIAL run demo.exs; $PHIAL test | grep failures; cd ../pubsub; $PHIAL run demo.exs; $PHIAL test | grep failures
# => at rest: {:ready, 2, 0, 0}
# => hashed: 20
# => three borrowed: {:full, 0, 1, 3}
# => one more, without waiting: :full
# => one more, waiting 20 ms: timed out
# => given back: {:ready, 2, 0, 0}
# => a worker crashes: {:exit, :shutdown}
# => replaced: {:ready, 2, 0, 0}
# => a client that died gave back: {:ready, 2, 0, 0}
# => 3 tests, 0 failures
# => ann: [{:joined, "bob"}, {:said, "bob", "hi ann"}]
# => bob: [{:said, "ann", "hello"}]
# => cyd: []
# => subscriptions: 2
# => quiet
# => NOTICED
# => 3 tests, 0 failures
