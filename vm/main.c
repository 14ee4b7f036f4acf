// SPDX-License-Identifier: Apache-2.0
// The command `phial`: reads its arguments, makes a VM, starts :phial_main.start/1 with what is to be run, and runs the scheduler.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../compiler/compiler.h"
#include "../compiler/env.h"
#include "code.h"
#include "coroutine.h"
#include "explain.h"
#include "image.h"
#include "natives/ets.h"
#include "natives/re.h"
#include "sched.h"
#include "trace.h"
#include "version.h"
#include "world.h"

#ifndef PHIAL_FREE
#define PHIAL_FREE 0
#endif

extern const uint8_t phial_image_start[], phial_image_end[];

static const char USAGE[] =
    "Usage: phial [options] [FILE.exs [ARGS]]\n"
    "       phial test [FILES] [options of mix test]\n"
    "       phial run [options] [FILE.exs ARGS]     start the project of this folder (mix.exs), then run the file; options of mix run\n"
    "       phial new PATH [--sup]                  make a project\n"
    "       phial learn [--fresh | N]               lessons, from pattern matching to supervision trees\n"
    "       phial iex [options] [FILE.exs ARGS]     the interactive shell, also by `phial` alone in a terminal; "
    "the project of this folder is started\n"
    "\n"
    "  FILE.exs ARGS       run a script; ARGS are System.argv()\n"
    "  -                   run the script on standard input\n"
    "  -e, --eval CODE     evaluate code\n"
    "  -r, -pr FILE        require a file (may be repeated, before the script)\n"
    "  -S SCRIPT           find the script in PATH and run it\n"
    "  --seed N            a reproducible run: schedule, entropy and clock follow from N (implies --virtual-time)\n"
    "  --virtual-time      timers cost no time: the clock jumps when nothing can run\n"
    "  --max-heap MB       memory one process may use (default 2048)\n"
    "  --no-halt           do not stop when the script has ended\n"
    "  --no-explain[=LIST] say nothing about call time-outs, cycles of calls, deadlocks, growing mailboxes, supervisors that give up;\n"
    "                      LIST: some of timeout,cycle,deadlock,mailbox,restarts\n"
    "  --disasm FILE       print the bytecode of the modules in a file\n"
    "  -pa, -pz DIR, --erl ARGS, --logger-otp-reports BOOL, --logger-sasl-reports BOOL: accepted, without effect\n"
    "  -v, --version       print the version; --short-version: that of the language alone\n"
    "  --                  the arguments that follow are the program's\n"
    "  -h, --help          print this\n";

enum command_kind {
    COMMAND_FILE, COMMAND_EVAL, COMMAND_REQUIRE, COMMAND_STDIN, COMMAND_ERROR, COMMAND_TEST, COMMAND_SCRIPT, COMMAND_RUN, COMMAND_NEW, COMMAND_LEARN,
    COMMAND_SHELL,
};
struct command { enum command_kind kind; const char *text; };

struct options {
    struct command *commands;
    int ncommands;
    char seed_text[24];         // the seed of `phial test`, as a command's text
    bool virtual_time, seeded, no_halt, disasm;
    uint64_t seed;
    size_t max_heap;            // words
    unsigned unexplained;       // enum explain_kind
    const char *image;          // --build-image
};

static _Noreturn void usage_error(const char *what, const char *arg)
{
    fprintf(stderr, "phial: %s: %s\nTry `phial --help`.\n", what, arg);
    exit(1);
}

static void add_command(struct options *o, enum command_kind kind, const char *text) { o->commands[o->ncommands++] = (struct command){kind, text}; }

// An option whose value is missing is reported as an unknown one.
static void add_with_value(struct options *o, enum command_kind kind, char **argv, int *i)
{
    if (argv[*i + 1]) add_command(o, kind, argv[++*i]);
    else add_command(o, COMMAND_ERROR, argv[*i]);
}

// Options of Elixir that mean something to an Erlang system only; their value is skipped.
static bool without_effect(const char *option)
{
    static const char *const all[] = {"-pa", "-pz", "--erl", "--logger-otp-reports", "--logger-sasl-reports"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(option, all[i]) == 0) return true;
    return false;
}

static bool given(const struct options *o, enum command_kind kind)
{
    for (int i = 0; i < o->ncommands; i++)
        if (o->commands[i].kind == kind) return true;
    return false;
}

static const char *value_of(int argc, char **argv, int *i)
{
    if (*i + 1 >= argc) usage_error("this option needs a value", argv[*i]);
    return argv[++*i];
}

static uint64_t number_of(int argc, char **argv, int *i)
{
    const char *option = argv[*i], *text = value_of(argc, argv, i);
    char *end;
    errno = 0;
    uint64_t n = strtoull(text, &end, 10);
    if (errno || *end || end == text || *text == '-') {
        fprintf(stderr, "phial: %s needs a non-negative integer, not %s\nTry `phial --help`.\n", option, text);
        exit(1);
    }
    return n;
}

// The flags that concern the VM whatever it runs; false: another one.
static bool vm_flag(int argc, char **argv, int *i, struct options *o)
{
    const char *a = argv[*i];
    if (strcmp(a, "--virtual-time") == 0) o->virtual_time = true;
    else if (strcmp(a, "--seed") == 0) {
        o->seed = number_of(argc, argv, i);
        o->seeded = o->virtual_time = true;
    } else if (strcmp(a, "--max-heap") == 0) {
        uint64_t megabytes = number_of(argc, argv, i);
        o->max_heap = (megabytes < SIZE_MAX >> 20 ? megabytes << 20 : SIZE_MAX) / sizeof(term);
    } else return false;
    return true;
}

// --no-explain, --no-explain=cycle,mailbox
static bool no_explain(const char *a, struct options *o)
{
    static const char option[] = "--no-explain";
    size_t len = sizeof option - 1;
    if (strncmp(a, option, len) != 0 || (a[len] && a[len] != '=')) return false;
    if (!a[len]) o->unexplained = EXPLAIN_ALL;
    else if (!explain_parse(a + len + 1, &o->unexplained)) usage_error("no kind of explanation", a + len + 1);
    return true;
}

// `phial test`: a run always follows a seed, which it prints. The clock stays the world's unless --virtual-time is given.
static void parse_test(int argc, char **argv, int i, struct options *o)
{
    o->seed = (uint64_t)time(NULL) * 2654435761u % 1000000;
    for (; i < argc; i++) {
        if (strcmp(argv[i], "--virtual-time") == 0) o->virtual_time = true;
        if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc) o->seed = strtoull(argv[i + 1], NULL, 10);
    }
    o->seeded = true;
    snprintf(o->seed_text, sizeof o->seed_text, "%llu", (unsigned long long)o->seed);
    add_command(o, COMMAND_TEST, o->seed_text);
}

// `phial run`: the flags that concern the VM are read here, all of them again by :phial_run.
static void parse_run(int argc, char **argv, int i, struct options *o)
{
    add_command(o, COMMAND_RUN, "");
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (vm_flag(argc, argv, &i, o)) continue;
        if (strcmp(argv[i], "-e") == 0 || strcmp(argv[i], "--eval") == 0 || strcmp(argv[i], "-r") == 0) i++;
    }
}

static bool is_shell(const char *a) { return strcmp(a, "iex") == 0 || strcmp(a, "shell") == 0 || strcmp(a, "-i") == 0; }

// `phial iex`: the flags that concern the VM are read here, the others by :phial_shell.
static void parse_shell(int argc, char **argv, int i, struct options *o)
{
    add_command(o, COMMAND_SHELL, "");
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (vm_flag(argc, argv, &i, o)) continue;
        if (argv[i][1] != '-') i++;        // -r FILE, -e CODE, -S mix
    }
}

// Returns the index of the first argument that belongs to the program.
static int parse_arguments(int argc, char **argv, struct options *o)
{
    int i = 1;
    for (; i < argc; i++) {
        const char *a = argv[i];
        if (strcmp(a, "--help") == 0 || strcmp(a, "-h") == 0) { fputs(USAGE, stderr); exit(1); }    // as Elixir does
        if (strcmp(a, "--version") == 0 || strcmp(a, "-v") == 0) {
            puts("Phial " PHIAL_VERSION " (the language of Elixir " PHIAL_ELIXIR_VERSION ")");
            exit(0);
        }
        if (strcmp(a, "--short-version") == 0) { puts(PHIAL_ELIXIR_VERSION); exit(0); }
        if (strcmp(a, "-e") == 0 || strcmp(a, "--eval") == 0) add_with_value(o, COMMAND_EVAL, argv, &i);
        else if (strcmp(a, "-r") == 0 || strcmp(a, "-pr") == 0) add_with_value(o, COMMAND_REQUIRE, argv, &i);
        else if (strcmp(a, "-S") == 0 && argv[i + 1]) { add_command(o, COMMAND_SCRIPT, argv[i + 1]); return i + 2; }
        else if (without_effect(a) && argv[i + 1]) i++;
        else if (vm_flag(argc, argv, &i, o)) continue;
        else if (strcmp(a, "--no-halt") == 0) o->no_halt = true;
        else if (no_explain(a, o)) continue;
        else if (strcmp(a, "--disasm") == 0) { o->disasm = true; add_command(o, COMMAND_FILE, value_of(argc, argv, &i)); return i + 1; }
        else if (strcmp(a, "--build-image") == 0) { o->image = value_of(argc, argv, &i); return i + 1; }
        else if (strcmp(a, "--") == 0) return i + 1;
        else if (strcmp(a, "-") == 0) { add_command(o, COMMAND_STDIN, ""); return i + 1; }
        else if (a[0] == '-' && !is_shell(a)) add_command(o, COMMAND_ERROR, a);
        else if (strcmp(a, "test") == 0 && !o->ncommands) { parse_test(argc, argv, i + 1, o); return i + 1; }
        else if (strcmp(a, "run") == 0 && !o->ncommands) { parse_run(argc, argv, i + 1, o); return i + 1; }
        else if (is_shell(a) && !o->ncommands) { parse_shell(argc, argv, i + 1, o); return i + 1; }
        else if (strcmp(a, "new") == 0 && !o->ncommands) { add_command(o, COMMAND_NEW, ""); return i + 1; }
        else if (strcmp(a, "learn") == 0 && !o->ncommands) { add_command(o, COMMAND_LEARN, ""); return i + 1; }
        else if (given(o, COMMAND_EVAL)) return i;
        else { add_command(o, COMMAND_FILE, a); return i + 1; }
    }
    return i;
}

// ---- building the image, before there is a standard library

struct build { struct image_writer *writer; bool failed; };

static void collect_object(void *ctx, struct vm *vm, struct object *o)
{
    struct build *b = ctx;
    if (getenv("PHIAL_DISASM") && strcmp(atom_text(vm, o->module).bytes, getenv("PHIAL_DISASM")) == 0) object_disassemble(vm, o, stderr);
    image_writer_add(b->writer, vm, o);
}

static void print_object(void *ctx, struct vm *vm, struct object *o)
{
    object_disassemble(vm, o, ctx);
    fflush(ctx);
}

static void print_failure(struct vm *vm, term path, const struct call_result *r)
{
    size_t len;
    struct heap h;
    heap_init(&h);
    const uint8_t *bytes = binary_bytes(&h, path, &len);
    fprintf(stderr, "phial-boot: %.*s: ", (int)len, bytes);
    term_dump(vm, stderr, r->reason);
    fprintf(stderr, "\n  ");
    term_dump(vm, stderr, r->trace);
    fputc('\n', stderr);
    heap_free(&h);
}

static struct call_result build_body(struct process *p, struct arena *a, unsigned n, const term *args)
{
    for (unsigned i = 0; i < n; i++) {
        if (getenv("PHIAL_TRACE_BUILD")) { term_dump(p->vm, stderr, args[i]); fputc(10, stderr); }
        struct call_result r = compiler_call(p, a, AM_phial_compiler, AM_compile_file, 1, &args[i]);
        if (r.status == CALL_OK) continue;
        print_failure(p->vm, args[i], &r);
        p->vm->exit_code = 1;
        break;
    }
    p->vm->halting = true;
    return (struct call_result){.status = CALL_OK, .value = AM_ok, .trace = TERM_NIL};
}

NATIVE("phial_boot", "build", 1, phial_boot_build, "Compiles files of the standard library in order, then halts the VM.")
{
    size_t n;
    if (!list_length(arg[0], &n)) return raise_badarg(p, 1, "not a list of paths");
    term *paths = malloc((n + 1) * sizeof(term));
    if (!paths) abort();
    term l = arg[0];
    for (size_t i = 0; i < n; i++, l = tail(l)) paths[i] = head(l);
    term trapped = compiler_start(p, build_body, (unsigned)n, paths);
    free(paths);
    return trapped;
}

// ---- the VM

static struct vm *vm_new(const struct options *o)
{
    struct vm *vm = calloc(1, sizeof *vm);
    if (!vm) abort();
    vm->atoms = atoms_new();
    vm->world = world_new(o->virtual_time, o->seeded, o->seed);
    vm->max_heap = o->max_heap;
    vm->trace_depth = TRACE_DEPTH;
    code_new(vm);
    sched_init(vm, o->seeded, o->seed);
    explain_init(vm, o->unexplained);
    if ((uintptr_t)phial_image_end > (uintptr_t)phial_image_start)
        code_open_image(vm, phial_image_start, (size_t)(phial_image_end - phial_image_start));
    return vm;
}

// Processes first: they hold references to all the rest.
static void vm_free(struct vm *vm)
{
    sched_free(vm);
    explain_free(vm);
    compile_state_free(vm);
    coroutine_stacks_free(vm);
    ets_free(vm);
    persistent_terms_free(vm);
    atomics_free_all(vm);
    re_cache_free(vm);
    code_free(vm);
    world_free(vm->world);
    atoms_free(vm->atoms);
    free(vm);
}

// The system takes back the memory of a program that ends; PHIAL_FREE, of the builds that look for leaks, does it by hand.
static int vm_end(struct vm *vm)
{
    int code = vm->exit_code;
    editor_free(vm);
    explain_write(vm);
    world_flush(vm->world);
    if (PHIAL_FREE) vm_free(vm);
    return code;
}

static term commands_term(struct heap *h, const struct options *o)
{
    static const term tags[] = {AM_file, AM_eval, AM_require, AM_stdin, AM_error, AM_test, AM_script, AM_run, AM_new, AM_learn, AM_shell};
    term list = TERM_NIL;
    for (int i = o->ncommands; i-- > 0;)
        list = mk_cons(h, mk_tuple2(h, tags[o->commands[i].kind], mk_binary_str(h, o->commands[i].text)), list);
    return list;
}

static void start_main(struct vm *vm, const struct options *o)
{
    struct heap h;
    heap_init(&h);
    term args[] = {commands_term(&h, o), mk_bool(o->no_halt)};
    struct spawn_options so;
    spawn_options_init(&so);
    process_spawn(NULL, vm, AM_phial_main, AM_start, 2, args, &so);
    heap_free(&h);
}

static int build_image(struct vm *vm, const char *path, int nfiles, char **files)
{
    struct build b = {.writer = image_writer_new()};
    compile_set_on_object(vm, collect_object, &b);
    struct heap h;
    heap_init(&h);
    term list = TERM_NIL;
    for (int i = nfiles; i-- > 0;) list = mk_cons(&h, mk_binary_str(&h, files[i]), list);
    struct spawn_options so;
    spawn_options_init(&so);
    process_spawn(NULL, vm, AM_phial_boot, AM_build, 1, &list, &so);
    heap_free(&h);
    if (!sched_run(vm)) explain_deadlock(vm);
    if (vm->exit_code == 0 && !image_writer_save(b.writer, path)) {
        fprintf(stderr, "phial: cannot write %s: %s\n", path, strerror(errno));
        vm->exit_code = 1;
    }
    return vm_end(vm);
}

// Descriptors 0 to 2 are open from the first line on, so that no file can get their numbers; a closed reader is an error of the write.
static void prepare_process(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd ? O_WRONLY : O_RDONLY) < 0) exit(1);
    signal(SIGPIPE, SIG_IGN);
}

int main(int argc, char **argv)
{
    prepare_process();
    struct options o = {.commands = calloc((size_t)argc + 1, sizeof(struct command))};
    if (!o.commands) abort();
    int rest = parse_arguments(argc, argv, &o);
    struct vm *vm = vm_new(&o);
    if (o.image) return build_image(vm, o.image, argc - rest, argv + rest);
    if (!o.ncommands) add_command(&o, isatty(0) && isatty(1) ? COMMAND_SHELL : COMMAND_STDIN, "");
    vm->argc = argc - rest;
    vm->argv = argv + rest;
    if (o.disasm) compile_set_on_object(vm, print_object, stdout);
    start_main(vm, &o);
    large_keep();
    world_signal(vm->world, SIGTERM, true);
    world_signal(vm->world, SIGUSR1, true);
    world_signal(vm->world, SIGQUIT, true);
    if (!sched_run(vm)) explain_deadlock(vm);
    int code = vm_end(vm);
    free(o.commands);
    return code;
}
