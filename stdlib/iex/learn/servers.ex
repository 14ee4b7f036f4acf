# SPDX-License-Identifier: Apache-2.0
# Lessons about OTP: servers, timers, supervisors, and looking at them while they run.
defmodule IEx.Learn.Servers do
  @moduledoc false
  alias IEx.Learn.Lesson

  @counter """
  defmodule Counter do
    use GenServer

    def start_link(opts), do: GenServer.start_link(__MODULE__, 0, opts)

    def init(n), do: {:ok, n}
    def handle_call(:value, _from, n), do: {:reply, n, n}
    def handle_cast(:inc, n), do: {:noreply, n + 1}
  end
  """

  @doc false
  def lessons do
    [
      %Lesson{
        id: :genserver,
        title: "GenServer",
        text: """
        The loop with a state, the questions and answers, the time-outs: GenServer has all that
        once and for all. You write what is special:

            init(arg)                          gives {:ok, state}
            handle_call(request, from, state)  gives {:reply, answer, new_state}
            handle_cast(request, state)        gives {:noreply, new_state}

        `GenServer.call(pid, request)` waits for the answer, `GenServer.cast` does not.
        """,
        task: "Define a module Counter with use GenServer: init(n) keeps n, the call :value answers it, the cast :inc adds 1.",
        check: fn _ ->
          {:ok, pid} = GenServer.start(Counter, 40)
          GenServer.cast(pid, :inc)
          GenServer.cast(pid, :inc)
          value = GenServer.call(pid, :value, 200)
          GenServer.stop(pid)
          if value == 42, do: true, else: "from 40, two :inc should lead to 42"
        end,
        hints: ["use GenServer, then def init(n), do: {:ok, n}", "def handle_cast(:inc, n), do: {:noreply, n + 1}"],
        answer: """
        defmodule Counter do
          use GenServer
          def init(n), do: {:ok, n}
          def handle_call(:value, _from, n), do: {:reply, n, n}
          def handle_cast(:inc, n), do: {:noreply, n + 1}
        end
        """
      },
      %Lesson{
        id: :client,
        title: "Using a server",
        text: """
        A server can have a name, and is then called by it. The function that starts it is
        start_link by custom, since a server is linked to who starts it.
        """,
        setup: @counter,
        task: "Start the counter with the name :counter, increment it three times, and ask for its value: 3.",
        check: fn %{value: value} ->
          case GenServer.call(:counter, :value) do
            3 -> value == 3
            n when n > 3 -> "it is #{n} by now; GenServer.stop(:counter), and start another one"
            _ -> false
          end
        end,
        hints: ["Counter.start_link(name: :counter)", "GenServer.cast(:counter, :inc)", "GenServer.call(:counter, :value)"],
        answer: """
        (Counter.start_link(name: :counter)
         for _ <- 1..3, do: GenServer.cast(:counter, :inc)
         GenServer.call(:counter, :value))
        """
      },
      %Lesson{
        id: :info,
        title: "Timers",
        text: """
        Messages that are no calls or casts reach `handle_info(message, state)`. One of them may
        come from a timer: `Process.send_after(pid, message, ms)`.
        """,
        task:
          "Define a module Clock with use GenServer: init(ms) keeps 0 and sends itself :tick after ms; each :tick adds 1; the call :ticks answers.",
        check: fn _ ->
          {:ok, pid} = GenServer.start(Clock, 1)
          ticked = soon(fn -> GenServer.call(pid, :ticks) > 0 end)
          GenServer.stop(pid)
          ticked or "there should be a tick after a millisecond"
        end,
        hints: ["init(ms) has two lines: Process.send_after(self(), :tick, ms) and {:ok, 0}.", "def handle_info(:tick, n), do: {:noreply, n + 1}"],
        answer: """
        defmodule Clock do
          use GenServer

          def init(ms) do
            Process.send_after(self(), :tick, ms)
            {:ok, 0}
          end

          def handle_info(:tick, n), do: {:noreply, n + 1}
          def handle_call(:ticks, _from, n), do: {:reply, n, n}
        end
        """
      },
      %Lesson{
        id: :supervisor,
        title: "Supervisors",
        text: """
        A supervisor starts processes, its children, and restarts them when they end. A child is
        described by its module and the argument of its start_link:

            Supervisor.start_link([{Counter, name: :counter}], strategy: :one_for_one)

        With the strategy :one_for_one a child that ends is restarted alone, with :one_for_all
        all of them are, with :rest_for_one those that were started after it too.
        """,
        setup: @counter,
        task: "Bind sup to the pid of a supervisor that has one child: a Counter with the name :counter.",
        check: fn %{binding: binding} -> match?([{Counter, pid, :worker, _}] when is_pid(pid), Supervisor.which_children(binding[:sup])) end,
        hints: ["Supervisor.start_link returns {:ok, pid}.", "{:ok, sup} = Supervisor.start_link(...)"],
        answer: "{:ok, sup} = Supervisor.start_link([{Counter, name: :counter}], strategy: :one_for_one)"
      },
      %Lesson{
        id: :crash,
        title: "Let it crash",
        text: """
        Now the reason for all this: when a server meets what it was not made for, it ends, and
        the supervisor starts a new one in a state that is known to be good. Whoever uses it by
        its name finds the new one.
        """,
        setup:
          @counter <>
            "Supervisor.start_link([{Counter, name: :counter}], strategy: :one_for_one)\n" <>
            "before = Process.whereis(:counter)\n",
        task: "Kill the process :counter with Process.exit(pid, :kill), and see that another one has its name.",
        check: fn %{binding: binding} ->
          not Process.alive?(binding[:before]) and (soon(fn -> is_pid(Process.whereis(:counter)) end) or "nobody has the name now")
        end,
        hints: ["Process.whereis(:counter) is its pid."],
        answer: "Process.exit(Process.whereis(:counter), :kill)"
      },
      %Lesson{
        id: :dynamic,
        title: "Children on demand",
        text: """
        A DynamicSupervisor begins without children, and gets them while the program runs: one for
        every connection, game or user.

            DynamicSupervisor.start_child(supervisor, {Counter, []})
        """,
        setup: @counter <> "{:ok, games} = DynamicSupervisor.start_link(strategy: :one_for_one)\n",
        task: "Give the supervisor games two counters.",
        check: fn %{binding: binding} ->
          case DynamicSupervisor.count_children(binding[:games]) do
            %{active: 2} -> true
            %{active: 1} -> "one more"
            %{active: n} -> if n > 2, do: "these are #{n} already: type again to begin anew", else: false
          end
        end,
        hints: ["Call DynamicSupervisor.start_child twice.", "The child is {Counter, []}."],
        answer: "for _ <- 1..2, do: DynamicSupervisor.start_child(games, {Counter, []})"
      },
      %Lesson{
        id: :registry,
        title: "Names for many",
        text: """
        A Registry gives processes names that are any values, not only atoms. It is a process that
        is started with `Registry.start_link(keys: :unique, name: Games)`; a server is then named

            {:via, Registry, {Games, "chess"}}
        """,
        setup: @counter <> "Registry.start_link(keys: :unique, name: Games)\n",
        task: "Start a Counter whose name is \"chess\" in the registry Games.",
        check: fn _ -> match?([{_, _}], Registry.lookup(Games, "chess")) end,
        hints: ["Counter.start_link takes name: and what comes after."],
        answer: ~s|Counter.start_link(name: {:via, Registry, {Games, "chess"}})|
      },
      %Lesson{
        id: :tree,
        title: "Looking at it",
        text: """
        The shell can show what runs. `tree` draws the supervision tree, `ps` lists the
        processes, `mailbox pid` shows what waits, `trace pid` prints messages as they pass.
        All these are functions of the module IEx.OTP, so they can be called in programs too;
        `h IEx.OTP` tells about them.
        """,
        setup: @counter <> "{:ok, top} = Supervisor.start_link([{Counter, []}], strategy: :one_for_one, name: Top)\n",
        task: "Draw the tree of the supervisor Top: IEx.OTP.tree(Top).",
        check: fn %{code: code} -> code =~ "tree" and code =~ ~r/[Tt]op/ end,
        hints: ["IEx.OTP.tree(Top)"],
        answer: "IEx.OTP.tree(Top)"
      },
      %Lesson{
        id: :msc,
        title: "Messages in a picture",
        text: """
        `IEx.OTP.msc(fn -> ... end)` runs a function and draws the messages that it causes: a
        column for each process, time runs downwards. Casts are not answered; calls are.
        """,
        setup: @counter <> "{:ok, server} = Counter.start_link([])\n",
        task: "Draw what happens when the server is cast :inc and then called for its :value; the value should be the count.",
        check: fn %{value: value, code: code} -> if code =~ "msc", do: is_integer(value) and value > 0, else: "use IEx.OTP.msc" end,
        hints: ["The function's last expression is its value, and that of msc.", "IEx.OTP.msc(fn -> GenServer.cast(server, :inc); ... end)"],
        answer: """
        IEx.OTP.msc(fn ->
          GenServer.cast(server, :inc)
          GenServer.call(server, :value)
        end)
        """
      }
    ]
  end

  # What another process is about to do has a second for it.
  defp soon(holds, tries \\ 100) do
    cond do
      holds.() -> true
      tries == 0 -> false
      true -> Process.sleep(10) && soon(holds, tries - 1)
    end
  end
end
