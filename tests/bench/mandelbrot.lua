-- SPDX-License-Identifier: Apache-2.0
local size, total = 800, 0
for y = 0, size - 1 do
  for x = 0, size - 1 do
    local cr, ci = 2.0 * x / size - 1.5, 2.0 * y / size - 1.0
    local zr, zi, n = 0.0, 0.0, 50
    while true do
      if n == 0 then total = total + 1; break end
      if zr * zr + zi * zi > 4.0 then break end
      zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
      n = n - 1
    end
  end
end
print(total)
