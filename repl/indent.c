// SPDX-License-Identifier: Apache-2.0
// See indent.h. A run of the lexer keeps a stack of what is open; each level knows where its statements, clauses and closer stand.
//
// Invariants: a line counts as its writer indented it, so that what follows goes with it, right or wrong; the text is only looked at.
#include "indent.h"

#include <stdlib.h>
#include <string.h>

#include "../compiler/lexer.h"
#include "edit.h"
#include "parser.h"

// What is open, and the statement that is being written in it.
struct level {
    int kind;
    size_t at;                  // of the opener
    int32_t base;               // where the closer stands
    int32_t statement;          // of the first line of the last statement that begins a line
    int32_t head;               // of the line whose `do` would be closed by an `end` under it: the statement's, or that behind a `=`
    int32_t further;            // of the last line that goes on with the statement, -1: none has
    int32_t align;              // column of the first argument of `with` and `for`, else -1
    int32_t clause, earlier;    // of the head of the clause we are in, and of the one before; -1: none
    size_t statement_at;
    bool begun;                 // a statement begins a line, in this clause
};

struct scan {
    struct lexer lexer;
    struct level *levels;
    size_t nlevels, capacity;
    int last;                   // kind of the token before
    size_t end;                 // of the token before
    bool names_call;            // the last token begins a statement and is `with` or `for`
};

static struct level *top(struct scan *s) { return &s->levels[s->nlevels - 1]; }

static int32_t line_indentation(const char *text, size_t at)
{
    int32_t n = 0;
    while (at && text[at - 1] != '\n') at--;
    while (text[at] == ' ' || text[at] == '\t') at++, n++;
    return n;
}

static int32_t column_of(const char *text, size_t at)
{
    int32_t n = 0;
    while (at-- && text[at] != '\n') n += ((uint8_t)text[at] & 0xC0) != 0x80;
    return n;
}

static void push(struct scan *s, int kind, size_t at, int32_t base)
{
    s->levels = repl_room(s->levels, s->nlevels + 1, &s->capacity, sizeof *s->levels);
    s->levels[s->nlevels++] = (struct level){.kind = kind, .at = at, .base = base, .statement = base, .head = base, .further = -1, .align = -1,
                                             .clause = -1, .earlier = -1, .statement_at = at};
}

static bool is_opener(int kind)
{
    switch (kind) {
    case T_LPAREN: case T_LBRACKET: case T_LBRACE: case T_LBIT: case T_DO: case T_FN: case T_INTERP_FIRST: case T_INTERP_OPEN: return true;
    default: return false;
    }
}

static bool is_closer(int kind)
{
    switch (kind) {
    case T_RPAREN: case T_RBRACKET: case T_RBRACE: case T_RBIT: case T_END: case T_INTERP_CLOSE: return true;
    default: return false;
    }
}

static bool in_brackets(const struct level *l) { return l->kind && l->kind != T_DO && l->kind != T_FN; }

// Behind these the next token begins something of its own.
static bool separates(const struct level *l, int kind)
{
    switch (kind) {
    case 0: case T_EOL: case T_SEMI: case T_EOLSEMI: case T_BLOCK_ID: case T_ARROW: return true;
    case T_COMMA: return in_brackets(l);
    default: return is_opener(kind);
    }
}

static bool is_operator(int kind) { return kind >= T_IN_MATCH && kind <= T_DOT && kind != T_UNARY; }

// A newline behind these ends nothing.
static bool goes_on(int kind)
{
    return is_operator(kind) || kind == T_COMMA || kind == T_UNARY || kind == T_AT || kind == T_KW || kind == T_KW_CLOSE;
}

static bool calls_further(const char *s, size_t n) { return (n == 4 && memcmp(s, "with", 4) == 0) || (n == 3 && memcmp(s, "for", 3) == 0); }

// The first token of a line.
static void begins_line(struct scan *s, int kind, size_t at, size_t end)
{
    struct level *l = top(s);
    int32_t here = line_indentation(s->lexer.source, at);
    if (is_closer(kind) || kind == T_BLOCK_ID) return;
    if (separates(l, s->last)) {
        l->statement = l->head = here;
        l->statement_at = at;
        l->begun = true;
        l->further = l->align = -1;
        s->names_call = (kind == T_IDENT || kind == T_OP_IDENT) && calls_further(s->lexer.source + at, end - at);
    } else {
        l->further = here;
        if (s->last == T_MATCH || s->last == T_KW) l->head = here;
    }
}

static void arrow(struct level *l)
{
    l->earlier = l->clause;
    l->clause = l->begun ? l->statement : l->base;
    l->begun = false;
}

static void follow(struct scan *s, int kind, const struct token *t)
{
    const char *source = s->lexer.source;
    bool inside = kind == T_INTERP_CLOSE || kind == T_INTERP_OPEN || kind == T_STRING_CLOSE || kind == T_CHARLIST_CLOSE || kind == T_SIGIL_CLOSE ||
                  kind == T_ATOM_CLOSE || kind == T_KW_CLOSE;
    size_t at = inside ? s->end : kind == T_INTERP_FIRST ? s->lexer.texts[s->lexer.text_count - 1].start : t->start;
    bool named = s->names_call;
    s->names_call = false;
    if (kind != T_EOL && !inside && (!s->end || memchr(source + s->end, '\n', at - s->end))) begins_line(s, kind, at, t->end);
    else if (named && !is_operator(kind)) top(s)->align = column_of(source, at);
    if (kind == T_ARROW) arrow(top(s));
    else if (is_closer(kind) && s->nlevels > 1) s->nlevels--;
    else if (kind == T_BLOCK_ID) top(s)->begun = false, top(s)->clause = top(s)->earlier = -1;
    if (is_opener(kind)) push(s, kind, at, kind == T_DO ? top(s)->head : line_indentation(source, at));
    s->last = kind;
    if (kind != T_EOL) s->end = t->end;
}

static int32_t statement_place(const struct level *l)
{
    int32_t within = l->kind ? l->base + INDENT : 0;
    if (l->begun) return l->statement;
    return l->clause > within ? l->clause : within;
}

static int32_t next_line(struct scan *s, size_t len)
{
    struct level *l = top(s);
    if (s->last == T_ARROW) return l->clause + INDENT;
    if (separates(l, s->last) || !goes_on(s->last)) return statement_place(l);
    if (s->last == T_COMMA && l->align >= 0) return l->align;
    return l->further >= 0 ? line_indentation(s->lexer.source, len) : l->statement + INDENT;
}

static struct indent found(struct scan *s, bool incomplete, size_t len)
{
    struct lexer *lx = &s->lexer;
    struct level *l = top(s);
    struct indent in = {.open = incomplete, .closer = s->nlevels > 1 ? l->base : -1, .clause = -1};
    if (incomplete && lx->in_text && lx->text_count) {
        struct text *t = &lx->texts[lx->text_count - 1];
        in.text = true;
        in.heredoc = t->heredoc;
        in.closer = t->heredoc ? line_indentation(lx->source, t->start) : -1;
        in.next = t->heredoc ? in.closer : 0;
        return in;
    }
    in.next = next_line(s, len);
    size_t line = len;
    while (line && lx->source[line - 1] != '\n') line--;
    if (s->last == T_ARROW && l->at < line && l->statement_at >= line && l->earlier > l->base) in.clause = l->earlier;
    return in;
}

struct indent source_indent(struct vm *vm, const char *text, size_t len)
{
    struct scan s = {0};
    struct heap heap;
    struct token t;
    struct parse_error error = {0};
    struct parse_options opt = parse_options_default();
    size_t capacity = 0;
    char *line = repl_room(NULL, len + 1, &capacity, 1);     // as if Enter had been pressed
    int kind;
    opt.looking = true;
    memcpy(line, text, len);
    line[len] = '\n';
    heap_init(&heap);
    lex_init(&s.lexer, vm, &heap, line, len + 1, &opt, &error, NULL);
    push(&s, 0, 0, 0);
    while ((kind = lex_next(&s.lexer, &t)) > 0) follow(&s, kind, &t);
    struct indent in = found(&s, kind == LEX_ERROR && error.incomplete, len);
    lex_free(&s.lexer);
    free(s.levels);
    free(line);
    parse_error_free(&error);
    heap_free(&heap);
    return in;
}
