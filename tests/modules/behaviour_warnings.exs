# stderr: warning: function bar/0 required by behaviour Beh is not implemented (in module I)
# stderr: warning: function run/1 required by behaviour Beh was implemented as "defp" but should have been "def" (in module I)
# stderr: warning: got "@impl true" for function other/1 but no behaviour specifies such callback. The known callbacks are:
# stderr:   * Beh.bar/0 (function)
# stderr: got "@impl false" for function bar/0 but it is a callback specified in Beh
# stderr: warning: module attribute @impl was not set for function run/1 callback (specified in Beh).
defmodule Beh do
  @callback run(any) :: any
  @callback bar :: any
  @callback abc(any) :: any
end
defmodule I do
  @behaviour Beh
  def abc(x), do: run(x)
  defp run(x), do: x
end
defmodule J do
  @behaviour Beh
  @impl true
  def abc(_), do: 1
  @impl true
  def other(x), do: x
  @impl false
  def bar, do: 1
  def run(x), do: x
end
