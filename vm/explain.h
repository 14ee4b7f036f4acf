// SPDX-License-Identifier: Apache-2.0
// The run explains itself: what a call that timed out was waiting for, cycles of calls, deadlocks, mailboxes that only grow. All of it goes to
// standard error, after Elixir's own words (docs/explains.md).
//
// Owner of: vm->explain. Invariant: what is told here is never seen by the program. Processes are read, never written, and only
// between turns or inside a native of the one scheduler, when every other process stands at a safe point (law 2). With nothing to tell, a wait costs
// a few compares.
#ifndef PHIAL_EXPLAIN_H
#define PHIAL_EXPLAIN_H

#include "process.h"
#include "vm.h"

enum explain_kind { EXPLAIN_TIMEOUT = 1, EXPLAIN_CYCLE = 2, EXPLAIN_DEADLOCK = 4, EXPLAIN_MAILBOX = 8, EXPLAIN_RESTARTS = 16, EXPLAIN_ALL = 31 };

// A mailbox is looked at from so many messages on; it is warned about when it has doubled without a fall by a quarter and has grown for
// GROWING_NS, or for GROWING_STUCK_NS if its owner waits for something else.
#define MAILBOX_MANY 10000
#define GROWING_NS 5000000000ull
#define GROWING_STUCK_NS 100000000ull

struct explain {
    unsigned off;               // kinds that are not told
    struct table notes;         // pid -> char *: about its last call that failed
    struct table mailboxes;     // pid -> struct growth *
    struct table cycles;        // those that were told
    char *pending;              // waits for Elixir's own text to be written
    size_t pending_len;
    bool delivering;            // a process is under way that will write it
    term watched;               // the process of the shell
    char *killer, *company;     // whose end took it along, and whom its own end goes on to, for people
    bool too_large;             // it passed its heap limit
};

void explain_init(struct vm *vm, unsigned off);
void explain_free(struct vm *vm);
bool explain_parse(const char *list, unsigned *off);        // "deadlock,timeout": false for an unknown word
void explain_write(struct vm *vm);                          // what is pending
void explain_deadlock(struct vm *vm);
void explain_exit(struct process *p, term reason);          // p ends of it, uncaught: its note follows
void explain_forget(struct process *p);                     // p has ended

void explain_link(struct process *p, term to, term reason);     // p ends, linked to `to`, and one of them is the watched one
void explain_limit(struct process *p, const char *text, size_t len);    // p passed its heap limit; text: what is said of it, maybe nothing

void explain_awaits(struct process *p);
void explain_mailbox(struct process *p, bool waits);
void explain_senders(struct process *p);
// Who is in a cycle of calls is monitored by its caller; a process of :phial_main's, the first one, by that in any case.
static inline bool has_callers(const struct process *p) { return p->monitored_by.count > (p->parent == make_imm(IMM_PID, 0)); }

// p's turn has ended.
static inline void explain_turn(struct process *p, bool waits)
{
    if (waits && p->awaited != TERM_NONE && p->monitors.count && has_callers(p)) explain_awaits(p);
    if (p->vm->explain->mailboxes.count) explain_senders(p);
    if (p->mailbox.length >= MAILBOX_MANY) explain_mailbox(p, waits);
}

#endif
