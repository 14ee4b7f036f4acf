# Sums of small and large integers and floats, in the order of the list; errors are those of +.
sum = fn list ->
  try do
    IO.inspect({Enum.sum(list), :lists.sum(list)})
  rescue
    e -> IO.puts(Exception.message(e))
  end
end

sum.([])
# => {0, 0}
sum.([1, 2.5, 3])
# => {6.5, 6.5}
sum.([0.1, 0.2, 0.3, 1])
# => {1.6, 1.6}
sum.([1, 2, 0.5, 3, 1.0e16, 1, 1])
# => {1.0000000000000008e16, 1.0000000000000008e16}
sum.([1_152_921_504_606_846_975, 5, 7])
# => {1152921504606846987, 1152921504606846987}
sum.([-1_152_921_504_606_846_976, -5, 6])
# => {-1152921504606846975, -1152921504606846975}
sum.([1.5, 10 ** 30, 2])
# => {1.0e30, 1.0e30}
sum.([1, :a])
# => bad argument in arithmetic expression
sum.([1.0e308, 1.0e308])
# => bad argument in arithmetic expression
sum.([1, 10 ** 400, 1.5])
# => bad argument in arithmetic expression
IO.inspect(Enum.zip([[1, 2, 3], [4, 5], [6, 7, 8]]))
# => [{1, 4, 6}, {2, 5, 7}]
