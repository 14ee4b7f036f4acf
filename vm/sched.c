// SPDX-License-Identifier: Apache-2.0
// See sched.h. The main loop: pick a process, let it handle its signals, run it for a turn; fire timers; when nothing can run, let time
// pass until the next timer; when there is none, stop.
#include "sched.h"

#include <stdlib.h>

#include "code.h"
#include "coroutine.h"
#include "explain.h"
#include "gc.h"
#include "world.h"

// Timers are looked at every TIMER_TURNS turns (well under a millisecond) and whenever nothing can run: reading the clock is not free.
// The world is looked at every LOOK_TURNS turns (some milliseconds at most).
enum { TIMER_TURNS = 8, LOOK_TURNS = 256, LOW_EVERY = 8, SEEDED_CHOICES = 8, STEP_TURNS = 250 };

#define SMALL_AREA_BYTES ((size_t)16 << 30)

// ---- run queues

static void push(struct run_queue *q, struct process *p)
{
    p->next = NULL;
    p->prev = q->last;
    if (q->last) q->last->next = p;
    else q->first = p;
    q->last = p;
    q->length++;
}

static struct process *take(struct run_queue *q, struct process *p)
{
    if (p->prev) p->prev->next = p->next;
    else q->first = p->next;
    if (p->next) p->next->prev = p->prev;
    else q->last = p->prev;
    q->length--;
    p->next = p->prev = NULL;
    return p;
}

void process_make_runnable(struct process *p)
{
    p->state = PROCESS_RUNNABLE;
    push(&p->vm->sched->queues[p->priority], p);
}

// The queue to serve: max and high before all others, low once in LOW_EVERY turns of normal.
static struct run_queue *busiest(struct sched *s)
{
    struct run_queue *q = s->queues;
    if (q[PRIORITY_MAX].first) return &q[PRIORITY_MAX];
    if (q[PRIORITY_HIGH].first) return &q[PRIORITY_HIGH];
    if (q[PRIORITY_LOW].first && (!q[PRIORITY_NORMAL].first || ++s->low_skipped >= LOW_EVERY)) {
        s->low_skipped = 0;
        return &q[PRIORITY_LOW];
    }
    return q[PRIORITY_NORMAL].first ? &q[PRIORITY_NORMAL] : NULL;
}

static struct process *round_robin(struct vm *vm, int *turn)
{
    struct sched *s = vm->sched;
    struct run_queue *q = busiest(s);
    *turn = s->stress ? 1 : TURN_REDUCTIONS;
    return q ? take(q, q->first) : NULL;
}

static uint64_t random_next(struct sched *s)
{
    uint64_t x = s->random += 0x9e3779b97f4a7c15ull;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ x >> 27) * 0x94d049bb133111ebull;
    return x ^ x >> 31;
}

// One of the first few of the queue, for a turn of any length.
static struct process *seeded(struct vm *vm, int *turn)
{
    struct sched *s = vm->sched;
    struct run_queue *q = busiest(s);
    if (!q) return NULL;
    struct process *p = q->first;
    for (uint64_t skip = random_next(s) % (q->length < SEEDED_CHOICES ? q->length : SEEDED_CHOICES); skip; skip--) p = p->next;
    *turn = 1 + (int)(random_next(s) % TURN_REDUCTIONS);
    return take(q, p);
}

void sched_init(struct vm *vm, bool is_seeded, uint64_t seed)
{
    struct sched *s = calloc(1, sizeof *s);
    if (!s) abort();
    s->free_head = UINT32_MAX;
    s->policy = is_seeded ? seeded : round_robin;
    s->random = seed;
#ifdef PHIAL_STRESS
    s->stress = true;
#endif
    area_open(&s->signals, SMALL_AREA_BYTES, "messages");
    area_open(&s->heaps, SMALL_AREA_BYTES, "heaps");
    vm->sched = s;
}

void sched_free(struct vm *vm)
{
    struct sched *s = vm->sched;
    for (uint32_t i = 0; i < s->slots; i++) {
        memset(s->queues, 0, sizeof s->queues);     // they name processes that are freed here
        if (s->table[i]) process_exit(s->table[i], AM_killed);
    }
    timers_free(vm);
    area_close(&s->signals);
    area_close(&s->heaps);
    table_free(&s->names);
    table_free(&s->aliases);
    free(s->table);
    free(s->generation);
    free(s->free_next);
    free(s);
    vm->sched = NULL;
}

// ---- the loop

// At least one a turn.
static uint64_t done_in_turn(const struct process *p)
{
    int left = p->gc_pending && p->held_reductions > p->reductions ? p->held_reductions : p->reductions;
    return p->turn > left ? (uint64_t)(p->turn - left) : 1;
}

uint64_t process_reductions(const struct process *p)
{
    return p->reductions_done + (p == p->vm->sched->current ? done_in_turn(p) : 0);
}

static void account(struct process *p)
{
    uint64_t done = done_in_turn(p);
    p->reductions_done += done;
    world_charge(p->vm->world, done);
}

// What a message causes may take several turns, which the request counts.
static bool step_goes_on(struct process *p, enum turn_end end)
{
    struct signal *s = p->step;
    if (end != TURN_YIELD || !s->flag || small_value(s->value) >= STEP_TURNS) return false;
    s->value += make_small(1);
    return true;
}

static void run_turn(struct process *p, int turn)
{
    struct sched *s = p->vm->sched;
    if (!signals_handle(p)) {
        process_exit(p, p->exit_reason);
        return;
    }
    if (p->suspend_count && !p->step) {
        p->state = PROCESS_WAITING;
        return;
    }
    if (p->step) turn = TURN_REDUCTIONS;
    s->current = p;
    p->state = PROCESS_RUNNING;
    p->turn = p->reductions = turn;
    s->context_switches++;
    enum turn_end end = interp_run(p);
    account(p);
    s->current = NULL;
    if (p->step && end != TURN_EXIT && !step_goes_on(p, end)) signal_step_done(p, p->step->flag ? AM_message : end == TURN_WAIT ? AM_waits : AM_turn);
    switch (end) {
    case TURN_YIELD:
        explain_turn(p, false);
        process_make_runnable(p);
        break;
    case TURN_WAIT:
        p->state = PROCESS_WAITING;
        if (p->full_collection) gc_collect_waiting(p);
        if (p->inbox.first) process_make_runnable(p);
        else explain_turn(p, true);
        break;
    case TURN_EXIT: process_exit(p, p->exit_reason); break;
    }
}

// What the world tells becomes messages: {:phial_ready, fd}, {:phial_ready_out, fd}, {:phial_child, number, status}. A signal of the operating
// system starts a process at :phial_signals.arrived/1.
static void told(void *ctx, enum world_news news, uint64_t who, int about, int value)
{
    struct vm *vm = ctx;
    term number = make_small(about);
    if (news == NEWS_SIGNAL) {
        struct spawn_options o;
        spawn_options_init(&o);
        process_spawn(NULL, vm, AM_phial_signals, AM_arrived, 1, &number, &o);
    } else if (news == NEWS_CHILD) {
        send_message(vm, who, make_boxed((term[]){make_header(TYPE_TUPLE, 3), AM_phial_child, number, make_small(value)}));
    } else {
        term kind = news == NEWS_READABLE ? AM_phial_ready : AM_phial_ready_out;
        send_message(vm, who, make_boxed((term[]){make_header(TYPE_TUPLE, 2), kind, number}));
    }
}

bool sched_run(struct vm *vm)
{
    struct sched *s = vm->sched;
    while (!vm->halting) {
        if (s->ntimers && s->context_switches % TIMER_TURNS == 0) timers_fire(vm);
        if (s->context_switches % LOOK_TURNS == LOOK_TURNS - 1) world_look(vm->world, told, vm);
        int turn;
        struct process *p = s->policy(vm, &turn);
        if (p) {
            run_turn(p, turn);
            if (vm->code_garbage > vm->code_limit) code_collect(vm);
            continue;
        }
        uint64_t next = timers_next(vm);
        if (!world_reaches(vm->world, next) && !world_awaits(vm->world) && !vm->stays) return false;
        world_idle(vm->world, next, told, vm);
        timers_fire(vm);
    }
    return true;
}
