// SPDX-License-Identifier: Apache-2.0
// See draw.h. A frame is rows of cells (a grapheme cluster each); two frames are compared cell by cell, and a row is written from the first
// cell that differs.
#include "draw.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "colour.h"
#include "edit.h"

// A line longer than SEGMENT is laid out from a multiple of it, so that a key costs no more in a line of megabytes.
enum { SEGMENT = 32 * 1024, TAB_STOP = 8, ESCAPES_MAX = 120 };
static const char HIDDEN[] = "\xEF\xBF\xBD";     // U+FFFD stands for what must not reach the terminal

// ---- output

void out_add(struct out *o, const char *bytes, size_t n)
{
    o->bytes = repl_room(o->bytes, o->len + n + 1, &o->capacity, 1);
    memcpy(o->bytes + o->len, bytes, n);
    o->len += n;
}

void out_text(struct out *o, const char *text) { out_add(o, text, strlen(text)); }

void out_format(struct out *o, const char *fmt, ...)
{
    char text[64];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    out_add(o, text, n < (int)sizeof text ? (size_t)n : sizeof text - 1);
}

// ---- laying out

struct layout {
    struct screen *s;
    struct frame *f;
    const struct view *v;
    char escapes[ESCAPES_MAX];      // of a prompt: what is switched on
    size_t nescapes;
};

static void new_row(struct layout *l, size_t from)
{
    struct frame *f = l->f;
    f->rows = repl_room(f->rows, f->nrows + 1, &f->rows_capacity, sizeof *f->rows);
    f->rows[f->nrows++] = (struct row){.first = (uint32_t)f->ncells, .from = from};
}

static struct row *last_row(struct layout *l) { return &l->f->rows[l->f->nrows - 1]; }

static void add_cell(struct layout *l, const char *bytes, size_t n, unsigned width, uint8_t style)
{
    struct frame *f = l->f;
    f->pool = repl_room(f->pool, f->pool_len + n, &f->pool_capacity, 1);
    memcpy(f->pool + f->pool_len, bytes, n);
    f->cells = repl_room(f->cells, f->ncells + 1, &f->cells_capacity, sizeof *f->cells);
    f->cells[f->ncells++] = (struct cell){(uint32_t)f->pool_len, (uint16_t)n, (uint8_t)width, style};
    f->pool_len += n;
    last_row(l)->count++;
    last_row(l)->width += width;
}

// A cell that does not fit opens a row.
static void put_cell(struct layout *l, const char *bytes, size_t n, unsigned width, uint8_t style, size_t from)
{
    if (last_row(l)->width + width > l->s->columns && last_row(l)->width) new_row(l, from);
    add_cell(l, bytes, n, width, style);
}

// Bytes of the escape sequence at s, 0: none is there.
static size_t escape_length(const char *s, size_t n)
{
    if (n < 2 || s[0] != '\033') return 0;
    if (s[1] != '[') return 2;
    size_t i = 2;
    while (i < n && !(s[i] >= '@' && s[i] <= '~')) i++;
    return i < n ? i + 1 : n;
}

size_t text_width(const char *bytes, size_t n)
{
    size_t width = 0;
    unsigned w;
    for (size_t i = 0, step; i < n; i += step) {
        if ((step = escape_length(bytes + i, n - i))) continue;
        step = cluster(bytes + i, n - i, &w);
        width += w;
    }
    return width;
}

static void note_escape(struct layout *l, const char *s, size_t n)
{
    if (s[n - 1] != 'm') return;                                    // no colour: it would act again with every cell
    if (n == 3 || (n == 4 && s[2] == '0')) l->nescapes = 0;         // ESC [ m, ESC [ 0 m
    else if (l->nescapes + n < ESCAPES_MAX) memcpy(l->escapes + l->nescapes, s, n), l->nescapes += n;
}

// A prompt may hold escape sequences: each of its cells carries those that are on, so that cells can be written one by one.
static void put_prompt(struct layout *l, const char *prompt, size_t from)
{
    size_t n = strlen(prompt), step;
    char cell[2 * ESCAPES_MAX];
    unsigned width;
    l->nescapes = 0;
    for (size_t i = 0; i < n; i += step) {
        if ((step = escape_length(prompt + i, n - i))) {
            note_escape(l, prompt + i, step);
            continue;
        }
        step = cluster(prompt + i, n - i, &width);
        if ((unsigned char)prompt[i] < 32) continue;
        size_t len = l->nescapes;
        memcpy(cell, l->escapes, len);
        memcpy(cell + len, prompt + i, step);
        len += step;
        if (l->nescapes) memcpy(cell + len, "\033[0m", 4), len += 4;
        put_cell(l, cell, len, width, STYLE_PLAIN, from);
    }
}

static void put_tab(struct layout *l, size_t at, uint8_t style)
{
    do put_cell(l, " ", 1, 1, style, at); while (last_row(l)->width % TAB_STOP && last_row(l)->width < l->s->columns);
}

// Where the next character will stand.
static void put_cursor(struct layout *l, size_t at)
{
    const struct view *v = l->v;
    unsigned width = 1;
    if (at < v->len && v->text[at] != '\n') cluster(v->text + at, v->len - at, &width);
    if (last_row(l)->width + width > l->s->columns) new_row(l, at);
    l->f->cursor_row = l->f->nrows - 1;
    l->f->cursor_column = last_row(l)->width;
    l->f->has_cursor = true;
}

// One cluster of the text; answers its length.
static size_t put_character(struct layout *l, size_t at)
{
    const struct view *v = l->v;
    unsigned width;
    uint8_t style = v->styles ? v->styles[at] : STYLE_PLAIN, c = (uint8_t)v->text[at];
    size_t n = cluster(v->text + at, v->len - at, &width);
    if (c == '\t') {
        put_tab(l, at, style);
    } else if (c < 32 || c == 127) {
        char shown[2] = {'^', (char)(c ^ 64)};
        put_cell(l, shown, 2, 2, STYLE_CONTROL, at);
    } else if (cluster_hidden(v->text + at, n)) {
        put_cell(l, HIDDEN, sizeof HIDDEN - 1, 1, STYLE_CONTROL, at);
    } else {
        put_cell(l, v->text + at, n, width, style, at);
    }
    return n;
}

// Where laying out starts, so that `rows` rows above the cursor are there: the start of a line, or of a segment of a long one.
static size_t layout_start(const struct view *v, size_t rows)
{
    if (v->whole) return 0;
    size_t at = v->cursor, lines = 0, line;
    for (;;) {
        line = at;
        size_t floor = line > 2 * SEGMENT ? line - 2 * SEGMENT : 0;
        while (line > floor && v->text[line - 1] != '\n') line--;
        if (line == floor && floor) {
            line = line / SEGMENT * SEGMENT;
            while (((unsigned char)v->text[line] & 0xC0) == 0x80) line--;
            return line;
        }
        if (!line || ++lines > rows) return line;
        at = line - 1;
    }
}

static void lay_out_text(struct layout *l)
{
    const struct view *v = l->v;
    size_t at = layout_start(v, l->s->rows), limit = l->s->rows;
    new_row(l, at);
    if (!at || v->text[at - 1] == '\n') put_prompt(l, at ? v->continuation : v->prompt, at);
    for (; at < v->len; ) {
        if (at == v->cursor) put_cursor(l, at);
        if (!v->whole && l->f->has_cursor && l->f->nrows > l->f->cursor_row + limit) return;
        if (v->text[at] == '\n') {
            new_row(l, ++at);
            put_prompt(l, v->continuation, at);
        } else {
            at += put_character(l, at);
        }
    }
    if (v->cursor >= v->len) put_cursor(l, at);
}

static void keep_rows(struct frame *f, size_t from, size_t n)
{
    memmove(f->rows, f->rows + from, n * sizeof *f->rows);
    f->nrows = n;
    f->cursor_row -= from;
}

// Of all rows those that fit: the window stays where it was as far as the cursor allows.
static void choose_window(struct screen *s, struct frame *f, size_t height, bool started)
{
    size_t top = 0;
    s->cut = started || f->nrows > height;
    if (f->nrows > height) {
        while (top < f->nrows && f->rows[top].from < s->top) top++;
        if (top > f->cursor_row) top = f->cursor_row;
        if (f->cursor_row >= top + height) top = f->cursor_row - height + 1;
        if (top + height > f->nrows) top = f->nrows - height;
        keep_rows(f, top, height);
    }
    s->top = f->rows[0].from;
}

static void lay_out_below(struct layout *l, size_t height)
{
    for (const char *s = l->v->below, *nl; height && s && *s; s = nl + 1, height--) {
        if (!(nl = strchr(s, '\n'))) return;
        new_row(l, SIZE_MAX);
        size_t n = (size_t)(nl - s), i = 0;
        unsigned width;
        while (i < n) {
            size_t len = cluster(s + i, n - i, &width);
            if (last_row(l)->width + width > l->s->columns) break;
            bool faint = memchr(s, '\t', i) != NULL;    // what follows a tab explains
            if (s[i] == '\t') add_cell(l, " ", 1, 1, STYLE_PLAIN);
            else if (cluster_hidden(s + i, len)) add_cell(l, HIDDEN, sizeof HIDDEN - 1, 1, STYLE_CONTROL);
            else add_cell(l, s + i, len, width, faint ? STYLE_FAINT : STYLE_PLAIN);
            i += len;
        }
    }
}

static size_t lines_of(const char *s)
{
    size_t n = 0;
    for (; s && *s; s++) n += *s == '\n';
    return n;
}

static void lay_out(struct screen *s, const struct view *v)
{
    struct frame *f = &s->next;
    struct layout l = {.s = s, .f = f, .v = v};
    f->pool_len = f->ncells = f->nrows = 0;
    f->cursor_row = f->cursor_column = 0;
    f->has_cursor = false;
    lay_out_text(&l);
    if (v->whole) return;
    size_t below = lines_of(v->below), half = s->rows / 2, text = f->nrows < half ? f->nrows : half;
    if (below > s->rows - text) below = s->rows - text;
    choose_window(s, f, s->rows - below ? s->rows - below : 1, f->rows[0].from != 0);
    lay_out_below(&l, below);
}

// ---- writing the difference

static void move_to(struct screen *s, struct out *o, size_t row, size_t column)
{
    if (row < s->row) out_format(o, "\033[%zuA", s->row - row);
    else if (row > s->row) out_format(o, "\033[%zuB", row - s->row);
    s->row = row;
    if (column == s->column) return;
    out_text(o, "\r");
    if (column) out_format(o, "\033[%zuC", column);
    s->column = column;
}

// Rows the area has not had yet come into being below its last one.
static void grow(struct screen *s, struct out *o, size_t rows)
{
    struct frame *g = &s->shown;
    while (g->nrows < rows) {
        if (g->nrows) {
            move_to(s, o, g->nrows - 1, 0);
            out_text(o, "\r\n");
            s->row++;
        }
        g->rows = repl_room(g->rows, g->nrows + 1, &g->rows_capacity, sizeof *g->rows);
        g->rows[g->nrows++] = (struct row){0};
    }
}

static bool same_cell(const struct frame *a, const struct cell *x, const struct frame *b, const struct cell *y)
{
    return x->len == y->len && x->width == y->width && x->style == y->style && memcmp(a->pool + x->at, b->pool + y->at, x->len) == 0;
}

static void set_style(const struct screen *s, struct out *o, uint8_t *now, uint8_t style)
{
    if (*now == style || !s->colours) return;
    if (*now != STYLE_PLAIN) out_text(o, "\033[0m");
    out_text(o, style_sgr(style));
    if (style & STYLE_PAIRED) out_text(o, "\033[1;4m");
    *now = style;
}

// Terminals differ in how far a cluster of several wide characters takes their cursor: its cells are blanked first, and what follows is put
// where it belongs.
static void put_uncertain(struct screen *s, struct out *o, const char *cluster, const struct cell *c)
{
    out_format(o, "%*s\r\033[%zuC", c->width, "", s->column);
    out_add(o, cluster, c->len);
    out_format(o, "\r\033[%zuC", s->column + c->width);
}

static void draw_row(struct screen *s, struct out *o, size_t row)
{
    const struct frame *f = &s->next, *g = &s->shown;
    const struct row *r = &f->rows[row], *old = &g->rows[row];
    uint32_t i = 0;
    size_t column = 0;
    while (i < r->count && i < old->count && same_cell(f, &f->cells[r->first + i], g, &g->cells[old->first + i]))
        column += f->cells[r->first + i++].width;
    if (i == r->count && i == old->count) return;
    move_to(s, o, row, column);
    if (column == s->columns) return;
    uint8_t now = STYLE_PLAIN;
    for (; i < r->count; i++) {
        const struct cell *c = &f->cells[r->first + i];
        set_style(s, o, &now, c->style);
        const char *bytes = f->pool + c->at;
        if (s->column && s->column + c->width < s->columns && c->len > 4 && *bytes != '\033' && cluster_uncertain(bytes, c->len, c->width))
            put_uncertain(s, o, bytes, c);
        else out_add(o, bytes, c->len);
        s->column += c->width;
    }
    set_style(s, o, &now, STYLE_PLAIN);
    if (old->width > r->width) out_text(o, "\033[K");
    if (s->column >= s->columns) s->column = SIZE_MAX;      // the terminal holds the cursor back at the margin
}

void screen_draw(struct screen *s, const struct view *v, struct out *o)
{
    lay_out(s, v);
    for (size_t row = 0; row < s->next.nrows; row++) {
        grow(s, o, row + 1);
        draw_row(s, o, row);
    }
    if (s->shown.nrows > s->next.nrows) {
        move_to(s, o, s->next.nrows, 0);
        out_text(o, "\033[J");
    }
    struct frame was = s->shown;
    s->shown = s->next;
    s->next = was;
    move_to(s, o, s->shown.cursor_row, s->shown.cursor_column);
}

// ---- the area as a whole

static void frame_free(struct frame *f)
{
    free(f->pool);
    free(f->cells);
    free(f->rows);
}

void screen_free(struct screen *s)
{
    frame_free(&s->shown);
    frame_free(&s->next);
}

void screen_forget(struct screen *s)
{
    s->shown.nrows = s->shown.ncells = 0;
    s->row = s->column = 0;
}

void screen_erase(struct screen *s, struct out *o)
{
    if (s->shown.nrows) {
        move_to(s, o, 0, 0);
        out_text(o, "\r\033[J");
    }
    screen_forget(s);
}

void screen_leave(struct screen *s, struct out *o)
{
    if (s->shown.nrows) {
        move_to(s, o, s->shown.nrows - 1, 0);
        out_text(o, "\r\n");
    }
    screen_forget(s);
    s->output_column = 0;
}

// A terminal that has become narrower has probably wrapped the rows: the area is as tall as they are then.
void screen_resize(struct screen *s, size_t columns, size_t rows, struct out *o)
{
    size_t up = 0;
    for (size_t i = 0; i < s->row && i < s->shown.nrows; i++) {
        size_t width = s->shown.rows[i].width;
        up += width > columns ? (width + columns - 1) / columns : 1;
    }
    if (s->column != SIZE_MAX) up += s->column / columns;
    if (s->shown.nrows) {
        if (up) out_format(o, "\033[%zuA", up);
        out_text(o, "\r\033[J");
    }
    screen_forget(s);
    s->columns = columns;
    s->rows = rows;
    s->top = 0;
}

// ---- output of others

void screen_follow(struct screen *s, const char *bytes, size_t n)
{
    const char *start = bytes + n;
    while (start > bytes && start[-1] != '\n' && start[-1] != '\r') start--;
    if (start > bytes) s->output_column = 0;
    s->output_column += text_width(start, (size_t)(bytes + n - start));
    if (s->output_column > s->columns) s->output_column = (s->output_column - 1) % s->columns + 1;
}
