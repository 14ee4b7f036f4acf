// SPDX-License-Identifier: Apache-2.0
// Compile errors and warnings: how they are raised, worded in part, and printed.
//
// A failure leaves the expansion by longjmp to the body of its coroutine (c->fail_to), which answers with c->failure. Warnings go to :stderr through
// :phial_io, or to the process that captures it, in the form of Elixir 1.14: text, then file:line and the function.
#include "../vm/sched.h"
#include "expand.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static term trace_entry(struct cx *c, term module, term function, unsigned arity, const char *file, int line)
{
    size_t len = strlen(file);
    term location = mk_list_of(c, 1, mk_tuple2(c->h, AM_file, mk_charlist(c->h, file, len)));
    if (line) location = mk_list_of(c, 2, head(location), mk_tuple2(c->h, AM_line, make_small(line)));
    term parts[] = {module, function, make_small(arity), location};
    return mk_tuple(c->h, 4, parts);
}

// A place in the source that is being expanded, as a frame.
static term caller_entry(struct cx *c, const struct env *e, int line)
{
    size_t len;
    const char *bytes = (const char *)binary_bytes(c->h, relative_path(c->h, e->file), &len);
    const char *file = cx_format(c, "%.*s", (int)len, bytes);
    if (e->module == AM_nil) return trace_entry(c, AM_elixir_compiler, AM__FILE_, 1, file, line);
    if (e->function == AM_nil) return trace_entry(c, e->module, AM__MODULE_, 0, file, line);
    return trace_entry(c, e->module, e->function, e->arity, file, line);
}

// The trace goes on with the macros that are being expanded, or with the module body that defines.
static term with_expansions(struct cx *c, term trace)
{
    term frames[64];
    unsigned n = 0;
    for (struct expanding *e = c->expanding; e && n < 62; e = e->outer) {
        frames[n++] = trace_entry(c, e->module, e->name, e->arity, "expanding macro", 0);
        frames[n++] = caller_entry(c, e->env, e->line);
    }
    if (!n && is_nil(trace) && c->def_line) {
        struct env body = *c->env;
        body.module = AM_nil;
        term entry = caller_entry(c, &body, c->def_line);
        term parts[] = {AM_elixir_compiler, AM__MODULE_, make_small(1), tuple_get(entry, 3)};
        frames[n++] = mk_tuple(c->h, 4, parts);
    }
    term tail_part = mk_list(c->h, n, frames, TERM_NIL);
    for (term l = list_reverse(c, trace); is_cons(l); l = tail(l)) tail_part = mk_cons(c->h, head(l), tail_part);
    return tail_part;
}

_Noreturn void fail_raised(struct cx *c, struct call_result r)
{
    r.trace = with_expansions(c, is_list(r.trace) ? r.trace : TERM_NIL);
    c->failure = r;
    c->expanding = NULL;        // lies on the stack that is left
    longjmp(c->fail_to, 1);
}

// Of the compiler's own modules; a stack trace may be anything, its maker gave it.
static bool is_compiler_frame(struct cx *c, term frame)
{
    if (!is_tuple(frame) || !tuple_arity(frame) || !is_atom(tuple_get(frame, 0))) return false;
    return !strncmp(atom_c_text(c, tuple_get(frame, 0)), "elixir_compiler", sizeof "elixir_compiler" - 1);
}

_Noreturn void fail_expanding(struct cx *c, struct call_result r, const char *what, term module, term called, term name, unsigned arity, int line)
{
    enum { FRAMES_MAX = 62 };
    term kept[FRAMES_MAX + 2];
    unsigned n = 0;
    bool found = false;
    for (term l = r.trace; is_cons(l) && n < FRAMES_MAX && !found; l = tail(l)) {
        found = is_tuple_of(head(l), 4) && tuple_get(head(l), 0) == module && tuple_get(head(l), 1) == called;
        if (!found && !is_compiler_frame(c, head(l))) kept[n++] = head(l);
    }
    kept[n++] = trace_entry(c, module, name, arity, what, 0);
    kept[n++] = caller_entry(c, c->env, line);
    r.trace = mk_list(c->h, n, kept, TERM_NIL);
    fail_raised(c, r);
}

struct call_result call_checked(struct cx *c, term mod, term fun, unsigned n, const term *args)
{
    struct call_result r = compiler_call(c->p, c->a, mod, fun, n, args);
    if (r.status == CALL_RAISED) fail_raised(c, r);
    return r;
}

// ---- text

static const char *text_va(struct cx *c, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    char *s = arena_alloc(c->a, (size_t)n + 1);
    vsnprintf(s, (size_t)n + 1, fmt, again);
    va_end(again);
    return s;
}

const char *cx_format(struct cx *c, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const char *s = text_va(c, fmt, ap);
    va_end(ap);
    return s;
}

const char *atom_c_text(struct cx *c, term atom) { return is_atom(atom) ? atom_text(c->vm, atom).bytes : "?"; }

const char *term_text(struct cx *c, term t)
{
    size_t len;
    if (!is_binary(t)) return "?";
    const uint8_t *bytes = binary_bytes(c->h, t, &len);
    return cx_format(c, "%.*s", (int)len, (const char *)bytes);
}

static bool plain_atom(const char *s)
{
    static const char operators[] = "+-*/<>=!&|^.~@";
    if (*s && strspn(s, operators) == strlen(s)) return true;
    if (!(*s == '_' || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z'))) return false;
    while (*s == '_' || *s == '@' || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9')) s++;
    return !*s || ((*s == '?' || *s == '!') && !s[1]);
}

// Elixir.Foo.Bar: each part begins with a capital letter.
static bool is_alias_text(const char *s)
{
    if (strncmp(s, "Elixir.", 7)) return false;
    for (const char *dot = s; (dot = strchr(dot, '.')); dot++) {
        if (dot[1] >= 'A' && dot[1] <= 'Z') continue;
        return false;
    }
    return true;
}

const char *inspect_atom(struct cx *c, term atom)
{
    const char *s = atom_c_text(c, atom);
    if (atom == AM_nil || atom == AM_true || atom == AM_false || atom == AM_Elixir) return s;
    if (is_alias_text(s)) return s + 7;
    return plain_atom(s) ? cx_format(c, ":%s", s) : cx_format(c, ":\"%s\"", s);
}

static const char *asked(struct cx *c, const char *module, const char *function, term t)
{
    term mod = atom_c(c, module), fun = atom_c(c, function);
    if (code_is_loaded(c->vm, mod) || code_ensure_loaded(c->vm, mod)) {
        struct call_result r = compiler_call(c->p, c->a, mod, fun, 1, &t);
        if (r.status == CALL_OK && is_binary(r.value)) return term_text(c, r.value);
    }
    return "...";
}

const char *inspect(struct cx *c, term t)
{
    if (is_atom(t)) return inspect_atom(c, t);
    if (is_small(t)) return cx_format(c, "%lld", (long long)small_value(t));
    return asked(c, "Elixir.Kernel", "inspect", t);
}

const char *show(struct cx *c, term q)
{
    if (is_atom(q) || is_small(q)) return inspect(c, q);
    if (is_variable(q)) return atom_c_text(c, form_name(q));
    return asked(c, "Elixir.Macro", "to_string", q);
}

// ---- errors

static struct call_result raised(struct vm *vm, struct heap *h, unsigned n, const char *const *names, term *values)
{
    term keys[8];
    for (unsigned i = 0; i < n; i++) keys[i] = atom_from_c(vm, names[i]);
    return (struct call_result){.status = CALL_RAISED, .cls = AM_error, .reason = map_from_pairs(vm, h, n, keys, values), .trace = TERM_NIL};
}

struct call_result raised_compile_error(struct vm *vm, struct heap *h, term file, int line, const char *text)
{
    static const char *const keys[] = {"__struct__", "__exception__", "file", "line", "description"};
    term values[] = {atom_from_c(vm, "Elixir.CompileError"), AM_true, file, make_small(line), mk_binary_str(h, text)};
    return raised(vm, h, 5, keys, values);
}

_Noreturn void fail_compile(struct cx *c, int line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const char *text = text_va(c, fmt, ap);
    va_end(ap);
    fail_raised(c, raised_compile_error(c->vm, c->h, c->env->file, line, text));
}

void check_nesting(struct cx *c)
{
    if (stack_is_low(c->a)) fail_compile(c, c->line, "the code is nested too deeply");
}

_Noreturn void fail_argument(struct cx *c, const char *fmt, ...)
{
    static const char *const keys[] = {"__struct__", "__exception__", "message"};
    va_list ap;
    va_start(ap, fmt);
    term values[] = {atom_c(c, "Elixir.ArgumentError"), AM_true, mk_binary_str(c->h, text_va(c, fmt, ap))};
    va_end(ap);
    fail_raised(c, raised(c->vm, c->h, 3, keys, values));
}

_Noreturn void fail_macro(struct cx *c, int line, const char *name, unsigned arity, const char *where)
{
    struct expanding e = {AM_Kernel, atom_c(c, name), arity, line, c->env, c->expanding};
    c->expanding = &e;
    fail_argument(c, "cannot invoke %s/%u %s", name, arity, where);
}

// ---- warnings

term relative_path(struct heap *h, term file)
{
    char cwd[4096];
    size_t len, n;
    const char *path = (const char *)binary_bytes(h, file, &len);
    if (!len || path[0] != '/' || !getcwd(cwd, sizeof cwd)) return file;
    n = strlen(cwd);
    if (n < 2 || len <= n + 1 || memcmp(path, cwd, n) || path[n] != '/') return file;
    return mk_binary(h, path + n + 1, len - n - 1);
}

term absolute_path(struct cx *c, term path)
{
    const char *s = term_text(c, path);
    char cwd[4096];
    if (s[0] == '/' || !getcwd(cwd, sizeof cwd)) return path;
    while (s[0] == '.' && s[1] == '/') s += 2;
    return mk_binary_str(c->h, cx_format(c, "%s/%s", cwd, s));
}

void warn_text(struct process *p, struct arena *a, const char *text)
{
    bool captured = process_whereis(p->vm, AM_standard_error) != AM_undefined;      // a test reads what is written there
    term args[2] = {captured ? AM_standard_error : AM_stderr, mk_binary_str(&a->heap, text)};
    compiler_call(p, a, atom_from_c(p->vm, captured ? "io" : "phial_io"), atom_from_c(p->vm, "put_chars"), 2, args);
}

void warn_at(struct cx *c, int line, enum warn_place in, const char *fmt, ...)
{
    va_list ap;
    if (compile_state(c->vm)->quiet) return;
    va_start(ap, fmt);
    const char *text = text_va(c, fmt, ap), *where = "";
    va_end(ap);
    const struct env *e = c->env;
    if (in == IN_FUNCTION && e->function != AM_nil)
        where = cx_format(c, ": %s", mfa_text(c, e->module, e->function, e->arity));
    else if (in == IN_FUNCTION && e->module != AM_nil) where = cx_format(c, ": %s", inspect_atom(c, e->module));
    else if (in == IN_MODULE && e->module != AM_nil) where = cx_format(c, ": %s (module)", inspect_atom(c, e->module));
    const char *file = term_text(c, relative_path(c->h, e->file));
    announce_warning(c, e->file, line, 0, text);
    if (line > 0) warn_text(c->p, c->a, cx_format(c, "warning: %s\n  %s:%d%s\n%s\n", text, file, line, where, place_text(c, e->file, line, text)));
    else warn_text(c->p, c->a, cx_format(c, "warning: %s\n  %s%s\n\n", text, file, where));
}
