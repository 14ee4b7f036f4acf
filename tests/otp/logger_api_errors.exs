# What Erlang's :logger refuses and how; a lazy message that fails; reports with a type.
defmodule Handler do
  def log(%{msg: msg, meta: meta}, _) do
    case msg do
      {format, _} when is_list(format) -> IO.inspect({List.to_string(format), meta[:domain]})
      {:report, report} -> IO.inspect({report, meta[:domain]})
      {:string, text} -> IO.puts(text)
    end
  end
  def adding_handler(%{config: :bad}), do: {:error, :refused}
  def adding_handler(handler), do: {:ok, handler}
end
Logger.remove_backend(:console)
IO.inspect(:logger.add_handler(:own, Handler, %{config: 1})) # => :ok
IO.inspect(:logger.get_handler_ids()) # => [:own, Logger]
IO.inspect(:logger.add_handler(:bad, Handler, %{config: :bad})) # => {:error, {:handler_not_added, :refused}}
IO.inspect(:logger.add_handler(:bad, Handler, :nothing)) # => {:error, {:invalid_config, :nothing}}
IO.inspect(:logger.set_primary_config(:nothing, 1)) # => {:error, {:invalid_primary_config, {:nothing, 1}}}
:logger.notice(fn _ -> raise "lazy" end, 5)
# => {"LAZY_FUN CRASH: ~tp; Reason: ~tp", nil}
:error_logger.warning_report(:own_type, a: 1)
# => {%{label: {:error_logger, :warning_report}, report: [a: 1]}, [:own_type]}
IO.inspect(try do :logger.set_process_metadata(:none) rescue e -> e.__struct__ end) # => ArgumentError
{format, args} = :logger.format_otp_report(%{label: {:a, :b}, report: [c: 1]})
IO.inspect({List.to_string(format), args}) # => {"    ~tp: ~tp", [:c, 1]}
:logger.set_primary_config(:level, :error)
:error_logger.warning_msg("not wanted")
:error_logger.info_report(a: 1)
:error_logger.error_msg(~c"wanted")
# => {%{args: [], format: 'wanted', label: {:error_logger, :error_msg}}, nil}
