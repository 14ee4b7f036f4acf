// SPDX-License-Identifier: Apache-2.0
// From text to screen: the lines of a statement behind their prompts, wrapped to the width, as much as fits around the cursor.
//
// Invariants: the screen is only ever addressed relative to the first row of the area that shows the statement; no row is left to the terminal to
// wrap; what is written for a key is what has changed since the last one.
#ifndef PHIAL_REPL_DRAW_H
#define PHIAL_REPL_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Bytes on their way to the terminal.
struct out { char *bytes; size_t len, capacity; };
void out_add(struct out *o, const char *bytes, size_t n);
void out_text(struct out *o, const char *text);
void out_format(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

struct cell { uint32_t at; uint16_t len; uint8_t width, style; };   // bytes in frame.pool
struct row { uint32_t first, count, width; size_t from; };          // cells; the place in the text where it starts
struct frame {
    char *pool;
    struct cell *cells;
    struct row *rows;
    size_t pool_len, pool_capacity, ncells, cells_capacity, nrows, rows_capacity;
    size_t cursor_row, cursor_column;
    bool has_cursor;
};

struct screen {
    size_t columns, rows;       // of the terminal
    bool colours;
    struct frame shown, next;   // what stands in the area, what shall
    size_t row, column;         // where the terminal's cursor is, in the area
    size_t top;                 // the place in the text where the first row started
    bool cut;                   // not all of the text is shown
    size_t output_column;       // where output of others ended, in the row above the area; 0: at its end
};

// What is to be shown. Candidates are rows of text under the statement.
struct view {
    const char *prompt, *continuation;
    const char *text;           // NULL: nothing, not even its length
    size_t len, cursor;
    const uint8_t *styles;      // one per byte, or NULL
    const char *below;          // lines, each with its newline
    bool whole;                 // all of it, however tall
};

void screen_free(struct screen *s);
void screen_draw(struct screen *s, const struct view *v, struct out *o);
void screen_erase(struct screen *s, struct out *o);             // the area goes; the cursor is where it started
void screen_leave(struct screen *s, struct out *o);             // the area stays; the cursor is in the row below it
void screen_forget(struct screen *s);                           // nothing is shown (the screen was cleared)
void screen_resize(struct screen *s, size_t columns, size_t rows, struct out *o);   // erases the area
// Follows what others write, to know where it ends.
void screen_follow(struct screen *s, const char *bytes, size_t n);
size_t text_width(const char *bytes, size_t n);                 // in cells, without escape sequences

#endif
