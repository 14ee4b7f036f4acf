// SPDX-License-Identifier: Apache-2.0
// See gc.h. A minor collection copies the young heap and the fragments: what survived once before (below `mark`) is promoted to
// the old generation, the rest goes to a new young heap. A full one copies both generations into one. Terms are immutable and point to
// older terms, so the old generation never points into the young one and needs no write barrier.
#include "gc.h"

#include <stdlib.h>

#include "code.h"
#include "sched.h"
#include "signal.h"

enum {
    YOUNG_MIN = 32,             // words
    YOUNG_ROOM = 64,            // times the survivors: a young heap that is larger grows only by need
    YOUNG_SOFT_MAX = 1 << 19,   // words: beyond it the young heap grows only by need
    OLD_MIN = 1024,             // words: what survives twice is promoted from this much on
    OLD_LARGE = 1 << 24,        // words: beyond it the old heap grows by half instead of doubling
    MINORS_PER_FULL = 10000,
};
static const size_t REFBIN_BYTES_MAX = 4u << 20;    // off-heap bytes that force a full collection

struct gc {
    struct process *p;
    term *from_old, *from_old_end;      // old generation: left alone by a minor collection
    term *promote_start, *promote_end;  // young objects that survived already
    term *peek, *peek_end;              // the message being matched stays where it is (receive.c)
    uintptr_t lit_start, lit_size;
    uintptr_t young_start, young_size;  // most of what is collected lies there
    term *top;                          // to-space
    term *old_top;                      // where promoted objects go
    bool full;
};

static inline bool stays(const struct gc *g, term *ptr)
{
    if ((uintptr_t)ptr - g->young_start < g->young_size) return false;
    if ((uintptr_t)ptr - g->lit_start < g->lit_size) return true;
    if (ptr >= g->peek && ptr < g->peek_end) return true;
    return !g->full && ptr >= g->from_old && ptr < g->from_old_end;
}

static inline term *room(struct gc *g, const term *from, size_t words)
{
    term **top = from >= g->promote_start && from < g->promote_end ? &g->old_top : &g->top;
    term *to = *top;
    *top += words;
    return to;
}

#define IN_LINE static inline __attribute__((always_inline))

IN_LINE term copy_boxed(struct gc *g, term t)
{
    term *from = boxed_ptr(t);
    if (stays(g, from)) return t;
    term header = *from;
    if (!is_header(header)) return header;      // moved: its new address stands there
    size_t words = 1 + header_size(header);
    term *to = room(g, from, words);
    if (words <= 8) for (size_t i = 0; i < words; i++) to[i] = from[i];     // no call for a few words
    else memcpy(to, from, words * sizeof(term));
    return *from = make_boxed(to);
}

IN_LINE term copy_cons(struct gc *g, term t)
{
    term *from = cons_ptr(t);
    if (stays(g, from)) return t;
    if (from[0] == TERM_MOVED) return from[1];
    term *to = room(g, from, 2);
    to[0] = from[0];
    to[1] = from[1];
    from[0] = TERM_MOVED;
    return from[1] = make_cons_ptr(to);
}

IN_LINE void forward(struct gc *g, term *t)
{
    unsigned tag = term_tag(*t);
    if (tag == TAG_BOXED) *t = copy_boxed(g, *t);
    else if (tag == TAG_CONS) *t = copy_cons(g, *t);
}

static void root(struct gc *g, term *t) { forward(g, t); }

// Words after the header that are not terms.
static size_t raw_words(term header)
{
    switch (header_type(header)) {
    case TYPE_FLOAT: case TYPE_BIGPOS: case TYPE_BIGNEG: case TYPE_HEAPBIN: case TYPE_REFBIN: return header_size(header);
    default: return 0;
    }
}

static term *scan(struct gc *g, term *at, term *const *end)
{
    while (at < *end) {
        if (is_header(*at)) at += 1 + raw_words(*at);
        else forward(g, at++);
    }
    return at;
}

static void scan_all(struct gc *g, term *young, term *old)
{
    do {
        young = scan(g, young, &g->top);
        old = scan(g, old, &g->old_top);
    } while (young < g->top || old < g->old_top);
}

static void mask_roots(struct gc *g, term *fp, uint64_t mask, const uint64_t *pool)
{
    if (!(mask & MASK_PACKED_POOLED)) {
        for (uint64_t m = mask & (MASK_PACKED_POOLED - 1); m; m &= m - 1) root(g, fp + __builtin_ctzll(m));
        return;
    }
    const uint64_t *words = pool + (uint32_t)mask;
    for (uint64_t i = 0; i < words[0]; i++)
        for (uint64_t m = words[1 + i]; m; m &= m - 1) root(g, fp + i * 64 + (unsigned)__builtin_ctzll(m));
}

static void stack_roots(struct gc *g, term *fp, struct live live)
{
    struct process *p = g->p;
    if (live.count) {
        for (unsigned i = 0; i < live.count; i++) root(g, fp + i);
    } else {
        mask_roots(g, fp, live.mask, live.pool);
    }
    struct module *m = NULL;
    while (fp > p->stack + 1) {
        const uint64_t *pc = (const uint64_t *)fp[-1];
        uint64_t mask = pc[-1];
        fp -= mask_base(mask) + 1;
        if ((mask & MASK_PACKED_POOLED) && !(m && pc >= m->code && pc < m->code + m->ncode)) m = code_module_at(p->vm, pc);
        mask_roots(g, fp, mask, m ? m->masks : NULL);
    }
}

static void process_roots(struct gc *g, term *fp, struct live live)
{
    struct process *p = g->p;
    stack_roots(g, fp, live);
    root(g, &p->raised.reason);
    root(g, &p->raised.trace);
    root(g, &p->dictionary);
    root(g, &p->initial_call);
    root(g, &p->exit_reason);
    root(g, &p->result);
}

static void sweep_refbins(struct gc *g)
{
    struct heap *h = &g->p->heap;
    term *kept = NULL;
    size_t bytes = 0;
    for (term *at = h->refbins, *next; at; at = next) {
        next = (term *)at[3];
        term *now = at;
        if (!is_header(at[0])) now = boxed_ptr(at[0]);
        else if (!stays(g, at)) {
            refbin_release((struct refbin *)at[1]);
            continue;
        }
        bytes += ((struct refbin *)at[1])->used;
        now[3] = (term)kept;
        kept = now;
    }
    h->refbins = kept;
    h->refbin_bytes = bytes;
}

// Small heaps lie in the VM's area of them: a process that only passes messages on collects often.
enum { LEAST_COARSE = FINE_BYTES / sizeof(term) + 1 };
static bool is_fine(size_t words) { return words < LEAST_COARSE; }

static void free_area(struct process *p, struct area *a)
{
    size_t words = (size_t)(a->end - a->start);
    if (process_owns(p, a->start) || !a->start) return;
    if (is_fine(words)) area_free_fine(&p->vm->sched->heaps, a->start, words * sizeof(term));
    else free(a->start);
}

static void free_fragments(struct heap *h)
{
    for (struct fragment *f = h->frags, *next; f; f = next) {
        next = f->next;
        free(f);
    }
    h->frags = NULL;
    h->frag_words = 0;
}

// Memory for *n words, rounded up to what can be given back by its size.
static term *new_words(struct process *p, size_t *n)
{
    *n = *n ? *n + (*n & 1) : 2;
    return is_fine(*n) ? area_alloc_fine(&p->vm->sched->heaps, *n * sizeof(term)) : large_alloc(*n * sizeof(term));
}

size_t process_words(const struct process *p)
{
    return (size_t)(p->young.end - p->young.start) + (size_t)(p->old.end - p->old.start) + p->heap.frag_words + (size_t)(p->stack_end - p->stack);
}

static size_t young_used(const struct process *p)
{
    return (size_t)((p->heap.frags ? p->heap.base_top : p->heap.top) - p->young.start) + p->heap.frag_words;
}

static size_t pick_size(size_t live, size_t need, size_t now)
{
    size_t want = live + need + live / 2;
    size_t n = now < YOUNG_MIN ? YOUNG_MIN : now;
    while (n < want) n += n < YOUNG_SOFT_MAX ? n : n / 4;
    if (live * 8 + need < n && n > 4 * YOUNG_MIN) n /= 2;
    return n;
}

// Every collection walks the whole stack: the deeper it is, the more must be allocated before the next one, else deep recursion takes quadratic time.
static size_t at_least_for_stack(const struct process *p, const term *fp, size_t words)
{
    size_t enough = (size_t)(fp - p->stack) / 2;
    return words > enough ? words : enough;
}

// The young heap becomes [start, top) of `words` words, all else of it free; everything that was copied out of is released.
static void install_young(struct process *p, term *start, term *top, size_t words)
{
    free_area(p, &p->young);
    free_fragments(&p->heap);
    for (struct signal *s = p->attached, *next; s; s = next) {
        next = s->next;
        signal_free(p->vm, s);
    }
    p->attached = NULL;
    p->attached_words = 0;
    p->young = (struct area){start, top, start + words};
    p->heap.top = top;
    p->heap.end = start + words;
    p->mark = top;
    p->gc_pending = false;
    p->allocated_while_peeked = true;
}

static size_t heap_limit(const struct process *p)
{
    size_t words = p->survives_limit ? p->vm->max_heap : p->max_heap;
    return words ? words : PROCESS_HEAP_LIMIT;
}

static bool within_limit(struct process *p) { return process_words(p) <= heap_limit(p); }

static struct gc gc_begin(struct process *p)
{
    struct vm *vm = p->vm;
    struct gc g = {.p = p, .lit_start = vm->literals_start, .lit_size = vm->literals_end - vm->literals_start};
    g.young_start = (uintptr_t)p->young.start;
    g.young_size = (uintptr_t)p->young.end - g.young_start;
    if (p->peeked) {
        g.peek = p->peeked->mem;
        g.peek_end = p->peeked->mem + p->peeked->words;
    }
    return g;
}

bool gc_collect_full(struct process *p, term *fp, struct live live, size_t need)
{
    struct gc g = gc_begin(p);
    size_t used = young_used(p) + (size_t)(p->old.top - p->old.start);
    size_t spare = used < OLD_LARGE ? used : used / 2;      // the more, the fewer times what lives long is copied
    size_t words = at_least_for_stack(p, fp, used + spare + need + YOUNG_MIN);
    term *start = g.top = new_words(p, &words);
    g.full = true;
    process_roots(&g, fp, live);
    scan_all(&g, start, NULL);
    sweep_refbins(&g);
    size_t kept = (size_t)(g.top - start);
    free_area(p, &p->old);
    p->old = (struct area){0};
    p->minor_count = 0;
    p->full_collection = false;
    p->vm->collections++;
    p->vm->reclaimed_words += used - kept;
    if (kept < OLD_MIN) {
        install_young(p, start, g.top, words);
    } else {
        size_t young = at_least_for_stack(p, fp, pick_size(0, need + kept / 8, YOUNG_MIN));
        term *fresh = new_words(p, &young);
        p->old = (struct area){start, g.top, start + words};
        install_young(p, fresh, fresh, young);
    }
    return within_limit(p);
}

bool gc_collect(struct process *p, term *fp, struct live live, size_t need)
{
    struct gc g = gc_begin(p);
    size_t promotable = p->mark > p->young.start ? (size_t)(p->mark - p->young.start) : 0;
    if (promotable >= OLD_MIN && !p->old.start) {
        size_t words = promotable * 3;
        term *old = new_words(p, &words);
        p->old = (struct area){old, old, old + words};
    }
    bool promotes = p->old.start && promotable;
    if (p->full_collection || ++p->minor_count > MINORS_PER_FULL || (promotes && (size_t)(p->old.end - p->old.top) < promotable) ||
        p->heap.refbin_bytes > REFBIN_BYTES_MAX + 8 * sizeof(term) * process_words(p))
        return gc_collect_full(p, fp, live, need);
    if (promotes) {
        g.promote_start = p->young.start;
        g.promote_end = p->mark;
    }
    g.from_old = p->old.start;
    g.from_old_end = p->old.top;
    g.old_top = p->old.top;
    size_t used = young_used(p);
    size_t words = p->next_young > used + need ? p->next_young : used + need;
    term *start = g.top = new_words(p, &words);
    process_roots(&g, fp, live);
    scan_all(&g, start, p->old.top);
    sweep_refbins(&g);
    p->vm->collections++;
    p->vm->reclaimed_words += used - (size_t)(g.top - start) - (size_t)(g.old_top - p->old.top);
    p->old.top = g.old_top;
    // The size that would serve best is used from the next collection on, when the survivors are known to need it.
    // The block had to have room for fragments, too. A heap in which little survives leaves that part unused: else every collection with a fragment
    // would be followed by a larger heap, without end.
    size_t kept = (size_t)(g.top - start), room = (size_t)(p->young.end - p->young.start);
    p->next_young = at_least_for_stack(p, fp, pick_size(kept, need, room));
    if (room < p->next_young) room = p->next_young;
    if (room < kept + need) room = kept + need;
    bool whole = is_fine(words) || words < room || kept * YOUNG_ROOM > words;
    install_young(p, start, g.top, whole ? words : room < LEAST_COARSE ? LEAST_COARSE : room);
    return within_limit(p);
}

term *stack_grow(struct process *p, term *fp, size_t need)
{
    size_t used = (size_t)(fp - p->stack), words = (size_t)(p->stack_end - p->stack) + STACK_SLACK;
    while (words < used + need + STACK_SLACK) words *= 2;
    if (words > heap_limit(p)) return NULL;
    bool inside = process_owns(p, p->stack);
    term *stack = realloc(inside ? NULL : p->stack, words * sizeof(term));
    if (!stack) abort();
    if (inside) memcpy(stack, p->stack, (size_t)((char *)p + PROCESS_BLOCK_BYTES - (char *)p->stack));
    p->stack = stack;
    p->stack_end = stack + words - STACK_SLACK;
    return stack + used;
}

void gc_collect_waiting(struct process *p)
{
    const struct module *m = code_module_at(p->vm, p->pc);
    struct live live = {.mask = p->pc[1], .pool = m ? m->masks : NULL};
    gc_collect_full(p, p->fp, live, 0);
    // Little of much was kept: once more, into a block of that size, since the process may wait for long.
    if ((size_t)(p->young.end - p->young.start) > 4 * young_used(p) + YOUNG_MIN) gc_collect_full(p, p->fp, live, 0);
}

void gc_free(struct process *p)
{
    for (struct signal *s = p->attached, *next; s; s = next) {
        next = s->next;
        signal_free(p->vm, s);
    }
    p->attached = NULL;
    heap_free(&p->heap);
    free_area(p, &p->young);
    free_area(p, &p->old);
    if (!process_owns(p, p->stack)) free(p->stack);
}
