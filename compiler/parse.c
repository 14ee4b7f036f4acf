// SPDX-License-Identifier: Apache-2.0
// The driver: feeds the lexer's tokens to the grammar and decides which error is reported.
//
// Elixir tokenizes everything before it parses, so the first error of the lexer wins over any of the grammar. After an error of
// the grammar the rest is still read, but not parsed.
#include "parse.h"

#include <stdlib.h>

#include "../vm/atom.h"
#include "../vm/native.h"
#include "ast.h"
#include "parse_error.h"
#include "parser.h"

void *parser_Alloc(void *(*allocate)(size_t));
void parser_Free(void *parser, void (*release)(void *));
void parser_(void *parser, int kind, struct token tok, struct parser *ps);

void parse_error_free(struct parse_error *e)
{
    free(e->message);
    free(e->suffix);
    free(e->token);
    free(e->description);
    memset(e, 0, sizeof *e);
}

void parse_warnings_free(struct parse_warnings *w)
{
    for (size_t i = 0; i < w->count; i++) free(w->items[i].message);
    free(w->items);
    memset(w, 0, sizeof *w);
}

static void drop_warning(struct parse_warnings *w, size_t i)
{
    free(w->items[i].message);
    memmove(w->items + i, w->items + i + 1, (--w->count - i) * sizeof *w->items);
}

// Those with a place, or those without.
static void move_warnings(struct parse_warnings *to, struct parse_warnings *from, bool placed)
{
    for (size_t i = 0; to && i < from->count; i++) {
        if (!from->items[i].message || (from->items[i].line != 0) != placed) continue;
        LEX_ROOM(to->items, to->count, to->capacity);
        to->items[to->count++] = from->items[i];
        from->items[i].message = NULL;
    }
}

// Code.string_to_quoted raises on these; nothing else in the source matters then.
static bool check_source(const char *src, size_t len, const struct parse_options *opt, struct parse_error *err)
{
    uint32_t line = opt->line > 0 ? opt->line : 1, column = opt->column > 0 ? opt->column : 1, c;
    if (len > PARSE_SOURCE_MAX) {
        error_set(err, line, column, "source is too long, the limit is 2 GiB", NULL, "");
        return false;
    }
    if (utf8_valid((const uint8_t *)src, len)) return true;
    for (size_t i = 0; i < len; column++) {
        int n = utf8_decode((const uint8_t *)src + i, len - i, &c);
        if (n <= 0) {
            error_encoding(err, line, column, src + i, len - i);
            return false;
        }
        i += (size_t)n;
        if (c == '\n') line++, column = 0;
    }
    return true;
}

static void run(struct parser *ps, void *automaton)
{
    for (;;) {
        struct token tok;
        int kind = lex_next(&ps->lexer, &tok);
        if (kind == LEX_ERROR) return;
        if (kind == LEX_EOF) {
            tok.line = ps->lexer.before_line;
            tok.column = ps->lexer.before_column;
        }
        if (!ps->error->message) {
            ps->closer_fits = kind == T_EOL && error_closer_fits(ps);
            parser_(automaton, kind, tok, ps);
            while (ps->error->message && ps->warnings->count > ps->warnings_before_error) drop_warning(ps->warnings, ps->warnings->count - 1);
        }
        if (kind == LEX_EOF) return;
    }
}

// Names that are written otherwise but look alike: the source is read once more, for those who use other letters than ASCII's.
struct seen { term atom; uint32_t line; char *skeleton; };
struct seen_names { struct seen *slots; size_t count, nslots; };    // open addressing by skeleton; nslots is a power of two

// Where a name of that skeleton is or would be.
static struct seen *seen_slot(const struct seen_names *names, const char *skeleton)
{
    uint64_t h = 14695981039346656037ull;   // FNV-1a
    for (const char *p = skeleton; *p; p++) h = (h ^ (uint8_t)*p) * 1099511628211ull;
    size_t i = h & (names->nslots - 1);
    while (names->slots[i].skeleton && strcmp(names->slots[i].skeleton, skeleton)) i = (i + 1) & (names->nslots - 1);
    return &names->slots[i];
}

static void seen_grow(struct seen_names *names)
{
    struct seen_names bigger = {.count = names->count, .nslots = names->nslots ? names->nslots * 2 : 64};
    bigger.slots = calloc(bigger.nslots, sizeof *bigger.slots);
    if (!bigger.slots) abort();
    for (size_t i = 0; i < names->nslots; i++)
        if (names->slots[i].skeleton) *seen_slot(&bigger, names->slots[i].skeleton) = names->slots[i];
    free(names->slots);
    *names = bigger;
}

static void seen_free(struct seen_names *names)
{
    for (size_t i = 0; i < names->nslots; i++) free(names->slots[i].skeleton);
    free(names->slots);
}

static void look_alike(struct parse_warnings *w, struct vm *vm, struct seen_names *names, const struct token *tok)
{
    struct atom_text text = atom_text(vm, tok->value);
    char *skeleton = lex_skeleton(text.bytes, text.len);
    if (names->count * 2 >= names->nslots) seen_grow(names);
    struct seen *seen = seen_slot(names, skeleton);
    if (!seen->skeleton) {
        *seen = (struct seen){tok->value, tok->line, skeleton};
        names->count++;
        return;
    }
    if (seen->atom != tok->value)
        warn(w, tok->line, tok->column, "confusable identifier: '%s' looks like '%s' on line %u, but they are written using different characters",
             text.bytes, atom_text(vm, seen->atom).bytes, seen->line);
    free(skeleton);
}

static void warn_confusables(struct vm *vm, struct heap *h, const char *src, size_t len, const struct parse_options *opt, struct parse_warnings *w)
{
    struct lexer lx;
    struct parse_error error = {.line = 0};
    struct parse_warnings unused = {.count = 0};
    struct seen_names names = {0};
    struct token tok = {.value = TERM_NONE};
    lex_init(&lx, vm, h, src, len, opt, &error, &unused);
    for (int kind; (kind = lex_next(&lx, &tok)) != LEX_EOF && kind != LEX_ERROR;)
        if (is_atom(tok.value)) look_alike(w, vm, &names, &tok);
    lex_free(&lx);
    seen_free(&names);
    parse_error_free(&error);
    parse_warnings_free(&unused);
}

term parse_source(struct vm *vm, struct heap *h, const char *src, size_t len, const struct parse_options *opt,
                  struct parse_error *err, struct parse_warnings *w)
{
    memset(err, 0, sizeof *err);
    if (!check_source(src, len, opt, err)) return TERM_NONE;

    struct parse_error grammar = {.line = 0};
    struct parse_warnings lexed = {.count = 0}, parsed = {.count = 0};
    void *automaton = parser_Alloc(malloc);
    if (!automaton) abort();
    struct parser ps = {.vm = vm, .heap = h, .opt = opt, .automaton = automaton, .error = &grammar, .warnings = &parsed, .result = TERM_NONE,
                        .open_call = TERM_NONE, .alias = TERM_NONE, .parens = TERM_NONE};
    lex_init(&ps.lexer, vm, h, src, len, opt, err, &lexed);
    run(&ps, automaton);
    parser_Free(automaton, free);
    bool odd_names = ps.lexer.odd_names;
    lex_free(&ps.lexer);

    if (err->message) {         // of the lexer
        parse_error_free(&grammar);
        for (size_t i = lexed.count; i-- > 0;)     // those of escapes are not held back
            if (lexed.items[i].line) drop_warning(&lexed, i);
        parse_warnings_free(&parsed);
        ps.result = TERM_NONE;
    } else if (grammar.message) {
        *err = grammar;
        ps.result = TERM_NONE;
    }
    move_warnings(w, &lexed, false);    // those of escapes come first, as Elixir prints them at once
    move_warnings(w, &lexed, true);
    parse_warnings_free(&lexed);
    if (odd_names && w && ps.result != TERM_NONE) warn_confusables(vm, h, src, len, opt, w);
    move_warnings(w, &parsed, false);
    move_warnings(w, &parsed, true);
    parse_warnings_free(&parsed);
    return ps.result;
}
