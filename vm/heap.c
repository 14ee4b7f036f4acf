// SPDX-License-Identifier: Apache-2.0
// Heaps: fragments, constructors of terms, off-heap binaries, copying between heaps.
//
// Invariants: heap_alloc never moves an object; a heap's refbin chain holds every TYPE_REFBIN object built in it, each
// owning one reference. When the first fragment opens, the free pointer of the process's own area is kept in heap.base_top.
#include "heap.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "vm.h"

#define FRAGMENT_MIN_MESSAGE 14     // words: a heap that is only fragments starts small
#define FRAGMENT_MIN_PROCESS 128
#define FRAGMENT_MAX_GROWTH (1u << 17)

static void *checked_malloc(size_t bytes)
{
    void *p = malloc(bytes ? bytes : 1);
    if (!p) {
        fprintf(stderr, "phial: out of memory (%zu bytes wanted)\n", bytes);
        abort();
    }
    return p;
}

void *huge_alloc(size_t bytes)
{
    size_t whole = (bytes + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1);
    void *p = aligned_alloc(HUGE_PAGE, whole);
    if (!p) return checked_malloc(bytes);
    madvise(p, whole, MADV_HUGEPAGE);       // a refusal costs speed only
    return p;
}

void *large_alloc(size_t bytes) { return bytes < 16 * HUGE_PAGE ? checked_malloc(bytes) : huge_alloc(bytes); }

void large_keep(void)
{
    enum { MIB = 1 << 20 };
    mallopt(M_MMAP_THRESHOLD, 32 * MIB);
    mallopt(M_TRIM_THRESHOLD, 64 * MIB);
}

// ---- fragments

void heap_init(struct heap *h) { memset(h, 0, sizeof *h); }

static void release_refbins(struct heap *h)
{
    for (term *p = h->refbins; p; p = (term *)p[3]) refbin_release((struct refbin *)p[1]);
    h->refbins = NULL;
    h->refbin_bytes = 0;
}

void heap_free(struct heap *h)
{
    release_refbins(h);
    struct fragment *f = h->frags;
    while (f) {
        struct fragment *next = f->next;
        free(f);
        f = next;
    }
    heap_init(h);
}

void heap_visit(const struct heap *h, memory_visitor *see, void *ctx)
{
    const term *top = h->top;
    for (const struct fragment *f = h->frags; f; f = f->next, top = f ? f->top : NULL) see(ctx, f->mem, top);
}

term *heap_grow(struct heap *h, size_t words)
{
    size_t least = h->end || h->base_top ? FRAGMENT_MIN_PROCESS : FRAGMENT_MIN_MESSAGE;
    size_t capacity = h->frag_words < FRAGMENT_MAX_GROWTH ? h->frag_words : FRAGMENT_MAX_GROWTH;
    if (capacity < least) capacity = least;
    if (capacity < words) capacity = words;
    struct fragment *f = checked_malloc(sizeof *f + capacity * sizeof(term));
    if (h->frags) h->frags->top = h->top;
    else h->base_top = h->top;
    f->next = h->frags;
    f->capacity = capacity;
    f->top = f->mem;
    h->frags = f;
    h->frag_words += capacity;
    h->top = f->mem + words;
    h->end = f->mem + capacity;
    return f->mem;
}

// ---- constructors

term mk_tuple(struct heap *h, size_t n, const term *elems)
{
    term *p = heap_alloc(h, n + 1);
    p[0] = make_header(TYPE_TUPLE, n);
    if (n) memcpy(p + 1, elems, n * sizeof(term));
    return make_boxed(p);
}

term mk_list(struct heap *h, size_t n, const term *elems, term tail)
{
    if (!n) return tail;
    term *p = heap_alloc(h, 2 * n);
    for (size_t i = 0; i < n; i++) {
        p[2 * i] = elems[i];
        p[2 * i + 1] = i + 1 < n ? make_cons_ptr(p + 2 * i + 2) : tail;
    }
    return make_cons_ptr(p);
}

term mk_float(struct heap *h, double d)
{
    term t = float_imm_pack(d);
    if (is_float_imm(t)) return t;
    term *p = heap_alloc(h, 2);
    p[0] = make_header(TYPE_FLOAT, 1);
    memcpy(p + 1, &d, 8);
    return make_boxed(p);
}

term mk_int(struct heap *h, int64_t v)
{
    if (fits_small(v)) return make_small(v);
    term *p = heap_alloc(h, 2);
    p[0] = make_header(v < 0 ? TYPE_BIGNEG : TYPE_BIGPOS, 1);
    p[1] = v < 0 ? -(uint64_t)v : (uint64_t)v;
    return make_boxed(p);
}

term mk_uint(struct heap *h, uint64_t v)
{
    if (v <= (uint64_t)SMALL_MAX) return make_small((int64_t)v);
    term *p = heap_alloc(h, 2);
    p[0] = make_header(TYPE_BIGPOS, 1);
    p[1] = v;
    return make_boxed(p);
}

static term heapbin_uninit(struct heap *h, uint64_t bit_size, uint8_t **bytes)
{
    size_t words = (bit_size + 63) / 64;
    term *p = heap_alloc(h, 2 + words);
    p[0] = make_header(TYPE_HEAPBIN, 1 + words);
    p[1] = bit_size;
    if (words) p[1 + words] = 0;
    *bytes = (uint8_t *)(p + 2);
    return make_boxed(p);
}

term mk_binary_uninit(struct heap *h, size_t len, uint8_t **bytes)
{
    if (len <= HEAPBIN_MAX) return heapbin_uninit(h, (uint64_t)len * 8, bytes);
    struct refbin *b = refbin_new(len);
    b->used = len;
    *bytes = b->bytes;
    return mk_refbin(h, b, (uint64_t)len * 8);
}

term mk_binary(struct heap *h, const void *bytes, size_t len)
{
    uint8_t *to;
    term t = mk_binary_uninit(h, len, &to);
    if (len) memcpy(to, bytes, len);
    return t;
}

term mk_binary_str(struct heap *h, const char *cstr) { return mk_binary(h, cstr, strlen(cstr)); }

// Copies `size` bits from bit `offset` of `from` to the start of `to`; the last byte's spare bits become zero.
static void copy_bits(uint8_t *to, const uint8_t *from, uint64_t offset, uint64_t size)
{
    from += offset >> 3;
    unsigned shift = offset & 7;
    size_t bytes = (size + 7) >> 3;
    if (!bytes) return;
    if (!shift) {
        memcpy(to, from, bytes);
    } else {
        size_t last = (shift + size - 1) >> 3;  // last source byte that is read
        for (size_t i = 0; i < bytes; i++)
            to[i] = (uint8_t)(from[i] << shift | (i + 1 <= last ? from[i + 1] >> (8 - shift) : 0));
    }
    if (size & 7) to[bytes - 1] &= (uint8_t)(0xff00 >> (size & 7));
}

static term bitstring_at(struct heap *h, const uint8_t *base, uint64_t offset, uint64_t size)
{
    uint8_t *to;
    if (size <= HEAPBIN_MAX * 8) {
        term t = heapbin_uninit(h, size, &to);
        copy_bits(to, base, offset, size);
        return t;
    }
    size_t bytes = (size + 7) >> 3;
    struct refbin *b = refbin_new(bytes);
    b->used = bytes;
    copy_bits(b->bytes, base, offset, size);
    return mk_refbin(h, b, size);
}

term mk_bitstring(struct heap *h, const uint8_t *bytes, uint64_t bit_size) { return bitstring_at(h, bytes, 0, bit_size); }

term mk_sub_binary(struct heap *h, term bin, uint64_t bit_offset, uint64_t bit_size)
{
    struct bits b = bits_of(bin);
    if (bit_size <= SUB_BINARY_COPY_BITS) {
        if (!bit_offset && bit_size == b.size && boxed_type(bin) == TYPE_HEAPBIN) return bin;
        return bitstring_at(h, b.base, b.offset + bit_offset, bit_size);
    }
    enum type type = boxed_type(bin);
    if (!bit_offset && bit_size == b.size && type != TYPE_MATCHCTX) return bin;
    term parent = type == TYPE_SUBBIN || type == TYPE_MATCHCTX ? boxed_ptr(bin)[1] : bin;
    term *p = heap_alloc(h, 4);
    p[0] = make_header(TYPE_SUBBIN, 3);
    p[1] = parent;
    p[2] = make_small((int64_t)(b.offset + bit_offset));
    p[3] = make_small((int64_t)bit_size);
    return make_boxed(p);
}

// Decodes one code point of valid UTF-8.
static uint32_t utf8_next(const uint8_t **s)
{
    const uint8_t *p = *s;
    uint32_t c = *p++;
    if (c >= 0xf0) c = (c & 7) << 18 | (p[0] & 63u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u), p += 3;
    else if (c >= 0xe0) c = (c & 15) << 12 | (p[0] & 63u) << 6 | (p[1] & 63u), p += 2;
    else if (c >= 0xc0) c = (c & 31) << 6 | (p[0] & 63u), p += 1;
    *s = p;
    return c;
}

term mk_charlist(struct heap *h, const char *utf8, size_t len)
{
    const uint8_t *s = (const uint8_t *)utf8, *end = s + len;
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += (s[i] & 0xc0) != 0x80;
    if (!n) return TERM_NIL;
    term *p = heap_alloc(h, 2 * n), *first = p;
    while (s < end) {
        p[0] = make_small(utf8_next(&s));
        p[1] = s < end ? make_cons_ptr(p + 2) : TERM_NIL;
        p += 2;
    }
    return make_cons_ptr(first);
}

const uint8_t *binary_bytes(struct heap *h, term bin, size_t *len)
{
    struct bits b = bits_of(bin);
    *len = b.size >> 3;
    if (!(b.offset & 7)) return b.base + (b.offset >> 3);
    size_t words = (*len + 7) / 8;
    term *p = heap_alloc(h, 2 + words);
    p[0] = make_header(TYPE_HEAPBIN, 1 + words);
    p[1] = b.size & ~(uint64_t)7;
    copy_bits((uint8_t *)(p + 2), b.base, b.offset, p[1]);
    return (uint8_t *)(p + 2);
}

// ---- off-heap binaries

struct refbin *refbin_new(size_t capacity)
{
    struct refbin *b = checked_malloc(sizeof *b + capacity);
    b->refs = 1;
    b->capacity = capacity;
    b->used = 0;
    return b;
}

void refbin_release(struct refbin *b)
{
    if (__atomic_sub_fetch(&b->refs, 1, __ATOMIC_ACQ_REL) == 0) free(b);
}

term mk_refbin(struct heap *h, struct refbin *b, uint64_t bit_size)
{
    term *p = heap_alloc(h, 4);
    p[0] = make_header(TYPE_REFBIN, 3);
    p[1] = (term)b;
    p[2] = bit_size;
    p[3] = (term)h->refbins;
    h->refbins = p;
    h->refbin_bytes += b->capacity;
    return make_boxed(p);
}

// ---- copying
// Size: a walk with an explicit stack of word ranges. Copy: breadth first into one block of that size, which is its own queue.

struct range { const term *at; size_t n; };
struct range_stack { struct range *items, local[64]; size_t count, capacity; };

static void range_push(struct range_stack *s, const term *at, size_t n)
{
    if (s->count == s->capacity) {
        struct range *bigger = checked_malloc(2 * s->capacity * sizeof *bigger);
        memcpy(bigger, s->items, s->count * sizeof *bigger);
        if (s->items != s->local) free(s->items);
        s->items = bigger;
        s->capacity *= 2;
    }
    s->items[s->count++] = (struct range){at, n};
}

static bool stays(struct vm *vm, term t) { return is_immediate(t) || (vm && is_literal(vm, t)); }
static bool has_raw_words(enum type type)
{
    return type == TYPE_FLOAT || type == TYPE_BIGPOS || type == TYPE_BIGNEG || type == TYPE_HEAPBIN || type == TYPE_REFBIN;
}

static size_t size_of_object(struct vm *vm, term t, struct range_stack *s)
{
    size_t total = 0;
    while (is_cons(t) && !stays(vm, t)) {
        total += 2;
        const term *p = cons_ptr(t);
        if (!stays(vm, p[0])) range_push(s, p, 1);
        t = p[1];
    }
    if (stays(vm, t)) return total;
    const term *p = boxed_ptr(t);
    size_t n = header_size(p[0]);
    if (!has_raw_words(header_type(p[0])) && n) range_push(s, p + 1, n);
    return total + 1 + n;
}

#define TOO_DEEP SIZE_MAX

// Most terms are flat or nearly so: by recursion down to `depth`.
static size_t size_shallow(struct vm *vm, term t, unsigned depth)
{
    size_t total = 0, inner;
    while (is_cons(t) && !stays(vm, t)) {
        const term *p = cons_ptr(t);
        if (!stays(vm, p[0])) {
            if (!depth || (inner = size_shallow(vm, p[0], depth - 1)) == TOO_DEEP) return TOO_DEEP;
            total += inner;
        }
        total += 2;
        t = p[1];
    }
    if (stays(vm, t)) return total;
    const term *p = boxed_ptr(t);
    size_t n = header_size(p[0]);
    total += 1 + n;
    if (has_raw_words(header_type(p[0]))) return total;
    for (size_t i = 1; i <= n; i++) {
        if (stays(vm, p[i])) continue;
        if (!depth || (inner = size_shallow(vm, p[i], depth - 1)) == TOO_DEEP) return TOO_DEEP;
        total += inner;
    }
    return total;
}

static void range_init(struct range_stack *s)       // its array is left unset: clearing it would cost more than most terms
{
    s->count = 0;
    s->capacity = sizeof s->local / sizeof *s->local;
    s->items = s->local;
}

static const term *range_pop(struct range_stack *s)
{
    struct range *r = &s->items[s->count - 1];
    if (!--r->n) s->count--;
    return r->at++;
}

static void range_done(struct range_stack *s)
{
    if (s->items != s->local) free(s->items);
}

// More than `most` words: at least so many.
static size_t size_up_to(struct vm *vm, term t, size_t most)
{
    size_t total = size_shallow(vm, t, 8);
    if (total != TOO_DEEP) return total;
    struct range_stack s;
    range_init(&s);
    total = size_of_object(vm, t, &s);
    while (s.count && total <= most) {
        term e = *range_pop(&s);
        if (!stays(vm, e)) total += size_of_object(vm, e, &s);
    }
    range_done(&s);
    return total;
}

size_t term_size(struct vm *vm, term t) { return size_up_to(vm, t, SIZE_MAX); }

struct copier { struct vm *vm; struct heap *to; term *scan, *next; };

static term copy_object(struct copier *c, term t)
{
    if (stays(c->vm, t)) return t;
    term *p = c->next;
    if (is_cons(t)) {
        p[0] = head(t);
        p[1] = tail(t);
        c->next += 2;
        return make_cons_ptr(p);
    }
    const term *from = boxed_ptr(t);
    size_t n = header_size(from[0]);
    if (n < 8) for (size_t i = 0; i <= n; i++) p[i] = from[i];  // no call for a few words
    else memcpy(p, from, (n + 1) * sizeof(term));
    c->next += n + 1;
    if (header_type(p[0]) == TYPE_REFBIN) {
        struct refbin *b = (struct refbin *)p[1];
        __atomic_add_fetch(&b->refs, 1, __ATOMIC_RELAXED);
        p[3] = (term)c->to->refbins;
        c->to->refbins = p;
        c->to->refbin_bytes += b->capacity;
    }
    return make_boxed(p);
}

static term copy_large(struct vm *vm, struct heap *to, term t, size_t words)
{
    struct copier c = {.vm = vm, .to = to};
    c.scan = c.next = heap_alloc(to, words);
    term result = copy_object(&c, t);
    while (c.scan < c.next) {
        term w = *c.scan;
        if (is_header(w)) {
            c.scan += has_raw_words(header_type(w)) ? header_size(w) + 1 : 1;
            continue;
        }
        if (!is_immediate(w)) *c.scan = copy_object(&c, w);
        c.scan++;
    }
    return result;
}

static inline size_t object_words(term t) { return is_cons(t) ? 2 : header_size(boxed_header(t)) + 1; }

// Each object once, however often it is referred to: a term of many words may be few objects.
static term copy_sharing(struct vm *vm, struct heap *to, term t)
{
    struct copier c = {.vm = vm, .to = to};
    struct table copies = {0};
    struct range_stack s;
    range_init(&s);
    range_push(&s, &t, 1);
    while (s.count) {
        term *slot = (term *)range_pop(&s), e = *slot;
        if (stays(vm, e) || table_get(&copies, e, slot)) continue;
        size_t n = object_words(e);
        term *p = c.next = heap_alloc(to, n);
        table_put(&copies, e, *slot = copy_object(&c, e));
        if (is_cons(e)) range_push(&s, p, 2);
        else if (n > 1 && !has_raw_words(header_type(p[0]))) range_push(&s, p + 1, n - 1);
    }
    range_done(&s);
    table_free(&copies);
    return t;
}

size_t copy_small(struct vm *vm, term t, term *to, size_t room, term *root)
{
    term *next = to, *at = to;
    *root = (term)to + term_tag(t);
    for (;;) {
        const term *from = is_cons(t) ? cons_ptr(t) : boxed_ptr(t);
        size_t n = object_words(t);
        if (n > room || (!is_cons(t) && header_is(*from, TYPE_REFBIN))) return 0;
        room -= n;
        for (; n; n--) *next++ = *from++;
        for (; at < next; at++) {
            t = *at;
            if (is_header(t)) at += has_raw_words(header_type(t)) ? header_size(t) : 0;
            else if (!stays(vm, t)) break;
        }
        if (at >= next) return (size_t)(next - to);
        *at++ = (term)next + term_tag(t);
    }
}

term term_copy(struct vm *vm, struct heap *to, term t)
{
    enum { TRIED_WORDS = 64, LARGE_WORDS = 1 << 24 };
    if (stays(vm, t)) return t;
    size_t room = (size_t)(to->end - to->top), words = flat_words(t);
    if (words) return copy_flat(t, heap_alloc(to, words), words);
    term root;
    words = copy_small(vm, t, to->top, room < TRIED_WORDS ? room : TRIED_WORDS, &root);
    to->top += words;
    if (words) return root;
    words = size_up_to(vm, t, LARGE_WORDS);
    return words <= LARGE_WORDS ? copy_large(vm, to, t, words) : copy_sharing(vm, to, t);
}
