// SPDX-License-Identifier: Apache-2.0
// In which order the end of a process goes to those linked to it: OTP's, which programs see though no document tells it. There the links of a
// process are a red-black tree that is taken apart leaves first.
//
// Owner of: nothing. Invariant: the order follows from the pids and from when each link was made (the values in the table), from nothing else.
#ifndef PHIAL_LINK_ORDER_H
#define PHIAL_LINK_ORDER_H

#include "table.h"

struct link { uint64_t who, made; };

// Puts the n links of a table into `out`, in that order.
void links_in_order(const struct table *links, struct link *out);

#endif
