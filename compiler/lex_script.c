// SPDX-License-Identifier: Apache-2.0
// Scripts of names: one that is not pure ASCII is of one script, or of a set of scripts that are written together.
//
// The property of a code point is asked of PCRE2 (script extensions). Invariant: only names with other than ASCII characters come here, so that usual
// sources pay nothing. Rule: UTS #39, "single script" or "highly restrictive".
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "lexer.h"
#include "parse_error.h"

static const char *const scripts[] = {
    "Latin", "Cyrillic", "Greek", "Han", "Hiragana", "Katakana", "Hangul", "Bopomofo", "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic",
    "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thaana",
    "Thai", "Tibetan", "Mongolian", "Cherokee", "Canadian_Aboriginal", "Yi", "Tifinagh",
};

// Written together.
static const char *const sets[] = {
    "\\p{Latin}\\p{Han}\\p{Hiragana}\\p{Katakana}", "\\p{Latin}\\p{Han}\\p{Bopomofo}", "\\p{Latin}\\p{Han}\\p{Hangul}",
};

static bool matches(const char *pattern, const char *text, size_t len)
{
    int code;
    PCRE2_SIZE at;
    pcre2_code *re = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_UTF, &code, &at, NULL);
    if (!re) return false;
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    bool found = data && pcre2_match(re, (PCRE2_SPTR)text, len, 0, 0, data, NULL) >= 0;
    pcre2_match_data_free(data);
    pcre2_code_free(re);
    return found;
}

static bool all_in(const char *members, const char *text, size_t len)
{
    char *pattern = text_format("^[%s\\p{Common}\\p{Inherited}\\x{3BC}]*$", members);     // the micro sign's normal form goes with every script
    bool found = matches(pattern, text, len);
    free(pattern);
    return found;
}

static bool in_script(const char *script, const char *text, size_t len)
{
    char *members = text_format("\\p{%s}", script);
    bool found = all_in(members, text, len);
    free(members);
    return found;
}

static bool goes_together(const char *text, size_t len)
{
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (in_script(scripts[i], text, len)) return true;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (all_in(sets[i], text, len)) return true;
    // Of scripts that are not listed.
    return matches("^[^\\p{Latin}\\p{Cyrillic}\\p{Greek}\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Hangul}\\p{Arabic}\\p{Hebrew}\\p{Armenian}]*$", text,
                   len);
}

// ---- what looks like ASCII

static const struct { const char *ascii, *alike; } lookalikes[] = {
    {"a", "αа"}, {"c", "с"}, {"e", "еҽ"}, {"f", "ք"}, {"g", "ց"}, {"h", "һհ"}, {"i", "ıιіӏ"}, {"j", "ј"}, {"l", "וןاІΙ"}, {"n", "ոռ"},
    {"o", "οσоօסهھہەഠဝჿ"}, {"p", "ρр"}, {"q", "ԛգզ"}, {"r", "г"}, {"s", "ѕ"}, {"u", "υս"}, {"v", "νט"}, {"w", "ԝա"}, {"x", "х"}, {"y", "γуүყ"},
    {"A", "ΑА"}, {"B", "ΒВ"}, {"C", "С"}, {"E", "ΕЕ"}, {"H", "ΗН"}, {"J", "Ј"}, {"K", "ΚК"}, {"M", "ΜМ"}, {"N", "Ν"}, {"O", "ΟОଠዐ〇"}, {"P", "ΡР"},
    {"S", "Ѕ"}, {"T", "ΤТ"}, {"U", "ሀ"}, {"X", "ΧХ"}, {"Y", "ΥУ"}, {"Z", "Ζ"}, {"3", "З"}, {"6", "б"}, {"b", "Ь"}, {"ae", "æӕ"}, {"oe", "œ"},
};

static const char *lookalike(const char *c, int len)
{
    for (size_t i = 0; i < sizeof lookalikes / sizeof *lookalikes; i++)
        for (const char *p = lookalikes[i].alike; *p;) {
            int n;
            lex_code_point(p, &n);
            if (n == len && !memcmp(p, c, (size_t)n)) return lookalikes[i].ascii;
            p += n;
        }
    return NULL;
}

char *lex_skeleton(const char *text, size_t len)
{
    char *out = malloc(len * 2 + 1), *at = out;
    if (!out) abort();
    for (const char *p = text, *end = text + len; p < end;) {
        int n;
        lex_code_point(p, &n);
        const char *ascii = n > 1 ? lookalike(p, n) : NULL;
        if (ascii) at = stpcpy(at, ascii);
        else memcpy(at, p, (size_t)n), at += n;
        p += n;
    }
    *at = 0;
    return out;
}

// ---- the message

static char *append(char *text, char *more)
{
    char *joined = text_format("%s%s", text, more);
    free(text);
    free(more);
    return joined;
}

static const char *script_of(const char *c, size_t len)
{
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        char *pattern = text_format("^\\p{%s}", scripts[i]);
        bool found = matches(pattern, c, len);
        free(pattern);
        if (found) return scripts[i];
    }
    return NULL;
}

static char *code_points(const char *text, size_t len)
{
    char *out = text_format("%s", "");
    for (const char *p = text; p < text + len;) {
        int n;
        uint32_t c = lex_code_point(p, &n);
        out = append(out, text_format("%s0x%05X", p == text ? "" : " ", c));
        p += n;
    }
    return out;
}

static char *script_list(const char *text, size_t len)
{
    char *out = text_format("%s", "");
    for (const char *p = text; p < text + len;) {
        int n;
        uint32_t c = lex_code_point(p, &n);
        const char *script = script_of(p, (size_t)n);
        out = append(out, script ? text_format("  \\u%04X %.*s {%s}\n", c, n, p, script) : text_format("  \\u%04X %.*s\n", c, n, p));
        p += n;
    }
    return out;
}

// The name in ASCII that the mixed one looks like, or NULL.
static char *simpler(const char *text, size_t len)
{
    char *skeleton = lex_skeleton(text, len);
    for (const char *p = skeleton; *p; p++)
        if ((uint8_t)*p >= 0x80) {
            free(skeleton);
            return NULL;
        }
    return skeleton;
}

static char *hint_text(const char *text, size_t len, const char *simple)
{
    if (!simple) return text_format("%s", "");
    char *got = code_points(text, len), *want = code_points(simple, strlen(simple));
    char *hint = text_format("Codepoint failed identifier tokenization, but a simpler form was found.\n\nGot:\n\n    \"%.*s\" (code points %s)\n\n"
                             "Hint: You could write the above in a similar way that is accepted by Elixir:\n\n    \"%s\" (code points %s)\n",
                             (int)len, text, got, simple, want);
    free(got);
    free(want);
    return hint;
}

bool lex_script_fits(struct lexer *lx, uint32_t line, uint32_t column, const char *text, size_t len)
{
    if (goes_together(text, len)) return true;
    char *list = script_list(text, len), *simple = simpler(text, len), *hint = hint_text(text, len, simple),
        *token = text_format("%.*s", (int)len, text);
    char *suffix = text_format("\n\nMixed-script identifiers are not supported for security reasons. '%s' is made of the following scripts:\n\n%s\n"
                               "All characters in the identifier should resolve to a single script, or use a highly restrictive set of scripts.\n%s\n"
                               "See https://hexdocs.pm/elixir/unicode-syntax.html for more information.", token, list, hint);
    uint32_t characters = 0;
    for (size_t i = 0; i < len; i++) characters += ((uint8_t)text[i] & 0xC0) != 0x80;
    error_set(lx->error, line, simple ? column + characters - 1 : column, "invalid mixed-script identifier found: ", suffix, token);
    free(list);
    free(simple);
    free(hint);
    free(token);
    free(suffix);
    return false;
}
