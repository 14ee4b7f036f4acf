# What a crashed process is reported as: Erlang's format, to handlers and translators; what they print is seen.
defmodule Handler do
  def log(%{level: level, msg: {format, [_pid, {reason, _stack}]}, meta: meta}, _config),
    do: IO.inspect({level, format, reason, Map.keys(meta)})
end

defmodule Translator do
  def translate(_min, level, kind, {'Error in process ' ++ _, [_, {reason, _}]}), do: {:ok, "#{level} #{kind} #{inspect(reason)}"}
  def translate(_, _, _, _), do: :none
end

Logger.configure_backend(:console, format: "$message\n", metadata: [], level: :critical)
:ok = :logger.add_handler(:h, Handler, %{})
spawn(fn -> throw(:x) end)
Process.sleep(200)
# => {:error, 'Error in process ~p with exit value:~n~p~n', {:nocatch, :x},
# =>  [:error_logger, :gl, :pid, :time]}
:ok = :logger.remove_handler(:h)
Logger.configure_backend(:console, level: :debug)
Logger.add_translator({Translator, :translate})
spawn(fn -> :erlang.error(:y) end)
Process.sleep(200)
# => error format :y
