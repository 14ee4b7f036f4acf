// SPDX-License-Identifier: Apache-2.0
// :erlang natives on tuples, lists, maps, binaries as data; operators as functions; type tests.
//
// Invariant: sizes are checked before memory is taken; arguments are reported in OTP's words.
#include <math.h>
#include <stdlib.h>

#include "code.h"
#include "native.h"

#define TUPLE_MAX ((1 << 24) - 1)
#define SECOND "\n  * 2nd argument: "
#define THIRD "\n  * 3rd argument: "

// ---- tuples

static const char *index_fault(term index, int64_t low, int64_t high)
{
    if (!is_integer(index)) return "not an integer";
    return is_small(index) && small_value(index) >= low && small_value(index) <= high ? NULL : "out of range";
}

// Raises if arg[0] is not an index from 1 to the size of tuple arg[1] plus `extra`.
static bool check_index(struct process *p, const term *arg, int64_t extra)
{
    if (!is_tuple(arg[1])) {
        if (is_integer(arg[0])) raise_badarg(p, 2, "not a tuple");
        else raise_badarg(p, 1, "not an integer" SECOND "not a tuple");
        return false;
    }
    const char *why = index_fault(arg[0], 1, (int64_t)tuple_arity(arg[1]) + extra);
    if (why) raise_badarg(p, 1, why);
    return !why;
}

static term *tuple_new(struct process *p, size_t n, term *t)
{
    term *obj = heap_alloc(&p->heap, n + 1);
    obj[0] = make_header(TYPE_TUPLE, n);
    *t = make_boxed(obj);
    return obj + 1;
}

NATIVE("erlang", "element", 2, erlang_element, "The element of a tuple at a position from 1.")
{
    return check_index(p, arg, 0) ? tuple_get(arg[1], (uint64_t)small_value(arg[0]) - 1) : TERM_NONE;
}
NATIVE("erlang", "setelement", 3, erlang_setelement, "A copy of a tuple with the element at a position from 1 replaced.")
{
    if (!check_index(p, arg, 0)) return TERM_NONE;
    term t = mk_tuple(&p->heap, tuple_arity(arg[1]), boxed_ptr(arg[1]) + 1);
    boxed_ptr(t)[small_value(arg[0])] = arg[2];
    return t;
}
NATIVE("erlang", "tuple_size", 1, erlang_tuple_size, "Number of elements of a tuple.")
{
    return is_tuple(arg[0]) ? make_small((int64_t)tuple_arity(arg[0])) : raise_badarg(p, 1, "not a tuple");
}
NATIVE("erlang", "append_element", 2, erlang_append_element, "A tuple with one more element at its end.")
{
    if (!is_tuple(arg[0])) return raise_badarg(p, 1, "not a tuple");
    size_t n = tuple_arity(arg[0]);
    if (n >= TUPLE_MAX) return raise_system_limit(p);
    term t, *e = tuple_new(p, n + 1, &t);
    memcpy(e, boxed_ptr(arg[0]) + 1, n * sizeof(term));
    e[n] = arg[1];
    return t;
}
NATIVE("erlang", "insert_element", 3, erlang_insert_element, "A tuple with an element inserted at a position from 1.")
{
    if (!check_index(p, arg, 1)) return TERM_NONE;
    size_t n = tuple_arity(arg[1]), at = (size_t)small_value(arg[0]) - 1;
    const term *from = boxed_ptr(arg[1]) + 1;
    if (n >= TUPLE_MAX) return raise_system_limit(p);
    term t, *e = tuple_new(p, n + 1, &t);
    memcpy(e, from, at * sizeof(term));
    e[at] = arg[2];
    memcpy(e + at + 1, from + at, (n - at) * sizeof(term));
    return t;
}
NATIVE("erlang", "delete_element", 2, erlang_delete_element, "A tuple without the element at a position from 1.")
{
    if (!check_index(p, arg, 0)) return TERM_NONE;
    size_t n = tuple_arity(arg[1]) - 1, at = (size_t)small_value(arg[0]) - 1;
    const term *from = boxed_ptr(arg[1]) + 1;
    term t, *e = tuple_new(p, n, &t);
    memcpy(e, from, at * sizeof(term));
    memcpy(e + at, from + at + 1, (n - at) * sizeof(term));
    return t;
}
NATIVE("erlang", "make_tuple", 2, erlang_make_tuple_2, "A tuple of a size with one value everywhere.")
{
    if (index_fault(arg[0], 0, TUPLE_MAX)) return raise_badarg(p, 1, "out of range");
    size_t n = (size_t)small_value(arg[0]);
    term t, *e = tuple_new(p, n, &t);
    for (size_t i = 0; i < n; i++) e[i] = arg[1];
    return t;
}
NATIVE("erlang", "make_tuple", 3, erlang_make_tuple_3, "A tuple of a size with a default value and {position, value} entries.")
{
    term t = erlang_make_tuple_2(p, arg), l = arg[2];
    if (t == TERM_NONE) return t;
    for (; is_cons(l); l = tail(l)) {
        term entry = head(l);
        if (!is_tuple_of(entry, 2) || index_fault(tuple_get(entry, 0), 1, small_value(arg[0])))
            return raise_badarg(p, 3, "invalid option in list");
        boxed_ptr(t)[small_value(tuple_get(entry, 0))] = tuple_get(entry, 1);
    }
    return is_nil(l) ? t : raise_badarg(p, 3, "not a list");
}
NATIVE("erlang", "list_to_tuple", 1, erlang_list_to_tuple, "The elements of a list as a tuple.")
{
    size_t n;
    if (!list_length(arg[0], &n)) return raise_badarg(p, 1, "not a list");
    if (n > TUPLE_MAX) return raise_system_limit(p);
    term t, *e = tuple_new(p, n, &t);
    for (term l = arg[0]; is_cons(l); l = tail(l)) *e++ = head(l);
    return t;
}
NATIVE("erlang", "tuple_to_list", 1, erlang_tuple_to_list, "The elements of a tuple as a list.")
{
    if (!is_tuple(arg[0])) return raise_badarg(p, 1, "not a tuple");
    return mk_list(&p->heap, tuple_arity(arg[0]), boxed_ptr(arg[0]) + 1, TERM_NIL);
}

// ---- lists

NATIVE("erlang", "hd", 1, erlang_hd, "First element of a list.")
{
    return is_cons(arg[0]) ? head(arg[0]) : raise_badarg(p, 1, "not a nonempty list");
}
NATIVE("erlang", "tl", 1, erlang_tl, "A list without its first element.")
{
    return is_cons(arg[0]) ? tail(arg[0]) : raise_badarg(p, 1, "not a nonempty list");
}
NATIVE("erlang", "length", 1, erlang_length, "Number of elements of a proper list.")
{
    size_t n;
    if (!list_length(arg[0], &n)) return raise_badarg(p, 1, "not a list");
    native_charge(p, n / 50);
    return make_small((int64_t)n);
}

// a ++ b: a's conses again, ending in b. TERM_NONE: a is improper.
term list_append(struct process *p, term a, term b)
{
    size_t n;
    if (is_nil(a)) return b;
    if (!list_length(a, &n)) return TERM_NONE;
    native_charge(p, n / 50);
    term *c = heap_alloc(&p->heap, 2 * n), first = make_cons_ptr(c);
    for (; is_cons(a); a = tail(a), c += 2) {
        c[0] = head(a);
        c[1] = make_cons_ptr(c + 2);
    }
    c[-1] = b;
    return first;
}
NATIVE("erlang", "++", 2, erlang_append, "Joins two lists.")
{
    term t = list_append(p, arg[0], arg[1]);
    return t == TERM_NONE ? raise_badarg(p, 0, NULL) : t;
}

// For each element of b, the first equal one of a goes. Both proper. Long lists look elements up in b sorted, with counts.
static size_t find_sorted(struct vm *vm, const term *sorted, size_t n, term t)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (term_compare_exact(vm, sorted[mid], t) < 0) low = mid + 1;
        else high = mid;
    }
    return low;
}

static term subtract_long(struct process *p, term a, size_t na, term b, size_t nb)
{
    term *out = malloc((na + nb) * sizeof *out), *sorted = out + na;
    size_t *left = calloc(nb, sizeof *left), n = 0, i = 0;
    if (!out || !left) abort();
    for (; is_cons(b); b = tail(b)) sorted[i++] = head(b);
    term_sort(p->vm, nb, sorted, SORT_WHOLE, true);
    for (i = 0; i < nb; i++) left[find_sorted(p->vm, sorted, nb, sorted[i])]++;
    for (; is_cons(a); a = tail(a)) {
        size_t at = find_sorted(p->vm, sorted, nb, head(a));
        if (at < nb && left[at] && term_same(sorted[at], head(a))) left[at]--;
        else out[n++] = head(a);
    }
    term result = mk_list(&p->heap, n, out, TERM_NIL);
    free(out);
    free(left);
    return result;
}

term list_subtract(struct process *p, term a, term b)
{
    size_t na, nb, n = 0;
    if (!list_length(a, &na) || !list_length(b, &nb)) return TERM_NONE;
    native_charge(p, (na + nb) / 20);
    if (!na || !nb) return a;
    if (nb > 12 && na > 1) return subtract_long(p, a, na, b, nb);
    term *out = malloc(na * sizeof *out), some[12], last = a;
    size_t left = 0;
    if (!out) abort();
    if (na == 1 && nb > 12) {
        for (; is_cons(b); b = tail(b))
            if (term_same(head(a), head(b))) break;
        free(out);
        return is_cons(b) ? TERM_NIL : a;
    }
    for (; is_cons(b); b = tail(b)) some[left++] = head(b);
    for (; is_cons(a) && left; a = tail(a)) {
        size_t i = 0;
        while (i < left && !term_same(some[i], head(a))) i++;
        if (i == left) {
            out[n++] = head(a);
        } else {
            memmove(some + i, some + i + 1, (left - i - 1) * sizeof(term));
            left--;
            last = tail(a);
        }
    }
    // What follows the last removed element is shared.
    if (!is_cons(a)) {
        for (term l = last; is_cons(l); l = tail(l)) n--;
    } else {
        for (term l = last; l != a; l = tail(l)) n--;
    }
    term result = mk_list(&p->heap, n, out, last);
    free(out);
    return result;
}
NATIVE("erlang", "--", 2, erlang_subtract, "Removes from a list the first occurrence of each element of another.")
{
    term t = list_subtract(p, arg[0], arg[1]);
    return t == TERM_NONE ? raise_badarg(p, 0, NULL) : t;
}

// ---- sizes and parts

NATIVE("erlang", "size", 1, erlang_size, "Size of a tuple or binary.")
{
    if (is_tuple(arg[0])) return make_small((int64_t)tuple_arity(arg[0]));
    if (is_bitstring(arg[0])) return make_small((int64_t)(bits_of(arg[0]).size / 8));
    return raise_badarg(p, 1, "not tuple or binary");
}
NATIVE("erlang", "byte_size", 1, erlang_byte_size, "Bytes needed to hold a bitstring.")
{
    return is_bitstring(arg[0]) ? make_small((int64_t)((bits_of(arg[0]).size + 7) / 8)) : raise_badarg(p, 1, "not a bitstring");
}
NATIVE("erlang", "bit_size", 1, erlang_bit_size, "Number of bits of a bitstring.")
{
    return is_bitstring(arg[0]) ? make_small((int64_t)bits_of(arg[0]).size) : raise_badarg(p, 1, "not a bitstring");
}

// Checks {start, length} against a size in bytes; a negative length reaches back. 0: fine; else the number of the bad one.
int binary_part_range(term start, term len, int64_t size, int64_t *at, int64_t *n)
{
    if (!is_small(start) || small_value(start) < 0 || small_value(start) > size) return 1;
    if (!is_small(len)) return 2;
    *at = small_value(start);
    *n = small_value(len);
    if (*n < 0) {
        if (*n < -*at) return 2;
        *at += *n;
        *n = -*n;
    }
    return *n > size - *at ? 2 : 0;
}

NATIVE("erlang", "binary_part", 3, erlang_binary_part_3, "Part of a binary from a position, of a length (negative: backwards).")
{
    if (!is_bitstring(arg[0])) return raise_badarg(p, 1, "not a binary");
    if (!is_integer(arg[1])) return raise_badarg(p, 2, is_integer(arg[2]) ? "not an integer" : "not an integer" THIRD "not an integer");
    if (!is_integer(arg[2])) return raise_badarg(p, 3, "not an integer");
    int64_t at, n;
    int bad = binary_part_range(arg[1], arg[2], (int64_t)(bits_of(arg[0]).size / 8), &at, &n);
    return bad ? raise_badarg(p, bad + 1, "out of range") : mk_sub_binary(&p->heap, arg[0], (uint64_t)at * 8, (uint64_t)n * 8);
}
NATIVE("erlang", "binary_part", 2, erlang_binary_part_2, "Part of a binary given as {position, length}.")
{
    if (!is_bitstring(arg[0])) return raise_badarg(p, 1, "not a binary");
    if (!is_tuple_of(arg[1], 2) || !is_integer(tuple_get(arg[1], 0)) || !is_integer(tuple_get(arg[1], 1)))
        return raise_badarg(p, 2, "not a valid {Pos,Length} tuple");
    int64_t at, n;
    if (binary_part_range(tuple_get(arg[1], 0), tuple_get(arg[1], 1), (int64_t)(bits_of(arg[0]).size / 8), &at, &n))
        return raise_badarg(p, 2, "out of range");
    return mk_sub_binary(&p->heap, arg[0], (uint64_t)at * 8, (uint64_t)n * 8);
}
NATIVE("binary", "part", 3, binary_part_3, "Part of a binary from a position, of a length (negative: backwards).")
{
    return erlang_binary_part_3(p, arg);
}
NATIVE("binary", "part", 2, binary_part_2, "Part of a binary given as {position, length}.") { return erlang_binary_part_2(p, arg); }
NATIVE("erlang", "split_binary", 2, erlang_split_binary, "A binary as {first bytes, the rest}.")
{
    if (!is_bitstring(arg[0])) return raise_badarg(p, 1, "not a binary");
    struct bits b = bits_of(arg[0]);
    const char *why = index_fault(arg[1], 0, (int64_t)(b.size / 8));
    if (why) return raise_badarg(p, 2, why);
    uint64_t at = (uint64_t)small_value(arg[1]) * 8;
    term first = mk_sub_binary(&p->heap, arg[0], 0, at);
    return mk_tuple2(&p->heap, first, mk_sub_binary(&p->heap, arg[0], at, b.size - at));
}

// ---- maps

static term raise_badmap(struct process *p, term t) { return raise_error(p, mk_tuple2(&p->heap, AM_badmap, t)); }

NATIVE("erlang", "map_size", 1, erlang_map_size, "Number of entries of a map.")
{
    return is_map(arg[0]) ? make_small((int64_t)map_size(arg[0])) : raise_badmap(p, arg[0]);
}
NATIVE("erlang", "map_get", 2, erlang_map_get, "The value of a key in a map.")
{
    if (!is_map(arg[1])) return raise_badmap(p, arg[1]);
    term v = map_get(p->vm, arg[1], arg[0]);
    return v == TERM_NONE ? raise_error(p, mk_tuple2(&p->heap, AM_badkey, arg[0])) : v;
}
NATIVE("erlang", "is_map_key", 2, erlang_is_map_key, "Whether a map has a key.")
{
    if (!is_map(arg[1])) return raise_badmap(p, arg[1]);
    return mk_bool(map_get(p->vm, arg[1], arg[0]) != TERM_NONE);
}

// ---- numbers

NATIVE("erlang", "abs", 1, erlang_abs, "Absolute value.")
{
    if (is_float(arg[0])) return float_value(arg[0]) < 0 ? mk_float(&p->heap, fabs(float_value(arg[0]))) : arg[0];   // -0.0 stays
    if (!is_integer(arg[0])) return raise_badarg(p, 1, "not a number");
    return num_compare(arg[0], make_small(0)) < 0 ? num_neg(p, arg[0]) : arg[0];
}

static term rounded(struct process *p, term t, double (*fn)(double))
{
    if (is_integer(t)) return t;
    if (!is_float(t)) return raise_badarg(p, 1, "not a number");
    return num_from_double(&p->heap, fn(float_value(t)));
}
NATIVE("erlang", "trunc", 1, erlang_trunc, "Drops the fraction of a number.") { return rounded(p, arg[0], trunc); }
NATIVE("erlang", "round", 1, erlang_round, "The nearest integer, halves away from zero.") { return rounded(p, arg[0], round); }
NATIVE("erlang", "floor", 1, erlang_floor, "The largest integer not above a number.") { return rounded(p, arg[0], floor); }
NATIVE("erlang", "ceil", 1, erlang_ceil, "The smallest integer not below a number.") { return rounded(p, arg[0], ceil); }
NATIVE("erlang", "float", 1, erlang_float, "A number as a float.")
{
    double d;
    if (!is_number(arg[0]) || !num_to_double(arg[0], &d)) return raise_badarg(p, 1, "not a number");
    return mk_float(&p->heap, d);
}

NATIVE("erlang", "+", 2, erlang_plus, "Sum.") { return num_add(p, arg[0], arg[1]); }
NATIVE("erlang", "-", 2, erlang_minus, "Difference.") { return num_sub(p, arg[0], arg[1]); }
NATIVE("erlang", "*", 2, erlang_times, "Product.") { return num_mul(p, arg[0], arg[1]); }
NATIVE("erlang", "/", 2, erlang_divide, "Quotient as a float.") { return num_div_float(p, arg[0], arg[1]); }
NATIVE("erlang", "+", 1, erlang_unary_plus, "The number itself.") { return is_number(arg[0]) ? arg[0] : raise_badarith(p); }
NATIVE("erlang", "-", 1, erlang_unary_minus, "The number negated.") { return num_neg(p, arg[0]); }
NATIVE("erlang", "div", 2, erlang_div, "Integer quotient, truncated.") { return num_div(p, arg[0], arg[1]); }
NATIVE("erlang", "rem", 2, erlang_rem, "Remainder with the sign of the dividend.") { return num_rem(p, arg[0], arg[1]); }
NATIVE("erlang", "band", 2, erlang_band, "Bitwise and.") { return num_band(p, arg[0], arg[1]); }
NATIVE("erlang", "bor", 2, erlang_bor, "Bitwise or.") { return num_bor(p, arg[0], arg[1]); }
NATIVE("erlang", "bxor", 2, erlang_bxor, "Bitwise exclusive or.") { return num_bxor(p, arg[0], arg[1]); }
NATIVE("erlang", "bnot", 1, erlang_bnot, "Bitwise not.") { return num_bnot(p, arg[0]); }
NATIVE("erlang", "bsl", 2, erlang_bsl, "Arithmetic shift left.") { return num_bsl(p, arg[0], arg[1]); }
NATIVE("erlang", "bsr", 2, erlang_bsr, "Arithmetic shift right.") { return num_bsr(p, arg[0], arg[1]); }

// ---- comparison and booleans

NATIVE("erlang", "==", 2, erlang_eq, "Equal, numbers by value.") { return mk_bool(term_equal_num(arg[0], arg[1])); }
NATIVE("erlang", "/=", 2, erlang_ne, "Not equal, numbers by value.") { return mk_bool(!term_equal_num(arg[0], arg[1])); }
NATIVE("erlang", "=:=", 2, erlang_exact_eq, "Exactly equal.") { return mk_bool(term_same(arg[0], arg[1])); }
NATIVE("erlang", "=/=", 2, erlang_exact_ne, "Not exactly equal.") { return mk_bool(!term_same(arg[0], arg[1])); }
NATIVE("erlang", "<", 2, erlang_lt, "Less than.") { return mk_bool(term_compare(p->vm, arg[0], arg[1]) < 0); }
NATIVE("erlang", "=<", 2, erlang_le, "Less than or equal.") { return mk_bool(term_compare(p->vm, arg[0], arg[1]) <= 0); }
NATIVE("erlang", ">", 2, erlang_gt, "Greater than.") { return mk_bool(term_compare(p->vm, arg[0], arg[1]) > 0); }
NATIVE("erlang", ">=", 2, erlang_ge, "Greater than or equal.") { return mk_bool(term_compare(p->vm, arg[0], arg[1]) >= 0); }
NATIVE("erlang", "min", 2, erlang_min, "The smaller term; the first if they are equal.")
{
    return term_compare(p->vm, arg[0], arg[1]) <= 0 ? arg[0] : arg[1];
}
NATIVE("erlang", "max", 2, erlang_max, "The larger term; the first if they are equal.")
{
    return term_compare(p->vm, arg[0], arg[1]) >= 0 ? arg[0] : arg[1];
}

static bool is_bool(term t) { return t == AM_true || t == AM_false; }
static term boolean_op(struct process *p, const term *arg, bool value)
{
    return is_bool(arg[0]) && is_bool(arg[1]) ? mk_bool(value) : raise_badarg(p, 0, NULL);
}
NATIVE("erlang", "and", 2, erlang_and, "Both are true.") { return boolean_op(p, arg, arg[0] == AM_true && arg[1] == AM_true); }
NATIVE("erlang", "or", 2, erlang_or, "One is true.") { return boolean_op(p, arg, arg[0] == AM_true || arg[1] == AM_true); }
NATIVE("erlang", "xor", 2, erlang_xor, "Exactly one is true.") { return boolean_op(p, arg, arg[0] != arg[1]); }
NATIVE("erlang", "not", 1, erlang_not, "The other boolean.") { return is_bool(arg[0]) ? mk_bool(arg[0] == AM_false) : raise_badarg(p, 0, NULL); }

// ---- type tests

#define TYPE_TEST(NAME, TEST, DOC) NATIVE("erlang", "is_" #NAME, 1, erlang_is_##NAME, DOC) { return mk_bool(TEST(arg[0])); }
TYPE_TEST(atom, is_atom, "Is it an atom?")
TYPE_TEST(binary, is_binary, "Is it a binary?")
TYPE_TEST(bitstring, is_bitstring, "Is it a bitstring?")
TYPE_TEST(boolean, is_bool, "Is it true or false?")
TYPE_TEST(float, is_float, "Is it a float?")
TYPE_TEST(function, is_fun, "Is it a function?")
TYPE_TEST(integer, is_integer, "Is it an integer?")
TYPE_TEST(list, is_list, "Is it a cons or the empty list?")
TYPE_TEST(map, is_map, "Is it a map?")
TYPE_TEST(number, is_number, "Is it a number?")
TYPE_TEST(pid, is_pid, "Is it a process identifier?")
TYPE_TEST(port, is_port, "Is it a port?")
TYPE_TEST(reference, is_ref, "Is it a reference?")
TYPE_TEST(tuple, is_tuple, "Is it a tuple?")

NATIVE("erlang", "is_function", 2, erlang_is_function_2, "Is it a function of this arity?")
{
    if (!is_integer(arg[1])) return raise_badarg(p, 2, "not an integer");
    if (num_compare(arg[1], make_small(0)) < 0) return raise_badarg(p, 2, "out of range");
    return mk_bool(is_fun(arg[0]) && make_small(fun_arity(arg[0])) == arg[1]);
}
NATIVE("erlang", "is_record", 2, erlang_is_record_2, "Is it a tuple whose first element is this atom?")
{
    if (!is_atom(arg[1])) return raise_badarg(p, 1, "not an atom");
    return mk_bool(is_tuple(arg[0]) && tuple_arity(arg[0]) && tuple_get(arg[0], 0) == arg[1]);
}
NATIVE("erlang", "is_record", 3, erlang_is_record_3, "Is it a tuple of this size whose first element is this atom?")
{
    if (!is_atom(arg[1])) return raise_badarg(p, 2, "not an atom");
    if (!is_integer(arg[2])) return raise_badarg(p, 3, "not an integer");
    return mk_bool(is_tuple(arg[0]) && make_small((int64_t)tuple_arity(arg[0])) == arg[2] && tuple_arity(arg[0]) && tuple_get(arg[0], 0) == arg[1]);
}
