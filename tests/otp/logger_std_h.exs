# Erlang's handler: to a file, with the formatter's template; and in Elixir's place while :logger is stopped.
require Logger
file = Path.join(System.tmp_dir!(), "phial_logger_std_h_#{System.pid()}.log")
IO.inspect(:logger.add_handler(:file, :logger_std_h, %{level: :warning, config: %{file: to_charlist(file)}, formatter: {:logger_formatter, %{template: [:level, " ", :msg, "\n"]}}}))
# => :ok
{:ok, %{config: config}} = :logger.get_handler_config(:file)
IO.inspect({config.type, List.to_string(config.file) == file}) # => {:file, true}
Logger.remove_backend(:console)
Logger.info("not this")
Logger.error("this one")
:logger.warning("~p and ~s", [:x, "y"])
:logger_std_h.filesync(:file)
IO.puts(File.read!(file))
# => error this one
# => warning x and y
# =>
IO.inspect(:logger.remove_handler(:file)) # => :ok
File.rm(file)
IO.inspect(:logger.add_handler(:bad, :logger_std_h, %{config: %{file: '/dev/null/x.log'}}) |> elem(0)) # => :error
IO.inspect(:logger.add_handler(:bad, :logger_std_h, %{config: %{type: :nowhere}}) |> elem(0)) # => :error
Application.stop(:logger)
IO.inspect(:logger.get_handler_ids()) # => [:default]
IO.inspect(Map.take(:logger.get_primary_config(), [:level])) # => %{level: :notice}
:logger.update_formatter_config(:default, %{template: [:level, ": ", :msg, "\n"]})
:logger.error("plain ~p", [1])
# => error: plain 1
:logger.info("not told")
:logger.set_handler_config(:default, :formatter, {:logger_formatter, %{legacy_header: true, template: [{[:logger_formatter, :header], ["headed "], []}, :msg, "\n"]}})
:logger.error(%{a: 1, b: "two"})
# => headed a: 1, b: <<"two">>
Application.start(:logger)
IO.inspect(:logger.get_handler_ids()) # => [Logger]
