// SPDX-License-Identifier: Apache-2.0
// The parser as others see it: source text in, Elixir's quoted form out.
//
// Nothing is kept between two calls, and nothing outside `heap` and the two reports is allocated when a call returns.
// Source may be any bytes: what is wrong with it comes back as one parse_error, never as a crash.
#ifndef PHIAL_PARSE_H
#define PHIAL_PARSE_H

#include "../vm/heap.h"

// Named limits (law 9). Each has its own message and a test.
#define PARSE_NESTING_MAX 20000        // brackets, do-blocks, fns and interpolations open at the same time
#ifndef PARSE_STACK_DEPTH              // a fuzzer takes less
#define PARSE_STACK_DEPTH 200000       // entries of the parser's stack: operators that nest to the right
#endif
#define PARSE_SOURCE_MAX 0x7fffffff    // bytes of source
#define PARSE_DIGITS_MAX 4000000       // digits of one integer

struct parse_options {
    const char *file;           // NULL: nofile; named in no term, only kept for reports
    int line, column;           // place of the first byte; 0 means 1
    bool columns;               // keep column: in the metadata
    bool token_metadata;        // keep closing:, do:, end:, newlines:, ...
    bool existing_atoms_only;   // a new atom is an error
    bool looking;               // only looked at, as it is typed: where a new atom would be made stands :undefined
    bool unescape;              // false: escapes in text stay as written
    bool quotes_allowed;        // quotes that are not required are not warned about
    // Literals become {literal_wrapper, meta, [literal | metadata of parentheses around it, the outermost first]}, so that a caller finds and
    // encodes them afterwards; TERM_NONE: they stand for themselves. The wrapper is not __block__.
    term literal_wrapper;
};

static inline struct parse_options parse_options_default(void)
{
    return (struct parse_options){.line = 1, .column = 1, .unescape = true, .literal_wrapper = TERM_NONE};
}

// What was wrong, first error only. Strings are malloc'ed; parse_error_free releases them.
// Code.string_to_quoted answers {:error, {[line:, column:], M, token}} where M is `message`, or {message, suffix} if suffix is not NULL.
struct parse_error {
    int line, column;
    char *message, *suffix, *token;
    char *description;          // the whole text of the exception, without place and source line
    bool encoding;              // the source is not UTF-8: UnicodeConversionError
    bool raised;                // Elixir raises instead of answering {:error, _}: UnicodeConversionError or ArgumentError
    bool bare;                  // the source line is not shown
    bool missing;               // TokenMissingError rather than SyntaxError
    bool incomplete;            // the input ended too early: a shell reads on
    int opener_line, opener_column; // the opener that is not closed; 0: none
    const char *opener;         // its text
    const char *hint;           // advice for people beyond Elixir's text, or NULL
};
void parse_error_free(struct parse_error *e);

struct parse_warning { int line, column; char *message; };  // line 0: Elixir prints no place
struct parse_warnings { struct parse_warning *items; size_t count, capacity; };
void parse_warnings_free(struct parse_warnings *w);

// The quoted form, built in `h`; TERM_NONE if there was an error, which is then in *err. `w` may be NULL.
term parse_source(struct vm *vm, struct heap *h, const char *src, size_t len, const struct parse_options *opt,
                  struct parse_error *err, struct parse_warnings *w);

#endif
