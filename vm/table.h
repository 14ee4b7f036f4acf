// SPDX-License-Identifier: Apache-2.0
// A small hash table from nonzero 64-bit keys to 64-bit values: links, monitors, names, pids, exports.
// Open addressing with linear probing and backward-shift deletion; a fresh table owns no memory. Iteration order depends on the keys and
// the history of insertions alone, never on addresses (law 3).
#ifndef PHIAL_TABLE_H
#define PHIAL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct table_slot { uint64_t key, value; };
struct table { struct table_slot *slots; uint32_t capacity, count; };

void table_free(struct table *t);
bool table_get(const struct table *t, uint64_t key, uint64_t *value);
void table_put(struct table *t, uint64_t key, uint64_t value);
bool table_remove(struct table *t, uint64_t key, uint64_t *value);
// Iterates: start with *pos = 0; false at the end. Do not change the table meanwhile.
bool table_next(const struct table *t, uint32_t *pos, uint64_t *key, uint64_t *value);

#endif
