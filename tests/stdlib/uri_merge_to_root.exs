# Where dots lead up to the root, the merged path is empty, unless it ends with a slash.
for {base, relative} <- [{"http://a/b/", ".."}, {"http://a/b/c", "/.."}, {"http://a", "."}, {"http://a/b/c/d", "../../"}, {"http://a", "http:b/../c"}] do
  IO.inspect(URI.merge(base, relative).path)
end
# => ""
# => ""
# => ""
# => "/"
# => "b/c"
