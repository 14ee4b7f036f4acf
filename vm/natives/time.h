// SPDX-License-Identifier: Apache-2.0
// What vm/natives/time.c and vm/natives/time_units.c share.
#ifndef PHIAL_TIME_H
#define PHIAL_TIME_H

#include <time.h>

#include "../native.h"

// Parts per second of a time unit: an atom of Erlang's or Elixir's, or a positive integer; 0: none.
int64_t time_unit_parts(term unit);
// `amount` of parts of a second, `from` of which make one, in parts of which `to` do; rounded down.
term time_convert(struct process *p, term amount, int64_t from, int64_t to);
term time_datetime(struct process *p, const struct tm *tm);     // {{year, month, day}, {hour, minute, second}}

#endif
