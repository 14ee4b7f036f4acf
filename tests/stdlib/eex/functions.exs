defmodule Counting do
  @behaviour EEx.Engine
  def init(opts), do: opts[:start]
  def handle_text(n, [line: _, column: _], _), do: n + 1
  def handle_expr(n, marker, _), do: n + 100 * String.length(marker)
  def handle_begin(_), do: 0
  def handle_end(n), do: n
  def handle_body(n), do: n
end

defmodule Sample do
  require EEx
  @path Path.join(System.tmp_dir!(), "phial_#{System.pid()}.eex")
  File.write!(@path, "<%= a %>-<%= @b %>\n<%= if a do %>z<% end %>")
  EEx.function_from_string(:def, :sum, "<%= a + b %>", [:a, :b])
  EEx.function_from_file(:def, :file, @path, [:a, :assigns], trim: true)
  EEx.function_from_string(:defp, :hidden, "h")
  def call, do: hidden()
  IO.inspect(@external_resource == [@path]) # => true
  IO.inspect(EEx.eval_file(@path, a: 1, assigns: %{b: 2})) # => "1-2\nz"
  File.rm!(@path)
end

IO.inspect({Sample.sum(1, 2), Sample.file(1, b: 4), Sample.call()}) # => {"3", "1-4\nz", "h"}
IO.inspect(function_exported?(Sample, :hidden, 0)) # => false
IO.inspect(EEx.compile_string("a<%= b %><% c %>d<%| e %>", engine: Counting, start: 3)) # => 205
IO.puts(Macro.to_string(EEx.compile_string("x\n<%= if @a do %>\n<%= b %><% end %>", engine: EEx.SmartEngine)))
# => arg0 =
# =>   String.Chars.to_string(
# =>     if EEx.Engine.fetch_assign!(var!(assigns), :a) do
# =>       arg0 = String.Chars.to_string(b)
# =>       <<"\n", arg0::binary>>
# =>     end
# =>   )
# =>
# => <<"x\n", arg0::binary>>
