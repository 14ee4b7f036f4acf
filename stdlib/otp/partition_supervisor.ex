# SPDX-License-Identifier: Apache-2.0
#
# PartitionSupervisor: one supervisor over several copies of the same child, found by key.
# Invariant: the table named after the supervisor maps each partition number to its pid, and
# `:partitions` to their count.

defmodule PartitionSupervisor do
  @moduledoc "A supervisor that starts one child per partition and routes to them by key."

  @behaviour Supervisor

  @doc "The specification to start a partition supervisor under a supervisor."
  def child_spec(opts) when is_list(opts) do
    id =
      case Keyword.get(opts, :name, DynamicSupervisor) do
        name when is_atom(name) -> name
        {:via, _module, name} -> name
      end

    %{id: id, start: {PartitionSupervisor, :start_link, [opts]}, type: :supervisor}
  end

  @doc "Starts the supervisor and one child per partition."
  @spec start_link(keyword) :: Supervisor.on_start()
  def start_link(opts) when is_list(opts) do
    name = opts[:name]

    unless name do
      raise ArgumentError, "the :name option must be given to PartitionSupervisor"
    end

    {child_spec, opts} = Keyword.pop(opts, :child_spec)

    unless child_spec do
      raise ArgumentError, "the :child_spec option must be given to PartitionSupervisor"
    end

    {partitions, opts} = Keyword.pop(opts, :partitions, System.schedulers_online())

    unless is_integer(partitions) and partitions >= 1 do
      raise ArgumentError,
            "the :partitions option must be a positive integer, got: #{inspect(partitions)}"
    end

    {with_arguments, opts} = Keyword.pop(opts, :with_arguments, fn args, _partition -> args end)

    unless is_function(with_arguments, 2) do
      raise ArgumentError,
            "the :with_arguments option must be a function that receives two arguments, " <>
              "the current call arguments and the partition, got: #{inspect(with_arguments)}"
    end

    %{start: {mod, fun, args}} = map = Supervisor.child_spec(child_spec, [])
    modules = map[:modules] || [mod]

    children =
      for partition <- 0..(partitions - 1) do
        args = with_arguments.(args, partition)

        unless is_list(args) do
          raise "the call to the function in :with_arguments must return a list, got: #{inspect(args)}"
        end

        start = {__MODULE__, :start_child, [mod, fun, args, name, partition]}
        Map.merge(map, %{id: partition, start: start, modules: modules})
      end

    {init_opts, start_opts} = Keyword.split(opts, [:strategy, :max_seconds, :max_restarts])
    init_opts = Keyword.put_new(init_opts, :strategy, :one_for_one)
    Supervisor.start_link(__MODULE__, {name, partitions, children, init_opts}, start_opts)
  end

  @doc false
  def start_child(mod, fun, args, name, partition) do
    case apply(mod, fun, args) do
      {:ok, pid} ->
        register_child(name, partition, pid)
        {:ok, pid}

      {:ok, pid, info} ->
        register_child(name, partition, pid)
        {:ok, pid, info}

      other ->
        other
    end
  end

  defp register_child(name, partition, pid), do: :ets.insert(table(name), {partition, pid})

  # A supervisor under a :via name keeps its table under an unnamed owner key.
  defp table(name) when is_atom(name), do: name
  defp table({:via, _, _} = name), do: :persistent_term.get({__MODULE__, name}, nil)

  @impl true
  def init({name, partitions, children, init_opts}) do
    table = init_partitions(name)
    :ets.insert(table, {:partitions, partitions})
    Supervisor.init(children, init_opts)
  end

  defp init_partitions(name) when is_atom(name), do: :ets.new(name, [:set, :named_table, :protected, read_concurrency: true])

  defp init_partitions({:via, _, _} = name) do
    table = :ets.new(__MODULE__, [:set, :protected, read_concurrency: true])
    :persistent_term.put({__MODULE__, name}, table)
    table
  end

  @doc "The number of partitions."
  @spec partitions(Supervisor.supervisor()) :: pos_integer
  def partitions(supervisor), do: name_partitions(supervisor)

  defp name_partitions(name) when is_atom(name) or (is_tuple(name) and elem(name, 0) == :via), do: fetch_partitions(table(name), name)

  defp fetch_partitions(table, supervisor) do
    :ets.lookup_element(table, :partitions, 2)
  rescue
    ArgumentError -> exit({:noproc, {__MODULE__, :partitions, [supervisor]}})
  end

  @doc "Lists the children as `{partition, pid, type, modules}`."
  @spec which_children(Supervisor.supervisor()) :: [tuple]
  def which_children(supervisor) when is_atom(supervisor) or elem(supervisor, 0) == :via, do: Supervisor.which_children(supervisor)

  @doc "Counts the children by specification, activity and type."
  @spec count_children(Supervisor.supervisor()) :: map
  def count_children(supervisor) when is_atom(supervisor), do: Supervisor.count_children(supervisor)

  @doc "Stops the supervisor with `reason`."
  @spec stop(Supervisor.supervisor(), term, timeout) :: :ok
  def stop(supervisor, reason \\ :normal, timeout \\ :infinity) when is_atom(supervisor),
    do: Supervisor.stop(supervisor, reason, timeout)

  @doc false
  def whereis_name({name, key}) when is_atom(name) or elem(name, 0) == :via do
    table = table(name)
    partitions = fetch_partitions(table, name)

    partition =
      if is_integer(key), do: rem(abs(key), partitions), else: :erlang.phash2(key, partitions)

    :ets.lookup_element(table, partition, 2)
  end

  @doc false
  def send(name_key, msg) do
    Kernel.send(whereis_name(name_key), msg)
  end

  @doc false
  def register_name(_, _),
    do: raise("{:via, PartitionSupervisor, _} cannot be given on registration")
end
