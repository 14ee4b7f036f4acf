// SPDX-License-Identifier: Apache-2.0
// :os on the environment and the process. Invariant: environment and working directory belong to the operating system's process, so VMs in
// one process share them.
#define _GNU_SOURCE
#include <stdlib.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "../native.h"

extern char **environ;

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
    char *name = chardata_cstring(name_term);
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
    char *name = chardata_cstring(arg[0]), *value = chardata_cstring(arg[1]);
    bool good = good_name(name) && value && setenv(name, value, 1) == 0;
    bool named = good_name(name);
    free(name);
    free(value);
    return good ? AM_true : raise_badarg(p, named ? 2 : 1, "not a charlist");
}
NATIVE("os", "unsetenv", 1, os_unsetenv, "Removes an environment variable.")
{
    char *name = chardata_cstring(arg[0]);
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
