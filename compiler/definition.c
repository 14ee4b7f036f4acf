// SPDX-License-Identifier: Apache-2.0
// def, defp, defmacro, defmacrop: from the call in a module's body to a clause in the module's table.
//
// `def` expands to :phial_compiler.def(handle): the clause is expanded when that runs, in the environment kept in the record. With unquote
// fragments the head and the body are built by then and passed along. Invariant: all of a definition lies in the module's arena (c->a == m->a).
#include "expand.h"

#include <string.h>

const char *kind_text(enum def_kind k) { return (const char *const[]){"def", "defp", "defmacro", "defmacrop"}[k]; }

// ---- the table

struct def *def_find(struct module_state *m, uint64_t key)
{
    struct def *d = m->by_key[(key * 0x9e3779b97f4a7c15ull) >> 58];
    while (d && d->key != key) d = d->next_by_key;
    return d;
}

static void def_insert(struct module_state *m, struct def *d)
{
    struct def **bucket = &m->by_key[(d->key * 0x9e3779b97f4a7c15ull) >> 58];
    d->next_by_key = *bucket;
    *bucket = d;
    d->next = NULL;
    *m->last = d;
    m->last = &d->next;
    m->version++;
}

void def_remove(struct module_state *m, struct def *d)
{
    struct def **at = &m->by_key[(d->key * 0x9e3779b97f4a7c15ull) >> 58];
    while (*at != d) at = &(*at)->next_by_key;
    *at = d->next_by_key;
    struct def **link = &m->first;
    while (*link != d) link = &(*link)->next;
    *link = d->next;
    if (m->last == &d->next) m->last = link;
    if (m->previous == d) m->previous = NULL;
    m->version++;
}

void def_restore(struct module_state *m, struct def *d) { def_insert(m, d); }

// The file lives as long as the module: what a definition comes from (an evaluation in the module's body) may be gone before.
static struct def *def_new(struct cx *c, struct module_state *m, uint64_t key, enum def_kind kind, int line, term file)
{
    struct def *d = arena_new(m->a, struct def);
    file = term_same(file, m->file) ? m->file : term_copy(c->vm, &m->a->heap, file);
    *d = (struct def){.key = key, .name = key_name(key), .arity = key_arity(key), .kind = kind, .line = line, .file = file, .raw = TERM_NIL,
                      .heads = TERM_NIL};
    def_insert(m, d);
    return d;
}

static struct core_clause *add_clause(struct module_state *m, struct def *d)
{
    if (d->nclauses == d->capacity) {
        d->capacity = d->capacity ? d->capacity * 2 : 4;
        struct core_clause *bigger = arena_array(m->a, struct core_clause, d->capacity);
        if (d->nclauses) memcpy(bigger, d->clauses, d->nclauses * sizeof *bigger);
        d->clauses = bigger;
    }
    m->version++;
    return &d->clauses[d->nclauses];
}

// ---- the head

// values[i]: default or TERM_NONE; written: args with the defaults
struct head { term name, args, written, meta, guard; unsigned arity, defaults; term *plain, *values; };

static void parse_head(struct cx *c, struct pending_def *d, term call, struct head *h)
{
    term whole = call;
    h->guard = TERM_NONE;
    if (is_call_of(call, AM_kw_when, 2)) {
        h->guard = list_at(form_args(call), 1);
        call = head(form_args(call));
    }
    while (is_call_of(call, AM_block, 1) && !is_variable(head(form_args(call)))) call = head(form_args(call));
    if (!is_form(call) || !is_atom(form_name(call)) || !(is_list(form_args(call)) || is_atom(form_args(call))))
        fail_compile(c, d->line, "invalid syntax in %s %s", kind_text(d->kind), show(c, whole));
    h->name = form_name(call);
    h->meta = form_meta(call);
    h->args = is_atom(form_args(call)) ? TERM_NIL : form_args(call);
    h->written = h->args;
    h->arity = list_count(h->args);
    if (h->arity > 254) fail_compile(c, d->line, "too many arguments in %s %s", kind_text(d->kind), atom_c_text(c, h->name));
    h->plain = arena_array(c->a, term, h->arity + 1);
    h->values = arena_array(c->a, term, h->arity + 1);
    term l = h->args;
    for (unsigned i = 0; i < h->arity; i++, l = tail(l)) {
        bool has_default = is_call_of(head(l), AM_op_default, 2);
        h->plain[i] = has_default ? head(form_args(head(l))) : head(l);
        h->values[i] = has_default ? list_at(form_args(head(l)), 1) : TERM_NONE;
        h->defaults += has_default;
    }
    h->args = mk_list(c->h, h->arity, h->plain, TERM_NIL);
}

// ---- clauses

static void enter_definition(struct cx *c, struct def *d, struct env *env)
{
    c->env = env;
    struct env *e = env_copy(c);
    e->function = d->name;
    e->arity = d->arity;
    c->def = d;
    c->vars = NULL;
    c->declared = NULL;
    c->context = CONTEXT_NONE;
    c->caller = kind_is_macro(d->kind) ? var_fresh(c, "caller") : NULL;
}

static void prepend_caller(struct cx *c, struct core_clause *k)
{
    if (!c->caller) return;
    struct core **patterns = arena_array(c->a, struct core *, k->npatterns + 1);
    memcpy(patterns + 1, k->patterns, k->npatterns * sizeof *patterns);
    patterns[0] = core_new(c, CORE_VAR);
    patterns[0]->var = c->caller;
    k->patterns = patterns;
    k->npatterns++;
}

static term body_form(struct cx *c, struct pending_def *d, term body, int line)
{
    term inner;
    if (!is_list(body) || !is_keyword_list(body) || !keyword_get(body, AM_do, &inner))
        fail_compile(c, line, "missing :do option in \"%s\"", kind_text(d->kind));
    if (is_nil(tail(body))) return inner;
    if (list_count(body) == 2 && meta_get(body, AM_kw_else) != TERM_NONE)
        warn_at(c, line, IN_FILE, "\"else\" shouldn't be used as the only clause in \"%s\", use \"case\" instead", kind_text(d->kind));
    return mk_form(c, AM_try, mk_cons(c->h, mk_tuple2(c->h, AM_implicit, atom_c(c, kind_text(d->kind))), line_meta(c, line)), mk_list_of(c, 1, body));
}

// A head without a body names its arguments and gives their defaults; patterns have no place in it.
static void check_bodiless(struct cx *c, struct pending_def *p, const struct head *h)
{
    if (h->guard != TERM_NONE) fail_compile(c, p->line, "missing :do option in \"%s\"", kind_text(p->kind));
    bool plain = true;
    for (unsigned i = 0; i < h->arity; i++) plain &= is_variable(h->plain[i]);
    if (!plain)
        fail_compile(c, p->line,
                     "only variables and \\\\ are allowed as arguments in function head.\n\nIf you did not intend to define a function head, make "
                     "sure your function definition has the proper syntax by wrapping the arguments in parentheses and using the do instruction "
                     "accordingly:\n\n"
                     "    def add(a, b), do: a + b\n\n    def add(a, b) do\n      a + b\n    end\n");
}

// The functions that the compiler itself gives to each module.
static void check_automatic(struct cx *c, struct pending_def *p, const struct head *h)
{
    const char *name = atom_c_text(c, h->name), *by = NULL;
    if (!strcmp(name, "__info__") && h->arity == 1) by = "Elixir";
    if (!strcmp(name, "module_info") && h->arity < 2) by = "Erlang";
    if (by) fail_compile(c, p->line, "cannot define %s %s/%u as it is automatically defined by %s", kind_text(p->kind), name, h->arity, by);
}

// What is overridden stays a function, or a macro.
static void check_overridden_kind(struct cx *c, struct pending_def *p, const struct head *h)
{
    static const char *const kinds[] = {"function (def, defp)", "macro (defmacro, defmacrop)"};
    for (struct overridable *o = c->m->overridables; o; o = o->next)
        if (o->key == name_key(h->name, h->arity) && kind_is_macro(o->def->kind) != kind_is_macro(p->kind))
            fail_compile(c, p->line, "cannot override %s %s/%u in module %s as a %s", kinds[kind_is_macro(o->def->kind)], atom_c_text(c, h->name),
                         h->arity, inspect_atom(c, c->m->name), kinds[kind_is_macro(p->kind)]);
}

static struct core_clause expand_body(struct cx *c, struct pending_def *p, struct head *h, term body)
{
    struct core_clause k = {0};
    term args = h->args, form = body_form(c, p, body, p->line);
    if (h->guard != TERM_NONE) {
        term *elems = arena_array(c->a, term, h->arity + 1);
        memcpy(elems, h->plain, h->arity * sizeof *elems);
        elems[h->arity] = h->guard;
        args = mk_list_of(c, 1, mk_form(c, AM_kw_when, h->meta, mk_list(c->h, h->arity + 1, elems, TERM_NIL)));
    }
    expand_clause(c, &k, args, form, p->line);
    k.generated = meta_generated(h->meta);
    prepend_caller(c, &k);
    return k;
}

static void check_same_kind(struct cx *c, struct def *d, struct pending_def *p, unsigned arity)
{
    size_t len;
    if (d->kind == p->kind) return;
    const uint8_t *file = binary_bytes(c->h, relative_path(c->h, d->file), &len);
    fail_compile(c, p->line, "%s %s/%u already defined as %s in %.*s:%d", kind_text(p->kind), atom_c_text(c, d->name), arity, kind_text(d->kind),
                 (int)len, (const char *)file, d->line);
}

// The clause of `arity` arguments that fills in the defaults and calls the whole.
static void store_default(struct cx *c, struct module_state *m, struct pending_def *p, struct head *h, unsigned arity)
{
    uint64_t key = name_key(h->name, arity);
    struct def *d = def_find(m, key);
    if (!d) d = def_new(c, m, key, p->kind, p->line, c->env->file);
    else check_same_kind(c, d, p, arity);
    bool after_others = d->nclauses > 0;
    d->generated_default = true;
    d->from_context = true;
    enter_definition(c, d, p->env);
    c->env->arity = h->arity;       // a default is of the whole function
    struct core_clause k = {.npatterns = arity, .patterns = arena_array(c->a, struct core *, arity + 1), .line = p->line, .generated = !after_others};
    unsigned given = arity - (h->arity - h->defaults), at = 0;
    struct core *call = core_new(c, CORE_LOCAL);
    bool macro = kind_is_macro(p->kind);
    call->f = macro ? atom_c(c, cx_format(c, "MACRO-%s", atom_c_text(c, h->name))) : h->name;
    call->args = arena_array(c->a, struct core *, h->arity + 2);
    if (macro) call->args[call->nargs++] = core_var(c, c->caller);
    for (unsigned i = 0; i < h->arity; i++) {
        if (h->values[i] != TERM_NONE && !given) {
            call->args[call->nargs++] = expand_scoped(c, h->values[i]);
            continue;
        }
        if (h->values[i] != TERM_NONE) given--;
        struct var *v = var_fresh(c, cx_format(c, "x%u", at));
        k.patterns[at] = core_new(c, CORE_VAR);
        k.patterns[at++]->var = v;
        call->args[call->nargs++] = core_var(c, v);
    }
    note_local_call(c, h->name, h->arity, p->line);
    k.body = call;
    prepend_caller(c, &k);
    *add_clause(m, d) = k;
    d->nclauses++;
}

// ---- checks at the time of definition

static void check_redefinition(struct cx *c, struct module_state *m, struct def *d, struct pending_def *p, struct head *h, bool has_body)
{
    const char *name = atom_c_text(c, h->name), *kind = kind_text(p->kind);
    if (h->defaults)
        for (struct def *o = m->first; o; o = o->next)
            if (o->name == h->name && o->arity < h->arity && o->arity >= h->arity - h->defaults && !o->hidden && !o->generated_default)
                fail_compile(c, p->line, "%s %s/%u defaults conflicts with %s/%u", kind, name, h->arity, name, o->arity);
    if (d->generated_default && !d->bodiless) {
        for (struct def *o = m->first; o; o = o->next)
            if (o->name == h->name && o->defaults && o->arity > d->arity && o->arity - o->defaults <= d->arity)
                fail_compile(c, p->line, "%s %s/%u conflicts with defaults from %s/%u", kind, name, h->arity, name, o->arity);
    }
    check_same_kind(c, d, p, h->arity);
    if (h->defaults && d->defaults)
        fail_compile(c, p->line,
                     "%s %s/%u defines defaults multiple times. Elixir allows defaults to be declared once per definition. Instead of:\n\n"
                     "    def foo(:first_clause, b \\\\ :default) do ... end\n    def foo(:second_clause, b \\\\ :default) do ... end\n\none should "
                     "write:\n\n"
                     "    def foo(a, b \\\\ :default)\n    def foo(:first_clause, b) do ... end\n    def foo(:second_clause, b) do ... end\n",
                     kind, name, h->arity);
    bool from_macro = meta_get(h->meta, AM_context) != TERM_NONE;
    if ((has_body || h->defaults) && d->nclauses && ((d->defaults && !d->header_default) || h->defaults) && !from_macro)
        warn_at(c, p->line, IN_FILE,
                "%s %s/%u has multiple clauses and also declares default values. In such cases, the default values should be defined in a header. "
                "Instead of:\n\n    def foo(:first_clause, b \\\\ :default) do ... end\n    def foo(:second_clause, b) do ... end\n\none should "
                "write:\n\n"
                "    def foo(a, b \\\\ :default)\n    def foo(:first_clause, b) do ... end\n    def foo(:second_clause, b) do ... end\n", kind, name,
                h->arity);
    if (!has_body)
        warn_at(c, p->line, IN_FILE,
                "function head for %s %s/%u must come at the top of its direct implementation. Instead of:\n\n    def add(a, b), do: a + b\n    def "
                "add(a, b)\n\n"
                "one should write:\n\n    def add(a, b)\n    def add(a, b), do: a + b\n", kind, name, h->arity);
    if (has_body && d->nclauses && m->previous != d && !from_macro && !p->unquotes && !d->unchecked) {
        size_t len;
        const uint8_t *file = binary_bytes(c->h, relative_path(c->h, d->file), &len);
        const char *same = m->previous && m->previous->name == d->name ? "name" : "name and arity (number of arguments)";
        warn_at(c, p->line, IN_FILE, "clauses with the same %s should be grouped together, \"%s %s/%u\" was previously defined (%.*s:%d)", same, kind,
                name, h->arity, (int)len, (const char *)file, d->line);
    }
}

// ---- what a definition takes from attributes

// What an argument is called in the documentation when its pattern does not say.
static const char *pattern_name(struct cx *c, term q)
{
    if (is_call_of(q, AM_op_match, 2)) {
        term left = head(form_args(q)), right = list_at(form_args(q), 1);
        if (is_variable(left)) return pattern_name(c, left);
        return is_variable(right) ? pattern_name(c, right) : "arg";
    }
    if (is_variable(q)) {
        const char *name = atom_c_text(c, form_name(q));
        return name + (name[0] == '_' && name[1]);
    }
    if (is_call_of(q, AM_op_struct, 2)) {
        term module = alias_atom(c, head(form_args(q)));
        if (module == TERM_NONE) return "struct";
        char *text = (char *)cx_format(c, "%s", atom_c_text(c, alias_last(c, module)) + strlen("Elixir."));
        for (char *p = text; *p; p++) *p |= *p >= 'A' && *p <= 'Z' ? 0x20 : 0;
        return text;
    }
    if (is_form(q)) return form_name(q) == AM_op_map ? "map" : "arg";
    if (q == AM_true || q == AM_false) return "bool";
    return is_list(q) ? "list" : is_atom(q) ? "atom" : is_binary(q) ? "binary" : is_integer(q) ? "int"
        : is_float(q) ? "float" : "arg";
}

// An operator, written as such; NULL: it is none.
static const char *operator_signature(struct cx *c, struct head *h, const char **names)
{
    const char *function = atom_c_text(c, h->name);
    bool special = c->m && !strcmp(atom_c_text(c, c->m->name), "Elixir.Kernel.SpecialForms");
    if (special && function[0] == '%') return function[1] ? "%{}" : "%struct{}";
    if (special && function[0] == '_' && !h->arity) return function;
    if (special && !strcmp(function, ".")) return "left . right";
    if (special && (function[0] == '{' || function[0] == '<'))
        return cx_format(c, "%s%s%s", function[0] == '{' ? "{" : "<<", names[0], function[0] == '{' ? "}" : ">>");
    if (!strcmp(function, "..")) return h->arity ? cx_format(c, "%s..%s", names[0], names[1]) : "..";
    if (!strcmp(function, "..//")) return cx_format(c, "%s..%s//%s", names[0], names[1], names[2]);
    bool word = !strcmp(function, "and") || !strcmp(function, "or") || !strcmp(function, "in") || !strcmp(function, "not");
    if (h->arity == 0 || h->arity > 2 || h->defaults || (!word && !strchr("+-*/<>=&|^~.!@:", function[0]))) return NULL;
    if (h->arity == 1) return cx_format(c, "%s%s%s", function, word ? " " : "", names[0]);
    return cx_format(c, "%s %s %s", names[0], function, names[1]);
}

// A default value; the first modules of the library are compiled before there is a Macro.to_string/1.
static const char *default_text(struct cx *c, term value)
{
    if (is_nil(value)) return "[]";
    if (value == AM_nil || value == AM_true || value == AM_false) return atom_c_text(c, value);
    return show(c, value);
}

// "f(a, list1, list2, b \\ nil)": names that patterns share are numbered.
static bool is_named_pattern(term q)
{
    return (is_variable(q) && form_name(q) != AM__MODULE_) || (is_call_of(q, AM_op_match, 2) && (is_variable(head(form_args(q))) || is_variable(list_at(form_args(q), 1))));
}

// The names of a clause's arguments; those guessed alike are numbered.
static void name_arguments(struct cx *c, struct head *h, const char **names, bool *guessed)
{
    const char **plain = arena_array(c->a, const char *, h->arity + 1);
    for (unsigned i = 0; i < h->arity; i++) plain[i] = pattern_name(c, h->plain[i]), guessed[i] = !is_named_pattern(h->plain[i]);
    for (unsigned i = 0; i < h->arity; i++) {
        unsigned same = 0, before = 0;
        for (unsigned j = 0; j < h->arity; j++) {
            bool twin = guessed[j] && !strcmp(plain[j], plain[i]);
            same += twin;
            before += twin && j <= i;
        }
        names[i] = same > 1 && guessed[i] ? cx_format(c, "%s%u", plain[i], before) : plain[i];
    }
}

static const char *signature(struct cx *c, struct module_state *m, struct def *d, struct head *h)
{
    const char *text = "", *operator = operator_signature(c, h, d->names);
    if (!h->arity && !strcmp(atom_c_text(c, h->name), "__struct__")) return cx_format(c, "%%%s{}", inspect_atom(c, m->name));
    for (unsigned i = 0; i < h->arity; i++) {
        text = cx_format(c, "%s%s%s", text, i ? ", " : "", d->names[i]);
        if (d->values[i]) text = cx_format(c, "%s \\\\ %s", text, d->values[i]);
    }
    return operator ? operator : cx_format(c, "%s(%s)", atom_c_text(c, h->name), text);
}

static void begin_signature(struct cx *c, struct module_state *m, struct def *d, struct head *h)
{
    d->names = arena_array(m->a, const char *, h->arity + 1);
    d->values = arena_array(m->a, const char *, h->arity + 1);
    d->guessed = arena_array(m->a, bool, h->arity + 1);
    name_arguments(c, h, d->names, d->guessed);
    for (unsigned i = 0; i < h->arity; i++) d->values[i] = h->values[i] != TERM_NONE ? default_text(c, h->values[i]) : NULL;
}

// A later clause may name what was only guessed; guesses that differ say nothing.
static bool refine_signature(struct cx *c, struct def *d, struct head *h)
{
    const char **names = arena_array(c->a, const char *, h->arity + 1);
    bool *guessed = arena_array(c->a, bool, h->arity + 1), changed = false;
    name_arguments(c, h, names, guessed);
    for (unsigned i = 0; i < h->arity; i++) {
        if (!d->guessed[i] || (guessed[i] && !strcmp(names[i], d->names[i]))) continue;
        d->names[i] = guessed[i] ? cx_format(c, "arg%u", i + 1) : names[i];
        d->guessed[i] = guessed[i];
        changed = true;
    }
    return changed;
}

static void update_signature(struct cx *c, struct module_state *m, struct def *d, struct head *h)
{
    if (!refine_signature(c, d, h)) return;
    for (term l = m->docs; is_cons(l); l = tail(l)) {
        term entry = head(l), id = tuple_get(entry, 0), kind = tuple_get(id, 0);
        if ((kind != AM_function && kind != AM_macro) || tuple_get(id, 1) != d->name || tuple_get(id, 2) != make_small(d->arity)) continue;
        term sign = mk_list_of(c, 1, mk_binary_str(c->h, signature(c, m, d, h)));
        term parts[] = {id, tuple_get(entry, 1), sign, tuple_get(entry, 3), tuple_get(entry, 4)};
        cons_ptr(l)[0] = mk_tuple(c->h, 5, parts);
        return;
    }
}

static term english(struct cx *c, term text)
{
    term key = mk_binary_str(c->h, "en");
    return map_from_pairs(c->vm, c->h, 1, &key, &text);
}

// The line of the text that a definition has already; 0: none.
static int documented_at(struct module_state *m, const struct def *d)
{
    for (term l = m->docs; is_cons(l); l = tail(l)) {
        term id = tuple_get(head(l), 0), kind = tuple_get(id, 0);
        bool same = (kind == AM_function || kind == AM_macro) && tuple_get(id, 1) == d->name && tuple_get(id, 2) == make_small(d->arity);
        if (same && is_map(tuple_get(head(l), 3))) return (int)small_value(tuple_get(head(l), 1));
    }
    return 0;
}

// The pairs as a map; what was given first stands last in the list, and later ones win.
term doc_metadata(struct cx *c, term pairs)
{
    unsigned n = 0, most = list_count(pairs);
    term *keys = arena_array(c->a, term, 2 * most), *values = keys + most;
    for (; is_cons(pairs); pairs = tail(pairs)) {
        if (!is_tuple_of(head(pairs), 2)) continue;
        unsigned i = 0;
        while (i < n && keys[i] != tuple_get(head(pairs), 0)) i++;
        if (i < n) continue;
        keys[n] = tuple_get(head(pairs), 0);
        values[n++] = tuple_get(head(pairs), 1);
    }
    return n ? map_from_pairs(c->vm, c->h, n, keys, values) : map_empty(c->h);
}

static term definition_metadata(struct cx *c, struct module_state *m, struct def *d)
{
    struct attribute *deprecated = attribute_find(m, AM_deprecated);
    term pairs = m->doc_meta;
    m->doc_meta = TERM_NIL;
    if (d->defaults) pairs = mk_cons(c->h, mk_tuple2(c->h, atom_c(c, "defaults"), make_small(d->defaults)), pairs);
    if (deprecated && deprecated->value != TERM_NONE) pairs = mk_cons(c->h, mk_tuple2(c->h, AM_deprecated, deprecated->value), pairs);
    return doc_metadata(c, pairs);
}

// Whether a text would stand beside one of the same writer; a macro's may be replaced by whoever overrides its function.
static bool same_writer(const struct module_state *m, const struct def *d, const struct head *h)
{
    const struct overridable *o = m->overridables;
    while (o && o->key != d->key) o = o->next;
    return (o ? o->def : d)->context == meta_get(h->meta, AM_context);
}

static void take_doc(struct cx *c, struct module_state *m, struct def *d, struct head *h)
{
    struct attribute *doc = attribute_find(m, AM_doc);
    bool has = doc && doc->value != TERM_NONE;
    if (d->documented && d->names) update_signature(c, m, d, h);
    if (!has && (kind_is_private(d->kind) || d->documented)) return;
    term text = has ? doc->value : TERM_NONE, meta = definition_metadata(c, m, d);
    if (doc) doc->value = TERM_NONE;
    if (kind_is_private(d->kind)) {
        if (has && text != AM_false)
            warn_at(c, doc->line > 0 ? doc->line : d->line, IN_FUNCTION,
                    "%s %s/%u is private, @doc attribute is always discarded for private functions/macros/types", kind_text(d->kind),
                    atom_c_text(c, d->name), d->arity);
        return;
    }
    if (is_binary(text) && doc->line > 0 && documented_at(m, d) && same_writer(m, d, h))
        warn_at(c, doc->line, IN_FUNCTION,
                "redefining @doc attribute previously set at line %d.\n\nPlease remove the duplicate docs. If instead you want to override a "
                "previously defined @doc, attach the @doc attribute to a function head (the function signature not followed by any do-block). For "
                "example:\n\n"
                "    @doc \"\"\"\n    new docs\n    \"\"\"\n    def %s(...)\n", documented_at(m, d), atom_c_text(c, d->name));
    term value = text == TERM_NONE ? AM_none : text == AM_false ? AM_hidden : is_binary(text) ? english(c, text) : AM_none;
    if (atom_c_text(c, d->name)[0] == '_' && text == TERM_NONE) value = AM_hidden;
    d->documented = true;
    term kind = kind_is_macro(d->kind) ? AM_macro : AM_function;
    if (!d->names) begin_signature(c, m, d, h);
    term sign = mk_list_of(c, 1, mk_binary_str(c->h, signature(c, m, d, h)));
    term parts[] = {mk_tuple3(c->h, kind, d->name, make_small(d->arity)), make_small(has && doc->line > 0 ? doc->line : d->line), sign, value, meta};
    m->docs = mk_cons(c->h, mk_tuple(c->h, 5, parts), m->docs);
}

static void take_impl(struct cx *c, struct module_state *m, struct def *d, int line)
{
    struct attribute *impl = attribute_find(m, AM_impl);
    if (impl && impl->value != TERM_NONE) {
        bool macro = kind_is_macro(d->kind);
        term parts[] = {mk_tuple2(c->h, d->name, make_small(d->arity)), macro ? AM_macro : AM_function, impl->value, make_small(d->defaults),
                        make_small(line), mk_bool(d->unchecked && d->from_context)};
        if (kind_is_private(d->kind) && impl->value != AM_false)
            warn_at(c, line, IN_MODULE, "%s %s/%u is private, @impl attribute is always discarded for private functions/macros",
                    macro ? "macro" : "function", atom_c_text(c, d->name), d->arity);
        else m->impls = mk_cons(c->h, mk_tuple(c->h, 6, parts), m->impls);
        impl->value = TERM_NONE;
        impl->read = true;
    }
    struct attribute *deprecated = attribute_find(m, AM_deprecated);
    if (deprecated && deprecated->value != TERM_NONE) {
        for (unsigned arity = d->arity - d->defaults; arity <= d->arity; arity++)
            m->deprecated = mk_cons(c->h, mk_tuple2(c->h, mk_tuple2(c->h, d->name, make_small(arity)), deprecated->value), m->deprecated);
        deprecated->value = TERM_NONE;
    }
}

static void run_definition_hooks(struct cx *c, struct module_state *m, struct def *d, struct head *h, term body)
{
    struct attribute *hooks = attribute_find(m, AM_on_definition);
    if (!hooks || !is_cons(hooks->value)) return;
    struct live_env live = {c->env, CONTEXT_NONE, d->line, NULL};
    term env = env_to_map(c->vm, c->h, &live), guards = h->guard == TERM_NONE ? TERM_NIL : mk_list_of(c, 1, h->guard);
    for (term l = list_reverse(c, hooks->value); is_cons(l); l = tail(l)) {
        bool pair = is_tuple_of(head(l), 2);
        term mod = pair ? tuple_get(head(l), 0) : head(l), fun = pair ? tuple_get(head(l), 1) : AM_on_definition_hook;
        term args[] = {env, atom_c(c, kind_text(d->kind)), d->name, h->written, guards, body};
        call_checked(c, mod, fun, 6, args);
    }
}

// @file is the file of the next definition, for what is said about it and for stack traces.
static void take_file(struct cx *c, struct module_state *m, struct pending_def *p)
{
    struct attribute *a = attribute_find(m, AM_file);
    term value = a ? a->value : TERM_NONE;
    if (is_tuple_of(value, 2)) value = tuple_get(value, 0);
    if (a) a->value = TERM_NONE;
    if (value == TERM_NONE || !is_binary(value)) return;
    p->env = env_copy(c);
    p->env->file = term_copy(c->vm, &m->a->heap, absolute_path(c, value));
}

// A new definition, or the one there is after the checks of redefinition, which come after the clause's own warnings.
static struct def *definition_of(struct cx *c, struct module_state *m, struct pending_def *p, struct head *h, struct def *fresh, bool has_body)
{
    struct def *d = def_find(m, fresh->key);
    if (d) {
        c->env = p->env;
        check_redefinition(c, m, d, p, h, has_body);
        for (struct call_edge *e = fresh->calls, *next; e; e = next) {
            next = e->next;
            e->next = d->calls;
            d->calls = e;
        }
        return d;
    }
    d = def_new(c, m, fresh->key, p->kind, p->line, p->env->file);
    d->context = meta_get(h->meta, AM_context);
    d->from_context = d->context != TERM_NONE;
    d->bodiless = true;
    d->calls = fresh->calls;
    return d;
}

static void keep_raw(struct cx *c, struct def *d, struct head *h, term body)
{
    term guards = h->guard == TERM_NONE ? TERM_NIL : mk_list_of(c, 1, h->guard), inner = AM_nil;
    keyword_get(body, AM_do, &inner);
    term raw[] = {h->meta, h->args, guards, inner};
    d->raw = mk_cons(c->h, mk_tuple(c->h, 4, raw), d->raw);
    d->heads = mk_cons(c->h, kept_head(c, h->args, h->guard), d->heads);
}

// A head inside a quote has no context of its own: its def has.
static term add_context(struct cx *c, term meta, term context)
{
    term list = mk_cons(c->h, mk_tuple2(c->h, AM_context, context), TERM_NIL);
    for (term l = list_reverse(c, meta); is_cons(l); l = tail(l)) list = mk_cons(c->h, head(l), list);
    return list;
}

struct def *definition_store(struct cx *c, struct pending_def *p, term call, term body)
{
    struct module_state *m = c->m;
    struct head h = {0};
    c->env = p->env;
    c->line = p->line;
    take_file(c, m, p);
    parse_head(c, p, call, &h);
    p->line = meta_line(c, h.meta);
    if (p->context != TERM_NONE && meta_get(h.meta, AM_context) == TERM_NONE) h.meta = add_context(c, h.meta, p->context);
    bool has_body = body != AM_nil;
    struct def fresh = {.key = name_key(h.name, h.arity), .name = h.name, .arity = h.arity, .kind = p->kind};
    struct core_clause k;
    enter_definition(c, &fresh, p->env);
    struct env *env = c->env;
    check_overridden_kind(c, p, &h);
    check_automatic(c, p, &h);
    if (has_body) k = expand_body(c, p, &h, body);
    else check_bodiless(c, p, &h);
    struct def *d = definition_of(c, m, p, &h, &fresh, has_body);
    if (has_body) {
        *add_clause(m, d) = k;
        d->nclauses++;
        d->bodiless = false;
        d->unchecked = p->unquotes || meta_get(h.meta, AM_context) != TERM_NONE;
        if (!d->unchecked) m->previous = d;
        keep_raw(c, d, &h, body);
    }
    if (h.defaults) {
        d->defaults = h.defaults;
        d->header_default = !has_body;
        for (unsigned arity = h.arity - h.defaults; arity < h.arity; arity++) store_default(c, m, p, &h, arity);
    }
    c->env = env;
    c->def = d;
    take_doc(c, m, d, &h);
    take_impl(c, m, d, p->line);
    run_definition_hooks(c, m, d, &h, body);
    return d;
}

// Expands a definition for its errors only.
void definition_try(struct cx *c, struct pending_def *p)
{
    struct head h = {0};
    c->env = p->env;
    c->line = p->line;
    parse_head(c, p, p->call, &h);
    struct def fresh = {.key = name_key(h.name, h.arity), .name = h.name, .arity = h.arity, .kind = p->kind};
    enter_definition(c, &fresh, p->env);
    expand_body(c, p, &h, p->body);
}

// ---- core functions and local macros

struct core_fun *def_core(struct cx *c, struct module_state *m, struct def *d)
{
    struct core_fun *f = arena_new(m->a, struct core_fun);
    bool macro = kind_is_macro(d->kind);
    f->name = macro && !d->hidden ? atom_c(c, cx_format(c, "MACRO-%s", atom_c_text(c, d->name))) : d->name;
    f->arity = d->arity + macro;
    f->clauses = d->clauses;
    f->nclauses = d->nclauses;
    f->line = d->line;
    if (!term_same(d->file, m->file)) f->file = relative_path(&m->a->heap, d->file);
    f->exported = !kind_is_private(d->kind) && !d->hidden;
    return f;
}

static struct core_fun *missing_function(struct cx *c, struct module_state *m, uint64_t key)
{
    struct core_fun *f = arena_new(m->a, struct core_fun);
    *f = (struct core_fun){.name = key_name(key), .arity = key_arity(key), .nclauses = 1, .clauses = arena_new(m->a, struct core_clause)};
    f->clauses->npatterns = f->arity;
    f->clauses->patterns = arena_array(m->a, struct core *, f->arity + 1);
    for (unsigned i = 0; i < f->arity; i++) f->clauses->patterns[i] = core_new(c, CORE_WILD);
    f->clauses->body = core_erlang(c, "error", 1, core_lit(c, AM_undef));
    return f;
}

struct closure { struct core_fun **funs; unsigned n, capacity; struct thunk_part *parts; struct name_set *seen; };

static void closure_push(struct module_state *m, struct closure *s, struct core_fun *f)
{
    if (s->n == s->capacity) {
        s->capacity = s->capacity ? s->capacity * 2 : 16;
        struct core_fun **bigger = arena_array(m->a, struct core_fun *, s->capacity);
        if (s->n) memcpy(bigger, s->funs, s->n * sizeof *bigger);
        s->funs = bigger;
    }
    s->funs[s->n++] = f;
}

// The definition and all local functions it can reach, breadth first.
static void closure_of(struct cx *c, struct module_state *m, struct closure *s, struct def *root)
{
    unsigned at = 0, n = 0, most = 1;
    for (struct def *d = m->first; d; d = d->next) most++;
    struct def **list = arena_array(m->a, struct def *, most);
    list[n++] = root;
    name_set_add(m->a, s->seen, root->key);
    while (at < n) {
        struct def *d = list[at++];
        struct thunk_part *part = arena_new(m->a, struct thunk_part);
        *part = (struct thunk_part){d, d->nclauses, s->parts};
        s->parts = part;
        closure_push(m, s, core_copy(m->a, def_core(c, m, d)));
        for (struct call_edge *e = d->calls; e; e = e->next) {
            if (e->macro_use || name_set_has(s->seen, e->key)) continue;
            name_set_add(m->a, s->seen, e->key);
            struct def *next = def_find(m, e->key);
            if (next && next->nclauses) list[n++] = next;
            else closure_push(m, s, missing_function(c, m, e->key));
        }
    }
}

static bool thunk_is_current(struct module_state *m, struct def *d)
{
    if (!d->thunk) return false;
    for (struct thunk_part *p = d->thunk_parts; p; p = p->next)
        if (def_find(m, p->def->key) != p->def || p->def->nclauses != p->nclauses) return false;
    return true;
}

term def_thunk(struct cx *c, struct module_state *m, struct def *d)
{
    if (thunk_is_current(m, d)) return d->thunk;
    struct closure s = {.seen = name_set_new(m->a, 16)};
    closure_of(c, m, &s, d);
    struct core_module cm = {.name = m->name, .file = relative_path(&m->a->heap, m->file), .funs = s.funs, .nfuns = s.n, .attributes = TERM_NIL,
                             .docs = AM_nil};
    s.funs[0]->exported = true;
    struct object *o = generate(c, &cm);
    d->thunk = code_load_thunk(c->vm, &m->a->heap, o, s.funs[0]->name, s.funs[0]->arity);
    d->thunk_parts = s.parts;
    return d->thunk;
}
