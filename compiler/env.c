// SPDX-License-Identifier: Apache-2.0
// Environments: aliases, imports, requires; units and their records; the way to and from %Macro.Env{}.
// See env.h for the invariants. Import tables are sets of name/arity, made once per import and shared by all copies of an env.
#include "expand.h"

#include "../vm/sched.h"

#include <stdlib.h>

// ---- name sets

struct name_set *name_set_new(struct arena *a, uint32_t expected)
{
    struct name_set *s = arena_new(a, struct name_set);
    s->capacity = 16;
    while (s->capacity < expected * 2) s->capacity *= 2;
    s->slots = arena_array(a, uint64_t, s->capacity);
    return s;
}

static uint32_t name_slot(const struct name_set *s, uint64_t key)
{
    uint32_t i = (uint32_t)((key * 0x9e3779b97f4a7c15ull) >> 32) & (s->capacity - 1);
    while (s->slots[i] && s->slots[i] != key) i = (i + 1) & (s->capacity - 1);
    return i;
}

void name_set_add(struct arena *a, struct name_set *s, uint64_t key)
{
    uint32_t i = name_slot(s, key);
    if (s->slots[i]) return;
    if (++s->count * 2 > s->capacity) {
        struct name_set old = *s;
        s->capacity *= 2;
        s->slots = arena_array(a, uint64_t, s->capacity);
        for (uint32_t j = 0; j < old.capacity; j++)
            if (old.slots[j]) s->slots[name_slot(s, old.slots[j])] = old.slots[j];
        i = name_slot(s, key);
    }
    s->slots[i] = key;
}

bool name_set_has(const struct name_set *s, uint64_t key) { return s->slots[name_slot(s, key)] != 0; }

// ---- units and records

struct compile_state *compile_state(struct vm *vm)
{
    if (!vm->compiling && !(vm->compiling = calloc(1, sizeof *vm->compiling))) abort();
    return vm->compiling;
}

void compile_state_free(struct vm *vm)
{
    while (vm->compiling && vm->compiling->units) compile_arena_gone(vm, vm->compiling->units->a);
    if (vm->compiling) {
        place_forget(vm);
        free(vm->compiling->story);
        free(vm->compiling->story_of);
        codegen_state_free(vm->compiling);
        for (int i = 0; i < 2; i++) free(vm->compiling->kernel[i]);
    }
    free(vm->compiling);
    vm->compiling = NULL;
}

static void drop_unit(struct unit **at)
{
    struct unit *u = *at;
    *at = u->next;
    free(u);
}

void compile_arena_gone(struct vm *vm, struct arena *a)
{
    if (!vm->compiling) return;
    for (struct unit **u = &vm->compiling->units; *u;)
        if ((*u)->a == a) drop_unit(u);
        else u = &(*u)->next;
}

struct unit *units_of(struct vm *vm)
{
    if (!vm->compiling) return NULL;
    for (struct unit **u = &vm->compiling->units; *u;)
        if (process_find(vm, (*u)->pid) != (*u)->p) drop_unit(u);
        else u = &(*u)->next;
    return vm->compiling->units;
}

void compile_set_on_object(struct vm *vm, void (*fn)(void *, struct vm *, struct object *), void *ctx)
{
    struct compile_state *s = compile_state(vm);
    s->on_object = fn;
    s->on_object_ctx = ctx;
}

struct unit *unit_new(struct cx *c)
{
    struct compile_state *s = compile_state(c->vm);
    struct unit *u = malloc(sizeof *u);
    if (!u) abort();
    *u = (struct unit){.a = c->a, .p = c->p, .pid = c->p->pid, .serial = ++s->next_serial, .compiled = TERM_NIL, .next = s->units};
    s->units = u;
    return u;
}

term record_add(struct cx *c, struct unit *u, struct record r)
{
    (void)c;
    if (u->nrecords == u->capacity) {
        unsigned capacity = u->capacity ? u->capacity * 2 : 32;
        struct record *bigger = arena_array(u->a, struct record, capacity);
        if (u->nrecords) memcpy(bigger, u->records, u->nrecords * sizeof *bigger);
        u->records = bigger;
        u->capacity = capacity;
    }
    u->records[u->nrecords] = r;
    return make_small((int64_t)(u->serial << RECORD_BITS | u->nrecords++));
}

struct record *record_find(struct vm *vm, term handle, struct unit **unit)
{
    if (!is_small(handle)) return NULL;
    uint64_t serial = (uint64_t)small_value(handle) >> RECORD_BITS, index = (uint64_t)small_value(handle) & ((1u << RECORD_BITS) - 1);
    for (struct unit *u = units_of(vm); u; u = u->next)
        if (u->serial == serial) {
            if (unit) *unit = u;
            return index < u->nrecords ? &u->records[index] : NULL;
        }
    return NULL;
}

struct module_state *module_find(struct vm *vm, term name)
{
    for (struct unit *u = units_of(vm); u; u = u->next)
        if (u->module && u->module->name == name) return u->module;
    return NULL;
}

// ---- environments

struct env *env_copy(struct cx *c)
{
    struct env *e = arena_new(c->a, struct env);
    *e = *c->env;
    return c->env = e;
}

static struct name_set *names_of_list(struct cx *c, term list)
{
    struct name_set *s = name_set_new(c->a, list_count(list));
    for (; is_cons(list); list = tail(list)) {
        term pair = head(list);
        if (is_tuple_of(pair, 2) && is_atom(tuple_get(pair, 0)) && is_small(tuple_get(pair, 1)))
            name_set_add(c->a, s, name_key(tuple_get(pair, 0), (unsigned)small_value(tuple_get(pair, 1))));
    }
    return s;
}

static const struct { const char *name; uint8_t arity; } builtin_macros[] = {
    {"@", 1}, {"def", 1}, {"def", 2}, {"defmacro", 1}, {"defmacro", 2}, {"defmacrop", 1}, {"defmacrop", 2},
    {"defmodule", 2}, {"defp", 1}, {"defp", 2},
};
static const struct { const char *module, *name; uint8_t arity; } rewritten[] = {
#define REWRITE(MOD, NAME, ARITY, ERLMOD, ERLNAME, ORDER) {MOD, NAME, ARITY},
#include "rewrite.def"
#undef REWRITE
};

term builtin_macro_pairs(struct cx *c)
{
    term list = TERM_NIL;
    for (size_t i = 0; i < sizeof builtin_macros / sizeof *builtin_macros; i++)
        list = mk_cons(c->h, mk_tuple2(c->h, atom_c(c, builtin_macros[i].name), make_small(builtin_macros[i].arity)), list);
    return list;
}

static bool text_starts(struct atom_text t, const char *prefix) { return t.len >= strlen(prefix) && !memcmp(t.bytes, prefix, strlen(prefix)); }

static term name_pair(struct cx *c, term name, unsigned arity) { return mk_tuple2(c->h, name, make_small(arity)); }

static void add_name(struct cx *c, struct import_entry *e, term name, unsigned arity)
{
    if (name_set_has(e->names, name_key(name, arity))) return;
    name_set_add(c->a, e->names, name_key(name, arity));
    e->list = mk_cons(c->h, name_pair(c, name, arity), e->list);
}

// Keeps e->list in alphabetical order; its cells are fresh.
static void add_sorted(struct cx *c, struct import_entry *e, term name, unsigned arity)
{
    term *at = &e->list;
    for (; is_cons(*at); at = &cons_ptr(*at)[1]) {
        int order = strcmp(atom_c_text(c, tuple_get(head(*at), 0)), atom_c_text(c, name));
        if (order > 0 || (!order && small_value(tuple_get(head(*at), 1)) > arity)) break;
    }
    term rest = *at;
    add_name(c, e, name, arity);
    if (at == &e->list) return;
    term added = e->list;
    e->list = tail(added);
    cons_ptr(added)[1] = rest;
    *at = added;
}

struct import_entry *module_names(struct cx *c, term module, bool macros)
{
    struct import_entry *e = arena_new(c->a, struct import_entry);
    *e = (struct import_entry){.module = module, .names = name_set_new(c->a, 32), .list = TERM_NIL};
    bool loaded = !module_find(c->vm, module) && code_ensure_loaded(c->vm, module);
    term all = loaded ? list_reverse(c, code_exports(c->vm, c->h, module)) : TERM_NIL;
    for (; is_cons(all); all = tail(all)) {
        term name = tuple_get(head(all), 0);
        unsigned arity = (unsigned)small_value(tuple_get(head(all), 1));
        struct atom_text text = atom_text(c->vm, name);
        if (text_starts(text, "MACRO-")) {
            if (macros && arity) add_name(c, e, atom_of_code(c->vm, text.bytes + 6, text.len - 6), arity - 1);
        } else if (!macros) add_name(c, e, name, arity);
    }
    if (module == AM_Kernel && macros)
        for (size_t i = 0; i < sizeof builtin_macros / sizeof *builtin_macros; i++)
            add_sorted(c, e, atom_c(c, builtin_macros[i].name), builtin_macros[i].arity);
    if (module == AM_Kernel && !macros && !loaded)
        for (size_t i = 0; i < sizeof rewritten / sizeof *rewritten; i++)
            if (!strcmp(rewritten[i].module, "Elixir.Kernel")) add_name(c, e, atom_c(c, rewritten[i].name), rewritten[i].arity);
    return e;
}

bool is_builtin_macro(term name, unsigned arity)
{
    switch (name) {
    case AM_op_at: return arity == 1;
    case AM_def: case AM_defp: case AM_defmacro: case AM_defmacrop: return arity == 1 || arity == 2;
    case AM_defmodule: return arity == 2;
    }
    return false;
}

// Kernel's names are gathered once: entry, set and slots in one block; the list in the literal area, so that making a %Macro.Env{} does not copy it.
static void keep_kernel_names(struct cx *c, struct import_entry **kept, const struct import_entry *e)
{
    size_t slots = e->names->capacity * sizeof *e->names->slots;
    struct import_entry *copy = malloc(sizeof *copy + sizeof *copy->names + slots);
    if (!copy) abort();
    *copy = *e;
    copy->list = code_literal(c->vm, e->list);
    copy->names = memcpy(copy + 1, e->names, sizeof *e->names);
    copy->names->slots = memcpy(copy->names + 1, e->names->slots, slots);
    *kept = copy;
}

static struct import_entry *kernel_names(struct cx *c, bool macros)
{
    struct import_entry **kept = &compile_state(c->vm)->kernel[macros], *e = *kept ? arena_new(c->a, struct import_entry) : module_names(c, AM_Kernel, macros);
    if (!*kept && code_is_loaded(c->vm, AM_Kernel)) keep_kernel_names(c, kept, e);
    if (*kept) *e = **kept;
    return e;
}

static void env_import_kernel(struct cx *c)
{
    struct env *e = env_copy(c);
    struct import_entry *functions = kernel_names(c, false), *macros = kernel_names(c, true);
    functions->next = e->functions;
    macros->next = e->macros;
    e->functions = functions;
    e->macros = macros;
    env_require(c, AM_Kernel);
}

struct env *env_for_file(struct cx *c, term file)
{
    struct env *e = arena_new(c->a, struct env);
    *e = (struct env){.module = AM_nil, .function = AM_nil, .file = file};
    c->env = e;
    env_import_kernel(c);
    env_require(c, atom_c(c, "Elixir.Application"));
    env_require(c, atom_c(c, "Elixir.Kernel.Typespec"));
    return c->env;
}

bool env_requires(const struct env *e, term module)
{
    for (struct atom_entry *r = e->requires; r; r = r->next)
        if (r->atom == module) return true;
    return false;
}

void env_require(struct cx *c, term module)
{
    if (env_requires(c->env, module)) return;
    struct atom_entry *r = arena_new(c->a, struct atom_entry);
    *r = (struct atom_entry){module, c->env->requires};
    env_copy(c)->requires = r;
}

bool ensure_module(struct cx *c, term module)
{
    return module_here(c, module) || await_module(c, module);
}

// What an alias stands for may itself have become an alias since; atoms may make a circle of that.
term alias_lookup(struct cx *c, term from)
{
    enum { MOST_STEPS = 64 };
    term found = TERM_NONE;
    for (unsigned steps = 0; steps < MOST_STEPS; steps++) {
        struct alias_entry *a = c->env->aliases;
        while (a && a->from != from) a = a->next;
        if (!a) return found;
        if (a->usage) a->usage->used = true;
        if (a->to == from) return found;
        found = from = a->to;
    }
    return found;
}

struct usage *usage_new(struct cx *c, term what, int line, bool import)
{
    struct lexical *l = c->env->lexical;
    struct usage **at = &l->usages;
    while (*at && ((*at)->what != what || (*at)->import != import)) at = &(*at)->next;
    struct usage *u = *at;
    if (u) *at = u->next;       // said again: who uses the older one uses this one
    else u = arena_new(l->a, struct usage);
    *u = (struct usage){.what = what, .only = TERM_NIL, .line = line, .import = import, .a = l->a, .next = l->usages};
    return l->usages = u;
}

void usage_mark(struct usage *u, uint64_t key)
{
    if (!u) return;
    u->used = true;
    if (is_nil(u->only)) return;
    if (!u->seen) u->seen = name_set_new(u->a, 16);
    name_set_add(u->a, u->seen, key);
}

static void report_import(struct cx *c, const struct usage *u)
{
    const char *module = inspect_atom(c, u->what);
    if (!u->used) warn_at(c, u->line, IN_FILE, "unused import %s", module);
    for (term l = u->used ? u->only : TERM_NIL; is_cons(l); l = tail(l)) {
        term name = tuple_get(head(l), 0);
        unsigned arity = (unsigned)small_value(tuple_get(head(l), 1));
        if (!u->seen || !name_set_has(u->seen, name_key(name, arity)))
            warn_at(c, u->line, IN_FILE, "unused import %s.%s/%u", module, atom_c_text(c, name), arity);
    }
}

// Aliases first, then imports, each in the order of the file.
void report_usages(struct cx *c, struct lexical *l)
{
    unsigned n = 0;
    for (struct usage *u = l->usages; u; u = u->next) n++;
    struct usage **list = arena_array(c->a, struct usage *, n + 1);
    n = 0;
    for (struct usage *u = l->usages; u; u = u->next) list[n++] = u;
    for (unsigned i = n; i--;)
        if (!list[i]->import && !list[i]->used) warn_at(c, list[i]->line, IN_FILE, "unused alias %s", inspect_atom(c, list[i]->what));
    for (unsigned i = n; i--;)
        if (list[i]->import) report_import(c, list[i]);
}

void env_add_alias(struct cx *c, term from, term to, term meta, bool warn)
{
    struct alias_entry *a = arena_new(c->a, struct alias_entry);
    term counter = meta_get(meta, AM_counter);
    *a = (struct alias_entry){.from = from, .to = to};
    struct env *e = env_copy(c);
    if (e->lexical && warn) a->usage = usage_new(c, from, meta_line(c, meta), false);
    a->next = e->aliases;
    e->aliases = a;
    if (counter != TERM_NONE) {     // made by a macro: found by the hygiene of its own quotes
        struct alias_entry *m = arena_new(c->a, struct alias_entry);
        *m = (struct alias_entry){.from = mk_tuple2(c->h, from, counter), .to = to, .next = e->macro_aliases};
        e->macro_aliases = m;
    }
}

// ---- to %Macro.Env{} and back

static term atom_list(struct heap *h, struct atom_entry *e)
{
    term list = TERM_NIL;
    term *at = &list;
    for (; e; e = e->next, at = &cons_ptr(*at)[1]) *at = mk_cons(h, e->atom, TERM_NIL);
    return list;
}

static int by_text(struct vm *vm, term a, term b)
{
    struct atom_text x = atom_text(vm, a), y = atom_text(vm, b);
    int r = memcmp(x.bytes, y.bytes, x.len < y.len ? x.len : y.len);
    return r ? r : (int)x.len - (int)y.len;
}

static term sorted_atom_list(struct vm *vm, struct heap *h, struct atom_entry *e)
{
    term list = TERM_NIL;
    for (; e; e = e->next) {
        term *at = &list;
        while (is_cons(*at) && by_text(vm, head(*at), e->atom) < 0) at = &cons_ptr(*at)[1];
        *at = mk_cons(h, e->atom, *at);
    }
    return list;
}

static term import_list(struct vm *vm, struct heap *h, struct import_entry *e)
{
    if (!e) return TERM_NIL;
    term rest = import_list(vm, h, e->next);
    return mk_cons(h, mk_tuple2(h, e->module, is_literal(vm, e->list) ? e->list : term_copy(vm, h, e->list)), rest);
}

// Oldest first; of aliases for the same name only the newest counts.
static term alias_list(struct heap *h, struct alias_entry *e)
{
    term list = TERM_NIL;
    for (struct alias_entry *a = e; a; a = a->next) {
        bool hidden = false;
        for (struct alias_entry *b = e; b != a && !hidden; b = b->next) hidden = b->from == a->from;
        if (!hidden && is_atom(a->from)) list = mk_cons(h, mk_tuple2(h, a->from, a->to), list);
    }
    return list;
}

static term vars_map(struct vm *vm, struct heap *h, struct binding *vars)
{
    unsigned n = 0;
    for (struct binding *b = vars; b; b = b->next) n++;
    term *keys = malloc((n + 1) * 2 * sizeof(term)), *values = keys + n + 1;
    if (!keys) abort();
    unsigned at = n;
    for (struct binding *b = vars; b; b = b->next) {
        at--;
        keys[at] = mk_tuple2(h, b->name, is_atom(b->context) || is_small(b->context) ? b->context : term_copy(vm, h, b->context));
        values[at] = make_small(at);
    }
    term map = map_from_pairs(vm, h, n, keys, values);
    free(keys);
    return map;
}

static const char *const env_keys[] = {
    "__struct__", "aliases", "context", "context_modules", "file", "function", "functions", "lexical_tracker",
    "line", "macro_aliases", "macros", "module", "requires", "tracers", "versioned_vars",
};
enum { ENV_KEYS = sizeof env_keys / sizeof *env_keys };

term env_to_map(struct vm *vm, struct heap *h, const struct live_env *live)
{
    const struct env *e = live->env;
    term keys[ENV_KEYS], values[ENV_KEYS];
    for (int i = 0; i < ENV_KEYS; i++) keys[i] = atom_from_c(vm, env_keys[i]);
    unsigned i = 0;
    values[i++] = AM_MacroEnv;
    values[i++] = alias_list(h, e->aliases);
    values[i++] = live->context == CONTEXT_MATCH ? AM_match : live->context == CONTEXT_GUARD ? AM_guard : AM_nil;
    values[i++] = atom_list(h, e->context_modules);
    values[i++] = term_copy(vm, h, e->file);
    values[i++] = e->function == AM_nil ? AM_nil : mk_tuple2(h, e->function, make_small(e->arity));
    values[i++] = import_list(vm, h, e->functions);
    values[i++] = AM_nil;
    values[i++] = make_small(live->line);
    values[i++] = TERM_NIL;
    values[i++] = import_list(vm, h, e->macros);
    values[i++] = e->module;
    values[i++] = sorted_atom_list(vm, h, e->requires);
    values[i++] = TERM_NIL;
    values[i++] = vars_map(vm, h, live->vars);
    return map_from_pairs(vm, h, ENV_KEYS, keys, values);
}

static term field(struct cx *c, term map, const char *key)
{
    term v = map_get(c->vm, map, atom_c(c, key));
    return v == TERM_NONE ? AM_nil : v;
}

// What comes from outside is taken as far as it is of the right form.
static struct import_entry *imports_from(struct cx *c, term list)
{
    struct import_entry *entries = NULL, **at = &entries;
    for (; is_cons(list); list = tail(list)) {
        if (!is_tuple_of(head(list), 2) || !is_atom(tuple_get(head(list), 0))) continue;
        struct import_entry *e = *at = arena_new(c->a, struct import_entry);
        *e = (struct import_entry){.module = tuple_get(head(list), 0), .list = tuple_get(head(list), 1)};
        e->names = names_of_list(c, e->list);
        at = &e->next;
    }
    return entries;
}

static struct atom_entry *atoms_from(struct cx *c, term list)
{
    struct atom_entry *entries = NULL, **at = &entries;
    for (; is_cons(list); list = tail(list)) {
        if (!is_atom(head(list))) continue;
        *at = arena_new(c->a, struct atom_entry);
        **at = (struct atom_entry){head(list), NULL};
        at = &(*at)->next;
    }
    return entries;
}

static struct alias_entry *aliases_from(struct cx *c, term list)
{
    struct alias_entry *aliases = NULL;
    for (; is_cons(list); list = tail(list)) {
        if (!is_tuple_of(head(list), 2) || !is_atom(tuple_get(head(list), 0)) || !is_atom(tuple_get(head(list), 1))) continue;
        struct alias_entry *a = arena_new(c->a, struct alias_entry);
        *a = (struct alias_entry){.from = tuple_get(head(list), 0), .to = tuple_get(head(list), 1), .next = aliases};
        aliases = a;
    }
    return aliases;
}

void env_from_options(struct cx *c, term options)
{
    struct env *e = env_copy(c);
    for (; is_cons(options); options = tail(options)) {
        if (!is_tuple_of(head(options), 2)) continue;
        term key = tuple_get(head(options), 0), value = tuple_get(head(options), 1);
        if (key == atom_c(c, "functions")) e->functions = imports_from(c, value);
        else if (key == atom_c(c, "macros")) e->macros = imports_from(c, value);
        else if (key == atom_c(c, "aliases")) e->aliases = aliases_from(c, value);
        else if (key == atom_c(c, "requires")) e->requires = atoms_from(c, value);
    }
}

bool env_from_map(struct cx *c, term map, struct live_env *out)
{
    if (!is_map(map) || map_get(c->vm, map, AM__struct_) != AM_MacroEnv) return false;
    struct env *e = arena_new(c->a, struct env);
    term module = field(c, map, "module"), file = field(c, map, "file"), function = field(c, map, "function"), context = field(c, map, "context");
    *e = (struct env){.module = is_atom(module) ? module : AM_nil, .file = is_binary(file) ? file : mk_binary_str(c->h, "nofile"),
                      .function = AM_nil};
    if (is_tuple_of(function, 2) && is_atom(tuple_get(function, 0)) && is_small(tuple_get(function, 1))) {
        e->function = tuple_get(function, 0);
        e->arity = (unsigned)small_value(tuple_get(function, 1));
    }
    e->aliases = aliases_from(c, field(c, map, "aliases"));
    e->functions = imports_from(c, field(c, map, "functions"));
    e->macros = imports_from(c, field(c, map, "macros"));
    e->requires = atoms_from(c, field(c, map, "requires"));
    e->context_modules = atoms_from(c, field(c, map, "context_modules"));
    struct binding *vars = NULL;
    struct map_iter it;
    term versioned = field(c, map, "versioned_vars"), key, value;
    if (is_map(versioned)) {
        map_iter_init(&it, versioned);
        while (map_iter_next(&it, &key, &value)) {
            if (!is_tuple_of(key, 2) || !is_atom(tuple_get(key, 0))) continue;
            struct binding *b = arena_new(c->a, struct binding);
            *b = (struct binding){.name = tuple_get(key, 0), .context = tuple_get(key, 1), .next = vars};
            b->var = var_fresh(c, "v");
            b->var->name = b->name;
            vars = b;
        }
    }
    term line = field(c, map, "line");
    *out = (struct live_env){.env = e, .line = is_small(line) ? (int)small_value(line) : 0, .vars = vars,
                             .context = context == AM_match ? CONTEXT_MATCH : context == AM_guard ? CONTEXT_GUARD : CONTEXT_NONE};
    return true;
}
