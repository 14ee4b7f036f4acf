// SPDX-License-Identifier: Apache-2.0
// Where in the source a diagnostic is: the line, a caret under what the text is about, a hint, and what else is wrong in the file.
//
// Owner of compile_state's `story`: what is told about the last failed file, below Elixir's own text, if nobody rescues the error (:phial_main asks
// for it).
// Invariant: only a unit that keeps its source text (a file, the standard input) has places; the forms of the language carry lines alone, so
// the column is that of the first name in the text which stands in the line as a word.
#define _GNU_SOURCE     // memmem
#include "expand.h"

#include "parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDEST = 120 };      // columns of a source line that are shown

struct span { const char *at; size_t len; };

// ---- the line

static struct span line_of(const char *src, size_t len, int line)
{
    const char *end = src + len;
    for (; line > 1 && src < end; line--) {
        const char *nl = memchr(src, '\n', (size_t)(end - src));
        src = nl ? nl + 1 : end;
    }
    const char *nl = src < end ? memchr(src, '\n', (size_t)(end - src)) : NULL;
    size_t width = (size_t)((nl ? nl : end) - src);
    if (width && src[width - 1] == '\r') width--;
    return (struct span){src, width};
}

static bool is_word(char ch) { return ch == '_' || (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch & 0x80); }

// Offset of `word` in the line, standing alone; -1: it is not there.
static long find_word(struct span line, struct span word)
{
    for (size_t i = 0; word.len && i + word.len <= line.len; i++) {
        if (memcmp(line.at + i, word.at, word.len)) continue;
        bool before = i && is_word(line.at[i - 1]) && is_word(word.at[0]);
        bool after = i + word.len < line.len && is_word(line.at[i + word.len]) && is_word(word.at[word.len - 1]);
        if (!before && !after) return (long)i;
    }
    return -1;
}

// ---- what the text is about

static struct span without_arity(struct span w)
{
    size_t n = w.len;
    while (n && w.at[n - 1] >= '0' && w.at[n - 1] <= '9') n--;
    if (n && n < w.len && w.at[n - 1] == '/') w.len = n - 1;
    return w;
}

static long find_subject(struct span line, struct span word)
{
    word = without_arity(word);
    if (word.len && word.at[0] == '&') word.at++, word.len--;
    long at = find_word(line, word);
    for (size_t i = word.len; at < 0 && i-- > 1;)      // Mod.fun: fun
        if (word.at[i] == '.' && i + 1 < word.len) return find_word(line, (struct span){word.at + i + 1, word.len - i - 1});
    if (at < 0 && word.len > 1 && word.at[0] == ':') at = find_word(line, (struct span){word.at + 1, word.len - 1});    // :key as key:
    return at;
}

// A word of the text that names something in the source.
static bool names_something(struct span w, struct span before)
{
    static const char *const leads[] = {"operator", "alias", "import", "struct", "module", "key", "option", "macro", "function", "specifier:",
                                        "got:", "of", "variable"};
    if (!w.len) return false;
    if (without_arity(w).len < w.len || strchr("@:^%", w.at[0])) return true;
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (before.len == strlen(leads[i]) && !memcmp(before.at, leads[i], before.len)) return true;
    return false;
}

static size_t first_column(struct span line)
{
    size_t i = 0;
    while (i < line.len && (line.at[i] == ' ' || line.at[i] == '\t')) i++;
    return i;
}

static size_t column_for(struct span line, const char *text)
{
    struct span before = {text, 0};
    for (const char *p = text; *p && *p != '\n';) {
        struct span w = {p, strcspn(p, " \n")};
        p += w.len + (p[w.len] == ' ');
        long at = -1;
        const char *close = w.at[0] == '"' ? memchr(w.at + 1, '"', strcspn(w.at, "\n") - 1) : NULL;
        if (close) at = find_subject(line, (struct span){w.at + 1, (size_t)(close - w.at - 1)});
        else {
            while (w.len && strchr(",.;)", w.at[w.len - 1])) w.len--;
            if (names_something(w, before)) at = find_subject(line, w);
        }
        if (at >= 0) return (size_t)at;
        before = w;
    }
    return first_column(line);
}

// ---- the picture

static unsigned characters(const char *s, size_t n)
{
    unsigned k = 0;
    for (size_t i = 0; i < n; i++) k += (s[i] & 0xc0) != 0x80;
    return k;
}

// A window of the line around the caret: at most WIDEST bytes, cut between characters.
static struct span window(struct span line, size_t caret, size_t *start)
{
    *start = 0;
    if (line.len <= WIDEST) return line;
    size_t from = caret > WIDEST / 2 ? caret - WIDEST / 2 : 0, to = from + WIDEST < line.len ? from + WIDEST : line.len;
    while (from > 0 && (line.at[from] & 0xc0) == 0x80) from--;
    while (to < line.len && (line.at[to] & 0xc0) == 0x80) to++;
    *start = from;
    return (struct span){line.at + from, to - from};
}

// Bytes that would not print stand as `?`, tabs as spaces, so that the caret is right.
static const char *printable(struct cx *c, struct span s)
{
    char *copy = arena_alloc(c->a, s.len + 1);
    uint32_t code;
    for (size_t i = 0; i < s.len;) {
        int n = utf8_decode((const uint8_t *)s.at + i, s.len - i, &code);
        if (n <= 1) copy[i] = n == 1 && (uint8_t)s.at[i] >= ' ' && s.at[i] != 127 ? s.at[i] : s.at[i] == '\t' ? ' ' : '?';
        else memcpy(copy + i, s.at + i, (size_t)n);
        i += n > 0 ? (size_t)n : 1;
    }
    copy[s.len] = 0;
    return copy;
}

static const char *picture(struct cx *c, struct span line, int number, size_t offset)
{
    size_t start;
    if (offset > line.len) offset = line.len;
    struct span part = window(line, offset, &start);
    const char *left = start ? "..." : "", *right = start + part.len < line.len ? "..." : "";
    int width = snprintf(NULL, 0, "%d", number);
    if (width < 2) width = 2;
    const char *shown = printable(c, part);
    unsigned gap = characters(shown, offset - start) + (start ? 3 : 0);
    return cx_format(c, " %*s |\n %*d | %s%s%s\n %*s | %*s^\n", width, "", width, number, left, shown, right, width, "", (int)gap, "");
}

static struct unit *unit_of_source(struct cx *c, term file)
{
    for (struct unit *u = units_of(c->vm); u; u = u->next)
        if (u->source && u->p == c->p && term_same(u->source_file, file)) return u;
    return NULL;
}

static const char *path_text(struct cx *c, term file)
{
    size_t len;
    const char *bytes = (const char *)binary_bytes(c->h, relative_path(c->h, file), &len);
    return cx_format(c, "%.*s", (int)len, bytes);
}

static const char *place_in(struct cx *c, const char *src, size_t len, const char *path, int number, long column, const char *text)
{
    struct span line = line_of(src, len, number);
    if (!line.len) return column < 0 ? "" : cx_format(c, "    at %s:%d:%ld\n", path, number, column);
    size_t offset = 0;
    if (column < 0) offset = column_for(line, text);
    else
        for (long k = 1; k < column && offset < line.len; k++)
            do offset++;
            while (offset < line.len && (line.at[offset] & 0xc0) == 0x80);
    unsigned shown = column < 0 ? characters(line.at, offset) + 1 : (unsigned)column;
    return cx_format(c, "%s    at %s:%d:%u\n", picture(c, line, number, offset), path, number, shown);
}

const char *place_text(struct cx *c, term file, int line, const char *text)
{
    struct unit *u = line > 0 ? unit_of_source(c, file) : NULL;
    return u ? place_in(c, u->source, u->source_len, path_text(c, file), line, -1, text) : "";
}

const char *place_column_text(struct cx *c, term file, int line, unsigned column)
{
    struct unit *u = unit_of_source(c, file);
    return u ? place_in(c, u->source, u->source_len, path_text(c, file), line, column, "") : "";
}

// ---- the story of a failure

// `of`: the description of the error the story belongs to.
static void story_set(struct cx *c, const char *of, const char *text)
{
    struct compile_state *s = compile_state(c->vm);
    free(s->story);
    free(s->story_of);
    s->story = strdup(text);
    s->story_of = strdup(of);
}

// What was opened, if the text says `"opener" ... at line N`.
static const char *opener_picture(struct cx *c, const char *src, size_t len, const char *path, const char *text, int but)
{
    const char *at = strstr(text, "at line ");
    int line = at ? atoi(at + 8) : 0;
    return line > 0 && line != but ? place_in(c, src, len, path, line, -1, text) : "";
}

void place_syntax_error(struct cx *c, term file, const char *src, size_t len, const struct parse_error *e)
{
    const char *text = e->description ? e->description : e->message, *path = path_text(c, file);
    bool has_picture = !e->raised && !e->suffix && !e->bare;       // Elixir's own text shows the line
    const char *at = has_picture ? "" : place_in(c, src, len, path, (int)e->line, e->column ? (long)e->column : 1, "");
    const char *opener = opener_picture(c, src, len, path, text, (int)e->line), *hint = e->hint ? cx_format(c, "    hint: %s\n", e->hint) : "";
    story_set(c, text, cx_format(c, "%s%s%s", opener, at, hint));
}

void place_hint(struct cx *c, const char *text)
{
    struct compile_state *s = compile_state(c->vm);
    if (s->quiet) return;
    free(s->hint);
    s->hint = strdup(text);
}

// More errors of the file than the one that is raised; told below it.
void place_also(struct cx *c, term file, int line, const char *text)
{
    struct compile_state *s = compile_state(c->vm);
    const char *more = cx_format(c, "%serror: %s\n  %s:%d\n%s\n", s->also ? s->also : "", text, path_text(c, file), line,
                                 place_text(c, file, line, text));
    if (s->also && strstr(s->also, cx_format(c, "error: %s\n  %s:%d\n", text, path_text(c, file), line))) return;
    free(s->also);
    s->also = strdup(more);
}

// A key that a struct does not have: the trace says where the struct was expanded.
static bool is_struct_error(struct cx *c, const struct call_result *r, const char **text, int *line, term *file)
{
    if (r->cls != AM_error || !is_map(r->reason) || map_get(c->vm, r->reason, AM__struct_) != atom_c(c, "Elixir.KeyError")) return false;
    if (!is_cons(r->trace) || !is_cons(tail(r->trace)) || !is_tuple_of(head(r->trace), 4) || !is_tuple_of(head(tail(r->trace)), 4)) return false;
    term number = meta_get(tuple_get(head(tail(r->trace)), 3), AM_line), key = map_get(c->vm, r->reason, AM_key);
    if (tuple_get(head(r->trace), 1) != AM__struct_ || number == TERM_NONE || !is_small(number) || key == TERM_NONE) return false;
    *line = (int)small_value(number);
    *text = cx_format(c, "key %s not found", inspect(c, key));
    *file = c->env->file;
    return true;
}

bool compile_error_parts(struct cx *c, const struct call_result *r, const char **text, int *line, term *file)
{
    if (is_struct_error(c, r, text, line, file)) return true;
    if (r->cls != AM_error || !is_map(r->reason) || map_get(c->vm, r->reason, AM__struct_) != atom_c(c, "Elixir.CompileError")) return false;
    term description = map_get(c->vm, r->reason, atom_c(c, "description")), number = map_get(c->vm, r->reason, AM_line);
    *file = map_get(c->vm, r->reason, AM_file);
    if (*file == TERM_NONE || !is_binary(*file) || !is_binary(description) || !is_small(number)) return false;
    size_t len;
    const char *bytes = (const char *)binary_bytes(c->h, description, &len);
    *text = cx_format(c, "%.*s", (int)len, bytes);
    *line = (int)small_value(number);
    return true;
}

// Called while the failed file's unit is still there.
void place_failure(struct cx *c)
{
    struct compile_state *s = compile_state(c->vm);
    const char *text;
    int line;
    term file;
    if (!compile_error_parts(c, &c->failure, &text, &line, &file) || !unit_of_source(c, file)) return;
    const char *at = place_text(c, file, line, text), *hint = s->hint ? cx_format(c, "    hint: %s\n", s->hint) : "";
    story_set(c, text, cx_format(c, "%s%s%s%s", at, hint, s->also ? "\n" : "", s->also ? s->also : ""));
    place_forget(c->vm);
}

void place_forget(struct vm *vm)
{
    struct compile_state *s = compile_state(vm);
    free(s->hint);
    free(s->also);
    s->hint = s->also = NULL;
}

static bool tells_of(const struct compile_state *s, const char *message, size_t len)
{
    size_t n = s->story ? strlen(s->story_of) : 0;
    return n && len && memmem(message, len, s->story_of, n);
}

NATIVE("phial_compiler", "story", 1, compiler_story,
       "What is to be told below the message of an error that ended the compilation of a file; an empty binary if nothing.")
{
    struct compile_state *s = compile_state(p->vm);
    size_t len;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    const char *message = (const char *)binary_bytes(&p->heap, arg[0], &len);
    return mk_binary_str(&p->heap, tells_of(s, message, len) ? s->story : "");
}
