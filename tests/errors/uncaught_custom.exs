defmodule MyErr do
  defexception [:code]
  def message(e), do: "code #{e.code}"
end
defmodule Raiser do
  def go, do: raise(MyErr, code: 7)
end
Raiser.go() # stderr: ** (MyErr) code 7
# exit: 1
