# SPDX-License-Identifier: Apache-2.0
# Stresses: floats, tuples and lists of them, :math.sqrt.
defmodule NBody do
  @pi 3.141592653589793
  @solar_mass 4 * @pi * @pi
  @year 365.24

  def bodies do
    [
      {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, @solar_mass},
      {4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 0.00166007664274403694 * @year,
       0.00769901118419740425 * @year, -0.0000690460016972063023 * @year, 0.000954791938424326609 * @solar_mass},
      {8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -0.00276742510726411 * @year,
       0.00499852801234917238 * @year, 0.0000230417297573763929 * @year, 0.000285885980666130812 * @solar_mass},
      {12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 0.00296460137564761618 * @year,
       0.00237847173959480950 * @year, -0.0000296589568540237556 * @year, 0.0000436624404335156298 * @solar_mass},
      {15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 0.00268067772490389322 * @year,
       0.00162824170038242295 * @year, -0.0000951592254519715870 * @year, 0.0000515138902046611451 * @solar_mass}
    ]
  end

  def offset(bodies) do
    {px, py, pz} =
      Enum.reduce(bodies, {0.0, 0.0, 0.0}, fn {_, _, _, vx, vy, vz, m}, {px, py, pz} ->
        {px + vx * m, py + vy * m, pz + vz * m}
      end)

    [{x, y, z, _, _, _, m} | rest] = bodies
    [{x, y, z, -px / @solar_mass, -py / @solar_mass, -pz / @solar_mass, m} | rest]
  end

  def energy(bodies), do: energy(bodies, 0.0)
  defp energy([], e), do: e

  defp energy([{_, _, _, vx, vy, vz, m} = body | rest], e) do
    energy(rest, potential(rest, body, e + 0.5 * m * (vx * vx + vy * vy + vz * vz)))
  end

  defp potential([], _body, e), do: e

  defp potential([{x2, y2, z2, _, _, _, m2} | rest], {x, y, z, _, _, _, m} = body, e) do
    dx = x - x2
    dy = y - y2
    dz = z - z2
    potential(rest, body, e - m * m2 / :math.sqrt(dx * dx + dy * dy + dz * dz))
  end

  def advance(bodies, 0, _dt), do: bodies
  def advance(bodies, n, dt), do: bodies |> step(dt) |> advance(n - 1, dt)

  defp step([], _dt), do: []

  defp step([body | rest], dt) do
    {body, rest} = attract(body, rest, dt, [])
    [move(body, dt) | step(rest, dt)]
  end

  # The others come back in reverse: `attract` reverses them once more.
  defp attract(body, [], _dt, done), do: {body, :lists.reverse(done)}

  defp attract({x1, y1, z1, vx1, vy1, vz1, m1}, [{x2, y2, z2, vx2, vy2, vz2, m2} | rest], dt, done) do
    dx = x1 - x2
    dy = y1 - y2
    dz = z1 - z2
    d2 = dx * dx + dy * dy + dz * dz
    mag = dt / (d2 * :math.sqrt(d2))
    a = m2 * mag
    b = m1 * mag

    attract(
      {x1, y1, z1, vx1 - dx * a, vy1 - dy * a, vz1 - dz * a, m1},
      rest,
      dt,
      [{x2, y2, z2, vx2 + dx * b, vy2 + dy * b, vz2 + dz * b, m2} | done]
    )
  end

  defp move({x, y, z, vx, vy, vz, m}, dt), do: {x + dt * vx, y + dt * vy, z + dt * vz, vx, vy, vz, m}

  def show(e), do: IO.puts(:erlang.float_to_binary(e, decimals: 9))

  def run(n) do
    bodies = offset(bodies())
    show(energy(bodies))
    show(energy(advance(bodies, n, 0.01)))
  end
end

NBody.run(300_000)
