// SPDX-License-Identifier: Apache-2.0
// The collector of one process: two generations, copying.
//
// The one GC rule (law 4): gc_collect is called by the interpreter at safe points only: ENTER and GCTEST; by the scheduler for a process
// that stands in RECV_WAIT.
// There the frames are exact: the live mask of the current window says which registers are roots, and each return address is preceded by
// the mask of its caller. Everything else the collector may move is in struct process, marked "GC root".
#ifndef PHIAL_GC_H
#define PHIAL_GC_H

#include "process.h"

// Registers of the current window that are live: a packed mask word with its pool, or the first `count` registers.
struct live { uint64_t mask; const uint64_t *pool; unsigned count; };

// After it `need` words are free at heap.top. Returns false when the process has passed its heap limit (nothing was collected).
bool gc_collect(struct process *p, term *fp, struct live live, size_t need);
bool gc_collect_full(struct process *p, term *fp, struct live live, size_t need);
// The same for a process that waits for a message, between two turns.
void gc_collect_waiting(struct process *p);
// Grows the stack so that `need` words above `fp` are free; returns the moved fp, NULL at the limit.
term *stack_grow(struct process *p, term *fp, size_t need);
void gc_free(struct process *p);
size_t process_words(const struct process *p);      // heap, stack and fragments, for limits and process_info

#define STACK_SLACK 12      // words above stack_end that a call sequence may use before ENTER checks

#endif
