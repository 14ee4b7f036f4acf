// SPDX-License-Identifier: Apache-2.0
// The text being edited: bytes, cursor, undo, kill ring, and where things begin and end in it.
//
// Invariants: the text is valid UTF-8 (what comes in is made so before), the cursor stands between two grapheme clusters or inside none,
// and a NUL follows the last byte. Every change goes through one function, which notes how to take it back.
#ifndef PHIAL_REPL_EDIT_H
#define PHIAL_REPL_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// One change: [at, at + inserted) of the text stands where `removed` stood. Undoing swaps the two, so that redoing is undoing again.
struct change { size_t at, inserted, removed_len; char *removed; };

struct edit {
    char *text;                 // malloc'ed
    size_t len, capacity, cursor;
    size_t version;             // another one after every change
    struct change *changes;     // [0, done) can be undone, [done, nchanges) redone
    size_t nchanges, done, changes_capacity;
    bool joins;                 // what is inserted next, right behind what was inserted last, belongs to the same change
};

void edit_free(struct edit *e);
void edit_clear(struct edit *e);                                // an empty text without a past
void edit_insert(struct edit *e, const char *bytes, size_t n);  // at the cursor, which ends up behind it
void edit_delete(struct edit *e, size_t from, size_t to);       // the cursor ends up there
void edit_replace(struct edit *e, size_t from, size_t to, const char *bytes, size_t n); // the cursor ends up behind the bytes
bool edit_undo(struct edit *e);
bool edit_redo(struct edit *e);
static inline void edit_seal(struct edit *e) { e->joins = false; }

// ---- places. Each takes a place and answers another.
size_t edit_left(const struct edit *e, size_t at);              // one grapheme cluster
size_t edit_right(const struct edit *e, size_t at);
size_t edit_word_left(const struct edit *e, size_t at);
size_t edit_word_right(const struct edit *e, size_t at);
size_t edit_blank_left(const struct edit *e, size_t at);        // to the blank before the word, as C-w deletes
size_t edit_line_start(const struct edit *e, size_t at);
size_t edit_line_end(const struct edit *e, size_t at);
size_t edit_indent_end(const struct edit *e, size_t at);        // behind the blanks that the line starts with
size_t edit_column(const struct edit *e, size_t at);            // in cells, from the start of the line
size_t edit_at_column(const struct edit *e, size_t line_start, size_t column);

// Length of the grapheme cluster at s (at least 1 when len is) and its width in cells; control characters have two (^A), a tab one.
size_t cluster(const char *s, size_t len, unsigned *width);

// Whether a cluster must not reach the terminal as it is: controls beyond ASCII, and what changes the direction or the layout of text.
bool cluster_hidden(const char *s, size_t n);

// Whether the widths of the characters of a cluster do not add up to its own.
bool cluster_uncertain(const char *s, size_t n, unsigned width);

// ---- kill ring
enum { KILLS = 16 };
struct kills { char *items[KILLS]; size_t lens[KILLS]; unsigned count, top, turned; };
void kills_free(struct kills *k);
void kills_add(struct kills *k, const char *bytes, size_t n);
void kills_join(struct kills *k, const char *bytes, size_t n, bool before);     // to the newest
const char *kills_get(const struct kills *k, size_t *n);        // the newest, or the one turned to; NULL: none
void kills_turn(struct kills *k);                               // to the next older, round

// Memory that does not end: the program does.
void *repl_room(void *items, size_t want, size_t *capacity, size_t size);
char *repl_copy(const char *bytes, size_t n);                   // malloc'ed, with a NUL behind

#endif
