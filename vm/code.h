// SPDX-License-Identifier: Apache-2.0
// Loaded code: modules, exports, natives, the literal area, the image.
//
// Owner of: vm->code. Locking rule: one scheduler thread loads and calls; with several, loading takes the code lock and publishes an
// export's `entry` last. Invariants: an export entry, once made, lives as long as the VM (code words point to it); a module is
// replaced by moving its export entries, the old version stays until no process runs in it (code_purge).
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

struct module {
    term name;                      // atom; for a thunk: the name its stack traces show
    uint64_t *code;                 size_t ncode;
    struct function *functions;     size_t nfunctions;
    struct lambda *lambdas;         size_t nlambdas;
    struct line_entry *lines;       size_t nlines;
    struct region *regions;         size_t nregions;
    uint64_t *masks;                size_t npool;
    struct export **exports;        size_t nexports;   // entries this version provides
    term file, attributes, docs;    // literals
    struct module *previous;        // old version, until purged
    struct module *next_loaded;     // all versions, newest first
    bool thunk, system;             // thunk: anonymous unit; system: from the image
    uint8_t md5[16];
};

struct code *code_new(struct vm *vm);
void code_free(struct vm *vm);

struct export *code_export(struct vm *vm, term module, term function, unsigned arity); // found or made
struct export *code_find_export(struct vm *vm, term module, term function, unsigned arity); // NULL if never named
// The export's code or native is there, after loading the module from image or code path if need be.
bool code_resolve(struct vm *vm, struct export *e);
struct module *code_module(struct vm *vm, term name);              // current version or NULL
struct module *code_module_at(struct vm *vm, const uint64_t *pc);  // the module whose code holds pc, or NULL
const struct function *code_function_at(const struct module *m, const uint64_t *pc);
int code_line_at(const struct module *m, const uint64_t *pc);      // 0: unknown
const struct region *code_region_at(const struct module *m, const uint64_t *pc, enum region_kind kind); // innermost or NULL

term code_literal(struct vm *vm, term t);       // a copy of t in the literal area, shared by all

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
bool code_has_natives(struct vm *vm, term module);
struct export_name { const char *text; term name; unsigned arity; };
bool code_delete(struct vm *vm, term module);                      // its exports are undefined from now on
term code_all_loaded(struct vm *vm, struct heap *h);               // [{module, file}]
size_t code_literal_bytes(struct vm *vm);
term code_docs(struct vm *vm, struct heap *h, term module);         // docs chunk or nil

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
