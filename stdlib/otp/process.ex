# SPDX-License-Identifier: Apache-2.0
#
# Process: Elixir's names for the process functions of :erlang. Invariant: `:undefined` of
# Erlang is nil here, and nothing else changes between the two.

defmodule Process do
  @moduledoc "Conveniences for working with processes."

  @type dest :: pid | port | atom | {atom, node}

  @doc "Tells whether a local process is alive."
  @spec alive?(pid) :: boolean
  defdelegate alive?(pid), to: :erlang, as: :is_process_alive

  @doc "All pairs of the process dictionary."
  @spec get() :: [{term, term}]
  defdelegate get(), to: :erlang

  @doc "The value under `key` in the process dictionary, or `default`."
  @spec get(term, term) :: term
  def get(key, default \\ nil) do
    case :erlang.get(key) do
      :undefined -> default
      value -> value
    end
  end

  @doc "All keys of the process dictionary."
  @spec get_keys() :: [term]
  defdelegate get_keys(), to: :erlang

  @doc "The keys of the process dictionary that hold `value`."
  @spec get_keys(term) :: [term]
  defdelegate get_keys(value), to: :erlang

  @doc "Stores `value` under `key` and answers the old value or nil."
  @spec put(term, term) :: term | nil
  def put(key, value), do: nillify(:erlang.put(key, value))

  @doc "Deletes `key` and answers its old value or nil."
  @spec delete(term) :: term | nil
  def delete(key), do: nillify(:erlang.erase(key))

  @doc "Sends an exit signal."
  @spec exit(pid, term) :: true
  defdelegate exit(pid, reason), to: :erlang

  @doc "Sleeps for `timeout` milliseconds, or for ever."
  @spec sleep(timeout) :: :ok
  def sleep(timeout)
      when is_integer(timeout) and timeout >= 0
      when timeout == :infinity do
    receive do
    after
      timeout -> :ok
    end
  end

  @doc "Sends a message with options `:noconnect` and `:nosuspend`."
  @spec send(dest, msg, [:noconnect | :nosuspend]) :: :ok | :noconnect | :nosuspend when msg: any
  defdelegate send(dest, msg, options), to: :erlang

  @doc "Sends `msg` to `dest` after `time` milliseconds; `abs: true` makes it a point in time."
  @spec send_after(pid | atom, term, non_neg_integer, [{:abs, boolean}]) :: reference
  def send_after(dest, msg, time, opts \\ []), do: :erlang.send_after(time, dest, msg, opts)

  @doc "Cancels a timer; answers the milliseconds left, or false."
  @spec cancel_timer(reference, keyword) :: non_neg_integer | false | :ok
  defdelegate cancel_timer(timer_ref, options \\ []), to: :erlang

  @doc "The milliseconds left of a timer, or false."
  @spec read_timer(reference) :: non_neg_integer | false
  defdelegate read_timer(timer_ref), to: :erlang

  @type spawn_opt ::
          :link
          | :monitor
          | {:priority, :low | :normal | :high}
          | {:fullsweep_after, non_neg_integer}
          | {:min_heap_size, non_neg_integer}
          | {:min_bin_vheap_size, non_neg_integer}

  @doc "Spawns a function with options."
  @spec spawn((() -> any), [spawn_opt]) :: pid | {pid, reference}
  defdelegate spawn(fun, opts), to: :erlang, as: :spawn_opt

  @doc "Spawns `apply(mod, fun, args)` with options."
  @spec spawn(module, atom, list, [spawn_opt]) :: pid | {pid, reference}
  defdelegate spawn(mod, fun, args, opts), to: :erlang, as: :spawn_opt

  @doc "Monitors a process; a `:DOWN` message tells when it ends."
  @spec monitor(pid | atom | {atom, node}) :: reference
  def monitor(item), do: :erlang.monitor(:process, item)

  @doc "Ends a monitor; options `:flush` and `:info`."
  @spec demonitor(reference, [:flush | :info]) :: boolean
  defdelegate demonitor(monitor_ref, options \\ []), to: :erlang

  @doc "The pids of all processes."
  @spec list() :: [pid]
  defdelegate list(), to: :erlang, as: :processes

  @doc "Links the caller to a process."
  @spec link(pid | port) :: true
  defdelegate link(pid_or_port), to: :erlang

  @doc "Removes a link."
  @spec unlink(pid | port) :: true
  defdelegate unlink(pid_or_port), to: :erlang

  @doc "Gives a name to a process."
  @spec register(pid | port, atom) :: true
  def register(pid_or_port, name)
      when is_atom(name) and name not in [nil, false, true, :undefined] do
    :erlang.register(name, pid_or_port)
  catch
    :error, :badarg when node(pid_or_port) != node() ->
      message = "could not register #{inspect(pid_or_port)} because it belongs to another node"
      :erlang.error(ArgumentError.exception(message), [pid_or_port, name])

    :error, :badarg ->
      message =
        "could not register #{inspect(pid_or_port)} with " <>
          "name #{inspect(name)} because it is not alive, the name is already " <>
          "taken, or it has already been given another name"

      :erlang.error(ArgumentError.exception(message), [pid_or_port, name])
  end

  @doc "Removes a name."
  @spec unregister(atom) :: true
  defdelegate unregister(name), to: :erlang

  @doc "The pid that has this name, or nil."
  @spec whereis(atom) :: pid | port | nil
  def whereis(name), do: nillify(:erlang.whereis(name))

  @doc "The pid of the group leader."
  @spec group_leader() :: pid
  defdelegate group_leader(), to: :erlang

  @doc "Makes `leader` the group leader of `pid`."
  @spec group_leader(pid, leader :: pid) :: true
  def group_leader(pid, leader), do: :erlang.group_leader(leader, pid)

  @doc "All registered names."
  @spec registered() :: [atom]
  defdelegate registered(), to: :erlang

  @doc "Sets a flag of the caller and answers its old value."
  @spec flag(atom, term) :: term
  defdelegate flag(flag, value), to: :erlang, as: :process_flag

  @doc "Sets a flag of another process."
  @spec flag(pid, :save_calls, 0..10_000) :: 0..10_000
  defdelegate flag(pid, flag, value), to: :erlang, as: :process_flag

  @doc "What there is to know about a process; nil when it is dead."
  @spec info(pid) :: keyword | nil
  def info(pid), do: nillify(:erlang.process_info(pid))

  @doc "One thing, or a list of things, about a process; nil when it is dead."
  @spec info(pid, atom | [atom]) :: {atom, term} | [{atom, term}] | nil
  def info(pid, spec)

  def info(pid, :registered_name) do
    case :erlang.process_info(pid, :registered_name) do
      :undefined -> nil
      [] -> {:registered_name, []}
      other -> other
    end
  end

  def info(pid, spec) when is_atom(spec) or is_tuple(spec) or is_list(spec),
    do: nillify(:erlang.process_info(pid, spec))

  @doc "Drops the stack and sleeps until a message comes, then calls `apply(mod, fun, args)`."
  @spec hibernate(module, atom, list) :: no_return
  defdelegate hibernate(mod, fun_name, args), to: :erlang

  @compile {:inline, nillify: 1}
  defp nillify(:undefined), do: nil
  defp nillify(other), do: other
end
