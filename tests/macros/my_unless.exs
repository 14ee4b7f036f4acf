defmodule My do
  defmacro my_unless(c, do: a, else: b) do
    quote do
      if(unquote(c), do: unquote(b), else: unquote(a))
    end
  end
end

defmodule U do
  require My
  def t(x) do
    My.my_unless x > 1 do
      :small
    else
      :big
    end
  end
end

IO.inspect({U.t(0), U.t(5)}) # => {:small, :big}
