// SPDX-License-Identifier: Apache-2.0
// See arena.h.
#include "arena.h"

#include <stdlib.h>

struct arena_block { struct arena_block *next; char *end; char mem[]; };   // end: of what is filled, once it is not the newest
enum { BLOCK_BYTES = 32 * 1024 };

void arena_init(struct arena *a)
{
    *a = (struct arena){0};
    heap_init(&a->heap);
}

void arena_free(struct arena *a)
{
    for (struct arena_block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    heap_free(&a->heap);
    *a = (struct arena){0};
}

// Blocks are filled from their start; only the newest has room left.
void arena_visit(const struct arena *a, memory_visitor *see, void *ctx)
{
    for (const struct arena_block *b = a->blocks; b; b = b->next) see(ctx, b->mem, b == a->blocks ? a->top : b->end);
    heap_visit(&a->heap, see, ctx);
}

void *arena_alloc(struct arena *a, size_t bytes)
{
    bytes = (bytes + 7) & ~(size_t)7;
    if ((size_t)(a->end - a->top) < bytes) {
        size_t size = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
        struct arena_block *b = malloc(sizeof *b + size);
        if (!b) abort();
        if (a->blocks) a->blocks->end = a->top;
        b->next = a->blocks;
        a->blocks = b;
        a->top = b->mem;
        a->end = b->mem + size;
    }
    void *p = a->top;
    a->top += bytes;
    return memset(p, 0, bytes);
}
