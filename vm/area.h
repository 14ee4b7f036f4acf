// SPDX-License-Identifier: Apache-2.0
// Areas: stretches of reserved address space whose blocks are given out and taken back, so that what lies in one is known by its address.
#ifndef PHIAL_AREA_H
#define PHIAL_AREA_H

#include <stddef.h>
#include <stdint.h>

enum { AREA_CLASSES = 160 };

struct block_area {
    char *start, *top, *end;            // [start, top) has been given out once
    void *free[AREA_CLASSES];           // by size class: taken back, linked by their first word
    size_t used;                        // bytes of blocks given out
};

// Reserves `bytes` of address space; pages are committed as they are touched. Ends the program when there is none.
void area_open(struct block_area *a, size_t bytes);
void area_close(struct block_area *a);
void *area_alloc(struct block_area *a, size_t bytes);   // aligned to 16; its contents are unset
void area_free(struct block_area *a, void *block, size_t bytes);
static inline uintptr_t area_size(const struct block_area *a) { return (uintptr_t)(a->end - a->start); }

#endif
