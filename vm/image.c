// SPDX-License-Identifier: Apache-2.0
// See image.h. The reader checks every length against what is left: a module's bytes may come from anywhere (`bad` is set, and zeros are read from
// then on).
#include "image.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "code.h"
#include "native.h"

static const char MAGIC[8] = "PHIALIMG";
enum { DEPTH_LIMIT = 20000 };      // nesting of a literal, in levels of the C stack

// ---- writing

struct buffer { uint8_t *bytes; size_t len, capacity; int depth; const char *failed; };     // failed: what cannot be written

static void put(struct buffer *b, const void *bytes, size_t n)
{
    if (b->len + n > b->capacity) {
        b->capacity = (b->len + n) * 2 + 64;
        b->bytes = realloc(b->bytes, b->capacity);
        if (!b->bytes) abort();
    }
    if (n) memcpy(b->bytes + b->len, bytes, n);
    b->len += n;
}

static void put_u8(struct buffer *b, uint8_t v) { put(b, &v, 1); }
static void put_u32(struct buffer *b, uint32_t v) { put(b, &v, 4); }

static void put_varint(struct buffer *b, uint64_t v)
{
    for (; v >= 128; v >>= 7) put_u8(b, (uint8_t)(v | 128));
    put_u8(b, (uint8_t)v);
}

struct atom_list { struct table index; term *atoms; uint32_t count; };

static uint32_t atom_number(struct atom_list *l, term atom)
{
    uint64_t i;
    if (table_get(&l->index, atom, &i)) return (uint32_t)i;
    l->atoms = realloc(l->atoms, (l->count + 1) * sizeof(term));
    if (!l->atoms) abort();
    l->atoms[l->count] = atom;
    table_put(&l->index, atom, l->count);
    return l->count++;
}

enum term_code { CODE_SMALL, CODE_ATOM, CODE_NIL, CODE_FLOAT, CODE_BIG, CODE_LIST, CODE_TUPLE, CODE_MAP, CODE_BITS, CODE_EXPORT };

static void put_term(struct buffer *b, struct vm *vm, struct atom_list *atoms, term t);

static void put_list(struct buffer *b, struct vm *vm, struct atom_list *atoms, term t)
{
    size_t n = 0;
    term l = t;
    for (; is_cons(l); l = tail(l)) n++;
    put_u8(b, CODE_LIST);
    put_varint(b, n);
    for (l = t; is_cons(l); l = tail(l)) put_term(b, vm, atoms, head(l));
    put_term(b, vm, atoms, l);
}

static void put_boxed(struct buffer *b, struct vm *vm, struct atom_list *atoms, term t)
{
    term *p = boxed_ptr(t);
    switch (boxed_type(t)) {
    case TYPE_TUPLE:
        put_u8(b, CODE_TUPLE);
        put_varint(b, tuple_arity(t));
        for (uint64_t i = 0; i < tuple_arity(t); i++) put_term(b, vm, atoms, tuple_get(t, i));
        return;
    case TYPE_BIGPOS: case TYPE_BIGNEG:
        put_u8(b, CODE_BIG);
        put_u8(b, boxed_type(t) == TYPE_BIGNEG);
        put_varint(b, header_size(*p));
        put(b, p + 1, header_size(*p) * 8);
        return;
    case TYPE_FLATMAP: case TYPE_HASHMAP: {
        struct map_iter it;
        term k, v;
        put_u8(b, CODE_MAP);
        put_varint(b, map_size(t));
        for (map_iter_init(&it, t); map_iter_next(&it, &k, &v);) {
            put_term(b, vm, atoms, k);
            put_term(b, vm, atoms, v);
        }
        return;
    }
    case TYPE_HEAPBIN: case TYPE_REFBIN: case TYPE_SUBBIN: {
        struct bits x = bits_of(t);
        struct heap h;
        heap_init(&h);
        term whole = mk_sub_binary(&h, t, 0, x.size & ~7ull);
        size_t len;
        const uint8_t *bytes = binary_bytes(&h, whole, &len);
        put_u8(b, CODE_BITS);
        put_varint(b, x.size);
        put(b, bytes, len);
        uint8_t last = 0;
        for (uint64_t i = x.size & ~7ull; i < x.size; i++) {
            uint64_t at = x.offset + i;
            last |= (uint8_t)((x.base[at >> 3] >> (7 - (at & 7)) & 1) << (7 - (i & 7)));
        }
        if (x.size & 7) put_u8(b, last);
        heap_free(&h);
        return;
    }
    case TYPE_EXPORT: {
        struct export *e = (struct export *)p[1];
        put_u8(b, CODE_EXPORT);
        put_varint(b, atom_number(atoms, e->module));
        put_varint(b, atom_number(atoms, e->function));
        put_varint(b, e->arity);
        return;
    }
    default: b->failed = "a fun made at run time"; return;
    }
}

static void put_term(struct buffer *b, struct vm *vm, struct atom_list *atoms, term t)
{
    if (++b->depth > DEPTH_LIMIT) b->failed = "a literal nested too deeply";
    else if (is_small(t)) {
        int64_t v = small_value(t);
        put_u8(b, CODE_SMALL);
        put_varint(b, (uint64_t)v << 1 ^ (uint64_t)(v >> 63));
    } else if (is_atom(t)) {
        put_u8(b, CODE_ATOM);
        put_varint(b, atom_number(atoms, t));
    } else if (is_nil(t)) {
        put_u8(b, CODE_NIL);
    } else if (is_float(t)) {
        double d = float_value(t);
        put_u8(b, CODE_FLOAT);
        put(b, &d, 8);
    } else if (is_cons(t)) {
        put_list(b, vm, atoms, t);
    } else if (is_boxed(t)) {
        put_boxed(b, vm, atoms, t);
    } else {
        b->failed = "a pid or reference";
    }
    b->depth--;
}

static void put_atoms(struct buffer *b, struct vm *vm, const struct atom_list *l)
{
    put_u32(b, l->count);
    for (uint32_t i = 0; i < l->count; i++) {
        struct atom_text t = atom_text(vm, l->atoms[i]);
        put_varint(b, t.len);
        put(b, t.bytes, t.len);
    }
}

static void put_array(struct buffer *b, const void *items, size_t n, size_t size)
{
    put_u32(b, (uint32_t)n);
    put(b, items, n * size);
}

static void put_functions(struct buffer *b, struct atom_list *atoms, const struct object *o)
{
    put_u32(b, (uint32_t)o->nfunctions);
    for (size_t i = 0; i < o->nfunctions; i++) {
        const struct function *f = &o->functions[i];
        put_varint(b, atom_number(atoms, f->name));
        put_varint(b, f->arity);
        put_varint(b, f->entry);
        put_varint(b, f->end);
        put_u8(b, f->exported);
        put_varint(b, (uint32_t)f->line);
    }
}

static void put_body(struct buffer *b, struct vm *vm, struct atom_list *atoms, const struct object *o)
{
    put_term(b, vm, atoms, o->module);
    put_term(b, vm, atoms, o->file);
    put_term(b, vm, atoms, o->files);
    put_term(b, vm, atoms, o->attributes);
    put_u32(b, (uint32_t)o->nliterals);
    for (size_t i = 0; i < o->nliterals; i++) put_term(b, vm, atoms, o->literals[i]);
    put_u32(b, (uint32_t)o->nimports);
    for (size_t i = 0; i < o->nimports; i++) {
        put_varint(b, atom_number(atoms, o->imports[i].module));
        put_varint(b, atom_number(atoms, o->imports[i].function));
        put_varint(b, o->imports[i].arity);
    }
    put_functions(b, atoms, o);
    put_array(b, o->code, o->ncode, sizeof *o->code);
    put_array(b, o->relocs, o->nrelocs, sizeof *o->relocs);
    put_array(b, o->lambdas, o->nlambdas, sizeof *o->lambdas);
    put_array(b, o->lines, o->nlines, sizeof *o->lines);
    put_array(b, o->regions, o->nregions, sizeof *o->regions);
    put_array(b, o->masks, o->nmasks, sizeof *o->masks);
}

struct image_writer { struct buffer names, bodies; uint32_t count; };

struct image_writer *image_writer_new(void)
{
    struct image_writer *w = calloc(1, sizeof *w);
    if (!w) abort();
    return w;
}

// Appends a part with its atom table in front; returns its offset in the bodies.
static uint32_t add_part(struct image_writer *w, struct vm *vm, struct buffer *part, struct atom_list *atoms)
{
    uint32_t at = (uint32_t)w->bodies.len;
    put_atoms(&w->bodies, vm, atoms);
    put(&w->bodies, part->bytes, part->len);
    table_free(&atoms->index);
    free(atoms->atoms);
    free(part->bytes);
    return at;
}

void image_writer_add(struct image_writer *w, struct vm *vm, const struct object *o)
{
    struct buffer body = {0}, docs = {0};
    struct atom_list atoms = {0}, doc_atoms = {0};
    struct atom_text name = atom_text(vm, o->module);
    put_body(&body, vm, &atoms, o);
    put_term(&docs, vm, &doc_atoms, o->docs);
    if (body.failed || docs.failed) {
        fprintf(stderr, "phial: %s in %s cannot stand in an image\n", body.failed ? body.failed : docs.failed, name.bytes);
        exit(1);
    }
    put_u32(&w->names, name.len);
    put(&w->names, name.bytes, name.len);
    put_u32(&w->names, add_part(w, vm, &body, &atoms));
    put_u32(&w->names, add_part(w, vm, &docs, &doc_atoms));
    w->count++;
}

bool image_writer_save(struct image_writer *w, const char *path)
{
    struct buffer head = {0};
    put(&head, MAGIC, sizeof MAGIC);
    put_u32(&head, w->count);
    put_u32(&head, (uint32_t)w->names.len);
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(head.bytes, 1, head.len, f) == head.len && fwrite(w->names.bytes, 1, w->names.len, f) == w->names.len &&
              fwrite(w->bodies.bytes, 1, w->bodies.len, f) == w->bodies.len;
    if (f && fclose(f) != 0) ok = false;
    free(head.bytes);
    free(w->names.bytes);
    free(w->bodies.bytes);
    free(w);
    return ok;
}

// ---- reading

struct entry { const char *name; uint32_t len, body, docs; };
struct image { const uint8_t *bodies, *end; struct entry *entries; uint32_t count, nslots; uint32_t *slots; };
struct reader { const uint8_t *at, *end; struct vm *vm; term *atoms; uint32_t natoms; struct heap *heap; int depth; bool bad; };

// Whether n items of `size` bytes are left.
static bool has_items(struct reader *r, uint64_t n, size_t size)
{
    if (!r->bad && n <= (uint64_t)(r->end - r->at) / size) return true;
    r->bad = true;
    return false;
}

static uint8_t get_u8(struct reader *r) { return has_items(r, 1, 1) ? *r->at++ : 0; }

static uint32_t get_u32(struct reader *r)
{
    uint32_t v = 0;
    if (!has_items(r, 1, 4)) return 0;
    memcpy(&v, r->at, 4);
    r->at += 4;
    return v;
}

static uint64_t get_varint(struct reader *r)
{
    uint64_t v = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        uint8_t b = get_u8(r);
        v |= (uint64_t)(b & 127) << shift;
        if (b < 128) return v;
    }
    r->bad = true;
    return 0;
}

static term get_atom(struct reader *r)
{
    uint64_t i = get_varint(r);
    if (i < r->natoms) return r->atoms[i];
    r->bad = true;
    return AM_nil;
}

static uint32_t name_hash(const char *s, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++) h = (h ^ (uint8_t)s[i]) * 16777619u;
    return h;
}

struct image *image_open(const uint8_t *bytes, size_t len)
{
    if (len < sizeof MAGIC + 8 || memcmp(bytes, MAGIC, sizeof MAGIC) != 0) return NULL;
    struct reader r = {.at = bytes + sizeof MAGIC, .end = bytes + len};
    struct image *i = calloc(1, sizeof *i);
    if (!i) abort();
    i->count = get_u32(&r);
    uint32_t names = get_u32(&r);
    i->bodies = r.at + names;
    i->end = bytes + len;
    i->entries = calloc(i->count + 1, sizeof *i->entries);
    for (i->nslots = 64; i->nslots < 2 * i->count; i->nslots *= 2) {}
    i->slots = calloc(i->nslots, sizeof *i->slots);
    if (!i->entries || !i->slots) abort();
    for (uint32_t n = 0; n < i->count; n++) {
        struct entry *e = &i->entries[n];
        e->len = get_u32(&r);
        e->name = (const char *)r.at;
        r.at += e->len;
        e->body = get_u32(&r);
        e->docs = get_u32(&r);
        uint32_t s = name_hash(e->name, e->len) & (i->nslots - 1);
        while (i->slots[s]) s = (s + 1) & (i->nslots - 1);
        i->slots[s] = n + 1;
    }
    return i;
}

uint64_t image_id(const struct image *i)
{
    uint64_t h = 0xcbf29ce484222325u, w;
    for (const uint8_t *b = i->bodies; b + 8 <= i->end; b += 8) {
        memcpy(&w, b, 8);
        h = (h ^ w) * 0x100000001b3u;
    }
    return h;
}

void image_close(struct image *i)
{
    free(i->entries);
    free(i->slots);
    free(i);
}

static const struct entry *find(const struct image *i, struct vm *vm, term module)
{
    struct atom_text t = atom_text(vm, module);
    for (uint32_t s = name_hash(t.bytes, t.len) & (i->nslots - 1); i->slots[s]; s = (s + 1) & (i->nslots - 1)) {
        const struct entry *e = &i->entries[i->slots[s] - 1];
        if (e->len == t.len && memcmp(e->name, t.bytes, t.len) == 0) return e;
    }
    return NULL;
}

static void get_atoms(struct reader *r)
{
    uint32_t n = get_u32(r);
    if (!has_items(r, n, 1)) n = 0;
    r->natoms = n;
    r->atoms = malloc((n + 1) * sizeof(term));
    if (!r->atoms) abort();
    for (uint32_t i = 0; i < n; i++) {
        uint64_t len = get_varint(r);
        if (!has_items(r, len, 1)) len = 0;
        r->atoms[i] = atom_of_code(r->vm, (const char *)r->at, len);
        if (r->atoms[i] == TERM_NONE) r->bad = true, r->atoms[i] = AM_nil;
        r->at += len;
    }
}

static term get_term(struct reader *r);

static term get_map(struct reader *r)
{
    uint64_t n = get_varint(r);
    if (!has_items(r, n, 2)) return AM_nil;
    term *kv = malloc((2 * n + 1) * sizeof(term));
    if (!kv) abort();
    for (uint64_t i = 0; i < n; i++) {
        kv[i] = get_term(r);
        kv[n + i] = get_term(r);
    }
    term m = r->bad ? AM_nil : map_from_pairs(r->vm, r->heap, n, kv, kv + n);
    free(kv);
    return m;
}

static term get_list(struct reader *r)
{
    uint64_t n = get_varint(r);
    if (n == 0) r->bad = true;
    if (!has_items(r, n, 1)) return TERM_NIL;
    term *cells = heap_alloc(r->heap, 2 * n), first = make_cons_ptr(cells);
    for (uint64_t i = 0; i < n; i++) {
        cells[2 * i + 1] = make_cons_ptr(cells + 2 * i + 2);
        cells[2 * i] = get_term(r);
    }
    cells[2 * n - 1] = get_term(r);
    return first;
}

static term get_tuple(struct reader *r)
{
    uint64_t n = get_varint(r);
    if (!has_items(r, n, 1)) return AM_nil;
    term *t = heap_alloc(r->heap, n + 1);
    t[0] = make_header(TYPE_TUPLE, n);
    for (uint64_t i = 0; i < n; i++) t[1 + i] = get_term(r);
    return make_boxed(t);
}

static term get_big(struct reader *r)
{
    bool negative = get_u8(r);
    uint64_t n = get_varint(r);
    if (n == 0) r->bad = true;
    if (!has_items(r, n, 8)) return AM_nil;
    term *t = heap_alloc(r->heap, n + 1);
    t[0] = make_header(negative ? TYPE_BIGNEG : TYPE_BIGPOS, n);
    memcpy(t + 1, r->at, n * 8);
    r->at += n * 8;
    if (!t[n] || (n == 1 && t[1] <= (uint64_t)SMALL_MAX + negative)) r->bad = true;     // not normal (number.c)
    return make_boxed(t);
}

static term get_bits(struct reader *r)
{
    uint64_t bits = get_varint(r), bytes = bits / 8 + (bits % 8 != 0);
    if (!has_items(r, bytes, 1)) return AM_nil;
    term t = mk_bitstring(r->heap, r->at, bits);
    r->at += bytes;
    return t;
}

static term get_export(struct reader *r)
{
    term m = get_atom(r), f = get_atom(r);
    uint64_t arity = get_varint(r);
    if (arity > 255) r->bad = true;
    if (r->bad) return AM_nil;
    term *t = heap_alloc(r->heap, 2);
    t[0] = make_header(TYPE_EXPORT, 1);
    t[1] = (term)code_export(r->vm, m, f, (unsigned)arity);
    return make_boxed(t);
}

static term get_coded(struct reader *r, uint8_t code)
{
    switch (code) {
    case CODE_SMALL: {
        uint64_t v = get_varint(r);
        return make_small((int64_t)(v >> 1 ^ -(v & 1)));
    }
    case CODE_ATOM: return get_atom(r);
    case CODE_NIL: return TERM_NIL;
    case CODE_FLOAT: {
        double d;
        if (!has_items(r, 1, 8)) return AM_nil;
        memcpy(&d, r->at, 8);
        r->at += 8;
        if (!isfinite(d)) r->bad = true;
        return mk_float(r->heap, d);
    }
    case CODE_BIG: return get_big(r);
    case CODE_LIST: return get_list(r);
    case CODE_TUPLE: return get_tuple(r);
    case CODE_MAP: return get_map(r);
    case CODE_BITS: return get_bits(r);
    case CODE_EXPORT: return get_export(r);
    default: r->bad = true; return AM_nil;
    }
}

static term get_term(struct reader *r)
{
    if (++r->depth > DEPTH_LIMIT) r->bad = true;
    term t = r->bad ? AM_nil : get_coded(r, get_u8(r));
    r->depth--;
    return t;
}

static void *get_array(struct reader *r, size_t *n, size_t size)
{
    *n = get_u32(r);
    if (!has_items(r, *n, size)) *n = 0;
    if (!*n) return NULL;
    void *a = malloc(*n * size);
    if (!a) abort();
    memcpy(a, r->at, *n * size);
    r->at += *n * size;
    return a;
}

static void get_functions(struct reader *r, struct object *o)
{
    o->nfunctions = get_u32(r);
    if (!has_items(r, o->nfunctions, 6)) o->nfunctions = 0;
    o->functions = malloc((o->nfunctions + 1) * sizeof *o->functions);
    if (!o->functions) abort();
    for (size_t i = 0; i < o->nfunctions; i++) {
        struct function *f = &o->functions[i];
        f->name = get_atom(r);
        f->arity = (unsigned)get_varint(r);
        f->entry = (uint32_t)get_varint(r);
        f->end = (uint32_t)get_varint(r);
        f->exported = get_u8(r);
        f->line = (int)get_varint(r);
    }
}

static void get_literals(struct reader *r, struct object *o)
{
    o->nliterals = get_u32(r);
    if (!has_items(r, o->nliterals, 1)) o->nliterals = 0;
    o->literals = malloc((o->nliterals + 1) * sizeof(term));
    if (!o->literals) abort();
    for (size_t n = 0; n < o->nliterals; n++) o->literals[n] = get_term(r);
}

static void get_imports(struct reader *r, struct object *o)
{
    o->nimports = get_u32(r);
    if (!has_items(r, o->nimports, 3)) o->nimports = 0;
    o->imports = malloc((o->nimports + 1) * sizeof *o->imports);
    if (!o->imports) abort();
    for (size_t n = 0; n < o->nimports; n++) {
        o->imports[n].module = get_atom(r);
        o->imports[n].function = get_atom(r);
        o->imports[n].arity = (unsigned)get_varint(r);
        if (o->imports[n].arity > 255) r->bad = true;
    }
}

// What add_part and put_body wrote; `bad` is set if that is not what stands there.
static struct object *get_object(struct reader *r)
{
    struct object *o = object_new();
    r->heap = &o->heap;
    get_atoms(r);
    o->module = get_term(r);
    o->file = get_term(r);
    o->files = get_term(r);
    o->attributes = get_term(r);
    o->docs = AM_nil;
    get_literals(r, o);
    get_imports(r, o);
    get_functions(r, o);
    o->code = get_array(r, &o->ncode, sizeof *o->code);
    o->relocs = get_array(r, &o->nrelocs, sizeof *o->relocs);
    o->lambdas = get_array(r, &o->nlambdas, sizeof *o->lambdas);
    o->lines = get_array(r, &o->nlines, sizeof *o->lines);
    o->regions = get_array(r, &o->nregions, sizeof *o->regions);
    o->masks = get_array(r, &o->nmasks, sizeof *o->masks);
    free(r->atoms);
    return o;
}

struct object *image_find(struct image *i, struct vm *vm, term module)
{
    const struct entry *e = find(i, vm, module);
    if (!e) return NULL;
    struct reader r = {.at = i->bodies + e->body, .end = i->end, .vm = vm};
    return get_object(&r);
}

term image_docs(struct image *i, struct vm *vm, struct heap *h, term module)
{
    const struct entry *e = find(i, vm, module);
    if (!e) return AM_nil;
    struct reader r = {.at = i->bodies + e->docs, .end = i->end, .vm = vm, .heap = h};
    get_atoms(&r);
    term docs = get_term(&r);
    free(r.atoms);
    return docs;
}

term image_modules(struct image *i, struct vm *vm, struct heap *h)
{
    term list = TERM_NIL;
    for (uint32_t n = i->count; n-- > 0;) list = mk_cons(h, atom_of_code(vm, i->entries[n].name, i->entries[n].len), list);
    return list;
}

// ---- one module as bytes

enum { FILE_HEAD = 36 };    // "FOR1" size "BEAM" "Phil" size, format:u64, checksum:u64 of what follows

static uint64_t bytes_hash(uint64_t h, const void *bytes, size_t n)
{
    const uint8_t *b = bytes;
    for (; n >= 8; n -= 8, b += 8) {
        uint64_t w;
        memcpy(&w, b, 8);
        h = (h ^ w) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    for (; n; n--, b++) h = (h ^ *b) * 0x100000001b3u;
    return h;
}

// Changes with the instructions' names and operands.
static uint64_t format_number(void)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (unsigned i = 0; i < OP_COUNT; i++) {
        h = bytes_hash(h, op_names[i], strlen(op_names[i]) + 1);
        h = bytes_hash(h, op_formats[i], strlen(op_formats[i]) + 1);
    }
    return h;
}

static void put_big_endian(struct buffer *b, uint32_t v)
{
    for (int shift = 24; shift >= 0; shift -= 8) put_u8(b, (uint8_t)(v >> shift));
}

static void put_part(struct buffer *b, struct vm *vm, struct buffer *part, struct atom_list *atoms)
{
    put_atoms(b, vm, atoms);
    put(b, part->bytes, part->len);
    table_free(&atoms->index);
    free(atoms->atoms);
    free(part->bytes);
}

uint8_t *object_to_bytes(struct vm *vm, const struct object *o, size_t *len)
{
    struct buffer body = {0}, docs = {0}, rest = {0}, out = {0};
    struct atom_list atoms = {0}, doc_atoms = {0};
    put_body(&body, vm, &atoms, o);
    put_term(&docs, vm, &doc_atoms, o->docs);
    bool failed = body.failed || docs.failed;
    put_part(&rest, vm, &body, &atoms);
    put_part(&rest, vm, &docs, &doc_atoms);
    uint64_t words[] = {format_number(), bytes_hash(0, rest.bytes, rest.len)};
    put(&out, "FOR1", 4);
    put_big_endian(&out, (uint32_t)(rest.len + FILE_HEAD - 8));
    put(&out, "BEAMPhil", 8);
    put_big_endian(&out, (uint32_t)(rest.len + sizeof words));
    put(&out, words, sizeof words);
    put(&out, rest.bytes, rest.len);
    free(rest.bytes);
    *len = out.len;
    if (!failed) return out.bytes;
    free(out.bytes);
    return NULL;
}

static bool is_module_file(const uint8_t *bytes, size_t len)
{
    uint64_t words[2];
    if (len < FILE_HEAD || memcmp(bytes, "FOR1", 4) != 0 || memcmp(bytes + 8, "BEAMPhil", 8) != 0) return false;
    memcpy(words, bytes + FILE_HEAD - sizeof words, sizeof words);
    if (memcmp(bytes + 4, (uint8_t[]){(uint8_t)((len - 8) >> 24), (uint8_t)((len - 8) >> 16), (uint8_t)((len - 8) >> 8), (uint8_t)(len - 8)}, 4) != 0)
        return false;
    return words[0] == format_number() && words[1] == bytes_hash(0, bytes + FILE_HEAD, len - FILE_HEAD);
}

// The tables of an object whose indices the verifier takes for granted.
static bool tables_agree(struct vm *vm, const struct object *o)
{
    char message[200];
    if (!is_atom(o->module) || !is_binary(o->file)) return false;
    for (uint64_t i = 0; is_tuple(o->files) && i < tuple_arity(o->files); i++)
        if (!is_binary(tuple_get(o->files, i))) return false;
    for (size_t i = 0; i < o->nfunctions; i++)
        if (o->functions[i].arity > 255 || o->functions[i].entry >= o->ncode || o->functions[i].end > o->ncode) return false;
    for (size_t i = 0; i < o->nlambdas; i++) {
        const struct lambda_def *l = &o->lambdas[i];
        if (l->function >= o->nfunctions || l->captured > 255 || l->arity + l->captured != o->functions[l->function].arity) return false;
    }
    return object_verify(vm, o, false, message, sizeof message);
}

struct object *object_from_bytes(struct vm *vm, const uint8_t *bytes, size_t len)
{
    if (!is_module_file(bytes, len)) return NULL;
    struct reader r = {.at = bytes + FILE_HEAD, .end = bytes + len, .vm = vm};
    struct object *o = get_object(&r);
    get_atoms(&r);
    o->docs = get_term(&r);
    free(r.atoms);
    if (!r.bad && tables_agree(vm, o)) return o;
    object_free(o);
    return NULL;
}
