// SPDX-License-Identifier: Apache-2.0
// The verifier: an object's code is looked at as the interpreter would run it, without running it.
//
// Per function: the words decode and are of the kind their letters say, jumps land on instructions, indices lie in their tables; then forwards, which
// registers are written on every path (a safe point leaves only what its mask names); then, if asked, backwards, what is live, to compare masks word
// for word. It knows the instructions by ops.def's letters and the few properties below; it shares no code with the code generator, so each checks
// the other.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atom.h"
#include "bits.h"
#include "object.h"

struct set { uint64_t *w; };
struct node { uint32_t at, end; bool reached, target; };
struct check {
    struct vm *vm;
    const struct object *o;
    const struct function *fn;
    struct node *nodes; uint32_t n;
    int32_t *node_at;           // by word - fn->entry; -1: no instruction starts there
    uint64_t *in, *live;        // sets per node: written before it, live before it
    uint64_t *now, *edge;       // scratch
    uint32_t words;
    uint8_t *kinds;             // of relocated words + 1
    unsigned window;
    bool changed, failed;
    char *message; size_t size;
};

static unsigned field(uint64_t w, int k) { return (unsigned)(w >> (16 + 16 * k)) & 0xffff; }
static enum opcode op_of(const struct check *c, const struct node *i) { return (enum opcode)(c->o->code[i->at] & 0xffff); }
static bool has(const uint64_t *s, unsigned r) { return s[r >> 6] >> (r & 63) & 1; }
static void add(uint64_t *s, unsigned r) { s[r >> 6] |= 1ull << (r & 63); }
static void del(uint64_t *s, unsigned r) { s[r >> 6] &= ~(1ull << (r & 63)); }

static bool fail(struct check *c, const struct node *i, const char *what, int r)
{
    if (c->failed) return false;
    c->failed = true;
    struct atom_text t = atom_text(c->vm, c->fn->name);
    snprintf(c->message, c->size, "%s/%u: word %u (%s): %s %d", t.bytes, c->fn->arity, i ? i->at : c->fn->entry,
             i && op_of(c, i) < OP_COUNT ? op_names[op_of(c, i)] : "?", what, r);
    return false;
}

// ---- properties
static bool is_call(enum opcode op) { return op == OP_CALL || op == OP_CALLX || op == OP_CALLN || op == OP_CALLF || op == OP_CALLMF; }

static bool ends(enum opcode op)
{
    switch (op) {
    case OP_TCALL: case OP_TCALLX: case OP_TCALLN: case OP_TCALLF: case OP_TCALLMF: case OP_RET: case OP_RETK: case OP_JUMP: case OP_SWITCH:
    case OP_JTAB: case OP_RECV_NEXT: case OP_RECV_WAIT: case OP_RAISE: case OP_BADMATCH: case OP_CASE_CLAUSE: case OP_TRY_CLAUSE:
    case OP_WITH_CLAUSE: case OP_COND_CLAUSE: case OP_FUNCTION_CLAUSE: case OP_FUN_CLAUSE: case OP_HALT_PROC: return true;
    default: return false;
    }
}

static bool raises(enum opcode op)
{
    if (is_call(op) || (op >= OP_RAISE && op <= OP_FUN_CLAUSE && op != OP_TRACE)) return true;
    if (op >= OP_TCALL && op <= OP_TCALLMF) return true;
    if (op >= OP_ADD && op < OP_GCTEST) return true;
    return op == OP_HD || op == OP_TL || op == OP_ELEMENT || op == OP_ELEM || op == OP_FIELD || op == OP_MAP_PUT || op == OP_MAP_UPDATE ||
           op == OP_BS_BUILD || op == OP_RECV_WAIT_T;
}

static unsigned allocates(uint64_t w)
{
    switch ((enum opcode)(w & 0xffff)) {
    case OP_CONS: case OP_CONSK: case OP_CONSL: return 2;
    case OP_LIST: return 2 * (field(w, 1) - 1);
    case OP_TUPLE: return 1 + field(w, 1);
    case OP_CLOSURE: return 2 + field(w, 1);
    case OP_BS_START: return 4;
    default: return 0;
    }
}

// Words reserved before it may be gone after it.
static bool spends(enum opcode op)
{
    if (is_call(op) || (op >= OP_ADD && op < OP_GCTEST)) return true;
    switch (op) {
    case OP_MAP_LIT: case OP_MAP_NEW: case OP_MAP_PUT: case OP_MAP_UPDATE: case OP_BS_GET: case OP_BS_REST: case OP_BS_BUILD: case OP_RECV_PEEK:
    case OP_RECV_ACCEPT: case OP_RECV_WAIT: case OP_RECV_WAIT_T: case OP_TRACE: return true;
    default: return false;
    }
}

static bool jumps(enum opcode op)
{
    return op != OP_LOADI && op != OP_GCTEST && op != OP_CALL && op != OP_TCALL && strpbrk(op_formats[op], "jJ");
}

// Arguments read from R[from..]: their number; a local call's is its target's arity.
static bool arguments(struct check *c, const struct node *i, unsigned *from, unsigned *n)
{
    uint64_t w = c->o->code[i->at];
    enum opcode op = (enum opcode)(w & 0xffff);
    *from = is_call(op) ? field(w, 0) + 1 : 0;
    *n = 0;
    switch (op) {
    case OP_CALL: case OP_TCALL: {
        int64_t to = (int64_t)i->end + (int32_t)(w >> 32);
        for (size_t k = 0; k < c->o->nfunctions; k++)
            if (c->o->functions[k].entry == to) {
                *n = c->o->functions[k].arity;
                return true;
            }
        return fail(c, i, "calls no function", 0);
    }
    case OP_CALLX: case OP_CALLN: case OP_CALLF: case OP_CALLMF: case OP_TCALLX: case OP_TCALLN: case OP_TCALLF: case OP_TCALLMF:
        *n = field(w, 1);
        break;
    case OP_FUNCTION_CLAUSE: case OP_FUN_CLAUSE: *n = field(w, 0); break;
    default: break;
    }
    return true;
}

// ---- what an instruction touches
typedef void visitor(struct check *c, const struct node *i, unsigned r, bool write);

static void visit(struct check *c, const struct node *i, bool writes, visitor *v)
{
    const uint64_t *code = c->o->code;
    uint64_t w = code[i->at];
    enum opcode op = (enum opcode)(w & 0xffff);
    const char *f = op_formats[op];
    for (int k = 0; k < 3 && f[k] && f[k] != 'J'; k++) {
        if (f[k] == 'r' && !writes && field(w, k) != NO_REGISTER) v(c, i, field(w, k), false);
        if (f[k] == 'd' && writes) v(c, i, field(w, k), true);
    }
    if (op == OP_SWAP && writes) {
        v(c, i, field(w, 0), true);
        v(c, i, field(w, 1), true);
    }
    if (writes) {
        if (is_call(op)) v(c, i, field(w, 0), true);
        return;
    }
    if (strchr(f, 'O') || op == OP_BS_BUILD)
        for (uint32_t x = i->at + 1; x < i->end; x++)
            // MOVE2's operand may be what its first half writes.
            if (is_header(code[x]) && !c->kinds[x] && !(op == OP_MOVE2 && code[x] >> 8 == field(w, 0))) v(c, i, (unsigned)(code[x] >> 8), false);
    if (op == OP_CALLMF || op == OP_TCALLMF) v(c, i, field(w, 2) + 1, false);
    unsigned from, n;
    if (!arguments(c, i, &from, &n)) return;
    for (unsigned k = 0; k < n; k++) v(c, i, from + k, false);
}

static bool mask_of(struct check *c, const struct node *i, uint64_t *out)
{
    enum opcode op = op_of(c, i);
    const char *m = strchr(op_formats[op], 'M');
    if (!m) return false;
    uint64_t mask = c->o->code[i->end - 1];     // M is always last
    memset(out, 0, c->words * 8);
    if (!(mask & MASK_POOLED)) {
        out[0] = mask;
        return true;
    }
    uint64_t at = mask & 0xffffffffu, n;
    if (at >= c->o->nmasks || (n = c->o->masks[at]) > c->words || at + n >= c->o->nmasks) return fail(c, i, "bad mask pool index", (int)at);
    memcpy(out, &c->o->masks[at + 1], n * 8);
    return true;
}

// ---- decoding
static bool check_registers(struct check *c, const struct node *i);
static void check_register(struct check *c, const struct node *i, unsigned r, bool write)
{
    (void)write;
    if (r >= c->window) fail(c, i, "register outside the window:", (int)r);
}

static bool check_relocated(struct check *c, const struct node *i)
{
    const struct object *o = c->o;
    for (uint32_t x = i->at + 1; x < i->end; x++) {
        uint64_t limit = c->kinds[x] == RELOC_LITERAL + 1 ? o->nliterals : c->kinds[x] == RELOC_EXPORT + 1 ? o->nimports
            : c->kinds[x] == RELOC_LAMBDA + 1 ? o->nlambdas : UINT64_MAX;
        if (c->kinds[x] && o->code[x] >= limit) return fail(c, i, "index outside its table:", (int)o->code[x]);
    }
    return true;
}

// A literal or an immediate; atoms are literals, since VMs number them differently.
static bool is_term_word(const struct check *c, uint32_t x)
{
    uint64_t w = c->o->code[x];
    return c->kinds[x] ? c->kinds[x] == RELOC_LITERAL + 1 : is_small(w) || is_float_imm(w) || is_nil(w);
}

// Whether word x is what a letter says. N: a number, as in the tables of jumps.
static bool fits_letter(const struct check *c, uint32_t x, char letter)
{
    uint64_t w = c->o->code[x];
    switch (letter) {
    case 'K': return is_term_word(c, x);
    case 'O': return is_term_word(c, x) || (!c->kinds[x] && is_header(w));
    case 'X': return c->kinds[x] == RELOC_EXPORT + 1;
    case 'F': return c->kinds[x] == RELOC_LAMBDA + 1;
    case 'C': return !c->kinds[x] && !w;
    default: return !c->kinds[x];       // M, N
    }
}

// The letter of word n of the part that repeats.
static char repeated_letter(enum opcode op, uint32_t n)
{
    switch (op) {
    case OP_SWITCH: return n % 2 ? 'N' : 'K';
    case OP_JTAB: return 'N';
    case OP_BS_BUILD: return n % 3 ? 'O' : 'K';
    default: return 'O';
    }
}

static bool check_letters(struct check *c, const struct node *i)
{
    enum opcode op = op_of(c, i);
    char letters[8];
    uint32_t fixed = 0;
    for (const char *l = op_formats[op]; *l && *l != '*'; l++)
        if (strchr("KXFMC", *l) || (*l == 'O' && l[1] != '*')) letters[fixed++] = *l;
    bool good = !c->kinds[i->at];
    for (uint32_t n = 0; good && n < i->end - i->at - 1; n++)
        good = fits_letter(c, i->at + 1 + n, n < fixed ? letters[n] : repeated_letter(op, n - fixed));
    return good || fail(c, i, "has a word of the wrong kind", 0);
}

static bool is_spec(term t, bool match)
{
    return is_small(t) && spec_type(t) <= BITS_UTF32 && (!match || spec_type(t) >= BITS_UTF8 || spec_unit(t));
}

// What the interpreter takes for granted of the words of some instructions.
static bool check_operands(struct check *c, const struct node *i)
{
    const struct object *o = c->o;
    uint64_t w = o->code[i->at], first = i->at + 1 < i->end ? o->code[i->at + 1] : 0;
    term literal = i->at + 1 < i->end && c->kinds[i->at + 1] == RELOC_LITERAL + 1 ? o->literals[first] : first;
    bool good = true;
    switch ((enum opcode)(w & 0xffff)) {
    case OP_MOVE2: case OP_MULADD: case OP_MULSUB: case OP_ADDMUL: case OP_SUBMUL: good = is_header(first) && !c->kinds[i->at + 1]; break;
    case OP_CALLX: case OP_TCALLX: good = o->imports[first].arity == field(w, 1); break;
    case OP_CLOSURE: good = o->lambdas[first].captured == field(w, 1); break;
    case OP_MAP_LIT: good = is_tuple_of(literal, field(w, 1)); break;
    case OP_BS_EQ: good = is_bitstring(literal); break;
    case OP_BS_GET: case OP_BS_SKIP: good = is_spec(literal, true); break;
    case OP_BS_BUILD:
        for (uint32_t x = i->at + 1; x < i->end; x += 3) good = good && is_spec(o->code[x], false);
        break;
    case OP_IDIVI: case OP_REMI: good = field(w, 2) != 0; break;
    case OP_BS_UNIT: good = field(w, 0) != 0; break;
    case OP_LIST: good = field(w, 1) >= 2; break;
    case OP_TUPLE: good = field(w, 1) >= 1; break;
    case OP_CALLN: case OP_TCALLN: case OP_HALT_PROC: case OP_COROUTINE: good = false; break;      // the loader's and the VM's own
    default: break;
    }
    return good || fail(c, i, "has operands that it cannot work with", 0);
}

static bool decode(struct check *c)
{
    const struct function *fn = c->fn;
    const uint64_t *code = c->o->code;
    if (fn->end > c->o->ncode || fn->entry >= fn->end || (code[fn->entry] & 0xffff) != OP_ENTER) return fail(c, NULL, "no entry", 0);
    c->window = field(code[fn->entry], 0);
    c->words = (c->window + 63) / 64 + 1;
    if (field(code[fn->entry], 1) != fn->arity || fn->arity > c->window) return fail(c, NULL, "wrong arity", (int)fn->arity);
    for (uint32_t at = fn->entry; at < fn->end;) {
        if ((code[at] & 0xffff) >= OP_COUNT) return fail(c, NULL, "unknown opcode at word", (int)at);
        size_t len = op_length(&code[at]);
        if (len > fn->end - at) return fail(c, NULL, "cut off at word", (int)at);
        c->node_at[at - fn->entry] = (int32_t)c->n;
        c->nodes[c->n++] = (struct node){.at = at, .end = at + (uint32_t)len};
        at += (uint32_t)len;
    }
    for (uint32_t k = 0; k < c->n; k++)
        if (!check_relocated(c, &c->nodes[k]) || !check_letters(c, &c->nodes[k]) || !check_operands(c, &c->nodes[k]) ||
            !check_registers(c, &c->nodes[k]))
            return false;
    return true;
}

static bool check_registers(struct check *c, const struct node *i)
{
    visit(c, i, false, check_register);
    visit(c, i, true, check_register);
    return !c->failed;
}

// Index of the node at an offset from the end of i; -1: failed.
static int32_t target(struct check *c, const struct node *i, int64_t offset)
{
    int64_t at = (int64_t)i->end + offset - c->fn->entry;
    if (at < 0 || at >= c->fn->end - c->fn->entry || c->node_at[at] < 0) {
        fail(c, i, "jumps to no instruction, by", (int)offset);
        return -1;
    }
    return c->node_at[at];
}

typedef void edge_visitor(struct check *c, const struct node *i, int32_t to);

// All jumps of an instruction (not falling through, not exceptions).
static void each_jump(struct check *c, const struct node *i, edge_visitor *v)
{
    uint64_t w = c->o->code[i->at];
    enum opcode op = (enum opcode)(w & 0xffff);
    if (!jumps(op)) return;
    const char *f = op_formats[op];
    int64_t offset = f[1] == 'J' ? (int32_t)(w >> 32) : (int16_t)field(w, f[1] == 'j' ? 1 : 2);
    int32_t t = target(c, i, offset);
    if (t >= 0) v(c, i, t);
    if (op != OP_SWITCH && op != OP_JTAB) return;
    for (uint32_t x = i->at + 2; x < i->end; x += op == OP_SWITCH ? 2 : 1) {
        t = target(c, i, (int64_t)c->o->code[x]);
        if (t < 0) return;
        v(c, i, t);
    }
}

// Innermost region an instruction's exception goes to.
static const struct region *region_of(const struct check *c, const struct node *i, bool guard_first)
{
    const struct region *best = NULL, *guard = NULL;
    for (size_t k = 0; k < c->o->nregions; k++) {
        const struct region *r = &c->o->regions[k];
        if (i->at < r->start || i->at >= r->end) continue;
        if (r->kind == REGION_GUARD) guard = r;
        else best = r;
    }
    return guard_first && guard ? guard : best;
}

// ---- forwards: what has been written
static uint64_t *in_of(struct check *c, uint32_t k) { return c->in + (size_t)k * c->words; }

static void flow(struct check *c, const uint64_t *state, int32_t to)
{
    struct node *t = &c->nodes[to];
    uint64_t *in = in_of(c, (uint32_t)to);
    if (!t->reached) {
        memcpy(in, state, c->words * 8);
        t->reached = c->changed = true;
        return;
    }
    for (uint32_t w = 0; w < c->words; w++) {
        if (!(in[w] & ~state[w])) continue;
        in[w] &= state[w];
        c->changed = true;
    }
}

static void must_be_written(struct check *c, const struct node *i, unsigned r, bool write)
{
    if (!write && !has(c->now, r)) fail(c, i, "reads a register that may hold garbage:", (int)r);
}

static void is_written(struct check *c, const struct node *i, unsigned r, bool write)
{
    (void)i;
    if (write) add(c->now, r);
}

static void flow_jump(struct check *c, const struct node *i, int32_t to)
{
    (void)i;
    flow(c, c->edge, to);
}

static void keep_below(struct check *c, uint64_t *s, unsigned r)
{
    for (unsigned k = r; k < c->words * 64; k++) del(s, k);
}

static void flow_exception(struct check *c, const struct node *i)
{
    const struct region *r = raises(op_of(c, i)) ? region_of(c, i, true) : NULL;
    if (!r) return;
    if (r->target < c->fn->entry || r->target >= c->fn->end || c->node_at[r->target - c->fn->entry] < 0) {
        fail(c, i, "has no handler at", (int)r->target);
        return;
    }
    if (r->kind == REGION_TRY && r->reg + 3u > c->window) {
        fail(c, i, "has a handler whose registers lie outside the window:", r->reg);
        return;
    }
    memcpy(c->edge, c->now, c->words * 8);
    if (r->kind == REGION_TRY) {
        keep_below(c, c->edge, r->reg);
        for (unsigned k = 0; k < 3; k++) add(c->edge, r->reg + k);
    }
    flow(c, c->edge, c->node_at[r->target - c->fn->entry]);
}

static bool step(struct check *c, uint32_t k)
{
    const struct node *i = &c->nodes[k];
    enum opcode op = op_of(c, i);
    memcpy(c->now, in_of(c, k), c->words * 8);
    visit(c, i, false, must_be_written);
    if (c->failed) return false;
    uint64_t *mask = c->edge;
    if (mask_of(c, i, mask)) {
        for (uint32_t w = 0; w < c->words; w++)
            if (mask[w] & ~c->now[w]) return fail(c, i, "garbage in the live mask, registers from", (int)w * 64);
        if (is_call(op))
            for (unsigned r = field(c->o->code[i->at], 0); r < c->words * 64; r++)
                if (has(mask, r)) return fail(c, i, "live register above the base:", (int)r);
        memcpy(c->now, mask, c->words * 8);
    }
    if (c->failed) return false;
    flow_exception(c, i);
    memcpy(c->edge, c->now, c->words * 8);
    each_jump(c, i, flow_jump);     // a test that fails leaves its result unwritten
    visit(c, i, true, is_written);
    if (ends(op) || c->failed) return !c->failed;
    if (k + 1 >= c->n) return fail(c, i, "runs past the end", 0);
    flow(c, c->now, (int32_t)k + 1);
    return !c->failed;
}

static bool forwards(struct check *c)
{
    memset(c->now, 0, c->words * 8);
    for (unsigned r = 0; r < c->fn->arity; r++) add(c->now, r);
    flow(c, c->now, 0);
    do {
        c->changed = false;
        for (uint32_t k = 0; k < c->n; k++)
            if (c->nodes[k].reached && !step(c, k)) return false;
    } while (c->changed);
    return true;
}

// ---- reserved words
static void mark_target(struct check *c, const struct node *i, int32_t to)
{
    (void)i;
    c->nodes[to].target = true;
}

static bool reservations(struct check *c)
{
    for (uint32_t k = 0; k < c->n; k++) each_jump(c, &c->nodes[k], mark_target);
    int64_t left = 0;
    for (uint32_t k = 0; k < c->n; k++) {
        const struct node *i = &c->nodes[k];
        uint64_t w = c->o->code[i->at];
        enum opcode op = (enum opcode)(w & 0xffff);
        if (i->target) left = 0;
        if (op == OP_GCTEST) left = (int32_t)(w >> 32);
        else left -= allocates(w);
        if (left < 0 && i->reached) return fail(c, i, "allocates words that are not reserved:", (int)-left);
        if (ends(op) || spends(op)) left = 0;
    }
    return true;
}

// ---- backwards: what is live
static uint64_t *live_of(struct check *c, uint32_t k) { return c->live + (size_t)k * c->words; }

static void take_live(struct check *c, const struct node *i, int32_t to)
{
    (void)i;
    for (uint32_t w = 0; w < c->words; w++) c->now[w] |= live_of(c, (uint32_t)to)[w];
}

static void not_live(struct check *c, const struct node *i, unsigned r, bool write)
{
    (void)i;
    if (write) del(c->now, r);
}

static void is_live(struct check *c, const struct node *i, unsigned r, bool write)
{
    (void)i;
    if (!write) add(c->now, r);
}

static void live_before(struct check *c, uint32_t k, bool compare)
{
    const struct node *i = &c->nodes[k];
    enum opcode op = op_of(c, i);
    memset(c->now, 0, c->words * 8);
    if (!ends(op)) take_live(c, i, (int32_t)k + 1);
    if (op != OP_SWAP) visit(c, i, true, not_live);
    each_jump(c, i, take_live);
    const struct region *r = raises(op) ? region_of(c, i, true) : NULL;
    if (r) {
        memcpy(c->edge, live_of(c, (uint32_t)c->node_at[r->target - c->fn->entry]), c->words * 8);
        if (r->kind == REGION_TRY)
            for (unsigned x = 0; x < 3; x++) del(c->edge, r->reg + x);
        for (uint32_t w = 0; w < c->words; w++) c->now[w] |= c->edge[w];
    }
    if (compare && mask_of(c, i, c->edge) && memcmp(c->edge, c->now, c->words * 8)) {
        unsigned x = 0;
        while (has(c->edge, x) == has(c->now, x)) x++;
        fail(c, i, has(c->now, x) ? "live register missing in the mask:" : "dead register in the mask:", (int)x);
        return;
    }
    visit(c, i, false, is_live);
    if (!memcmp(live_of(c, k), c->now, c->words * 8)) return;
    memcpy(live_of(c, k), c->now, c->words * 8);
    c->changed = true;
}

static bool backwards(struct check *c)
{
    do {
        c->changed = false;
        for (uint32_t k = c->n; k-- > 0;)
            if (c->nodes[k].reached) live_before(c, k, false);
    } while (c->changed);
    for (uint32_t k = c->n; k-- > 0 && !c->failed;)
        if (c->nodes[k].reached) live_before(c, k, true);
    return !c->failed;
}

// ---- one function
static bool verify_function(struct check *c, bool exact)
{
    uint32_t len = c->fn->end > c->fn->entry ? c->fn->end - c->fn->entry : 0;
    c->n = 0;
    c->nodes = calloc(len + 1, sizeof *c->nodes);
    c->node_at = malloc((len + 1) * sizeof *c->node_at);
    if (!c->nodes || !c->node_at) abort();
    memset(c->node_at, 0xff, (len + 1) * sizeof *c->node_at);
    bool ok = decode(c);
    if (ok) {
        c->in = calloc((size_t)(c->n + 1) * c->words, 8);
        c->live = calloc((size_t)(c->n + 1) * c->words, 8);
        c->now = calloc(c->words, 8);
        c->edge = calloc(c->words, 8);
        if (!c->in || !c->live || !c->now || !c->edge) abort();
        ok = forwards(c) && reservations(c) && (!exact || backwards(c));
        free(c->in);
        free(c->live);
        free(c->now);
        free(c->edge);
    }
    free(c->nodes);
    free(c->node_at);
    return ok;
}

// Each word is relocated once, as one of the three kinds.
static bool note_relocations(struct check *c)
{
    for (size_t i = 0; i < c->o->nrelocs; i++) {
        const struct reloc *r = &c->o->relocs[i];
        if (r->at >= c->o->ncode || r->kind > RELOC_LAMBDA || c->kinds[r->at]) return false;
        c->kinds[r->at] = (uint8_t)(r->kind + 1);
    }
    return true;
}

// As the search for the innermost region needs it.
static bool regions_are_sorted(const struct object *o)
{
    for (size_t i = 0; i < o->nregions; i++)
        if (o->regions[i].kind > REGION_GUARD || (i && o->regions[i].start < o->regions[i - 1].start)) return false;
    return true;
}

bool object_verify(struct vm *vm, const struct object *o, bool exact, char *message, size_t size)
{
    struct check c = {.vm = vm, .o = o, .message = message, .size = size};
    c.kinds = calloc(o->ncode + 1, 1);
    if (!c.kinds) abort();
    bool ok = note_relocations(&c) && regions_are_sorted(o);
    if (!ok) snprintf(message, size, "a relocation or a region is not as it must be");
    for (size_t i = 0; i < o->nfunctions && ok; i++) {
        c.fn = &o->functions[i];
        ok = verify_function(&c, exact);
    }
    free(c.kinds);
    return ok;
}
