// SPDX-License-Identifier: Apache-2.0
// What the attributes with a meaning of their own may hold, and whether the definitions they name exist.
//
// Values are judged when they are set (attribute_problem), names when the module closes (check_attribute_names). Invariant: nothing is stored here.
#include "expand.h"

#include <string.h>

// ---- values

static bool is_doc(term v) { return v == AM_false || v == AM_nil || is_binary(v) || (is_list(v) && is_keyword_list(v)); }

// Set by Module.put_attribute: {line, doc}.
static bool is_dynamic_doc(term v) { return is_tuple_of(v, 2) && is_small(tuple_get(v, 0)) && is_doc(tuple_get(v, 1)); }

static bool is_dialyzer(struct cx *c, term v)
{
    if (is_tuple_of(v, 2) && is_atom(tuple_get(v, 0))) return true;
    if (is_list(v)) {
        for (; is_cons(v); v = tail(v))
            if (!is_dialyzer(c, head(v))) return false;
        return true;
    }
    static const char *const flags[] = {"no_return", "no_unused", "no_improper_lists", "no_fun_app", "no_match", "no_opaque", "no_fail_call",
                                        "no_contracts",
                                        "no_behaviours", "no_undefined_callbacks", "unmatched_returns", "error_handling", "race_conditions",
                                            "no_missing_calls",
                                        "specdiffs", "overspecs", "underspecs", "unknown", "no_underspecs", "extra_return", "missing_return",
                                        "no_extra_return", "no_missing_return", "no_return", NULL};
    for (size_t i = 0; is_atom(v) && flags[i]; i++)
        if (!strcmp(atom_c_text(c, v), flags[i])) return true;
    return false;
}

// The text of the error, without the value; NULL: the value may stand.
static const char *problem_text(struct cx *c, term key, term v, bool dynamic)
{
    const char *name = atom_c_text(c, key);
    if (!strcmp(name, "doc") || !strcmp(name, "moduledoc") || !strcmp(name, "typedoc")) {
        if (dynamic ? is_dynamic_doc(v) : is_doc(v)) return NULL;
        return cx_format(c, dynamic ? "@%s is a built-in module attribute for documentation. When set dynamically, it should be {line, doc} (where "
                                      "\"doc\" is "
                                      "either false, nil, a string, or a keyword list), got: "
                                    : "@%s is a built-in module attribute for documentation. It should be either false, nil, a string, or a keyword "
                                      "list, got: ", name);
    }
    if (!strcmp(name, "impl"))
        return is_atom(v) && v != AM_nil ? NULL : "@impl is a built-in module attribute that marks the next definition as a callback implementation. "
                                                  "It should be a module or a boolean, got: ";
    if (!strcmp(name, "behaviour")) return is_atom(v) ? NULL : "@behaviour expects a module, got: ";
    if (!strcmp(name, "deprecated"))
        return is_binary(v) ? NULL : "@deprecated is a built-in module attribute that annotates a definition as deprecated. It should be a string "
                                     "with the "
                                     "reason for the deprecation, got: ";
    if (!strcmp(name, "on_load"))
        return is_atom(v) || (is_tuple_of(v, 2) && is_atom(tuple_get(v, 0)) && tuple_get(v, 1) == make_small(0)) ? NULL
            : "@on_load is a built-in module attribute that annotates a function to be invoked when the module is loaded. It should be an atom or "
              "an {atom, 0} "
              "tuple, got: ";
    if (!strcmp(name, "file"))
        return is_binary(v) || (is_tuple_of(v, 2) && is_binary(tuple_get(v, 0)) && is_small(tuple_get(v, 1))) ? NULL
            : "@file is a built-in module attribute that annotates the file and line the next definition comes from. It should be a string or "
              "{string, line} "
              "tuple as value, got: ";
    if (!strcmp(name, "external_resource"))
        return is_binary(v) ? NULL : "@external_resource is a built-in module attribute used for specifying file dependencies. It should be a "
                                     "string path to a "
                                     "file, got: ";
    if (!strcmp(name, "dialyzer")) return is_dialyzer(c, v) ? NULL : "invalid value for @dialyzer attribute: ";
    return NULL;
}

// Raises if the attribute may not have the value.
void check_attribute_value(struct cx *c, term key, term value, bool dynamic)
{
    const char *text = problem_text(c, key, value, dynamic);
    if (text) fail_argument(c, "%s%s", text, inspect(c, value));
}

// The attributes that check_attribute_value() has anything to say about.
bool attribute_is_checked(struct vm *vm, term key)
{
    static const char *const names[] = {"behaviour", "deprecated", "dialyzer", "doc", "external_resource", "file", "impl", "moduledoc", "on_load",
                                        "typedoc"};
    const char *name = atom_text(vm, key).bytes;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i])) return true;
    return false;
}

// ---- names

static bool is_pair(term t) { return is_tuple_of(t, 2) && is_atom(tuple_get(t, 0)) && is_small(tuple_get(t, 1)); }

static bool is_defined(struct module_state *m, term pair)
{
    return def_find(m, name_key(tuple_get(pair, 0), (unsigned)small_value(tuple_get(pair, 1)))) != NULL;
}

static void check_pairs(struct cx *c, struct module_state *m, term list, const char *fmt)
{
    for (term l = is_list(list) ? list : mk_list_of(c, 1, list); is_cons(l); l = tail(l))
        if (is_pair(head(l)) && !is_defined(m, head(l))) {
            const char *name = cx_format(c, "%s/%d", atom_c_text(c, tuple_get(head(l), 0)), (int)small_value(tuple_get(head(l), 1)));
            const char *mark = strchr(fmt, '*');
            fail_compile(c, m->line, "%.*s%s%s", (int)(mark - fmt), fmt, name, mark + 1);
        }
}

// Values of the form {key, pairs}, alone or in lists.
static void check_keyed(struct cx *c, struct module_state *m, term value, const char *key, const char *fmt)
{
    if (is_list(value))
        for (; is_cons(value); value = tail(value)) check_keyed(c, m, head(value), key, fmt);
    else if (is_tuple_of(value, 2) && tuple_get(value, 0) == atom_c(c, key)) check_pairs(c, m, tuple_get(value, 1), fmt);
}

static bool is_callback(struct cx *c, struct module_state *m, term pair)
{
    static const char *const names[] = {"callback", "macrocallback"};
    for (int i = 0; i < 2; i++) {
        struct attribute *a = attribute_find(m, atom_c(c, names[i]));
        for (term l = a ? a->value : TERM_NIL; is_cons(l); l = tail(l)) {
            term q = typespec_form(head(l));
            if (is_call_of(q, AM_kw_when, 2)) q = head(form_args(q));
            if (is_call_of(q, AM_op_type, 2)) q = head(form_args(q));
            if (is_form(q) && form_name(q) == tuple_get(pair, 0) &&
                make_small(is_list(form_args(q)) ? (int64_t)list_count(form_args(q)) : 0) == tuple_get(pair, 1)) return true;
        }
    }
    return false;
}

// Whether the pair stands again after `rest`, or in a later list.
static bool is_listed(term pair, term rest, term lists)
{
    for (rest = tail(rest); is_cons(rest); rest = tail(rest))
        if (term_same(head(rest), pair)) return true;
    for (lists = tail(lists); is_cons(lists); lists = tail(lists))
        for (term l = is_list(head(lists)) ? head(lists) : TERM_NIL; is_cons(l); l = tail(l))
            if (term_same(head(l), pair)) return true;
    return false;
}

static void check_optional(struct cx *c, struct module_state *m, term values)
{
    for (term l = values; is_cons(l); l = tail(l)) {
        if (!is_list(head(l)))
            fail_compile(c, m->line, "invalid optional callback %s. @optional_callbacks expects a keyword list of callback names and arities",
                         inspect(c, head(l)));
        for (term p = head(l); is_cons(p); p = tail(p)) {
            if (!is_pair(head(p)))
                fail_compile(c, m->line, "invalid optional callback %s. @optional_callbacks expects a keyword list of callback names and arities",
                             inspect(c, head(p)));
            if (is_listed(head(p), p, l))
                fail_compile(c, m->line, "%s/%d has been specified as optional callback more than once", atom_c_text(c, tuple_get(head(p), 0)),
                             (int)small_value(tuple_get(head(p), 1)));
            if (!is_callback(c, m, head(p)))
                fail_compile(c, m->line, "unknown callback %s/%d given as optional callback", atom_c_text(c, tuple_get(head(p), 0)),
                             (int)small_value(tuple_get(head(p), 1)));
        }
    }
}

// @derive that no defstruct saw.
static void check_derive(struct cx *c, struct module_state *m)
{
    struct attribute *derive = attribute_find(m, atom_c(c, "derive")), *made = attribute_find(m, atom_c(c, "__struct__"));
    if (!derive || !is_cons(derive->value)) return;
    if (made && made->value != TERM_NONE)
        warn_at(c, m->line, IN_MODULE, "warning: module attribute @derive was set after defstruct, all @derive calls must come before defstruct");
    else warn_at(c, m->line, IN_MODULE, "warning: module attribute @derive was set but never used (it must come before defstruct)");
}

void check_attribute_names(struct cx *c, struct module_state *m)
{
    struct attribute *on_load = attribute_find(m, atom_c(c, "on_load"));
    if (on_load && on_load->value != TERM_NONE) {
        term name = is_tuple(on_load->value) ? tuple_get(on_load->value, 0) : on_load->value;
        check_pairs(c, m, mk_tuple2(c->h, name, make_small(0)), "undefined function * given to @on_load");
    }
    struct attribute *compile = attribute_find(m, AM_compile), *dialyzer = attribute_find(m, atom_c(c, "dialyzer"));
    check_keyed(c, m, compile->value, "inline", "inlined function * undefined");
    check_keyed(c, m, dialyzer->value, "nowarn_function", "undefined function * given to @dialyzer :nowarn_function");
    check_optional(c, m, attribute_find(m, atom_c(c, "optional_callbacks"))->value);
    check_derive(c, m);
}
