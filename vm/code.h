// SPDX-License-Identifier: Apache-2.0
// Loaded code: modules, exports, natives, the literal area, the image.
//
// Owner of: vm->code. Locking rule: one scheduler thread loads and calls; with several, loading takes the code lock and publishes an
// export's `entry` last. Invariants: an export entry, once made, lives as long as the VM (code words point to it); a module is
// replaced by moving its export entries, and of each there are at most two versions, current and old, until the old one is purged. What is
// purged, thunks and orphaned literals are freed when nothing refers to them (code_collect.c, docs/internals/code-lifetime.md).
#ifndef PHIAL_CODE_H
#define PHIAL_CODE_H

#include "native.h"
#include "object.h"

struct module;

struct export {
    const uint64_t *entry;          // the ENTER of the current version; NULL: not loaded or a native
    native_fn *fn;                  // the native's, or NULL
    const struct native *native;
    term module, function;
    unsigned arity;
    struct export *next;            // same hash
};

// A fun body; a TYPE_FUN object points here.
struct lambda {
    const uint64_t *entry;
    struct module *module;
    unsigned arity, captured;       // arity as callers see it
    int index;
    uint32_t uniq;
    term name;                      // "-outer/1-fun-0-"
};

// Terms copied into the literal area as one block: a module's, or a persistent term.
struct literals {
    struct literals *next, *next_marked;
    term *start;
    size_t words;
    term *refbins;                  // chain of those in it, as in struct heap
    bool orphan;                    // nobody owns it: freed when nothing refers to it
    bool has_funs;                  // it may itself refer to code
    bool candidate, marked;         // in a collection: of a module that may be garbage; reached
};

// In one block of the code area: the struct, its lambdas, what answers for them when the module is purged, its code.
struct module {
    term name;                      // atom; for a thunk: the name its stack traces show
    uint64_t *code;                 size_t ncode;
    struct function *functions;     size_t nfunctions;
    struct lambda *lambdas;         size_t nlambdas;
    struct line_entry *lines;       size_t nlines;
    struct region *regions;         size_t nregions;
    uint64_t *masks;                size_t npool;
    struct export **exports;        size_t nexports;   // entries this version provides
    term file, files, attributes, docs;    // literals
    struct literals *literals;      // what its code words, file, attributes and docs point to
    size_t block_bytes;             // its block's size
    struct export own;              // a thunk's only entry
    struct module *next_loaded;     // all versions, newest first
    bool thunk, system;             // thunk: anonymous unit; system: from the image
    bool purged;                    // its funs are bad funs
    bool marked, dead;              // in a collection: reached; to be freed
    uint8_t md5[16];
};

struct code *code_new(struct vm *vm);
void code_free(struct vm *vm);

struct export *code_export(struct vm *vm, term module, term function, unsigned arity); // found or made; it lives as long as the VM
// The same for a call whose module is known at run time: the recent ones are found without a search.
static inline struct export *code_export_called(struct vm *vm, term module, term function, unsigned arity)
{
    enum { SLOTS = sizeof vm->recent_calls / sizeof *vm->recent_calls };
    struct export **slot = &vm->recent_calls[((module >> 3) * 5 + (function >> 3) + arity) % SLOTS], *e = *slot;
    if (e && e->module == module && e->function == function && e->arity == arity) return e;
    return *slot = code_export(vm, module, function, arity);
}
struct export *code_find_export(struct vm *vm, term module, term function, unsigned arity); // NULL if never named
// The export's code or native is there, after loading the module from image or code path if need be.
bool code_resolve(struct vm *vm, struct export *e);
struct module *code_module(struct vm *vm, term name);              // current version or NULL
struct module *code_module_at(struct vm *vm, const uint64_t *pc);  // the module whose code holds pc, or NULL
const struct function *code_function_at(const struct module *m, const uint64_t *pc);
int code_line_at(const struct module *m, const uint64_t *pc, term *file);      // 0: unknown; else *file is a binary
const struct region *code_region_at(const struct module *m, const uint64_t *pc, enum region_kind kind); // innermost or NULL

term code_literal(struct vm *vm, term t);       // a copy of t in the literal area, shared by all, that lives as long as the VM
struct literals *literals_new(struct vm *vm, size_t n, const term *terms, term *copies);    // NULL: all are immediate
void literals_orphan(struct vm *vm, struct literals *l);        // its owner forgets it

// ---- versions
struct module *code_old(struct vm *vm, term name);              // the old version or NULL
bool code_purge(struct vm *vm, term name);                      // the old version's funs become bad funs; false: there is none
bool code_check_process(struct process *p, term name);          // p runs old code of the module

// ---- code_collect.c
void code_collect(struct vm *vm);               // frees what nothing refers to; between turns only

// Words of the VM's own code (stubs).
enum { STUB_ARGS_MAX = 8 };
struct stubs {
    const uint64_t *bottom;         // return address below every stack: HALT_PROC
    const uint64_t *apply_fun[STUB_ARGS_MAX + 1];   // at n: tail-calls R[n] with the n arguments before it
    const uint64_t *apply_mfa[STUB_ARGS_MAX + 1];   // at n: tail-calls R[n]:R[n+1]
    const uint64_t *coroutine;      // function of one argument that resumes the innermost coroutine
};
const struct stubs *code_stubs(struct vm *vm);

bool code_open_image(struct vm *vm, const uint8_t *bytes, size_t len);  // the standard library (image.h)
bool code_has_image(struct vm *vm);                                 // not while the standard library itself is compiled
uint64_t code_image_id(struct vm *vm);                              // tells standard libraries apart; reads all of it
bool code_has_natives(struct vm *vm, term module);
struct export_name { const char *text; term name; unsigned arity; };
// current becomes old: its exports are undefined from now on; false: not loaded, or there is an old one
bool code_delete(struct vm *vm, term module);
term code_all_loaded(struct vm *vm, struct heap *h);               // [{module, file}]
size_t code_bytes(struct vm *vm);                                  // of code, literals and what belongs to them
term code_library(struct vm *vm, struct heap *h);                  // modules in the image
term code_native_docs(struct vm *vm, struct heap *h, term module);  // [{name, arity, text}] of a module's natives
term code_docs(struct vm *vm, struct heap *h, term module);         // what struct object keeps as docs, or nil

static inline unsigned fun_arity(term fun)
{
    term *f = boxed_ptr(fun);
    return header_type(*f) == TYPE_FUN ? ((struct lambda *)f[1])->arity : ((struct export *)f[1])->arity;
}

// Live mask word of a safe point, as packed by the loader: base << 48 | pooled << 47 | mask or pool index.
#define MASK_BITS 47
#define MASK_PACKED_POOLED (1ull << MASK_BITS)
static inline unsigned mask_base(uint64_t m) { return (unsigned)(m >> 48); }
#endif
