# Text that is no UTF-8 is made readable; a message may have its own colour; a translator sees whole reports; unknown backends.
# flags: --virtual-time
require Logger
defmodule Own do
  def translate(_min, _level, :report, {:logger, %{label: {:a, :b}, x: x}}), do: {:ok, "own #{x}"}
  def translate(_min, _level, _kind, _message), do: :none
end
Logger.configure_backend(:console, format: "[$level] $message\n", colors: [enabled: false])
Logger.info("x" <> <<255>> <> "y")
Logger.flush()
# => [info] x�y
Logger.add_translator({Own, :translate})
:logger.info(%{label: {:a, :b}, x: 1})
Logger.flush()
# => [info] own 1
# The escape sequences are looked at as text.
{:ok, device} = StringIO.open("")
Logger.configure_backend(:console, colors: [enabled: true, info: :green], format: "$message", device: device)
Logger.info("a", ansi_color: :blue)
Logger.info("b")
Logger.flush()
IO.inspect(StringIO.flush(device)) # => "\e[34ma\e[0m\e[32mb\e[0m"
IO.inspect(Logger.configure_backend(Nobody, level: :info)) # => {:error, :bad_module}
IO.inspect(Logger.remove_backend(Nobody)) # => {:error, :not_found}
