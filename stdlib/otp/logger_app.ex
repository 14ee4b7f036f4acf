# SPDX-License-Identifier: Apache-2.0
#
# Logger.App, what starting and stopping the application :logger does, and :logger_std_h, Erlang's own handler, which has the word while Elixir's
# does not run. Invariant: one of the two handlers is there from the first event on; the standard handler writes in the process that logs.

defmodule Logger.App do
  @moduledoc false

  @quiet :silence_logger_exit

  def start do
    :logger.remove_handler(:default)
    :logger.remove_primary_filter(@quiet)
    :logger.add_primary_filter(:process_level, {&Logger.Filter.process_level/2, []})
    :logger.set_primary_config(:level, level())
    :logger.add_handler(Logger, Logger.Handler, %{})
  end

  def stop do
    Logger.Backends.stop()
    :logger.remove_handler(Logger)
    :logger.remove_primary_filter(:process_level)
    :logger.add_primary_filter(@quiet, {&Logger.Filter.silence_logger_exit/2, []})
    :logger.set_primary_config(:level, :notice)

    filters = [
      remote_gl: {&:logger_filters.remote_gl/2, :stop},
      domain: {&:logger_filters.domain/2, {:log, :super, [:otp, :sasl]}},
      no_domain: {&:logger_filters.domain/2, {:log, :undefined, []}}
    ]

    formatter = {:logger_formatter, %{legacy_header: true, single_line: false}}
    :logger.add_handler(:default, :logger_std_h, %{filter_default: :stop, filters: filters, formatter: formatter})
  end

  defp level do
    with :warn <- Application.get_env(:logger, :level, :debug), do: :warning
  end
end

defmodule :logger_std_h do
  @moduledoc "Erlang's handler of events, which writes to a device or a file."

  # The handler's own part of the configuration: what is not given is Erlang's default.
  @defaults %{
    burst_limit_enable: true,
    burst_limit_max_count: 500,
    burst_limit_window_time: 1000,
    drop_mode_qlen: 200,
    filesync_repeat_interval: :no_repeat,
    flush_qlen: 1000,
    overload_kill_enable: false,
    overload_kill_mem_size: 3_000_000,
    overload_kill_qlen: 20_000,
    overload_kill_restart_after: 5000,
    sync_mode_qlen: 10
  }

  def adding_handler(handler) do
    given = Map.get(handler, :config, %{})

    case place(given) do
      {:ok, place} -> opened(%{handler | config: @defaults |> Map.merge(given) |> Map.merge(place)})
      :error -> {:error, {:invalid_config, :logger_std_h, given}}
    end
  end

  def removing_handler(_handler), do: :ok

  # Where it writes stays as it was.
  def changing_config(_how, old, new) do
    kept = Map.take(old.config, [:type, :file, :modes])

    if Map.take(new.config, Map.keys(kept)) in [kept, %{}] or Enum.all?(new.config, fn {key, value} -> Map.get(kept, key, value) == value end),
      do: {:ok, %{new | config: Map.merge(old.config, new.config)}},
      else: {:error, {:illegal_config_change, :logger_std_h, Map.take(old.config, Map.keys(kept)), Map.take(new.config, Map.keys(kept))}}
  end

  def log(event, %{formatter: {module, options}, config: config}) do
    write(config, module.format(event, options))
    :ok
  end

  @doc "All events are written when they are logged."
  def filesync(_name), do: :ok

  defp write(%{type: :standard_io}, text), do: :io.put_chars(:user, text)
  defp write(%{type: :standard_error}, text), do: :io.put_chars(:standard_error, text)
  defp write(%{type: {:device, device}}, text), do: :io.put_chars(device, text)
  defp write(%{type: :file, file: file}, text), do: :file.write_file(file, :unicode.characters_to_binary(text), [:append])

  defp place(%{type: {:file, file}} = given) when not is_map_key(given, :file), do: place(%{given | type: :file} |> Map.put(:file, file))
  defp place(%{type: {:file, file, modes}}), do: place(%{type: :file, file: file, modes: modes})
  defp place(%{file: file, type: :file} = given), do: {:ok, in_file(file, given)}
  defp place(%{file: file} = given) when not is_map_key(given, :type), do: {:ok, in_file(file, given)}
  defp place(%{type: type} = given) when type in [:standard_io, :standard_error] and not is_map_key(given, :file), do: {:ok, %{type: type}}
  defp place(%{type: {:device, _} = type}), do: {:ok, %{type: type}}
  defp place(given) when not is_map_key(given, :type), do: {:ok, %{type: :standard_io}}
  defp place(_given), do: :error

  defp in_file(file, given),
    do: %{type: :file, file: :filename.absname(file) |> to_charlist(), modes: Map.get(given, :modes, [:delayed_write, :append, :raw])}

  # A file that cannot be written is told when the handler is added.
  defp opened(%{config: %{type: :file, file: file}} = handler) do
    :filelib.ensure_dir(file)

    case :file.write_file(file, "", [:append]) do
      :ok -> {:ok, handler}
      {:error, reason} -> {:error, {:open_failed, file, reason}}
    end
  end

  defp opened(handler), do: {:ok, handler}
end
