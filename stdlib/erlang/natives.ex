# SPDX-License-Identifier: Apache-2.0
# Erlang's modules all of whose functions are natives: here they get what every module has, module_info/0,1 and documentation.
# Invariant: no function is defined here; vm/natives/ has them.
defmodule :atomics do
  @moduledoc "Arrays of integers that processes share, changed without a lock."
end

defmodule :binary do
  @moduledoc "Erlang's functions on binaries: search, split, replace, parts and bytes."
end

defmodule :counters do
  @moduledoc "Arrays of counters that processes share."
end

defmodule :math do
  @moduledoc "Mathematical functions on floats."
end

defmodule :persistent_term do
  @moduledoc "Terms that all processes read without a copy, and that change seldom."
end

defmodule :unicode do
  @moduledoc "Conversions between characters, their encodings and normal forms."
end
