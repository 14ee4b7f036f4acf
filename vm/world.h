// SPDX-License-Identifier: Apache-2.0
// The one door to the outside world (law 3): time, entropy, standard streams, readiness of descriptors, child processes, signals of the
// operating system. Two worlds exist: the real one, and the virtual one, whose clock moves only by reductions run and by jumping to the next
// timer when nothing can run and no input is awaited. The order in which input arrives is the world's alone: no seed decides it.
#ifndef PHIAL_WORLD_H
#define PHIAL_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct world;

struct world *world_new(bool virtual_clock, bool seeded, uint64_t seed);
void world_free(struct world *w);
bool world_is_virtual(const struct world *w);

uint64_t world_monotonic(struct world *w);          // ns since the VM started
uint64_t world_cpu(struct world *w);                // ns that the processor has worked for this VM; under the virtual clock its time
uint64_t world_system(struct world *w);             // ns since the epoch
uint64_t world_entropy(struct world *w);            // 64 random bits; from the seed when seeded
int world_processors(const struct world *w);        // of this machine; always as many when seeded
// The virtual clock stops, at once or after `ns` more, through which it jumps even while input is awaited; or it runs on.
void world_stop(struct world *w, uint64_t ns);
void world_run(struct world *w);
bool world_is_stopped(const struct world *w);
bool world_reaches(const struct world *w, uint64_t at);     // will that time ever come? UINT64_MAX does not
// Time passes: `reductions` were run (virtual clock: 10 ns each).
void world_charge(struct world *w, uint64_t reductions);

// ---- news (world_news.c). `who` is a process by a number of the VM's; nothing here waits but world_idle.
enum world_news { NEWS_READABLE, NEWS_WRITABLE, NEWS_CHILD, NEWS_SIGNAL };
// `about`: the descriptor, the child's number or the signal's; `value`: of a child its exit status, 128 + signal when killed.
typedef void world_told(void *ctx, enum world_news news, uint64_t who, int about, int value);
// `who` is told once when fd can be read (or written) without waiting; an error or a hang-up counts as ready.
void world_watch(struct world *w, int fd, bool write, uint64_t who);
void world_child(struct world *w, pid_t child, uint64_t who);       // `who` is told of its end; it is reaped in any case
void world_own(struct world *w, int fd, uint64_t who);              // closed by world_forget at the latest
uint64_t world_owner(struct world *w, int fd);                      // 0: nobody
int world_close(struct world *w, int fd);                           // an owned or watched descriptor
void world_forget(struct world *w, uint64_t who);                   // it has ended: its descriptors, its watches
bool world_signal(struct world *w, int signal, bool handled);       // whether a signal becomes news, or keeps its default; process-wide
void world_signals_awaited(struct world *w, unsigned kinds);         // how many signals the program has trapped
bool world_awaits(struct world *w);                                 // is there a watch, a child somebody waits for, a trapped signal?
// Tells what has happened, without waiting, and flushes the output.
void world_look(struct world *w, world_told *told, void *ctx);
// Nothing can run until `until` (ns, monotonic; UINT64_MAX: for ever): waits for that or for news. With nothing awaited the virtual clock jumps;
// with something awaited it lets real time pass, and moves if nothing came.
void world_idle(struct world *w, uint64_t until, world_told *told, void *ctx);

// ---- standard streams. Output is buffered, flushed when the VM looks, idles, ends or the buffer is full. Writing may wait for the reader.
bool world_write(struct world *w, int fd, const void *bytes, size_t len);   // fd 1 or 2; keeps the order between them. false: the reader has gone
void world_flush(struct world *w);
// While a reader waits behind a prompt, what others write to standard output is followed by the prompt again. Empty: nobody waits.
void world_prompt(struct world *w, const void *bytes, size_t len);
bool world_output_gone(const struct world *w);                      // the reader of standard output has closed it
// Standard input: a line with its newline, `want` bytes, or (want SIZE_MAX) everything; less before the end of input. *s is valid until the next
// call.
enum input { INPUT_READY, INPUT_END, INPUT_WAITS };
enum input world_input_line(struct world *w, const char **s, size_t *len);
enum input world_input_bytes(struct world *w, size_t want, const char **s, size_t *len);
void world_input_back(struct world *w, size_t n);   // the last n bytes taken are there again; nothing was asked for since

#endif
