# What compilation tracers are told.
defmodule Tracer do
  def trace(event, env) do
    if interesting?(event), do: IO.inspect({plain(event), env.function}, width: 150)
    :ok
  end

  defp interesting?(event) when event in [:start, :stop], do: true
  defp interesting?(event) when elem(event, 0) in [:remote_function, :imported_macro], do: elem(event, 2) in [Enum, Integer]
  defp interesting?(event), do: elem(event, 0) in [:alias, :alias_expansion, :require, :local_function, :local_macro, :struct_expansion, :on_module, :import]

  defp plain({:on_module, binary, :none}), do: {:on_module, is_binary(binary)}
  defp plain(event) when is_atom(event), do: event
  defp plain(event), do: put_elem(event, 1, elem(event, 1)[:line])
end

Code.put_compiler_option(:tracers, [Tracer])

Code.compile_string("""
alias Hello.World
_ = World
require Integer, as: I
import Integer, only: [is_odd: 1]
_ = is_odd(1)
_ = I
Enum.map([1], & &1)
""")

# => {:start, nil}
# => {{:alias, 1, Hello.World, World, []}, nil}
# => {{:alias_expansion, 2, World, Hello.World}, nil}
# => {{:require, 3, Integer, [as: I]}, nil}
# => {{:alias, 3, Integer, I, [as: I]}, nil}
# => {{:import, 4, Integer, [only: [is_odd: 1]]}, nil}
# => {{:require, 4, Integer, [only: [is_odd: 1]]}, nil}
# => {{:imported_macro, 5, Integer, :is_odd, 1}, nil}
# => {{:alias_expansion, 6, I, Integer}, nil}
# => {{:remote_function, 7, Enum, :map, 2}, nil}
# => {:stop, nil}

Code.compile_string("""
defmodule Traced do
  defmacrop twice(x), do: x
  def f(x), do: g(x)
  def g(x), do: twice(x)
  def h, do: %URI{path: 1}
end
""")

# => {:start, nil}
# => {{:local_function, 3, :g, 1}, {:f, 1}}
# => {{:local_macro, 4, :twice, 1}, {:g, 1}}
# => {{:struct_expansion, 5, URI, [:path]}, {:h, 0}}
# => {{:on_module, true}, nil}
# => {:stop, nil}

Code.put_compiler_option(:tracers, [])
Code.compile_string("1 + 2")
