// SPDX-License-Identifier: Apache-2.0
// See signal.h.
#include "signal.h"

#include <stdlib.h>

#include "code.h"
#include "gc.h"
#include "receive.h"
#include "sched.h"
#include "trace.h"
#include "tracer.h"

void queue_init(struct signal_queue *q)
{
    q->first = NULL;
    q->last = &q->first;
    q->length = 0;
}

void queue_free(struct vm *vm, struct signal_queue *q)
{
    for (struct signal *s = q->first, *next; s; s = next) {
        next = s->next;
        signal_free(vm, s);
    }
    queue_init(q);
}

static void queue_push(struct signal_queue *q, struct signal *s)
{
    s->next = NULL;
    *q->last = s;
    q->last = &s->next;
    q->length++;
}

// Small signals lie in the VM's area of them, each on cache lines of its own; large ones are malloc's.
enum { LINE = 64, POOLED_LINES = FINE_BYTES / LINE, KEPT_BYTES = 1 << 20 };

static struct signal *block_new(struct vm *vm, size_t bytes)
{
    size_t lines = (bytes + LINE - 1) / LINE;
    struct signal *s = lines <= POOLED_LINES ? area_alloc_fine(&vm->sched->signals, lines * LINE) : malloc(bytes);
    if (!s) abort();
    s->lines = lines <= POOLED_LINES ? (uint8_t)lines : 0;
    return s;
}

static void block_free(struct vm *vm, struct signal *s)
{
    struct block_area *a = &vm->sched->signals;
    if (!s->lines) {
        free(s);
        return;
    }
    area_free_fine(a, s, s->lines * (size_t)LINE);
    if (!a->used && a->top - a->start > KEPT_BYTES) area_clear(a);
}

// What does not fit into the block that was tried.
static struct signal *new_large(struct vm *vm, term value)
{
    size_t words = term_size(vm, value);
    if (words > UINT32_MAX) abort();     // 32 GiB in one message
    struct signal *s = block_new(vm, sizeof *s + words * sizeof(term) + sizeof(struct signal_ends));
    struct heap h;
    heap_init(&h);
    h.top = s->mem;
    h.end = s->mem + words;
    s->words = (uint32_t)words;
    s->has_ends = true;
    s->value = term_copy(vm, &h, value);
    signal_ends(s)->refbins = h.refbins;
    return s;
}

static struct signal *new_small(struct vm *vm, term value, bool has_ends)
{
    enum { TRIED_WORDS = (2 * LINE - sizeof(struct signal)) / sizeof(term) };
    bool stays = is_immediate(value) || is_literal(vm, value);
    size_t flat = stays ? 0 : flat_words(value), room = stays ? 0 : flat ? flat : TRIED_WORDS;
    struct signal *s = block_new(vm, sizeof *s + room * sizeof(term) + (has_ends ? sizeof(struct signal_ends) : 0));
    s->has_ends = has_ends;
    s->value = value;
    if (flat) s->value = copy_flat(value, s->mem, flat);
    s->words = (uint32_t)(room && !flat ? copy_small(vm, value, s->mem, room, &s->value) : flat);
    if (has_ends) signal_ends(s)->refbins = NULL;
    if (s->words || stays) return s;
    block_free(vm, s);
    return NULL;
}

struct signal *signal_new(struct vm *vm, enum signal_kind kind, term from, term ref, term value)
{
    struct signal *s = new_small(vm, value, from != TERM_NONE || ref != TERM_NONE);
    if (!s) s = new_large(vm, value);
    s->kind = kind;
    s->flag = false;
    s->next = NULL;
    if (s->has_ends) {
        signal_ends(s)->from = from;
        signal_ends(s)->ref = ref;
    }
    return s;
}

void signal_free(struct vm *vm, struct signal *s)
{
    if (s->has_ends && signal_ends(s)->refbins) {
        struct heap h;
        heap_init(&h);
        h.refbins = signal_ends(s)->refbins;
        heap_free(&h);
    }
    block_free(vm, s);
}

void signal_deliver(struct vm *vm, struct process *to, struct signal *s)
{
    (void)vm;
    queue_push(&to->inbox, s);
    if (to->state == PROCESS_WAITING) process_make_runnable(to);
}

static void send_to(struct vm *vm, term pid, enum signal_kind kind, term from, term ref, term value)
{
    struct process *to = process_find(vm, pid);
    if (to) signal_deliver(vm, to, signal_new(vm, kind, from, ref, value));
}

void send_message(struct vm *vm, term to, term message)
{
    if (is_ref(to)) {
        uint64_t pid;
        if (table_get(&vm->sched->aliases, to, &pid)) send_to(vm, pid, SIGNAL_MESSAGE, TERM_NONE, to, message);
        return;
    }
    send_to(vm, to, SIGNAL_MESSAGE, TERM_NONE, TERM_NONE, message);
}

void send_plain(struct vm *vm, enum signal_kind kind, term from, term to, term ref) { send_to(vm, to, kind, from, ref, TERM_NIL); }

void send_exit(struct vm *vm, term from, term to, term reason, bool by_exit2)
{
    struct process *target = process_find(vm, to);
    if (!target) return;
    struct signal *s = signal_new(vm, SIGNAL_EXIT, from, TERM_NONE, reason);
    s->flag = by_exit2;
    signal_deliver(vm, target, s);
}

void send_link(struct vm *vm, struct process *from, term to)
{
    if (to == from->pid || table_get(&from->links, to, NULL)) return;
    table_put(&from->links, to, ++vm->sched->links_made);
    if (traces(from, TRACE_PROCS)) tracer_linked(from, AM_link, to);
    if (process_find(vm, to)) send_plain(vm, SIGNAL_LINK, from->pid, to, TERM_NONE);
    else send_exit(vm, to, from->pid, AM_noproc, false);
}

void send_unlink(struct vm *vm, struct process *from, term to)
{
    if (!table_remove(&from->links, to, NULL)) return;
    if (traces(from, TRACE_PROCS)) tracer_linked(from, AM_unlink, to);
    send_plain(vm, SIGNAL_UNLINK, from->pid, to, TERM_NONE);
}

void send_down(struct vm *vm, term watcher, term ref, term reason) { send_to(vm, watcher, SIGNAL_DOWN, TERM_NONE, ref, reason); }

// ---- the receiver's side

// Messages about tracing carry the flag and are not traced themselves.
static void to_mailbox(struct process *p, struct signal *s)
{
    queue_push(&p->mailbox, s);
    if (traces(p, TRACE_RECEIVE) && !s->flag) tracer_received(p, s->value);
}

// Puts the tuple of n elements into p's mailbox as a message made by the VM.
static void own_message(struct process *p, unsigned n, const term *elems)
{
    term tuple[8] = {make_header(TYPE_TUPLE, n)};
    memcpy(tuple + 1, elems, n * sizeof(term));
    to_mailbox(p, signal_new(p->vm, SIGNAL_MESSAGE, TERM_NONE, TERM_NONE, make_boxed(tuple)));
}

static bool exits_with(struct process *p, term reason)
{
    p->exit_reason = term_copy(p->vm, &p->heap, reason);
    return false;
}

static bool handle_exit(struct process *p, struct signal *s)
{
    if (!s->flag && !table_remove(&p->links, signal_from(s), NULL)) return true;  // unlinked meanwhile
    if (!s->flag && traces(p, TRACE_PROCS)) tracer_linked(p, AM_getting_unlinked, signal_from(s));
    if (s->flag && s->value == AM_kill) return exits_with(p, AM_killed);
    if (p->trap_exit) {
        own_message(p, 3, (term[]){AM_EXIT, signal_from(s), s->value});
        return true;
    }
    if (s->value == AM_normal && !(s->flag && signal_from(s) == p->pid)) return true;
    return exits_with(p, s->value);
}

static void alias_end(struct process *p, term ref)
{
    table_remove(&p->aliases, ref, NULL);
    table_remove(&p->vm->sched->aliases, ref, NULL);
}

static void handle_down(struct process *p, struct signal *s)
{
    uint64_t who, mode;
    if (!table_remove(&p->monitors, signal_ref(s), &who)) return;
    if (table_get(&p->aliases, signal_ref(s), &mode) && mode != ALIAS_EXPLICIT) alias_end(p, signal_ref(s));
    term name[] = {make_header(TYPE_TUPLE, 2), who, AM_nonode};
    own_message(p, 5, (term[]){AM_DOWN, signal_ref(s), is_port(who) ? AM_port : AM_process, is_atom(who) ? make_boxed(name) : who, s->value});
}

// A message sent to an alias of p: dropped if the alias has ended.
static bool alias_accepts(struct process *p, term ref)
{
    uint64_t mode, who;
    if (!table_get(&p->aliases, ref, &mode)) return false;
    if (mode == ALIAS_REPLY_DEMONITOR) {
        alias_end(p, ref);
        if (table_remove(&p->monitors, ref, &who)) send_plain(p->vm, SIGNAL_DEMONITOR, p->pid, is_atom(who) ? process_whereis(p->vm, who) : who, ref);
    }
    return true;
}

static void answer(struct process *p, struct signal *s)
{
    term info = AM_true;
    if (s->value == AM_garbage_collect) p->full_collection = p->gc_pending = true;
    else if (is_tuple(s->value) && tuple_get(s->value, 0) == AM_trace_info) info = tracer_info(p, tuple_get(s->value, 1));
    else if (is_tuple(s->value)) info = mk_bool(code_check_process(p, tuple_get(s->value, 1)));
    else if (s->value != AM_alive) info = process_info_for(p, s->value);
    term reply[] = {make_header(TYPE_TUPLE, 2), signal_ref(s), info};
    send_message(p->vm, signal_from(s), make_boxed(reply));
}

void signal_step_done(struct process *p, term how)
{
    struct signal *s = p->step;
    if (!s) return;
    p->step = NULL;
    term reply[] = {make_header(TYPE_TUPLE, 2), signal_ref(s), how};
    send_message(p->vm, signal_from(s), make_boxed(reply));
    signal_free(p->vm, s);
}

static void link_signal(struct process *p, term other, bool getting)
{
    if (!getting) table_remove(&p->links, other, NULL);
    else if (!table_get(&p->links, other, NULL)) table_put(&p->links, other, ++p->vm->sched->links_made);
    if (traces(p, TRACE_PROCS)) tracer_linked(p, getting ? AM_getting_linked : AM_getting_unlinked, other);
}

// Returns false if p must exit. Frees the signal unless it is kept: as a message, as the step to be taken.
static bool handle(struct process *p, struct signal *s)
{
    bool lives = true;
    switch ((enum signal_kind)s->kind) {
    case SIGNAL_MESSAGE:
        if (signal_ref(s) != TERM_NONE && !alias_accepts(p, signal_ref(s))) break;
        to_mailbox(p, s);
        return true;
    case SIGNAL_EXIT: lives = handle_exit(p, s); break;
    case SIGNAL_LINK: link_signal(p, signal_from(s), true); break;
    case SIGNAL_UNLINK: link_signal(p, signal_from(s), false); break;
    case SIGNAL_MONITOR: table_put(&p->monitored_by, signal_ref(s), signal_from(s)); break;
    case SIGNAL_DEMONITOR: table_remove(&p->monitored_by, signal_ref(s), NULL); break;
    case SIGNAL_DOWN: handle_down(p, s); break;
    case SIGNAL_GROUP_LEADER: p->group_leader = s->value; break;
    case SIGNAL_ASK: answer(p, s); break;
    case SIGNAL_SUSPEND: p->suspend_count++; break;
    case SIGNAL_RESUME: if (p->suspend_count) p->suspend_count--; break;
    case SIGNAL_TRACE: tracer_change(p, s->flag, (unsigned)small_value(s->value), signal_from(s)); break;
    case SIGNAL_STEP:
        signal_step_done(p, AM_turn);       // asked twice
        p->step = s;
        if (!p->suspend_count) signal_step_done(p, AM_false);
        return true;
    case SIGNAL_TIMEOUT:
        if (signal_ref(s) == p->timer) p->timed_out = true;
        break;
    }
    signal_free(p->vm, s);
    return lives;
}

bool signals_handle(struct process *p)
{
    for (struct signal *s; (s = p->inbox.first);) {
        p->inbox.first = s->next;
        if (!s->next) p->inbox.last = &p->inbox.first;
        p->inbox.length--;
        s->next = NULL;
        if (!handle(p, s)) return false;
    }
    return true;
}
