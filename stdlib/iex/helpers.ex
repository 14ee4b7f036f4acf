# SPDX-License-Identifier: Apache-2.0
# What every session imports. Invariant: a helper prints through the group leader and answers the value IEx's helper answers, or
# IEx.dont_display_result() where there is none to show.
defmodule IEx.Helpers do
  @moduledoc """
  The helpers of the shell. This text comes by `h()`.

      iex> h(Enum.map)
      iex> i("hello")

  About code and values:

    * `h/1` - documentation of a module, function or macro
    * `b/1`, `t/1`, `s/1` - callbacks, types and specs
    * `i/0`, `i/1` - what the last, or any, value is
    * `exports/1` - functions and macros of a module
    * `open/1` - opens the source in `$ELIXIR_EDITOR` or `$EDITOR`
    * `v/0`, `v/1` - the last result, or an earlier one

  Files and modules:

    * `c/1`, `r/1`, `l/1`, `recompile/0` - compile a file, compile a module anew, load it, compile the project
    * `ls/0`, `ls/1`, `cd/1`, `pwd/0` - folders
    * `import_file/1` - variables, imports and aliases of a file

  Processes:

    * `flush/0` - shows and drops the messages of the shell's process
    * `pid/1`, `pid/3`, `port/1`, `port/2`, `ref/1`, `ref/4` - from their numbers
    * `process_info/1`, `runtime_info/0` - a process, the whole system

  Debugging:

    * `break!/2`, `breaks/0`, `remove_breaks/0`, `reset_break/1` - stop at the call of a function
    * `whereami/0`, `continue/0`, `next/0` - in a process that stopped (see `IEx.pry/0` and `dbg/1`)

  Processes (`h IEx.OTP` tells more):

    * `tree/2`, `ps/2`, `mailbox/1`, `links/1` - what runs, what waits, who belongs to whom
    * `trace/2`, `trace_stop/1`, `msc/2` - messages as they pass, and drawn as a diagram
    * `pause/1`, `step/1`, `resume/1`, `clock/1` - stop a process, let it take one message; the virtual clock

  The session: `clear/0`, `respawn/0`. Everything at once: `exports(IEx.Helpers)`.
  """

  defp dont_display_result, do: IEx.dont_display_result()

  # ---- documentation

  @doc "Prints this overview."
  def h do
    IEx.Introspection.h(IEx.Helpers)
    dont_display_result()
  end

  @doc "Prints the documentation of a module, `Mod.fun`, `Mod.fun/arity` or an imported function."
  defmacro h(term)

  defmacro h({:/, _, [{{:., _, [_, _]}, _, []}, arity]} = call) when is_integer(arity),
    do: quote(do: IEx.Introspection.h(unquote(target(call, __CALLER__))))
  defmacro h(term), do: quote(do: IEx.Introspection.h(unquote(target(term, __CALLER__))))

  @doc "Prints the callbacks of a behaviour, or of one `Mod.callback`."
  defmacro b(term), do: quote(do: IEx.Introspection.b(unquote(target(term, __CALLER__))))

  @doc "Prints the types of a module, or one `Mod.type`."
  defmacro t(term), do: quote(do: IEx.Introspection.t(unquote(target(term, __CALLER__))))

  @doc "Prints the specs of a module's functions, or of one `Mod.fun`."
  defmacro s(term), do: quote(do: IEx.Introspection.s(unquote(target(term, __CALLER__))))

  @doc "Opens the source of a module or function in an editor: `$ELIXIR_EDITOR` or `$EDITOR`."
  defmacro open(term), do: quote(do: IEx.Introspection.open(unquote(target(term, __CALLER__))))

  @doc "Opens the place a process stopped at."
  def open do
    case Process.get(:iex_whereami) do
      {file, line, _} -> IEx.Introspection.open({file, line})
      nil -> IO.puts(IEx.color(:eval_error, "Pry session is not currently enabled"))
    end

    dont_display_result()
  end

  defp target(term, env), do: IEx.Introspection.decompose(term, env)

  @doc "Tells what a value is: type, description, modules to look at, protocols. Without an argument the last result."
  def i(term \\ v(-1)) do
    IEx.Info.Print.print(term)
    dont_display_result()
  end

  @doc "The functions and macros of a module."
  def exports(module \\ Kernel) do
    IEx.Columns.print(for {name, arity} <- IEx.Autocomplete.exports(module), do: "#{name}/#{arity}")
    dont_display_result()
  end

  # ---- results

  @doc "The result of statement `n`, counted back from the last one if it is negative."
  def v(n \\ -1) when n < 0 or n > 0 or n == 0 do
    elem(IEx.History.nth(Process.get(:iex_history, IEx.History.init()), n, IEx.Config.history_size()), 1)
  end

  # ---- files and modules

  @doc "Compiles files and returns the modules they define; with a folder the `.beam` files go there, `:in_memory` as without."
  def c(files, path \\ :in_memory) when is_binary(path) or path == :in_memory do
    files = List.wrap(files)
    unless Enum.all?(files, &is_binary/1), do: raise(ArgumentError, "expected a binary or a list of binaries as argument")
    {found, missing} = Enum.split_with(files, &File.exists?/1)
    if missing != [], do: raise(ArgumentError, "could not find files #{Enum.join(missing, ", ")}")
    modules = Enum.flat_map(found, &compile/1)
    if is_binary(path), do: for({module, code} <- modules, do: File.write!(Path.join(path, "#{module}.beam"), code))
    Enum.map(modules, &elem(&1, 0))
  end

  # What is wrong with the file is printed, the helper's own error says no more.
  defp compile(file) do
    Code.compile_file(file)
  catch
    kind, reason ->
      {blamed, stack} = Exception.blame(kind, reason, __STACKTRACE__)
      text = [Exception.format_banner(kind, blamed, stack), ?\n, Exception.format_stacktrace(IEx.Evaluator.prune(stack))]
      IO.puts(["\n== Compilation error in file ", Path.relative_to_cwd(file), " ==\n" | String.trim_trailing(IO.iodata_to_binary(text))])
      raise CompileError, description: "compile error"
  end

  @doc "Compiles the sources of modules anew: `{:reloaded, modules}`."
  def r(modules) do
    sources = modules |> List.wrap() |> Enum.map(&source!/1) |> Enum.uniq()
    {:reloaded, sources |> Enum.flat_map(&Code.compile_file/1) |> Enum.map(&elem(&1, 0))}
  end

  defp source!(module) do
    unless Code.ensure_loaded?(module), do: raise(ArgumentError, "could not load nor find module: #{inspect(module)}")
    source = module.module_info(:compile)[:source]

    cond do
      source == nil -> raise ArgumentError, "could not find source for module: #{inspect(module)}"
      not File.regular?(source) -> raise ArgumentError, "could not find source (#{source}) for module: #{inspect(module)}"
      true -> List.to_string(source)
    end
  end

  @doc "Loads the current compiled version of a module."
  def l(module) do
    :code.purge(module)
    :code.load_file(module)
  end

  @doc "Compiles the project of this session anew: `:ok` or `:noop`; `:error` without a project."
  def recompile(options \\ []) do
    if Code.ensure_loaded?(Mix) and Mix.Project.get() != nil do
      if IEx.Project.recompile(options[:force] == true), do: :ok, else: :noop
    else
      IO.puts(IEx.color(:eval_error, "Mix is not running. Please start IEx with: iex -S mix"))
      :error
    end
  end

  @doc "Lists a folder."
  def ls(path \\ ".") when is_binary(path) do
    given = path
    path = Path.expand(path)

    case File.ls(path) do
      {:ok, names} -> names |> Enum.sort() |> IEx.Columns.print(&colored_entry(Path.join(path, &1), &2))
      {:error, :enoent} -> IO.puts(IEx.color(:eval_error, "No such file or directory #{given}"))
      {:error, :enotdir} -> IO.puts(IEx.color(:eval_info, path))
      {:error, reason} -> IO.puts(IEx.color(:eval_error, "#{:file.format_error(reason)} #{given}"))
    end

    dont_display_result()
  end

  defp colored_entry(path, text) do
    case File.stat(path) do
      {:ok, %{type: :directory}} -> IEx.color(:ls_directory, text)
      {:ok, %{type: :device}} -> IEx.color(:ls_device, text)
      _ -> text
    end
  end

  @doc "Changes the working folder and prints it."
  def cd(directory) when is_binary(directory) do
    case File.cd(Path.expand(directory)) do
      :ok -> pwd()
      {:error, :enoent} -> IO.puts(IEx.color(:eval_error, "No directory #{directory}"))
      {:error, reason} -> IO.puts(IEx.color(:eval_error, "#{:file.format_error(reason)}: #{directory}"))
    end

    dont_display_result()
  end

  @doc "Prints the working folder."
  def pwd do
    IO.puts(IEx.color(:eval_info, File.cwd!()))
    dont_display_result()
  end

  @doc "Evaluates a file as if it stood here: its variables, imports and aliases stay."
  defmacro import_file(path), do: file_content(path, false)

  @doc "As `import_file/1`, nothing if there is no such file."
  defmacro import_file_if_available(path), do: file_content(path, true)

  @doc false
  defmacro import_file(path, optional: optional), do: file_content(path, optional)

  defp file_content(path, optional) when is_binary(path) do
    path = Path.expand(path)
    if not optional or File.exists?(path), do: path |> File.read!() |> Code.string_to_quoted!(file: path)
  end

  defp file_content(_path, _optional), do: raise(ArgumentError, "import_file/1 expects a literal binary as its argument")

  @doc "Imports a module if it is there."
  defmacro import_if_available(module, options \\ []), do: if_available(module, quote(do: import(unquote(module), unquote(options))), __CALLER__)

  @doc "Uses a module if it is there."
  defmacro use_if_available(module, options \\ []), do: if_available(module, quote(do: use(unquote(module), unquote(options))), __CALLER__)

  defp if_available(module, code, env), do: if(Code.ensure_loaded?(Macro.expand(module, env)), do: code)

  # ---- processes

  @doc "Prints the messages of this process and drops them."
  def flush do
    receive do
      message ->
        IO.puts(IEx.color(:eval_result, inspect(message, IEx.inspect_opts())))
        flush()
    after
      0 -> :ok
    end
  end

  @doc "A pid from its text or name: `pid(\"0.21.32\")`, `pid(:init)`."
  def pid(string) when is_binary(string), do: :erlang.list_to_pid(~c"<#{string}>")
  def pid(name) when is_atom(name), do: Process.whereis(name) || raise(ArgumentError, "could not find registered process with name: #{inspect(name)}")

  @doc "A pid from its three numbers."
  def pid(x, y, z) when is_integer(x) and x >= 0 and is_integer(y) and y >= 0 and is_integer(z) and z >= 0,
    do: :erlang.list_to_pid(~c"<#{x}.#{y}.#{z}>")

  @doc "A port from its text."
  def port(string) when is_binary(string), do: :erlang.list_to_port(~c"#Port<#{string}>")

  @doc "A port from its two numbers."
  def port(major, minor) when is_integer(major) and major >= 0 and is_integer(minor) and minor >= 0,
    do: :erlang.list_to_port(~c"#Port<#{major}.#{minor}>")

  @doc "A reference from its text."
  def ref(string) when is_binary(string), do: :erlang.list_to_ref(~c"#Ref<#{string}>")

  @doc "A reference from its four numbers."
  def ref(w, x, y, z) when is_integer(w) and is_integer(x) and is_integer(y) and is_integer(z), do: :erlang.list_to_ref(~c"#Ref<#{w}.#{x}.#{y}.#{z}>")

  @doc "Prints what is known about a process: state, function, links, monitors, memory."
  def process_info(pid) do
    IEx.Runtime.process(pid)
    dont_display_result()
  end

  @doc "Prints versions, memory and limits."
  def runtime_info, do: runtime_info([:system, :memory, :limits])

  @doc "As `runtime_info/0`, of topics: `:system`, `:memory`, `:limits`, `:applications`."
  def runtime_info(topics) do
    IEx.Runtime.print(List.wrap(topics))
    dont_display_result()
  end

  # ---- the session

  @doc "Clears the screen."
  def clear do
    if IO.ANSI.enabled?(),
      do: IO.write([IO.ANSI.home(), IO.ANSI.clear()]),
      else: IO.puts("Cannot clear the screen because ANSI escape codes are not enabled on this shell")

    dont_display_result()
  end

  @doc "Starts a new evaluator process: variables are forgotten."
  def respawn do
    if server = Process.get(:iex_server), do: send(server, {:respawn, self()})
    dont_display_result()
  end

  @doc "Lets a process that stopped (`IEx.pry/0`, `break!/2`, `dbg/1`) go on."
  def continue do
    if server = Process.get(:iex_server), do: send(server, {:continue, self()})
    dont_display_result()
  end

  @doc "Goes on to the next expression of a piped `dbg/1` or of a breakpoint."
  def next do
    if server = Process.get(:iex_server), do: send(server, {:next, self()})
    dont_display_result()
  end

  @doc "Short for `next/0`."
  def n, do: next()

  @doc "Prints where the process stopped, with `radius` lines around it."
  def whereami(radius \\ 2) do
    case Process.get(:iex_whereami) do
      {file, line, binding_env} -> IO.puts(IEx.Pry.location(file, line, binding_env, radius))
      nil -> IO.puts(IEx.color(:eval_error, "Pry session is not currently enabled"))
    end

    dont_display_result()
  end

  # ---- breakpoints

  @doc "Stops the next call of a function: see `IEx.break!/2`."
  defmacro break!(ast, stops \\ 1), do: IEx.__break__!(ast, stops, __CALLER__)

  @doc "As `break!/2`, of module, function, arity."
  def break!(module, function, arity, stops \\ 1), do: IEx.break!(module, function, arity, stops)

  @doc "Prints the breakpoints and how often they will stop."
  def breaks do
    IEx.Pry.print_breaks()
    dont_display_result()
  end

  @doc "Removes all breakpoints."
  def remove_breaks, do: IEx.Pry.remove_breaks()

  @doc "Removes the breakpoints of a module."
  def remove_breaks(module), do: IEx.Pry.remove_breaks(module)

  @doc "A breakpoint that stops no more."
  def reset_break(id), do: IEx.Pry.reset_break(id)

  @doc "As `reset_break/1`, of module, function, arity."
  def reset_break(module, function, arity), do: IEx.Pry.reset_break(module, function, arity)
end
