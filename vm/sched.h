// SPDX-License-Identifier: Apache-2.0
// The scheduler: the process table, run queues, timers, the main loop.
//
// Owner of: vm->sched. One scheduler thread today. Pids are slots of the process table with a generation, references are numbered: both by
// the VM, so a seeded run numbers them alike (law 3). The policy that picks the next process and its turn's length is one function.
#ifndef PHIAL_SCHED_H
#define PHIAL_SCHED_H

#include "area.h"
#include "native.h"
#include "signal.h"

#define TURN_REDUCTIONS 4000
#define PROCESS_LIMIT (1u << 20)            // live processes
#define PROCESS_HEAP_LIMIT ((size_t)1 << 28)  // words of heap or stack one process may have: 2 GiB

// Picks the next process to run from the queues and sets *turn to its reductions. NULL: nothing is runnable.
typedef struct process *sched_policy(struct vm *vm, int *turn);

struct run_queue { struct process *first, *last; size_t length; };
struct timer;

struct sched {
    struct process **table;             // slot -> process or NULL
    uint32_t *generation;               // slot -> generation of its next pid
    uint32_t slots, free_head, free_tail, live;
    uint32_t *free_next;                // queue of free slots: reused as late as possible
    struct run_queue queues[4];         // by enum priority
    unsigned low_skipped;               // turns since a low-priority process ran
    sched_policy *policy;
    uint64_t random;                    // state of the seeded policy
    struct timer **timers;              // binary heap by (time, number)
    uint32_t ntimers, timers_capacity;
    struct table timer_by_id;           // id -> struct timer *
    uint64_t next_timer;
    struct table names;                 // atom -> pid
    uint64_t links_made;                // so many so far
    struct table aliases;               // ref -> pid that gets what is sent to it
    struct process *current;
    uint64_t context_switches;
    uint64_t recent;                    // the clock when it was last read for a timer: at most some turns old while one is armed
    uint16_t trace_new;                 // enum trace_flag of every process to come, and who is told
    term trace_new_tracer;
    bool stress;                        // reduction budget of one
    struct block_area signals, heaps;   // where small ones lie
};

void sched_init(struct vm *vm, bool seeded, uint64_t seed);
void sched_free(struct vm *vm);
// Runs until the VM halts or nothing can happen any more (deadlock: returns false).
bool sched_run(struct vm *vm);

// ---- processes
struct spawn_options { bool link, monitor, port; term monitor_ref; int alias; enum priority priority; size_t max_heap; bool quiet_limit, survives_limit; };
void spawn_options_init(struct spawn_options *o);
// Starts mod:fun(args) or, with mod TERM_NONE, the fun `fun`; args copied. NULL: process limit reached.
struct process *process_spawn(struct process *parent, struct vm *vm, term mod, term fun, unsigned n, const term *args, const struct spawn_options *o);
struct process *process_find(struct vm *vm, term pid);      // NULL: dead
void process_exit(struct process *p, term reason);          // runs the exit protocol: links, monitors, names, tables; frees the process
void process_make_runnable(struct process *p);
uint64_t process_reductions(const struct process *p);       // so far
term process_whereis(struct vm *vm, term name);             // pid or AM_undefined
bool process_register(struct vm *vm, term name, struct process *p);
bool process_unregister(struct vm *vm, term name);
term vm_make_ref(struct vm *vm);
// Process number and generation of a pid, as in #PID<0.number.generation>.
static inline uint32_t pid_slot(term pid) { return (uint32_t)(imm_value(pid) & 0xfffffff); }
static inline uint32_t pid_generation(term pid) { return (uint32_t)(imm_value(pid) >> 28); }
static inline term make_pid(uint32_t slot, uint32_t generation) { return make_imm(IMM_PID, (uint64_t)generation << 28 | slot); }

// ---- timers. Times in nanoseconds of the world's monotonic clock.
// When due, `message` is sent to `to` (pid or registered name). Returns the timer's reference.
term timer_start(struct vm *vm, uint64_t at, term to, term message, bool with_ref);
bool timer_cancel(struct vm *vm, term ref, uint64_t *left_ns);
bool timer_left(struct vm *vm, term ref, uint64_t *left_ns);
uint64_t timer_wake(struct vm *vm, uint64_t at, term pid);  // receive time-out of a process: wakes it
void timer_wake_cancel(struct vm *vm, uint64_t id);
uint64_t timers_next(struct vm *vm);                         // when the next one is due; UINT64_MAX: none
void timers_fire(struct vm *vm);                             // all that are due
void timers_free(struct vm *vm);
void timers_visit(struct vm *vm, memory_visitor *see, void *ctx);   // the memory of their messages

// ---- interp.c
enum turn_end { TURN_YIELD, TURN_WAIT, TURN_EXIT };
enum turn_end interp_run(struct process *p);

#endif
