# What a backend gets: one of four levels, and the metadata with module, function and file as Elixir tells them.
# flags: --virtual-time
defmodule Backend do
  @behaviour :gen_event
  def init(_), do: {:ok, nil}
  def handle_event({level, gl, {Logger, msg, _time, meta}}, s) do
    told = for {k, v} <- Enum.sort(meta), k not in [:pid, :domain], do: {k, if(k in [:time, :gl], do: is_integer(v) or v == gl, else: v)}
    IO.inspect({level, IO.chardata_to_string(msg), Keyword.update(told, :file, nil, &Path.basename/1)}, width: 200)
    {:ok, s}
  end
  def handle_event(_, s), do: {:ok, s}
  def handle_call(_, s), do: {:ok, :ok, s}
  def terminate(reason, _), do: IO.inspect(reason)
end
Logger.remove_backend(:console)
Logger.add_backend(Backend)
defmodule M do
  require Logger
  def f(x), do: Logger.critical("hi #{x}", a: 1)
end
M.f(1)
Process.sleep(10)
:logger.notice("x", %{mfa: {A, :b, 1}, line: 7, file: 'a.ex'})
Process.sleep(10)
Logger.remove_backend(Backend)
# => {:error, "hi 1", [a: 1, erl_level: :critical, file: "logger_backend_metadata.exs", function: "f/1", gl: true, line: 19, mfa: {M, :f, 1}, module: M, time: true]}
# => {:info, "x", [erl_level: :notice, file: "a.ex", function: "b/1", gl: true, line: 7, mfa: {A, :b, 1}, module: A, time: true]}
# => :ok
