// SPDX-License-Identifier: Apache-2.0
// Module attributes: @name, and the natives of :phial_module that Module, Kernel and Protocol use.
//
// Attributes belong to the struct module_state of an open module; their values are copied into its arena when set and out of it when read, but for
// reads in a definition, which become literals of the code.
#include "expand.h"

#include <string.h>

struct attribute *attribute_find(struct module_state *m, term key)
{
    struct attribute *a = m->attributes;
    while (a && a->key != key) a = a->next;
    return a;
}

static struct attribute *attribute_make(struct module_state *m, term key)
{
    struct attribute *a = attribute_find(m, key);
    if (a) return a;
    a = arena_new(m->a, struct attribute);
    *a = (struct attribute){.key = key, .value = TERM_NONE, .next = m->attributes};
    return m->attributes = a;
}

static bool is_typespec(term name)
{
    switch (name) {
    case AM_spec: case AM_type: case AM_typep: case AM_opaque: case AM_callback: case AM_macrocallback: return true;
    }
    return false;
}

term typespec_form(term entry) { return is_tuple_of(entry, 3) && is_typespec(tuple_get(entry, 0)) ? tuple_get(entry, 1) : entry; }

static void attribute_put(struct module_state *m, struct vm *vm, term key, term value, int line)
{
    struct attribute *a = attribute_make(m, key);
    value = term_copy(vm, &m->a->heap, value);
    const char *name = atom_text(vm, key).bytes;
    bool doc = key == AM_doc || key == AM_moduledoc || !strcmp(name, "typedoc");
    if (doc && line <= 0 && is_tuple_of(value, 2)) {      // set dynamically
        line = (int)small_value(tuple_get(value, 0));
        value = tuple_get(value, 1);
    }
    if (doc && is_list(value)) {            // metadata such as since:
        term *to = key == AM_doc ? &m->doc_meta : key == AM_moduledoc ? &m->module_meta : &m->type_meta;
        for (; is_cons(value); value = tail(value)) *to = mk_cons(&m->a->heap, head(value), *to);
        return;
    }
    a->value = a->accumulate ? mk_cons(&m->a->heap, value, a->value == TERM_NONE ? TERM_NIL : a->value) : value;
    a->line = line;
    if (!a->reserved && line > 0 && !a->accumulate && !a->persist) a->read = false;
}

void attributes_init(struct cx *c, struct module_state *m)
{
    static const char *const accumulating[] = {
        "after_compile", "after_verify", "before_compile", "behaviour", "callback", "compile", "derive", "dialyzer", "external_resource",
        "macrocallback", "on_definition", "opaque", "optional_callbacks", "spec", "type", "typep",
    };
    static const char *const others[] = {
        "deprecated", "doc", "enforce_keys", "file", "impl", "moduledoc", "nifs", "on_load", "typedoc", "vsn", "__struct__", "__struct_info__",
        "__impl__", "__protocol__", "fallback_to_any", "protocol",
    };
    for (size_t i = 0; i < sizeof accumulating / sizeof *accumulating; i++) {
        struct attribute *a = attribute_make(m, atom_c(c, accumulating[i]));
        a->accumulate = a->reserved = a->read = true;
        a->value = TERM_NIL;
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct attribute *a = attribute_make(m, atom_c(c, others[i]));
        a->reserved = a->read = true;
    }
    attribute_find(m, AM_behaviour)->persist = true;
    attribute_find(m, atom_c(c, "vsn"))->persist = true;
    attribute_find(m, atom_c(c, "external_resource"))->persist = true;
}

// [{key, [value]}] in the order of registration; an accumulating attribute gives an entry per value.
term attributes_persisted(struct cx *c, struct module_state *m)
{
    term list = TERM_NIL;
    for (struct attribute *a = m->attributes; a; a = a->next) {
        if (!a->persist || a->value == TERM_NONE) continue;
        if (!a->accumulate || a->key == AM_behaviour) {
            term values = a->accumulate ? list_reverse(c, a->value) : is_list(a->value) ? a->value : mk_list_of(c, 1, a->value);
            if (is_cons(values) || !a->accumulate) list = mk_cons(c->h, mk_tuple2(c->h, a->key, values), list);
        } else
            for (term l = a->value; is_cons(l); l = tail(l)) list = mk_cons(c->h, mk_tuple2(c->h, a->key, mk_list_of(c, 1, head(l))), list);
    }
    return list;
}

// ---- @name in code

// 0: none; a fun that is not &Mod.fun/arity cannot become a literal.
static term not_escapable(struct cx *c, term t)
{
    check_nesting(c);
    for (; is_cons(t); t = tail(t)) {
        term bad = not_escapable(c, head(t));
        if (bad) return bad;
    }
    if (is_type(t, TYPE_FUN) || is_ref(t) || is_port(t)) return t;
    if (is_tuple(t))
        for (unsigned i = 0; i < tuple_arity(t); i++) {
            term bad = not_escapable(c, tuple_get(t, i));
            if (bad) return bad;
        }
    if (is_map(t)) {
        struct map_iter it;
        term k, v, bad;
        map_iter_init(&it, t);
        while (map_iter_next(&it, &k, &v))
            if ((bad = not_escapable(c, k)) || (bad = not_escapable(c, v))) return bad;
    }
    return 0;
}

static void warn_undefined(struct cx *c, term name, int line)
{
    struct env *env = c->env;
    env_copy(c)->function = AM_nil;
    const char *text = atom_c_text(c, name);
    warn_at(c, line, IN_MODULE, "undefined module attribute @%s, please remove access to @%s or explicitly set it before access", text, text);
    c->env = env;
}

static struct core *read_in_definition(struct cx *c, term name, int line)
{
    struct module_state *m = module_find(c->vm, c->env->module);
    struct attribute *a = m ? attribute_find(m, name) : NULL;
    term value = a ? a->value : TERM_NONE;
    if (a) a->read = true;
    if (value == TERM_NONE) {
        if (name != AM_moduledoc) warn_undefined(c, name, line);
        value = AM_nil;
    }
    term bad = not_escapable(c, value);
    if (bad)
        fail_argument(c, "cannot inject attribute @%s into function/macro because cannot escape %s. The supported values are: lists, tuples, maps, "
                         "atoms, "
                      "numbers, bitstrings, PIDs and remote functions in the format &Mod.fun/arity", atom_c_text(c, name), inspect(c, bad));
    return c->context == CONTEXT_MATCH ? pattern_of_literal(c, value) : core_lit(c, value);
}

static struct core *phial_module_call(struct cx *c, const char *name, unsigned n, struct core *a, struct core *b, struct core *d, struct core *e)
{
    struct core *k = core_args(c, CORE_CALL, n, a, b, d, e);
    k->m = AM_phial_module;
    k->f = atom_c(c, name);
    return k;
}

// A type is translated when the module closes, in the environment that it stands in.
static struct core *set_typespec(struct cx *c, term name, term value, int line)
{
    struct core *k = quote_escaped(c, value, true);
    struct live_env *live = arena_new(c->a, struct live_env);
    *live = (struct live_env){.env = c->env, .context = CONTEXT_NONE, .line = line};
    if (!c->unit) c->unit = unit_new(c);
    term handle = record_add(c, c->unit, (struct record){.kind = RECORD_ENV, .env = live});
    return phial_module_call(c, "put_typespec", 4, core_lit(c, c->env->module), core_lit(c, name), k, core_lit(c, handle));
}

// What a macro sets has no line: whether it is read is not the business of those who use the macro.
static struct core *set_attribute(struct cx *c, term name, term value, int line, bool quoted)
{
    if (is_typespec(name)) return set_typespec(c, name, value, line);
    struct core *k = expand(c, value);
    c->line = line;
    return phial_module_call(c, "put_attribute", 4, core_lit(c, c->env->module), core_lit(c, name), k, core_lit(c, make_small(quoted ? 0 : line)));
}

// `@name f x do ... end`: the block went to @name instead of f.
static void check_block_of_attribute(struct cx *c, term name, term args)
{
    term first = head(args), blocks = list_at(args, 1), body;
    if (!is_form(first) || !is_atom(form_name(first)) || !is_list(blocks) || !is_keyword_list(blocks) || !keyword_get(blocks, AM_do, &body)) return;
    term given = is_list(form_args(first)) ? form_args(first) : TERM_NIL, all = mk_list_of(c, 1, blocks);
    for (term l = list_reverse(c, given); is_cons(l); l = tail(l)) all = mk_cons(c->h, head(l), all);
    const char *call = show(c, mk_form(c, form_name(first), form_meta(first), all)), *text = "";
    for (const char *end; (end = strchr(call, '\n')); call = end + 1) text = cx_format(c, "%s%.*s\n    ", text, (int)(end - call), call);
    fail_argument(c, "expected 0 or 1 argument for @%s, got 2.\n\nIt seems you are trying to use the do-syntax with @module attributes but the "
                     "do-block is binding to the attribute name. You probably want to wrap the argument value in parentheses, like this:\n\n"
                     "    @%s (%s%s)\n", atom_c_text(c, name), atom_c_text(c, name), text, call);
}

struct core *expand_attribute(struct cx *c, term meta, term arg)
{
    int line = c->line = meta_line(c, meta);
    if (is_form(arg) && form_name(arg) == AM_aliases) fail_argument(c, "module attributes set via @ cannot start with an uppercase letter");
    if (c->env->module == AM_nil) fail_macro(c, line, "@", 1, "outside module");
    if (!is_form(arg) || !is_atom(form_name(arg))) fail_argument(c, "expected 0 or 1 argument for @%s, got: %u", show(c, arg), 0u);
    term name = form_name(arg), args = form_args(arg);
    unsigned n = is_list(args) ? list_count(args) : 0;
    if (n == 2 && !is_typespec(name)) check_block_of_attribute(c, name, args);
    if (n > 1) fail_argument(c, "expected 0 or 1 argument for @%s, got: %u", atom_c_text(c, name), n);
    bool in_definition = c->env->function != AM_nil;
    if (!n && is_list(args))
        warn_at(c, line, IN_FUNCTION, "the @%s() notation (with parenthesis) is deprecated, please use @%s (without parenthesis) instead",
                atom_c_text(c, name), atom_c_text(c, name));
    if (n) {
        if (in_definition) fail_argument(c, "cannot set attribute @%s inside function/macro", atom_c_text(c, name));
        if (c->context == CONTEXT_MATCH)
            fail_argument(c, "invalid write attribute syntax. If you want to define an attribute, don't do this:\n\n    @foo = :value\n\nInstead, "
                             "do this:\n\n    @foo :value");
        return set_attribute(c, name, head(args), line, meta_get(meta, AM_context) != TERM_NONE);
    }
    if (in_definition || c->context == CONTEXT_MATCH) return read_in_definition(c, name, line);
    return phial_module_call(c, "get_attribute", 3, core_lit(c, c->env->module), core_lit(c, name), core_lit(c, make_small(line)), NULL);
}

// A value as the quoted form that gives it.
term escape_term(struct cx *c, term t)
{
    check_nesting(c);
    if (is_cons(t)) {
        struct list_builder list;
        list_begin(&list, c->h);
        for (; is_cons(t); t = tail(t)) list_add(&list, escape_term(c, head(t)));
        return list_end(&list, escape_term(c, t));
    }
    if (is_map(t)) {
        struct map_iter it;
        term key, value, pairs = TERM_NIL;
        map_iter_init(&it, t);
        while (map_iter_next(&it, &key, &value)) pairs = mk_cons(c->h, mk_tuple2(c->h, escape_term(c, key), escape_term(c, value)), pairs);
        return mk_form(c, AM_op_map, TERM_NIL, list_reverse(c, pairs));
    }
    if (is_tuple_of(t, 2)) return mk_tuple2(c->h, escape_term(c, tuple_get(t, 0)), escape_term(c, tuple_get(t, 1)));
    if (!is_tuple(t)) return t;
    term list = TERM_NIL;
    for (unsigned i = (unsigned)tuple_arity(t); i-- > 0;) list = mk_cons(c->h, escape_term(c, tuple_get(t, i)), list);
    return mk_form(c, AM_op_tuple, TERM_NIL, list);
}

// What Macro.expand gives for @name: the value in a definition, a call in a body.
bool expand_attribute_once(struct cx *c, term meta, term arg, term *result)
{
    if (c->env->module == AM_nil || !is_variable(arg)) return false;
    term name = form_name(arg);
    int line = meta_line(c, meta);
    if (c->env->function == AM_nil && c->context == CONTEXT_NONE) {
        term args = mk_list_of(c, 3, c->env->module, name, make_small(line));
        *result = remote_form(c, line, AM_phial_module, atom_c(c, "get_attribute"), args);
        return true;
    }
    enum context context = c->context;
    c->context = CONTEXT_NONE;
    *result = escape_term(c, read_in_definition(c, name, line)->lit);
    c->context = context;
    return true;
}

// ---- natives

static struct module_state *open_module(struct process *p, term name)
{
    struct module_state *m = is_atom(name) ? module_find(p->vm, name) : NULL;
    if (!m) {
        const char *text = is_atom(name) ? atom_text(p->vm, name).bytes : "?";
        raise_elixir(p, "Elixir.ArgumentError", "could not access the definition of module %s because the module is already compiled or not open",
                     strncmp(text, "Elixir.", 7) ? text : text + 7);
    }
    return m;
}

static term out(struct process *p, term t) { return term_copy(p->vm, &p->heap, t); }

static struct call_result warn_undefined_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    (void)n;
    struct module_state *m = module_find(p->vm, args[0]);
    struct env env = {.module = args[0], .function = AM_nil, .file = m->file};
    struct cx c = {.p = p, .vm = p->vm, .a = a, .h = &a->heap, .env = &env};
    warn_undefined(&c, args[1], (int)small_value(args[2]));
    return (struct call_result){.status = CALL_OK, .value = AM_nil};
}

NATIVE("phial_module", "get_attribute", 2, module_get_attribute, "Value of an attribute of a module that is being compiled, or nil.")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    struct attribute *a = attribute_find(m, arg[1]);
    if (!a) return AM_nil;
    a->read = true;
    return a->value == TERM_NONE ? AM_nil : out(p, a->value);
}

NATIVE("phial_module", "get_attribute", 3, module_read_attribute, "What @name is in a module body: get_attribute/2 with a warning, at the line, if "
                                                                  "it is not set.")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    struct attribute *a = attribute_find(m, arg[1]);
    if (!a || (a->value == TERM_NONE && arg[1] != AM_moduledoc)) return compiler_start(p, warn_undefined_body, 3, arg);
    a->read = true;
    return a->value == TERM_NONE ? AM_nil : out(p, a->value);
}

NATIVE("phial_module", "has_attribute", 2, module_has_attribute, "Is the attribute set?")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    struct attribute *a = attribute_find(m, arg[1]);
    return mk_bool(a && (a->value != TERM_NONE || arg[1] == AM_moduledoc));
}

// Those that annotate what follows are told about when they are set again before anything followed.
static void warn_redefined(struct cx *c, struct module_state *m, term key, term value, int line)
{
    static const char *const names[] = {"deprecated", "doc", "impl", "moduledoc", "typedoc"};
    struct attribute *a = attribute_find(m, key);
    if (!a || a->value == TERM_NONE || a->line <= 0 || line <= 0 || is_list(value)) return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], atom_c_text(c, key)))
            warn_at(c, line, IN_MODULE, "redefining @%s attribute previously set at line %d", names[i], a->line);
}

static struct call_result put_checked_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    (void)n;
    struct module_state *m = module_find(p->vm, args[0]);
    struct env env = {.module = args[0], .function = AM_nil, .file = m->file};
    struct cx *c = arena_new(a, struct cx);
    *c = (struct cx){.p = p, .vm = p->vm, .a = a, .h = &a->heap, .env = &env};
    if (setjmp(c->fail_to)) return c->failure;
    int line = is_small(args[3]) ? (int)small_value(args[3]) : 0;
    check_attribute_value(c, args[1], args[2], args[3] == AM_nil);
    warn_redefined(c, m, args[1], args[2], line);
    attribute_put(m, p->vm, args[1], args[2], line);
    return (struct call_result){.status = CALL_OK, .value = AM_ok};
}

NATIVE("phial_module", "put_attribute", 4, module_put_attribute, "Sets an attribute, or adds to it if it accumulates.")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    if (!is_atom(arg[1])) return raise_badarg(p, 2, "not an atom");
    if (attribute_is_checked(p->vm, arg[1])) return compiler_start(p, put_checked_body, 4, arg);
    attribute_put(m, p->vm, arg[1], arg[2], is_small(arg[3]) ? (int)small_value(arg[3]) : 0);
    return AM_ok;
}

// {kind, form, {module, {line, number of the environment}}}: what reading @type and the like gives.
static term typespec_entry(struct cx *c, struct module_state *m, term kind, term quoted, const struct typespec *place)
{
    unsigned number = 1;
    const struct env *newer = place->env;
    for (struct typespec *s = m->typespecs; s; newer = s->env, s = s->next) number += s->env != newer;
    term at = mk_tuple2(c->h, make_small(place->line), make_small(number));
    return mk_tuple3(c->h, kind, quoted, mk_tuple2(c->h, m->name, at));
}

static struct call_result put_typespec_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    (void)n;
    struct module_state *m = module_find(p->vm, args[0]);
    struct unit *unit = NULL;
    struct record *r = record_find(p->vm, args[3], &unit);
    struct typespec place = {.env = m->outer, .line = m->line};
    if (r && r->kind == RECORD_ENV) {
        place.line = r->env->line;
        if (unit == m->unit) place.env = r->env->env;       // not of something evaluated meanwhile
    } else
        for (struct typespec *s = m->typespecs; s; s = s->next)
            if (term_same(s->quoted, args[2])) place = *s;
    struct cx *c = arena_new(a, struct cx);
    *c = (struct cx){.p = p, .vm = p->vm, .a = a, .h = &a->heap, .env = place.env};
    if (setjmp(c->fail_to)) return c->failure;
    attribute_put(m, p->vm, args[1], typespec_entry(c, m, args[1], args[2], &place), place.line);
    typespec_put(c, m, args[1], tuple_get(head(attribute_find(m, args[1])->value), 1), place.env, place.line);
    return (struct call_result){.status = CALL_OK, .value = AM_ok};
}

NATIVE("phial_module", "put_typespec", 4, module_put_typespec, "Adds a type, spec or callback; the last argument names its environment, or is nil "
                                                               "for that of the same form.")
{
    struct module_state *m = open_module(p, arg[0]);
    return m ? compiler_start(p, put_typespec_body, 4, arg) : TERM_NONE;
}

static bool option_true(term options, term key)
{
    for (; is_cons(options); options = tail(options))
        if (is_tuple_of(head(options), 2) && tuple_get(head(options), 0) == key) return tuple_get(head(options), 1) == AM_true;
    return false;
}

NATIVE("phial_module", "register_attribute", 3, module_register_attribute, "Options: accumulate: true, persist: true.")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    if (!is_atom(arg[1])) return raise_badarg(p, 2, "not an atom");
    struct attribute *a = attribute_make(m, arg[1]);
    if (option_true(arg[2], AM_persist)) a->persist = a->read = true;
    if (option_true(arg[2], AM_accumulate) && !a->accumulate) {
        a->accumulate = a->read = true;
        a->value = a->value == TERM_NONE ? TERM_NIL : mk_cons(&m->a->heap, a->value, TERM_NIL);
    }
    return AM_ok;
}

NATIVE("phial_module", "delete_attribute", 2, module_delete_attribute, "Removes an attribute; returns its value or nil.")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    struct attribute *a = attribute_find(m, arg[1]);
    if (!a || a->value == TERM_NONE) return AM_nil;
    term value = out(p, a->value);
    a->value = a->accumulate ? TERM_NIL : TERM_NONE;
    a->read = true;
    return value;
}

NATIVE("phial_module", "attributes_in", 1, module_attributes_in, "Names of the attributes that are set, newest first.")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    term list = TERM_NIL;
    for (struct attribute *a = m->attributes; a; a = a->next)
        if (a->value != TERM_NONE || a->key == AM_moduledoc) list = mk_cons(&p->heap, a->key, list);
    return list;
}

static struct def *def_of(struct module_state *m, term pair)
{
    if (!is_tuple_of(pair, 2) || !is_atom(tuple_get(pair, 0)) || !is_small(tuple_get(pair, 1))) return NULL;
    return def_find(m, name_key(tuple_get(pair, 0), (unsigned)small_value(tuple_get(pair, 1))));
}

NATIVE("phial_module", "defines", 2, module_defines, "Kind of the definition {name, arity}, or false.")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    struct def *d = def_of(m, arg[1]);
    return d && !d->hidden ? atom_from_c(p->vm, kind_text(d->kind)) : AM_false;
}

NATIVE("phial_module", "definitions_in", 1, module_definitions_in, "[{{name, arity}, kind}] in the order of definition.")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    term list = TERM_NIL, *at = &list;
    for (struct def *d = m->first; d; d = d->next) {
        if (d->hidden) continue;
        term pair = mk_tuple2(&p->heap, mk_tuple2(&p->heap, d->name, make_small(d->arity)), atom_from_c(p->vm, kind_text(d->kind)));
        *at = mk_cons(&p->heap, pair, TERM_NIL);
        at = &cons_ptr(*at)[1];
    }
    return list;
}

NATIVE("phial_module", "get_definition", 2, module_get_definition, "{:v1, kind, meta, clauses} or nil; clauses are {meta, args, guards, body}, not "
                                                                   "expanded.")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    struct def *d = def_of(m, arg[1]);
    if (!d) return AM_nil;
    term clauses = TERM_NIL, meta = mk_cons(&p->heap, mk_tuple2(&p->heap, AM_line, make_small(d->line)), TERM_NIL);
    for (term l = d->raw; is_cons(l); l = tail(l)) clauses = mk_cons(&p->heap, out(p, head(l)), clauses);
    term parts[] = {atom_from_c(p->vm, "v1"), atom_from_c(p->vm, kind_text(d->kind)), meta, clauses};
    return mk_tuple(&p->heap, 4, parts);
}

NATIVE("phial_module", "delete_definition", 2, module_delete_definition, "Forgets a definition; was there one?")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    struct def *d = def_of(m, arg[1]);
    if (!d) return AM_false;
    def_remove(m, d);
    return AM_true;
}

static struct overridable *overridable_find(struct module_state *m, uint64_t key)
{
    struct overridable *o = m->overridables;
    while (o && o->key != key) o = o->next;
    return o;
}

NATIVE("phial_module", "make_overridable", 2, module_make_overridable, "Lets later definitions replace those of the list of {name, arity}.")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    for (term l = arg[1]; is_cons(l); l = tail(l)) {
        struct def *d = def_of(m, head(l));
        if (!is_tuple_of(head(l), 2) || !is_atom(tuple_get(head(l), 0)) || !is_small(tuple_get(head(l), 1))) return raise_badarg(p, 2, NULL);
        term name = tuple_get(head(l), 0);
        unsigned arity = (unsigned)small_value(tuple_get(head(l), 1));
        struct overridable *old = overridable_find(m, name_key(name, arity));
        if (!d && old) continue;
        if (!d)
            return raise_elixir(p, "Elixir.ArgumentError", "cannot make function %s/%u overridable because it was not defined",
                                atom_text(p->vm, name).bytes, arity);
        struct overridable *o = arena_new(m->a, struct overridable);
        *o = (struct overridable){.key = d->key, .def = d, .count = old ? old->count + 1 : 1, .next = m->overridables};
        m->overridables = o;
        def_remove(m, d);
    }
    return AM_ok;
}

NATIVE("phial_module", "overridable", 2, module_overridable, "Is {name, arity} marked as overridable?")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    term pair = arg[1];
    return mk_bool(is_tuple_of(pair, 2) && is_atom(tuple_get(pair, 0)) && is_small(tuple_get(pair, 1)) &&
                   overridable_find(m, name_key(tuple_get(pair, 0), (unsigned)small_value(tuple_get(pair, 1)))));
}

NATIVE("phial_module", "overridables_in", 1, module_overridables_in, "[{name, arity}] of the overridable definitions.")
{
    struct module_state *m = open_module(p, arg[0]);
    if (!m) return TERM_NONE;
    term list = TERM_NIL;
    for (struct overridable *o = m->overridables; o; o = o->next)
        if (overridable_find(m, o->key) == o) list = mk_cons(&p->heap, mk_tuple2(&p->heap, key_name(o->key), make_small(key_arity(o->key))), list);
    return list;
}

NATIVE("phial_module", "open", 1, module_open, "Is the module being compiled?") { return mk_bool(is_atom(arg[0]) && module_find(p->vm, arg[0])); }
