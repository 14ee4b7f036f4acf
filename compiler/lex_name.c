// SPDX-License-Identifier: Apache-2.0
// Names: which code points may start and continue one, and the normal form they must be in.
//
// Rule: letters, marks, digits and connectors by Unicode category, as UAX #31 has it, without code points that are
// not in normal form KC (their plain counterparts are the names Elixir accepts).
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
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, buffer, 32, UTF8PROC_COMPAT, &boundary);
    if (n == 1) return buffer[0] == (utf8proc_int32_t)c;
    n = utf8proc_decompose_char((utf8proc_int32_t)c, buffer, 32, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &boundary);
    if (n < 1 || n > 32) return false;
    n = utf8proc_normalize_utf32(buffer, n, UTF8PROC_COMPAT | UTF8PROC_COMPOSE);
    return n == 1 && buffer[0] == (utf8proc_int32_t)c;
}

enum { CANNOT = 0, START_LOWER, START_UPPER, CONTINUE };

static int classify(uint32_t c)
{
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

const char *lex_name_not_nfc(const char *p, const char *end, char **nfc)
{
    utf8proc_uint8_t *text = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)p, end - p, &text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n == end - p && !memcmp(text, p, (size_t)n)) {
        free(text);
        return NULL;
    }
    *nfc = (char *)text;
    return p;
}
