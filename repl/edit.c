// SPDX-License-Identifier: Apache-2.0
// See edit.h. Owns the text, what was changed in it, and what was cut from it.
#include "edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

// How far back a cluster's start is looked for: longer clusters are taken apart.
enum { CLUSTER_MAX = 64, UNDO_MAX = 10000 };

void *repl_room(void *items, size_t want, size_t *capacity, size_t size)
{
    if (want <= *capacity) return items;
    while (*capacity < want) *capacity = *capacity ? *capacity * 2 : 64;
    items = realloc(items, *capacity * size);
    if (items) return items;
    fprintf(stderr, "phial: out of memory in the line editor\n");
    abort();
}

char *repl_copy(const char *bytes, size_t n)
{
    size_t capacity = 0;
    char *copy = repl_room(NULL, n + 1, &capacity, 1);
    if (n) memcpy(copy, bytes, n);
    copy[n] = 0;
    return copy;
}

// ---- changes

static void forget_changes(struct edit *e, size_t from)
{
    for (size_t i = from; i < e->nchanges; i++) free(e->changes[i].removed);
    e->nchanges = from;
    if (e->done > from) e->done = from;
}

void edit_free(struct edit *e)
{
    forget_changes(e, 0);
    free(e->changes);
    free(e->text);
    memset(e, 0, sizeof *e);
}

void edit_clear(struct edit *e)
{
    forget_changes(e, 0);
    e->text = repl_room(e->text, 1, &e->capacity, 1);
    e->text[0] = 0;
    e->len = e->cursor = 0;
    e->version++;
    e->joins = false;
}

static void splice(struct edit *e, size_t at, size_t gone, const char *bytes, size_t n)
{
    e->text = repl_room(e->text, e->len - gone + n + 1, &e->capacity, 1);
    memmove(e->text + at + n, e->text + at + gone, e->len - at - gone);
    if (n) memcpy(e->text + at, bytes, n);
    e->len = e->len - gone + n;
    e->text[e->len] = 0;
    e->cursor = at + n;
    e->version++;
}

static void forget_oldest(struct edit *e)
{
    size_t half = e->nchanges / 2;
    for (size_t i = 0; i < half; i++) free(e->changes[i].removed);
    memmove(e->changes, e->changes + half, (e->nchanges - half) * sizeof *e->changes);
    e->nchanges -= half;
    e->done -= half;
}

static void note(struct edit *e, size_t at, size_t gone, size_t n)
{
    forget_changes(e, e->done);
    struct change *last = e->done ? &e->changes[e->done - 1] : NULL;
    if (e->joins && last && !gone && last->at + last->inserted == at) {
        last->inserted += n;
        return;
    }
    if (e->nchanges == UNDO_MAX) forget_oldest(e);
    e->changes = repl_room(e->changes, e->nchanges + 1, &e->changes_capacity, sizeof *e->changes);
    e->changes[e->nchanges++] = (struct change){at, n, gone, gone ? repl_copy(e->text + at, gone) : NULL};
    e->done = e->nchanges;
}

void edit_replace(struct edit *e, size_t from, size_t to, const char *bytes, size_t n)
{
    if (from == to && !n) return;
    note(e, from, to - from, n);
    splice(e, from, to - from, bytes, n);
    e->joins = from == to;
}

void edit_insert(struct edit *e, const char *bytes, size_t n) { edit_replace(e, e->cursor, e->cursor, bytes, n); }
void edit_delete(struct edit *e, size_t from, size_t to) { edit_replace(e, from, to, NULL, 0); }

static void swap_change(struct edit *e, struct change *c)
{
    char *now = c->inserted ? repl_copy(e->text + c->at, c->inserted) : NULL;
    size_t n = c->inserted;
    splice(e, c->at, c->inserted, c->removed, c->removed_len);
    free(c->removed);
    c->inserted = c->removed_len;
    c->removed = now;
    c->removed_len = n;
    e->joins = false;
}

bool edit_undo(struct edit *e)
{
    if (!e->done) return false;
    swap_change(e, &e->changes[--e->done]);
    return true;
}

bool edit_redo(struct edit *e)
{
    if (e->done == e->nchanges) return false;
    swap_change(e, &e->changes[e->done++]);
    return true;
}

// ---- characters

static bool is_hidden(utf8proc_int32_t c)
{
    if (c < 0x80) return false;
    utf8proc_category_t kind = utf8proc_category(c);
    return kind == UTF8PROC_CATEGORY_CC || kind == UTF8PROC_CATEGORY_CF || kind == UTF8PROC_CATEGORY_ZL || kind == UTF8PROC_CATEGORY_ZP;
}

bool cluster_hidden(const char *s, size_t n)
{
    utf8proc_int32_t c;
    return utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &c) > 0 && is_hidden(c);
}

static unsigned code_point_width(utf8proc_int32_t c)
{
    if (c == '\t') return 1;
    if (c < 32 || c == 127) return 2;
    int w = utf8proc_charwidth(c);
    return w < 0 ? 0 : (unsigned)w;
}

static bool is_flag_part(utf8proc_int32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

size_t cluster(const char *s, size_t len, unsigned *width)
{
    const utf8proc_uint8_t *u = (const utf8proc_uint8_t *)s;
    *width = 0;
    if (!len) return 0;
    if (u[0] < 0x80 && (len == 1 || u[1] < 0x80)) {
        *width = u[0] < 32 || u[0] == 127 ? code_point_width(u[0]) : 1;
        return 1;
    }
    utf8proc_int32_t before, c, state = 0;
    utf8proc_ssize_t n = utf8proc_iterate(u, (utf8proc_ssize_t)len, &before);
    if (n <= 0) return *width = 1, 1;
    size_t at = (size_t)n;
    *width = is_hidden(before) ? 1 : code_point_width(before);
    while (at < len && at < CLUSTER_MAX && u[0] >= 32) {
        n = utf8proc_iterate(u + at, (utf8proc_ssize_t)(len - at), &c);
        if (n <= 0 || utf8proc_grapheme_break_stateful(before, c, &state)) break;
        unsigned w = code_point_width(c);
        if (c == 0xFE0F || is_flag_part(c)) w = 2;  // the picture form of what may be narrow; the second letter of a flag
        if (w > *width) *width = w;
        before = c;
        at += (size_t)n;
    }
    return at;
}

bool cluster_uncertain(const char *s, size_t n, unsigned width)
{
    unsigned sum = 0;
    utf8proc_int32_t c;
    for (size_t at = 0; at < n;) {
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)s + at, (utf8proc_ssize_t)(n - at), &c);
        if (step <= 0) return true;
        sum += code_point_width(c);
        at += (size_t)step;
    }
    return sum != width;
}

size_t edit_right(const struct edit *e, size_t at)
{
    unsigned width;
    return at + cluster(e->text + at, e->len - at, &width);
}

static bool is_continuation(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

size_t edit_left(const struct edit *e, size_t at)
{
    if (!at) return 0;
    if ((unsigned char)e->text[at - 1] < 0x80) return at - 1;
    size_t from = at > 2 * CLUSTER_MAX ? at - 2 * CLUSTER_MAX : 0;
    while (from && is_continuation(e->text[from])) from--;
    size_t last = from;
    while (from < at) {
        last = from;
        from = edit_right(e, from);
    }
    return last;
}

// ---- words and lines

static bool in_word(const struct edit *e, size_t at)
{
    unsigned char c = (unsigned char)e->text[at];
    return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

size_t edit_word_left(const struct edit *e, size_t at)
{
    while (at && !in_word(e, at - 1)) at--;
    while (at && in_word(e, at - 1)) at--;
    return at;
}

size_t edit_word_right(const struct edit *e, size_t at)
{
    while (at < e->len && !in_word(e, at)) at++;
    while (at < e->len && in_word(e, at)) at++;
    return at;
}

size_t edit_blank_left(const struct edit *e, size_t at)
{
    while (at && is_blank(e->text[at - 1])) at--;
    while (at && !is_blank(e->text[at - 1])) at--;
    return at;
}

size_t edit_line_start(const struct edit *e, size_t at)
{
    while (at && e->text[at - 1] != '\n') at--;
    return at;
}

size_t edit_line_end(const struct edit *e, size_t at)
{
    const char *nl = memchr(e->text + at, '\n', e->len - at);
    return nl ? (size_t)(nl - e->text) : e->len;
}

size_t edit_indent_end(const struct edit *e, size_t at)
{
    at = edit_line_start(e, at);
    while (at < e->len && (e->text[at] == ' ' || e->text[at] == '\t')) at++;
    return at;
}

size_t edit_column(const struct edit *e, size_t at)
{
    size_t column = 0;
    unsigned width;
    for (size_t i = edit_line_start(e, at); i < at; column += width) i += cluster(e->text + i, e->len - i, &width);
    return column;
}

size_t edit_at_column(const struct edit *e, size_t line_start, size_t column)
{
    size_t at = line_start, end = edit_line_end(e, line_start), reached = 0;
    unsigned width;
    while (at < end) {
        size_t n = cluster(e->text + at, e->len - at, &width);
        if ((reached += width) > column) break;
        at += n;
    }
    return at;
}

// ---- kill ring

void kills_free(struct kills *k)
{
    for (unsigned i = 0; i < KILLS; i++) free(k->items[i]);
    memset(k, 0, sizeof *k);
}

void kills_add(struct kills *k, const char *bytes, size_t n)
{
    k->top = k->count ? (k->top + 1) % KILLS : 0;
    if (k->count < KILLS) k->count++;
    free(k->items[k->top]);
    k->items[k->top] = repl_copy(bytes, n);
    k->lens[k->top] = n;
    k->turned = 0;
}

void kills_join(struct kills *k, const char *bytes, size_t n, bool before)
{
    if (!k->count) {
        kills_add(k, bytes, n);
        return;
    }
    char *old = k->items[k->top];
    size_t len = k->lens[k->top], capacity = 0;
    char *joined = repl_room(NULL, len + n + 1, &capacity, 1);
    memcpy(joined + (before ? n : 0), old, len);
    if (n) memcpy(joined + (before ? 0 : len), bytes, n);
    joined[len + n] = 0;
    free(old);
    k->items[k->top] = joined;
    k->lens[k->top] = len + n;
    k->turned = 0;
}

const char *kills_get(const struct kills *k, size_t *n)
{
    if (!k->count) return NULL;
    unsigned at = (k->top + k->count - k->turned % k->count) % k->count;
    *n = k->lens[at];
    return k->items[at];
}

void kills_turn(struct kills *k)
{
    if (k->count) k->turned = (k->turned + 1) % k->count;
}
