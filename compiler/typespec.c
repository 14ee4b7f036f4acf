// SPDX-License-Identifier: Apache-2.0
// Types and specs: what @type, @typep, @opaque, @spec, @callback and @macrocallback mean, checked when the module closes and kept with it.
//
// A written type becomes a term of Erlang's abstract format, as Code.Typespec gives it. Each was put with the environment it stood in, so
// aliases and attributes are those of its place. Invariant: typespecs_translate() sees a module's definitions and types complete.
#include "expand.h"

#include <string.h>

struct type_var { term name; unsigned uses; };
struct local_type { term kind, name, vars, type; unsigned arity; int line; bool used; struct local_type *next; };
struct types {
    struct cx *c;
    struct module_state *m;
    struct local_type *types;       // newest first
    struct type_var vars[64]; unsigned nvars;   // of the type or spec in translation
    int line;                       // where it stands
};

// ---- terms of the abstract format

static term type4(struct types *t, int line, term name, term args)
{
    term e[] = {AM_type, make_small(line), name, args};
    return mk_tuple(t->c->h, 4, e);
}

static term literal_type(struct types *t, const char *tag, int line, term value)
{
    return mk_tuple3(t->c->h, atom_c(t->c, tag), make_small(line), value);
}

static term named_type(struct types *t, int line, const char *name, term args) { return type4(t, line, atom_c(t->c, name), args); }
static term atom_type(struct types *t, term atom) { return literal_type(t, "atom", 0, atom); }
static term integer_type(struct types *t, int line, term n) { return literal_type(t, "integer", line, n); }
static term var_type(struct types *t, int line, term name) { return literal_type(t, "var", line, name); }

static term remote_type(struct types *t, int line, term module, term name, term args)
{
    return literal_type(t, "remote_type", line, mk_list_of(t->c, 3, atom_type(t, module), atom_type(t, name), args));
}

// The line a form names; 0: none, as a literal.
static int node_line(term meta)
{
    term line = meta_get(meta, AM_line);
    return line != TERM_NONE && is_small(line) ? (int)small_value(line) : 0;
}

static bool is_named(struct types *t, term atom, const char *name) { return is_atom(atom) && !strcmp(atom_c_text(t->c, atom), name); }

// ---- types

static term translate(struct types *t, term q);

static term translate_all(struct types *t, term list)
{
    term out = TERM_NIL, *at = &out;
    for (; is_cons(list); list = tail(list)) {
        *at = mk_cons(t->c->h, translate(t, head(list)), TERM_NIL);
        at = &cons_ptr(*at)[1];
    }
    return out;
}

_Noreturn static void fail_type(struct types *t, const char *text, term q) { fail_compile(t->c, t->line, "%s: %s", text, show(t->c, q)); }

static bool is_dots(struct types *t, term q)
{
    return is_form(q) && is_named(t, form_name(q), "...") && (is_atom(form_args(q)) || is_nil(form_args(q)));
}

// (args -> result), the only element of a list.
static term function_type(struct types *t, term arrow)
{
    int line = node_line(form_meta(arrow));
    term args = head(form_args(arrow)), written = list_at(form_args(arrow), 1);
    if (is_cons(args) && is_nil(tail(args)) && is_dots(t, head(args))) {
        term result = translate(t, written);
        if (is_tuple_of(result, 4) && is_named(t, tuple_get(result, 2), "any")) return named_type(t, line, "fun", TERM_NIL);
        term any = mk_tuple3(t->c->h, AM_type, make_small(line), atom_c(t->c, "any"));
        return named_type(t, line, "fun", mk_list_of(t->c, 2, any, result));
    }
    args = translate_all(t, args);          // of undefined types the first is told
    return named_type(t, line, "fun", mk_list_of(t->c, 2, named_type(t, line, "product", args), translate(t, written)));
}

static term list_type(struct types *t, term q)
{
    if (is_nil(q)) return type4(t, 0, AM_nil, TERM_NIL);
    term first = head(q), second = is_cons(tail(q)) ? list_at(q, 1) : TERM_NONE;
    unsigned n = list_count(q);
    if (n == 1 && is_call_of(first, AM_op_arrow, 2)) return function_type(t, first);
    if (n == 1 && is_dots(t, first)) return named_type(t, 0, "nonempty_list", TERM_NIL);
    if (n == 1) return named_type(t, 0, "list", mk_list_of(t->c, 1, translate(t, first)));
    if (n == 2 && is_dots(t, second)) return named_type(t, 0, "nonempty_list", mk_list_of(t->c, 1, translate(t, first)));
    if (!is_keyword_list(q)) fail_type(t, "unexpected list in typespec", q);
    return named_type(t, 0, "list", mk_list_of(t->c, 1, named_type(t, 0, "union", translate_all(t, q))));
}

static term union_type(struct types *t, term q)
{
    int line = node_line(form_meta(q));
    term out = TERM_NIL;
    while (is_call_of(q, AM_op_bar, 2)) {
        out = mk_cons(t->c->h, translate(t, head(form_args(q))), out);
        q = list_at(form_args(q), 1);
    }
    return named_type(t, line, "union", list_reverse(t->c, mk_cons(t->c->h, translate(t, q), out)));
}

// _::size or _::_*unit of a bitstring; false: neither.
static bool segment_type(struct types *t, term q, bool unit, int64_t *value)
{
    if (!is_call_of(q, AM_op_type, 2) || !is_variable(head(form_args(q))) || !is_named(t, form_name(head(form_args(q))), "_")) return false;
    term size = list_at(form_args(q), 1);
    if (unit) {
        if (!is_form(size) || !is_named(t, form_name(size), "*") || !is_list(form_args(size)) || list_count(form_args(size)) != 2) return false;
        if (!is_variable(head(form_args(size))) || !is_named(t, form_name(head(form_args(size))), "_")) return false;
        size = list_at(form_args(size), 1);
    }
    if (!is_small(size) || small_value(size) < (unit ? 1 : 0) || (unit && small_value(size) > 256)) return false;
    *value = small_value(size);
    return true;
}

static term bits_type(struct types *t, term q)
{
    int line = node_line(form_meta(q));
    term args = form_args(q);
    int64_t size = 0, unit = 0;
    unsigned n = list_count(args);
    bool fits = n == 0 || (n == 1 && (segment_type(t, head(args), false, &size) || segment_type(t, head(args), true, &unit))) ||
                (n == 2 && segment_type(t, head(args), false, &size) && segment_type(t, list_at(args, 1), true, &unit));
    if (!fits)
        fail_compile(t->c, t->line, "invalid binary specification, expected <<_::size>>, <<_::_*unit>>, or <<_::size, _::_*unit>> with size being "
                                    "non-negative integers, and unit being an integer between 1 and 256");
    return named_type(t, line, "binary", mk_list_of(t->c, 2, integer_type(t, line, make_small(size)), integer_type(t, line, make_small(unit))));
}

static term field_type(struct types *t, int line, bool optional, term key, term value)
{
    return named_type(t, line, optional ? "map_field_assoc" : "map_field_exact", mk_list_of(t->c, 2, key, value));
}

static term map_type(struct types *t, term q)
{
    int line = node_line(form_meta(q));
    term out = TERM_NIL;
    for (term l = form_args(q); is_cons(l); l = tail(l)) {
        if (!is_tuple_of(head(l), 2)) fail_type(t, "invalid map specification", q);
        term key = tuple_get(head(l), 0), value = tuple_get(head(l), 1);
        bool call = is_form(key) && is_list(form_args(key)) && list_count(form_args(key)) == 1;
        bool optional = call && is_named(t, form_name(key), "optional"), required = call && is_named(t, form_name(key), "required");
        int at = optional || required ? node_line(form_meta(key)) : line;
        if (optional || required) key = head(form_args(key));
        term k = translate(t, key);
        out = mk_cons(t->c->h, field_type(t, at, optional, k, translate(t, value)), out);
    }
    return named_type(t, line, "map", list_reverse(t->c, out));
}

static term any_term(struct types *t) { return named_type(t, 0, "term", TERM_NIL); }

static term struct_type(struct types *t, term q)
{
    int line = node_line(form_meta(q));
    term name = alias_atom(t->c, head(form_args(q))), map = list_at(form_args(q), 1);
    if (name == TERM_NONE || !is_call_to(map, AM_op_map)) fail_type(t, "unexpected expression in typespec", q);
    term defaults = struct_of_name(t->c, name), given = form_args(map);
    for (term l = given; is_cons(l); l = tail(l)) {
        term key = is_tuple_of(head(l), 2) ? tuple_get(head(l), 0) : TERM_NONE;
        if (key == TERM_NONE || !is_atom(key)) fail_compile(t->c, t->line, "expected key-value pairs in struct %s", inspect_atom(t->c, name));
        if (map_get(t->c->vm, defaults, key) == TERM_NONE)
            fail_compile(t->c, t->line, "undefined field %s on struct %s", inspect(t->c, key), inspect_atom(t->c, name));
    }
    struct map_iter it;
    term key, value, out = mk_cons(t->c->h, field_type(t, line, false, atom_type(t, AM__struct_), atom_type(t, name)), TERM_NIL);
    map_iter_init_up(&it, defaults);
    while (map_iter_next(&it, &key, &value)) {
        if (key == AM__struct_) continue;
        term written;
        term type = keyword_get(given, key, &written) ? translate(t, written) : key == AM__exception_ ? atom_type(t, AM_true) : any_term(t);
        out = mk_cons(t->c->h, field_type(t, line, false, atom_type(t, key), type), out);
    }
    return named_type(t, line, "map", list_reverse(t->c, out));
}

// What Record kept about the record of that name.
static term find_record(struct types *t, term name)
{
    struct attribute *a = attribute_find(t->m, atom_c(t->c, "__records__"));
    for (term l = a && a->value != TERM_NONE ? a->value : TERM_NIL; is_cons(l); l = tail(l))
        if (is_map(head(l)) && map_get(t->c->vm, head(l), atom_c(t->c, "name")) == name &&
            map_get(t->c->vm, head(l), atom_c(t->c, "tag")) != TERM_NONE)
            return head(l);
    fail_compile(t->c, t->line, "unknown record %s", inspect(t->c, name));
}

static term record_type(struct types *t, term q)
{
    int line = node_line(form_meta(q));
    term args = form_args(q), name = head(args), given = is_cons(tail(args)) ? list_at(args, 1) : TERM_NIL;
    if (!is_atom(name) || !is_list(given) || !is_keyword_list(given))
        fail_compile(t->c, t->line, "invalid record specification, expected the record name to be an atom literal");
    term record = find_record(t, name), fields = map_get(t->c->vm, record, atom_c(t->c, "fields"));
    term out = mk_cons(t->c->h, atom_type(t, map_get(t->c->vm, record, atom_c(t->c, "tag"))), TERM_NIL), value;
    for (term l = fields; is_cons(l); l = tail(l)) {
        term type = keyword_get(given, head(l), &value) ? translate(t, value) : any_term(t);
        out = mk_cons(t->c->h, literal_type(t, "ann_type", 0, mk_list_of(t->c, 2, var_type(t, 0, head(l)), type)), out);
    }
    for (term l = given; is_cons(l); l = tail(l)) {
        term f = fields;
        while (is_cons(f) && head(f) != tuple_get(head(l), 0)) f = tail(f);
        if (!is_cons(f))
            fail_compile(t->c, t->line, "undefined field %s on record %s", atom_c_text(t->c, tuple_get(head(l), 0)), inspect(t->c, name));
    }
    return named_type(t, line, "tuple", list_reverse(t->c, out));
}

static bool signed_small(struct types *t, term q, int64_t *n)
{
    if (is_small(q)) {
        *n = small_value(q);
        return true;
    }
    if (!is_form(q) || !is_named(t, form_name(q), "-") || !is_cons(form_args(q)) || !is_small(head(form_args(q)))) return false;
    *n = -small_value(head(form_args(q)));
    return true;
}

static term range_type(struct types *t, term q)
{
    int64_t low, high;
    term args = form_args(q), both = translate_all(t, args);
    if (!signed_small(t, head(args), &low) || !signed_small(t, list_at(args, 1), &high) || low > high)
        fail_compile(t->c, t->line, "invalid range specification, expected both sides to be integers, with the left side lower than the right side");
    return named_type(t, node_line(form_meta(q)), "range", both);
}

static term annotated_type(struct types *t, term q)
{
    term left = head(form_args(q)), right = list_at(form_args(q), 1), name;
    if (is_variable(left)) name = var_type(t, node_line(form_meta(left)), form_name(left));
    else {
        bool bar = is_call_of(left, AM_op_bar, 2);
        warn_at(t->c, t->line, IN_FILE, "invalid type annotation. The left side of :: must be a variable, got: %s%s", show(t->c, left),
                bar ? ". Note \"left | right :: ann\" is the same as \"(left | right) :: ann\". To solve this, use parentheses around the union "
                      "operands: \"left | (right :: ann)\"" : "");
        name = translate(t, left);
    }
    return literal_type(t, "ann_type", node_line(form_meta(q)), mk_list_of(t->c, 2, name, translate(t, right)));
}

// ---- types with a name

static bool one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (!strcmp(*names, name)) return true;
    return false;
}

static bool is_erlang_type(const char *name, unsigned arity)
{
    static const char *const any[] = {"fun", "string", "nonempty_string", NULL};
    static const char *const none[] = {"any", "arity", "atom", "binary", "bitstring", "boolean", "bool", "byte", "char", "float", "function",
                                       "identifier", "integer", "iodata", "iolist", "list", "map", "maybe_improper_list", "mfa", "module",
                                       "neg_integer", "no_return", "node", "non_neg_integer", "none", "nonempty_binary", "nonempty_bitstring",
                                       "nonempty_list", "nonempty_maybe_improper_list", "number", "pid", "port", "pos_integer", "reference", "term",
                                       "timeout", "tuple", NULL};
    static const char *const one[] = {"list", "nonempty_list", NULL};
    static const char *const two[] = {"maybe_improper_list", "nonempty_improper_list", "nonempty_maybe_improper_list", NULL};
    return one_of(name, any) || (arity < 3 && one_of(name, arity == 0 ? none : arity == 1 ? one : two));
}

static bool is_elixir_type(const char *name, unsigned arity)
{
    static const char *const none[] = {"charlist", "keyword", "nonempty_charlist", "struct", NULL}, *const one[] = {"as_boolean", "keyword", NULL};
    return (arity == 0 && one_of(name, none)) || (arity == 1 && one_of(name, one));
}

static struct local_type *find_local(struct types *t, term name, unsigned arity)
{
    struct local_type *l = t->types;
    while (l && (l->name != name || l->arity != arity)) l = l->next;
    return l;
}

static void warn_text_types(struct types *t, const char *name)
{
    static const char *const texts[] = {"string", "nonempty_string", NULL};
    if (one_of(name, texts))
        warn_at(t->c, t->line, IN_MODULE, "%s() type use is discouraged. For %scharacter lists, use %scharlist() type, for strings, String.t()", name,
                name[0] == 'n' ? "non-empty " : "", name[0] == 'n' ? "nonempty_" : "");
}

static term called_type(struct types *t, term name, int line, term written)
{
    term args = translate_all(t, written);
    const char *text = atom_c_text(t->c, name);
    unsigned n = list_count(args);
    if (!n && (!strcmp(text, "char_list") || !strcmp(text, "nonempty_char_list")) && !find_local(t, name, 0)) {
        text = text[0] == 'c' ? "charlist" : "nonempty_charlist";
        warn_at(t->c, t->line, IN_FILE, "the %s() type is deprecated, use %s()", atom_c_text(t->c, name), text);
        name = atom_c(t->c, text);
    }
    if (is_elixir_type(text, n)) return remote_type(t, 0, atom_c(t->c, "elixir"), name, args);
    if (is_erlang_type(text, n)) {
        warn_text_types(t, text);
        return type4(t, line, name, n == 0 && (!strcmp(text, "tuple") || !strcmp(text, "map")) ? atom_c(t->c, "any") : args);
    }
    struct local_type *local = find_local(t, name, n);
    if (!local) fail_compile(t->c, t->line, "type %s/%u undefined (no such type in %s)", text, n, inspect_atom(t->c, t->m->name));
    local->used = true;
    term e[] = {atom_c(t->c, "user_type"), make_small(line), name, args};
    return mk_tuple(t->c->h, 4, e);
}

// A variable of the type or spec, or a type without arguments.
static term variable_type(struct types *t, term q)
{
    for (unsigned i = 0; i < t->nvars; i++)
        if (t->vars[i].name == form_name(q)) {
            t->vars[i].uses++;
            return var_type(t, node_line(form_meta(q)), form_name(q));
        }
    return called_type(t, form_name(q), node_line(form_meta(q)), TERM_NIL);
}

static term module_of(struct types *t, term q)
{
    if (is_call_of(q, AM_op_at, 1) && is_variable(head(form_args(q)))) {
        struct attribute *a = attribute_find(t->m, form_name(head(form_args(q))));
        if (a) a->read = true;
        return a && is_atom(a->value) ? a->value : TERM_NONE;
    }
    term module = alias_atom(t->c, q), next = q;
    while (module == TERM_NONE && expand_once(t->c, q, &next)) module = alias_atom(t->c, q = next);
    return module;
}

static term remote_call_type(struct types *t, term q)
{
    term dot = form_name(q);
    bool call = is_form(dot) && form_name(dot) == AM_op_dot && is_list(form_args(dot)) && list_count(form_args(dot)) == 2;
    term module = call ? module_of(t, head(form_args(dot))) : TERM_NONE, name = call ? list_at(form_args(dot), 1) : TERM_NONE;
    if (module == TERM_NONE || !is_atom(name)) fail_type(t, "invalid remote in typespec", q);
    int line = node_line(form_meta(dot));
    if (module == t->m->name) return called_type(t, name, line, form_args(q));
    return remote_type(t, line, module, name, translate_all(t, form_args(q)));
}

static term operator_type(struct types *t, term q, const char *name, unsigned n)
{
    int line = node_line(form_meta(q));
    term first = head(form_args(q));
    if (n == 1 && (name[0] == '-' || name[0] == '+') && !name[1] && is_integer(first)) {
        term e[] = {atom_c(t->c, "op"), make_small(line), form_name(q), integer_type(t, line, first)};
        return mk_tuple(t->c->h, 4, e);
    }
    if (n == 2 && !strcmp(name, "..")) return range_type(t, q);
    if ((n == 1 || n == 2) && !strcmp(name, "record")) return record_type(t, q);
    return called_type(t, form_name(q), line, form_args(q));
}

static term form_type(struct types *t, term q)
{
    term name = form_name(q), args = form_args(q);
    if (!is_atom(name)) return remote_call_type(t, q);
    if (is_atom(args)) return name == AM__MODULE_ ? atom_type(t, t->m->name) : variable_type(t, q);
    unsigned n = list_count(args);
    switch (name) {
    case AM_op_bits: return bits_type(t, q);
    case AM_op_map: return map_type(t, q);
    case AM_op_tuple: return named_type(t, node_line(form_meta(q)), "tuple", translate_all(t, args));
    case AM_aliases: {
        term atom = module_of(t, q);
        if (atom == TERM_NONE) fail_type(t, "unexpected expression in typespec", q);
        return atom_type(t, atom);
    }
    case AM_op_bar: if (n == 2) return union_type(t, q); break;
    case AM_op_struct: if (n == 2) return struct_type(t, q); break;
    case AM_op_type: if (n == 2) return annotated_type(t, q); break;
    case AM_block: if (n == 1) return translate(t, head(args)); break;
    }
    return n ? operator_type(t, q, atom_c_text(t->c, name), n) : called_type(t, name, node_line(form_meta(q)), args);
}

static term translate(struct types *t, term q)
{
    check_nesting(t->c);
    if (is_list(q)) return list_type(t, q);
    if (is_tuple_of(q, 2)) return named_type(t, 0, "tuple", translate_all(t, mk_list_of(t->c, 2, tuple_get(q, 0), tuple_get(q, 1))));
    if (is_integer(q)) return integer_type(t, 0, q);
    if (is_atom(q)) return atom_type(t, q);
    if (!is_form(q) || !is_list(form_meta(q)) || !(is_atom(form_args(q)) || is_list(form_args(q))))
        fail_type(t, "unexpected expression in typespec", q);
    return form_type(t, q);
}

// ---- definitions

static void add_var(struct types *t, term name, unsigned uses)
{
    for (unsigned i = 0; i < t->nvars; i++)
        if (t->vars[i].name == name) {
            t->vars[i].uses += uses;
            return;
        }
    if (t->nvars == sizeof t->vars / sizeof *t->vars) fail_compile(t->c, t->line, "too many type variables");
    t->vars[t->nvars++] = (struct type_var){name, uses};
}

static void check_vars(struct types *t)
{
    for (unsigned i = 0; i < t->nvars; i++) {
        const char *name = atom_c_text(t->c, t->vars[i].name);
        if (t->vars[i].uses <= 1 && name[0] != '_')
            fail_compile(t->c, t->line, "type variable %s is used only once. Type variables in typespecs must be referenced at least twice, "
                                        "otherwise it is equivalent to term()", name);
    }
    t->nvars = 0;
}

static void enter(struct types *t, struct typespec *s)
{
    t->c->env = s->env;
    t->line = t->c->line = s->line;
    t->nvars = 0;
}

static term call_args(term q) { return is_list(form_args(q)) ? form_args(q) : TERM_NIL; }

static bool is_definition(term q)
{
    if (!is_call_of(q, AM_op_type, 2)) return false;
    term left = head(form_args(q));
    return is_form(left) && is_atom(form_name(left)) && form_name(left) != AM_op_type && form_name(left) != AM_op_bits;
}

static void check_type_args(struct types *t, term name, term args)
{
    const char *bad = "";
    for (term l = args; is_cons(l); l = tail(l))
        if (!is_variable(head(l))) bad = cx_format(t->c, "%s%s%s", bad, *bad ? ", " : "", show(t->c, head(l)));
    if (*bad)
        fail_compile(t->c, t->line, "@type definitions expect all arguments to be variables. The type %s/%u has an invalid argument(s): %s",
                     atom_c_text(t->c, name), list_count(args), bad);
}

// Notes the name of a type so that others may use it.
static void declare_type(struct types *t, struct typespec *s)
{
    enter(t, s);
    if (!is_definition(s->quoted)) fail_type(t, "invalid type specification", s->quoted);
    term left = head(form_args(s->quoted)), name = form_name(left), args = call_args(left);
    const char *text = atom_c_text(t->c, name);
    unsigned n = list_count(args);
    if (is_erlang_type(text, n) || is_elixir_type(text, n) || (n == 0 && !strcmp(text, "var")))
        fail_compile(t->c, s->line, "type %s/%u is a built-in type and it cannot be redefined", text, n);
    struct local_type *other = find_local(t, name, n);
    size_t len;
    const char *file = (const char *)binary_bytes(t->c->h, relative_path(t->c->h, t->m->file), &len);
    if (other) fail_compile(t->c, s->line, "type %s/%u is already defined in %.*s:%d", text, n, (int)len, file, other->line);
    check_type_args(t, name, args);
    struct local_type *l = arena_new(t->c->a, struct local_type);
    *l = (struct local_type){.kind = s->kind, .name = name, .arity = n, .line = s->line, .next = t->types};
    t->types = l;
}

static void define_type(struct types *t, struct typespec *s)
{
    enter(t, s);
    term left = head(form_args(s->quoted)), args = call_args(left), vars = TERM_NIL;
    struct local_type *l = find_local(t, form_name(left), list_count(args));
    for (term a = args; is_cons(a); a = tail(a)) {
        add_var(t, form_name(head(a)), 1);
        vars = mk_cons(t->c->h, var_type(t, node_line(form_meta(head(a))), form_name(head(a))), vars);
    }
    l->vars = list_reverse(t->c, vars);
    l->type = translate(t, list_at(form_args(s->quoted), 1));
    check_vars(t);
}

static term constraint(struct types *t, int line, term name, term type)
{
    term pair = mk_list_of(t->c, 2, var_type(t, line, name), translate(t, type));
    return named_type(t, line, "constraint", mk_list_of(t->c, 2, literal_type(t, "atom", line, atom_c(t->c, "is_subtype")), pair));
}

static bool is_plain_var(struct types *t, term q) { return is_variable(q) && is_named(t, form_name(q), "var"); }

static void declare_vars(struct types *t, term guard)
{
    if (!is_list(guard) || !is_keyword_list(guard)) fail_type(t, "expected keywords as guard in type specification, got", guard);
    for (term l = guard; is_cons(l); l = tail(l)) add_var(t, tuple_get(head(l), 0), is_plain_var(t, tuple_get(head(l), 1)) ? 0 : 1);
}

static term function_spec(struct types *t, term q, term guard, bool macro)
{
    term left = head(form_args(q));
    int line = node_line(form_meta(q));
    declare_vars(t, guard);
    term given = call_args(left);
    if (is_cons(given) && is_nil(tail(given)) && is_dots(t, head(given))) {
        term any = mk_tuple3(t->c->h, AM_type, make_small(line), atom_c(t->c, "any"));
        return named_type(t, line, "fun", mk_list_of(t->c, 2, any, translate(t, list_at(form_args(q), 1))));
    }
    term args = translate_all(t, given);
    if (macro) args = mk_cons(t->c->h, named_type(t, line, "term", TERM_NIL), args);
    term fun = named_type(t, line, "fun", mk_list_of(t->c, 2, named_type(t, line, "product", args), translate(t, list_at(form_args(q), 1)))),
        list = TERM_NIL;
    for (term l = guard; is_cons(l); l = tail(l))
        if (!is_plain_var(t, tuple_get(head(l), 1))) list = mk_cons(t->c->h, constraint(t, line, tuple_get(head(l), 0), tuple_get(head(l), 1)), list);
    check_vars(t);
    if (is_nil(list)) return fun;
    return named_type(t, line, "bounded_fun", mk_list_of(t->c, 2, fun, list_reverse(t->c, list)));
}

static bool is_made_by_compiler(struct types *t, term name)
{
    static const char *const names[] = {"__info__", "__struct__", "behaviour_info", "module_info", NULL};
    return one_of(atom_c_text(t->c, name), names);
}

// {{name, arity}, type} of a spec or callback.
static term translate_spec(struct types *t, struct typespec *s)
{
    enter(t, s);
    term q = s->quoted, guard = TERM_NIL;
    if (is_call_of(q, AM_kw_when, 2)) {
        guard = list_at(form_args(q), 1);
        q = head(form_args(q));
    }
    if (!is_definition(q)) {
        bool call = q == s->quoted && is_form(q) && is_atom(form_name(q)) && form_name(q) != AM_op_type;
        fail_type(t, call ? "type specification missing return type" : "invalid type specification", s->quoted);
    }
    term left = head(form_args(q)), name = form_name(left);
    unsigned n = list_count(call_args(left));
    struct def *d = def_find(t->m, name_key(name, n));
    bool spec = s->kind == AM_spec, macro = spec ? d && kind_is_macro(d->kind) : s->kind == AM_macrocallback;
    term type = function_spec(t, q, guard, macro);
    if (spec && !d && !is_made_by_compiler(t, name))
        fail_compile(t->c, s->line, "spec for undefined function %s/%u", atom_c_text(t->c, name), n);
    if (macro) name = atom_c(t->c, cx_format(t->c, "MACRO-%s", atom_c_text(t->c, name)));
    return mk_tuple2(t->c->h, mk_tuple2(t->c->h, name, make_small(n + macro)), type);
}

static bool is_type_kind(term kind) { return kind == AM_type || kind == AM_opaque || kind == AM_typep; }

// Oldest first.
static struct typespec *in_order(struct typespec *list)
{
    struct typespec *out = NULL;
    for (struct typespec *next; list; list = next) {
        next = list->next;
        list->next = out;
        out = list;
    }
    return out;
}

static void each_type(struct types *t, struct typespec *list, void (*fn)(struct types *t, struct typespec *s))
{
    const term kinds[] = {AM_type, AM_opaque, AM_typep};
    for (unsigned i = 0; i < 3; i++)
        for (struct typespec *s = list; s; s = s->next)
            if (s->kind == kinds[i]) fn(t, s);
}

static void warn_unused(struct types *t, const struct local_type *l)
{
    if (!l) return;
    warn_unused(t, l->next);
    if (l->kind == AM_typep && !l->used) warn_at(t->c, l->line, IN_FILE, "type %s/%u is unused", atom_c_text(t->c, l->name), l->arity);
}

// [{kind, {name, type, vars}}], newest first: private, opaque and public ones.
static term types_list(struct types *t)
{
    warn_unused(t, t->types);
    const term kinds[] = {AM_type, AM_opaque, AM_typep};
    term out = TERM_NIL, *end = &out;
    for (unsigned i = 3; i-- > 0;)
        for (struct local_type *l = t->types; l; l = l->next) {
            if (l->kind != kinds[i]) continue;
            *end = mk_cons(t->c->h, mk_tuple2(t->c->h, l->kind, mk_tuple3(t->c->h, l->name, l->type, l->vars)), TERM_NIL);
            end = &cons_ptr(*end)[1];
        }
    return out;
}

static term specs_list(struct types *t, struct typespec *list, bool spec)
{
    term out = TERM_NIL;
    for (; list; list = list->next)
        if (!is_type_kind(list->kind) && (list->kind == AM_spec) == spec) out = mk_cons(t->c->h, translate_spec(t, list), out);
    return list_reverse(t->c, out);
}

// {types, specs, callbacks} of the module, the last two as [{{name, arity}, type}] in the order written; nil: there are none.
term typespecs_translate(struct cx *c, struct module_state *m)
{
    if (!m->typespecs) return AM_nil;
    struct env *env = c->env;
    struct types *t = arena_new(c->a, struct types);
    *t = (struct types){.c = c, .m = m};
    struct typespec *list = in_order(m->typespecs);
    m->typespecs = NULL;
    each_type(t, list, declare_type);
    each_type(t, list, define_type);
    term specs = specs_list(t, list, true), callbacks = specs_list(t, list, false), types = types_list(t);
    c->env = env;
    return mk_tuple3(c->h, types, specs, callbacks);
}

// ---- what a type or callback takes from attributes

static bool same_entry(term id, term kind, term name, unsigned arity)
{
    return tuple_get(id, 0) == kind && tuple_get(id, 1) == name && tuple_get(id, 2) == make_small(arity);
}

// The entry of the docs chunk; the first clause of a callback makes it.
static void document(struct cx *c, struct module_state *m, term kind, term name, unsigned arity, int line)
{
    bool callback = kind == AM_callback || kind == AM_macrocallback;
    struct attribute *doc = attribute_find(m, callback ? AM_doc : atom_c(c, "typedoc"));
    term value = doc ? doc->value : TERM_NONE, *pairs = callback ? &m->doc_meta : &m->type_meta, meta = *pairs;
    if (doc) doc->value = TERM_NONE;
    *pairs = TERM_NIL;
    if (kind == AM_typep) {
        if (value != TERM_NONE && value != AM_false)
            warn_at(c, doc->line, IN_FILE, "type %s/%u is private, @typedoc's are always discarded for private types", atom_c_text(c, name), arity);
        return;
    }
    for (term l = m->docs; is_cons(l); l = tail(l))
        if (same_entry(tuple_get(head(l), 0), kind, name, arity) && value == TERM_NONE) return;
    if (kind == AM_opaque) {
        meta = mk_cons(c->h, mk_tuple2(c->h, AM_opaque, AM_true), meta);
        kind = AM_type;
    }
    term text = value == AM_false ? AM_hidden : AM_none;
    if (is_binary(value)) {
        term key = mk_binary_str(c->h, "en");
        text = map_from_pairs(c->vm, c->h, 1, &key, &value);
    }
    int at = value != TERM_NONE && doc->line > 0 ? doc->line : line;
    term parts[] = {mk_tuple3(c->h, kind, name, make_small(arity)), make_small(at), TERM_NIL, text, doc_metadata(c, meta)};
    m->docs = mk_cons(&m->a->heap, term_copy(c->vm, &m->a->heap, mk_tuple(c->h, 5, parts)), m->docs);
}

// Keeps the quoted form, which lies in the module's arena, until the module closes.
void typespec_put(struct cx *c, struct module_state *m, term kind, term quoted, struct env *env, int line)
{
    struct typespec *s = arena_new(m->a, struct typespec);
    *s = (struct typespec){kind, quoted, env, line, m->typespecs};
    m->typespecs = s;
    if (kind == AM_spec) return;
    term q = is_call_of(quoted, AM_kw_when, 2) ? head(form_args(quoted)) : quoted;
    if (!is_definition(q)) return;
    term left = head(form_args(q));
    document(c, m, kind, form_name(left), list_count(call_args(left)), line);
}
