// SPDX-License-Identifier: Apache-2.0
// :persistent_term natives: terms that every process reads without copying.
//
// Owner of vm->persistent: hash of the key -> chain of entries. Key and value lie in the VM's literal area, which the collector never
// copies; what is replaced or erased is freed once no process refers to it (code_collect.c).
#include <stdlib.h>

#include "code.h"
#include "native.h"

struct entry { struct entry *next; struct literals *home; term key, value; };

static uint64_t slot_of(struct vm *vm, term key) { return (uint64_t)1 << 32 | term_hash(vm, key); }

static struct entry *chain_of(struct vm *vm, term key)
{
    uint64_t chain;
    return table_get(&vm->persistent, slot_of(vm, key), &chain) ? (struct entry *)chain : NULL;
}

static struct entry *find(struct vm *vm, term key)
{
    struct entry *e = chain_of(vm, key);
    while (e && !term_same(e->key, key)) e = e->next;
    return e;
}

void persistent_terms_free(struct vm *vm)
{
    uint64_t key, chain;
    for (uint32_t at = 0; table_next(&vm->persistent, &at, &key, &chain);) {
        for (struct entry *e = (struct entry *)chain, *next; e; e = next) {
            next = e->next;
            free(e);
        }
    }
    table_free(&vm->persistent);
}

NATIVE("persistent_term", "put", 2, persistent_term_put, "Stores a term under a key.")
{
    struct entry *e = find(p->vm, arg[0]);
    if (e && term_same(e->value, arg[1])) return AM_ok;
    if (!e) {
        e = malloc(sizeof *e);
        if (!e) abort();
        e->home = NULL;
        e->next = chain_of(p->vm, arg[0]);
        table_put(&p->vm->persistent, slot_of(p->vm, arg[0]), (uint64_t)e);
    }
    term copies[2];
    literals_orphan(p->vm, e->home);
    e->home = literals_new(p->vm, 2, arg, copies);
    e->key = copies[0];
    e->value = copies[1];
    if (e->home) native_charge(p, e->home->words / 100);
    return AM_ok;
}
NATIVE("persistent_term", "get", 1, persistent_term_get_1, "The term stored under a key.")
{
    struct entry *e = find(p->vm, arg[0]);
    return e ? e->value : raise_badarg(p, 1, "no persistent term stored with this key");
}
NATIVE("persistent_term", "get", 2, persistent_term_get_2, "The term stored under a key, or a default.")
{
    struct entry *e = find(p->vm, arg[0]);
    return e ? e->value : arg[1];
}
NATIVE("persistent_term", "erase", 1, persistent_term_erase, "Forgets a key; whether it was there.")
{
    struct entry *e = find(p->vm, arg[0]), *first = chain_of(p->vm, arg[0]);
    if (!e) return AM_false;
    if (e == first) {
        if (e->next) table_put(&p->vm->persistent, slot_of(p->vm, arg[0]), (uint64_t)e->next);
        else table_remove(&p->vm->persistent, slot_of(p->vm, arg[0]), NULL);
    } else {
        while (first->next != e) first = first->next;
        first->next = e->next;
    }
    literals_orphan(p->vm, e->home);
    free(e);
    return AM_true;
}

static term each_entry(struct process *p, size_t *count, size_t *words)
{
    term list = TERM_NIL;
    uint64_t key, chain;
    *count = *words = 0;
    for (uint32_t at = 0; table_next(&p->vm->persistent, &at, &key, &chain);) {
        for (struct entry *e = (struct entry *)chain; e; e = e->next) {
            list = mk_cons(&p->heap, mk_tuple2(&p->heap, e->key, e->value), list);
            ++*count;
            *words += 3 + term_size(NULL, e->value);
        }
    }
    return list;
}
NATIVE("persistent_term", "get", 0, persistent_term_get_0, "All keys and terms.")
{
    size_t count, words;
    return each_entry(p, &count, &words);
}
NATIVE("persistent_term", "info", 0, persistent_term_info, "How many terms there are and the bytes they take.")
{
    size_t count, words;
    each_entry(p, &count, &words);
    term keys[2] = {AM_count, AM_memory}, values[2] = {make_small((int64_t)count), make_small((int64_t)(words * sizeof(term)))};
    return map_from_pairs(p->vm, &p->heap, 2, keys, values);
}
