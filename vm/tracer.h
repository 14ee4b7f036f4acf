// SPDX-License-Identifier: Apache-2.0
// Tracing of processes: what a traced process does becomes messages {trace, pid, event, ...} to its tracer.
//
// Invariant: whether and for whom a process is traced stands in its own struct and is changed by a signal that it handles itself (law 2);
// messages about tracing are never traced, so that two tracers cannot feed each other.
#ifndef PHIAL_TRACER_H
#define PHIAL_TRACER_H

#include "signal.h"

enum trace_flag {
    TRACE_SEND = 1,
    TRACE_RECEIVE = 2,              // a message joins the mailbox
    TRACE_PROCS = 4,                // spawn, exit, link, register and their counterparts
    TRACE_ON_SPAWN = 8,             // what it spawns is traced alike
    TRACE_ON_FIRST_SPAWN = 16,      // the first one it spawns
    TRACE_TIMESTAMP = 32,           // {trace_ts, ..., time} with erlang:timestamp/0
    TRACE_MONOTONIC = 64,
    TRACE_STRICT = 128,             // {monotonic time, unique integer}
    TRACE_ALL = TRACE_SEND | TRACE_RECEIVE | TRACE_PROCS | TRACE_ON_SPAWN | TRACE_ON_FIRST_SPAWN | TRACE_TIMESTAMP | TRACE_MONOTONIC | TRACE_STRICT,
};

void tracer_change(struct process *p, bool on, unsigned flags, term tracer);
void tracer_sent(struct process *p, term to, term message, bool arrives);
void tracer_received(struct process *p, term message);
void tracer_spawned(struct process *parent, struct process *child, term call);      // both sides; passes the flags on
void tracer_linked(struct process *p, term event, term other);      // link, unlink, getting_linked, getting_unlinked; or exit, register, unregister
static inline bool traces(const struct process *p, unsigned flag) { return __builtin_expect(p->trace_flags & flag, 0); }
term tracer_info(struct process *p, term item);                     // of trace_info/2; TERM_NONE: no such item

#endif
