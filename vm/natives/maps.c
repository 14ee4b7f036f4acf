// SPDX-License-Identifier: Apache-2.0
// :maps natives: everything of the module that takes no fun.
//
// Invariants: results share keys with their sources where map.c can; to_list, keys and values go through big maps from the highest
// branch down, iterators from the lowest up, as on the BEAM.
#include <stdlib.h>

#include "native.h"

#define FIRST_BATCH 16      // entries an iterator unrolls at first; the second time it unrolls the rest

static term bad_map(struct process *p, term t) { return raise_error(p, mk_tuple2(&p->heap, AM_badmap, t)); }
static term bad_key(struct process *p, term t) { return raise_error(p, mk_tuple2(&p->heap, AM_badkey, t)); }

// Room for n keys and n values in one block.
struct pairs { size_t n; term *keys, *values; };
static void pairs_init(struct pairs *e, size_t n)
{
    e->n = 0;
    e->keys = malloc((2 * n + 1) * sizeof(term));
    if (!e->keys) abort();
    e->values = e->keys + n;
}
static void pairs_add(struct pairs *e, term key, term value)
{
    e->keys[e->n] = key;
    e->values[e->n++] = value;
}
static term pairs_map(struct process *p, struct pairs *e)
{
    term map = map_from_pairs(p->vm, &p->heap, e->n, e->keys, e->values);
    native_charge(p, e->n / 10);
    free(e->keys);
    return map;
}

// ---- one key

NATIVE("maps", "get", 2, maps_get_2, "The value of a key.")
{
    if (!is_map(arg[1])) return bad_map(p, arg[1]);
    term v = map_get(p->vm, arg[1], arg[0]);
    return v == TERM_NONE ? bad_key(p, arg[0]) : v;
}
NATIVE("maps", "get", 3, maps_get_3, "The value of a key, or a default.")
{
    if (!is_map(arg[1])) return bad_map(p, arg[1]);
    term v = map_get(p->vm, arg[1], arg[0]);
    return v == TERM_NONE ? arg[2] : v;
}
NATIVE("maps", "find", 2, maps_find, "{ok, value} of a key, or error.")
{
    if (!is_map(arg[1])) return bad_map(p, arg[1]);
    term v = map_get(p->vm, arg[1], arg[0]);
    return v == TERM_NONE ? AM_error : mk_tuple2(&p->heap, AM_ok, v);
}
NATIVE("maps", "is_key", 2, maps_is_key, "Whether a key is there.")
{
    if (!is_map(arg[1])) return bad_map(p, arg[1]);
    return mk_bool(map_get(p->vm, arg[1], arg[0]) != TERM_NONE);
}
NATIVE("maps", "put", 3, maps_put, "The map with a key set to a value.")
{
    return is_map(arg[2]) ? map_put(p->vm, &p->heap, arg[2], arg[0], arg[1]) : bad_map(p, arg[2]);
}
NATIVE("maps", "update", 3, maps_update, "The map with the value of an existing key replaced.")
{
    if (!is_map(arg[2])) return bad_map(p, arg[2]);
    if (map_get(p->vm, arg[2], arg[0]) == TERM_NONE) return bad_key(p, arg[0]);
    return map_put(p->vm, &p->heap, arg[2], arg[0], arg[1]);
}
NATIVE("maps", "remove", 2, maps_remove, "The map without a key.")
{
    return is_map(arg[1]) ? map_remove(p->vm, &p->heap, arg[1], arg[0]) : bad_map(p, arg[1]);
}
NATIVE("maps", "take", 2, maps_take, "{value, the map without the key}, or error.")
{
    if (!is_map(arg[1])) return bad_map(p, arg[1]);
    term v = map_get(p->vm, arg[1], arg[0]);
    return v == TERM_NONE ? AM_error : mk_tuple2(&p->heap, v, map_remove(p->vm, &p->heap, arg[1], arg[0]));
}
NATIVE("maps", "size", 1, maps_size, "Number of entries.") { return is_map(arg[0]) ? make_small((int64_t)map_size(arg[0])) : bad_map(p, arg[0]); }
NATIVE("maps", "new", 0, maps_new, "A map without entries.") { return map_empty(&p->heap); }

// Map.get and Access.get as compiled code calls them (gen_call.c): what is not read here, the functions themselves do or refuse.

static term get_or(struct process *p, term map, term key, term otherwise)
{
    term v = map_get(p->vm, map, key);
    return v == TERM_NONE ? otherwise : v;
}
NATIVE("phial_map", "get", 2, phial_map_get_2, "Map.get/2.")
{
    return is_map(arg[0]) ? get_or(p, arg[0], arg[1], AM_nil) : trap_mfa(p, AM_Map, AM_get, 2, arg);
}
NATIVE("phial_map", "get", 3, phial_map_get_3, "Map.get/3.")
{
    return is_map(arg[0]) ? get_or(p, arg[0], arg[1], arg[2]) : trap_mfa(p, AM_Map, AM_get, 3, arg);
}

// Maps without a struct's name, keyword lists of pairs, nil; TERM_NONE: something else.
static inline term accessed(struct process *p, term from, term key, term otherwise)
{
    if (is_map(from)) return map_is_struct(p->vm, from) ? TERM_NONE : get_or(p, from, key, otherwise);
    if (from == AM_nil) return otherwise;
    if (!is_atom(key)) return TERM_NONE;
    term l = from;
    for (; is_cons(l) && is_tuple_of(head(l), 2); l = tail(l))
        if (tuple_get(head(l), 0) == key) return tuple_get(head(l), 1);
    return is_nil(l) ? otherwise : TERM_NONE;
}
NATIVE("phial_access", "get", 2, phial_access_get_2, "Access.get/2.")
{
    term v = accessed(p, arg[0], arg[1], AM_nil);
    return v == TERM_NONE ? trap_mfa(p, AM_Access, AM_get, 2, arg) : v;
}
NATIVE("phial_access", "get", 3, phial_access_get_3, "Access.get/3.")
{
    term v = accessed(p, arg[0], arg[1], arg[2]);
    return v == TERM_NONE ? trap_mfa(p, AM_Access, AM_get, 3, arg) : v;
}

// ---- all entries

enum wanted { WANT_KEYS, WANT_VALUES, WANT_PAIRS };

static term entries(struct process *p, term map, enum wanted wanted, bool up)
{
    struct list_builder out;
    struct map_iter it;
    term key, value;
    if (!is_map(map)) return bad_map(p, map);
    list_begin(&out, &p->heap);
    if (up) map_iter_init_up(&it, map);
    else map_iter_init(&it, map);
    while (map_iter_next(&it, &key, &value))
        list_add(&out, wanted == WANT_KEYS ? key : wanted == WANT_VALUES ? value : mk_tuple2(&p->heap, key, value));
    native_charge(p, map_size(map) / 50);
    return list_end(&out, TERM_NIL);
}
NATIVE("maps", "keys", 1, maps_keys, "The keys.") { return entries(p, arg[0], WANT_KEYS, false); }
NATIVE("maps", "values", 1, maps_values, "The values.") { return entries(p, arg[0], WANT_VALUES, false); }
NATIVE("maps", "to_list", 1, maps_to_list, "The entries as {key, value}.") { return entries(p, arg[0], WANT_PAIRS, false); }

NATIVE("phial_maps", "iteration_list", 1, phial_maps_iteration_list,
       "The entries as {key, value} in the order of an iterator, which maps:fold visits.")
{
    return entries(p, arg[0], WANT_PAIRS, true);
}

// An iterator is none, {key, value, iterator}, or [entries already unrolled | map].
NATIVE("maps", "iterator", 1, maps_iterator, "An iterator over the entries, for next/1.")
{
    if (!is_map(arg[0])) return bad_map(p, arg[0]);
    return mk_cons(&p->heap, make_small(0), arg[0]);
}

static term unroll(struct process *p, term map, size_t skip)
{
    size_t size = map_size(map), n = skip ? size - skip : size < FIRST_BATCH ? size : FIRST_BATCH;
    struct map_iter it;
    struct pairs e;
    term key, value;
    pairs_init(&e, n);
    map_iter_init_up(&it, map);
    for (size_t i = 0; i < skip; i++) map_iter_next(&it, &key, &value);
    while (e.n < n && map_iter_next(&it, &key, &value)) pairs_add(&e, key, value);
    term rest = skip + n < size ? mk_cons(&p->heap, make_small((int64_t)(skip + n)), map) : AM_none;
    for (size_t i = e.n; i-- > 0;) rest = mk_tuple3(&p->heap, e.keys[i], e.values[i], rest);
    free(e.keys);
    native_charge(p, (skip + n) / 50);
    return rest;
}
NATIVE("maps", "next", 1, maps_next, "{key, value, iterator} of an iterator's next entry, or none.")
{
    term it = arg[0];
    if (it == AM_none || is_tuple_of(it, 3)) return it;
    if (!is_cons(it) || !is_small(head(it)) || !is_map(tail(it)) || small_value(head(it)) < 0 || small_value(head(it)) > (int64_t)map_size(tail(it)))
        return raise_badarg(p, 1, "not a valid iterator");
    return unroll(p, tail(it), (size_t)small_value(head(it)));
}

// ---- from lists

static term bad_list(struct process *p, term list) { return raise_badarg(p, 1, is_cons(list) ? "not a proper list" : "not a list"); }

NATIVE("maps", "from_list", 1, maps_from_list, "The map of {key, value} entries; later ones win.")
{
    size_t n;
    struct pairs e;
    if (!list_length(arg[0], &n)) return bad_list(p, arg[0]);
    pairs_init(&e, n);
    for (term l = arg[0]; is_cons(l); l = tail(l)) {
        if (!is_tuple_of(head(l), 2)) {
            free(e.keys);
            return raise_badarg(p, 0, NULL);
        }
        pairs_add(&e, tuple_get(head(l), 0), tuple_get(head(l), 1));
    }
    return pairs_map(p, &e);
}
NATIVE("maps", "from_keys", 2, maps_from_keys, "The map of these keys, all with one value.")
{
    size_t n;
    struct pairs e;
    if (!list_length(arg[0], &n)) return bad_list(p, arg[0]);
    pairs_init(&e, n);
    for (term l = arg[0]; is_cons(l); l = tail(l)) pairs_add(&e, head(l), arg[1]);
    return pairs_map(p, &e);
}

// Lists of [key | value]. Keys met are numbered from 0 in the order of their first pair; free(keys) and free(slots) when done.
struct numbering { size_t n, mask; term *keys; uint32_t *slots; };

static bool numbering_init(struct numbering *e, term pairs)
{
    size_t n;
    if (!list_length(pairs, &n)) return false;
    *e = (struct numbering){.mask = 15};
    while (e->mask < 2 * n) e->mask = 2 * e->mask + 1;
    e->keys = malloc((n + 1) * sizeof(term));
    e->slots = calloc(e->mask + 1, sizeof *e->slots);
    if (!e->keys || !e->slots) abort();
    return true;
}

static size_t number_of(struct process *p, struct numbering *e, term key)
{
    size_t at = term_hash(p->vm, key) & e->mask;
    while (e->slots[at] && !term_same(e->keys[e->slots[at] - 1], key)) at = (at + 1) & e->mask;
    if (!e->slots[at]) {
        e->keys[e->n++] = key;
        e->slots[at] = (uint32_t)e->n;
    }
    return e->slots[at] - 1;
}

static void numbering_done(struct process *p, struct numbering *e, size_t pairs)
{
    native_charge(p, pairs / 10);
    free(e->keys);
    free(e->slots);
}

NATIVE("phial_maps", "firsts", 1, phial_maps_firsts, "Of a list of [key | value], the value of each key's first pair.")
{
    struct numbering e;
    struct list_builder out;
    size_t n = 0;
    if (!numbering_init(&e, arg[0])) return bad_list(p, arg[0]);
    list_begin(&out, &p->heap);
    for (term l = arg[0]; is_cons(l); l = tail(l), n++) {
        size_t before = e.n;
        if (number_of(p, &e, head(head(l))) == before) list_add(&out, tail(head(l)));
    }
    numbering_done(p, &e, n);
    return list_end(&out, TERM_NIL);
}
NATIVE("phial_maps", "grouped", 1, phial_maps_grouped, "Of a list of [key | value], the map of each key to the list of its values.")
{
    struct numbering e;
    size_t n;
    if (!list_length(arg[0], &n) || !numbering_init(&e, arg[0])) return bad_list(p, arg[0]);
    struct list_builder *lists = malloc((n + 1) * sizeof *lists);
    term *values = malloc((n + 1) * sizeof *values);
    if (!lists || !values) abort();
    for (term l = arg[0]; is_cons(l); l = tail(l)) {
        size_t before = e.n, at = number_of(p, &e, head(head(l)));
        if (at == before) list_begin(&lists[at], &p->heap);
        list_add(&lists[at], tail(head(l)));
    }
    for (size_t i = 0; i < e.n; i++) values[i] = list_end(&lists[i], TERM_NIL);
    term map = map_from_pairs(p->vm, &p->heap, e.n, e.keys, values);
    free(values);
    free(lists);
    numbering_done(p, &e, n);
    return map;
}
NATIVE("maps", "with", 2, maps_with, "The entries whose keys are in a list.")
{
    size_t n;
    struct pairs e;
    if (!is_map(arg[1])) return bad_map(p, arg[1]);
    if (!is_list(arg[0])) return raise_badarg(p, 1, "not a list");
    if (!list_length(arg[0], &n)) return raise_error(p, AM_function_clause);
    pairs_init(&e, n);
    for (term l = arg[0]; is_cons(l); l = tail(l)) {
        term v = map_get(p->vm, arg[1], head(l));
        if (v != TERM_NONE) pairs_add(&e, head(l), v);
    }
    return pairs_map(p, &e);
}
NATIVE("maps", "without", 2, maps_without, "The entries whose keys are not in a list.")
{
    size_t n;
    if (!is_map(arg[1])) return bad_map(p, arg[1]);
    if (!is_list(arg[0])) return raise_badarg(p, 1, "not a list");
    if (!list_length(arg[0], &n)) return raise_error(p, AM_function_clause);
    term map = arg[1];
    for (term l = arg[0]; is_cons(l); l = tail(l)) map = map_remove(p->vm, &p->heap, map, head(l));
    native_charge(p, n / 10);
    return map;
}

// ---- two maps

// Puts the entries of `from` into `to`; `override`: also those whose keys are there already.
static term put_all(struct process *p, term to, term from, bool override)
{
    struct map_iter it;
    term key, value;
    map_iter_init(&it, from);
    while (map_iter_next(&it, &key, &value))
        if (override || map_get(p->vm, to, key) == TERM_NONE) to = map_put(p->vm, &p->heap, to, key, value);
    native_charge(p, map_size(from) / 10);
    return to;
}

static term merge_similar(struct process *p, term a, term b)
{
    struct map_iter it;
    struct pairs e;
    term key, value;
    pairs_init(&e, map_size(a) + map_size(b));
    map_iter_init(&it, a);
    while (map_iter_next(&it, &key, &value)) pairs_add(&e, key, value);
    map_iter_init(&it, b);
    while (map_iter_next(&it, &key, &value)) pairs_add(&e, key, value);
    return pairs_map(p, &e);
}

NATIVE("maps", "merge", 2, maps_merge, "The entries of both maps; where both have a key, the second map's.")
{
    term a = arg[0], b = arg[1];
    if (!is_map(a)) return bad_map(p, a);
    if (!is_map(b)) return bad_map(p, b);
    size_t n = map_size(a), m = map_size(b);
    if (!m || a == b) return a;
    if (!n) return b;
    if (boxed_type(a) == TYPE_FLATMAP && boxed_type(b) == TYPE_FLATMAP && boxed_ptr(a)[1] == boxed_ptr(b)[1]) return b;
    bool few = boxed_type(a) == TYPE_FLATMAP, few_more = boxed_type(b) == TYPE_FLATMAP;
    if (!few && !few_more) return native_charge(p, (n + m) / 100), map_merge_tries(p->vm, &p->heap, a, b);
    if (m <= 2 || !few) return put_all(p, a, b, true);
    if (n <= 2 || !few_more) return put_all(p, b, a, false);
    return merge_similar(p, a, b);
}
// Looks the keys of arg[0] up in arg[1] until one is there or not, as asked for.
static term search_keys(struct process *p, const term *arg, bool there)
{
    struct map_iter it;
    term key, value;
    size_t n = 0;
    bool found = false;
    if (!is_map(arg[0])) return bad_map(p, arg[0]);
    if (!is_map(arg[1])) return bad_map(p, arg[1]);
    map_iter_init(&it, arg[0]);
    for (; !found && map_iter_next(&it, &key, &value); n++) found = (map_get(p->vm, arg[1], key) != TERM_NONE) == there;
    native_charge(p, n / 20);
    return found == there ? AM_true : AM_false;
}
NATIVE("phial_maps", "has_any", 2, phial_maps_has_any, "Whether some key of the first map is one of the second's.")
{
    return search_keys(p, arg, true);
}
NATIVE("phial_maps", "has_all", 2, phial_maps_has_all, "Whether all keys of the first map are the second's too.")
{
    return search_keys(p, arg, false);
}

NATIVE("maps", "intersect", 2, maps_intersect, "The entries of the second map whose keys the first has too.")
{
    struct map_iter it;
    struct pairs e;
    term key, value;
    if (!is_map(arg[0])) return bad_map(p, arg[0]);
    if (!is_map(arg[1])) return bad_map(p, arg[1]);
    size_t n = map_size(arg[0]), m = map_size(arg[1]);
    bool first_smaller = n < m;
    pairs_init(&e, first_smaller ? n : m);
    map_iter_init(&it, first_smaller ? arg[0] : arg[1]);
    while (map_iter_next(&it, &key, &value)) {
        term other = map_get(p->vm, first_smaller ? arg[1] : arg[0], key);
        if (other != TERM_NONE) pairs_add(&e, key, first_smaller ? other : value);
    }
    return pairs_map(p, &e);
}
