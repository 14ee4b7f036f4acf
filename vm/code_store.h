// SPDX-License-Identifier: Apache-2.0
// What the loader (code.c) and the collector of code (code_collect.c) share: where code and literals are kept.
#ifndef PHIAL_CODE_STORE_H
#define PHIAL_CODE_STORE_H

#include "area.h"
#include "code.h"

enum { ANSWER_WORDS = 7 };      // of code that answers for a lambda whose module was purged
#ifdef PHIAL_STRESS
enum { CODE_GARBAGE_MIN = 64 << 10 };
#else
enum { CODE_GARBAGE_MIN = 4 << 20 };    // bytes that may be garbage before it is looked for
#endif

struct code {
    struct export **buckets;
    uint32_t nbuckets, nexports;
    struct table modules;           // name -> struct module *, current versions
    struct table olds;              // the same for old versions, until they are purged
    struct module *all;             // every version and thunk
    struct module **ranges;         // all of them by address
    size_t nranges, ranges_capacity;
    struct block_area code_area, literal_area;
    struct literals *all_literals;
    struct stubs stubs;
    struct image *image;
};

size_t module_bytes(const struct module *m);
void module_free(struct vm *vm, struct module *m);
void literals_free(struct vm *vm, struct literals *l);
bool literals_have_funs(const struct code *c, const struct literals *l);

#endif
