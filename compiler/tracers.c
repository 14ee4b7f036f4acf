// SPDX-License-Identifier: Apache-2.0
// Compilation tracers: the modules that Code.put_compiler_option(:tracers, list) names are told what the expander finds.
//
// compile_state owns the list; an empty one costs a comparison. Each tracer is called as trace(event, env) on the VM while the expansion waits, so an
// event is told of before what it leads to. Invariant: what a tracer answers changes nothing.
#include "expand.h"

bool tracing(struct cx *c) { return compile_state(c->vm)->ntracers > 0; }

static void tell(struct cx *c, term event)
{
    struct compile_state *s = compile_state(c->vm);
    struct live_env live = {c->env, c->context, c->line, c->vars};
    term name = atom_c(c, "trace"), args[2] = {event, env_to_map(c->vm, c->h, &live)};
    for (unsigned i = 0; i < s->ntracers; i++) call_checked(c, s->tracers[i], name, 2, args);
}

void trace_atom(struct cx *c, const char *event)
{
    if (tracing(c)) tell(c, atom_c(c, event));
}

void trace_event(struct cx *c, int line, const char *event, unsigned n, const term *values)
{
    term parts[6] = {atom_c(c, event), line ? line_meta(c, line) : TERM_NIL};
    for (unsigned i = 0; i < n; i++) parts[i + 2] = values[i];
    tell(c, mk_tuple(c->h, n + 2, parts));
}

void trace_call(struct cx *c, int line, const char *event, term module, term name, unsigned arity)
{
    if (!tracing(c)) return;
    term values[3] = {module, name, make_small(arity)};
    if (module == TERM_NONE) trace_event(c, line, event, 2, values + 1);
    else trace_event(c, line, event, 3, values);
}

// The module that the alias `q` names.
void trace_alias(struct cx *c, term q, term module)
{
    if (!tracing(c) || !is_form(q) || form_name(q) != AM_aliases || module == TERM_NONE) return;
    int line = meta_line(c, form_meta(q));
    term written = alias_concat_list(c, form_args(q)), values[2] = {written, module};
    if (written != TERM_NONE && written != module) trace_event(c, line, "alias_expansion", 2, values);
    trace_event(c, line, "alias_reference", 1, &module);
}

// The options with their aliases as the modules they name.
static term plain_options(struct cx *c, term options)
{
    term out = TERM_NIL;
    for (; is_cons(options); options = tail(options)) {
        term pair = head(options), value = tuple_get(pair, 1);
        if (is_form(value) && form_name(value) == AM_aliases) value = alias_concat_list(c, form_args(value));
        out = mk_cons(c->h, mk_tuple2(c->h, tuple_get(pair, 0), value), out);
    }
    return list_reverse(c, out);
}

// alias, require and import: {what, meta, module, options}, an alias with the name it gets before the options.
void trace_directive(struct cx *c, int line, const char *what, term module, term name, term options)
{
    if (!tracing(c)) return;
    options = plain_options(c, options);
    term values[3] = {module, name, options}, plain[2] = {module, options};
    if (name == TERM_NONE) trace_event(c, line, what, 2, plain);
    else trace_event(c, line, what, 3, values);
}

void trace_module(struct cx *c, term binary)
{
    if (!tracing(c)) return;
    term parts[3] = {atom_c(c, "on_module"), binary, AM_none};
    tell(c, mk_tuple(c->h, 3, parts));
}

NATIVE("phial_compiler", "set_tracers", 1, compiler_set_tracers, "The modules that are told what compilations find; at most 16.")
{
    struct compile_state *s = compile_state(p->vm);
    size_t n;
    if (!list_length(arg[0], &n) || n > sizeof s->tracers / sizeof *s->tracers) return raise_badarg(p, 1, "not a list of at most 16 modules");
    s->ntracers = 0;
    for (term l = arg[0]; is_cons(l); l = tail(l))
        if (is_atom(head(l))) s->tracers[s->ntracers++] = head(l);
    return AM_ok;
}
