# SPDX-License-Identifier: Apache-2.0
# Compiling files that need each other in any order: a process per file, which waits when it meets a module that another file will define.
#
# The caller of compile/2 is the server. Invariant: a file is started only when every process already started waits or has ended, so the order of
# work follows from the order of files. When all wait and no file is left, those whose module nobody is defining are told that it does not exist;
# if each waits for a module another one is defining, all fail. Processes that have defined all meet at a barrier before calls are checked.
defmodule :phial_builder do
  @moduledoc false

  # [{file, [{module, binary}], [module it used while compiling]}], or the files that failed and why, in order of failure.
  @spec compile([binary], keyword) :: {:ok, [tuple]} | {:error, [{binary, {atom, term, list}}]}
  def compile(files, opts \\ []) do
    loop(%{ref: make_ref(), queue: files, opts: opts, workers: %{}, running: [], waiting: [], structs: [], barrier: [], done: [], failed: []})
  end

  # -- the side of the compiler (compiler/await.c) and of the error handler -----------------

  def await(module), do: ask({:wait, module}, fn -> :erlang.module_loaded(module) end)

  # The struct will do, which is there before the module is.
  def await_struct(module), do: ask({:wait, {:struct, module}}, fn -> false end)

  def defined(module) do
    tell({:defined, module})
    :ok
  end

  def struct_defined(module) do
    tell({:struct, module})
    :ok
  end

  def warned(file, position, text) do
    tell({:warned, {file, position, text}})
    :ok
  end

  def barrier, do: ask(:barrier, fn -> true end)

  def waits?, do: :erlang.get(:phial_builder) != :undefined

  def undefined_function(module, function, args) do
    loaded? = :erlang.module_loaded(module)

    if not loaded? and await(module) do
      :erlang.apply(module, function, args)
    else
      {:current_stacktrace, stack} = :erlang.process_info(self(), :current_stacktrace)
      :erlang.raise(:error, :undef, [{module, function, args, []} | Enum.drop_while(stack, &(elem(&1, 0) in [:erlang, :phial_builder, Process]))])
    end
  end

  defp tell(message) do
    case :erlang.get(:phial_builder) do
      :undefined -> nil
      {server, ref} -> send(server, {ref, self(), message})
    end
  end

  defp ask(message, otherwise) do
    case tell(message) do
      nil ->
        otherwise.()

      {ref, _, _} ->
        receive do
          {^ref, answer} -> answer
        end
    end
  end

  # -- the server -----------------------------------------------------------------------------

  defp loop(%{running: [], failed: [_ | _]} = state), do: stop(state)
  defp loop(%{running: [], queue: [file | queue]} = state), do: loop(start(file, %{state | queue: queue}))

  defp loop(%{running: [], waiting: [_ | _] = waiting} = state) do
    case Enum.filter(waiting, fn {_, module} -> not :phial_module.open(module_of(module)) end) do
      [] -> loop(deadlock(state))
      orphans -> loop(Enum.reduce(orphans, state, fn {pid, _}, state -> wake(pid, false, state) end))
    end
  end

  defp loop(%{running: [], barrier: [pid | rest]} = state), do: loop(answer(pid, true, %{state | barrier: rest}))
  defp loop(%{running: [], done: done}), do: {:ok, Enum.reverse(done)}

  defp loop(%{ref: ref} = state) do
    receive do
      {^ref, pid, message} -> loop(handle(message, pid, state))
      {:DOWN, monitor, :process, pid, reason} when :erlang.map_get(pid, state.workers) |> elem(1) == monitor -> loop(down(pid, reason, state))
    end
  end

  defp start(file, state) do
    server = self()
    {pid, monitor} = :erlang.spawn_monitor(fn -> work(file, server, state.ref) end)
    %{state | workers: Map.put(state.workers, pid, {file, monitor}), running: [pid]}
  end

  defp work(file, server, ref) do
    :erlang.put(:phial_builder, {server, ref})
    :erlang.process_flag(:error_handler, :phial_builder)

    result =
      try do
        {:compiled, :phial_compiler.compile_project_file(file)}
      catch
        kind, reason -> {:failed, {kind, Exception.normalize(kind, reason, __STACKTRACE__), __STACKTRACE__}}
      end

    send(server, {ref, self(), result})
  end

  defp handle({:wait, module}, pid, state) do
    state = %{state | running: List.delete(state.running, pid), waiting: state.waiting ++ [{pid, module}]}
    if module in state.structs or :erlang.module_loaded(module_of(module)), do: wake(pid, true, state), else: state
  end

  defp handle({:defined, module}, _pid, state) do
    for {pid, awaited} <- state.waiting, module_of(awaited) == module, reduce: state do
      state -> wake(pid, true, state)
    end
  end

  defp handle({:struct, _} = struct, _pid, state) do
    for {pid, ^struct} <- state.waiting, reduce: %{state | structs: [struct | state.structs]} do
      state -> wake(pid, true, state)
    end
  end

  defp handle({:warned, warning}, _pid, state) do
    state.opts[:each_warning] && state.opts[:each_warning].(warning)
    state
  end

  defp handle(:barrier, pid, state), do: %{state | running: List.delete(state.running, pid), barrier: state.barrier ++ [pid]}

  defp handle({:compiled, {modules, needs}}, pid, state) do
    {file, monitor} = Map.fetch!(state.workers, pid)
    :erlang.demonitor(monitor, [:flush])
    if each = state.opts[:each_module], do: for({module, binary} <- modules, do: each.(file, module, binary))
    state.opts[:each_file] && state.opts[:each_file].(file)
    ended(pid, %{state | done: [{file, modules, needs} | state.done]})
  end

  defp handle({:failed, error}, pid, state), do: failed(pid, error, state)

  defp down(pid, reason, state), do: failed(pid, {{:EXIT, pid}, reason, []}, state)

  defp failed(pid, error, state) do
    {file, monitor} = Map.fetch!(state.workers, pid)
    :erlang.demonitor(monitor, [:flush])
    ended(pid, %{state | failed: [{file, error} | state.failed]})
  end

  defp ended(pid, state), do: %{state | running: List.delete(state.running, pid), workers: Map.delete(state.workers, pid)}

  defp wake(pid, answer, state), do: answer(pid, answer, %{state | waiting: List.keydelete(state.waiting, pid, 0)})

  defp answer(pid, answer, state) do
    send(pid, {state.ref, answer})
    %{state | running: state.running ++ [pid]}
  end

  # A module, or the struct of one.
  defp module_of({:struct, module}), do: module
  defp module_of(module), do: module

  # All fail, the last that began to wait first; what they wait for is told after the last report.
  defp deadlock(state) do
    waiting = for {pid, awaited} <- Enum.reverse(state.waiting), do: {pid, elem(state.workers[pid], 0), awaited}

    lines = for {_, file, awaited} <- waiting, do: ["  ", Path.relative_to_cwd(file), " => ", inspect(module_of(awaited)), ?\n]

    text = [
      "\nCompilation failed because of a deadlock between files.\nThe following files depended on the following modules:\n\n",
      lines,
      "\nEnsure there are no compile-time dependencies between those files and that the modules they reference exist and are correctly named\n"
    ]

    errors =
      for {pid, file, awaited} <- waiting do
        message = "deadlocked waiting on #{if is_tuple(awaited), do: "struct", else: "module"} #{inspect(module_of(awaited))}"
        {file, {:error, %CompileError{description: message, file: nil, line: nil}, frames_in(pid, file)}}
      end

    {last, first} = List.pop_at(errors, -1)
    %{state | failed: [put_elem(last, 1, Tuple.append(elem(last, 1), text)) | Enum.reverse(first)] ++ state.failed}
  end

  defp frames_in(pid, file) do
    {:current_stacktrace, stack} = :erlang.process_info(pid, :current_stacktrace)
    for {_, _, _, place} = entry <- stack, place[:file] && Path.expand(place[:file]) == file, do: entry
  end

  defp stop(state) do
    for {pid, {_, monitor}} <- state.workers do
      :erlang.demonitor(monitor, [:flush])
      :erlang.exit(pid, :kill)
    end

    {:error, Enum.reverse(state.failed)}
  end
end

defmodule Kernel.ParallelCompiler do
  @moduledoc "Compiles files that may need each other in any order."

  @doc "Compiles the files; calls `:each_file` and `:each_module` of the options meanwhile."
  @spec compile([Path.t()], keyword) :: {:ok, [atom], [tuple]} | {:error, [tuple], [tuple]}
  def compile(files, options \\ []) do
    before = Process.put(__MODULE__, [])
    note = fn warning -> Process.put(__MODULE__, [warning | Process.get(__MODULE__)]) end
    result = :phial_builder.compile(Enum.map(files, &Path.expand/1), Keyword.put(options, :each_warning, note))
    warnings = Enum.reverse(Process.delete(__MODULE__))
    before && Process.put(__MODULE__, before)

    case result do
      {:ok, done} -> {:ok, Enum.sort(for({_, modules, _} <- done, {module, _} <- modules, do: module)), warnings}
      {:error, failed} -> {:error, Enum.map(failed, &report/1), warnings}
    end
  end

  @doc "As `compile/2`, and writes the modules into a folder."
  @spec compile_to_path([Path.t()], Path.t(), keyword) :: {:ok, [atom], [tuple]} | {:error, [tuple], [tuple]}
  def compile_to_path(files, path, options \\ []) do
    own = Keyword.get(options, :each_module, fn _, _, _ -> :ok end)

    compile(files, Keyword.put(options, :each_module, fn file, module, binary ->
      File.mkdir_p!(path)
      File.write!(Path.join(path, "#{module}.beam"), binary)
      own.(file, module, binary)
    end))
  end

  @doc "As `compile/2`, for scripts."
  @spec require([Path.t()], keyword) :: {:ok, [atom], [tuple]} | {:error, [tuple], [tuple]}
  def require(files, options \\ []) do
    with {:ok, _, _} = done <- compile(files, options) do
      Enum.each(files, &Code.note_required(Path.expand(&1)))
      done
    end
  end

  @doc false
  def report({file, {kind, reason, stack, text}}) do
    report = report({file, {kind, reason, stack}})
    IO.puts(text)
    report
  end

  def report({file, {kind, reason, stack}}) do
    stack = Enum.reject(stack, fn entry -> elem(entry, 0) in [:phial_builder, :phial_compiler] end)
    {blamed, stack} = if kind == :error, do: Exception.blame(kind, reason, stack), else: {reason, stack}
    message = Exception.format_banner(kind, blamed, stack) <> "\n" <> Exception.format_stacktrace(stack)
    IO.write("\n== Compilation error in file #{Path.relative_to_cwd(file)} ==\n" <> message)
    if match?(%CompileError{file: nil}, reason), do: {file, nil, reason.description}, else: {file, position(file, reason, stack), message}
  end

  # Of an error in the text its own, of any other that of the frame in the file.
  defp position(_file, %{line: line, column: column}, _stack) when is_integer(line) and is_integer(column), do: {line, column}
  defp position(_file, %{line: line}, _stack) when is_integer(line) and line > 0, do: line

  defp position(file, _reason, stack) do
    Enum.find_value(stack, 0, fn {_, _, _, place} ->
      if Path.expand(place[:file] || "") == file, do: place[:line]
    end)
  end
end
