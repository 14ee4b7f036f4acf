# SPDX-License-Identifier: Apache-2.0
# Stresses: start-up alone. Its time is taken off every other row.
IO.puts("hello world")
