// SPDX-License-Identifier: Apache-2.0
// Maps and bitstrings in patterns.
//
// Maps do not exclude each other, so rows are taken in order: those that ask for the same key next share its lookup. Bitstrings: one context
// per value; a position in it is a place (OCC_POS), and rows at the same position that read the same kind of field share the read, which makes
// a tree of common prefixes. Who fails after others have moved the context moves it back (items save and restore positions).
#include <stdlib.h>

#include "../vm/atom.h"
#include "match.h"

// Rows from the first on, as long as `same` says so, become the group; the others wait.
typedef bool row_predicate(struct match *m, const struct row *r, const struct cell *first);

static unsigned count_rows(struct match *m, struct row *rows, const struct cell *c, row_predicate *same)
{
    unsigned n = 0;
    for (struct row *r = rows; r && (n == 0 || same(m, r, c)); r = r->next) n++;
    return n;
}

// A row with cell `c` replaced by another one of the same pattern.
static struct row *replace_cell(struct match *m, struct row *r, struct cell *c, struct cell **fresh)
{
    struct row *n = match_row_without(m, r, c);
    struct cell *x = arena_new(m->g->arena, struct cell);
    *x = *c;
    x->next = n->cells;
    n->cells = x;
    *fresh = x;
    return n;
}

static void add_row(struct row ***tail, struct row *r)
{
    **tail = r;
    *tail = &r->next;
}

// ---- maps
static bool same_key(const struct core *a, const struct core *b)
{
    if (a == b) return true;
    if (a->kind != b->kind) return false;
    if (a->kind == CORE_LIT) return a->lit == b->lit || term_equal(a->lit, b->lit);
    return (a->kind == CORE_PIN || a->kind == CORE_VAR) && a->var == b->var;
}

// Index into c->pairs of the pair with this key; -1: it has none.
static int find_pair(const struct cell *c, const struct core *key)
{
    for (unsigned i = 0; i < c->npairs; i++)
        if (same_key(c->p->pairs[c->pairs[i]].key, key)) return (int)i;
    return -1;
}

static bool is_map_row(struct match *m, const struct row *r, const struct cell *c)
{
    (void)m;
    struct cell *x = match_cell(r, c->o);
    return x && x->kind == CELL_MAP && x->typed == c->typed;
}

static struct row *type_step(struct match *m, struct row *rows, struct cell *c, struct item **fail)
{
    struct row *group, *out = NULL, **tail = &out;
    int r = match_load(m, c->o);
    *fail = match_rest(m, rows, count_rows(m, rows, c, is_map_row), *fail, &group);
    asm_jump(&m->g->as, OP_IS_MAP, (unsigned)r, 0, match_fail(m, *fail));
    for (struct row *x = group; x; x = x->next) {
        struct cell *old = match_cell(x, c->o), *fresh;
        if (!old->npairs) {
            add_row(&tail, match_row_without(m, x, old));
            continue;
        }
        add_row(&tail, replace_cell(m, x, old, &fresh));
        fresh->typed = true;
    }
    return out;
}

static unsigned rows_with_key(struct match *m, struct row *rows, const struct cell *c, const struct core *key)
{
    unsigned n = 0;
    for (struct row *r = rows; r && n < 256; r = r->next, n++)
        if (n && (!is_map_row(m, r, c) || find_pair(match_cell(r, c->o), key) < 0)) break;
    return n;
}

static struct core *choose_key(struct match *m, struct row *rows, const struct cell *c, unsigned *n)
{
    struct core *best = NULL;
    *n = 0;
    for (unsigned i = 0; i < c->npairs && i < 16; i++) {
        struct core *key = c->p->pairs[c->pairs[i]].key;
        unsigned k = rows_with_key(m, rows, c, key);
        if (k <= *n) continue;
        *n = k;
        best = key;
    }
    return best;
}

// The place of a key's value: found again if the lookup was made already.
static struct occ *value_place(struct match *m, struct occ *map, struct core *key)
{
    for (struct occ *o = map->children; o; o = o->next)
        if (o->kind == OCC_VALUE && o->key && same_key(o->key, key)) return o;
    struct occ *o = match_child(m, map, OCC_VALUE, 0);
    o->key = key;
    return o;
}

static struct row *without_pair(struct match *m, struct row *r, struct cell *c, struct core *key, struct occ *value)
{
    int at = find_pair(c, key);
    struct core *pattern = c->p->pairs[c->pairs[at]].value;
    struct cell *left = NULL;
    struct row *n = match_row_without(m, r, c);
    struct cell *parts = NULL, **tail = &parts;
    match_add_pattern(m, n, value, pattern, &tail);
    if (c->npairs > 1) {
        left = arena_new(m->g->arena, struct cell);
        *left = *c;
        left->pairs = arena_array(m->g->arena, unsigned, c->npairs);
        left->npairs = 0;
        for (unsigned i = 0; i < c->npairs; i++)
            if ((int)i != at) left->pairs[left->npairs++] = c->pairs[i];
        *tail = left;
        tail = &left->next;
    }
    *tail = n->cells;
    n->cells = parts;
    return n;
}

static struct row *key_step(struct match *m, struct row *rows, struct cell *c, struct item **fail)
{
    struct gen *g = m->g;
    unsigned n;
    struct core *key = choose_key(m, rows, c, &n);
    struct row *group, *out = NULL, **tail = &out;
    *fail = match_rest(m, rows, n, *fail, &group);
    struct occ *value = value_place(m, c->o, key);
    if (value->reg < 0) {
        int k = is_lit(key) ? -1 : match_eval(m, rows, key, *fail);
        int map = match_load(m, c->o), to = match_take(m);
        asm_jump(&g->as, OP_MAP_GET, (unsigned)to, (unsigned)map, match_fail(m, *fail));
        emit_operand(g, key, k);
        match_set(m, &value->reg, to);
    }
    for (struct row *r = group; r; r = r->next) add_row(&tail, without_pair(m, r, match_cell(r, c->o), key, value));
    return out;
}

struct row *match_map_step(struct match *m, struct row *rows, struct cell *c, struct item **fail)
{
    if (c->kind == CELL_MAP) return c->typed ? key_step(m, rows, c, fail) : type_step(m, rows, c, fail);
    struct row *group;      // a whole map as a literal
    int r = match_load(m, c->o);
    *fail = match_rest(m, rows, 1, *fail, &group);
    asm_jump(&m->g->as, OP_EQL, (unsigned)r, 0, match_fail(m, *fail));
    asm_x_lit(&m->g->as, c->lit);
    return match_row_without(m, group, c);
}

// ---- bitstrings: what a row wants to read next
enum shape_kind { SHAPE_END, SHAPE_REST, SHAPE_BYTES, SHAPE_FIELD };
struct shape { uint8_t kind; bool sized, byte; term spec; const struct core_segment *s; };

static bool is_byte_spec(term spec)
{
    return spec_type(spec) == BITS_INTEGER && spec_size(spec) == 8 && spec_unit(spec) == 1 && !(spec_flags(spec) & BITS_SIGNED);
}

static bool literal_bytes(const struct core_segment *s)
{
    if (!is_lit(s->value)) return false;
    term v = s->value->lit;
    if (s->type == BITS_BINARY) return !s->size && is_bitstring(v) && bits_of(v).size % 8 == 0;
    bool sized;
    if (s->type != BITS_INTEGER) return false;
    return is_byte_spec(segment_spec(s, true, &sized)) && !sized && is_small(v) && small_value(v) >= 0 && small_value(v) < 256;
}

static uint64_t literal_length(const struct core_segment *s)
{
    return s->type == BITS_BINARY ? bits_of(s->value->lit).size / 8 : 1;
}

static uint8_t literal_byte(const struct core_segment *s, uint64_t i)
{
    if (s->type != BITS_BINARY) return (uint8_t)small_value(s->value->lit);
    struct bits b = bits_of(s->value->lit);
    uint8_t byte;
    bits_copy(&byte, 0, b.base, b.offset + 8 * i, 8);
    return byte;
}

// Passes over literal segments that are used up.
static void settle(struct cell *c)
{
    while (c->segment < c->p->nsegments) {
        const struct core_segment *s = &c->p->segments[c->segment];
        if (!literal_bytes(s) || c->offset < literal_length(s)) return;
        c->segment++;
        c->offset = 0;
    }
}

static struct shape shape_of(struct cell *c)
{
    settle(c);
    if (c->segment >= c->p->nsegments) return (struct shape){.kind = SHAPE_END};
    const struct core_segment *s = &c->p->segments[c->segment];
    struct shape h = {.kind = SHAPE_FIELD, .s = s};
    h.spec = segment_spec(s, true, &h.sized);
    if (literal_bytes(s)) h.kind = SHAPE_BYTES;
    else if (s->type == BITS_BINARY && !s->size) h.kind = SHAPE_REST;
    h.byte = h.kind == SHAPE_BYTES || (h.kind == SHAPE_FIELD && is_byte_spec(h.spec) && !h.sized);
    return h;
}

static struct cell *bits_cell(const struct row *r, const struct occ *o)
{
    struct cell *c = match_cell(r, o);
    return c && c->kind == CELL_BITS ? c : NULL;
}

// Literal bytes from the cell's point on, over several segments; 0: none. `out` may be NULL.
static uint64_t run_of_bytes(const struct cell *c, uint8_t *out)
{
    uint64_t n = 0, offset = c->offset;
    for (unsigned i = c->segment; i < c->p->nsegments && literal_bytes(&c->p->segments[i]); i++, offset = 0)
        for (uint64_t k = offset; k < literal_length(&c->p->segments[i]); k++, n++)
            if (out) out[n] = literal_byte(&c->p->segments[i], k);
    return n;
}

static bool same_bytes(const struct cell *a, const struct cell *b)
{
    uint64_t n = run_of_bytes(a, NULL);
    if (n != run_of_bytes(b, NULL)) return false;
    uint8_t *x = malloc(2 * n + 1), *y = x + n;
    if (!x) abort();
    run_of_bytes(a, x);
    run_of_bytes(b, y);
    bool same = !memcmp(x, y, n);
    free(x);
    return same;
}

// ---- contexts and positions
static struct occ *new_position(struct match *m, struct occ *parent, struct bits_ctx *ctx)
{
    struct occ *o = match_child(m, parent, OCC_POS, 0);
    o->ctx = ctx;
    return o;
}

static void move_to(struct match *m, struct occ *position, bool aligned)
{
    trail_save(m->g, &position->ctx->cur);
    position->ctx->cur = position;
    match_set(m, &position->aligned, aligned);
}

static bool starts_bits(struct match *m, const struct row *r, const struct cell *c)
{
    (void)m;
    return bits_cell(r, c->o) != NULL;
}

static struct row *start_step(struct match *m, struct row *rows, struct cell *c, struct item **fail)
{
    struct row *group, *out = NULL, **tail = &out;
    int value = match_load(m, c->o);
    *fail = match_rest(m, rows, count_rows(m, rows, c, starts_bits), *fail, &group);
    struct bits_ctx *ctx = arena_new(m->g->arena, struct bits_ctx);
    size_t cap = m->cap_ctxs;
    m->ctxs = asm_grow(m->ctxs, &cap, m->nctxs + 1, sizeof *m->ctxs);
    m->cap_ctxs = (unsigned)cap;
    m->ctxs[m->nctxs++] = ctx;
    ctx->reg = match_take(m);
    asm_jump(&m->g->as, OP_BS_START, (unsigned)ctx->reg, (unsigned)value, match_fail(m, *fail));
    struct occ *start = new_position(m, c->o, ctx);
    move_to(m, start, false);
    for (struct row *r = group; r; r = r->next) {
        struct cell *fresh;
        add_row(&tail, replace_cell(m, r, bits_cell(r, c->o), &fresh));
        fresh->o = start;
    }
    return out;
}

// ---- one read
static bool at_end(struct match *m, const struct row *r, const struct cell *first)
{
    (void)m;
    struct cell *c = bits_cell(r, first->o);
    return c && shape_of(c).kind == SHAPE_END;
}

static struct row *end_step(struct match *m, struct row *rows, struct cell *c, struct item **fail)
{
    struct row *group, *out = NULL, **tail = &out;
    *fail = match_rest(m, rows, count_rows(m, rows, c, at_end), *fail, &group);
    asm_jump(&m->g->as, OP_BS_END, 0, (unsigned)c->o->ctx->reg, match_fail(m, *fail));
    for (struct row *r = group; r; r = r->next) add_row(&tail, match_row_without(m, r, bits_cell(r, c->o)));
    return out;
}

static bool same_rest(struct match *m, const struct row *r, const struct cell *first)
{
    (void)m;
    struct cell *c = bits_cell(r, first->o);
    struct shape h = c ? shape_of(c) : (struct shape){.kind = SHAPE_END};
    return c && h.kind == SHAPE_REST && h.spec == shape_of((struct cell *)first).spec;
}

static void check_unit(struct match *m, struct occ *o, unsigned unit, struct item *fail)
{
    if (unit <= 1 || (unit == 8 && o->aligned)) return;
    asm_jump(&m->g->as, OP_BS_UNIT, unit, (unsigned)o->ctx->reg, match_fail(m, fail));
    if (unit == 8) match_set(m, &o->aligned, true);
}

static struct row *rest_step(struct match *m, struct row *rows, struct cell *c, struct item **fail)
{
    struct row *group, *out = NULL, **tail = &out;
    struct shape h = shape_of(c);
    *fail = match_rest(m, rows, count_rows(m, rows, c, same_rest), *fail, &group);
    check_unit(m, c->o, spec_unit(h.spec), *fail);
    struct occ *rest = match_child(m, c->o, OCC_REST, 0);
    rest->ctx = c->o->ctx;
    for (struct row *r = group; r; r = r->next) {
        struct cell *x = bits_cell(r, c->o), *parts = NULL, **part_tail = &parts;
        struct row *n = match_row_without(m, r, x);
        match_add_pattern(m, n, rest, shape_of(x).s->value, &part_tail);
        *part_tail = n->cells;
        n->cells = parts;
        add_row(&tail, n);
    }
    return out;
}

static bool same_literal(struct match *m, const struct row *r, const struct cell *first)
{
    (void)m;
    struct cell *c = bits_cell(r, first->o);
    return c && shape_of(c).kind == SHAPE_BYTES && same_bytes(c, first);
}

static struct row *bytes_step(struct match *m, struct row *rows, struct cell *c, struct item **fail)
{
    struct gen *g = m->g;
    struct row *group, *out = NULL, **tail = &out;
    uint64_t n = run_of_bytes(c, NULL);
    uint8_t *bytes = arena_alloc(g->arena, n + 1);
    run_of_bytes(c, bytes);
    *fail = match_rest(m, rows, count_rows(m, rows, c, same_literal), *fail, &group);
    asm_jump(&g->as, OP_BS_EQ, 0, (unsigned)c->o->ctx->reg, match_fail(m, *fail));
    asm_x_lit(&g->as, mk_binary(&g->arena->heap, bytes, n));
    struct occ *next = new_position(m, c->o, c->o->ctx);
    move_to(m, next, c->o->aligned);
    for (struct row *r = group; r; r = r->next) {
        struct cell *fresh;
        add_row(&tail, replace_cell(m, r, bits_cell(r, c->o), &fresh));
        fresh->o = next;
        while (fresh->segment < fresh->p->nsegments && literal_bytes(&fresh->p->segments[fresh->segment])) fresh->segment++;
        fresh->offset = 0;
    }
    return out;
}

static bool same_field(struct match *m, const struct row *r, const struct cell *first)
{
    (void)m;
    struct shape a = shape_of((struct cell *)first);
    struct cell *c = bits_cell(r, first->o);
    if (!c) return false;
    struct shape b = shape_of(c);
    if (a.byte && b.byte) return true;
    return a.kind == SHAPE_FIELD && b.kind == SHAPE_FIELD && !a.sized && !b.sized && a.spec == b.spec;
}

static bool wants_value(const struct cell *c)
{
    const struct core_segment *s = &c->p->segments[c->segment];
    if (s->value->kind == CORE_WILD) return false;
    if (s->value->kind != CORE_VAR) return true;
    struct var_info *v = s->value->var->gen;
    return !v || v->nuses || v->next || v->repeated;
}

// The rest of the pattern is whole bytes up to a last segment of whole bytes.
static bool ends_aligned(const struct cell *c)
{
    for (unsigned i = c->segment; i < c->p->nsegments; i++) {
        const struct core_segment *s = &c->p->segments[i];
        bool sized;
        term spec = segment_spec(s, true, &sized);
        if (literal_bytes(s)) continue;
        if (i + 1 == c->p->nsegments) return s->type == BITS_BINARY && !s->size && spec_unit(spec) == 8;
        if (sized || spec_size(spec) == BITS_SIZE_NONE || spec_size(spec) * (uint64_t)spec_unit(spec) % 8) return false;
    }
    return false;
}

static bool all_end_aligned(struct row *group, const struct occ *o)
{
    for (struct row *r = group; r; r = r->next)
        if (!ends_aligned(bits_cell(r, o))) return false;
    return true;
}

static term as_float(struct match *m, term t)
{
    return is_small(t) ? mk_float(&m->g->arena->heap, (double)small_value(t)) : t;
}

// The row after the field: the value's pattern on `value`, the rest at `next`.
static struct row *after_field(struct match *m, struct row *r, struct cell *c, struct occ *value, struct occ *next)
{
    struct row *n = match_row_without(m, r, c);
    struct cell *parts = NULL, **tail = &parts;
    const struct core_segment *s = &c->p->segments[c->segment];
    struct cell *left = arena_new(m->g->arena, struct cell);
    *left = *c;
    left->o = next;
    if (literal_bytes(s)) {
        match_add_lit(m, value, make_small(literal_byte(s, c->offset)), &tail);
        left->offset++;
    } else {
        if (is_lit(s->value)) match_add_lit(m, value, s->type == BITS_FLOAT ? as_float(m, s->value->lit) : s->value->lit, &tail);
        else match_add_pattern(m, n, value, s->value, &tail);
        left->segment++;
    }
    left->next = n->cells;
    *tail = left;
    n->cells = parts;
    return n;
}

static struct row *field_step(struct match *m, struct row *rows, struct cell *c, struct item **fail)
{
    struct gen *g = m->g;
    struct shape h = shape_of(c);
    term spec = h.byte ? bits_spec(BITS_INTEGER, 0, 1, 8) : h.spec;
    struct row *group, *out = NULL, **tail = &out;
    *fail = match_rest(m, rows, h.sized ? 1 : count_rows(m, rows, c, same_field), *fail, &group);
    struct occ *here = c->o;
    if (all_end_aligned(group, here)) check_unit(m, here, 8, *fail);
    int size = h.sized ? match_eval(m, rows, h.s->size, *fail) : -1;
    bool wanted = false;
    for (struct row *r = group; r; r = r->next) wanted |= wants_value(bits_cell(r, here));
    struct occ *value = match_child(m, here, OCC_VALUE, 0);
    unsigned ctx = (unsigned)here->ctx->reg;
    if (wanted) {
        int to = match_take(m);
        asm_jump(&g->as, OP_BS_GET, (unsigned)to, ctx, match_fail(m, *fail));
        match_set(m, &value->reg, to);
    } else {
        asm_jump(&g->as, OP_BS_SKIP, 0, ctx, match_fail(m, *fail));
    }
    asm_x_lit(&g->as, spec);
    if (size >= 0) asm_x_reg(&g->as, (unsigned)size);
    else asm_x_lit(&g->as, TERM_NIL);
    bool aligned = here->aligned && spec_size(spec) != BITS_SIZE_NONE && spec_size(spec) * (uint64_t)spec_unit(spec) % 8 == 0;
    struct occ *next = new_position(m, here, here->ctx);
    move_to(m, next, aligned);
    for (struct row *r = group; r; r = r->next) add_row(&tail, after_field(m, r, bits_cell(r, here), value, next));
    return out;
}

// Rows that start with bytes: compared at once if there are few, else read byte by byte so that a jump table can tell them apart.
static bool byte_by_byte(struct match *m, struct row *rows, struct cell *c)
{
    unsigned n = count_rows(m, rows, c, same_field);
    return n >= 4 || (n >= 2 && run_of_bytes(c, NULL) == 1);
}

struct row *match_bits_step(struct match *m, struct row *rows, struct cell *c, struct item **fail)
{
    if (c->o->kind != OCC_POS) return start_step(m, rows, c, fail);
    struct shape h = shape_of(c);
    switch (h.kind) {
    case SHAPE_END: return end_step(m, rows, c, fail);
    case SHAPE_REST: return rest_step(m, rows, c, fail);
    case SHAPE_BYTES:
        if (!byte_by_byte(m, rows, c)) return bytes_step(m, rows, c, fail);
        // fall through
    default: return field_step(m, rows, c, fail);
    }
}
