// SPDX-License-Identifier: Apache-2.0
// The emitter's middle step: what is live where. One walk backwards over a function's instructions (several, if it has loops).
//
// It owns the live masks, the places and sizes of GCTESTs, the removal of pure instructions whose result nobody reads, and the folding of a
// move into the instruction that computed what it moves. Invariant: a register is in a mask exactly if some path from there reads it before
// writing it, exceptional paths into handlers of the enclosing regions included.
#include <stdlib.h>
#include <string.h>

#include "asm.h"

struct live {
    struct assembler *as;
    uint64_t *now;              // live before the instruction last looked at
    uint64_t *handler;          // of the innermost region
    uint32_t words;             // of a set
    bool final;                 // masks are written, code may be changed
    uint32_t *regions, nregions;// stack of open regions
    uint64_t **free_sets; uint32_t nfree, cap_free;
    int64_t first_alloc;        // earliest allocating instruction of this stretch, -1: none
    uint32_t gc_words;
    uint64_t *gc_live;          // live before it
};

enum { FOLD_WINDOW = 96 };      // how far back a move looks for its source

static inline bool has(const uint64_t *set, unsigned r) { return set[r >> 6] >> (r & 63) & 1; }
static inline void add(uint64_t *set, unsigned r) { set[r >> 6] |= 1ull << (r & 63); }
static inline void del(uint64_t *set, unsigned r) { set[r >> 6] &= ~(1ull << (r & 63)); }

static void add_all(struct live *v, uint64_t *to, const uint64_t *from)
{
    if (from)
        for (uint32_t w = 0; w < v->words; w++) to[w] |= from[w];
}

static uint64_t *new_set(struct live *v)
{
    if (v->nfree) return v->free_sets[--v->nfree];
    uint64_t *s = malloc(v->words * 8);
    if (!s) abort();
    return s;
}

static void free_set(struct live *v, uint64_t *s)
{
    if (!s) return;
    size_t cap = v->cap_free;
    v->free_sets = asm_grow(v->free_sets, &cap, v->nfree + 1, sizeof *v->free_sets);
    v->cap_free = (uint32_t)cap;
    v->free_sets[v->nfree++] = s;
}

// ---- masks
static uint64_t encode_mask(struct live *v, const uint64_t *set)
{
    uint32_t n = v->words;
    while (n > 1 && !set[n - 1]) n--;
    if (n == 1 && !(set[0] >> 63)) return set[0];
    struct object *o = v->as->o;
    if (o->nmasks > n && o->masks[o->nmasks - n - 1] == n && !memcmp(&o->masks[o->nmasks - n], set, n * 8))
        return MASK_POOLED | (o->nmasks - n - 1);
    o->masks = asm_grow(o->masks, &v->as->cap_masks, o->nmasks + n + 1, 8);
    uint64_t index = o->nmasks;
    o->masks[o->nmasks++] = n;
    memcpy(&o->masks[o->nmasks], set, n * 8);
    o->nmasks += n;
    return MASK_POOLED | index;
}

// ---- stretches of allocation
static void flush_gc(struct live *v)
{
    if (v->first_alloc >= 0 && v->final) {
        struct ins *i = &v->as->ins[v->first_alloc];
        i->gc_words = v->gc_words;
        i->gc_mask = encode_mask(v, v->gc_live);
    }
    v->first_alloc = -1;
    v->gc_words = 0;
}

// ---- reads and writes
static void visit_read(void *ctx, uint16_t *r, int kind)
{
    if (kind == REG_READ) add(((struct live *)ctx)->now, *r);
}

static void visit_write(void *ctx, uint16_t *r, int kind)
{
    if (kind == REG_WRITE) del(((struct live *)ctx)->now, *r);
}

static void read_implied(struct live *v, const struct ins *i)
{
    unsigned flags = v->as->flags[i->op];
    unsigned from = flags & OPF_CALL ? i->a + 1u : 0;
    if (flags & (OPF_CALL | OPF_TAIL))
        for (unsigned k = 0; k < i->n; k++) add(v->now, from + k);
    if (i->op == OP_CALLMF || i->op == OP_TCALLMF) add(v->now, i->c + 1u);
    if (i->op == OP_FUNCTION_CLAUSE || i->op == OP_FUN_CLAUSE)
        for (unsigned k = 0; k < i->a; k++) add(v->now, k);
}

static void clear_from(struct live *v, unsigned r)
{
    if (r >> 6 >= v->words) return;
    v->now[r >> 6] &= (1ull << (r & 63)) - 1;
    for (uint32_t w = (r >> 6) + 1; w < v->words; w++) v->now[w] = 0;
}

struct dead_results { struct live *v; bool any_live; int written; };
static void visit_dead(void *ctx, uint16_t *r, int kind)
{
    struct dead_results *d = ctx;
    if (kind != REG_WRITE) return;
    d->written++;
    if (has(d->v->now, *r)) d->any_live = true;
}

// A pure instruction whose results are not read is no instruction.
static bool is_dead(struct live *v, struct ins *i)
{
    if (!(v->as->flags[i->op] & OPF_PURE)) return false;
    if (i->op == OP_MOVE && i->a == i->b) return true;
    struct dead_results d = {v, false, 0};
    asm_visit(v->as, i, visit_dead, &d);
    return !d.any_live;
}

static void half_uncons(struct live *v, struct ins *i)
{
    if (i->op != OP_UNCONS) return;
    bool hd = has(v->now, i->b), tl = has(v->now, i->c);
    if (hd && tl) return;
    uint16_t p = i->a, d = hd ? i->b : i->c;
    i->op = hd ? OP_HEAD : OP_TAIL;
    i->a = d;
    i->b = p;
}

// ---- folding moves
struct touch { uint16_t d, s; bool reads_s, writes_s, touches_d, writes_d; };
static void visit_touch(void *ctx, uint16_t *r, int kind)
{
    struct touch *t = ctx;
    if (*r == t->s) *(kind == REG_READ ? &t->reads_s : &t->writes_s) = true;
    if (*r == t->d) {
        t->touches_d = true;
        if (kind == REG_WRITE) t->writes_d = true;
    }
}

struct rename { uint16_t from, to; int kind; };
static void visit_rename(void *ctx, uint16_t *r, int kind)
{
    struct rename *n = ctx;
    if (kind == n->kind && *r == n->from) *r = n->to;
}

static bool live_at(struct live *v, label l, unsigned r)
{
    const uint64_t *set = v->as->labels[l].live;
    return set && has(set, r);
}

// Could control leave from instruction i to a place where d or s matter?
static bool escapes(struct live *v, const struct ins *i, const struct touch *t)
{
    unsigned flags = v->as->flags[i->op];
    if (flags & OPF_JUMP && (live_at(v, i->target, t->d) || live_at(v, i->target, t->s))) return true;
    return flags & OPF_RAISES && v->nregions && (has(v->handler, t->d) || has(v->handler, t->s));
}

// MOVE d, s with s dead after it: let the instruction that computed s write d. All between must leave d alone.
static bool fold_move(struct live *v, uint32_t at)
{
    struct assembler *as = v->as;
    struct ins *move = &as->ins[at];
    struct touch t = {.d = move->a, .s = move->b};
    if (has(v->now, t.s)) return false;
    uint32_t stop = at > FOLD_WINDOW ? at - FOLD_WINDOW : 0, j = at;
    bool found = false;
    while (j > stop && !found) {
        struct ins *i = &as->ins[--j];
        if (i->op == PSEUDO_NOP || (i->op == PSEUDO_LABEL && !as->labels[i->target].refs)) continue;
        if (i->op >= OP_COUNT || as->flags[i->op] & OPF_END || escapes(v, i, &t)) return false;
        t.reads_s = t.writes_s = t.touches_d = t.writes_d = false;
        asm_visit(as, i, visit_touch, &t);
        if (i->op == OP_SWAP && (t.reads_s || t.touches_d)) return false;
        if (as->flags[i->op] & OPF_CALL && (t.d >= i->a || t.s >= i->a)) return false;
        if (i->op == OP_CALLMF && t.s == i->c + 1u) return false;
        if (t.writes_s) {
            if (t.writes_d || as->flags[i->op] & OPF_CALL) return false;
            found = true;
        } else if (t.touches_d) {
            return false;
        }
        // CALLMF reads a pair; renaming one of the two would tear it.
        if (i->op == OP_CALLMF && t.reads_s) return false;
    }
    if (!found) return false;
    struct rename write = {t.s, t.d, REG_WRITE}, read = {t.s, t.d, REG_READ};
    asm_visit(as, &as->ins[j], visit_rename, &write);
    for (j++; j < at; j++)
        if (as->ins[j].op < OP_COUNT) asm_visit(as, &as->ins[j], visit_rename, &read);
    move->op = PSEUDO_NOP;
    return true;
}

// ---- the walk
static void enter_region(struct live *v, uint32_t region)
{
    v->regions[v->nregions++] = region;
}

static void set_handler(struct live *v)
{
    memset(v->handler, 0, v->words * 8);
    if (!v->nregions) return;
    const struct asm_region *r = &v->as->regions[v->regions[v->nregions - 1]];
    add_all(v, v->handler, v->as->labels[r->target].live);
    if (r->kind != REGION_TRY) return;
    for (unsigned k = 0; k < 3; k++) del(v->handler, r->reg + k);
}

// One of the label's references is behind us; after the last one its set is not needed.
static void leave_label(struct live *v, label l)
{
    struct asm_label *t = &v->as->labels[l];
    if (!v->final || v->as->loops || !t->live || --t->left) return;
    free_set(v, t->live);
    t->live = NULL;
}

static bool at_label(struct live *v, struct ins *i)
{
    struct asm_label *l = &v->as->labels[i->target];
    if (!l->refs) return false;
    flush_gc(v);
    if (!l->live) {
        l->live = new_set(v);
        l->left = l->refs;
        memset(l->live, 0, v->words * 8);
    }
    if (!memcmp(l->live, v->now, v->words * 8)) return false;
    memcpy(l->live, v->now, v->words * 8);
    return l->back;
}

static void from_label(struct live *v, label l)
{
    add_all(v, v->now, v->as->labels[l].live);
    leave_label(v, l);
}

static void one_ins(struct live *v, uint32_t at)
{
    struct assembler *as = v->as;
    struct ins *i = &as->ins[at];
    unsigned flags = as->flags[i->op];
    if (is_dead(v, i)) {
        if (v->final) i->op = PSEUDO_NOP;
        return;
    }
    if (v->final) half_uncons(v, i);
    if (v->final && i->op == OP_MOVE && fold_move(v, at)) return;
    if (flags & OPF_END) memset(v->now, 0, v->words * 8);
    if (flags & OPF_BARRIER || flags & OPF_END) flush_gc(v);
    if (i->op != OP_SWAP) asm_visit(as, i, visit_write, v);
    if (flags & OPF_CALL) clear_from(v, i->a);
    if (flags & OPF_JUMP) from_label(v, i->target);
    for (uint32_t k = 0; k < i->nx; k++)
        if (as->x[i->x + k].kind == X_LABEL) from_label(v, (label)as->x[i->x + k].v);
    if (flags & OPF_RAISES && v->nregions) add_all(v, v->now, v->handler);
    if (v->final && op_formats[i->op][0] && strchr(op_formats[i->op], 'M')) i->mask = encode_mask(v, v->now);
    read_implied(v, i);
    asm_visit(as, i, visit_read, v);
    unsigned words = asm_alloc_words(i);
    if (!words) return;
    v->first_alloc = at;
    v->gc_words += words;
    memcpy(v->gc_live, v->now, v->words * 8);
}

// True if what is live at the target of a jump backwards has changed.
static bool walk(struct live *v)
{
    struct assembler *as = v->as;
    bool changed = false;
    memset(v->now, 0, v->words * 8);
    v->nregions = 0;
    v->first_alloc = -1;
    v->gc_words = 0;
    uint32_t *ends = calloc(as->nregions + 1, sizeof *ends), depth = 0;
    if (!ends) abort();
    // Which region an end closes: match the pairs once, forwards.
    uint32_t *stack = v->regions;
    uint32_t nends = 0;
    for (uint32_t i = 0; i < as->nins; i++) {
        if (as->ins[i].op == PSEUDO_BEGIN) stack[depth++] = as->ins[i].target;
        if (as->ins[i].op == PSEUDO_END) ends[nends++] = stack[--depth];
    }
    for (uint32_t i = as->nins; i-- > 0;) {
        struct ins *in = &as->ins[i];
        switch (in->op) {
        case PSEUDO_LABEL: changed |= at_label(v, in); break;
        case PSEUDO_END: enter_region(v, ends[--nends]); set_handler(v); break;
        case PSEUDO_BEGIN:
            v->nregions--;
            set_handler(v);
            leave_label(v, as->regions[in->target].target);
            break;
        case PSEUDO_NOP: break;
        default: one_ins(v, i);
        }
    }
    flush_gc(v);
    free(ends);
    return changed;
}

void asm_liveness(struct assembler *as)
{
    uint32_t words = (as->window + 63) / 64 + 1;
    struct live v = {.as = as, .words = words};
    v.now = new_set(&v);
    v.handler = new_set(&v);
    v.gc_live = new_set(&v);
    v.regions = calloc(as->nregions + 1, sizeof *v.regions);
    if (!v.regions) abort();
    if (as->loops)
        for (int round = 0; round < 1000 && walk(&v); round++) {}
    v.final = true;
    walk(&v);
    for (uint32_t l = 0; l < as->nlabels; l++) free(as->labels[l].live);
    for (uint32_t k = 0; k < v.nfree; k++) free(v.free_sets[k]);
    free(v.free_sets);
    free(v.now);
    free(v.handler);
    free(v.gc_live);
    free(v.regions);
}
