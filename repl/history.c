// SPDX-License-Identifier: Apache-2.0
// See history.h. The file has a line per statement, in which a newline is \n and a backslash \\.
#define _GNU_SOURCE
#include "history.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../vm/native.h"
#include "edit.h"

// What is kept when the file is opened, and the longest statement that is.
enum { ENTRIES_MAX = 10000, FILE_MAX = 8 << 20, ENTRY_MAX = 256 << 10 };

// ---- where it is

static bool exists(const char *dir, const char *name)
{
    char *path = NULL;
    bool there = asprintf(&path, "%s/%s", dir, name) >= 0 && access(path, F_OK) == 0;
    free(path);
    return there;
}

// The folder of the project around `dir`, which is shortened to it; false: it is in none.
static bool project_of(char *dir)
{
    for (char *slash; *dir; *slash = 0) {
        if (exists(dir, "mix.exs")) return true;
        if (!(slash = strrchr(dir, '/'))) break;
    }
    return false;
}

// A path as the name of a file: its last part and a number made of the whole.
static char *name_of(const char *project)
{
    uint64_t hash = 14695981039346656037ull;
    for (const char *p = project; *p; p++) hash = (hash ^ (unsigned char)*p) * 1099511628211ull;
    const char *last = strrchr(project, '/');
    char *name = NULL;
    if (asprintf(&name, "%s-%08x", last ? last + 1 : project, (unsigned)(hash ^ hash >> 32)) < 0) return NULL;
    return name;
}

static void make_folders(const char *path)
{
    char *copy = strdup(path);
    for (char *p = copy ? strchr(copy + 1, '/') : NULL; p; p = strchr(p + 1, '/')) {
        *p = 0;
        mkdir(copy, 0700);
        *p = '/';
    }
    free(copy);
}

char *history_default_path(void)
{
    const char *given = getenv("PHIAL_HISTORY"), *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    char dir[PATH_MAX], *name, *path = NULL;
    if (given) return *given && strcmp(given, "0") != 0 && strcmp(given, "off") != 0 ? strdup(given) : NULL;
    if (!state || *state != '/') state = NULL;
    if (!state && (!home || *home != '/')) return NULL;
    name = getcwd(dir, sizeof dir) && project_of(dir) ? name_of(dir) : strdup("default");
    if (!name || asprintf(&path, "%s%s/phial/history/%s", state ? state : home, state ? "" : "/.local/state", name) < 0) path = NULL;
    free(name);
    return path;
}

// ---- reading

static void add_entry(struct history *h, const char *text, size_t n)
{
    h->entries = repl_room(h->entries, h->count + 1, &h->capacity, sizeof *h->entries);
    h->entries[h->count++] = (struct entry){repl_copy(text, n), n};
}

static void drop_oldest(struct history *h, size_t n)
{
    for (size_t i = 0; i < n; i++) free(h->entries[i].text);
    if (n) memmove(h->entries, h->entries + n, (h->count - n) * sizeof *h->entries);
    h->count -= n;
}

// A line of the file, written over by what it stands for. A line that is no text is left out.
static void add_line(struct history *h, char *line, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        if (line[i] == '\\' && i + 1 < n) line[k++] = line[++i] == 'n' ? '\n' : line[i];
        else if (line[i]) line[k++] = line[i];
    }
    if (k && utf8_valid((uint8_t *)line, k)) add_entry(h, line, k);
}

// The file's last FILE_MAX bytes; *cut: there are more.
static char *file_text(int fd, size_t *len, bool *cut)
{
    struct stat s;
    if (fstat(fd, &s) < 0 || !S_ISREG(s.st_mode)) return NULL;
    size_t want = s.st_size > FILE_MAX ? FILE_MAX : (size_t)s.st_size, capacity = 0;
    *cut = s.st_size > FILE_MAX;
    char *text = repl_room(NULL, want + 1, &capacity, 1);
    ssize_t got = pread(fd, text, want, s.st_size - (off_t)want);
    *len = got > 0 ? (size_t)got : 0;
    return text;
}

static void load(struct history *h, int fd, bool *cut)
{
    size_t len = 0;
    char *text = file_text(fd, &len, cut), *at = text, *nl;
    if (*cut && (nl = memchr(text, '\n', len))) at = nl + 1;    // the first line is not whole
    for (; at && (nl = memchr(at, '\n', (size_t)(text + len - at))); at = nl + 1) add_line(h, at, (size_t)(nl - at));
    free(text);
    if (h->count <= ENTRIES_MAX) return;
    *cut = true;
    drop_oldest(h, h->count - ENTRIES_MAX * 3 / 4);
}

// ---- writing

static char *line_of(const struct entry *e, size_t *len)
{
    size_t capacity = 0, k = 0;
    char *line = repl_room(NULL, e->len * 2 + 1, &capacity, 1);
    for (size_t i = 0; i < e->len; i++) {
        char c = e->text[i];
        if (c == '\n' || c == '\\') line[k++] = '\\';
        line[k++] = c == '\n' ? 'n' : c;
    }
    line[k++] = '\n';
    *len = k;
    return line;
}

static bool write_entry(int fd, const struct entry *e)
{
    size_t len;
    char *line = line_of(e, &len);
    ssize_t n;
    do n = write(fd, line, len); while (n < 0 && errno == EINTR);
    free(line);
    return n == (ssize_t)len;
}

// The file is too long: a shorter one takes its place, or everything stays as it is.
static void rewrite(struct history *h)
{
    char *next = NULL;
    if (asprintf(&next, "%s.%ld", h->path, (long)getpid()) < 0) return;
    int fd = open(next, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0;
    for (size_t i = 0; good && i < h->count; i++) good = write_entry(fd, &h->entries[i]);
    if (fd >= 0) good = close(fd) == 0 && good;
    if (!good || rename(next, h->path) < 0) unlink(next);
    free(next);
}

static int open_locked(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd >= 0) flock(fd, LOCK_EX | LOCK_NB);
    return fd;
}

void history_open(struct history *h, char *path)
{
    bool cut = false;
    *h = (struct history){.path = path};
    if (!path) return;
    make_folders(path);
    int fd = open_locked(path);
    if (fd < 0) return;
    load(h, fd, &cut);
    if (cut) rewrite(h);
    close(fd);
}

void history_free(struct history *h)
{
    drop_oldest(h, h->count);
    free(h->entries);
    free(h->path);
    memset(h, 0, sizeof *h);
}

static bool is_last(const struct history *h, const char *text, size_t n)
{
    const struct entry *e = h->count ? &h->entries[h->count - 1] : NULL;
    return e && e->len == n && memcmp(e->text, text, n) == 0;
}

void history_add(struct history *h, const char *text, size_t n)
{
    while (n && (text[n - 1] == '\n' || text[n - 1] == ' ')) n--;
    if (!n || n > ENTRY_MAX || is_last(h, text, n)) return;
    if (h->count >= ENTRIES_MAX) drop_oldest(h, ENTRIES_MAX / 4);
    add_entry(h, text, n);
    int fd = h->path ? open_locked(h->path) : -1;
    if (fd < 0) return;
    write_entry(fd, &h->entries[h->count - 1]);
    close(fd);
}

// ---- searching

static bool holds(const struct entry *e, const char *pattern, size_t n) { return !n || memmem(e->text, e->len, pattern, n); }

size_t history_find(const struct history *h, size_t before, const char *pattern, size_t n)
{
    for (size_t i = before < h->count ? before : h->count; i-- > 0;)
        if (holds(&h->entries[i], pattern, n)) return i;
    return SIZE_MAX;
}

size_t history_find_up(const struct history *h, size_t from, const char *pattern, size_t n)
{
    for (size_t i = from; i < h->count; i++)
        if (holds(&h->entries[i], pattern, n)) return i;
    return SIZE_MAX;
}
