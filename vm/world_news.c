// SPDX-License-Identifier: Apache-2.0
// See world.h, "news". Owns the lists of watched descriptors, children, owned descriptors and trapped signals.
//
// Invariants: a watch is told of once and is gone; every child is reaped, told of or not, so that no zombie outlasts a look; what arrives in one
// wait is told in the order in which it was asked for. Signal handlers are the operating system's process's: they only write a byte to a pipe
// that the one VM which asked for signals reads (the exception to law 1).
#define _GNU_SOURCE
#include "world_news.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "table.h"

// A VM that does not look for STUCK_SECONDS after SIGTERM is ended by the alarm. Without pidfds children are looked at every CHILD_NS.
enum { STUCK_SECONDS = 5, CHILD_NS = 5000000 };

struct watch { int fd; bool write; uint64_t who; };
struct child { pid_t pid; int fd; uint64_t who; };      // fd: its pidfd, or -1; who 0: nobody wants to know

struct news {
    struct watch *watches;
    struct child *children;
    struct pollfd *polls;
    size_t nwatches, watches_capacity, nchildren, children_capacity, polls_capacity;
    struct table owned;         // fd + 1 -> who
    int signals;                // read end of the pipe, -1: none are asked for
    unsigned trapped;           // how many signals the program waits for
};

static int signal_pipe = -1;    // write end; set once, before the first handler is

static void *room(void *items, size_t n, size_t *capacity, size_t size)
{
    if (n < *capacity) return items;
    *capacity = *capacity ? *capacity * 2 : 8;
    void *more = realloc(items, *capacity * size);
    if (!more) abort();
    return more;
}

struct news *news_new(void)
{
    struct news *n = calloc(1, sizeof *n);
    if (!n) abort();
    n->signals = -1;
    return n;
}

void news_free(struct news *n)
{
    for (size_t i = 0; i < n->nchildren; i++)
        if (n->children[i].fd >= 0) close(n->children[i].fd);
    free(n->watches);
    free(n->children);
    free(n->polls);
    table_free(&n->owned);
    free(n);
}

// ---- what is waited for

void world_watch(struct world *w, int fd, bool write, uint64_t who)
{
    struct news *n = world_news(w);
    for (size_t i = 0; i < n->nwatches; i++)
        if (n->watches[i].fd == fd && n->watches[i].write == write && n->watches[i].who == who) return;
    n->watches = room(n->watches, n->nwatches, &n->watches_capacity, sizeof *n->watches);
    n->watches[n->nwatches++] = (struct watch){fd, write, who};
}

void world_child(struct world *w, pid_t child, uint64_t who)
{
    struct news *n = world_news(w);
    n->children = room(n->children, n->nchildren, &n->children_capacity, sizeof *n->children);
    n->children[n->nchildren++] = (struct child){child, (int)syscall(SYS_pidfd_open, child, 0), who};
}

void world_own(struct world *w, int fd, uint64_t who) { table_put(&world_news(w)->owned, (uint64_t)fd + 1, who); }

uint64_t world_owner(struct world *w, int fd)
{
    uint64_t who;
    return table_get(&world_news(w)->owned, (uint64_t)fd + 1, &who) ? who : 0;
}

static void drop_watches(struct news *n, int fd, uint64_t who)
{
    size_t kept = 0;
    for (size_t i = 0; i < n->nwatches; i++)
        if (n->watches[i].fd != fd && n->watches[i].who != who) n->watches[kept++] = n->watches[i];
    n->nwatches = kept;
}

int world_close(struct world *w, int fd)
{
    drop_watches(world_news(w), fd, 0);
    table_remove(&world_news(w)->owned, (uint64_t)fd + 1, NULL);
    return close(fd);
}

void world_forget(struct world *w, uint64_t who)
{
    struct news *n = world_news(w);
    drop_watches(n, -1, who);
    for (size_t i = 0; i < n->nchildren; i++)
        if (n->children[i].who == who) n->children[i].who = 0;
    uint64_t key, owner;
    for (uint32_t at = 0; table_next(&n->owned, &at, &key, &owner);) {
        if (owner != who) continue;
        world_close(w, (int)key - 1);
        at = 0;
    }
}

bool world_awaits(struct world *w)
{
    struct news *n = world_news(w);
    for (size_t i = 0; i < n->nchildren; i++)
        if (n->children[i].who) return true;
    return n->nwatches || n->trapped;
}

// ---- signals

static void on_signal(int number)
{
    int saved = errno;
    uint8_t byte = (uint8_t)number;
    if (number == SIGTERM) alarm(STUCK_SECONDS);
    if (write(signal_pipe, &byte, 1) < 0) errno = 0;    // a full pipe: enough is known
    errno = saved;
}

static bool open_signals(struct news *n)
{
    int ends[2];
    if (n->signals >= 0) return true;
    if (signal_pipe >= 0 || pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) return false;
    n->signals = ends[0];
    signal_pipe = ends[1];
    return true;
}

bool world_signal(struct world *w, int number, bool handled)
{
    struct news *n = world_news(w);
    struct sigaction old, act = {.sa_handler = handled ? on_signal : SIG_DFL, .sa_flags = SA_RESTART};
    if (!open_signals(n) || sigaction(number, &act, &old) < 0) return false;
    return true;
}

void world_signals_awaited(struct world *w, unsigned kinds) { world_news(w)->trapped = kinds; }

static bool read_signals(struct news *n, world_told *told, void *ctx)
{
    uint8_t bytes[64];
    ssize_t got = read(n->signals, bytes, sizeof bytes);
    for (ssize_t i = 0; i < got; i++) {
        if (bytes[i] == SIGTERM) alarm(0);
        told(ctx, NEWS_SIGNAL, 0, bytes[i], 0);
    }
    return got > 0;
}

// ---- waiting

// Children whose pidfd is ready or that have none: those that have ended are reaped and told of.
static bool reap(struct news *n, world_told *told, void *ctx)
{
    bool any = false;
    size_t kept = 0;
    for (size_t i = 0; i < n->nchildren; i++) {
        struct child c = n->children[i];
        int status = 0;
        pid_t got = waitpid(c.pid, &status, WNOHANG);
        if (got == 0 || (got < 0 && errno == EINTR)) {
            n->children[kept++] = c;
            continue;
        }
        if (c.fd >= 0) close(c.fd);
        any = true;
        if (c.who) told(ctx, NEWS_CHILD, c.who, (int)c.pid, WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
    }
    n->nchildren = kept;
    return any;
}

static size_t fill_polls(struct news *n, bool *blind)
{
    size_t count = 0;
    while (n->nwatches + n->nchildren + 1 > n->polls_capacity) n->polls = room(n->polls, n->polls_capacity, &n->polls_capacity, sizeof *n->polls);
    for (size_t i = 0; i < n->nwatches; i++)
        n->polls[count++] = (struct pollfd){.fd = n->watches[i].fd, .events = n->watches[i].write ? POLLOUT : POLLIN};
    for (size_t i = 0; i < n->nchildren; i++) {
        if (n->children[i].fd < 0) *blind = true;
        n->polls[count++] = (struct pollfd){.fd = n->children[i].fd, .events = POLLIN};
    }
    n->polls[count++] = (struct pollfd){.fd = n->signals, .events = POLLIN};
    return count;
}

// Tells of the watches that are ready; polls[i] belongs to watches[i].
static bool tell_watches(struct news *n, world_told *told, void *ctx)
{
    size_t kept = 0, count = n->nwatches;
    for (size_t i = 0; i < count; i++) {
        struct watch w = n->watches[i];
        if (n->polls[i].revents) told(ctx, w.write ? NEWS_WRITABLE : NEWS_READABLE, w.who, w.fd, 0);
        else n->watches[kept++] = w;
    }
    n->nwatches = kept;
    return kept < count;
}

bool news_wait(struct news *n, uint64_t ns, world_told *told, void *ctx)
{
    bool blind = false, any;
    if (!ns && !n->nwatches && !n->nchildren && n->signals < 0) return false;
    size_t count = fill_polls(n, &blind);
    if (blind && ns > CHILD_NS) ns = CHILD_NS;
    struct timespec t = {(time_t)(ns / 1000000000ull), (long)(ns % 1000000000ull)};
    int ready = ppoll(n->polls, count, ns == UINT64_MAX ? NULL : &t, NULL);
    if (ready <= 0 && !blind) return ready < 0;
    if (ready < 0) memset(n->polls, 0, count * sizeof *n->polls);
    bool signalled = n->polls[count - 1].revents != 0;
    any = tell_watches(n, told, ctx);
    if (n->nchildren && reap(n, told, ctx)) any = true;
    if (signalled && read_signals(n, told, ctx)) any = true;
    return any || blind;
}
