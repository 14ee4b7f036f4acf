# SPDX-License-Identifier: Apache-2.0
# ExUnit.CaptureIO: what a function writes. Invariant: the device that was replaced is back in its place when the
# function has ended, however it ended.
defmodule ExUnit.CaptureIO do
  @moduledoc "Captures output to the group leader or to a named device."

  @doc "Returns what the function writes to standard output."
  @spec capture_io((() -> any)) :: String.t()
  def capture_io(fun) when is_function(fun, 0), do: fun |> with_io() |> elem(1)

  @doc "The same for a device, an input, or options (`:input`, `:capture_prompt`, `:encoding`)."
  @spec capture_io(atom | String.t() | keyword, (() -> any)) :: String.t()
  def capture_io(device_input_or_options, fun), do: device_input_or_options |> with_io(fun) |> elem(1)

  @doc "The same for a device with an input or options."
  @spec capture_io(atom, String.t() | keyword, (() -> any)) :: String.t()
  def capture_io(device, input_or_options, fun), do: device |> with_io(input_or_options, fun) |> elem(1)

  @doc "Like `capture_io/1`, with the function's result: `{result, output}`."
  @spec with_io((() -> any)) :: {any, String.t()}
  def with_io(fun) when is_function(fun, 0), do: capture(:stdio, [], fun)

  @doc "Like `capture_io/2`, with the function's result."
  @spec with_io(atom | String.t() | keyword, (() -> any)) :: {any, String.t()}
  def with_io(device, fun) when is_atom(device) and is_function(fun, 0), do: capture(device, [], fun)
  def with_io(input, fun) when is_binary(input) and is_function(fun, 0), do: capture(:stdio, [input: input], fun)
  def with_io(options, fun) when is_list(options) and is_function(fun, 0), do: capture(:stdio, options, fun)

  @doc "Like `capture_io/3`, with the function's result."
  @spec with_io(atom, String.t() | keyword, (() -> any)) :: {any, String.t()}
  def with_io(device, input, fun) when is_atom(device) and is_binary(input) and is_function(fun, 0), do: capture(device, [input: input], fun)
  def with_io(device, options, fun) when is_atom(device) and is_list(options) and is_function(fun, 0), do: capture(device, options, fun)

  defp capture(device, options, fun) do
    unless is_nil(options[:input]) or is_binary(options[:input]), do: raise(ArgumentError, "expected :input to be a string")
    device(device, options, fun)
  end

  defp open(options),
    do:
      StringIO.open(options[:input] || "",
        capture_prompt: Keyword.get(options, :capture_prompt, true),
        encoding: Keyword.get(options, :encoding, :unicode)
      )

  defp device(device, options, fun) when device in [:stdio, :standard_io] do
    leader = Process.group_leader()
    {:ok, pid} = open(options)

    try do
      Process.group_leader(self(), pid)
      run(pid, fun)
    after
      Process.group_leader(self(), leader)
      close(pid)
    end
  end

  defp device(device, options, fun) do
    name = name(device)

    case ExUnit.CaptureServer.device_on(name, Keyword.get(options, :encoding, :unicode), options[:input] || "") do
      {:ok, ref} ->
        try do
          result = fun.()
          {result, ExUnit.CaptureServer.device_output(name, ref)}
        after
          ExUnit.CaptureServer.off(ref)
        end

      {:error, reason} ->
        raise refused(reason, device, options)
    end
  end

  defp refused(:no_device, device, _options), do: "could not find IO device registered at #{inspect(device)}"

  defp refused({:changed_encoding, encoding}, device, options) do
    ArgumentError.exception("attempted to change the encoding for a currently captured device #{inspect(device)}.\n\n" <>
      "Currently set as: #{inspect(encoding)}\nGiven: #{inspect(options[:encoding] || :unicode)}\n\nIf you need to use multiple encodings on a captured device, you cannot run your test asynchronously\n")
  end

  defp refused(:input_on_already_captured_device, device, _options) do
    ArgumentError.exception("attempted multiple captures on device #{inspect(device)} with input.\n\n" <>
      "If you need to give an input to a captured device, you cannot run your test asynchronously\n")
  end

  defp name(:stderr), do: :standard_error
  defp name(device), do: device

  defp run(pid, fun) do
    result = fun.()
    {_input, output} = StringIO.contents(pid)
    {result, output}
  end

  # The device was opened by a link: it goes without taking its owner along.
  defp close(pid) do
    Process.unlink(pid)
    StringIO.close(pid)
  end
end

defmodule ExUnit.CaptureLog do
  @moduledoc "Captures what is logged."

  @doc "Returns what is logged while the function runs."
  @spec capture_log(keyword, (() -> any)) :: String.t()
  def capture_log(opts \\ [], fun), do: opts |> with_log(fun) |> elem(1)

  @doc "Like `capture_log/2`, with the function's result: `{result, log}`."
  @spec with_log(keyword, (() -> result)) :: {result, String.t()} when result: any
  def with_log(opts \\ [], fun) when is_list(opts) and is_function(fun, 0) do
    {:ok, device} = StringIO.open("")
    ref = ExUnit.CaptureServer.log_on(device, opts)

    try do
      result = fun.()
      Logger.flush()
      {_input, output} = StringIO.contents(device)
      {result, output}
    after
      ExUnit.CaptureServer.off(ref)
      Process.unlink(device)
      StringIO.close(device)
    end
  end
end
