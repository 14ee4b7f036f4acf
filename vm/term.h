// SPDX-License-Identifier: Apache-2.0
// Terms: every value of the language is one 64-bit word, told apart by its low three bits.
//
//   000  small integer    61 bits, value << 3; tag zero, so + - < work on the words themselves
//   001  boxed            pointer to a header word followed by the object's words
//   010  cons             pointer to two words: head, tail
//   011  float            \ the double rotated left by four: the top exponent bits of common
//   100  float            / magnitudes are these tags. All other doubles are boxed (TYPE_FLOAT).
//   101  atom             index << 3
//   110  immediate        kind in bits 3..5: [], pid, reference, port, internal marks
//   111  header           first word of a boxed object; never a value
//
// Header: size in words (header excluded) << 8 | type << 3 | 7.  A raw C pointer stored inside an object
// is 8-aligned and so looks like a small integer to the collector.
// Invariant: integers that fit 61 bits are always small, floats that can be immediate always are, binaries
// up to HEAPBIN_MAX bytes are heap binaries or sub-binaries: equal immediates are equal words.
#ifndef PHIAL_TERM_H
#define PHIAL_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint64_t term;

struct vm;
struct process;
struct heap;

enum tag { TAG_SMALL = 0, TAG_BOXED = 1, TAG_CONS = 2, TAG_FLOAT_LOW = 3, TAG_FLOAT_HIGH = 4, TAG_ATOM = 5, TAG_IMM = 6, TAG_HEADER = 7 };
enum imm_kind { IMM_NIL = 0, IMM_PID = 1, IMM_REF = 2, IMM_PORT = 3, IMM_MARK = 7 };

// Boxed types. What the words after the header are is said beside each.
enum type {
    TYPE_TUPLE,     // elements
    TYPE_FLOAT,     // raw double
    TYPE_BIGPOS,    // raw limbs, least significant first, magnitude of an integer beyond 61 bits
    TYPE_BIGNEG,
    TYPE_FUN,       // struct lambda *, then the captured values
    TYPE_EXPORT,    // struct export *: &Mod.fun/arity
    TYPE_FLATMAP,   // keys tuple (sorted), then the values in that order
    TYPE_HASHMAP,   // size (small), root node
    TYPE_MAPNODE,   // bitmap (small), then children: cons [key|value], TYPE_MAPNODE or TYPE_MAPCOLLISION
    TYPE_MAPCOLLISION, // hash (small), then conses [key|value] with that same hash
    TYPE_HEAPBIN,   // raw bit length, then the bytes
    TYPE_REFBIN,    // raw: struct refbin *, bit length, next TYPE_REFBIN of this heap (owned by the collector)
    TYPE_SUBBIN,    // parent (TYPE_HEAPBIN or TYPE_REFBIN term), bit offset (small), bit length (small)
    TYPE_MATCHCTX,  // parent as above, current bit offset (small), end bit offset (small); mutable
};

#define TERM_NIL        ((term)(IMM_NIL << 3 | TAG_IMM))
#define TERM_NONE       ((term)(0 << 6 | IMM_MARK << 3 | TAG_IMM)) // no value: a native that failed returns it
#define TERM_TRAP       ((term)(1 << 6 | IMM_MARK << 3 | TAG_IMM)) // a native that continues in the interpreter returns it
#define TERM_MOVED      ((term)(2 << 6 | IMM_MARK << 3 | TAG_IMM)) // head of a cons the collector has moved; the tail points there

#define SMALL_BITS 61
#define SMALL_MAX  (((int64_t)1 << 60) - 1)
#define SMALL_MIN  (-((int64_t)1 << 60))
#define HEAPBIN_MAX 64  // bytes

static inline unsigned term_tag(term t) { return t & 7; }

// ---- integers
static inline bool is_small(term t) { return (t & 7) == TAG_SMALL; }
static inline bool both_small(term a, term b) { return ((a | b) & 7) == TAG_SMALL; }
static inline int64_t small_value(term t) { return (int64_t)t >> 3; }
static inline term make_small(int64_t v) { return (term)((uint64_t)v << 3); }
static inline bool fits_small(int64_t v) { return v >= SMALL_MIN && v <= SMALL_MAX; }

// ---- immediate floats
static inline bool is_float_imm(term t) { return ((t - TAG_FLOAT_LOW) & 6) == 0; }
static inline bool both_float_imm(term a, term b) { return (((a - TAG_FLOAT_LOW) | (b - TAG_FLOAT_LOW)) & 6) == 0; }
static inline double float_imm_value(term t)
{
    uint64_t u = t >> 4 | t << 60;
    double d;
    memcpy(&d, &u, 8);
    return d;
}
// The word for `d`; it is a term only if is_float_imm() says so.
static inline term float_imm_pack(double d)
{
    uint64_t u;
    memcpy(&u, &d, 8);
    return u << 4 | u >> 60;
}

// ---- atoms and other immediates
static inline bool is_atom(term t) { return (t & 7) == TAG_ATOM; }
static inline uint32_t atom_index(term t) { return (uint32_t)(t >> 3); }
static inline term make_atom(uint32_t index) { return (term)index << 3 | TAG_ATOM; }
static inline bool is_nil(term t) { return t == TERM_NIL; }
static inline bool imm_is(term t, enum imm_kind k) { return (t & 63) == (term)(k << 3 | TAG_IMM); }
static inline uint64_t imm_value(term t) { return t >> 6; }
static inline term make_imm(enum imm_kind k, uint64_t v) { return v << 6 | (term)k << 3 | TAG_IMM; }
static inline bool is_pid(term t) { return imm_is(t, IMM_PID); }
static inline bool is_ref(term t) { return imm_is(t, IMM_REF); }
static inline bool is_port(term t) { return imm_is(t, IMM_PORT); }
static inline bool is_immediate(term t) { return (t & 7) != TAG_BOXED && (t & 7) != TAG_CONS; }

// ---- lists
static inline bool is_cons(term t) { return ((t - TAG_CONS) & 7) == 0; }
static inline bool is_list(term t) { return is_cons(t) || is_nil(t); }
static inline term *cons_ptr(term t) { return (term *)(t - TAG_CONS); }
static inline term head(term t) { return cons_ptr(t)[0]; }
static inline term tail(term t) { return cons_ptr(t)[1]; }
static inline term make_cons_ptr(term *p) { return (term)p + TAG_CONS; }

// ---- boxed objects
static inline bool is_boxed(term t) { return ((t - TAG_BOXED) & 7) == 0; }     // the difference is the pointer
static inline term *boxed_ptr(term t) { return (term *)(t - TAG_BOXED); }
static inline term make_boxed(term *p) { return (term)p + TAG_BOXED; }
static inline term make_header(enum type type, uint64_t words) { return words << 8 | (term)type << 3 | TAG_HEADER; }
static inline bool is_header(term w) { return (w & 7) == TAG_HEADER; }
static inline enum type header_type(term h) { return (enum type)(h >> 3 & 31); }
static inline bool header_is(term h, enum type type) { return (uint8_t)h == ((unsigned)type << 3 | TAG_HEADER); }
static inline uint64_t header_size(term h) { return h >> 8; }
static inline term boxed_header(term t) { return *boxed_ptr(t); }
static inline enum type boxed_type(term t) { return header_type(*boxed_ptr(t)); }
static inline bool is_type(term t, enum type type) { return is_boxed(t) && boxed_type(t) == type; }

static inline bool is_tuple(term t) { return is_type(t, TYPE_TUPLE); }
static inline uint64_t tuple_arity(term t) { return header_size(boxed_header(t)); }
static inline term tuple_get(term t, uint64_t i) { return boxed_ptr(t)[1 + i]; } // zero-based
static inline bool is_tuple_of(term t, uint64_t n) { return is_boxed(t) && boxed_header(t) == make_header(TYPE_TUPLE, n); }

static inline bool is_big(term t) { return is_boxed(t) && (boxed_type(t) == TYPE_BIGPOS || boxed_type(t) == TYPE_BIGNEG); }
static inline bool is_integer(term t) { return is_small(t) || is_big(t); }
static inline bool is_float(term t) { return is_float_imm(t) || is_type(t, TYPE_FLOAT); }
static inline bool is_number(term t) { return is_integer(t) || is_float(t); }
static inline double float_value(term t)
{
    if (is_float_imm(t)) return float_imm_value(t);
    double d;
    memcpy(&d, boxed_ptr(t) + 1, 8);
    return d;
}
static inline bool is_map(term t) { return is_boxed(t) && (boxed_type(t) == TYPE_FLATMAP || boxed_type(t) == TYPE_HASHMAP); }
static inline bool is_fun(term t) { return is_boxed(t) && (boxed_type(t) == TYPE_FUN || boxed_type(t) == TYPE_EXPORT); }
static inline bool is_bitstring(term t)
{
    return is_boxed(t) && boxed_type(t) >= TYPE_HEAPBIN && boxed_type(t) <= TYPE_SUBBIN;
}

// ---- bits: where the bits of a bitstring lie. Valid until the next safe point.
struct bits { const uint8_t *base; uint64_t offset, size; }; // offset and size in bits
struct bits bits_of(term bitstring);
static inline bool is_binary(term t) { return is_bitstring(t) && (bits_of(t).size & 7) == 0; }
// Whole bytes: points at the first byte. If the binary does not start on a byte, copies it into the heap `h`.
const uint8_t *binary_bytes(struct heap *h, term bin, size_t *len);

// ---- order, equality, hash (term.c)
bool term_equal(term a, term b);            // ===
bool term_equal_num(term a, term b);        // ==  (1 == 1.0)
int term_compare(struct vm *vm, term a, term b);        // standard order, numbers by value: <0, 0, >0
int term_compare_exact(struct vm *vm, term a, term b);  // total order for map keys: integers before floats when equal
uint32_t term_hash(struct vm *vm, term t);  // of map keys (hash.c); depends on the value alone (law 3)
uint32_t term_phash2(struct vm *vm, term t); // erlang:phash2 before the range is applied
uint32_t term_phash(struct vm *vm, term t);  // erlang:phash likewise (vm/phash.c)
uint32_t atom_pjw(struct vm *vm, term atom);
int bits_compare(struct bits a, struct bits b);
// Stable merge sort of n terms in standard order: by the whole term, by the head of conses, or by tuple element `by` (1-based).
enum { SORT_HEAD = -1, SORT_WHOLE = 0 };
void term_sort(struct vm *vm, size_t n, term *items, int64_t by, bool exact);

// Debugging text on a FILE (dump.c).
void term_dump(struct vm *vm, void *file, term t);

static inline bool term_same(term a, term b)
{
    return a == b || (!is_immediate(a) && !is_immediate(b) && term_equal(a, b));
}

#endif
