// SPDX-License-Identifier: Apache-2.0
// <<>>: segments and their specifications.
//
// Invariant: every segment handed on has its type's default unit filled in, sizes are in units, and "native" is resolved (bits.h). Nested
// <<>> without a size are spliced; a binary of literal bytes becomes one literal.
#include "expand.h"

#include <stdlib.h>
#include <string.h>

struct spec {
    const char *type, *endian, *sign;   // names as written, NULL: not given
    term size;                          // quoted, TERM_NONE: none
    unsigned unit;                      // 0: none
};

static const struct { const char *name; enum bits_type type; unsigned unit; } bit_types[] = {
    {"integer", BITS_INTEGER, 1}, {"float", BITS_FLOAT, 1}, {"binary", BITS_BINARY, 8}, {"bytes", BITS_BINARY, 8},
    {"bitstring", BITS_BINARY, 1}, {"bits", BITS_BINARY, 1}, {"utf8", BITS_UTF8, 0}, {"utf16", BITS_UTF16, 0}, {"utf32", BITS_UTF32, 0},
};

static const char *canonical(const char *name)
{
    if (!strcmp(name, "bytes")) return "binary";
    if (!strcmp(name, "bits")) return "bitstring";
    return name;
}

static void set_once(struct cx *c, const char **slot, const char *name, const char *what)
{
    if (*slot && strcmp(*slot, name))
        fail_compile(c, c->line, "conflicting %s specification for bit field: \"%s\" and \"%s\"", what, name, *slot);
    *slot = name;
}

static bool one_of(const char *name, const char *a, const char *b, const char *d)
{
    return !strcmp(name, a) || !strcmp(name, b) || (d && !strcmp(name, d));
}

static void set_size(struct cx *c, struct spec *s, term size)
{
    if (s->size != TERM_NONE && s->size != size)
        fail_compile(c, c->line, "conflicting size specification for bit field: \"%s\" and \"%s\"", show(c, size), show(c, s->size));
    s->size = size;
}

static void set_unit(struct cx *c, struct spec *s, term unit)
{
    if (!is_small(unit) || small_value(unit) < 1 || small_value(unit) > 256)
        fail_compile(c, c->line, "unit in bitstring expects an integer as argument, got: %s", show(c, unit));
    if (s->unit && s->unit != (unsigned)small_value(unit))
        fail_compile(c, c->line, "conflicting unit specification for bit field: \"%s\" and \"%u\"", show(c, unit), s->unit);
    s->unit = (unsigned)small_value(unit);
}

static bool named_spec(struct cx *c, struct spec *s, const char *name)
{
    for (size_t i = 0; i < sizeof bit_types / sizeof *bit_types; i++)
        if (!strcmp(bit_types[i].name, name)) return set_once(c, &s->type, canonical(name), "type"), true;
    if (one_of(name, "little", "big", "native")) return set_once(c, &s->endian, name, "endianness"), true;
    if (one_of(name, "signed", "unsigned", NULL)) return set_once(c, &s->sign, name, "sign"), true;
    return false;
}

static void parse_spec(struct cx *c, struct spec *s, term q)
{
    if (is_integer(q) || (is_call_of(q, AM_op_minus, 1) && is_integer(head(form_args(q))))) return set_size(c, s, q);
    if (!is_form(q) || !is_atom(form_name(q))) fail_compile(c, c->line, "unknown bitstring specifier: %s", show(c, q));
    term name = form_name(q), args = form_args(q);
    unsigned n = is_list(args) ? list_count(args) : 0;
    if (name == AM_op_minus && n == 2) {
        parse_spec(c, s, head(args));
        return parse_spec(c, s, list_at(args, 1));
    }
    if (name == AM_op_mult && n == 2) {
        term size = head(args);
        if (!(is_variable(size) && form_name(size) == AM_underscore)) set_size(c, s, size);
        return set_unit(c, s, list_at(args, 1));
    }
    if (name == AM_size && n == 1) return set_size(c, s, head(args));
    if (name == AM_unit && n == 1) return set_unit(c, s, head(args));
    if (!n && named_spec(c, s, atom_c_text(c, name))) return;
    term expanded;
    term call = is_list(args) ? q : mk_form(c, name, form_meta(q), TERM_NIL);
    if (expand_once(c, call, &expanded)) return parse_spec(c, s, expanded);
    fail_compile(c, c->line, "unknown bitstring specifier: %s", show(c, call));
}

// ---- one segment

static const char *default_type(const struct core *value)
{
    if (core_is_lit(value) && is_bitstring(value->lit)) return is_binary(value->lit) ? "binary" : "bitstring";
    if (core_is_lit(value) && is_float(value->lit)) return "float";
    if (value->kind == CORE_BITS) return "bitstring";
    return "integer";
}

static struct core *segment_size(struct cx *c, term size)
{
    if (size == TERM_NONE) return NULL;
    if (c->context != CONTEXT_MATCH) return expand(c, size);
    bool outer = c->pattern->in_size;
    c->context = CONTEXT_GUARD;
    c->pattern->in_size = true;
    struct core *k = expand(c, size);
    c->pattern->in_size = outer;
    c->context = CONTEXT_MATCH;
    if (core_is_lit(k) && !is_integer(k->lit))
        fail_compile(c, c->line, "size in bitstring expects an integer or a variable as argument, got: %s", inspect(c, k->lit));
    return k;
}

static bool is_utf(const char *type) { return !strncmp(type, "utf", 3); }
static bool is_bits(const char *type) { return !strcmp(type, "binary") || !strcmp(type, "bitstring"); }

static bool is_number_literal(const struct core *value) { return core_is_lit(value) && (is_integer(value->lit) || is_float(value->lit)); }

// A literal has a type of its own, which the one given must not contradict.
static void check_literal(struct cx *c, struct spec *s, const struct core *value, bool string)
{
    if (!core_is_lit(value)) return;
    term t = value->lit;
    if (is_list(t) || is_atom(t)) fail_compile(c, c->line, "invalid literal %s in <<>>", inspect(c, t));
    const char *own = is_integer(t) ? "integer" : is_float(t) ? "float" : string ? "binary" : NULL;
    if (!own) return;
    bool agrees = !s->type || !strcmp(s->type, own) || (is_integer(t) && (!strcmp(s->type, "float") || is_utf(s->type))) ||
        (string && (is_utf(s->type) || is_bits(s->type)));
    if (!agrees) fail_compile(c, c->line, "conflicting type specification for bit field: \"%s\" and \"%s\"", s->type, own);
    if (string && (s->size != TERM_NONE || s->unit))
        fail_compile(c, c->line, "literal string in bitstring supports only endianness and type specifiers, which must be one of: little, big, "
                                 "native, utf8, utf16, utf32, bits, bytes, binary or bitstring");
}

static void check_sizes(struct cx *c, const struct core_segment *to, struct spec *s)
{
    if (s->sign && to->type != BITS_INTEGER && to->type != BITS_FLOAT)
        fail_compile(c, c->line, "signed and unsigned specifiers are supported only on integer and float types");
    if (to->type != BITS_FLOAT || !is_small(s->size)) return;
    int64_t size = small_value(s->size), bits = size < 0 || size > 64 ? size : size * to->unit;
    if (bits != 16 && bits != 32 && bits != 64)
        fail_compile(c, c->line, "float requires size*unit to be 16, 32, or 64 (default), got: %lld", (long long)bits);
}

static void finish_segment(struct cx *c, struct core_segment *to, struct spec *s)
{
    const char *type = s->type ? s->type : default_type(to->value);
    for (size_t i = 0; i < sizeof bit_types / sizeof *bit_types; i++)
        if (!strcmp(bit_types[i].name, type)) {
            to->type = bit_types[i].type;
            to->unit = bit_types[i].unit;
        }
    if (s->unit) {
        if (s->size == TERM_NONE && to->type != BITS_BINARY)
            fail_compile(c, c->line, "integer and float types require a size specifier if the unit specifier is given");
        to->unit = s->unit;
    }
    if (s->endian && !strcmp(s->endian, "little")) to->flags |= BITS_LITTLE;
    if (s->endian && !strcmp(s->endian, "native")) to->flags |= BITS_LITTLE;
    if (s->sign && !strcmp(s->sign, "signed")) to->flags |= BITS_SIGNED;
    if (to->type >= BITS_UTF8) {
        if (s->size != TERM_NONE || s->unit) fail_compile(c, c->line, "size and unit are not supported on utf types");
        to->unit = 1;
    }
    check_sizes(c, to, s);
    to->size = segment_size(c, s->size);
}

struct segments { struct core_segment *all; unsigned n, capacity; };

static struct core_segment *segment_new(struct cx *c, struct segments *l)
{
    if (l->n == l->capacity) {
        l->capacity = l->capacity ? l->capacity * 2 : 8;
        struct core_segment *bigger = arena_array(c->a, struct core_segment, l->capacity);
        if (l->n) memcpy(bigger, l->all, l->n * sizeof *bigger);
        l->all = bigger;
    }
    struct core_segment *s = &l->all[l->n++];
    *s = (struct core_segment){0};
    return s;
}

// A string with type utf8, utf16 or utf32 stands for a segment per code point.
static void string_segments(struct cx *c, struct segments *l, struct core_segment like)
{
    size_t len;
    const uint8_t *s = binary_bytes(c->h, like.value->lit, &len);
    for (size_t i = 0; i < len;) {
        uint32_t b = s[i], code;
        int extra = b < 0x80 ? 0 : b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        code = extra ? b & (0x3fu >> extra) : b;
        for (i++; extra-- && i < len; i++) code = code << 6 | (s[i] & 0x3f);
        struct core_segment *to = segment_new(c, l);
        *to = like;
        to->value = core_lit(c, make_small(code));
    }
}

// How many bits of the segments do not fill a byte; -1: that shows at run time.
static int loose_bits(const struct core_segment *all, unsigned n)
{
    int64_t total = 0;
    for (unsigned i = 0; i < n; i++) {
        const struct core_segment *s = &all[i];
        if (s->type >= BITS_UTF8) continue;
        if (s->size && !(core_is_lit(s->size) && is_small(s->size->lit))) return -1;
        if (s->size) total += small_value(s->size->lit) % 8 * s->unit;
        else if (s->type == BITS_BINARY && s->unit % 8) return -1;
    }
    return (int)(total % 8);
}

static const char *segment_text(struct cx *c, const struct core_segment *s)
{
    const char *value = core_is_lit(s->value) ? inspect(c, s->value->lit) : s->value->kind == CORE_VAR ? atom_c_text(c, s->value->var->name) : "_";
    if (!s->size || !core_is_lit(s->size)) return value;
    const char *type = s->type == BITS_INTEGER ? "integer" : s->type == BITS_FLOAT ? "float" : s->unit == 8 ? "binary" : "bitstring";
    return cx_format(c, "%s::%s-size(%s)", value, type, inspect(c, s->size->lit));
}

// A bitstring inside another stands there as its segments, if it has whole bytes or need not have.
static bool splice(struct cx *c, struct segments *l, const struct core_segment *segment)
{
    const struct core_segment *all = segment->value->segments;
    unsigned n = segment->value->nsegments;
    int loose = segment->unit == 8 && c->context != CONTEXT_MATCH ? loose_bits(all, n) : 0;
    if (loose < 0) return false;
    if (loose) {
        const char *text = "";
        for (unsigned i = 0; i < n; i++) text = cx_format(c, "%s%s%s", text, i ? ", " : "", segment_text(c, &all[i]));
        fail_compile(c, c->line, "expected <<%s>> to be a binary but its number of bits is not divisible by 8", text);
    }
    for (unsigned i = 0; i < n; i++) *segment_new(c, l) = all[i];
    return true;
}

// Neither another segment nor the size sees what a value to be built in binds.
static void add_segment(struct cx *c, struct segments *l, term q, struct binding *before, struct binding **after)
{
    struct spec s = {.size = TERM_NONE};
    term value = q;
    int line = c->line;
    bool typed = is_call_of(q, AM_op_type, 2);
    if (typed) value = head(form_args(q));
    struct core_segment segment = {.value = expand(c, value)};
    if (c->context != CONTEXT_MATCH) next_argument(c, before, after);
    c->line = line;
    if (typed) parse_spec(c, &s, list_at(form_args(q), 1));
    if (c->context == CONTEXT_MATCH && segment.value->kind == CORE_ALIAS)
        fail_compile(c, line, "cannot pattern match inside a bitstring that is already in match, got: %s", show(c, value));
    // A value that is computed (-1, 2 + 3) has its type only when it runs, though it is folded.
    if (c->context == CONTEXT_MATCH || !is_tuple(value) || !is_number_literal(segment.value)) check_literal(c, &s, segment.value, is_binary(value));
    finish_segment(c, &segment, &s);
    bool literal = core_is_lit(segment.value) && is_binary(segment.value->lit);
    if (literal && segment.type >= BITS_UTF8) {
        if (segment.type == BITS_UTF8) {
            segment.type = BITS_BINARY;
            segment.unit = 8;
        } else return string_segments(c, l, segment);
    }
    if (segment.value->kind == CORE_BITS && segment.type == BITS_BINARY && !segment.size && splice(c, l, &segment)) return;
    *segment_new(c, l) = segment;
}

// ---- the whole

static bool byte_of(const struct core_segment *s, uint8_t *byte)
{
    if (s->type != BITS_INTEGER || s->size || !core_is_lit(s->value) || !is_small(s->value->lit)) return false;
    int64_t v = small_value(s->value->lit);
    *byte = (uint8_t)v;
    return v >= 0 && v < 256;
}

static bool is_literal_binary(const struct core_segment *s)
{
    return s->type == BITS_BINARY && s->unit == 8 && !s->size && core_is_lit(s->value) && is_binary(s->value->lit);
}

// Neighbouring literal bytes become one literal segment.
static unsigned fold_literals(struct cx *c, struct core_segment *all, unsigned n)
{
    unsigned to = 0;
    for (unsigned i = 0; i < n;) {
        unsigned j = i;
        size_t total = 0;
        uint8_t byte;
        for (; j < n; j++) {
            if (byte_of(&all[j], &byte)) total++;
            else if (is_literal_binary(&all[j])) total += bits_of(all[j].value->lit).size / 8;
            else break;
        }
        if (j - i < 2 && !(j - i == 1 && n == 1)) {
            all[to++] = all[i++];
            continue;
        }
        uint8_t *bytes;
        term bin = mk_binary_uninit(c->h, total, &bytes);
        for (; i < j; i++)
            if (byte_of(&all[i], &byte)) *bytes++ = byte;
            else {
                size_t len;
                const uint8_t *from = binary_bytes(c->h, all[i].value->lit, &len);
                memcpy(bytes, from, len);
                bytes += len;
            }
        all[to++] = (struct core_segment){.value = core_lit(c, bin), .type = BITS_BINARY, .unit = 8};
    }
    return to;
}

static void check_pattern(struct cx *c, struct segments *l, int line)
{
    for (unsigned i = 0; i + !c->pattern->in_generator < l->n; i++)
        if (l->all[i].type == BITS_BINARY && !l->all[i].size && !core_is_lit(l->all[i].value))
            fail_compile(c, line,
                         "a binary field without size is only allowed at the end of a binary pattern, at the right side of binary concatenation "
                         "and and never allowed in binary generators. The following examples are invalid:\n\n    rest <> \"foo\"\n    "
                         "<<rest::binary, \"foo\">>\n\nThey are invalid because there is a bits/bitstring component not at the end. However, the "
                         "\"reverse\" would work:\n\n    \"foo\" <> rest\n    <<\"foo\", rest::binary>>\n\n");
}

struct core *expand_binary(struct cx *c, term meta, term args)
{
    int line = meta_line(c, meta);
    struct segments l = {0};
    struct binding *before = c->vars, *after = before, *outer = c->pattern ? c->pattern->sized_from : NULL;
    if (c->context == CONTEXT_MATCH) c->pattern->sized_from = c->pattern->bound;
    for (; is_cons(args); args = tail(args)) {
        c->line = line;
        add_segment(c, &l, head(args), before, &after);
        if (c->context != CONTEXT_MATCH) next_argument(c, before, &after);
    }
    if (c->context != CONTEXT_MATCH) c->vars = after;
    c->line = line;
    if (c->context == CONTEXT_MATCH) c->pattern->sized_from = outer;
    l.n = fold_literals(c, l.all, l.n);
    if (!l.n) return core_lit(c, mk_binary(c->h, "", 0));
    if (l.n == 1 && is_literal_binary(&l.all[0])) return l.all[0].value;
    if (c->context == CONTEXT_MATCH) check_pattern(c, &l, line);
    struct core *k = core_new(c, CORE_BITS);
    k->segments = l.all;
    k->nsegments = l.n;
    return k;
}
