// SPDX-License-Identifier: Apache-2.0
// :atomics and :counters natives: arrays of 64-bit integers that processes share.
//
// Owner of vm->atomics: reference -> array. Invariants: every access is one atomic operation, so no lock is needed; arithmetic wraps
// around. An array lives as long as the VM, since a reference is a number that can be kept anywhere.
#include <stdlib.h>

#include "sched.h"

#define NOT_INTEGER "not an integer"
#define OUT_OF_RANGE "out of range"
#define BAD_OPTION "invalid option in list"
#define BAD_REF "invalid atomics reference"
#define COUNT_MAX ((int64_t)1 << 26)

struct atomics { bool is_signed; size_t n; uint64_t values[]; };

void atomics_free_all(struct vm *vm)
{
    uint64_t ref, array;
    for (uint32_t at = 0; table_next(&vm->atomics, &at, &ref, &array);) free((void *)array);
    table_free(&vm->atomics);
}

static term make_array(struct process *p, term count, bool is_signed)
{
    if (!is_integer(count)) return raise_badarg(p, 1, NOT_INTEGER);
    if (num_compare(count, make_small(1)) < 0) return raise_badarg(p, 1, OUT_OF_RANGE);
    if (!is_small(count) || small_value(count) > COUNT_MAX) return raise_system_limit(p);
    size_t n = (size_t)small_value(count);
    struct atomics *a = calloc(1, sizeof *a + n * sizeof *a->values);
    if (!a) return raise_system_limit(p);
    a->n = n;
    a->is_signed = is_signed;
    term ref = vm_make_ref(p->vm);
    table_put(&p->vm->atomics, ref, (uint64_t)a);
    return ref;
}

static struct atomics *array_of(struct process *p, term ref)
{
    uint64_t found;
    if (is_ref(ref) && table_get(&p->vm->atomics, ref, &found)) return (struct atomics *)found;
    return raise_badarg(p, 1, BAD_REF), NULL;
}

// The reference in {atomics, ref} or {write_concurrency, ref}.
static term counters_ref(term t)
{
    bool good = is_tuple_of(t, 2) && (tuple_get(t, 0) == AM_atomics || tuple_get(t, 0) == AM_write_concurrency);
    return good ? tuple_get(t, 1) : AM_undefined;
}

static uint64_t *element(struct process *p, struct atomics *a, term index)
{
    if (!a) return NULL;
    if (!is_integer(index)) return raise_badarg(p, 2, NOT_INTEGER), NULL;
    if (!is_small(index) || small_value(index) < 1 || (uint64_t)small_value(index) > a->n) return raise_badarg(p, 2, OUT_OF_RANGE), NULL;
    return &a->values[small_value(index) - 1];
}

// The 64-bit pattern of an integer from -2^63 to 2^64 - 1; `strict`: only what the array can hold. False: raised.
static bool word_of(struct process *p, const struct atomics *a, term t, int position, bool strict, uint64_t *word)
{
    int64_t v;
    if (!is_integer(t)) return raise_badarg(p, position, NOT_INTEGER), false;
    if (get_int64(t, &v)) {
        *word = (uint64_t)v;
        if (!strict || a->is_signed || v >= 0) return true;
    } else if (header_size(boxed_header(t)) == 1 && boxed_type(t) == TYPE_BIGPOS && !(strict && a->is_signed)) {
        *word = boxed_ptr(t)[1];
        return true;
    }
    return raise_badarg(p, position, OUT_OF_RANGE), false;
}

static term value_term(struct process *p, const struct atomics *a, uint64_t v)
{
    return a->is_signed ? mk_int(&p->heap, (int64_t)v) : mk_uint(&p->heap, v);
}

static term put(struct process *p, struct atomics *a, const term *arg)
{
    uint64_t *at = element(p, a, arg[1]), word;
    if (!at || !word_of(p, a, arg[2], 3, true, &word)) return TERM_NONE;
    __atomic_store_n(at, word, __ATOMIC_SEQ_CST);
    return AM_ok;
}

static term get(struct process *p, struct atomics *a, const term *arg)
{
    uint64_t *at = element(p, a, arg[1]);
    return at ? value_term(p, a, __atomic_load_n(at, __ATOMIC_SEQ_CST)) : TERM_NONE;
}

static term add(struct process *p, struct atomics *a, const term *arg, bool subtract, bool result)
{
    uint64_t *at = element(p, a, arg[1]), word;
    if (!at || !word_of(p, a, arg[2], 3, false, &word)) return TERM_NONE;
    uint64_t v = __atomic_add_fetch(at, subtract ? -word : word, __ATOMIC_SEQ_CST);
    return result ? value_term(p, a, v) : AM_ok;
}

NATIVE("atomics", "new", 2, atomics_new, "An array of integers, all 0; option {signed, boolean}.")
{
    bool is_signed = true;
    term o = arg[1];
    for (; is_cons(o); o = tail(o)) {
        term h = head(o);
        if (!is_tuple_of(h, 2) || tuple_get(h, 0) != AM_signed || (tuple_get(h, 1) != AM_true && tuple_get(h, 1) != AM_false))
            return raise_badarg(p, 2, BAD_OPTION);
        is_signed = tuple_get(h, 1) == AM_true;
    }
    return is_nil(o) ? make_array(p, arg[0], is_signed) : raise_badarg(p, 2, "not a list");
}
NATIVE("atomics", "put", 3, atomics_put, "Sets an element.") { return put(p, array_of(p, arg[0]), arg); }
NATIVE("atomics", "get", 2, atomics_get, "An element.") { return get(p, array_of(p, arg[0]), arg); }
NATIVE("atomics", "add", 3, atomics_add, "Adds to an element.") { return add(p, array_of(p, arg[0]), arg, false, false); }
NATIVE("atomics", "sub", 3, atomics_sub, "Subtracts from an element.") { return add(p, array_of(p, arg[0]), arg, true, false); }
NATIVE("atomics", "add_get", 3, atomics_add_get, "Adds to an element; its new value.") { return add(p, array_of(p, arg[0]), arg, false, true); }
NATIVE("atomics", "sub_get", 3, atomics_sub_get, "Subtracts from an element; its new value.") { return add(p, array_of(p, arg[0]), arg, true, true); }
NATIVE("atomics", "exchange", 3, atomics_exchange, "Sets an element; its old value.")
{
    struct atomics *a = array_of(p, arg[0]);
    uint64_t *at = element(p, a, arg[1]), word;
    if (!at || !word_of(p, a, arg[2], 3, true, &word)) return TERM_NONE;
    return value_term(p, a, __atomic_exchange_n(at, word, __ATOMIC_SEQ_CST));
}
NATIVE("atomics", "compare_exchange", 4, atomics_compare_exchange, "Sets an element if it has an expected value: ok, or what it had.")
{
    struct atomics *a = array_of(p, arg[0]);
    uint64_t *at = element(p, a, arg[1]), expected, word;
    if (!at || !word_of(p, a, arg[2], 3, true, &expected) || !word_of(p, a, arg[3], 4, true, &word)) return TERM_NONE;
    bool done = __atomic_compare_exchange_n(at, &expected, word, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return done ? AM_ok : value_term(p, a, expected);
}

static term info(struct process *p, const struct atomics *a)
{
    if (!a) return TERM_NONE;
    struct heap *h = &p->heap;
    term keys[4] = {AM_size, AM_max, AM_min, AM_memory};
    term values[4] = {make_small((int64_t)a->n), a->is_signed ? mk_int(h, INT64_MAX) : mk_uint(h, UINT64_MAX),
                      a->is_signed ? mk_int(h, INT64_MIN) : make_small(0),
                      make_small((int64_t)(40 + 8 * a->n))};
    return map_from_pairs(p->vm, h, 4, keys, values);
}
NATIVE("atomics", "info", 1, atomics_info, "Size, range and memory of an array.") { return info(p, array_of(p, arg[0])); }

NATIVE("counters", "new", 2, counters_new, "An array of counters, all 0; options atomics, write_concurrency.")
{
    term kind = AM_atomics, o = arg[1];
    for (; is_cons(o); o = tail(o)) {
        if (head(o) != AM_atomics && head(o) != AM_write_concurrency) return raise_badarg(p, 2, BAD_OPTION);
        kind = head(o);
    }
    if (!is_nil(o)) return raise_badarg(p, 2, "not a list");
    term ref = make_array(p, arg[0], true);
    return ref == TERM_NONE ? ref : mk_tuple2(&p->heap, kind, ref);
}
NATIVE("counters", "add", 3, counters_add, "Adds to a counter.") { return add(p, array_of(p, counters_ref(arg[0])), arg, false, false); }
NATIVE("counters", "sub", 3, counters_sub, "Subtracts from a counter.") { return add(p, array_of(p, counters_ref(arg[0])), arg, true, false); }
NATIVE("counters", "get", 2, counters_get, "A counter.") { return get(p, array_of(p, counters_ref(arg[0])), arg); }
NATIVE("counters", "put", 3, counters_put, "Sets a counter.") { return put(p, array_of(p, counters_ref(arg[0])), arg); }
NATIVE("counters", "info", 1, counters_info, "Size and memory of an array of counters.")
{
    struct atomics *a = array_of(p, counters_ref(arg[0]));
    if (!a || tuple_get(arg[0], 0) == AM_atomics) return info(p, a);
    term keys[2] = {AM_size, AM_memory}, values[2] = {make_small((int64_t)a->n), make_small((int64_t)(40 + 8 * a->n))};
    return map_from_pairs(p->vm, &p->heap, 2, keys, values);
}
