// SPDX-License-Identifier: Apache-2.0
// See colour.h.
//
// Invariants: the lexer starts anew behind what it rejects, so that one bad character does not take the colour of the rest, but only a few times;
// a token's style is set from its first byte to its last, what stands between tokens is blanks and comments.
#include "colour.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../compiler/lexer.h"
#include "../vm/atom.h"
#include "../vm/native.h"
#include "edit.h"
#include "indent.h"
#include "parser.h"

enum { RESTARTS = 30 };

static const char *const SGR[STYLES] = {
    [STYLE_PLAIN] = "", [STYLE_KEYWORD] = "\033[35m", [STYLE_DEFINITION] = "\033[35m", [STYLE_CONSTANT] = "\033[35m", [STYLE_ATOM] = "\033[36m",
    [STYLE_ALIAS] = "\033[34m", [STYLE_NUMBER] = "\033[33m", [STYLE_STRING] = "\033[32m", [STYLE_SIGIL] = "\033[32m",
    [STYLE_INTERPOLATION] = "\033[33m", [STYLE_ATTRIBUTE] = "\033[33m", [STYLE_COMMENT] = "\033[90m", [STYLE_ERROR] = "\033[31m",
    [STYLE_CONTROL] = "\033[7m", [STYLE_FAINT] = "\033[2m",
};

const char *style_sgr(uint8_t style) { return SGR[style & ~STYLE_PAIRED]; }

// ---- one run of the lexer

struct scan {
    struct colour *c;
    struct lexer lexer;
    size_t base, end;           // of the run in the text; where the last token ended
    struct { int kind; size_t at, end; } *openers;
    size_t nopeners, openers_capacity;
    bool after_at;              // the last token was @
};

static void paint(struct colour *c, size_t from, size_t to, uint8_t style)
{
    if (to > c->len) to = c->len;
    if (from < to) memset(c->styles + from, style, to - from);
}

// Names that define, bring in or branch: macros of Kernel and special forms that read as keywords.
static bool is_definer(const char *s, size_t n)
{
    static const char *const names[] = {
        "def", "defp", "defmacro", "defmacrop", "defmodule", "defstruct", "defprotocol", "defimpl", "defguard", "defguardp", "defdelegate",
        "defexception", "defoverridable", "if", "unless", "case", "cond", "with", "for", "receive", "try", "quote", "unquote", "unquote_splicing",
        "import", "alias", "require", "use", "raise", "reraise", "throw", "super",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == n && memcmp(names[i], s, n) == 0) return true;
    return false;
}

static uint8_t name_style(struct scan *s, const struct token *t)
{
    const char *at = s->lexer.source + t->start;
    if (s->after_at) return STYLE_ATTRIBUTE;
    bool called = t->start && at[-1] == '.';
    return !called && is_definer(at, t->end - t->start) ? STYLE_DEFINITION : STYLE_PLAIN;
}

static uint8_t style_of(struct scan *s, int kind, const struct token *t)
{
    char first = s->lexer.source[t->start];
    switch (kind) {
    case T_DO: case T_END: case T_FN: case T_BLOCK_ID: case T_WHEN: return STYLE_KEYWORD;
    case T_AND: case T_OR: case T_IN: case T_UNARY: return first >= 'a' && first <= 'z' ? STYLE_KEYWORD : STYLE_PLAIN;
    case T_TRUE: case T_FALSE: case T_NIL: return STYLE_CONSTANT;
    case T_INT: case T_FLOAT: case T_CHAR: case T_CAPTURE_INT: return STYLE_NUMBER;
    case T_ATOM: case T_ATOM_QUOTED: case T_KW: return STYLE_ATOM;
    case T_ALIAS: return STYLE_ALIAS;
    case T_STRING: case T_CHARLIST: return STYLE_STRING;
    case T_SIGIL: return STYLE_SIGIL;
    case T_AT: return STYLE_ATTRIBUTE;
    case T_IDENT: case T_OP_IDENT: case T_BRACKET_IDENT: case T_PAREN_IDENT: return name_style(s, t);
    default: return STYLE_PLAIN;
    }
}

// Between two tokens: comments start at a #.
static void paint_gap(struct scan *s, size_t from, size_t to)
{
    const char *text = s->lexer.source;
    for (size_t i = from; i < to; i++) {
        if (text[i] != '#') continue;
        const char *nl = memchr(text + i, '\n', to - i);
        size_t end = nl ? (size_t)(nl - text) : to;
        paint(s->c, s->base + i, s->base + end, STYLE_COMMENT);
        i = end;
    }
}

static void opened(struct scan *s, int kind, size_t at, size_t end)
{
    s->openers = repl_room(s->openers, s->nopeners + 1, &s->openers_capacity, sizeof *s->openers);
    s->openers[s->nopeners].kind = kind;
    s->openers[s->nopeners].at = s->base + at;
    s->openers[s->nopeners++].end = s->base + end;
}

static void closed(struct scan *s, size_t at, size_t end)
{
    struct colour *c = s->c;
    if (!s->nopeners) return;
    c->pairs = repl_room(c->pairs, c->npairs + 1, &c->pairs_capacity, sizeof *c->pairs);
    s->nopeners--;
    c->pairs[c->npairs++] = (struct pair){s->openers[s->nopeners].at, s->openers[s->nopeners].end, s->base + at, s->base + end};
}

static void pair_up(struct scan *s, int kind, size_t at, size_t end)
{
    switch (kind) {
    case T_LPAREN: case T_LBRACKET: case T_LBRACE: case T_LBIT: case T_DO: case T_FN: opened(s, kind, at, end); break;
    case T_INTERP_FIRST: case T_INTERP_OPEN: opened(s, kind, end - 2, end); break;
    case T_RPAREN: case T_RBRACKET: case T_RBRACE: case T_RBIT: case T_END: case T_INTERP_CLOSE: closed(s, at, end); break;
    default: break;
    }
}

// A text with interpolation comes in pieces: `start #{`, `} middle #{`, `} end`. The token of a piece tells only where it ends.
static void paint_token(struct scan *s, int kind, const struct token *t)
{
    size_t at = t->start, end = t->end;
    uint8_t style = STYLE_STRING;
    switch (kind) {
    case T_INTERP_FIRST: case T_INTERP_OPEN:
        at = kind == T_INTERP_OPEN ? s->end : s->lexer.texts[s->lexer.text_count - 1].start;
        if (kind == T_INTERP_FIRST) paint_gap(s, s->end, at);
        paint(s->c, s->base + at, s->base + end - 2, STYLE_STRING);
        paint(s->c, s->base + end - 2, s->base + end, STYLE_INTERPOLATION);
        break;
    case T_STRING_CLOSE: case T_CHARLIST_CLOSE: case T_SIGIL_CLOSE: case T_ATOM_CLOSE: case T_KW_CLOSE:
        at = s->end;
        if (kind == T_ATOM_CLOSE || kind == T_KW_CLOSE) style = STYLE_ATOM;
        paint(s->c, s->base + at, s->base + end, style);
        break;
    default:
        paint_gap(s, s->end, at);
        paint(s->c, s->base + at, s->base + end, kind == T_INTERP_CLOSE ? STYLE_INTERPOLATION : style_of(s, kind, t));
    }
    pair_up(s, kind, at, end);
    s->after_at = kind == T_AT;
    s->end = end;
}

// The lexer has stopped: at the end of the input (an unclosed text is text to the end), or at what it rejects, which is marked. Answers where
// to go on.
static size_t stopped(struct scan *s, size_t len, const struct token *t)
{
    struct lexer *lx = &s->lexer;
    size_t cursor = (size_t)(lx->cursor - lx->source);
    if (lx->error->incomplete || cursor >= len) {
        size_t from = s->end;
        if (lx->text_count && lx->in_text) {
            size_t start = lx->texts[lx->text_count - 1].start;
            if (start > from) {
                paint_gap(s, from, start);
                from = start;
            }
            paint(s->c, s->base + from, s->base + len, STYLE_STRING);
        } else {
            paint_gap(s, from, len);
        }
        return len;
    }
    size_t at = t->start > s->end ? t->start : s->end;
    if (at > s->end) paint_gap(s, s->end, at);
    size_t after = cursor > at ? cursor : at + 1;
    while (after < len && ((uint8_t)lx->source[after] & 0xC0) == 0x80) after++;
    paint(s->c, s->base + at, s->base + after, STYLE_ERROR);
    return after;
}

static struct parse_options looking(void)
{
    struct parse_options opt = parse_options_default();
    opt.looking = true;
    return opt;
}

// Lexes from s->base; answers where the next run starts, in the text.
static size_t run(struct scan *s, struct vm *vm, const char *text, size_t len)
{
    struct heap heap;
    struct parse_error error = {0};
    struct parse_warnings warnings = {0};
    struct parse_options opt = looking();
    struct token t = {0};
    size_t n = len - s->base;
    int kind;
    heap_init(&heap);
    lex_init(&s->lexer, vm, &heap, text + s->base, n, &opt, &error, &warnings);
    s->end = 0;
    while ((kind = lex_next(&s->lexer, &t)) > 0)
        if (kind != T_EOL) paint_token(s, kind, &t);
    if (kind == LEX_EOF) paint_gap(s, s->end, n);
    size_t next = kind == LEX_EOF ? len : s->base + stopped(s, n, &t);
    lex_free(&s->lexer);
    parse_error_free(&error);
    parse_warnings_free(&warnings);
    heap_free(&heap);
    return next;
}

void colour_free(struct colour *c)
{
    free(c->styles);
    free(c->pairs);
    memset(c, 0, sizeof *c);
}

void colour_source(struct colour *c, struct vm *vm, const char *text, size_t len)
{
    c->npairs = c->len = 0;
    c->lit = (struct pair){0};
    if (len > COLOUR_MAX) return;
    c->styles = repl_room(c->styles, len + 1, &c->capacity, 1);
    c->len = len;
    memset(c->styles, STYLE_PLAIN, len);
    struct scan s = {.c = c};
    for (int i = 0; i < RESTARTS && s.base < len; i++) s.base = run(&s, vm, text, len);
    free(s.openers);
}

// ---- the pair at the cursor

static void flag(struct colour *c, size_t from, size_t to, bool on)
{
    for (size_t i = from; i < to && i < c->len; i++) c->styles[i] = (uint8_t)(on ? c->styles[i] | STYLE_PAIRED : c->styles[i] & ~STYLE_PAIRED);
}

static void light(struct colour *c, bool on)
{
    if (!c->lit.open_end) return;
    flag(c, c->lit.open, c->lit.open_end, on);
    flag(c, c->lit.close, c->lit.close_end, on);
}

// A closer just passed comes first, then what the cursor stands on, then an opener just passed.
void colour_mark(struct colour *c, size_t cursor)
{
    int best = 0;
    light(c, false);
    c->lit = (struct pair){0};
    for (size_t i = 0; i < c->npairs; i++) {
        struct pair p = c->pairs[i];
        int rank = p.close_end == cursor ? 4
                 : (cursor >= p.close && cursor < p.close_end) || (cursor >= p.open && cursor < p.open_end) ? 3 : p.open_end == cursor ? 2 : 0;
        if (rank <= best) continue;
        best = rank;
        c->lit = p;
    }
    light(c, true);
}

char *colour_text(struct vm *vm, const char *text, size_t len, size_t *coloured_len)
{
    struct colour c = {0};
    char *out = NULL;
    size_t n = 0, capacity = 0;
    uint8_t now = STYLE_PLAIN;
    colour_source(&c, vm, text, len);
    for (size_t i = 0; i <= len; i++) {
        uint8_t style = i < c.len ? c.styles[i] : STYLE_PLAIN;
        out = repl_room(out, n + 32, &capacity, 1);
        if (style != now) n += (size_t)snprintf(out + n, 24, "%s%s", now == STYLE_PLAIN ? "" : "\033[0m", style_sgr(style));
        now = style;
        if (i < len) out[n++] = text[i];
    }
    colour_free(&c);
    *coloured_len = n;
    return out;
}

// ---- complete or not

// What the lexer alone says: for texts too long to be parsed at a key.
static bool lexed_incomplete(struct vm *vm, const char *text, size_t len)
{
    return source_indent(vm, text, len).open;
}

static bool parsed_incomplete(struct vm *vm, const char *text, size_t len, bool *wrong)
{
    struct heap heap;
    struct parse_error error = {0};
    struct parse_options opt = looking();
    heap_init(&heap);
    term quoted = parse_source(vm, &heap, text, len, &opt, &error, NULL);
    bool incomplete = quoted == TERM_NONE && error.incomplete;
    *wrong = quoted == TERM_NONE;
    parse_error_free(&error);
    heap_free(&heap);
    return incomplete;
}

// The line has ended, as Enter says. A statement may start with an operator: the shell puts the last value before it.
bool source_incomplete(struct vm *vm, const char *text, size_t len)
{
    bool wrong;
    if (len > COLOUR_MAX) return lexed_incomplete(vm, text, len);
    size_t capacity = 0, at = 2;
    char *line = repl_room(NULL, len + 3, &capacity, 1);
    memcpy(line, "0 ", 2);
    memcpy(line + 2, text, len);
    line[len + 2] = '\n';
    bool incomplete = parsed_incomplete(vm, line + 2, len + 1, &wrong);
    while (at < len + 2 && (line[at] == ' ' || line[at] == '\n' || line[at] == '\t')) at++;
    if (!incomplete && wrong && at < len + 2 && strchr("|&<>~=*/.+-^!aoiw", line[at])) incomplete = parsed_incomplete(vm, line, len + 3, &wrong);
    free(line);
    return incomplete;
}
