// SPDX-License-Identifier: Apache-2.0
// What natives share: failing, continuing in the interpreter, flattening lists of bytes and characters.
//
// Invariant: a raise_ function sets every field of p->raised, so nothing of an earlier error shows through. Flattening walks
// keep their own stack of tails: depth is bounded by memory alone.
#define _GNU_SOURCE
#include "native.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"
#include "code.h"

static void *checked(void *p)
{
    if (p) return p;
    fprintf(stderr, "phial: out of memory in a native\n");
    abort();
}

// ---- failing

static term raise_full(struct process *p, term cls, term reason, int position, const char *why)
{
    p->raised.cls = cls;
    p->raised.reason = reason;
    p->raised.trace = TERM_NIL;      // the interpreter captures it
    p->raised.bad_position = position;
    p->raised.why = why;
    return TERM_NONE;
}

term raise_badarg(struct process *p, int position, const char *why) { return raise_full(p, AM_error, AM_badarg, position, why); }
term raise_error(struct process *p, term reason) { return raise_full(p, AM_error, reason, 0, NULL); }
term raise_class(struct process *p, term cls, term reason) { return raise_full(p, cls, reason, 0, NULL); }
term raise_badarith(struct process *p) { return raise_error(p, AM_badarith); }
term raise_system_limit(struct process *p) { return raise_error(p, AM_system_limit); }

term raise_elixir(struct process *p, const char *module, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = NULL;
    int len = vasprintf(&text, fmt, args);
    va_end(args);
    checked(len < 0 ? NULL : text);
    term keys[3] = {AM__struct_, AM__exception_, AM_message};
    term values[3] = {atom_from_c(p->vm, module), AM_true, mk_binary(&p->heap, text, (size_t)len)};
    free(text);
    return raise_error(p, map_from_pairs(p->vm, &p->heap, 3, keys, values));
}

term posix_error(struct process *p, int code)
{
    char text[32] = "unknown";
    const char *name = strerrorname_np(code);
    for (size_t i = 0; name && i < sizeof text - 1 && (text[i] = (char)tolower((unsigned char)name[i])); i++) text[i + 1] = 0;
    return mk_tuple2(&p->heap, AM_error, atom_from_c(p->vm, text));
}

// ---- continuing in the interpreter

static struct trap *trap_of(struct process *p, unsigned n, const term *args)
{
    if (!p->trap) p->trap = checked(calloc(1, sizeof *p->trap));
    if (n > sizeof p->trap->args / sizeof *args) {
        fprintf(stderr, "phial: a native continued with %u arguments\n", n);
        abort();
    }
    p->trap->arity = n;
    for (unsigned i = 0; i < n; i++) p->trap->args[i] = args[i];
    return p->trap;
}

term trap_fun(struct process *p, term fun, unsigned n, const term *args)
{
    struct trap *t = trap_of(p, n, args);
    t->fun = fun;
    t->mod = t->name = TERM_NONE;
    return TERM_TRAP;
}

term trap_mfa(struct process *p, term mod, term fun, unsigned n, const term *args)
{
    struct trap *t = trap_of(p, n, args);
    t->fun = TERM_NONE;
    t->mod = mod;
    t->name = fun;
    return TERM_TRAP;
}

// ---- arguments

bool list_length(term list, size_t *n)
{
    size_t count = 0;
    for (; is_cons(list); list = tail(list)) count++;
    *n = count;
    return is_nil(list);
}

bool get_int64(term t, int64_t *v)
{
    if (is_small(t)) return *v = small_value(t), true;
    if (!is_big(t) || header_size(boxed_header(t)) != 1) return false;
    uint64_t limb = boxed_ptr(t)[1];
    bool neg = boxed_type(t) == TYPE_BIGNEG;
    if (limb > (uint64_t)INT64_MAX + neg) return false;
    *v = neg ? (int64_t)-limb : (int64_t)limb;
    return true;
}

term mk_export(struct vm *vm, struct heap *h, term module, term function, unsigned arity)
{
    term *obj = heap_alloc(h, 2);
    obj[0] = make_header(TYPE_EXPORT, 1);
    obj[1] = (term)code_export(vm, module, function, arity);
    return make_boxed(obj);
}

// ---- flattening

struct tails { term *items; size_t count, capacity; };

static void push_tail(struct tails *s, term t)
{
    if (is_nil(t)) return;
    if (s->count == s->capacity) {
        s->capacity = s->capacity ? s->capacity * 2 : 32;
        s->items = checked(realloc(s->items, s->capacity * sizeof *s->items));
    }
    s->items[s->count++] = t;
}

enum flatten { TO_BYTES, TO_UTF8, TO_LENGTH };      // the last counts bytes only

static bool append_binary(struct buffer *b, term t, enum flatten how)
{
    struct bits bits = bits_of(t);
    size_t len = bits.size >> 3;
    if (bits.size & 7) return false;
    if (!len) return true;
    if (how == TO_LENGTH) return b->len += len, true;
    uint8_t *to = buffer_room(b, len);
    const uint8_t *from = bits.base + (bits.offset >> 3);
    unsigned shift = bits.offset & 7;
    if (!shift) memcpy(to, from, len);
    else
        for (size_t i = 0; i < len; i++) to[i] = (uint8_t)(from[i] << shift | from[i + 1] >> (8 - shift));
    return how == TO_BYTES || utf8_valid(to, len);
}

// The integers that *l begins with; *l is left at the rest.
static bool append_integers(struct buffer *b, term *l, enum flatten how)
{
    for (; is_cons(*l) && is_small(head(*l)); *l = tail(*l)) {
        int64_t v = small_value(head(*l));
        if (v < 0 || v > (how == TO_UTF8 ? 0x10ffff : 255) || (v >= 0xd800 && v <= 0xdfff)) return false;
        if (how == TO_LENGTH) {
            b->len++;
            continue;
        }
        if (b->capacity - b->len < 4) {
            buffer_room(b, 4);
            b->len -= 4;
        }
        if (v < 0x80 || how == TO_BYTES) b->bytes[b->len++] = (uint8_t)v;
        else b->len += utf8_encode((uint32_t)v, b->bytes + b->len);
    }
    return true;
}

// In bytes mode a list may end in a binary, but not in an integer.
static bool flatten(term t, enum flatten how, struct buffer *b)
{
    struct tails s = {0};
    bool good = is_list(t) || is_bitstring(t);
    push_tail(&s, t);
    while (good && s.count) {
        t = s.items[--s.count];
        while (is_cons(t) && good) {
            if (is_small(head(t))) {        // the common case: no push
                good = append_integers(b, &t, how);
            } else {
                push_tail(&s, tail(t));
                t = head(t);
            }
        }
        if (good) good = is_bitstring(t) ? append_binary(b, t, how) : is_nil(t);
    }
    free(s.items);
    return good;
}

static bool flatten_to(term t, enum flatten how, uint8_t **bytes, size_t *len)
{
    struct buffer b = {0};
    if (!flatten(t, how, &b)) {
        free(b.bytes);
        return false;
    }
    *bytes = b.bytes ? b.bytes : checked(malloc(1));
    *len = b.len;
    return true;
}

bool iodata_bytes(term t, uint8_t **bytes, size_t *len) { return flatten_to(t, TO_BYTES, bytes, len); }
bool chardata_bytes(term t, uint8_t **bytes, size_t *len) { return flatten_to(t, TO_UTF8, bytes, len); }

bool iodata_length(term t, size_t *len)
{
    struct buffer b = {0};
    bool good = flatten(t, TO_LENGTH, &b);
    *len = b.len;
    return good;
}

term iodata_binary(struct process *p, term t)
{
    uint8_t *bytes;
    size_t len;
    if (!iodata_bytes(t, &bytes, &len)) return TERM_NONE;
    term bin = mk_binary(&p->heap, bytes, len);
    free(bytes);
    native_charge(p, len / 500);
    return bin;
}

char *chardata_cstring(term t)
{
    uint8_t *bytes;
    size_t len;
    if ((!is_list(t) && !is_binary(t)) || !chardata_bytes(t, &bytes, &len)) return NULL;
    char *s = memchr(bytes, 0, len) ? NULL : malloc(len + 1);
    if (s) {
        memcpy(s, bytes, len);
        s[len] = 0;
    }
    free(bytes);
    return s;
}

// ---- UTF-8

size_t utf8_encode(uint32_t c, uint8_t *out)
{
    if (c < 0x80) return out[0] = (uint8_t)c, 1;
    if (c < 0x800) {
        out[0] = (uint8_t)(0xc0 | c >> 6);
        out[1] = (uint8_t)(0x80 | (c & 63));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (uint8_t)(0xe0 | c >> 12);
        out[1] = (uint8_t)(0x80 | (c >> 6 & 63));
        out[2] = (uint8_t)(0x80 | (c & 63));
        return 3;
    }
    out[0] = (uint8_t)(0xf0 | c >> 18);
    out[1] = (uint8_t)(0x80 | (c >> 12 & 63));
    out[2] = (uint8_t)(0x80 | (c >> 6 & 63));
    out[3] = (uint8_t)(0x80 | (c & 63));
    return 4;
}

int utf8_decode(const uint8_t *s, size_t len, uint32_t *c)
{
    if (!len) return UTF8_SHORT;
    uint8_t b = s[0];
    if (b < 0x80) return *c = b, 1;
    if (b < 0xc2 || b > 0xf4) return UTF8_BAD;
    int n = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
    uint32_t v = b & (0xffu >> (n + 1));
    for (int i = 1; i < n; i++) {
        if ((size_t)i >= len) return UTF8_SHORT;
        if ((s[i] & 0xc0) != 0x80) return UTF8_BAD;
        if (i == 1 && ((b == 0xe0 && s[1] < 0xa0) || (b == 0xed && s[1] > 0x9f) || (b == 0xf0 && s[1] < 0x90) || (b == 0xf4 && s[1] > 0x8f)))
            return UTF8_BAD;
        v = v << 6 | (s[i] & 63);
    }
    *c = v;
    return n;
}

bool utf8_valid(const uint8_t *s, size_t len)
{
    size_t i = 0;
    while (i < len) {
        uint64_t eight;
        if (len - i >= 8 && (memcpy(&eight, s + i, 8), !(eight & 0x8080808080808080u))) {
            i += 8;
            continue;
        }
        uint32_t c;
        int n = utf8_decode(s + i, len - i, &c);
        if (n <= 0) return false;
        i += (size_t)n;
    }
    return true;
}
