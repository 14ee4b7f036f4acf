// SPDX-License-Identifier: Apache-2.0
// What keys do. One table; each command is a function on the editor.
//
// Invariants: a command changes the text through edit.h only; one that ends the edit does so as its last act.
#include <stdlib.h>
#include <string.h>

#include "../vm/native.h"
#include "editor.h"
#include "indent.h"

// A pasted statement is looked at with every line up to CHECK_ALWAYS; no closer is longer than CLOSER_MAX.
enum { CHECK_ALWAYS = 16 * 1024, CHECK_TIMES = 8, CLOSER_MAX = sizeof "rescue" - 1 };

// ---- moving

static void left(struct editor *ed) { ed->edit.cursor = edit_left(&ed->edit, ed->edit.cursor); }
static void right(struct editor *ed) { ed->edit.cursor = edit_right(&ed->edit, ed->edit.cursor); }
static void word_left(struct editor *ed) { ed->edit.cursor = edit_word_left(&ed->edit, ed->edit.cursor); }
static void word_right(struct editor *ed) { ed->edit.cursor = edit_word_right(&ed->edit, ed->edit.cursor); }
static void line_start(struct editor *ed) { ed->edit.cursor = edit_line_start(&ed->edit, ed->edit.cursor); }
static void line_end(struct editor *ed) { ed->edit.cursor = edit_line_end(&ed->edit, ed->edit.cursor); }
static void text_start(struct editor *ed) { ed->edit.cursor = 0; }
static void text_end(struct editor *ed) { ed->edit.cursor = ed->edit.len; }
static void indentation(struct editor *ed) { ed->edit.cursor = edit_indent_end(&ed->edit, ed->edit.cursor); }

// To where the line's text starts; from there to the line's start, and back.
static void home(struct editor *ed)
{
    size_t start = edit_line_start(&ed->edit, ed->edit.cursor), text = edit_indent_end(&ed->edit, ed->edit.cursor);
    ed->edit.cursor = ed->edit.cursor == text ? start : text;
}

static void vertical(struct editor *ed, int by)
{
    struct edit *e = &ed->edit;
    size_t start = edit_line_start(e, e->cursor), end = edit_line_end(e, e->cursor);
    bool more = by < 0 ? start > 0 : end < e->len;
    if (ed->last == COMMAND_HISTORY || !more) {
        history_step(ed, by);
        return;
    }
    if (ed->last != COMMAND_VERTICAL) ed->goal = edit_column(e, e->cursor);
    e->cursor = edit_at_column(e, by < 0 ? edit_line_start(e, start - 1) : end + 1, ed->goal);
    ed->now = COMMAND_VERTICAL;
}

static void up(struct editor *ed) { vertical(ed, -1); }
static void down(struct editor *ed) { vertical(ed, 1); }
static void older(struct editor *ed) { history_step(ed, -1); }
static void newer(struct editor *ed) { history_step(ed, 1); }
static void oldest(struct editor *ed) { history_edge(ed, true); }
static void newest(struct editor *ed) { history_edge(ed, false); }

// ---- cutting and pasting

static void kill_range(struct editor *ed, size_t from, size_t to, bool before)
{
    if (from == to) return;
    if (ed->last == COMMAND_KILL) kills_join(&ed->kills, ed->edit.text + from, to - from, before);
    else kills_add(&ed->kills, ed->edit.text + from, to - from);
    edit_delete(&ed->edit, from, to);
    ed->now = COMMAND_KILL;
}

static void kill_line(struct editor *ed)
{
    size_t end = edit_line_end(&ed->edit, ed->edit.cursor);
    kill_range(ed, ed->edit.cursor, end == ed->edit.cursor && end < ed->edit.len ? end + 1 : end, false);
}

static void kill_line_start(struct editor *ed)
{
    size_t start = edit_line_start(&ed->edit, ed->edit.cursor);
    kill_range(ed, start == ed->edit.cursor && start ? start - 1 : start, ed->edit.cursor, true);
}

static void kill_word(struct editor *ed) { kill_range(ed, ed->edit.cursor, edit_word_right(&ed->edit, ed->edit.cursor), false); }
static void kill_word_left(struct editor *ed) { kill_range(ed, edit_word_left(&ed->edit, ed->edit.cursor), ed->edit.cursor, true); }
static void kill_blank_left(struct editor *ed) { kill_range(ed, edit_blank_left(&ed->edit, ed->edit.cursor), ed->edit.cursor, true); }

static void yank(struct editor *ed)
{
    size_t n;
    const char *bytes = kills_get(&ed->kills, &n);
    if (!bytes) return;
    edit_seal(&ed->edit);
    ed->yank_at = ed->edit.cursor;
    edit_insert(&ed->edit, bytes, n);
    edit_seal(&ed->edit);
    ed->now = COMMAND_YANK;
}

static void yank_older(struct editor *ed)
{
    size_t n;
    if (ed->last != COMMAND_YANK) return;
    kills_turn(&ed->kills);
    const char *bytes = kills_get(&ed->kills, &n);
    edit_replace(&ed->edit, ed->yank_at, ed->edit.cursor, bytes, n);
    edit_seal(&ed->edit);
    ed->now = COMMAND_YANK;
}

// ---- changing

static void delete_right(struct editor *ed) { edit_delete(&ed->edit, ed->edit.cursor, edit_right(&ed->edit, ed->edit.cursor)); }

// In the indentation a step of it goes.
static void delete_left(struct editor *ed)
{
    struct edit *e = &ed->edit;
    size_t start = edit_line_start(e, e->cursor), at = e->cursor;
    bool blank = start > 0 && at > start && edit_indent_end(e, at) >= at && e->text[at - 1] == ' ';
    if (blank) edit_delete(e, at - 1 - (at - start - 1) % INDENT, at);
    else edit_delete(e, edit_left(e, at), at);
}

// The characters before and at the cursor; at the end the last two.
static void transpose(struct editor *ed)
{
    struct edit *e = &ed->edit;
    size_t mid = e->cursor == e->len || e->text[e->cursor] == '\n' ? edit_left(e, e->cursor) : e->cursor;
    size_t from = edit_left(e, mid), to = edit_right(e, mid), n = 0;
    if (from == mid || mid == to || e->text[from] == '\n') return;
    char *swapped = repl_copy(e->text + mid, to - from);
    n = to - mid;
    memcpy(swapped + n, e->text + from, mid - from);
    memcpy(swapped, e->text + mid, n);
    edit_replace(e, from, to, swapped, to - from);
    edit_seal(e);
    free(swapped);
}

static void undo(struct editor *ed) { edit_undo(&ed->edit); }
static void redo(struct editor *ed) { edit_redo(&ed->edit); }

// ---- indentation

static void set_indentation(struct editor *ed, size_t want)
{
    struct edit *e = &ed->edit;
    size_t start = edit_line_start(e, e->cursor), text = edit_indent_end(e, e->cursor), behind = e->cursor > text ? e->cursor - text : 0;
    if (text - start == want) return;
    char *blanks = repl_copy("", 0);
    size_t capacity = 1;
    blanks = repl_room(blanks, want + 1, &capacity, 1);
    memset(blanks, ' ', want);
    edit_replace(e, start, text, blanks, want);
    edit_seal(e);
    free(blanks);
    e->cursor = start + want + behind;
}

static void outdent(struct editor *ed)
{
    size_t now = edit_indent_end(&ed->edit, ed->edit.cursor) - edit_line_start(&ed->edit, ed->edit.cursor);
    set_indentation(ed, now < INDENT ? 0 : now - INDENT);
}

static bool is_closer(const char *s, size_t n, const struct indent *in)
{
    static const char *const words[] = {"end", "else", "rescue", "catch", "after", ")", "]", "}", ">>"};
    if (in->heredoc) return n == 3 && (memcmp(s, "\"\"\"", 3) == 0 || memcmp(s, "'''", 3) == 0);
    for (size_t i = 0; !in->text && i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == n && memcmp(words[i], s, n) == 0) return true;
    return false;
}

// A line that is nothing but a closer goes under its opener's, the head of a clause under the one before.
static void outdent_closer(struct editor *ed)
{
    struct edit *e = &ed->edit;
    size_t start = edit_line_start(e, e->cursor), text = edit_indent_end(e, e->cursor), n = e->cursor - text;
    if (!start || e->cursor <= text || edit_line_end(e, e->cursor) != e->cursor) return;
    bool arrow = n >= 2 && memcmp(e->text + e->cursor - 2, "->", 2) == 0;
    if (!arrow && n > CLOSER_MAX) return;
    struct indent in = source_indent(ed->vm, e->text, arrow ? e->cursor : start);
    int32_t want = arrow ? in.clause : is_closer(e->text + text, n, &in) ? in.closer : -1;
    if (want >= 0 && (size_t)want < text - start) set_indentation(ed, (size_t)want);
}

static void newline(struct editor *ed)
{
    struct edit *e = &ed->edit;
    size_t want = ed->mode == EDIT_STATEMENT && e->len <= COLOUR_MAX ? (size_t)source_indent(ed->vm, e->text, e->cursor).next : 0, to = e->cursor;
    while (want && to < e->len && e->text[to] == ' ') to++;
    edit_seal(e);
    edit_replace(e, e->cursor, to, "\n", 1);
    set_indentation(ed, want);
    edit_seal(e);
    ed->given = want;
}

// ---- ending the edit

// A last line of this takes an unfinished statement back, as in iex.
static bool is_broken_off(const struct edit *e)
{
    static const char mark[] = "#iex:break";
    size_t start = edit_line_start(e, e->len);
    return start && e->len - start == sizeof mark - 1 && memcmp(e->text + start, mark, sizeof mark - 1) == 0;
}

static bool is_over(struct editor *ed) { return is_broken_off(&ed->edit) || !source_incomplete(ed->vm, ed->edit.text, ed->edit.len); }

static void enter(struct editor *ed, struct events *events)
{
    if (ed->mode == EDIT_STATEMENT && !is_over(ed)) newline(ed);
    else editor_finish(ed, events, EVENT_SUBMIT);
}

static bool is_blank_text(const struct edit *e)
{
    for (size_t i = 0; i < e->len; i++)
        if (e->text[i] != ' ' && e->text[i] != '\t' && e->text[i] != '\n') return false;
    return true;
}

// Whether the last line of a pasted statement may end it. A long one is looked at when it has grown by a quarter, and at lines that are no
// deeper than the first, as long as all that costs no more than reading the whole a few times.
static bool check_is_due(struct editor *ed)
{
    struct edit *e = &ed->edit;
    if (e->len <= CHECK_ALWAYS) return true;
    size_t start = edit_line_start(e, e->len), depth = edit_indent_end(e, e->len) - start;
    bool shallow = depth <= edit_indent_end(e, 0) && ed->spent / CHECK_TIMES < e->len;
    if (!shallow && e->len < ed->checked + ed->checked / 4) return false;
    ed->checked = e->len;
    ed->spent += e->len;
    return true;
}

// Pasted lines run as if typed: each statement when it is complete.
static void pasted_newline(struct editor *ed, struct events *events)
{
    struct edit *e = &ed->edit;
    bool statement = ed->mode == EDIT_STATEMENT;
    if (statement && is_blank_text(e)) {
        edit_clear(e);
    } else if (e->cursor == e->len && (!statement || (check_is_due(ed) && is_over(ed)))) {
        editor_finish(ed, events, EVENT_SUBMIT);
    } else {
        edit_insert(e, "\n", 1);
    }
}

static void interrupt(struct editor *ed, struct events *events)
{
    editor_finish(ed, events, ed->edit.len ? EVENT_INTERRUPT_TEXT : EVENT_INTERRUPT_EMPTY);
}

static void delete_or_leave(struct editor *ed, struct events *events)
{
    if (ed->edit.len) delete_right(ed);
    else editor_finish(ed, events, EVENT_EOF);
}

// In the indentation of a further line a Tab indents.
static void complete(struct editor *ed, struct events *events)
{
    struct edit *e = &ed->edit;
    size_t start = edit_line_start(e, e->cursor);
    if (ed->mode != EDIT_STATEMENT || (start && edit_indent_end(e, e->cursor) >= e->cursor)) {
        edit_insert(e, "  ", INDENT - (e->cursor - start) % INDENT);
        return;
    }
    ed->page = ed->last == COMMAND_COMPLETE && ed->completed == e->version ? ed->page + 1 : 0;
    ed->completed = e->version;
    ed->now = COMMAND_COMPLETE;
    struct event *event = events_add(events, EVENT_COMPLETE);
    event->text = repl_copy(e->text, e->len);
    event->len = e->len;
    event->at = e->cursor;
}

// ---- the table

static void insert_newline(struct editor *ed) { newline(ed); }

typedef void command_fn(struct editor *ed);
typedef void ending_fn(struct editor *ed, struct events *events);

static const struct { uint32_t key; command_fn *run; } BINDINGS[] = {
    {CTRL('A'), line_start}, {CTRL('E'), line_end}, {CTRL('B'), left}, {CTRL('F'), right}, {CTRL('P'), up}, {CTRL('N'), down},
    {KEY_LEFT, left}, {KEY_RIGHT, right}, {KEY_UP, up}, {KEY_DOWN, down}, {KEY_HOME, home}, {KEY_END, line_end},
    {META('b'), word_left}, {META('f'), word_right}, {META('m'), indentation},
    {META(KEY_LEFT), word_left}, {META(KEY_RIGHT), word_right}, {KEY_CTRL | KEY_LEFT, word_left}, {KEY_CTRL | KEY_RIGHT, word_right},
    {KEY_CTRL | KEY_HOME, text_start}, {KEY_CTRL | KEY_END, text_end}, {META(KEY_HOME), text_start}, {META(KEY_END), text_end},
    {META('p'), older}, {META('n'), newer}, {KEY_PAGE_UP, older}, {KEY_PAGE_DOWN, newer}, {META(KEY_UP), older}, {META(KEY_DOWN), newer},
    {KEY_CTRL | KEY_UP, older}, {KEY_CTRL | KEY_DOWN, newer}, {META('<'), oldest}, {META('>'), newest},
    {CTRL('K'), kill_line}, {CTRL('U'), kill_line_start}, {CTRL('W'), kill_blank_left}, {META('d'), kill_word},
    {META(127), kill_word_left}, {META(CTRL('H')), kill_word_left}, {META(KEY_DELETE), kill_word}, {KEY_CTRL | KEY_DELETE, kill_word},
    {CTRL('Y'), yank}, {META('y'), yank_older}, {CTRL('H'), delete_left}, {127, delete_left}, {KEY_DELETE, delete_right},
    {CTRL('T'), transpose}, {META('t'), word_transpose}, {META('u'), word_upper}, {META('l'), word_lower}, {META('c'), word_title},
    {KEY_BACKTAB, outdent}, {31, undo}, {META('_'), redo}, {META('/'), redo},
    {META('\r'), insert_newline}, {META('\n'), insert_newline},
    {CTRL('O'), insert_newline}, {CTRL('L'), editor_clear_screen}, {CTRL('R'), search_start}, {CTRL('Z'), editor_suspend},
};

static const struct { uint32_t key; ending_fn *run; } ENDINGS[] = {
    {'\r', enter}, {'\n', enter}, {CTRL('C'), interrupt}, {CTRL('D'), delete_or_leave}, {'\t', complete}, {KEY_PASTED_NEWLINE, pasted_newline},
};

// Bytes of a paste that are no UTF-8 become U+FFFD.
static void insert_bytes(struct editor *ed, const char *bytes, size_t n)
{
    size_t from = 0;
    uint32_t c;
    if (utf8_valid((const uint8_t *)bytes, n)) {
        edit_insert(&ed->edit, bytes, n);
        return;
    }
    for (size_t i = 0; i < n;) {
        int len = utf8_decode((const uint8_t *)bytes + i, n - i, &c);
        if (len > 0) {
            i += (size_t)len;
            continue;
        }
        edit_insert(&ed->edit, bytes + from, i - from);
        edit_insert(&ed->edit, "\xEF\xBF\xBD", 3);
        from = ++i;
    }
    edit_insert(&ed->edit, bytes + from, n - from);
}

// Blanks at the start of a line that has been indented are its writer's own indentation: they count from the line's start.
static void insert_character(struct editor *ed, uint32_t c, size_t given)
{
    uint8_t bytes[4];
    if (c == ' ' && given) {
        ed->given = given - 1;
        return;
    }
    if (c == ' ') edit_seal(&ed->edit);         // undo goes word by word
    edit_insert(&ed->edit, (char *)bytes, utf8_encode(c, bytes));
    if (ed->mode == EDIT_STATEMENT) outdent_closer(ed);
}

static bool bound(struct editor *ed, uint32_t code)
{
    for (size_t i = 0; i < sizeof BINDINGS / sizeof *BINDINGS; i++) {
        if (BINDINGS[i].key != code) continue;
        BINDINGS[i].run(ed);
        edit_seal(&ed->edit);
        return true;
    }
    return false;
}

void command_key(struct editor *ed, const struct key *key, struct events *events)
{
    size_t given = ed->given;
    ed->given = 0;
    ed->now = COMMAND_OTHER;
    if (ed->search.on && search_key(ed, key)) return;
    if (key->code == KEY_PASTED) insert_bytes(ed, key->text, key->len);
    else if (key->code >= 32 && key->code < KEY_NONE && key->code != 127) insert_character(ed, key->code, given);
    else if (!bound(ed, key->code)) {
        for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
            if (ENDINGS[i].key != key->code) continue;
            ENDINGS[i].run(ed, events);
            break;
        }
    }
    ed->last = ed->now;
}
