// SPDX-License-Identifier: Apache-2.0
// The texts of the front end's errors and warnings, as Elixir 1.14 words them. See parse_error.h.
#include "parse_error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "../vm/atom.h"
#include "../vm/native.h"
#include "ast.h"
#include "parser.h"

// ---- pieces -----------------------------------------------------------------------------------------------------

static char *format_list(const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    char *s = malloc((size_t)n + 1);
    if (!s) abort();
    vsnprintf(s, (size_t)n + 1, fmt, args);
    return s;
}

char *text_format(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *s = format_list(fmt, args);
    va_end(args);
    return s;
}

void warn(struct parse_warnings *w, uint32_t line, uint32_t column, const char *fmt, ...)
{
    if (!w) return;
    va_list args;
    va_start(args, fmt);
    char *text = format_list(fmt, args);
    va_end(args);
    LEX_ROOM(w->items, w->count, w->capacity);
    w->items[w->count++] = (struct parse_warning){(int)line, (int)column, text};
}

void error_set(struct parse_error *e, uint32_t line, uint32_t column, const char *message, const char *suffix, const char *token)
{
    if (e->message) return;
    e->line = (int)line;
    e->column = (int)column;
    e->message = text_format("%s", message);
    e->suffix = suffix ? text_format("%s", suffix) : NULL;
    e->token = text_format("%s", token);
    e->description = text_format("%s%s%s", message, token, suffix ? suffix : "");
}

void error_encoding(struct parse_error *e, uint32_t line, uint32_t column, const char *bytes, size_t len)
{
    char text[400];
    size_t n = 0;
    for (size_t i = 0; i < len && i < 50; i++) n += (size_t)snprintf(text + n, sizeof text - n, "%s%u", i ? ", " : "", (uint8_t)bytes[i]);
    char *message = text_format("invalid encoding starting at <<%s%s>>", text, len > 50 ? ", ..." : "");
    error_set(e, line, column, message, NULL, "");
    free(message);
    e->raised = e->encoding = true;
    e->hint = "source files are UTF-8";
}

// A code point as errors show it.
static char *show_character(const char *p, uint32_t column)
{
    static const struct { uint32_t c; const char *name; } names[] = {
        {0, "null byte"}, {7, "alert"}, {8, "backspace"}, {11, "vertical tab"}, {12, "form feed"}, {13, "carriage return"},
        {27, "escape"}, {127, "delete"},
    };
    int len;
    uint32_t c = lex_code_point(p, &len);
    char code[8];
    if (c > 0xFFFF) strcpy(code, "****");   // Elixir prints four columns
    else snprintf(code, sizeof code, "%04X", c & 0xFFFF);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].c == c) return text_format("%s (column %u, code point U+%s)", names[i].name, column, code);
    return text_format("\"%.*s\" (column %u, code point U+%s)", len, p, column, code);
}

static const char *opener_text(int kind)
{
    switch (kind) {
    case T_LPAREN:   return "(";
    case T_LBRACKET: return "[";
    case T_LBRACE:   return "{";
    case T_LBIT:     return "<<";
    case T_DO:       return "do";
    case T_FN:       return "fn";
    default:         return "#{";
    }
}

static const char *closer_text(int kind)
{
    switch (kind) {
    case T_LPAREN:   return ")";
    case T_LBRACKET: return "]";
    case T_LBRACE:   return "}";
    case T_LBIT:     return ">>";
    default:         return "end";
    }
}

// ---- lexer: characters, names, numbers --------------------------------------------------------------------------

int error_at(struct lexer *lx, uint32_t line, uint32_t column, const char *message, const char *token)
{
    error_set(lx->error, line, column, message, NULL, token);
    return LEX_ERROR;
}

int error_character(struct lexer *lx, const char *at)
{
    uint32_t column = lex_column(lx, at);
    char *token = show_character(at, column);
    error_at(lx, lx->line, column, "unexpected token: ", token);
    free(token);
    return LEX_ERROR;
}

int error_number(struct lexer *lx, const char *start, const char *after)
{
    char *message = text_format("invalid character \"%c\" after number %.*s. If you intended to write a number, make sure to separate the "
                                "number from the character (using comma, space, etc). If you meant to write a function name or a "
                                "variable, note that identifiers in Elixir cannot start with numbers. Unexpected token: ",
                                *after, (int)(after - start), start);
    char token[2] = {*after};
    error_at(lx, lx->line, lex_column(lx, start), message, token);
    free(message);
    return LEX_ERROR;
}

// A character that this kind of name cannot have: @ in names, anything but ASCII letters in aliases.
int error_name(struct lexer *lx, const char *start, const struct name *n)
{
    bool alias = n->class == NAME_ALIAS;
    const char *bad = n->has_at ? memchr(start, '@', (size_t)(n->end - start)) : start;
    int len = 1;
    while (bad < n->end && *bad != '@' && (!alias || ((*bad | 32) >= 'a' && (*bad | 32) <= 'z') || *bad == '_')) bad++;
    if (bad == n->end) bad = start;     // cannot be: a valid name has no error
    uint32_t c = lex_code_point(bad, &len);
    char *message = text_format("invalid character \"%.*s\" (code point U+%04X) in %s: ", len, bad, c,
                                !alias ? "identifier" : c == '@' ? "alias" : "alias (only ASCII characters, without punctuation, are allowed)");
    char *token = text_format("%.*s", (int)(n->end - start), start);
    error_at(lx, lx->line, lex_column(lx, start), message, token);
    free(message);
    free(token);
    return LEX_ERROR;
}

int error_float(struct lexer *lx, const char *start, const char *end)
{
    char *token = text_format("%.*s", (int)(end - start), start);
    error_at(lx, lx->line, lex_column(lx, start), "invalid float number ", token);
    free(token);
    return LEX_ERROR;
}

int error_alias_call(struct lexer *lx, const char *start, const char *end, const char *paren)
{
    char *message = text_format("unexpected ( after alias %.*s. Function names and identifiers in Elixir start with lowercase characters or "
                                "underscore. For example:\n\n    hello_world()\n    _starting_with_underscore()\n    numb3rs_are_allowed()\n"
                                "    may_finish_with_question_mark?()\n    may_finish_with_exclamation_mark!()\n\nUnexpected token: ",
                                (int)(end - start), start);
    error_at(lx, lx->line, lex_column(lx, paren) + 1, message, "(");
    free(message);
    return LEX_ERROR;
}

int error_keyword_space(struct lexer *lx, const char *start, size_t len)
{
    char *token = text_format("%.*s:", (int)len, start);
    error_at(lx, lx->line, lex_column(lx, start), "keyword argument must be followed by space after: ", token);
    free(token);
    return LEX_ERROR;
}

int error_sigil_delimiter(struct lexer *lx, const char *start, const char *delimiter)
{
    int len;
    uint32_t c = lex_code_point(delimiter, &len);
    char *token = text_format("\"%.*s\" (column %u, code point U+%04X). The available delimiters are: //, ||, \"\", '', (), [], {}, <>",
                              len, delimiter, lex_column(lx, delimiter), c);
    error_at(lx, lx->line, lex_column(lx, start), "invalid sigil delimiter: ", token);
    free(token);
    return LEX_ERROR;
}

int error_bidi(struct lexer *lx, const char *at, bool comment)
{
    int len;
    char *token = text_format("\\u%04X", lex_code_point(at, &len));
    char *suffix = comment ? NULL : text_format(". If you want to use such character, use it in its escaped %s form instead", token);
    error_set(lx->error, lx->line, lex_column(lx, comment ? lx->cursor : at),
              comment ? "invalid bidirectional formatting character in comment: " : "invalid bidirectional formatting character in string: ",
              suffix, token);
    free(token);
    free(suffix);
    return LEX_ERROR;
}

// ---- lexer: what is not closed ----------------------------------------------------------------------------------

static void note_opener(struct parse_error *e, uint32_t line, uint32_t column, const char *text)
{
    e->opener_line = (int)line;
    e->opener_column = (int)column;
    e->opener = text;
}

static int error_end_of_input(struct lexer *lx, const char *message)
{
    error_at(lx, lx->line, lex_column(lx, lx->cursor), message, "");
    lx->error->missing = lx->error->incomplete = true;
    return LEX_ERROR;
}

// Which opener the indentation accuses.
static char *end_hint(struct lexer *lx, const struct opener *o)
{
    uint32_t suspect = o->kind == T_DO ? lx->open_hint[0] : o->kind == T_FN ? lx->open_hint[1] : 0;
    if (!suspect) return text_format("%s", "");
    return text_format("\n\n    HINT: it looks like the \"%s\" on line %u does not have a matching \"end\"\n", opener_text(o->kind), suspect);
}

int error_missing_terminator(struct lexer *lx, const struct opener *o)
{
    const char *open = opener_text(o->kind), *close = closer_text(o->kind);
    char *hint = end_hint(lx, o);
    char *message = text_format("missing terminator: %s (for \"%s\" starting at line %u)%s", close, open, o->line, hint);
    error_end_of_input(lx, message);
    note_opener(lx->error, o->line, o->column, open);
    free(message);
    free(hint);
    return LEX_ERROR;
}

static char *text_name(const struct text *t)
{
    if (t->heredoc) return text_format("heredoc");
    switch (t->kind) {
    case TEXT_ATOM:  return text_format("atom");
    case TEXT_CALL:  return text_format("function name");
    case TEXT_SIGIL: return text_format("sigil ~%c%c", t->sigil, t->open);
    default:         return text_format("string");
    }
}

int error_text_unclosed(struct lexer *lx, const struct text *t)
{
    char *name = text_name(t), *message;
    if (t->heredoc) message = text_format("missing terminator: %c%c%c (for %s starting at line %u)", t->close, t->close, t->close, name, t->line);
    else message = text_format("missing terminator: %c (for %s starting at line %u)", t->close, name, t->line);
    error_end_of_input(lx, message);
    note_opener(lx->error, t->line, t->column, t->heredoc ? "heredoc" : t->kind == TEXT_SIGIL ? "sigil" : "string");
    free(name);
    free(message);
    return LEX_ERROR;
}

int error_interpolation_unclosed(struct lexer *lx, const struct text *t, uint32_t line, uint32_t column)
{
    char *name = text_name(t), *message = text_format("missing interpolation terminator: \"}\" (for %s starting at line %u)", name, t->line);
    error_at(lx, line, column, message, "");
    lx->error->missing = lx->error->incomplete = true;
    note_opener(lx->error, line, column, "#{");
    free(name);
    free(message);
    return LEX_ERROR;
}

static char *missing_suffix(struct lexer *lx, const struct opener *o)
{
    char *hint = end_hint(lx, o);
    char *r = text_format(". The \"%s\" at line %u is missing terminator \"%s\"%s", opener_text(o->kind), o->line, closer_text(o->kind), hint);
    free(hint);
    return r;
}

int error_closer(struct lexer *lx, const char *text, uint32_t line, uint32_t column, const struct opener *o)
{
    char *suffix = o && o->kind != T_INTERP_OPEN ? missing_suffix(lx, o) : NULL;
    error_set(lx->error, line, column, "unexpected token: ", suffix, text);
    if (suffix) note_opener(lx->error, o->line, o->column, opener_text(o->kind));
    else lx->error->hint = "nothing is open here that it could close";
    free(suffix);
    return LEX_ERROR;
}

int error_end(struct lexer *lx, uint32_t line, uint32_t column, const struct opener *o)
{
    char *suffix;
    if (o && o->kind != T_INTERP_OPEN) suffix = missing_suffix(lx, o);
    else if (lx->end_hint)
        suffix = text_format("\n\n    HINT: it looks like the \"end\" on line %u does not have a matching \"do\" defined before it\n", lx->end_hint);
    else suffix = text_format("%s", "");
    error_set(lx->error, line, column, "unexpected reserved word: ", suffix, "end");
    if (o && o->kind != T_INTERP_OPEN) note_opener(lx->error, o->line, o->column, opener_text(o->kind));
    free(suffix);
    return LEX_ERROR;
}

static const char do_advice[] =
    ". In case you wanted to write a \"do\" expression, you must either use do-blocks or separate the keyword argument with comma. For "
    "example, you should either write:\n\n    if some_condition? do\n      :this\n    else\n      :that\n    end\n\nor the equivalent "
    "construct:\n\n    if(some_condition?, do: :this, else: :that)\n\nwhere \"some_condition?\" is the first argument and the second "
    "argument is a keyword list.\n\nYou may see this error if you forget a trailing comma before the \"do\" in a \"do\" block";

int error_do(struct lexer *lx, uint32_t line, uint32_t column, bool after_fn)
{
    error_set(lx->error, line, column, "unexpected reserved word: ",
              after_fn ? ". Anonymous functions are written as:\n\n    fn pattern -> expression end"
              : do_advice, "do");
    return LEX_ERROR;
}

int error_atom_encoding(struct lexer *lx, const struct text *t)
{
    error_at(lx, t->line, t->column, "errors were found at the given arguments:\n\n  * 1st argument: invalid UTF8 encoding\n", "");
    lx->error->raised = true;
    return LEX_ERROR;
}

int error_backslash(struct lexer *lx, uint32_t line, uint32_t column)
{
    error_at(lx, line, column, "invalid escape \\ at end of file", "");
    lx->error->missing = lx->error->incomplete = true;
    return LEX_ERROR;
}

int error_nesting(struct lexer *lx, uint32_t line, uint32_t column)
{
    char *limit = text_format("%d", PARSE_NESTING_MAX);
    error_at(lx, line, column, "nested too deeply, the limit is ", limit);
    lx->error->hint = "so many brackets, blocks and interpolations are open at once; split the expression";
    free(limit);
    return LEX_ERROR;
}

// ---- lexer: warnings --------------------------------------------------------------------------------------------

void warn_quotes(struct lexer *lx, const struct token *tok, const char *what, const char *text, size_t len)
{
    if (lx->opt->quotes_allowed) return;
    const char *why =
        *what == 'k' ? "Note that keywords are always atoms, even when quoted. Similar to atoms, keywords made exclusively of ASCII letters, "
                       "numbers, and underscores and not beginning with a number do not require quotes"
        : *what == 'c' ? "Calls made exclusively of Unicode letters, numbers, and underscores and not beginning with a number do not require quotes"
        : "Atoms made exclusively of ASCII letters, numbers, underscores, beginning with a letter or underscore, and optionally ending with "
          "! or ? do not require quotes";
    warn(lx->warnings, tok->line, tok->column + (*what == 'k'), "found quoted %s \"%.*s\" but the quotes are not required. %s", what, (int)len, text,
         why);
}

void warn_mark(struct lexer *lx, const struct token *tok, const char *start, const char *end, bool atom)
{
    int n = (int)(end - start) - 1;
    char mark = end[-1];
    warn(lx->warnings, tok->line, tok->column,
         "found %s \"%.*s%c\", ending with \"%c\", followed by =. It is unclear if you mean \"%.*s %c=\" or \"%.*s%c =\". Please add a space "
         "before or after %c to remove the ambiguity", atom ? "atom" : "identifier", n, start, mark, mark, n, start, mark, n, start, mark, mark);
}

void warn_outdented(struct lexer *lx, const struct text *t, uint32_t line)
{
    static const char q[] = "\"\"\"";   // the examples have these whatever the heredoc has
    char own[4] = {t->close, t->close, t->close};
    warn(lx->warnings, line, t->column,
         "outdented heredoc line. The contents inside the heredoc should be indented at the same level as the closing %s. The following is "
         "forbidden:\n\n    def text do\n      %s\n    contents\n      %s\n    end\n\nInstead make sure the contents are indented as much as "
         "the heredoc closing:\n\n    def text do\n      %s\n      contents\n      %s\n    end\n\nThe current heredoc line is indented too little",
         own, q, q, q, q);
}

// ---- tokens as the grammar's errors show them: Erlang terms -------------------------------------------------------

static bool erlang_reserved(const char *s)
{
    static const char *const words[] = {
        "after", "and", "andalso", "band", "begin", "bnot", "bor", "bsl", "bsr", "bxor", "case", "catch", "cond", "div", "end", "fun",
        "if", "let", "not", "of", "or", "orelse", "receive", "rem", "try", "when", "xor",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i], s)) return true;
    return false;
}

// Letters and digits of Latin-1, _ and @, after a small letter.
static bool erlang_plain(const char *s)
{
    bool first = true;
    if (erlang_reserved(s)) return false;
    for (int len; *s; s += len, first = false) {
        uint32_t c = lex_code_point(s, &len);
        bool small = (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7);
        bool other = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '@' || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
        if (!small && (first || !other)) return false;
    }
    return !first;
}

// The escape Erlang writes for a byte inside `quote`s, NULL if it stands for itself.
static const char *erlang_escape(char c, char quote)
{
    static const char *const low[] = {[8] = "\\b", [9] = "\\t", [10] = "\\n", [11] = "\\v", [12] = "\\f", [13] = "\\r", [27] = "\\e"};
    if (c == quote) return quote == '"' ? "\\\"" : "\\'";
    if (c == '\\') return "\\\\";
    if (c == 127) return "\\d";
    return (uint8_t)c < sizeof low / sizeof *low ? low[(uint8_t)c] : NULL;
}

static char *erlang_quoted(const char *s, size_t len, char quote)
{
    char *out = malloc(len * 6 + 3), *p = out;
    if (!out) abort();
    *p++ = quote;
    for (size_t i = 0; i < len; i++) {
        const char *e = erlang_escape(s[i], quote);
        if (e) p = stpcpy(p, e);
        else if ((uint8_t)s[i] < 32) p += sprintf(p, "\\%03o", s[i]);
        else *p++ = s[i];
    }
    *p++ = quote;
    *p = 0;
    return out;
}

// As Erlang writes it.
static char *erlang_atom(struct vm *vm, term atom)
{
    struct atom_text t = atom_text(vm, atom);
    if (erlang_plain(t.bytes) && strlen(t.bytes) == t.len) return text_format("%s", t.bytes);
    return erlang_quoted(t.bytes, t.len, '\'');
}

// Each byte as a code point, in UTF-8.
static char *latin1(const char *s, size_t len)
{
    char *r = malloc(len * 2 + 1), *p = r;
    if (!r) abort();
    for (size_t i = 0; i < len; i++) p += utf8_encode((uint8_t)s[i], (uint8_t *)p);
    *p = 0;
    return r;
}

static bool erlang_printable(uint32_t c)
{
    return (c >= 32 && c < 127) || (c >= 160 && c < 256) || (c && c < 32 && erlang_escape((char)c, '"'));
}

// <<"text">>, or <<1,2,3>> if a byte is not printable Latin-1.
static char *erlang_binary(struct parser *ps, term bin)
{
    size_t len;
    const char *s = (const char *)binary_bytes(ps->heap, bin, &len);
    bool bytes = true, points = true, ascii = true;     // printable as Latin-1, as UTF-8
    uint32_t c;
    for (size_t i = 0; i < len; i++) {
        bytes = bytes && erlang_printable((uint8_t)s[i]);
        ascii = ascii && (uint8_t)s[i] < 128;
    }
    for (size_t i = 0; i < len && points; ) {
        int n = utf8_decode((const uint8_t *)s + i, len - i, &c);
        points = n > 0 && erlang_printable(c);
        i += n > 0 ? (size_t)n : 1;
    }
    char *r, *p;
    if (bytes || points) {
        char *latin = points ? text_format("%.*s", (int)len, s) : latin1(s, len), *q = erlang_quoted(latin, strlen(latin), '"');
        r = len ? text_format("<<%s%s>>", q, points && !ascii ? "/utf8" : "") : text_format("<<>>");
        free(latin);
        free(q);
        return r;
    }
    r = p = malloc(len * 4 + 5);
    if (!r) abort();
    p = stpcpy(p, "<<");
    for (size_t i = 0; i < len; i++) p += sprintf(p, "%s%u", i ? "," : "", (uint8_t)s[i]);
    strcpy(p, ">>");
    return r;
}

static char *erlang_char(const struct token *tok)
{
    int64_t c = small_value(tok->value);
    const char *e = c && c < 128 ? erlang_escape((char)c, 0) : NULL;
    if (c == ' ') return text_format("$\\s");
    if (e) return text_format("$%s", e);
    if (c < 32) return text_format("$\\%03o", (int)c);
    uint8_t utf8[4];
    return text_format("$%.*s", (int)utf8_encode((uint32_t)c, utf8), utf8);
}

static char *erlang_text(struct parser *ps, int kind, const struct token *t)
{
    char *bin = erlang_binary(ps, t->value), *r;
    if (kind == T_SIGIL) {
        char delimiter[16] = {t->delimiter, t->indentation >= 0 ? t->delimiter : 0, t->indentation >= 0 ? t->delimiter : 0};
        char *q = erlang_quoted(delimiter, strlen(delimiter), '"'), modifiers[300] = "[]";
        size_t n = 0;
        for (term m = t->modifiers; is_cons(m) && n < 250; m = tail(m))
            n += (size_t)sprintf(modifiers + n, "%s%c", n ? "" : "\"", (char)small_value(head(m)));
        if (n) strcpy(modifiers + n, "\"");
        char indentation[16];
        if (t->indentation >= 0) snprintf(indentation, sizeof indentation, "%d", t->indentation);
        else strcpy(indentation, "nil");
        r = text_format("{sigil,{%u,%u,nil},%d,[%s],%s,%s,<<%s>>}", t->line, t->column, t->sigil, bin, modifiers, indentation, q);
        free(q);
    } else if (t->indentation >= 0) {
        r = text_format("{%s,{%u,%u,nil},%d,[%s]}", kind == T_STRING ? "bin_heredoc" : "list_heredoc", t->line, t->column, t->indentation, bin);
    } else {
        r = text_format("[%s]", bin);
    }
    free(bin);
    return r;
}

static const char *punctuation(int kind)
{
    switch (kind) {
    case T_COMMA:    return "','";
    case T_DOT: case T_DOT_CALL: return "'.'";
    case T_SEMI:     return "';'";
    case T_EOL: case T_EOLSEMI: return "eol";
    case T_RPAREN:   return "')'";
    case T_RBRACKET: return "']'";
    case T_RBRACE:   return "'}'";
    case T_RBIT:     return "'>>'";
    case T_LPAREN:   return "'('";
    case T_LBRACKET: return "'['";
    case T_LBRACE:   return "'{'";
    case T_LBIT:     return "'<<'";
    default:         return NULL;
    }
}

static char *token_text(struct parser *ps, int kind, const struct token *tok)
{
    const char *fixed = punctuation(kind);
    if (fixed) return text_format("%s", fixed);
    switch (kind) {
    case LEX_EOF: case T_INTERP_CLOSE:
        return text_format("%s", "");
    case T_INT: case T_FLOAT:
        return erlang_quoted(ps->lexer.source + tok->start, tok->end - tok->start, '"');
    case T_CHAR:
        return erlang_char(tok);
    case T_STRING: case T_CHARLIST: case T_SIGIL:
        return erlang_text(ps, kind, tok);
    case T_IN:
        if (tok->value == AM_kw_not) return text_format("'not in'");
        return erlang_atom(ps->vm, tok->value);
    case T_INTERP_FIRST: case T_INTERP_OPEN: case T_STRING_CLOSE: case T_CHARLIST_CLOSE: case T_ATOM_CLOSE: case T_SIGIL_CLOSE: case T_KW_CLOSE:
        return text_format("[...]");
    default:
        return erlang_atom(ps->vm, is_atom(tok->value) ? tok->value : AM_nil);
    }
}

// ---- grammar ----------------------------------------------------------------------------------------------------

void error_from(struct parser *ps, uint32_t line, uint32_t column, const char *message, const char *token)
{
    if (!ps->error->message) ps->warnings_before_error = ps->warnings->count;
    error_set(ps->error, line, column, message, NULL, token);
}

// The first literal bytes of a text, as they stand in the source if it has interpolation.
static char *text_start(struct parser *ps, int kind, const struct token *tok)
{
    const struct lexer *lx = &ps->lexer;
    size_t len;
    if (kind == T_STRING || kind == T_CHARLIST || kind == T_SIGIL) {
        const char *s = (const char *)binary_bytes(ps->heap, tok->value, &len);
        return utf8_valid((const uint8_t *)s, len) ? text_format("%.*s", (int)len, s) : latin1(s, len);
    }
    if (!lx->text_count) return text_format("%s", "");
    const struct slice *first = &lx->slices[lx->texts[lx->text_count - 1].first_slice];
    return text_format("%.*s", (int)(first->end - first->start), lx->source + first->start);
}

static bool reserved(term value)
{
    switch (value) {
    case AM_true: case AM_false: case AM_nil: case AM_kw_fn: case AM_kw_end: case AM_kw_and: case AM_kw_or: case AM_kw_not:
    case AM_kw_in: case AM_kw_when: case AM_kw_after: case AM_kw_else: case AM_kw_rescue: case AM_kw_catch:
        return true;
    default:
        return false;
    }
}

// What the exception says where it does not just put the token behind the message; NULL if it does.
static char *syntax_description(struct parser *ps, int kind, const struct token *tok, const char *token)
{
    const struct lexer *lx = &ps->lexer;
    char *start, *r;
    if (kind == LEX_EOF || kind == T_INTERP_CLOSE) return text_format("syntax error: expression is incomplete");
    if (kind == T_EOL || kind == T_EOLSEMI) return text_format("unexpectedly reached end of line. The current expression is invalid or incomplete");
    if (kind == T_CHAR) return text_format("syntax error before: ?%s", token + 1);
    if (kind == T_STRING || kind == T_CHARLIST || kind == T_INTERP_FIRST || kind == T_SIGIL) {
        const struct text *t = kind == T_INTERP_FIRST && lx->text_count ? &lx->texts[lx->text_count - 1] : NULL;
        char letter = t ? t->sigil : tok->sigil;
        if (t ? t->heredoc && !letter : tok->indentation >= 0 && !letter) return NULL;
        start = text_start(ps, kind, tok);
        if (letter) r = text_format("syntax error before: sigil ~%c starting with content '%s'", letter, start);
        else if (t && !*start) r = text_format("syntax error before: \"");
        else r = text_format("syntax error before: \"%s\"", start);
        free(start);
        return r;
    }
    if (is_atom(tok->value) && !(kind == T_IN && tok->value == AM_kw_not) && reserved(tok->value)) {
        const char *word = atom_text(ps->vm, tok->value).bytes;
        return text_format("syntax error before: %s. \"%s\" is a reserved word in Elixir and therefore its usage is limited. For instance, it "
                           "can't be used as a variable or be defined nor invoked as a regular function", word, word);
    }
    return NULL;
}

bool error_closer_fits(struct parser *ps)
{
    const struct lexer *lx = &ps->lexer;
    size_t n = lx->opener_count;
    switch (lx->stash_kind) {   // the token behind the newline may have opened something itself
    case T_LPAREN: case T_LBRACKET: case T_LBRACE: case T_LBIT: case T_FN: case T_INTERP_FIRST: n--;
    }
    switch (n ? lx->openers[n - 1].kind : 0) {
    case T_LPAREN:   return parser_accepts(ps->automaton, T_RPAREN);
    case T_LBRACKET: return parser_accepts(ps->automaton, T_RBRACKET);
    case T_LBRACE:   return parser_accepts(ps->automaton, T_RBRACE);
    case T_LBIT:     return parser_accepts(ps->automaton, T_RBIT);
    default:         return false;
    }
}

void error_syntax(struct parser *ps, int kind, const struct token *tok)
{
    const struct lexer *lx = &ps->lexer;
    if (ps->error->message) return;         // what was wrong before is told
    if (kind == T_EOL && lx->has_stash && ps->closer_fits) {
        kind = lx->stash_kind;  // a newline may stand before a closer: what follows it is wrong
        tok = &lx->stash;
    }
    uint32_t line = tok->line, column = tok->column;
    if ((kind == T_RPAREN || kind == T_RBRACKET || kind == T_RBRACE || kind == T_RBIT) && tok->newlines && lx->dropped_line) {
        kind = T_EOL;           // the newline before it is already wrong
        line = lx->dropped_line;
        column = lx->dropped_column;
    }
    if (kind == T_INTERP_CLOSE) {           // as the end of input: where the last token inside was
        line = lx->before_line;
        column = lx->before_column;
    } else if (kind == T_INTERP_FIRST && lx->text_count) {
        line = lx->texts[lx->text_count - 1].line;
        column = lx->texts[lx->text_count - 1].column;
    }
    char *token = token_text(ps, kind, tok);
    error_from(ps, line, column, "syntax error before: ", token);
    char *description = syntax_description(ps, kind, tok, token);
    free(token);
    if (description) {
        free(ps->error->description);
        ps->error->description = description;
        ps->error->bare = kind != LEX_EOF && kind != T_INTERP_CLOSE && kind != T_EOL && kind != T_EOLSEMI;
    }
    if (kind == LEX_EOF || kind == T_INTERP_CLOSE) ps->error->missing = true;
    if (kind == LEX_EOF) ps->error->incomplete = true;
}

// Where an expression is, from its metadata; column 0 if that has none.
void error_from_meta(struct parser *ps, term meta, const char *message, const char *token)
{
    uint32_t line = 0, column = 0;
    for (; is_cons(meta); meta = tail(meta)) {
        if (tuple_get(head(meta), 0) == AM_line) line = (uint32_t)small_value(tuple_get(head(meta), 1));
        if (tuple_get(head(meta), 0) == AM_column) column = (uint32_t)small_value(tuple_get(head(meta), 1));
    }
    error_from(ps, line, column, message, token);
}

static void error_of(struct parser *ps, term ast, const char *message, const char *token)
{
    if (is_tuple_of(ast, 3) && is_list(tuple_get(ast, 1))) error_from_meta(ps, tuple_get(ast, 1), message, token);
    else error_from(ps, 0, 0, message, token);
}

void error_comma_in_container(struct parser *ps, term ast)
{
    error_of(ps, ast,
             "unexpected comma. Parentheses are required to solve ambiguity inside containers.\n\nThis error may happen when you forget a comma "
             "in a list or other container:\n\n    [a, b c, d]\n\nOr when you have ambiguous calls:\n\n    [one, two three, four, five]\n\nIn "
             "the example above, we don't know if the parameters \"four\" and \"five\" belongs to the list or the function \"two\". You can "
             "solve this by explicitly adding parentheses:\n\n    [one, two(three, four), five]\n\nElixir cannot compile otherwise. Syntax "
             "error before: ", "','");
}

void error_comma_in_call(struct parser *ps, term ast)
{
    error_of(ps, ast,
             "unexpected comma. Parentheses are required to solve ambiguity in nested calls.\n\nThis error happens when you have nested "
             "function calls without parentheses. For example:\n\n    one a, two b, c, d\n\nIn the example above, we don't know if the "
             "parameters \"c\" and \"d\" apply to the function \"one\" or \"two\". You can solve this by explicitly adding parentheses:\n\n"
             "    one a, two(b, c, d)\n\nOr by adding commas (in case a nested call is not intended):\n\n    one, a, two, b, c, d\n\nElixir "
             "cannot compile otherwise. Syntax error before: ", "','");
}

void error_charlist(struct parser *ps, const struct token *tok, const char *bytes, size_t len)
{
    uint32_t c;
    size_t i = 0;
    for (int n; i < len && (n = utf8_decode((const uint8_t *)bytes + i, len - i, &c)) > 0; i += (size_t)n) {}
    if (!ps->error->message) ps->warnings_before_error = ps->warnings->count;
    if (!ps->error->message) error_encoding(ps->error, tok->line, tok->column, bytes + i, len - i);
}

void error_parens(struct parser *ps, const struct token *open)
{
    error_from(ps, open->line, open->column,
               "unexpected parentheses. If you are making a function call, do not insert spaces between the function name and the opening "
               "parentheses. Syntax error before: ", "'('");
}

// What Code.Fragment puts where an unfinished source ends may follow keywords.
static bool is_cursor(struct parser *ps, term ast)
{
    if (!is_tuple(ast) || tuple_arity(ast) != 3 || !is_atom(tuple_get(ast, 0))) return false;
    return is_nil(tuple_get(ast, 2)) && !strcmp(atom_text(ps->vm, tuple_get(ast, 0)).bytes, "__cursor__");
}

void error_keyword_not_last(struct parser *ps, const struct token *comma, term after, bool in_call)
{
    if (is_cursor(ps, after)) return;
    error_from(ps, comma->line, comma->column, in_call
               ? "unexpected expression after keyword list. Keyword lists must always come as the last argument. Therefore, this is not "
                 "allowed:\n\n    function_call(1, some: :option, 2)\n\nInstead, wrap the keyword in brackets:\n\n"
                 "    function_call(1, [some: :option], 2)\n\nSyntax error after: "
               : "unexpected expression after keyword list. Keyword lists must always come last in lists and maps. Therefore, this is not "
                 "allowed:\n\n    [some: :value, :another]\n    %{some: :value, another => value}\n\nInstead, reorder it to be the last entry:"
                 "\n\n    [:another, some: :value]\n    %{another => value, some: :value}\n\nSyntax error after: ", "','");
}

void error_do_apart(struct parser *ps, const struct token *open)
{
    if (open->newlines) error_syntax(ps, T_DO, open);
}

void error_keyword_misplaced(struct parser *ps, const struct token *kw)
{
    if (kw->value == AM_do) {
        if (!ps->error->message) ps->warnings_before_error = ps->warnings->count;
        error_set(ps->error, kw->line, kw->column, "unexpected keyword: ", do_advice, "do:");
        return;
    }
    char *token = text_format("'%s:'", atom_text(ps->vm, kw->value).bytes);
    error_from(ps, kw->line, kw->column, "syntax error before: ", token);
    free(token);
}

void error_stack(struct parser *ps)
{
    char *limit = text_format("%d", PARSE_STACK_DEPTH);
    error_from(ps, ps->lexer.tail_line, ps->lexer.tail_column, "nested too deeply, the limit of the parser's stack is ", limit);
    ps->error->hint = "so many operators or calls wait for their right side; split the expression";
    free(limit);
}

void warn_pipe(struct parser *ps, const struct token *op)
{
    const char *s = ps->lexer.source + op->start;
    int n = (int)atom_text(ps->vm, op->value).len;
    warn(ps->warnings, op->line, op->column,
         "parentheses are required when piping into a function call. For example:\n\n    foo 1 %.*s bar 2 %.*s baz 3\n\nis ambiguous and "
         "should be written as\n\n    foo(1) %.*s bar(2) %.*s baz(3)\n\nAmbiguous pipe found at:", n, s, n, s, n, s, n, s);
}
