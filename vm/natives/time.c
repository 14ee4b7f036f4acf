// SPDX-License-Identifier: Apache-2.0
// Clocks and timers of :erlang and :os, all read from the world (law 3).
#include "time.h"

#include "../sched.h"
#include "../signal.h"
#include "../world.h"

enum { NS_PER_SECOND = 1000000000 };

static term in_unit(struct process *p, uint64_t ns, term unit)
{
    int64_t parts = time_unit_parts(unit);
    return parts ? time_convert(p, mk_int(&p->heap, (int64_t)ns), NS_PER_SECOND, parts) : raise_badarg(p, 1, "invalid time unit");
}

NATIVE("erlang", "monotonic_time", 0, erlang_monotonic_time_0, "Monotonic time in native units (nanoseconds).")
{
    return mk_int(&p->heap, (int64_t)world_monotonic(p->vm->world));
}
NATIVE("erlang", "monotonic_time", 1, erlang_monotonic_time_1, "Monotonic time in a unit.")
{
    return in_unit(p, world_monotonic(p->vm->world), arg[0]);
}
NATIVE("erlang", "system_time", 0, erlang_system_time_0, "Time since 1970 in native units (nanoseconds).")
{
    return mk_int(&p->heap, (int64_t)world_system(p->vm->world));
}
NATIVE("erlang", "system_time", 1, erlang_system_time_1, "Time since 1970 in a unit.") { return in_unit(p, world_system(p->vm->world), arg[0]); }
NATIVE("os", "system_time", 0, os_system_time_0, "Time since 1970 in native units (nanoseconds).")
{
    return mk_int(&p->heap, (int64_t)world_system(p->vm->world));
}
NATIVE("os", "system_time", 1, os_system_time_1, "Time since 1970 in a unit.") { return in_unit(p, world_system(p->vm->world), arg[0]); }
NATIVE("os", "perf_counter", 0, os_perf_counter_0, "A counter in native units for measuring.")
{
    return mk_int(&p->heap, (int64_t)world_monotonic(p->vm->world));
}
NATIVE("phial", "cpu_time", 0, phial_cpu_time, "What the processor has worked for this VM, in nanoseconds.")
{
    return mk_int(&p->heap, (int64_t)world_cpu(p->vm->world));
}
NATIVE("erlang", "time_offset", 0, erlang_time_offset_0, "System time less monotonic time, native units.")
{
    return mk_int(&p->heap, (int64_t)(world_system(p->vm->world) - world_monotonic(p->vm->world)));
}
NATIVE("erlang", "time_offset", 1, erlang_time_offset_1, "System time less monotonic time, in a unit.")
{
    return in_unit(p, world_system(p->vm->world) - world_monotonic(p->vm->world), arg[0]);
}

static term timestamp(struct process *p)
{
    uint64_t us = world_system(p->vm->world) / 1000;
    return mk_tuple3(&p->heap, make_small((int64_t)(us / 1000000000000)), make_small((int64_t)(us / 1000000 % 1000000)),
                     make_small((int64_t)(us % 1000000)));
}
NATIVE("erlang", "timestamp", 0, erlang_timestamp, "{megaseconds, seconds, microseconds} since 1970.") { return timestamp(p); }
NATIVE("os", "timestamp", 0, os_timestamp, "{megaseconds, seconds, microseconds} since 1970.") { return timestamp(p); }
NATIVE("erlang", "now", 0, erlang_now, "erlang:timestamp/0.") { return timestamp(p); }

static term date_time(struct process *p, bool local)
{
    time_t t = (time_t)(world_system(p->vm->world) / 1000000000);
    struct tm tm;
    if (local) localtime_r(&t, &tm);
    else gmtime_r(&t, &tm);
    return time_datetime(p, &tm);
}
NATIVE("erlang", "localtime", 0, erlang_localtime, "{{year, month, day}, {hour, minute, second}} here.") { return date_time(p, true); }
NATIVE("erlang", "universaltime", 0, erlang_universaltime, "{{year, month, day}, {hour, minute, second}} UTC.") { return date_time(p, false); }
NATIVE("erlang", "date", 0, erlang_date, "{year, month, day} here.") { return tuple_get(date_time(p, true), 0); }
NATIVE("erlang", "time", 0, erlang_time, "{hour, minute, second} here.") { return tuple_get(date_time(p, true), 1); }

// unique_integer: without `positive` it may start anywhere; counting from one serves all options.
NATIVE("erlang", "unique_integer", 0, erlang_unique_integer_0, "An integer not returned before.")
{
    return mk_int(&p->heap, (int64_t)++p->vm->next_unique);
}
NATIVE("erlang", "unique_integer", 1, erlang_unique_integer_1, "unique_integer/0 with options positive, monotonic: it is both.")
{
    term modifiers = arg[0];
    if (!is_cons(modifiers) && !is_nil(modifiers)) return raise_badarg(p, 1, "not a list");
    for (; is_cons(modifiers); modifiers = tail(modifiers))
        if (head(modifiers) != AM_positive && head(modifiers) != AM_monotonic) return raise_badarg(p, 1, "invalid modifier");
    if (!is_nil(modifiers)) return raise_badarg(p, 1, "not a proper list");
    return mk_int(&p->heap, (int64_t)++p->vm->next_unique);
}

// ---- timers

// Reads {abs, true} out of the options; false: bad options.
static bool absolute(term opts, bool *abs)
{
    for (*abs = false; is_cons(opts); opts = tail(opts)) {
        term o = head(opts);
        if (!is_tuple_of(o, 2) || tuple_get(o, 0) != AM_abs) return false;
        *abs = tuple_get(o, 1) == AM_true;
    }
    return is_nil(opts);
}

static term start_timer(struct process *p, const term *arg, term opts, bool with_ref)
{
    bool abs;
    if (!absolute(opts, &abs)) return raise_badarg(p, 4, "invalid option in list");
    if (!is_small(arg[0]) || (!abs && small_value(arg[0]) < 0)) return raise_badarg(p, 1, is_small(arg[0]) ? "out of range" : "not an integer");
    if (!is_pid(arg[1]) && !is_atom(arg[1])) return raise_badarg(p, 2, "not a local pid or atom");
    int64_t ms = small_value(arg[0]);
    if (ms > INT64_MAX / 4000000) return raise_badarg(p, 1, "out of range");
    uint64_t ns = (uint64_t)(ms < 0 ? 0 : ms) * 1000000;
    return timer_start(p->vm, abs ? ns : world_monotonic(p->vm->world) + ns, arg[1], arg[2], with_ref);
}
NATIVE("erlang", "send_after", 3, erlang_send_after_3, "Sends a message to a pid or name after so many milliseconds; returns the timer.")
{
    return start_timer(p, arg, TERM_NIL, false);
}
NATIVE("erlang", "send_after", 4, erlang_send_after_4, "send_after/3 with options: {abs, true}: at that monotonic time.")
{
    return start_timer(p, arg, arg[3], false);
}
NATIVE("erlang", "start_timer", 3, erlang_start_timer_3, "send_after/3 whose message is {timeout, timer, message}.")
{
    return start_timer(p, arg, TERM_NIL, true);
}
NATIVE("erlang", "start_timer", 4, erlang_start_timer_4, "start_timer/3 with options.") { return start_timer(p, arg, arg[3], true); }

struct timer_options { bool async, info; };

static bool parse_timer_options(term opts, struct timer_options *o)
{
    *o = (struct timer_options){false, true};
    for (; is_cons(opts); opts = tail(opts)) {
        term t = head(opts);
        if (!is_tuple_of(t, 2) || (tuple_get(t, 1) != AM_true && tuple_get(t, 1) != AM_false)) return false;
        bool on = tuple_get(t, 1) == AM_true;
        if (tuple_get(t, 0) == AM_info) o->info = on;
        else if (tuple_get(t, 0) == AM_async) o->async = on;
        else return false;
    }
    return is_nil(opts);
}

// The milliseconds left, or false: returned, or sent as {kind, timer, left} when asked for asynchronously.
static term tell_left(struct process *p, term kind, term ref, bool was, uint64_t left, const struct timer_options *o)
{
    term answer = was ? make_small((int64_t)((left + 999999) / 1000000)) : AM_false;
    if (!o->info) return AM_ok;
    if (!o->async) return answer;
    send_message(p->vm, p->pid, mk_tuple3(&p->heap, kind, ref, answer));
    return AM_ok;
}

static term cancel_timer(struct process *p, term ref, term opts)
{
    struct timer_options o;
    uint64_t left;
    if (!is_ref(ref)) return raise_badarg(p, 1, "not a reference");
    if (!parse_timer_options(opts, &o)) return raise_badarg(p, 2, "invalid option in list");
    bool was = timer_cancel(p->vm, ref, &left);
    return tell_left(p, AM_cancel_timer, ref, was, left, &o);
}
NATIVE("erlang", "cancel_timer", 1, erlang_cancel_timer_1, "Cancels a timer; returns the milliseconds left, or false if it is not running.")
{
    return cancel_timer(p, arg[0], TERM_NIL);
}
NATIVE("erlang", "cancel_timer", 2, erlang_cancel_timer_2, "cancel_timer/1 with options {info, bool}, {async, bool}.")
{
    return cancel_timer(p, arg[0], arg[1]);
}

static term read_timer(struct process *p, term ref, term opts)
{
    struct timer_options o;
    uint64_t left;
    if (!is_ref(ref)) return raise_badarg(p, 1, "not a reference");
    if (!parse_timer_options(opts, &o)) return raise_badarg(p, 2, "invalid option in list");
    bool runs = timer_left(p->vm, ref, &left);
    return tell_left(p, AM_read_timer, ref, runs, left, &o);
}
NATIVE("erlang", "read_timer", 1, erlang_read_timer_1, "The milliseconds left of a timer, or false.") { return read_timer(p, arg[0], TERM_NIL); }
NATIVE("erlang", "read_timer", 2, erlang_read_timer_2, "read_timer/1 with the option {async, bool}.") { return read_timer(p, arg[0], arg[1]); }

NATIVE("phial_world", "entropy", 0, phial_world_entropy, "60 random bits, from the seed in a seeded run.")
{
    return make_small((int64_t)(world_entropy(p->vm->world) >> 4));
}
static term clock_stop(struct process *p, term ms)
{
    if (!world_is_virtual(p->vm->world)) return AM_false;
    if (!is_small(ms) || small_value(ms) < 0 || small_value(ms) > INT64_MAX / 4000000) return raise_badarg(p, 1, "not a non-negative integer");
    world_stop(p->vm->world, (uint64_t)small_value(ms) * 1000000);
    return AM_true;
}
NATIVE("phial_world", "stop", 1, phial_world_stop, "Stops the virtual clock after so many milliseconds more; false: the clock is the world's.")
{
    return clock_stop(p, arg[0]);
}
NATIVE("phial_world", "run", 0, phial_world_run, "Lets the virtual clock run; false: the clock is the world's.")
{
    if (!world_is_virtual(p->vm->world)) return AM_false;
    world_run(p->vm->world);
    return AM_true;
}
NATIVE("phial_world", "stopped?", 0, phial_world_stopped, "Whether the virtual clock is stopped, or will be.")
{
    return mk_bool(world_is_stopped(p->vm->world));
}
NATIVE("phial_world", "timers", 0, phial_world_timers, "{how many timers are armed, milliseconds until the next one or nil}")
{
    uint64_t next = timers_next(p->vm), now = world_monotonic(p->vm->world);
    term left = next == UINT64_MAX ? AM_nil : make_small(next > now ? (int64_t)((next - now + 999999) / 1000000) : 0);
    return mk_tuple2(&p->heap, make_small(p->vm->sched->ntimers), left);
}
NATIVE("phial_world", "virtual?", 0, phial_world_virtual, "Whether the clock is virtual.") { return mk_bool(world_is_virtual(p->vm->world)); }
