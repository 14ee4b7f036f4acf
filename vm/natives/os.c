// SPDX-License-Identifier: Apache-2.0
// :os on the environment and the process, and :phial_os.run/3, which runs another program.
//
// Invariants: environment and working directory belong to the operating system's process, so VMs in one process share them;
// run/3 waits for the program to end: its time is the caller's, and no other process runs meanwhile.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../native.h"
#include "../world.h"

extern char **environ;

// Chardata as a C string, to be freed; NULL: it is none or has a NUL.
static char *text_of(term t)
{
    uint8_t *bytes;
    size_t len;
    if ((!is_list(t) && !is_binary(t)) || !chardata_bytes(t, &bytes, &len)) return NULL;
    char *s = memchr(bytes, 0, len) ? NULL : malloc(len + 1);
    if (s) {
        memcpy(s, bytes, len);
        s[len] = 0;
    }
    free(bytes);
    return s;
}

// UTF-8 where it is, bytes where it is not.
static term charlist(struct process *p, const char *s)
{
    size_t len = strlen(s);
    if (utf8_valid((const uint8_t *)s, len)) return mk_charlist(&p->heap, s, len);
    term l = TERM_NIL;
    while (len--) l = mk_cons(&p->heap, make_small((uint8_t)s[len]), l);
    return l;
}

static bool good_name(const char *name) { return name && *name && !strchr(name, '='); }

NATIVE("os", "getenv", 0, os_getenv_0, "All environment variables, as \"NAME=value\" charlists.")
{
    struct list_builder b;
    list_begin(&b, &p->heap);
    for (char **e = environ; e && *e; e++) list_add(&b, charlist(p, *e));
    return list_end(&b, TERM_NIL);
}
static term get(struct process *p, term name_term, term absent)
{
    char *name = text_of(name_term);
    if (!name) return raise_badarg(p, 1, "not a charlist");
    const char *value = good_name(name) ? getenv(name) : NULL;
    term t = value ? charlist(p, value) : absent;
    free(name);
    return t;
}
NATIVE("os", "getenv", 1, os_getenv_1, "The value of an environment variable, or false.") { return get(p, arg[0], AM_false); }
NATIVE("os", "getenv", 2, os_getenv_2, "The value of an environment variable, or a default.") { return get(p, arg[0], arg[1]); }
NATIVE("os", "putenv", 2, os_putenv, "Sets an environment variable.")
{
    char *name = text_of(arg[0]), *value = text_of(arg[1]);
    bool good = good_name(name) && value && setenv(name, value, 1) == 0;
    bool named = good_name(name);
    free(name);
    free(value);
    return good ? AM_true : raise_badarg(p, named ? 2 : 1, "not a charlist");
}
NATIVE("os", "unsetenv", 1, os_unsetenv, "Removes an environment variable.")
{
    char *name = text_of(arg[0]);
    bool good = good_name(name) && unsetenv(name) == 0;
    free(name);
    return good ? AM_true : raise_badarg(p, 1, "not a charlist");
}
NATIVE("os", "env", 0, os_env, "All environment variables as {name, value} charlists.")
{
    struct list_builder b;
    list_begin(&b, &p->heap);
    for (char **e = environ; e && *e; e++) {
        char *eq = strchr(*e, '='), *name = eq ? strndup(*e, (size_t)(eq - *e)) : NULL;
        if (!name) continue;
        list_add(&b, mk_tuple2(&p->heap, charlist(p, name), charlist(p, eq + 1)));
        free(name);
    }
    return list_end(&b, TERM_NIL);
}
NATIVE("os", "getpid", 0, os_getpid, "The operating system's number of this process, as a charlist.")
{
    char text[24];
    return mk_charlist(&p->heap, text, (size_t)snprintf(text, sizeof text, "%ld", (long)getpid()));
}
NATIVE("os", "version", 0, os_version, "{major, minor, release} of the operating system.")
{
    struct utsname u;
    int v[3] = {0};
    if (uname(&u) == 0 && sscanf(u.release, "%d.%d.%d", v, v + 1, v + 2) < 1) v[0] = 0;
    return mk_tuple3(&p->heap, make_small(v[0]), make_small(v[1]), make_small(v[2]));
}

// ---- running a program

struct command {
    char *path, *cd;
    char **argv;        // NULL-terminated
    char **env;         // "NAME=value" to set, "NAME" to remove; NULL-terminated
    bool merge;         // stderr goes where stdout goes
};

static void strings_free(char **s)
{
    for (char **at = s; at && *at; at++) free(*at);
    free(s);
}

static void command_free(struct command *c)
{
    free(c->path);
    free(c->cd);
    strings_free(c->argv);
    strings_free(c->env);
}

static char *env_entry(term pair)
{
    if (!is_tuple_of(pair, 2)) return NULL;
    char *name = text_of(tuple_get(pair, 0)), *entry = NULL;
    term v = tuple_get(pair, 1);
    if (v == AM_nil || v == AM_false) return name;
    char *value = text_of(v);
    if (!good_name(name) || !value || asprintf(&entry, "%s=%s", name, value) < 0) entry = NULL;
    free(name);
    free(value);
    return entry;
}

// A list of terms as C strings, `spare` free places in front; NULL: an element is none.
static char **strings_of(term list, size_t spare, char *(*make)(term))
{
    size_t n;
    if (!list_length(list, &n)) return NULL;
    char **s = calloc(n + spare + 1, sizeof *s);
    if (!s) return NULL;
    for (size_t i = 0; i < spare; i++) s[i] = strdup("");
    for (char **at = s + spare; is_cons(list); list = tail(list), at++) {
        if ((*at = make(head(list)))) continue;
        strings_free(s);
        return NULL;
    }
    return s;
}

static term option(struct process *p, term map, const char *key)
{
    term v = map_get(p->vm, map, atom_from_c(p->vm, key));
    return v == TERM_NONE ? AM_nil : v;
}

static bool command_of(struct process *p, const term *arg, struct command *c)
{
    if (!is_map(arg[2])) return false;
    term cd = option(p, arg[2], "cd"), env = option(p, arg[2], "env"), arg0 = option(p, arg[2], "arg0");
    c->path = text_of(arg[0]);
    c->argv = strings_of(arg[1], 1, text_of);
    c->env = strings_of(env == AM_nil ? TERM_NIL : env, 0, env_entry);
    c->merge = option(p, arg[2], "stderr_to_stdout") == AM_true;
    if (!c->path || !c->argv || !c->env) return false;
    free(c->argv[0]);
    c->argv[0] = arg0 == AM_nil ? strdup(c->path) : text_of(arg0);
    if (cd != AM_nil && !(c->cd = text_of(cd))) return false;
    return c->argv[0] != NULL;
}

static _Noreturn void become(const struct command *c, int out, int failed)
{
    int code;
    int in = open("/dev/null", O_RDONLY);
    if (in >= 0) dup2(in, 0);
    dup2(out, 1);
    if (c->merge) dup2(out, 2);
    for (char **e = c->env; *e; e++) {
        char *eq = strchr(*e, '=');
        if (!eq) unsetenv(*e);
        else *eq = 0, setenv(*e, eq + 1, 1);
    }
    if (!c->cd || chdir(c->cd) == 0) execv(c->path, c->argv);
    code = errno;
    if (write(failed, &code, sizeof code) < 0) _exit(127);
    _exit(127);
}

// All that comes until the other end closes; malloc'ed.
static uint8_t *drain(int fd, size_t *len)
{
    size_t capacity = 4096;
    uint8_t *buf = malloc(capacity);
    for (*len = 0; buf;) {
        if (*len == capacity) {
            uint8_t *more = realloc(buf, capacity *= 2);
            if (!more) free(buf);
            buf = more;
            continue;
        }
        ssize_t n = read(fd, buf + *len, capacity - *len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        *len += (size_t)n;
    }
    return buf;
}

static term status_of(int status)
{
    return make_small(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + (WIFSIGNALED(status) ? WTERMSIG(status) : 0));
}

static term posix_error(struct process *p, int code)
{
    return mk_tuple2(&p->heap, AM_error, code == ENOENT ? AM_enoent : code == EACCES ? AM_eacces : code == ENOTDIR ? AM_enotdir : AM_einval);
}

static term run(struct process *p, const struct command *c)
{
    int out[2], failed[2], code = 0, status = 0;
    if (pipe2(out, O_CLOEXEC) < 0) return posix_error(p, errno);
    if (pipe2(failed, O_CLOEXEC) < 0) {
        close(out[0]), close(out[1]);
        return posix_error(p, EINVAL);
    }
    world_flush(p->vm->world);
    pid_t child = fork();
    if (child == 0) become(c, out[1], failed[1]);
    close(out[1]), close(failed[1]);
    if (child < 0) {
        close(out[0]), close(failed[0]);
        return posix_error(p, EINVAL);
    }
    bool started = read(failed[0], &code, sizeof code) <= 0;
    size_t len = 0;
    uint8_t *bytes = drain(out[0], &len);
    close(out[0]), close(failed[0]);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    term t = !started ? posix_error(p, code) : mk_tuple2(&p->heap, bytes ? mk_binary(&p->heap, bytes, len) : mk_binary(&p->heap, "", 0), status_of(status));
    free(bytes);
    return t;
}
NATIVE("phial_os", "run", 3, phial_os_run, "Runs a program (path, arguments, %{arg0, cd, env, stderr_to_stdout}) to its end: {output, status} or {error, reason}.")
{
    struct command c = {0};
    term t = command_of(p, arg, &c) ? run(p, &c) : mk_tuple2(&p->heap, AM_error, AM_badarg);
    command_free(&c);
    return t;
}
