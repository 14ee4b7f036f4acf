# SPDX-License-Identifier: Apache-2.0
#
# System: the environment, the clocks, other programs and the end of the program.
# Invariant: names and values are strings here and charlists only below, and no time comes
# from anywhere but the natives of :erlang and :os, which stand behind the VM's one door.

defmodule System.EnvError do
  defexception [:env]

  @impl true
  def message(%{env: env}) do
    "could not fetch environment variable #{inspect(env)} because it is not set"
  end
end

defmodule System do
  @moduledoc "Functions that interact directly with the VM and the operating system."

  @type time_unit :: :second | :millisecond | :microsecond | :nanosecond | pos_integer

  @units [:second, :millisecond, :microsecond, :nanosecond, :native]

  # -- what this is -----------------------------------------------------------------------

  @doc "The version of the language."
  @spec version() :: String.t()
  def version, do: "1.14.0"

  @doc "The version of the language and of what it was built with."
  @spec build_info() :: map
  def build_info do
    %{
      build: "1.14.0 (compiled with Erlang/OTP 25)",
      date: "2022-10-08T16:54:46Z",
      otp_release: "25",
      revision: "",
      version: "1.14.0"
    }
  end

  @doc "The release of OTP whose functions are here."
  @spec otp_release() :: String.t()
  def otp_release, do: "25"

  @doc "The byte order of the machine."
  @spec endianness() :: :little | :big
  def endianness do
    <<x::16-native>> = <<1, 0>>
    if x == 1, do: :little, else: :big
  end

  @doc "The byte order of the machine the library was compiled on."
  @spec compiled_endianness() :: :little | :big
  def compiled_endianness, do: endianness()

  @doc "The number of schedulers."
  @spec schedulers() :: pos_integer
  def schedulers, do: :erlang.system_info(:schedulers)

  @doc "The number of schedulers online."
  @spec schedulers_online() :: pos_integer
  def schedulers_online, do: :erlang.system_info(:schedulers_online)

  @doc "The process id of the program."
  @spec pid() :: String.t()
  def pid, do: IO.iodata_to_binary(:os.getpid())

  @doc false
  @deprecated "Use System.pid/0 instead"
  def get_pid, do: pid()

  # -- arguments and the end --------------------------------------------------------------

  @doc "The arguments of the program."
  @spec argv() :: [String.t()]
  def argv, do: :persistent_term.get({System, :argv}, nil) || :phial.argv()

  @doc "Replaces the arguments of the program."
  @spec argv([String.t()]) :: :ok
  def argv(args) when is_list(args) do
    :persistent_term.put({System, :argv}, args)
    :ok
  end

  @doc "Runs `fun` with the exit status when the program ends."
  @spec at_exit((non_neg_integer -> any)) :: :ok
  def at_exit(fun) when is_function(fun, 1) do
    :persistent_term.put(:phial_at_exit, [fun | :persistent_term.get(:phial_at_exit, [])])
    :ok
  end

  @doc "Tells whether the program goes on after its scripts ended."
  @spec no_halt() :: boolean
  def no_halt, do: :persistent_term.get({System, :no_halt}, false)

  @doc "Makes the program go on, or not, after its scripts ended."
  @spec no_halt(boolean) :: :ok
  def no_halt(boolean) when is_boolean(boolean),
    do: :persistent_term.put({System, :no_halt}, boolean)

  @doc "Ends the program at once."
  @spec halt(non_neg_integer | binary | :abort) :: no_return
  def halt(status \\ 0)

  def halt(status) when is_integer(status) or status == :abort, do: :erlang.halt(status)
  def halt(status) when is_binary(status), do: :erlang.halt(String.to_charlist(status))

  @doc "Ends the program soon: the caller goes on meanwhile."
  @spec stop(non_neg_integer | binary) :: :ok
  def stop(status \\ 0)

  def stop(status) when is_integer(status) or is_binary(status) do
    :persistent_term.put(:phial_stop, status)

    spawn(fn ->
      :erlang.process_flag(:priority, :high)
      Process.sleep(10)
      :application.stop_all()
      Logger.Writer.flush()
      halt(status)
    end)

    :ok
  end

  @doc "Restarts the system, which only an Erlang node can do."
  @spec restart() :: no_return
  def restart, do: raise("System.restart/0 is not supported")

  @doc false
  @deprecated "Use __STACKTRACE__ instead"
  def stacktrace do
    {:current_stacktrace, stacktrace} = Process.info(self(), :current_stacktrace)
    stacktrace
  end

  @signals [:sigabrt, :sigalrm, :sigchld, :sigcont, :sighup, :sigquit, :sigstop, :sigterm, :sigtstp, :sigusr1, :sigusr2]

  @doc "Runs `fun` when the signal arrives, before what the signal does by default."
  @spec trap_signal(atom, (() -> :ok)) :: {:ok, reference} | {:error, :not_sup}
  def trap_signal(signal, fun), do: trap_signal(signal, make_ref(), fun)

  @doc "Runs `fun` when the signal arrives, under an id of one's own."
  @spec trap_signal(atom, term, (() -> :ok)) ::
          {:ok, term} | {:error, :already_registered | :not_sup}
  def trap_signal(signal, id, fun) when signal in @signals and is_function(fun, 0) do
    traps = :phial_signals.traps()

    if Enum.any?(traps, &match?({^signal, ^id, _}, &1)) do
      {:error, :already_registered}
    else
      :phial_signals.put_traps([{signal, id, fun} | traps])
      {:ok, id}
    end
  end

  @doc "Removes what trap_signal/3 set."
  @spec untrap_signal(atom, term) :: :ok | {:error, :not_found}
  def untrap_signal(signal, id) when signal in @signals do
    case Enum.split_with(:phial_signals.traps(), &match?({^signal, ^id, _}, &1)) do
      {[], _} ->
        {:error, :not_found}

      {_, rest} ->
        :phial_signals.put_traps(rest)
        :ok
    end
  end

  # -- environment ------------------------------------------------------------------------

  @doc "All environment variables."
  @spec get_env() :: %{optional(String.t()) => String.t()}
  def get_env do
    Map.new(:os.getenv(), fn var ->
      [key, value] = String.split(IO.chardata_to_string(var), "=", parts: 2)
      {key, value}
    end)
  end

  @doc "The value of an environment variable, or `default`."
  @spec get_env(String.t(), String.t() | nil) :: String.t() | nil
  def get_env(varname, default \\ nil)
      when is_binary(varname) and (is_binary(default) or is_nil(default)) do
    case :os.getenv(String.to_charlist(varname)) do
      false -> default
      value -> List.to_string(value)
    end
  end

  @doc "The value of an environment variable as `{:ok, value}`, or `:error`."
  @spec fetch_env(String.t()) :: {:ok, String.t()} | :error
  def fetch_env(varname) when is_binary(varname) do
    case :os.getenv(String.to_charlist(varname)) do
      false -> :error
      value -> {:ok, List.to_string(value)}
    end
  end

  @doc "The value of an environment variable; raises when it is not set."
  @spec fetch_env!(String.t()) :: String.t()
  def fetch_env!(varname) when is_binary(varname) do
    get_env(varname) || raise(System.EnvError, env: varname)
  end

  @doc "Sets an environment variable."
  @spec put_env(binary, binary) :: :ok
  def put_env(varname, value) when is_binary(varname) and is_binary(value) do
    case :binary.match(varname, "=") do
      {_, _} ->
        raise ArgumentError,
              "cannot execute System.put_env/2 for key with \"=\", got: #{inspect(varname)}"

      :nomatch ->
        :os.putenv(String.to_charlist(varname), String.to_charlist(value))
        :ok
    end
  end

  @doc "Sets several environment variables; nil deletes one."
  @spec put_env(Enumerable.t()) :: :ok
  def put_env(enum) do
    Enum.each(enum, fn
      {key, nil} -> :os.unsetenv(String.to_charlist(key))
      {key, value} -> :os.putenv(String.to_charlist(key), String.to_charlist(value))
    end)
  end

  @doc "Deletes an environment variable."
  @spec delete_env(String.t()) :: :ok
  def delete_env(varname) do
    :os.unsetenv(String.to_charlist(varname))
    :ok
  end

  # -- directories ------------------------------------------------------------------------

  @doc false
  @deprecated "Use File.cwd/0 instead"
  def cwd, do: with({:ok, dir} <- File.cwd(), do: dir, else: (_ -> nil))
  @doc false
  @deprecated "Use File.cwd!/0 instead"
  def cwd!, do: File.cwd!()

  @doc "The home directory of the user, or nil."
  @spec user_home() :: String.t() | nil
  def user_home, do: get_env("HOME")

  @doc "The home directory of the user."
  @spec user_home!() :: String.t()
  def user_home!, do: user_home() || raise("could not find the user home, please set the HOME environment variable")

  @doc "A writable directory for temporary files, or nil."
  @spec tmp_dir() :: String.t() | nil
  def tmp_dir do
    Enum.find_value(["TMPDIR", "TEMP", "TMP"], &writable(get_env(&1))) || writable("/tmp") ||
      writable(cwd())
  end

  @doc "A writable directory for temporary files."
  @spec tmp_dir!() :: String.t()
  def tmp_dir! do
    tmp_dir() ||
      raise RuntimeError,
            "could not get a writable temporary directory, please set the TMPDIR environment variable"
  end

  defp writable(nil), do: nil

  defp writable(dir) do
    case File.stat(dir) do
      {:ok, %{type: :directory, access: access}} when access in [:read_write, :write] -> dir
      _ -> nil
    end
  end

  # -- other programs ---------------------------------------------------------------------

  @doc "The path of a program found in PATH, or nil."
  @spec find_executable(binary) :: binary | nil
  def find_executable(program) when is_binary(program) do
    assert_no_null_byte!(program, "System.find_executable/1")

    case :os.find_executable(String.to_charlist(program)) do
      false -> nil
      path -> List.to_string(path)
    end
  end

  @doc "Runs a program and collects its output: `{output, exit_status}`."
  @spec cmd(binary, [binary], keyword) :: {Collectable.t(), exit_status :: non_neg_integer}
  def cmd(command, args, opts \\ []) when is_binary(command) and is_list(args) do
    assert_no_null_byte!(command, "System.cmd/3")

    unless Enum.all?(args, &is_binary/1) do
      raise ArgumentError, "all arguments for System.cmd/3 must be binaries"
    end

    path =
      if Path.type(command) == :absolute do
        command
      else
        find_executable(command) || :erlang.error(:enoent, [command, args, opts])
      end

    run(path, args, command, opts)
  end

  @doc "Runs a command line with the shell: `{output, exit_status}`."
  @spec shell(binary, keyword) :: {Collectable.t(), exit_status :: non_neg_integer}
  def shell(command, opts \\ []) when is_binary(command) do
    assert_no_null_byte!(command, "System.shell/2")
    command = String.trim(command)
    {closing, opts} = Keyword.pop(opts, :close_stdin, false)
    command = if closing, do: ["(", command, "\n) </dev/null"], else: ["(", command, "\n)"]
    run("/bin/sh", ["-c", IO.iodata_to_binary(command)], "sh", opts)
  end

  defp run(path, args, arg0, opts) do
    {into, opts} = Keyword.pop(opts, :into, "")
    options = [:use_stdio, :exit_status, :binary, :hide, args: args]
    options = Enum.reduce(opts, [arg0: arg0] ++ options, &option/2)
    {initial, collect} = Collectable.into(into)

    try do
      collected(Port.open({:spawn_executable, path}, options), initial, collect)
    catch
      kind, reason ->
        collect.(initial, :halt)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      {acc, status} -> {collect.(acc, :done), status}
    end
  end

  # An error of the collectable closes the port.
  defp collected(port, acc, collect) do
    receive do
      {^port, {:data, data}} -> collected(port, taken(port, acc, data, collect), collect)
      {^port, {:exit_status, status}} -> {acc, status}
    end
  end

  defp taken(port, acc, data, collect) do
    collect.(acc, {:cont, data})
  catch
    kind, reason ->
      Port.close(port)
      :erlang.raise(kind, reason, __STACKTRACE__)
  end

  defp option({:cd, dir}, acc) when is_binary(dir), do: [{:cd, dir} | acc]
  defp option({:arg0, arg0}, acc) when is_binary(arg0), do: [{:arg0, arg0} | List.keydelete(acc, :arg0, 0)]
  defp option({:stderr_to_stdout, true}, acc), do: [:stderr_to_stdout | acc]
  defp option({:stderr_to_stdout, false}, acc), do: acc
  defp option({:parallelism, flag}, acc) when is_boolean(flag), do: [{:parallelism, flag} | acc]

  defp option({:env, enum}, acc) do
    env =
      Enum.map(enum, fn
        {k, nil} -> {String.to_charlist(k), false}
        {k, v} -> {String.to_charlist(k), String.to_charlist(v)}
        other -> raise ArgumentError, "invalid environment key-value #{inspect(other)}"
      end)

    [{:env, env} | acc]
  end

  defp option({key, val}, _acc),
    do: raise(ArgumentError, "invalid option #{inspect(key)} with value #{inspect(val)}")

  defp assert_no_null_byte!(binary, operation) do
    if String.contains?(binary, "\0") do
      raise ArgumentError,
            "cannot execute #{operation} for program with null byte, got: #{inspect(binary)}"
    end
  end

  # -- time -------------------------------------------------------------------------------

  @doc "A clock that never runs backwards, in native units."
  @spec monotonic_time() :: integer
  def monotonic_time, do: :erlang.monotonic_time()

  @doc "A clock that never runs backwards, in `unit`s."
  @spec monotonic_time(time_unit) :: integer
  def monotonic_time(unit), do: :erlang.monotonic_time(normalize_time_unit(unit))

  @doc "The time since 1970 in native units."
  @spec system_time() :: integer
  def system_time, do: :erlang.system_time()

  @doc "The time since 1970 in `unit`s."
  @spec system_time(time_unit) :: integer
  def system_time(unit), do: :erlang.system_time(normalize_time_unit(unit))

  @doc "The time of the operating system in native units."
  @spec os_time() :: integer
  def os_time, do: :os.system_time()

  @doc "The time of the operating system in `unit`s."
  @spec os_time(time_unit) :: integer
  def os_time(unit), do: :os.system_time(normalize_time_unit(unit))

  @doc "What to add to the monotonic time to get the system time, in native units."
  @spec time_offset() :: integer
  def time_offset, do: :erlang.time_offset()

  @doc "What to add to the monotonic time to get the system time, in `unit`s."
  @spec time_offset(time_unit) :: integer
  def time_offset(unit), do: :erlang.time_offset(normalize_time_unit(unit))

  @doc """
  Converts `time` between units, rounding down.

      iex> System.convert_time_unit(1000, :millisecond, :second)
      1
  """
  @spec convert_time_unit(integer, time_unit | :native, time_unit | :native) :: integer
  def convert_time_unit(time, from_unit, to_unit) when from_unit in @units and to_unit in @units,
    do: :erlang.convert_time_unit(time, from_unit, to_unit)

  def convert_time_unit(_time, _from_unit, 0), do: raise_unit(0)
  def convert_time_unit(_time, 0, _to_unit), do: raise_unit(0)

  def convert_time_unit(time, from_unit, to_unit) do
    :erlang.convert_time_unit(time, normalize_time_unit(from_unit), normalize_time_unit(to_unit))
  end

  defp normalize_time_unit(unit) when unit in @units, do: unit
  defp normalize_time_unit(:seconds), do: :second
  defp normalize_time_unit(:milliseconds), do: :millisecond
  defp normalize_time_unit(:microseconds), do: :microsecond
  defp normalize_time_unit(:nanoseconds), do: :nanosecond
  defp normalize_time_unit(unit) when is_integer(unit) and unit > 0, do: unit
  defp normalize_time_unit(other), do: raise_unit(other)

  defp raise_unit(other) do
    raise ArgumentError,
          "unsupported time unit. Expected :second, :millisecond, " <>
            ":microsecond, :nanosecond, or a positive integer, " <> "got #{inspect(other)}"
  end

  @doc "An integer that no other call gives; options `:positive` and `:monotonic`."
  @spec unique_integer([:positive | :monotonic]) :: integer
  def unique_integer(modifiers \\ []) when is_list(modifiers),
    do: :erlang.unique_integer(modifiers)
end
