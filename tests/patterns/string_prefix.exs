f = fn
  "GET " <> path -> {:get, path}
  "POST " <> path -> {:post, path}
  _ -> :unknown
end
IO.inspect(f.("GET /a")) # => {:get, "/a"}
IO.inspect(f.("POST /b")) # => {:post, "/b"}
IO.inspect(f.("PUT /c")) # => :unknown
