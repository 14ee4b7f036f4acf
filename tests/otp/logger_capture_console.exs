# A captured log looks like the console's, also when that was configured at run time.
ExUnit.start(autorun: false)
require Logger
import ExUnit.CaptureLog

Logger.configure_backend(:console, format: "<$level> $metadata$message\n", metadata: [:request])
IO.write(capture_log(fn -> Logger.error("first", request: 1) end))
# => <error> request=1 first
Logger.configure_backend(:console, metadata: [])
IO.write(capture_log(fn -> Logger.warning("second", request: 2) end))
# => <warning> second
IO.inspect(Keyword.take(Application.get_env(:logger, :console), [:format, :metadata]))
# => [format: "<$level> $metadata$message\n", metadata: []]
