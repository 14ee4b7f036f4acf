# SPDX-License-Identifier: Apache-2.0
# Writes random calls of the library, one a line, for tests/fuzz/calls.exs, which runs them. Runs under real Elixir only, as only there every
# function's @spec can be read: arguments are grown from these types, so that most calls get past the first guard, and every fifth is spoilt by a
# value of any kind. What is written is a function of the seed. Functions that are random, run for ever, or touch the world are left out.
#
#   elixir tests/fuzz/calls_make.exs SEED CALLS [Module | Module.function | scene ...]      (CALLS of each)
for part <- ~w(values types scenes), do: Code.require_file("calls_#{part}.exs", __DIR__)

defmodule Fuzz.Calls.Make do
  @moduledoc false
  alias Fuzz.Calls.{Scenes, Types, Values}

  @modules ~w(
    Access Atom Base Bitwise Calendar Calendar.ISO Code Code.Fragment Date Date.Range DateTime Enum Exception Float Function Inspect.Algebra
    Integer Kernel Keyword List Macro Map MapSet NaiveDateTime OptionParser Path Range Record Regex Stream String StringIO Time Tuple URI Version
    :array :base64 :binary :calendar :dict :digraph :erlang :erl_scan :ets :gb_sets :gb_trees :io_lib :lists :maps :math :orddict :ordsets
    :proplists :queue :rand :re :sets :string :unicode
  )

  @left_out ~w(
    md5_init unique_var generate_unique_arguments generate_arguments time_offset local_now format_stacktrace
    setopts test_ms update_counter tabfile_info repair_continuation match_spec_compile match_spec_run_r rmerge rmerge3 rumerge rumerge3 rkeymerge
    rukeymerge referenced_byte_size compile_pattern module_info behaviour_info __struct__ __info__ halt exit spawn spawn_link spawn_monitor
    spawn_opt spawn_request self node nodes make_ref system_time monotonic_time unique_integer now timestamp localtime universaltime date time
    now! utc_today utc_now apply send put_path loads file2tab tab2file to_dets wait expand shuffle random take_random universal_time local_time
    compile_file require_file eval_file append_path prepend_path delete_path purge_compiler_modules unrequire_files required_files load_file
    put_compiler_option compiler_options eval_string eval_quoted compile_string compile_quoted ensure_all_loaded ensure_loaded ensure_compiled
    new_link open_port wildcard absname list_dir cycle repeatedly interval timer resource iterate unfold statistics system_info memory processes
    registered info garbage_collect process_info process_flag hibernate yield bump_reductions system_flag trace trace_pattern trace_info
    get_module_info loaded load_module purge_module delete_module pre_loaded link unlink monitor demonitor group_leader suspend_process
    resume_process start_timer send_after cancel_timer read_timer get_cookie set_cookie erase put get get_keys fun_info ports whereis register
    unregister port_info port_command port_close port_connect port_control port_call send_nosuspend is_process_alive dist_ctrl_get_data cast call
    test_formatter all tab i give_away async_interpret delete_all format_error seed seed_s uniform_s exs1024_calc mwc59 mwc59_seed phash rm
    dt_put_tag raise localtime_to_universaltime universaltime_to_localtime local_time_to_universal_time local_time_to_universal_time_dst
    universal_time_to_local_time now_to_local_time system_time_to_local_time available_locales system_profile system_monitor alias unalias
    check_process_code check_old_code call_on_load_function finish_loading has_prepared_code_on_load load_nif display display_string nif_error
    crasher seq_trace seq_trace_print seq_trace_info setnode
  )

  # Their time or memory grows with a number: with a large one the BEAM itself stops.
  @costly ~w(** pow bsl <<< duplicate copy pad_leading pad_trailing pad centre left right chars)a

  def run([seed, count | wanted]) do
    seed = String.to_integer(seed)
    :rand.seed(:exsss, {seed, seed, seed})
    wanted = if wanted == [], do: @modules ++ Enum.map(Scenes.names(), &to_string/1), else: wanted
    functions = for {module, name, arity} <- listed(), asked?(wanted, module, name), name not in @left_out, do: {module(module),
      String.to_atom(name), arity}
    count = String.to_integer(count)
    for function <- functions, _ <- 1..count, do: IO.puts(call(function))
    for scene <- Scenes.names(), to_string(scene) in wanted, _ <- 1..count, do: IO.puts(apply(Scenes, scene, []))
  end

  defp listed do
    for file <- ["elixir-1.14", "otp-25"], line <- File.stream!(Path.join([__DIR__, "../exports", file <> ".tsv"])),
        [_, module, "function", name, arity] <- [line |> String.trim_trailing() |> String.split("\t")], do: {module, name, String.to_integer(arity)}
  end

  defp asked?(wanted, module, name), do: module in wanted or "#{module}.#{name}" in wanted

  defp module(":" <> name), do: String.to_atom(name)
  defp module(name), do: Module.concat([name])

  defp call({module, name, arity}) do
    args = arguments(module, name, arity) |> spoil() |> sorted(name) |> Enum.join(", ")
    costly? = name in @costly and args =~ ~r/\d{6}/
    if costly?, do: call({module, name, arity}), else: "#{inspect(module)}.#{Macro.inspect_atom(:remote_call, name)}(#{args})"
  end

  # Of lists that are not sorted these answer what their algorithm happens to give.
  defp sorted(args, name) when name in [:merge, :merge3, :umerge, :umerge3, :keymerge, :ukeymerge, :from_ordset, :from_orddict, :is_subset,
    :intersection] do
    Enum.map(args, fn arg -> if arg =~ ~r/^\[[^|]*\]$/, do: ":lists.usort(#{arg})", else: arg end)
  end

  defp sorted(args, _), do: args

  defp spoil(args) do
    case args != [] && :rand.uniform(5) do
      1 -> List.replace_at(args, :rand.uniform(length(args)) - 1, Values.any())
      _ -> args
    end
  end

  defp arguments(module, name, arity) do
    case specs(module)[{name, arity}] do
      nil -> for _ <- 1..arity//1, do: Values.any()
      clauses -> clauses |> Values.pick() |> parameters(module)
    end
  end

  defp parameters({:type, _, :bounded_fun, [fun, constraints]}, module) do
    vars = for {:type, _, :constraint, [_, [{:var, _, name}, type]]} <- constraints, into: %{}, do: {name, type}
    parameters(fun, module, vars)
  end

  defp parameters(fun, module), do: parameters(fun, module, %{})

  defp parameters({:type, _, :fun, [{:type, _, :product, types}, _]}, module, vars) do
    Enum.map(types, &Types.value(&1, %{module: module, vars: vars, depth: 0}))
  end

  defp specs(module) do
    with nil <- Process.get({:specs, module}) do
      specs = with {:ok, specs} <- Code.Typespec.fetch_specs(module), do: Map.new(specs)
      specs = if is_map(specs), do: specs, else: %{}
      Process.put({:specs, module}, specs)
      specs
    end
  end
end

Fuzz.Calls.Make.run(System.argv())
