// SPDX-License-Identifier: Apache-2.0
// Building the quoted form. See ast.h.
//
// Invariant: every list cell reached from a struct seq is fresh and belongs to this parse, so it may be changed in place.
#include "ast.h"

#include "../vm/atom.h"
#include "../vm/native.h"
#include "parse_error.h"
#include "parser.h"

// ---- lists ------------------------------------------------------------------------------------------------------

struct seq seq_of(struct parser *ps, term t)
{
    term cell = mk_cons(ps->heap, t, TERM_NIL);
    return (struct seq){cell, cell};
}

struct seq seq_add(struct parser *ps, struct seq l, term t)
{
    term cell = mk_cons(ps->heap, t, TERM_NIL);
    if (l.first == TERM_NIL) return (struct seq){cell, cell};
    cons_ptr(l.last)[1] = cell;
    return (struct seq){l.first, cell};
}

struct seq seq_join(struct seq a, term b)
{
    if (a.first == TERM_NIL) return (struct seq){b, b};
    cons_ptr(a.last)[1] = b;
    return a;
}

static term one(struct parser *ps, term a) { return mk_cons(ps->heap, a, TERM_NIL); }
static term two(struct parser *ps, term a, term b) { return mk_cons(ps->heap, a, one(ps, b)); }
static term node(struct parser *ps, term head_, term meta, term args) { return mk_tuple3(ps->heap, head_, meta, args); }

// ---- metadata ---------------------------------------------------------------------------------------------------

static term put(struct parser *ps, term key, term value, term meta) { return mk_cons(ps->heap, mk_tuple2(ps->heap, key, value), meta); }

static term position(struct parser *ps, uint32_t line, uint32_t column)
{
    if (ps->opt->columns) return put(ps, AM_line, make_small(line), put(ps, AM_column, make_small(column), TERM_NIL));
    if (ps->last_line != line) {
        ps->last_line = line;
        ps->line_meta = put(ps, AM_line, make_small(line), TERM_NIL);
    }
    return ps->line_meta;
}

static term meta_of(struct parser *ps, const struct token *t) { return position(ps, t->line, t->column); }

static term put_newlines(struct parser *ps, const struct token *t, term meta)
{
    return t->newlines && ps->opt->token_metadata ? put(ps, AM_newlines, make_small(t->newlines), meta) : meta;
}

static term put_closing(struct parser *ps, const struct token *close, term meta)
{
    return ps->opt->token_metadata ? put(ps, AM_closing, meta_of(ps, close), meta) : meta;
}

// newlines: after the opener, closing: the closer.
static term put_pair(struct parser *ps, const struct token *open, const struct token *close, term meta)
{
    return put_newlines(ps, open, put_closing(ps, close, meta));
}

static term put_block(struct parser *ps, const struct do_block *b, term meta)
{
    if (!b || !ps->opt->token_metadata) return meta;
    return put(ps, AM_do, meta_of(ps, &b->open), put(ps, AM_kw_end, meta_of(ps, &b->close), meta));
}

static term delimiter_text(struct parser *ps, const struct token *t)
{
    char text[3] = {t->delimiter, t->delimiter, t->delimiter};
    return mk_binary(ps->heap, text, t->indentation >= 0 ? 3 : 1);
}

static term put_indentation(struct parser *ps, const struct token *t, term meta)
{
    return t->indentation >= 0 ? put(ps, AM_indentation, make_small(t->indentation), meta) : meta;
}

// delimiter: and, of a heredoc, indentation:
static term put_delimiter(struct parser *ps, const struct token *t, term meta)
{
    if (!ps->opt->token_metadata) return meta;
    return put(ps, AM_delimiter, delimiter_text(ps, t), put_indentation(ps, t, meta));
}

static term wrap(struct parser *ps, term value, term meta)
{
    return node(ps, ps->opt->literal_wrapper, meta, one(ps, value));
}

static bool wrapping(const struct parser *ps) { return ps->opt->literal_wrapper != TERM_NONE; }

term ast_literal(struct parser *ps, const struct token *tok, term value)
{
    return wrapping(ps) ? wrap(ps, value, meta_of(ps, tok)) : value;
}

// ---- blocks -----------------------------------------------------------------------------------------------------

static bool is_node(term t) { return is_tuple_of(t, 3) && is_list(tuple_get(t, 1)); }
static bool is_node_of(term t, term name) { return is_node(t) && tuple_get(t, 0) == name; }
static bool one_argument(term t) { return is_cons(tuple_get(t, 2)) && is_nil(tail(tuple_get(t, 2))); }

// A single expression that must stay visible as one statement: not/! (so that `in` does not reach into it) and unquote_splicing.
static bool keeps_block(term t)
{
    return is_node(t) && one_argument(t) &&
           (tuple_get(t, 0) == AM_kw_not || tuple_get(t, 0) == AM_op_bang || tuple_get(t, 0) == AM_unquote_splicing);
}

term ast_block(struct parser *ps, struct seq exprs)
{
    if (is_cons(exprs.first) && is_nil(tail(exprs.first)) && !keeps_block(head(exprs.first))) return head(exprs.first);
    return node(ps, AM_block, TERM_NIL, exprs.first);
}

term ast_empty(struct parser *ps, const struct token *eoe)
{
    return node(ps, AM_block, eoe ? meta_of(ps, eoe) : TERM_NIL, TERM_NIL);
}

static term with_end(struct parser *ps, term t, const struct token *eoe)
{
    term end = put(ps, AM_newlines, make_small(eoe->newlines), meta_of(ps, eoe));
    return node(ps, tuple_get(t, 0), put(ps, AM_end_of_expression, end, tuple_get(t, 1)), tuple_get(t, 2));
}

void ast_end_of_expression(struct parser *ps, struct seq exprs, const struct token *eoe)
{
    if (!ps->opt->token_metadata || !is_cons(exprs.last)) return;
    term *slot = &cons_ptr(exprs.last)[0];
    if (is_node_of(*slot, AM_op_arrow)) {   // the end belongs to the clause's body
        term *body = &cons_ptr(tail(tuple_get(*slot, 2)))[0];
        if (is_node(*body)) slot = body;
    }
    if (is_node(*slot)) *slot = with_end(ps, *slot, eoe);
}

// Clauses with the statements that follow each joined to its body; anything else is a block.
static term build_stab(struct parser *ps, struct seq stab)
{
    if (!is_cons(stab.first) || !is_node_of(head(stab.first), AM_op_arrow)) {
        for (term l = stab.first; is_cons(l); l = tail(l))
            if (is_node_of(head(l), AM_op_arrow))
                error_from_meta(ps, tuple_get(head(l), 1),
                                "unexpected operator ->. If you want to define multiple clauses, the first expression must use ->. "
                                "Syntax error before: ", "'->'");
        return ast_block(ps, stab);
    }
    struct seq clauses = seq_empty();
    for (term l = stab.first; is_cons(l);) {
        term clause = head(l), args = head(tuple_get(clause, 2));
        struct seq body = seq_of(ps, head(tail(tuple_get(clause, 2))));
        for (l = tail(l); is_cons(l) && !is_node_of(head(l), AM_op_arrow); l = tail(l)) body = seq_add(ps, body, head(l));
        clauses = seq_add(ps, clauses, node(ps, AM_op_arrow, tuple_get(clause, 1), two(ps, args, ast_block(ps, body))));
    }
    return clauses.first;
}

static term append(struct parser *ps, term list, term tail_)
{
    struct seq copy = seq_empty();
    for (; is_cons(list); list = tail(list)) copy = seq_add(ps, copy, head(list));
    return seq_join(copy, tail_).first;
}

// closing:, line: and column: of parentheses around a block, in cells that nothing else uses.
static struct seq own_meta(struct parser *ps, const struct token *open, const struct token *close)
{
    struct seq meta = seq_empty();
    if (ps->opt->token_metadata) meta = seq_add(ps, meta, mk_tuple2(ps->heap, AM_closing, meta_of(ps, close)));
    meta = seq_add(ps, meta, mk_tuple2(ps->heap, AM_line, make_small(open->line)));
    return ps->opt->columns ? seq_add(ps, meta, mk_tuple2(ps->heap, AM_column, make_small(open->column))) : meta;
}

// The metadata of parentheses follows the literal in its wrapper, the outermost first: whoever unwraps it knows whether it is wanted.
static term literal_in_parens(struct parser *ps, term t, term meta)
{
    term args = tuple_get(t, 2);
    return node(ps, tuple_get(t, 0), tuple_get(t, 1), mk_cons(ps->heap, head(args), mk_cons(ps->heap, meta, tail(args))));
}

term ast_parens(struct parser *ps, const struct token *open, struct seq stab, const struct token *close)
{
    term t = build_stab(ps, stab);
    ps->open_call = TERM_NONE;
    bool literal = wrapping(ps) && is_node_of(t, ps->opt->literal_wrapper);
    if (!literal && !is_node_of(t, AM_block)) return t;
    struct seq meta = own_meta(ps, open, close);
    if (literal) return literal_in_parens(ps, t, meta.first);
    if (t == ps->parens) {
        cons_ptr(ps->parens_last)[1] = meta.first;
        ps->parens_last = meta.last;
        return t;
    }
    ps->parens_last = meta.last;
    return ps->parens = node(ps, AM_block, append(ps, tuple_get(t, 1), meta.first), tuple_get(t, 2));
}

term ast_empty_parens(struct parser *ps, const struct token *open, const struct token *close)
{
    return node(ps, AM_block, put_closing(ps, close, meta_of(ps, open)), TERM_NIL);
}

term ast_unit(struct parser *ps, const struct token *open)
{
    warn(ps->warnings, open->line, open->column,
         "invalid expression (). If you want to invoke or define a function, make sure there are no spaces between the function name "
         "and its arguments. If you wanted to pass an empty block or code, pass a value instead, such as a nil or an atom");
    return node(ps, AM_block, TERM_NIL, TERM_NIL);
}

// ---- clauses ----------------------------------------------------------------------------------------------------

struct operation ast_arrow(struct parser *ps, const struct token *arrow, term body)
{
    if (body == TERM_NONE) {
        warn(ps->warnings, arrow->line, arrow->column,
             "an expression is always required on the right side of ->. Please provide a value after ->");
        body = ast_literal(ps, arrow, AM_nil);
    }
    return (struct operation){*arrow, body};
}

static term clause(struct parser *ps, term args, const struct operation *arrow)
{
    return node(ps, AM_op_arrow, put_newlines(ps, &arrow->op, meta_of(ps, &arrow->op)), two(ps, args, arrow->right));
}

// (unquote_splicing(x)) as the only argument stands for many.
static term unwrap_splice(term args)
{
    if (!is_cons(args) || !is_nil(tail(args)) || !is_node_of(head(args), AM_block)) return args;
    term inner = tuple_get(head(args), 2);
    return is_cons(inner) && is_nil(tail(inner)) && is_node_of(head(inner), AM_unquote_splicing) ? inner : args;
}

// a, b when c:  the guard covers all arguments.
static term unwrap_when(struct parser *ps, term args)
{
    term last = args;
    while (is_cons(last) && is_cons(tail(last))) last = tail(last);
    if (!is_cons(last) || !is_node_of(head(last), AM_kw_when)) return args;
    term when = head(last), operands = tuple_get(when, 2);
    if (!is_cons(operands) || !is_cons(tail(operands)) || !is_nil(tail(tail(operands)))) return args;
    struct seq all = seq_empty();
    for (; args != last; args = tail(args)) all = seq_add(ps, all, head(args));
    return one(ps, node(ps, AM_kw_when, tuple_get(when, 1), seq_join(all, operands).first));
}

term ast_clause(struct parser *ps, term args, const struct operation *arrow)
{
    return clause(ps, unwrap_when(ps, unwrap_splice(args)), arrow);
}

term ast_clause_when(struct parser *ps, term args, const struct token *when, term guard, const struct operation *arrow)
{
    term operands = append(ps, unwrap_splice(args), one(ps, guard));
    return clause(ps, one(ps, node(ps, AM_kw_when, meta_of(ps, when), operands)), arrow);
}

term ast_fn(struct parser *ps, const struct token *fn, struct seq stab, const struct token *end)
{
    term clauses = build_stab(ps, stab);
    if (!is_cons(clauses) || !is_node_of(head(clauses), AM_op_arrow) || !is_node_of(head(stab.first), AM_op_arrow))
        error_from(ps, fn->line, fn->column, "expected anonymous functions to be defined with -> inside: ", "'fn'");
    return node(ps, AM_kw_fn, put_pair(ps, fn, end, meta_of(ps, fn)), clauses);
}

struct seq ast_section(struct parser *ps, const struct token *keyword, struct seq stab)
{
    return seq_of(ps, mk_tuple2(ps->heap, ast_literal(ps, keyword, keyword->value), build_stab(ps, stab)));
}

// ---- operators --------------------------------------------------------------------------------------------------

static term op_meta(struct parser *ps, const struct token *op) { return put_newlines(ps, op, meta_of(ps, op)); }

term ast_unary(struct parser *ps, const struct token *op, term operand)
{
    if (op->value != AM_op_ternary) return node(ps, op->value, meta_of(ps, op), one(ps, operand));
    term slash = node(ps, AM_op_div, position(ps, op->line, op->column), AM_nil);  // &//2
    return node(ps, AM_op_div, position(ps, op->line, op->column + 1), two(ps, slash, operand));
}

// a..b//c
static term range_step(struct parser *ps, term range, const struct operation *step)
{
    term args = is_node_of(range, AM_op_range) ? tuple_get(range, 2) : TERM_NIL;
    if (!is_cons(args))
        error_from(ps, step->op.line, step->op.column,
                   "the range step operator (//) must immediately follow the range definition operator (..), for example: 1..9//2. "
                   "If you wanted to define a default argument, use (\\\\) instead. Syntax error before: ", "'//'");
    else return node(ps, AM_op_range_step, tuple_get(range, 1), append(ps, args, one(ps, step->right)));
    return range;
}

// not a in b, !a in b: the negation moves out.
static term rewrite_in(struct parser *ps, term left, const struct operation *right)
{
    warn(ps->warnings, right->op.line, right->op.column, "\"not expr1 in expr2\" is deprecated, use \"expr1 not in expr2\" instead");
    term meta = meta_of(ps, &right->op);
    term in = node(ps, AM_kw_in, meta, two(ps, head(tuple_get(left, 2)), right->right));
    return node(ps, tuple_get(left, 0), meta, one(ps, in));
}

term ast_binary(struct parser *ps, term left, const struct operation *right)
{
    const struct token *op = &right->op;
    if (op->value == AM_op_ternary) return range_step(ps, left, right);
    if (op->value == AM_kw_in && is_node(left) && one_argument(left) && (tuple_get(left, 0) == AM_kw_not || tuple_get(left, 0) == AM_op_bang))
        return rewrite_in(ps, left, right);
    if (op->value == AM_kw_not) {   // not in
        term meta = meta_of(ps, op);
        return node(ps, AM_kw_not, meta, one(ps, node(ps, AM_kw_in, meta, two(ps, left, right->right))));
    }
    return node(ps, op->value, op_meta(ps, op), two(ps, left, right->right));
}

term ast_nullary(struct parser *ps, const struct token *op) { return node(ps, op->value, meta_of(ps, op), TERM_NIL); }

struct operation ast_pipe_to(struct parser *ps, const struct token *op, term right)
{
    if (right == ps->open_call) warn_pipe(ps, op);
    return (struct operation){*op, right};
}

// ---- calls ------------------------------------------------------------------------------------------------------

term ast_variable(struct parser *ps, const struct callee *c)
{
    term meta = meta_of(ps, &c->name);
    if (c->dot == TERM_NONE) return node(ps, c->name.value, meta, AM_nil);
    return node(ps, c->dot, put(ps, AM_no_parens, AM_true, meta), TERM_NIL);
}

static term callee(const struct callee *c) { return c->dot == TERM_NONE ? c->name.value : c->dot; }

static term with_block(struct parser *ps, term args, const struct do_block *block)
{
    return block ? append(ps, args, one(ps, block->list)) : args;
}

term ast_call(struct parser *ps, const struct callee *c, const struct arguments *args, const struct do_block *block)
{
    term meta = put_block(ps, block, put_pair(ps, &args->open, &args->close, meta_of(ps, &c->name)));
    return node(ps, callee(c), meta, with_block(ps, args->list, block));
}

term ast_nested_call(struct parser *ps, const struct callee *c, const struct arguments *a, const struct arguments *b, const struct do_block *block)
{
    term inner = ast_call(ps, c, a, NULL);
    term meta = put_block(ps, block, put_pair(ps, &b->open, &b->close, tuple_get(inner, 1)));
    return node(ps, inner, meta, with_block(ps, b->list, block));
}

term ast_open_call(struct parser *ps, const struct callee *c, term args, const struct do_block *block)
{
    term call = node(ps, callee(c), put_block(ps, block, meta_of(ps, &c->name)), with_block(ps, args, block));
    if (!block) ps->open_call = call;
    return call;
}

term ast_one_arg_call(struct parser *ps, const struct callee *c, term args, bool op_identifier)
{
    term meta = meta_of(ps, &c->name);
    if (op_identifier && c->dot == TERM_NONE) meta = put(ps, AM_ambiguous_op, AM_nil, meta);
    return ps->open_call = node(ps, callee(c), meta, args);
}

struct callee ast_dot(struct parser *ps, term left, const struct token *dot, const struct token *name)
{
    return (struct callee){node(ps, AM_op_dot, meta_of(ps, dot), two(ps, left, name->value)), *name};
}

struct callee ast_dot_call(struct parser *ps, term left, const struct token *dot)
{
    return (struct callee){node(ps, AM_op_dot, meta_of(ps, dot), one(ps, left)), *dot};
}

term ast_dot_tuple(struct parser *ps, term left, const struct token *dot, const struct arguments *args)
{
    term target = node(ps, AM_op_dot, meta_of(ps, dot), two(ps, left, AM_op_tuple));
    term meta = meta_of(ps, dot);
    return node(ps, target, is_nil(args->list) ? meta : put_pair(ps, &args->open, &args->close, meta), args->list);
}

term ast_access(struct parser *ps, term left, const struct arguments *key)
{
    term meta = put_pair(ps, &key->open, &key->close, meta_of(ps, &key->open));
    return node(ps, node(ps, AM_op_dot, meta, two(ps, AM_Access, AM_get)), meta, two(ps, left, key->list));
}

term ast_capture_arg(struct parser *ps, const struct token *op, const struct token *number)
{
    return node(ps, AM_op_capture, meta_of(ps, op), one(ps, number->value));
}

// ---- data -------------------------------------------------------------------------------------------------------

term ast_number(struct parser *ps, const struct token *tok)
{
    if (!wrapping(ps)) return tok->value;
    term text = mk_binary(ps->heap, ps->lexer.source + tok->start, tok->end - tok->start);
    return wrap(ps, tok->value, put(ps, AM_token, text, meta_of(ps, tok)));
}

static term wrap_text(struct parser *ps, const struct token *tok, term value)
{
    return wrapping(ps) ? wrap(ps, value, put_delimiter(ps, tok, meta_of(ps, tok))) : value;
}

term ast_string(struct parser *ps, const struct token *tok) { return wrap_text(ps, tok, tok->value); }

term ast_quoted_atom(struct parser *ps, const struct token *tok)
{
    struct token quoted = *tok;
    quoted.delimiter = '"';     // whatever the quotes were
    return wrap_text(ps, &quoted, tok->value);
}

term ast_charlist(struct parser *ps, const struct token *tok)
{
    size_t len;
    const uint8_t *bytes = binary_bytes(ps->heap, tok->value, &len);
    if (!utf8_valid(bytes, len)) {
        error_charlist(ps, tok, (const char *)bytes, len);
        return TERM_NIL;
    }
    return wrap_text(ps, tok, mk_charlist(ps->heap, (const char *)bytes, len));
}

static term sigil(struct parser *ps, const struct token *tok, term parts)
{
    char name[] = "sigil_x";
    name[6] = tok->sigil;
    term text = node(ps, AM_op_bits, put_indentation(ps, tok, meta_of(ps, tok)), parts);
    term meta = put(ps, AM_delimiter, delimiter_text(ps, tok), meta_of(ps, tok));
    return node(ps, atom_of_code(ps->vm, name, 7), meta, two(ps, text, tok->modifiers));
}

term ast_sigil(struct parser *ps, const struct token *tok) { return sigil(ps, tok, one(ps, tok->value)); }

static term put_last(struct parser *ps, const struct token *name, term meta)
{
    return ps->opt->token_metadata ? put(ps, AM_last, meta_of(ps, name), meta) : meta;
}

term ast_alias(struct parser *ps, const struct token *tok)
{
    return node(ps, AM_aliases, put_last(ps, tok, meta_of(ps, tok)), one(ps, tok->value));
}

term ast_dot_alias(struct parser *ps, term left, const struct token *dot, const struct token *name)
{
    if (is_node_of(left, AM_aliases)) {
        term meta = tuple_get(left, 1), cell = one(ps, name->value);
        if (ps->opt->token_metadata) meta = put_last(ps, name, tail(meta));
        term segments = tuple_get(left, 2);
        if (left == ps->alias) cons_ptr(ps->alias_last)[1] = cell;
        else segments = append(ps, segments, cell);
        ps->alias_last = cell;
        return ps->alias = node(ps, AM_aliases, meta, segments);
    }
    if (is_atom(left))
        error_from(ps, name->line, name->column,
                   "atom cannot be followed by an alias. If the '.' was meant to be part of the atom's name, the atom name must be "
                   "quoted. Syntax error before: ", "'.'");
    return node(ps, AM_aliases, put_last(ps, name, meta_of(ps, dot)), two(ps, left, name->value));
}

static term wrap_pair(struct parser *ps, const struct arguments *args, term value)
{
    return wrapping(ps) ? wrap(ps, value, put_pair(ps, &args->open, &args->close, meta_of(ps, &args->open))) : value;
}

static term collection(struct parser *ps, term name, const struct arguments *args)
{
    return node(ps, name, put_pair(ps, &args->open, &args->close, meta_of(ps, &args->open)), args->list);
}

term ast_list(struct parser *ps, const struct arguments *args) { return wrap_pair(ps, args, args->list); }
term ast_bits(struct parser *ps, const struct arguments *args) { return collection(ps, AM_op_bits, args); }
term ast_map(struct parser *ps, const struct arguments *args) { return collection(ps, AM_op_map, args); }

term ast_tuple(struct parser *ps, const struct arguments *args)
{
    term l = args->list;
    bool pair = is_cons(l) && is_cons(tail(l)) && is_nil(tail(tail(l)));
    if (!pair) return collection(ps, AM_op_tuple, args);
    return wrap_pair(ps, args, mk_tuple2(ps->heap, head(l), head(tail(l))));
}

term ast_struct(struct parser *ps, const struct token *percent, term name, const struct arguments *args)
{
    return node(ps, AM_op_struct, meta_of(ps, percent), two(ps, name, ast_map(ps, args)));
}

term ast_map_update(struct parser *ps, term map, const struct token *bar, struct seq pairs, term keywords)
{
    return one(ps, node(ps, AM_op_bar, op_meta(ps, bar), two(ps, map, seq_join(pairs, keywords).first)));
}

term ast_pair(struct parser *ps, term key, term value) { return mk_tuple2(ps->heap, key, value); }

term ast_keyword(struct parser *ps, const struct token *kw)
{
    return wrapping(ps) ? wrap(ps, kw->value, put(ps, AM_format, AM_keyword, meta_of(ps, kw))) : kw->value;
}

// ---- text with interpolation ------------------------------------------------------------------------------------

// Each part is kept as Kernel.to_string(quoted) until the text's kind is known.
struct interpolation ast_interpolation(struct parser *ps, const struct interpolation *before, const struct token *open, term quoted,
                                       const struct token *close)
{
    term meta = meta_of(ps, open);
    term target = node(ps, AM_op_dot, meta, two(ps, AM_Kernel, AM_to_string));
    term call = node(ps, target, put_closing(ps, close, meta), one(ps, quoted));
    struct interpolation r = before ? *before : (struct interpolation){seq_empty(), *open};
    r.parts = seq_add(ps, r.parts, call);
    return r;
}

// text, part, text, part, ... `typed`: the parts of a <<>> say ::binary.
static term weave(struct parser *ps, term texts, term parts, bool typed)
{
    struct seq all = seq_empty();
    for (;; parts = tail(parts), texts = tail(texts)) {
        if (!is_nil(head(texts))) all = seq_add(ps, all, head(texts));
        if (!is_cons(parts)) return all.first;
        term part = head(parts), meta = tuple_get(tuple_get(part, 0), 1);
        if (typed) part = node(ps, AM_op_type, meta, two(ps, part, node(ps, AM_binary, meta, AM_nil)));
        all = seq_add(ps, all, part);
    }
}

term ast_string_parts(struct parser *ps, const struct interpolation *in, const struct token *close)
{
    term meta = put_delimiter(ps, close, meta_of(ps, close));
    return node(ps, AM_op_bits, meta, weave(ps, close->value, in->parts.first, true));
}

term ast_charlist_parts(struct parser *ps, const struct interpolation *in, const struct token *close)
{
    term meta = put_delimiter(ps, close, meta_of(ps, close));
    term target = node(ps, AM_op_dot, meta_of(ps, close), two(ps, AM_List, AM_to_charlist));
    return node(ps, target, meta, one(ps, weave(ps, close->value, in->parts.first, false)));
}

term ast_atom_parts(struct parser *ps, const struct interpolation *in, const struct token *close, bool keyword)
{
    struct token quoted = *close;
    quoted.delimiter = '"';     // whatever the quotes were
    term meta = meta_of(ps, close);
    term function = ps->opt->existing_atoms_only ? AM_binary_to_existing_atom : AM_binary_to_atom;
    term target = node(ps, AM_op_dot, meta, two(ps, AM_erlang, function));
    term text = node(ps, AM_op_bits, meta, weave(ps, close->value, in->parts.first, true));
    term outer = !ps->opt->token_metadata ? meta : keyword ? put(ps, AM_format, AM_keyword, meta) : put_delimiter(ps, &quoted, meta);
    return node(ps, target, outer, two(ps, text, AM_utf8));
}

term ast_sigil_parts(struct parser *ps, const struct interpolation *in, const struct token *close)
{
    return sigil(ps, close, weave(ps, close->value, in->parts.first, true));
}
