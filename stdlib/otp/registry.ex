# SPDX-License-Identifier: Apache-2.0
#
# Registry: names and properties of processes, in tables. Invariants: a key partition has rows
# {key, {pid, value}} and a pid partition {pid, key, key_table}; what one has the other has, but
# for the moment of a registration. A process is linked to the server of its pid partition as
# long as it has a key, so that its rows go when it dies.
#
# The table named after the registry has {-1, {kind, partitions, key_table, listeners}} (the
# key table only when there is one partition), {partition, {server, key_table, pid_table}} and
# the metadata.

defmodule Registry do
  @moduledoc "A local, decentralized and scalable key-value process storage."

  @type registry :: atom
  @type keys :: :unique | :duplicate
  @type key :: term
  @type value :: term
  @type meta_key :: atom | tuple
  @type meta_value :: term

  @info -1

  # -- via --------------------------------------------------------------------------------

  @doc false
  def whereis_name({registry, key}), do: whereis_name(registry, key)
  def whereis_name({registry, key, _value}), do: whereis_name(registry, key)

  defp whereis_name(registry, key) do
    case info!(registry) do
      {:unique, partitions, key_ets, _} ->
        key_ets = key_ets || key_ets!(registry, key, partitions)

        case pair(key_ets, key) do
          {pid, _} -> if Process.alive?(pid), do: pid, else: :undefined
          nil -> :undefined
        end

      {kind, _, _, _} ->
        raise ArgumentError, ":via is not supported for #{kind} registries"
    end
  end

  @doc false
  def register_name({registry, key}, pid) when pid == self(), do: register_name(registry, key, nil)

  def register_name({registry, key, value}, pid) when pid == self(),
    do: register_name(registry, key, value)

  defp register_name(registry, key, value) do
    case register(registry, key, value) do
      {:ok, _} -> :yes
      {:error, _} -> :no
    end
  end

  @doc false
  def send({registry, key}, msg) do
    case lookup(registry, key) do
      [{pid, _}] -> Kernel.send(pid, msg)
      _ -> :erlang.error(:badarg, [{registry, key}, msg])
    end
  end

  def send({registry, key, _value}, msg), do: Registry.send({registry, key}, msg)

  @doc false
  def unregister_name({registry, key}), do: unregister(registry, key)
  def unregister_name({registry, key, _value}), do: unregister(registry, key)

  # -- starting ---------------------------------------------------------------------------

  @doc "Starts a registry as a supervisor."
  @spec start_link(keyword) :: {:ok, pid} | {:error, term}
  def start_link(options) do
    keys = Keyword.get(options, :keys)

    unless keys in [:unique, :duplicate] do
      raise ArgumentError,
            "expected :keys to be given and be one of :unique or :duplicate, got: #{inspect(keys)}"
    end

    name =
      case Keyword.fetch(options, :name) do
        {:ok, name} when is_atom(name) -> name
        {:ok, other} -> raise ArgumentError, "expected :name to be an atom, got: #{inspect(other)}"
        :error -> raise ArgumentError, "expected :name option to be present"
      end

    meta = Keyword.get(options, :meta, [])

    unless Keyword.keyword?(meta) do
      raise ArgumentError, "expected :meta to be a keyword list, got: #{inspect(meta)}"
    end

    partitions = Keyword.get(options, :partitions, 1)

    unless is_integer(partitions) and partitions >= 1 do
      raise ArgumentError,
            "expected :partitions to be a positive integer, got: #{inspect(partitions)}"
    end

    listeners = Keyword.get(options, :listeners, [])

    unless is_list(listeners) and Enum.all?(listeners, &is_atom/1) do
      raise ArgumentError,
            "expected :listeners to be a list of named processes, got: #{inspect(listeners)}"
    end

    compressed = Keyword.get(options, :compressed, false)

    unless is_boolean(compressed) do
      raise ArgumentError, "expected :compressed to be a boolean, got: #{inspect(compressed)}"
    end

    key_ets = if partitions == 1, do: Registry.Partition.key_name(name, 0)
    entries = [{@info, {keys, partitions, key_ets, listeners}} | meta]
    Registry.Supervisor.start_link(keys, name, partitions, entries, compressed)
  end

  @doc false
  @deprecated "Use Registry.start_link/1 instead"
  def start_link(keys, name), do: start_link(keys: keys, name: name)

  @doc false
  @deprecated "Use Registry.start_link/1 instead"
  def start_link(keys, name, options), do: start_link([keys: keys, name: name] ++ options)

  @doc "The specification to start a registry under a supervisor."
  def child_spec(options) do
    %{
      id: Keyword.get(options, :name, Registry),
      start: {Registry, :start_link, [options]},
      type: :supervisor
    }
  end

  # -- registering ------------------------------------------------------------------------

  @doc "Registers the caller under `key`."
  @spec register(registry, key, value) :: {:ok, pid} | {:error, {:already_registered, pid}}
  def register(registry, key, value) when is_atom(registry) do
    self = self()
    {kind, partitions, key_ets, listeners} = info!(registry)
    {server, own_key_ets, pid_ets} = pid_partition!(registry, self, partitions)

    key_ets =
      case kind do
        :unique -> key_ets || key_ets!(registry, key, partitions)
        :duplicate -> own_key_ets
      end

    unless :ets.member(pid_ets, self), do: Process.link(server)
    true = :ets.insert(pid_ets, {self, key, key_ets})

    case insert(kind, key_ets, key, {key, {self, value}}) do
      :ok ->
        notify(listeners, {:register, registry, key, self, value})
        {:ok, server}

      {:error, _} = error ->
        remove_one(pid_ets, {self, key, key_ets})
        unlink_if_unregistered(server, pid_ets, self)
        error
    end
  end

  defp insert(:duplicate, key_ets, _key, entry) do
    true = :ets.insert(key_ets, entry)
    :ok
  end

  defp insert(:unique, key_ets, key, entry) do
    if :ets.insert_new(key_ets, entry) do
      :ok
    else
      # The process that has the key may be dead and not yet cleaned up.
      case :ets.lookup(key_ets, key) do
        [{^key, {pid, _}} = current] ->
          if Process.alive?(pid) do
            {:error, {:already_registered, pid}}
          else
            :ets.delete_object(key_ets, current)
            insert(:unique, key_ets, key, entry)
          end

        [] ->
          insert(:unique, key_ets, key, entry)
      end
    end
  end

  @doc "Takes back all registrations of the caller under `key`."
  @spec unregister(registry, key) :: :ok
  def unregister(registry, key) when is_atom(registry) do
    self = self()
    {kind, partitions, key_ets, listeners} = info!(registry)
    {server, own_key_ets, pid_ets} = pid_partition!(registry, self, partitions)
    key_ets = if kind == :unique, do: key_ets || key_ets!(registry, key, partitions), else: own_key_ets

    # The key goes first: a crash in between leaves only a row that the server removes.
    __unregister__(key_ets, {key, {self, :_}}, 1)
    __unregister__(pid_ets, {self, key, key_ets}, 2)
    unlink_if_unregistered(server, pid_ets, self)
    notify(listeners, {:unregister, registry, key, self})
    :ok
  end

  @doc "Takes back the registrations of the caller under `key` whose values match. Listeners hear of it when none of his is left there."
  @spec unregister_match(registry, key, pattern :: term, guards :: list) :: :ok
  def unregister_match(registry, key, pattern, guards \\ []) when is_list(guards) do
    self = self()
    {kind, partitions, key_ets, listeners} = info!(registry)
    {server, own_key_ets, pid_ets} = pid_partition!(registry, self, partitions)
    key_ets = if kind == :unique, do: key_ets || key_ets!(registry, key, partitions), else: own_key_ets

    spec = [{{head(key), {self, pattern}}, guard(key, guards), [true]}]
    removed = :ets.select_delete(key_ets, spec)
    for _ <- 1..removed//1, do: remove_one(pid_ets, {self, key, key_ets})
    unlink_if_unregistered(server, pid_ets, self)
    left = :ets.select_count(key_ets, [{{head(key), {self, :_}}, guard(key, []), [true]}])
    if left == 0, do: notify(listeners, {:unregister, registry, key, self})
    :ok
  end

  # One of several equal rows; delete_object takes them all.
  defp remove_one(pid_ets, {pid, _, _} = row) do
    same = Enum.filter(:ets.lookup(pid_ets, pid), &(&1 === row))
    :ets.delete_object(pid_ets, row)
    Enum.each(Enum.drop(same, 1), &:ets.insert(pid_ets, &1))
  end

  @doc false
  # Deletes the rows that match `entry`; the key at `pos` is taken as it is, not as a pattern.
  def __unregister__(table, entry, pos) do
    key = :erlang.element(pos, entry)

    if literal?(key) do
      :ets.match_delete(table, entry)
    else
      guards = [{:"=:=", {:element, pos, :"$_"}, {:const, key}}]
      :ets.select_delete(table, [{:erlang.setelement(pos, entry, :_), guards, [true]}])
    end
  end

  defp unlink_if_unregistered(server, pid_ets, self) do
    unless :ets.member(pid_ets, self), do: Process.unlink(server)
  end

  defp notify([], _event), do: :ok
  defp notify([listener | rest], event) do
    Kernel.send(listener, event)
    notify(rest, event)
  end

  @doc "Replaces the value of the caller under `key`, in a unique registry."
  @spec update_value(registry, key, (value -> value)) :: {new :: term, old :: term} | :error
  def update_value(registry, key, callback) when is_atom(registry) and is_function(callback, 1) do
    case info!(registry) do
      {:unique, partitions, key_ets, _} ->
        key_ets = key_ets || key_ets!(registry, key, partitions)
        update_value(:ets.lookup(key_ets, key), self(), key_ets, key, callback)

      {kind, _, _, _} ->
        raise ArgumentError, "Registry.update_value/3 is not supported for #{kind} registries"
    end
  end

  defp update_value([{_, {self, old}}], self, key_ets, key, callback) do
    new = callback.(old)
    :ets.insert(key_ets, {key, {self, new}})
    {new, old}
  end

  defp update_value(_, _self, _key_ets, _key, _callback), do: :error

  # -- looking up -------------------------------------------------------------------------

  @doc "The `{pid, value}` pairs under `key`."
  @spec lookup(registry, key) :: [{pid, value}]
  def lookup(registry, key) when is_atom(registry) do
    case info!(registry) do
      {:unique, partitions, key_ets, _} ->
        key_ets = key_ets || key_ets!(registry, key, partitions)

        case pair(key_ets, key) do
          nil -> []
          pair -> [pair]
        end

      {:duplicate, 1, key_ets, _} ->
        pairs(key_ets, key)

      {:duplicate, partitions, nil, _} ->
        for partition <- 0..(partitions - 1),
            pair <- pairs(partition_key_ets!(registry, partition), key),
            do: pair
    end
  end

  # {pid, value} of a unique key, without a copy of the key.
  defp pair(key_ets, key) do
    :ets.lookup_element(key_ets, key, 2)
  catch
    :error, :badarg -> nil
  end

  defp pairs(key_ets, key), do: for({_, pair} <- :ets.lookup(key_ets, key), do: pair)

  @doc "The values the process `pid` has under `key`."
  @spec values(registry, key, pid) :: [value]
  def values(registry, key, pid) when is_atom(registry) do
    for {^pid, value} <- lookup(registry, key), do: value
  end

  @doc "The keys the process `pid` has."
  @spec keys(registry, pid) :: [key]
  def keys(registry, pid) when is_atom(registry) and is_pid(pid) do
    {_kind, partitions, _, _} = info!(registry)
    {_, _, pid_ets} = pid_partition!(registry, pid, partitions)
    :lists.foldl(fn {_, key, _}, keys -> [key | keys] end, [], :ets.lookup(pid_ets, pid))
  end

  @doc "The `{pid, value}` pairs under `key` whose values match."
  @spec match(registry, key, pattern :: term, guards :: list) :: [{pid, term}]
  def match(registry, key, pattern, guards \\ []) when is_atom(registry) and is_list(guards) do
    spec = [{{head(key), {:_, pattern}}, guard(key, guards), [{:element, 2, :"$_"}]}]
    Enum.flat_map(tables_of(registry, key), &:ets.select(&1, spec))
  end

  @doc "Counts what match/4 would give."
  @spec count_match(registry, key, pattern :: term, guards :: list) :: non_neg_integer
  def count_match(registry, key, pattern, guards \\ []) when is_atom(registry) and is_list(guards) do
    spec = [{{head(key), {:_, pattern}}, guard(key, guards), [true]}]
    Enum.sum(Enum.map(tables_of(registry, key), &:ets.select_count(&1, spec)))
  end

  @doc "Runs a match specification over `{key, pid, value}`."
  @spec select(registry, list) :: [term]
  def select(registry, spec) when is_atom(registry) and is_list(spec) do
    spec = rows_spec(spec, "select/2")
    Enum.flat_map(all_tables(registry), &:ets.select(&1, spec))
  end

  @doc "Counts the rows for which a match specification gives true."
  @spec count_select(registry, list) :: non_neg_integer
  def count_select(registry, spec) when is_atom(registry) and is_list(spec) do
    spec = rows_spec(spec, "count_select/2")
    Enum.sum(Enum.map(all_tables(registry), &:ets.select_count(&1, spec)))
  end

  defp rows_spec(spec, name) do
    for part <- spec do
      case part do
        {{key, pid, value}, guards, body} ->
          {{key, {pid, value}}, guards, body}

        _ ->
          raise ArgumentError,
                "invalid match specification in Registry.#{name}: #{inspect(spec)}"
      end
    end
  end

  @doc "The number of registrations."
  @spec count(registry) :: non_neg_integer
  def count(registry) when is_atom(registry),
    do: Enum.sum(Enum.map(all_tables(registry), &(:ets.info(&1, :size))))

  @doc "Calls a function with the entries under `key`, if there are any."
  @spec dispatch(registry, key, (entries :: [{pid, value}] -> term) | {module, atom, list}, keyword) :: :ok
  def dispatch(registry, key, mfa_or_fun, opts \\ [])
      when is_atom(registry) and is_function(mfa_or_fun, 1)
      when is_atom(registry) and tuple_size(mfa_or_fun) == 3 do
    case info!(registry) do
      {:duplicate, partitions, nil, _} when partitions > 1 ->
        tables = for n <- 0..(partitions - 1), do: partition_key_ets!(registry, n)

        if Keyword.get(opts, :parallel, false),
          do: dispatch_parallel(tables, key, mfa_or_fun),
          else: Enum.each(tables, &call_with(pairs(&1, key), mfa_or_fun))

      _ ->
        call_with(lookup(registry, key), mfa_or_fun)
    end

    :ok
  end

  defp dispatch_parallel(tables, key, mfa_or_fun) do
    parent = self()

    # No message about the end of a task may reach a caller that traps exits.
    tables
    |> Enum.map(fn table ->
      Task.async(fn ->
        call_with(pairs(table, key), mfa_or_fun)
        Process.unlink(parent)
        :ok
      end)
    end)
    |> Enum.each(&Task.await(&1, :infinity))
  end

  defp call_with([], _), do: :ok
  defp call_with(entries, {module, fun, args}), do: apply(module, fun, [entries | args])
  defp call_with(entries, fun), do: fun.(entries)

  # -- metadata ---------------------------------------------------------------------------

  @doc "Metadata of the registry, as `{:ok, value}` or `:error`."
  @spec meta(registry, meta_key) :: {:ok, meta_value} | :error
  def meta(registry, key) when is_atom(registry) and (is_atom(key) or is_tuple(key)) do
    case :ets.lookup(registry, key) do
      [{_, value}] -> {:ok, value}
      [] -> :error
    end
  rescue
    ArgumentError ->
      raise ArgumentError,
            "unknown registry: #{inspect(registry)}. Either the registry name is invalid or " <>
              "the registry is not running, possibly because its application isn't started"
  end

  @doc "Sets metadata of the registry."
  @spec put_meta(registry, meta_key, meta_value) :: :ok
  def put_meta(registry, key, value) when is_atom(registry) and (is_atom(key) or is_tuple(key)) do
    :ets.insert(registry, {key, value})
    :ok
  rescue
    ArgumentError -> unknown(registry)
  end

  @doc "Deletes metadata of the registry."
  @spec delete_meta(registry, meta_key) :: :ok
  def delete_meta(registry, key) when is_atom(registry) and (is_atom(key) or is_tuple(key)) do
    :ets.delete(registry, key)
    :ok
  rescue
    ArgumentError -> unknown(registry)
  end

  # -- tables -----------------------------------------------------------------------------

  defp info!(registry) do
    :ets.lookup_element(registry, @info, 2)
  rescue
    ArgumentError -> unknown(registry)
  end

  defp unknown(registry), do: raise(ArgumentError, "unknown registry: #{inspect(registry)}")

  defp key_ets!(registry, key, partitions),
    do: partition_key_ets!(registry, :erlang.phash2(key, partitions))

  defp partition_key_ets!(registry, partition),
    do: :erlang.element(2, :ets.lookup_element(registry, partition, 2))

  defp pid_partition!(registry, _pid, 1), do: :ets.lookup_element(registry, 0, 2)

  defp pid_partition!(registry, pid, partitions),
    do: :ets.lookup_element(registry, :erlang.phash2(pid, partitions), 2)

  # The key tables where a key can be.
  defp tables_of(registry, key) do
    case info!(registry) do
      {_, 1, key_ets, _} -> [key_ets]
      {:unique, partitions, _, _} -> [key_ets!(registry, key, partitions)]
      {:duplicate, partitions, _, _} -> for n <- 0..(partitions - 1), do: partition_key_ets!(registry, n)
    end
  end

  defp all_tables(registry) do
    {_, partitions, _, _} = info!(registry)
    for n <- 0..(partitions - 1), do: partition_key_ets!(registry, n)
  end

  # In a match specification a key that looks like a pattern must be compared, not matched.
  defp head(key), do: if(literal?(key), do: key, else: :_)

  defp guard(key, guards) do
    if literal?(key),
      do: guards,
      else: [{:"=:=", {:element, 1, :"$_"}, {:const, key}} | guards]
  end

  defp literal?(:_), do: false
  defp literal?(term) when is_atom(term), do: not match?("$" <> _, Atom.to_string(term))
  defp literal?(term) when is_tuple(term), do: literal?(Tuple.to_list(term))
  defp literal?([h | t]), do: literal?(h) and literal?(t)
  defp literal?(term) when is_map(term), do: false
  defp literal?(_), do: true
end

defmodule Registry.Supervisor do
  @moduledoc false
  use Supervisor

  def start_link(kind, registry, partitions, entries, compressed) do
    arg = {kind, registry, partitions, entries, compressed}
    Supervisor.start_link(__MODULE__, arg, name: registry)
  end

  def init({kind, registry, partitions, entries, compressed}) do
    :ets.new(registry, [:set, :public, :named_table, read_concurrency: true])
    true = :ets.insert(registry, entries)

    children =
      for n <- 0..(partitions - 1) do
        arg = {kind, registry, n, compressed}

        name = Registry.Partition.pid_name(registry, n)
        %{id: name, start: {Registry.Partition, :start_link, [name, arg]}}
      end

    # Keys and pids of one process may be in different partitions: they live and die together.
    Supervisor.init(children, strategy: :one_for_all)
  end
end

defmodule Registry.Partition do
  @moduledoc false
  use GenServer

  def key_name(registry, partition), do: Module.concat([registry, "KeyPartition#{partition}"])
  def pid_name(registry, partition), do: Module.concat([registry, "PIDPartition#{partition}"])

  def start_link(name, arg), do: GenServer.start_link(__MODULE__, arg, name: name)

  def init({kind, registry, n, compressed}) do
    Process.flag(:trap_exit, true)
    compressed = if compressed, do: [:compressed], else: []
    options = [:public, read_concurrency: true, write_concurrency: true]
    type = if kind == :unique, do: :set, else: :duplicate_bag
    key_ets = :ets.new(key_name(registry, n), [type, :named_table | compressed ++ options])
    pid_ets = :ets.new(pid_name(registry, n), [:duplicate_bag | compressed ++ options])
    true = :ets.insert(registry, {n, {self(), key_ets, pid_ets}})
    {:ok, pid_ets}
  end

  # Lets tests wait until the exits before this call have been seen to.
  def handle_call(:sync, _from, state), do: {:reply, :ok, state}

  # A listener is not told: it monitors whom it registered if it wants to know.
  def handle_info({:EXIT, pid, _reason}, pid_ets) do
    for {_, key, key_ets} <- :ets.take(pid_ets, pid) do
      try do
        Registry.__unregister__(key_ets, {key, {pid, :_}}, 1)
      rescue
        ArgumentError -> :ok
      end
    end

    {:noreply, pid_ets}
  end

  def handle_info(_msg, pid_ets), do: {:noreply, pid_ets}
end
