// SPDX-License-Identifier: Apache-2.0
// The one door to the outside world (law 3): time, entropy, standard streams and their order. Two worlds exist:
// the real one, and the virtual one, whose clock moves only by reductions run and by jumping to the next timer when nothing can run.
#ifndef PHIAL_WORLD_H
#define PHIAL_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct world;

struct world *world_new(bool virtual_clock, bool seeded, uint64_t seed);
void world_free(struct world *w);
bool world_is_virtual(const struct world *w);

uint64_t world_monotonic(struct world *w);          // ns since the VM started
uint64_t world_system(struct world *w);             // ns since the epoch
uint64_t world_entropy(struct world *w);            // 64 random bits; from the seed when seeded
// Time passes: `reductions` were run (virtual clock: 10 ns each).
void world_charge(struct world *w, uint64_t reductions);
// Nothing can run until `until` (ns, monotonic; UINT64_MAX: for ever): sleeps, or jumps the virtual clock. Returns early when watched input is ready.
void world_idle(struct world *w, uint64_t until);

// ---- standard streams. Output is buffered, flushed when the VM idles, ends, reads standard input or the buffer is full.
void world_write(struct world *w, int fd, const void *bytes, size_t len);   // fd 1 or 2; keeps the order between them
void world_flush(struct world *w);
// A line with its newline, or what is left before the end; NULL at the end. malloc'ed. Blocks.
char *world_read_line(struct world *w, size_t *len);
size_t world_read(struct world *w, char *buf, size_t len);

#endif
