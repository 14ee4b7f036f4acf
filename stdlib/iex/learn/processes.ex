# SPDX-License-Identifier: Apache-2.0
# Lessons about processes and messages.
defmodule IEx.Learn.Processes do
  @moduledoc false
  alias IEx.Learn.Lesson

  @doc false
  def lessons do
    [
      %Lesson{
        id: :spawn,
        title: "Processes",
        text: """
        A process runs a function beside the others. It is cheap: a program may have a
        million. It shares nothing with them, so nobody else can change what it works on.
        `spawn(fn -> ... end)` starts one and returns its pid at once; `self()` is the pid
        of the process that runs your code.
        """,
        task: "Spawn a process that does what you like, for instance IO.puts(\"hi\").",
        check: fn %{value: value, code: code} -> is_pid(value) and value != self() and code =~ "spawn" end,
        hints: ["spawn takes a function without arguments: fn -> ... end"],
        answer: ~s[spawn(fn -> IO.puts("hi") end)]
      },
      %Lesson{
        id: :send,
        title: "Sending",
        text: """
        Processes talk by messages. `send(pid, message)` puts any value into the mailbox of a
        process and goes on at once. The value of send is the message.
        """,
        task: "Send the message :hello to yourself.",
        check: fn _ -> :hello in waiting() end,
        hints: ["Your pid is self()."],
        answer: "send(self(), :hello)"
      },
      %Lesson{
        id: :receive,
        title: "Receiving",
        text: """
        `receive` takes the oldest message that matches one of its patterns out of the mailbox,
        and waits if there is none; after the given milliseconds `after` ends the waiting.

            receive do
              {:ok, value} -> value
            after
              1000 -> :nothing
            end
        """,
        setup: """
        send(self(), {:spam, 1})
        send(self(), {:letter, "Dear Ada"})
        """,
        task: "Receive the letter: the value should be its text. The spam may stay where it is.",
        check: fn %{value: value, code: code} -> if code =~ "receive", do: value == "Dear Ada", else: "use receive" end,
        hints: ["The pattern is {:letter, text}."],
        answer: """
        receive do
          {:letter, text} -> text
        after
          1000 -> :nothing
        end
        """
      },
      %Lesson{
        id: :answer,
        title: "Question and answer",
        text: """
        A message tells nothing about its sender. Who wants an answer puts his own pid into the
        question.
        """,
        setup: """
        echo = spawn(fn ->
          receive do
            {:say, from, word} -> send(from, {:echo, word})
          end
        end)
        """,
        task: "Ask the process echo to say :hi, and receive its answer: the value should be {:echo, :hi}.",
        check: fn %{value: value, code: code} -> value == {:echo, :hi} and code =~ "receive" end,
        hints: [
          "send(echo, {:say, self(), :hi}) and then receive do ... end.",
          "The process answers once: if you miss its answer, type again to have a new one."
        ],
        answer: """
        (send(echo, {:say, self(), :hi})
         receive do
           {:echo, word} -> {:echo, word}
         end)
        """
      },
      %Lesson{
        id: :state,
        title: "State",
        text: """
        A process that is to remember something calls itself with it again and again. The
        arguments of its loop are its state; nobody sees them unless they are sent.
        """,
        task:
          "Define a module Box with loop(n): on {:add, k} it goes on with n + k, on {:get, pid} it sends n to pid and goes on.",
        check: fn _ ->
          box = spawn(Box, :loop, [1])
          send(box, {:add, 2})
          send(box, {:add, 3})
          send(box, {:get, self()})

          verdict =
            receive do
              6 -> true
            after
              1000 -> "it should have sent 6 after loop(1), {:add, 2}, {:add, 3}"
            end

          Process.exit(box, :kill)
          verdict
        end,
        hints: ["def loop(n) do receive do ... end end", "{:add, k} -> loop(n + k)"],
        answer: """
        defmodule Box do
          def loop(n) do
            receive do
              {:add, k} ->
                loop(n + k)

              {:get, pid} ->
                send(pid, n)
                loop(n)
            end
          end
        end
        """
      },
      %Lesson{
        id: :link,
        title: "Links",
        text: """
        `spawn_link` ties two processes together: when one ends abnormally, the other ends with
        it. So no half of a program survives the other.

        A process that traps exits gets a message instead: {:EXIT, pid, reason}. Yours does
        from now on. To see it end, turn that off with Process.flag(:trap_exit, false) before
        spawn_link(fn -> exit(:boom) end); the lessons will give you a new one.
        """,
        setup: "Process.flag(:trap_exit, true)",
        task: "Start a linked process that exits with :boom, and receive the message about it. The value should be :boom.",
        check: fn %{value: value, code: code} -> value == :boom and code =~ "spawn_link" and code =~ "receive" end,
        hints: ["The pattern is {:EXIT, _pid, reason}.", "Both in one statement: (spawn_link(...); receive do ... end)"],
        answer: """
        (spawn_link(fn -> exit(:boom) end)
         receive do
           {:EXIT, _pid, reason} -> reason
         end)
        """
      },
      %Lesson{
        id: :monitor,
        title: "Monitors",
        text: """
        A monitor only watches: when the other process ends, for whatever reason, a message
        {:DOWN, ref, :process, pid, reason} comes. `spawn_monitor` starts a process and returns
        {pid, ref}; `Process.monitor(pid)` watches one that runs already.
        """,
        task: "Start a monitored process that exits with :done, and receive its reason. The value should be :done.",
        check: fn %{value: value, code: code} -> value == :done and code =~ "monitor" and code =~ "receive" end,
        hints: ["The pattern is {:DOWN, _ref, :process, _pid, reason}."],
        answer: """
        (spawn_monitor(fn -> exit(:done) end)
         receive do
           {:DOWN, _ref, :process, _pid, reason} -> reason
         end)
        """
      },
      %Lesson{
        id: :task,
        title: "Tasks",
        text: """
        For "compute this beside me and give me the value" there is Task. `Task.async(f)` starts
        it, `Task.await(task)` waits for its value. Several tasks run at the same time.
        """,
        task: "Compute 6 * 7 in a task and await it.",
        check: fn %{value: value, code: code} -> if code =~ "Task", do: value == 42, else: "use Task" end,
        hints: ["Task.async(fn -> ... end) |> Task.await()"],
        answer: "Task.async(fn -> 6 * 7 end) |> Task.await()"
      },
      %Lesson{
        id: :agent,
        title: "Agents",
        text: """
        An Agent is a ready-made process that keeps a value. `Agent.start_link(fn -> 0 end)`
        returns {:ok, pid}; `Agent.update(pid, f)` replaces the value, `Agent.get(pid, f)` reads
        it.
        """,
        setup: "{:ok, stock} = Agent.start_link(fn -> %{tea: 1} end)",
        task: "Let the agent stock keep a map in which :tea is 5.",
        check: fn %{binding: binding} -> Agent.get(binding[:stock], & &1.tea) == 5 end,
        hints: ["Agent.update(stock, fn map -> ... end)", "The new value is %{map | tea: 5}."],
        answer: "Agent.update(stock, &%{&1 | tea: 5})"
      }
    ]
  end

  # The mailbox of the process that runs the code.
  defp waiting do
    {:messages, messages} = Process.info(self(), :messages)
    messages
  end
end
