// SPDX-License-Identifier: Apache-2.0
// Text: strings, charlists, quoted atoms and calls, heredocs, sigils, ?c; their escapes and indentation. See lexer.h.
//
// While a text is read only the bounds of its literal slices are kept. When its end is found they are cut to the heredoc's
// indentation and unescaped, in one pass over their bytes. A slice without escapes is copied straight from the source.
#include <stdlib.h>
#include <utf8proc.h>

#include "../vm/atom.h"
#include "../vm/native.h"
#include "parse_error.h"
#include "parser.h"

bool lex_bidi(const char *p)
{
    const uint8_t *u = (const uint8_t *)p;  // U+202A..202E, U+2066..2069
    return u[0] == 0xE2 && ((u[1] == 0x80 && u[2] >= 0xAA && u[2] <= 0xAE) || (u[1] == 0x81 && u[2] >= 0xA6 && u[2] <= 0xA9));
}

// ---- unescaping -------------------------------------------------------------------------------------------------

struct out { char *bytes; size_t len; };

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Reads up to `max` hex digits; *value and the number read.
static int hex_digits(const char *p, const char *end, int max, uint32_t *value)
{
    int n = 0;
    for (*value = 0; n < max && p + n < end && hex_value(p[n]) >= 0; n++) *value = *value * 16 + (uint32_t)hex_value(p[n]);
    return n;
}

static bool bad_escape(struct lexer *lx, const struct text *t, char letter, const char *message)
{
    bool inner = (t->kind == TEXT_STRING || t->kind == TEXT_CHARLIST) && !t->heredoc;
    error_at(lx, t->line, t->column + inner, message, letter == 'x' ? "\\x" : "\\u");
    return false;
}

static bool bad_code_point(struct lexer *lx, const struct text *t, char letter, const char *digits, int n)
{
    char *message = text_format("invalid or reserved Unicode code point \\%c{%.*s}. Syntax error after: ", letter, n, digits);
    bad_escape(lx, t, letter, message);
    free(message);
    return false;
}

static bool put_code_point(struct lexer *lx, const struct text *t, struct out *o, char letter, uint32_t c, const char *digits, int n)
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return bad_code_point(lx, t, letter, digits, n);
    o->len += utf8_encode(c, (uint8_t *)o->bytes + o->len);
    return true;
}

// \xHH, \xH, \x{H*}, \uHHHH, \u{H*}; *p is after the letter.
static bool unescape_hex(struct lexer *lx, const struct text *t, struct out *o, char letter, const char **p, const char *end)
{
    uint32_t c;
    if (*p < end && **p == '{') {
        int n = hex_digits(*p + 1, end, 6, &c);
        if (n && *p + 1 + n < end && (*p)[1 + n] == '}') {
            if (letter == 'x')
                warn(lx->warnings, 0, 0,
                     "\\x{H*} inside strings/sigils/chars is deprecated, please use \\xHH (byte) or \\uHHHH (code point) instead");
            const char *digits = *p + 1;
            *p += n + 2;
            return put_code_point(lx, t, o, letter, c, digits, n);
        }
    } else if (letter == 'u' && hex_digits(*p, end, 4, &c) == 4) {
        *p += 4;
        return put_code_point(lx, t, o, letter, c, *p - 4, 4);
    } else if (letter == 'x') {
        int n = hex_digits(*p, end, 2, &c);
        if (n == 1)
            warn(lx->warnings, 0, 0, "\\xH inside strings/sigils/chars is deprecated, please use \\xHH (byte) or \\uHHHH (code point) instead");
        if (n) {
            *p += n;
            o->bytes[o->len++] = (char)c;
            return true;
        }
    }
    return bad_escape(lx, t, letter, letter == 'x'
        ? "invalid hex escape character, expected \\xHH where H is a hexadecimal digit. Syntax error after: "
        : "invalid Unicode escape character, expected \\uHHHH or \\u{H*} where H is a hexadecimal digit. Syntax error after: ");
}

// What \c stands for; c itself if it has no meaning.
static char simple_escape(char c)
{
    switch (c) {
    case '0': return 0;
    case 'a': return 7;
    case 'b': return 8;
    case 'd': return 127;
    case 'e': return 27;
    case 'f': return 12;
    case 'n': return 10;
    case 'r': return 13;
    case 's': return 32;
    case 't': return 9;
    case 'v': return 11;
    default:  return c;
    }
}

// One escape, *p after the backslash.
static bool unescape_one(struct lexer *lx, const struct text *t, struct out *o, const char **p, const char *end)
{
    char c = *(*p)++;
    if (c == 'x' || c == 'u') return unescape_hex(lx, t, o, c, p, end);
    if (c == '\n') return true;
    if (c == '\r' && *p < end && **p == '\n') {
        ++*p;
        return true;
    }
    o->bytes[o->len++] = simple_escape(c);
    return true;
}

// ---- finishing a text -------------------------------------------------------------------------------------------

// Where escapes stay as written, the \ before a closing delimiter is dropped all the same.
static bool escapes_delimiter(const struct text *t, const char *p, const char *end)
{
    return t->heredoc ? p + 2 < end && p[0] == t->close && p[1] == t->close && p[2] == t->close : p < end && *p == t->close;
}

// Cuts up to `indentation` blanks at the start of a heredoc's line.
static const char *cut(struct lexer *lx, struct text *t, const char *p, const char *end, int32_t indentation, uint32_t line)
{
    const char *start = p;
    while (p < end && p - start < indentation && (*p == ' ' || *p == '\t')) p++;
    if (p < end && p - start < indentation && *p != '\n' && *p != '\r' && !t->warned) {
        warn_outdented(lx, t, line);
        t->warned = true;
    }
    return p;
}

static bool finish_slice(struct lexer *lx, struct text *t, const struct slice *s, int32_t indentation, bool unescape, struct out *o)
{
    const char *p = lx->source + s->start, *end = lx->source + s->end;
    uint32_t line = s->line;
    if (s->at_line_start && indentation > 0) p = cut(lx, t, p, end, indentation, line);
    while (p < end) {
        char c = *p++;
        if (c == '\n' && indentation > 0) {
            o->bytes[o->len++] = c;
            p = cut(lx, t, p, end, indentation, ++line);
        } else if (c != '\\' || p == end) {
            o->bytes[o->len++] = c;
        } else if (!unescape) {
            if (!escapes_delimiter(t, p, end)) o->bytes[o->len++] = c;
            if (*p != '\n') o->bytes[o->len++] = *p++;
        } else {
            bool newline = *p == '\n' || *p == '\r';
            if (!unescape_one(lx, t, o, &p, end)) return false;
            if (newline && p[-1] == '\n' && indentation > 0) p = cut(lx, t, p, end, indentation, ++line);
        }
    }
    return true;
}

// The bytes of a slice: in the source if they stand for themselves, else in the scratch buffer.
static bool slice_bytes(struct lexer *lx, struct text *t, const struct slice *s, int32_t indentation, struct out *o)
{
    size_t n = s->end - s->start;
    const char *source = lx->source + s->start;
    o->len = n;
    o->bytes = (char *)source;
    if (indentation <= 0 && !memchr(source, '\\', n)) return true;
    while (lx->scratch_capacity < n + 4) lx->scratch = lex_grow(lx->scratch, &lx->scratch_capacity, 1);
    o->bytes = lx->scratch;
    o->len = 0;
    return finish_slice(lx, t, s, indentation, lx->opt->unescape && t->kind != TEXT_CALL && t->kind != TEXT_SIGIL, o);
}

static bool quotes_needed_not(const char *bytes, size_t len)
{
    struct name n;
    return len && lex_name(bytes, bytes + len, &n) && n.end == bytes + len && n.ascii && !n.has_at && n.class == NAME_LOWER;
}

// A text without interpolation, as one token.
static int finish_plain(struct lexer *lx, struct token *tok, struct text *t, bool keyword)
{
    struct out o;
    if (!slice_bytes(lx, t, &lx->slices[t->first_slice], tok->indentation, &o)) return LEX_ERROR;
    if (t->kind == TEXT_STRING && !keyword) {
        tok->value = mk_binary(lx->heap, o.bytes, o.len);
        return T_STRING;
    }
    if (t->kind == TEXT_SIGIL) {
        tok->value = mk_binary(lx->heap, o.bytes, o.len);
        return T_SIGIL;
    }
    if (t->kind == TEXT_CHARLIST && !keyword) {
        tok->value = mk_binary(lx->heap, o.bytes, o.len);
        return T_CHARLIST;
    }
    if (!utf8_valid((const uint8_t *)o.bytes, o.len)) return error_atom_encoding(lx, t);
    tok->value = lex_atom(lx, o.bytes, o.len, t->line, t->column);
    if (tok->value == TERM_NONE) return LEX_ERROR;
    if (o.bytes != lx->scratch && quotes_needed_not(o.bytes, o.len))
        warn_quotes(lx, tok, keyword ? "keyword" : t->kind == TEXT_CALL ? "call" : "atom", o.bytes, o.len);
    if (keyword) return T_KW;
    return t->kind == TEXT_CALL ? lex_call_kind(lx) : T_ATOM_QUOTED;
}

// The end of a text with interpolation: its literal parts as a list of binaries, one more than there are interpolations; [] where
// nothing stands between two of them. The first of a heredoc is always something, and so is one that only cutting makes empty.
static int finish_parts(struct lexer *lx, struct token *tok, struct text *t, bool keyword)
{
    tok->value = TERM_NIL;
    for (size_t i = lx->slice_count; i-- > t->first_slice;) {
        struct out o;
        if (!slice_bytes(lx, t, &lx->slices[i], tok->indentation, &o)) return LEX_ERROR;
        bool nothing = lx->slices[i].start == lx->slices[i].end && !lx->slices[i].at_line_start;
        tok->value = mk_cons(lx->heap, nothing ? TERM_NIL : mk_binary(lx->heap, o.bytes, o.len), tok->value);
    }
    if (keyword) return T_KW_CLOSE;
    if (t->kind == TEXT_CALL)
        return error_at(lx, t->line, t->column,
                        "interpolation is not allowed when calling function/macro. Found interpolation in a call starting with: ",
                        t->open == '"' ? "\"" : "'");
    switch (t->kind) {
    case TEXT_STRING:   return T_STRING_CLOSE;
    case TEXT_CHARLIST: return T_CHARLIST_CLOSE;
    case TEXT_SIGIL:    return T_SIGIL_CLOSE;
    default:            return T_ATOM_CLOSE;
    }
}

static void sigil_modifiers(struct lexer *lx, struct token *tok)
{
    const char *p = lx->cursor;
    while ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9')) p++;
    tok->modifiers = mk_charlist(lx->heap, lx->cursor, (size_t)(p - lx->cursor));
    lx->cursor = p;
}

// The cursor stands after the closing delimiter.
static int finish(struct lexer *lx, struct token *tok, int32_t indentation)
{
    struct text *t = &lx->texts[lx->text_count - 1];
    const char *p = lx->cursor;
    bool keyword = !t->heredoc && (t->kind == TEXT_STRING || t->kind == TEXT_CHARLIST) && *p == ':' &&
                   (p[1] == ' ' || p[1] == '\t' || p[1] == '\n' || p[1] == '\r');
    tok->line = t->line;
    tok->column = t->column;
    tok->start = t->start;
    tok->newlines = 0;
    tok->indentation = indentation;
    tok->delimiter = t->open;
    tok->sigil = t->sigil;
    tok->modifiers = TERM_NIL;
    if (keyword) lx->cursor++;
    if (t->sigil) sigil_modifiers(lx, tok);
    int kind = t->has_interpolation ? finish_parts(lx, tok, t, keyword) : finish_plain(lx, tok, t, keyword);
    lx->slice_count = t->first_slice;
    lx->text_count--;
    lx->in_text = false;
    return kind;
}

// ---- reading ----------------------------------------------------------------------------------------------------

static void push_slice(struct lexer *lx, const char *start, const char *end, uint32_t line, bool at_line_start)
{
    LEX_ROOM(lx->slices, lx->slice_count, lx->slice_capacity);
    lx->slices[lx->slice_count++] =
        (struct slice){(uint32_t)(start - lx->source), (uint32_t)(end - lx->source), line, at_line_start};
}

// #{ at p: the literal part ends here.
static int interpolation(struct lexer *lx, struct token *tok, struct text *t, const char *p)
{
    bool first = !t->has_interpolation;
    tok->line = lx->line;
    tok->column = lex_column(lx, p);
    tok->start = (uint32_t)(p - lx->source);
    tok->newlines = 0;
    tok->indentation = -1;
    tok->value = TERM_NONE;
    tok->modifiers = TERM_NIL;
    t->has_interpolation = true;
    lx->cursor = p + 2;
    lx->in_text = false;
    if (!lex_open(lx, T_INTERP_OPEN, tok->line, tok->column)) return LEX_ERROR;
    return first ? T_INTERP_FIRST : T_INTERP_OPEN;
}

// After a newline in a heredoc: does its end stand here? Answers the place after the delimiter.
static const char *heredoc_end(const struct text *t, const char *p, int32_t *indentation)
{
    const char *start = p;
    while (*p == ' ' || *p == '\t') p++;
    if (p[0] != t->close || p[1] != t->close || p[2] != t->close) return NULL;
    *indentation = (int32_t)(p - start);
    return p + 3;
}

static int finish_heredoc(struct lexer *lx, struct token *tok, const struct text *t, const char *start, const char *p, const char *end,
                          int32_t indentation, uint32_t line)
{
    push_slice(lx, start, p, line, t->at_line_start);
    lx->cursor = end;
    return finish(lx, tok, indentation);
}

// Columns of a text count grapheme clusters.
static const char *wide_character(struct lexer *lx, const char *start, const char *p)
{
    int len, before_len;
    utf8proc_int32_t state = 0, c = (utf8proc_int32_t)lex_code_point(p, &len), before = 0;
    const char *q = p;
    if (p > start && p[-1] != '\n') {
        do q--; while (q > start && ((uint8_t)*q & 0xC0) == 0x80);
        before = (utf8proc_int32_t)lex_code_point(q, &before_len);
        state = lx->grapheme_state;
    }
    bool extends = q < p && !utf8proc_grapheme_break_stateful(before, c, &state);
    lx->grapheme_state = extends ? state : 0;
    lx->column_shift -= extends ? len : len - 1;
    return p + len;
}

int lex_text_next(struct lexer *lx, struct token *tok)
{
    struct text *t = &lx->texts[lx->text_count - 1];
    const char *p = lx->cursor, *start = p, *end;
    uint32_t line = lx->line;
    int32_t indentation;
    if (t->heredoc && t->at_line_start && (end = heredoc_end(t, p, &indentation)))
        return finish_heredoc(lx, tok, t, start, p, end, indentation, line);
    for (;;) {
        uint8_t c = (uint8_t)*p;
        if (c == (uint8_t)t->close && !t->heredoc) {
            push_slice(lx, start, p, line, false);
            lx->cursor = p + 1;
            return finish(lx, tok, -1);
        }
        if (c == '\\' && p[1] == '#' && p[2] == '{' && !t->raw) {
            lx->column_shift -= 2;      // Elixir counts \#{ as one column
            p += 3;
        } else if (c == '\\' && p + 1 < lx->limit && p[1] != '\n' && (uint8_t)p[1] < 0x80) {
            p += p[1] == '\r' && p[2] == '\n' ? 1 : 2;
        } else if (c == '\n') {
            lex_new_line(lx, ++p);
            if (t->heredoc && (end = heredoc_end(t, p, &indentation))) return finish_heredoc(lx, tok, t, start, p, end, indentation, line);
        } else if (c == '#' && p[1] == '{' && !t->raw) {
            push_slice(lx, start, p, line, t->at_line_start);
            t->at_line_start = false;
            return interpolation(lx, tok, t, p);
        } else if (c == 0 && p == lx->limit) {
            lx->cursor = p;
            return error_text_unclosed(lx, t);
        } else if (c == 0xE2 && lex_bidi(p)) {
            return error_bidi(lx, p, false);
        } else if (c < 0x80) {
            p++;
        } else {
            p = wide_character(lx, start, p);
        }
    }
}

static char closing(char open)
{
    switch (open) {
    case '(': return ')';
    case '[': return ']';
    case '{': return '}';
    case '<': return '>';
    default:  return open;
    }
}

// The rest of a heredoc's first line must be blank.
static const char *heredoc_start(const char *p)
{
    while (*p == ' ' || *p == '\t') p++;
    if (*p == '\r' && p[1] == '\n') p++;
    return *p == '\n' ? p + 1 : NULL;
}

int lex_text_open(struct lexer *lx, struct token *tok, enum text_kind kind, const char *at, char sigil)
{
    LEX_ROOM(lx->texts, lx->text_count, lx->text_capacity);
    struct text *t = &lx->texts[lx->text_count];
    *t = (struct text){.kind = kind, .open = *at, .close = closing(*at), .sigil = sigil, .line = tok->line, .column = tok->column,
                       .start = tok->start, .raw = sigil >= 'A' && sigil <= 'Z', .first_slice = (uint32_t)lx->slice_count};
    const char *body = at + 1;
    bool quote = *at == '"' || *at == '\'';
    if (quote && at[1] == *at && at[2] == *at && (kind == TEXT_STRING || kind == TEXT_CHARLIST || kind == TEXT_SIGIL)) {
        body = heredoc_start(at + 3);
        if (!body)
            return error_at(lx, tok->line, tok->column, "heredoc allows only zero or more whitespace characters followed by a new line after ",
                            *at == '"' ? "\"\"\"" : "'''");
        t->heredoc = t->at_line_start = true;
        lex_new_line(lx, body);
    }
    lx->text_count++;
    lx->in_text = true;
    lx->cursor = body;
    return lex_text_next(lx, tok);
}

// ---- ?x ---------------------------------------------------------------------------------------------------------

static const char *blank_name(char c, const char **escape)
{
    static const struct { char c; const char *name, *escape; } blanks[] = {
        {0, "null byte", "0"}, {7, "alert", "a"}, {8, "backspace", "b"}, {9, "tab", "t"}, {10, "newline", "n"},
        {11, "vertical tab", "v"}, {12, "form feed", "f"}, {13, "carriage return", "r"}, {27, "escape", "e"},
        {32, "space", "s"}, {127, "delete", "d"},
    };
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        if (blanks[i].c != c) continue;
        *escape = blanks[i].escape;
        return blanks[i].name;
    }
    return NULL;
}

int lex_char(struct lexer *lx, struct token *tok)
{
    const char *p = lx->cursor, *escape;
    int len;
    if (p == lx->limit) return error_character(lx, p - 1);
    bool escaped = *p == '\\' && p + 1 < lx->limit;
    uint32_t c = lex_code_point(p + escaped, &len);
    const char *name = c < 128 ? blank_name((char)c, &escape) : NULL;
    if (name)
        warn(lx->warnings, tok->line, tok->column, "found ?%s followed by code point 0x%X (%s), please use ?\\%s instead",
             escaped ? "\\" : "", c, name, escape);
    if (escaped && c < 128 && !name) {
        char meaning = simple_escape((char)c);
        if (meaning == (char)c && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            warn(lx->warnings, tok->line, tok->column, "unknown escape sequence ?\\%c, use ?%c instead", (char)c, (char)c);
        c = (uint8_t)meaning;
    }
    p += escaped + len;
    lx->column_shift -= len - 1;
    lx->cursor = p;
    tok->value = make_small(c);
    return T_CHAR;
}
