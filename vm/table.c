// SPDX-License-Identifier: Apache-2.0
// Hash tables from nonzero words to words. Linear probing; capacity a power of two, at most three quarters full.
//
// Invariant: every key lies at or after its home slot with no free slot between, so a lookup stops at the first free one.
#include "table.h"

#include <stdio.h>
#include <stdlib.h>

static uint32_t home(const struct table *t, uint64_t key)
{
    return (uint32_t)((key * 0x9e3779b97f4a7c15u) >> 32) & (t->capacity - 1);
}

static uint32_t find(const struct table *t, uint64_t key)
{
    uint32_t i = home(t, key);
    while (t->slots[i].key && t->slots[i].key != key) i = (i + 1) & (t->capacity - 1);
    return i;
}

enum { FIRST_SLOTS = 8 };

static void resize(struct table *t, uint32_t capacity)
{
    struct table_slot *old = t->slots;
    uint32_t n = t->capacity;
    t->slots = calloc(capacity, sizeof *t->slots);
    if (!t->slots) {
        fprintf(stderr, "phial: out of memory for a table\n");
        abort();
    }
    t->capacity = capacity;
    for (uint32_t i = 0; i < n; i++)
        if (old[i].key) t->slots[find(t, old[i].key)] = old[i];
    free(old);
}

void table_free(struct table *t)
{
    free(t->slots);
    t->slots = NULL;
    t->capacity = t->count = 0;
}

bool table_get(const struct table *t, uint64_t key, uint64_t *value)
{
    if (!t->count) return false;
    const struct table_slot *s = &t->slots[find(t, key)];
    if (!s->key) return false;
    if (value) *value = s->value;
    return true;
}

void table_put(struct table *t, uint64_t key, uint64_t value)
{
    if ((t->count + 1) * 4 > t->capacity * 3) resize(t, t->capacity ? t->capacity * 2 : FIRST_SLOTS);
    struct table_slot *s = &t->slots[find(t, key)];
    if (!s->key) t->count++;
    s->key = key;
    s->value = value;
}

bool table_remove(struct table *t, uint64_t key, uint64_t *value)
{
    if (!t->count) return false;
    uint32_t mask = t->capacity - 1, hole = find(t, key);
    if (!t->slots[hole].key) return false;
    if (value) *value = t->slots[hole].value;
    // Pull back what may move into the hole: those whose home does not lie between the hole and them.
    for (uint32_t i = (hole + 1) & mask; t->slots[i].key; i = (i + 1) & mask) {
        uint32_t distance = (i - home(t, t->slots[i].key)) & mask;
        if (distance >= ((i - hole) & mask)) {
            t->slots[hole] = t->slots[i];
            hole = i;
        }
    }
    t->slots[hole].key = 0;
    if (--t->count == 0 && t->capacity > FIRST_SLOTS) table_free(t);     // the smallest one stays: a server's next call wants it
    return true;
}

bool table_next(const struct table *t, uint32_t *pos, uint64_t *key, uint64_t *value)
{
    for (; *pos < t->capacity; ++*pos) {
        if (!t->slots[*pos].key) continue;
        if (key) *key = t->slots[*pos].key;
        if (value) *value = t->slots[*pos].value;
        ++*pos;
        return true;
    }
    return false;
}
