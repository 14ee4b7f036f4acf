// SPDX-License-Identifier: Apache-2.0
// :phial_io: the standard streams as the process :user and IO's short cut use them; all through the world (law 3).
#include <stdlib.h>
#include <unistd.h>

#include "../sched.h"
#include "../world.h"

static int device_fd(term device) { return device == AM_stdio || device == AM_standard_io ? 1 : device == AM_stderr || device == AM_standard_error ? 2 : 0; }

NATIVE("phial_io", "put_chars", 2, phial_io_put_chars, "Writes chardata to stdio or stderr.")
{
    int fd = device_fd(arg[0]);
    uint8_t *bytes;
    size_t len;
    if (!fd) return raise_badarg(p, 1, "not a device");
    if (is_binary(arg[1])) {
        const uint8_t *whole = binary_bytes(&p->heap, arg[1], &len);
        world_write(p->vm->world, fd, whole, len);
        return AM_ok;
    }
    if (!chardata_bytes(arg[1], &bytes, &len)) return raise_badarg(p, 2, "not valid character data (an iodata term)");
    world_write(p->vm->world, fd, bytes, len);
    free(bytes);
    return AM_ok;
}
NATIVE("phial_io", "get_line", 0, phial_io_get_line, "A line of standard input with its newline, or eof.")
{
    size_t len;
    char *line = world_read_line(p->vm->world, &len);
    if (!line) return AM_eof;
    term t = mk_binary(&p->heap, line, len);
    free(line);
    return t;
}
NATIVE("phial_io", "get_chars", 1, phial_io_get_chars, "Up to n bytes of standard input, or eof.")
{
    if (!is_small(arg[0]) || small_value(arg[0]) < 0) return raise_badarg(p, 1, "not a non-negative integer");
    size_t want = (size_t)small_value(arg[0]), got = 0;
    char *buf = malloc(want + 1);
    if (!buf) return raise_system_limit(p);
    while (got < want) {
        size_t n = world_read(p->vm->world, buf + got, want - got);
        if (!n) break;
        got += n;
    }
    term t = got || !want ? mk_binary(&p->heap, buf, got) : AM_eof;
    free(buf);
    return t;
}
NATIVE("phial_io", "read_all", 0, phial_io_read_all, "All that is left of standard input.")
{
    size_t len = 0, capacity = 65536, n;
    char *buf = malloc(capacity);
    while (buf && (n = world_read(p->vm->world, buf + len, capacity - len)) > 0) {
        len += n;
        if (len == capacity) buf = realloc(buf, capacity *= 2);
    }
    if (!buf) return raise_system_limit(p);
    term t = mk_binary(&p->heap, buf, len);
    free(buf);
    return t;
}
NATIVE("phial_io", "user_leader?", 1, phial_io_user_leader, "Whether the pid is the process registered as user.") { return mk_bool(arg[0] == process_whereis(p->vm, AM_user)); }
NATIVE("phial_io", "tty?", 1, phial_io_tty, "Whether a device (stdin, stdio, stderr) is a terminal.") { return mk_bool(isatty(arg[0] == AM_stdin ? 0 : device_fd(arg[0]))); }
NATIVE("phial_io", "flush", 0, phial_io_flush, "Writes out what is buffered.")
{
    world_flush(p->vm->world);
    return AM_ok;
}
