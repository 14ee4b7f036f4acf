-- SPDX-License-Identifier: Apache-2.0
-- Boards are linked cells, as in the Elixir twin.
local function safe(column, board, distance)
  while board do
    local queen = board[1]
    if queen == column or queen == column + distance or queen == column - distance then return false end
    board, distance = board[2], distance + 1
  end
  return true
end
local n = 12
local function place(rows, board)
  if rows == 0 then return 1 end
  local total = 0
  for column = 1, n do
    if safe(column, board, 1) then total = total + place(rows - 1, { column, board }) end
  end
  return total
end
print(place(n, nil))
