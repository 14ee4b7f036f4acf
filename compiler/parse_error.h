// SPDX-License-Identifier: Apache-2.0
// All texts of the front end: errors and warnings of the lexer, the grammar and the quoted forms stand in parse_error.c.
//
// Errors overwrite one another: Elixir reads all tokens before it parses, so an error of the lexer wins over one of the grammar
// that lies before it. The driver sees to that.
#ifndef PHIAL_PARSE_ERROR_H
#define PHIAL_PARSE_ERROR_H

#include "lexer.h"

// Sets everything: message, suffix (may be NULL) and token are copied.
void error_set(struct parse_error *e, uint32_t line, uint32_t column, const char *message, const char *suffix, const char *token);
void error_encoding(struct parse_error *e, uint32_t line, uint32_t column, const char *bytes, size_t len);
void warn(struct parse_warnings *w, uint32_t line, uint32_t column, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
char *text_format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

// ---- lexer
int error_character(struct lexer *lx, const char *at);
int error_missing_terminator(struct lexer *lx, const struct opener *o);
int error_text_unclosed(struct lexer *lx, const struct text *t);
int error_interpolation_unclosed(struct lexer *lx, const struct text *t, uint32_t line, uint32_t column);
int error_closer(struct lexer *lx, const char *text, uint32_t line, uint32_t column, const struct opener *o);
int error_end(struct lexer *lx, uint32_t line, uint32_t column, const struct opener *o);
int error_do(struct lexer *lx, uint32_t line, uint32_t column, bool after_fn);
int error_number(struct lexer *lx, const char *start, const char *after);
int error_name(struct lexer *lx, const char *start, const struct name *n);
int error_float(struct lexer *lx, const char *start, const char *end);
int error_alias_call(struct lexer *lx, const char *start, const char *end, const char *paren);
int error_keyword_space(struct lexer *lx, const char *start, size_t len);
int error_sigil_delimiter(struct lexer *lx, const char *start, const char *delimiter);
int error_at(struct lexer *lx, uint32_t line, uint32_t column, const char *message, const char *token);
int error_atom_encoding(struct lexer *lx, const struct text *t);
int error_backslash(struct lexer *lx, uint32_t line, uint32_t column);
int error_nesting(struct lexer *lx, uint32_t line, uint32_t column);
int error_bidi(struct lexer *lx, const char *at, bool comment);

void warn_quotes(struct lexer *lx, const struct token *tok, const char *what, const char *text, size_t len);
void warn_mark(struct lexer *lx, const struct token *tok, const char *start, const char *end, bool atom);
void warn_outdented(struct lexer *lx, const struct text *t, uint32_t line);

// ---- grammar
struct parser;
void error_syntax(struct parser *ps, int kind, const struct token *tok);
void error_from(struct parser *ps, uint32_t line, uint32_t column, const char *message, const char *token);
void error_from_meta(struct parser *ps, term meta, const char *message, const char *token);
void error_stack(struct parser *ps);
void error_comma_in_container(struct parser *ps, term ast);
void error_comma_in_call(struct parser *ps, term ast);
void error_charlist(struct parser *ps, const struct token *tok, const char *bytes, size_t len);
void error_parens(struct parser *ps, const struct token *open);
void error_keyword_not_last(struct parser *ps, const struct token *comma, term after, bool in_call);   // `after`: the expression
void error_do_apart(struct parser *ps, const struct token *open); // a `do` in the next line does not make a lone name a call
void error_keyword_misplaced(struct parser *ps, const struct token *kw);
void warn_pipe(struct parser *ps, const struct token *op);
bool error_closer_fits(struct parser *ps);   // may the innermost bracket be closed here?

#endif
