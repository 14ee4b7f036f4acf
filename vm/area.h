// SPDX-License-Identifier: Apache-2.0
// Areas: stretches of reserved address space whose blocks are given out and taken back, so that what lies in one is known by its address.
#ifndef PHIAL_AREA_H
#define PHIAL_AREA_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(start, bytes) ((void)(start), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(start, bytes) ((void)(start), (void)(bytes))
#endif

enum { AREA_CLASSES = 160, GRANULE = 16, FINE_BYTES = 512 };

struct block_area {
    char *start, *top, *end;            // [start, top) has been given out once
    void *free[AREA_CLASSES];           // by size class: taken back, linked by their first word
    size_t used;                        // bytes of blocks given out
    const char *what;                   // lies in it, for the message that it is full
};

// Reserves `bytes` of address space, less where that is limited; pages are committed as they are touched. Ends the program when there is none.
void area_open(struct block_area *a, size_t bytes, const char *what);
void area_close(struct block_area *a);
void *area_alloc(struct block_area *a, size_t bytes);   // aligned to 16; its contents are unset
void area_free(struct block_area *a, void *block, size_t bytes);
void area_clear(struct block_area *a);                  // all blocks are free: the pages go back to the system

// A block from the list of its class, or NULL; and back. `bytes` is the class's size.
static inline void *area_pop(struct block_area *a, void **list, size_t bytes)
{
    void *block = *list;
    if (!block) return NULL;
    ASAN_UNPOISON_MEMORY_REGION(block, bytes);
    memcpy(list, block, sizeof *list);
    a->used += bytes;
    return block;
}
static inline void area_push(struct block_area *a, void **list, void *block, size_t bytes)
{
#ifdef PHIAL_STRESS
    memset(block, 0xdd, bytes);
#endif
    memcpy(block, list, sizeof *list);
    *list = block;
    a->used -= bytes;
    ASAN_POISON_MEMORY_REGION(block, bytes);
}

// area_alloc and area_free for a block of a fine class: `bytes` is a multiple of 16, from 16 to FINE_BYTES.
static inline void *area_alloc_fine(struct block_area *a, size_t bytes)
{
    void *block = area_pop(a, &a->free[bytes / GRANULE - 1], bytes);
    return block ? block : area_alloc(a, bytes);
}
static inline void area_free_fine(struct block_area *a, void *block, size_t bytes) { area_push(a, &a->free[bytes / GRANULE - 1], block, bytes); }

static inline uintptr_t area_size(const struct block_area *a) { return (uintptr_t)(a->end - a->start); }

#endif
