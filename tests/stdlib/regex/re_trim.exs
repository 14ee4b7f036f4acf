# :re.split/3 with trim drops every empty part at the end, all of them if need be.
for {text, pattern} <- [{",,", ","}, {"a,,", ","}, {"", ","}, {"a", "a"}, {",a", ","}], options <- [[:trim], [:trim, :group]] do
  IO.inspect({text, options, :re.split(text, pattern, options)})
end
# => {",,", [:trim], []}
# => {",,", [:trim, :group], []}
# => {"a,,", [:trim], ["a"]}
# => {"a,,", [:trim, :group], [["a"]]}
# => {"", [:trim], [""]}
# => {"", [:trim, :group], [[""]]}
# => {"a", [:trim], []}
# => {"a", [:trim, :group], []}
# => {",a", [:trim], ["", "a"]}
# => {",a", [:trim, :group], [[""], ["a"]]}
