// SPDX-License-Identifier: Apache-2.0
// See world.h. The virtual clock starts at 0 monotonic and at a fixed date, so that a seeded run prints the same times.
#include "world.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum { OUT_BYTES = 64 * 1024, IN_BYTES = 64 * 1024, NS_PER_REDUCTION = 10 };
static const uint64_t VIRTUAL_EPOCH = 1700000000ull * 1000000000ull;    // 2023-11-14 22:13:20 UTC

struct world {
    bool virtual_clock, seeded;
    bool terminal;                  // standard output is one: what is written shows at once
    uint64_t random;                // splitmix64 state when seeded
    uint64_t now;                   // virtual monotonic time
    uint64_t started;               // real monotonic time at the start
    uint8_t out[OUT_BYTES];
    size_t out_len;
    int out_fd;                     // what `out` is meant for
    char in[IN_BYTES];
    size_t in_pos, in_len;
    bool in_end;
};

static uint64_t clock_ns(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

struct world *world_new(bool virtual_clock, bool seeded, uint64_t seed)
{
    struct world *w = malloc(sizeof *w);
    if (!w) abort();
    memset(w, 0, offsetof(struct world, out));
    w->out_len = w->in_pos = w->in_len = 0;
    w->in_end = false;
    w->out_fd = 1;
    w->virtual_clock = virtual_clock;
    w->seeded = seeded;
    w->terminal = isatty(1);
    w->random = seed;
    w->started = clock_ns(CLOCK_MONOTONIC);
    return w;
}

void world_free(struct world *w)
{
    world_flush(w);
    free(w);
}

bool world_is_virtual(const struct world *w) { return w->virtual_clock; }

uint64_t world_monotonic(struct world *w)
{
    return w->virtual_clock ? w->now : clock_ns(CLOCK_MONOTONIC) - w->started;
}

uint64_t world_system(struct world *w)
{
    return w->virtual_clock ? VIRTUAL_EPOCH + w->now : clock_ns(CLOCK_REALTIME);
}

uint64_t world_entropy(struct world *w)
{
    uint64_t x;
    if (!w->seeded && getrandom(&x, sizeof x, 0) == sizeof x) return x;
    x = w->random += 0x9e3779b97f4a7c15ull;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ x >> 27) * 0x94d049bb133111ebull;
    return x ^ x >> 31;
}

void world_charge(struct world *w, uint64_t reductions)
{
    if (w->virtual_clock) w->now += reductions * NS_PER_REDUCTION;
}

void world_idle(struct world *w, uint64_t until)
{
    if (w->virtual_clock) {
        if (until != UINT64_MAX && until > w->now) w->now = until;
        return;
    }
    world_flush(w);
    uint64_t now = world_monotonic(w);
    if (until <= now) return;
    uint64_t ns = until - now;
    struct timespec t = {(time_t)(ns / 1000000000ull), (long)(ns % 1000000000ull)};
    nanosleep(&t, NULL);
}

static void write_all(int fd, const uint8_t *bytes, size_t len)
{
    while (len) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return;     // a closed pipe: the reader is gone, nobody to tell
        bytes += n;
        len -= (size_t)n;
    }
}

void world_flush(struct world *w)
{
    write_all(w->out_fd, w->out, w->out_len);
    w->out_len = 0;
}

void world_write(struct world *w, int fd, const void *bytes, size_t len)
{
    if (fd != w->out_fd || len > OUT_BYTES - w->out_len) world_flush(w);
    w->out_fd = fd;
    if (len > OUT_BYTES) {
        write_all(fd, bytes, len);
        return;
    }
    memcpy(w->out + w->out_len, bytes, len);
    w->out_len += len;
    if (fd == 2 || w->terminal) world_flush(w);
}

static bool fill(struct world *w)
{
    if (w->in_end) return false;
    world_flush(w);
    ssize_t n;
    do n = read(0, w->in, IN_BYTES); while (n < 0 && errno == EINTR);
    if (n <= 0) {
        w->in_end = true;
        return false;
    }
    w->in_pos = 0;
    w->in_len = (size_t)n;
    return true;
}

char *world_read_line(struct world *w, size_t *len)
{
    char *line = NULL;
    size_t size = 0;
    for (;;) {
        if (w->in_pos == w->in_len && !fill(w)) break;
        char *from = w->in + w->in_pos, *nl = memchr(from, '\n', w->in_len - w->in_pos);
        size_t n = nl ? (size_t)(nl - from) + 1 : w->in_len - w->in_pos;
        char *more = realloc(line, size + n);
        if (!more) abort();
        line = more;
        memcpy(line + size, from, n);
        size += n;
        w->in_pos += n;
        if (nl) break;
    }
    *len = size;
    return line;
}

size_t world_read(struct world *w, char *buf, size_t len)
{
    if (w->in_pos == w->in_len && !fill(w)) return 0;
    size_t n = w->in_len - w->in_pos;
    if (n > len) n = len;
    memcpy(buf, w->in + w->in_pos, n);
    w->in_pos += n;
    return n;
}
