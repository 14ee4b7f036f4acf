// SPDX-License-Identifier: Apache-2.0
// The memory of one compilation: C structures by bump allocation, terms in a heap of its own. Nothing moves, all is freed at once.
#ifndef PHIAL_ARENA_H
#define PHIAL_ARENA_H

#include "../vm/heap.h"

struct arena_block;
struct arena {
    struct arena_block *blocks;
    char *top, *end;
    struct heap heap;       // quoted forms and other terms
};

void arena_init(struct arena *a);
void arena_free(struct arena *a);
void *arena_alloc(struct arena *a, size_t bytes);           // zeroed, 8-aligned
#define arena_new(A, TYPE) ((TYPE *)arena_alloc((A), sizeof(TYPE)))
#define arena_array(A, TYPE, N) ((TYPE *)arena_alloc((A), sizeof(TYPE) * (N)))

#endif
