// SPDX-License-Identifier: Apache-2.0
// See code_path.h. Owner of vm->path. Invariant: directories are kept as given, each once; a file that is no module of this Phial counts as absent.
#include "code_path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "image.h"
#include "../compiler/compiler.h"
#include "native.h"

struct code_path { char *directory; struct code_path *next; };

static char *joined(const char *directory, struct atom_text module)
{
    size_t n = strlen(directory) + module.len + sizeof "/.beam";
    char *s = malloc(n);
    if (!s) abort();
    snprintf(s, n, "%s/%s.beam", directory, module.bytes);
    return s;
}

static uint8_t *read_all(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    uint8_t *bytes = NULL;
    if (!f) return NULL;
    long size = fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
    if (size > 0 && fseek(f, 0, SEEK_SET) == 0 && (bytes = malloc((size_t)size)) && fread(bytes, 1, (size_t)size, f) != (size_t)size) {
        free(bytes);
        bytes = NULL;
    }
    fclose(f);
    *len = bytes ? (size_t)size : 0;
    return bytes;
}

// A directory that is there already is moved.
static void code_path_add(struct vm *vm, const char *directory, bool front)
{
    code_path_remove(vm, directory);
    struct code_path *d = malloc(sizeof *d), **at = &vm->path;
    if (!d || !(d->directory = strdup(directory))) abort();
    while (!front && *at) at = &(*at)->next;
    d->next = *at;
    *at = d;
}

bool code_path_remove(struct vm *vm, const char *directory)
{
    for (struct code_path **at = &vm->path; *at; at = &(*at)->next) {
        struct code_path *d = *at;
        if (strcmp(d->directory, directory) != 0) continue;
        *at = d->next;
        free(d->directory);
        free(d);
        return true;
    }
    return false;
}

// As charlists.
static term code_path_list(struct vm *vm, struct heap *h)
{
    struct list_builder list;
    list_begin(&list, h);
    for (const struct code_path *d = vm->path; d; d = d->next) list_add(&list, mk_charlist(h, d->directory, strlen(d->directory)));
    return list_end(&list, TERM_NIL);
}

char *code_path_file(struct vm *vm, term module)
{
    struct atom_text name = atom_text(vm, module);
    if (memchr(name.bytes, '/', name.len)) return NULL;
    for (struct code_path *d = vm->path; d; d = d->next) {
        char *file = joined(d->directory, name);
        FILE *f = fopen(file, "rb");
        if (f) return fclose(f), file;
        free(file);
    }
    return NULL;
}

struct object *code_path_find(struct vm *vm, term module)
{
    size_t len;
    char *file = vm->path ? code_path_file(vm, module) : NULL;
    uint8_t *bytes = file ? read_all(file, &len) : NULL;
    struct object *o = bytes ? object_from_bytes(vm, bytes, len) : NULL;
    free(bytes);
    free(file);
    if (o && o->module == module) return o;
    if (o) object_free(o);
    return NULL;
}

void code_path_free(struct vm *vm)
{
    while (vm->path) code_path_remove(vm, vm->path->directory);
}

// ---- :code

// A directory given as text; to be freed. NULL: it is none.
static char *directory_of(struct process *p, term t)
{
    uint8_t *bytes = NULL;
    size_t len;
    if (is_binary(t)) {
        const uint8_t *s = binary_bytes(&p->heap, t, &len);
        return strndup((const char *)s, len);
    }
    if (!is_list(t) || !chardata_bytes(t, &bytes, &len)) return NULL;
    char *text = strndup((const char *)bytes, len);
    free(bytes);
    return text;
}

static term add(struct process *p, term dir, bool front)
{
    char *text = directory_of(p, dir);
    struct stat st;
    bool good = text && !stat(text, &st) && S_ISDIR(st.st_mode);
    if (good) code_path_add(p->vm, text, front);
    free(text);
    return good ? AM_true : mk_tuple2(&p->heap, AM_error, atom_from_c(p->vm, "bad_directory"));
}

NATIVE("code", "add_patha", 1, code_add_patha, "Adds a directory in front of the code path.") { return add(p, arg[0], true); }
NATIVE("code", "add_pathz", 1, code_add_pathz, "Adds a directory at the end of the code path.") { return add(p, arg[0], false); }
NATIVE("code", "add_path", 1, code_add_path, "Adds a directory at the end of the code path.") { return add(p, arg[0], false); }
NATIVE("code", "del_path", 1, code_del_path, "Removes a directory from the code path: whether it was there.")
{
    char *text = directory_of(p, arg[0]);
    bool found = text && code_path_remove(p->vm, text);
    free(text);
    return mk_bool(found);
}
NATIVE("code", "get_path", 0, code_get_path, "The directories of the code path.") { return code_path_list(p->vm, &p->heap); }

NATIVE("code", "load_binary", 3, code_load_binary, "Loads the module that compiling gave as a binary: {module, name} or {error, badfile}.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    if (!is_binary(arg[2])) return raise_badarg(p, 3, "not a binary");
    size_t len;
    const uint8_t *bytes = binary_bytes(&p->heap, arg[2], &len);
    struct object *o = object_from_bytes(p->vm, bytes, len);
    native_charge(p, len / 10);
    if (!o || o->module != arg[0]) {
        object_free(o);
        return mk_tuple2(&p->heap, AM_error, atom_from_c(p->vm, "badfile"));
    }
    code_load(p->vm, o);
    return mk_tuple2(&p->heap, AM_module, arg[0]);
}
NATIVE("code", "load_file", 1, code_load_file, "Loads the module from the code path, even if it is loaded: {module, name} or {error, nofile}.")
{
    if (!is_atom(arg[0])) return raise_badarg(p, 1, "not an atom");
    struct object *o = code_path_find(p->vm, arg[0]);
    if (!o) return mk_tuple2(&p->heap, AM_error, AM_nofile);
    code_load(p->vm, o);
    return mk_tuple2(&p->heap, AM_module, arg[0]);
}
NATIVE("code", "get_object_code", 1, code_get_object_code, "{name, binary, file} of a module on the code path, or error.")
{
    size_t len;
    char *file = is_atom(arg[0]) ? code_path_file(p->vm, arg[0]) : NULL;
    uint8_t *bytes = file ? read_all(file, &len) : NULL;
    term result = AM_error;
    if (bytes) result = mk_tuple3(&p->heap, arg[0], mk_binary(&p->heap, bytes, len), mk_charlist(&p->heap, file, strlen(file)));
    free(bytes);
    free(file);
    return result;
}
