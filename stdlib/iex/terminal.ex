# SPDX-License-Identifier: Apache-2.0
# The face of the shell: either the line editor (:phial_edit, when input and output are terminals) or plain lines by the I/O protocol, where
# everything printed is what iex prints.
# Invariant: only the server calls it; what arrives is told by messages, so that the server never blocks on the keyboard.
defmodule IEx.Terminal do
  @moduledoc false

  @doc "The face of this run."
  def start do
    Application.put_env(:elixir, :dbg_callback, {IEx.Pry, :dbg, []})

    case :phial_edit.start(%{}) do
      :ok ->
        unless System.get_env("NO_COLOR"), do: Application.put_env(:elixir, :ansi_enabled, true)
        :phial_edit.await()
        %{kind: :edit, interrupts: 0, reader: nil}

      {:error, :no_terminal} ->
        %{kind: :plain, reader: start_reader(), pending: false}
    end
  end

  def stop(%{kind: :edit}), do: :phial_edit.stop()
  def stop(_face), do: :ok

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

  @doc "Shows a prompt; the statement comes as a message for input/2."
  def prompt(%{kind: :edit} = face, prompt, continuation) do
    events(:phial_edit.prompt(prompt, continuation, :statement))
    face
  end

  # The reader waits already: only the text is shown again.
  def prompt(%{pending: true} = face, prompt, _continuation) do
    IO.write(prompt)
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
    face
  end

  def cancel(face), do: face

  # ---- what came while a prompt was shown

  @doc "{:line, text, face} | {:break, text, face} | {:more, face} | {:again, face} | {:complete, before, face} | {:eof, face}"
  def input(%{kind: :edit} = face, {:phial_ready, 0}), do: event(face, :phial_edit.read())
  def input(%{kind: :edit} = face, {:shell_events, list}), do: event(face, list)

  def input(%{kind: :plain, reader: reader} = face, {:shell_line, reader, line}) do
    face = %{face | pending: false}
    if is_binary(line), do: {:line, line, face}, else: {:eof, face}
  end

  def input(face, _message), do: {:more, face}

  defp event(face, []), do: {:more, face}

  defp event(face, [event | rest]) do
    events(rest)

    case event do
      {:submit, text} -> submitted(%{face | interrupts: 0}, text)
      {:complete, before, _after} -> {:complete, before, face}
      {:interrupt, :empty} -> if face.interrupts > 0, do: {:eof, face}, else: {:again, hint(face)}
      {:interrupt, _} -> {:again, %{face | interrupts: 0}}
      :eof -> {:eof, face}
    end
  end

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
  def busy(face, {:read_line, from, prompt, mode}), do: {:ok, read_for(face, from, prompt, mode)}
  def busy(face, _message), do: {:ok, face}

  defp busy_events(face, []), do: {:ok, face}

  defp busy_events(face, [event | rest]) do
    events(rest)

    case {event, face} do
      {{:submit, text}, %{wanted: from}} -> {:ok, given(face, from, text <> "\n")}
      {:eof, %{wanted: from}} -> {:ok, given(face, from, :eof)}
      {{:interrupt, _}, %{wanted: from}} -> {:interrupt, given(face, from, {:error, :interrupted})}
      {{:interrupt, _}, _} -> {:interrupt, face}
      {:eof, _} -> {:eof, face}
      _ -> {:ok, face}
    end
  end

  # A program reads a line: the editor edits one for it.
  defp read_for(face, from, prompt, mode) do
    events(:phial_edit.prompt(prompt, nil, mode))
    Map.put(face, :wanted, from)
  end

  defp given(face, from, line) do
    send(from, {:line_read, line})
    Map.delete(face, :wanted)
  end

  @doc "Asks a question of one line and waits for the answer."
  def ask(%{kind: :edit} = face, question) do
    events(:phial_edit.prompt(question, nil, :line))
    answer(face)
  end

  def ask(%{kind: :plain} = face, question) do
    if face.pending, do: IO.write(question), else: send(face.reader, {:read, question})
    reader = face.reader

    receive do
      {:shell_line, ^reader, line} -> line
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

  @doc "Who serves the I/O of the statements: with the editor, input has to come through it."
  def group_leader(%{kind: :edit}) do
    server = self()
    {:ok, spawn(fn -> IEx.Leader.loop(server) end)} |> elem(1)
  end

  def group_leader(_face), do: Process.group_leader()

  # ---- interruption

  @doc "Ends what the evaluator does."
  def interrupt(evaluator), do: Process.exit(evaluator, :kill)

  @doc "A sentence about an evaluator that ended, for people in front of a terminal."
  def explain(%{kind: :plain}, _pid, _reason), do: ""
  def explain(_face, pid, reason), do: IEx.Epitaph.text(pid, reason)
end
