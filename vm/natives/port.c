// SPDX-License-Identifier: Apache-2.0
// Other programs and descriptors that may not be ready: :phial_port.open/4 starts a program with a port before it, :phial_fd reads and writes
// without waiting. The port is a process whose pid is a port term (process.h): links, monitors, names and exit signals are a process's.
//
// Invariants: nothing here waits but for exec itself; the descriptors and the child belong to the port process (world_own, world_child): they
// are closed and reaped when it ends, however it ends.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../sched.h"
#include "../world.h"

extern char **environ;

enum { READ_MAX = 1 << 20 };

// ---- what is to be run

static bool good_name(const char *name) { return name && *name && !strchr(name, '='); }

struct command {
    char *path, *cd;
    char **argv;        // NULL-terminated
    char **env;         // "NAME=value" to set, "NAME" to remove; NULL-terminated
    bool merge;         // stderr goes where stdout goes
    bool reads, writes; // the VM reads what it writes, writes what it reads
    int first;          // the descriptor it reads from: 0 (and it writes to 1), or 3 (and 4)
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
    char *name = chardata_cstring(tuple_get(pair, 0)), *entry = NULL;
    term v = tuple_get(pair, 1);
    if (v == AM_nil || v == AM_false) return name;
    char *value = chardata_cstring(v);
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
    c->path = chardata_cstring(arg[0]);
    c->argv = strings_of(arg[1], 1, chardata_cstring);
    c->env = strings_of(env == AM_nil ? TERM_NIL : env, 0, env_entry);
    c->merge = option(p, arg[2], "stderr_to_stdout") == AM_true;
    c->reads = option(p, arg[2], "in") == AM_true;
    c->writes = option(p, arg[2], "out") == AM_true;
    c->first = option(p, arg[2], "use_stdio") == AM_true ? 0 : 3;
    if (!c->path || !c->argv || !c->env) return false;
    free(c->argv[0]);
    c->argv[0] = arg0 == AM_nil ? strdup(c->path) : chardata_cstring(arg0);
    if (cd != AM_nil && !(c->cd = chardata_cstring(cd))) return false;
    return c->argv[0] != NULL;
}

// ---- running it

struct pipes { int to[2], from[2], failed[2]; };    // [0] read end, [1] write end

static void close_all(struct pipes *f)
{
    int *fds = &f->to[0];
    for (size_t i = 0; i < sizeof *f / sizeof(int); i++)
        if (fds[i] >= 0) close(fds[i]);
}

static bool open_pipes(const struct command *c, struct pipes *f)
{
    *f = (struct pipes){{-1, -1}, {-1, -1}, {-1, -1}};
    if (pipe2(f->failed, O_CLOEXEC) == 0 && (!c->writes || pipe2(f->to, O_CLOEXEC) == 0) && (!c->reads || pipe2(f->from, O_CLOEXEC) == 0))
        return true;
    close_all(f);
    return false;
}

// The descriptors the program gets may be numbers of pipe ends: these are moved out of the way first.
static void place(const struct command *c, struct pipes *f)
{
    int in = f->to[0] >= 0 ? fcntl(f->to[0], F_DUPFD_CLOEXEC, 10) : -1, out = f->from[1] >= 0 ? fcntl(f->from[1], F_DUPFD_CLOEXEC, 10) : -1;
    int failed = fcntl(f->failed[1], F_DUPFD_CLOEXEC, 10);
    f->failed[1] = failed;
    if (in < 0 && c->first == 0) in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (in >= 0) dup2(in, c->first);
    if (out >= 0) dup2(out, c->first + 1);
    if (c->merge && out >= 0) dup2(out, 2);
}

static _Noreturn void become(const struct command *c, struct pipes *f)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    place(c, f);
    for (char **e = c->env; *e; e++) {
        char *eq = strchr(*e, '=');
        if (!eq) unsetenv(*e);
        else *eq = 0, setenv(*e, eq + 1, 1);
    }
    if (c->cd && chdir(c->cd) < 0) {
        dprintf(2, "spawn: Could not cd to %s\r\n", c->cd);
        _exit(2);
    }
    execv(c->path, c->argv);
    int code = errno;
    if (write(f->failed[1], &code, sizeof code) < 0) _exit(126);
    _exit(127);
}

// Starts the program. 0, or the reason it could not be.
static int start(struct process *p, const struct command *c, struct pipes *f, pid_t *child)
{
    int code = 0;
    if (!open_pipes(c, f)) return errno;
    world_flush(p->vm->world);
    *child = fork();
    if (*child == 0) become(c, f);
    if (*child < 0) {
        code = errno;
        close_all(f);
        return code;
    }
    close(f->failed[1]);
    ssize_t n;
    do n = read(f->failed[0], &code, sizeof code); while (n < 0 && errno == EINTR);
    close(f->failed[0]);
    f->failed[0] = f->failed[1] = -1;
    if (f->to[0] >= 0) close(f->to[0]);
    if (f->from[1] >= 0) close(f->from[1]);
    f->to[0] = f->from[1] = -1;
    if (n <= 0) return 0;
    close_all(f);
    world_child(p->vm->world, *child, 0);
    return code;
}

static term own(struct process *port, int fd)
{
    if (fd < 0) return AM_nil;
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    world_own(port->vm->world, fd, port->pid);
    return make_small(fd);
}

// The port process runs :phial_port.serve(state, read_fd, write_fd, os_pid), linked to the caller.
static struct process *spawn_port(struct process *p, term state, int in, int out, pid_t child)
{
    struct spawn_options o;
    spawn_options_init(&o);
    o.port = o.link = true;
    term args[4] = {state, in < 0 ? AM_nil : make_small(in), out < 0 ? AM_nil : make_small(out), child ? make_small(child) : AM_nil};
    struct process *port = process_spawn(p, p->vm, AM_phial_port, AM_serve, 4, args, &o);
    if (!port) return NULL;
    port->uses_world = port->trap_exit = true;
    own(port, in);
    own(port, out);
    if (child) world_child(p->vm->world, child, port->pid);
    return port;
}

static term open_port(struct process *p, const struct command *c, term state)
{
    struct pipes f;
    pid_t child = 0;
    int code = start(p, c, &f, &child);
    if (code) return posix_error(p, code);
    struct process *port = spawn_port(p, state, f.from[0], f.to[1], child);
    if (port) return port->pid;
    close_all(&f);
    world_child(p->vm->world, child, 0);
    return mk_tuple2(&p->heap, AM_error, AM_system_limit);
}
NATIVE("phial_port", "open", 4, phial_port_open,
       "A port to a program (path, arguments, map of options, state for :phial_port.serve), or {error, reason}.")
{
    struct command c = {0};
    term t = command_of(p, arg, &c) ? open_port(p, &c, arg[3]) : mk_tuple2(&p->heap, AM_error, AM_badarg);
    command_free(&c);
    return t;
}
NATIVE("phial_port", "open_fds", 3, phial_port_open_fds, "A port on two descriptors of the VM, nil for none (read, write, state).")
{
    int fds[2] = {-1, -1};
    for (int i = 0; i < 2; i++) {
        if (arg[i] == AM_nil) continue;
        int fd = is_small(arg[i]) && small_value(arg[i]) >= 0 && small_value(arg[i]) <= INT32_MAX ? (int)small_value(arg[i]) : -1;
        if (fd >= 0 && (fds[i] = fcntl(fd, F_DUPFD_CLOEXEC, 3)) >= 0) continue;
        if (fds[0] >= 0) close(fds[0]);
        return raise_badarg(p, 1, "invalid port name");
    }
    struct process *port = spawn_port(p, arg[2], fds[0], fds[1], 0);
    if (port) return port->pid;
    for (int i = 0; i < 2; i++)
        if (fds[i] >= 0) close(fds[i]);
    return raise_system_limit(p);
}

// ---- descriptors without waiting

static bool fd_of(term t, int *fd)
{
    if (!is_small(t) || small_value(t) < 0 || small_value(t) > INT32_MAX) return false;
    *fd = (int)small_value(t);
    return true;
}

static void watch(struct process *p, int fd, bool out)
{
    p->uses_world = true;
    world_watch(p->vm->world, fd, out, p->pid);
}
NATIVE("phial_fd", "watch", 1, phial_fd_watch, "{:phial_ready, fd} comes once when the descriptor can be read.")
{
    int fd;
    if (!fd_of(arg[0], &fd)) return raise_badarg(p, 1, "not a descriptor");
    watch(p, fd, false);
    return AM_ok;
}
NATIVE("phial_fd", "watch_out", 1, phial_fd_watch_out, "{:phial_ready_out, fd} comes once when the descriptor can be written.")
{
    int fd;
    if (!fd_of(arg[0], &fd)) return raise_badarg(p, 1, "not a descriptor");
    watch(p, fd, true);
    return AM_ok;
}
NATIVE("phial_fd", "read", 2, phial_fd_read, "Up to n bytes that are there: a binary, eof, wait or {error, reason}.")
{
    int fd;
    if (!fd_of(arg[0], &fd) || !is_small(arg[1]) || small_value(arg[1]) < 1) return raise_badarg(p, 1, "not a descriptor");
    size_t want = small_value(arg[1]) > READ_MAX ? READ_MAX : (size_t)small_value(arg[1]);
    uint8_t *buf = malloc(want);
    if (!buf) return raise_system_limit(p);
    ssize_t n;
    do n = read(fd, buf, want); while (n < 0 && errno == EINTR);
    term t = n > 0 ? mk_binary(&p->heap, buf, (size_t)n) : n == 0 ? AM_eof : errno == EAGAIN ? AM_wait : posix_error(p, errno);
    free(buf);
    return t;
}
NATIVE("phial_fd", "write", 2, phial_fd_write, "Writes of a binary what can be written at once: the number of bytes or {error, reason}.")
{
    int fd;
    size_t len;
    if (!fd_of(arg[0], &fd) || !is_binary(arg[1])) return raise_badarg(p, 1, "not a descriptor");
    const uint8_t *bytes = binary_bytes(&p->heap, arg[1], &len);
    ssize_t n;
    do n = write(fd, bytes, len); while (n < 0 && errno == EINTR);
    return n >= 0 ? make_small(n) : errno == EAGAIN ? make_small(0) : posix_error(p, errno);
}
NATIVE("phial_fd", "close", 1, phial_fd_close, "Closes a descriptor of the caller's.")
{
    int fd;
    if (!fd_of(arg[0], &fd) || world_owner(p->vm->world, fd) != p->pid) return raise_badarg(p, 1, "not a descriptor of the caller's");
    return world_close(p->vm->world, fd) < 0 ? posix_error(p, errno) : AM_ok;
}

// ---- signals of the operating system

static const struct { const char *name; int number; } SIGNALS[] = {
    {"sighup", SIGHUP}, {"sigquit", SIGQUIT}, {"sigabrt", SIGABRT}, {"sigalrm", SIGALRM}, {"sigterm", SIGTERM}, {"sigusr1", SIGUSR1},
    {"sigusr2", SIGUSR2}, {"sigchld", SIGCHLD}, {"sigstop", SIGSTOP}, {"sigtstp", SIGTSTP}, {"sigcont", SIGCONT}, {"sigwinch", SIGWINCH},
    {"sigint", SIGINT},
};

NATIVE("phial_signals", "handle", 2, phial_signals_handle, "Whether a signal becomes a call of :phial_signals.arrived/1 or keeps its default.")
{
    for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++)
        if (arg[0] == atom_from_c(p->vm, SIGNALS[i].name)) return mk_bool(world_signal(p->vm->world, SIGNALS[i].number, arg[1] == AM_true));
    return AM_false;
}
NATIVE("phial_signals", "name", 1, phial_signals_name, "The name of a signal by its number.")
{
    for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++)
        if (arg[0] == make_small(SIGNALS[i].number)) return atom_from_c(p->vm, SIGNALS[i].name);
    return AM_undefined;
}
NATIVE("phial_signals", "await", 1, phial_signals_await, "How many signals the program waits for: with any, waiting is no deadlock.")
{
    if (!is_small(arg[0]) || small_value(arg[0]) < 0) return raise_badarg(p, 1, "not a non-negative integer");
    world_signals_awaited(p->vm->world, (unsigned)small_value(arg[0]));
    return AM_ok;
}
