# Handlers of :logger are asked about their configuration; filters and handlers that fail are removed; the formatter follows its template.
defmodule H do
  def log(%{level: level, msg: msg}, %{config: pid}) do
    if msg == {:string, "fail"}, do: raise("no")
    send(pid, {level, msg})
  end

  def changing_config(how, _old, new), do: (send(new.config, {:changing, how, new.level}); {:ok, new})
  def failing(%{level: :error}, _), do: :ignore
  def only_errors(event, _), do: if(event.level == :error, do: event, else: :stop)
end

Logger.remove_backend(:console)
drain = fn drain -> receive do message -> [message | drain.(drain)] after 0 -> [] end end
flush = fn -> IO.inspect(drain.(drain)) end

IO.inspect(:logger.add_handler(:h, H, %{level: :notice, config: self()})) # => :ok
IO.inspect(:logger.add_handler(:h, H, %{})) # => {:error, {:already_exist, :h}}
IO.inspect(:logger.add_handler(:i, NoSuchModule, %{})) # => {:error, {:invalid_handler, {:function_not_exported, {NoSuchModule, :log, 2}}}}
IO.inspect(:logger.add_handler("i", H, %{})) # => {:error, {:invalid_id, "i"}}
:logger.info("quiet")
:logger.error('~p', [1])
flush.() # => [error: {'~p', [1]}]
IO.inspect(:logger.set_handler_config(:h, :level, :loud)) # => {:error, {:invalid_level, :loud}}
IO.inspect(:logger.set_handler_config(:h, :level, :debug)) # => :ok
flush.() # => [{:changing, :set, :debug}]
IO.inspect(:logger.add_handler_filter(:h, :f, {&H.only_errors/2, []})) # => :ok
IO.inspect(:logger.add_handler_filter(:h, :f, {&H.only_errors/2, []})) # => {:error, {:already_exist, :f}}
IO.inspect(:logger.add_handler_filter(:h, :g, 1)) # => {:error, {:invalid_filter, {:g, 1}}}
:logger.info("i")
:logger.error("e")
flush.() # => [error: {:string, "e"}]
IO.inspect(:logger.remove_handler_filter(:h, :f)) # => :ok
IO.inspect(:logger.remove_handler_filter(:h, :f)) # => {:error, {:not_found, :f}}
IO.inspect(:logger.remove_handler(:h)) # => :ok

event = %{level: :error, msg: {'~p~n~p', [1, "two"]}, meta: %{time: 0, pid: self(), gl: self(), a: 1}}
format = fn event, config -> IO.inspect(IO.chardata_to_string(:logger_formatter.format(event, config))) end
format.(event, %{template: [:level, " ", :msg, {:a, ["a=", :a], []}, {:b, [:b], ["no b"]}]}) # => "error 1, <<\"two\">>a=1no b"
format.(event, %{single_line: false, template: [:msg]}) # => "1\n<<\"two\">>"
format.(%{event | msg: {:report, %{x: 1, y: [2]}}}, %{template: [:msg]}) # => "x: 1, y: [2]"
format.(%{event | msg: {:string, "text"}}, %{time_offset: 'Z', template: [:time, " ", :msg]}) # => "1970-01-01T00:00:00.000000Z text"
IO.inspect(:logger_formatter.check_config(%{depth: 3, loud: true})) # => {:error, {:invalid_formatter_config, :logger_formatter, {:loud, true}}}
IO.inspect(:logger_filters.level(event, {:stop, :gteq, :warning})) # => :stop
IO.inspect(:logger_filters.domain(put_in(event.meta[:domain], [:otp]), {:stop, :sub, [:otp]})) # => :stop
