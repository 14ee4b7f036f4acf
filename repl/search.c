// SPDX-License-Identifier: Apache-2.0
// Going back to earlier statements: step by step, and by what they hold (C-r).
//
// Invariant: a search that is given up (C-g) leaves text and cursor as they were before it; the text left for the history is kept as the draft
// until the edit ends.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../vm/native.h"
#include "editor.h"

static void set_text(struct editor *ed, const char *text, size_t n)
{
    edit_clear(&ed->edit);
    edit_insert(&ed->edit, text, n);
    edit_seal(&ed->edit);
}

// ---- step by step

static void show_browsed(struct editor *ed)
{
    if (ed->browsed == ed->history.count) {
        set_text(ed, ed->draft, ed->draft_len);
    } else {
        const struct entry *e = &ed->history.entries[ed->browsed];
        set_text(ed, e->text, e->len);
    }
    ed->now = COMMAND_HISTORY;
}

static void keep_draft(struct editor *ed)
{
    if (ed->browsed != ed->history.count) return;
    free(ed->draft);
    ed->draft = repl_copy(ed->edit.text, ed->edit.len);
    ed->draft_len = ed->edit.len;
}

void history_step(struct editor *ed, int by)
{
    size_t count = ed->mode == EDIT_STATEMENT ? ed->history.count : 0;
    if (by < 0 ? !ed->browsed || !count : ed->browsed >= count) return;
    keep_draft(ed);
    ed->browsed = by < 0 ? ed->browsed - 1 : ed->browsed + 1;
    show_browsed(ed);
}

void history_edge(struct editor *ed, bool oldest)
{
    if (ed->mode != EDIT_STATEMENT || !ed->history.count) return;
    if (!oldest && ed->browsed == ed->history.count) return;
    keep_draft(ed);
    ed->browsed = oldest ? 0 : ed->history.count;
    show_browsed(ed);
}

// ---- searching

void search_free(struct search *s)
{
    free(s->pattern);
    free(s->before);
    memset(s, 0, sizeof *s);
}

void search_start(struct editor *ed)
{
    struct search *s = &ed->search;
    if (ed->mode != EDIT_STATEMENT) return;
    search_free(s);
    s->on = true;
    s->found = ed->history.count;
    s->before = repl_copy(ed->edit.text, ed->edit.len);
    s->before_len = ed->edit.len;
    s->before_cursor = ed->edit.cursor;
}

char *search_prompt(const struct search *s)
{
    char *text = NULL;
    if (asprintf(&text, "(%s `%.*s') ", s->failed ? "not found" : "search", (int)s->len, s->len ? s->pattern : "") >= 0) return text;
    return repl_copy("", 0);
}

static void show_found(struct editor *ed)
{
    struct search *s = &ed->search;
    if (s->found == ed->history.count) {
        set_text(ed, s->before, s->before_len);
        ed->edit.cursor = s->before_cursor;
        return;
    }
    const struct entry *e = &ed->history.entries[s->found];
    const char *at = s->len ? memmem(e->text, e->len, s->pattern, s->len) : NULL;
    set_text(ed, e->text, e->len);
    if (at) ed->edit.cursor = (size_t)(at - e->text);
}

// older: below `from`; else from there on upwards.
static void search(struct editor *ed, size_t from, bool older)
{
    struct search *s = &ed->search;
    size_t found = older ? history_find(&ed->history, from, s->pattern, s->len) : history_find_up(&ed->history, from, s->pattern, s->len);
    s->failed = found == SIZE_MAX;
    if (s->failed) return;
    s->found = found;
    show_found(ed);
}

static void give_up(struct editor *ed)
{
    ed->search.found = ed->history.count;
    show_found(ed);
    search_free(&ed->search);
}

// The pattern is longer: the entry shown may still hold it.
static void search_longer(struct editor *ed, uint32_t code)
{
    struct search *s = &ed->search;
    s->pattern = repl_room(s->pattern, s->len + 4, &s->capacity, 1);
    s->len += utf8_encode(code, (uint8_t *)s->pattern + s->len);
    search(ed, s->found < ed->history.count ? s->found + 1 : s->found, true);
}

static void search_shorter(struct editor *ed)
{
    struct search *s = &ed->search;
    while (s->len && ((uint8_t)s->pattern[s->len - 1] & 0xC0) == 0x80) s->len--;
    if (s->len) s->len--;
    s->found = ed->history.count;
    s->failed = false;
    if (s->len) search(ed, ed->history.count, true);
    else show_found(ed);
}

bool search_key(struct editor *ed, const struct key *key)
{
    struct search *s = &ed->search;
    switch (key->code) {
    case CTRL('R'):
        if (s->len) search(ed, s->found, true);
        return true;
    case CTRL('S'):
        if (s->len && s->found < ed->history.count) search(ed, s->found + 1, false);
        return true;
    case CTRL('G'):
        give_up(ed);
        return true;
    case CTRL('H'): case 127:
        search_shorter(ed);
        return true;
    default:
        if (key->code >= 32 && key->code < KEY_NONE) {
            search_longer(ed, key->code);
            return true;
        }
        if (s->found < ed->history.count) ed->browsed = s->found;
        search_free(s);
        return false;
    }
}
