// SPDX-License-Identifier: Apache-2.0
// Natives: functions of the language written in C. Name, arity and doc stand beside the code:
//
//     NATIVE("erlang", "tuple_size", 1, erlang_tuple_size, "Number of elements of a tuple.")
//     {
//         if (!is_tuple(arg[0])) return raise_badarg(p, 1, "not a tuple");
//         return make_small(tuple_arity(arg[0]));
//     }
//
// Module names are atom texts as Erlang sees them: "erlang", "lists", "Elixir.Foo". The linker gathers the definitions in one section.
// Invariants: a native never calls back into the VM (law 5); it builds with heap_alloc on &p->heap, which never moves
// anything; it may charge work with native_charge(); its C recursion is bounded.
#ifndef PHIAL_NATIVE_H
#define PHIAL_NATIVE_H

#include "atom.h"
#include "heap.h"
#include "process.h"
#include "term.h"
#include "vm.h"

typedef term native_fn(struct process *p, const term *arg);

struct native {
    const char *module, *name;
    uint8_t arity;
    native_fn *fn;
    const char *doc;
    bool raiser;        // erlang:error and its like: does not show in the stack traces of what it raises
};

#if defined(__clang__)
#define NATIVE_NOASAN __attribute__((no_sanitize("address")))
#else
#define NATIVE_NOASAN
#endif

#define NATIVE_ENTRY(MOD, NAME, ARITY, FN, DOC, RAISER)                                              \
    static term FN(struct process *p, const term *arg);                                              \
    static const struct native FN##_native = {MOD, NAME, ARITY, FN, DOC, RAISER};                    \
    static const struct native *const FN##_entry NATIVE_NOASAN                                       \
        __attribute__((used, section("phial_natives"))) = &FN##_native;                              \
    static term FN(struct process *p __attribute__((unused)), const term *arg __attribute__((unused)))
#define NATIVE(MOD, NAME, ARITY, FN, DOC) NATIVE_ENTRY(MOD, NAME, ARITY, FN, DOC, false)
// As NATIVE, for functions whose purpose is to raise.
#define NATIVE_RAISER(MOD, NAME, ARITY, FN, DOC) NATIVE_ENTRY(MOD, NAME, ARITY, FN, DOC, true)

// ---- failing: each returns TERM_NONE, to be returned by the native.
// error:badarg; `position` is the 1-based offending argument (0: none known) and `why` the text of its line in Elixir's message
// ("errors were found at the given arguments:\n\n  * 1st argument: not a tuple\n"); `why` must be a string constant or NULL.
term raise_badarg(struct process *p, int position, const char *why);
term raise_error(struct process *p, term reason);                 // error:reason
term raise_class(struct process *p, term cls, term reason);       // cls: AM_error, AM_exit or AM_throw
term raise_badarith(struct process *p);                           // error:badarith
term raise_system_limit(struct process *p);
// error:exception struct, such as %ArgumentError{message: text}; printf-like.
term raise_elixir(struct process *p, const char *module, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

// Not raised: {error, enoent} and the like of an errno.
term posix_error(struct process *p, int code);

// ---- continuing in the interpreter
// The native's result becomes the result of calling fun with args / mod:fun(args). Returns TERM_TRAP.
term trap_fun(struct process *p, term fun, unsigned n, const term *args);
term trap_mfa(struct process *p, term mod, term fun, unsigned n, const term *args);

// As trap_fun (mod TERM_NONE) or trap_mfa (fun TERM_NONE) with a proper list of arguments of any length.
term trap_apply(struct process *p, term fun, term mod, term name, term args);

// Charge `n` reductions for long work (about one per 50 list elements or 1000 bytes).
static inline void native_charge(struct process *p, size_t n) { p->charge += n > 100000 ? 100000 : (int)n; }

// ---- argument helpers
bool list_length(term list, size_t *n);                           // false: improper
bool get_int64(term t, int64_t *v);                               // small, or big that fits
// Flattens iodata (bytes and binaries); false when it is not iodata. Result malloc'ed.
bool iodata_bytes(term t, uint8_t **bytes, size_t *len);
bool iodata_length(term t, size_t *len);
term iodata_binary(struct process *p, term t);                    // as one binary; TERM_NONE when it is not iodata
// Flattens chardata (code points and UTF-8 binaries, nested lists) into UTF-8; false when it is not. Result malloc'ed.
bool chardata_bytes(term t, uint8_t **bytes, size_t *len);
char *chardata_cstring(term t);     // as a C string, malloc'ed; NULL: it is none or has a NUL
// UTF-8, strictly: no surrogates, no overlong forms. Decoding returns the length, UTF8_BAD, or UTF8_SHORT when more bytes could complete it.
enum { UTF8_BAD = 0, UTF8_SHORT = -1 };
int utf8_decode(const uint8_t *s, size_t len, uint32_t *c);
size_t utf8_encode(uint32_t c, uint8_t *out);
bool utf8_valid(const uint8_t *s, size_t len);
term mk_export(struct vm *vm, struct heap *h, term module, term function, unsigned arity); // &module.function/arity
term list_append(struct process *p, term a, term b);              // a ++ b; TERM_NONE: a is improper
term list_subtract(struct process *p, term a, term b);            // a -- b; TERM_NONE: one is improper
// Builds a list front to back. Finish with list_end before anything else sees it.
struct list_builder { struct heap *heap; term first, *link; };
static inline void list_begin(struct list_builder *b, struct heap *h) { b->heap = h, b->first = TERM_NIL, b->link = &b->first; }
static inline void list_add(struct list_builder *b, term t)
{
    term *c = heap_alloc(b->heap, 2);
    c[0] = t;
    *b->link = make_cons_ptr(c);
    b->link = c + 1;
}
static inline term list_end(struct list_builder *b, term tail) { *b->link = tail; return b->first; }
// Checks a position and a length (negative: backwards) against a size in bytes. 0: fine, *at and *n are set; else which of the two is bad.
int binary_part_range(term start, term len, int64_t size, int64_t *at, int64_t *n);
static inline term mk_bool(bool b) { return b ? AM_true : AM_false; }

// ---- numbers (number.c): the slow paths of the interpreter and the natives. TERM_NONE with badarith raised on failure.
term num_add(struct process *p, term a, term b);
term num_sub(struct process *p, term a, term b);
term num_mul(struct process *p, term a, term b);
term num_div_float(struct process *p, term a, term b);            // /
term num_div(struct process *p, term a, term b);                  // div
term num_rem(struct process *p, term a, term b);                  // rem
term num_neg(struct process *p, term a);
term num_band(struct process *p, term a, term b);
term num_bor(struct process *p, term a, term b);
term num_bxor(struct process *p, term a, term b);
term num_bnot(struct process *p, term a);
term num_bsl(struct process *p, term a, term b);                  // system_limit beyond 2^31 bits
term num_bsr(struct process *p, term a, term b);
bool num_to_double(term t, double *d);                            // false: too large
term num_from_double(struct heap *h, double d);                   // truncates
int num_compare(term a, term b);                                  // exact, integers against floats by value
term num_parse(struct heap *h, const char *digits, size_t len, int base); // digits without sign or '_'; never fails
char *num_format(term integer, int base, size_t *len);            // malloc'ed; upper-case digits
#define SMALL_TEXT 64   // the longest text of a small integer: base 2 with its sign
char *num_format_small(int64_t value, int base, char *end);       // writes before `end`; where the text starts
// Shortest text that reads back as d, as OTP 25 and Elixir print it (1.0, 1.0e10, 1.0e-5 ...). Returns length; buf of 40.
int float_format_short(double d, char *buf);

// ---- maps (map.c). Keys compare exactly (1 and 1.0 differ).
term map_empty(struct heap *h);
term map_get(struct vm *vm, term map, term key);                  // TERM_NONE if absent
bool map_is_struct(struct vm *vm, term map);                      // has the name of one, an atom
term map_merge_tries(struct vm *vm, struct heap *h, term a, term b);    // of two large maps; where both have a key, that of b
term map_put(struct vm *vm, struct heap *h, term map, term key, term value);
// A small map with the values of n of its keys replaced, in one copy; later ones win. TERM_NONE: it lacks a key, or is not small.
term map_replace_all(struct vm *vm, struct heap *h, term map, size_t n, const term *keys, const term *values);
term map_remove(struct vm *vm, struct heap *h, term map, term key);
size_t map_size(term map);
// Builds from n key/value pairs; later ones win.
term map_from_pairs(struct vm *vm, struct heap *h, size_t n, const term *keys, const term *values);
// Entries in the map's fixed order: flat maps by key, hash maps in trie order. `next` state is private.
struct map_iter { term stack[20]; uint32_t index[20]; int depth; bool up; term map, pending; };
void map_iter_init(struct map_iter *it, term map);
void map_iter_init_up(struct map_iter *it, term map);              // tries from the lowest branch to the highest: maps:next, maps:fold
bool map_iter_next(struct map_iter *it, term *key, term *value);

#endif
