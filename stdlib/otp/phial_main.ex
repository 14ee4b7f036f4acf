# SPDX-License-Identifier: Apache-2.0
# What `phial` runs: starts the user process, runs the commands of the command line in a process of their own, reports what goes wrong as
# Elixir's own command does, and halts with its exit status.
defmodule :phial_main do
  @moduledoc false

  # commands: [{:file | :require | :eval | :stdin | :error | :test | :run | :new | :shell, text}]
  def start(commands, no_halt) do
    if no_halt, do: :phial_explain.stays()
    user = :phial_user.start()
    :erlang.group_leader(user, self())
    main = self()
    :erlang.process_flag(:priority, :max)
    {pid, ref} = :erlang.spawn_monitor(fn -> send(main, {:done, self(), run_all(commands)}) end)

    status =
      receive do
        {:done, ^pid, status} -> status
        {:DOWN, ^ref, :process, ^pid, reason} -> died(pid, reason)
      end

    stopped = :persistent_term.get(:phial_stop, nil) != nil     # System.stop/1: its process halts
    if stopped or ((no_halt or System.no_halt()) and status == 0), do: wait_forever()
    finish(status)
  end

  # Functions that are registered meanwhile run too.
  defp finish(status) do
    case :persistent_term.get(:phial_at_exit, []) do
      [] ->
        Logger.Writer.flush()
        :erlang.halt(status)

      functions ->
        :persistent_term.put(:phial_at_exit, [])
        finish(Enum.reduce(functions, status, &at_exit/2))
    end
  end

  defp at_exit(fun, status) do
    fun.(status)
    status
  catch
    :exit, {:shutdown, status} when is_integer(status) -> status
    kind, reason -> print(kind, reason, __STACKTRACE__)
  end

  defp wait_forever do
    :phial_explain.stays()

    receive do
      :phial_never -> :ok
    end
  end

  defp died(pid, reason) do
    message = Exception.format_banner({:EXIT, pid}, reason, []) <> "\n\n"
    :phial_io.put_chars(:stderr, message)
    1
  end

  # An option or file that does not exist does not keep the others from running.
  defp run_all(commands) do
    {errors, commands} = Enum.split_with(commands, &match?({:error, _}, &1))
    run_all(commands, Enum.map(errors, fn {:error, option} -> "#{option} : Unknown option" end))
  end

  defp run_all([], []), do: 0

  defp run_all([], errors) do
    hint = if Enum.any?(errors, &String.ends_with?(&1, "Unknown option")), do: "Try `phial --help`.\n", else: ""
    :phial_io.put_chars(:stderr, [Enum.map(errors, &[&1, "\n"]), hint])
    1
  end

  defp run_all([command | rest], errors) do
    case run(command) do
      0 -> run_all(rest, errors)
      {:error, message} -> run_all(rest, errors ++ [message])
      status -> status
    end
  end

  defp run(command) do
    execute(command)
  catch
    :exit, :normal -> 0
    :exit, :shutdown -> 0
    :exit, {:shutdown, status} when is_integer(status) -> status
    kind, reason -> print(kind, reason, __STACKTRACE__)
  end

  defp execute({:eval, code}), do: done(Code.eval_string(code, [], file: "nofile"))
  defp execute({:stdin, _}), do: done(:phial_compiler.compile_string(script_of_input(), "stdin"))

  defp execute({:file, path}) do
    if File.regular?(path), do: done(Code.compile_file(path)), else: {:error, "No file named #{path}"}
  end

  defp execute({:script, name}) do
    case System.find_executable(name) do
      nil -> {:error, "-S : Could not find executable #{name}"}
      path -> done(Code.compile_file(path))
    end
  end

  defp execute({:test, seed}), do: :phial_test.run(System.argv(), String.to_integer(seed))
  defp execute({:run, _}), do: :phial_run.run(System.argv())
  defp execute({:new, _}), do: :phial_new.run(System.argv())
  defp execute({:learn, _}), do: IEx.Learn.run(System.argv())
  defp execute({:shell, _}), do: :phial_shell.run(System.argv())

  defp execute({:require, pattern}) do
    case Enum.filter(Path.wildcard(pattern), &File.regular?/1) do
      [] -> {:error, "-r : No files matched pattern #{pattern}"}
      files -> done(Enum.each(files, &Code.require_file/1))
    end
  end

  defp script_of_input do
    case :phial_user.read_all() do
      :eof -> ""
      text -> text
    end
  end

  defp done(_), do: 0

  # Who reads our output has gone: the program that wrote ends, and there is nothing to say.
  defp print(kind, reason, stack) do
    if reason == :terminated and :phial_io.gone?(), do: 0, else: report(kind, reason, stack)
  end

  defp report(kind, reason, stack) do
    stack = Enum.reject(stack, fn entry -> elem(entry, 0) in [:phial_main, :phial_compiler, :phial_run, :phial_project, :phial_test] end)
    reason = Exception.normalize(kind, reason, stack)
    {blamed, stack} = Exception.blame(kind, reason, stack)
    text = [banner(kind, reason, blamed, stack), "\n", Exception.format_stacktrace(stack), story(reason), :phial_explain.about(reason)]
    :phial_io.put_chars(:stderr, text)
    1
  end

  # The place of what does not compile, below Elixir's own text.
  defp story(%type{} = error) when type in [CompileError, SyntaxError, TokenMissingError, UnicodeConversionError, ArgumentError, KeyError] do
    case :phial_compiler.story(Exception.message(error)) do
      "" -> []
      text -> [text, "\n"]
    end
  end

  defp story(_reason), do: []

  # The arguments of a failed clause are shown below the message, indented.
  defp banner(kind, reason, %FunctionClauseError{} = blamed, stack) do
    details = FunctionClauseError.blame(blamed, &inspect/1, &blamed/1)
    [Exception.format_banner(kind, reason, stack), "    ", String.replace(details, "\n", "\n    ")]
  end

  defp banner(kind, _reason, blamed, stack), do: Exception.format_banner(kind, blamed, stack)

  defp blamed(%{match?: true, node: node}), do: "+" <> Macro.to_string(node) <> "+"
  defp blamed(%{match?: false, node: node}), do: "-" <> Macro.to_string(node) <> "-"
end
