# SPDX-License-Identifier: Apache-2.0
# Single processes: what they are called, what they do, what waits in their mailboxes; pausing them and going on step by step.
# Invariant: everything is read with process_info, which costs the process no message; only step/1 and its like change a process.
defmodule IEx.OTP.Processes do
  @moduledoc "Facts about processes, as data and as lines of text."

  @items [
    :registered_name,
    :status,
    :message_queue_len,
    :memory,
    :reductions,
    :dictionary,
    :initial_call,
    :current_function,
    :links,
    :monitors,
    :monitored_by,
    :trap_exit
  ]

  @type target :: pid | atom | {:global, term} | {:via, module, term}

  @doc """
  The pid of a process given by pid, by name, or as `GenServer` takes it; nil if there is none.

      iex> IEx.OTP.Processes.find(self()) == self()
      true
      iex> IEx.OTP.Processes.find(:nobody_here)
      nil
  """
  @spec find(target) :: pid | nil
  def find(pid) when is_pid(pid), do: if(Process.alive?(pid), do: pid)
  def find(nil), do: nil

  def find(target) when not is_atom(target) and not is_tuple(target) do
    raise ArgumentError, "a process is meant: its pid or its name, not #{inspect(target)}"
  end

  def find(target), do: with(pid when not is_pid(pid) <- GenServer.whereis(target), do: nil)

  @doc "Like `find/1`, but raises when there is no such process."
  @spec find!(target) :: pid
  def find!(target) do
    find(target) || raise ArgumentError, "there is no process #{inspect(target)}"
  end

  @doc "All that the other functions show about a process, as a map; nil if it has ended."
  @spec info(pid) :: map | nil
  def info(pid) do
    case :erlang.process_info(pid, @items) do
      :undefined ->
        nil

      items ->
        facts = Map.new(items)

        %{
          pid: pid,
          name: if(is_atom(facts.registered_name), do: facts.registered_name),
          started_with: started_with(facts),
          status: facts.status,
          queue: facts.message_queue_len,
          memory: facts.memory,
          reductions: facts.reductions,
          in: facts.current_function,
          links: Enum.sort(facts.links),
          monitors: facts.monitors,
          monitored_by: Enum.sort(facts.monitored_by),
          trap_exit: facts.trap_exit,
          dictionary: facts.dictionary
        }
    end
  end

  defp started_with(%{dictionary: dictionary, initial_call: call}) do
    case List.keyfind(dictionary, :"$initial_call", 0) do
      {_, {_, _, _} = call} -> call
      _ -> call
    end
  end

  @doc """
  A short name for a process: its registered name, or the module it runs with its pid, or the pid.

      iex> IEx.OTP.Processes.name(Process.whereis(:user))
      ":user"
  """
  @spec name(pid) :: String.t()
  def name(pid) when is_pid(pid), do: name_of(info(pid), pid)
  def name(other), do: inspect(other)

  @doc false
  def name_of(nil, pid), do: inspect(pid)
  def name_of(%{name: name}, _pid) when name != nil, do: inspect(name)
  def name_of(%{started_with: call}, pid), do: with_module(role(call), pid)

  defp with_module(nil, pid), do: inspect(pid)
  defp with_module(role, pid), do: "#{role} #{inspect(pid)}"

  @doc "What a process was started to run, for people: a module, or nil where the call tells nothing."
  @spec role(mfa) :: String.t() | nil
  def role({:supervisor, module, _}), do: inspect(module)
  def role({:erlang, :apply, _}), do: nil
  def role({:erl_eval, _, _}), do: nil
  def role({:proc_lib, _, _}), do: nil

  def role({module, function, arity}) do
    # The function of a task is one the compiler made: "-outer/1-fun-0-".
    case {function, Atom.to_string(function)} do
      {:init, _} -> inspect(module)
      {_, "-__FILE__" <> _} -> nil
      {_, "-" <> _} -> inspect(module)
      _ -> Exception.format_mfa(module, function, arity)
    end
  end

  # -- ps ----------------------------------------------------------------------------------------------------------------

  @doc """
  Facts about all processes, the largest first by `:memory`, `:reductions` or `:queue`.
  """
  @spec list(:memory | :reductions | :queue) :: [map]
  def list(by \\ :memory) when by in [:memory, :reductions, :queue] do
    Process.list()
    |> Enum.map(&info/1)
    |> Enum.reject(&is_nil/1)
    |> Enum.sort_by(&{-Map.fetch!(&1, by), &1.pid})
  end

  @doc "The table that `ps` prints."
  @spec table([map]) :: String.t()
  def table(infos) do
    head = ["process", "memory", "reductions", "queue", "status", "in"]

    rows =
      for i <- infos do
        [name_of(i, i.pid), bytes(i.memory), "#{i.reductions}", "#{i.queue}", "#{i.status}", place(i.in)]
      end

    align([head | rows], [:left, :right, :right, :right, :left, :left])
  end

  defp place({module, function, arity}), do: Exception.format_mfa(module, function, arity)
  defp place(_), do: "-"

  @doc """
  A number of bytes for people.

      iex> IEx.OTP.Processes.bytes(2048)
      "2.0 KB"
  """
  @spec bytes(non_neg_integer) :: String.t()
  def bytes(n) when n < 1024, do: "#{n} B"
  def bytes(n) when n < 1024 * 1024, do: "#{Float.round(n / 1024, 1)} KB"
  def bytes(n), do: "#{Float.round(n / 1024 / 1024, 1)} MB"

  @doc false
  def align(rows, sides) do
    widths = rows |> Enum.zip_with(& &1) |> Enum.map(fn column -> column |> Enum.map(&String.length/1) |> Enum.max() end)

    Enum.map_join(rows, "\n", fn row ->
      [row, widths, sides]
      |> Enum.zip_with(fn
        [text, width, :left] -> String.pad_trailing(text, width)
        [text, width, :right] -> String.pad_leading(text, width)
      end)
      |> Enum.join("  ")
      |> String.trim_trailing()
    end)
  end

  # -- mailbox, links ------------------------------------------------------------------------------------------------------

  @doc "The messages that wait in a mailbox, oldest first."
  @spec mailbox(target) :: [term]
  def mailbox(target) do
    case :erlang.process_info(find!(target), :messages) do
      {:messages, messages} -> messages
      :undefined -> []
    end
  end

  @doc "Whom a process is linked to, whom it watches and who watches it."
  @spec relations(target) :: %{links: [pid | port], monitors: [term], monitored_by: [pid], trap_exit: boolean}
  def relations(target), do: target |> find!() |> info() |> Map.take([:links, :monitors, :monitored_by, :trap_exit])

  @doc "The lines that `links` prints."
  @spec relations_text(target) :: String.t()
  def relations_text(target) do
    pid = find!(target)
    %{links: links, monitors: monitors, monitored_by: watchers, trap_exit: traps} = relations(pid)
    exits = if traps, do: "turns exit signals into messages", else: "dies with them"

    [
      name(pid),
      "  linked to    #{names(links)}#{if links != [], do: " (#{exits})"}",
      "  monitors     #{names(Enum.map(monitors, &watched/1))}",
      "  monitored by #{names(watchers)}"
    ]
    |> Enum.join("\n")
  end

  defp watched({_, {name, node}}) when node == node(), do: name
  defp watched({_, what}), do: what

  defp names([]), do: "nobody"
  defp names(pids), do: Enum.map_join(pids, ", ", &name/1)

  # -- messages for people -------------------------------------------------------------------------------------------------

  @doc """
  A message in few words: the calls, casts and replies of `GenServer` are told as such.

      iex> IEx.OTP.Processes.describe({:"$gen_cast", :inc})
      "cast :inc"
      iex> IEx.OTP.Processes.describe({:tick, 1})
      "{:tick, 1}"
  """
  @spec describe(term) :: String.t()
  def describe(message), do: message |> words() |> shorten(60)

  defp words({:"$gen_call", {pid, _tag}, request}) when is_pid(pid), do: "call #{short(request)}"
  defp words({:"$gen_cast", request}), do: "cast #{short(request)}"
  defp words({:system, {pid, _tag}, request}) when is_pid(pid), do: "system #{short(request)}"
  defp words({[:alias | ref], reply}) when is_reference(ref), do: "reply #{short(reply)}"
  defp words({ref, reply}) when is_reference(ref), do: "reply #{short(reply)}"
  defp words({:DOWN, ref, _, what, reason}) when is_reference(ref), do: "DOWN #{inspect(what)} #{short(reason)}"
  defp words({:EXIT, pid, reason}) when is_pid(pid), do: "EXIT #{inspect(pid)} #{short(reason)}"
  # What a task is to do, from Task.async and its like.
  defp words({owner, ref, ref, callers, {_, _, args}}) when is_pid(owner) and is_reference(ref) and is_list(callers) and is_list(args) do
    case args do
      [fun | _] when is_function(fun) -> "run #{short(fun)}"
      _ -> "run #{short(args)}"
    end
  end

  defp words({:ack, pid, result}) when is_pid(pid), do: "started #{short(result)}"
  defp words(message), do: short(message)

  defp short(term), do: inspect(term, limit: 8, printable_limit: 40, width: :infinity)

  @doc false
  def shorten(text, most) do
    text = String.replace(text, ~r/\s+/, " ")
    if String.length(text) > most, do: String.slice(text, 0, most - 1) <> "…", else: text
  end

  # -- pause, step, resume ---------------------------------------------------------------------------------------------------

  @doc "Stops a process where it is; messages go on to arrive. Undone by `resume/1`."
  @spec pause(target) :: :ok | {:error, :already_paused | :vital}
  def pause(target) do
    pid = find!(target)

    cond do
      vital?(pid) ->
        {:error, :vital}

      paused?(pid) ->
        {:error, :already_paused}

      true ->
        :erlang.suspend_process(pid)
        :ok
    end
  end

  # Without these nothing could be typed or shown any more: the caller, input and output, the shell.
  defp vital?(pid) do
    pid in [self(), Process.group_leader(), Process.whereis(:user)] or
      case :erlang.process_info(pid, :current_function) do
        {_, {module, _, _}} -> String.starts_with?(Atom.to_string(module), ["Elixir.IEx.", "phial_"])
        _ -> false
      end
  end

  @doc "Whether a process is paused."
  @spec paused?(pid) :: boolean
  def paused?(pid), do: :erlang.process_info(pid, :status) == {:status, :suspended}

  @doc "Lets a paused process run again."
  @spec resume(target) :: :ok | {:error, :not_paused}
  def resume(target) do
    pid = find!(target)

    if paused?(pid) do
      :erlang.resume_process(pid)
      :ok
    else
      {:error, :not_paused}
    end
  end

  @doc """
  Lets a paused process take one message and do what it does with it, up to where it wants the next one.

  Without a message it runs for one turn, if it has anything to do. Returns `{:message, message}`, `:turn`, `:waits` (nothing to do), `:exit`
  or `{:error, :not_paused}`.
  """
  @spec step(target) :: {:message, term} | :turn | :waits | :exit | {:error, :not_paused}
  def step(target) do
    pid = find!(target)
    before = mailbox(pid)

    case paused?(pid) and :phial_process.step(pid) do
      false -> {:error, :not_paused}
      :message -> {:message, taken(before, pid)}
      how -> how
    end
  end

  defp taken(before, pid) do
    case before -- remaining(pid) do
      [message | _] -> message
      [] -> nil
    end
  end

  defp remaining(pid) do
    case :erlang.process_info(pid, :messages) do
      {:messages, messages} -> messages
      :undefined -> []
    end
  end
end
