// SPDX-License-Identifier: Apache-2.0
// What the source says: a style for each byte, pairs of openers and closers, whether it is complete.
// All from Phial's own lexer and parser, with parse_options.looking: no atom is made.
#ifndef PHIAL_REPL_COLOUR_H
#define PHIAL_REPL_COLOUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vm;

enum style {
    STYLE_PLAIN, STYLE_KEYWORD, STYLE_DEFINITION, STYLE_CONSTANT, STYLE_ATOM, STYLE_ALIAS, STYLE_NUMBER, STYLE_STRING, STYLE_SIGIL,
    STYLE_INTERPOLATION, STYLE_ATTRIBUTE, STYLE_COMMENT, STYLE_ERROR, STYLE_CONTROL, STYLE_FAINT, STYLES,
    STYLE_PAIRED = 0x80,    // flag: the opener or closer at the cursor and its partner
};
const char *style_sgr(uint8_t style);       // what switches it on from the plain state

struct pair { size_t open, open_end, close, close_end; };

// Longer texts are neither coloured nor parsed.
enum { COLOUR_MAX = 256 * 1024 };

struct colour {
    uint8_t *styles;        // one per byte; NULL: the text is too long
    size_t len, capacity;
    struct pair *pairs;
    size_t npairs, pairs_capacity;
    struct pair lit;        // the pair that is marked; open_end 0: none
};

void colour_free(struct colour *c);
void colour_source(struct colour *c, struct vm *vm, const char *text, size_t len);
void colour_mark(struct colour *c, size_t cursor);      // marks the pair at the cursor, unmarks the last one
// The source as text with escape sequences, malloc'ed.
char *colour_text(struct vm *vm, const char *text, size_t len, size_t *coloured_len);

bool source_incomplete(struct vm *vm, const char *text, size_t len);

#endif
