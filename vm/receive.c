// SPDX-License-Identifier: Apache-2.0
// See receive.h.
#include "receive.h"

#include "code.h"
#include "sched.h"
#include "signal.h"
#include "world.h"

enum { ATTACHED_WORDS_MAX = 2048 };

bool receive_start(struct process *p, term ref)
{
    if (p->step && p->step->flag) return false;
    p->awaited = ref;
    p->scan = ref != TERM_NONE && ref == p->receive_mark && p->mark_at ? p->mark_at : &p->mailbox.first;
    return true;
}

void receive_set_mark(struct process *p, term ref)
{
    p->receive_mark = ref;
    p->mark_at = p->mailbox.last;
}

void receive_unlink(struct process *p, struct signal **link)
{
    struct signal *s = *link;
    *link = s->next;
    if (p->mailbox.last == &s->next) p->mailbox.last = link;
    if (p->mark_at == &s->next) p->mark_at = link;
    if (p->scan == &s->next) p->scan = link;
    p->mailbox.length--;
}

static void move_out(struct process *p, struct signal *s, term *t)
{
    if (is_immediate(*t)) return;
    term *at = is_cons(*t) ? cons_ptr(*t) : boxed_ptr(*t);
    if (at >= s->mem && at < s->mem + s->words) *t = term_copy(p->vm, &p->heap, *t);
}

static void move_live_out(struct process *p, struct signal *s, term *fp, uint64_t mask, const uint64_t *pool)
{
    if (!(mask & MASK_PACKED_POOLED)) {
        for (uint64_t m = mask & (MASK_PACKED_POOLED - 1); m; m &= m - 1) move_out(p, s, fp + __builtin_ctzll(m));
        return;
    }
    const uint64_t *words = pool + (uint32_t)mask;
    for (uint64_t i = 0; i < words[0]; i++)
        for (uint64_t m = words[1 + i]; m; m &= m - 1) move_out(p, s, fp + i * 64 + (unsigned)__builtin_ctzll(m));
}

static void attach(struct process *p, struct signal *s)
{
    struct signal_ends *ends = signal_ends(s);
    while (ends && ends->refbins) {
        term *b = ends->refbins;
        ends->refbins = (term *)b[3];
        b[3] = (term)p->heap.refbins;
        p->heap.refbins = b;
        p->heap.refbin_bytes += ((struct refbin *)b[1])->used;
    }
    s->next = p->attached;
    p->attached = s;
    p->attached_words += s->words;
    if (p->attached_words > ATTACHED_WORDS_MAX && !p->gc_pending) {
        p->gc_pending = true;       // at the next end of turn at the latest
        p->held_reductions = 0;
    }
}

void receive_accept(struct process *p, term *fp, uint64_t mask, const uint64_t *pool)
{
    struct signal *s = p->peeked;
    receive_unlink(p, p->scan);
    p->took_at = p->vm->sched->recent;
    if (fp <= p->stack + p->site_at) p->site = NULL;     // else a helper of what was called there has got a message of its own
    p->peeked = NULL;
    p->scan = &p->mailbox.first;
    if (p->timer) timer_wake_cancel(p->vm, p->timer);
    p->timer = 0;
    p->timed_out = false;
    if (p->step) p->step->flag = true;
    if (s->words && (p->allocated_while_peeked || p->heap.top != p->peek_top)) {
        attach(p, s);
        return;
    }
    if (s->words) move_live_out(p, s, fp, mask, pool);
    signal_free(p->vm, s);
}

enum receive_wait receive_timer(struct process *p, term timeout)
{
    if (timeout == AM_infinity) return RECEIVE_WAITS;
    if (!is_small(timeout) || small_value(timeout) < 0 || small_value(timeout) > 0xffffffff) return RECEIVE_BAD_TIMEOUT;
    if (timeout == make_small(0) || p->timed_out) {
        p->timer = 0;
        p->timed_out = false;
        p->scan = &p->mailbox.first;
        return RECEIVE_TIMED_OUT;
    }
    if (!p->timer) {
        p->vm->sched->recent = world_monotonic(p->vm->world);
        p->timer = timer_wake(p->vm, p->vm->sched->recent + (uint64_t)small_value(timeout) * 1000000u, p->pid);
    }
    return RECEIVE_WAITS;
}
