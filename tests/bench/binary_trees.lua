-- SPDX-License-Identifier: Apache-2.0
local function make(depth)
  if depth == 0 then return {} end
  return { make(depth - 1), make(depth - 1) }
end
local function check(tree)
  if not tree[1] then return 1 end
  return 1 + check(tree[1]) + check(tree[2])
end
local max = 17
print(string.format("stretch tree of depth %d, check %d", max + 1, check(make(max + 1))))
local long_lived = make(max)
for depth = 4, max, 4 do
  local n, total = 1 << (max - depth + 4), 0
  for _ = 1, n do total = total + check(make(depth)) end
  print(string.format("%d trees of depth %d, check %d", n, depth, total))
end
print(string.format("long lived tree of depth %d, check %d", max, check(long_lived)))
