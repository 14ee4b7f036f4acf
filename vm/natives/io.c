// SPDX-License-Identifier: Apache-2.0
// :phial_io: the standard streams as the process :user and IO's short cut use them; all through the world (law 3).
#include <stdlib.h>
#include <unistd.h>

#include "../sched.h"
#include "../world.h"
#include "../../repl/editor.h"

static int device_fd(term device)
{
    return device == AM_stdio || device == AM_standard_io ? 1 : device == AM_stderr || device == AM_standard_error ? 2 : 0;
}

// While a line is edited, what is written goes above it.
static bool put(struct vm *vm, int fd, const void *bytes, size_t len)
{
    return vm->editor ? editor_write(vm, fd, bytes, len) : world_write(vm->world, fd, bytes, len);
}

static term written(struct process *p, bool there) { return there ? AM_ok : mk_tuple2(&p->heap, AM_error, AM_terminated); }

NATIVE("phial_io", "logs_pending", 1, phial_io_logs_pending, "Adds to the number of log events that are not written yet, and tells it.")
{
    if (!is_small(arg[0])) return raise_badarg(p, 1, "not an integer");
    int64_t n = (int64_t)p->vm->logs_pending + small_value(arg[0]);
    p->vm->logs_pending = n < 0 ? 0 : (unsigned)n;
    return make_small(p->vm->logs_pending);
}

// What is written goes before what was logged just before; then the logger has its turn.
enum { WHOLE_TURN = 4000 };
NATIVE("phial_io", "put_chars", 2, phial_io_put_chars, "Writes chardata to stdio or stderr.")
{
    int fd = device_fd(arg[0]);
    uint8_t *bytes;
    size_t len;
    if (!fd) return raise_badarg(p, 1, "not a device");
    if (p->vm->logs_pending) native_charge(p, WHOLE_TURN);
    if (is_binary(arg[1])) {
        const uint8_t *whole = binary_bytes(&p->heap, arg[1], &len);
        return written(p, put(p->vm, fd, whole, len));
    }
    if (!chardata_bytes(arg[1], &bytes, &len)) return raise_badarg(p, 2, "not valid character data (an iodata term)");
    bool there = put(p->vm, fd, bytes, len);
    free(bytes);
    return written(p, there);
}
// What was read, eof, or `wait`: then {:phial_ready, 0} will come to the caller.
static term input(struct process *p, enum input how, const char *s, size_t len)
{
    if (how == INPUT_READY) return mk_binary(&p->heap, s, len);
    if (how == INPUT_END) return AM_eof;
    p->uses_world = true;
    world_watch(p->vm->world, 0, false, p->pid);
    return AM_wait;
}
NATIVE("phial_io", "get_line", 0, phial_io_get_line, "A line of standard input with its newline, eof, or wait.")
{
    size_t len = 0;
    const char *s = NULL;
    enum input how = world_input_line(p->vm->world, &s, &len);
    return input(p, how, s, len);
}
NATIVE("phial_io", "get_chars", 1, phial_io_get_chars, "n bytes of standard input, fewer at its end, eof, or wait; `all`: what is left of it.")
{
    size_t len = 0;
    const char *s = NULL;
    if (arg[0] != AM_all && (!is_small(arg[0]) || small_value(arg[0]) < 0)) return raise_badarg(p, 1, "not a non-negative integer");
    enum input how = world_input_bytes(p->vm->world, arg[0] == AM_all ? SIZE_MAX : (size_t)small_value(arg[0]), &s, &len);
    return input(p, how, s, len);
}
NATIVE("phial_io", "back", 1, phial_io_back, "Gives the last n bytes of what was just read back.")
{
    if (!is_small(arg[0]) || small_value(arg[0]) < 0) return raise_badarg(p, 1, "not a number of bytes");
    world_input_back(p->vm->world, (size_t)small_value(arg[0]));
    return AM_ok;
}
NATIVE("phial_io", "prompt", 1, phial_io_prompt, "The prompt a reader waits behind, to follow what others write; empty: none waits.")
{
    size_t len;
    if (!is_binary(arg[0])) return raise_badarg(p, 1, "not a binary");
    const uint8_t *bytes = binary_bytes(&p->heap, arg[0], &len);
    world_prompt(p->vm->world, bytes, len);
    return AM_ok;
}
NATIVE("phial_io", "gone?", 0, phial_io_gone, "Whether the reader of standard output has closed it.")
{
    return mk_bool(world_output_gone(p->vm->world));
}
NATIVE("phial_io", "user_leader?", 1, phial_io_user_leader, "Whether the pid is the VM's own user, whoever has that name now.")
{
    struct process *user = is_pid(arg[0]) ? process_find(p->vm, arg[0]) : NULL;
    return mk_bool(user && is_tuple_of(user->initial_call, 3) && tuple_get(user->initial_call, 0) == AM_phial_user);
}
NATIVE("phial_io", "tty?", 1, phial_io_tty, "Whether a device (stdin, stdio, stderr) is a terminal.")
{
    return mk_bool(isatty(arg[0] == AM_stdin ? 0 : device_fd(arg[0])));
}
NATIVE("phial_io", "flush", 0, phial_io_flush, "Writes out what is buffered.")
{
    world_flush(p->vm->world);
    return AM_ok;
}
