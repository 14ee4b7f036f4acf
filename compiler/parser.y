// SPDX-License-Identifier: Apache-2.0
// The grammar: Elixir's expressions.
//
// Elixir has three kinds of expression, by how their last call takes its arguments, because that decides what may follow:
//   plain   closed, or a call without parentheses whose one argument is plain:   f(x)   f x   a + b
//   call    an open call that would swallow a comma:                            f x, y   f g x, y
//   block   ends in a do-block:                                                 f x do ... end
// A plain expression may stand anywhere. An open call may not stand where a comma would be ambiguous, and a do-block belongs to the
// outermost open call before it: so the arguments of an open call are plain or call, never block.
//
// Rules marked [LOWEST] end something that a comma or an operator would continue: continuing wins.

%name               parser_
%token_prefix       T_
%token_type         {struct token}
%default_type       {term}
%extra_argument     {struct parser *ps}
%stack_size         PARSE_STACK_DEPTH
%include {
#ifndef PHIAL_DEBUG
#define NDEBUG      // no tracing and no assertions in lemon's own code
#endif
#include <assert.h>
#include <stdlib.h>
#include "ast.h"
#include "parse_error.h"
#include "../vm/atom.h"
}
%token_destructor   { (void)ps; (void)$$; }
%syntax_error       { error_syntax(ps, yymajor, &TOKEN); }
%stack_overflow     { error_stack(ps); }

// ---- precedence, from low to high: an entry's program shows what it decides --------------------------------------

%nonassoc LOWEST LBRACE.            // %name {}          not name({})
%left     DO.                       // f x do end         the block is f's
%right    ARROW.                    // x -> y
%left     COMMA.                    // f g x, y           f(g(x, y))
%left     IN_MATCH.                 // x <- a = b         x <- (a = b)
%right    WHEN.                     // x when a when b    x when (a when b)
%right    TYPE.                     // a :: b | c         a :: (b | c)
%right    PIPE.                     // [a | b | c]        a | (b | c)
%right    ASSOC.                    // %{m | k => v}      the bar is the map's
%nonassoc CAPTURE.                  // &a = b             &(a = b)
%right    MATCH.                    // a = b = c          a = (b = c)
%left     OR.                       // a || b or c        (a || b) or c
%left     AND.                      // a or b and c       a or (b and c)
%left     COMP.                     // a == b && c        (a == b) && c
%left     REL.                      // a < b == c         (a < b) == c
%left     ARROW_OP.                 // a |> b < c         (a |> b) < c
%left     IN.                       // a |> b in c        a |> (b in c)
%left     XOR.                      // a ^^^ b in c       (a ^^^ b) in c
%right    TERNARY.                  // 1..2//3            (1..2)//3
%right    CONCAT RANGE.             // a ++ b -- c        a ++ (b -- c)
%left     DUAL.                     // a ++ b + c         a ++ (b + c)
%left     MULT.                     // a + b * c          a + (b * c)
%left     POWER.                    // -a ** b            (-a) ** b
%nonassoc UNARY.                    // -a.b               -(a.b)
%left     DOT_CALL DOT.             // @a.b               (@a).b
%nonassoc AT.
%nonassoc NAME.                     // f - x              f() - x

// ---- a file, and the inside of #{} ------------------------------------------------------------------------------

%type body      {term}
%type exprs     {struct seq}
%type eoe       {struct token}

program ::= body(B).                            { ps->result = B; }

body(R) ::= .                                   { R = ast_empty(ps, NULL); }
body(R) ::= eoe(E).                             { R = ast_empty(ps, &E); }
body(R) ::= exprs(L).                           { R = ast_block(ps, L); }
body(R) ::= eoe exprs(L).                       { R = ast_block(ps, L); }
body(R) ::= exprs(L) eoe.                       { R = ast_block(ps, L); }
body(R) ::= eoe exprs(L) eoe.                   { R = ast_block(ps, L); }

exprs(R) ::= expr(A).                           { R = seq_of(ps, A); }
exprs(R) ::= exprs(L) eoe(E) expr(A).           { ast_end_of_expression(ps, L, &E); R = seq_add(ps, L, A); }

eoe(R) ::= EOL(T).                              { R = T; }
eoe(R) ::= SEMI(T).                             { R = T; }
eoe(R) ::= EOLSEMI(T).                          { R = T; }

expr(R) ::= plain(A).                           { R = A; }
expr(R) ::= call(A).                            { R = A; }
expr(R) ::= block(A).                           { R = A; }

// ---- operators --------------------------------------------------------------------------------------------------

%type prefix     {struct token}
%type plain_tail {struct operation}
%type call_tail  {struct operation}
%type block_tail {struct operation}

plain(R) ::= plain(A) plain_tail(T).            { R = ast_binary(ps, A, &T); }
plain(R) ::= prefix(T) plain(A).       [UNARY]  { R = ast_unary(ps, &T, A); }
plain(R) ::= CAPTURE(T) plain(A).               { R = ast_unary(ps, &T, A); }
plain(R) ::= AT(T) plain(A).                    { R = ast_unary(ps, &T, A); }
plain(R) ::= one_arg_call(A).                   { R = A; }
plain(R) ::= bare(A).                           { R = A; }
plain(R) ::= access(A).                         { R = A; }
plain(R) ::= access(A) KW(T).                   { R = A; error_keyword_misplaced(ps, &T); }

call(R) ::= plain(A) call_tail(T).              { R = ast_binary(ps, A, &T); }
call(R) ::= prefix(T) call(A).         [UNARY]  { R = ast_unary(ps, &T, A); }
call(R) ::= CAPTURE(T) call(A).                 { R = ast_unary(ps, &T, A); }
call(R) ::= AT(T) call(A).                      { R = ast_unary(ps, &T, A); }
call(R) ::= open_call(A).                       { R = A; }

block(R) ::= plain(A) block_tail(T).            { R = ast_binary(ps, A, &T); }
block(R) ::= block(A) plain_tail(T).            { R = ast_binary(ps, A, &T); }
block(R) ::= block(A) block_tail(T).            { R = ast_binary(ps, A, &T); }
block(R) ::= block(A) call_tail(T).             { R = ast_binary(ps, A, &T); }
block(R) ::= block_call(A).                     { R = A; }
// A unary operator before a do-block takes everything to the right: !a do b end && c  is  !(a do b end && c).
block(R) ::= prefix(T) block(A).      [LOWEST]  { R = ast_unary(ps, &T, A); }
block(R) ::= CAPTURE(T) block(A).     [LOWEST]  { R = ast_unary(ps, &T, A); }
block(R) ::= AT(T) block(A).          [LOWEST]  { R = ast_unary(ps, &T, A); }
// Where an open call may not stand, one behind a unary operator may after all: %{a => -f x, y}
block(R) ::= prefix(T) call(A).       [LOWEST]  { R = ast_unary(ps, &T, A); }
block(R) ::= CAPTURE(T) call(A).      [LOWEST]  { R = ast_unary(ps, &T, A); }
block(R) ::= AT(T) call(A).           [LOWEST]  { R = ast_unary(ps, &T, A); }

prefix(R) ::= UNARY(T).                         { R = T; }
prefix(R) ::= DUAL(T).                          { R = T; }
prefix(R) ::= TERNARY(T).                       { R = T; }

plain_tail(R) ::= IN_MATCH(T) plain(A).         { R = (struct operation){T, A}; }
plain_tail(R) ::= WHEN(T) plain(A).             { R = (struct operation){T, A}; }
plain_tail(R) ::= TYPE(T) plain(A).             { R = (struct operation){T, A}; }
plain_tail(R) ::= PIPE(T) plain(A).             { R = (struct operation){T, A}; }
plain_tail(R) ::= MATCH(T) plain(A).            { R = (struct operation){T, A}; }
plain_tail(R) ::= OR(T) plain(A).               { R = (struct operation){T, A}; }
plain_tail(R) ::= AND(T) plain(A).              { R = (struct operation){T, A}; }
plain_tail(R) ::= COMP(T) plain(A).             { R = (struct operation){T, A}; }
plain_tail(R) ::= REL(T) plain(A).              { R = (struct operation){T, A}; }
plain_tail(R) ::= ARROW_OP(T) plain(A).         { R = ast_pipe_to(ps, &T, A); }
plain_tail(R) ::= IN(T) plain(A).               { R = (struct operation){T, A}; }
plain_tail(R) ::= XOR(T) plain(A).              { R = (struct operation){T, A}; }
plain_tail(R) ::= TERNARY(T) plain(A).          { R = (struct operation){T, A}; }
plain_tail(R) ::= CONCAT(T) plain(A).           { R = (struct operation){T, A}; }
plain_tail(R) ::= RANGE(T) plain(A).            { R = (struct operation){T, A}; }
plain_tail(R) ::= DUAL(T) plain(A).             { R = (struct operation){T, A}; }
plain_tail(R) ::= MULT(T) plain(A).             { R = (struct operation){T, A}; }
plain_tail(R) ::= POWER(T) plain(A).            { R = (struct operation){T, A}; }

call_tail(R) ::= IN_MATCH(T) call(A).           { R = (struct operation){T, A}; }
call_tail(R) ::= WHEN(T) call(A).               { R = (struct operation){T, A}; }
call_tail(R) ::= WHEN(T) open_keywords(L). [LOWEST] { R = (struct operation){T, L.first}; }
call_tail(R) ::= TYPE(T) call(A).               { R = (struct operation){T, A}; }
call_tail(R) ::= PIPE(T) call(A).               { R = (struct operation){T, A}; }
call_tail(R) ::= MATCH(T) call(A).              { R = (struct operation){T, A}; }
call_tail(R) ::= OR(T) call(A).                 { R = (struct operation){T, A}; }
call_tail(R) ::= AND(T) call(A).                { R = (struct operation){T, A}; }
call_tail(R) ::= COMP(T) call(A).               { R = (struct operation){T, A}; }
call_tail(R) ::= REL(T) call(A).                { R = (struct operation){T, A}; }
call_tail(R) ::= ARROW_OP(T) call(A).           { R = ast_pipe_to(ps, &T, A); }
call_tail(R) ::= IN(T) call(A).                 { R = (struct operation){T, A}; }
call_tail(R) ::= XOR(T) call(A).                { R = (struct operation){T, A}; }
call_tail(R) ::= TERNARY(T) call(A).            { R = (struct operation){T, A}; }
call_tail(R) ::= CONCAT(T) call(A).             { R = (struct operation){T, A}; }
call_tail(R) ::= RANGE(T) call(A).              { R = (struct operation){T, A}; }
call_tail(R) ::= DUAL(T) call(A).               { R = (struct operation){T, A}; }
call_tail(R) ::= MULT(T) call(A).               { R = (struct operation){T, A}; }
call_tail(R) ::= POWER(T) call(A).              { R = (struct operation){T, A}; }

block_tail(R) ::= IN_MATCH(T) block(A).         { R = (struct operation){T, A}; }
block_tail(R) ::= WHEN(T) block(A).             { R = (struct operation){T, A}; }
block_tail(R) ::= TYPE(T) block(A).             { R = (struct operation){T, A}; }
block_tail(R) ::= PIPE(T) block(A).             { R = (struct operation){T, A}; }
block_tail(R) ::= MATCH(T) block(A).            { R = (struct operation){T, A}; }
block_tail(R) ::= OR(T) block(A).               { R = (struct operation){T, A}; }
block_tail(R) ::= AND(T) block(A).              { R = (struct operation){T, A}; }
block_tail(R) ::= COMP(T) block(A).             { R = (struct operation){T, A}; }
block_tail(R) ::= REL(T) block(A).              { R = (struct operation){T, A}; }
block_tail(R) ::= ARROW_OP(T) block(A).         { R = (struct operation){T, A}; }
block_tail(R) ::= IN(T) block(A).               { R = (struct operation){T, A}; }
block_tail(R) ::= XOR(T) block(A).              { R = (struct operation){T, A}; }
block_tail(R) ::= TERNARY(T) block(A).          { R = (struct operation){T, A}; }
block_tail(R) ::= CONCAT(T) block(A).           { R = (struct operation){T, A}; }
block_tail(R) ::= RANGE(T) block(A).            { R = (struct operation){T, A}; }
block_tail(R) ::= DUAL(T) block(A).             { R = (struct operation){T, A}; }
block_tail(R) ::= MULT(T) block(A).             { R = (struct operation){T, A}; }
block_tail(R) ::= POWER(T) block(A).            { R = (struct operation){T, A}; }

// ---- names and what is called -----------------------------------------------------------------------------------

%type name      {struct callee}
%type op_name   {struct callee}
%type key_name  {struct callee}
%type target    {struct callee}

name(R) ::= IDENT(T).                           { R = (struct callee){TERM_NONE, T}; }
name(R) ::= plain(A) DOT(D) IDENT(T).           { R = ast_dot(ps, A, &D, &T); }
op_name(R) ::= OP_IDENT(T).                     { R = (struct callee){TERM_NONE, T}; }
op_name(R) ::= plain(A) DOT(D) OP_IDENT(T).     { R = ast_dot(ps, A, &D, &T); }
key_name(R) ::= BRACKET_IDENT(T).               { R = (struct callee){TERM_NONE, T}; }
key_name(R) ::= plain(A) DOT(D) BRACKET_IDENT(T). { R = ast_dot(ps, A, &D, &T); }
target(R) ::= PAREN_IDENT(T).                   { R = (struct callee){TERM_NONE, T}; }
target(R) ::= plain(A) DOT(D) PAREN_IDENT(T).   { R = ast_dot(ps, A, &D, &T); }
target(R) ::= plain(A) DOT_CALL(D).             { R = ast_dot_call(ps, A, &D); }

bare(R) ::= name(N).                   [NAME]   { R = ast_variable(ps, &N); }

alias(R) ::= ALIAS(T).                          { R = ast_alias(ps, &T); }
alias(R) ::= plain(A) DOT(D) ALIAS(T).          { R = ast_dot_alias(ps, A, &D, &T); }
alias(R) ::= plain(A) DOT(D) braces(B).         { R = ast_dot_tuple(ps, A, &D, &B); }

// ---- calls ------------------------------------------------------------------------------------------------------

%type do_block      {struct do_block}
%type sections      {struct seq}
%type section       {struct seq}
%type do_open       {struct token}
%type section_open  {struct token}

closed_call(R) ::= target(C) parens(A).                         { R = ast_call(ps, &C, &A, NULL); }
closed_call(R) ::= target(C) parens(A) parens(B).               { R = ast_nested_call(ps, &C, &A, &B, NULL); }

one_arg_call(R) ::= name(C) one_arg(A).                         { R = ast_one_arg_call(ps, &C, A, false); }
one_arg_call(R) ::= op_name(C) one_arg(A).                      { R = ast_one_arg_call(ps, &C, A, true); }

open_call(R) ::= name(C) call_arg(A).                           { R = ast_open_call(ps, &C, A, NULL); }
open_call(R) ::= op_name(C) call_arg(A).                        { R = ast_one_arg_call(ps, &C, A, true); }
open_call(R) ::= name(C) many_args_only(A).                     { R = ast_open_call(ps, &C, A, NULL); }
open_call(R) ::= op_name(C) many_args_only(A).                  { R = ast_open_call(ps, &C, A, NULL); }

block_call(R) ::= name(C) do_block(B).                          { R = ast_open_call(ps, &C, TERM_NIL, &B); error_do_apart(ps, &B.open); }
block_call(R) ::= name(C) open_args(A) do_block(B).             { R = ast_open_call(ps, &C, A, &B); }
block_call(R) ::= op_name(C) open_args(A) do_block(B).          { R = ast_open_call(ps, &C, A, &B); }
block_call(R) ::= target(C) parens(A) do_block(B).              { R = ast_call(ps, &C, &A, &B); }
block_call(R) ::= target(C) parens(A) parens(D) do_block(B).    { R = ast_nested_call(ps, &C, &A, &D, &B); }

do_block(R) ::= do_open(O) END(E).                              { R = (struct do_block){ast_section(ps, &O, seq_empty()).first, O, E}; }
do_block(R) ::= do_open(O) clauses(S) END(E).                   { R = (struct do_block){ast_section(ps, &O, S).first, O, E}; }
do_block(R) ::= do_open(O) sections(L) END(E).
    { R = (struct do_block){seq_join(ast_section(ps, &O, seq_empty()), L.first).first, O, E}; }
do_block(R) ::= do_open(O) clauses(S) sections(L) END(E).       { R = (struct do_block){seq_join(ast_section(ps, &O, S), L.first).first, O, E}; }

do_open(R) ::= DO(T).                                           { R = T; }
do_open(R) ::= DO(T) SEMI.                                      { R = T; }
section_open(R) ::= BLOCK_ID(T).                                { R = T; }
section_open(R) ::= BLOCK_ID(T) SEMI.                           { R = T; }

sections(R) ::= section(S).                                     { R = S; }
sections(R) ::= sections(L) section(S).                         { R = seq_join(L, S.first); R.last = S.last; }
section(R) ::= section_open(T).                                 { R = ast_section(ps, &T, seq_empty()); }
section(R) ::= section_open(T) clauses(S).                      { R = ast_section(ps, &T, S); }

// ---- arguments without parentheses ------------------------------------------------------------------------------

%type open_keywords {struct seq}
%type plain_args    {struct seq}

open_args(R) ::= one_arg(A).                                    { R = A; }
open_args(R) ::= call_arg(A).                                   { R = A; }
open_args(R) ::= many_args(A).                                  { R = A; }

one_arg(R) ::= open_keywords(L).                      [LOWEST]  { R = seq_of(ps, L.first).first; }
one_arg(R) ::= plain(A).                              [LOWEST]  { R = seq_of(ps, A).first; }
call_arg(R) ::= call(A).                                        { R = seq_of(ps, A).first; }

many_args(R) ::= plain(A) COMMA open_keywords(L).     [LOWEST]  { R = seq_add(ps, seq_of(ps, A), L.first).first; }
many_args(R) ::= plain_args(L).                       [LOWEST]  { R = L.first; }
many_args(R) ::= plain_args(L) COMMA open_keywords(K). [LOWEST] { R = seq_add(ps, L, K.first).first; }

many_args_only(R) ::= many_args(A).                             { R = A; }
many_args_only(R) ::= LPAREN(T) open_keywords(L) RPAREN.        { R = L.first; error_parens(ps, &T); }
many_args_only(R) ::= LPAREN(T) many_args(A) RPAREN.            { R = A; error_parens(ps, &T); }

plain_args(R) ::= plain(A) COMMA plain(B).            [LOWEST]  { R = seq_add(ps, seq_of(ps, A), B); }
plain_args(R) ::= plain(A) COMMA call(B).                       { R = seq_add(ps, seq_of(ps, A), B); error_comma_in_call(ps, B); }
plain_args(R) ::= plain_args(L) COMMA plain(B).       [LOWEST]  { R = seq_add(ps, L, B); }
plain_args(R) ::= plain_args(L) COMMA call(B).                  { R = seq_add(ps, L, B); error_comma_in_call(ps, B); }

open_keywords(R) ::= open_keyword(A).                 [LOWEST]  { R = seq_of(ps, A); }
open_keywords(R) ::= open_keywords(L) COMMA open_keyword(A). [LOWEST] { R = seq_add(ps, L, A); }
open_keywords(R) ::= open_keywords(L) COMMA(C) plain(A). [LOWEST] { R = seq_add(ps, L, A); error_keyword_not_last(ps, &C, A, true); }
open_keyword(R) ::= key(K) plain(A).                  [LOWEST]  { R = ast_pair(ps, K, A); }
open_keyword(R) ::= key(K) call(A).                             { R = ast_pair(ps, K, A); }

// ---- arguments in parentheses, keywords -------------------------------------------------------------------------

%type parens        {struct arguments}
%type paren_items   {struct seq}
%type keywords      {struct seq}
%type call_keywords {struct seq}
%type data_keywords {struct seq}

parens(R) ::= LPAREN(O) RPAREN(C).                              { R = (struct arguments){TERM_NIL, O, C}; }
parens(R) ::= LPAREN(O) call(A) RPAREN(C).                      { R = (struct arguments){seq_of(ps, A).first, O, C}; }
parens(R) ::= LPAREN(O) call_keywords(L) RPAREN(C).             { R = (struct arguments){seq_of(ps, L.first).first, O, C}; }
parens(R) ::= LPAREN(O) paren_items(L) RPAREN(C).               { R = (struct arguments){L.first, O, C}; }
parens(R) ::= LPAREN(O) paren_items(L) COMMA call_keywords(K) RPAREN(C). { R = (struct arguments){seq_add(ps, L, K.first).first, O, C}; }

paren_items(R) ::= plain(A).                          [LOWEST]  { R = seq_of(ps, A); }
paren_items(R) ::= block(A).                                    { R = seq_of(ps, A); }
paren_items(R) ::= paren_items(L) COMMA plain(A).     [LOWEST]  { R = seq_add(ps, L, A); }
paren_items(R) ::= paren_items(L) COMMA block(A).               { R = seq_add(ps, L, A); }
paren_items(R) ::= paren_items(L) COMMA call(A).                { R = seq_add(ps, L, A); error_comma_in_call(ps, A); }

key(R) ::= KW(T).                                               { R = ast_keyword(ps, &T); }
key(R) ::= interpolated(I) KW_CLOSE(T).                         { R = ast_atom_parts(ps, &I, &T, true); }

keywords(R) ::= key(K) item(A).                                 { R = seq_of(ps, ast_pair(ps, K, A)); }
keywords(R) ::= keywords(L) COMMA key(K) item(A).               { R = seq_add(ps, L, ast_pair(ps, K, A)); }

call_keywords(R) ::= keywords(L).                               { R = L; }
call_keywords(R) ::= keywords(L) COMMA(T).
    { R = L; warn(ps->warnings, T.line, T.column, "trailing commas are not allowed inside function/macro call arguments"); }
call_keywords(R) ::= keywords(L) COMMA(T) plain(A).             { R = seq_add(ps, L, A); error_keyword_not_last(ps, &T, A, true); }
data_keywords(R) ::= keywords(L).                               { R = L; }
data_keywords(R) ::= keywords(L) COMMA.                         { R = L; }
data_keywords(R) ::= keywords(L) COMMA(T) plain(A).             { R = seq_add(ps, L, A); error_keyword_not_last(ps, &T, A, false); }

// ---- parts of collections ---------------------------------------------------------------------------------------

%type items     {struct seq}
%type elements  {struct seq}

item(R) ::= plain(A).                                 [LOWEST]  { R = A; }
item(R) ::= block(A).                                           { R = A; }
item(R) ::= call(A).                                            { R = A; error_comma_in_container(ps, A); }

items(R) ::= item(A).                                           { R = seq_of(ps, A); }
items(R) ::= items(L) COMMA item(A).                            { R = seq_add(ps, L, A); }

elements(R) ::= items(L).                                       { R = L; }
elements(R) ::= items(L) COMMA.                                 { R = L; }
elements(R) ::= items(L) COMMA data_keywords(K).                { R = seq_add(ps, L, K.first); }

// ---- closed expressions -----------------------------------------------------------------------------------------

%type brackets  {struct arguments}
%type braces    {struct arguments}
%type unit      {struct token}

access(R) ::= closed_call(A).                                   { R = A; }
access(R) ::= CAPTURE_INT(T) INT(N).                            { R = ast_capture_arg(ps, &T, &N); }
access(R) ::= fn_open(F) clauses(S) END(E).                     { R = ast_fn(ps, &F, S, &E); }
access(R) ::= LPAREN(O) stab(S) RPAREN(C).                      { R = ast_parens(ps, &O, S, &C); }
access(R) ::= LPAREN(O) stab(S) SEMI RPAREN(C).                 { R = ast_parens(ps, &O, S, &C); }
access(R) ::= LPAREN(O) SEMI stab(S) SEMI RPAREN(C).            { R = ast_parens(ps, &O, S, &C); }
access(R) ::= LPAREN(O) SEMI stab(S) RPAREN(C).                 { R = ast_parens(ps, &O, S, &C); }
access(R) ::= LPAREN(O) SEMI RPAREN(C).                         { R = ast_empty_parens(ps, &O, &C); }
access(R) ::= unit(T).                                [LOWEST]  { R = ast_unit(ps, &T); }
access(R) ::= INT(T).                                           { R = ast_number(ps, &T); }
access(R) ::= FLOAT(T).                                         { R = ast_number(ps, &T); }
access(R) ::= CHAR(T).                                          { R = ast_number(ps, &T); }
access(R) ::= TRUE(T).                                          { R = ast_literal(ps, &T, AM_true); }
access(R) ::= FALSE(T).                                         { R = ast_literal(ps, &T, AM_false); }
access(R) ::= NIL(T).                                           { R = ast_literal(ps, &T, AM_nil); }
access(R) ::= ATOM(T).                                          { R = ast_literal(ps, &T, T.value); }
access(R) ::= ATOM_QUOTED(T).                                   { R = ast_quoted_atom(ps, &T); }
access(R) ::= STRING(T).                                        { R = ast_string(ps, &T); }
access(R) ::= CHARLIST(T).                                      { R = ast_charlist(ps, &T); }
access(R) ::= SIGIL(T).                                         { R = ast_sigil(ps, &T); }
access(R) ::= interpolated(I) STRING_CLOSE(T).                  { R = ast_string_parts(ps, &I, &T); }
access(R) ::= interpolated(I) CHARLIST_CLOSE(T).                { R = ast_charlist_parts(ps, &I, &T); }
access(R) ::= interpolated(I) ATOM_CLOSE(T).                    { R = ast_atom_parts(ps, &I, &T, false); }
access(R) ::= interpolated(I) SIGIL_CLOSE(T).                   { R = ast_sigil_parts(ps, &I, &T); }
access(R) ::= alias(A).                                         { R = A; }
access(R) ::= list(A).                                          { R = A; }
access(R) ::= braces(B).                                        { R = ast_tuple(ps, &B); }
access(R) ::= bits(A).                                          { R = A; }
access(R) ::= map(A).                                           { R = A; }
access(R) ::= RANGE(T).                                         { R = ast_nullary(ps, &T); }

access(R) ::= key_name(C) brackets(K).                [UNARY]   { R = ast_access(ps, ast_variable(ps, &C), &K); }
access(R) ::= access(A) brackets(K).                  [UNARY]   { R = ast_access(ps, A, &K); }
access(R) ::= AT(T) key_name(C) brackets(K).                    { R = ast_access(ps, ast_unary(ps, &T, ast_variable(ps, &C)), &K); }
access(R) ::= AT(T) access(A) brackets(K).                      { R = ast_access(ps, ast_unary(ps, &T, A), &K); }

brackets(R) ::= LBRACKET(O) data_keywords(L) RBRACKET(C).       { R = (struct arguments){L.first, O, C}; }
brackets(R) ::= LBRACKET(O) item(A) RBRACKET(C).                { R = (struct arguments){A, O, C}; }
brackets(R) ::= LBRACKET(O) item(A) COMMA RBRACKET(C).          { R = (struct arguments){A, O, C}; }

list(R) ::= LBRACKET(O) RBRACKET(C).                            { R = ast_list(ps, &(struct arguments){TERM_NIL, O, C}); }
list(R) ::= LBRACKET(O) data_keywords(L) RBRACKET(C).           { R = ast_list(ps, &(struct arguments){L.first, O, C}); }
list(R) ::= LBRACKET(O) items(L) RBRACKET(C).                   { R = ast_list(ps, &(struct arguments){L.first, O, C}); }
list(R) ::= LBRACKET(O) items(L) COMMA RBRACKET(C).             { R = ast_list(ps, &(struct arguments){L.first, O, C}); }
list(R) ::= LBRACKET(O) items(L) COMMA data_keywords(K) RBRACKET(C). { R = ast_list(ps, &(struct arguments){seq_join(L, K.first).first, O, C}); }

braces(R) ::= LBRACE(O) RBRACE(C).                              { R = (struct arguments){TERM_NIL, O, C}; }
braces(R) ::= LBRACE(O) elements(L) RBRACE(C).                  { R = (struct arguments){L.first, O, C}; }
bits(R) ::= LBIT(O) RBIT(C).                                    { R = ast_bits(ps, &(struct arguments){TERM_NIL, O, C}); }
bits(R) ::= LBIT(O) elements(L) RBIT(C).                        { R = ast_bits(ps, &(struct arguments){L.first, O, C}); }

// ---- maps and structs -------------------------------------------------------------------------------------------

%type map_body  {struct arguments}
%type pairs     {struct seq}

map(R) ::= PERCENT_BRACE map_body(B).                           { R = ast_map(ps, &B); }
map(R) ::= PERCENT(T) struct_name(N) map_body(B).               { R = ast_struct(ps, &T, N, &B); }
map(R) ::= PERCENT(T) struct_name(N) EOL map_body(B).           { R = ast_struct(ps, &T, N, &B); }

struct_name(R) ::= alias(A).                                    { R = A; }
struct_name(R) ::= name(N).                             [NAME]  { R = ast_variable(ps, &N); }
struct_name(R) ::= closed_call(A).                              { R = A; }
struct_name(R) ::= ATOM(T).                                     { R = ast_literal(ps, &T, T.value); }
struct_name(R) ::= ATOM_QUOTED(T).                              { R = ast_quoted_atom(ps, &T); }
struct_name(R) ::= prefix(T) struct_name(A).                    { R = ast_unary(ps, &T, A); }
struct_name(R) ::= AT(T) struct_name(A).                        { R = ast_unary(ps, &T, A); }

map_body(R) ::= LBRACE(O) RBRACE(C).                            { R = (struct arguments){TERM_NIL, O, C}; }
map_body(R) ::= LBRACE(O) data_keywords(L) RBRACE(C).           { R = (struct arguments){L.first, O, C}; }
map_body(R) ::= LBRACE(O) pairs(L) RBRACE(C).                   { R = (struct arguments){L.first, O, C}; }
map_body(R) ::= LBRACE(O) pairs(L) COMMA RBRACE(C).             { R = (struct arguments){L.first, O, C}; }
map_body(R) ::= LBRACE(O) pairs(L) COMMA data_keywords(K) RBRACE(C). { R = (struct arguments){seq_join(L, K.first).first, O, C}; }
map_body(R) ::= LBRACE(O) plain(A) PIPE(T) data_keywords(K) RBRACE(C).
    { R = (struct arguments){ast_map_update(ps, A, &T, K, TERM_NIL), O, C}; }
map_body(R) ::= LBRACE(O) plain(A) PIPE(T) pairs(L) RBRACE(C).
    { R = (struct arguments){ast_map_update(ps, A, &T, L, TERM_NIL), O, C}; }
map_body(R) ::= LBRACE(O) plain(A) PIPE(T) pairs(L) COMMA RBRACE(C).
    { R = (struct arguments){ast_map_update(ps, A, &T, L, TERM_NIL), O, C}; }
map_body(R) ::= LBRACE(O) plain(A) PIPE(T) pairs(L) COMMA data_keywords(K) RBRACE(C).
    { R = (struct arguments){ast_map_update(ps, A, &T, L, K.first), O, C}; }
map_body(R) ::= LBRACE(O) block(A) PIPE(T) data_keywords(K) RBRACE(C).
    { R = (struct arguments){ast_map_update(ps, A, &T, K, TERM_NIL), O, C}; }
map_body(R) ::= LBRACE(O) block(A) PIPE(T) pairs(L) RBRACE(C).
    { R = (struct arguments){ast_map_update(ps, A, &T, L, TERM_NIL), O, C}; }
map_body(R) ::= LBRACE(O) block(A) PIPE(T) pairs(L) COMMA RBRACE(C).
    { R = (struct arguments){ast_map_update(ps, A, &T, L, TERM_NIL), O, C}; }
map_body(R) ::= LBRACE(O) block(A) PIPE(T) pairs(L) COMMA data_keywords(K) RBRACE(C).
    { R = (struct arguments){ast_map_update(ps, A, &T, L, K.first), O, C}; }

pairs(R) ::= pair(A).                                           { R = seq_of(ps, A); }
pairs(R) ::= pairs(L) COMMA pair(A).                            { R = seq_add(ps, L, A); }
pair(R) ::= plain(K) ASSOC plain(V).                            { R = ast_pair(ps, K, V); }
pair(R) ::= plain(K) ASSOC block(V).                            { R = ast_pair(ps, K, V); }
pair(R) ::= block(K) ASSOC plain(V).                            { R = ast_pair(ps, K, V); }
pair(R) ::= block(K) ASSOC block(V).                            { R = ast_pair(ps, K, V); }
pair(R) ::= name(N).                                  [LOWEST]  { R = ast_variable(ps, &N); }
pair(R) ::= one_arg_call(A).                                    { R = A; }
pair(R) ::= closed_call(A).                                     { R = A; }

// ---- clauses ----------------------------------------------------------------------------------------------------

%type stab      {struct seq}
%type clauses   {struct seq}
%type arrow     {struct operation}
%type fn_open   {struct token}

fn_open(R) ::= FN(T).                                           { R = T; }
fn_open(R) ::= FN(T) SEMI(S).                                   { R = T; if (!R.newlines) R.newlines = S.newlines; }

clauses(R) ::= stab(S).                                         { R = S; }
clauses(R) ::= stab(S) eoe.                                     { R = S; }

stab(R) ::= clause(A).                                          { R = seq_of(ps, A); }
stab(R) ::= stab(L) eoe(E) clause(A).                           { ast_end_of_expression(ps, L, &E); R = seq_add(ps, L, A); }

clause(R) ::= expr(A).                                          { R = A; }
clause(R) ::= arrow(W).                                         { R = ast_clause(ps, TERM_NIL, &W); }
clause(R) ::= unit arrow(W).                                    { R = ast_clause(ps, TERM_NIL, &W); }
clause(R) ::= unit WHEN(T) expr(G) arrow(W).                    { R = ast_clause_when(ps, TERM_NIL, &T, G, &W); }
clause(R) ::= open_args(A) arrow(W).                            { R = ast_clause(ps, A, &W); }
clause(R) ::= clause_parens(A) arrow(W).                        { R = ast_clause(ps, A, &W); }
clause(R) ::= clause_parens(A) WHEN(T) expr(G) arrow(W).        { R = ast_clause_when(ps, A, &T, G, &W); }

clause_parens(R) ::= LPAREN open_keywords(L) RPAREN.            { R = seq_of(ps, L.first).first; }
clause_parens(R) ::= LPAREN many_args(A) RPAREN.                { R = A; }

arrow(R) ::= ARROW(T) expr(A).                                  { R = ast_arrow(ps, &T, A); }
arrow(R) ::= ARROW(T).                                [LOWEST]  { R = ast_arrow(ps, &T, TERM_NONE); }

unit(R) ::= LPAREN(T) RPAREN.                                   { R = T; }

// ---- text with interpolation ------------------------------------------------------------------------------------

%type interpolated {struct interpolation}

interpolated(R) ::= INTERP_FIRST(O) body(B) INTERP_CLOSE(C).    { R = ast_interpolation(ps, NULL, &O, B, &C); }
interpolated(R) ::= interpolated(I) INTERP_OPEN(O) body(B) INTERP_CLOSE(C). { R = ast_interpolation(ps, &I, &O, B, &C); }

%code {
// Runs the tables on a copy of the top of the stack: reductions only, no actions.
bool parser_accepts(void *automaton, int kind)
{
    yyParser *p = automaton;
    yyStackEntry *top = p->yytos;
    YYACTIONTYPE own[64];       // states pushed above `top` by the reductions tried
    int n = 0;
    for (;;) {
        YYACTIONTYPE act = yy_find_shift_action((YYCODETYPE)kind, n ? own[n - 1] : top->stateno);
        if (act < YY_MIN_REDUCE) return act != YY_ERROR_ACTION && act != YY_NO_ACTION;
        int rule = act - YY_MIN_REDUCE, size = -yyRuleInfoNRhs[rule];
        while (size && n) n--, size--;
        if (size >= top - p->yystack + 1) return false;
        top -= size;
        YYACTIONTYPE next = yy_find_reduce_action(n ? own[n - 1] : top->stateno, yyRuleInfoLhs[rule]);
        if (n == 64) return false;
        own[n++] = next;
    }
}
}
