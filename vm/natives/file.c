// SPDX-License-Identifier: Apache-2.0
// :phial_file: POSIX files for stdlib/erlang/file.ex. Names are binaries, charlists or atoms, contents iodata, open files descriptors.
//
// Invariants: a result is ok, {ok, value}, eof or {error, posix atom}, never a raise; names with NUL are {error, badarg}; an
// operation is finished when the native returns, or it is `wait`: a pipe or device is not ready, and {:phial_ready, fd} or {:phial_ready_out, fd}
// will come to the caller (:phial_slow_file waits for it). Descriptors 0 to 2 are not reachable from here; lists of names are sorted (law 3).
// The working directory belongs to the operating system's process: VMs in one process share it.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "../native.h"
#include "../world.h"

enum { READ_CHUNK = 65536, READ_MAX = 1 << 30 };

// ---- results

static term error_atom(struct process *p, term reason) { return mk_tuple2(&p->heap, AM_error, reason); }
static term error_last(struct process *p) { return posix_error(p, errno); }
static term done(struct process *p, int result) { return result < 0 ? error_last(p) : AM_ok; }
static term ok(struct process *p, term value) { return mk_tuple2(&p->heap, AM_ok, value); }

// ---- arguments

// The file name as a C string, to be freed; NULL: it is none.
static char *name_of(struct process *p, term t)
{
    uint8_t *bytes = NULL;
    size_t len;
    if (is_atom(t)) {
        struct atom_text text = atom_text(p->vm, t);
        len = text.len;
        bytes = (uint8_t *)strndup(text.bytes, len);
    } else if (is_binary(t)) {
        const uint8_t *s = binary_bytes(&p->heap, t, &len);
        bytes = malloc(len + 1);
        if (bytes) memcpy(bytes, s, len);
    } else if (!is_list(t) || !chardata_bytes(t, &bytes, &len)) {
        return NULL;
    } else {
        uint8_t *more = realloc(bytes, len + 1);
        if (!more) free(bytes);
        bytes = more;
    }
    if (!bytes) return NULL;
    if (memchr(bytes, 0, len)) {
        free(bytes);
        return NULL;
    }
    bytes[len] = 0;
    return (char *)bytes;
}

// The open file behind a descriptor; a closed one is none, though the system may have given its number to another.
static bool fd_of(struct process *p, term t, int *fd)
{
    if (!is_small(t) || small_value(t) <= 2 || small_value(t) > INT32_MAX) return false;
    *fd = (int)small_value(t);
    return world_owner(p->vm->world, *fd) != 0;
}

static bool has_mode(term modes, term mode)
{
    for (; is_cons(modes); modes = tail(modes))
        if (head(modes) == mode) return true;
    return false;
}

// Returns RESULT, in which `name` is the file name as a C string; {error, badarg} if T is none.
#define RETURN_WITH_NAME(T, RESULT)                                          \
    char *name = name_of(p, T);                                       \
    if (!name) return error_atom(p, AM_badarg);                       \
    term result = (RESULT);                                           \
    free(name);                                                       \
    return result

// ---- whole files

static bool write_all(int fd, const uint8_t *s, size_t len)
{
    while (len) {
        ssize_t n = write(fd, s, len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        s += n;
        len -= (size_t)n;
    }
    return true;
}

// Up to `limit` bytes from fd; the malloc'ed buffer grows as the file shows itself.
static term read_bytes(struct process *p, int fd, size_t limit, size_t hint, bool empty_is_eof)
{
    size_t capacity = hint < READ_CHUNK ? READ_CHUNK : hint, len = 0;
    if (capacity > limit) capacity = limit;
    uint8_t *buf = malloc(capacity + 1);
    while (buf && len < limit) {
        if (len == capacity) {
            capacity = capacity * 2 > limit ? limit : capacity * 2;
            uint8_t *more = realloc(buf, capacity + 1);
            if (!more) free(buf);
            buf = more;
            continue;
        }
        ssize_t n = read(fd, buf + len, capacity - len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            term t = error_last(p);
            free(buf);
            return t;
        }
        if (n == 0) break;
        len += (size_t)n;
    }
    if (!buf) return error_atom(p, AM_enomem);
    native_charge(p, len / 1000);
    term t = empty_is_eof && !len && limit ? AM_eof : ok(p, mk_binary(&p->heap, buf, len));
    free(buf);
    return t;
}

// Pipes, terminals, sockets: reading or writing them may have to wait.
static bool is_slow(const struct stat *st) { return S_ISFIFO(st->st_mode) || S_ISCHR(st->st_mode) || S_ISSOCK(st->st_mode); }

static term read_named(struct process *p, const char *name)
{
    struct stat st;
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return error_last(p);
    term t = fstat(fd, &st) < 0 ? error_last(p) : S_ISDIR(st.st_mode) ? error_atom(p, AM_eisdir) : is_slow(&st) ? AM_wait
           : st.st_size > READ_MAX ? error_atom(p, AM_enomem) : read_bytes(p, fd, READ_MAX, S_ISREG(st.st_mode) ? (size_t)st.st_size + 1 : 0, false);
    close(fd);
    return t;
}
NATIVE("phial_file", "read_file", 1, phial_file_read_file, "{ok, contents} of a file.") { RETURN_WITH_NAME(arg[0], read_named(p, name)); }

static int open_flags(term modes)
{
    bool append = has_mode(modes, AM_append), exclusive = has_mode(modes, AM_exclusive);
    bool writes = append || exclusive || has_mode(modes, AM_write), reads = has_mode(modes, AM_read);
    int flags = !writes ? O_RDONLY : reads ? O_RDWR : O_WRONLY;
    if (writes) flags |= O_CREAT;
    if (append) flags |= O_APPEND;
    else if (writes && !reads && !exclusive) flags |= O_TRUNC;
    if (exclusive) flags |= O_EXCL;
    if (has_mode(modes, AM_sync)) flags |= O_SYNC;
    return flags | O_CLOEXEC;
}

static term write_named(struct process *p, const char *name, const uint8_t *bytes, size_t len, term modes)
{
    struct stat st;
    if (stat(name, &st) == 0 && is_slow(&st)) return AM_wait;
    int flags = open_flags(modes);
    if ((flags & O_ACCMODE) == O_RDONLY) flags |= O_WRONLY | O_CREAT | O_TRUNC;
    int fd = open(name, flags, 0666);
    if (fd < 0) return error_last(p);
    term t = write_all(fd, bytes, len) ? AM_ok : error_last(p);
    if (close(fd) < 0 && t == AM_ok) t = error_last(p);
    native_charge(p, len / 1000);
    return t;
}
NATIVE("phial_file", "write_file", 3, phial_file_write_file, "Writes iodata as a file's contents; modes: append, exclusive, read, sync.")
{
    uint8_t *bytes;
    size_t len;
    char *name = name_of(p, arg[0]);
    if (!name || !iodata_bytes(arg[1], &bytes, &len)) {
        free(name);
        return error_atom(p, AM_badarg);
    }
    term t = write_named(p, name, bytes, len, arg[2]);
    free(bytes);
    free(name);
    return t;
}

// ---- open files

static term open_named(struct process *p, const char *name, term modes)
{
    struct stat st;
    bool directory = has_mode(modes, AM_directory);
    int fd = open(name, open_flags(modes) | O_NONBLOCK, 0666);
    if (fd < 0 && errno == ENXIO && stat(name, &st) == 0 && S_ISFIFO(st.st_mode)) return AM_wait;   // nobody reads it yet
    if (fd < 0) return error_last(p);
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode) == directory) {
        if (!is_slow(&st)) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
        p->uses_world = true;
        world_own(p->vm->world, fd, p->pid);
        return ok(p, make_small(fd));
    }
    close(fd);
    return error_atom(p, directory ? AM_enotdir : AM_eisdir);
}
NATIVE("phial_file", "open", 2, phial_file_open, "{ok, descriptor}; modes: read, write, append, exclusive, sync, directory.")
{
    RETURN_WITH_NAME(arg[0], open_named(p, name, arg[1]));
}
NATIVE("phial_file", "close", 1, phial_file_close, "Closes a descriptor.")
{
    int fd;
    if (!fd_of(p, arg[0], &fd)) return error_atom(p, AM_einval);
    return done(p, world_close(p->vm->world, fd));
}
static term watched(struct process *p, int fd, bool write)
{
    p->uses_world = true;
    world_watch(p->vm->world, fd, write, p->pid);
    return AM_wait;
}

// What is there, up to `limit` bytes. A pipe nobody has opened for writing yet is not at its end: poll knows.
static term read_slow(struct process *p, int fd, size_t limit)
{
    if (limit > READ_CHUNK) limit = READ_CHUNK;
    uint8_t buf[READ_CHUNK];
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    if (poll(&ready, 1, 0) == 0) return watched(p, fd, false);
    ssize_t n;
    do n = read(fd, buf, limit); while (n < 0 && errno == EINTR);
    if (n < 0 && errno == EAGAIN) return watched(p, fd, false);
    if (n > 0) native_charge(p, (size_t)n / 16);
    return n < 0 ? error_last(p) : n == 0 && limit ? AM_eof : ok(p, mk_binary(&p->heap, buf, (size_t)n));
}
NATIVE("phial_file", "read", 2, phial_file_read, "{ok, bytes} of up to n bytes, or eof.")
{
    int fd;
    if (!fd_of(p, arg[0], &fd) || !is_small(arg[1]) || small_value(arg[1]) < 0 || small_value(arg[1]) > READ_MAX) return error_atom(p, AM_einval);
    struct stat st;
    if (fstat(fd, &st) == 0 && is_slow(&st)) return read_slow(p, fd, (size_t)small_value(arg[1]));
    return read_bytes(p, fd, (size_t)small_value(arg[1]), 0, true);
}
// Writes what can be: ok, or {wait, rest}.
static term write_some(struct process *p, int fd, const uint8_t *bytes, size_t len)
{
    while (len) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return mk_tuple2(&p->heap, watched(p, fd, true), mk_binary(&p->heap, bytes, len));
        if (n < 0) return error_last(p);
        bytes += n;
        len -= (size_t)n;
    }
    return AM_ok;
}
NATIVE("phial_file", "write", 2, phial_file_write, "Writes iodata: ok, or {wait, what is left} for a pipe that is full.")
{
    int fd;
    uint8_t *bytes;
    size_t len;
    if (!fd_of(p, arg[0], &fd) || !iodata_bytes(arg[1], &bytes, &len)) return error_atom(p, AM_einval);
    term t = write_some(p, fd, bytes, len);
    free(bytes);
    native_charge(p, len / 1000);
    return t;
}
NATIVE("phial_file", "pread", 3, phial_file_pread, "{ok, bytes} of up to n bytes at a position, or eof.")
{
    int fd;
    if (!fd_of(p, arg[0], &fd) || !is_small(arg[1]) || small_value(arg[1]) < 0 || !is_small(arg[2]) || small_value(arg[2]) < 0 ||
        small_value(arg[2]) > READ_MAX)
        return error_atom(p, AM_einval);
    size_t want = (size_t)small_value(arg[2]);
    uint8_t *buf = malloc(want + 1);
    if (!buf) return error_atom(p, AM_enomem);
    ssize_t n = pread(fd, buf, want, (off_t)small_value(arg[1]));
    term t = n < 0 ? error_last(p) : n == 0 ? AM_eof : ok(p, mk_binary(&p->heap, buf, (size_t)n));
    free(buf);
    return t;
}
NATIVE("phial_file", "pwrite", 3, phial_file_pwrite, "Writes iodata at a position.")
{
    int fd;
    uint8_t *bytes;
    size_t len, at = 0;
    if (!fd_of(p, arg[0], &fd) || !is_small(arg[1]) || small_value(arg[1]) < 0 || !iodata_bytes(arg[2], &bytes, &len)) return error_atom(p, AM_einval);
    term t = AM_ok;
    while (at < len && t == AM_ok) {
        ssize_t n = pwrite(fd, bytes + at, len - at, (off_t)small_value(arg[1]) + (off_t)at);
        if (n >= 0) at += (size_t)n;
        else if (errno != EINTR) t = error_last(p);
    }
    free(bytes);
    return t;
}
NATIVE("phial_file", "position", 3, phial_file_position, "{ok, position} after moving by an offset from bof, cur or eof.")
{
    int fd, whence = arg[2] == AM_bof ? SEEK_SET : arg[2] == AM_cur ? SEEK_CUR : SEEK_END;
    if (!fd_of(p, arg[0], &fd) || !is_small(arg[1])) return error_atom(p, AM_einval);
    off_t at = lseek(fd, (off_t)small_value(arg[1]), whence);
    return at < 0 ? error_last(p) : ok(p, make_small(at));
}
NATIVE("phial_file", "truncate", 1, phial_file_truncate, "Cuts a file off at its position.")
{
    int fd;
    if (!fd_of(p, arg[0], &fd)) return error_atom(p, AM_einval);
    off_t at = lseek(fd, 0, SEEK_CUR);
    return done(p, at < 0 ? -1 : ftruncate(fd, at));
}
NATIVE("phial_file", "sync", 1, phial_file_sync, "Makes what was written durable.")
{
    int fd;
    return fd_of(p, arg[0], &fd) ? done(p, fsync(fd)) : error_atom(p, AM_einval);
}

// ---- directories

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static term names_of(struct process *p, DIR *dir)
{
    char **names = NULL;
    size_t n = 0, capacity = 0;
    for (struct dirent *e; (e = readdir(dir));) {
        if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, "..")) continue;
        if (n == capacity) {
            char **more = realloc(names, (capacity = capacity * 2 + 16) * sizeof *names);
            if (!more) break;
            names = more;
        }
        if (!(names[n] = strdup(e->d_name))) break;
        n++;
    }
    if (n) qsort(names, n, sizeof *names, by_bytes);
    struct list_builder b;
    list_begin(&b, &p->heap);
    for (size_t i = 0; i < n; i++) {
        list_add(&b, mk_binary_str(&p->heap, names[i]));
        free(names[i]);
    }
    free(names);
    native_charge(p, n / 10);
    return ok(p, list_end(&b, TERM_NIL));
}
static term list_named(struct process *p, const char *name)
{
    DIR *dir = opendir(name);
    if (!dir) return error_last(p);
    term t = names_of(p, dir);
    closedir(dir);
    return t;
}
NATIVE("phial_file", "list_dir", 1, phial_file_list_dir, "{ok, names} in a directory, sorted.") { RETURN_WITH_NAME(arg[0], list_named(p, name)); }
NATIVE("phial_file", "make_dir", 1, phial_file_make_dir, "Makes a directory.") { RETURN_WITH_NAME(arg[0], done(p, mkdir(name, 0777))); }

static term del_dir(struct process *p, const char *name)
{
    if (rmdir(name) == 0) return AM_ok;
    return errno == ENOTEMPTY ? error_atom(p, AM_eexist) : error_last(p);
}
NATIVE("phial_file", "del_dir", 1, phial_file_del_dir, "Removes an empty directory.") { RETURN_WITH_NAME(arg[0], del_dir(p, name)); }

static term delete(struct process *p, const char *name)
{
    if (unlink(name) == 0) return AM_ok;
    return errno == EISDIR ? error_atom(p, AM_eperm) : error_last(p);
}
NATIVE("phial_file", "delete", 1, phial_file_delete, "Removes a file.") { RETURN_WITH_NAME(arg[0], delete(p, name)); }

// Two names: rename, links.
static term with_two(struct process *p, const term *arg, int (*call)(const char *, const char *))
{
    char *from = name_of(p, arg[0]), *to = name_of(p, arg[1]);
    term t = from && to ? done(p, call(from, to)) : error_atom(p, AM_badarg);
    free(from);
    free(to);
    return t;
}
static int rename_named(const char *from, const char *to)
{
    int result = rename(from, to);
    if (result < 0 && errno == ENOTEMPTY) errno = EEXIST;
    return result;
}
NATIVE("phial_file", "rename", 2, phial_file_rename, "Renames a file or directory.") { return with_two(p, arg, rename_named); }
NATIVE("phial_file", "make_link", 2, phial_file_make_link, "A hard link to an existing file.") { return with_two(p, arg, link); }
NATIVE("phial_file", "make_symlink", 2, phial_file_make_symlink, "A symbolic link.") { return with_two(p, arg, symlink); }

static term read_link(struct process *p, const char *name)
{
    char target[4096];
    ssize_t n = readlink(name, target, sizeof target);
    return n < 0 ? error_last(p) : ok(p, mk_binary(&p->heap, target, (size_t)n));
}
NATIVE("phial_file", "read_link", 1, phial_file_read_link, "{ok, target} of a symbolic link.") { RETURN_WITH_NAME(arg[0], read_link(p, name)); }

NATIVE("phial_file", "get_cwd", 0, phial_file_get_cwd, "{ok, working directory}.")
{
    char *dir = getcwd(NULL, 0);
    term t = dir ? ok(p, mk_binary_str(&p->heap, dir)) : error_last(p);
    free(dir);
    return t;
}
NATIVE("phial_file", "set_cwd", 1, phial_file_set_cwd, "Changes the working directory.") { RETURN_WITH_NAME(arg[0], done(p, chdir(name))); }

// ---- what is known of a file

static term type_of(mode_t mode)
{
    if (S_ISCHR(mode) || S_ISBLK(mode)) return AM_device;
    return S_ISREG(mode) ? AM_regular : S_ISDIR(mode) ? AM_directory : S_ISLNK(mode) ? AM_symlink : AM_other;
}

static term info(struct process *p, const char *name, bool follow)
{
    struct stat st;
    if ((follow ? stat(name, &st) : lstat(name, &st)) < 0) return error_last(p);
    bool reads = access(name, R_OK) == 0, writes = access(name, W_OK) == 0;
    term e[13] = {
        make_small(st.st_size), type_of(st.st_mode), reads && writes ? AM_read_write : reads ? AM_read : writes ? AM_write : AM_none,
        make_small(st.st_atim.tv_sec), make_small(st.st_mtim.tv_sec), make_small(st.st_ctim.tv_sec), make_small(st.st_mode),
        make_small((int64_t)st.st_nlink), make_small((int64_t)st.st_dev), make_small((int64_t)st.st_rdev), make_small((int64_t)st.st_ino),
        make_small(st.st_uid), make_small(st.st_gid),
    };
    return ok(p, mk_tuple(&p->heap, 13, e));
}
NATIVE("phial_file", "info", 2, phial_file_info,
       "{ok, {size, type, access, atime, mtime, ctime, mode, links, device, special device, inode, uid, gid}}; follows links if told.")
{
    RETURN_WITH_NAME(arg[0], info(p, name, arg[1] == AM_true));
}

static bool all_small(const term *t, int n)
{
    for (int i = 0; i < n; i++)
        if (!is_small(t[i])) return false;
    return true;
}
NATIVE("phial_file", "chmod", 2, phial_file_chmod, "Changes the permission bits.")
{
    if (!all_small(arg + 1, 1)) return error_atom(p, AM_badarg);
    RETURN_WITH_NAME(arg[0], done(p, chmod(name, (mode_t)small_value(arg[1]) & 07777)));
}
NATIVE("phial_file", "chown", 3, phial_file_chown, "Changes owner and group; -1 keeps one.")
{
    if (!all_small(arg + 1, 2)) return error_atom(p, AM_badarg);
    RETURN_WITH_NAME(arg[0], done(p, chown(name, (uid_t)small_value(arg[1]), (gid_t)small_value(arg[2]))));
}
NATIVE("phial_file", "touch", 3, phial_file_touch, "Sets the times of access and change, in seconds since 1970.")
{
    if (!all_small(arg + 1, 2)) return error_atom(p, AM_badarg);
    struct timespec times[2] = {{.tv_sec = small_value(arg[1])}, {.tv_sec = small_value(arg[2])}};
    RETURN_WITH_NAME(arg[0], done(p, utimensat(AT_FDCWD, name, times, 0)));
}
