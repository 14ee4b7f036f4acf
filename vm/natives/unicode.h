// SPDX-License-Identifier: Apache-2.0
// What vm/natives/phial_unicode.c takes from vm/natives/unicode.c.
#ifndef PHIAL_UNICODE_H
#define PHIAL_UNICODE_H

#include "term.h"

// Valid UTF-8 in the normal form nfc, nfd, nfkc or nfkd, malloc'ed. NULL: out of memory.
uint8_t *unicode_normal_form(const uint8_t *s, size_t len, term form, size_t *out_len);

#endif
