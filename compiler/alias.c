// SPDX-License-Identifier: Apache-2.0
// Aliases, and the directives alias, require, import. Each changes c->env for what follows in the same scope.
#include "expand.h"

#include <string.h>

// ---- names

term alias_concat(struct cx *c, unsigned n, const term *parts)
{
    char text[ATOM_MAX_BYTES + 1];
    size_t len = 6;
    memcpy(text, "Elixir", 6);
    for (unsigned i = 0; i < n; i++) {
        if (parts[i] == AM_nil || (parts[i] == AM_Elixir && !i)) continue;
        if (!is_atom(parts[i])) fail_compile(c, c->line, "invalid alias, expected its parts to be atoms, got: %s", show(c, parts[i]));
        struct atom_text t = atom_text(c->vm, parts[i]);
        const char *bytes = t.bytes;
        size_t size = t.len;
        if (size > 7 && !memcmp(bytes, "Elixir.", 7)) bytes += 7, size -= 7;
        if (len + size + 1 > ATOM_MAX_BYTES) fail_compile(c, c->line, "the alias is too long");
        text[len++] = '.';
        memcpy(text + len, bytes, size);
        len += size;
    }
    term atom = atom_of_code(c->vm, text, len);
    if (atom == TERM_NONE) fail_compile(c, c->line, "the alias is too long");
    return atom;
}

term alias_concat_list(struct cx *c, term parts)
{
    term *elems = arena_array(c->a, term, list_count(parts));
    unsigned n = 0;
    for (; is_cons(parts); parts = tail(parts)) {
        if (!is_atom(head(parts))) return TERM_NONE;
        elems[n++] = head(parts);
    }
    return alias_concat(c, n, elems);
}

term alias_last(struct cx *c, term module)
{
    const char *text = atom_c_text(c, module), *dot = strrchr(text, '.');
    return atom_c(c, cx_format(c, "Elixir.%s", dot ? dot + 1 : text));
}

static term macro_alias(struct cx *c, term meta, term from)
{
    term counter = meta_get(meta, AM_counter);
    if (counter == TERM_NONE) return TERM_NONE;
    for (struct alias_entry *a = c->env->macro_aliases; a; a = a->next)
        if (tuple_get(a->from, 0) == from && term_same(tuple_get(a->from, 1), counter)) return a->to;
    return TERM_NONE;
}

term alias_expand(struct cx *c, term meta, term parts)
{
    term *elems = arena_array(c->a, term, list_count(parts)), first = head(parts);
    unsigned n = 0;
    if (!is_atom(first)) {
        first = alias_atom(c, first);
        if (first == TERM_NONE) return TERM_NONE;
    } else if (first != AM_Elixir) {
        term hygiene = meta_get(meta, AM_alias), from = alias_concat(c, 1, &first), to;
        if (hygiene != TERM_NONE && hygiene != AM_false && is_atom(hygiene)) return hygiene;
        to = macro_alias(c, meta, from);
        if (to == TERM_NONE && hygiene != AM_false) to = alias_lookup(c, from);
        if (to != TERM_NONE) {
            if (is_nil(tail(parts))) return to;
            first = to;
        }
    }
    elems[n++] = first;
    for (term l = tail(parts); is_cons(l); l = tail(l)) {
        if (!is_atom(head(l))) return TERM_NONE;
        elems[n++] = head(l);
    }
    return alias_concat(c, n, elems);
}

struct core *expand_aliases(struct cx *c, term q)
{
    c->line = meta_line(c, form_meta(q));
    term parts = form_args(q);
    if (is_nil(parts)) fail_compile(c, c->line, "invalid alias");
    term atom = alias_expand(c, form_meta(q), parts);
    trace_alias(c, q, atom);
    if (atom != TERM_NONE) return core_lit(c, atom);
    int line = c->line;
    struct core *first = expand(c, head(parts));
    c->line = line;
    bool names = core_is_lit(first) && is_atom(first->lit);
    for (term l = tail(parts); is_cons(l); l = tail(l)) names &= is_atom(head(l));
    if (names) return core_lit(c, alias_expand(c, form_meta(q), mk_cons(c->h, first->lit, tail(parts))));
    fail_compile(c, line,
                 "invalid alias: \"%s\". If you wanted to define an alias, an alias must expand to an atom at compile time but it did not, you may "
                 "use Module.concat/2 to build it at runtime. If instead you wanted to invoke a function or access a field, wrap the function or "
                 "field name in double quotes", show(c, q));
}

// An alias, an atom, or __MODULE__; a macro that gives one.
term alias_atom(struct cx *c, term q)
{
    if (is_atom(q)) return q;
    if (!is_form(q) || !is_list(form_meta(q))) return TERM_NONE;
    if (form_name(q) == AM_aliases && is_cons(form_args(q))) return alias_expand(c, form_meta(q), form_args(q));
    if (form_name(q) == AM__MODULE_ && is_atom(form_args(q))) return c->env->module;
    return TERM_NONE;
}

// ---- directives

// Foo.{A, B}: the base and the list, if q is one.
static bool is_multi(term q, term *base, term *list)
{
    if (!is_form(q) || !is_form(form_name(q)) || form_name(form_name(q)) != AM_op_dot) return false;
    term parts = form_args(form_name(q));
    if (list_count(parts) != 2 || list_at(parts, 1) != AM_op_tuple) return false;
    *base = head(parts);
    *list = form_args(q);
    return true;
}

typedef struct core *directive(struct cx *c, term meta, term args);

static struct core *each_of(struct cx *c, const char *what, directive *one, term meta, term base, term list, term options)
{
    term prefix = alias_atom(c, base), results = TERM_NIL, as;
    if (is_cons(options) && keyword_get(head(options), AM_as, &as)) fail_compile(c, c->line, ":as option is not supported by multi-alias call");
    if (prefix == TERM_NONE) fail_compile(c, c->line, "invalid argument, expected a compile time atom or alias, got: %s", show(c, base));
    for (; is_cons(list); list = tail(list)) {
        term ref = head(list);
        unsigned n = 0, most = is_form(ref) && is_list(form_args(ref)) ? list_count(form_args(ref)) : 0;
        term *parts = arena_array(c->a, term, most + 2);
        parts[n++] = prefix;
        if (is_call_of(ref, AM_aliases, most))
            for (term l = form_args(ref); is_cons(l); l = tail(l)) parts[n++] = head(l);
        else if (is_atom(ref)) parts[n++] = ref;
        else fail_compile(c, c->line, "invalid argument for %s, expected a compile time atom or alias, got: %s", what, show(c, ref));
        term full = alias_concat(c, n, parts);
        results = mk_cons(c->h, one(c, meta, mk_cons(c->h, full, options))->lit, results);
    }
    return core_lit(c, list_reverse(c, results));
}

static term directive_module(struct cx *c, const char *what, term q)
{
    term module = alias_atom(c, q);
    if (module != TERM_NONE) return module;
    struct core *k = expand(c, q);
    if (!core_is_lit(k) || !is_atom(k->lit))
        fail_compile(c, c->line, "invalid argument for %s, expected a compile time atom or alias, got: %s", what, show(c, q));
    return k->lit;
}

static term options_of(struct cx *c, const char *what, term args, const term *allowed)
{
    term options = is_cons(tail(args)) ? list_at(args, 1) : TERM_NIL;
    if (!is_list(options) || !is_keyword_list(options))
        fail_compile(c, c->line, "invalid options for %s, expected a keyword list, got: %s", what, show(c, options));
    for (term l = options; is_cons(l); l = tail(l)) {
        const term *a = allowed;
        while (*a && *a != tuple_get(head(l), 0)) a++;
        if (!*a) fail_compile(c, c->line, "unsupported option %s given to %s", inspect_atom(c, tuple_get(head(l), 0)), what);
    }
    return options;
}

static bool should_warn(term meta, term options)
{
    term warn;
    if (keyword_get(options, AM_warn, &warn)) return warn != AM_false;
    return meta_get(meta, AM_context) == TERM_NONE;
}

static void add_alias_as(struct cx *c, term meta, term module, term options, bool has_as, term as)
{
    term name;
    if (has_as) {
        if (!is_form(as) || form_name(as) != AM_aliases) {
            struct core *k = expand(c, as);
            if (!core_is_lit(k) || !is_atom(k->lit))
                fail_compile(c, c->line, "invalid value for option :as, expected an alias, got: %s", show(c, as));
            name = k->lit;
        } else {
            term parts = form_args(as);
            if (list_count(parts) != 1)
                fail_compile(c, c->line, "invalid value for option :as, expected a simple alias, got nested alias: %s", show(c, as));
            name = alias_concat(c, 1, &cons_ptr(parts)[0]);
        }
        if (strncmp(atom_c_text(c, name), "Elixir.", 7))
            fail_compile(c, c->line, "invalid value for option :as, expected an alias, got: %s", inspect_atom(c, name));
    } else {
        if (strncmp(atom_c_text(c, module), "Elixir.", 7))
            fail_compile(c, c->line, "alias cannot be inferred automatically for module: %s, please use the :as option. Implicit aliasing is only "
                                     "supported with Elixir modules",
                         inspect_atom(c, module));
        name = alias_last(c, module);
        if (name == module) return;
    }
    trace_directive(c, c->line, "alias", module, name, options);
    env_add_alias(c, name, module, meta, should_warn(meta, options));
}

struct core *expand_alias_directive(struct cx *c, term meta, term args)
{
    term base, list, as;
    int line = c->line = meta_line(c, meta);
    term options = options_of(c, "alias", args, (const term[]){AM_as, AM_warn, 0});
    if (is_multi(head(args), &base, &list)) return each_of(c, "alias", expand_alias_directive, meta, base, list, tail(args));
    term module = directive_module(c, "alias", head(args));
    c->line = line;
    bool has_as = keyword_get(options, AM_as, &as);
    add_alias_as(c, meta, module, options, has_as, has_as ? as : TERM_NONE);
    return core_lit(c, module);
}

// A module that is being defined cannot be required: its functions are not there yet.
static void need_module(struct cx *c, term module)
{
    if (module_here(c, module) ? code_is_loaded(c->vm, module) || code_ensure_loaded(c->vm, module) : await_module(c, module)) return;
    if (c->env->module == module)
        fail_compile(c, c->line,
                     "you are trying to use the module %s which is currently being defined.\n\nThis may happen if you accidentally override the "
                     "module you want to use. For example:\n\n    defmodule MyApp do\n      defmodule Supervisor do\n        use Supervisor\n      "
                     "end\n    end\n\nIn the example above, the new Supervisor conflicts with Elixir's Supervisor. This may be fixed by using the "
                     "fully qualified name in the definition:\n\n    defmodule MyApp.Supervisor do\n      use Supervisor\n    end\n",
                     inspect_atom(c, module));
    for (struct atom_entry *m = c->env->context_modules; m; m = m->next)
        if (m->atom == module)
            fail_compile(c, c->line,
                         "module %s is not loaded but was defined. This happens when you depend on a module in the same context in which it is "
                         "defined. For example:\n\n    defmodule MyApp do\n      defmodule Mod do\n      end\n\n      use Mod\n    end\n\nTry "
                         "defining the module outside the context that uses it:\n\n    defmodule MyApp.Mod do\n    end\n\n    defmodule MyApp do\n  "
                         "    use MyApp.Mod\n    end\n\nIf the module is defined at the top-level and you are trying to use it at the top-level, "
                         "this is not supported by Elixir", inspect_atom(c, module));
    fail_compile(c, c->line, "module %s is not loaded and could not be found", inspect_atom(c, module));
}

struct core *expand_require(struct cx *c, term meta, term args)
{
    term base, list, as;
    int line = c->line = meta_line(c, meta);
    term options = options_of(c, "require", args, (const term[]){AM_as, AM_warn, 0});
    if (is_multi(head(args), &base, &list)) return each_of(c, "require", expand_require, meta, base, list, tail(args));
    term module = directive_module(c, "require", head(args));
    c->line = line;
    need_module(c, module);
    env_require(c, module);
    trace_directive(c, line, "require", module, TERM_NONE, options);
    if (keyword_get(options, AM_as, &as)) add_alias_as(c, meta, module, options, true, as);
    return core_lit(c, module);
}

// ---- import

static struct import_entry *without(struct cx *c, struct import_entry *list, term module)
{
    if (!list) return NULL;
    struct import_entry *rest = without(c, list->next, module);
    if (list->module == module) return rest;
    if (rest == list->next) return list;
    struct import_entry *e = arena_new(c->a, struct import_entry);
    *e = *list;
    e->next = rest;
    return e;
}

static struct import_entry *imported(struct import_entry *list, term module)
{
    while (list && list->module != module) list = list->next;
    return list;
}

static bool listed(term list, term pair)
{
    for (; is_cons(list); list = tail(list))
        if (term_same(head(list), pair)) return true;
    return false;
}

// The entries of `from` that are (or are not) in `list`.
static struct import_entry *filtered(struct cx *c, struct import_entry *from, term list, bool keep)
{
    struct import_entry *e = arena_new(c->a, struct import_entry);
    *e = (struct import_entry){.module = from->module, .names = name_set_new(c->a, 16), .list = TERM_NIL};
    for (term l = list_reverse(c, from->list); is_cons(l); l = tail(l))
        if (listed(list, head(l)) == keep) {
            name_set_add(c->a, e->names, name_key(tuple_get(head(l), 0), (unsigned)small_value(tuple_get(head(l), 1))));
            e->list = mk_cons(c->h, head(l), e->list);
        }
    return e;
}

static struct import_entry *without_underscored(struct cx *c, struct import_entry *e)
{
    term hidden = TERM_NIL;
    for (term l = e->list; is_cons(l); l = tail(l))
        if (atom_c_text(c, tuple_get(head(l), 0))[0] == '_') hidden = mk_cons(c->h, head(l), hidden);
    return is_nil(hidden) ? e : filtered(c, e, hidden, false);
}

static struct import_entry *only_sigils(struct cx *c, struct import_entry *e)
{
    term sigils = TERM_NIL;
    for (term l = e->list; is_cons(l); l = tail(l))
        if (!strncmp(atom_c_text(c, tuple_get(head(l), 0)), "sigil_", 6) && tuple_get(head(l), 1) == make_small(2))
            sigils = mk_cons(c->h, head(l), sigils);
    return filtered(c, e, sigils, true);
}

static term import_list_option(struct cx *c, term q, const char *name)
{
    struct core *k = expand(c, q);
    bool pairs = core_is_lit(k) && is_keyword_list(k->lit);
    for (term l = pairs ? k->lit : TERM_NIL; is_cons(l); l = tail(l)) pairs &= is_small(tuple_get(head(l), 1));
    if (core_is_lit(k) && is_list(k->lit) && !pairs)
        fail_compile(c, c->line, "invalid :%s option for import, expected a keyword list with integer values", name);
    if (!pairs)
        fail_compile(c, c->line, strcmp(name, "only") ? "invalid :%s option for import, expected value to be a list literal, got: %s"
                                                      : "invalid :%s option for import, expected value to be an atom :functions, :macros, or a list "
                                                        "literal, got: %s",
                     name, show(c, q));
    for (term l = k->lit; is_cons(l); l = tail(l))
        if (listed(tail(l), head(l)))
            fail_compile(c, c->line, "invalid :%s option for import, %s/%s is duplicated", name, atom_c_text(c, tuple_get(head(l), 0)),
                         inspect(c, tuple_get(head(l), 1)));
    return k->lit;
}

static void check_no_special_forms(struct cx *c, term module, const struct import_entry *names)
{
    for (term l = names ? names->list : TERM_NIL; is_cons(l); l = tail(l)) {
        term name = tuple_get(head(l), 0), arity = tuple_get(head(l), 1);
        if (is_special_form(c, name, (unsigned)small_value(arity)))
            fail_compile(c, c->line, "cannot import %s.%s/%u because it conflicts with Elixir special forms", inspect_atom(c, module),
                         atom_c_text(c, name), (unsigned)small_value(arity));
    }
}

static void check_only(struct cx *c, term module, term list, struct import_entry *functions, struct import_entry *macros)
{
    for (; is_cons(list); list = tail(list))
        if (!listed(functions->list, head(list)) && !listed(macros->list, head(list)))
            fail_compile(c, c->line, "cannot import %s.%s/%s because it is undefined or private", inspect_atom(c, module),
                         atom_c_text(c, tuple_get(head(list), 0)), inspect(c, tuple_get(head(list), 1)));
}

static void put_imports(struct cx *c, term meta, term options, struct import_entry *functions, struct import_entry *macros, term module)
{
    struct env *e = env_copy(c);
    struct usage *usage = NULL;
    term only;
    if (e->lexical && should_warn(meta, options)) {
        usage = usage_new(c, module, c->line, true);
        if (keyword_get(options, AM_only, &only) && is_cons(only)) usage->only = term_copy(c->vm, &usage->a->heap, only);
    }
    e->functions = without(c, e->functions, module);
    e->macros = without(c, e->macros, module);
    if (functions && functions->names->count) {
        functions->usage = usage;
        functions->next = e->functions;
        e->functions = functions;
    }
    if (macros && macros->names->count) {
        macros->usage = usage;
        macros->next = e->macros;
        e->macros = macros;
    }
}

struct core *expand_import(struct cx *c, term meta, term args)
{
    term base, list, only, except;
    int line = c->line = meta_line(c, meta);
    term options = options_of(c, "import", args, (const term[]){AM_only, AM_except, AM_warn, 0});
    if (is_multi(head(args), &base, &list)) return each_of(c, "import", expand_import, meta, base, list, tail(args));
    term module = directive_module(c, "import", head(args));
    c->line = line;
    need_module(c, module);
    env_require(c, module);
    struct import_entry *functions = module_names(c, module, false), *macros = module_names(c, module, true);
    bool has_only = keyword_get(options, AM_only, &only), has_except = keyword_get(options, AM_except, &except);
    if (has_only && has_except && is_list(only))
        fail_compile(c, line, ":only and :except can only be given together to import when :only is :functions, :macros, or :sigils");
    if (has_only && only == AM_functions) functions = without_underscored(c, functions), macros = NULL;
    else if (has_only && only == AM_macros && strncmp(atom_c_text(c, module), "Elixir.", 7))
        fail_compile(c, line, "could not load macros from module %s", inspect_atom(c, module));
    else if (has_only && only == AM_macros) macros = without_underscored(c, macros), functions = NULL;
    else if (has_only && only == AM_sigils) functions = only_sigils(c, functions), macros = only_sigils(c, macros);
    else if (has_only) {
        only = import_list_option(c, only, "only");
        check_only(c, module, only, functions, macros);
        functions = filtered(c, functions, only, true);
        macros = filtered(c, macros, only, true);
    } else {
        functions = without_underscored(c, functions);
        macros = without_underscored(c, macros);
    }
    if (has_except) {
        except = import_list_option(c, except, "except");
        struct import_entry *old_functions = imported(c->env->functions, module), *old_macros = imported(c->env->macros, module);
        if (!has_only && (old_functions || old_macros)) {
            functions = old_functions;
            macros = old_macros;
        }
        if (functions) functions = filtered(c, functions, except, false);
        if (macros) macros = filtered(c, macros, except, false);
    }
    check_no_special_forms(c, module, functions);
    check_no_special_forms(c, module, macros);
    put_imports(c, meta, options, functions, macros, module);
    trace_directive(c, line, "import", module, TERM_NONE, options);
    trace_directive(c, line, "require", module, TERM_NONE, options);
    return core_lit(c, module);
}
