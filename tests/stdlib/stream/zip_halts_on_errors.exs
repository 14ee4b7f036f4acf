# When a round of a zip fails, each source is ended once more where it was when the round began.
source = fn name, last ->
  Stream.resource(
    fn -> 1 end,
    fn n ->
      cond do
        n <= last -> {[n], n + 1}
        name == :bad -> raise "oops"
        true -> {:halt, n}
      end
    end,
    fn n -> IO.puts("#{name} ends at #{n}") end
  )
end

try do
  Stream.zip(source.(:good, 5), source.(:bad, 1)) |> Enum.to_list()
rescue
  error -> IO.puts(error.message)
end
# => bad ends at 2
# => good ends at 2
# => bad ends at 2
# => oops

try do
  Stream.zip_with(source.(:good, 5), source.(:other, 5), fn a, b -> if a == 2, do: throw(:stop), else: a + b end) |> Enum.to_list()
catch
  :stop -> IO.puts("stopped")
end
# => good ends at 2
# => other ends at 2
# => stopped
