// SPDX-License-Identifier: Apache-2.0
//
// Runs damaged programs: takes a test program, breaks it in a few places, runs PROGRAM on it and looks whether that
// dies of a signal, of a sanitizer (exit status 99) or of a time-out. Exceptions and syntax errors are fine answers.
// Invariant: round N of seed S is a function of S, N and the files under tests/, so a failure can be run again.
//
//   build/mutate PROGRAM SEED ROUNDS        a case that fails is kept in build/fuzz/

#define _GNU_SOURCE
#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TEXT_LIMIT = 1 << 16, SECONDS_LIMIT = 20, SANITIZER_STATUS = 99 };

static uint64_t state;

static uint32_t random_below(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return n ? (uint32_t)((state >> 16) % n) : 0;
}

struct text {
    size_t size;
    char bytes[TEXT_LIMIT];
};

static void text_read(struct text *text, const char *path)
{
    FILE *file = fopen(path, "rb");
    text->size = file ? fread(text->bytes, 1, TEXT_LIMIT / 2, file) : 0;
    if (file) fclose(file);
}

// Replaces `cut` bytes at `at` by the `size` bytes of `piece`, as far as there is room.
static void text_splice(struct text *text, size_t at, size_t cut, const char *piece, size_t size)
{
    if (at > text->size) at = text->size;
    if (cut > text->size - at) cut = text->size - at;
    if (text->size - cut + size > TEXT_LIMIT) return;
    memmove(text->bytes + at + size, text->bytes + at + cut, text->size - at - cut);
    memcpy(text->bytes + at, piece, size);
    text->size = text->size - cut + size;
}

// What a program most likely stumbles over: brackets, block words, operators, literals at a limit, odd bytes.
static const char *const pieces[] = {
    "(",  ")",   "[",    "]",     "{",      "}",       "%{",   "<<",    ">>",   "do",     "end",    "fn",
    "->", "\n",  ";",    ",",     ".",      "..",      "|>",   "&",     "&1",   "@",      "^",      "::",
    "=>", "<-",  "\\\\", "\"",    "'",      "\"\"\"",  "~s(",  "~w/",   "#{",   "#",      ":",      "?",
    "|",  "=",   "when", "not",   "in",     "catch",   "else", "after", "nil",  "%",      "\\",     "\xff",
    "é",  "🙂",  "0x",   "1.0e",  "1.0e999", "1_",     "?\\x{", "\\u{", "\r",   "\xef\xbb\xbf", "quote do", "unquote(",
    "99999999999999999999999999", "-9223372036854775808", "1152921504606846976", "<<0::size(999999999)>>", " ", "\t",
};

static void damage(struct text *text)
{
    uint32_t at = random_below((uint32_t)text->size + 1);
    switch (random_below(5)) {
    case 0: // lose some bytes
        text_splice(text, at, 1 + random_below(12), "", 0);
        break;
    case 1: { // gain a piece
        const char *piece = pieces[random_below(sizeof pieces / sizeof *pieces)];
        text_splice(text, at, 0, piece, strlen(piece));
        break;
    }
    case 2: { // a piece in place of a byte
        const char *piece = pieces[random_below(sizeof pieces / sizeof *pieces)];
        text_splice(text, at, 1, piece, strlen(piece));
        break;
    }
    case 3: { // a stretch once more, elsewhere
        char copy[64];
        uint32_t size = 1 + random_below(sizeof copy - 1);
        if (at + size > text->size) break;
        memcpy(copy, text->bytes + at, size);
        text_splice(text, random_below((uint32_t)text->size + 1), 0, copy, size);
        break;
    }
    default: // one bit
        if (at < text->size) text->bytes[at] = (char)(text->bytes[at] ^ (1 << random_below(8)));
    }
}

static void run_child(const char *program, const char *path)
{
    int null = open("/dev/null", O_RDWR);
    if (null < 0) _exit(127);
    dup2(null, 0);
    dup2(null, 1);
    int err = open("build/fuzz/stderr", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (err >= 0) dup2(err, 2);
    setpgid(0, 0);
    execl(program, program, path, (char *)NULL);
    _exit(127);
}

// The child's wait status, or -1 when it was still running after SECONDS_LIMIT.
static int run_case(const char *program, const char *path)
{
    pid_t child = fork();
    if (child < 0) return 0;
    if (child == 0) run_child(program, path);
    int status;
    for (int tick = 0; tick < SECONDS_LIMIT * 200; tick++) {
        if (waitpid(child, &status, WNOHANG) == child) return status;
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return -1;
}

static const char *complaint(int status)
{
    if (status == -1) return "did not end";
    if (WIFSIGNALED(status)) return "died of a signal";
    if (WIFEXITED(status) && WEXITSTATUS(status) == SANITIZER_STATUS) return "upset a sanitizer";
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) return "could not be started";
    return NULL;
}

static void keep_case(const struct text *text, uint64_t seed, long round, const char *why, const char *origin)
{
    char path[128];
    snprintf(path, sizeof path, "build/fuzz/failed-%llu-%ld.exs", (unsigned long long)seed, round);
    FILE *file = fopen(path, "wb");
    if (file) {
        fwrite(text->bytes, 1, text->size, file);
        fclose(file);
    }
    printf("%s: %s (made from %s)\n", path, why, origin);
}

// A damaged program must not do to the machine what its pieces could be put together to do: leave files alone.
static int harmless(const struct text *text)
{
    static const char *const forbidden[] = {"System.cmd", ":os.cmd", "File.", ":file.", "Port.", "# cmd:", "differs:"};
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (memmem(text->bytes, text->size, forbidden[i], strlen(forbidden[i]))) return 0;
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: mutate PROGRAM SEED ROUNDS\n");
        return 2;
    }
    uint64_t seed = strtoull(argv[2], NULL, 10);
    long rounds = strtol(argv[3], NULL, 10), failed = 0, done = 0;
    glob_t files;
    if (glob("tests/*/*.exs", 0, NULL, &files) != 0 || files.gl_pathc == 0) {
        fprintf(stderr, "mutate: no tests/*/*.exs here\n");
        return 2;
    }
    glob("tests/stdlib/*/*.exs", GLOB_APPEND, NULL, &files);
    mkdir("build/fuzz", 0755);
    setenv("ASAN_OPTIONS", "detect_leaks=0:exitcode=99", 0);
    setenv("UBSAN_OPTIONS", "exitcode=99", 0);
    struct text *text = malloc(sizeof *text);
    for (long round = 1; text && round <= rounds; round++) {
        state = seed * 0x9E3779B97F4A7C15u + (uint64_t)round * 0xD1B54A32D192ED03u + 1;
        for (int i = 0; i < 8; i++) random_below(2);
        const char *origin = files.gl_pathv[random_below((uint32_t)files.gl_pathc)];
        text_read(text, origin);
        if (!harmless(text) || strstr(origin, "/bench/")) continue;
        for (uint32_t n = 1 + random_below(4); n; n--) damage(text);
        FILE *file = fopen("build/fuzz/case.exs", "wb");
        if (!file) return 2;
        fwrite(text->bytes, 1, text->size, file);
        fclose(file);
        const char *why = complaint(run_case(argv[1], "build/fuzz/case.exs"));
        done++;
        // A sleeping program that lost its timer waits for ever, and may.
        if (why && !(strcmp(why, "did not end") == 0 && memmem(text->bytes, text->size, "receive", 7)) &&
                !(strcmp(why, "did not end") == 0 && memmem(text->bytes, text->size, "sleep", 5))) {
            failed++;
            keep_case(text, seed, round, why, origin);
        }
    }
    free(text);
    globfree(&files);
    printf("%ld damaged programs, %ld failed\n", done, failed);
    return failed ? 1 : 0;
}
