// SPDX-License-Identifier: Apache-2.0
// The collector of code: frees thunks, purged modules and orphaned literals that nothing refers to. docs/internals/code-lifetime.md has the rule.
//
// It marks and sweeps, between two turns, when enough has been loaded that may be garbage. Everything that can hold an address is looked at word by
// word: a word that could be an address of code or of a literal is one. So it needs no knowledge of what the words are, moves nothing, and may keep
// too much but never frees too much. Invariant: blocks of literals do not refer to one another, so the only chains are code -> its
// literals -> funs in them -> code.
#include <stdlib.h>

#include "code_store.h"
#include "coroutine.h"
#include "gc.h"
#include "natives/ets.h"
#include "sched.h"

struct collector {
    struct vm *vm;
    uintptr_t code_start, code_size, literals_start, literals_size;
    struct literals **blocks;       // orphans and those of candidates, by address
    size_t nblocks;
    struct literals *pending;       // marked, with funs that have not been looked at
    uint64_t words, reached;        // looked at; bytes marked
};

static bool is_candidate(const struct module *m) { return m->thunk || m->purged; }

bool literals_have_funs(const struct code *c, const struct literals *l)
{
    uintptr_t start = (uintptr_t)c->code_area.start, size = area_size(&c->code_area);
    for (size_t i = 0; i < l->words; i++)
        if (l->start[i] - start < size) return true;
    return false;
}

// ---- marking

static void mark_literals(struct collector *k, struct literals *l)
{
    if (!l || l->marked) return;
    l->marked = true;
    k->reached += l->words * sizeof(term);
    if (!l->has_funs) return;
    l->next_marked = k->pending;
    k->pending = l;
}

static void see_literal(struct collector *k, uintptr_t at)
{
    size_t lo = 0, hi = k->nblocks;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if ((uintptr_t)k->blocks[mid]->start <= at) lo = mid + 1;
        else hi = mid;
    }
    if (lo && at < (uintptr_t)(k->blocks[lo - 1]->start + k->blocks[lo - 1]->words)) mark_literals(k, k->blocks[lo - 1]);
}

static void see_code(struct collector *k, uintptr_t at)
{
    struct code *c = k->vm->code;
    size_t lo = 0, hi = c->nranges;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if ((uintptr_t)c->ranges[mid] <= at) lo = mid + 1;
        else hi = mid;
    }
    struct module *m = lo ? c->ranges[lo - 1] : NULL;
    if (!m || m->marked || at >= (uintptr_t)m + m->block_bytes || !is_candidate(m)) return;
    m->marked = true;
    k->reached += module_bytes(m);
    mark_literals(k, m->literals);
}

// Looks at [from, to). What lies there may be anybody's: stack redzones of the sanitizer, parts nothing was written to yet.
__attribute__((no_sanitize("address"))) static void see(void *collector, const void *from, const void *to)
{
    struct collector *k = collector;
    for (const uintptr_t *w = from; w + 1 <= (const uintptr_t *)to; w++) {
        if (*w - k->literals_start < k->literals_size) see_literal(k, *w & ~(uintptr_t)7);
        else if (*w - k->code_start < k->code_size) see_code(k, *w);
    }
    k->words += ((uintptr_t)to - (uintptr_t)from) / sizeof(uintptr_t);
}

static void see_term(struct collector *k, term t) { see(k, &t, &t + 1); }

static void see_signals(struct collector *k, const struct signal *s)
{
    for (; s; s = s->next) {
        see_term(k, s->value);
        see(k, s->mem, s->mem + s->words);
    }
}

// The end of the innermost window: its function's ENTER says how large it is.
static const term *stack_top(const struct process *p)
{
    enum { STUB_WINDOW = 32 };
    const struct module *m = code_module_at(p->vm, p->pc);
    const struct function *f = m ? code_function_at(m, p->pc) : NULL;
    const term *top = p->fp + (f ? m->code[f->entry] >> 16 & 0xffff : STUB_WINDOW), *end = p->stack_end + STACK_SLACK;
    return top < end ? top : end;
}

// What a heap refers to may be garbage in it: a process that keeps much is to collect all of its heap when it runs next.
static void see_process(struct collector *k, struct process *p)
{
    uint64_t before = k->reached;
    see(k, p, p + 1);
    if (p->trap) see(k, p->trap, p->trap + 1);
    see(k, p->stack, stack_top(p));
    see(k, p->young.start, p->heap.frags ? p->heap.base_top : p->heap.top);
    see(k, p->old.start, p->old.top);
    heap_visit(&p->heap, see, k);
    see_signals(k, p->attached);
    see_signals(k, p->mailbox.first);
    see_signals(k, p->inbox.first);
    coroutines_visit(p, see, k);
    if (k->reached - before <= CODE_GARBAGE_MIN / 4) return;
    p->full_collection = true;
    if (p->gc_pending) return;
    p->gc_pending = true;
    p->held_reductions = 0;
}

static void see_tables(struct collector *k)
{
    struct ets *ets = k->vm->ets;
    for (struct ets_table *t = ets ? ets->first : NULL; t; t = t->next) {
        see_term(k, t->heir_data);
        heap_visit(&t->heir_heap, see, k);
        ets_table_visit(t, see, k);
    }
}

static void mark(struct collector *k)
{
    struct vm *vm = k->vm;
    for (uint32_t i = 0; i < vm->sched->slots; i++)
        if (vm->sched->table[i]) see_process(k, vm->sched->table[i]);
    timers_visit(vm, see, k);
    see_tables(k);
    for (struct literals *l = vm->code->all_literals; l; l = l->next)
        if (l->has_funs && !l->orphan && !l->candidate) see(k, l->start, l->start + l->words);
    while (k->pending) {
        struct literals *l = k->pending;
        k->pending = l->next_marked;
        see(k, l->start, l->start + l->words);
    }
}

// ---- sweeping

// An inline cache remembers a map's keys by address: after a block is freed the address may be another's.
static void forget_caches(struct code *c)
{
    uint8_t cache_at[OP_COUNT] = {0};
    for (unsigned op = 0; op < OP_COUNT; op++) {
        unsigned at = 1;
        for (const char *f = op_formats[op]; *f && *f != '*'; f++) {
            if (*f == 'C') cache_at[op] = (uint8_t)at;
            at += *f == 'K' || *f == 'X' || *f == 'F' || *f == 'M' || *f == 'C' || *f == 'O';
        }
    }
    for (struct module *m = c->all; m; m = m->next_loaded)
        for (uint64_t *pc = m->code, *end = pc + m->ncode; pc < end; pc += op_length(pc))
            if (cache_at[op_own(pc)]) pc[cache_at[op_own(pc)]] = 0;
}

static uint64_t sweep_modules(struct vm *vm)
{
    struct code *c = vm->code;
    size_t kept = 0;
    uint64_t live = 0;
    for (struct module **at = &c->all; *at;) {
        struct module *m = *at;
        m->dead = is_candidate(m) && !m->marked;
        if (m->dead) {
            *at = m->next_loaded;
            literals_orphan(vm, m->literals);
            continue;
        }
        if (m->marked) live += module_bytes(m);
        m->marked = false;
        at = &m->next_loaded;
    }
    for (size_t i = 0; i < c->nranges; i++) {
        struct module *m = c->ranges[i];
        if (m->dead) module_free(vm, m);
        else c->ranges[kept++] = m;
    }
    c->nranges = kept;
    return live;
}

static uint64_t sweep_literals(struct vm *vm)
{
    struct code *c = vm->code;
    uint64_t live = 0;
    bool freed = false;
    for (struct literals **at = &c->all_literals; *at;) {
        struct literals *l = *at;
        if (l->orphan && !l->marked) {
            *at = l->next;
            literals_free(vm, l);
            freed = true;
            continue;
        }
        if (l->orphan) live += l->words * sizeof(term);
        l->marked = l->candidate = false;
        at = &l->next;
    }
    if (freed) forget_caches(c);
    return live;
}

static int by_start(const void *a, const void *b)
{
    const struct literals *x = *(struct literals *const *)a, *y = *(struct literals *const *)b;
    return x->start < y->start ? -1 : x->start > y->start;
}

static void find_candidates(struct collector *k)
{
    struct code *c = k->vm->code;
    for (struct module *m = c->all; m; m = m->next_loaded)
        if (is_candidate(m) && m->literals) m->literals->candidate = true;
    size_t n = 0;
    for (struct literals *l = c->all_literals; l; l = l->next) n += l->orphan || l->candidate;
    k->blocks = malloc((n + 1) * sizeof(*k->blocks));
    if (!k->blocks) abort();
    for (struct literals *l = c->all_literals; l; l = l->next)
        if (l->orphan || l->candidate) k->blocks[k->nblocks++] = l;
    qsort(k->blocks, n, sizeof(*k->blocks), by_start);
}

void code_collect(struct vm *vm)
{
    struct code *c = vm->code;
    struct collector k = {.vm = vm, .code_start = (uintptr_t)c->code_area.start, .code_size = (uintptr_t)(c->code_area.top - c->code_area.start),
                          .literals_start = vm->literals_start, .literals_size = (uintptr_t)(c->literal_area.top - c->literal_area.start)};
    find_candidates(&k);
    mark(&k);
    uint64_t live = sweep_modules(vm) + sweep_literals(vm);
    free(k.blocks);
    // What looking costs is paid by what was loaded since: a word looked at is worth a byte.
    vm->code_garbage = 0;
    vm->code_limit = CODE_GARBAGE_MIN + live + k.words;
}
