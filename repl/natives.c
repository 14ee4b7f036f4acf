// SPDX-License-Identifier: Apache-2.0
// :phial_edit, the line editor for the shell's brain (stdlib/iex). docs/internals/shell.md tells how they work together.
//
// Invariant: nothing here waits. Keys are told of by {:phial_ready, 0}, once per await/0 or read/0 (vm/world.h, "news").
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "../vm/sched.h"
#include "../vm/world.h"
#include "candidates.h"
#include "editor.h"

static term named(struct process *p, const char *name) { return atom_from_c(p->vm, name); }

static struct editor *running(struct process *p) { return p->vm->editor; }

static term not_started(struct process *p) { return raise_elixir(p, "Elixir.RuntimeError", "the line editor is not started"); }

// A term that is text, as a C string; NULL: it is none or holds a NUL.
static char *text_of(term t) { return is_binary(t) || is_list(t) ? chardata_cstring(t) : NULL; }

// ---- events

static term complete_event(struct process *p, const struct event *e)
{
    term before = mk_binary(&p->heap, e->text, e->at), after = mk_binary(&p->heap, e->text + e->at, e->len - e->at);
    return mk_tuple3(&p->heap, named(p, "complete"), before, after);
}

static term event_term(struct process *p, const struct event *e)
{
    switch (e->kind) {
    case EVENT_SUBMIT: return mk_tuple2(&p->heap, named(p, "submit"), mk_binary(&p->heap, e->text, e->len));
    case EVENT_COMPLETE: return complete_event(p, e);
    case EVENT_EOF: return AM_eof;
    case EVENT_INTERRUPT_TEXT: return mk_tuple2(&p->heap, named(p, "interrupt"), named(p, "text"));
    case EVENT_INTERRUPT_EMPTY: return mk_tuple2(&p->heap, named(p, "interrupt"), named(p, "empty"));
    default: return mk_tuple2(&p->heap, named(p, "interrupt"), named(p, "busy"));
    }
}

// Uses what has come; the rest of a lot is taken up at the next {:phial_ready, 0}, which then comes at once.
static term events_of(struct process *p)
{
    struct events events = {0};
    struct list_builder list;
    bool more = editor_run(running(p), &events);
    if (more) send_message(p->vm, p->pid, make_boxed((term[]){make_header(TYPE_TUPLE, 2), AM_phial_ready, make_small(0)}));
    list_begin(&list, &p->heap);
    for (size_t i = 0; i < events.count; i++) list_add(&list, event_term(p, &events.items[i]));
    events_free(&events);
    return list_end(&list, TERM_NIL);
}

static void await(struct process *p)
{
    p->uses_world = true;
    world_watch(p->vm->world, 0, false, p->pid);
}

// ---- life

static char *history_path(struct process *p, term options)
{
    term given = map_get(p->vm, options, named(p, "history"));
    if (given == AM_false) return NULL;
    return given == TERM_NONE || !is_binary(given) ? history_default_path() : chardata_cstring(given);
}

static bool wants_colours(struct process *p, term options)
{
    term given = map_get(p->vm, options, named(p, "colors"));
    const char *none = getenv("NO_COLOR");
    return given == TERM_NONE ? !none || !*none : given == AM_true;
}

NATIVE("phial_edit", "start", 1, phial_edit_start, "Opens the terminal; a map may set colors and history (path or false). ok, {error, no_terminal}.")
{
    if (!is_map(arg[0])) return raise_badarg(p, 1, "not a map");
    if (running(p)) return AM_ok;
    world_flush(p->vm->world);
    p->vm->editor = editor_new(p->vm, wants_colours(p, arg[0]), history_path(p, arg[0]));
    return running(p) ? AM_ok : mk_tuple2(&p->heap, AM_error, named(p, "no_terminal"));
}
NATIVE("phial_edit", "plain", 0, phial_edit_plain, "Without the editor: C-c in a terminal becomes news, which may come at any time.")
{
    if (isatty(0)) p->vm->stays = world_signal(p->vm->world, SIGINT, true);
    return AM_ok;
}
NATIVE("phial_edit", "stop", 0, phial_edit_stop, "The terminal as it was.")
{
    editor_free(p->vm);
    return AM_ok;
}
NATIVE("phial_edit", "await", 0, phial_edit_await, "{:phial_ready, 0} comes once to the caller when there are keys.")
{
    await(p);
    return AM_ok;
}

// ---- an edit

NATIVE("phial_edit", "read", 0, phial_edit_read, "Uses the keys that are there: a list of events. Awaits the next.")
{
    struct editor *ed = running(p);
    if (!ed) return TERM_NIL;
    editor_read(ed);
    if (!ed->tty.gone) await(p);
    return events_of(p);
}
NATIVE("phial_edit", "feed", 1, phial_edit_feed, "As read/0, with bytes of the caller's.")
{
    size_t len;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    if (!running(p)) return not_started(p);
    const uint8_t *bytes = binary_bytes(&p->heap, arg[0], &len);
    keys_add(&running(p)->keys, (const char *)bytes, len);
    return events_of(p);
}
NATIVE("phial_edit", "prompt", 3, phial_edit_prompt, "Begins an edit: prompt, prompt of further lines, statement | line | password. Answers events.")
{
    enum edit_mode mode = arg[2] == named(p, "statement") ? EDIT_STATEMENT : arg[2] == named(p, "password") ? EDIT_PASSWORD : EDIT_LINE;
    if (!running(p)) return not_started(p);
    char *prompt = text_of(arg[0]), *continuation = arg[1] == AM_nil ? calloc(1, 1) : text_of(arg[1]);
    if (prompt && continuation) editor_prompt(running(p), prompt, continuation, mode);
    free(prompt);
    free(continuation);
    return prompt && continuation ? events_of(p) : raise_badarg(p, prompt ? 2 : 1, "not text");
}
NATIVE("phial_edit", "insert", 1, phial_edit_insert, "Inserts text at the cursor.")
{
    uint8_t *bytes;
    size_t len;
    if (!chardata_bytes(arg[0], &bytes, &len)) return raise_badarg(p, 1, "not text");
    struct editor *ed = running(p);
    if (ed && ed->mode != EDIT_IDLE) {
        edit_insert(&ed->edit, (char *)bytes, len);
        editor_draw(ed);
    }
    free(bytes);
    return AM_ok;
}
NATIVE("phial_edit", "text", 0, phial_edit_text, "{before, after} the cursor, nil when nothing is edited.")
{
    struct editor *ed = running(p);
    if (!ed || ed->mode == EDIT_IDLE) return AM_nil;
    const struct edit *e = &ed->edit;
    return mk_tuple2(&p->heap, mk_binary(&p->heap, e->text, e->cursor), mk_binary(&p->heap, e->text + e->cursor, e->len - e->cursor));
}
NATIVE("phial_edit", "cancel", 0, phial_edit_cancel, "Ends the edit, if there is one, without an event.")
{
    if (running(p)) editor_cancel(running(p));
    return AM_ok;
}

// ---- candidates

static bool candidate_of(term t, struct candidate *c)
{
    bool pair = is_tuple_of(t, 2);
    c->name = text_of(pair ? tuple_get(t, 0) : t);
    c->about = pair ? text_of(tuple_get(t, 1)) : NULL;
    return c->name && (!pair || c->about);
}

NATIVE("phial_edit", "candidates", 1, phial_edit_candidates, "Shows names, or {name, text}, under what is edited until the next key.")
{
    size_t n, good = 0;
    if (!list_length(arg[0], &n)) return raise_badarg(p, 1, "not a list");
    struct candidate *c = calloc(n + 1, sizeof *c);
    if (!c) return raise_system_limit(p);
    for (term l = arg[0]; is_cons(l) && candidate_of(head(l), &c[good]); l = tail(l)) good++;
    struct editor *ed = running(p);
    if (good == n && ed && ed->mode != EDIT_IDLE) editor_candidates(ed, candidates_lines(c, n, ed->screen.columns, ed->screen.rows / 2, ed->page));
    for (size_t i = 0; i <= good && i < n; i++) free(c[i].name), free(c[i].about);
    free(c);
    return good == n ? AM_ok : raise_badarg(p, 1, "not a list of names");
}

// ---- what the shell asks for besides

NATIVE("phial_edit", "history", 0, phial_edit_history, "The statements of the history, newest first.")
{
    term list = TERM_NIL;
    const struct history *h = running(p) ? &running(p)->history : NULL;
    for (size_t i = 0; h && i < h->count; i++) list = mk_cons(&p->heap, mk_binary(&p->heap, h->entries[i].text, h->entries[i].len), list);
    return list;
}
NATIVE("phial_edit", "size", 0, phial_edit_size, "{columns, rows} of the terminal.")
{
    int columns, rows;
    tty_measure(&columns, &rows);
    return mk_tuple2(&p->heap, make_small(columns), make_small(rows));
}
NATIVE("phial_edit", "resized", 0, phial_edit_resized, "The terminal may have another size, or other modes: draws anew.")
{
    if (running(p)) editor_resized(running(p));
    return AM_ok;
}
NATIVE("phial_edit", "status", 1, phial_edit_status, "Whether Enter would end a statement: complete or incomplete.")
{
    size_t len;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    const uint8_t *bytes = binary_bytes(&p->heap, arg[0], &len);
    native_charge(p, len / 50);
    return source_incomplete(p->vm, (const char *)bytes, len) ? AM_incomplete : named(p, "complete");
}
NATIVE("phial_edit", "highlight", 1, phial_edit_highlight, "Source with escape sequences for colours.")
{
    size_t len, coloured;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    const uint8_t *bytes = binary_bytes(&p->heap, arg[0], &len);
    native_charge(p, len / 50);
    char *text = colour_text(p->vm, (const char *)bytes, len, &coloured);
    term t = mk_binary(&p->heap, text, coloured);
    free(text);
    return t;
}
