# SPDX-License-Identifier: Apache-2.0
#
# :phial_slow_file, files that may not be ready: pipes, terminals, devices. Invariant: what a :phial_file native cannot do at
# once it answers with `wait`; the caller alone waits, in a receive, and asks again.
defmodule :phial_slow_file do
  @moduledoc false

  @retry 10

  def read_file(name) do
    with :wait <- :phial_file.read_file(name), {:ok, fd} <- open(name, [:read]) do
      result = read_all(fd, [])
      :phial_file.close(fd)
      result
    end
  end

  def write_file(name, bytes, modes) do
    with :wait <- :phial_file.write_file(name, bytes, modes), {:ok, fd} <- open(name, [:write | modes]) do
      result = write(fd, bytes)
      :phial_file.close(fd)
      result
    end
  end

  # A pipe is opened for writing once somebody reads it; nothing tells when.
  def open(name, modes) do
    with :wait <- :phial_file.open(name, modes) do
      receive do
      after
        @retry -> :ok
      end

      open(name, modes)
    end
  end

  def read(fd, n) do
    with :wait <- :phial_file.read(fd, n) do
      receive do
        {:phial_ready, ^fd} -> read(fd, n)
      end
    end
  end

  def write(fd, bytes) do
    with {:wait, rest} <- :phial_file.write(fd, bytes) do
      receive do
        {:phial_ready_out, ^fd} -> write(fd, rest)
      end
    end
  end

  defp read_all(fd, acc) do
    case read(fd, 65536) do
      {:ok, bytes} -> read_all(fd, [acc | bytes])
      :eof -> {:ok, :erlang.iolist_to_binary(acc)}
      error -> error
    end
  end
end
