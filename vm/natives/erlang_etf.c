// SPDX-License-Identifier: Apache-2.0
// :erlang.term_to_binary and binary_to_term: the external term format, version 131.
//
// Invariants: neither direction recurses on depth; a decoder allocates no more than a constant times the bytes it was given (`owed` sees to
// that), and nothing of a half-decoded term is reachable. Bytes equal OTP 25's for data; pids and references carry the VM's own numbers.
#include <stdlib.h>

#include "buffer.h"
#include "code.h"
#include "native.h"

enum tag_ext {
    EXT_NEW_FLOAT = 70, EXT_BIT_BINARY = 77, EXT_COMPRESSED = 80, EXT_NEW_PID = 88, EXT_NEW_PORT = 89, EXT_NEWER_REF = 90,
    EXT_SMALL_INTEGER = 97, EXT_INTEGER, EXT_FLOAT, EXT_ATOM, EXT_SMALL_TUPLE = 104, EXT_LARGE_TUPLE, EXT_NIL, EXT_STRING, EXT_LIST,
    EXT_BINARY, EXT_SMALL_BIG, EXT_LARGE_BIG, EXT_NEW_FUN, EXT_EXPORT, EXT_SMALL_ATOM = 115, EXT_MAP, EXT_ATOM_UTF8 = 118,
    EXT_SMALL_ATOM_UTF8, EXT_V4_PORT,
};
#define VERSION 131
#define NODE_NAME "nonode@nohost"

// ---- encoding

struct pending { const term *at; size_t n; struct map_iter *it; term value; };
struct encoder {
    struct vm *vm;
    struct buffer out;
    struct pending *stack;
    size_t count, stack_capacity;
};

static uint8_t *grow(struct encoder *e, size_t n) { return buffer_room(&e->out, n); }

static void put_be(struct encoder *e, uint64_t v, unsigned bytes)
{
    uint8_t *at = grow(e, bytes);
    for (unsigned i = 0; i < bytes; i++) at[i] = (uint8_t)(v >> 8 * (bytes - 1 - i));
}

static void put_tagged(struct encoder *e, enum tag_ext tag, uint64_t v, unsigned bytes)
{
    put_be(e, tag, 1);
    put_be(e, v, bytes);
}

static struct pending *push_pending(struct encoder *e, const term *at, size_t n)
{
    if (e->count == e->stack_capacity) {
        e->stack_capacity = e->stack_capacity ? e->stack_capacity * 2 : 64;
        e->stack = realloc(e->stack, e->stack_capacity * sizeof *e->stack);
        if (!e->stack) abort();
    }
    struct pending *p = &e->stack[e->count++];
    *p = (struct pending){.at = at, .n = n};
    return p;
}

static void put_latin1(struct encoder *e, struct atom_text text)
{
    put_be(e, EXT_ATOM, 1);
    size_t mark = e->out.len;
    put_be(e, 0, 2);
    for (uint32_t i = 0; i < text.len; i++) {
        uint8_t c = (uint8_t)text.bytes[i];
        if (c >= 0x80) c = (uint8_t)(c << 6 | ((uint8_t)text.bytes[++i] & 63));
        put_be(e, c, 1);
    }
    size_t n = e->out.len - mark - 2;
    e->out.bytes[mark] = (uint8_t)(n >> 8);
    e->out.bytes[mark + 1] = (uint8_t)n;
}

static void put_atom(struct encoder *e, term atom)
{
    struct atom_text text = atom_text(e->vm, atom);
    bool latin1 = true;
    for (uint32_t i = 0; i < text.len; i++) latin1 &= (uint8_t)text.bytes[i] < 0xc4;
    if (latin1) return put_latin1(e, text);
    if (text.len < 256) put_tagged(e, EXT_SMALL_ATOM_UTF8, text.len, 1);
    else put_tagged(e, EXT_ATOM_UTF8, text.len, 2);
    memcpy(grow(e, text.len), text.bytes, text.len);
}

static void put_limbs(struct encoder *e, const uint64_t *limb, size_t n, bool neg)
{
    size_t len = n * 8 - (size_t)__builtin_clzll(limb[n - 1]) / 8;
    if (len < 256) put_tagged(e, EXT_SMALL_BIG, len, 1);
    else put_tagged(e, EXT_LARGE_BIG, len, 4);
    put_be(e, neg, 1);
    uint8_t *at = grow(e, len);
    for (size_t i = 0; i < len; i++) at[i] = (uint8_t)(limb[i / 8] >> 8 * (i % 8));
}

static void put_small(struct encoder *e, int64_t v)
{
    if (v >= 0 && v < 256) return put_tagged(e, EXT_SMALL_INTEGER, (uint64_t)v, 1);
    if (v >= INT32_MIN && v <= INT32_MAX) return put_tagged(e, EXT_INTEGER, (uint32_t)v, 4);
    uint64_t magnitude = v < 0 ? -(uint64_t)v : (uint64_t)v;
    put_limbs(e, &magnitude, 1, v < 0);
}

static void put_float(struct encoder *e, double d)
{
    uint64_t u;
    memcpy(&u, &d, 8);
    put_tagged(e, EXT_NEW_FLOAT, u, 8);
}

static void put_node(struct encoder *e) { put_atom(e, atom_from_c(e->vm, NODE_NAME)); }

static void put_immediate(struct encoder *e, term t)
{
    if (is_small(t)) return put_small(e, small_value(t));
    if (is_atom(t)) return put_atom(e, t);
    if (is_float_imm(t)) return put_float(e, float_imm_value(t));
    if (is_nil(t)) return put_be(e, EXT_NIL, 1);
    uint64_t v = imm_value(t);
    put_be(e, is_pid(t) ? EXT_NEW_PID : is_ref(t) ? EXT_NEWER_REF : v >> 28 ? EXT_V4_PORT : EXT_NEW_PORT, 1);
    if (is_ref(t)) put_be(e, 2, 2);
    put_node(e);
    if (is_port(t)) return put_be(e, v, v >> 28 ? 8 : 4), put_be(e, 0, 4);
    if (is_ref(t)) put_be(e, 0, 4);
    put_be(e, v & UINT32_MAX, 4);
    put_be(e, v >> 32, 4);
    if (is_pid(t)) put_be(e, 0, 4);
}

static void put_bits(struct encoder *e, term t)
{
    struct bits b = bits_of(t);
    size_t len = (b.size + 7) / 8;
    put_tagged(e, b.size & 7 ? EXT_BIT_BINARY : EXT_BINARY, len, 4);
    if (b.size & 7) put_be(e, b.size & 7, 1);
    uint8_t *to = grow(e, len);
    const uint8_t *from = b.base + (b.offset >> 3);
    unsigned shift = b.offset & 7;
    size_t last = len ? (shift + b.size - 1) >> 3 : 0;
    if (!shift && len) memcpy(to, from, len);
    else
        for (size_t i = 0; i < len; i++) to[i] = (uint8_t)(from[i] << shift | (i + 1 <= last ? from[i + 1] >> (8 - shift) : 0));
    if (b.size & 7) to[len - 1] &= (uint8_t)(0xff00 >> (b.size & 7));
}

// Lists of bytes up to 65535 long travel as strings.
static void put_list(struct encoder *e, term t)
{
    size_t n = 0;
    bool bytes = true;
    term rest = t;
    for (; is_cons(rest); rest = tail(rest), n++) bytes = bytes && is_small(head(rest)) && head(rest) <= make_small(255);
    if (bytes && is_nil(rest) && n < 65536) {
        put_tagged(e, EXT_STRING, n, 2);
        for (uint8_t *at = grow(e, n); is_cons(t); t = tail(t)) *at++ = (uint8_t)small_value(head(t));
        return;
    }
    put_tagged(e, EXT_LIST, n, 4);
    struct pending *p = push_pending(e, NULL, 0);
    p->value = t;
}

static void put_fun(struct encoder *e, term t)
{
    const term *p = boxed_ptr(t);
    if (header_type(p[0]) == TYPE_EXPORT) {
        const struct export *x = (const struct export *)p[1];
        put_be(e, EXT_EXPORT, 1);
        put_atom(e, x->module);
        put_atom(e, x->function);
        put_small(e, x->arity);
        return;
    }
    const struct lambda *l = (const struct lambda *)p[1];
    size_t captured = header_size(p[0]) - 1;
    put_tagged(e, EXT_NEW_FUN, 0, 4);           // the size field is not filled in: no reader here uses it
    put_be(e, l->arity, 1);
    memcpy(grow(e, 16), l->module->md5, 16);
    put_be(e, (uint32_t)l->index, 4);
    put_be(e, captured, 4);
    put_atom(e, l->module->name);
    put_small(e, l->index);
    put_small(e, l->uniq);
    put_immediate(e, make_imm(IMM_PID, 0));
    if (captured) push_pending(e, p + 2, captured);
}

static void put_map(struct encoder *e, term t)
{
    put_tagged(e, EXT_MAP, map_size(t), 4);
    if (!map_size(t)) return;
    struct map_iter *it = malloc(sizeof *it);
    if (!it) abort();
    map_iter_init(it, t);
    push_pending(e, NULL, 0)->it = it;
}

static void put_boxed(struct encoder *e, term t)
{
    const term *p = boxed_ptr(t);
    size_t n = header_size(p[0]);
    switch (header_type(p[0])) {
    case TYPE_TUPLE:
        if (n < 256) put_tagged(e, EXT_SMALL_TUPLE, n, 1);
        else put_tagged(e, EXT_LARGE_TUPLE, n, 4);
        if (n) push_pending(e, p + 1, n);
        break;
    case TYPE_FLOAT: put_float(e, float_value(t)); break;
    case TYPE_BIGPOS: put_limbs(e, p + 1, n, false); break;
    case TYPE_BIGNEG: put_limbs(e, p + 1, n, true); break;
    case TYPE_FUN:
    case TYPE_EXPORT: put_fun(e, t); break;
    case TYPE_FLATMAP:
    case TYPE_HASHMAP: put_map(e, t); break;
    default: put_bits(e, t); break;
    }
}

// The next term to write; TERM_NONE at the end. A frame is a map, a range of words, or a list walked cons by cons.
static term next_pending(struct encoder *e)
{
    while (e->count) {
        struct pending *p = &e->stack[e->count - 1];
        if (p->it) {
            if (p->n) return p->n = 0, p->it->pending;
            term key, value;
            if (map_iter_next(p->it, &key, &value)) {
                p->it->pending = value;
                p->n = 1;
                return key;
            }
            free(p->it);
            e->count--;
        } else if (p->at) {
            term t = *p->at++;
            if (!--p->n) e->count--;
            return t;
        } else if (is_cons(p->value)) {
            term t = head(p->value);
            p->value = tail(p->value);
            return t;
        } else {
            term t = p->value;
            e->count--;
            return t;
        }
    }
    return TERM_NONE;
}

static uint8_t *etf_encode(struct vm *vm, term t, size_t *len)
{
    struct encoder e = {.vm = vm};
    put_be(&e, VERSION, 1);
    for (; t != TERM_NONE; t = next_pending(&e)) {
        if (is_cons(t)) put_list(&e, t);
        else if (is_boxed(t)) put_boxed(&e, t);
        else put_immediate(&e, t);
    }
    free(e.stack);
    *len = e.out.len;
    return e.out.bytes;
}

static bool encode_options(struct process *p, term options)
{
    for (; is_cons(options); options = tail(options)) {
        term o = head(options);
        if (o == AM_compressed || o == AM_deterministic || o == AM_local) continue;
        if (is_tuple_of(o, 2) && (tuple_get(o, 0) == AM_compressed || tuple_get(o, 0) == AM_minor_version) && is_small(tuple_get(o, 1))) {
            int64_t level = small_value(tuple_get(o, 1));
            if (level >= 0 && level <= (tuple_get(o, 0) == AM_compressed ? 9 : 2)) continue;
        }
        return raise_badarg(p, 2, "invalid option in list"), false;
    }
    if (!is_nil(options)) return raise_badarg(p, 2, "not a list"), false;
    return true;
}

static term encode_binary(struct process *p, term t)
{
    size_t len;
    uint8_t *bytes = etf_encode(p->vm, t, &len);
    term bin = mk_binary(&p->heap, bytes, len);
    free(bytes);
    native_charge(p, len / 1000);
    return bin;
}

NATIVE("erlang", "term_to_binary", 1, erlang_term_to_binary_1, "The term in the external term format.") { return encode_binary(p, arg[0]); }
NATIVE("erlang", "term_to_binary", 2, erlang_term_to_binary_2, "The term in the external term format; `:compressed` is accepted and ignored.")
{
    return encode_options(p, arg[1]) ? encode_binary(p, arg[0]) : TERM_NONE;
}
NATIVE("erlang", "term_to_iovec", 1, erlang_term_to_iovec_1, "Like term_to_binary, as a list of binaries.")
{
    return mk_cons(&p->heap, encode_binary(p, arg[0]), TERM_NIL);
}
NATIVE("erlang", "external_size", 1, erlang_external_size_1, "An upper bound of the size of the external form.")
{
    size_t len;
    free(etf_encode(p->vm, arg[0], &len));
    return make_small((int64_t)len);
}
NATIVE("erlang", "external_size", 2, erlang_external_size_2, "An upper bound of the size of the external form.")
{
    return encode_options(p, arg[1]) ? erlang_external_size_1(p, arg) : TERM_NONE;
}

// ---- decoding

enum slot_kind { SLOT_TERMS, SLOT_MAP, SLOT_FUN };
// Words still to be filled: `n` of them, `stride` apart. When they are, a MAP or FUN frame makes its object and stores it.
struct slots { enum slot_kind kind; term *at, *target, *words; size_t n, stride, total; struct lambda *lambda; };
struct decoder {
    struct vm *vm;
    struct heap *heap;
    const uint8_t *at, *end;
    size_t owed;                // terms that were promised and have not begun: each takes at least one byte
    bool safe, bad;
    struct slots *stack;
    size_t count, capacity;
};

static uint64_t take(struct decoder *d, unsigned bytes)
{
    if ((size_t)(d->end - d->at) < bytes) return d->bad = true, d->at = d->end, 0;
    uint64_t v = 0;
    for (unsigned i = 0; i < bytes; i++) v = v << 8 | *d->at++;
    return v;
}

static const uint8_t *take_bytes(struct decoder *d, size_t n)
{
    if ((size_t)(d->end - d->at) < n) return d->bad = true, NULL;
    const uint8_t *at = d->at;
    d->at += n;
    return at;
}

static struct slots *push_slots(struct decoder *d, enum slot_kind kind, term *at, size_t n, size_t stride)
{
    if (d->count == d->capacity) {
        d->capacity = d->capacity ? d->capacity * 2 : 64;
        d->stack = realloc(d->stack, d->capacity * sizeof *d->stack);
        if (!d->stack) abort();
    }
    struct slots *s = &d->stack[d->count++];
    *s = (struct slots){.kind = kind, .at = at, .n = n, .stride = stride};
    return s;
}

// n more terms are said to follow: a lie, if with those owed already they are more than there are bytes left.
static bool promise(struct decoder *d, size_t n)
{
    size_t left = (size_t)(d->end - d->at);
    if (n <= left && d->owed <= left - n) return d->owed += n, true;
    d->bad = true;
    return false;
}

static term take_atom_text(struct decoder *d, size_t len, bool latin1)
{
    const uint8_t *s = take_bytes(d, len);
    if (!s) return TERM_NONE;
    uint8_t utf8[ATOM_MAX_BYTES + 8];
    if (latin1) {
        size_t n = 0;
        if (len > 255) return TERM_NONE;
        for (size_t i = 0; i < len; i++) n += utf8_encode(s[i], utf8 + n);
        s = utf8;
        len = n;
    } else if (!utf8_valid(s, len)) {
        return TERM_NONE;
    }
    return d->safe ? atom_existing(d->vm, (const char *)s, len) : atom_intern(d->vm, (const char *)s, len);
}

static term take_atom(struct decoder *d, unsigned tag)
{
    switch (tag) {
    case EXT_ATOM: return take_atom_text(d, take(d, 2), true);
    case EXT_SMALL_ATOM: return take_atom_text(d, take(d, 1), true);
    case EXT_ATOM_UTF8: return take_atom_text(d, take(d, 2), false);
    case EXT_SMALL_ATOM_UTF8: return take_atom_text(d, take(d, 1), false);
    default: return TERM_NONE;
    }
}

static term take_big(struct decoder *d, size_t len)
{
    bool neg = take(d, 1) != 0;
    const uint8_t *s = take_bytes(d, len);
    if (!s) return TERM_NONE;
    while (len && !s[len - 1]) len--;
    size_t n = (len + 7) / 8;
    if (n <= 1) {
        uint64_t v = 0;
        for (size_t i = 0; i < len; i++) v |= (uint64_t)s[i] << 8 * i;
        if (v <= (uint64_t)SMALL_MAX + neg) return make_small(neg ? -(int64_t)v : (int64_t)v);
    }
    term *obj = heap_alloc(d->heap, n + 1);
    obj[0] = make_header(neg ? TYPE_BIGNEG : TYPE_BIGPOS, n);
    memset(obj + 1, 0, n * sizeof(term));
    for (size_t i = 0; i < len; i++) obj[1 + i / 8] |= (uint64_t)s[i] << 8 * (i % 8);
    return make_boxed(obj);
}

static term take_float(struct decoder *d, unsigned tag)
{
    double v;
    if (tag == EXT_FLOAT) {
        char text[32] = "";
        const uint8_t *s = take_bytes(d, 31);
        if (!s) return TERM_NONE;
        memcpy(text, s, 31);
        v = strtod(text, NULL);
    } else {
        uint64_t u = take(d, 8);
        memcpy(&v, &u, 8);
    }
    return __builtin_isfinite(v) ? mk_float(d->heap, v) : TERM_NONE;
}

static term take_bits(struct decoder *d, unsigned tag)
{
    size_t len = take(d, 4), spare = tag == EXT_BIT_BINARY ? take(d, 1) : 8;
    const uint8_t *s = take_bytes(d, len);
    if (!s || spare > 8 || (spare == 0 && len)) return TERM_NONE;
    return len ? mk_bitstring(d->heap, s, (uint64_t)(len - 1) * 8 + spare) : mk_binary(d->heap, s, 0);
}

static term take_identity(struct decoder *d, unsigned tag)
{
    size_t words = tag == EXT_NEWER_REF ? take(d, 2) : 0;
    if (take_atom(d, (unsigned)take(d, 1)) == TERM_NONE) return TERM_NONE;
    if (tag == EXT_NEWER_REF) {
        take(d, 4);
        uint64_t v = 0;
        for (size_t i = 0; i < words && i < 8; i++) v |= i < 2 ? take(d, 4) << 32 * i : (take(d, 4), 0);
        return words <= 8 ? make_imm(IMM_REF, v) : TERM_NONE;
    }
    if (tag == EXT_V4_PORT) {
        uint64_t v = take(d, 8);
        return take(d, 4), make_imm(IMM_PORT, v);
    }
    if (tag == EXT_NEW_PORT) {
        uint64_t v = take(d, 4);
        return take(d, 4), make_imm(IMM_PORT, v);
    }
    uint64_t low = take(d, 4), high = take(d, 4);
    take(d, 4);
    return make_imm(IMM_PID, high << 32 | low);
}

static term take_string(struct decoder *d)
{
    size_t n = take(d, 2);
    const uint8_t *s = take_bytes(d, n);
    if (!s || !n) return TERM_NIL;
    term *p = heap_alloc(d->heap, 2 * n);
    for (size_t i = 0; i < n; i++) {
        p[2 * i] = make_small(s[i]);
        p[2 * i + 1] = i + 1 < n ? make_cons_ptr(p + 2 * i + 2) : TERM_NIL;
    }
    return make_cons_ptr(p);
}

static term take_list(struct decoder *d)
{
    size_t n = take(d, 4);
    if (!n) return take(d, 1) == EXT_NIL ? TERM_NIL : TERM_NONE;
    if (!promise(d, n + 1)) return TERM_NONE;
    term *p = heap_alloc(d->heap, 2 * n);
    for (size_t i = 0; i + 1 < n; i++) p[2 * i + 1] = make_cons_ptr(p + 2 * i + 2);
    push_slots(d, SLOT_TERMS, p + 2 * n - 1, 1, 1);
    push_slots(d, SLOT_TERMS, p, n, 2);
    return make_cons_ptr(p);
}

static term take_tuple(struct decoder *d, size_t n)
{
    if (!promise(d, n)) return TERM_NONE;
    term *p = heap_alloc(d->heap, n + 1);
    p[0] = make_header(TYPE_TUPLE, n);
    if (n) push_slots(d, SLOT_TERMS, p + 1, n, 1);
    return make_boxed(p);
}

// Its object is made when all the words are there; until then the target holds a placeholder.
static term take_later(struct decoder *d, enum slot_kind kind, size_t n, term *target, struct lambda *lambda)
{
    if (!promise(d, n)) return TERM_NONE;
    term *words = malloc((n + 1) * sizeof *words);
    if (!words) abort();
    struct slots *s = push_slots(d, kind, words, n, 1);
    s->words = words;
    s->total = n;
    s->target = target;
    s->lambda = lambda;
    return TERM_NIL;
}

static term take_export(struct decoder *d)
{
    term module = take_atom(d, (unsigned)take(d, 1));
    term function = module == TERM_NONE ? TERM_NONE : take_atom(d, (unsigned)take(d, 1));
    if (function == TERM_NONE || take(d, 1) != EXT_SMALL_INTEGER) return TERM_NONE;
    unsigned arity = (unsigned)take(d, 1);
    if (d->safe && !code_find_export(d->vm, module, function, arity)) return TERM_NONE;
    return mk_export(d->vm, d->heap, module, function, arity);
}

static int64_t take_integer(struct decoder *d)
{
    unsigned tag = (unsigned)take(d, 1);
    if (tag == EXT_SMALL_INTEGER) return (int64_t)take(d, 1);
    if (tag == EXT_INTEGER) return (int32_t)take(d, 4);
    term t = tag == EXT_SMALL_BIG ? take_big(d, take(d, 1)) : TERM_NONE;
    if (!is_small(t)) return d->bad = true, 0;
    return small_value(t);
}

static term take_fun(struct decoder *d, term *target)
{
    take(d, 4);
    take(d, 1);
    take_bytes(d, 16);
    int index = (int)(int32_t)take(d, 4);
    size_t captured = take(d, 4);
    term module = take_atom(d, (unsigned)take(d, 1));
    take_integer(d);
    uint32_t uniq = (uint32_t)take_integer(d);
    if (d->bad || module == TERM_NONE || take(d, 1) != EXT_NEW_PID || take_identity(d, EXT_NEW_PID) == TERM_NONE) return TERM_NONE;
    struct module *m = code_module(d->vm, module);
    for (size_t i = 0; m && i < m->nlambdas; i++)
        if (m->lambdas[i].index == index && m->lambdas[i].uniq == uniq && m->lambdas[i].captured == captured)
            return take_later(d, SLOT_FUN, captured, target, &m->lambdas[i]);
    return TERM_NONE;
}

static term take_term(struct decoder *d, term *target)
{
    unsigned tag = (unsigned)take(d, 1);
    if (d->bad) return TERM_NONE;
    switch (tag) {
    case EXT_SMALL_INTEGER: return make_small((int64_t)take(d, 1));
    case EXT_INTEGER: return make_small((int32_t)take(d, 4));
    case EXT_FLOAT:
    case EXT_NEW_FLOAT: return take_float(d, tag);
    case EXT_ATOM:
    case EXT_SMALL_ATOM:
    case EXT_ATOM_UTF8:
    case EXT_SMALL_ATOM_UTF8: return take_atom(d, tag);
    case EXT_NIL: return TERM_NIL;
    case EXT_STRING: return take_string(d);
    case EXT_LIST: return take_list(d);
    case EXT_SMALL_TUPLE: return take_tuple(d, take(d, 1));
    case EXT_LARGE_TUPLE: return take_tuple(d, take(d, 4));
    case EXT_MAP: return take_later(d, SLOT_MAP, 2 * take(d, 4), target, NULL);
    case EXT_BINARY:
    case EXT_BIT_BINARY: return take_bits(d, tag);
    case EXT_SMALL_BIG: return take_big(d, take(d, 1));
    case EXT_LARGE_BIG: return take_big(d, take(d, 4));
    case EXT_NEW_PID:
    case EXT_NEWER_REF:
    case EXT_NEW_PORT:
    case EXT_V4_PORT: return take_identity(d, tag);
    case EXT_EXPORT: return take_export(d);
    case EXT_NEW_FUN: return take_fun(d, target);
    default: return TERM_NONE;
    }
}

// All words of the innermost frame are filled.
static bool close_slots(struct decoder *d)
{
    struct slots s = d->stack[--d->count];
    if (s.kind == SLOT_TERMS) return true;
    if (s.kind == SLOT_FUN) {
        term *p = heap_alloc(d->heap, s.total + 2);
        p[0] = make_header(TYPE_FUN, s.total + 1);
        p[1] = (term)s.lambda;
        memcpy(p + 2, s.words, s.total * sizeof(term));
        *s.target = make_boxed(p);
        free(s.words);
        return true;
    }
    size_t n = s.total / 2;
    term *keys = malloc((2 * n + 1) * sizeof *keys), *values = keys + n;
    if (!keys) abort();
    for (size_t i = 0; i < n; i++) {
        keys[i] = s.words[2 * i];
        values[i] = s.words[2 * i + 1];
    }
    *s.target = map_from_pairs(d->vm, d->heap, n, keys, values);
    free(keys);
    free(s.words);
    return map_size(*s.target) == n;
}

// The term at `bytes`, or TERM_NONE; *used counts the bytes taken.
static term etf_decode(struct vm *vm, struct heap *heap, const uint8_t *bytes, size_t len, bool safe, size_t *used)
{
    struct decoder d = {.vm = vm, .heap = heap, .at = bytes, .end = bytes + len, .safe = safe};
    term result = TERM_NONE;
    bool good = take(&d, 1) == VERSION;
    term *target = &result;
    while (good) {
        term t = take_term(&d, target);
        good = !d.bad && t != TERM_NONE;
        if (!good) break;
        *target = t;
        while (good && d.count && !d.stack[d.count - 1].n) good = close_slots(&d);
        if (!d.count) break;
        struct slots *s = &d.stack[d.count - 1];
        target = s->at;
        s->at += s->stride;
        s->n--;
        d.owed--;
    }
    while (d.count) free(d.stack[--d.count].words);
    free(d.stack);
    *used = (size_t)(d.at - bytes);
    return good ? result : TERM_NONE;
}

static term decode_binary(struct process *p, term bin, bool safe, bool used)
{
    if (!is_binary(bin)) return raise_badarg(p, 1, "not a binary");
    size_t len, taken;
    const uint8_t *bytes = binary_bytes(&p->heap, bin, &len);
    native_charge(p, len / 1000);
    term t = etf_decode(p->vm, &p->heap, bytes, len, safe, &taken);
    if (t == TERM_NONE)
        return raise_badarg(p, 1, safe ? "invalid or unsafe external representation of a term" : "invalid external representation of a term");
    return used ? mk_tuple2(&p->heap, t, make_small((int64_t)taken)) : t;
}

NATIVE("erlang", "binary_to_term", 1, erlang_binary_to_term_1, "The term that a binary in the external term format stands for.")
{
    return decode_binary(p, arg[0], false, false);
}
NATIVE("erlang", "binary_to_term", 2, erlang_binary_to_term_2, "Like binary_to_term/1; options `:safe` (no new atoms) and `:used`.")
{
    bool safe = false, used = false;
    term o = arg[1];
    for (; is_cons(o); o = tail(o)) {
        if (head(o) == AM_safe) safe = true;
        else if (head(o) == AM_used) used = true;
        else return raise_badarg(p, 2, "invalid option in list");
    }
    if (!is_nil(o)) return raise_badarg(p, 2, "not a list");
    return decode_binary(p, arg[0], safe, used);
}
