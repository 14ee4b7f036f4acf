// SPDX-License-Identifier: Apache-2.0
// defmodule: the module's body runs as a thunk, its definitions gather in a struct module_state, then the module is made and loaded.
//
// Order: body, @before_compile, checks, code generation, load, @after_compile. Invariant: a module is open (module_find) exactly while its
// unit->module is set; nested modules and definitions run in coroutines of their own above this one.
#include "expand.h"

#include <stdlib.h>
#include <string.h>

#include "../vm/image.h"

// ---- thunks

struct object *generate(struct cx *c, struct core_module *m)
{
    struct object *o = codegen_module(c->vm, c->a, m);
    if (!o) fail_compile(c, m->error_line ? m->error_line : c->line, "%s", m->error ? m->error : "the code is too large");
    return o;
}

// A body that calls a function of its own module: it is not there yet.
static void own_function_missing(struct cx *c, struct call_result *r)
{
    if (c->env->module == AM_nil || r->cls != AM_error || r->reason != atom_c(c, "undef") || !is_cons(r->trace) || !is_tuple_of(head(r->trace), 4))
        return;
    term top = head(r->trace), args = tuple_get(top, 2);
    if (tuple_get(top, 0) != c->env->module) return;
    term arity = is_list(args) ? make_small(list_count(args)) : args;
    term keys[] = {atom_c(c, "__struct__"), AM__exception_, AM_module, atom_c(c, "function"), atom_c(c, "arity"), atom_c(c, "reason"),
                   atom_c(c, "message")};
    term values[] = {atom_c(c, "Elixir.UndefinedFunctionError"), AM_true, c->env->module, tuple_get(top, 1), arity,
                     atom_c(c, "function not available"), AM_nil};
    r->reason = map_from_pairs(c->vm, c->h, 7, keys, values);
}

static term run_thunk(struct cx *c, struct core *body, term module, const char *name, struct var *arg, term arg_value)
{
    struct core_fun *f = arena_new(c->a, struct core_fun), **funs = arena_array(c->a, struct core_fun *, 1);
    struct core_clause *k = arena_new(c->a, struct core_clause);
    struct core *pattern = core_new(c, arg ? CORE_VAR : CORE_WILD);
    pattern->var = arg;
    *k = (struct core_clause){.patterns = arena_array(c->a, struct core *, 1), .npatterns = 1, .body = body, .line = c->line};
    k->patterns[0] = pattern;
    *f = (struct core_fun){.name = atom_c(c, name), .arity = 1, .clauses = k, .nclauses = 1, .line = c->line, .exported = true};
    funs[0] = f;
    struct core_module m = {.name = module,
                            .file = relative_path(c->h, c->env->file), .funs = funs, .nfuns = 1, .attributes = TERM_NIL, .docs = AM_nil};
    struct object *o = generate(c, &m);
    for (size_t i = 0; i < o->nimports; i++) note_need(c, o->imports[i].module);
    term fun = code_load_thunk(c->vm, c->h, o, f->name, 1);
    struct call_result r = compiler_call_fun(c->p, c->a, fun, 1, &arg_value);
    if (r.status == CALL_RAISED) {
        own_function_missing(c, &r);
        fail_raised(c, r);
    }
    return r.value;
}

term run_core(struct cx *c, struct core *body, const char *name, struct var *arg, term arg_value)
{
    struct compile_state *s = compile_state(c->vm);
    return run_thunk(c, body, atom_c(c, cx_format(c, "elixir_compiler_%u", (unsigned)(s->next_thunk++ & 63))), name, arg, arg_value);
}

// Its module goes by the name of OTP's evaluator, which is what Elixir shows of code that is evaluated and not compiled.
term run_evaluated(struct cx *c, struct core *body, struct var *arg, term arg_value)
{
    return run_thunk(c, body, AM_erl_eval, "__FILE__", arg, arg_value);
}

static term run_quoted(struct cx *c, term q)
{
    struct scope_mark mark = scope_enter(c);
    struct core *k = expand(c, q);
    scope_leave(c, mark);
    return run_core(c, k, "__MODULE__", NULL, AM_nil);
}

// ---- the macro calls

static bool name_used(struct cx *c, term q, term name)
{
    if (is_immediate(q)) return false;
    check_nesting(c);
    for (; is_cons(q); q = tail(q))
        if (name_used(c, head(q), name)) return true;
    if (is_variable(q)) return form_name(q) == name;
    if (is_form(q)) return name_used(c, form_name(q), name) || name_used(c, form_args(q), name);
    return is_tuple_of(q, 2) && (name_used(c, tuple_get(q, 0), name) || name_used(c, tuple_get(q, 1), name));
}

// The variables in scope whose name the body mentions: they are passed to it.
static struct core *body_variables(struct cx *c, term body, struct pending_module *m)
{
    unsigned n = 0;
    for (struct binding *b = c->vars; b; b = b->next) n++;
    struct core *tuple = core_args(c, CORE_TUPLE, 0);
    tuple->args = arena_array(c->a, struct core *, n + 1);
    m->names = arena_array(c->a, term, n + 1);
    m->contexts = arena_array(c->a, term, n + 1);
    for (struct binding *b = c->vars; b; b = b->next) {
        if (scope_find(c->vars, b->name, b->context) != b || !name_used(c, body, b->name)) continue;
        m->names[m->nvars] = b->name;
        m->contexts[m->nvars++] = b->context;
        tuple->args[tuple->nargs++] = core_var(c, b->var);
    }
    return tuple->nargs ? tuple : core_lit(c, mk_tuple(c->h, 0, NULL));
}

// What survives the arena: for a defmodule inside a function, which may run at any time.
static struct core *escaped_module(struct cx *c, struct pending_module *m)
{
    struct live_env live = {m->env, CONTEXT_NONE, m->line, NULL};
    term names = TERM_NIL;
    for (unsigned i = m->nvars; i-- > 0;) names = mk_cons(c->h, mk_tuple2(c->h, m->names[i], m->contexts[i]), names);
    term parts[] = {env_to_map(c->vm, c->h, &live), m->body, names, make_small(m->line)};
    return core_lit(c, mk_tuple(c->h, 4, parts));
}

// The module's name; a nested one gets an alias.
static struct core *module_name(struct cx *c, term q)
{
    bool alias = is_form(q) && form_name(q) == AM_aliases && is_cons(form_args(q));
    term first = alias ? head(form_args(q)) : TERM_NIL;
    if (!alias || c->env->module == AM_nil || !is_atom(first) || first == AM_Elixir) return expand(c, q);
    if (meta_get(form_meta(q), AM_alias) != TERM_NONE && meta_get(form_meta(q), AM_alias) != AM_false) return expand(c, q);
    term *parts = arena_array(c->a, term, list_count(form_args(q)) + 1);
    unsigned n = 0;
    parts[n++] = c->env->module;
    for (term l = form_args(q); is_cons(l); l = tail(l)) parts[n++] = head(l);
    term full = alias_concat(c, n, parts), from = alias_concat(c, 1, &first), to = alias_concat(c, 2, parts);
    alias_lookup(c, from);      // an earlier alias of that name counts as used
    env_add_alias(c, from, to, form_meta(q), false);
    return core_lit(c, full);
}

static void add_context_module(struct cx *c, term name)
{
    struct atom_entry *entry = arena_new(c->a, struct atom_entry);
    struct env *e = env_copy(c);
    *entry = (struct atom_entry){name, e->context_modules};
    e->context_modules = entry;
}

static struct core *expand_defmodule(struct cx *c, term meta, term args)
{
    int line = meta_line(c, meta);
    term body = AM_nil, blocks = list_at(args, 1);
    if (!is_list(blocks) || list_count(blocks) != 1 || !keyword_get(blocks, AM_do, &body)) fail_argument(c, "expected a do block in defmodule");
    if (c->env->lexical && is_variable(head(args)) && form_name(head(args)) != AM__MODULE_ &&
        !scope_find(c->vars, form_name(head(args)), var_context(form_meta(head(args)), form_args(head(args)))))
        fail_compile(c, line, "invalid module name: %s", inspect(c, head(args)));
    struct core *name = module_name(c, head(args));
    if (core_is_lit(name) && name->lit == AM_Elixir) fail_compile(c, line, "module Elixir is reserved and cannot be defined");
    if (core_is_lit(name) && (!is_atom(name->lit) || name->lit == AM_nil || name->lit == AM_true || name->lit == AM_false))
        fail_compile(c, line, "invalid module name: %s", inspect(c, name->lit));
    struct pending_module *m = arena_new(c->a, struct pending_module);
    *m = (struct pending_module){.body = body, .env = c->env, .line = line};
    struct core *vars = body_variables(c, body, m), *what;
    if (core_is_lit(name)) add_context_module(c, name->lit);
    c->line = line;
    if (!c->unit) c->unit = unit_new(c);
    if (c->fn_depth || c->env->function != AM_nil) what = escaped_module(c, m);
    else what = core_lit(c, record_add(c, c->unit, (struct record){.kind = RECORD_MODULE, .module = m}));
    return core_call(c, AM_phial_compiler, AM_defmodule, 3, what, name, vars);
}

// A form quoted with `location: :keep` or `file:`: its nodes get the lines they had there.
static term kept_lines(struct cx *c, term t)
{
    if (is_immediate(t)) return t;
    check_nesting(c);
    if (is_cons(t)) {
        term list = TERM_NIL, *at = &list;
        for (; is_cons(t); t = tail(t)) {
            *at = mk_cons(c->h, kept_lines(c, head(t)), TERM_NIL);
            at = &cons_ptr(*at)[1];
        }
        *at = kept_lines(c, t);
        return list;
    }
    if (is_tuple_of(t, 2)) return mk_tuple2(c->h, kept_lines(c, tuple_get(t, 0)), kept_lines(c, tuple_get(t, 1)));
    if (!is_form(t) || !is_list(form_meta(t))) return t;
    term meta = form_meta(t), keep = meta_get(meta, AM_keep);
    if (is_tuple_of(keep, 2)) {
        term rest = TERM_NIL;
        for (term l = list_reverse(c, meta); is_cons(l); l = tail(l)) {
            term key = is_tuple(head(l)) ? tuple_get(head(l), 0) : AM_nil;
            if (key != AM_line && key != AM_keep) rest = mk_cons(c->h, head(l), rest);
        }
        meta = mk_cons(c->h, mk_tuple2(c->h, AM_line, tuple_get(keep, 1)), rest);
    }
    return mk_form(c, kept_lines(c, form_name(t)), meta, kept_lines(c, form_args(t)));
}

static struct core *expand_def(struct cx *c, enum def_kind kind, term meta, term args)
{
    int line = meta_line(c, meta);
    const char *text = kind_text(kind);
    unsigned n = list_count(args);
    if (c->env->module == AM_nil) fail_macro(c, line, text, 2, "outside module");
    if (c->env->function != AM_nil) fail_macro(c, line, text, 2, "inside function/macro");
    if (c->context) fail_macro(c, line, text, 2, "inside match");
    term call = head(args), body = n == 2 ? list_at(args, 1) : AM_nil, keep = meta_get(meta, AM_keep);
    struct env *outer = c->env;
    if (is_tuple_of(keep, 2) && is_binary(tuple_get(keep, 0)) && is_small(tuple_get(keep, 1))) {
        env_copy(c)->file = absolute_path(c, tuple_get(keep, 0));
        line = (int)small_value(tuple_get(keep, 1));
        call = kept_lines(c, call);
        body = kept_lines(c, body);
    }
    struct pending_def *d = arena_new(c->a, struct pending_def);
    *d = (struct pending_def){kind, call, body, c->env, line, has_unquotes(c, call) || has_unquotes(c, body), meta_get(meta, AM_context)};
    c->env = outer;
    if (!c->unit) c->unit = unit_new(c);
    struct core *handle = core_lit(c, record_add(c, c->unit, (struct record){.kind = RECORD_DEF, .def = d}));
    if (!d->unquotes) return core_call(c, AM_phial_compiler, AM_def, 1, handle);
    struct core *head_core = quote_escaped(c, call, true);
    return core_call(c, AM_phial_compiler, AM_def, 3, handle, head_core, quote_escaped(c, body, true));
}

struct core *expand_builtin(struct cx *c, term q, term name, term meta, term args)
{
    (void)q;
    switch (name) {
    case AM_op_at: return expand_attribute(c, meta, head(args));
    case AM_def: return expand_def(c, KIND_DEF, meta, args);
    case AM_defp: return expand_def(c, KIND_DEFP, meta, args);
    case AM_defmacro: return expand_def(c, KIND_DEFMACRO, meta, args);
    case AM_defmacrop: return expand_def(c, KIND_DEFMACROP, meta, args);
    default: return expand_defmodule(c, meta, args);
    }
}

// ---- running the body

static struct core *bind_variables(struct cx *c, struct pending_module *m, struct var *arg)
{
    if (!m->nvars) return NULL;
    struct core *tuple = core_args(c, CORE_TUPLE, 0);
    tuple->args = arena_array(c->a, struct core *, m->nvars);
    for (unsigned i = m->nvars; i-- > 0;) {
        struct core *v = tuple->args[i] = core_new(c, CORE_VAR);
        v->var = scope_declare(c, m->names[i], m->contexts[i], c->line);
    }
    tuple->nargs = m->nvars;
    return core_args(c, CORE_MATCH, 2, tuple, core_var(c, arg));
}

static term run_body(struct cx *c, struct pending_module *m, term values)
{
    struct var *arg = var_fresh(c, "variables");
    struct core *bind = bind_variables(c, m, arg), *body = expand(c, m->body);
    scope_check_unused(c, NULL);
    c->vars = NULL;
    c->line = m->line;
    return run_core(c, bind ? core_seq(c, 2, bind, body) : body, "__MODULE__", arg, values);
}

// Calls hook(env) of each entry of the attribute: a module, or {module, function}; macros are expanded and their expansion run.
static void run_hooks(struct cx *c, struct module_state *m, const char *attribute, const char *function, term extra)
{
    struct attribute *hooks = attribute_find(m, atom_c(c, attribute));
    if (!hooks || !is_cons(hooks->value)) return;
    for (term l = list_reverse(c, hooks->value); is_cons(l); l = tail(l)) {
        bool pair = is_tuple_of(head(l), 2);
        term mod = pair ? tuple_get(head(l), 0) : head(l), fun = pair ? tuple_get(head(l), 1) : atom_c(c, function);
        struct live_env live = {c->env, CONTEXT_NONE, m->line, NULL};
        term env = env_to_map(c->vm, c->h, &live), args = extra == TERM_NONE ? mk_list_of(c, 1, env) : mk_list_of(c, 2, env, extra);
        term call = remote_form(c, m->line, mod, fun, args);
        term meta = mk_cons(c->h, mk_tuple2(c->h, AM_required, AM_true), form_meta(call));
        c->line = m->line;
        if (mod == m->name && extra == TERM_NONE) run_core(c, core_call(c, mod, fun, 1, core_lit(c, env)), "__MODULE__", NULL, AM_nil);
        else run_quoted(c, mk_form(c, form_name(call), meta, args));
    }
}

// ---- making the module

static void restore_overridables(struct module_state *m)
{
    for (struct overridable *o = m->overridables; o; o = o->next)
        if (!o->overridden && !def_find(m, o->key)) def_restore(m, o->def);
}

static struct core_module *collect(struct cx *c, struct module_state *m)
{
    struct core_module *cm = arena_new(c->a, struct core_module);
    unsigned n = 0;
    for (struct def *d = m->first; d; d = d->next) n++;
    *cm = (struct core_module){.name = m->name, .file = relative_path(c->h, m->file), .funs = arena_array(c->a, struct core_fun *, n + 8)};
    cm->attributes = attributes_persisted(c, m);
    cm->docs = AM_nil;
    for (struct def *d = m->first; d; d = d->next)
        if (d->nclauses && d->reached && d->kind != KIND_DEFMACROP) cm->funs[cm->nfuns++] = def_core(c, m, d);
    add_module_functions(c, m, cm);
    return cm;
}

static term docs_chunk(struct cx *c, struct module_state *m)
{
    struct attribute *doc = attribute_find(m, AM_moduledoc);
    term value = doc ? doc->value : TERM_NONE, text = AM_none;
    if (value == AM_false) text = AM_hidden;
    else if (is_binary(value)) {
        term key = mk_binary_str(c->h, "en");
        text = map_from_pairs(c->vm, c->h, 1, &key, &value);
    }
    if (text == AM_none && is_nil(m->docs)) return AM_nil;
    term parts[] = {atom_c(c, "docs_v1"), make_small(doc && value != TERM_NONE ? doc->line : m->line), atom_c(c, "elixir"),
                    mk_binary_str(c->h, "text/markdown"), text, doc_metadata(c, m->module_meta),
                    list_reverse(c, m->docs)};
    return mk_tuple(c->h, 7, parts);
}

// The module as :code.load_binary/3 takes it; a module with a literal that only this run has (a pid) has an empty form.
static term module_binary(struct cx *c, const struct object *o)
{
    static const uint8_t none[16] = {'F', 'O', 'R', '1', 0, 0, 0, 8, 'B', 'E', 'A', 'M', 0, 0, 0, 0};
    size_t len;
    uint8_t *bytes = object_to_bytes(c->vm, o, &len);
    term binary = bytes ? mk_binary(c->h, bytes, len) : mk_binary(c->h, none, sizeof none);
    free(bytes);
    return binary;
}

static term finish_module(struct cx *c, struct module_state *m, term typespecs)
{
    struct compile_state *s = compile_state(c->vm);
    c->def = NULL;
    if (code_has_old(c->vm, m->name)) {     // makes room for the version that this one replaces
        struct call_result r = compiler_call(c->p, c->a, atom_c(c, "code"), atom_c(c, "purge"), 1, &m->name);
        if (r.status == CALL_RAISED) fail_raised(c, r);
    }
    struct core_module *cm = collect(c, m);
    term docs = docs_chunk(c, m);
    term heads = module_heads(c, m);
    if (docs != AM_nil || typespecs != AM_nil || !is_nil(heads)) cm->docs = mk_tuple3(c->h, docs, typespecs, heads);
    struct object *o = generate(c, cm);
    if (s->on_object) s->on_object(s->on_object_ctx, c->vm, o);
    term binary = module_binary(c, o);
    struct unit *u = file_unit(c);
    if (is_tuple_of(o->docs, 3) && !(u && u->kept)) boxed_ptr(o->docs)[3] = AM_nil;     // in memory alone nobody asks for the heads
    m->unit->module = NULL;
    if (m->name == AM_Kernel) s->kernel[0] = s->kernel[1] = NULL;     // who compiles may still use the old ones
    if (code_load(c->vm, o) == TERM_NONE) fail_compile(c, m->line, "cannot load module %s", inspect_atom(c, m->name));
    if (u) {
        term pair = mk_tuple2(&u->a->heap, m->name, term_copy(c->vm, &u->a->heap, binary));
        u->compiled = mk_cons(&u->a->heap, pair, u->compiled);
    }
    return binary;
}

static bool conflicts_ignored(struct cx *c)
{
    term option = atom_c(c, "ignore_module_conflict"), code = atom_c(c, "Elixir.Code");
    if (!code_ensure_loaded(c->vm, code)) return true;
    struct call_result r = compiler_call(c->p, c->a, code, atom_c(c, "get_compiler_option"), 1, &option);
    return r.status == CALL_OK && r.value == AM_true;
}

static void open_module(struct cx *c, struct module_state *m, term name, struct pending_module *pending)
{
    struct module_state *other = module_find(c->vm, name);
    if (other) fail_compile(c, pending->line, "cannot define module %s because it is currently being defined in %s:%d", inspect_atom(c, name),
                            cx_format(c, "%.*s", (int)(bits_of(other->file).size / 8), (const char *)bits_of(other->file).base), other->line);
    if (code_is_loaded(c->vm, name) && code_exported(c->vm, name, AM_module_info, 0) && !conflicts_ignored(c))
        warn_at(c, pending->line, IN_FILE, "redefining module %s (current version defined in memory)", inspect_atom(c, name));
    *m = (struct module_state){.name = name, .file = pending->env->file, .line = pending->line, .a = c->a, .unit = c->unit,
                               .docs = TERM_NIL, .doc_meta = TERM_NIL, .module_meta = TERM_NIL, .impls = TERM_NIL, .deprecated = TERM_NIL,
                               .type_meta = TERM_NIL};
    m->last = &m->first;
    add_context_module(c, name);
    c->env->module = name;
    c->env->function = AM_nil;
    attributes_init(c, m);
    m->outer = c->env;
    c->m = m;
    c->unit->module = m;
}

static struct pending_module *pending_from_term(struct cx *c, term t)
{
    struct live_env live;
    if (!is_tuple_of(t, 4) || !is_list(tuple_get(t, 2)) || !is_small(tuple_get(t, 3)) || !env_from_map(c, tuple_get(t, 0), &live))
        fail_argument(c, "cannot define a module here any more");
    struct pending_module *m = arena_new(c->a, struct pending_module);
    live.env->function = AM_nil;
    *m = (struct pending_module){.body = tuple_get(t, 1), .env = live.env, .line = (int)small_value(tuple_get(t, 3))};
    term names = tuple_get(t, 2);
    m->nvars = list_count(names);
    m->names = arena_array(c->a, term, m->nvars + 1);
    m->contexts = arena_array(c->a, term, m->nvars + 1);
    for (unsigned i = 0; i < m->nvars; i++, names = tail(names)) {
        if (!is_tuple_of(head(names), 2)) fail_argument(c, "cannot define a module here: not a variable");
        m->names[i] = tuple_get(head(names), 0);
        m->contexts[i] = tuple_get(head(names), 1);
    }
    return m;
}

// Calls each hook of @after_verify with the module.
static void verify_module(struct cx *c, term module, term hooks)
{
    for (term l = list_reverse(c, hooks); is_cons(l); l = tail(l)) {
        bool pair = is_tuple_of(head(l), 2);
        call_checked(c, pair ? tuple_get(head(l), 0) : head(l), pair ? tuple_get(head(l), 1) : atom_c(c, "__after_verify__"), 1, &module);
    }
}

static void note_verify(struct cx *c, struct module_state *m)
{
    struct attribute *hooks = attribute_find(m, atom_c(c, "after_verify"));
    struct unit *u = file_unit(c);
    if (!hooks || !is_cons(hooks->value)) return;
    if (!u) verify_module(c, m->name, hooks->value);
    else u->to_verify = mk_cons(&u->a->heap, mk_tuple2(&u->a->heap, m->name, term_copy(c->vm, &u->a->heap, hooks->value)), u->to_verify);
}

void verify_modules(struct cx *c, struct unit *u)
{
    term list = is_cons(u->to_verify) ? list_reverse(c, u->to_verify) : TERM_NIL;
    u->to_verify = TERM_NIL;
    for (; is_cons(list); list = tail(list)) verify_module(c, tuple_get(head(list), 0), tuple_get(head(list), 1));
}

struct call_result define_module(struct process *p, struct arena *a, unsigned n, const term *args)
{
    struct env none = {.module = AM_nil, .function = AM_nil, .file = mk_binary_str(&a->heap, "nofile")};
    struct cx *c = arena_new(a, struct cx);
    *c = (struct cx){.p = p, .vm = p->vm, .a = a, .h = &a->heap, .env = &none};
    if (setjmp(c->fail_to)) return c->failure;
    c->unit = unit_new(c);
    struct record *r = record_find(p->vm, args[0], NULL);
    struct pending_module *pending = r && r->kind == RECORD_MODULE ? r->module : pending_from_term(c, args[0]);
    struct module_state *m = arena_new(a, struct module_state);
    struct lexical own = {.a = a};      // of a module that is evaluated rather than in a file
    term name = args[1];
    c->env = pending->env;
    c->line = pending->line;
    bool evaluated = !c->env->lexical;
    if (evaluated) env_copy(c)->lexical = &own;
    if (!is_atom(name) || name == AM_nil || name == AM_true || name == AM_false)
        fail_compile(c, pending->line, "invalid module name: %s", inspect(c, name));
    if (name == AM_Elixir) fail_compile(c, pending->line, "module Elixir is reserved and cannot be defined");
    open_module(c, m, name, pending);
    term value = run_body(c, pending, n > 2 ? args[2] : AM_nil);
    run_hooks(c, m, "before_compile", "__before_compile__", TERM_NONE);
    c->line = m->line;
    restore_overridables(m);
    term typespecs = check_module(c, m);
    term binary = finish_module(c, m, typespecs);
    c->m = NULL;
    run_hooks(c, m, "after_compile", "__after_compile__", binary);
    trace_module(c, binary);
    announce_module(c, name);
    note_verify(c, m);
    if (evaluated) report_usages(c, &own);
    term parts[] = {AM_module, name, binary, value};
    return (struct call_result){.status = CALL_OK, .value = mk_tuple(&a->heap, 4, parts)};
}
