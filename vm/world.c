// SPDX-License-Identifier: Apache-2.0
// See world.h. The virtual clock starts at 0 monotonic and at a fixed date, so that a seeded run prints the same times.
#include "world.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "world_news.h"

enum { OUT_BYTES = 64 * 1024, IN_BYTES = 64 * 1024, NS_PER_REDUCTION = 10 };
static const uint64_t VIRTUAL_EPOCH = 1700000000ull * 1000000000ull;    // 2023-11-14 22:13:20 UTC

struct world {
    bool virtual_clock, seeded;
    bool terminal;                  // standard output is one: what is written shows at once
    bool output_gone;               // its reader has closed it
    uint64_t random;                // splitmix64 state when seeded
    uint64_t now;                   // virtual monotonic time
    uint64_t end;                   // it goes no further than this; UINT64_MAX: it runs
    uint64_t hurry;                 // up to this it jumps even while input is awaited
    uint64_t started;               // real monotonic time at the start
    struct news *news;
    int out_fd;                     // what `out` is meant for
    char *in;                       // standard input read ahead: in[in_pos..in_len]; no newline before in_seen
    size_t in_pos, in_seen, in_len, in_capacity;
    bool in_end;
    char *prompt;                   // malloc'ed, or NULL
    size_t prompt_len;
    size_t out_len;
    uint8_t out[OUT_BYTES];
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
    w->news = news_new();
    w->out_fd = 1;
    w->virtual_clock = virtual_clock;
    w->end = UINT64_MAX;
    w->seeded = seeded;
    w->terminal = isatty(1);
    w->random = seed;
    w->started = clock_ns(CLOCK_MONOTONIC);
    return w;
}

// One of them runs the program; programs take the number for how many things to have under way at once.
int world_processors(const struct world *w)
{
    enum { SEEDED_PROCESSORS = 4 };
    if (w->seeded) return SEEDED_PROCESSORS;
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 && n < 4096 ? (int)n : 1;
}

void world_free(struct world *w)
{
    world_flush(w);
    news_free(w->news);
    free(w->in);
    free(w->prompt);
    free(w);
}

bool world_is_virtual(const struct world *w) { return w->virtual_clock; }

uint64_t world_monotonic(struct world *w)
{
    return w->virtual_clock ? w->now : clock_ns(CLOCK_MONOTONIC) - w->started;
}

uint64_t world_cpu(struct world *w) { return w->virtual_clock ? w->now : clock_ns(CLOCK_PROCESS_CPUTIME_ID); }

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
    if (!w->virtual_clock) return;
    uint64_t ns = reductions * NS_PER_REDUCTION;
    w->now = ns < w->end - w->now ? w->now + ns : w->end;
}

void world_stop(struct world *w, uint64_t ns)
{
    w->end = ns < UINT64_MAX - 1 - w->now ? w->now + ns : UINT64_MAX - 1;
    w->hurry = w->end;
}

void world_run(struct world *w)
{
    w->end = UINT64_MAX;
    w->hurry = 0;
}

bool world_is_stopped(const struct world *w) { return w->end != UINT64_MAX; }

bool world_reaches(const struct world *w, uint64_t at) { return at != UINT64_MAX && (!w->virtual_clock || at <= w->end); }

struct news *world_news(struct world *w) { return w->news; }

void world_look(struct world *w, world_told *told, void *ctx)
{
    world_flush(w);
    news_wait(w->news, 0, told, ctx);
}

void world_idle(struct world *w, uint64_t until, world_told *told, void *ctx)
{
    bool awaits = world_awaits(w);
    if (w->virtual_clock && (awaits ? w->now < w->hurry : world_reaches(w, until))) {
        uint64_t to = until;
        if (awaits && to > w->hurry) to = w->hurry;
        if (to > w->end) to = w->end;
        if (to != UINT64_MAX && to > w->now) w->now = to;
        return;
    }
    if (!world_reaches(w, until)) until = UINT64_MAX;
    world_flush(w);
    uint64_t now = world_monotonic(w);
    if (until <= now) return;
    bool came = news_wait(w->news, until == UINT64_MAX ? UINT64_MAX : until - now, told, ctx);
    if (w->virtual_clock && !came && until != UINT64_MAX) w->now = until;
}

// ---- output

static void write_all(struct world *w, int fd, const uint8_t *bytes, size_t len)
{
    while (len) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) {
            poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
            continue;
        }
        if (n < 0 && errno == EPIPE && fd == 1) w->output_gone = true;
        if (n <= 0) return;
        bytes += n;
        len -= (size_t)n;
    }
}

void world_flush(struct world *w)
{
    write_all(w, w->out_fd, w->out, w->out_len);
    w->out_len = 0;
}

bool world_output_gone(const struct world *w) { return w->output_gone; }

void world_prompt(struct world *w, const void *bytes, size_t len)
{
    free(w->prompt);
    w->prompt = len ? malloc(len) : NULL;
    w->prompt_len = w->prompt ? len : 0;
    if (w->prompt) memcpy(w->prompt, bytes, len);
}

static bool put(struct world *w, int fd, const void *bytes, size_t len)
{
    if (fd != w->out_fd || len > OUT_BYTES - w->out_len) world_flush(w);
    if (fd == 1 && w->output_gone) return false;
    w->out_fd = fd;
    if (len > OUT_BYTES) {
        write_all(w, fd, bytes, len);
        return !(fd == 1 && w->output_gone);
    }
    memcpy(w->out + w->out_len, bytes, len);
    w->out_len += len;
    if (fd == 2 || w->terminal) world_flush(w);
    return !(fd == 1 && w->output_gone);
}

bool world_write(struct world *w, int fd, const void *bytes, size_t len)
{
    return put(w, fd, bytes, len) && (fd != 1 || !w->prompt || put(w, fd, w->prompt, w->prompt_len));
}

// ---- standard input

// Reads on. INPUT_READY: something came.
static enum input fill(struct world *w)
{
    if (w->in_end) return INPUT_END;
    struct pollfd ready = {.fd = 0, .events = POLLIN};
    if (poll(&ready, 1, 0) == 0) return INPUT_WAITS;
    if (w->in_pos) {
        memmove(w->in, w->in + w->in_pos, w->in_len - w->in_pos);
        w->in_len -= w->in_pos;
        w->in_seen -= w->in_pos;
        w->in_pos = 0;
    }
    if (w->in_capacity - w->in_len < IN_BYTES) {
        w->in_capacity = w->in_capacity * 2 > w->in_len + IN_BYTES ? w->in_capacity * 2 : w->in_len + IN_BYTES;
        if (!(w->in = realloc(w->in, w->in_capacity))) abort();
    }
    ssize_t n;
    do n = read(0, w->in + w->in_len, IN_BYTES); while (n < 0 && errno == EINTR);
    if (n < 0 && errno == EAGAIN) return INPUT_WAITS;
    w->in_end = n <= 0;
    if (n > 0) w->in_len += (size_t)n;
    return n > 0 ? INPUT_READY : INPUT_END;
}

static enum input taken(struct world *w, const char **s, size_t *len, size_t n)
{
    *s = w->in + w->in_pos;
    *len = n;
    w->in_pos += n;
    if (w->in_seen < w->in_pos) w->in_seen = w->in_pos;
    return n ? INPUT_READY : INPUT_END;
}

enum input world_input_line(struct world *w, const char **s, size_t *len)
{
    for (;;) {
        char *nl = w->in_len > w->in_seen ? memchr(w->in + w->in_seen, '\n', w->in_len - w->in_seen) : NULL;
        if (nl) return taken(w, s, len, (size_t)(nl + 1 - (w->in + w->in_pos)));
        w->in_seen = w->in_len;
        enum input more = fill(w);
        if (more == INPUT_WAITS) return more;
        if (more == INPUT_END) return taken(w, s, len, w->in_len - w->in_pos);
    }
}

void world_input_back(struct world *w, size_t n)
{
    w->in_pos -= n < w->in_pos ? n : w->in_pos;
    w->in_seen = w->in_pos;
}

enum input world_input_bytes(struct world *w, size_t want, const char **s, size_t *len)
{
    while (w->in_len - w->in_pos < want) {
        enum input more = fill(w);
        if (more == INPUT_WAITS) return more;
        if (more == INPUT_END) return taken(w, s, len, w->in_len - w->in_pos);
    }
    taken(w, s, len, want);
    return INPUT_READY;
}
