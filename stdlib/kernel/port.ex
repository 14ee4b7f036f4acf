# SPDX-License-Identifier: Apache-2.0
#
# Port: programs of the operating system as partners in messages. Invariant: every function is :erlang's, `:undefined` being nil.

defmodule Port do
  @moduledoc "Functions for ports: programs that processes talk to by messages."

  @type name ::
          {:spawn, charlist | binary}
          | {:spawn_driver, charlist | binary}
          | {:spawn_executable, :file.name_all()}
          | {:fd, non_neg_integer, non_neg_integer}

  @doc """
  Starts a program and gives the port to it.

      iex> port = Port.open({:spawn, "cat"}, [:binary])
      iex> send(port, {self(), {:command, "hello"}})
      iex> receive do
      ...>   {^port, {:data, data}} -> data
      ...> end
      "hello"
  """
  @spec open(name, list) :: port
  def open(name, settings), do: :erlang.open_port(name, settings)

  @doc "Closes the port; its program sees the end of its input."
  @spec close(port) :: true
  def close(port), do: :erlang.port_close(port)

  @doc "Sends data to the program."
  @spec command(port, iodata, [:force | :nosuspend]) :: boolean
  def command(port, data, options \\ []), do: :erlang.port_command(port, data, options)

  @doc "Makes a process the owner of the port."
  @spec connect(port, pid) :: true
  def connect(port, pid), do: :erlang.port_connect(port, pid)

  @doc "What is known about a port, or nil if it is closed."
  @spec info(port) :: keyword | nil
  def info(port), do: nillify(:erlang.port_info(port))

  @doc "One item of what is known about a port, or nil if it is closed."
  @spec info(port, atom) :: {atom, term} | nil
  def info(port, spec)

  def info(port, :registered_name) do
    case :erlang.port_info(port, :registered_name) do
      :undefined -> nil
      [] -> {:registered_name, []}
      other -> other
    end
  end

  def info(port, item), do: nillify(:erlang.port_info(port, item))

  @doc "Watches a port: `{:DOWN, ref, :port, port, reason}` comes when it closes."
  @spec monitor(port | atom) :: reference
  def monitor(port), do: :erlang.monitor(:port, port)

  @doc "Ends a monitor; `:flush` takes its message away too, `:info` tells whether it was there."
  @spec demonitor(reference, [:flush | :info]) :: boolean
  defdelegate demonitor(monitor_ref, options \\ []), to: :erlang

  @doc "All open ports."
  @spec list() :: [port]
  def list, do: :erlang.ports()

  defp nillify(:undefined), do: nil
  defp nillify(other), do: other
end
