// SPDX-License-Identifier: Apache-2.0
// Calls to functions of other modules that turn out not to exist: noted while definitions are expanded, looked at when the file has run, since a
// module may be defined later in it. Owned by the unit of the file, in its arena.
#include "expand.h"

#include <stdlib.h>
#include <string.h>

struct remote_use {
    term module, function, in_module, in_function, file;
    unsigned arity, in_arity;
    int line;
    term reason;            // why the function is given up
    struct remote_use *next;
};

enum missing { FOUND, NO_MODULE, NOT_REQUIRED, NO_FUNCTION, DEPRECATED };

static const char *text_of(struct cx *c, term bin)
{
    size_t len;
    const char *bytes = is_binary(bin) ? (const char *)binary_bytes(c->h, bin, &len) : NULL;
    return bytes ? cx_format(c, "%.*s", (int)len, bytes) : "";
}

static bool silenced(struct cx *c, term module, term function, unsigned arity)
{
    struct attribute *a = c->m ? attribute_find(c->m, AM_compile) : NULL;
    for (term l = a ? a->value : TERM_NIL; is_cons(l); l = tail(l))
        for (term o = is_list(head(l)) ? head(l) : mk_list_of(c, 1, head(l)); is_cons(o); o = tail(o)) {
            if (!is_tuple_of(head(o), 2) || tuple_get(head(o), 0) != atom_c(c, "no_warn_undefined")) continue;
            term what = tuple_get(head(o), 1);
            for (term w = is_list(what) ? what : mk_list_of(c, 1, what); is_cons(w); w = tail(w)) {
                if (head(w) == module) return true;
                if (is_tuple_of(head(w), 3) && tuple_get(head(w), 0) == module && tuple_get(head(w), 1) == function &&
                    tuple_get(head(w), 2) == make_small(arity))
                    return true;
            }
        }
    return false;
}

static bool known_to_erlang(struct cx *c, term function, unsigned arity)
{
    const char *name = atom_c_text(c, function);
    return code_exported(c->vm, AM_erlang, function, arity) || (arity == 2 && (!strcmp(name, "andalso") || !strcmp(name, "orelse")));
}

void note_remote_call(struct cx *c, term module, term function, unsigned arity)
{
    if (compile_state(c->vm)->on_object || (module == AM_erlang && known_to_erlang(c, function, arity))) return;
    if (!c->def) return warn_deprecated(c, c->line, module, function, arity);
    struct unit *u = file_unit(c);
    if (!u || silenced(c, module, function, arity)) return;
    struct remote_use *r = arena_new(u->a, struct remote_use);
    *r = (struct remote_use){.module = module, .function = function, .arity = arity, .line = c->line, .in_module = c->env->module,
                             .in_function = c->env->function, .in_arity = c->env->arity, .next = u->remote_uses};
    r->file = term_copy(c->vm, &u->a->heap, c->env->file);
    u->remote_uses = r;
}

// ---- what has been given up

// [{{name, arity}, reason}] of modules asked already.
struct given_up { term module, list; struct given_up *next; };

static term deprecations(struct cx *c, struct arena *a, struct given_up **known, term module)
{
    for (struct given_up *g = *known; g; g = g->next)
        if (g->module == module) return g->list;
    struct given_up *g = arena_new(a, struct given_up);
    *g = (struct given_up){module, TERM_NIL, *known};
    *known = g;
    term key = AM_deprecated, info = atom_c(c, "__info__");
    if (strncmp(atom_c_text(c, module), "Elixir.", 7) || !code_exported(c->vm, module, info, 1)) return TERM_NIL;
    struct call_result r = compiler_call(c->p, c->a, module, info, 1, &key);
    if (r.status == CALL_OK && is_list(r.value)) g->list = term_copy(c->vm, &a->heap, r.value);
    return g->list;
}

// The reason, or TERM_NONE.
static term reason_in(term list, term function, unsigned arity)
{
    for (term l = list; is_cons(l); l = tail(l)) {
        term pair = is_tuple_of(head(l), 2) ? tuple_get(head(l), 0) : TERM_NIL;
        if (is_tuple_of(pair, 2) && tuple_get(pair, 0) == function && tuple_get(pair, 1) == make_small(arity)) return tuple_get(head(l), 1);
    }
    return TERM_NONE;
}

static term deprecation(struct cx *c, struct given_up **known, const struct remote_use *r)
{
    return reason_in(deprecations(c, c->a, known, r->module), r->function, r->arity);
}

// Of a macro, and of a call outside functions, at once.
void warn_deprecated(struct cx *c, int line, term module, term function, unsigned arity)
{
    struct unit *u = file_unit(c);
    if (!u || compile_state(c->vm)->quiet || compile_state(c->vm)->on_object || module == c->env->module || module_find(c->vm, module)) return;
    if (!code_is_loaded(c->vm, module) && !code_ensure_loaded(c->vm, module)) return;
    term list = deprecations(c, u->a, &u->given_up, module), reason = reason_in(list, function, arity);
    if (reason == TERM_NONE) return;
    const char *in = c->env->module == AM_nil ? "" : cx_format(c, ": %s", inspect_atom(c, c->env->module));
    if (c->env->function != AM_nil) in = cx_format(c, ": %s", mfa_text(c, c->env->module, c->env->function, c->env->arity));
    const char *mfa = mfa_text(c, module, function, arity), *picture = place_text(c, c->env->file, line, mfa);
    if (arity == 1 && function == atom_c(c, "__using__")) mfa = cx_format(c, "use %s", inspect_atom(c, module));
    warn_text(c->p, c->a, cx_format(c, "warning: %s is deprecated. %s\n  %s:%d%s\n%s\n", mfa, text_of(c, reason),
                                    text_of(c, relative_path(c->h, c->env->file)), line, in, picture));
}

static enum missing look(struct cx *c, const struct remote_use *r)
{
    if (module_find(c->vm, r->module)) return FOUND;
    if (!code_is_loaded(c->vm, r->module) && !code_ensure_loaded(c->vm, r->module)) return NO_MODULE;
    if (code_exported(c->vm, r->module, r->function, r->arity)) return FOUND;
    if (resolve_remote_macro(c, r->module, r->function, r->arity, TERM_NIL)) return NOT_REQUIRED;
    return NO_FUNCTION;
}

static const char *undefined_text(struct cx *c, const struct remote_use *r)
{
    static const char *const names[] = {"__struct__", "__exception__", "module", "function", "arity", "reason", "message"};
    term type = atom_c(c, "Elixir.UndefinedFunctionError"), keys[7];
    term values[] = {type, AM_true, r->module, r->function, make_small(r->arity), AM_nil, AM_nil};
    for (int i = 0; i < 7; i++) keys[i] = atom_c(c, names[i]);
    term args[] = {map_from_pairs(c->vm, c->h, 7, keys, values), TERM_NIL};
    if (code_ensure_loaded(c->vm, type)) {
        struct call_result b = compiler_call(c->p, c->a, type, atom_c(c, "blame"), 2, args);
        term message = b.status == CALL_OK && is_tuple_of(b.value, 2) ? map_get(c->vm, tuple_get(b.value, 0), AM_message) : TERM_NONE;
        if (message != TERM_NONE && is_binary(message)) {
            size_t len;
            const char *bytes = (const char *)binary_bytes(c->h, message, &len);
            if (len > 9 && !memcmp(bytes, "function ", 9)) return cx_format(c, "%.*s", (int)len - 9, bytes + 9);
        }
    }
    return cx_format(c, "%s is undefined or private", mfa_text(c, r->module, r->function, r->arity));
}

static const char *missing_text(struct cx *c, const struct remote_use *r, enum missing kind)
{
    const char *mfa = mfa_text(c, r->module, r->function, r->arity);
    switch (kind) {
    case NO_MODULE: return cx_format(c, "%s is undefined (module %s is not available or is yet to be defined)", mfa, inspect_atom(c, r->module));
    case DEPRECATED: return cx_format(c, "%s is deprecated. %s", mfa, text_of(c, r->reason));
    case NOT_REQUIRED: return cx_format(c, "you must require %s before invoking the macro %s", inspect_atom(c, r->module), mfa);
    default: return undefined_text(c, r);
    }
}

static const char *place(struct cx *c, const struct remote_use *r)
{
    size_t len;
    const char *file = (const char *)binary_bytes(c->h, relative_path(c->h, r->file), &len);
    const char *picture = place_text(c, r->file, r->line, mfa_text(c, r->module, r->function, r->arity));
    return cx_format(c, "  %.*s:%d: %s\n%s", (int)len, file, r->line, mfa_text(c, r->in_module, r->in_function, r->in_arity), picture);
}

struct finding { struct remote_use *use; enum missing kind; unsigned rank; };

// The last module of the file is the first that is told of.
static unsigned rank_of(const struct unit *u, term module)
{
    unsigned rank = 0;
    for (term l = u->compiled; is_cons(l) && tuple_get(head(l), 0) != module; l = tail(l)) rank++;
    return rank;
}

static int compare(struct vm *vm, const struct finding *a, const struct finding *b)
{
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    if (a->use->in_module != b->use->in_module) return a->use->in_module < b->use->in_module ? -1 : 1;
    if (a->kind != b->kind) return (int)a->kind - (int)b->kind;
    int r = strcmp(atom_text(vm, a->use->module).bytes, atom_text(vm, b->use->module).bytes);
    if (!r) r = strcmp(atom_text(vm, a->use->function).bytes, atom_text(vm, b->use->function).bytes);
    if (!r) r = (int)a->use->arity - (int)b->use->arity;
    return r;
}

static void insert(struct vm *vm, struct finding *list, unsigned n, struct finding f)
{
    for (; n && compare(vm, &list[n - 1], &f) > 0; n--) list[n] = list[n - 1];
    list[n] = f;
}

static bool same_target(const struct finding *a, const struct finding *b)
{
    return a->use->in_module == b->use->in_module && a->use->module == b->use->module && a->use->function == b->use->function && a->use->arity == b->use->arity;
}

static void report(struct cx *c, const struct finding *list, unsigned n)
{
    const char *text = missing_text(c, list[0].use, list[0].kind), *places = "";
    unsigned found = 0;
    const char *last = "";
    for (unsigned i = 0; i < n; i++) {
        const char *at = place(c, list[i].use);
        if (!strcmp(at, last)) continue;    // twice on a line
        announce_warning(c, list[i].use->file, list[i].use->line, 0, text);
        places = cx_format(c, "%s%s", places, last = at);
        found++;
    }
    const char *many = found > 1 ? cx_format(c, "Invalid call found at %u locations:\n", found) : "";
    const char *gap = strchr(text, '\n') ? "\n" : "";       // a list of hints ends in a line of its own
    warn_text(c->p, c->a, cx_format(c, "warning: %s%s%s%s%s\n", text, *gap ? "" : "\n", gap, many, places));
}

void check_remote_calls(struct cx *c, struct unit *u)
{
    enum { MOST = 200 };
    struct finding list[MOST + 1];
    struct remote_use *oldest = NULL, *next;
    struct given_up *given_up = NULL;
    unsigned n = 0;
    for (struct remote_use *r = u->remote_uses; r; r = next) {
        next = r->next;
        r->next = oldest;
        oldest = r;
    }
    u->remote_uses = NULL;
    for (struct remote_use *r = oldest; r && n < MOST; r = r->next) {
        enum missing kind = look(c, r);
        if (kind == FOUND && (r->reason = deprecation(c, &given_up, r)) != TERM_NONE) kind = DEPRECATED;
        if (kind != FOUND) insert(c->vm, list, n++, (struct finding){r, kind, rank_of(u, r->in_module)});
    }
    for (unsigned i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && same_target(&list[i], &list[j]); j++) {}
        report(c, list + i, j - i);
    }
}
