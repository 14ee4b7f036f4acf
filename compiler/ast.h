// SPDX-License-Identifier: Apache-2.0
// Building the quoted form: what the grammar's actions call. One function per shape of Elixir's abstract syntax.
//
// Metadata keys stand in Elixir's order: end_of_expression, do, end, newlines, closing (or what else the shape has), then line and
// column. Options decide which of them are built at all.
#ifndef PHIAL_AST_H
#define PHIAL_AST_H

#include "lexer.h"

struct parser {
    struct vm *vm;
    struct heap *heap;
    const struct parse_options *opt;
    struct lexer lexer;
    void *automaton;                    // lemon's parser
    size_t warnings_before_error;
    struct parse_error *error;          // the grammar's first error; message is set once there is one
    struct parse_warnings *warnings;    // the grammar's; the lexer's come before them
    term result;
    term open_call;                     // the last call without parentheses that has one argument
    // The node just made that the next one may extend at the end of a list, and that list's last cell: keeps A.B.C... and ((((...
    // linear. TERM_NONE: no such node.
    term alias, alias_last, parens, parens_last;
    term line_meta;                     // [line: last_line], shared while columns are off
    uint32_t last_line;
    bool closer_fits;                   // before the newline being parsed
};

// Would the grammar take a token of this kind next?
bool parser_accepts(void *automaton, int kind);

struct seq { term first, last; };      // a proper list under construction: `last` is its last cell
struct callee { term dot; struct token name; };         // what is called; dot: {:., _, _} or TERM_NONE for a local name
struct operation { struct token op; term right; };      // the right half of a binary operation, or -> and its body
struct arguments { term list; struct token open, close; };
struct do_block { term list; struct token open, close; };
struct interpolation { struct seq parts; struct token open; };    // parts: {open, close, quoted} still without the text between

// ---- lists
struct seq seq_of(struct parser *ps, term t);
struct seq seq_add(struct parser *ps, struct seq l, term t);
struct seq seq_join(struct seq a, term b);
static inline struct seq seq_empty(void) { return (struct seq){TERM_NIL, TERM_NIL}; }

// ---- blocks
term ast_block(struct parser *ps, struct seq exprs);
term ast_empty(struct parser *ps, const struct token *eoe);     // NULL: no metadata
void ast_end_of_expression(struct parser *ps, struct seq exprs, const struct token *eoe);
term ast_parens(struct parser *ps, const struct token *open, struct seq stab, const struct token *close);
term ast_empty_parens(struct parser *ps, const struct token *open, const struct token *close); // (;)
term ast_unit(struct parser *ps, const struct token *open);     // (), which is warned of

// ---- clauses
struct operation ast_arrow(struct parser *ps, const struct token *arrow, term body);   // TERM_NONE: no body
term ast_clause(struct parser *ps, term args, const struct operation *arrow);
term ast_clause_when(struct parser *ps, term args, const struct token *when, term guard, const struct operation *arrow);
term ast_fn(struct parser *ps, const struct token *fn, struct seq stab, const struct token *end);
struct seq ast_section(struct parser *ps, const struct token *keyword, struct seq stab);  // [do: body]

// ---- operators
term ast_unary(struct parser *ps, const struct token *op, term operand);
term ast_binary(struct parser *ps, term left, const struct operation *right);
term ast_nullary(struct parser *ps, const struct token *op);
struct operation ast_pipe_to(struct parser *ps, const struct token *op, term right);   // warns of `a |> b c`

// ---- calls
term ast_variable(struct parser *ps, const struct callee *c);
term ast_call(struct parser *ps, const struct callee *c, const struct arguments *args, const struct do_block *block);
term ast_nested_call(struct parser *ps, const struct callee *c, const struct arguments *a, const struct arguments *b, const struct do_block *block);
term ast_open_call(struct parser *ps, const struct callee *c, term args, const struct do_block *block);
term ast_one_arg_call(struct parser *ps, const struct callee *c, term args, bool op_identifier);
struct callee ast_dot(struct parser *ps, term left, const struct token *dot, const struct token *name);
struct callee ast_dot_call(struct parser *ps, term left, const struct token *dot);
term ast_dot_tuple(struct parser *ps, term left, const struct token *dot, const struct arguments *args);
term ast_access(struct parser *ps, term left, const struct arguments *key);
term ast_capture_arg(struct parser *ps, const struct token *op, const struct token *number);

// ---- data
term ast_literal(struct parser *ps, const struct token *tok, term value);
term ast_number(struct parser *ps, const struct token *tok);
term ast_string(struct parser *ps, const struct token *tok);
term ast_charlist(struct parser *ps, const struct token *tok);
term ast_quoted_atom(struct parser *ps, const struct token *tok);
term ast_sigil(struct parser *ps, const struct token *tok);
term ast_alias(struct parser *ps, const struct token *tok);
term ast_dot_alias(struct parser *ps, term left, const struct token *dot, const struct token *name);
term ast_list(struct parser *ps, const struct arguments *args);
term ast_tuple(struct parser *ps, const struct arguments *args);
term ast_bits(struct parser *ps, const struct arguments *args);
term ast_map(struct parser *ps, const struct arguments *args);
term ast_struct(struct parser *ps, const struct token *percent, term name, const struct arguments *args);
term ast_map_update(struct parser *ps, term map, const struct token *bar, struct seq pairs, term keywords);
term ast_pair(struct parser *ps, term key, term value);
term ast_keyword(struct parser *ps, const struct token *kw);    // the key

// ---- text with interpolation; the closing token holds the literal parts
struct interpolation ast_interpolation(struct parser *ps, const struct interpolation *before, const struct token *open, term quoted,
                                       const struct token *close);
term ast_string_parts(struct parser *ps, const struct interpolation *in, const struct token *close);
term ast_charlist_parts(struct parser *ps, const struct interpolation *in, const struct token *close);
term ast_atom_parts(struct parser *ps, const struct interpolation *in, const struct token *close, bool keyword);
term ast_sigil_parts(struct parser *ps, const struct interpolation *in, const struct token *close);

#endif
