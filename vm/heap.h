// SPDX-License-Identifier: Apache-2.0
// Heaps: where terms are built. A heap is a bump area; when it is full the next allocation opens a fragment.
//
// Invariant (the one GC rule, law 4): heap_alloc never collects and never moves anything, so a native may hold terms in C
// variables for as long as it runs. Collection happens only at safe points the interpreter knows (gc.h);
// fragments are merged into the heap there. A heap without a process (compiler, message in flight) is only fragments.
#ifndef PHIAL_HEAP_H
#define PHIAL_HEAP_H

#include "term.h"

struct fragment {
    struct fragment *next;
    size_t capacity;        // words
    term *top;              // first free word (kept in heap.top while this is the open fragment)
    term mem[];
};

struct heap {
    term *top, *end;        // the open area: free words
    struct fragment *frags; // newest first; NULL: the open area is the process's own heap
    size_t frag_words;      // capacity of all fragments, words
    term *refbins;          // chain through TYPE_REFBIN objects, of all generations (header addresses, NULL ends)
    size_t refbin_bytes;    // off-heap bytes they keep alive; drives collection
    term *base_top;         // with fragments open: the first free word of the process's own area (what top was before the first)
};

// What is told of stretches of memory [from, to) that hold terms.
typedef void memory_visitor(void *ctx, const void *from, const void *to);

void heap_init(struct heap *h);
void heap_visit(const struct heap *h, memory_visitor *see, void *ctx);      // its fragments, as far as they are filled
// malloc for what may be large: from 32 MiB on in huge pages, where the system has them. Ends the program rather than return NULL.
void *large_alloc(size_t bytes);
enum { HUGE_PAGE = 1 << 21 };
// malloc in huge pages from the first, for what stays and is read all over.
void *huge_alloc(size_t bytes);
// From now on malloc keeps what collections give back, up to 64 MiB, for the next collection: pages that went back to the
// system would have to be cleared again. Called once what start-up maps is mapped.
void large_keep(void);

void heap_free(struct heap *h);               // frees fragments, releases refbins
term *heap_grow(struct heap *h, size_t words); // slow path of heap_alloc

// `words` fresh words. They must be filled before the next safe point. Never fails (the process dies at its heap limit at a safe point).
static inline term *heap_alloc(struct heap *h, size_t words)
{
    if ((size_t)(h->end - h->top) < words) return heap_grow(h, words);
    term *p = h->top;
    h->top += words;
    return p;
}

enum { SUB_BINARY_COPY_BITS = 24 * 8 };   // shorter parts are copied rather than keep their parent alive

// ---- constructors
static inline term mk_cons(struct heap *h, term hd, term tl)
{
    term *p = heap_alloc(h, 2);
    p[0] = hd;
    p[1] = tl;
    return make_cons_ptr(p);
}
static inline term mk_tuple2(struct heap *h, term a, term b)
{
    term *p = heap_alloc(h, 3);
    p[0] = make_header(TYPE_TUPLE, 2);
    p[1] = a;
    p[2] = b;
    return make_boxed(p);
}
static inline term mk_tuple3(struct heap *h, term a, term b, term c)
{
    term *p = heap_alloc(h, 4);
    p[0] = make_header(TYPE_TUPLE, 3);
    p[1] = a;
    p[2] = b;
    p[3] = c;
    return make_boxed(p);
}
term mk_tuple(struct heap *h, size_t n, const term *elems);
term mk_list(struct heap *h, size_t n, const term *elems, term tail);
term mk_float(struct heap *h, double d);
term mk_int(struct heap *h, int64_t v);
term mk_uint(struct heap *h, uint64_t v);
term mk_binary(struct heap *h, const void *bytes, size_t len);      // copies; heap binary or refbin by size
term mk_binary_str(struct heap *h, const char *cstr);
// A fresh binary of `len` bytes whose contents the caller fills in at once through *bytes.
term mk_binary_uninit(struct heap *h, size_t len, uint8_t **bytes);
term mk_sub_binary(struct heap *h, term bin, uint64_t bit_offset, uint64_t bit_size); // relative to bin
term mk_bitstring(struct heap *h, const uint8_t *bytes, uint64_t bit_size);
term mk_charlist(struct heap *h, const char *utf8, size_t len);

// ---- off-heap binaries, counted. Shared between processes; the count is atomic, `used` grows only by the appender.
struct refbin {
    uint32_t refs;
    size_t capacity;        // bytes
    size_t used;            // bytes written by the newest owner: a TYPE_REFBIN whose length is `used` may append in place
    uint8_t bytes[];
};
struct refbin *refbin_new(size_t capacity);
void refbin_release(struct refbin *b);
term mk_refbin(struct heap *h, struct refbin *b, uint64_t bit_size); // takes over one reference

// ---- copying between heaps (messages, literals, arenas). Literals of loaded modules are shared, not copied.
size_t term_size(struct vm *vm, term t);                 // words a copy needs
term term_copy(struct vm *vm, struct heap *to, term t);  // deep copy, iterative: depth is not limited by the C stack

// The words of a tuple that refers to nothing which would have to be copied with it, as most messages are; 0: it is none.
static inline size_t flat_words(term t)
{
    if (!is_tuple(t)) return 0;
    const term *p = boxed_ptr(t), *end = p + header_size(*p) + 1;
    for (const term *e = p + 1; e < end; e++)
        if (!is_immediate(*e)) return 0;
    return (size_t)(end - p);
}
static inline term copy_flat(term t, term *to, size_t words)
{
    const term *from = boxed_ptr(t);
    for (size_t i = 0; i < words; i++) to[i] = from[i];
    return make_boxed(to);
}
// Copies a small term breadth first to `to`: the words it took, *root is the copy. 0: it needs more than `room` words, or holds an off-heap
// binary, which its heap must know; what was written is void. Not for immediates and literals, which are not copied.
size_t copy_small(struct vm *vm, term t, term *to, size_t room, term *root);

#endif
