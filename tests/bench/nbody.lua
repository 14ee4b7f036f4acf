-- SPDX-License-Identifier: Apache-2.0
local pi = 3.141592653589793
local solar_mass, year = 4 * pi * pi, 365.24
local bodies = {
  { x = 0.0, y = 0.0, z = 0.0, vx = 0.0, vy = 0.0, vz = 0.0, m = solar_mass },
  { x = 4.84143144246472090, y = -1.16032004402742839, z = -0.103622044471123109, vx = 0.00166007664274403694 * year,
    vy = 0.00769901118419740425 * year, vz = -0.0000690460016972063023 * year, m = 0.000954791938424326609 * solar_mass },
  { x = 8.34336671824457987, y = 4.12479856412430479, z = -0.403523417114321381, vx = -0.00276742510726411 * year,
    vy = 0.00499852801234917238 * year, vz = 0.0000230417297573763929 * year, m = 0.000285885980666130812 * solar_mass },
  { x = 12.8943695621391310, y = -15.1111514016986312, z = -0.223307578892655734, vx = 0.00296460137564761618 * year,
    vy = 0.00237847173959480950 * year, vz = -0.0000296589568540237556 * year, m = 0.0000436624404335156298 * solar_mass },
  { x = 15.3796971148509165, y = -25.9193146099879641, z = 0.179258772950371181, vx = 0.00268067772490389322 * year,
    vy = 0.00162824170038242295 * year, vz = -0.0000951592254519715870 * year, m = 0.0000515138902046611451 * solar_mass },
}
local function advance(dt)
  local n = #bodies
  for i = 1, n do
    local a = bodies[i]
    local vx, vy, vz, m = a.vx, a.vy, a.vz, a.m
    for j = i + 1, n do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      local d2 = dx * dx + dy * dy + dz * dz
      local mag = dt / (d2 * math.sqrt(d2))
      local p, q = b.m * mag, m * mag
      vx, vy, vz = vx - dx * p, vy - dy * p, vz - dz * p
      b.vx, b.vy, b.vz = b.vx + dx * q, b.vy + dy * q, b.vz + dz * q
    end
    a.vx, a.vy, a.vz = vx, vy, vz
    a.x, a.y, a.z = a.x + dt * vx, a.y + dt * vy, a.z + dt * vz
  end
end
local function energy()
  local e = 0.0
  for i, a in ipairs(bodies) do
    e = e + 0.5 * a.m * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      e = e - a.m * b.m / math.sqrt(dx * dx + dy * dy + dz * dz)
    end
  end
  return e
end
local px, py, pz = 0.0, 0.0, 0.0
for _, b in ipairs(bodies) do px, py, pz = px + b.vx * b.m, py + b.vy * b.m, pz + b.vz * b.m end
bodies[1].vx, bodies[1].vy, bodies[1].vz = -px / solar_mass, -py / solar_mass, -pz / solar_mass
print(string.format("%.9f", energy()))
for _ = 1, 300000 do advance(0.01) end
print(string.format("%.9f", energy()))
