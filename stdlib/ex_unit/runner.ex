# SPDX-License-Identifier: Apache-2.0
# ExUnit.Runner: runs modules and tests and tells the formatters. Invariant: each test runs in a process of its own,
# each module's setup_all in another that lives until its tests have ended; an event is out before the next begins.
defmodule ExUnit.Runner do
  @moduledoc false
  alias ExUnit.OnExitHandler

  @rand_algorithm :exs1024
  # A test that takes exactly its time has not taken too long, also where the clock jumps.
  @grace 1

  def run(options, load_us) when is_list(options) do
    {include, exclude} = ExUnit.Filters.normalize(options[:include], options[:exclude])
    options = Keyword.merge(options, include: include, exclude: exclude) |> normalize_trace()
    stats = ExUnit.RunnerStats.start()
    counters = :atomics.new(2, [])
    :erlang.system_flag(:backtrace_depth, options[:stacktrace_depth])
    formatters = start_formatters(options)
    config = configure(options, self(), formatters, stats, counters)
    notify(config, {:suite_started, options})
    started = now()
    {async, sync} = ExUnit.Server.take_modules()
    run_async(async, config)
    async_us = if async == [], do: nil, else: now() - started
    Enum.each(sync, fn module -> unless aborted?(config), do: run_module(config, module) end)
    notify(config, {:suite_finished, %{run: now() - started, async: async_us, load: load_us}})
    result = ExUnit.RunnerStats.result(stats)
    stop_formatters(formatters)
    Enum.each(options[:after_suite] || [], & &1.(result))
    result
  end

  defp normalize_trace(options), do: if(options[:trace], do: Keyword.put(options, :timeout, :infinity), else: options)

  defp now(), do: System.monotonic_time(:microsecond)

  defp configure(options, pid, formatters, stats, counters) do
    %{
      capture_log: options[:capture_log],
      counters: counters,
      exclude: options[:exclude],
      formatters: formatters,
      include: options[:include],
      max_cases: options[:max_cases],
      max_failures: options[:max_failures] || :infinity,
      only_test_ids: options[:only_test_ids],
      runner: pid,
      seed: options[:seed],
      stats: stats,
      timeout: options[:timeout],
      trace: options[:trace]
    }
  end

  # -- formatters

  defp start_formatters(options) do
    for formatter <- options[:formatters] do
      {:ok, pid} = GenServer.start(formatter, options)
      {pid, formatter}
    end
  end

  # Not linked: a formatter that fails takes nothing with it.
  defp stop_formatters(formatters), do: for({pid, _} <- formatters, Process.alive?(pid), do: GenServer.stop(pid, :normal, :infinity))

  # A cast, and a round trip that ends when it has been handled: the output of tests and of formatters keeps its order.
  defp notify(config, event) do
    ExUnit.RunnerStats.event(config.stats, event)

    for {pid, _} <- config.formatters do
      GenServer.cast(pid, event)

      try do
        :sys.get_state(pid, :infinity)
      catch
        :exit, _ -> :ok
      end
    end

    :ok
  end

  defp notify_module(config, tag, old_tag, test_module) do
    notify(config, {old_tag, %{test_module | __struct__: ExUnit.TestCase}})
    notify(config, {tag, test_module})
  end

  # -- modules

  defp run_async([], _config), do: :ok

  defp run_async(modules, config) do
    {first, rest} = Enum.split(modules, config.max_cases)
    running = Map.new(first, &spawn_module(config, &1))
    await_async(running, rest, config)
  end

  defp spawn_module(config, module) do
    {pid, ref} = spawn_monitor(fn -> run_module(config, module) end)
    {ref, pid}
  end

  defp await_async(running, _rest, _config) when map_size(running) == 0, do: :ok

  defp await_async(running, rest, config) do
    receive do
      {:DOWN, ref, _, _, reason} when is_map_key(running, ref) ->
        if reason != :normal, do: exit(reason)
        running = Map.delete(running, ref)

        case rest do
          [module | rest] ->
            if aborted?(config),
              do: await_async(running, [], config),
              else: await_async(Map.new([spawn_module(config, module) | Map.to_list(running)]), rest, config)

          [] ->
            await_async(running, [], config)
        end
    end
  end

  defp run_module(config, module) do
    test_module = module.__ex_unit__()
    notify_module(config, :module_started, :case_started, test_module)
    {to_run, excluded_or_skipped} = config |> prepare_tests(test_module.tests) |> Enum.split_with(&is_nil(&1.state))

    for test <- excluded_or_skipped do
      notify(config, {:test_started, test})
      notify(config, {:test_finished, test})
    end

    {test_module, invalid, finished} = run_tests(config, test_module, to_run)
    pending = for test <- up_to_max(invalid, config), do: %{test | state: {:invalid, test_module}}

    for test <- pending do
      notify(config, {:test_started, test})
      notify(config, {:test_finished, test})
    end

    if invalid != [], do: count_failures(config, length(test_module.tests))
    # A module that was broken off does not finish.
    unless invalid == [] and aborted?(config), do: notify_module(config, :module_finished, :case_finished, %{test_module | tests: finished ++ pending})
    if aborted?(config) and :atomics.exchange(config.counters, 2, 1) == 0, do: notify(config, :max_failures_reached)
  end

  defp up_to_max(tests, %{max_failures: :infinity}), do: tests
  defp up_to_max(tests, %{max_failures: max, counters: counters}), do: Enum.take(tests, max(max - :atomics.get(counters, 1), 0))

  defp prepare_tests(config, tests) do
    tests = shuffle(config, tests)

    for %{tags: tags} = test <- tests, wanted?(config.only_test_ids, test) do
      tags = Map.merge(tags, %{test: test.name, module: test.module})

      case ExUnit.Filters.eval(config.include, config.exclude, tags, tests) do
        :ok -> %{test | tags: tags}
        other -> %{test | state: other}
      end
    end
  end

  defp wanted?(nil, _test), do: true
  defp wanted?(ids, test), do: MapSet.member?(ids, {test.module, test.name})

  defp shuffle(%{seed: 0}, list), do: Enum.reverse(list)

  defp shuffle(%{seed: seed}, list) do
    :rand.seed(@rand_algorithm, {seed, seed, seed})
    Enum.shuffle(list)
  end

  # {module, tests that could not run, tests that ran}
  defp run_tests(_config, test_module, []), do: {test_module, [], []}

  defp run_tests(config, test_module, tests) do
    {pid, ref} = spawn_module_process(config, test_module)

    case await_setup_all(pid, ref, test_module) do
      {:ok, context} ->
        finished = run_each(config, tests, context, [])
        send(pid, {self(), :tests_finished})
        Process.demonitor(ref)
        await_down(pid)
        {exec_on_exit(test_module, pid, timeout(config, %{})), [], finished}

      {:error, test_module} ->
        {exec_on_exit(test_module, pid, timeout(config, %{})), tests, []}

      # Nothing is told about tests whose setup_all was killed.
      {:exit, test_module} ->
        {exec_on_exit(test_module, pid, timeout(config, %{})), [], []}
    end
  end

  defp await_down(pid) do
    ref = Process.monitor(pid)

    receive do
      {:DOWN, ^ref, _, _, _} -> :ok
    end
  end

  defp spawn_module_process(_config, test_module) do
    parent = self()

    spawn_monitor(fn ->
      module = test_module.name
      OnExitHandler.register(self())
      result = setup_all(module, test_module)
      send(parent, {self(), :setup_all, result})

      if match?({:ok, _}, result) do
        receive do
          {^parent, :tests_finished} -> :ok
        end
      end

      exit(:shutdown)
    end)
  end

  defp setup_all(module, test_module) do
    {:ok, module.__ex_unit__(:setup_all, %{module: module, case: module})}
  catch
    kind, error -> {:error, %{test_module | state: failed(kind, error, prune(__STACKTRACE__))}}
  end

  defp await_setup_all(pid, ref, test_module) do
    receive do
      {^pid, :setup_all, {:ok, context}} ->
        {:ok, context}

      {^pid, :setup_all, {:error, test_module}} ->
        receive do
          {:DOWN, ^ref, _, _, _} -> {:error, test_module}
        end

      {:DOWN, ^ref, _, _, reason} ->
        {:exit, %{test_module | state: failed({:EXIT, pid}, reason, [])}}
    end
  end

  defp run_each(_config, [], _context, finished), do: Enum.reverse(finished)

  defp run_each(config, [test | rest], context, finished) do
    if aborted?(config) do
      Enum.reverse(finished)
    else
      test = run_test(config, test, context)
      run_each(config, rest, context, [test | finished])
    end
  end

  defp aborted?(%{max_failures: :infinity}), do: false
  defp aborted?(%{max_failures: max, counters: counters}), do: :atomics.get(counters, 1) >= max

  defp count_failures(%{counters: counters}, n), do: :atomics.add(counters, 1, n)

  # -- tests

  defp run_test(config, test, context) do
    notify(config, {:test_started, test})
    own_tags = test.tags
    test = with_tmp_dir(%{test | tags: Map.merge(own_tags, context)})
    test = maybe_capture_log(config, test, fn -> spawn_test(config, test, own_tags) end)

    if match?({:failed, _}, test.state), do: count_failures(config, 1)
    notify(config, {:test_finished, test})
    test
  end

  defp spawn_test(config, test, own_tags) do
    timeout = timeout(config, test.tags)
    {pid, ref} = spawn_test_process(config, test, own_tags)
    {test, down?} = receive_test(pid, ref, test, timeout)
    unless down?, do: await_down(pid)
    exec_on_exit(test, pid, timeout)
  end

  defp timeout(%{trace: true}, _tags), do: :infinity
  defp timeout(config, tags), do: Map.get(tags, :timeout, config.timeout)

  defp spawn_test_process(config, test, own_tags) do
    parent = self()

    spawn_monitor(fn ->
      OnExitHandler.register(self())
      seed_test(config, test)
      {time, test} = :timer.tc(fn -> exec_test(test, own_tags) end)
      send(parent, {self(), :test_finished, %{test | time: time}})
      exit(:shutdown)
    end)
  end

  defp seed_test(%{seed: seed}, test), do: :rand.seed(@rand_algorithm, {:erlang.phash2(test.module), :erlang.phash2(test.name), seed})

  defp with_tmp_dir(test) do
    case Map.get(test.tags, :tmp_dir) do
      none when none in [nil, false] -> test
      true -> put_in(test.tags[:tmp_dir], tmp_dir(test, ""))
      name when is_binary(name) -> put_in(test.tags[:tmp_dir], tmp_dir(test, name))
      other -> raise ArgumentError, "expected :tmp_dir to be a boolean or a string, got: #{inspect(other)}"
    end
  end

  defp tmp_dir(test, name) do
    hash = :crypto.hash(:md5, "#{inspect(test.module)}/#{test.name}") |> Base.encode16(case: :lower) |> binary_part(0, 8)
    parts = ["tmp", escape_path(inspect(test.module)), escape_path("#{test.name}-#{hash}"), name]
    path = parts |> Path.join() |> Path.expand()
    File.rm_rf!(path)
    File.mkdir_p!(path)
    path
  end

  # What some file system does not take in a name.
  defp escape_path(text), do: String.replace(text, ~w([ ] ? " \\ * < > | % & + ~ { } # : /) ++ [" "], "-")

  defp maybe_capture_log(config, test, fun) do
    case Map.get(test.tags, :capture_log, config.capture_log) do
      off when off in [nil, false] ->
        fun.()

      on ->
        {test, logs} = ExUnit.CaptureLog.with_log(if(is_list(on), do: on, else: []), fun)
        %{test | logs: logs}
    end
  end

  # The tags of the test are its context once that is complete.
  defp exec_test(%{module: module, tags: context} = test, own_tags) do
    module.__ex_unit__(:setup, context)
  catch
    kind, error -> %{test | tags: own_tags, state: failed(kind, error, prune(__STACKTRACE__))}
  else
    context -> exec_body(%{test | tags: context})
  end

  defp exec_body(%{module: module, name: name, tags: context} = test) do
    apply(module, name, [context])
    test
  catch
    kind, error -> %{test | state: failed(kind, error, prune(__STACKTRACE__))}
  end

  defp receive_test(pid, ref, test, timeout) do
    with :timeout <- await_test(pid, ref, test, timeout), :timeout <- await_test(pid, ref, test, @grace) do
      stack =
        case Process.info(pid, :current_stacktrace) do
          {:current_stacktrace, stack} -> stack
          nil -> []
        end

      Process.demonitor(ref, [:flush])
      Process.exit(pid, :kill)
      error = ExUnit.TimeoutError.exception(timeout: timeout, type: Atom.to_string(test.tags.test_type))
      {%{test | state: failed(:error, error, stack)}, false}
    end
  end

  defp await_test(pid, ref, test, timeout) do
    receive do
      {^pid, :test_finished, test} ->
        Process.demonitor(ref, [:flush])
        {test, false}

      {:DOWN, ^ref, _, ^pid, reason} ->
        {%{test | state: failed({:EXIT, pid}, reason, [])}, true}
    after
      timeout -> :timeout
    end
  end

  # What on_exit raises fails a test that had passed.
  defp exec_on_exit(test_or_module, pid, timeout) do
    case OnExitHandler.registered?(pid) && OnExitHandler.run(pid, timeout) do
      ok when ok in [:ok, false] -> test_or_module
      {kind, reason, stack} -> if test_or_module.state, do: test_or_module, else: %{test_or_module | state: failed(kind, reason, prune(stack))}
    end
  end

  defp failed(:error, %ExUnit.MultiError{errors: errors}, _stack) do
    {:failed, Enum.map(errors, fn {kind, reason, stack} -> {kind, Exception.normalize(kind, reason, stack), prune(stack)} end)}
  end

  defp failed(kind, reason, stack), do: {:failed, [{kind, Exception.normalize(kind, reason, stack), stack}]}

  # Frames of the assertion that failed and of the runner say nothing.
  defp prune([{ExUnit.Assertions, _, _, _} | rest]), do: prune(rest)
  defp prune([{:erlang, :apply, _, _}, {ExUnit.Runner, _, _, _} | _]), do: []
  defp prune([{ExUnit.Runner, _, _, _} | _]), do: []
  defp prune([entry | rest]), do: [entry | prune(rest)]
  defp prune([]), do: []
end

defmodule ExUnit.RunnerStats do
  @moduledoc false
  # Counts what happened: [total, failures, skipped, excluded]. Failures of a module count for its tests that passed.

  def start(), do: :counters.new(4, [])

  def result(stats) do
    [total, failures, skipped, excluded] = for n <- 1..4, do: :counters.get(stats, n)
    %{total: total, failures: failures, skipped: skipped, excluded: excluded}
  end

  def event(stats, {:test_finished, %ExUnit.Test{state: state}}) do
    add(stats, 1, 1)

    case state do
      {tag, _} when tag in [:failed, :invalid] -> add(stats, 2, 1)
      {:skipped, _} -> add(stats, 3, 1)
      {:excluded, _} -> add(stats, 4, 1)
      nil -> :ok
    end
  end

  def event(stats, {:module_finished, %ExUnit.TestModule{state: {:failed, _}, tests: tests}}), do: add(stats, 2, Enum.count(tests, &is_nil(&1.state)))
  def event(_stats, _event), do: :ok

  defp add(stats, n, value), do: :counters.add(stats, n, value)
end
