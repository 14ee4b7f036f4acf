// SPDX-License-Identifier: Apache-2.0
// :re on PCRE2: compile, run, inspect. (split and replace stand in stdlib/erlang/re.ex, on run.)
//
// A compiled pattern is the term {re_pattern, Groups, Unicode, Crlf, Key}, where Key is a binary of the options followed by the
// pattern's text: it may be stored in an image, sent and compared. The machine code for a Key lives in the VM's cache
// (vm->regexes), which this file alone touches; a key that has left it is compiled again.
// Invariants: matching is bounded by MATCH_LIMIT steps and HEAP_LIMIT memory; a subject in Unicode mode is checked before it is matched.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "../native.h"
#include "re.h"

enum {
    CACHE_SETS = 64, CACHE_WAYS = 4,
    MATCH_LIMIT = 10000000,
    HEAP_LIMIT = 256 * 1024,    // KiB
    JIT_AFTER = 12,             // uses of a pattern before machine code is made for it
    KEY_HEADER = 10,
    PATTERN_MAX = 1 << 20,
    LITERALS_MAX = 64,          // places of a pattern taken literally, see compile_older_dialect
};

struct regex {
    uint8_t *key;           // owned; NULL: free slot
    size_t len;
    uint64_t used;          // cache clock of the last use
    unsigned uses;
    pcre2_code *code;
    uint32_t groups;
};

struct re_cache {
    struct regex slot[CACHE_SETS][CACHE_WAYS];
    uint64_t clock;
    pcre2_match_context *context;
    pcre2_match_data *data;         // for `pairs` groups
    uint32_t pairs;
    pcre2_jit_stack *stack;
    uint8_t *tables;                // of Latin-1, for patterns without :unicode
    char why[256];                  // text of the last syntax error, for raise_badarg
};

// ---- options

enum capture { CAPTURE_ALL, CAPTURE_ALL_BUT_FIRST, CAPTURE_ALL_NAMES, CAPTURE_FIRST, CAPTURE_NONE, CAPTURE_IDS };
enum capture_type { TYPE_INDEX, TYPE_LIST, TYPE_BIN, TYPE_BAD };

struct re_options {
    uint32_t compile;       // PCRE2 compile options
    uint8_t newline, bsr;   // PCRE2_NEWLINE_…, PCRE2_BSR_…
    bool newline_given, compile_only;   // compile_only: one was seen that a compiled pattern refuses
    uint32_t run;           // PCRE2 match options
    bool global, report;
    uint64_t offset, match_limit, depth_limit;
    enum capture capture;
    enum capture_type type;
    term ids;
};

static void key_bytes(const struct re_options *o, uint8_t *key)
{
    memcpy(key, "PHRE", 4);
    for (int i = 0; i < 4; i++) key[4 + i] = (uint8_t)(o->compile >> 8 * i);
    key[8] = o->newline;
    key[9] = o->bsr;
}
// A key may come from anywhere: that its text is UTF-8 is checked whatever it says.
static uint32_t key_options(const uint8_t *key)
{
    return (key[4] | (uint32_t)key[5] << 8 | (uint32_t)key[6] << 16 | (uint32_t)key[7] << 24) & ~PCRE2_NO_UTF_CHECK;
}

static uint32_t compile_flag(term o)
{
    switch (o) {
    case AM_unicode: return PCRE2_UTF;
    case AM_anchored: return PCRE2_ANCHORED;
    case AM_caseless: return PCRE2_CASELESS;
    case AM_dollar_endonly: return PCRE2_DOLLAR_ENDONLY;
    case AM_dotall: return PCRE2_DOTALL;
    case AM_extended: return PCRE2_EXTENDED;
    case AM_firstline: return PCRE2_FIRSTLINE;
    case AM_multiline: return PCRE2_MULTILINE;
    case AM_no_auto_capture: return PCRE2_NO_AUTO_CAPTURE;
    case AM_dupnames: return PCRE2_DUPNAMES;
    case AM_ungreedy: return PCRE2_UNGREEDY;
    case AM_no_start_optimize: return PCRE2_NO_START_OPTIMIZE;
    case AM_ucp: return PCRE2_UCP;
    case AM_never_utf: return PCRE2_NEVER_UTF;
    }
    return 0;
}

static uint8_t newline_of(term t)
{
    return t == AM_cr ? PCRE2_NEWLINE_CR : t == AM_lf ? PCRE2_NEWLINE_LF : t == AM_crlf ? PCRE2_NEWLINE_CRLF
         : t == AM_any ? PCRE2_NEWLINE_ANY : t == AM_anycrlf ? PCRE2_NEWLINE_ANYCRLF : 0;
}

static bool take_compile_option(struct re_options *o, term t)
{
    uint32_t flag = is_atom(t) ? compile_flag(t) : 0;
    if (flag) {
        o->compile |= flag;
        if (flag != PCRE2_ANCHORED) o->compile_only = true;
        return true;
    }
    if (t == AM_bsr_anycrlf || t == AM_bsr_unicode) {
        o->bsr = t == AM_bsr_anycrlf ? PCRE2_BSR_ANYCRLF : PCRE2_BSR_UNICODE;
        return o->compile_only = true;
    }
    if (!is_tuple_of(t, 2) || tuple_get(t, 0) != AM_newline) return false;
    uint8_t newline = newline_of(tuple_get(t, 1));
    if (newline) o->newline = newline, o->newline_given = true;
    return newline != 0;
}

static bool take_count(term t, uint64_t *n)
{
    if (!is_small(t) || small_value(t) < 0) return false;
    *n = (uint64_t)small_value(t);
    return true;
}

static bool take_capture(struct re_options *o, term what, term type)
{
    o->type = type == AM_index ? TYPE_INDEX : type == AM_list ? TYPE_LIST : type == AM_binary ? TYPE_BIN : TYPE_BAD;
    size_t n;
    switch (what) {
    case AM_all: o->capture = CAPTURE_ALL; return true;
    case AM_all_but_first: o->capture = CAPTURE_ALL_BUT_FIRST; return true;
    case AM_all_names: o->capture = CAPTURE_ALL_NAMES; return true;
    case AM_first: o->capture = CAPTURE_FIRST; return true;
    case AM_none: o->capture = CAPTURE_NONE; return true;
    case TERM_NIL: o->capture = CAPTURE_NONE; return true;
    }
    o->capture = CAPTURE_IDS;
    o->ids = what;
    return list_length(what, &n);
}

static bool take_run_option(struct re_options *o, term t)
{
    switch (t) {
    case AM_anchored: o->run |= PCRE2_ANCHORED; return true;
    case AM_global: return o->global = true;
    case AM_notbol: o->run |= PCRE2_NOTBOL; return true;
    case AM_noteol: o->run |= PCRE2_NOTEOL; return true;
    case AM_notempty: o->run |= PCRE2_NOTEMPTY; return true;
    case AM_notempty_atstart: o->run |= PCRE2_NOTEMPTY_ATSTART; return true;
    case AM_report_errors: return o->report = true;
    }
    if (is_tuple_of(t, 2)) {
        term value = tuple_get(t, 1);
        switch (tuple_get(t, 0)) {
        case AM_offset: return take_count(value, &o->offset);
        case AM_match_limit: return take_count(value, &o->match_limit);
        case AM_match_limit_recursion: return take_count(value, &o->depth_limit);
        case AM_capture: return take_capture(o, value, AM_index);
        }
    }
    if (is_tuple_of(t, 3) && tuple_get(t, 0) == AM_capture) return take_capture(o, tuple_get(t, 1), tuple_get(t, 2));
    return take_compile_option(o, t);
}

static bool take_options(struct re_options *o, term list, bool (*take)(struct re_options *, term))
{
    *o = (struct re_options){.newline = PCRE2_NEWLINE_LF, .bsr = PCRE2_BSR_UNICODE, .match_limit = MATCH_LIMIT, .depth_limit = MATCH_LIMIT,
                             .ids = TERM_NIL};
    for (; is_cons(list); list = tail(list))
        if (!take(o, head(list))) return false;
    return is_nil(list);
}

// ---- texts: patterns and subjects

// Bytes of iodata, or in Unicode mode of chardata. A binary is not copied; `owned` is to be freed.
struct text { const uint8_t *bytes; size_t len; uint8_t *owned; };

static bool text_of(struct process *p, term t, bool unicode, struct text *x)
{
    x->owned = NULL;
    if (is_binary(t)) {
        x->bytes = binary_bytes(&p->heap, t, &x->len);
        return true;
    }
    if (!is_list(t) || !(unicode ? chardata_bytes(t, &x->owned, &x->len) : iodata_bytes(t, &x->owned, &x->len))) return false;
    x->bytes = x->owned;
    return true;
}

// ---- syntax errors, in the words and at the places of Erlang's

static const char *error_text(int code)
{
    switch (code) {
    case 109: return "nothing to repeat";
    case 114: return "missing )";
    case 118: return "missing ) after comment";
    case 122: return "unmatched parentheses";
    case 128: return "assertion expected after (?( or (?(?C)";
    case 134: return "character value in \\x{} or \\o{} is too large";
    case 137: return "PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u";
    case 138: return "number after (?C is > 255";
    case 142: return "syntax error in subpattern name (missing terminator)";
    case 143: return "two named subpatterns have the same name";
    case 144: return "group name must start with a non-digit";
    case 147: return "unknown property name after \\P or \\p";
    case 148: return "subpattern name is too long (maximum 32 characters)";
    case 150: return "invalid range in character class";
    case 154: return "DEFINE group contains more than one branch";
    case 157: return "a numbered reference must not be zero";
    case 158: return "(?R or (?[+-]digits must be followed by )";
    case 162: return "unrecognized character after (?<";
    case 169: return "\\k is not followed by a braced, angle-bracketed, or quoted name";
    case 178: return "digits missing in \\x{} or \\o{}";
    }
    return NULL;
}

static bool word_byte(uint8_t c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The index of the parenthesis that closes the one at s[at].
static size_t closing_paren(const uint8_t *s, size_t len, size_t at)
{
    size_t depth = 0;
    for (bool set = false; at < len; at++) {
        if (s[at] == '\\') at++;
        else if (set) set = s[at] != ']';
        else if (s[at] == '[') set = true;
        else if (s[at] == '(') depth++;
        else if (s[at] == ')' && --depth == 0) return at;
    }
    return len;
}

static size_t error_place(int code, const uint8_t *s, size_t len, size_t at)
{
    if (at > len) at = len;
    switch (code) {
    case 115:
        if (at < len && at > 0 && s[at] == '(') return closing_paren(s, len, at);
        if (at < len && !(s[at] >= '0' && s[at] <= '9') && word_byte(s[at])) {
            bool condition = at >= 3 && !memcmp(s + at - 3, "(?(", 3);
            while (at < len && word_byte(s[at])) at++;
            return at + (condition && at < len);
        }
        return len;
    case 125: return closing_paren(s, len, at);
    case 128: return at + 1;
    case 137: case 143: case 147: case 150: case 151: case 157: case 169: case 171: return at ? at - 1 : 0;
    }
    return at;
}

// "(?i" and the like at the end of the pattern: what is missing is more than the parenthesis.
static bool ends_in_flags(const uint8_t *s, size_t len)
{
    while (len && word_byte(s[len - 1])) len--;
    return len >= 2 && s[len - 1] == '?' && s[len - 2] == '(';
}

struct syntax_error { char text[160]; size_t at; };

static void describe(struct syntax_error *e, int code, const uint8_t *s, size_t len, size_t at)
{
    const char *text = error_text(code);
    if (code == 114 && ends_in_flags(s, len))
        text = s[len - 1] == 'P' ? "unrecognized character after (?P" : "unrecognized character after (? or (?-";
    if (code < 0) text = "invalid UTF-8 string";
    if (text) snprintf(e->text, sizeof e->text, "%s", text);
    else pcre2_get_error_message(code, (PCRE2_UCHAR *)e->text, sizeof e->text);
    e->at = error_place(code, s, len, at);
}

// ---- the cache

static struct re_cache *cache_of(struct vm *vm)
{
    if (vm->regexes) return vm->regexes;
    struct re_cache *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->context = pcre2_match_context_create(NULL);
    if (c->context) pcre2_set_heap_limit(c->context, HEAP_LIMIT);
    return vm->regexes = c;
}

static void slot_clear(struct regex *r)
{
    free(r->key);
    pcre2_code_free(r->code);
    *r = (struct regex){0};
}

void re_cache_free(struct vm *vm)
{
    struct re_cache *c = vm->regexes;
    if (!c) return;
    for (int i = 0; i < CACHE_SETS * CACHE_WAYS; i++) slot_clear(&c->slot[0][0] + i);
    pcre2_match_data_free(c->data);
    pcre2_match_context_free(c->context);
    pcre2_jit_stack_free(c->stack);
    if (c->tables) pcre2_maketables_free(NULL, c->tables);
    free(c);
    vm->regexes = NULL;
}

// PCRE2's character tables: to lower, other case, the bitmaps of the POSIX classes, the types. Those of the C locale know
// ASCII alone; Erlang's are those of Latin-1 (white space excepted).
enum { TABLE_LOWER = 0, TABLE_FLIP = 256, TABLE_CLASSES = 512, TABLE_TYPES = TABLE_CLASSES + 320 };
enum { CLASS_UPPER = 96, CLASS_LOWER = 128, CLASS_WORD = 160, CLASS_GRAPH = 192, CLASS_PRINT = 224, CLASS_PUNCT = 256, CLASS_CNTRL = 288 };
enum { TYPE_LETTER = 0x02, TYPE_LOWER = 0x04, TYPE_WORD = 0x10 };

static void latin1(uint8_t *tables)
{
    for (int c = 0x80; c <= 0xFF; c++) {
        uint8_t *classes = tables + TABLE_CLASSES + c / 8, bit = (uint8_t)(1 << c % 8);
        bool upper = c >= 0xC0 && c <= 0xDE && c != 0xD7;
        bool lower = (c >= 0xDF && c != 0xF7) || c == 0xAA || c == 0xB5 || c == 0xBA;
        if (c < 0xA0) { classes[CLASS_CNTRL] |= bit; continue; }
        classes[CLASS_GRAPH] |= bit;
        classes[CLASS_PRINT] |= bit;
        if (upper || lower) classes[CLASS_WORD] |= bit;
        else classes[CLASS_PUNCT] |= bit;
        if (upper) classes[CLASS_UPPER] |= bit, tables[TABLE_LOWER + c] = tables[TABLE_FLIP + c] = (uint8_t)(c + 0x20);
        if (lower) classes[CLASS_LOWER] |= bit;
        if (c >= 0xE0 && c != 0xF7 && c != 0xFF) tables[TABLE_FLIP + c] = (uint8_t)(c - 0x20);
        if (upper || lower) tables[TABLE_TYPES + c] |= TYPE_LETTER | TYPE_WORD | (lower ? TYPE_LOWER : 0);
    }
}

// Rewrites what PCRE2 refuses at `at` though Erlang's PCRE takes it literally: in a set, a hyphen after a class ([\\w-.]), and \\R,
// \\X and \\B. `s` has room for one byte more; the new length, or n where nothing can be done.
static size_t take_literally(uint8_t *s, size_t n, int code, size_t at)
{
    if (code == 150 && at < n && s[at] == '-') {
        memmove(s + at + 1, s + at, n - at);
        s[at] = '\\';
        return n + 1;
    }
    if (code == 107 && at > 0 && at < n && s[at - 1] == '\\' && s[at] && strchr("RXB", s[at])) {
        memmove(s + at - 1, s + at, n - at);
        return n - 1;
    }
    return n;
}

// pcre2_compile, again and again while something can be taken literally; *at is a place in `s` as it is given.
static pcre2_code *compile_older_dialect(pcre2_compile_context *cc, const uint8_t *key, const uint8_t *s, size_t n, int *code, size_t *at)
{
    pcre2_code *re = pcre2_compile(s, n, key_options(key), code, at, cc);
    if (re || (*code != 150 && *code != 107)) return re;
    uint8_t *copy = malloc(n + LITERALS_MAX);
    if (!copy) return NULL;
    memcpy(copy, s, n);
    size_t len = n, first = *at;
    for (int i = 0; i < LITERALS_MAX && !re; i++) {
        size_t longer = take_literally(copy, len, *code, *at);
        if (longer == len) break;
        len = longer;
        re = pcre2_compile(copy, len, key_options(key), code, at, cc);
    }
    free(copy);
    *at = *code == 150 ? first : *at + n > len ? *at + n - len : 0;
    return re;
}

static pcre2_code *compile(struct re_cache *c, const uint8_t *key, size_t len, struct syntax_error *e)
{
    const uint8_t *s = key + KEY_HEADER;
    size_t n = len - KEY_HEADER, at = 0;
    int code;
    pcre2_compile_context *cc = pcre2_compile_context_create(NULL);
    if (!cc) return NULL;
    pcre2_set_newline(cc, key[8]);
    pcre2_set_bsr(cc, key[9]);
    if (!c->tables && (c->tables = (uint8_t *)pcre2_maketables(NULL))) latin1(c->tables);
    if (c->tables) pcre2_set_character_tables(cc, c->tables);
    pcre2_code *re = compile_older_dialect(cc, key, s, n, &code, &at);
    if (!re && code == 103) {   // an unknown escape stands for its letter in Erlang's dialect
        pcre2_set_compile_extra_options(cc, PCRE2_EXTRA_BAD_ESCAPE_IS_LITERAL);
        re = compile_older_dialect(cc, key, s, n, &code, &at);
    }
    pcre2_compile_context_free(cc);
    if (!re) describe(e, code, s, n, at);
    return re;
}

// The entry for a key, made if need be; NULL with *e filled: the pattern is wrong.
static struct regex *lookup(struct vm *vm, const uint8_t *key, size_t len, struct syntax_error *e)
{
    struct re_cache *c = cache_of(vm);
    snprintf(e->text, sizeof e->text, "out of memory");
    e->at = 0;
    if (!c) return NULL;
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++) hash = (hash ^ key[i]) * 16777619u;
    struct regex *set = c->slot[(hash ^ hash >> 16) % CACHE_SETS], *oldest = set;
    for (struct regex *r = set; r < set + CACHE_WAYS; r++) {
        if (r->key && r->len == len && !memcmp(r->key, key, len)) return r->used = ++c->clock, r;
        if (r->used < oldest->used) oldest = r;
    }
    pcre2_code *code = compile(c, key, len, e);
    if (!code) return NULL;
    slot_clear(oldest);
    oldest->key = malloc(len);
    if (!oldest->key) return pcre2_code_free(code), NULL;
    memcpy(oldest->key, key, len);
    oldest->len = len;
    oldest->used = ++c->clock;
    oldest->code = code;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &oldest->groups);
    return oldest;
}

// The entry for a pattern's text under options.
static struct regex *lookup_text(struct vm *vm, const struct re_options *o, const struct text *x, struct syntax_error *e)
{
    uint8_t *key = malloc(KEY_HEADER + x->len);
    *e = (struct syntax_error){"out of memory", 0};
    if (!key) return NULL;
    key_bytes(o, key);
    if (x->len) memcpy(key + KEY_HEADER, x->bytes, x->len);
    struct regex *r = lookup(vm, key, KEY_HEADER + x->len, e);
    free(key);
    return r;
}

static bool is_pattern(term t)
{
    return is_tuple_of(t, 5) && tuple_get(t, 0) == AM_re_pattern && is_binary(tuple_get(t, 4));
}

// The entry of a compiled pattern; NULL: it is none of ours.
static struct regex *lookup_pattern(struct process *p, const struct re_options *o, term pattern, struct syntax_error *e)
{
    size_t len;
    const uint8_t *key = binary_bytes(&p->heap, tuple_get(pattern, 4), &len);
    if (len < KEY_HEADER || memcmp(key, "PHRE", 4)) return NULL;
    if (!o->newline_given || o->newline == key[8]) return lookup(p->vm, key, len, e);
    uint8_t *other = malloc(len);
    if (!other) return NULL;
    memcpy(other, key, len);
    other[8] = o->newline;
    struct regex *r = lookup(p->vm, other, len, e);
    free(other);
    return r;
}

// ---- compile

static term compile_native(struct process *p, term pattern, term options)
{
    struct re_options o;
    struct text x;
    struct syntax_error e;
    struct heap *h = &p->heap;
    if (!take_options(&o, options, take_compile_option)) {
        bool good = take_options(&o, TERM_NIL, take_compile_option) && text_of(p, pattern, false, &x);
        if (good) free(x.owned);
        return good ? raise_badarg(p, 2, "invalid options") : raise_badarg(p, 1, "not an iodata term\n  * 2nd argument: invalid options");
    }
    if (!text_of(p, pattern, o.compile & PCRE2_UTF, &x)) return raise_badarg(p, 1, "not an iodata term");
    if (x.len > PATTERN_MAX) {
        free(x.owned);
        return raise_system_limit(p);
    }
    struct regex *r = lookup_text(p->vm, &o, &x, &e);
    native_charge(p, 20 + x.len);
    term result;
    if (r) {
        bool utf = o.compile & PCRE2_UTF, crlf = o.newline == PCRE2_NEWLINE_CRLF || o.newline == PCRE2_NEWLINE_ANY ||
            o.newline == PCRE2_NEWLINE_ANYCRLF;
        term parts[5] = {AM_re_pattern, make_small(r->groups), make_small(utf), make_small(crlf), mk_binary(h, r->key, r->len)};
        result = mk_tuple2(h, AM_ok, mk_tuple(h, 5, parts));
    } else {
        result = mk_tuple2(h, AM_error, mk_tuple2(h, mk_charlist(h, e.text, strlen(e.text)), make_small((int64_t)e.at)));
    }
    free(x.owned);
    return result;
}
NATIVE("re", "compile", 1, re_compile_1, "Compiles a regular expression: {ok, pattern} or {error, {text, position}}.")
{
    return compile_native(p, arg[0], TERM_NIL);
}
NATIVE("re", "compile", 2, re_compile_2, "compile/1 with options.") { return compile_native(p, arg[0], arg[1]); }

// ---- run

struct run {
    struct process *p;
    struct regex *re;
    const struct re_options *o;
    const uint8_t *s;
    size_t len;
    bool unicode;
    term subject;               // the binary that captures are cut from, or TERM_NONE
    pcre2_match_data *data;
    uint32_t newline;
};

// One match from `at`: PCRE2's result, with NOMATCH for all that says "no".
static int match_at(struct run *r, size_t at, uint32_t options)
{
    struct re_cache *c = r->p->vm->regexes;
    options |= r->o->run | (r->unicode ? PCRE2_NO_UTF_CHECK : 0);
    int rc = pcre2_match(r->re->code, r->s, r->len, at, options, r->data, c->context);
    if (rc == PCRE2_ERROR_JIT_STACKLIMIT) rc = pcre2_match(r->re->code, r->s, r->len, at, options | PCRE2_NO_JIT, r->data, c->context);
    return rc;
}

static bool is_ascii(const uint8_t *s, size_t n)
{
    while (n--)
        if (*s++ & 0x80) return false;
    return true;
}

// Group bounds [from, to) as a value of the type asked for; unset: from is PCRE2_UNSET.
static term captured(struct run *r, size_t from, size_t to)
{
    struct heap *h = &r->p->heap;
    bool set = from != PCRE2_UNSET && from <= to;
    switch (r->o->type) {
    case TYPE_INDEX: return mk_tuple2(h, make_small(set ? (int64_t)from : -1), make_small(set ? (int64_t)(to - from) : 0));
    case TYPE_BIN:
        if (!set) return mk_binary(h, "", 0);
        if (r->subject != TERM_NONE && to - from > HEAPBIN_MAX) return mk_sub_binary(h, r->subject, from * 8, (to - from) * 8);
        return mk_binary(h, r->s + from, to - from);
    case TYPE_LIST:
        if (!set) return TERM_NIL;
        if (r->unicode && !is_ascii(r->s + from, to - from)) return mk_charlist(h, (const char *)r->s + from, to - from);
        term l = TERM_NIL;
        while (to > from) l = mk_cons(h, make_small(r->s[--to]), l);
        return l;
    case TYPE_BAD: break;
    }
    return TERM_NIL;
}

static term captured_group(struct run *r, uint32_t group)
{
    if (group > r->re->groups) return captured(r, PCRE2_UNSET, 0);
    size_t *pairs = pcre2_get_ovector_pointer(r->data);
    return captured(r, pairs[2 * group], pairs[2 * group + 1]);
}

// The first set group of those with a name (several with dupnames); `n` is the name table's row if there is none set.
static term captured_name(struct run *r, const char *name, size_t len)
{
    char text[64];
    PCRE2_SPTR first, last;
    if (len >= sizeof text || memchr(name, 0, len)) return captured(r, PCRE2_UNSET, 0);
    memcpy(text, name, len);
    text[len] = 0;
    int size = pcre2_substring_nametable_scan(r->re->code, (PCRE2_SPTR)text, &first, &last);
    if (size <= 0) return captured(r, PCRE2_UNSET, 0);
    size_t *pairs = pcre2_get_ovector_pointer(r->data);
    for (PCRE2_SPTR row = first; row <= last; row += size) {
        uint32_t group = (uint32_t)row[0] << 8 | row[1];
        if (pairs[2 * group] != PCRE2_UNSET) return captured_group(r, group);
    }
    return captured(r, PCRE2_UNSET, 0);
}

// All names in order, each once; with `r` NULL the names themselves.
static term each_name(struct run *r, struct heap *h, const pcre2_code *code)
{
    uint32_t count, size;
    PCRE2_SPTR table, previous = NULL;
    pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
    struct list_builder b;
    list_begin(&b, h);
    for (uint32_t i = 0; i < count; i++) {
        PCRE2_SPTR name = table + (size_t)i * size + 2;
        size_t len = strlen((const char *)name);
        if (previous && !strcmp((const char *)previous, (const char *)name)) continue;
        list_add(&b, r ? captured_name(r, (const char *)name, len) : mk_binary(h, name, len));
        previous = name;
    }
    return list_end(&b, TERM_NIL);
}

static term captured_ids(struct run *r)
{
    struct list_builder b;
    list_begin(&b, &r->p->heap);
    for (term l = r->o->ids; is_cons(l); l = tail(l)) {
        term id = head(l);
        uint8_t *bytes;
        size_t len;
        if (is_integer(id)) {
            list_add(&b, is_small(id) && small_value(id) >= 0 && small_value(id) <= UINT16_MAX ? captured_group(r, (uint32_t)small_value(id))
                                                                                             : captured(r, PCRE2_UNSET, 0));
        } else if (is_atom(id)) {
            struct atom_text text = atom_text(r->p->vm, id);
            list_add(&b, captured_name(r, text.bytes, text.len));
        } else {
            if (!iodata_bytes(id, &bytes, &len)) return TERM_NONE;
            list_add(&b, captured_name(r, (const char *)bytes, len));
            free(bytes);
        }
    }
    return list_end(&b, TERM_NIL);
}

// What the capture option asks for of a match with `rc` groups; TERM_NONE: an id is no name.
static term captures(struct run *r, int rc)
{
    struct list_builder b;
    switch (r->o->capture) {
    case CAPTURE_IDS: return captured_ids(r);
    case CAPTURE_ALL_NAMES: return each_name(r, &r->p->heap, r->re->code);
    case CAPTURE_FIRST: return mk_cons(&r->p->heap, captured_group(r, 0), TERM_NIL);
    case CAPTURE_NONE: return TERM_NIL;
    default: break;
    }
    list_begin(&b, &r->p->heap);
    for (int i = r->o->capture == CAPTURE_ALL_BUT_FIRST; i < rc; i++) list_add(&b, captured_group(r, (uint32_t)i));
    return list_end(&b, TERM_NIL);
}

// One character after `at`, a CRLF counting as one where the newline convention knows it.
static size_t forward(const struct run *r, size_t at)
{
    bool crlf = r->newline == PCRE2_NEWLINE_CRLF || r->newline == PCRE2_NEWLINE_ANY || r->newline == PCRE2_NEWLINE_ANYCRLF;
    if (crlf && at + 1 < r->len && r->s[at] == '\r' && r->s[at + 1] == '\n') return at + 2;
    at++;
    while (r->unicode && at < r->len && (r->s[at] & 0xc0) == 0x80) at++;
    return at;
}

// What a failed match is worth: nomatch, or {error, …} where errors are reported.
static term failure(struct run *r, int rc)
{
    struct heap *h = &r->p->heap;
    if (rc != PCRE2_ERROR_NOMATCH && r->o->report) {
        if (rc == PCRE2_ERROR_MATCHLIMIT || rc == PCRE2_ERROR_HEAPLIMIT) return mk_tuple2(h, AM_error, AM_match_limit);
        if (rc == PCRE2_ERROR_DEPTHLIMIT) return mk_tuple2(h, AM_error, AM_match_limit_recursion);
    }
    return AM_nomatch;
}

// Match after match. After an empty one a match that is not empty is tried at the place the search began; if there is none,
// the search goes on one character after the empty one.
static term run_global(struct run *r)
{
    struct list_builder b;
    list_begin(&b, &r->p->heap);
    bool any = false;
    for (size_t at = r->o->offset; at <= r->len;) {
        int rc = match_at(r, at, 0);
        if (rc < 0) {
            if (rc == PCRE2_ERROR_NOMATCH || !r->o->report) break;
            return failure(r, rc);
        }
        size_t *pairs = pcre2_get_ovector_pointer(r->data), from = pairs[0], to = pairs[1];
        if (r->o->capture == CAPTURE_NONE) return AM_match;
        term one = captures(r, rc);
        if (one == TERM_NONE) return TERM_NONE;
        list_add(&b, one);
        any = true;
        native_charge(r->p, 1 + (to > at ? to - at : 0) / 100);
        if (to > from) {
            at = to > at ? to : at + 1;
            continue;
        }
        rc = match_at(r, at, PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED);
        if (rc >= 0 && pairs[1] > pairs[0]) {
            list_add(&b, captures(r, rc));
            at = pairs[1];
        } else {
            at = forward(r, from);
        }
    }
    term all = list_end(&b, TERM_NIL);
    return any ? mk_tuple2(&r->p->heap, AM_match, all) : AM_nomatch;
}

static term run_once(struct run *r)
{
    int rc = match_at(r, r->o->offset, 0);
    if (rc < 0) return failure(r, rc);
    term found = captures(r, rc);
    if (found == TERM_NONE) return found;
    uint32_t names = 1;
    if (r->o->capture == CAPTURE_ALL_NAMES) pcre2_pattern_info(r->re->code, PCRE2_INFO_NAMECOUNT, &names);
    return r->o->capture == CAPTURE_NONE || !names ? AM_match : mk_tuple2(&r->p->heap, AM_match, found);
}

static bool prepare(struct re_cache *c, struct regex *re, const struct re_options *o)
{
    if (c->pairs < re->groups + 1 || !c->data) {
        pcre2_match_data_free(c->data);
        c->pairs = re->groups + 16;
        c->data = pcre2_match_data_create(c->pairs, NULL);
    }
    if (!c->context || !c->data) return c->pairs = 0, false;
    pcre2_set_match_limit(c->context, o->match_limit < UINT32_MAX ? (uint32_t)o->match_limit : UINT32_MAX);
    pcre2_set_depth_limit(c->context, o->depth_limit < UINT32_MAX ? (uint32_t)o->depth_limit : UINT32_MAX);
    if (++re->uses == JIT_AFTER) {
        if (!c->stack && (c->stack = pcre2_jit_stack_create(32 * 1024, 1024 * 1024, NULL))) pcre2_jit_stack_assign(c->context, NULL, c->stack);
        if (c->stack) pcre2_jit_compile(re->code, PCRE2_JIT_COMPLETE);
    }
    return true;
}

static term bad_pattern(struct process *p, const struct syntax_error *e)
{
    char *why = p->vm->regexes ? p->vm->regexes->why : NULL;
    if (!why) return raise_system_limit(p);
    snprintf(why, sizeof p->vm->regexes->why, "could not parse regular expression\n%s on character %zu", e->text, e->at);
    return raise_badarg(p, 2, why);
}

// The regex entry for run's second argument; NULL: raised.
static struct regex *run_regex(struct process *p, const struct re_options *o, term pattern)
{
    struct syntax_error e = {"", 0};
    struct regex *r;
    if (is_pattern(pattern)) {
        if (o->compile_only) return raise_badarg(p, 0, NULL), NULL;
        r = lookup_pattern(p, o, pattern, &e);
        if (!r) raise_badarg(p, 2, "neither an iodata term nor a compiled regular expression");
        return r;
    }
    struct text x;
    if (!text_of(p, pattern, o->compile & PCRE2_UTF, &x))
        return raise_badarg(p, 2, "neither an iodata term nor a compiled regular expression"), NULL;
    if (x.len > PATTERN_MAX) {
        free(x.owned);
        return raise_system_limit(p), NULL;
    }
    r = lookup_text(p->vm, o, &x, &e);
    free(x.owned);
    if (!r) bad_pattern(p, &e);
    return r;
}

static term run_native(struct process *p, term subject, term pattern, term options)
{
    struct re_options o;
    struct text x;
    if (!take_options(&o, options, take_run_option)) return raise_badarg(p, 3, "invalid options");
    if (o.type == TYPE_BAD) return raise_badarg(p, 0, NULL);
    struct regex *re = run_regex(p, &o, pattern);
    if (!re) return TERM_NONE;
    struct run r = {.p = p, .re = re, .o = &o, .unicode = key_options(re->key) & PCRE2_UTF, .subject = TERM_NONE};
    uint32_t all;
    pcre2_pattern_info(re->code, PCRE2_INFO_ALLOPTIONS, &all);
    if (all & PCRE2_UTF) r.unicode = true;  // (*UTF) in the pattern
    if (!text_of(p, subject, r.unicode, &x)) return raise_badarg(p, 1, "not an iodata term");
    bool bad = (r.unicode && !utf8_valid(x.bytes, x.len)) || o.offset > x.len;
    bad = bad || (r.unicode && o.offset < x.len && (x.bytes[o.offset] & 0xc0) == 0x80);
    if (bad || !prepare(p->vm->regexes, re, &o)) {
        free(x.owned);
        return raise_badarg(p, 0, NULL);
    }
    pcre2_pattern_info(re->code, PCRE2_INFO_NEWLINE, &r.newline);
    r.s = x.bytes ? x.bytes : (const uint8_t *)"";
    r.len = x.len;
    r.data = p->vm->regexes->data;
    if (!x.owned && !(bits_of(subject).offset & 7)) r.subject = subject;
    native_charge(p, 1 + (x.len - o.offset) / 200);
    term result = o.global ? run_global(&r) : run_once(&r);
    free(x.owned);
    return result == TERM_NONE ? raise_badarg(p, 3, "invalid options") : result;
}
NATIVE("re", "run", 2, re_run_2, "Matches a subject against a pattern: {match, captures}, match or nomatch.")
{
    return run_native(p, arg[0], arg[1], TERM_NIL);
}
NATIVE("re", "run", 3, re_run_3, "run/2 with options.") { return run_native(p, arg[0], arg[1], arg[2]); }

NATIVE("re", "inspect", 2, re_inspect, "{namelist, names} of a compiled pattern.")
{
    struct re_options o;
    struct syntax_error e;
    if (!is_pattern(arg[0])) return raise_badarg(p, 1, "not a compiled regular expression");
    if (arg[1] != AM_namelist) return raise_badarg(p, 2, "not a valid item");
    take_options(&o, TERM_NIL, take_run_option);
    struct regex *re = lookup_pattern(p, &o, arg[0], &e);
    if (!re) return raise_badarg(p, 1, "not a compiled regular expression");
    return mk_tuple2(&p->heap, AM_namelist, each_name(NULL, &p->heap, re->code));
}

NATIVE("re", "version", 0, re_version, "The version of PCRE2.")
{
    char text[64] = "";
    pcre2_config(PCRE2_CONFIG_VERSION, text);
    return mk_binary_str(&p->heap, text);
}
