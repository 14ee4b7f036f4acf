// SPDX-License-Identifier: Apache-2.0
// Birth and death of processes, and their names. A process lives in one block (process.h); its pid is a slot of the table with a
// generation; freed slots are reused as late as possible.
#include <stdlib.h>

#include "code.h"
#include "coroutine.h"
#include "explain.h"
#include "gc.h"
#include "link_order.h"
#include "natives/ets.h"
#include "receive.h"
#include "sched.h"
#include "tracer.h"
#include "world.h"

enum { SLOTS_FIRST = 1024 };

static void grow_table(struct sched *s)
{
    uint32_t n = s->slots ? s->slots * 2 : SLOTS_FIRST;
    s->table = realloc(s->table, n * sizeof *s->table);
    s->generation = realloc(s->generation, n * sizeof *s->generation);
    s->free_next = realloc(s->free_next, n * sizeof *s->free_next);
    if (!s->table || !s->generation || !s->free_next) abort();
    for (uint32_t i = s->slots; i < n; i++) {
        s->table[i] = NULL;
        s->generation[i] = 0;
        s->free_next[i] = i + 1;
    }
    s->free_next[n - 1] = UINT32_MAX;
    if (s->free_head == UINT32_MAX) s->free_head = s->slots;
    else s->free_next[s->free_tail] = s->slots;
    s->free_tail = n - 1;
    s->slots = n;
}

// Keeps a reserve of free slots so that a pid is not soon seen again.
static uint32_t take_slot(struct sched *s)
{
    if (s->free_head == UINT32_MAX || s->live > s->slots / 4 * 3) grow_table(s);
    uint32_t slot = s->free_head;
    s->free_head = s->free_next[slot];
    s->live++;
    return slot;
}

static void give_slot(struct sched *s, uint32_t slot)
{
    s->table[slot] = NULL;
    s->generation[slot] = (s->generation[slot] + 1) & 0x3fffffff;
    s->free_next[slot] = UINT32_MAX;
    if (s->free_head == UINT32_MAX) s->free_head = slot;
    else s->free_next[s->free_tail] = slot;
    s->free_tail = slot;
    s->live--;
}

struct process *process_find(struct vm *vm, term pid)
{
    struct sched *s = vm->sched;
    uint32_t slot = pid_slot(pid);
    if (!(is_pid(pid) || is_port(pid)) || slot >= s->slots || s->generation[slot] != pid_generation(pid)) return NULL;
    struct process *p = s->table[slot];
    return p && p->pid == pid && !p->exiting ? p : NULL;
}

term vm_make_ref(struct vm *vm) { return make_imm(IMM_REF, ++vm->next_ref); }

void spawn_options_init(struct spawn_options *o) { *o = (struct spawn_options){.monitor_ref = TERM_NONE, .priority = PRIORITY_NORMAL}; }

static struct process *new_process(struct vm *vm)
{
    struct process *p = malloc(PROCESS_BLOCK_BYTES);
    if (!p) abort();
    *p = (struct process){.vm = vm};
    uint32_t slot = take_slot(vm->sched);
    p->pid = make_pid(slot, vm->sched->generation[slot]);
    vm->sched->table[slot] = p;
    queue_init(&p->inbox);
    queue_init(&p->mailbox);
    p->scan = &p->mailbox.first;
    p->stack = (term *)(p + 1);
    p->stack_end = p->stack + FIRST_STACK_WORDS - STACK_SLACK;
    p->young.start = p->stack + FIRST_STACK_WORDS;
    p->young.top = p->mark = p->heap.top = p->young.start;
    p->young.end = p->heap.end = p->young.start + FIRST_HEAP_WORDS;
    p->raised = (struct raised){.cls = TERM_NIL, .reason = TERM_NIL, .trace = TERM_NIL};
    p->result = p->initial_call = p->exit_reason = p->dictionary = TERM_NIL;
    p->receive_mark = p->awaited = TERM_NONE;
    p->took_at = vm->sched->recent;
    p->name = AM_undefined;
    return p;
}

// Lays out the first window: the arguments, then what is to be called, at the stub that tail-calls it.
static void first_window(struct process *p, term mod, term fun, unsigned n, const term *args)
{
    const struct stubs *stubs = code_stubs(p->vm);
    p->stack[0] = (term)stubs->bottom;
    p->fp = p->stack + 1;
    bool list = n > STUB_ARGS_MAX;      // rare: through erlang:apply
    for (unsigned i = 0; i < n && !list; i++) p->fp[i] = term_copy(p->vm, &p->heap, args[i]);
    term f = mod == TERM_NONE ? term_copy(p->vm, &p->heap, fun) : fun;
    if (list) {
        term l = TERM_NIL;
        for (unsigned i = n; i-- > 0;) l = mk_cons(&p->heap, term_copy(p->vm, &p->heap, args[i]), l);
        n = mod == TERM_NONE ? 2 : 3;
        p->fp[0] = mod == TERM_NONE ? f : mod;
        p->fp[n - 2] = f;
        p->fp[n - 1] = l;
        mod = AM_erlang;
        f = AM_apply;
    }
    if (mod == TERM_NONE) {
        p->fp[n] = f;
        p->pc = stubs->apply_fun[n];
    } else {
        p->fp[n] = mod;
        p->fp[n + 1] = f;
        p->pc = stubs->apply_mfa[n];
    }
}

// The call is told as {m, f, args}; a fun is called by erlang:apply/2.
static void trace_spawn(struct process *parent, struct process *child, term mod, term fun, unsigned n, const term *args)
{
    struct heap *h = &parent->heap;
    term list = mk_list(h, n, args, TERM_NIL);
    if (mod == TERM_NONE) list = mk_cons(h, fun, mk_cons(h, list, TERM_NIL));
    tracer_spawned(parent, child, mk_tuple3(h, mod == TERM_NONE ? AM_erlang : mod, mod == TERM_NONE ? AM_apply : fun, list));
}

struct process *process_spawn(struct process *parent, struct vm *vm, term mod, term fun, unsigned n, const term *args, const struct spawn_options *o)
{
    if (vm->sched->live >= PROCESS_LIMIT) return NULL;
    struct process *p = new_process(vm);
    p->priority = (uint8_t)o->priority;
    p->max_heap = o->max_heap ? o->max_heap : vm->max_heap;
    p->quiet_limit = o->quiet_limit;
    p->survives_limit = o->survives_limit;
    p->parent = parent ? parent->pid : AM_undefined;
    p->group_leader = parent ? parent->group_leader : p->pid;
    if (o->port) p->pid = make_imm(IMM_PORT, imm_value(p->pid));
    first_window(p, mod, fun, n, args);
    p->initial_call = mod == TERM_NONE ? TERM_NIL : mk_tuple3(&p->heap, mod, fun, make_small(n));
    if (p->heap.frags) {
        p->gc_pending = true;
        p->held_reductions = 0;
    }
    if (vm->sched->trace_new) tracer_change(p, true, vm->sched->trace_new, vm->sched->trace_new_tracer);
    if (parent && (traces(parent, TRACE_PROCS | TRACE_ON_SPAWN | TRACE_ON_FIRST_SPAWN) || traces(p, TRACE_PROCS))) trace_spawn(parent, p, mod, fun, n, args);
    if (o->link) {      // neither side runs now: both ends are made at once
        table_put(&p->links, parent->pid, ++vm->sched->links_made);
        table_put(&parent->links, p->pid, ++vm->sched->links_made);
        if (traces(parent, TRACE_PROCS)) tracer_linked(parent, AM_link, p->pid);
        if (traces(p, TRACE_PROCS)) tracer_linked(p, AM_getting_linked, parent->pid);
    }
    if (o->monitor) {
        table_put(&p->monitored_by, o->monitor_ref, parent->pid);
        table_put(&parent->monitors, o->monitor_ref, p->pid);
        if (o->alias) {
            table_put(&parent->aliases, o->monitor_ref, (uint64_t)o->alias);
            table_put(&vm->sched->aliases, o->monitor_ref, parent->pid);
        }
    }
    p->state = PROCESS_WAITING;
    process_make_runnable(p);
    return p;
}

// ---- names

term process_whereis(struct vm *vm, term name)
{
    uint64_t pid;
    return table_get(&vm->sched->names, name, &pid) && process_find(vm, pid) ? pid : AM_undefined;
}

bool process_register(struct vm *vm, term name, struct process *p)
{
    if (p->name != AM_undefined || process_whereis(vm, name) != AM_undefined) return false;
    table_put(&vm->sched->names, name, p->pid);
    p->name = name;
    if (traces(p, TRACE_PROCS)) tracer_linked(p, AM_register, name);
    return true;
}

bool process_unregister(struct vm *vm, term name)
{
    uint64_t pid;
    if (!table_remove(&vm->sched->names, name, &pid)) return false;
    struct process *p = process_find(vm, pid);
    if (p) p->name = AM_undefined;
    if (p && traces(p, TRACE_PROCS)) tracer_linked(p, AM_unregister, name);
    return true;
}

// ---- death

// Requests that reached a process too late are answered as if it had not been there.
static void answer_unread(struct process *p)
{
    struct vm *vm = p->vm;
    for (struct signal *s = p->inbox.first; s; s = s->next) {
        switch (s->kind) {
        case SIGNAL_LINK: send_exit(vm, p->pid, signal_from(s), AM_noproc, false); break;
        case SIGNAL_MONITOR: send_down(vm, signal_from(s), signal_ref(s), AM_noproc); break;
        case SIGNAL_STEP:
        case SIGNAL_ASK: {
            bool yes_no = s->value == AM_alive || s->value == AM_garbage_collect ||
                (is_tuple(s->value) && tuple_get(s->value, 0) == AM_check_process_code);
            term reply[] = {make_header(TYPE_TUPLE, 2), signal_ref(s), s->kind == SIGNAL_STEP ? AM_exit : yes_no ? AM_false : AM_undefined};
            send_message(vm, signal_from(s), make_boxed(reply));
            break;
        }
        default: break;
        }
    }
}

static void end_monitors(struct process *p)
{
    struct vm *vm = p->vm;
    uint64_t ref, who, mode;
    for (uint32_t at = 0; table_next(&p->monitors, &at, &ref, &who);)
        send_plain(vm, SIGNAL_DEMONITOR, p->pid, is_atom(who) ? process_whereis(vm, who) : who, ref);
    for (uint32_t at = 0; table_next(&p->aliases, &at, &ref, &mode);) table_remove(&vm->sched->aliases, ref, NULL);
}

struct pair { uint64_t key, value; };

static int by_key(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

enum { FEW = 8 };

// The pairs of a table in order of its keys (references grow with age), in `few` or malloc'ed.
static struct pair *in_order(const struct table *t, struct pair *few)
{
    struct pair *pairs = t->count < FEW ? few : malloc((t->count + 1) * sizeof *pairs);
    if (!pairs) abort();
    uint32_t n = 0;
    for (uint32_t at = 0; table_next(t, &at, &pairs[n].key, &pairs[n].value);) n++;
    if (n > 1) qsort(pairs, n, sizeof *pairs, by_key);
    return pairs;
}

static void tell_others(struct process *p, term reason)
{
    term watched = p->vm->explain->watched;
    struct link some[FEW], *links = p->links.count < FEW ? some : malloc((p->links.count + 1) * sizeof *links);
    if (!links) abort();
    links_in_order(&p->links, links);
    for (uint32_t i = 0, n = p->links.count; i < n; i++) {
        if (links[i].who == watched || p->pid == watched) explain_link(p, links[i].who, reason);
        send_exit(p->vm, p->pid, links[i].who, reason, false);
    }
    if (links != some) free(links);
    struct pair few[FEW], *watchers = in_order(&p->monitored_by, few);
    for (uint32_t i = 0, n = p->monitored_by.count; i < n; i++) send_down(p->vm, watchers[i].value, watchers[i].key, reason);
    if (watchers != few) free(watchers);
}

void process_exit(struct process *p, term reason)
{
    struct vm *vm = p->vm;
    if (traces(p, TRACE_PROCS)) tracer_linked(p, AM_exit, reason);
    signal_step_done(p, AM_exit);
    p->exiting = true;
    p->state = PROCESS_EXITED;
    if (p->timer) timer_wake_cancel(vm, p->timer);
    if (p->name != AM_undefined) table_remove(&vm->sched->names, p->name, NULL);
    ets_owner_exits(vm, p->pid);
    if (p->uses_world) world_forget(vm->world, p->pid);
    coroutines_free(p);
    end_monitors(p);
    tell_others(p, reason);
    answer_unread(p);
    queue_free(vm, &p->inbox);
    queue_free(vm, &p->mailbox);
    table_free(&p->links);
    table_free(&p->monitors);
    table_free(&p->monitored_by);
    table_free(&p->aliases);
    free(p->trap);
    explain_forget(p);
    gc_free(p);
    give_slot(vm->sched, pid_slot(p->pid));
    free(p);
}
