# The reports of OTP's processes as a handler of Erlang's logger prints them, on several lines and on one.
trace = [{Mod, :fun, 2, [file: 'lib/mod.ex', line: 12]}, {:proc_lib, :init_p, 3, [file: 'proc_lib.erl', line: 1]}]
show = fn module, report -> for line? <- [true, false], do: IO.puts(module.format_log(report, %{single_line: line?, depth: :unlimited, chars_limit: :unlimited})) end

show.(:gen_server, %{label: {:gen_server, :terminate}, name: :server, last_message: :hi, state: %{a: 1}, log: [], reason: :why, client_info: :undefined})
# => Generic server server terminating. Reason: why. Last message: hi. State: #{a => 1}.
# => ** Generic server server terminating 
# => ** Last message in was hi
# => ** When Server state == #{a => 1}
# => ** Reason for termination ==
# => ** why
# =>
show.(:gen_statem, %{
  label: {:gen_statem, :terminate}, name: :machine, queue: [{:cast, 1}, {:info, 2}], postponed: [], modules: [Mod], callback_mode: :state_functions,
  state_enter: true, state: {:on, 1}, timeouts: {0, []}, log: [], reason: {:exit, :why, trace}, client_info: :undefined
})
# => State machine machine terminating. Reason: why. Stack: [{'Elixir.Mod','fun',2,[{file,"lib/mod.ex"},{line,12}]},{proc_lib,init_p,3,[{file,"proc_lib.erl"},{line,1}]}]. Last event: {cast,1}. State: {on,1}.
# => ** State machine machine terminating
# => ** Last event = {cast,1}
# => ** When server state  = {on,1}
# => ** Reason for termination = exit:why
# => ** Callback modules = ['Elixir.Mod']
# => ** Callback mode = [state_functions,state_enter]
# => ** Queued = [{info,2}]
# => ** Stacktrace =
# => **  [{'Elixir.Mod','fun',2,[{file,"lib/mod.ex"},{line,12}]},
# =>      {proc_lib,init_p,3,[{file,"proc_lib.erl"},{line,1}]}]
# =>
show.(:gen_event, %{label: {:gen_event, :terminate}, handler: Mod, name: :events, last_message: :hi, state: 1, log: [], reason: :why})
# => Generic event handler 'Elixir.Mod' crashed. Installed: events. Last event: hi. State: 1. Reason: why.
# => ** gen_event handler 'Elixir.Mod' crashed.
# => ** Was installed in events
# => ** Last event was: hi
# => ** When handler state == 1
# => ** Reason == why
# =>
report = [supervisor: {:local, :sup}, errorContext: :child_terminated, reason: :why, offender: [pid: :undefined, id: Mod, mfargs: {Mod, :start, []}]]
show.(:supervisor, %{label: {:supervisor, :child_terminated}, report: report})
# => Supervisor: {local,sup}. Context: child_terminated. Reason: why. Offender: id='Elixir.Mod',pid=undefined.
# =>     supervisor: {local,sup}
# =>     errorContext: child_terminated
# =>     reason: why
# =>     offender: [{pid,undefined},
# =>                {id,'Elixir.Mod'},
# =>                {mfargs,{'Elixir.Mod',start,[]}}]
# =>
show.(:application_controller, %{label: {:application_controller, :exit}, report: [application: :app, exited: :why, type: :temporary]})
# => Application: app. Exited: why. Type: temporary.
# =>     application: app
# =>     exited: why
# =>     type: temporary
# =>

crash = fn class, reason, trace -> IO.puts(:proc_lib.format([[initial_call: {Mod, :init, [:Argument__1]}, error_info: {class, reason, trace}, links: []], []])) end
crash.(:exit, :why, [])
# =>   crasher:
# =>     initial call: 'Elixir.Mod':init/1
# =>     exception exit: why
# =>     links: []
# =>   neighbours:
# =>
texts = fn class, reason, trace ->
  :proc_lib.format([[error_info: {class, reason, trace}], []]) |> IO.chardata_to_string() |> String.split("\n") |> Enum.filter(&(&1 =~ ~r/exception|in function|in call|\*\*\*/)) |> Enum.each(&IO.puts/1)
end
texts.(:error, :badarith, trace)
# =>     exception error: an error occurred when evaluating an arithmetic expression
# =>       in function  'Elixir.Mod':'fun'/2 (lib/mod.ex, line 12)
texts.(:error, :function_clause, [{Mod, :f, [1, "a"], [file: 'm.ex', line: 3]} | trace])
# =>     exception error: no function clause matching 'Elixir.Mod':f(1,<<"a">>) (m.ex, line 3)
# =>       in function  'Elixir.Mod':'fun'/2 (lib/mod.ex, line 12)
texts.(:error, {:badmatch, 1}, trace)
# =>     exception error: no match of right hand side value 1
# =>       in function  'Elixir.Mod':'fun'/2 (lib/mod.ex, line 12)
texts.(:error, %RuntimeError{message: "the message"}, [{Mod, :run, 0, [error_info: %{module: Exception}]} | trace])
# =>     exception error: #Elixir.RuntimeError
# =>       in function  'Elixir.Mod':run/0 
# =>          *** the message
# =>       in call from 'Elixir.Mod':'fun'/2 (lib/mod.ex, line 12)
