# @after_verify runs when the whole of the file is there, in the order of the modules and hooks.
Code.compile_string("""
defmodule Verified do
  @after_verify __MODULE__
  @after_verify {Verifier, :look}
  def __after_verify__(module), do: IO.inspect({:own, module})
end

defmodule Verifier do
  def look(module), do: IO.inspect({:look, module, Code.ensure_loaded?(Last)})
end

defmodule Last do
end

IO.puts("file")
""")
# => file
# => {:own, Verified}
# => {:look, Verified, true}
