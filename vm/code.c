// SPDX-License-Identifier: Apache-2.0
// See code.h. Loading: code goes to the code area, literals go to the literal area, indices become addresses, live masks are packed with their call's
// base, calls of natives get their own instruction; then the export entries are pointed at the new code.
#include "code.h"

#include <stdio.h>
#include <stdlib.h>

#include "../compiler/compiler.h"
#include "code_store.h"
#include "code_path.h"
#include "image.h"

#define LITERAL_AREA_BYTES ((size_t)8 << 30)
#define CODE_AREA_BYTES ((size_t)4 << 30)
enum { EXPORT_BUCKETS_FIRST = 4096, CO_REG = 1 };

extern const struct native *const __start_phial_natives[], *const __stop_phial_natives[];

static void *checked(void *p)
{
    if (!p) abort();
    return p;
}

// ---- exports

static uint32_t export_hash(term m, term f, unsigned arity)
{
    uint64_t x = (uint64_t)atom_index(m) * 0x9e3779b1u ^ (uint64_t)atom_index(f) * 0x85ebca6bu ^ arity * 0xc2b2ae35u;
    return (uint32_t)(x ^ x >> 15);
}

struct export *code_find_export(struct vm *vm, term m, term f, unsigned arity)
{
    struct code *c = vm->code;
    for (struct export *e = c->buckets[export_hash(m, f, arity) & (c->nbuckets - 1)]; e; e = e->next)
        if (e->module == m && e->function == f && e->arity == arity) return e;
    return NULL;
}

static void grow_exports(struct code *c)
{
    uint32_t n = c->nbuckets * 2;
    struct export **b = checked(calloc(n, sizeof *b));
    for (uint32_t i = 0; i < c->nbuckets; i++)
        for (struct export *e = c->buckets[i], *next; e; e = next) {
            next = e->next;
            struct export **to = &b[export_hash(e->module, e->function, e->arity) & (n - 1)];
            e->next = *to;
            *to = e;
        }
    free(c->buckets);
    c->buckets = b;
    c->nbuckets = n;
}

struct export *code_export(struct vm *vm, term m, term f, unsigned arity)
{
    struct export *e = code_find_export(vm, m, f, arity);
    if (e) return e;
    struct code *c = vm->code;
    if (++c->nexports > c->nbuckets) grow_exports(c);
    e = checked(calloc(1, sizeof *e));
    e->module = m;
    e->function = f;
    e->arity = arity;
    struct export **to = &c->buckets[export_hash(m, f, arity) & (c->nbuckets - 1)];
    e->next = *to;
    *to = e;
    return e;
}

bool code_resolve(struct vm *vm, struct export *e)
{
    if (!e->entry && !e->fn) code_ensure_loaded(vm, e->module);
    return e->entry || e->fn;
}

// ---- finding things by address

static size_t range_after(const struct code *c, const uint64_t *pc)
{
    size_t lo = 0, hi = c->nranges;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (c->ranges[mid]->code <= pc) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

struct module *code_module_at(struct vm *vm, const uint64_t *pc)
{
    size_t i = range_after(vm->code, pc);
    if (!i) return NULL;
    struct module *m = vm->code->ranges[i - 1];
    return pc < m->code + m->ncode ? m : NULL;
}

static void add_range(struct code *c, struct module *m)
{
    if (c->nranges == c->ranges_capacity) {
        c->ranges_capacity = c->ranges_capacity ? c->ranges_capacity * 2 : 64;
        c->ranges = checked(realloc(c->ranges, c->ranges_capacity * sizeof *c->ranges));
    }
    size_t i = range_after(c, m->code);
    memmove(c->ranges + i + 1, c->ranges + i, (c->nranges - i) * sizeof *c->ranges);
    c->ranges[i] = m;
    c->nranges++;
    m->next_loaded = c->all;
    c->all = m;
}

const struct function *code_function_at(const struct module *m, const uint64_t *pc)
{
    uint32_t at = (uint32_t)(pc - m->code);
    for (size_t i = 0; i < m->nfunctions; i++)
        if (at >= m->functions[i].entry && at < m->functions[i].end) return &m->functions[i];
    return NULL;
}

int code_line_at(const struct module *m, const uint64_t *pc, term *file)
{
    uint32_t at = (uint32_t)(pc - m->code);
    size_t lo = 0, hi = m->nlines;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (m->lines[mid].at <= at) lo = mid + 1;
        else hi = mid;
    }
    if (!lo) return 0;
    uint32_t line = (uint32_t)m->lines[lo - 1].line, n = line >> LINE_BITS;
    *file = n && is_tuple(m->files) && n <= tuple_arity(m->files) ? tuple_get(m->files, n - 1) : m->file;
    return (int)(line & MAX_LINE);
}

const struct region *code_region_at(const struct module *m, const uint64_t *pc, enum region_kind kind)
{
    uint32_t at = (uint32_t)(pc - m->code);
    size_t lo = 0, hi = m->nregions;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (m->regions[mid].start <= at) lo = mid + 1;
        else hi = mid;
    }
    while (lo-- > 0)
        if (m->regions[lo].end > at && m->regions[lo].kind == kind) return &m->regions[lo];
    return NULL;
}

// ---- loading

// Nothing of another block is shared: a block can be freed without a look at the others.
struct literals *literals_new(struct vm *vm, size_t n, const term *terms, term *copies)
{
    size_t words = 0;
    for (size_t i = 0; i < n; i++) words += is_immediate(terms[i]) ? 0 : term_size(NULL, terms[i]);
    if (!words) {
        memcpy(copies, terms, n * sizeof *copies);
        return NULL;
    }
    struct code *c = vm->code;
    struct literals *l = checked(calloc(1, sizeof *l));
    struct heap h;
    heap_init(&h);
    l->start = h.top = area_alloc(&c->literal_area, words * sizeof(term));
    l->words = words;
    h.end = h.top + words;
    for (size_t i = 0; i < n; i++) copies[i] = is_immediate(terms[i]) ? terms[i] : term_copy(NULL, &h, terms[i]);
    l->refbins = h.refbins;
    l->has_funs = literals_have_funs(c, l);
    l->next = c->all_literals;
    return c->all_literals = l;
}

void literals_orphan(struct vm *vm, struct literals *l)
{
    if (!l) return;
    l->orphan = true;
    vm->code_garbage += l->words * sizeof(term) + sizeof *l;
}

term code_literal(struct vm *vm, term t)
{
    term copy;
    literals_new(vm, 1, &t, &copy);
    return copy;
}

static int by_word(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static uint64_t pack_mask(uint64_t mask, unsigned base, struct module *m)
{
    if (!(mask & MASK_POOLED)) {
        if (mask < MASK_PACKED_POOLED) return (uint64_t)base << 48 | mask;
        // more registers than fit beside the base: into the pool
        m->masks = checked(realloc(m->masks, (m->npool + 2) * sizeof *m->masks));
        m->masks[m->npool] = 1;
        m->masks[m->npool + 1] = mask;
        m->npool += 2;
        return (uint64_t)base << 48 | MASK_PACKED_POOLED | (m->npool - 2);
    }
    return (uint64_t)base << 48 | MASK_PACKED_POOLED | (uint32_t)mask;
}

static bool is_call(unsigned op) { return op == OP_CALL || op == OP_CALLX || op == OP_CALLN || op == OP_CALLF || op == OP_CALLMF; }

static void join(uint64_t *first, const uint64_t *second)
{
    *first = (*first & ~0xffffull) | op_joined((enum opcode)(*first & 0xffff), (enum opcode)(*second & 0xffff));
}

// Second pass over the relocated code: packs masks, turns calls of natives into theirs, sorts switches (atom indices differ between VMs),
// joins pairs, and a joined pair with a third.
static void finish_code(struct module *m)
{
    uint64_t *last = NULL, *before = NULL;
    for (uint64_t *pc = m->code, *end = pc + m->ncode; pc < end; before = last, last = pc, pc += op_length(pc)) {
        unsigned op = *pc & 0xffff, mask_at = 0;
        switch (op) {
        case OP_CALLX: case OP_TCALLX:
            if (((struct export *)pc[1])->fn) *pc = *pc - op + (op == OP_CALLX ? OP_CALLN : OP_TCALLN);
            if (op == OP_CALLX) mask_at = 2;
            break;
        case OP_CALL: case OP_CALLF: case OP_CALLMF: case OP_GCTEST: case OP_RECV_ACCEPT: case OP_RECV_WAIT: case OP_RECV_WAIT_T: mask_at = 1; break;
        case OP_SWITCH: qsort(pc + 1, *pc >> 32 & 0xffff, 2 * sizeof *pc, by_word); break;
        default: break;
        }
        if (mask_at) pc[mask_at] = pack_mask(pc[mask_at], is_call(op) ? (unsigned)(*pc >> 16 & 0xffff) : 0, m);
        if (before && (*before & 0xffff) >= OP_COUNT) join(before, pc);
        if (last) join(last, pc);
    }
}

static void *copy_array(const void *from, size_t bytes) { return bytes ? memcpy(checked(malloc(bytes)), from, bytes) : NULL; }

// Tells versions of a module apart: two funs of different code must not be equal. The object's words hold no address yet.
static uint32_t code_checksum(const struct object *o)
{
    uint64_t sum = o->ncode;
    for (size_t i = 0; i < o->ncode; i++) sum = (sum ^ o->code[i]) * 0x100000001b3u;
    return (uint32_t)(sum >> 20) & 0x7ffffff;
}

static void make_lambdas(struct module *m, const struct object *o)
{
    m->nlambdas = o->nlambdas;
    if (!o->nlambdas) return;
    uint32_t sum = code_checksum(o);
    for (size_t i = 0; i < o->nlambdas; i++) {
        const struct lambda_def *d = &o->lambdas[i];
        const struct function *f = &o->functions[d->function];
        m->lambdas[i] = (struct lambda){m->code + f->entry, m, d->arity, d->captured, d->index, d->uniq ? d->uniq : sum, f->name};
    }
}

static void relocate(struct vm *vm, struct module *m, const struct object *o)
{
    size_t n = o->nliterals;
    term own[] = {o->file, o->attributes, m->thunk ? AM_nil : o->docs, o->files};
    term *from = checked(malloc((2 * n + 8) * sizeof(term))), *literals = from + n + 4;
    if (n) memcpy(from, o->literals, n * sizeof *from);
    memcpy(from + n, own, sizeof own);
    m->literals = literals_new(vm, n + 4, from, literals);
    m->file = literals[n];
    m->attributes = literals[n + 1];
    m->docs = literals[n + 2];
    m->files = literals[n + 3];
    struct export **imports = checked(malloc((o->nimports + 1) * sizeof *imports));
    for (size_t i = 0; i < o->nimports; i++) imports[i] = code_export(vm, o->imports[i].module, o->imports[i].function, o->imports[i].arity);
    for (size_t i = 0; i < o->nrelocs; i++) {
        uint64_t *word = &m->code[o->relocs[i].at];
        switch ((enum reloc_kind)o->relocs[i].kind) {
        case RELOC_LITERAL: *word = literals[*word]; break;
        case RELOC_EXPORT: *word = (uint64_t)imports[*word]; break;
        case RELOC_LAMBDA: *word = (uint64_t)&m->lambdas[*word]; break;
        }
    }
    free(from);
    free(imports);
}

// The block of a module: struct, lambdas, their answers when purged, code.
static struct module *new_module(struct vm *vm, term name, size_t nlambdas, const uint64_t *code, size_t ncode)
{
    size_t lambdas_at = (sizeof(struct module) + 15) & ~(size_t)15, answers_at = lambdas_at + nlambdas * sizeof(struct lambda);
    size_t code_at = answers_at + nlambdas * ANSWER_WORDS * sizeof(uint64_t), bytes = code_at + ncode * sizeof *code;
    struct module *m = area_alloc(&vm->code->code_area, bytes);
    memset(m, 0, code_at);
    m->name = name;
    m->block_bytes = bytes;
    if (nlambdas) m->lambdas = (struct lambda *)((char *)m + lambdas_at);
    m->code = (uint64_t *)((char *)m + code_at);
    m->ncode = ncode;
    memcpy(m->code, code, ncode * sizeof *code);
    return m;
}

static struct module *build(struct vm *vm, const struct object *o, bool thunk)
{
    struct module *m = new_module(vm, o->module, o->nlambdas, o->code, o->ncode);
    m->thunk = thunk;
    m->functions = copy_array(o->functions, o->nfunctions * sizeof *o->functions);
    m->nfunctions = o->nfunctions;
    m->lines = copy_array(o->lines, o->nlines * sizeof *o->lines);
    m->nlines = o->nlines;
    m->regions = copy_array(o->regions, o->nregions * sizeof *o->regions);
    m->nregions = o->nregions;
    m->masks = copy_array(o->masks, o->nmasks * sizeof *o->masks);
    m->npool = o->nmasks;
    make_lambdas(m, o);
    relocate(vm, m, o);
    finish_code(m);
    add_range(vm->code, m);
    return m;
}

static void retract(struct module *m)
{
    for (size_t i = 0; i < m->nexports; i++) m->exports[i]->entry = NULL;
}

static void publish(struct vm *vm, struct module *m, const struct object *o)
{
    struct module *old = code_module(vm, o->module);
    if (old) {
        code_purge(vm, o->module);      // of a third version, if nobody did: who runs in it goes on
        table_put(&vm->code->olds, o->module, (uint64_t)(uintptr_t)old);
        retract(old);
    }
    m->exports = checked(malloc((o->nfunctions + 1) * sizeof *m->exports));
    for (size_t i = 0; i < o->nfunctions; i++) {
        const struct function *f = &o->functions[i];
        if (!f->exported) continue;
        struct export *e = code_export(vm, o->module, f->name, f->arity);
        e->entry = m->code + f->entry;
        m->exports[m->nexports++] = e;
    }
}

term code_load(struct vm *vm, struct object *o)
{
    struct module *m = build(vm, o, false);
    publish(vm, m, o);
    table_put(&vm->code->modules, o->module, (uint64_t)(uintptr_t)m);
    object_free(o);
    return m->name;
}

term code_load_thunk(struct vm *vm, struct heap *h, struct object *o, term function, unsigned arity)
{
    struct module *m = build(vm, o, true);
    struct export *e = &m->own;
    vm->code_garbage += module_bytes(m);
    e->module = o->module;
    e->function = function;
    e->arity = arity;
    for (size_t i = 0; i < o->nfunctions; i++)
        if (o->functions[i].name == function && o->functions[i].arity == arity) e->entry = m->code + o->functions[i].entry;
    object_free(o);
    term *f = heap_alloc(h, 2);
    f[0] = make_header(TYPE_EXPORT, 1);
    f[1] = (term)e;
    return make_boxed(f);
}

struct module *code_module(struct vm *vm, term name)
{
    uint64_t m;
    return table_get(&vm->code->modules, name, &m) ? (struct module *)(uintptr_t)m : NULL;
}

bool code_is_loaded(struct vm *vm, term module) { return code_module(vm, module) != NULL; }

bool code_ensure_loaded(struct vm *vm, term module)
{
    if (code_module(vm, module)) return true;
    struct object *o = vm->code->image ? image_find(vm->code->image, vm, module) : NULL;
    bool system = o != NULL;
    if (!o && code_has_natives(vm, module)) return true;
    if (!o) o = code_path_find(vm, module);
    if (!o) return false;
    code_load(vm, o);
    code_module(vm, module)->system = system;
    return true;
}

bool code_has_natives(struct vm *vm, term module)
{
    struct atom_text name = atom_text(vm, module);
    for (const struct native *const *n = __start_phial_natives; n < __stop_phial_natives; n++)
        if (strcmp((*n)->module, name.bytes) == 0) return true;
    return false;
}

bool code_exported(struct vm *vm, term module, term function, unsigned arity)
{
    struct export *e = code_find_export(vm, module, function, arity);
    return e && (e->entry || e->fn);
}

static int by_name(const void *a, const void *b)
{
    const struct export_name *x = a, *y = b;
    int c = strcmp(x->text, y->text);
    return c ? c : (int)x->arity - (int)y->arity;
}

// All that `module` exports, natives included, in order of name and arity, without module_info and __info__. malloc'ed.
static struct export_name *exported_names(struct vm *vm, term module, size_t *count)
{
    struct module *m = code_module(vm, module);
    size_t max = (m ? m->nexports : 0) + (size_t)(__stop_phial_natives - __start_phial_natives), n = 0;
    struct export_name *names = checked(malloc((max + 1) * sizeof *names));
    for (size_t i = 0; m && i < m->nexports; i++) {
        struct export *e = m->exports[i];
        names[n++] = (struct export_name){atom_text(vm, e->function).bytes, e->function, e->arity};
    }
    struct atom_text name = atom_text(vm, module);
    for (const struct native *const *nat = __start_phial_natives; nat < __stop_phial_natives; nat++)
        if (strcmp((*nat)->module, name.bytes) == 0) names[n++] = (struct export_name){(*nat)->name, atom_from_c(vm, (*nat)->name), (*nat)->arity};
    qsort(names, n, sizeof *names, by_name);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool twin = kept && names[kept - 1].name == names[i].name && names[kept - 1].arity == names[i].arity;
        bool info = strcmp(names[i].text, "module_info") == 0 || strcmp(names[i].text, "__info__") == 0;
        if (!twin && !info) names[kept++] = names[i];
    }
    *count = kept;
    return names;
}

term code_exports(struct vm *vm, struct heap *h, term module)
{
    size_t n;
    struct export_name *names = exported_names(vm, module, &n);
    term list = TERM_NIL;
    while (n-- > 0) list = mk_cons(h, mk_tuple2(h, names[n].name, make_small(names[n].arity)), list);
    free(names);
    return list;
}

term code_native_docs(struct vm *vm, struct heap *h, term module)
{
    term list = TERM_NIL;
    const char *name = atom_text(vm, module).bytes;
    for (const struct native *const *n = __start_phial_natives; n < __stop_phial_natives; n++)
        if (strcmp((*n)->module, name) == 0)
            list = mk_cons(h, mk_tuple3(h, atom_from_c(vm, (*n)->name), make_small((*n)->arity), mk_binary_str(h, (*n)->doc)), list);
    return list;
}

bool code_delete(struct vm *vm, term module)
{
    struct module *m = code_module(vm, module);
    if (!m || code_old(vm, module)) return false;
    retract(m);
    table_put(&vm->code->olds, module, (uint64_t)(uintptr_t)m);
    return table_remove(&vm->code->modules, module, NULL);
}

struct module *code_old(struct vm *vm, term name)
{
    uint64_t m;
    return table_get(&vm->code->olds, name, &m) ? (struct module *)(uintptr_t)m : NULL;
}

bool code_has_old(struct vm *vm, term module) { return code_old(vm, module) != NULL; }

// Whoever calls a fun of purged code comes here, with its arguments, what it captured and the lambda: phial:purged_fun/1 answers.
static const uint64_t *answer_for(struct vm *vm, struct module *m, size_t i)
{
    struct lambda *l = &m->lambdas[i];
    uint64_t *w = (uint64_t *)(m->lambdas + m->nlambdas) + i * ANSWER_WORDS;
    unsigned n = l->arity + l->captured;
    w[0] = make_instr(OP_ENTER, n + STUB_ARGS_MAX, n, 0);
    w[1] = make_instr(OP_LOADK, n + 1, 0, 0);
    w[2] = (uint64_t)l;
    w[3] = make_instr(OP_CALLN, n, 1, 0);
    w[4] = (uint64_t)code_export(vm, AM_phial, AM_purged_fun, 1);
    w[5] = (uint64_t)n << 48;
    w[6] = make_instr(OP_RET, n, 0, 0);
    return w;
}

bool code_purge(struct vm *vm, term name)
{
    struct module *m = code_old(vm, name);
    if (!m) return false;
    table_remove(&vm->code->olds, name, NULL);
    m->purged = true;
    for (size_t i = 0; i < m->nlambdas; i++) m->lambdas[i].entry = answer_for(vm, m, i);
    vm->code_garbage += module_bytes(m);
    return true;
}

static bool holds(const struct module *m, const uint64_t *pc) { return pc >= m->code && pc < m->code + m->ncode; }

// Whether p stands in m or will return to it.
static bool code_uses(const struct process *p, const struct module *m)
{
    if (holds(m, p->pc)) return true;
    for (const term *fp = p->fp; fp > p->stack + 1;) {
        const uint64_t *ret = (const uint64_t *)fp[-1];
        if (holds(m, ret - 1)) return true;
        fp -= mask_base(ret[-1]) + 1;
    }
    return false;
}

bool code_check_process(struct process *p, term name)
{
    struct module *m = code_old(p->vm, name);
    return m && code_uses(p, m);
}

term code_all_loaded(struct vm *vm, struct heap *h)
{
    term list = TERM_NIL;
    for (struct module *m = vm->code->all; m; m = m->next_loaded)
        if (!m->thunk && code_module(vm, m->name) == m) list = mk_cons(h, mk_tuple2(h, m->name, m->file), list);
    return list;
}

static size_t own_bytes(const struct module *m)
{
    return m->block_bytes + m->nfunctions * sizeof *m->functions + m->nlines * sizeof *m->lines + m->nregions * sizeof *m->regions +
           m->npool * sizeof *m->masks + m->nexports * sizeof *m->exports;
}

size_t module_bytes(const struct module *m) { return own_bytes(m) + (m->literals ? m->literals->words * sizeof(term) : 0); }

size_t code_bytes(struct vm *vm)
{
    size_t bytes = vm->code->literal_area.used;
    for (struct module *m = vm->code->all; m; m = m->next_loaded) bytes += own_bytes(m);
    return bytes;
}

term code_library(struct vm *vm, struct heap *h) { return vm->code->image ? image_modules(vm->code->image, vm, h) : TERM_NIL; }

term code_docs(struct vm *vm, struct heap *h, term module)
{
    struct module *m = code_module(vm, module);
    if (m && m->docs != AM_nil) return m->docs;
    return vm->code->image ? image_docs(vm->code->image, vm, h, module) : AM_nil;
}

// ---- the VM's own code

static void make_stubs(struct vm *vm)
{
    struct code *c = vm->code;
    uint64_t code[64], *w = code;
    size_t apply_fun[STUB_ARGS_MAX + 1], apply_mfa[STUB_ARGS_MAX + 1], at = 0;
    w[at++] = 0;                                            // mask of the frame below every stack: base 0, nothing live
    size_t bottom = at;
    w[at++] = make_instr(OP_HALT_PROC, 0, 0, 0);
    for (unsigned n = 0; n <= STUB_ARGS_MAX; n++) {
        apply_fun[n] = at;
        w[at++] = make_instr(OP_TCALLF, 0, n, n);
        apply_mfa[n] = at;
        w[at++] = make_instr(OP_TCALLMF, 0, n, n);
    }
    size_t coroutine = at;
    w[at++] = make_instr(OP_ENTER, 16, 1, 0);
    size_t loop = at;
    w[at++] = make_instr(OP_COROUTINE, 0, 0, 0);
    w[at++] = (uint64_t)CO_REG << 48;
    w[at++] = make_instr(OP_MOVE, 0, CO_REG, 0);
    w[at] = make_instr_long(OP_JUMP, 0, (int32_t)(loop - at) - 1);
    at++;
    size_t handler = at;
    w[at++] = make_instr(OP_COROUTINE, 0, 1, 0);
    w[at++] = (uint64_t)CO_REG << 48;
    w[at++] = make_instr(OP_MOVE, 0, CO_REG, 0);
    w[at] = make_instr_long(OP_JUMP, 0, (int32_t)(loop - at) - 1);
    at++;
    // hibernate(m, f, args): waits for a message without taking it, then applies.
    size_t hibernate = at;
    w[at++] = make_instr(OP_ENTER, 16, 3, 0);
    w[at++] = make_instr(OP_RECV_START, NO_REGISTER, 0, 0);
    w[at++] = make_instr(OP_RECV_PEEK, 3, 0, 1);        // no message: to RECV_WAIT
    w[at++] = make_instr_long(OP_JUMP, 0, 2);
    w[at] = make_instr_long(OP_RECV_WAIT, 0, -4);       // back to RECV_PEEK
    w[at + 1] = 7;                                      // live: the three arguments
    at += 2;
    w[at++] = make_instr(OP_TCALLN, 0, 3, 0);
    w[at++] = (uint64_t)code_export(vm, AM_erlang, AM_apply, 3);
    struct module *m = new_module(vm, AM_phial_stubs, 0, code, at);
    struct region regions[] = {{(uint32_t)loop, (uint32_t)at, (uint32_t)handler, CO_REG, REGION_TRY}};
    m->regions = copy_array(regions, sizeof regions);
    m->nregions = 1;
    m->file = m->files = m->attributes = m->docs = AM_nil;
    add_range(c, m);
    c->stubs.bottom = m->code + bottom;
    c->stubs.coroutine = m->code + coroutine;
    code_export(vm, AM_erlang, atom_from_c(vm, "hibernate"), 3)->entry = m->code + hibernate;
    for (unsigned n = 0; n <= STUB_ARGS_MAX; n++) {
        c->stubs.apply_fun[n] = m->code + apply_fun[n];
        c->stubs.apply_mfa[n] = m->code + apply_mfa[n];
    }
}

const struct stubs *code_stubs(struct vm *vm) { return &vm->code->stubs; }

// ---- life

static void register_natives(struct vm *vm)
{
    for (const struct native *const *n = __start_phial_natives; n < __stop_phial_natives; n++) {
        struct export *e = code_export(vm, atom_from_c(vm, (*n)->module), atom_from_c(vm, (*n)->name), (*n)->arity);
        e->native = *n;
        e->fn = (*n)->fn;
    }
}

struct code *code_new(struct vm *vm)
{
    struct code *c = checked(calloc(1, sizeof *c));
    vm->code = c;
    c->nbuckets = EXPORT_BUCKETS_FIRST;
    c->buckets = checked(calloc(c->nbuckets, sizeof *c->buckets));
    area_open(&c->code_area, CODE_AREA_BYTES, "code");
    area_open(&c->literal_area, LITERAL_AREA_BYTES, "literals");
    vm->literals_start = (uintptr_t)c->literal_area.start;
    vm->literals_end = (uintptr_t)c->literal_area.end;
    for (int i = 0; i < 2; i++) {
        double d = i ? -0.0 : 0.0;
        term f[] = {make_header(TYPE_FLOAT, 1), 0};
        memcpy(f + 1, &d, sizeof d);
        *(i ? &vm->float_minus_zero : &vm->float_zero) = code_literal(vm, make_boxed(f));
    }
    vm->code_limit = CODE_GARBAGE_MIN;
    register_natives(vm);
    make_stubs(vm);
    return c;
}

bool code_open_image(struct vm *vm, const uint8_t *bytes, size_t len)
{
    vm->code->image = image_open(bytes, len);
    return vm->code->image != NULL;
}

bool code_has_image(struct vm *vm) { return vm->code->image != NULL; }
uint64_t code_image_id(struct vm *vm) { return vm->code->image ? image_id(vm->code->image) : 0; }

void module_free(struct vm *vm, struct module *m)
{
    free(m->functions);
    free(m->lines);
    free(m->regions);
    free(m->masks);
    free(m->exports);
    area_free(&vm->code->code_area, m, m->block_bytes);
}

void literals_free(struct vm *vm, struct literals *l)
{
    struct heap h;
    heap_init(&h);
    h.refbins = l->refbins;
    heap_free(&h);
    area_free(&vm->code->literal_area, l->start, l->words * sizeof(term));
    free(l);
}

void code_free(struct vm *vm)
{
    struct code *c = vm->code;
    for (struct module *m = c->all, *next; m; m = next) {
        next = m->next_loaded;
        module_free(vm, m);
    }
    for (struct literals *l = c->all_literals, *next; l; l = next) {
        next = l->next;
        literals_free(vm, l);
    }
    for (uint32_t i = 0; i < c->nbuckets; i++)
        for (struct export *e = c->buckets[i], *next; e; e = next) {
            next = e->next;
            free(e);
        }
    area_close(&c->code_area);
    area_close(&c->literal_area);
    if (c->image) image_close(c->image);
    code_path_free(vm);
    table_free(&c->modules);
    table_free(&c->olds);
    free(c->buckets);
    free(c->ranges);
    free(c);
    vm->code = NULL;
}
