// SPDX-License-Identifier: Apache-2.0
// Fuzzing the front end alone: any bytes must give a quoted form or one error with a place, under every set of options.
//
// With libFuzzer:  clang -fsanitize=fuzzer,address,undefined -DPARSE_LIBFUZZER ... tests/fuzz/parse_fuzz.c + the program's objects but main
// Without:         the same without -DPARSE_LIBFUZZER and with -fsanitize=address,undefined; then
//                  parse_fuzz FILE...                 each file once
//                  parse_fuzz -m ROUNDS SEED FILE...  and ROUNDS damaged copies of each, the same ones for a seed
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../compiler/parse.h"
#include "../../vm/atom.h"
#include "../../vm/vm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct vm vm;
static term zeros[2][2];

static void prepare(void)
{
    if (vm.atoms) return;
    const double values[2] = {0.0, -0.0};
    for (int i = 0; i < 2; i++) {
        zeros[i][0] = make_header(TYPE_FLOAT, 1);
        memcpy(&zeros[i][1], &values[i], 8);
    }
    vm.float_zero = make_boxed(zeros[0]);
    vm.float_minus_zero = make_boxed(zeros[1]);
    vm.atoms = atoms_new();
}

// What must hold of every answer.
static void check(term result, const struct parse_error *e)
{
    if ((result == TERM_NONE) == (e->message != NULL) && (!e->message || (e->line > 0 && e->token && e->description))) return;
    fprintf(stderr, "parse_fuzz: an answer without a result and without a complete error\n");
    abort();
}

static void parse_with(const uint8_t *data, size_t size, const struct parse_options *opt)
{
    struct heap heap;
    struct parse_error error;
    struct parse_warnings warnings = {.count = 0};
    heap_init(&heap);
    check(parse_source(&vm, &heap, (const char *)data, size, opt, &error, &warnings), &error);
    parse_error_free(&error);
    parse_warnings_free(&warnings);
    heap_free(&heap);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    prepare();
    struct parse_options opt = parse_options_default();
    parse_with(data, size, &opt);
    opt.columns = opt.token_metadata = true;
    parse_with(data, size, &opt);
    opt.unescape = false;
    opt.literal_wrapper = AM_value;
    parse_with(data, size, &opt);
    return 0;
}

#ifndef PARSE_LIBFUZZER

static uint64_t state = 1;

static size_t random_below(size_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return n ? (size_t)(state >> 33) % n : 0;
}

static const char *const pieces[] = {
    "do", "end", "fn", "->", "(", ")", "[", "]", "{", "}", "<<", ">>", "%{", "#{", "\"", "'", "\"\"\"\n", "~s(", "\\", "\n", ";", ",", ".", "..",
    "//", "&", "@", "not in", "when", ":", "::", "a: ", "1_0", "0x", "?", "\\u{", "\\x", "\xC3\xA9", "\xE2\x80\xAE", "\xFF", "\r\n", "+", "|",
};

// Cuts, doubles, overwrites and inserts in place; answers the new size (at most `room`).
static size_t damage(uint8_t *p, size_t size, size_t room)
{
    size_t at = random_below(size + 1), n = random_below(12);
    if (n > size - at) n = size - at;
    const char *piece = pieces[random_below(sizeof pieces / sizeof *pieces)];
    size_t len = strlen(piece);
    switch (random_below(4)) {
    case 0:     // cut
        memmove(p + at, p + at + n, size - at - n);
        return size - n;
    case 1:     // double
        if (size + n > room) return size;
        memmove(p + at + n, p + at, size - at);
        return size + n;
    case 2:     // overwrite
        if (at < size) p[at] = (uint8_t)random_below(256);
        return size;
    default:    // insert
        if (size + len > room) return size;
        memmove(p + at + len, p + at, size - at);
        memcpy(p + at, piece, len);
        return size + len;
    }
}

static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(2);
    }
    fseek(f, 0, SEEK_END);
    *size = (size_t)ftell(f);
    rewind(f);
    uint8_t *bytes = malloc(*size + 1);
    if (!bytes || fread(bytes, 1, *size, f) != *size) exit(2);
    fclose(f);
    return bytes;
}

int main(int argc, char **argv)
{
    int first = 1, rounds = 0;
    if (argc > 4 && !strcmp(argv[1], "-m")) {
        rounds = atoi(argv[2]);
        state = strtoull(argv[3], NULL, 10);
        first = 4;
    }
    for (int i = first; i < argc; i++) {
        size_t size;
        uint8_t *bytes = read_file(argv[i], &size);
        LLVMFuzzerTestOneInput(bytes, size);
        for (int r = 0; r < rounds; r++) {
            size_t room = size + 200, n = size;
            uint8_t *copy = malloc(room + 1);
            if (!copy) abort();
            memcpy(copy, bytes, size);
            for (size_t k = 1 + random_below(4); k; k--) n = damage(copy, n, room);
            LLVMFuzzerTestOneInput(copy, n);
            free(copy);
        }
        free(bytes);
    }
    printf("%d files, %d rounds each\n", argc - first, rounds);
    return 0;
}

#endif
