// SPDX-License-Identifier: Apache-2.0
// What is checked when a module's body has run, and the functions every module gets: __info__/1, module_info/0,1, behaviour_info/1.
#include "expand.h"

#include <stdlib.h>
#include <string.h>

// ---- definitions

static void check_bodies(struct cx *c, struct module_state *m)
{
    for (struct def *d = m->first; d; d = d->next)
        if (!d->nclauses)
            fail_compile(c, d->line, "implementation not provided for predefined %s %s/%u", kind_text(d->kind), atom_c_text(c, d->name), d->arity);
}

static struct call_edge *edges_in_order(struct cx *c, struct def *d)
{
    struct call_edge *list = NULL;
    for (struct call_edge *e = d->calls; e; e = e->next) {
        struct call_edge *copy = arena_new(c->a, struct call_edge);
        *copy = *e;
        copy->next = list;
        list = copy;
    }
    return list;
}

static const char *undefined_function(struct cx *c, struct module_state *m, struct call_edge *e)
{
    return cx_format(c, "undefined function %s/%u (expected %s to define such a function or for it to be imported, but none are available)",
                     atom_c_text(c, key_name(e->key)), key_arity(e->key), inspect_atom(c, m->name));
}

// How many letters must be put in, left out or changed; at most 15 letters are looked at.
static unsigned distance(const char *a, const char *b)
{
    unsigned row[17], la = (unsigned)strnlen(a, 16), lb = (unsigned)strnlen(b, 16);
    if (la > 15 || lb > 15) return strcmp(a, b) ? 99 : 0;
    for (unsigned j = 0; j <= lb; j++) row[j] = j;
    for (unsigned i = 1; i <= la; i++) {
        unsigned corner = row[0];
        row[0] = i;
        for (unsigned j = 1; j <= lb; j++) {
            unsigned best = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            if (row[j] + 1 < best) best = row[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[lb];
}

// Functions of the module whose names are near that of one that is not there.
static void hint_near(struct cx *c, struct module_state *m, uint64_t key)
{
    const char *name = atom_c_text(c, key_name(key)), *list = "";
    unsigned most = strlen(name) > 5 ? 2 : strlen(name) > 2 ? 1 : 0, n = 0;
    for (struct def *d = m->first; d && n < 5; d = d->next) {
        if (d->hidden || distance(name, atom_c_text(c, d->name)) > most) continue;
        list = cx_format(c, "%s%s%s/%u", list, n++ ? ", " : "", atom_c_text(c, d->name), d->arity);
    }
    if (n) place_hint(c, cx_format(c, "did you mean %s?", list));
}

// Whether call `a` is told of before call `b`: by line, then name, then arity.
static bool told_before(struct cx *c, struct call_edge *a, struct call_edge *b)
{
    int names = strcmp(atom_c_text(c, key_name(a->key)), atom_c_text(c, key_name(b->key)));
    if (a->line != b->line) return a->line < b->line;
    return names ? names < 0 : key_arity(a->key) < key_arity(b->key);
}

// The first undefined function is the error, those after it are warnings, the last first.
static void check_calls(struct cx *c, struct module_state *m)
{
    struct call_edge *undefined[64];
    unsigned n = 0;
    for (struct def *d = m->first; d; d = d->next)
        for (struct call_edge *e = edges_in_order(c, d); e; e = e->next) {
            if (e->macro_use) continue;
            struct def *to = def_find(m, e->key);
            const char *name = atom_c_text(c, key_name(e->key));
            if (to && kind_is_macro(to->kind) && !to->hidden && !d->generated_default)
                fail_compile(c, e->line, "cannot invoke macro %s/%u before its definition", name, key_arity(e->key));
            if (to) continue;
            if (!strcmp(name, "__info__") && key_arity(e->key) == 1) continue;
            if (!strcmp(name, "module_info") && key_arity(e->key) < 2) continue;
            if (n == 64) continue;
            unsigned at = n++;
            for (; at && told_before(c, e, undefined[at - 1]); at--) undefined[at] = undefined[at - 1];
            undefined[at] = e;
        }
    for (unsigned i = n; i-- > 1;) warn_at(c, undefined[i]->line, IN_FILE, "%s", undefined_function(c, m, undefined[i]));
    if (n) hint_near(c, m, undefined[0]->key);
    if (n) fail_compile(c, undefined[0]->line, "%s", undefined_function(c, m, undefined[0]));
}

static void check_imports(struct cx *c, struct module_state *m)
{
    for (struct used_import *u = m->used_imports; u; u = u->next) {
        struct def *d = def_find(m, u->key);
        if (!d || u->from == m->name) continue;
        const char *text = atom_c_text(c, key_name(u->key));
        fail_compile(c, d->line, "imported %s.%s/%u conflicts with local function", inspect_atom(c, u->from), text, key_arity(u->key));
    }
}

static void reach(struct module_state *m, struct def *d)
{
    d->reached = true;
    for (struct call_edge *e = d->calls; e; e = e->next) {
        struct def *to = def_find(m, e->key);
        if (to && !to->reached) reach(m, to);
    }
}

// The clauses made for the default values of a private function: those of the fewest arguments may never be called.
static void check_unused_defaults(struct cx *c, struct module_state *m, struct def *d)
{
    unsigned least = d->arity - d->defaults, idle = 0;
    while (idle < d->defaults) {
        struct def *shorter = def_find(m, name_key(d->name, least + idle));
        if (!shorter || shorter->reached) break;
        idle++;
    }
    const char *name = atom_c_text(c, d->name);
    if (!idle) return;
    if (idle == d->defaults) warn_at(c, d->line, IN_FILE, "default values for the optional arguments in %s/%u are never used", name, d->arity);
    else if (least + idle == 1) warn_at(c, d->line, IN_FILE, "the default value for the first optional argument in %s/%u is never used", name, d->arity);
    else warn_at(c, d->line, IN_FILE, "the default values for the first %u optional arguments in %s/%u are never used", least + idle, name, d->arity);
}

static void check_unused(struct cx *c, struct module_state *m)
{
    struct attribute *on_load = attribute_find(m, atom_c(c, "on_load"));
    for (struct def *d = m->first; d; d = d->next)
        if ((!kind_is_private(d->kind) && !d->hidden) || (on_load && on_load->value == d->name)) reach(m, d);
    for (int macros = 0; macros < 2; macros++)
    for (struct def *d = m->first; d; d = d->next) {
        if (d->from_context || d->hidden || kind_is_macro(d->kind) != macros) continue;
        if (d->reached && d->defaults && kind_is_private(d->kind)) check_unused_defaults(c, m, d);
        if (d->reached) continue;
        warn_at(c, d->line, IN_FILE, "%s %s/%u is unused", kind_is_macro(d->kind) ? "macro" : "function", atom_c_text(c, d->name), d->arity);
    }
}

static void check_attributes(struct cx *c, struct module_state *m)
{
    struct attribute *list[64];
    unsigned n = 0;
    for (struct attribute *a = m->attributes; a; a = a->next)
        if (!a->read && !a->reserved && a->line > 0 && n < 64) list[n++] = a;
    while (n--) warn_at(c, list[n]->line, IN_FILE, "module attribute @%s was set but never used", atom_c_text(c, list[n]->key));
}

// Attributes that annotate what follows, with nothing that followed.
static void check_pending(struct cx *c, struct module_state *m)
{
    static const char *const names[] = {"deprecated", "doc", "impl", "typedoc"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct attribute *a = attribute_find(m, atom_c(c, names[i]));
        if (a && a->value != TERM_NONE && a->line > 0)
            warn_at(c, a->line, IN_FILE, "module attribute @%s was set but no %s follows it", names[i], i == 3 ? "type" : "definition");
    }
}

void check_module(struct cx *c, struct module_state *m)
{
    c->def = NULL;
    check_bodies(c, m);
    check_attribute_names(c, m);
    check_unused(c, m);
    check_calls(c, m);
    check_imports(c, m);
    check_behaviours(c, m);
    check_attributes(c, m);
    check_pending(c, m);
    check_useless(c, m);
}

// ---- the functions every module has

static bool pair_in(term list, term pair)
{
    for (; is_cons(list); list = tail(list))
        if (term_same(head(list), pair)) return true;
    return false;
}

static struct core_fun *add_function(struct cx *c, struct core_module *cm, const char *name, unsigned arity, unsigned capacity)
{
    struct core_fun *f = arena_new(c->a, struct core_fun);
    *f = (struct core_fun){.name = atom_c(c, name), .arity = arity, .line = c->line, .exported = true,
                           .clauses = arena_array(c->a, struct core_clause, capacity)};
    cm->funs[cm->nfuns++] = f;
    return f;
}

static void answer(struct cx *c, struct core_fun *f, const char *key, term value)
{
    struct core_clause *k = &f->clauses[f->nclauses++];
    *k = (struct core_clause){.npatterns = f->arity, .patterns = arena_array(c->a, struct core *, 2), .body = core_lit(c, value), .line = c->line};
    if (f->arity) k->patterns[0] = core_lit(c, atom_c(c, key));
}

// Orders {name, arity} and {{name, arity}, anything}.
static int by_name(struct vm *vm, term a, term b)
{
    if (is_tuple(tuple_get(a, 0))) return by_name(vm, tuple_get(a, 0), tuple_get(b, 0));
    struct atom_text x = atom_text(vm, tuple_get(a, 0)), y = atom_text(vm, tuple_get(b, 0));
    int r = strcmp(x.bytes, y.bytes);
    return r ? r : (tuple_get(a, 1) > tuple_get(b, 1)) - (tuple_get(a, 1) < tuple_get(b, 1));
}

static void merge_sort(struct vm *vm, term *v, term *tmp, unsigned n)
{
    if (n < 2) return;
    unsigned half = n / 2, i = 0, j = half, k = 0;
    merge_sort(vm, v, tmp, half);
    merge_sort(vm, v + half, tmp, n - half);
    while (i < half && j < n) tmp[k++] = by_name(vm, v[j], v[i]) < 0 ? v[j++] : v[i++];
    while (i < half) tmp[k++] = v[i++];
    while (j < n) tmp[k++] = v[j++];
    memcpy(v, tmp, n * sizeof *v);
}

static term sorted(struct cx *c, term list)
{
    unsigned n = list_count(list);
    term *v = arena_array(c->a, term, n * 2 + 1);
    for (unsigned i = 0; i < n; i++, list = tail(list)) v[i] = head(list);
    merge_sort(c->vm, v, v + n, n);
    return mk_list(c->h, n, v, TERM_NIL);
}

static term pair_of(struct cx *c, term name, unsigned arity) { return mk_tuple2(c->h, name, make_small(arity)); }

static term all_functions(struct cx *c, struct core_module *cm, bool exported_only)
{
    term list = TERM_NIL;
    for (unsigned i = 0; i < cm->nfuns; i++)
        if (cm->funs[i]->exported || !exported_only) list = mk_cons(c->h, pair_of(c, cm->funs[i]->name, cm->funs[i]->arity), list);
    return sorted(c, list);
}

static term public_definitions(struct cx *c, struct module_state *m, enum def_kind kind, term list)
{
    for (struct def *d = m->first; d; d = d->next)
        if (d->kind == kind && !d->hidden && d->nclauses) list = mk_cons(c->h, pair_of(c, d->name, d->arity), list);
    return sorted(c, list);
}

static term compile_info(struct cx *c, struct module_state *m)
{
    size_t len;
    const char *file = (const char *)binary_bytes(c->h, absolute_path(c, m->file), &len);
    term source = mk_charlist(c->h, file, len), version = mk_charlist(c->h, "8.2.3", 5);
    static const char *const names[] = {"no_spawn_compiler_process", "from_core", "no_core_prepare", "no_auto_import"};
    term options = TERM_NIL;
    for (int i = 4; i-- > 0;) options = mk_cons(c->h, atom_c(c, names[i]), options);
    return mk_list_of(c, 3, mk_tuple2(c->h, atom_c(c, "version"), version), mk_tuple2(c->h, atom_c(c, "options"), options),
                      mk_tuple2(c->h, atom_c(c, "source"), source));
}

// No digest: a fingerprint of the module's name and functions.
static term fingerprint(struct cx *c, struct module_state *m)
{
    uint64_t a = 0xcbf29ce484222325ull, b = term_hash(c->vm, m->name);
    for (struct def *d = m->first; d; d = d->next) {
        for (const char *s = atom_c_text(c, d->name); *s; s++) a = (a ^ (uint8_t)*s) * 0x100000001b3ull;
        b = b * 31 + d->arity + term_hash(c->vm, d->raw);
    }
    uint64_t both[2] = {a, b * 0x9e3779b97f4a7c15ull};
    return mk_binary(c->h, both, sizeof both);
}

static const char *plain_name(struct vm *vm, term pair)
{
    const char *s = atom_text(vm, tuple_get(pair, 0)).bytes;
    return strncmp(s, "MACRO-", 6) ? s : s + 6;
}

// By name, the last first; a macro's is the one it is called by.
static term callback_order(struct cx *c, term list)
{
    term result = TERM_NIL;
    for (term l = list; is_cons(l); l = tail(l)) {
        term *at = &result;
        while (is_cons(*at)) {
            int r = strcmp(plain_name(c->vm, head(*at)), plain_name(c->vm, head(l)));
            if (r < 0 || (!r && tuple_get(head(*at), 1) < tuple_get(head(l), 1))) break;
            at = &cons_ptr(*at)[1];
        }
        *at = mk_cons(c->h, head(l), *at);
    }
    return result;
}

// Callback attributes hold `name(args) :: result`, perhaps with `when`.
static term callback_names(struct cx *c, struct module_state *m, const char *attribute, bool macro, term list)
{
    struct attribute *a = attribute_find(m, atom_c(c, attribute));
    for (term l = a ? a->value : TERM_NIL; is_cons(l); l = tail(l)) {
        term q = head(l);
        if (is_call_of(q, AM_kw_when, 2)) q = head(form_args(q));
        if (is_call_of(q, AM_op_type, 2)) q = head(form_args(q));
        if (!is_form(q) || !is_atom(form_name(q))) continue;
        unsigned arity = is_list(form_args(q)) ? list_count(form_args(q)) : 0;
        term name = macro ? atom_c(c, cx_format(c, "MACRO-%s", atom_c_text(c, form_name(q)))) : form_name(q);
        term pair = pair_of(c, name, arity + macro);
        if (!pair_in(list, pair)) list = mk_cons(c->h, pair, list);
    }
    return list;
}

static term optional_callbacks(struct cx *c, struct module_state *m, term all)
{
    term list = TERM_NIL;
    struct attribute *a = attribute_find(m, atom_c(c, "optional_callbacks"));
    for (term l = a->value; is_cons(l); l = tail(l))
        for (term k = is_list(head(l)) ? head(l) : mk_list_of(c, 1, head(l)); is_cons(k); k = tail(k)) {
            term pair = head(k);
            if (!is_tuple_of(pair, 2)) continue;
            term macro = pair_of(c, atom_c(c, cx_format(c, "MACRO-%s", atom_c_text(c, tuple_get(pair, 0)))), (unsigned)small_value(tuple_get(pair, 1)) + 1);
            list = mk_cons(c->h, pair_in(all, macro) && !pair_in(all, pair) ? macro : pair, list);
        }
    return callback_order(c, list);
}

// Of a module that is half native, what the VM itself has of it is exported too.
static term with_natives(struct cx *c, struct module_state *m, term exports)
{
    if (!strncmp(atom_c_text(c, m->name), "Elixir.", 7) || code_is_loaded(c->vm, m->name)) return exports;
    for (term l = code_exports(c->vm, c->h, m->name); is_cons(l); l = tail(l))
        if (!pair_in(exports, head(l))) exports = mk_cons(c->h, head(l), exports);
    return exports;
}

void add_module_functions(struct cx *c, struct module_state *m, struct core_module *cm)
{
    c->line = m->line;
    term callbacks = callback_order(c, callback_names(c, m, "macrocallback", true, callback_names(c, m, "callback", false, TERM_NIL)));
    if (is_cons(callbacks)) {
        struct core_fun *f = add_function(c, cm, "behaviour_info", 1, 2);
        answer(c, f, "callbacks", callbacks);
        answer(c, f, "optional_callbacks", optional_callbacks(c, m, callbacks));
    }
    struct attribute *fields = attribute_find(m, atom_c(c, "__struct_info__")), *vsn = attribute_find(m, atom_c(c, "vsn"));
    term md5 = fingerprint(c, m), compile = compile_info(c, m), attributes = cm->attributes;
    if (!vsn || vsn->value == TERM_NONE) {
        uint64_t words[2];
        memcpy(words, bits_of(md5).base, 16);
        term pair = mk_tuple2(c->h, atom_c(c, "vsn"), mk_list_of(c, 1, mk_uint(c->h, words[1])));
        cm->attributes = attributes = mk_cons(c->h, pair, attributes);
    }
    struct core_fun *info = add_function(c, cm, "__info__", 1, 9);
    answer(c, info, "module", m->name);
    answer(c, info, "functions", public_definitions(c, m, KIND_DEF, TERM_NIL));
    answer(c, info, "macros", public_definitions(c, m, KIND_DEFMACRO, m->name == AM_Kernel ? builtin_macro_pairs(c) : TERM_NIL));
    answer(c, info, "struct", fields && fields->value != TERM_NONE ? fields->value : AM_nil);
    answer(c, info, "exports_md5", md5);
    answer(c, info, "md5", md5);
    answer(c, info, "attributes", attributes);
    answer(c, info, "compile", compile);
    answer(c, info, "deprecated", list_reverse(c, m->deprecated));
    struct core_fun *zero = add_function(c, cm, "module_info", 0, 1), *one = add_function(c, cm, "module_info", 1, 8);
    term exports = with_natives(c, m, all_functions(c, cm, true)), functions = all_functions(c, cm, false);
    answer(c, one, "module", m->name);
    answer(c, one, "exports", exports);
    answer(c, one, "functions", functions);
    answer(c, one, "attributes", attributes);
    answer(c, one, "compile", compile);
    answer(c, one, "md5", md5);
    answer(c, one, "native", AM_false);
    answer(c, one, "nifs", TERM_NIL);
    term all = mk_list_of(c, 5, mk_tuple2(c->h, AM_module, m->name), mk_tuple2(c->h, atom_c(c, "exports"), exports),
                          mk_tuple2(c->h, atom_c(c, "attributes"), attributes), mk_tuple2(c->h, atom_c(c, "compile"), compile),
                          mk_tuple2(c->h, atom_c(c, "md5"), md5));
    answer(c, zero, NULL, all);
}
