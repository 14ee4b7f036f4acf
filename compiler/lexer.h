// SPDX-License-Identifier: Apache-2.0
// The lexer, for the parser only. One pass over the source; a token is filled in place, nothing is allocated for it.
//
// Three files: lexer.re knows what a token looks like, lex_text.c reads strings, charlists, quoted atoms, heredocs and sigils,
// lex_name.c decides which code points may stand in a name.
//
// Newlines: Elixir lets an expression go on after an operator, an opener or a comma, and before a binary operator or a closer.
// The lexer settles all of that: a newline reaches the grammar only where it ends an expression.
//
// Interpolation: text with #{} is a row of tokens,  INTERP_FIRST ... INTERP_CLOSE [INTERP_OPEN ... INTERP_CLOSE]* STRING_CLOSE.
// The literal parts between come with the last one, because only a heredoc's end tells how far its lines are indented.
#ifndef PHIAL_LEXER_H
#define PHIAL_LEXER_H

#include "parse.h"

struct token {
    term value;                 // atom, number, text; of a text with interpolation: the list of literal parts
    term modifiers;             // of a sigil: charlist
    uint32_t line, column;
    uint32_t start, end;        // bytes of the source
    uint32_t newlines;          // after an opener or operator, before an operator: Elixir's newlines:
    int32_t indentation;        // of a heredoc's end; -1: no heredoc
    char delimiter, sigil;      // of text: the opening byte, the sigil's letter
};

// What a text turns into. Also tells which words its errors use.
enum text_kind { TEXT_STRING, TEXT_CHARLIST, TEXT_ATOM, TEXT_SIGIL, TEXT_CALL };

// One text that is being read; below it on the stack are those whose interpolation it stands in.
struct text {
    enum text_kind kind;
    char open, close;           // delimiters; of a heredoc three times
    char sigil;                 // its letter, 0: no sigil
    bool heredoc, raw;          // raw: no interpolation
    uint32_t line, column;      // of the first byte
    uint32_t start;             // the same, in bytes
    uint32_t first_slice;       // its first in lexer.slices
    bool has_interpolation;
    bool at_line_start;         // the next byte opens a line of a heredoc
    bool warned;                // of a line that is indented too little
};

struct slice { uint32_t start, end, line; bool at_line_start; };  // literal bytes between two interpolations

// What must be closed: ( [ { << do fn and #{.
struct opener { int kind; uint32_t line, column, indentation; };

struct lexer {
    struct vm *vm;
    struct heap *heap;
    const struct parse_options *opt;
    struct parse_error *error;          // filled when lex_next answers LEX_ERROR
    bool odd_names;                     // a name with other than ASCII characters was met
    struct parse_warnings *warnings;    // may be NULL

    char *source;                       // own copy, NUL after the last byte
    const char *cursor, *limit;
    const char *line_start;             // column of p: p - line_start + column_shift + 1
    int64_t column_shift;               // less the continuation bytes seen on this line
    uint32_t line, indentation;         // indentation: of the line's first token

    int last;                           // kind of the previous token
    uint32_t last_newlines;
    uint32_t dropped_line, dropped_column;  // the newline that did not end an expression, before the last operator or closer
    bool after_dot;                     // the previous token was a dot: a reserved word is a name here
    int grapheme_state;                 // utf8proc's, after the last wide character of a text
    bool in_text;                       // the cursor stands inside texts[text_count - 1]

    uint32_t tail_line, tail_column;    // where the input ends as Elixir sees it: the last token or the newline it swallowed
    uint32_t before_line, before_column;    // the same before the token just delivered
    bool has_stash;                     // a token waits behind the newline that was reported first
    int stash_kind;
    struct token stash;

    struct opener *openers;
    size_t opener_count, opener_capacity;
    struct text *texts;
    size_t text_count, text_capacity;
    struct slice *slices;
    size_t slice_count, slice_capacity;
    uint32_t open_hint[2], end_hint;    // lines where the indentation says: this do, this fn lacks its end; this end has no do
    char *scratch;                      // unescaped text
    size_t scratch_capacity;
};

enum { LEX_EOF = 0, LEX_ERROR = -1 };   // besides the T_ codes of parser.h

void lex_init(struct lexer *lx, struct vm *vm, struct heap *heap, const char *src, size_t len, const struct parse_options *opt,
              struct parse_error *error, struct parse_warnings *warnings);
void lex_free(struct lexer *lx);
int lex_next(struct lexer *lx, struct token *tok);

// ---- between the lexer's files
static inline uint32_t lex_column(const struct lexer *lx, const char *p)
{
    return (uint32_t)(p - lx->line_start + lx->column_shift + 1);
}
static inline void lex_new_line(struct lexer *lx, const char *after)
{
    lx->line++;
    lx->line_start = after;
    lx->column_shift = 0;
}
#define LEX_ROOM(ARRAY, COUNT, CAPACITY) \
    ((COUNT) < (CAPACITY) ? (void)0 : (void)((ARRAY) = lex_grow((ARRAY), &(CAPACITY), sizeof *(ARRAY))))
void *lex_grow(void *array, size_t *capacity, size_t item);
term lex_atom(struct lexer *lx, const char *bytes, size_t len, uint32_t line, uint32_t column); // TERM_NONE: error set
// Kind of the name that ends at lx->cursor, by what follows: T_IDENT, T_PAREN_IDENT, T_BRACKET_IDENT, T_OP_IDENT.
int lex_call_kind(struct lexer *lx);
bool lex_open(struct lexer *lx, int kind, uint32_t line, uint32_t column);

// lex_text.c: opens a text whose first delimiter is at `at` and reads its first part; then each further part.
int lex_text_open(struct lexer *lx, struct token *tok, enum text_kind kind, const char *at, char sigil);
int lex_text_next(struct lexer *lx, struct token *tok);
bool lex_bidi(const char *p);                    // a bidirectional formatting character starts here
int lex_char(struct lexer *lx, struct token *tok); // ?x

// lex_name.c: the longest name at a place.
enum name_class { NAME_LOWER, NAME_ALIAS, NAME_UPPER };  // UPPER: only good as an atom
struct name {
    const char *end;            // after ? or !
    enum name_class class;
    bool ascii, has_at, has_mark;   // all ASCII; has @; ends in ? or !
};
bool lex_name(const char *p, const char *limit, struct name *n);  // false: no name starts here
char *lex_name_normal(const char *p, size_t len, size_t *normal_len);    // in normal form C; malloc'ed
// lex_script.c: false, with the error set, when a name mixes scripts that are not written together
char *lex_skeleton(const char *text, size_t len);      // the name with what looks like ASCII replaced by it; malloc'ed
bool lex_script_fits(struct lexer *lx, uint32_t line, uint32_t column, const char *text, size_t len);
uint32_t lex_code_point(const char *p, int *len);

#endif
