// SPDX-License-Identifier: Apache-2.0
// :erlang's process functions: spawning, sending, links, monitors, aliases, exits, names, the process dictionary.
// What concerns another process goes there as a signal (law 2); what must wait for an answer continues in :phial_process.await/1.
#include <stdlib.h>

#include "../code.h"
#include "../gc.h"
#include "../receive.h"
#include "../sched.h"
#include "../trace.h"
#include "../tracer.h"

static term new_ref(struct process *p)
{
    term ref = vm_make_ref(p->vm);
    receive_set_mark(p, ref);
    return ref;
}

static term await(struct process *p, term ref) { return trap_mfa(p, AM_phial_process, AM_await, 1, &ref); }

NATIVE("erlang", "self", 0, erlang_self, "The pid of the calling process.") { return p->pid; }
NATIVE("erlang", "make_ref", 0, erlang_make_ref, "A reference unlike any other.") { return new_ref(p); }

// ---- spawning

static bool parse_priority(term t, enum priority *out)
{
    if (t == AM_low) *out = PRIORITY_LOW;
    else if (t == AM_normal) *out = PRIORITY_NORMAL;
    else if (t == AM_high) *out = PRIORITY_HIGH;
    else if (t == AM_max) *out = PRIORITY_MAX;
    else return false;
    return true;
}

static bool parse_alias(term t, int *mode)
{
    if (t == AM_explicit_unalias) *mode = ALIAS_EXPLICIT;
    else if (t == AM_demonitor) *mode = ALIAS_DEMONITOR;
    else if (t == AM_reply_demonitor) *mode = ALIAS_REPLY_DEMONITOR;
    else return false;
    return true;
}

// Options of monitor/3 and {monitor, Opts}; {tag, T} is not offered by this VM.
static bool parse_monitor_options(term opts, int *alias)
{
    for (; is_cons(opts); opts = tail(opts)) {
        term o = head(opts);
        if (!is_tuple_of(o, 2) || tuple_get(o, 0) != AM_alias || !parse_alias(tuple_get(o, 1), alias)) return false;
    }
    return is_nil(opts);
}

static bool parse_max_heap(struct process *p, term t, size_t *words, bool *quiet, bool *survives)
{
    *quiet = is_map(t) && map_get(p->vm, t, AM_error_logger) == AM_false;
    *survives = is_map(t) && map_get(p->vm, t, AM_kill) == AM_false;
    if (is_map(t)) t = map_get(p->vm, t, AM_size);
    if (t == TERM_NONE || !is_small(t) || small_value(t) < 0) return false;
    *words = (size_t)small_value(t);
    return true;
}

// What max_heap_size answers: size 0 where the process has no limit of its own.
static term max_heap_term(struct process *p)
{
    term keys[] = {AM_error_logger, AM_kill, AM_size};
    term values[] = {mk_bool(!p->quiet_limit), mk_bool(!p->survives_limit), make_small(p->max_heap == p->vm->max_heap ? 0 : (int64_t)p->max_heap)};
    return map_from_pairs(p->vm, &p->heap, 3, keys, values);
}

// Settings of the BEAM's memory that mean nothing here: their values there. TERM_NONE: not one of them.
static term fixed_setting(term item)
{
    if (item == AM_min_heap_size) return make_small(233);
    if (item == AM_min_bin_vheap_size) return make_small(46422);
    if (item == AM_fullsweep_after) return make_small(65535);
    if (item == AM_message_queue_data) return AM_on_heap;
    return TERM_NONE;
}

static term error_handler_of(const struct process *p) { return p->error_handler ? make_atom(p->error_handler) : AM_error_handler; }

static bool parse_spawn_options(struct process *p, term opts, struct spawn_options *o)
{
    for (; is_cons(opts); opts = tail(opts)) {
        term t = head(opts);
        if (t == AM_link) o->link = true;
        else if (t == AM_monitor) o->monitor = true;
        else if (is_tuple_of(t, 2)) {
            term key = tuple_get(t, 0), value = tuple_get(t, 1);
            if (key == AM_priority) { if (!parse_priority(value, &o->priority)) return false; }
            else if (key == AM_max_heap_size) { if (!parse_max_heap(p, value, &o->max_heap, &o->quiet_limit, &o->survives_limit)) return false; }
            else if (key == AM_monitor) { o->monitor = true; if (!parse_monitor_options(value, &o->alias)) return false; }
            else if (key != AM_fullsweep_after && key != AM_min_heap_size && key != AM_min_bin_vheap_size && key != AM_message_queue_data &&
                     key != AM_async_dist) return false;
        } else return false;
    }
    return is_nil(opts);
}

static term spawn(struct process *p, term mod, term fun, term args, struct spawn_options *o)
{
    term argv[256];
    size_t n;
    if (!list_length(args, &n) || n > 255) return raise_badarg(p, 3, "not a proper list");
    for (size_t i = 0; i < n; i++, args = tail(args)) argv[i] = head(args);
    if (o->monitor) o->monitor_ref = new_ref(p);
    struct process *child = process_spawn(p, p->vm, mod, fun, (unsigned)n, argv, o);
    if (!child) return raise_system_limit(p);
    return o->monitor ? mk_tuple2(&p->heap, child->pid, o->monitor_ref) : child->pid;
}

static term spawn_fun(struct process *p, term fun, struct spawn_options *o)
{
    if (!is_fun(fun)) return raise_badarg(p, 1, "not a fun");
    if (fun_arity(fun) == 0) return spawn(p, TERM_NONE, fun, TERM_NIL, o);
    return spawn(p, AM_phial_process, atom_from_c(p->vm, "apply_wrong"), mk_cons(&p->heap, fun, TERM_NIL), o);     // it fails in the new process
}

NATIVE("phial_process", "apply_wrong", 1, phial_apply_wrong, "What a process does that was started with a fun of arguments: fails in apply/2.")
{
    term raised = raise_error(p, mk_tuple2(&p->heap, AM_badarity, mk_tuple2(&p->heap, arg[0], TERM_NIL)));
    p->raised.trace = trace_first(p, AM_erlang, AM_apply, make_small(2), TERM_NIL);
    return raised;
}

static term spawn_mfa(struct process *p, const term *arg, struct spawn_options *o)
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    if (!is_atom(arg[1])) return raise_badarg(p, 2, "not an atom");
    return spawn(p, arg[0], arg[1], arg[2], o);
}

#define SPAWN_OPTIONS(...) struct spawn_options o; spawn_options_init(&o); __VA_ARGS__
NATIVE("erlang", "spawn", 1, erlang_spawn_1, "Starts a process that calls the fun.") { SPAWN_OPTIONS(); return spawn_fun(p, arg[0], &o); }
NATIVE("erlang", "spawn", 3, erlang_spawn_3, "Starts a process that calls mod:fun(args).") { SPAWN_OPTIONS(); return spawn_mfa(p, arg, &o); }
NATIVE("erlang", "spawn_link", 1, erlang_spawn_link_1, "spawn/1, linked to the caller.")
{
    SPAWN_OPTIONS(o.link = true);
    return spawn_fun(p, arg[0], &o);
}
NATIVE("erlang", "spawn_link", 3, erlang_spawn_link_3, "spawn/3, linked to the caller.")
{
    SPAWN_OPTIONS(o.link = true);
    return spawn_mfa(p, arg, &o);
}
NATIVE("erlang", "spawn_monitor", 1, erlang_spawn_monitor_1, "spawn/1, monitored: {pid, ref}.")
{
    SPAWN_OPTIONS(o.monitor = true);
    return is_fun(arg[0]) && fun_arity(arg[0]) != 0 ? raise_badarg(p, 1, "not a fun") : spawn_fun(p, arg[0], &o);
}
NATIVE("erlang", "spawn_monitor", 3, erlang_spawn_monitor_3, "spawn/3, monitored: {pid, ref}.")
{
    SPAWN_OPTIONS(o.monitor = true);
    return spawn_mfa(p, arg, &o);
}
NATIVE("erlang", "spawn_opt", 2, erlang_spawn_opt_2, "spawn/1 with options link, monitor, priority, max_heap_size.")
{
    SPAWN_OPTIONS();
    if (!parse_spawn_options(p, arg[1], &o)) return raise_badarg(p, 2, "invalid option in list");
    return spawn_fun(p, arg[0], &o);
}
NATIVE("erlang", "spawn_opt", 4, erlang_spawn_opt_4, "spawn/3 with options link, monitor, priority, max_heap_size.")
{
    SPAWN_OPTIONS();
    if (!parse_spawn_options(p, arg[3], &o)) return raise_badarg(p, 4, "invalid option in list");
    return spawn_mfa(p, arg, &o);
}

// ---- sending

// The pid or alias a message to `to` goes to; AM_undefined: a dead process; TERM_NONE: not a destination, or a name nobody has.
static term destination(struct process *p, term to)
{
    if (is_pid(to) || is_ref(to) || is_port(to)) return to;
    if (is_tuple_of(to, 2) && is_atom(tuple_get(to, 0)) && is_atom(tuple_get(to, 1)))
        return tuple_get(to, 1) == AM_nonode ? process_whereis(p->vm, tuple_get(to, 0)) : AM_undefined;
    if (!is_atom(to)) return TERM_NONE;
    term pid = process_whereis(p->vm, to);
    return pid == AM_undefined ? TERM_NONE : pid;
}

static term send(struct process *p, term to, term message)
{
    term pid = destination(p, to);
    if (pid == TERM_NONE) return raise_badarg(p, 1, is_atom(to) ? "the atom is not the name of an existing process" : "invalid destination");
    if (traces(p, TRACE_SEND)) tracer_sent(p, to, message, is_ref(pid) || process_find(p->vm, pid));
    send_message(p->vm, pid, message);
    native_charge(p, 1);
    return message;
}

NATIVE("erlang", "send", 2, erlang_send_2, "Sends a message to a pid, alias or registered name; returns the message.")
{
    return send(p, arg[0], arg[1]);
}
NATIVE("erlang", "!", 2, erlang_bang, "send/2.") { return send(p, arg[0], arg[1]); }
NATIVE("erlang", "send", 3, erlang_send_3, "send/2 with options nosuspend, noconnect; returns ok, or noconnect for another node.")
{
    bool noconnect = false;
    term options = arg[2];
    for (; is_cons(options); options = tail(options)) {
        if (head(options) == AM_noconnect) noconnect = true;
        else if (head(options) != AM_nosuspend) break;
    }
    if (options != TERM_NIL) return raise_badarg(p, 3, is_cons(options) ? "invalid option in list" : "not a list");
    if (send(p, arg[0], arg[1]) == TERM_NONE) return TERM_NONE;
    bool remote = is_tuple_of(arg[0], 2) && tuple_get(arg[0], 1) != AM_nonode;
    return noconnect && remote ? AM_noconnect : AM_ok;
}
NATIVE("erlang", "send_nosuspend", 2, erlang_send_nosuspend, "send/2 that returns true.")
{
    return send(p, arg[0], arg[1]) == TERM_NONE ? TERM_NONE : AM_true;
}

// ---- links

NATIVE("erlang", "link", 1, erlang_link, "Links the caller and a process.")
{
    if (!is_pid(arg[0]) && !is_port(arg[0])) return raise_badarg(p, 1, "not a pid");
    if (!p->trap_exit && arg[0] != p->pid && !process_find(p->vm, arg[0])) return raise_error(p, AM_noproc);
    send_link(p->vm, p, arg[0]);
    return AM_true;
}
NATIVE("erlang", "unlink", 1, erlang_unlink, "Removes a link; no exit signal through it is received afterwards.")
{
    if (!is_pid(arg[0]) && !is_port(arg[0])) return raise_badarg(p, 1, "not a pid");
    send_unlink(p->vm, p, arg[0]);
    return AM_true;
}

// ---- monitors and aliases

static void set_alias(struct process *p, term ref, int mode)
{
    table_put(&p->aliases, ref, (uint64_t)mode);
    table_put(&p->vm->sched->aliases, ref, p->pid);
}

static bool drop_alias(struct process *p, term ref)
{
    table_remove(&p->vm->sched->aliases, ref, NULL);
    return table_remove(&p->aliases, ref, NULL);
}

static term monitor(struct process *p, term type, term target, int alias)
{
    if (type != AM_process && type != AM_port) return raise_badarg(p, 1, "invalid monitor type");
    if (is_tuple_of(target, 2) && tuple_get(target, 1) == AM_nonode) target = tuple_get(target, 0);
    if (type == AM_port && is_atom(target) && is_port(process_whereis(p->vm, target))) target = process_whereis(p->vm, target);
    bool fits = type == AM_port ? is_port(target) : is_pid(target) || is_atom(target);
    if (!fits) return raise_badarg(p, 2, type == AM_port ? "not a port" : "not a pid, a name or a {name, node} tuple");
    term ref = new_ref(p), pid = is_atom(target) ? process_whereis(p->vm, target) : target;
    if (alias) set_alias(p, ref, alias);
    if (target == p->pid) return ref;
    table_put(&p->monitors, ref, target);
    if (process_find(p->vm, pid)) send_plain(p->vm, SIGNAL_MONITOR, p->pid, pid, ref);
    else send_down(p->vm, p->pid, ref, AM_noproc);
    return ref;
}

NATIVE("erlang", "monitor", 2, erlang_monitor_2, "Watches a process: {:DOWN, ref, :process, pid, reason} comes when it ends.")
{
    return monitor(p, arg[0], arg[1], 0);
}
NATIVE("erlang", "monitor", 3, erlang_monitor_3, "monitor/2 with options: {alias, explicit_unalias | demonitor | reply_demonitor}.")
{
    int alias = 0;
    if (!parse_monitor_options(arg[2], &alias)) return raise_badarg(p, 3, "invalid option in list");
    return monitor(p, arg[0], arg[1], alias);
}

// Takes a {:DOWN, ref, ...} out of the mailbox.
static void flush_down(struct process *p, term ref)
{
    signals_handle(p);
    for (struct signal **link = &p->mailbox.first; *link; link = &(*link)->next) {
        struct signal *s = *link;
        if (!is_tuple_of(s->value, 5) || tuple_get(s->value, 0) != AM_DOWN || tuple_get(s->value, 1) != ref) continue;
        receive_unlink(p, link);
        signal_free(p->vm, s);
        return;
    }
}

static bool demonitor(struct process *p, term ref)
{
    uint64_t who, mode;
    if (table_get(&p->aliases, ref, &mode) && mode != ALIAS_EXPLICIT) drop_alias(p, ref);
    if (!table_remove(&p->monitors, ref, &who)) return false;
    term pid = is_atom(who) ? process_whereis(p->vm, who) : who;
    if (!is_atom(pid)) send_plain(p->vm, SIGNAL_DEMONITOR, p->pid, pid, ref);
    return true;
}

NATIVE("erlang", "demonitor", 1, erlang_demonitor_1, "Ends a monitor.")
{
    if (!is_ref(arg[0])) return raise_badarg(p, 1, "not a reference");
    demonitor(p, arg[0]);
    return AM_true;
}
NATIVE("erlang", "demonitor", 2, erlang_demonitor_2,
       "demonitor/1 with options: flush takes its message out of the mailbox, info tells if it was there.")
{
    if (!is_ref(arg[0])) return raise_badarg(p, 1, "not a reference");
    bool flush = false, info = false;
    for (term o = arg[1]; is_cons(o); o = tail(o)) {
        if (head(o) == AM_flush) flush = true;
        else if (head(o) == AM_info) info = true;
        else return raise_badarg(p, 2, "invalid option in list");
    }
    bool was = demonitor(p, arg[0]);
    if (flush && !was) flush_down(p, arg[0]);
    return info ? mk_bool(was) : AM_true;
}
NATIVE("erlang", "alias", 0, erlang_alias_0, "A reference that delivers messages to the caller until unalias/1.")
{
    term ref = new_ref(p);
    set_alias(p, ref, ALIAS_EXPLICIT);
    return ref;
}
NATIVE("erlang", "alias", 1, erlang_alias_1, "alias/0 with options: explicit_unalias, reply.")
{
    int mode = ALIAS_EXPLICIT;
    term options = arg[0];
    for (; is_cons(options) && (head(options) == AM_reply || head(options) == AM_explicit_unalias); options = tail(options))
        mode = head(options) == AM_reply ? ALIAS_REPLY_DEMONITOR : ALIAS_EXPLICIT;
    if (!is_nil(options)) return raise_badarg(p, 1, "invalid option in list");
    term ref = new_ref(p);
    set_alias(p, ref, mode);
    return ref;
}
NATIVE("erlang", "unalias", 1, erlang_unalias, "Ends an alias; true if it was one.")
{
    if (!is_ref(arg[0])) return raise_badarg(p, 1, "not a reference");
    return mk_bool(drop_alias(p, arg[0]));
}

// ---- exits and errors

NATIVE_RAISER("erlang", "exit", 1, erlang_exit_1, "Raises an exit with the reason.") { return raise_class(p, AM_exit, arg[0]); }
NATIVE_RAISER("erlang", "throw", 1, erlang_throw, "Throws a value.") { return raise_class(p, AM_throw, arg[0]); }
NATIVE_RAISER("erlang", "error", 1, erlang_error_1, "Raises an error with the reason.") { return raise_error(p, arg[0]); }
// The first entry of the trace shows the arguments, if it is given a list of them, and carries `info`.
static term error_with_args(struct process *p, term reason, term args, term info)
{
    raise_error(p, reason);
    if (is_list(args) || !is_nil(info)) p->raised.trace = trace_own(p, is_list(args) ? args : TERM_NONE, info);
    return TERM_NONE;
}
NATIVE_RAISER("erlang", "error", 2, erlang_error_2, "error/1; the stack trace shows the arguments.")
{
    return error_with_args(p, arg[0], arg[1], TERM_NIL);
}
NATIVE_RAISER("erlang", "error", 3, erlang_error_3, "error/2; the option error_info goes into the stack trace.")
{
    term info = TERM_NIL;
    for (term l = arg[2]; is_cons(l); l = tail(l))
        if (is_tuple_of(head(l), 2) && tuple_get(head(l), 0) == AM_error_info) info = mk_cons(&p->heap, head(l), TERM_NIL);
    return error_with_args(p, arg[0], arg[1], info);
}

// A stack trace as erlang:raise/3 takes it: entries {m, f, arity or args} or {m, f, arity or args, info}. TERM_NONE: it is none.
static term given_trace(struct process *p, term list)
{
    term entries[TRACE_DEPTH_MAX], l = list;
    size_t n = 0;
    for (; is_cons(l); l = tail(l)) {
        term e = head(l), fourth = is_tuple_of(e, 4) ? tuple_get(e, 3) : TERM_NIL;
        if (!(is_tuple_of(e, 3) || is_tuple_of(e, 4)) || !is_list(fourth)) return TERM_NONE;
        if (!is_atom(tuple_get(e, 0)) || !is_atom(tuple_get(e, 1)) || !(is_small(tuple_get(e, 2)) || is_list(tuple_get(e, 2)))) return TERM_NONE;
        if (n < p->vm->trace_depth)
            entries[n++] = is_tuple_of(e, 4) ? e : trace_first(p, tuple_get(e, 0), tuple_get(e, 1), tuple_get(e, 2), TERM_NIL);
    }
    if (!is_nil(l)) return TERM_NONE;
    return n ? mk_list(&p->heap, n, entries, TERM_NIL) : trace_empty(p);
}

NATIVE("phial", "trace_depth", 1, phial_trace_depth, "Sets how many entries a stack trace has; how many it had.")
{
    if (!is_small(arg[0]) || small_value(arg[0]) < 0) return raise_badarg(p, 1, "not a non-negative integer");
    unsigned before = p->vm->trace_depth;
    p->vm->trace_depth = small_value(arg[0]) < TRACE_DEPTH_MAX ? (unsigned)small_value(arg[0]) : TRACE_DEPTH_MAX;
    return make_small(before);
}

NATIVE_RAISER("erlang", "raise", 3, erlang_raise, "Raises class:reason with the given stack trace.")
{
    if (arg[0] != AM_error && arg[0] != AM_exit && arg[0] != AM_throw) return AM_badarg;
    term trace = given_trace(p, arg[2]);
    if (trace == TERM_NONE) return AM_badarg;
    raise_class(p, arg[0], arg[1]);
    p->raised.trace = trace;
    return TERM_NONE;
}
NATIVE("erlang", "exit", 2, erlang_exit_2, "Sends an exit signal to a process.")
{
    if (!is_pid(arg[0]) && !is_port(arg[0])) return raise_badarg(p, 1, "not a pid");
    send_exit(p->vm, p->pid, arg[0], arg[1], true);
    if (arg[0] == p->pid) return trap_mfa(p, AM_phial_process, AM_handle_signals, 0, NULL);
    return AM_true;
}
NATIVE("erlang", "is_process_alive", 1, erlang_is_process_alive, "Whether the process lives, after all signals sent to it before.")
{
    if (!is_pid(arg[0])) return raise_badarg(p, 1, "not a pid");
    struct process *other = process_find(p->vm, arg[0]);
    if (!other || other == p) return mk_bool(other != NULL);
    term ref = new_ref(p);
    signal_deliver(p->vm, other, signal_new(p->vm, SIGNAL_ASK, p->pid, ref, AM_alive));
    return await(p, ref);
}

// ---- flags

NATIVE("erlang", "process_flag", 2, erlang_process_flag_2,
       "Sets a flag of the caller: trap_exit, priority, max_heap_size ...; returns the old value.")
{
    term flag = arg[0], value = arg[1];
    if (flag == AM_trap_exit) {
        if (value != AM_true && value != AM_false) return raise_badarg(p, 2, "not a boolean");
        term old = mk_bool(p->trap_exit);
        p->trap_exit = value == AM_true;
        return old;
    }
    if (flag == AM_priority) {
        static const term names[] = {AM_low, AM_normal, AM_high, AM_max};
        term old = names[p->priority];
        enum priority new_priority;
        if (!parse_priority(value, &new_priority)) return raise_badarg(p, 2, "invalid process priority level");
        p->priority = (uint8_t)new_priority;
        return old;
    }
    if (flag == AM_max_heap_size) {
        term old = max_heap_term(p);
        if (!parse_max_heap(p, value, &p->max_heap, &p->quiet_limit, &p->survives_limit)) return raise_badarg(p, 2, "invalid max_heap_size");
        if (p->max_heap == 0) p->max_heap = p->vm->max_heap;
        return old;
    }
    if (flag == AM_sensitive) {
        if (value != AM_true && value != AM_false) return raise_badarg(p, 2, "not a boolean");
        term old = mk_bool(p->sensitive);
        p->sensitive = value == AM_true;
        return old;
    }
    if (flag == AM_error_handler) {
        if (!is_atom(value)) return raise_badarg(p, 2, "not an atom");
        term old = error_handler_of(p);
        p->error_handler = value == AM_error_handler ? 0 : atom_index(value);
        return old;
    }
    if (flag == AM_save_calls) return make_small(0);
    if (fixed_setting(flag) != TERM_NONE) {
        bool fits = flag == AM_message_queue_data ? value == AM_on_heap || value == AM_off_heap : is_small(value) && small_value(value) >= 0;
        return fits ? fixed_setting(flag) : raise_badarg(p, 2, "invalid value for this process flag");
    }
    return raise_badarg(p, 1, "invalid process flag");
}

NATIVE("erlang", "group_leader", 0, erlang_group_leader_0, "The caller's group leader.") { return p->group_leader; }
NATIVE("erlang", "group_leader", 2, erlang_group_leader_2, "Sets a process's group leader.")
{
    if (!is_pid(arg[0])) return raise_badarg(p, 1, "not a pid");
    if (!is_pid(arg[1])) return raise_badarg(p, 2, "not a pid");
    if (arg[1] == p->pid) {
        p->group_leader = arg[0];
        return AM_true;
    }
    struct process *other = process_find(p->vm, arg[1]);
    if (!other) return raise_badarg(p, 2, "the pid does not refer to an existing process");
    signal_deliver(p->vm, other, signal_new(p->vm, SIGNAL_GROUP_LEADER, p->pid, TERM_NONE, arg[0]));
    return AM_true;
}
NATIVE("erlang", "suspend_process", 1, erlang_suspend_process, "Suspends a process until resume_process/1.")
{
    if (!is_pid(arg[0]) || arg[0] == p->pid || !process_find(p->vm, arg[0])) return raise_badarg(p, 1, "not a live process other than the caller");
    send_plain(p->vm, SIGNAL_SUSPEND, p->pid, arg[0], TERM_NONE);
    return AM_true;
}
NATIVE("erlang", "resume_process", 1, erlang_resume_process, "Undoes suspend_process/1.")
{
    if (!is_pid(arg[0]) || !process_find(p->vm, arg[0])) return raise_badarg(p, 1, "not a live process");
    send_plain(p->vm, SIGNAL_RESUME, p->pid, arg[0], TERM_NONE);
    return AM_true;
}

// ---- names

NATIVE("erlang", "register", 2, erlang_register, "Gives a process a name.")
{
    if (!is_atom(arg[0]) || arg[0] == AM_undefined) return raise_badarg(p, 1, is_atom(arg[0]) ? "the name cannot be undefined" : "not an atom");
    struct process *other = process_find(p->vm, arg[1]);
    if (!other) return raise_badarg(p, 2, "not a local pid of a live process");
    if (!process_register(p->vm, arg[0], other)) return raise_badarg(p, 1, "name is in use");
    return AM_true;
}
NATIVE("erlang", "unregister", 1, erlang_unregister, "Takes a name away.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    if (!process_unregister(p->vm, arg[0])) return raise_badarg(p, 1, "not a registered name");
    return AM_true;
}
NATIVE("erlang", "whereis", 1, erlang_whereis, "The pid that has the name, or undefined.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    return process_whereis(p->vm, arg[0]);
}
NATIVE("erlang", "registered", 0, erlang_registered, "All registered names.")
{
    term list = TERM_NIL;
    uint64_t name, pid;
    for (uint32_t at = 0; table_next(&p->vm->sched->names, &at, &name, &pid);)
        if (process_find(p->vm, pid)) list = mk_cons(&p->heap, name, list);
    return list;
}
static term all_of(struct process *p, enum imm_kind kind)
{
    struct sched *s = p->vm->sched;
    term list = TERM_NIL;
    for (uint32_t i = s->slots; i-- > 0;)
        if (s->table[i] && !s->table[i]->exiting && imm_is(s->table[i]->pid, kind)) list = mk_cons(&p->heap, s->table[i]->pid, list);
    return list;
}
NATIVE("erlang", "processes", 0, erlang_processes, "The pids of all live processes, in order of number.") { return all_of(p, IMM_PID); }
NATIVE("erlang", "ports", 0, erlang_ports, "All open ports, in order of number.") { return all_of(p, IMM_PORT); }

// ---- the process dictionary

static term dictionary_value(struct process *p, term key)
{
    term v = is_nil(p->dictionary) ? TERM_NONE : map_get(p->vm, p->dictionary, key);
    return v == TERM_NONE ? AM_undefined : v;
}

NATIVE("erlang", "put", 2, erlang_put, "Stores a value in the process dictionary; returns the old one or undefined.")
{
    term old = dictionary_value(p, arg[0]);
    if (is_nil(p->dictionary)) p->dictionary = map_empty(&p->heap);
    p->dictionary = map_put(p->vm, &p->heap, p->dictionary, arg[0], arg[1]);
    return old;
}
NATIVE("erlang", "get", 1, erlang_get_1, "The value of a key of the process dictionary, or undefined.") { return dictionary_value(p, arg[0]); }
NATIVE("erlang", "erase", 1, erlang_erase_1, "Removes a key of the process dictionary; returns its value or undefined.")
{
    term old = dictionary_value(p, arg[0]);
    if (!is_nil(p->dictionary)) p->dictionary = map_remove(p->vm, &p->heap, p->dictionary, arg[0]);
    return old;
}

static term dictionary_list(struct process *p, bool keys_only, term value)
{
    term list = TERM_NIL, k, v;
    struct map_iter it;
    if (is_nil(p->dictionary)) return list;
    for (map_iter_init(&it, p->dictionary); map_iter_next(&it, &k, &v);)
        if (value == TERM_NONE || term_equal(v, value)) list = mk_cons(&p->heap, keys_only ? k : mk_tuple2(&p->heap, k, v), list);
    term in_order = TERM_NIL;
    for (; is_cons(list); list = tail(list)) in_order = mk_cons(&p->heap, head(list), in_order);
    return in_order;
}

NATIVE("erlang", "get", 0, erlang_get_0, "The process dictionary as a list of pairs.") { return dictionary_list(p, false, TERM_NONE); }
NATIVE("erlang", "get_keys", 0, erlang_get_keys_0, "The keys of the process dictionary.") { return dictionary_list(p, true, TERM_NONE); }
NATIVE("erlang", "get_keys", 1, erlang_get_keys_1, "The keys of the process dictionary that have the value.")
{
    return dictionary_list(p, true, arg[0]);
}
NATIVE("erlang", "erase", 0, erlang_erase_0, "Empties the process dictionary; returns it as a list.")
{
    term all = dictionary_list(p, false, TERM_NONE);
    p->dictionary = TERM_NIL;
    return all;
}

// ---- process_info

static term table_keys(struct process *p, const struct table *t)
{
    term list = TERM_NIL;
    uint64_t k, v;
    for (uint32_t at = 0; table_next(t, &at, &k, &v);) list = mk_cons(&p->heap, k, list);
    return list;
}

static term monitors_info(struct process *p)
{
    term list = TERM_NIL;
    uint64_t ref, who;
    for (uint32_t at = 0; table_next(&p->monitors, &at, &ref, &who);) {
        term what = is_atom(who) ? mk_tuple2(&p->heap, who, AM_nonode) : who;
        list = mk_cons(&p->heap, mk_tuple2(&p->heap, AM_process, what), list);
    }
    return list;
}

static term watchers(struct process *p)
{
    term list = TERM_NIL;
    uint64_t ref, who;
    for (uint32_t at = 0; table_next(&p->monitored_by, &at, &ref, &who);) list = mk_cons(&p->heap, who, list);
    return list;
}

static term messages(struct process *p)
{
    struct heap *h = &p->heap;
    term *all = malloc((p->mailbox.length + 1) * sizeof(term));
    size_t n = 0;
    if (!all) abort();
    for (struct signal *s = p->mailbox.first; s; s = s->next) all[n++] = term_copy(p->vm, h, s->value);
    term list = mk_list(h, n, all, TERM_NIL);
    free(all);
    return list;
}

static term status_of(struct process *p)
{
    if (p->suspend_count) return AM_suspended;
    if (p == p->vm->sched->current) return AM_running;
    unsigned op = p->pc ? (unsigned)(*p->pc & 0xffff) : OP_RECV_WAIT;
    return (op == OP_RECV_WAIT || op == OP_RECV_WAIT_T) && p->scan && !*p->scan ? AM_waiting : AM_runnable;
}

static term current_function(struct process *p)
{
    struct module *m = p->pc ? code_module_at(p->vm, p->pc) : NULL;
    const struct function *f = m ? code_function_at(m, p->pc) : NULL;
    if (m && m->name == AM_phial_stubs && status_of(p) == AM_waiting) return mk_tuple3(&p->heap, AM_erlang, AM_hibernate, make_small(3));
    return f ? mk_tuple3(&p->heap, m->name, f->name, make_small(f->arity)) : AM_undefined;
}

static term current_location(struct process *p)
{
    term trace = trace_current(p, p);
    return is_cons(trace) ? head(trace) : AM_undefined;
}

static term garbage_collection(struct process *p)
{
    struct heap *h = &p->heap;
    term items[] = {mk_tuple2(h, AM_max_heap_size, max_heap_term(p)), AM_min_bin_vheap_size, AM_min_heap_size,
                    AM_fullsweep_after, mk_tuple2(h, AM_minor_gcs, make_small((int64_t)p->minor_count))};
    for (unsigned i = 1; i < 4; i++) items[i] = mk_tuple2(h, items[i], fixed_setting(items[i]));
    return mk_list(h, 5, items, TERM_NIL);
}

// Sizes in words, those of the BEAM's own kinds of memory as it shows them where there is none.
static term garbage_collection_info(struct process *p)
{
    struct heap *h = &p->heap;
    static const term names[] = {AM_old_heap_block_size, AM_heap_block_size, AM_mbuf_size, AM_recent_size, AM_stack_size, AM_old_heap_size,
        AM_heap_size, AM_bin_vheap_size, AM_bin_vheap_block_size, AM_bin_old_vheap_size, AM_bin_old_vheap_block_size};
    int64_t old = p->old.end - p->old.start, young = p->young.end - p->young.start;
    const int64_t words[] = {old, young, 0, 0, p->stack_end - p->stack, old, young, 0, 46422, 0, 46422};
    enum { N = sizeof names / sizeof *names };
    term items[N];
    for (unsigned i = 0; i < N; i++) items[i] = mk_tuple2(h, names[i], make_small(words[i]));
    return mk_list(h, N, items, TERM_NIL);
}

// One item of process_info/2 about p, built on p's own heap; TERM_NONE: no such item.
static term info_item(struct process *p, term item)
{
    static const term priorities[] = {AM_low, AM_normal, AM_high, AM_max};
    if (item == AM_registered_name) return p->name == AM_undefined ? TERM_NIL : p->name;
    if (item == AM_message_queue_len) return make_small((int64_t)p->mailbox.length);
    if (item == AM_messages) return messages(p);
    if (item == AM_links) return table_keys(p, &p->links);
    if (item == AM_monitors) return monitors_info(p);
    if (item == AM_monitored_by) return watchers(p);
    if (item == AM_dictionary) return dictionary_list(p, false, TERM_NONE);
    if (item == AM_group_leader) return p->group_leader;
    if (item == AM_parent) return p->parent;
    if (item == AM_priority) return priorities[p->priority];
    if (item == AM_trap_exit) return mk_bool(p->trap_exit);
    if (item == AM_status) return status_of(p);
    if (item == AM_reductions) return mk_uint(&p->heap, process_reductions(p));
    if (item == AM_memory) return make_small((int64_t)(process_words(p) * sizeof(term) + sizeof *p));
    if (item == AM_total_heap_size || item == AM_heap_size) return make_small((int64_t)(p->young.end - p->young.start + (p->old.end - p->old.start)));
    if (item == AM_stack_size) return make_small((int64_t)(p->stack_end - p->stack));
    if (item == AM_current_function) return current_function(p);
    if (item == AM_current_stacktrace) return trace_current(p, p);
    if (item == AM_initial_call) return is_nil(p->initial_call) ? mk_tuple3(&p->heap, AM_erlang, AM_apply, make_small(2)) : p->initial_call;
    if (item == AM_binary || item == AM_suspending || item == AM_sequential_trace_token || item == AM_magic_ref) return TERM_NIL;
    if (item == AM_trace) return make_small(p->trace_flags);
    if (item == AM_garbage_collection_info) return garbage_collection_info(p);
    if (item == AM_garbage_collection) return garbage_collection(p);
    if (item == AM_max_heap_size) return max_heap_term(p);
    if (item == AM_current_location) return current_location(p);
    if (item == AM_last_calls) return AM_false;
    if (item == AM_catchlevel) return make_small(0);
    if (item == AM_error_handler) return error_handler_of(p);
    return fixed_setting(item);
}

static term info_pair(struct process *p, term item)
{
    term v = info_item(p, item);
    if (v == TERM_NONE) return TERM_NONE;
    if (item == AM_registered_name && is_nil(v)) return TERM_NIL;
    return mk_tuple2(&p->heap, item, v);
}

// process_info/2 for one item or a list of items. TERM_NONE: an item is not known.
term process_info_for(struct process *p, term what)
{
    if (!is_list(what)) return info_pair(p, what);
    struct list_builder pairs;
    list_begin(&pairs, &p->heap);
    for (; is_cons(what); what = tail(what)) {
        term v = info_item(p, head(what));
        if (v == TERM_NONE) return list_end(&pairs, TERM_NIL), TERM_NONE;
        list_add(&pairs, mk_tuple2(&p->heap, head(what), v));
    }
    return list_end(&pairs, TERM_NIL);
}

// process_info of a live process: by itself at once, by another as the answer to a signal.
static term ask(struct process *p, struct process *other, term what)
{
    if (other == p) {
        signals_handle(p);
        return process_info_for(p, what);
    }
    term ref = new_ref(p);
    signal_deliver(p->vm, other, signal_new(p->vm, SIGNAL_ASK, p->pid, ref, what));
    return await(p, ref);
}

NATIVE("erlang", "process_info", 1, erlang_process_info_1, "The items of common interest about a process; undefined if it is dead.")
{
    static const term items[] = {AM_registered_name, AM_current_function, AM_initial_call, AM_status, AM_message_queue_len, AM_links, AM_dictionary,
        AM_trap_exit, AM_error_handler, AM_priority, AM_group_leader, AM_total_heap_size, AM_heap_size, AM_stack_size, AM_reductions,
        AM_garbage_collection, AM_suspending};
    if (!is_pid(arg[0])) return raise_badarg(p, 1, "not a pid");
    struct process *other = process_find(p->vm, arg[0]);
    if (!other) return AM_undefined;
    unsigned skip = other->name == AM_undefined;
    return ask(p, other, mk_list(&p->heap, sizeof items / sizeof *items - skip, items + skip, TERM_NIL));
}
NATIVE("erlang", "process_info", 2, erlang_process_info_2, "An item, or a list of items, about a process; undefined if it is dead.")
{
    if (!is_pid(arg[0]) && arg[0] != p->pid) return raise_badarg(p, 1, "not a pid");
    struct process *other = process_find(p->vm, arg[0]);
    if (arg[1] == AM_backtrace) return trap_mfa(p, AM_phial_process, AM_backtrace, 1, arg);
    for (term l = is_list(arg[1]) ? arg[1] : mk_cons(&p->heap, arg[1], TERM_NIL); is_cons(l); l = tail(l))
        if (!is_atom(head(l)) || info_item(p, head(l)) == TERM_NONE) return raise_badarg(p, 2, "invalid item or item list");
    if (!other) return AM_undefined;
    return ask(p, other, arg[1]);
}

// ---- calling with a list of arguments

term trap_apply(struct process *p, term fun, term mod, term name, term args)
{
    trap_fun(p, fun, 0, NULL);
    p->trap->mod = mod;
    p->trap->name = name;
    p->trap->arity = TRAP_LIST;
    p->trap->args[0] = args;
    return TERM_TRAP;
}

// ---- odds and ends

NATIVE("erlang", "apply", 2, erlang_apply_2, "Calls a fun with a list of arguments.")
{
    size_t n;
    if (!list_length(arg[1], &n)) return raise_badarg(p, 2, "not a proper list");
    return trap_apply(p, arg[0], TERM_NONE, TERM_NONE, arg[1]);
}
NATIVE("erlang", "apply", 3, erlang_apply_3, "Calls mod:fun with a list of arguments.")
{
    size_t n;
    if (!list_length(arg[2], &n) || n > 255) return raise_badarg(p, 3, "not a proper list");
    if (!is_atom(arg[0]) || !is_atom(arg[1])) {
        p->raised.trace = trace_first(p, arg[0], arg[1], arg[2], TERM_NIL);
        return raise_error(p, AM_badarg);
    }
    return trap_apply(p, TERM_NONE, arg[0], arg[1], arg[2]);
}
NATIVE("erlang", "yield", 0, erlang_yield, "Lets other processes run.")
{
    native_charge(p, TURN_REDUCTIONS);
    return AM_true;
}
NATIVE("erlang", "bump_reductions", 1, erlang_bump_reductions, "Charges the caller reductions.")
{
    if (!is_small(arg[0]) || small_value(arg[0]) < 0) return raise_badarg(p, 1, "not a non-negative integer");
    native_charge(p, (size_t)small_value(arg[0]));
    return AM_true;
}
static term collect_self(struct process *p)
{
    p->full_collection = p->gc_pending = true;
    p->held_reductions = TURN_REDUCTIONS / 4;
    p->charge = 100000;     // ends the turn's reductions: the next call is the safe point
    return AM_true;
}
NATIVE("erlang", "garbage_collect", 0, erlang_garbage_collect_0, "Collects the caller's heap at its next safe point.") { return collect_self(p); }
NATIVE("erlang", "garbage_collect", 1, erlang_garbage_collect_1, "Collects a process' heap at its next safe point; false if it is dead.")
{
    if (!is_pid(arg[0])) return raise_badarg(p, 1, "not a pid");
    if (arg[0] == p->pid) return collect_self(p);
    struct process *other = process_find(p->vm, arg[0]);
    return other ? ask(p, other, AM_garbage_collect) : AM_false;
}
