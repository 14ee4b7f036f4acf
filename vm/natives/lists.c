// SPDX-License-Identifier: Apache-2.0
// :lists natives: everything of the module that takes no fun.
//
// Invariant: linear work is charged; nothing recurses; an improper or missing list is function_clause where the Erlang function has
// clauses, badarg where it is built in, as on OTP 25.
#include <math.h>
#include <stdlib.h>

#include "native.h"

#define LIST_MAX ((int64_t)1 << 27)     // elements a native makes at once
#define SECOND "\n  * 2nd argument: "

static term no_clause(struct process *p) { return raise_error(p, AM_function_clause); }

// The elements of a proper list in a malloc'ed array; NULL: improper.
static term *list_array(struct process *p, term list, size_t *n)
{
    if (!list_length(list, n)) return NULL;
    term *a = malloc((*n + 1) * sizeof *a);
    if (!a) abort();
    for (size_t i = 0; is_cons(list); list = tail(list)) a[i++] = head(list);
    native_charge(p, *n / 50);
    return a;
}

static term array_list(struct process *p, term *a, size_t n)
{
    term t = mk_list(&p->heap, n, a, TERM_NIL);
    free(a);
    return t;
}

// ---- order and search

NATIVE("lists", "reverse", 1, lists_reverse_1, "The elements in the opposite order.")
{
    term l = arg[0], out = TERM_NIL;
    size_t n = 0;
    for (; is_cons(l); l = tail(l), n++) out = mk_cons(&p->heap, head(l), out);
    native_charge(p, n / 50);
    return is_nil(l) ? out : no_clause(p);
}
NATIVE("lists", "reverse", 2, lists_reverse_2, "The elements in the opposite order, then a tail.")
{
    term l = arg[0], out = arg[1];
    size_t n = 0;
    for (; is_cons(l); l = tail(l), n++) out = mk_cons(&p->heap, head(l), out);
    native_charge(p, n / 50);
    if (is_nil(l)) return out;
    return raise_badarg(p, 1, is_cons(arg[0]) ? "not a proper list" : "not a list");
}
NATIVE("lists", "member", 2, lists_member, "Whether an element of the list is exactly equal to a term.")
{
    term l = arg[1];
    size_t n = 0;
    for (; is_cons(l); l = tail(l), n++)
        if (term_same(head(l), arg[0])) return native_charge(p, n / 50), AM_true;
    native_charge(p, n / 50);
    if (is_nil(l)) return AM_false;
    return raise_badarg(p, 2, is_cons(arg[1]) ? "not a proper list" : "not a list");
}

static bool key_matches(term t, uint64_t pos, term key)
{
    if (!is_tuple(t) || tuple_arity(t) < pos) return false;
    term k = tuple_get(t, pos - 1);
    return k == key || (!is_atom(key) && term_equal_num(k, key));
}

static bool is_position(term t) { return is_small(t) && small_value(t) >= 1; }

// keyfind's search: a tuple, AM_false, or TERM_NONE raised.
static term key_search(struct process *p, const term *arg)
{
    if (!is_integer(arg[1])) return raise_badarg(p, 2, is_list(arg[2]) ? "not an integer" : "not an integer\n  * 3rd argument: not a list");
    if (num_compare(arg[1], make_small(1)) < 0) return raise_badarg(p, 2, "out of range");
    term l = arg[2];
    uint64_t pos = is_small(arg[1]) ? (uint64_t)small_value(arg[1]) : UINT64_MAX;
    size_t n = 0;
    for (; is_cons(l); l = tail(l), n++)
        if (key_matches(head(l), pos, arg[0])) return native_charge(p, n / 50), head(l);
    native_charge(p, n / 50);
    if (is_nil(l)) return AM_false;
    return raise_badarg(p, 3, is_cons(arg[2]) ? "not a proper list" : "not a list");
}
NATIVE("lists", "keyfind", 3, lists_keyfind, "The first tuple whose element at a position equals a key, or false.") { return key_search(p, arg); }
NATIVE("lists", "keymember", 3, lists_keymember, "Whether some tuple's element at a position equals a key.")
{
    term t = key_search(p, arg);
    return t == TERM_NONE || t == AM_false ? t : AM_true;
}
NATIVE("lists", "keysearch", 3, lists_keysearch, "Like keyfind, as {value, tuple}.")
{
    term t = key_search(p, arg);
    return t == TERM_NONE || t == AM_false ? t : mk_tuple2(&p->heap, AM_value, t);
}

// Copies the list up to the first tuple with the key; `*rest` is what follows it. False: there is none (*rest is where the list ended).
static bool copy_to_key(struct process *p, const term *arg, struct list_builder *out, term *found, term *rest)
{
    uint64_t pos = (uint64_t)small_value(arg[1]);
    term l = arg[2];
    size_t n = 0;
    list_begin(out, &p->heap);
    for (; is_cons(l) && !key_matches(head(l), pos, arg[0]); l = tail(l), n++) list_add(out, head(l));
    native_charge(p, n / 50);
    list_end(out, TERM_NIL);
    bool there = is_cons(l);
    if (there) *found = head(l);
    *rest = there ? tail(l) : l;
    return there;
}

NATIVE("lists", "keydelete", 3, lists_keydelete, "The list without the first tuple whose element at a position equals a key.")
{
    struct list_builder out;
    term found, rest;
    if (!is_position(arg[1])) return no_clause(p);
    if (copy_to_key(p, arg, &out, &found, &rest)) return list_end(&out, rest);
    return is_nil(rest) ? arg[2] : no_clause(p);
}
NATIVE("lists", "keyreplace", 4, lists_keyreplace, "The list with the first tuple whose element at a position equals a key replaced.")
{
    struct list_builder out;
    term found, rest;
    if (!is_position(arg[1]) || !is_tuple(arg[3])) return no_clause(p);
    if (copy_to_key(p, arg, &out, &found, &rest)) return list_end(&out, mk_cons(&p->heap, arg[3], rest));
    return is_nil(rest) ? arg[2] : no_clause(p);
}
NATIVE("lists", "keystore", 4, lists_keystore, "Like keyreplace, but appends the tuple if there is none to replace.")
{
    struct list_builder out;
    term found, rest;
    if (!is_position(arg[1]) || !is_tuple(arg[3])) return no_clause(p);
    if (!copy_to_key(p, arg, &out, &found, &rest) && !is_nil(rest)) return no_clause(p);
    return list_end(&out, mk_cons(&p->heap, arg[3], rest));
}
NATIVE("lists", "keytake", 3, lists_keytake, "{value, tuple, the rest} for the first tuple whose element at a position equals a key, or false.")
{
    struct list_builder out;
    term found, rest;
    if (!is_position(arg[1])) return no_clause(p);
    if (copy_to_key(p, arg, &out, &found, &rest)) return mk_tuple3(&p->heap, AM_value, found, list_end(&out, rest));
    return is_nil(rest) ? AM_false : no_clause(p);
}
NATIVE("lists", "delete", 2, lists_delete, "The list without the first element exactly equal to a term.")
{
    struct list_builder out;
    list_begin(&out, &p->heap);
    term l = arg[1];
    size_t n = 0;
    for (; is_cons(l) && !term_same(head(l), arg[0]); l = tail(l), n++) list_add(&out, head(l));
    native_charge(p, n / 50);
    if (is_cons(l)) return list_end(&out, tail(l));
    list_end(&out, TERM_NIL);
    return is_nil(l) ? arg[1] : no_clause(p);
}

// ---- sorting

static term sorted(struct process *p, term list, int64_t by, bool unique)
{
    size_t n, kept = 0;
    term *a = list_array(p, list, &n);
    if (!a) return no_clause(p);
    if (by && n > 1) {
        for (size_t i = 0; i < n; i++) {
            if (is_tuple(a[i]) && tuple_arity(a[i]) >= (uint64_t)by) continue;
            bool tuple = is_tuple(a[i]);
            free(a);
            return tuple ? raise_badarg(p, 1, "out of range") : raise_badarg(p, 2, "not a tuple");
        }
    }
    term_sort(p->vm, n, a, by, false);
    native_charge(p, n / 10);
    if (!unique) return array_list(p, a, n);
    for (size_t i = 0; i < n; i++) {
        if (kept) {
            term x = by ? tuple_get(a[kept - 1], (uint64_t)by - 1) : a[kept - 1];
            if (term_equal_num(x, by ? tuple_get(a[i], (uint64_t)by - 1) : a[i])) continue;
        }
        a[kept++] = a[i];
    }
    return array_list(p, a, kept);
}
NATIVE("lists", "sort", 1, lists_sort, "The elements in standard order; equal ones keep theirs.") { return sorted(p, arg[0], 0, false); }
NATIVE("lists", "usort", 1, lists_usort, "The elements in standard order without duplicates.") { return sorted(p, arg[0], 0, true); }
NATIVE("lists", "keysort", 2, lists_keysort, "Tuples in the order of their elements at a position.")
{
    if (!is_position(arg[0])) return no_clause(p);
    if (!is_list(arg[1])) return raise_error(p, mk_tuple2(&p->heap, AM_case_clause, arg[1]));
    return sorted(p, arg[1], small_value(arg[0]), false);
}
NATIVE("lists", "ukeysort", 2, lists_ukeysort, "Tuples in the order of their elements at a position, the first of equal ones.")
{
    if (!is_position(arg[0])) return no_clause(p);
    if (!is_list(arg[1])) return raise_error(p, mk_tuple2(&p->heap, AM_case_clause, arg[1]));
    return sorted(p, arg[1], small_value(arg[0]), true);
}

// ---- positions and parts

// Skips n elements; false: there are not so many.
static bool skip(struct process *p, term *l, int64_t n)
{
    int64_t left = n;
    for (; left > 0 && is_cons(*l); left--) *l = tail(*l);
    native_charge(p, (size_t)(n - left) / 50);
    return left <= 0;
}

NATIVE("lists", "nth", 2, lists_nth, "The element at a position from 1.")
{
    term l = arg[1];
    if (!is_number(arg[0]) && is_cons(l)) return raise_badarith(p);
    if (!is_position(arg[0]) || !skip(p, &l, small_value(arg[0]) - 1) || !is_cons(l)) return no_clause(p);
    return head(l);
}
NATIVE("lists", "nthtail", 2, lists_nthtail, "What follows the first n elements.")
{
    term l = arg[1];
    if (!is_number(arg[0]) && is_cons(l)) return raise_badarith(p);
    if (!is_small(arg[0]) || small_value(arg[0]) < 0 || !is_list(l) || !skip(p, &l, small_value(arg[0]))) return no_clause(p);
    return l;
}
NATIVE("lists", "last", 1, lists_last, "The last element.")
{
    term l = arg[0], found = TERM_NONE;
    size_t n = 0;
    for (; is_cons(l); l = tail(l), n++) found = head(l);
    native_charge(p, n / 50);
    return found != TERM_NONE && is_nil(l) ? found : no_clause(p);
}
NATIVE("lists", "droplast", 1, lists_droplast, "All elements but the last.")
{
    struct list_builder out;
    size_t n;
    if (!list_length(arg[0], &n) || !n) return no_clause(p);
    native_charge(p, n / 50);
    list_begin(&out, &p->heap);
    for (term l = arg[0]; is_cons(tail(l)); l = tail(l)) list_add(&out, head(l));
    return list_end(&out, TERM_NIL);
}

// Skips at most n elements.
static term without(struct process *p, term l, int64_t n)
{
    int64_t i = 0;
    for (; i < n && is_cons(l); i++) l = tail(l);
    native_charge(p, (size_t)i / 50);
    return l;
}

// Copies at most n elements; *l is left at what follows.
static term take(struct process *p, term *l, int64_t n)
{
    struct list_builder out;
    int64_t i = 0;
    list_begin(&out, &p->heap);
    for (; i < n && is_cons(*l); i++, *l = tail(*l)) list_add(&out, head(*l));
    native_charge(p, (size_t)i / 50);
    return list_end(&out, TERM_NIL);
}

static int64_t count_of(term t) { return is_small(t) ? small_value(t) : SMALL_MAX; }

NATIVE("lists", "sublist", 2, lists_sublist_2, "The first n elements, or all if there are fewer.")
{
    if (!is_list(arg[0]) || !is_integer(arg[1]) || num_compare(arg[1], make_small(0)) < 0) return no_clause(p);
    term l = arg[0];
    int64_t n = count_of(arg[1]), length = 0;
    for (term t = l; is_cons(t) && length < n; t = tail(t)) length++;
    term out = take(p, &l, n);
    return length < n && !is_nil(l) ? no_clause(p) : out;
}
NATIVE("lists", "sublist", 3, lists_sublist_3, "At most n elements from a position on.")
{
    if (!is_list(arg[0]) || !is_position(arg[1]) || !is_integer(arg[2]) || num_compare(arg[2], make_small(0)) < 0) return no_clause(p);
    term l = arg[0];
    if (!skip(p, &l, small_value(arg[1]) - 1)) return is_nil(l) ? TERM_NIL : no_clause(p);
    term out = take(p, &l, count_of(arg[2]));
    return is_list(l) ? out : no_clause(p);
}
NATIVE("lists", "split", 2, lists_split, "{first n elements, the rest}.")
{
    term l = arg[1], rest = l;
    if (!is_small(arg[0]) || small_value(arg[0]) < 0 || !is_list(l) || !skip(p, &rest, small_value(arg[0]))) return raise_badarg(p, 0, NULL);
    term first = take(p, &l, small_value(arg[0]));
    return mk_tuple2(&p->heap, first, rest);
}
NATIVE("phial_lists", "drop", 2, phial_lists_drop, "What follows the first n elements; [] if there are fewer.")
{
    if (!is_list(arg[0]) || !is_integer(arg[1])) return no_clause(p);
    term rest = without(p, arg[0], count_of(arg[1]));
    return is_list(rest) ? rest : no_clause(p);
}
NATIVE("phial_lists", "number", 2, phial_lists_number, "Each element with its number: {element, n}, counted from an integer.")
{
    struct list_builder out;
    term l = arg[0], n = arg[1];
    size_t work = 0;
    list_begin(&out, &p->heap);
    for (; is_cons(l); l = tail(l), n = num_add(p, n, make_small(1)), work++) list_add(&out, mk_tuple2(&p->heap, head(l), n));
    native_charge(p, work / 20);
    return is_nil(l) ? list_end(&out, TERM_NIL) : no_clause(p);
}

// Pairs of elements as long as both lists have one; *a and *b are left at the rests.
static term zipped(struct process *p, term *a, term *b)
{
    struct list_builder out;
    size_t n = 0;
    list_begin(&out, &p->heap);
    for (; is_cons(*a) && is_cons(*b); *a = tail(*a), *b = tail(*b), n++) list_add(&out, mk_tuple2(&p->heap, head(*a), head(*b)));
    native_charge(p, n / 20);
    return list_end(&out, TERM_NIL);
}
NATIVE("phial_lists", "zip", 2, phial_lists_zip, "Pairs of the elements at the same positions, as long as both lists have one.")
{
    term a = arg[0], b = arg[1];
    return zipped(p, &a, &b);
}
NATIVE("phial_lists", "without_key", 2, phial_lists_without_key, "A keyword list without the pairs of a key; what follows the last of them is shared.")
{
    struct list_builder out;
    term rest = TERM_NONE, l = arg[0], key = arg[1];
    size_t n = 0;
    for (; is_cons(l) && is_tuple_of(head(l), 2); l = tail(l), n++)
        if (tuple_get(head(l), 0) == key) rest = tail(l);
    native_charge(p, n / 50);
    if (rest == TERM_NONE) return arg[0];
    if (!is_nil(l)) return no_clause(p);
    list_begin(&out, &p->heap);
    for (l = arg[0]; l != rest; l = tail(l))
        if (tuple_get(head(l), 0) != key) list_add(&out, head(l));
    return list_end(&out, rest);
}
NATIVE("phial_lists", "dedup", 1, phial_lists_dedup, "The elements that are not the same as the one before.")
{
    struct list_builder out;
    term l = arg[0], last = TERM_NONE;
    size_t n = 0;
    list_begin(&out, &p->heap);
    for (; is_cons(l); l = tail(l), n++)
        if (last == TERM_NONE || !term_same(head(l), last)) list_add(&out, last = head(l));
    native_charge(p, n / 50);
    return is_nil(l) ? list_end(&out, TERM_NIL) : no_clause(p);
}
NATIVE("phial_lists", "every", 2, phial_lists_every, "The first of each n elements.")
{
    struct list_builder out;
    if (!is_integer(arg[1]) || num_compare(arg[1], make_small(1)) < 0) return no_clause(p);
    int64_t n = count_of(arg[1]);
    term l = arg[0];
    list_begin(&out, &p->heap);
    while (is_cons(l)) {
        list_add(&out, head(l));
        l = without(p, tail(l), n - 1);
    }
    return is_nil(l) ? list_end(&out, TERM_NIL) : no_clause(p);
}
NATIVE("phial_lists", "splice", 4, phial_lists_splice, "Puts a list in the place of n elements after the first i, or at the end; nothing, if there "
                                                       "are not so many to replace.")
{
    size_t more;
    if (!is_integer(arg[1]) || !is_integer(arg[2]) || !list_length(arg[3], &more)) return no_clause(p);
    term l = arg[0], rest = without(p, l, count_of(arg[1]));
    int64_t n = count_of(arg[2]);
    struct list_builder out;
    for (int64_t i = 0; i < n; i++, rest = tail(rest))
        if (!is_cons(rest)) return is_nil(rest) ? arg[0] : no_clause(p);
    if (!is_list(rest)) return no_clause(p);
    list_begin(&out, &p->heap);
    for (int64_t i = count_of(arg[1]); i > 0 && is_cons(l); i--, l = tail(l)) list_add(&out, head(l));
    for (term added = arg[3]; is_cons(added); added = tail(added)) list_add(&out, head(added));
    return list_end(&out, rest);
}
NATIVE("lists", "prefix", 2, lists_prefix, "Whether the first list is how the second begins.")
{
    term a = arg[0], b = arg[1];
    size_t n = 0;
    for (; is_cons(a) && is_cons(b); a = tail(a), b = tail(b), n++)
        if (!term_same(head(a), head(b))) return AM_false;
    native_charge(p, n / 50);
    if (!is_list(a) || !is_list(b)) return no_clause(p);
    return mk_bool(is_nil(a));
}
NATIVE("lists", "suffix", 2, lists_suffix, "Whether the first list is how the second ends.")
{
    size_t n, m;
    if (!list_length(arg[0], &n) || !list_length(arg[1], &m)) return raise_badarg(p, 1, "not a list");
    if (n > m) return AM_false;
    term l = arg[1];
    skip(p, &l, (int64_t)(m - n));
    return mk_bool(term_same(l, arg[0]));
}

// ---- making lists

NATIVE("lists", "append", 2, lists_append_2, "Joins two lists.")
{
    term t = list_append(p, arg[0], arg[1]);
    return t == TERM_NONE ? raise_badarg(p, 0, NULL) : t;
}
NATIVE("lists", "append", 1, lists_append_1, "Joins a list of lists.")
{
    size_t n;
    term *a = list_array(p, arg[0], &n);
    if (!a) return no_clause(p);
    term out = n ? a[n - 1] : TERM_NIL;
    for (size_t i = n; i-- > 0 && out != TERM_NONE;)
        if (i + 1 < n) out = list_append(p, a[i], out);
    free(a);
    return out == TERM_NONE ? raise_badarg(p, 0, NULL) : out;
}
NATIVE("lists", "subtract", 2, lists_subtract, "Removes the first occurrence of each element of the second list.")
{
    term t = list_subtract(p, arg[0], arg[1]);
    return t == TERM_NONE ? raise_badarg(p, 0, NULL) : t;
}
NATIVE("lists", "duplicate", 2, lists_duplicate, "A list of n times the same term.")
{
    if (!is_integer(arg[0]) || num_compare(arg[0], make_small(0)) < 0) return no_clause(p);
    if (count_of(arg[0]) > LIST_MAX) return raise_system_limit(p);
    term out = TERM_NIL;
    for (int64_t i = small_value(arg[0]); i > 0; i--) out = mk_cons(&p->heap, arg[1], out);
    native_charge(p, (size_t)small_value(arg[0]) / 50);
    return out;
}

// from, from + step, ... n elements.
static term sequence(struct process *p, term from, int64_t n, term step)
{
    struct list_builder out;
    if (n > LIST_MAX) return raise_system_limit(p);
    native_charge(p, (size_t)n / 50);
    list_begin(&out, &p->heap);
    for (int64_t i = 0; i < n; i++) {
        list_add(&out, from);
        from = num_add(p, from, step);
    }
    return list_end(&out, TERM_NIL);
}
NATIVE("lists", "seq", 2, lists_seq_2, "The integers from one to another.")
{
    if (!is_integer(arg[0]) || !is_integer(arg[1])) return no_clause(p);
    term n = num_add(p, num_sub(p, arg[1], arg[0]), make_small(1));
    if (num_compare(n, make_small(0)) < 0) return no_clause(p);
    return sequence(p, arg[0], count_of(n), make_small(1));
}
NATIVE("lists", "seq", 3, lists_seq_3, "The integers from one towards another by a step.")
{
    term from = arg[0], to = arg[1], step = arg[2];
    if (!is_integer(from)) return raise_badarg(p, 1, "not an integer");
    if (!is_integer(to)) return raise_badarg(p, 2, "not an integer");
    if (!is_integer(step)) return raise_badarg(p, 3, "not an integer");
    if (step == make_small(0))
        return term_same(from, to) ? mk_cons(&p->heap, from, TERM_NIL) : raise_badarg(p, 3, num_compare(from, to) < 0 ? "not a positive increment"
                                                                                      : "not a negative increment");
    bool up = num_compare(step, make_small(0)) > 0;
    // One step back from `from` may lie beyond `to`: that is an empty list, further away an error.
    int before = num_compare(num_sub(p, from, step), to);
    if (up ? before > 0 : before < 0) return raise_badarg(p, 3, up ? "not a negative increment" : "not a positive increment");
    term n = num_div(p, num_add(p, num_sub(p, to, from), step), step);
    return sequence(p, from, count_of(n), step);
}
NATIVE("lists", "zip", 2, lists_zip, "Pairs of the elements of two lists of one length.")
{
    term a = arg[0], b = arg[1], list = zipped(p, &a, &b);
    return is_nil(a) && is_nil(b) ? list : no_clause(p);
}
NATIVE("lists", "unzip", 1, lists_unzip, "The first and the second elements of pairs, as two lists.")
{
    struct list_builder x, y;
    term l = arg[0];
    size_t n = 0;
    list_begin(&x, &p->heap);
    list_begin(&y, &p->heap);
    for (; is_cons(l) && is_tuple_of(head(l), 2); l = tail(l), n++) {
        list_add(&x, tuple_get(head(l), 0));
        list_add(&y, tuple_get(head(l), 1));
    }
    native_charge(p, n / 20);
    term a = list_end(&x, TERM_NIL), b = list_end(&y, TERM_NIL);
    return is_nil(l) ? mk_tuple2(&p->heap, a, b) : no_clause(p);
}

// Walks the elements of nested lists; adds them to `out` unless it is NULL. False: an improper list.
static bool flatten(term l, struct list_builder *out, int64_t *count)
{
    term *stack = NULL;
    size_t depth = 0, capacity = 0;
    bool good = true;
    for (;;) {
        while (is_cons(l)) {
            term h = head(l);
            l = tail(l);
            if (is_nil(h)) continue;
            if (!is_cons(h)) {
                if (out) list_add(out, h);
                ++*count;
                continue;
            }
            if (!is_nil(l)) {
                if (depth == capacity) {
                    capacity = capacity ? capacity * 2 : 32;
                    stack = realloc(stack, capacity * sizeof *stack);
                    if (!stack) abort();
                }
                stack[depth++] = l;
            }
            l = h;
        }
        if (!is_nil(l)) good = false;
        if (!good || !depth) break;
        l = stack[--depth];
    }
    free(stack);
    return good;
}

static term flattened(struct process *p, term list, term rest)
{
    struct list_builder out;
    int64_t n = 0;
    list_begin(&out, &p->heap);
    bool good = is_list(list) && is_list(rest) && flatten(list, &out, &n);
    term t = list_end(&out, rest);
    native_charge(p, (size_t)n / 50);
    return good ? t : no_clause(p);
}
NATIVE("lists", "flatten", 1, lists_flatten_1, "The elements of nested lists as one list.") { return flattened(p, arg[0], TERM_NIL); }
NATIVE("lists", "flatten", 2, lists_flatten_2, "The elements of nested lists, then a tail.") { return flattened(p, arg[0], arg[1]); }
NATIVE("lists", "flatlength", 1, lists_flatlength, "How many elements nested lists have.")
{
    int64_t n = 0;
    bool good = is_list(arg[0]) && flatten(arg[0], NULL, &n);
    native_charge(p, (size_t)n / 50);
    return good ? make_small(n) : no_clause(p);
}

// ---- folds

// Adds up the floats and the integers without limbs that a list begins with, as far as the sum is such a number; *l is left at the rest.
static term sum_run(struct process *p, term *l)
{
    int64_t sum = 0;
    size_t n = 0;
    for (; is_cons(*l) && is_small(head(*l)); *l = tail(*l), n++) {
        int64_t more = sum + small_value(head(*l));
        if (more > SMALL_MAX || more < SMALL_MIN) break;
        sum = more;
    }
    double total = (double)sum;
    bool floats = is_cons(*l) && is_float(head(*l));
    for (; is_cons(*l) && (floats & (is_small(head(*l)) || is_float(head(*l)))); *l = tail(*l), n++) {
        double more = total + (is_small(head(*l)) ? (double)small_value(head(*l)) : float_value(head(*l)));
        if (!isfinite(more)) break;
        total = more;
    }
    native_charge(p, n / 50);
    return floats ? mk_float(&p->heap, total) : make_small(sum);
}

NATIVE("phial_lists", "sum_run", 1, phial_lists_sum_run, "[the sum of the small numbers that a list begins with | the rest].")
{
    term rest = arg[0], sum = sum_run(p, &rest);
    return mk_cons(&p->heap, sum, rest);
}

NATIVE("lists", "sum", 1, lists_sum, "The sum of numbers.")
{
    term l = arg[0], sum = sum_run(p, &l);
    size_t n = 0;
    for (; is_cons(l) && sum != TERM_NONE; l = tail(l), n++) sum = num_add(p, sum, head(l));
    native_charge(p, n / 50);
    return sum == TERM_NONE || is_nil(l) ? sum : no_clause(p);
}

static term extreme(struct process *p, term l, int sign)
{
    if (!is_cons(l)) return no_clause(p);
    term best = head(l);
    size_t n = 0;
    for (l = tail(l); is_cons(l); l = tail(l), n++) {
        term t = head(l);
        int64_t c = both_small(t, best) ? ((int64_t)t > (int64_t)best) - ((int64_t)t < (int64_t)best) : term_compare(p->vm, t, best);
        if (c * sign > 0) best = t;
    }
    native_charge(p, n / 50);
    return is_nil(l) ? best : no_clause(p);
}
NATIVE("lists", "max", 1, lists_max, "The first of the largest elements.") { return extreme(p, arg[0], 1); }
NATIVE("lists", "min", 1, lists_min, "The first of the smallest elements.") { return extreme(p, arg[0], -1); }
