IO.inspect((if 1 > 0, do: :yes, else: :no)) # => :yes
IO.inspect((if nil, do: 1)) # => nil
IO.inspect((unless false, do: :done)) # => :done
x = if true do
  :a
else
  :b
end
IO.inspect(x) # => :a
IO.inspect((unless true do 1 else 2 end)) # => 2
