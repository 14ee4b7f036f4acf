// SPDX-License-Identifier: Apache-2.0
// :ets natives: tables, their owners, access to objects. Storage is ets_table.c, match specifications ets_match.c.
//
// Invariants: what goes into a table and what comes out is copied; a table dies with its owner unless it has a live heir; a call with
// several objects checks them all before it changes anything.
#include "ets.h"

#include <stdlib.h>

#include "sched.h"

#define NO_TABLE "the table identifier does not refer to an existing ETS table"
#define NO_ACCESS "the table identifier refers to an ETS table with insufficient access rights"
#define BAD_ID "not an atom or a table identifier"
#define NO_KEY "not a key that exists in the table"
#define KEYPOS_MAX ((int64_t)1 << 24)

// ---- finding tables

static struct ets *ets_of(struct vm *vm)
{
    if (!vm->ets) vm->ets = calloc(1, sizeof *vm->ets);
    if (!vm->ets) abort();
    return vm->ets;
}

static struct ets_table *find_table(struct vm *vm, term id)
{
    uint64_t found;
    if (!vm->ets) return NULL;
    return table_get(is_atom(id) ? &vm->ets->by_name : &vm->ets->by_ref, id, &found) ? (struct ets_table *)found : NULL;
}

struct ets_table *ets_open(struct process *p, term id, enum ets_access access)
{
    if (!is_atom(id) && !is_ref(id)) return raise_badarg(p, 1, BAD_ID), NULL;
    struct ets_table *t = find_table(p->vm, id);
    if (!t) return raise_badarg(p, 1, NO_TABLE), NULL;
    bool allowed = t->owner == p->pid || (access == ETS_READ && t->protection != AM_private) || (access == ETS_WRITE && t->protection == AM_public);
    return allowed ? t : (raise_badarg(p, 1, NO_ACCESS), NULL);
}

// ---- owners

static void add_owner(struct ets *e, term pid, int change)
{
    uint64_t n = 0, old;
    if (table_get(&e->owners, pid, &old)) n = old;
    n += (uint64_t)(int64_t)change;
    if (n) table_put(&e->owners, pid, n);
    else table_remove(&e->owners, pid, NULL);
}

static void drop_table(struct vm *vm, struct ets_table *t)
{
    struct ets *e = vm->ets;
    table_remove(&e->by_ref, t->ref, NULL);
    if (t->named) table_remove(&e->by_name, t->name, NULL);
    if (t->prev) t->prev->next = t->next;
    else e->first = t->next;
    if (t->next) t->next->prev = t->prev;
    e->fixed -= t->fixed;
    add_owner(e, t->owner, -1);
    ets_table_free(t);
}

static void unfix(struct vm *vm, struct ets_table *t, term pid, bool all)
{
    uint64_t n;
    if (!table_get(&t->fixers, pid, &n)) return;
    uint64_t gone = all ? n : 1;
    if (n == gone) table_remove(&t->fixers, pid, NULL);
    else table_put(&t->fixers, pid, n - gone);
    t->fixed -= gone;
    vm->ets->fixed -= gone;
    ets_purge(t);
}

static void transfer(struct vm *vm, struct ets_table *t, term to, term data)
{
    struct heap h;
    heap_init(&h);
    term elems[4] = {AM_ETS_TRANSFER, t->named ? t->name : t->ref, t->owner, data};
    add_owner(vm->ets, t->owner, -1);
    add_owner(vm->ets, to, 1);
    t->owner = to;
    send_message(vm, to, mk_tuple(&h, 4, elems));
    heap_free(&h);
}

void ets_owner_exits(struct vm *vm, term pid)
{
    struct ets *e = vm->ets;
    if (!e || (!e->fixed && !table_get(&e->owners, pid, NULL))) return;
    for (struct ets_table *t = e->first, *next; t; t = next) {
        next = t->next;
        if (t->fixed) unfix(vm, t, pid, true);
        if (t->owner != pid) continue;
        if (t->heir != AM_none && t->heir != pid && process_find(vm, t->heir)) transfer(vm, t, t->heir, t->heir_data);
        else drop_table(vm, t);
    }
}

void ets_free(struct vm *vm)
{
    if (!vm->ets) return;
    while (vm->ets->first) drop_table(vm, vm->ets->first);
    table_free(&vm->ets->by_ref);
    table_free(&vm->ets->by_name);
    table_free(&vm->ets->owners);
    free(vm->ets);
    vm->ets = NULL;
}

// ---- making and removing tables

static bool set_heir(struct vm *vm, struct ets_table *t, term o)
{
    term data = TERM_NIL, pid;
    if (is_tuple_of(o, 2) && tuple_get(o, 1) == AM_none) pid = AM_none;
    else if (is_tuple_of(o, 3) && is_pid(tuple_get(o, 1))) pid = tuple_get(o, 1), data = tuple_get(o, 2);
    else return false;
    heap_free(&t->heir_heap);
    t->heir = pid;
    t->heir_data = term_copy(vm, &t->heir_heap, data);
    return true;
}

static bool pair_option(struct vm *vm, struct ets_table *t, term o)
{
    if (!is_tuple(o) || tuple_arity(o) < 2) return false;
    term name = tuple_get(o, 0), value = tuple_get(o, 1);
    bool is_bool = value == AM_true || value == AM_false;
    if (name == AM_heir) return set_heir(vm, t, o);
    if (!is_tuple_of(o, 2)) return false;
    if (name == AM_keypos && is_small(value) && small_value(value) >= 1 && small_value(value) < KEYPOS_MAX) return t->keypos = (size_t)small_value(value), true;
    if (name == AM_read_concurrency && is_bool) return t->read_concurrency = value == AM_true, true;
    if (name == AM_write_concurrency && (is_bool || value == AM_auto)) return t->write_concurrency = value != AM_false, true;
    return name == AM_decentralized_counters && is_bool;
}

static bool table_option(struct vm *vm, struct ets_table *t, term o)
{
    if (o == AM_set) t->type = ETS_SET;
    else if (o == AM_ordered_set) t->type = ETS_ORDERED;
    else if (o == AM_bag) t->type = ETS_BAG;
    else if (o == AM_duplicate_bag) t->type = ETS_DUPLICATE;
    else if (o == AM_public || o == AM_protected || o == AM_private) t->protection = o;
    else if (o == AM_named_table) t->named = true;
    else if (o == AM_compressed) t->compressed = true;
    else return pair_option(vm, t, o);
    return true;
}

NATIVE("ets", "new", 2, ets_new, "Makes a table; its name if it is a named_table, else its reference.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    if (!is_list(arg[1])) return raise_badarg(p, 2, "not a list");
    struct ets_table *t = ets_table_new();
    t->name = arg[0];
    t->protection = AM_protected;
    t->keypos = 1;
    t->owner = p->pid;
    t->heir = AM_none;
    t->heir_data = TERM_NIL;
    term o = arg[1];
    const char *why = NULL;
    for (; is_cons(o) && !why; o = tail(o))
        if (!table_option(p->vm, t, head(o))) why = "invalid options";
    if (!why && !is_nil(o)) why = "not a proper list";
    if (why) return ets_table_free(t), raise_badarg(p, 2, why);
    struct ets *e = ets_of(p->vm);
    if (t->named && table_get(&e->by_name, t->name, NULL)) return ets_table_free(t), raise_badarg(p, 1, "table name already exists");
    t->ref = vm_make_ref(p->vm);
    table_put(&e->by_ref, t->ref, (uint64_t)t);
    if (t->named) table_put(&e->by_name, t->name, (uint64_t)t);
    t->next = e->first;
    if (t->next) t->next->prev = t;
    e->first = t;
    add_owner(e, t->owner, 1);
    return t->named ? t->name : t->ref;
}
NATIVE("ets", "delete", 1, ets_delete_1, "Deletes a table.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_WRITE);
    if (!t) return TERM_NONE;
    native_charge(p, t->count / 10);
    drop_table(p->vm, t);
    return AM_true;
}
NATIVE("ets", "delete_all_objects", 1, ets_delete_all_objects, "Empties a table.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_WRITE);
    if (!t) return TERM_NONE;
    native_charge(p, t->count / 10);
    if (t->fixed) {
        struct ets_cursor c;
        if (t->type != ETS_ORDERED) {
            for (bool more = ets_first(t, &c, false); more; more = ets_next(t, &c, false)) ets_remove(p->vm, t, c.object);
            return AM_true;
        }
    }
    ets_table_clear(t);
    return AM_true;
}
NATIVE("ets", "rename", 2, ets_rename, "Gives a table another name.")
{
    if (!is_atom(arg[1])) return raise_badarg(p, 2, "invalid table name (must be an atom)");
    struct ets_table *t = ets_open(p, arg[0], ETS_WRITE);
    if (!t) return TERM_NONE;
    if (t->named) {
        if (t->name != arg[1] && table_get(&p->vm->ets->by_name, arg[1], NULL)) return raise_badarg(p, 2, "table name already exists");
        table_remove(&p->vm->ets->by_name, t->name, NULL);
        table_put(&p->vm->ets->by_name, arg[1], (uint64_t)t);
    }
    t->name = arg[1];
    return t->named ? t->name : t->ref;
}
NATIVE("ets", "whereis", 1, ets_whereis, "The reference of a named table, or undefined.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "invalid table name (must be an atom)");
    struct ets_table *t = find_table(p->vm, arg[0]);
    return t ? t->ref : AM_undefined;
}
NATIVE("ets", "all", 0, ets_all, "The names or references of all tables.")
{
    term list = TERM_NIL;
    for (struct ets_table *t = p->vm->ets ? p->vm->ets->first : NULL; t; t = t->next) list = mk_cons(&p->heap, t->named ? t->name : t->ref, list);
    return list;
}
NATIVE("ets", "give_away", 3, ets_give_away, "Makes another process the owner, which gets a message.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_OWN);
    if (!t) return TERM_NONE;
    if (!is_pid(arg[1])) return raise_badarg(p, 2, "not a pid");
    if (arg[1] == p->pid) return raise_badarg(p, 2, "the process is already the owner of the table");
    if (!process_find(p->vm, arg[1])) return raise_badarg(p, 2, "the pid refers to a terminated process");
    transfer(p->vm, t, arg[1], arg[2]);
    return AM_true;
}
NATIVE("ets", "setopts", 2, ets_setopts, "Changes the heir of a table.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_OWN);
    if (!t) return TERM_NONE;
    term one[2] = {arg[1], TERM_NIL}, o = is_tuple(arg[1]) ? make_cons_ptr(one) : arg[1];
    for (; is_cons(o); o = tail(o))
        if (!is_tuple(head(o)) || !tuple_arity(head(o)) || tuple_get(head(o), 0) != AM_heir || !set_heir(p->vm, t, head(o))) return raise_badarg(p, 2, "invalid options");
    return is_nil(o) ? AM_true : raise_badarg(p, 2, "invalid options");
}
NATIVE("ets", "safe_fixtable", 2, ets_safe_fixtable, "Fixes a table for traversal, or releases it.")
{
    if (arg[1] != AM_true && arg[1] != AM_false) return raise_badarg(p, 2, "not a boolean value");
    struct ets_table *t = ets_open(p, arg[0], ETS_READ);
    if (!t) return TERM_NONE;
    if (arg[1] == AM_false) return unfix(p->vm, t, p->pid, false), AM_true;
    uint64_t n = 0;
    if (!table_get(&t->fixers, p->pid, &n)) n = 0;
    table_put(&t->fixers, p->pid, n + 1);
    t->fixed++;
    p->vm->ets->fixed++;
    return AM_true;
}

// ---- information

static term type_name(const struct ets_table *t)
{
    return t->type == ETS_SET ? AM_set : t->type == ETS_ORDERED ? AM_ordered_set : t->type == ETS_BAG ? AM_bag : AM_duplicate_bag;
}

static size_t memory_words(struct ets_table *t)
{
    struct ets_cursor c;
    size_t words = (sizeof *t + ets_hash_bytes(t)) / sizeof(term);
    for (bool more = ets_first(t, &c, false); more; more = ets_next(t, &c, false))
        words += sizeof *c.object / sizeof(term) + c.object->words;
    return words;
}

size_t ets_bytes(struct vm *vm)
{
    size_t words = 0;
    for (struct ets_table *t = vm->ets ? vm->ets->first : NULL; t; t = t->next) words += memory_words(t);
    return words * sizeof(term);
}

static term info_item(struct ets_table *t, term item)
{
    if (item == AM_id) return t->ref;
    if (item == AM_decentralized_counters) return AM_false;
    if (item == AM_read_concurrency) return mk_bool(t->read_concurrency);
    if (item == AM_write_concurrency) return mk_bool(t->write_concurrency);
    if (item == AM_compressed) return mk_bool(t->compressed);
    if (item == AM_memory) return make_small((int64_t)memory_words(t));
    if (item == AM_owner) return t->owner;
    if (item == AM_heir) return t->heir;
    if (item == AM_name) return t->name;
    if (item == AM_size) return make_small((int64_t)t->count);
    if (item == AM_node) return AM_nonode;
    if (item == AM_named_table) return mk_bool(t->named);
    if (item == AM_type) return type_name(t);
    if (item == AM_keypos) return make_small((int64_t)t->keypos);
    if (item == AM_protection) return t->protection;
    if (item == AM_fixed || item == AM_safe_fixed) return mk_bool(t->fixed);
    if (item == AM_binary) return TERM_NIL;
    return TERM_NONE;
}

NATIVE("ets", "info", 2, ets_info_2, "One fact about a table, or undefined.")
{
    if (!is_atom(arg[0]) && !is_ref(arg[0])) return raise_badarg(p, 1, BAD_ID);
    struct ets_table *t = find_table(p->vm, arg[0]);
    if (!t) return AM_undefined;
    term v = info_item(t, arg[1]);
    return v == TERM_NONE ? raise_badarg(p, 2, "not a valid info item") : v;
}
NATIVE("ets", "info", 1, ets_info_1, "Facts about a table, or undefined.")
{
    static const term items[] = {AM_id, AM_decentralized_counters, AM_read_concurrency, AM_write_concurrency, AM_compressed, AM_memory, AM_owner,
                                 AM_heir, AM_name, AM_size, AM_node, AM_named_table, AM_type, AM_keypos, AM_protection};
    if (!is_atom(arg[0]) && !is_ref(arg[0])) return raise_badarg(p, 1, BAD_ID);
    struct ets_table *t = find_table(p->vm, arg[0]);
    if (!t) return AM_undefined;
    term list = TERM_NIL;
    for (size_t i = sizeof items / sizeof *items; i-- > 0;) list = mk_cons(&p->heap, mk_tuple2(&p->heap, items[i], info_item(t, items[i])), list);
    return list;
}

// ---- objects in

static bool is_object(const struct ets_table *t, term o) { return is_tuple(o) && tuple_arity(o) >= t->keypos; }

// Checks arg[1]: an object or a list of them.
static struct ets_table *open_for_insert(struct process *p, const term *arg)
{
    struct ets_table *t = ets_open(p, arg[0], ETS_WRITE);
    if (!t) return NULL;
    if (is_tuple(arg[1])) {
        if (!tuple_arity(arg[1])) return raise_badarg(p, 2, "is an empty tuple"), NULL;
        return is_object(t, arg[1]) ? t : (raise_badarg(p, 0, NULL), NULL);
    }
    if (!is_list(arg[1])) return raise_badarg(p, 2, "not a tuple"), NULL;
    term l = arg[1];
    for (; is_cons(l); l = tail(l)) {
        if (!is_tuple(head(l)) || !tuple_arity(head(l))) break;
        if (!is_object(t, head(l))) return raise_badarg(p, 0, NULL), NULL;
    }
    return is_nil(l) ? t : (raise_badarg(p, 2, "not a non-empty tuple or a list of non-empty tuples"), NULL);
}

static void insert_all(struct process *p, struct ets_table *t, term what)
{
    if (is_tuple(what)) {
        ets_put(p->vm, t, ets_object_new(p->vm, t, what));
        return;
    }
    size_t n;
    if (!list_length(what, &n)) return;
    native_charge(p, n);
    if (t->type == ETS_BAG) {       // OTP starts from the end
        term last_first = TERM_NIL;
        for (; is_cons(what); what = tail(what)) last_first = mk_cons(&p->heap, head(what), last_first);
        what = last_first;
    }
    for (; is_cons(what); what = tail(what)) ets_put(p->vm, t, ets_object_new(p->vm, t, head(what)));
}

NATIVE("ets", "insert", 2, ets_insert, "Inserts an object or a list of objects.")
{
    struct ets_table *t = open_for_insert(p, arg);
    if (!t) return TERM_NONE;
    insert_all(p, t, arg[1]);
    return AM_true;
}
NATIVE("ets", "insert_new", 2, ets_insert_new, "Inserts objects unless one of their keys is there already.")
{
    struct ets_table *t = open_for_insert(p, arg);
    if (!t) return TERM_NONE;
    term one[2] = {arg[1], TERM_NIL}, l = is_tuple(arg[1]) ? make_cons_ptr(one) : arg[1];
    for (; is_cons(l); l = tail(l))
        if (ets_find(p->vm, t, tuple_get(head(l), t->keypos - 1))) return AM_false;
    insert_all(p, t, arg[1]);
    return AM_true;
}

// ---- objects out

static term copy_out(struct process *p, term t) { return term_copy(p->vm, &p->heap, t); }

// The objects of a key, oldest first.
static term objects_of(struct process *p, struct ets_table *t, term key)
{
    term list = TERM_NIL;
    for (struct ets_object *o = ets_find(p->vm, t, key); o; o = ets_next_same(o)) list = mk_cons(&p->heap, copy_out(p, o->tuple), list);
    return list;
}

static void remove_key(struct process *p, struct ets_table *t, term key)
{
    for (struct ets_object *o = ets_find(p->vm, t, key), *next; o; o = next) {
        next = ets_next_same(o);
        ets_remove(p->vm, t, o);
    }
}

NATIVE("ets", "lookup", 2, ets_lookup, "The objects of a key.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_READ);
    return t ? objects_of(p, t, arg[1]) : TERM_NONE;
}
NATIVE("ets", "member", 2, ets_member, "Whether a key is in a table.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_READ);
    return t ? mk_bool(ets_find(p->vm, t, arg[1])) : TERM_NONE;
}
NATIVE("ets", "lookup_element", 3, ets_lookup_element, "The element at a position of the object, or objects, of a key.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_READ);
    if (!t) return TERM_NONE;
    if (!is_integer(arg[2])) return raise_badarg(p, 3, "not an integer");
    if (!is_small(arg[2]) || small_value(arg[2]) < 1) return raise_badarg(p, 3, "out of range");
    struct ets_object *o = ets_find(p->vm, t, arg[1]);
    if (!o) return raise_badarg(p, 2, NO_KEY);
    uint64_t pos = (uint64_t)small_value(arg[2]);
    bool single = t->type == ETS_SET || t->type == ETS_ORDERED;
    for (term list = TERM_NIL;;) {
        if (tuple_arity(o->tuple) < pos) return raise_badarg(p, 3, "position is greater than the size of the object");
        term element = copy_out(p, tuple_get(o->tuple, pos - 1));
        if (single) return element;
        list = mk_cons(&p->heap, element, list);
        if (!(o = ets_next_same(o))) return list;
    }
}
NATIVE("ets", "delete", 2, ets_delete_2, "Deletes the objects of a key.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_WRITE);
    if (!t) return TERM_NONE;
    remove_key(p, t, arg[1]);
    return AM_true;
}
NATIVE("ets", "delete_object", 2, ets_delete_object, "Deletes an exact object.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_WRITE);
    if (!t) return TERM_NONE;
    if (!is_tuple(arg[1])) return raise_badarg(p, 2, "not a tuple");
    if (!tuple_arity(arg[1])) return raise_badarg(p, 2, "is an empty tuple");
    if (!is_object(t, arg[1])) return AM_true;
    for (struct ets_object *o = ets_find(p->vm, t, tuple_get(arg[1], t->keypos - 1)), *next; o; o = next) {
        next = ets_next_same(o);
        if (term_same(o->tuple, arg[1])) ets_remove(p->vm, t, o);
    }
    return AM_true;
}
NATIVE("ets", "take", 2, ets_take, "Removes the objects of a key and returns them.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_WRITE);
    if (!t) return TERM_NONE;
    term list = objects_of(p, t, arg[1]);
    remove_key(p, t, arg[1]);
    return list;
}

// ---- traversal by key

static term edge_key(struct process *p, term id, bool backwards)
{
    struct ets_cursor c;
    struct ets_table *t = ets_open(p, id, ETS_READ);
    if (!t) return TERM_NONE;
    return ets_first(t, &c, backwards) ? copy_out(p, ets_key(t, c.object)) : AM_end_of_table;
}
NATIVE("ets", "first", 1, ets_first_key, "The first key.") { return edge_key(p, arg[0], false); }
NATIVE("ets", "last", 1, ets_last_key, "The last key.") { return edge_key(p, arg[0], true); }

static term neighbour_key(struct process *p, const term *arg, bool backwards)
{
    struct ets_cursor c;
    bool missing;
    struct ets_table *t = ets_open(p, arg[0], ETS_READ);
    if (!t) return TERM_NONE;
    if (ets_after(p->vm, t, arg[1], &c, backwards, &missing)) return copy_out(p, ets_key(t, c.object));
    return missing ? raise_badarg(p, 2, NO_KEY) : AM_end_of_table;
}
NATIVE("ets", "next", 2, ets_next_key, "The key after a key.") { return neighbour_key(p, arg, false); }
NATIVE("ets", "prev", 2, ets_prev_key, "The key before a key.") { return neighbour_key(p, arg, true); }

NATIVE("ets", "slot", 2, ets_slot, "The objects in a slot of the table.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_READ);
    if (!t) return TERM_NONE;
    size_t slots = t->type == ETS_ORDERED ? t->count : t->active;
    if (!is_small(arg[1]) || small_value(arg[1]) < 0 || (size_t)small_value(arg[1]) > slots) return raise_badarg(p, 2, "out of range");
    size_t at = (size_t)small_value(arg[1]);
    if (at == slots) return AM_end_of_table;
    term list = TERM_NIL;
    if (t->type == ETS_ORDERED) {
        size_t b = 0;
        for (; at >= t->blocks[b]->n; b++) at -= t->blocks[b]->n;
        return mk_cons(&p->heap, copy_out(p, t->blocks[b]->items[at]->tuple), TERM_NIL);
    }
    struct ets_cursor c;
    for (bool more = ets_hash_from(t, &c, at); more && c.bucket == at; more = ets_hash_next(t, &c))
        list = mk_cons(&p->heap, copy_out(p, c.object->tuple), list);
    return list;
}

// ---- counters and elements

#define BAD_UPDATE "not a valid update operation"

// Applies one {pos, increment} or {pos, increment, threshold, set value} to the elements. NULL: done; else why not.
static const char *update_one(struct process *p, struct ets_table *t, term op, term *elems, size_t n, term *result)
{
    size_t arity = is_tuple(op) ? tuple_arity(op) : 0;
    if (arity != 2 && arity != 4) return BAD_UPDATE;
    for (size_t i = 0; i < arity; i++)
        if (!is_integer(tuple_get(op, i))) return BAD_UPDATE;
    term pos = tuple_get(op, 0);
    if (is_small(pos) && (size_t)small_value(pos) == t->keypos) return "the position is the same as the key position";
    if (!is_small(pos) || small_value(pos) < 1 || (size_t)small_value(pos) > n) return "the position in the update operation is out of range";
    term *at = &elems[small_value(pos) - 1], step = tuple_get(op, 1);
    if (!is_integer(*at)) return "the value in the given position, in the object, is not an integer";
    term v = num_add(p, *at, step);
    if (arity == 4) {
        int c = num_compare(v, tuple_get(op, 2));
        bool up = num_compare(step, make_small(0)) >= 0;
        if (up ? c > 0 : c < 0) v = tuple_get(op, 3);
    }
    *at = *result = v;
    return NULL;
}

// The common case of one small step: the object is changed where it lies. False: nothing is done.
static bool count_in_place(const struct ets_table *t, struct ets_object *o, term op, term *result)
{
    bool is_pair = is_tuple(op) && tuple_arity(op) == 2;
    term pos = is_pair ? tuple_get(op, 0) : make_small((int64_t)t->keypos + 1), step = is_pair ? tuple_get(op, 1) : op;
    if (!both_small(pos, step) || !o->words) return false;     // no words of its own: a literal
    uint64_t i = (uint64_t)small_value(pos) - 1;
    if (i + 1 == t->keypos || i >= tuple_arity(o->tuple)) return false;
    term *at = boxed_ptr(o->tuple) + 1 + i;
    if (!is_small(*at) || !fits_small(small_value(*at) + small_value(step))) return false;
    *result = *at = make_small(small_value(*at) + small_value(step));
    return true;
}

static term update_counter(struct process *p, const term *arg, term object)
{
    struct ets_table *t = ets_open(p, arg[0], ETS_WRITE);
    if (!t) return TERM_NONE;
    if (t->type != ETS_SET && t->type != ETS_ORDERED) return raise_badarg(p, 1, BAD_TYPE);
    if (object != TERM_NONE && !is_tuple(object)) return raise_badarg(p, 4, "not a tuple");
    if (object != TERM_NONE && !is_object(t, object)) return raise_badarg(p, 0, NULL);
    struct ets_object *o = ets_find(p->vm, t, arg[1]);
    if (!o && object == TERM_NONE) return raise_badarg(p, 2, NO_KEY);
    term base = o ? o->tuple : object, op = arg[2], result = TERM_NIL;
    if (o && count_in_place(t, o, op, &result)) return result;
    size_t n = tuple_arity(base), count;
    term tuple = mk_tuple(&p->heap, n, boxed_ptr(base) + 1), *elems = boxed_ptr(tuple) + 1;
    if (!o) elems[t->keypos - 1] = arg[1];
    const char *why = NULL;
    if (is_list(op)) {
        struct list_builder out;
        list_begin(&out, &p->heap);
        if (!list_length(op, &count)) return raise_badarg(p, 3, BAD_UPDATE);
        for (; is_cons(op) && !why; op = tail(op)) {
            term one = make_small(0);
            why = update_one(p, t, head(op), elems, n, &one);
            list_add(&out, one);
        }
        result = list_end(&out, TERM_NIL);
    } else {
        term plain = is_integer(op) ? mk_tuple2(&p->heap, make_small((int64_t)t->keypos + 1), op) : op;
        why = update_one(p, t, plain, elems, n, &result);
    }
    if (why) return raise_badarg(p, 3, why);
    if (o) ets_replace(p->vm, t, o, tuple);
    else ets_put(p->vm, t, ets_object_new(p->vm, t, tuple));
    return copy_out(p, result);
}
NATIVE("ets", "update_counter", 3, ets_update_counter_3, "Adds to integers in the object of a key; returns the new values.") { return update_counter(p, arg, TERM_NONE); }
NATIVE("ets", "update_counter", 4, ets_update_counter_4, "Like update_counter/3, inserting a default object if there is none.") { return update_counter(p, arg, arg[3]); }

NATIVE("ets", "update_element", 3, ets_update_element, "Replaces elements in the object of a key; false if there is none.")
{
    struct ets_table *t = ets_open(p, arg[0], ETS_WRITE);
    if (!t) return TERM_NONE;
    if (t->type != ETS_SET && t->type != ETS_ORDERED) return raise_badarg(p, 1, BAD_TYPE);
    term one[2] = {arg[2], TERM_NIL}, ops = is_tuple(arg[2]) ? make_cons_ptr(one) : arg[2];
    size_t n;
    if (!list_length(ops, &n)) return raise_badarg(p, 3, "is not a valid element specification");
    struct ets_object *o = ets_find(p->vm, t, arg[1]);
    if (!o) return AM_false;
    term tuple = mk_tuple(&p->heap, tuple_arity(o->tuple), boxed_ptr(o->tuple) + 1);
    for (; is_cons(ops); ops = tail(ops)) {
        term op = head(ops);
        if (!is_tuple_of(op, 2) || !is_small(tuple_get(op, 0)) || small_value(tuple_get(op, 0)) < 1) return raise_badarg(p, 3, "is not a valid element specification");
        if ((size_t)small_value(tuple_get(op, 0)) == t->keypos) return raise_badarg(p, 3, "the position is the same as the key position");
        if ((size_t)small_value(tuple_get(op, 0)) > tuple_arity(tuple)) return raise_badarg(p, 3, "out of range");
        boxed_ptr(tuple)[small_value(tuple_get(op, 0))] = tuple_get(op, 1);
    }
    if (n) ets_replace(p->vm, t, o, tuple);
    return AM_true;
}
