// SPDX-License-Identifier: Apache-2.0
// See tracer.h.
#include "tracer.h"

#include "native.h"
#include "sched.h"
#include "world.h"

enum { STAMPS = TRACE_TIMESTAMP | TRACE_MONOTONIC | TRACE_STRICT };

static term now_as(struct process *p, term *room, const struct process *of)
{
    struct vm *vm = p->vm;
    if (of->trace_flags & TRACE_TIMESTAMP) {
        int64_t us = (int64_t)(world_system(vm->world) / 1000);
        room[0] = make_header(TYPE_TUPLE, 3);
        room[1] = make_small(us / 1000000000000);
        room[2] = make_small(us / 1000000 % 1000000);
        room[3] = make_small(us % 1000000);
        return make_boxed(room);
    }
    term mono = make_small((int64_t)world_monotonic(vm->world));
    if (of->trace_flags & TRACE_MONOTONIC) return mono;
    room[0] = make_header(TYPE_TUPLE, 2);
    room[1] = mono;
    room[2] = make_small((int64_t)++vm->next_unique);
    return make_boxed(room);
}

// Sends {trace, pid, event, one, two?} to the tracer; `two` may be TERM_NONE. A tracer that has ended traces no more.
static void tell(struct process *p, term event, term one, term two)
{
    struct vm *vm = p->vm;
    struct process *tracer = process_find(vm, p->tracer);
    if (!tracer) {
        p->trace_flags = 0;
        return;
    }
    bool stamped = p->trace_flags & STAMPS;
    term tuple[7], room[4];
    unsigned n = 0;
    tuple[++n] = stamped ? AM_trace_ts : AM_trace;
    tuple[++n] = p->pid;
    tuple[++n] = event;
    tuple[++n] = one;
    if (two != TERM_NONE) tuple[++n] = two;
    if (stamped) tuple[++n] = now_as(p, room, p);
    tuple[0] = make_header(TYPE_TUPLE, n);
    struct signal *s = signal_new(vm, SIGNAL_MESSAGE, TERM_NONE, TERM_NONE, make_boxed(tuple));
    s->flag = true;
    signal_deliver(vm, tracer, s);
}

void tracer_change(struct process *p, bool on, unsigned flags, term tracer)
{
    if (on && tracer == p->pid) return;
    bool other = p->trace_flags && p->tracer != tracer && process_find(p->vm, p->tracer);
    if (on && other) return;        // it has a tracer
    if (on) p->tracer = tracer;
    p->trace_flags = (uint16_t)(on ? p->trace_flags | flags : p->trace_flags & ~flags);
    if (!(p->trace_flags & ~STAMPS)) p->trace_flags = 0;
}

void tracer_sent(struct process *p, term to, term message, bool arrives)
{
    tell(p, arrives ? AM_send : AM_send_to_non_existing_process, message, to);
}

void tracer_received(struct process *p, term message) { tell(p, AM_receive, message, TERM_NONE); }

void tracer_linked(struct process *p, term event, term other) { tell(p, event, other, TERM_NONE); }

void tracer_spawned(struct process *parent, struct process *child, term call)
{
    if (traces(parent, TRACE_PROCS)) tell(parent, AM_spawn, child->pid, call);
    if (traces(parent, TRACE_ON_SPAWN | TRACE_ON_FIRST_SPAWN) && parent->tracer != child->pid) {
        child->tracer = parent->tracer;
        child->trace_flags = parent->trace_flags;
        if (!traces(parent, TRACE_ON_SPAWN)) child->trace_flags &= (uint16_t)~TRACE_ON_FIRST_SPAWN;
        parent->trace_flags &= (uint16_t)~TRACE_ON_FIRST_SPAWN;
    }
    if (traces(child, TRACE_PROCS)) tell(child, AM_spawned, parent->pid, call);
}

static term flag_names(struct process *p)
{
    static const struct { unsigned flag; term name; } names[] = {
        {TRACE_TIMESTAMP, AM_timestamp}, {TRACE_STRICT, AM_strict_monotonic_timestamp}, {TRACE_MONOTONIC, AM_monotonic_timestamp},
        {TRACE_SEND, AM_send}, {TRACE_RECEIVE, AM_receive}, {TRACE_ON_SPAWN, AM_set_on_spawn}, {TRACE_PROCS, AM_procs},
        {TRACE_ON_FIRST_SPAWN, AM_set_on_first_spawn}};
    term list = TERM_NIL;
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (traces(p, names[i].flag)) list = mk_cons(&p->heap, names[i].name, list);
    return list;
}

term tracer_info(struct process *p, term item)
{
    if (item == AM_flags) return mk_tuple2(&p->heap, item, flag_names(p));
    if (item == AM_tracer) return mk_tuple2(&p->heap, item, p->trace_flags ? p->tracer : TERM_NIL);
    return TERM_NONE;
}
