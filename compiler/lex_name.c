// SPDX-License-Identifier: Apache-2.0
// Names: which code points may start and continue one, and the normal form (C) their atoms are in.
//
// Rule: letters, marks, digits and connectors by Unicode category, as UAX #31 has it, without code points that are
// not in normal form KC; names that mix scripts are left to lex_script.c. Elixir also leaves out scripts that are out of use; Phial takes those.
#include <stdlib.h>
#include <utf8proc.h>

#include "lexer.h"

uint32_t lex_code_point(const char *p, int *len)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)p, -1, &c);
    if (n <= 0) {
        *len = 1;
        return (uint8_t)*p;
    }
    *len = (int)n;
    return (uint32_t)c;
}

// Is this code point its own compatibility form?
static bool plain(uint32_t c)
{
    utf8proc_int32_t buffer[32];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, buffer, 32, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &boundary);
    if (n == 1) return buffer[0] == (utf8proc_int32_t)c;
    if (n < 1 || n > 32) return false;
    n = utf8proc_normalize_utf32(buffer, n, UTF8PROC_COMPAT | UTF8PROC_COMPOSE);
    return n == 1 && buffer[0] == (utf8proc_int32_t)c;
}

enum { CANNOT = 0, START_LOWER, START_UPPER, CONTINUE };

static int classify(uint32_t c)
{
    if (c == 0xB5) return START_LOWER;  // micro sign
    if (c == 0xB7) return CONTINUE;     // middle dot
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LT:
        return plain(c) ? START_UPPER : CANNOT;
    case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LO: case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_NL:
        return plain(c) ? START_LOWER : CANNOT;
    case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_PC:
        return plain(c) ? CONTINUE : CANNOT;
    default:
        return CANNOT;
    }
}

static bool ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool lex_name(const char *p, const char *limit, struct name *n)
{
    int len;
    *n = (struct name){.ascii = true, .class = NAME_LOWER};
    if (ascii_letter(*p)) {
        if (*p >= 'A' && *p <= 'Z') n->class = NAME_ALIAS;
        p++;
    } else {
        int kind = (uint8_t)*p < 0x80 ? CANNOT : classify(lex_code_point(p, &len));
        if (kind != START_LOWER && kind != START_UPPER) return false;
        n->class = kind == START_UPPER ? NAME_UPPER : NAME_LOWER;
        n->ascii = false;
        p += len;
    }
    for (; p < limit; p += len) {
        len = 1;
        if (ascii_letter(*p) || (*p >= '0' && *p <= '9')) continue;
        if (*p == '@') {
            n->has_at = true;
        } else if ((uint8_t)*p < 0x80 || classify(lex_code_point(p, &len)) == CANNOT) {
            break;
        } else {
            n->ascii = false;
        }
    }
    n->has_mark = p < limit && (*p == '?' || *p == '!');
    n->end = p + n->has_mark;
    return true;
}

// MICRO SIGN stands for the Greek letter.
static void fold_micro(char *text, size_t len)
{
    for (size_t i = 0; i + 1 < len; i++)
        if (!memcmp(text + i, "\xC2\xB5", 2)) memcpy(text + i, "\xCE\xBC", 2);
}

char *lex_name_normal(const char *p, size_t len, size_t *normal_len)
{
    utf8proc_uint8_t *text = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)len, &text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0) abort();
    fold_micro((char *)text, (size_t)n);
    *normal_len = (size_t)n;
    return (char *)text;
}
