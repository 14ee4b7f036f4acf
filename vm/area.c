// SPDX-License-Identifier: Apache-2.0
// See area.h. Sizes are rounded up to classes (16 bytes apart up to 512, four a doubling beyond); each class has its list of free blocks, so
// that giving out and taking back cost the same whatever the history. Invariant: a block is in one list or given out, never both.
#include "area.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

enum { FINE_CLASSES = FINE_BYTES / GRANULE, RETURNED_BYTES = 128 << 10, PAGE = 4096 };

static unsigned class_of(size_t bytes, size_t *rounded)
{
    if (bytes <= FINE_BYTES) {
        size_t n = bytes ? (bytes + GRANULE - 1) / GRANULE : 1;
        *rounded = n * GRANULE;
        return (unsigned)n - 1;
    }
    unsigned k = 63 - (unsigned)__builtin_clzll(bytes - 1);
    size_t quarter = (bytes - 1) >> (k - 2);        // 4 to 7
    *rounded = (quarter + 1) << (k - 2);
    return FINE_CLASSES + (k - 9) * 4 + (unsigned)quarter - 4;
}

// Where address space is limited (ulimit -v) there are areas of a sixteenth each.
static size_t affordable(size_t bytes)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur / 16 >= bytes) return bytes;
    return (limit.rlim_cur / 16) & ~(size_t)(PAGE - 1);
}

void area_open(struct block_area *a, size_t bytes, const char *what)
{
    bytes = affordable(bytes);
    void *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED) {
        fprintf(stderr, "phial: cannot reserve %zu bytes of address space\n", bytes);
        exit(1);
    }
    *a = (struct block_area){.start = start, .top = start, .end = (char *)start + bytes, .what = what};
}

void area_close(struct block_area *a)
{
    if (!a->start) return;
    ASAN_UNPOISON_MEMORY_REGION(a->start, (size_t)(a->top - a->start));
    munmap(a->start, (size_t)(a->end - a->start));
    *a = (struct block_area){0};
}

void *area_alloc(struct block_area *a, size_t bytes)
{
    size_t rounded;
    void **list = &a->free[class_of(bytes, &rounded)], *block = area_pop(a, list, rounded);
    if (block) return block;
    if ((size_t)(a->end - a->top) < rounded) {
        fprintf(stderr, "phial: the area for %s is full (%zu bytes)\n", a->what, (size_t)(a->end - a->start));
        abort();
    }
    block = a->top;
    a->top += rounded;
    a->used += rounded;
    return block;
}

// The pages of a large block go back to the system.
void area_free(struct block_area *a, void *block, size_t bytes)
{
    size_t rounded;
    void **list = &a->free[class_of(bytes, &rounded)];
    if (rounded >= RETURNED_BYTES) {
        uintptr_t from = ((uintptr_t)block + sizeof *list + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
        uintptr_t to = ((uintptr_t)block + rounded) & ~(uintptr_t)(PAGE - 1);
        if (to > from) madvise((void *)from, to - from, MADV_DONTNEED);
    }
    area_push(a, list, block, rounded);
}

void area_clear(struct block_area *a)
{
    ASAN_UNPOISON_MEMORY_REGION(a->start, (size_t)(a->top - a->start));
    madvise(a->start, (size_t)(a->top - a->start), MADV_DONTNEED);
    a->top = a->start;
    memset(a->free, 0, sizeof a->free);
}
