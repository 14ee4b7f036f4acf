// SPDX-License-Identifier: Apache-2.0
// Timers: a binary heap ordered by time and number; cancelling is O(log n) through the timer's position.
#include <stdlib.h>

#include "sched.h"
#include "world.h"

struct timer {
    uint64_t at;            // ns, world_monotonic
    uint64_t number;        // order of equal times; key in timer_by_id
    uint32_t position;
    bool wake;              // a receive's time-out: no message
    term to;
    struct signal *message; // holds the message's copy
};

static bool before(const struct timer *a, const struct timer *b) { return a->at < b->at || (a->at == b->at && a->number < b->number); }

static void place(struct sched *s, struct timer *t, uint32_t at)
{
    s->timers[at] = t;
    t->position = at;
}

static void sift_up(struct sched *s, struct timer *t, uint32_t at)
{
    for (; at && before(t, s->timers[(at - 1) / 2]); at = (at - 1) / 2) place(s, s->timers[(at - 1) / 2], at);
    place(s, t, at);
}

static void sift_down(struct sched *s, struct timer *t, uint32_t at)
{
    for (uint32_t child; (child = 2 * at + 1) < s->ntimers; at = child) {
        if (child + 1 < s->ntimers && before(s->timers[child + 1], s->timers[child])) child++;
        if (!before(s->timers[child], t)) break;
        place(s, s->timers[child], at);
    }
    place(s, t, at);
}

static struct timer *add(struct vm *vm, uint64_t at, uint64_t number, term to, bool wake, struct signal *message)
{
    struct sched *s = vm->sched;
    if (s->ntimers == s->timers_capacity) {
        s->timers_capacity = s->timers_capacity ? s->timers_capacity * 2 : 16;
        s->timers = realloc(s->timers, s->timers_capacity * sizeof *s->timers);
        if (!s->timers) abort();
    }
    struct timer *t = malloc(sizeof *t);
    if (!t) abort();
    *t = (struct timer){.at = at, .number = number, .wake = wake, .to = to, .message = message};
    table_put(&s->timer_by_id, number, (uint64_t)(uintptr_t)t);
    sift_up(s, t, s->ntimers++);
    return t;
}

static struct timer *take(struct vm *vm, uint64_t number)
{
    struct sched *s = vm->sched;
    uint64_t found;
    if (!table_remove(&s->timer_by_id, number, &found)) return NULL;
    struct timer *t = (struct timer *)(uintptr_t)found, *last = s->timers[--s->ntimers];
    if (last != t) {
        if (before(last, t)) sift_up(s, last, t->position);
        else sift_down(s, last, t->position);
    }
    return t;
}

term timer_start(struct vm *vm, uint64_t at, term to, term message, bool with_ref)
{
    term ref = vm_make_ref(vm);
    term tuple[] = {make_header(TYPE_TUPLE, 3), AM_timeout, ref, message};
    add(vm, at, ref, to, false, signal_new(vm, SIGNAL_MESSAGE, TERM_NONE, TERM_NONE, with_ref ? make_boxed(tuple) : message));
    return ref;
}

uint64_t timer_wake(struct vm *vm, uint64_t at, term pid)
{
    uint64_t number = vm_make_ref(vm);
    add(vm, at, number, pid, true, NULL);
    return number;
}

static bool drop(struct vm *vm, uint64_t number, uint64_t *at)
{
    struct timer *t = take(vm, number);
    if (!t) return false;
    *at = t->at;
    if (t->message) signal_free(vm, t->message);
    free(t);
    return true;
}

void timer_wake_cancel(struct vm *vm, uint64_t id)
{
    uint64_t at;
    drop(vm, id, &at);
}

static uint64_t left(struct vm *vm, uint64_t at)
{
    uint64_t now = world_monotonic(vm->world);
    return at > now ? at - now : 0;
}

bool timer_cancel(struct vm *vm, term ref, uint64_t *left_ns)
{
    uint64_t at;
    if (!drop(vm, ref, &at)) return false;
    *left_ns = left(vm, at);
    return true;
}

bool timer_left(struct vm *vm, term ref, uint64_t *left_ns)
{
    uint64_t found;
    if (!table_get(&vm->sched->timer_by_id, ref, &found)) return false;
    *left_ns = left(vm, ((struct timer *)(uintptr_t)found)->at);
    return true;
}

void timers_visit(struct vm *vm, memory_visitor *see, void *ctx)
{
    for (uint32_t i = 0; i < vm->sched->ntimers; i++) {
        const struct signal *s = vm->sched->timers[i]->message;
        if (!s) continue;
        see(ctx, &s->value, &s->value + 1);
        see(ctx, s->mem, s->mem + s->words);
    }
}

uint64_t timers_next(struct vm *vm) { return vm->sched->ntimers ? vm->sched->timers[0]->at : UINT64_MAX; }

void timers_fire(struct vm *vm)
{
    struct sched *s = vm->sched;
    uint64_t now = s->recent = world_monotonic(vm->world);
    while (s->ntimers && s->timers[0]->at <= now) {
        struct timer *t = take(vm, s->timers[0]->number);
        term pid = is_atom(t->to) ? process_whereis(vm, t->to) : t->to;
        struct process *p = process_find(vm, pid);
        if (p) signal_deliver(vm, p, t->wake ? signal_new(vm, SIGNAL_TIMEOUT, TERM_NONE, t->number, TERM_NIL) : t->message);
        else if (t->message) signal_free(vm, t->message);
        free(t);
    }
}

void timers_free(struct vm *vm)
{
    uint64_t at;
    while (vm->sched->ntimers) drop(vm, vm->sched->timers[0]->number, &at);
    free(vm->sched->timers);
    table_free(&vm->sched->timer_by_id);
}
