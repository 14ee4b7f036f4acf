// SPDX-License-Identifier: Apache-2.0
// :phial_compiler: what the language can ask of the compiler, and the bodies of its coroutines.
//
// Each body sets up a struct cx, catches failures by setjmp, and takes its unit off the list when it ends. A definition (`def`) works in the arena of
// its module, which outlives it.
#include "expand.h"

#include "parse.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct cx *cx_new(struct process *p, struct arena *a)
{
    struct cx *c = arena_new(a, struct cx);
    struct env *none = arena_new(a, struct env);
    *none = (struct env){.module = AM_nil, .function = AM_nil, .file = mk_binary_str(&a->heap, "nofile")};
    *c = (struct cx){.p = p, .vm = p->vm, .a = a, .h = &a->heap, .env = none};
    return c;
}

static struct call_result ok(term value) { return (struct call_result){.status = CALL_OK, .value = value}; }

// Runs fn with failures caught; the unit the arena may have got ends with it.
typedef term body_fn(struct cx *c, unsigned n, const term *args);
static struct call_result guarded(struct process *p, struct arena *a, body_fn *fn, unsigned n, const term *args)
{
    struct cx *c = cx_new(p, a);
    struct call_result r;
    if (setjmp(c->fail_to)) {
        if (c->unit && c->unit->source) place_failure(c);
        r = c->failure;
    } else r = ok(fn(c, n, args));
    compile_arena_gone(p->vm, a);
    return r;
}

// ---- source text

static bool option(term options, term key, term *value) { return is_list(options) && keyword_get(options, key, value); }

static char *c_string(struct cx *c, term bin)
{
    size_t len;
    const uint8_t *bytes = binary_bytes(c->h, bin, &len);
    char *s = arena_alloc(c->a, len + 1);
    memcpy(s, bytes, len);
    return s;
}

static void print_parse_warnings(struct cx *c, struct parse_warnings *w, term file)
{
    const char *path = c_string(c, relative_path(c->h, file));
    for (size_t i = 0; i < w->count; i++) {
        const char *text = cx_format(c, "%s", w->items[i].message);
        announce_warning(c, file, (int)w->items[i].line, (int)w->items[i].column, text);
        if (w->items[i].line)
            text = cx_format(c, "warning: %s\n  %s:%d:%d\n%s\n", text, path, w->items[i].line, w->items[i].column,
                             place_column_text(c, file, (int)w->items[i].line, w->items[i].column));
        else text = cx_format(c, "warning: %s\n", text);
        w->items[i].message[0] = 0;
        warn_text(c->p, c->a, text);
    }
}

enum { SNIPPET_MAX = 200 };     // bytes of a source line that a message shows

// The source line an error is in and where in it, for the exception's message; nil if it is empty.
static term snippet(struct cx *c, const char *src, size_t len, int line, int column)
{
    const char *end = src + len;
    for (; line > 1 && src < end; line--) {
        const char *nl = memchr(src, '\n', (size_t)(end - src));
        src = nl ? nl + 1 : end;
    }
    const char *nl = memchr(src, '\n', (size_t)(end - src));
    size_t width = (size_t)((nl ? nl : end) - src);
    if (width && src[width - 1] == '\r') width--;
    if (!width) return AM_nil;
    size_t offset = column > 0 ? (size_t)column - 1 : 0, from = 0;
    if (width > SNIPPET_MAX) {      // what is around the place is enough
        from = offset > SNIPPET_MAX / 2 ? offset - SNIPPET_MAX / 2 : 0;
        while (from && from < width && ((uint8_t)src[from] & 0xc0) == 0x80) from--;
        if (from > width) from = 0;
        width = width - from > SNIPPET_MAX ? SNIPPET_MAX : width - from;
        while (((uint8_t)src[from + width - 1] & 0x80) && width > 1 && from + width < (size_t)(end - src) &&
               ((uint8_t)src[from + width] & 0xc0) == 0x80) width--;
    }
    term keys[] = {atom_c(c, "content"), atom_c(c, "offset")};
    term values[] = {mk_binary(c->h, src + from, width), make_small((int64_t)(offset - from))};
    return map_from_pairs(c->vm, c->h, 2, keys, values);
}

_Noreturn static void fail_syntax(struct cx *c, term file, const char *src, size_t len, const struct parse_options *o, struct parse_error *e)
{
    static const char *const keys[] = {"__struct__", "__exception__", "file", "line", "column", "snippet", "description"};
    term names[7], values[7];
    for (int i = 0; i < 7; i++) names[i] = atom_c(c, keys[i]);
    const char *type = e->encoding ? "Elixir.UnicodeConversionError" : e->raised ? "Elixir.ArgumentError"
                     : e->missing ? "Elixir.TokenMissingError" : "Elixir.SyntaxError";
    term text = mk_binary_str(c->h, e->description ? e->description : e->message);
    struct call_result r = {.status = CALL_RAISED, .cls = AM_error, .trace = TERM_NIL};
    values[0] = atom_c(c, type);
    values[1] = AM_true;
    if (e->raised) {
        names[2] = AM_message;
        values[2] = text;
        names[3] = atom_c(c, "encoded");
        values[3] = mk_binary_str(c->h, "");
        r.reason = map_from_pairs(c->vm, c->h, e->encoding ? 4 : 3, names, values);
    } else {
        int column = e->line == o->line ? e->column - o->column + 1 : e->column;
        term source_line = e->suffix || e->bare || !e->column ? AM_nil : snippet(c, src, len, e->line - o->line + 1, column);
        term rest[] = {relative_path(c->h, file), make_small(e->line), e->column ? make_small(e->column) : AM_nil, source_line, text};
        memcpy(values + 2, rest, sizeof rest);
        r.reason = map_from_pairs(c->vm, c->h, 7, names, values);
    }
    if (c->unit && c->unit->source) place_syntax_error(c, file, src, len, e);
    parse_error_free(e);
    fail_raised(c, r);
}

// The quoted form of a whole file. What the parser allocated is released before anything can wait.
static term parse_text(struct cx *c, term source, term file)
{
    size_t len;
    const char *src = (const char *)binary_bytes(c->h, source, &len);
    struct parse_options o = parse_options_default();
    struct parse_error e = {0};
    struct parse_warnings w = {0}, kept = {0};
    term q = parse_source(c->vm, c->h, src, len, &o, &e, &w);
    if (w.count) {      // copied into the arena: printing waits
        kept.items = arena_array(c->a, struct parse_warning, w.count);
        for (size_t i = 0; i < w.count; i++) {
            kept.items[i] = w.items[i];
            kept.items[i].message = (char *)cx_format(c, "%s", w.items[i].message);
        }
        kept.count = w.count;
    }
    parse_warnings_free(&w);
    print_parse_warnings(c, &kept, file);
    if (q == TERM_NONE) fail_syntax(c, file, src, len, &o, &e);
    return q;
}

// ---- files

static void open_unit(struct cx *c)
{
    if (!c->unit) c->unit = unit_new(c);
    c->unit->is_file = true;
}

static term compile_quoted(struct cx *c, term q, term file)
{
    open_unit(c);
    struct env *e = env_for_file(c, file);
    struct lexical *lexical = arena_new(c->a, struct lexical);
    lexical->a = c->a;
    c->env = e;
    env_copy(c)->lexical = lexical;
    e = c->env;
    c->line = 1;
    trace_atom(c, "start");
    struct core *k = expand(c, q);
    scope_check_unused(c, NULL);
    c->env = e;
    check_useless_values(c, k);
    run_core(c, k, "__FILE__", NULL, AM_nil);
    trace_atom(c, "stop");
    report_usages(c, lexical);
    await_others(c);
    check_remote_calls(c, c->unit);
    verify_modules(c, c->unit);
    term list = TERM_NIL;
    for (term l = c->unit->compiled; is_cons(l); l = tail(l)) list = mk_cons(c->h, head(l), list);
    return list;
}

// The text stays at hand for what is to be said about it.
static void keep_source(struct cx *c, term source, term file)
{
    place_forget(c->vm);
    open_unit(c);
    c->unit->source = (const char *)binary_bytes(c->h, source, &c->unit->source_len);
    c->unit->source_file = file;
}

static term compile_string_in(struct cx *c, unsigned n, const term *args)
{
    (void)n;
    c->env->file = args[1];
    if (!strcmp(c_string(c, args[1]), "stdin")) keep_source(c, args[0], args[1]);
    return compile_quoted(c, parse_text(c, args[0], args[1]), args[1]);
}

static term compile_quoted_in(struct cx *c, unsigned n, const term *args)
{
    (void)n;
    return compile_quoted(c, args[0], args[1]);
}

static struct call_result compile_string_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    return guarded(p, a, compile_string_in, n, args);
}

static struct call_result compile_quoted_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    return guarded(p, a, compile_quoted_in, n, args);
}

// The bytes of a file as a binary in `h`, or TERM_NONE with errno.
static term read_file(struct heap *h, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) return TERM_NONE;
    size_t len = 0, capacity = 1 << 16, got;
    char *bytes = malloc(capacity);
    while (bytes && (got = fread(bytes + len, 1, capacity - len, f)) > 0) {
        len += got;
        if (len == capacity) bytes = realloc(bytes, capacity *= 2);
    }
    if (!bytes) abort();
    bool failed = ferror(f);
    fclose(f);
    term bin = failed ? TERM_NONE : mk_binary(h, bytes, len);
    free(bytes);
    return bin;
}

_Noreturn static void fail_file(struct cx *c, term path, int error)
{
    static const char *const keys[] = {"__struct__", "__exception__", "reason", "path", "action"};
    term names[5], values[] = {atom_c(c, "Elixir.File.Error"), AM_true,
                               atom_c(c, error == EACCES ? "eacces" : error == EISDIR ? "eisdir" : error == ENOTDIR ? "enotdir" : "enoent"), path,
                               mk_binary_str(c->h, "read file")};
    for (int i = 0; i < 5; i++) names[i] = atom_c(c, keys[i]);
    fail_raised(c, (struct call_result){.status = CALL_RAISED, .cls = AM_error, .trace = TERM_NIL,
                                        .reason = map_from_pairs(c->vm, c->h, 5, names, values)});
}

static term compile_file_in(struct cx *c, unsigned n, const term *args)
{
    (void)n;
    term source = read_file(c->h, c_string(c, args[0])), file = absolute_path(c, args[0]);
    if (source == TERM_NONE) fail_file(c, args[0], errno);
    c->env->file = file;
    keep_source(c, source, file);
    return compile_quoted(c, parse_text(c, source, file), file);
}

static term compile_project_file_in(struct cx *c, unsigned n, const term *args)
{
    open_unit(c);
    c->unit->kept = true;
    term modules = compile_file_in(c, n, args);
    return mk_tuple2(c->h, modules, needs_list(c, c->unit));
}

static struct call_result compile_project_file_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    return guarded(p, a, compile_project_file_in, n, args);
}

static struct call_result compile_file_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    return guarded(p, a, compile_file_in, n, args);
}

NATIVE("phial_compiler", "compile_string", 2, compiler_compile_string, "Compiles and runs source text; [{module, binary}] of the modules it defined.")
{
    if (!is_binary(arg[0]) || !is_binary(arg[1])) return raise_badarg(p, 1, "not a binary");
    return compiler_start(p, compile_string_body, 2, arg);
}

NATIVE("phial_compiler", "compile_quoted", 2, compiler_compile_quoted, "As compile_string/2, of a quoted form.")
{
    return compiler_start(p, compile_quoted_body, 2, arg);
}

NATIVE("phial_compiler", "compile_file", 1, compiler_compile_file, "Compiles and runs a file; [{module, binary}] of the modules it defined.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    return compiler_start(p, compile_file_body, 1, arg);
}

NATIVE("phial_compiler", "compile_project_file", 1, compiler_compile_project_file,
       "As compile_file/1, and the modules it used meanwhile: {[{module, binary}], [module]}.")
{
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    return compiler_start(p, compile_project_file_body, 1, arg);
}

// ---- definitions and modules

// A definition fills its module's arena while it runs on this coroutine's stack: the limit of the stack is this one's meanwhile.
static void borrow_arena(struct cx *c, const struct arena *own)
{
    c->outer_stack_low = c->a->stack_low;
    c->a->stack_low = own->stack_low;
}

static void return_arena(struct cx *c)
{
    if (c->m) c->a->stack_low = c->outer_stack_low;
}

// One more definition behind one that failed: what is wrong with it is told too. It is not stored, and nothing is warned about.
static void try_definition(struct cx *c, struct pending_def d)
{
    const char *text;
    int line;
    term file;
    // Where the failure before left off (a pattern, a macro on a stack that is gone) is forgotten.
    *c = (struct cx){.p = c->p, .vm = c->vm, .a = c->a, .h = c->h, .unit = c->unit, .m = c->m, .outer_stack_low = c->outer_stack_low};
    if (!setjmp(c->fail_to)) {
        definition_try(c, &d);
        return;
    }
    // A macro that is defined further down looks like a function yet.
    if (compile_error_parts(c, &c->failure, &text, &line, &file) && strncmp(text, "the function ", 13) &&
        strncmp(text, "cannot find or invoke local", 27))
        place_also(c, file, line, text);
}

static void gather_errors(struct cx *c, struct unit *u, term handle, const struct call_result *failure)
{
    enum { MOST = 200 };
    const char *text;
    int line;
    term file;
    if (!compile_error_parts(c, failure, &text, &line, &file) || !*place_text(c, file, line, text)) return;
    struct compile_state *state = compile_state(c->vm);
    unsigned first = (unsigned)(small_value(handle) & ((1 << RECORD_BITS) - 1)) + 1, last = u->nrecords < first + MOST ? u->nrecords : first + MOST;
    state->quiet = true;
    for (unsigned i = first; i < last; i++) {
        struct record *r = &u->records[i];
        if (r->kind == RECORD_DEF && r->def->env->module == c->m->name && !r->def->unquotes && r->def->body != AM_nil) try_definition(c, *r->def);
    }
    state->quiet = false;
}

static struct call_result def_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    struct unit *unit = NULL;
    struct record *r = record_find(p->vm, args[0], &unit);
    struct module_state *m = r && r->kind == RECORD_DEF ? module_find(p->vm, r->def->env->module) : NULL;
    struct cx *c = cx_new(p, m ? m->a : a);
    if (m) borrow_arena(c, a);
    if (setjmp(c->fail_to)) {
        struct call_result failure = c->failure;
        if (m && n == 1) gather_errors(c, unit, args[0], &failure);
        return return_arena(c), failure;
    }
    if (!m) fail_argument(c, "cannot define a function here: its module is not being compiled any more");
    struct pending_def d = *r->def;
    c->unit = m->unit;
    c->m = m;
    if (n == 3) d.call = term_copy(p->vm, c->h, args[1]), d.body = term_copy(p->vm, c->h, args[2]);
    else if (unit->serial > m->unit->serial) d.call = term_copy(p->vm, c->h, d.call), d.body = term_copy(p->vm, c->h, d.body);
    c->def_line = d.line;
    struct def *def = definition_store(c, &d, d.call, d.body);
    compiler_breathe(p);
    return_arena(c);
    return ok(mk_tuple2(&a->heap, def->name, make_small(def->arity)));
}

NATIVE("phial_compiler", "def", 1, compiler_def, "Stores the definition of a record: what def, defp, defmacro and defmacrop become.")
{
    return compiler_start(p, def_body, 1, arg);
}

NATIVE("phial_compiler", "def", 3, compiler_def_unquoted, "As def/1, with head and body whose unquote fragments were evaluated.")
{
    return compiler_start(p, def_body, 3, arg);
}

static struct call_result defmodule_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    struct call_result r = define_module(p, a, n, args);
    compile_arena_gone(p->vm, a);
    return r;
}

NATIVE("phial_compiler", "defmodule", 3, compiler_defmodule, "Defines a module: its record, its name, the variables its body may read.")
{
    return compiler_start(p, defmodule_body, 3, arg);
}

NATIVE("phial_compiler", "create_module", 3, compiler_create_module, "Module.create: name, quoted body, environment.")
{
    struct heap *h = &p->heap;
    term line = is_map(arg[2]) ? map_get(p->vm, arg[2], AM_line) : TERM_NONE;
    term parts[] = {arg[2], arg[1], TERM_NIL, line == TERM_NONE || !is_small(line) ? make_small(0) : line};
    term args[] = {mk_tuple(h, 4, parts), arg[0], mk_tuple(h, 0, NULL)};
    return compiler_start(p, defmodule_body, 3, args);
}

// ---- evaluation

static void use_env(struct cx *c, const struct live_env *live)
{
    c->env = live->env;
    c->line = live->line;
    c->vars = live->vars;
    c->context = live->context;
    if (c->context == CONTEXT_MATCH) {      // a macro expands a part of a pattern: what it binds is of no consequence
        c->pattern = arena_new(c->a, struct pattern);
        *c->pattern = (struct pattern){0};
    }
    c->m = module_find(c->vm, live->env->module);
}

// A handle, a %Macro.Env{}, or options.
static void environment(struct cx *c, term env)
{
    struct live_env live;
    struct record *r = record_find(c->vm, env, NULL);
    if (r && r->kind == RECORD_ENV) return use_env(c, r->env);
    if (env_from_map(c, env, &live)) return use_env(c, &live);
    term file, line, module;
    c->env = env_for_file(c, option(env, AM_file, &file) && is_binary(file) ? file : mk_binary_str(c->h, "nofile"));
    if (option(env, AM_module, &module) && is_atom(module) && module != AM_nil) {
        env_copy(c)->module = module;
        c->m = module_find(c->vm, module);
    }
    env_from_options(c, env);
    c->line = option(env, AM_line, &line) && is_small(line) ? (int)small_value(line) : 1;
}

static struct core *bind_given(struct cx *c, term binding, struct var *arg, term *values)
{
    unsigned n = list_count(binding), at = 0;
    struct core *tuple = core_args(c, CORE_TUPLE, 0);
    tuple->args = arena_array(c->a, struct core *, n + 1);
    term *given = arena_array(c->a, term, n + 1);
    for (; is_cons(binding); binding = tail(binding)) {
        if (!is_tuple_of(head(binding), 2)) continue;
        term key = tuple_get(head(binding), 0);
        bool pair = is_tuple_of(key, 2);
        struct core *v = tuple->args[at] = core_new(c, CORE_VAR);
        v->var = scope_declare(c, pair ? tuple_get(key, 0) : key, pair ? tuple_get(key, 1) : AM_nil, c->line);
        v->var->uses = 1;
        given[at++] = tuple_get(head(binding), 1);
    }
    tuple->nargs = at;
    *values = mk_tuple(c->h, at, given);
    return at ? core_args(c, CORE_MATCH, 2, tuple, core_var(c, arg)) : NULL;
}

// The variables that can be named, in Elixir's order: by name, the last first.
static unsigned variables_by_name(struct cx *c, struct binding **list)
{
    unsigned n = 0;
    for (struct binding *b = c->vars; b; b = b->next) {
        if (scope_find(c->vars, b->name, b->context) != b) continue;
        unsigned at = n++;
        while (at && strcmp(atom_c_text(c, list[at - 1]->name), atom_c_text(c, b->name)) < 0) list[at] = list[at - 1], at--;
        list[at] = b;
    }
    return n;
}

// {value, {variable...}}, and the variables' keys.
static struct core *with_variables(struct cx *c, struct core *value, term *keys)
{
    unsigned n = 0;
    for (struct binding *b = c->vars; b; b = b->next) n++;
    struct core *tuple = core_args(c, CORE_TUPLE, 0);
    tuple->args = arena_array(c->a, struct core *, n + 1);
    *keys = TERM_NIL;
    struct var *result = var_fresh(c, "result");
    struct binding **list = arena_array(c->a, struct binding *, n + 1);
    n = variables_by_name(c, list);
    for (unsigned i = 0; i < n; i++) {
        struct binding *b = list[i];
        tuple->args[tuple->nargs++] = core_var(c, b->var);
        *keys = mk_cons(c->h, b->context == AM_nil ? b->name : mk_tuple2(c->h, b->name, b->context), *keys);
    }
    *keys = list_reverse(c, *keys);
    struct core *vars = tuple->nargs ? tuple : core_lit(c, mk_tuple(c->h, 0, NULL));
    struct core *both = core_args(c, CORE_TUPLE, 2, core_var(c, result), vars);
    return core_seq(c, 2, core_bind(c, result, value), both);
}

static term eval_in(struct cx *c, unsigned n, const term *args)
{
    (void)n;
    term values, keys, binding = TERM_NIL, given = args[1];
    c->unit = unit_new(c);
    c->unit->is_file = true;
    environment(c, args[2]);
    c->vars = NULL;
    c->context = CONTEXT_NONE;
    if (!c->m && c->env->function != AM_nil) env_copy(c)->function = AM_nil;
    struct var *arg = var_fresh(c, "binding");
    struct core *bind = bind_given(c, given, arg, &values), *body = expand(c, args[0]);
    struct binding *vars = c->vars;
    struct core *k = with_variables(c, body, &keys);
    c->declared = NULL;     // of the outermost scope nobody is told: the next evaluation may read it
    term result = run_evaluated(c, bind ? core_seq(c, 2, bind, k) : k, arg, values);
    check_remote_calls(c, c->unit);
    verify_modules(c, c->unit);
    term all = tuple_get(result, 1);
    for (unsigned i = (unsigned)tuple_arity(all); i-- > 0;)
        binding = mk_cons(c->h, mk_tuple2(c->h, list_at(keys, i), tuple_get(all, i)), binding);
    struct live_env live = {c->env, CONTEXT_NONE, c->env->module == AM_nil ? 1 : c->line, vars};
    return mk_tuple3(c->h, tuple_get(result, 0), binding, env_to_map(c->vm, c->h, &live));
}

static struct call_result eval_body(struct process *p, struct arena *a, unsigned n, const term *args) { return guarded(p, a, eval_in, n, args); }

NATIVE("phial_compiler", "eval_quoted", 3, compiler_eval_quoted, "{value, binding, env} of a quoted form; third: an environment or options.")
{
    if (!is_list(arg[1])) return raise_badarg(p, 2, "not a list");
    return compiler_start(p, eval_body, 3, arg);
}

// ---- text to quoted form

static int int_option(term options, term key, int otherwise)
{
    term v;
    return option(options, key, &v) && is_small(v) ? (int)small_value(v) : otherwise;
}

static bool bool_option(term options, term key, bool otherwise)
{
    term v;
    return option(options, key, &v) ? v != AM_false && v != AM_nil : otherwise;
}

static term parse_failure(struct process *p, struct parse_error *e)
{
    struct heap *h = &p->heap;
    term column = e->column ? mk_cons(h, mk_tuple2(h, AM_column, make_small(e->column)), TERM_NIL) : TERM_NIL;
    term meta = mk_cons(h, mk_tuple2(h, AM_line, make_small(e->line)), column);
    term message = mk_binary_str(h, e->message ? e->message : "");
    if (e->suffix) message = mk_tuple2(h, message, mk_binary_str(h, e->suffix));
    return mk_tuple2(h, AM_error, mk_tuple3(h, meta, message, mk_binary_str(h, e->token ? e->token : "")));
}

static term print_then(struct cx *c, unsigned n, const term *args)
{
    (void)n;
    for (term l = args[1]; is_cons(l); l = tail(l)) warn_text(c->p, c->a, c_string(c, head(l)));
    return args[0];
}

static struct call_result print_then_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    return guarded(p, a, print_then, n, args);
}

// The answer, after the parser's warnings have been printed.
static term with_warnings(struct process *p, term result, struct parse_warnings *w, term file)
{
    struct heap *h = &p->heap;
    term texts = TERM_NIL;
    size_t len = sizeof "nofile" - 1;
    const char *path = is_binary(file) ? (const char *)binary_bytes(h, file, &len) : "nofile";
    for (size_t i = w->count; i-- > 0;) {
        char text[2048];
        if (w->items[i].line)
            snprintf(text, sizeof text, "warning: %s\n  %.*s:%d:%d\n\n", w->items[i].message, (int)len, path, w->items[i].line, w->items[i].column);
        else snprintf(text, sizeof text, "warning: %s\n", w->items[i].message);
        texts = mk_cons(h, mk_binary_str(h, text), texts);
    }
    parse_warnings_free(w);
    if (is_nil(texts)) return result;
    term args[] = {result, texts};
    return compiler_start(p, print_then_body, 2, args);
}

static struct parse_options options_of(struct process *p, term list)
{
    struct parse_options o = parse_options_default();
    term wrapper;
    o.line = int_option(list, AM_line, 1);
    o.column = int_option(list, AM_column, 1);
    o.columns = bool_option(list, atom_from_c(p->vm, "columns"), false);
    o.token_metadata = bool_option(list, atom_from_c(p->vm, "token_metadata"), false);
    o.existing_atoms_only = bool_option(list, atom_from_c(p->vm, "existing_atoms_only"), false);
    o.unescape = bool_option(list, atom_from_c(p->vm, "unescape"), true);
    o.quotes_allowed = !bool_option(list, atom_from_c(p->vm, "warn_on_unnecessary_quotes"), true);
    if (option(list, atom_from_c(p->vm, "literal_wrapper"), &wrapper)) o.literal_wrapper = wrapper;
    return o;
}

NATIVE("phial_compiler", "string_to_quoted", 2, compiler_string_to_quoted, "{:ok, quoted} or {:error, {meta, message, token}}.")
{
    size_t len;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    const char *src = (const char *)binary_bytes(&p->heap, arg[0], &len);
    struct parse_options o = options_of(p, arg[1]);
    struct parse_error e = {0};
    struct heap *h = &p->heap;
    struct parse_warnings w = {0};
    term q = parse_source(p->vm, h, src, len, &o, &e, &w), file = AM_nil;
    native_charge(p, len / 100);
    option(arg[1], AM_file, &file);
    if (!bool_option(arg[1], atom_from_c(p->vm, "emit_warnings"), true)) parse_warnings_free(&w);
    if (q != TERM_NONE) return with_warnings(p, mk_tuple2(h, AM_ok, q), &w, file);
    term result = parse_failure(p, &e);
    const char *type = e.encoding ? "Elixir.UnicodeConversionError" : e.raised ? "Elixir.ArgumentError" : NULL;
    char text[512];
    snprintf(text, sizeof text, "%s", e.description ? e.description : e.message ? e.message : "");
    parse_error_free(&e);
    if (!type) return with_warnings(p, result, &w, file);
    parse_warnings_free(&w);
    return raise_elixir(p, type, "%s", text);
}

static term fail_parse_in(struct cx *c, unsigned n, const term *args)
{
    (void)n;
    return parse_text(c, args[0], args[1]);
}

static term fail_parse_with(struct cx *c, unsigned n, const term *args)
{
    (void)n;
    size_t len;
    const char *src = (const char *)binary_bytes(c->h, args[0], &len);
    struct parse_options o = options_of(c->p, args[2]);
    struct parse_error e = {0};
    struct parse_warnings w = {0};
    term q = parse_source(c->vm, c->h, src, len, &o, &e, &w);
    parse_warnings_free(&w);
    if (q == TERM_NONE) fail_syntax(c, args[1], src, len, &o, &e);
    return q;
}

static struct call_result parse_with_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    return guarded(p, a, fail_parse_with, n, args);
}

NATIVE("phial_compiler", "parse!", 3, compiler_parse_with, "As parse!/2 with the options of string_to_quoted/2, without warnings.")
{
    if (!is_binary(arg[0]) || !is_binary(arg[1])) return raise_badarg(p, 1, "not a binary");
    return compiler_start(p, parse_with_body, 3, arg);
}

static struct call_result parse_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    return guarded(p, a, fail_parse_in, n, args);
}

NATIVE("phial_compiler", "parse!", 2, compiler_parse,
       "Quoted form of source text named by a file; raises SyntaxError or TokenMissingError, prints warnings.")
{
    if (!is_binary(arg[0]) || !is_binary(arg[1])) return raise_badarg(p, 1, "not a binary");
    return compiler_start(p, parse_body, 2, arg);
}

// ---- macros from the language

static term expand_once_in(struct cx *c, unsigned n, const term *args)
{
    term result;
    (void)n;
    environment(c, args[1]);
    bool changed = expand_once(c, args[0], &result);
    return mk_tuple2(c->h, result, mk_bool(changed));
}

static term expand_in(struct cx *c, unsigned n, const term *args)
{
    term q = args[0], result;
    (void)n;
    environment(c, args[1]);
    while (expand_once(c, q, &result)) q = result;
    return q;
}

static struct call_result expand_once_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    return guarded(p, a, expand_once_in, n, args);
}
static struct call_result expand_body(struct process *p, struct arena *a, unsigned n, const term *args) { return guarded(p, a, expand_in, n, args); }

static bool may_expand(term q) { return is_form(q) && is_list(form_meta(q)); }

NATIVE("phial_compiler", "expand_once", 2, compiler_expand_once, "{form, expanded?}: Macro.expand_once.")
{
    if (!may_expand(arg[0])) return mk_tuple2(&p->heap, arg[0], AM_false);
    return compiler_start(p, expand_once_body, 2, arg);
}

NATIVE("phial_compiler", "expand", 2, compiler_expand, "Macro.expand: expands the head until it is no macro.")
{
    if (!may_expand(arg[0])) return arg[0];
    return compiler_start(p, expand_body, 2, arg);
}

NATIVE("phial_compiler", "env_of", 1, compiler_env_of, "The %Macro.Env{} of a handle: what __CALLER__ is. Anything else is returned as it is.")
{
    struct record *r = record_find(p->vm, arg[0], NULL);
    if (!r || r->kind != RECORD_ENV) return arg[0];
    return env_to_map(p->vm, &p->heap, r->env);
}

// ---- warnings

static term warn_in(struct cx *c, unsigned n, const term *args)
{
    (void)n;
    const char *text = is_binary(args[0]) ? c_string(c, args[0]) : inspect(c, args[0]);
    int line = is_small(args[2]) ? (int)small_value(args[2]) : 0;
    if (is_binary(args[1])) c->env->file = args[1];
    if (is_binary(args[1])) warn_at(c, line, IN_FUNCTION, "%s", text);
    else warn_text(c->p, c->a, cx_format(c, "warning: %s\n\n", text));
    return AM_ok;
}

static struct call_result warn_body(struct process *p, struct arena *a, unsigned n, const term *args) { return guarded(p, a, warn_in, n, args); }

NATIVE("phial_compiler", "warn", 3, compiler_warn, "Prints a warning about a file and line.")
{
    return compiler_start(p, warn_body, 3, arg);
}
