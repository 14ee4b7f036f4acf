# SPDX-License-Identifier: Apache-2.0
#
# GenServer, what programs use: the behaviour, its default callbacks and the client functions.
# Invariant: call/3 exits with {reason, {GenServer, :call, [server, request, timeout]}} whenever
# there is no reply, and a reply that comes later is dropped.

defmodule GenServer do
  @moduledoc "A behaviour for the server of a client-server relation."

  @type from :: {pid, tag :: term}
  @type name :: atom | {:global, term} | {:via, module, term}
  @type server :: pid | name | {atom, node}
  @type on_start :: {:ok, pid} | :ignore | {:error, term}
  @type options :: [option]
  @type option :: {:debug, list} | {:name, name} | {:timeout, timeout} | {:spawn_opt, list} | {:hibernate_after, timeout}

  @doc """
  Makes the first state, in the new process, from what was given to `start_link/3`; who starts it waits meanwhile.

  `{:ok, state}` goes on, `:ignore` and `{:stop, reason}` end the process.
  """
  @callback init(init_arg :: term) ::
              {:ok, state}
              | {:ok, state, timeout | :hibernate | {:continue, term}}
              | :ignore
              | {:stop, reason :: any}
            when state: any
  @doc "Handles a request of `call/3`: `{:reply, answer, state}` answers it, `{:noreply, state}` leaves that to a later `reply/2` to `from`."
  @callback handle_call(request :: term, from, state :: term) ::
              {:reply, term, term}
              | {:reply, term, term, timeout | :hibernate | {:continue, term}}
              | {:noreply, term}
              | {:noreply, term, timeout | :hibernate | {:continue, term}}
              | {:stop, term, term, term}
              | {:stop, term, term}
  @doc "Handles a request of `cast/2`, which is not answered: `{:noreply, state}`."
  @callback handle_cast(request :: term, state :: term) ::
              {:noreply, term}
              | {:noreply, term, timeout | :hibernate | {:continue, term}}
              | {:stop, term, term}
  @doc "Handles any other message, such as one of a timer, a monitor or a port: `{:noreply, state}`."
  @callback handle_info(msg :: :timeout | term, state :: term) ::
              {:noreply, term}
              | {:noreply, term, timeout | :hibernate | {:continue, term}}
              | {:stop, term, term}
  @doc "Goes on after a callback that returned `{:continue, continue}`, before the next message is looked at."
  @callback handle_continue(continue :: term, state :: term) ::
              {:noreply, term}
              | {:noreply, term, timeout | :hibernate | {:continue, term}}
              | {:stop, term, term}
  @doc "Cleans up when the server ends: when a callback stops it or raises, or its parent ends and it traps exits."
  @callback terminate(reason, state :: term) :: term
            when reason: :normal | :shutdown | {:shutdown, term} | term
  @doc "Changes the state when another version of the module is loaded in a release."
  @callback code_change(old_vsn, state :: term, extra :: term) :: {:ok, term} | {:error, term}
            when old_vsn: term | {:down, term}
  @doc "What of the state is shown in logs and by `:sys.get_status/1`."
  @callback format_status(reason, pdict_and_state :: list) :: term
            when reason: :normal | :terminate

  @optional_callbacks code_change: 3,
                      terminate: 2,
                      handle_info: 2,
                      handle_cast: 2,
                      handle_call: 3,
                      format_status: 2,
                      handle_continue: 2

  @doc false
  defmacro __using__(opts) do
    quote location: :keep, bind_quoted: [opts: opts] do
      @behaviour GenServer

      unless Module.has_attribute?(__MODULE__, :doc) do
        @doc """
        Returns a specification to start this module under a supervisor.

        See `Supervisor`.
        """
      end

      def child_spec(init_arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}}
        Supervisor.child_spec(default, unquote(Macro.escape(opts)))
      end

      defoverridable child_spec: 1

      @before_compile GenServer

      @doc false
      def handle_call(msg, _from, state) do
        # The conditional keeps the type checker from seeing a function that only raises.
        case :erlang.phash2(1, 1) do
          0 -> raise GenServer.__no_clause__(:handle_call, self())
          1 -> {:stop, {:bad_call, msg}, state}
        end
      end

      @doc false
      def handle_info(msg, state) do
        GenServer.__unexpected__(__MODULE__, msg)
        {:noreply, state}
      end

      @doc false
      def handle_cast(msg, state) do
        case :erlang.phash2(1, 1) do
          0 -> raise GenServer.__no_clause__(:handle_cast, self())
          1 -> {:stop, {:bad_cast, msg}, state}
        end
      end

      @doc false
      def terminate(_reason, _state), do: :ok

      @doc false
      def code_change(_old, state, _extra), do: {:ok, state}

      defoverridable code_change: 3, terminate: 2, handle_info: 2, handle_cast: 2, handle_call: 3
    end
  end

  defmacro __before_compile__(env) do
    unless Module.defines?(env.module, {:init, 1}) do
      message = """
      function init/1 required by behaviour GenServer is not implemented \
      (in module #{inspect(env.module)}).

      We will inject a default implementation for now:

          def init(init_arg) do
            {:ok, init_arg}
          end

      You can copy the implementation above or define your own that converts \
      the arguments given to GenServer.start_link/3 to the server state.
      """

      IO.warn(message, env)

      quote do
        @doc false
        def init(init_arg), do: {:ok, init_arg}
        defoverridable init: 1
      end
    end
  end

  @doc false
  def __no_clause__(callback, pid) do
    {verb, arity} = if callback == :handle_call, do: {"call", 3}, else: {"cast", 2}

    "attempted to #{verb} GenServer #{inspect(__name_of__(pid))} but no " <>
      "#{callback}/#{arity} clause was provided"
  end

  @doc false
  def __unexpected__(module, msg) do
    report = %{module: module, message: msg, name: __name_of__(self())}

    :logger.error(
      %{label: {GenServer, :no_handle_info}, report: report},
      %{
        domain: [:otp, :elixir],
        error_logger: %{tag: :error_msg},
        report_cb: &GenServer.format_report/1
      }
    )
  end

  @doc false
  def __name_of__(pid) do
    case Process.info(pid, :registered_name) do
      {_, []} -> pid
      {_, name} -> name
      nil -> pid
    end
  end

  @doc false
  def format_report(%{
        label: {GenServer, :no_handle_info},
        report: %{module: module, message: msg, name: name}
      }) do
    {~c"~p ~p received unexpected message in handle_info/2: ~p~n", [module, name, msg]}
  end

  # -- starting and stopping --------------------------------------------------------------

  @doc "Starts a server linked to the caller."
  @spec start_link(module, any, options) :: on_start
  def start_link(module, init_arg, options \\ []) when is_atom(module) and is_list(options) do
    do_start(:link, module, init_arg, options)
  end

  @doc "Starts a server without a link."
  @spec start(module, any, options) :: on_start
  def start(module, init_arg, options \\ []) when is_atom(module) and is_list(options) do
    do_start(:nolink, module, init_arg, options)
  end

  defp do_start(link, module, init_arg, options) do
    case Keyword.pop(options, :name) do
      {nil, opts} ->
        :gen.start(:gen_server, link, module, init_arg, opts)

      {atom, opts} when is_atom(atom) ->
        :gen.start(:gen_server, link, {:local, atom}, module, init_arg, opts)

      {{:global, _term} = tuple, opts} ->
        :gen.start(:gen_server, link, tuple, module, init_arg, opts)

      {{:via, via_module, _term} = tuple, opts} when is_atom(via_module) ->
        :gen.start(:gen_server, link, tuple, module, init_arg, opts)

      {other, _} ->
        raise ArgumentError, """
        expected :name option to be one of the following:

          * nil
          * atom
          * {:global, term}
          * {:via, module, term}

        Got: #{inspect(other)}
        """
    end
  end

  @doc "Stops a server synchronously with `reason`."
  @spec stop(server, reason :: term, timeout) :: :ok
  def stop(server, reason \\ :normal, timeout \\ :infinity) do
    case whereis(server) do
      nil ->
        exit({:noproc, {__MODULE__, :stop, [server, reason, timeout]}})

      pid when pid == self() ->
        exit({:calling_self, {__MODULE__, :stop, [server, reason, timeout]}})

      pid ->
        try do
          :gen.stop(pid, reason, timeout)
        catch
          :exit, err -> exit({err, {__MODULE__, :stop, [server, reason, timeout]}})
        end
    end
  end

  # -- messages ---------------------------------------------------------------------------

  @doc "Makes a synchronous call and waits at most `timeout` milliseconds for its reply."
  @spec call(server, term, timeout) :: term
  def call(server, request, timeout \\ 5000)
      when (is_integer(timeout) and timeout >= 0) or timeout == :infinity do
    case whereis(server) do
      pid when is_pid(pid) and pid != self() ->
        do_call(pid, server, request, timeout)

      nil ->
        exit({:noproc, {__MODULE__, :call, [server, request, timeout]}})

      pid when is_pid(pid) ->
        :phial_explain.self_call()
        exit({:calling_self, {__MODULE__, :call, [server, request, timeout]}})

      {_name, node} ->
        exit({{:nodedown, node}, {__MODULE__, :call, [server, request, timeout]}})
    end
  end

  # The same protocol as :gen.call/4, with the server's own name in the exits.
  defp do_call(pid, server, request, timeout) do
    ref = :erlang.monitor(:process, pid, alias: :demonitor)
    send(pid, {:"$gen_call", {self(), [:alias | ref]}, request})

    receive do
      {[:alias | ^ref], reply} ->
        :erlang.demonitor(ref, [:flush])
        reply

      {:DOWN, ^ref, _, _, reason} ->
        exit({reason, {__MODULE__, :call, [server, request, timeout]}})
    after
      timeout ->
        :erlang.demonitor(ref, [:flush])

        receive do
          {[:alias | ^ref], reply} -> reply
        after
          0 ->
            :phial_explain.timeout(pid, ref, timeout)
            exit({:timeout, {__MODULE__, :call, [server, request, timeout]}})
        end
    end
  end

  @doc "Sends an asynchronous request; answers `:ok` whether or not the server exists."
  @spec cast(server, term) :: :ok
  def cast(server, request)

  def cast(dest, request) when is_pid(dest) do
    send(dest, {:"$gen_cast", request})
    :ok
  end

  def cast(dest, request) when is_atom(dest) do
    case :erlang.whereis(dest) do
      pid when is_pid(pid) -> send(pid, {:"$gen_cast", request})
      _ -> :ok
    end

    :ok
  end

  def cast({:global, name}, request) do
    try do
      :global.send(name, {:"$gen_cast", request})
      :ok
    catch
      _, _ -> :ok
    end
  end

  def cast({:via, mod, name}, request) do
    try do
      mod.send(name, {:"$gen_cast", request})
      :ok
    catch
      _, _ -> :ok
    end
  end

  def cast({name, node}, request) when is_atom(name) and is_atom(node) do
    if node == node(), do: cast(name, request), else: :ok
  end

  @doc "Casts to all servers registered as `name` on the given nodes."
  @spec abcast([node], atom, term) :: :abcast
  def abcast(nodes \\ [node() | Node.list()], name, request)
      when is_list(nodes) and is_atom(name) do
    Enum.each(nodes, &cast({name, &1}, request))
    :abcast
  end

  @doc "Calls all servers registered as `name` on the given nodes."
  @spec multi_call([node], atom, term, timeout) :: {replies :: [{node, term}], bad_nodes :: [node]}
  def multi_call(nodes \\ [node() | Node.list()], name, request, timeout \\ :infinity) do
    :gen_server.multi_call(nodes, name, request, timeout)
  end

  @doc "Replies to a client from anywhere, given the `from` of its call."
  @spec reply(from, term) :: :ok
  def reply(client, reply) do
    :gen.reply(client, reply)
  end

  @doc "The pid (or `{name, node}` elsewhere) of a server, nil when there is none."
  @spec whereis(server) :: pid | {atom, node} | nil
  def whereis(server)
  def whereis(pid) when is_pid(pid), do: pid

  def whereis(name) when is_atom(name) do
    case :erlang.whereis(name) do
      :undefined -> nil
      pid -> pid
    end
  end

  def whereis({:global, name}) do
    case :global.whereis_name(name) do
      pid when is_pid(pid) -> pid
      :undefined -> nil
    end
  end

  def whereis({:via, mod, name}) do
    case mod.whereis_name(name) do
      pid when is_pid(pid) -> pid
      :undefined -> nil
    end
  end

  def whereis({name, local}) when is_atom(name) and local == node(), do: whereis(name)
  def whereis({name, node} = server) when is_atom(name) and is_atom(node), do: server
end
