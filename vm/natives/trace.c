// SPDX-License-Identifier: Apache-2.0
// :erlang.trace/3 and what belongs to it, and :phial_process.step/1. A process other than the caller is reached by a signal only (law 2).
#include "../receive.h"
#include "../sched.h"
#include "../tracer.h"

static unsigned flag_of(term name)
{
    if (name == AM_send) return TRACE_SEND;
    if (name == AM_receive) return TRACE_RECEIVE;
    if (name == AM_procs) return TRACE_PROCS;
    if (name == AM_set_on_spawn) return TRACE_ON_SPAWN;
    if (name == AM_set_on_first_spawn) return TRACE_ON_FIRST_SPAWN;
    if (name == AM_timestamp) return TRACE_TIMESTAMP;
    if (name == AM_monotonic_timestamp) return TRACE_MONOTONIC;
    if (name == AM_strict_monotonic_timestamp) return TRACE_STRICT;
    return name == AM_all ? TRACE_ALL : 0;
}

static bool parse_flags(term list, unsigned *flags, term *tracer)
{
    for (*flags = 0; is_cons(list); list = tail(list)) {
        term t = head(list);
        unsigned flag = is_atom(t) ? flag_of(t) : 0;
        if (is_tuple_of(t, 2) && tuple_get(t, 0) == AM_tracer && is_pid(tuple_get(t, 1))) *tracer = tuple_get(t, 1);
        else if (flag) *flags |= flag;
        else return false;
    }
    return is_nil(list);
}

struct change { bool on; unsigned flags; term tracer; };

static void change_one(struct process *p, struct process *other, const struct change *c)
{
    if (other == p) {
        tracer_change(p, c->on, c->flags, c->tracer);
        return;
    }
    struct signal *s = signal_new(p->vm, SIGNAL_TRACE, c->tracer, TERM_NONE, make_small(c->flags));
    s->flag = c->on;
    signal_deliver(p->vm, other, s);
}

static int64_t change_existing(struct process *p, const struct change *c)
{
    struct sched *s = p->vm->sched;
    int64_t n = 0;
    for (uint32_t i = 0; i < s->slots; i++) {
        struct process *other = s->table[i];
        if (!other || other->exiting || !is_pid(other->pid) || other->pid == c->tracer) continue;
        change_one(p, other, c);
        n++;
    }
    return n;
}

static void change_new(struct sched *s, const struct change *c)
{
    s->trace_new_tracer = c->tracer;
    s->trace_new = (uint16_t)(c->on ? s->trace_new | c->flags : s->trace_new & ~c->flags);
}

NATIVE("erlang", "trace", 3, erlang_trace,
       "Turns trace flags of a process, or of all, existing or new ones, on or off; returns how many processes that were.")
{
    struct change c = {.on = arg[1] == AM_true, .tracer = p->pid};
    if (arg[1] != AM_true && arg[1] != AM_false) return raise_badarg(p, 2, "not a boolean");
    if (!parse_flags(arg[2], &c.flags, &c.tracer)) return raise_badarg(p, 3, "invalid option in list");
    if (arg[0] == AM_all || arg[0] == AM_new || arg[0] == AM_processes || arg[0] == AM_new_processes) change_new(p->vm->sched, &c);
    if (arg[0] == AM_new || arg[0] == AM_new_processes) return make_small(0);
    if (arg[0] == AM_all || arg[0] == AM_processes || arg[0] == AM_existing || arg[0] == AM_existing_processes)
        return make_small(change_existing(p, &c));
    struct process *other = is_pid(arg[0]) ? process_find(p->vm, arg[0]) : NULL;
    if (!other) return raise_badarg(p, 1, "invalid spec for pid or port");
    change_one(p, other, &c);       // a process cannot trace itself: tracer_change
    return make_small(1);
}

// The caller stands in for the new processes, with their flags for a moment.
static term info_of_new(struct process *p, term item)
{
    uint16_t flags = p->trace_flags;
    term tracer = p->tracer;
    p->trace_flags = p->vm->sched->trace_new;
    p->tracer = p->vm->sched->trace_new_tracer;
    term info = tracer_info(p, item);
    p->trace_flags = flags;
    p->tracer = tracer;
    return info;
}

NATIVE("erlang", "trace_info", 2, erlang_trace_info, "{flags, list} or {tracer, pid | []} of a process or of `new` ones; undefined if it is dead.")
{
    if (arg[1] != AM_flags && arg[1] != AM_tracer) return raise_badarg(p, 2, "invalid trace item");
    if (arg[0] == AM_new || arg[0] == AM_new_processes) return info_of_new(p, arg[1]);
    if (!is_pid(arg[0])) return raise_badarg(p, 1, "invalid spec for pid, port, function, event");
    struct process *other = process_find(p->vm, arg[0]);
    if (!other) return AM_undefined;
    if (other == p) return tracer_info(p, arg[1]);
    term ref = vm_make_ref(p->vm), what[] = {make_header(TYPE_TUPLE, 2), AM_trace_info, arg[1]};
    receive_set_mark(p, ref);
    signal_deliver(p->vm, other, signal_new(p->vm, SIGNAL_ASK, p->pid, ref, make_boxed(what)));
    return trap_mfa(p, AM_phial_process, AM_await, 1, &ref);
}

NATIVE("erlang", "trace_delivered", 1, erlang_trace_delivered, "Asks for {trace_delivered, tracee, ref} after all trace messages; returns ref.")
{
    if (!is_pid(arg[0]) && arg[0] != AM_all) return raise_badarg(p, 1, "not a pid or all");
    term ref = vm_make_ref(p->vm);
    send_message(p->vm, p->pid, mk_tuple3(&p->heap, AM_trace_delivered, arg[0], ref));
    return ref;
}

NATIVE("phial_process", "step", 1, phial_process_step,
       "Lets a suspended process take one message, up to where it wants another (250 turns at most), or run a turn: message, waits, turn, exit; or "
       "false.")
{
    if (!is_pid(arg[0]) || arg[0] == p->pid) return raise_badarg(p, 1, "not a pid of another process");
    struct process *other = process_find(p->vm, arg[0]);
    if (!other) return AM_exit;
    term ref = vm_make_ref(p->vm);
    receive_set_mark(p, ref);
    signal_deliver(p->vm, other, signal_new(p->vm, SIGNAL_STEP, p->pid, ref, make_small(0)));
    return trap_mfa(p, AM_phial_process, AM_await, 1, &ref);
}
