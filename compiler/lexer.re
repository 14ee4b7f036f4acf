// SPDX-License-Identifier: Apache-2.0
// The lexer: what each token looks like, and where a newline ends an expression. See lexer.h.
//
// The source is copied and ends in a NUL, which every rule stops at; a NUL before the end is an error like any other byte
// that opens no token. Columns count code points: bytes since the line's start, less the continuation bytes passed.
#include "lexer.h"

#include <stdio.h>
#include <stdlib.h>

#include "../vm/atom.h"
#include "../vm/native.h"
#include "parse_error.h"
#include "parser.h"

// ---- memory and set-up ------------------------------------------------------------------------------------------

void *lex_grow(void *array, size_t *capacity, size_t item)
{
    *capacity = *capacity ? *capacity * 2 : 16;
    array = realloc(array, *capacity * item);
    if (array) return array;
    fprintf(stderr, "phial: out of memory while reading source\n");
    abort();
}

// With room to look a few bytes past the end.
static char *lex_copy(const char *src, size_t len)
{
    char *copy = malloc(len + 8);
    if (!copy) {
        fprintf(stderr, "phial: out of memory while reading source\n");
        abort();
    }
    memcpy(copy, src, len);
    memset(copy + len, 0, 8);
    return copy;
}

void lex_init(struct lexer *lx, struct vm *vm, struct heap *heap, const char *src, size_t len, const struct parse_options *opt,
              struct parse_error *error, struct parse_warnings *warnings)
{
    memset(lx, 0, sizeof *lx);
    lx->vm = vm;
    lx->heap = heap;
    lx->opt = opt;
    lx->error = error;
    lx->warnings = warnings;
    lx->source = lex_copy(src, len);
    lx->cursor = lx->line_start = lx->source;
    lx->limit = lx->source + len;
    lx->line = opt->line > 0 ? opt->line : 1;
    lx->column_shift = opt->column > 0 ? opt->column - 1 : 0;
}

void lex_free(struct lexer *lx)
{
    free(lx->source);
    free(lx->openers);
    free(lx->texts);
    free(lx->slices);
    free(lx->scratch);
}

// ---- blanks and newlines ----------------------------------------------------------------------------------------

static bool skip_comment(struct lexer *lx)
{
    const char *start = lx->cursor, *p = start;
    while (*p != '\n' && (*p || p < lx->limit)) {
        if ((uint8_t)*p == 0xE2 && lex_bidi(p)) {
            lx->cursor = start;
            error_bidi(lx, p, true);
            return false;
        }
        p++;
    }
    lx->cursor = p > start && *p == '\n' && p[-1] == '\r' ? p - 1 : p;
    lx->column_shift -= lx->cursor - start;     // a comment takes no columns
    return true;
}

// Length of the line end at p, 0 if there is none.
static int line_end(const char *p) { return *p == '\n' ? 1 : *p == '\r' && p[1] == '\n' ? 2 : 0; }

// Passes blanks, comments and newlines. Counts the newlines since the last comment (unless `through`) in *count and notes
// where the first one is. False: an error is set.
static bool skip_blanks(struct lexer *lx, uint32_t *count, struct token *first, bool through)
{
    bool crossed = false, continued = false;
    *count = 0;
    for (;;) {
        const char *p = lx->cursor;
        int n;
        if (*p == ' ' || *p == '\t') {
            lx->cursor++;
        } else if ((n = line_end(p))) {
            if (!crossed) {
                first->line = lx->line;
                first->column = lex_column(lx, p);
                first->start = first->end = (uint32_t)(p - lx->source);
            }
            crossed = true;
            ++*count;
            lex_new_line(lx, lx->cursor = p + n);
        } else if (*p == '#') {
            if (!skip_comment(lx)) return false;
            if (!through) *count = 0;
        } else if (*p == '\\' && (n = line_end(p + 1)) && p + 1 + n < lx->limit) {
            continued = true;
            lex_new_line(lx, lx->cursor = p + 1 + n);
        } else {
            if (crossed || continued) lx->indentation = lex_column(lx, p) - 1;
            first->newlines = *count;
            return true;
        }
    }
}

// A newline before one of these does not end the expression.
static bool continues(int kind)
{
    switch (kind) {
    case T_IN_MATCH: case T_WHEN: case T_TYPE: case T_PIPE: case T_ASSOC: case T_MATCH: case T_OR: case T_AND: case T_COMP:
    case T_REL: case T_ARROW_OP: case T_IN: case T_XOR: case T_TERNARY: case T_CONCAT: case T_RANGE: case T_MULT: case T_POWER:
    case T_ARROW: case T_DOT: case T_DOT_CALL: case T_RPAREN: case T_RBRACKET: case T_RBRACE: case T_RBIT:
    case T_DO:
        return true;
    default:
        return false;
    }
}

// After one of these, newlines mean nothing.
static bool swallows(const struct lexer *lx, int kind)
{
    switch (kind) {
    case T_IN_MATCH: case T_WHEN: case T_TYPE: case T_PIPE: case T_ASSOC: case T_MATCH: case T_OR: case T_AND: case T_COMP:
    case T_REL: case T_ARROW_OP: case T_IN: case T_XOR: case T_TERNARY: case T_CONCAT: case T_DUAL: case T_MULT: case T_POWER:
    case T_UNARY: case T_AT: case T_CAPTURE: case T_CAPTURE_INT: case T_ARROW: case T_COMMA: case T_SEMI: case T_EOLSEMI: case T_KW: case T_KW_CLOSE:
    case T_LPAREN: case T_LBRACKET: case T_LBRACE: case T_LBIT: case T_FN: case T_DO: case T_BLOCK_ID:
        return true;
    case T_RANGE:   // `a ..` goes on in the next line, `..` alone does not
        switch (lx->last) {
        case T_IDENT: case T_RPAREN: case T_RBRACKET: case T_RBRACE: case T_RBIT: case T_INT: case T_FLOAT: case T_CHAR:
        case T_END: case T_ALIAS: case T_ATOM: case T_TRUE: case T_FALSE: case T_NIL: case T_STRING: case T_CHARLIST:
        case T_STRING_CLOSE: case T_CHARLIST_CLOSE: case T_ATOM_CLOSE: case T_SIGIL: case T_SIGIL_CLOSE: case T_ATOM_QUOTED:
            return true;
        default:
            return false;
        }
    default:
        return false;
    }
}

// ---- pieces of rules --------------------------------------------------------------------------------------------

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static const char *skip_horizontal(const char *p)
{
    while (*p == ' ' || *p == '\t') p++;
    return p;
}

int lex_call_kind(struct lexer *lx)
{
    const char *p = lx->cursor;
    if (*p == '(') return T_PAREN_IDENT;
    if (*p == '[') return T_BRACKET_IDENT;
    const char *sign = skip_horizontal(p);
    if (sign == p || (*sign != '+' && *sign != '-')) return T_IDENT;
    char c = sign[1];   // `f -x` is a call, `f - x` and `f -(x)` are not
    return (!c && sign + 1 == lx->limit) || is_space(c) || strchr("([<{%+-/>:", c) ? T_IDENT : T_OP_IDENT;
}

static size_t code_points(const char *p, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) n += ((uint8_t)p[i] & 0xC0) != 0x80;
    return n;
}

term lex_atom(struct lexer *lx, const char *bytes, size_t len, uint32_t line, uint32_t column)
{
    term t;
    if (len <= ATOM_MAX_BYTES && (len <= 255 || code_points(bytes, len) <= 255)) {
        t = lx->opt->existing_atoms_only || lx->opt->looking ? atom_existing(lx->vm, bytes, len) : atom_of_code(lx->vm, bytes, len);
        if (t == TERM_NONE && lx->opt->looking) t = AM_undefined;
        if (t != TERM_NONE) return t;
    }
    char *text = len > 2000 ? text_format("%.*s...", 255, bytes) : text_format("%.*s", (int)len, bytes);
    bool unknown = lx->opt->existing_atoms_only && len <= 255;
    error_at(lx, line, column, unknown ? "unsafe atom does not exist: " : "atom length must be less than system limit: ", text);
    free(text);
    return TERM_NONE;
}

bool lex_open(struct lexer *lx, int kind, uint32_t line, uint32_t column)
{
    if (lx->opener_count == PARSE_NESTING_MAX) {
        error_nesting(lx, line, column);
        return false;
    }
    LEX_ROOM(lx->openers, lx->opener_count, lx->opener_capacity);
    if ((kind == T_DO || kind == T_FN) && lx->opener_count) {   // a second one no deeper than the open one: that one lacks its end
        const struct opener *top = &lx->openers[lx->opener_count - 1];
        if (top->kind == kind && top->indentation >= lx->indentation) lx->open_hint[kind == T_FN] = top->line;
    }
    lx->openers[lx->opener_count++] = (struct opener){kind, line, column, lx->indentation};
    return true;
}

static int open_token(struct lexer *lx, struct token *tok, int kind) { return lex_open(lx, kind, tok->line, tok->column) ? kind : LEX_ERROR; }

static const struct opener *top_opener(const struct lexer *lx)
{
    return lx->opener_count ? &lx->openers[lx->opener_count - 1] : NULL;
}

// ) ] } >>: the opener must be its own.
static int close_token(struct lexer *lx, struct token *tok, int kind, int opener, const char *text)
{
    const struct opener *top = top_opener(lx);
    if (top && top->kind == opener) {
        lx->opener_count--;
        return kind;
    }
    if (top && top->kind == T_INTERP_OPEN && kind == T_RBRACE) {
        lx->opener_count--;
        lx->in_text = true;
        return T_INTERP_CLOSE;
    }
    return error_closer(lx, text, tok->line, tok->column, top);
}

static int end_token(struct lexer *lx, struct token *tok)
{
    const struct opener *top = top_opener(lx);
    if (!top || (top->kind != T_DO && top->kind != T_FN)) return error_end(lx, tok->line, tok->column, top);
    if (top->kind == T_DO && lx->indentation > top->indentation) lx->end_hint = tok->line;
    lx->opener_count--;
    return T_END;
}

static int do_token(struct lexer *lx, struct token *tok)
{
    if (lx->last == T_COMMA || lx->last == T_SEMI || lx->last == T_EOLSEMI) return error_do(lx, tok->line, tok->column, false);
    if (lx->last == T_FN && !lx->last_newlines) return error_do(lx, tok->line, tok->column, true);
    return open_token(lx, tok, T_DO);
}

// An operator; right before a slash it is its own name, as in &+/2.
static int operator(struct lexer *lx, struct token *tok, int kind, term atom)
{
    tok->value = atom;
    const char *next = skip_horizontal(lx->cursor);
    if (*next != '/' || kind == T_ASSOC || kind == T_TERNARY || (kind == T_CAPTURE && next[1] == '/')) return kind;
    return T_IDENT;
}

// &&& before another &: hard to read.
static void warn_crowded(struct lexer *lx, struct token *tok)
{
    char c = lx->cursor[-1];
    if (*lx->cursor == c)
        warn(lx->warnings, tok->line, tok->column, "found \"%c%c%c\" followed by \"%c\", please use a space between \"%c%c%c\" and the next \"%c\"",
             c, c, c, c, c, c, c, c);
}

static int triple(struct lexer *lx, struct token *tok, int kind, term atom)
{
    warn_crowded(lx, tok);
    return operator(lx, tok, kind, atom);
}

static int old_operator(struct lexer *lx, struct token *tok, int kind, term atom, const char *advice)
{
    if (kind == T_XOR) warn_crowded(lx, tok);
    kind = operator(lx, tok, kind, atom);
    if (kind != T_IDENT) warn(lx->warnings, tok->line, tok->column, "%s", advice);
    return kind;
}

// `a.+`: the operator is a name.
static int dot_operator(struct lexer *lx, struct token *tok)
{
    tok->value = lex_atom(lx, lx->source + tok->start, (size_t)(lx->cursor - lx->source - tok->start), tok->line, tok->column);
    return tok->value == TERM_NONE ? LEX_ERROR : lex_call_kind(lx);
}

static int op_atom(struct lexer *lx, struct token *tok, int kind, size_t skip_front, size_t skip_back)
{
    const char *start = lx->source + tok->start + skip_front;
    tok->value = lex_atom(lx, start, (size_t)(lx->cursor - start) - skip_back, tok->line, tok->column);
    return tok->value == TERM_NONE ? LEX_ERROR : kind;
}

// `not` and `not in`.
static int not_token(struct lexer *lx, struct token *tok)
{
    const char *p = skip_horizontal(lx->cursor);
    struct name n;
    if (p > lx->cursor && p[0] == 'i' && p[1] == 'n' && lex_name(p, lx->limit, &n) && n.end == p + 2 &&
        (*n.end != ':' || n.end[1] == ':') && *skip_horizontal(n.end) != '/') {
        lx->cursor = n.end;
        tok->value = AM_kw_not;
        return T_IN;
    }
    return operator(lx, tok, T_UNARY, AM_kw_not);
}

static int reserved_or_name(struct lexer *lx, struct token *tok)
{
    switch (tok->value) {
    case AM_true:  return T_TRUE;
    case AM_false: return T_FALSE;
    case AM_nil:   return T_NIL;
    case AM_kw_and: return operator(lx, tok, T_AND, AM_kw_and);
    case AM_kw_or:  return operator(lx, tok, T_OR, AM_kw_or);
    case AM_kw_in:  return operator(lx, tok, T_IN, AM_kw_in);
    case AM_kw_when: return operator(lx, tok, T_WHEN, AM_kw_when);
    case AM_kw_not: return not_token(lx, tok);
    case AM_kw_fn:  return open_token(lx, tok, T_FN);
    case AM_do:     return do_token(lx, tok);
    case AM_kw_end: return end_token(lx, tok);
    case AM_kw_after: case AM_kw_else: case AM_kw_rescue: case AM_kw_catch:
        return T_BLOCK_ID;
    case AM_block:   return error_at(lx, tok->line, tok->column, "reserved token: ", "__block__");
    case AM_aliases: return error_at(lx, tok->line, tok->column, "reserved token: ", "__aliases__");
    default: return lex_call_kind(lx);
    }
}

// The atom of a name; one that is not pure ASCII is brought into normal form first. The cursor stands behind the name. What is too long for an atom
// fails for that alone.
static term name_atom(struct lexer *lx, struct token *tok, const char *start, const struct name *n)
{
    if (n->ascii) return lex_atom(lx, start, (size_t)(n->end - start), tok->line, tok->column);
    for (const char *p = start; p < n->end; p++) lx->column_shift -= ((uint8_t)*p & 0xC0) == 0x80;
    size_t len;
    char *text = lex_name_normal(start, (size_t)(n->end - start), &len);
    lx->odd_names = true;
    if (len <= ATOM_MAX_BYTES && !lex_script_fits(lx, tok->line, tok->column, text, len)) {
        free(text);
        return TERM_NONE;
    }
    term t = lex_atom(lx, text, len, tok->line, tok->column);
    free(text);
    return t;
}

static int name_token(struct lexer *lx, struct token *tok)
{
    const char *start = lx->source + tok->start;
    struct name n;
    if (!lex_name(start, lx->limit, &n)) return error_character(lx, start);
    const char *end = n.end;
    bool keyword = *end == ':' && is_space(end[1]);
    if (!keyword && *end == ':' && end[1] != ':' && end + 1 < lx->limit) return error_keyword_space(lx, start, (size_t)(end - start));
    if (!keyword && n.class == NAME_UPPER) return error_character(lx, start);
    if (!keyword && (n.has_at || (n.class == NAME_ALIAS && (!n.ascii || n.has_mark)))) return error_name(lx, start, &n);
    lx->cursor = end;
    tok->value = name_atom(lx, tok, start, &n);
    if (tok->value == TERM_NONE) return LEX_ERROR;
    if (keyword) {
        lx->cursor++;
        return T_KW;
    }
    if (n.has_mark && *end == '=') warn_mark(lx, tok, start, end, false);
    if (n.class == NAME_ALIAS) return *skip_horizontal(end) == '(' ? error_alias_call(lx, start, end, skip_horizontal(end)) : T_ALIAS;
    if (lx->after_dot && tok->value != AM_block && tok->value != AM_aliases) return lex_call_kind(lx);
    return reserved_or_name(lx, tok);
}

// :name
static int atom_token(struct lexer *lx, struct token *tok)
{
    const char *start = lx->source + tok->start + 1;
    struct name n;
    if (!lex_name(start, lx->limit, &n)) return error_character(lx, start - 1);
    lx->cursor = n.end;
    if (n.has_mark && *n.end == '=') warn_mark(lx, tok, start - 1, n.end, true);
    tok->value = name_atom(lx, tok, start, &n);
    return tok->value == TERM_NONE ? LEX_ERROR : T_ATOM;
}

// <<<<<<< at the start of a line, where a merge left its mark; the cursor stands behind the third sign.
static bool at_conflict(const struct lexer *lx)
{
    return lx->cursor - 3 == lx->line_start && lx->limit - lx->cursor >= 4 && !memcmp(lx->cursor, "<<<<", 4);
}

static int error_conflict(struct lexer *lx)
{
    const char *start = lx->cursor - 3, *end = memchr(start, '\n', (size_t)(lx->limit - start));
    char *token = text_format("%.*s", (int)((end ? end : lx->limit) - start), start);
    int kind = error_at(lx, lx->line, 1, "found an unexpected version control marker, please resolve the conflicts: ", token);
    free(token);
    return kind;
}

// Digits without `_`, in the scratch buffer.
static char *digits(struct lexer *lx, const char *p, size_t *len)
{
    size_t n = (size_t)(lx->cursor - p), k = 0;
    while (lx->scratch_capacity < n + 1) lx->scratch = lex_grow(lx->scratch, &lx->scratch_capacity, 1);
    for (size_t i = 0; i < n; i++) if (p[i] != '_') lx->scratch[k++] = p[i];
    lx->scratch[k] = 0;
    *len = k;
    return lx->scratch;
}

static int integer(struct lexer *lx, struct token *tok, int base)
{
    const char *start = lx->source + tok->start;
    size_t len = (size_t)(lx->cursor - start);
    char c = *lx->cursor;
    if (base == 10 && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_')) return error_number(lx, start, lx->cursor);
    if (base == 10 && len < 18 && !memchr(start, '_', len)) {   // the common case, without copying
        int64_t v = 0;
        for (size_t i = 0; i < len; i++) v = v * 10 + (start[i] - '0');
        tok->value = make_small(v);
        return T_INT;
    }
    if (len > PARSE_DIGITS_MAX) {
        char *limit = text_format("%d", PARSE_DIGITS_MAX);
        error_at(lx, tok->line, tok->column, "integer is too long, the limit in digits is ", limit);
        free(limit);
        return LEX_ERROR;
    }
    char *text = digits(lx, start + (base == 10 ? 0 : 2), &len);
    tok->value = num_parse(lx->heap, text, len, base);
    return T_INT;
}

static int floating(struct lexer *lx, struct token *tok)
{
    const char *start = lx->source + tok->start;
    char c = *lx->cursor;
    size_t len;
    double d = strtod(digits(lx, start, &len), NULL);
    if (d > 1.7976931348623157e308) return error_float(lx, start, lx->cursor);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return error_number(lx, start, lx->cursor);
    tok->value = mk_float(lx->heap, d);
    return T_FLOAT;
}

// & before an integer: &1.
static int capture(struct lexer *lx, struct token *tok)
{
    if (operator(lx, tok, T_CAPTURE, AM_op_capture) == T_IDENT) return T_IDENT;
    struct lexer here = *lx;
    uint32_t count;
    struct token ignored;
    if (!skip_blanks(lx, &count, &ignored, false)) return LEX_ERROR;
    const char *p = lx->cursor;
    *lx = here;
    if (*p < '0' || *p > '9') return T_CAPTURE;
    while ((*p >= '0' && *p <= '9') || *p == '_') p++;
    return *p == '.' && p[1] >= '0' && p[1] <= '9' ? T_CAPTURE : T_CAPTURE_INT;
}

// The dot and what follows it: `.(`, a quoted name, or anything that the next token tells.
static int dot(struct lexer *lx, struct token *tok)
{
    uint32_t count;
    struct token ignored;
    tok->value = AM_op_dot;
    if (!skip_blanks(lx, &count, &ignored, false)) return LEX_ERROR;
    return *lx->cursor == '(' ? T_DOT_CALL : T_DOT;
}

static int end_of_source(struct lexer *lx)
{
    if (!lx->opener_count) return LEX_EOF;
    const struct opener *top = top_opener(lx);
    if (top->kind == T_INTERP_OPEN) return error_interpolation_unclosed(lx, &lx->texts[lx->text_count - 1], top->line, top->column);
    return error_missing_terminator(lx, top);
}

static int sigil(struct lexer *lx, struct token *tok)
{
    const char *start = lx->source + tok->start;
    char d = start[2];
    if (!d && start + 2 == lx->limit) return error_character(lx, start);
    if (!d || !strchr("/|\"'([{<", d)) return error_sigil_delimiter(lx, start, start + 2);
    return lex_text_open(lx, tok, TEXT_SIGIL, start + 2, start[1]);
}

// ---- the rules --------------------------------------------------------------------------------------------------

static int scan(struct lexer *lx, struct token *tok)
{
    const char *YYCURSOR = lx->cursor, *YYMARKER;
    tok->start = (uint32_t)(lx->cursor - lx->source);
    tok->line = lx->line;
    tok->column = lex_column(lx, lx->cursor);
    tok->newlines = 0;
    tok->value = TERM_NONE;
    tok->indentation = -1;
    tok->modifiers = TERM_NIL;
    tok->delimiter = tok->sigil = 0;

#define HERE lx->cursor = YYCURSOR
#define OP(KIND, ATOM)          HERE; return operator(lx, tok, KIND, ATOM);
#define PUNCT(KIND)             HERE; return KIND;
#define OPEN(KIND)              HERE; return open_token(lx, tok, KIND);
#define CLOSE(KIND, OF, TEXT)   HERE; return close_token(lx, tok, KIND, OF, TEXT);

    if (lx->after_dot) {
    /*!re2c
        re2c:define:YYCTYPE = "unsigned char";
        re2c:yyfill:enable = 0;

        // Every operator that can be called by name after a dot.
        operators = "@" | "!" | "^" | "~~~" | "&" | "+" | "-" | "*" | "/" | "**" | "++" | "--" | "+++" | "---" | "<>"
                  | "^^^" | "|>" | "<<<" | ">>>" | "<<~" | "~>>" | "<~" | "~>" | "<~>" | "<|>" | "<" | ">" | "<=" | ">=" | "=="
                  | "!=" | "=~" | "===" | "!==" | "&&" | "&&&" | "||" | "|||" | "=" | "|" | "::" | "<-" | "\\\\" | "..";

        operators { HERE; return dot_operator(lx, tok); }
        ["']      { return lex_text_open(lx, tok, TEXT_CALL, YYCURSOR - 1, 0); }
        *         { goto anywhere; }
    */
    }
anywhere:
    YYCURSOR = lx->cursor;

    /*!re2c
        space    = [ \t\r\n];
        digit    = [0-9];
        decimal  = digit+ ("_" digit+)*;
        hex      = "0x" [0-9a-fA-F]+ ("_" [0-9a-fA-F]+)*;
        octal    = "0o" [0-7]+ ("_" [0-7]+)*;
        binary   = "0b" [01]+ ("_" [01]+)*;
        float    = decimal "." decimal ([eE] [+-]? decimal)?;
        name     = [A-Za-z_\x80-\xff];
        keys     = "@" | "!" | "^" | "~~~" | "&" | "+" | "-" | "*" | "/" | "**" | "++" | "--" | "+++" | "---" | "<>"
                 | "^^^" | "|>" | "<<<" | ">>>" | "<<~" | "~>>" | "<~" | "~>" | "<~>" | "<|>" | "<" | ">" | "<=" | ">=" | "=="
                 | "!=" | "=~" | "===" | "!==" | "&&" | "&&&" | "||" | "|||" | "=" | "|" | "<-" | "\\\\" | "->"
                 | "." | ".." | "..." | "..//" | "<<>>" | "%{}" | "%" | "{}";

        // ---- names, numbers, characters, text
        name                    { return name_token(lx, tok); }
        decimal                 { HERE; return integer(lx, tok, 10); }
        hex                     { HERE; return integer(lx, tok, 16); }
        octal                   { HERE; return integer(lx, tok, 8); }
        binary                  { HERE; return integer(lx, tok, 2); }
        float                   { HERE; return floating(lx, tok); }
        "?"                     { HERE; return lex_char(lx, tok); }
        "\""                    { return lex_text_open(lx, tok, TEXT_STRING, YYCURSOR - 1, 0); }
        "'"                     { return lex_text_open(lx, tok, TEXT_CHARLIST, YYCURSOR - 1, 0); }
        "~" [a-zA-Z]            { return sigil(lx, tok); }

        // ---- atoms and operators as keys
        ":" name                { return atom_token(lx, tok); }
        ":" ["']                { return lex_text_open(lx, tok, TEXT_ATOM, YYCURSOR - 1, 0); }
        ":" keys                { HERE; return op_atom(lx, tok, T_ATOM, 1, 0); }
        ":::"                   { HERE; warn(lx->warnings, tok->line, tok->column,
                                             "atom ::: must be written between quotes, as in :\"::\", to avoid ambiguity");
                                  return op_atom(lx, tok, T_ATOM, 1, 0); }
        keys ":" / space        { HERE; return op_atom(lx, tok, T_KW, 0, 1); }

        // ---- operators, from low to high precedence
        "->"                    { OP(T_ARROW, AM_op_arrow) }
        ","                     { PUNCT(T_COMMA) }
        "<-"                    { OP(T_IN_MATCH, AM_op_left_arrow) }
        "\\\\"                  { OP(T_IN_MATCH, AM_op_default) }
        "::"                    { OP(T_TYPE, AM_op_type) }
        "|"                     { OP(T_PIPE, AM_op_bar) }
        "=>"                    { OP(T_ASSOC, AM_op_assoc) }
        "&"                     { HERE; return capture(lx, tok); }
        "="                     { OP(T_MATCH, AM_op_match) }
        "||"                    { OP(T_OR, AM_op_or) }
        "|||"                   { HERE; return triple(lx, tok, T_OR, AM_op_or3); }
        "&&"                    { OP(T_AND, AM_op_and) }
        "&&&"                   { HERE; return triple(lx, tok, T_AND, AM_op_and3); }
        "=="                    { OP(T_COMP, AM_op_eq) }
        "!="                    { OP(T_COMP, AM_op_ne) }
        "=~"                    { OP(T_COMP, AM_op_match_regex) }
        "==="                   { OP(T_COMP, AM_op_eq_strict) }
        "!=="                   { OP(T_COMP, AM_op_ne_strict) }
        "<"                     { OP(T_REL, AM_op_lt) }
        ">"                     { OP(T_REL, AM_op_gt) }
        "<="                    { OP(T_REL, AM_op_le) }
        ">="                    { OP(T_REL, AM_op_ge) }
        "|>"                    { OP(T_ARROW_OP, AM_op_pipe) }
        "<<<"                   { if (at_conflict(lx)) return error_conflict(lx); OP(T_ARROW_OP, AM_op_shl) }
        ">>>"                   { OP(T_ARROW_OP, AM_op_shr) }
        "<<~"                   { OP(T_ARROW_OP, AM_op_arrow_ltl) }
        "~>>"                   { OP(T_ARROW_OP, AM_op_arrow_tgg) }
        "<~"                    { OP(T_ARROW_OP, AM_op_arrow_lt) }
        "~>"                    { OP(T_ARROW_OP, AM_op_arrow_tg) }
        "<~>"                   { OP(T_ARROW_OP, AM_op_arrow_ltg) }
        "<|>"                   { HERE; return old_operator(lx, tok, T_ARROW_OP, AM_op_arrow_lpg,
                                                            "<|> is deprecated. Use another pipe-like operator"); }
        "^^^"                   { HERE; return old_operator(lx, tok, T_XOR, AM_op_xor3,
                                                            "^^^ is deprecated. It is typically used as xor but it has the "
                                                            "wrong precedence, use Bitwise.bxor/2 instead"); }
        "//"                    { OP(T_TERNARY, AM_op_ternary) }
        "++"                    { OP(T_CONCAT, AM_op_concat) }
        "--"                    { OP(T_CONCAT, AM_op_subtract) }
        "+++"                   { HERE; return triple(lx, tok, T_CONCAT, AM_op_concat3); }
        "---"                   { HERE; return triple(lx, tok, T_CONCAT, AM_op_subtract3); }
        "<>"                    { OP(T_CONCAT, AM_op_join) }
        ".."                    { OP(T_RANGE, AM_op_range) }
        "..//"                  { if (*YYCURSOR != '/') return error_character(lx, lx->cursor);
                                  HERE; tok->value = AM_op_range_step; return T_IDENT; }
        "+"                     { OP(T_DUAL, AM_op_plus) }
        "-"                     { OP(T_DUAL, AM_op_minus) }
        "*"                     { OP(T_MULT, AM_op_mult) }
        "/"                     { OP(T_MULT, AM_op_div) }
        "**"                    { OP(T_POWER, AM_op_power) }
        "!"                     { OP(T_UNARY, AM_op_bang) }
        "^"                     { OP(T_UNARY, AM_op_caret) }
        "~~~"                   { OP(T_UNARY, AM_op_tildes) }
        "@"                     { OP(T_AT, AM_op_at) }
        "."                     { HERE; return dot(lx, tok); }
        "..."                   { HERE; if (*YYCURSOR == '.')
                                      warn(lx->warnings, tok->line, tok->column,
                                           "found \"...\" followed by \".\", please use parens around \"...\" instead");
                                  tok->value = AM_op_ellipsis;
                                  return lex_call_kind(lx); }

        // ---- brackets and separators
        "("                     { OPEN(T_LPAREN) }
        ")"                     { CLOSE(T_RPAREN, T_LPAREN, ")") }
        "["                     { OPEN(T_LBRACKET) }
        "]"                     { CLOSE(T_RBRACKET, T_LBRACKET, "]") }
        "{"                     { OPEN(T_LBRACE) }
        "}"                     { CLOSE(T_RBRACE, T_LBRACE, "}") }
        "<<"                    { OPEN(T_LBIT) }
        ">>"                    { CLOSE(T_RBIT, T_LBIT, ">>") }
        "%"                     { HERE; tok->value = AM_op_struct; return T_PERCENT; }
        "%" / "{"               { HERE; tok->value = AM_op_map; return T_PERCENT_BRACE; }
        "%" [([]                 { return error_at(lx, tok->line, tok->column, "expected %{ to define a map, got: ",
                                                  YYCURSOR[-1] == '(' ? "%(" : "%["); }
        ";"                     { if (lx->last == T_SEMI || lx->last == T_EOLSEMI) return error_character(lx, lx->cursor);
                                  PUNCT(T_SEMI) }

        // ---- everything else
        "\\"                    { if (YYCURSOR + line_end(YYCURSOR) == lx->limit)
                                      return error_backslash(lx, tok->line, tok->column);
                                  return error_character(lx, lx->cursor); }
        "\x00"                  { if (lx->cursor == lx->limit) return end_of_source(lx);
                                  return error_character(lx, lx->cursor); }
        *                       { return error_character(lx, lx->cursor); }
    */
}

// ---- tokens in order --------------------------------------------------------------------------------------------

// After an opener, the newline before one of these counts as the operator's.
static bool continues_line(const char *p)
{
    return (p[0] == '-' && p[1] == '>') || (p[0] == '.' && p[1] == '.' && p[2] != '.');
}

// Everything that later tokens want to know of this one, and the newlines after it.
static int deliver(struct lexer *lx, struct token *tok, int kind)
{
    bool swallow = swallows(lx, kind);
    lx->before_line = lx->tail_line;
    lx->before_column = lx->tail_column;
    lx->tail_line = tok->line;
    lx->tail_column = tok->column;
    lx->after_dot = kind == T_DOT;
    lx->last = kind;
    lx->last_newlines = 0;
    tok->end = (uint32_t)(lx->cursor - lx->source);
    if (!swallow || lx->in_text) return kind;

    uint32_t count;
    bool separator = kind == T_COMMA || kind == T_SEMI || kind == T_EOLSEMI;
    struct token first = {.line = 0};
    if (!skip_blanks(lx, &count, &first, separator)) return LEX_ERROR;
    if (first.line && !separator) {
        lx->tail_line = first.line;
        lx->tail_column = first.column;
    }
    if (count && (separator || !continues_line(lx->cursor)) && kind != T_EOLSEMI && kind != T_DO && kind != T_MATCH) tok->newlines = count;
    lx->last_newlines = count;
    return kind;
}

int lex_next(struct lexer *lx, struct token *tok)
{
    if (lx->has_stash) {
        lx->has_stash = false;
        *tok = lx->stash;
        return deliver(lx, tok, lx->stash_kind);
    }
    if (lx->in_text) {
        int kind = lex_text_next(lx, tok);
        return kind < 0 ? kind : deliver(lx, tok, kind);
    }
    uint32_t count, before = lx->last_newlines;
    struct token newline = {.line = 0, .indentation = -1, .value = TERM_NONE, .modifiers = TERM_NIL};
    if (!skip_blanks(lx, &count, &newline, false)) return LEX_ERROR;
    int kind = scan(lx, tok);
    if (kind < 0) return kind;
    if (!newline.line || continues(kind)) {
        tok->newlines = newline.line ? count : continues(kind) ? before : 0;
        lx->dropped_line = newline.line;
        lx->dropped_column = newline.column;
        return deliver(lx, tok, kind);
    }
    if (kind == T_SEMI) {
        tok->line = newline.line;
        tok->column = newline.column;
        tok->newlines = count;
        return deliver(lx, tok, T_EOLSEMI);
    }
    lx->stash = *tok;
    lx->stash_kind = kind;
    lx->stash.newlines = 0;
    lx->stash.end = (uint32_t)(lx->cursor - lx->source);
    lx->has_stash = true;
    *tok = newline;
    bool in_text = lx->in_text;     // a stashed #} has opened the text again
    kind = deliver(lx, tok, T_EOL);
    lx->in_text = in_text;
    return kind;
}
