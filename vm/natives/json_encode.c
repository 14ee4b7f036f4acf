// SPDX-License-Identifier: Apache-2.0
// :phial_json's writing half: terms to JSON text.
//
// Invariants: nesting costs heap, never C stack. What JSON has no form for (structs, tuples, pids, other keys) is left to the caller as a
// hole in the result, so that protocols decide about it and the native never calls back.
#include <stdio.h>
#include <stdlib.h>

#include "buffer.h"
#include "native.h"

struct writing { term rest; struct map_iter *map; bool first; };  // a list walked, or a map
struct writer {
    struct process *p;
    struct buffer out;
    struct writing *stack;   size_t count, stack_capacity;
    struct list_builder pieces;
    bool holes;
    term error;
};

static void put(struct writer *w, const char *text, size_t n) { buffer_put(&w->out, text, n); }

// ---- strings

static void put_escaped(struct writer *w, uint8_t c)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt", hex[] = "0123456789ABCDEF";
    const char *found = memchr(from, c, sizeof from - 1);
    char text[6] = {'\\', found ? to[found - from] : 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    put(w, text, found ? 2 : 6);
}

static bool put_string(struct writer *w, const uint8_t *s, size_t len)
{
    put(w, "\"", 1);
    size_t from = 0, i = 0;
    while (i < len) {
        if (s[i] >= 0x20 && s[i] < 0x80 && s[i] != '"' && s[i] != '\\') {
            i++;
        } else if (s[i] < 0x80) {
            put(w, (const char *)s + from, i - from);
            put_escaped(w, s[i++]);
            from = i;
        } else {
            uint32_t c;
            int n = utf8_decode(s + i, len - i, &c);
            if (n <= 0) {
                struct process *p = w->p;
                term end = atom_from_c(p->vm, "unexpected_end"), bad = atom_from_c(p->vm, "invalid_byte");
                w->error = n == UTF8_SHORT ? end : mk_tuple2(&p->heap, bad, make_small(s[i]));
                return false;
            }
            i += (size_t)n;
        }
    }
    put(w, (const char *)s + from, len - from);
    put(w, "\"", 1);
    return true;
}

// ---- other scalars

static void put_integer(struct writer *w, term t)
{
    char text[SMALL_TEXT], *end = text + sizeof text;
    if (is_small(t)) {
        char *at = num_format_small(small_value(t), 10, end);
        put(w, at, (size_t)(end - at));
        return;
    }
    size_t len;
    char *digits = num_format(t, 10, &len);
    native_charge(w->p, len * len / 100000);
    put(w, digits, len);
    free(digits);
}

static void put_float(struct writer *w, term t)
{
    char text[40];
    put(w, text, (size_t)float_format_short(float_value(t), text));
}

static bool put_atom(struct writer *w, term atom, bool key)
{
    if (!key && atom == AM_nil) return put(w, "null", 4), true;
    struct atom_text text = atom_text(w->p->vm, atom);
    if (!key && (atom == AM_true || atom == AM_false)) return put(w, text.bytes, text.len), true;
    return put_string(w, (const uint8_t *)text.bytes, text.len);
}

// What has been written so far becomes a piece, then comes {kind, term} for the caller to replace.
static void put_hole(struct writer *w, const char *kind, term t)
{
    struct process *p = w->p;
    list_add(&w->pieces, mk_binary(&p->heap, w->out.bytes, w->out.len));
    list_add(&w->pieces, mk_tuple2(&p->heap, atom_from_c(p->vm, kind), t));
    w->out.len = 0;
    w->holes = true;
}

// ---- lists and maps

static struct writing *push(struct writer *w)
{
    if (w->count == w->stack_capacity) {
        w->stack_capacity = w->stack_capacity ? w->stack_capacity * 2 : 32;
        w->stack = realloc(w->stack, w->stack_capacity * sizeof *w->stack);
        if (!w->stack) abort();
    }
    struct writing *f = &w->stack[w->count++];
    *f = (struct writing){.rest = TERM_NIL, .first = true};
    return f;
}

static bool put_list(struct writer *w, term t)
{
    size_t n;
    if (!list_length(t, &n)) return put_hole(w, "value", t), true;
    native_charge(w->p, n / 50);
    put(w, "[", 1);
    push(w)->rest = t;
    return true;
}

static bool put_map(struct writer *w, term t)
{
    if (map_get(w->p->vm, t, AM__struct_) != TERM_NONE) return put_hole(w, "value", t), true;
    struct map_iter *it = malloc(sizeof *it);
    if (!it) abort();
    map_iter_init_up(it, t);
    put(w, "{", 1);
    push(w)->map = it;
    return true;
}

static bool put_value(struct writer *w, term t)
{
    if (is_atom(t)) return put_atom(w, t, false);
    if (is_binary(t)) {
        size_t len;
        const uint8_t *s = binary_bytes(&w->p->heap, t, &len);
        return put_string(w, s, len);
    }
    if (is_integer(t)) return put_integer(w, t), true;
    if (is_float(t)) return put_float(w, t), true;
    if (is_nil(t)) return put(w, "[]", 2), true;
    if (is_cons(t)) return put_list(w, t);
    if (is_map(t)) return put_map(w, t);
    return put_hole(w, "value", t), true;
}

static bool put_key(struct writer *w, term t)
{
    if (is_atom(t)) return put_atom(w, t, true);
    if (is_binary(t)) return put_value(w, t);
    if (!is_integer(t)) return put_hole(w, "key", t), true;
    put(w, "\"", 1);
    put_integer(w, t);
    put(w, "\"", 1);
    return true;
}

// One more item of the innermost list or map, or its end.
static bool step(struct writer *w)
{
    struct writing *f = &w->stack[w->count - 1];
    term key = TERM_NONE, value;
    bool more = f->map ? map_iter_next(f->map, &key, &value) : is_cons(f->rest);
    if (!more) {
        put(w, f->map ? "}" : "]", 1);
        free(f->map);
        w->count--;
        return true;
    }
    if (!f->first) put(w, ",", 1);
    f->first = false;
    if (!f->map) {
        value = head(f->rest);
        f->rest = tail(f->rest);
        return put_value(w, value);
    }
    if (!put_key(w, key)) return false;
    put(w, ":", 1);
    return put_value(w, value);
}

NATIVE("phial_json", "encode", 1, phial_json_encode,
       "The JSON of a term as a binary; a list of binaries and `{:value, term}` or `{:key, term}` where JSON has no form for what it holds.")
{
    struct writer w = {.p = p, .error = TERM_NONE};
    list_begin(&w.pieces, &p->heap);
    bool ok = put_value(&w, arg[0]);
    while (ok && w.count) ok = step(&w);
    term rest = mk_binary(&p->heap, w.out.bytes, w.out.len);
    native_charge(p, w.out.len / 200);
    while (w.count) free(w.stack[--w.count].map);
    free(w.stack);
    free(w.out.bytes);
    if (w.error != TERM_NONE) return raise_error(p, w.error);
    if (!w.holes) return rest;
    list_add(&w.pieces, rest);
    return list_end(&w.pieces, TERM_NIL);
}
