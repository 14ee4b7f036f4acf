# SPDX-License-Identifier: Apache-2.0
# The face of the shell: either the line editor (:phial_edit, when input and output are terminals) or plain lines by the I/O protocol, where
# everything printed is what iex prints.
# Invariants: only the server calls it; what arrives is told by messages, so that the server never blocks on the keyboard. Of statements and
# of lines that programs read, one is edited at a time; a line that is wanted while a statement is edited comes after that.
defmodule IEx.Terminal do
  @moduledoc false

  @doc "The face of this run."
  def start do
    Application.put_env(:elixir, :dbg_callback, {IEx.Pry, :dbg, []})

    case :phial_edit.start(%{}) do
      :ok ->
        Application.put_env(:elixir, :ansi_enabled, not colours_unwanted?())
        :phial_edit.await()
        %{kind: :edit, interrupts: 0, leader: nil, wanted: nil}

      {:error, :no_terminal} ->
        if colours_unwanted?() or System.get_env("TERM", "") in ["", "dumb"], do: Application.put_env(:elixir, :ansi_enabled, false)
        %{kind: :plain, interrupts: 0, reader: start_reader(), pending: false}
    end
  end

  defp colours_unwanted?, do: System.get_env("NO_COLOR", "") != ""

  @doc "Without the editor, too, Ctrl-C is for the shell: it comes as :interrupted, which input/2 and busy/2 understand."
  def heed_interrupts(%{kind: :edit}), do: :ok
  def heed_interrupts(_face), do: :phial_edit.plain()

  @doc "How many columns there are."
  def columns(%{kind: :edit}), do: elem(:phial_edit.size(), 0)
  def columns(_face), do: IEx.Config.columns()

  def stop(%{kind: :edit}), do: :phial_edit.stop()
  def stop(_face), do: :ok

  @doc "Output has its process again, should a statement have ended it."
  def revive do
    if Process.whereis(:user) == nil, do: Process.group_leader(self(), :phial_user.start())
  end

  # ---- the reader of plain lines, a process of its own because reading blocks

  defp start_reader do
    server = self()
    spawn(fn -> read_lines(server) end)
  end

  defp read_lines(server) do
    receive do
      {:read, prompt} ->
        send(server, {:shell_line, self(), IO.gets(prompt)})
        read_lines(server)
    end
  end

  # ---- a prompt

  @doc "Shows a prompt, after that of a program which wants a line; the statement comes as a message for input/2."
  def prompt(%{kind: :edit, wanted: nil} = face, prompt, continuation) do
    events(:phial_edit.prompt(last_line(prompt), continuation |> String.split("\n") |> List.last(), :statement))
    face
  end

  def prompt(%{kind: :edit} = face, _prompt, _continuation), do: read(face)

  # The reader waits already: only the text is shown again, and after an interruption it is what the reader waits behind.
  def prompt(%{pending: true} = face, prompt, _continuation) do
    IO.write(prompt)
    if face.interrupts > 0, do: :phial_io.prompt(prompt)
    face
  end

  def prompt(face, prompt, _continuation) do
    send(face.reader, {:read, prompt})
    %{face | pending: true}
  end

  defp events([]), do: :ok
  defp events(list), do: send(self(), {:shell_events, list})

  @doc "Takes a prompt back because something else is to be shown."
  def cancel(%{kind: :edit} = face) do
    :phial_edit.cancel()
    hidden(face)
  end

  def cancel(face), do: face

  # The C-c itself has been echoed.
  defp break_line do
    :phial_io.prompt("")
    IO.write("\n")
  end

  @doc "A statement begins to run: a program that wants a line may have it now."
  def working(%{kind: :edit, wanted: %{}} = face), do: read(face)
  def working(face), do: face

  # ---- what came while a prompt was shown

  @doc """
  `{:line, text, face} | {:break, text, face} | {:more, face} | {:again, face} | {:dropped, face} | {:complete, before, face} | {:eof, face}`;
  dropped is what a statement of several lines has so far.
  """
  def input(%{kind: :edit} = face, {:phial_ready, 0}), do: event(face, :phial_edit.read())
  def input(%{kind: :edit} = face, {:shell_events, list}), do: event(face, list)

  def input(%{kind: :edit} = face, {:read_line, from, prompt, mode}), do: {:more, %{face | wanted: wanted(from, prompt, mode)}}
  def input(%{kind: :edit} = face, {:read_dropped, from}), do: dropped(face, from, :again, :more)

  def input(%{kind: :plain, reader: reader} = face, {:shell_line, reader, line}) do
    face = %{face | pending: false, interrupts: 0}
    if is_binary(line), do: {:line, line, face}, else: {:eof, face}
  end

  def input(face, :interrupted) do
    break_line()
    with {:again, face} <- interrupted(face), do: {:dropped, face}
  end

  def input(face, :hung_up), do: {:eof, face}
  def input(face, _message), do: {:more, face}

  defp event(face, []), do: {:more, face}

  defp event(face, [event | rest]) do
    events(rest)

    case {event, face.wanted} do
      {{:complete, before, _after}, _} -> {:complete, before, face}
      {_, %{shown: true}} -> {:again, given(face, answer_of(event))}
      {{:submit, text}, _} -> submitted(%{face | interrupts: 0}, text)
      {{:interrupt, :empty}, _} -> interrupted(face)
      {{:interrupt, _}, _} -> {:again, %{face | interrupts: 0}}
      {:eof, _} -> {:eof, face}
    end
  end

  defp interrupted(%{interrupts: 0} = face), do: {:again, hint(face)}
  defp interrupted(face), do: {:eof, face}

  defp hint(face) do
    IO.write("(Ctrl-C again or Ctrl-D leaves)\n")
    %{face | interrupts: 1}
  end

  defp submitted(face, text) do
    case String.split(text, "\n") |> List.pop_at(-1) do
      {"#iex:break", []} -> {:line, "#iex:break\n", face}
      {"#iex:break", lines} -> {:break, Enum.map_join(lines, &(&1 <> "\n")), face}
      _ -> {:line, text <> "\n", face}
    end
  end

  # ---- what came while a statement runs

  @doc "{:ok, face} | {:interrupt, face} | {:eof, face}"
  def busy(%{kind: :edit} = face, {:phial_ready, 0}), do: busy_events(face, :phial_edit.read())
  def busy(%{kind: :edit} = face, {:shell_events, list}), do: busy_events(face, list)
  def busy(%{kind: :edit} = face, {:read_line, from, prompt, mode}), do: {:ok, read(%{face | wanted: wanted(from, prompt, mode)})}
  def busy(%{kind: :edit} = face, {:read_dropped, from}), do: dropped(face, from, :ok, :ok)
  def busy(face, :interrupted) do
    break_line()
    {:interrupt, face}
  end
  def busy(face, :hung_up), do: {:eof, face}
  def busy(face, _message), do: {:ok, face}

  defp busy_events(face, []), do: {:ok, face}

  defp busy_events(face, [event | rest]) do
    events(rest)

    case {event, face.wanted} do
      {{:complete, _, _}, _} -> {:ok, face}
      {{:interrupt, _}, nil} -> {:interrupt, face}
      {{:interrupt, _}, _} -> {:interrupt, given(face, answer_of(event))}
      {_, %{shown: true}} -> {:ok, given(face, answer_of(event))}
      {:eof, _} -> {:eof, face}
      _ -> {:ok, face}
    end
  end

  # ---- lines that programs read: the editor edits one for them

  defp wanted(from, prompt, mode), do: %{from: from, prompt: prompt, mode: mode, shown: false}

  defp read(%{wanted: %{shown: true}} = face), do: face

  defp read(%{wanted: wanted} = face) do
    prompt = last_line(wanted.prompt)
    events(:phial_edit.prompt(prompt, nil, wanted.mode))
    %{face | wanted: %{wanted | shown: true, prompt: prompt}}
  end

  # The editor's prompt is one line: what stands above it is written before.
  defp last_line(prompt) do
    case String.split(prompt, "\n") do
      [line] ->
        line

      lines ->
        {above, [last]} = Enum.split(lines, -1)
        IO.write(Enum.map(above, &[&1, ?\n]))
        last
    end
  end

  defp hidden(%{wanted: nil} = face), do: face
  defp hidden(%{wanted: wanted} = face), do: %{face | wanted: %{wanted | shown: false}}

  defp answer_of({:submit, text}), do: text <> "\n"
  defp answer_of({:interrupt, _}), do: {:error, :interrupted}
  defp answer_of(:eof), do: :eof

  defp given(face, line) do
    {leader, ref} = face.wanted.from
    send(leader, {:line_read, ref, line})
    %{face | wanted: nil}
  end

  # Who wanted the line has ended.
  defp dropped(%{wanted: %{from: from, shown: true}} = face, from, shown, _hidden) do
    :phial_edit.cancel()
    {shown, %{face | wanted: nil}}
  end

  defp dropped(%{wanted: %{from: from}} = face, from, _shown, hidden), do: {hidden, %{face | wanted: nil}}
  defp dropped(face, _from, _shown, hidden), do: {hidden, face}

  @doc "Asks a question of one line and waits for the answer: {answer, face}."
  def ask(%{kind: :edit} = face, question) do
    face = cancel(face)
    events(:phial_edit.prompt(question, nil, :line))
    {answer(face), face}
  end

  def ask(%{kind: :plain} = face, question) do
    if face.pending, do: IO.write(question), else: send(face.reader, {:read, question})
    reader = face.reader

    receive do
      {:shell_line, ^reader, line} -> {line, %{face | pending: false}}
    end
  end

  defp answer(face) do
    events =
      receive do
        {:phial_ready, 0} -> :phial_edit.read()
        {:shell_events, list} -> list
      end

    case Enum.find(events, &(match?({:submit, _}, &1) or &1 == :eof or match?({:interrupt, _}, &1))) do
      nil -> answer(face)
      {:submit, text} -> text
      _ -> :eof
    end
  end

  # ---- completion

  def completed(%{kind: :edit}, {insert, candidates}) do
    if insert != "", do: :phial_edit.insert(insert)
    if candidates != [], do: :phial_edit.candidates(candidates)
    :ok
  end

  # ---- the evaluator's group leader

  @doc "Who serves the I/O of the statements, {pid, face}: with the editor, input has to come through it."
  def group_leader(%{kind: :edit, leader: leader} = face) do
    if leader && Process.alive?(leader), do: {leader, face}, else: new_leader(face)
  end

  def group_leader(face), do: {Process.group_leader(), face}

  # Its priority is the server's: what a statement prints is seen, however many processes want to run.
  defp new_leader(face) do
    server = self()
    leader = :erlang.spawn_opt(fn -> IEx.Leader.loop(server) end, priority: :max)
    {leader, %{face | leader: leader, wanted: nil}}
  end

  # ---- interruption

  @doc "Ends what the evaluator does."
  def interrupt(evaluator), do: Process.exit(evaluator, :kill)

  @doc "A sentence about an evaluator that ended, for people in front of a terminal."
  def explain(%{kind: :plain}, _pid, _reason), do: ""
  def explain(_face, pid, reason), do: IEx.Epitaph.text(pid, reason)
end
