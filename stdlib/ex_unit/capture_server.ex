# SPDX-License-Identifier: Apache-2.0
# ExUnit.CaptureServer: which devices and logs are being captured, and by whom. Invariant: a device has its own process
# back, and the console its log, when the last capture has ended, be it by the death of the process that captured.
defmodule ExUnit.CaptureServer do
  @moduledoc false
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, [], name: __MODULE__)

  # A capture of the device registered as `name`; several may run at a time, and each sees what is written while it runs.
  def device_on(name, encoding, input), do: GenServer.call(__MODULE__, {:device_on, name, encoding, input, self()}, :infinity)
  def device_output(name, ref), do: GenServer.call(__MODULE__, {:device_output, name, ref}, :infinity)

  # `device` gets the log, and the console none.
  def log_on(device, opts), do: GenServer.call(__MODULE__, {:log_on, device, opts, self()}, :infinity)
  def off(ref), do: GenServer.call(__MODULE__, {:off, ref}, :infinity)

  # devices: name => %{old, io, encoding, captures: %{ref => offset}}; logs: ref => backend
  @impl true
  def init(_), do: {:ok, %{devices: %{}, logs: %{}, console?: false}}

  @impl true
  def handle_call({:device_on, name, encoding, input, owner}, _from, state) do
    case state.devices do
      %{^name => %{encoding: other}} when other != encoding -> {:reply, {:error, {:changed_encoding, other}}, state}
      %{^name => _} when input != "" -> {:reply, {:error, :input_on_already_captured_device}, state}
      %{^name => device} -> capture(name, device, owner, state)
      %{} -> open(name, encoding, input, owner, state)
    end
  end

  def handle_call({:device_output, name, ref}, _from, state) do
    %{io: io, captures: %{^ref => offset}} = Map.fetch!(state.devices, name)
    {_input, output} = StringIO.contents(io)
    {:reply, binary_part(output, offset, byte_size(output) - offset), state}
  end

  def handle_call({:log_on, device, opts, owner}, _from, state) do
    state = if state.logs == %{}, do: %{state | console?: Logger.remove_backend(:console) == :ok}, else: state
    backend = {Logger.Backends.Console, device}
    {:ok, _} = Logger.add_backend(backend, Keyword.merge([colors: [enabled: false]], opts) ++ [device: device])
    ref = Process.monitor(owner)
    {:reply, ref, put_in(state.logs[ref], backend)}
  end

  def handle_call({:off, ref}, _from, state) do
    Process.demonitor(ref, [:flush])
    {:reply, :ok, release(ref, state)}
  end

  @impl true
  def handle_info({:DOWN, ref, _, _, _}, state), do: {:noreply, release(ref, state)}
  def handle_info(_message, state), do: {:noreply, state}

  defp open(name, encoding, input, owner, state) do
    old = Process.whereis(name)

    if old || name == :standard_error do
      {:ok, io} = StringIO.open(input, encoding: encoding)
      if old, do: Process.unregister(name)
      Process.register(io, name)
      capture(name, %{old: old, io: io, encoding: encoding, captures: %{}}, owner, state)
    else
      {:reply, {:error, :no_device}, state}
    end
  end

  defp capture(name, device, owner, state) do
    ref = Process.monitor(owner)
    {_input, output} = StringIO.contents(device.io)
    device = put_in(device.captures[ref], byte_size(output))
    {:reply, {:ok, ref}, put_in(state.devices[name], device)}
  end

  defp release(ref, %{logs: logs} = state) when is_map_key(logs, ref) do
    {backend, logs} = Map.pop!(logs, ref)
    Logger.remove_backend(backend)
    if logs == %{} and state.console?, do: Logger.add_backend(:console)
    %{state | logs: logs}
  end

  defp release(ref, state) do
    case Enum.find(state.devices, fn {_name, device} -> is_map_key(device.captures, ref) end) do
      nil -> state
      {name, device} -> release_device(name, %{device | captures: Map.delete(device.captures, ref)}, state)
    end
  end

  defp release_device(name, %{captures: captures} = device, state) when captures == %{} do
    if Process.whereis(name) == device.io, do: Process.unregister(name)
    if device.old, do: restore(device.old, name)
    Process.unlink(device.io)
    StringIO.close(device.io)
    %{state | devices: Map.delete(state.devices, name)}
  end

  defp release_device(name, device, state), do: put_in(state.devices[name], device)

  # A device that has ended meanwhile has no name to take back.
  defp restore(old, name) do
    Process.register(old, name)
  rescue
    ArgumentError -> :ok
  end
end
