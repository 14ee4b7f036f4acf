# SPDX-License-Identifier: Apache-2.0
#
# :phial_report, what the VM itself reports: a plain process that died of an uncaught error.
# Invariant: it runs in a process of its own that the VM spawned, never in the one that died.

defmodule :phial_report do
  @moduledoc false

  @doc """
  Reports that `pid` died of `reason`: what was raised, or `{:nocatch, value}` of a throw.
  """
  def process_crash(pid, reason, stacktrace) do
    if :logger.allow(:error, nil) do
      # What handlers print goes where the VM's own output goes.
      user = :erlang.whereis(:user)
      if is_pid(user), do: :erlang.group_leader(user, self())

      :logger.event(
        :error,
        {'Error in process ~p with exit value:~n~p~n', [pid, {reason, stacktrace}]},
        %{pid: pid, gl: :erlang.group_leader(), error_logger: %{tag: :error, emulator: true}}
      )
    end

    :ok
  end

  @doc "Tells whether anybody looks at the reports of supervisors and of :proc_lib."
  def sasl? do
    Application.get_env(:logger, :handle_sasl_reports, false) == true or
      :logger.get_handler_ids() != [Logger]
  end
end
