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
    char *stack_low;        // the C stack of its coroutine may be used down to here; NULL: it has none
};

// What recurses over source asks this at each level (law 9: nesting is limited by the stack, and passing it is an error).
static inline bool stack_is_low(const struct arena *a) { return (char *)__builtin_frame_address(0) < a->stack_low; }

void arena_init(struct arena *a);
void arena_free(struct arena *a);
void arena_visit(const struct arena *a, memory_visitor *see, void *ctx);    // all of its memory
void *arena_alloc(struct arena *a, size_t bytes);           // zeroed, 8-aligned
#define arena_new(A, TYPE) ((TYPE *)arena_alloc((A), sizeof(TYPE)))
#define arena_array(A, TYPE, N) ((TYPE *)arena_alloc((A), sizeof(TYPE) * (N)))

#endif
