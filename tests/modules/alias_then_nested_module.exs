defmodule Story do
  alias __MODULE__.{Player, World}

  defmodule Player do
    defstruct at: :hall
  end

  defmodule World do
    def size, do: 3
  end

  def run, do: {%Player{}, World.size()}
end

IO.inspect(Story.run()) # => {%Story.Player{at: :hall}, 3}
