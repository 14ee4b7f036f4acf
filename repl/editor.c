// SPDX-License-Identifier: Apache-2.0
// See editor.h. Owns the course of an edit: prompt, keys, drawing, the end; and the output of others around it.
#include "editor.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../vm/vm.h"
#include "../vm/world.h"

// Bytes used in one turn; what a statement may have to be shown whole when it is submitted; the tail of output that a prompt takes up.
enum { TURN_BYTES = 1 << 20, READ_BYTES = 1 << 16, WHOLE_MAX = 64 * 1024, PARTIAL_MAX = 4096 };

// ---- events

struct event *events_add(struct events *events, enum event_kind kind)
{
    events->items = repl_room(events->items, events->count + 1, &events->capacity, sizeof *events->items);
    events->items[events->count] = (struct event){.kind = kind};
    return &events->items[events->count++];
}

void events_free(struct events *events)
{
    for (size_t i = 0; i < events->count; i++) free(events->items[i].text);
    free(events->items);
}

// ---- life

struct editor *editor_new(struct vm *vm, bool colours, char *history_path)
{
    struct editor *ed = calloc(1, sizeof *ed);
    if (!ed) abort();
    ed->vm = vm;
    if (!tty_usable() || !world_signal(vm->world, SIGHUP, true) || !tty_open(&ed->tty)) {
        free(history_path);
        free(ed);
        return NULL;
    }
    edit_clear(&ed->edit);
    history_open(&ed->history, history_path);
    ed->browsed = ed->history.count;
    ed->screen.colours = colours;
    ed->screen.columns = (size_t)ed->tty.columns;
    ed->screen.rows = (size_t)ed->tty.rows;
    world_signal(vm->world, SIGWINCH, true);
    world_signal(vm->world, SIGCONT, true);
    return ed;
}

void editor_free(struct vm *vm)
{
    struct editor *ed = vm->editor;
    if (!ed) return;
    editor_cancel(ed);
    world_flush(vm->world);
    tty_close(&ed->tty);
    world_signal(vm->world, SIGHUP, false);
    edit_free(&ed->edit);
    kills_free(&ed->kills);
    keys_free(&ed->keys);
    screen_free(&ed->screen);
    colour_free(&ed->colour);
    history_free(&ed->history);
    search_free(&ed->search);
    free(ed->prompt);
    free(ed->continuation);
    free(ed->below);
    free(ed->draft);
    free(ed->partial.bytes);
    free(ed);
    vm->editor = NULL;
}

// ---- drawing

static void flush(struct editor *ed, struct out *o)
{
    if (o->len) world_write(ed->vm->world, 1, o->bytes, o->len);
    free(o->bytes);
}

static const uint8_t *styles(struct editor *ed)
{
    if (ed->mode != EDIT_STATEMENT || !ed->screen.colours) return NULL;
    if (ed->coloured != ed->edit.version) colour_source(&ed->colour, ed->vm, ed->edit.text, ed->edit.len);
    ed->coloured = ed->edit.version;
    if (ed->colour.len != ed->edit.len) return NULL;
    return ed->colour.styles;
}

static void draw(struct editor *ed, struct out *o, bool last)
{
    char *search = ed->search.on ? search_prompt(&ed->search) : NULL;
    bool hidden = ed->mode == EDIT_PASSWORD;
    struct view v = {.prompt = search ? search : ed->prompt, .continuation = ed->continuation, .text = hidden ? "" : ed->edit.text,
                     .len = hidden ? 0 : ed->edit.len, .cursor = hidden ? 0 : last ? ed->edit.len : ed->edit.cursor, .styles = styles(ed)};
    if (v.styles) colour_mark(&ed->colour, last ? SIZE_MAX : v.cursor);
    if (!last) v.below = ed->below;
    if (last && ed->screen.cut && ed->edit.len < WHOLE_MAX) {
        screen_erase(&ed->screen, o);
        v.whole = true;
    }
    screen_draw(&ed->screen, &v, o);
    free(search);
}

void editor_draw(struct editor *ed)
{
    struct out o = {0};
    if (ed->mode == EDIT_IDLE) return;
    draw(ed, &o, false);
    flush(ed, &o);
}

void editor_clear_screen(struct editor *ed)
{
    struct out o = {0};
    out_text(&o, "\033[H\033[2J");
    screen_forget(&ed->screen);
    ed->screen.output_column = ed->partial.len = 0;
    flush(ed, &o);
}

void editor_resized(struct editor *ed)
{
    struct out o = {0};
    tty_enter(&ed->tty);
    tty_measure(&ed->tty.columns, &ed->tty.rows);
    screen_resize(&ed->screen, (size_t)ed->tty.columns, (size_t)ed->tty.rows, &o);
    if (ed->mode != EDIT_IDLE) draw(ed, &o, false);
    flush(ed, &o);
}

void editor_suspend(struct editor *ed)
{
    struct out o = {0};
    if (ed->mode != EDIT_IDLE) {
        draw(ed, &o, true);
        screen_leave(&ed->screen, &o);
        flush(ed, &o);
    }
    world_flush(ed->vm->world);
    tty_suspend(&ed->tty);
}

void editor_candidates(struct editor *ed, char *lines)
{
    free(ed->below);
    ed->below = lines;
    editor_draw(ed);
}

// ---- an edit

static void replace_string(char **place, const char *text)
{
    char *copy = repl_copy(text, strlen(text));
    free(*place);
    *place = copy;
}

// An edit starts in a row of its own; a line that is asked for goes on in the row where the program stopped writing.
static void place_prompt(struct editor *ed, const char *prompt, struct out *o)
{
    if (ed->mode != EDIT_STATEMENT && ed->partial.len && ed->screen.output_column < ed->screen.columns) {
        out_add(&ed->partial, prompt, strlen(prompt) + 1);
        replace_string(&ed->prompt, ed->partial.bytes);
        out_text(o, "\r");
    } else {
        replace_string(&ed->prompt, prompt);
        if (ed->screen.output_column) out_text(o, "\r\n");
    }
    ed->partial.len = ed->screen.output_column = 0;
}

void editor_prompt(struct editor *ed, const char *prompt, const char *continuation, enum edit_mode mode)
{
    struct out o = {0};
    editor_cancel(ed);
    ed->mode = mode;
    place_prompt(ed, prompt, &o);
    replace_string(&ed->continuation, continuation);
    edit_clear(&ed->edit);
    ed->browsed = ed->history.count;
    ed->last = COMMAND_OTHER;
    ed->checked = ed->spent = 0;
    ed->screen.top = 0;
    screen_forget(&ed->screen);
    draw(ed, &o, false);
    flush(ed, &o);
}

static void drop_below(struct editor *ed)
{
    free(ed->below);
    ed->below = NULL;
}

// The text stays on the screen, the cursor goes below it.
static void end(struct editor *ed, const char *mark)
{
    struct out o = {0};
    drop_below(ed);
    search_free(&ed->search);
    draw(ed, &o, true);
    out_text(&o, mark);
    screen_leave(&ed->screen, &o);
    flush(ed, &o);
    ed->mode = EDIT_IDLE;
}

void editor_cancel(struct editor *ed)
{
    if (ed->mode == EDIT_IDLE) return;
    end(ed, "");
    edit_clear(&ed->edit);
}

void editor_finish(struct editor *ed, struct events *events, enum event_kind kind)
{
    bool submitted = kind == EVENT_SUBMIT;
    if (submitted && ed->mode == EDIT_STATEMENT) history_add(&ed->history, ed->edit.text, ed->edit.len);
    end(ed, kind == EVENT_INTERRUPT_TEXT || kind == EVENT_INTERRUPT_EMPTY ? "^C" : "");
    struct event *e = events_add(events, kind);
    if (submitted) {
        e->text = repl_copy(ed->edit.text, ed->edit.len);
        e->len = ed->edit.len;
    }
    edit_clear(&ed->edit);
}

// ---- keys

void editor_read(struct editor *ed)
{
    char *bytes = malloc(READ_BYTES);
    if (!bytes) return;
    keys_add(&ed->keys, bytes, tty_read(&ed->tty, bytes, READ_BYTES));
    free(bytes);
}

static bool end_of_input(struct editor *ed, struct events *events)
{
    if (!ed->tty.gone || ed->eof_told) return false;
    ed->eof_told = true;
    if (ed->mode == EDIT_IDLE) events_add(events, EVENT_EOF);
    else editor_finish(ed, events, EVENT_EOF);
    return false;
}

bool editor_run(struct editor *ed, struct events *events)
{
    size_t start = keys_waiting(&ed->keys), used = 0;
    bool drawn = true;
    struct key key;
    while (ed->mode != EDIT_IDLE && used < TURN_BYTES && keys_next(&ed->keys, &key)) {
        drop_below(ed);
        command_key(ed, &key, events);
        used = start - keys_waiting(&ed->keys);
        drawn = false;
    }
    if (ed->mode == EDIT_IDLE && keys_interrupted(&ed->keys)) events_add(events, EVENT_INTERRUPT_BUSY);
    if (ed->mode == EDIT_IDLE && keys_suspended(&ed->keys)) editor_suspend(ed);
    if (used >= TURN_BYTES && ed->mode != EDIT_IDLE) return true;
    if (!drawn && !ed->keys.pasting) editor_draw(ed);
    return end_of_input(ed, events);
}

// ---- output of others

static void note_partial(struct editor *ed, const char *bytes, size_t n)
{
    const char *start = bytes + n;
    while (start > bytes && start[-1] != '\n' && start[-1] != '\r') start--;
    if (start > bytes || ed->partial.len > PARTIAL_MAX) ed->partial.len = 0;
    out_add(&ed->partial, start, (size_t)(bytes + n - start));
    screen_follow(&ed->screen, bytes, n);
}

// The text makes room, what is written goes on where the last output ended, the text comes again below it.
static bool write_above(struct editor *ed, const char *bytes, size_t len)
{
    struct out o = {0};
    screen_erase(&ed->screen, &o);
    if (ed->screen.output_column) {
        out_text(&o, "\033[A");
        if (ed->screen.output_column < ed->screen.columns) out_format(&o, "\033[%zuC", ed->screen.output_column);
        else out_format(&o, "\033[%zuG", ed->screen.columns + 1);
    }
    out_add(&o, bytes, len);
    note_partial(ed, bytes, len);
    if (ed->screen.output_column) out_text(&o, "\r\n");
    draw(ed, &o, false);
    bool there = world_write(ed->vm->world, 1, o.bytes, o.len);
    free(o.bytes);
    return there;
}

bool editor_write(struct vm *vm, int fd, const void *bytes, size_t len)
{
    struct editor *ed = vm->editor;
    if (fd == 2 && !isatty(2)) return world_write(vm->world, fd, bytes, len);
    if (!len) return true;
    if (ed->mode != EDIT_IDLE) return write_above(ed, bytes, len);
    note_partial(ed, bytes, len);
    return world_write(vm->world, fd, bytes, len);
}
