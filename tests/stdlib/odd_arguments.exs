# Answers to unusual but valid arguments.
IO.inspect(abs(-0.0)) # => -0.0
IO.inspect(Regex.scan(~r/a/, "abc", offset: 10)) # => []
IO.inspect({Path.join("a", ["/", "a"]), Path.relative(["/a", "b"]), Path.type(["/a", "b"]), Path.type(~c"/a")}) # => {"a//a", "/ab", :relative, :absolute}
IO.inspect(URI.merge("http://a.b/c", "//h/p").port) # => nil
IO.inspect(:string.casefold("ϖß")) # => "πss"
IO.inspect({String.bag_distance("", ""), String.jaro_distance("", "")}) # => {0.0, 1.0}

message = fn fun ->
  try do
    fun.()
  rescue
    e -> IO.puts("#{inspect(e.__struct__)}: #{Exception.message(e) |> String.slice(0, 60)}")
  end
end

message.(fn -> Macro.struct!(Nope, %{__ENV__ | file: "f", line: 1}) end) # => CompileError: f:1: Nope.__struct__/0 is undefined, cannot expand struct No
message.(fn -> Code.string_to_quoted(<<"a = ", 255>>) end) # => UnicodeConversionError: invalid encoding starting at <<255>>
