// SPDX-License-Identifier: Apache-2.0
// Maps. Up to FLAT_MAX keys: a sorted tuple of keys, shared between updates, and the values. Above: a hash trie of 16-way nodes,
// four bits of the hash per level, lowest first; a leaf is a cons [key|value], or a collision node for keys of one whole hash.
//
// Invariant: the representation is canonical: equal key sets give the same shape, so equality walks two maps in step.
// A trie node below the root holds at least two different hashes; collision entries are sorted by key.
// Iteration: flat maps by key, tries from the highest branch to the lowest, as on the BEAM.
#include <stdlib.h>

#include "native.h"

#define FLAT_MAX 32
#define BRANCH_BITS 4
#define BRANCH_MASK 15u

static size_t flat_size(term map) { return header_size(boxed_header(map)) - 1; }
static bool is_flat(term map) { return boxed_type(map) == TYPE_FLATMAP; }
static const term *flat_keys(term map) { return boxed_ptr(boxed_ptr(map)[1]) + 1; }
static const term *flat_values(term map) { return boxed_ptr(map) + 2; }

size_t map_size(term map) { return is_flat(map) ? flat_size(map) : (size_t)small_value(boxed_ptr(map)[1]); }

static term *flat_new(struct heap *h, term keys, size_t n)
{
    term *p = heap_alloc(h, n + 2);
    p[0] = make_header(TYPE_FLATMAP, n + 1);
    p[1] = keys;
    return p;
}

term map_empty(struct heap *h) { return make_boxed(flat_new(h, mk_tuple(h, 0, NULL), 0)); }

// ---- flat maps

// Position of `key`, or where it belongs (*found false).
static size_t flat_find(struct vm *vm, term map, term key, bool *found)
{
    size_t n = flat_size(map), low = 0, high = n;
    const term *keys = flat_keys(map);
    if (is_immediate(key)) {
        for (size_t i = 0; i < n; i++)
            if (keys[i] == key) return *found = true, i;
    }
    while (low < high) {
        size_t mid = (low + high) / 2;
        int c = term_compare_exact(vm, key, keys[mid]);
        if (c == 0) return *found = true, mid;
        if (c < 0) high = mid;
        else low = mid + 1;
    }
    *found = false;
    return low;
}

static term flat_get(struct vm *vm, term map, term key)
{
    size_t n = flat_size(map);
    const term *keys = flat_keys(map);
    if (is_immediate(key)) {
        for (size_t i = 0; i < n; i++)
            if (keys[i] == key) return flat_values(map)[i];
        return TERM_NONE;
    }
    if (n <= 8) {
        for (size_t i = 0; i < n; i++)
            if (term_same(keys[i], key)) return flat_values(map)[i];
        return TERM_NONE;
    }
    bool found;
    size_t i = flat_find(vm, map, key, &found);
    return found ? flat_values(map)[i] : TERM_NONE;
}

static term flat_replace(struct heap *h, term map, size_t at, term value)
{
    size_t n = flat_size(map);
    if (flat_values(map)[at] == value) return map;
    term *p = flat_new(h, boxed_ptr(map)[1], n);
    memcpy(p + 2, flat_values(map), n * sizeof(term));
    p[2 + at] = value;
    return make_boxed(p);
}

term map_replace_all(struct vm *vm, struct heap *h, term map, size_t n, const term *keys, const term *values)
{
    if (!is_flat(map)) return TERM_NONE;
    size_t size = flat_size(map);
    term *p = flat_new(h, boxed_ptr(map)[1], size);
    memcpy(p + 2, flat_values(map), size * sizeof(term));
    for (size_t i = 0; i < n; i++) {
        bool found;
        size_t at = flat_find(vm, map, keys[i], &found);
        if (!found) return TERM_NONE;
        p[2 + at] = values[i];
    }
    return make_boxed(p);
}

static term flat_insert(struct heap *h, term map, size_t at, term key, term value)
{
    size_t n = flat_size(map);
    const term *keys = flat_keys(map), *values = flat_values(map);
    term *k = heap_alloc(h, n + 2), *p = flat_new(h, make_boxed(k), n + 1);
    k[0] = make_header(TYPE_TUPLE, n + 1);
    memcpy(k + 1, keys, at * sizeof(term));
    memcpy(p + 2, values, at * sizeof(term));
    k[1 + at] = key;
    p[2 + at] = value;
    memcpy(k + 2 + at, keys + at, (n - at) * sizeof(term));
    memcpy(p + 3 + at, values + at, (n - at) * sizeof(term));
    return make_boxed(p);
}

static term flat_delete(struct heap *h, term map, size_t at)
{
    size_t n = flat_size(map) - 1;
    const term *keys = flat_keys(map), *values = flat_values(map);
    term *k = heap_alloc(h, n + 1), *p = flat_new(h, make_boxed(k), n);
    k[0] = make_header(TYPE_TUPLE, n);
    memcpy(k + 1, keys, at * sizeof(term));
    memcpy(p + 2, values, at * sizeof(term));
    memcpy(k + 1 + at, keys + at + 1, (n - at) * sizeof(term));
    memcpy(p + 2 + at, values + at + 1, (n - at) * sizeof(term));
    return make_boxed(p);
}

// ---- trie nodes

static uint32_t node_bitmap(const term *node) { return (uint32_t)small_value(node[1]); }
static unsigned branch(uint32_t hash, unsigned shift) { return hash >> shift & BRANCH_MASK; }
// In registers: without -mpopcnt the builtin is a call.
static inline unsigned ones16(uint32_t x)
{
    x -= x >> 1 & 0x5555;
    x = (x & 0x3333) + (x >> 2 & 0x3333);
    x = (x + (x >> 4)) & 0x0f0f;
    return (x + (x >> 8)) & 31;
}
static size_t child_at(uint32_t bitmap, unsigned b) { return 2 + (size_t)ones16(bitmap & ((1u << b) - 1)); }

static uint32_t leaf_hash(struct vm *vm, term leaf)
{
    return is_cons(leaf) ? term_hash(vm, head(leaf)) : (uint32_t)small_value(boxed_ptr(leaf)[1]);
}

static term *node_new(struct heap *h, uint32_t bitmap, size_t children)
{
    term *p = heap_alloc(h, children + 2);
    p[0] = make_header(TYPE_MAPNODE, children + 1);
    p[1] = make_small(bitmap);
    return p;
}

// A copy of the boxed node with room for `more` (or less) children: those before `at` and after it are in place.
static term *node_copy(struct heap *h, const term *node, size_t at, int more)
{
    size_t words = header_size(node[0]) + 1, fresh = (size_t)((ptrdiff_t)words + more);
    term *p = heap_alloc(h, fresh);
    p[0] = make_header(header_type(node[0]), fresh - 1);
    p[1] = node[1];
    memcpy(p + 2, node + 2, (at - 2) * sizeof(term));
    size_t from = more < 0 ? at + 1 : at, to = more > 0 ? at + 1 : at;
    memcpy(p + to, node + from, (words - from) * sizeof(term));
    return p;
}

static term collision_new(struct vm *vm, struct heap *h, uint32_t hash, size_t n, term *entries)
{
    term_sort(vm, n, entries, SORT_HEAD, true);
    term *p = heap_alloc(h, n + 2);
    p[0] = make_header(TYPE_MAPCOLLISION, n + 1);
    p[1] = make_small(hash);
    memcpy(p + 2, entries, n * sizeof(term));
    return make_boxed(p);
}

// Two leaves of different hashes that agree below `shift`.
static term join_leaves(struct heap *h, unsigned shift, term a, uint32_t hash_a, term b, uint32_t hash_b)
{
    unsigned x = branch(hash_a, shift), y = branch(hash_b, shift);
    if (x == y) {
        term below = join_leaves(h, shift + BRANCH_BITS, a, hash_a, b, hash_b);
        term *p = node_new(h, 1u << x, 1);
        p[2] = below;
        return make_boxed(p);
    }
    term *p = node_new(h, 1u << x | 1u << y, 2);
    p[2] = x < y ? a : b;
    p[3] = x < y ? b : a;
    return make_boxed(p);
}

struct edit { struct vm *vm; struct heap *h; uint32_t hash; term key, value; int change; };

static term edit_entry(struct edit *e) { return mk_cons(e->h, e->key, e->value); }

static term collision_put(struct edit *e, term leaf)
{
    const term *node = boxed_ptr(leaf);
    size_t n = header_size(node[0]) - 1, at = 2;
    int c = 1;
    for (; at < n + 2; at++)
        if ((c = term_compare_exact(e->vm, head(node[at]), e->key)) >= 0) break;
    if (at < n + 2 && c == 0) {
        if (tail(node[at]) == e->value) return leaf;
        term *p = node_copy(e->h, node, at, 0);
        p[at] = edit_entry(e);
        return make_boxed(p);
    }
    e->change = 1;
    term *p = node_copy(e->h, node, at, 1);
    p[at] = edit_entry(e);
    return make_boxed(p);
}

static term leaf_put(struct edit *e, term leaf, unsigned shift)
{
    if (is_cons(leaf) && term_same(head(leaf), e->key)) return tail(leaf) == e->value ? leaf : edit_entry(e);
    uint32_t hash = leaf_hash(e->vm, leaf);
    if (hash == e->hash) {
        if (!is_cons(leaf)) return collision_put(e, leaf);
        term both[2] = {leaf, edit_entry(e)};
        e->change = 1;
        return collision_new(e->vm, e->h, hash, 2, both);
    }
    e->change = 1;
    return join_leaves(e->h, shift, leaf, hash, edit_entry(e), e->hash);
}

static term node_put(struct edit *e, term node, unsigned shift)
{
    const term *p = boxed_ptr(node);
    uint32_t bitmap = node_bitmap(p);
    unsigned b = branch(e->hash, shift);
    size_t at = child_at(bitmap, b);
    if (!(bitmap & 1u << b)) {
        e->change = 1;
        term entry = edit_entry(e);
        term *q = node_copy(e->h, p, at, 1);
        q[1] = make_small(bitmap | 1u << b);
        q[at] = entry;
        return make_boxed(q);
    }
    term child = p[at], fresh;
    if (is_type(child, TYPE_MAPNODE)) fresh = node_put(e, child, shift + BRANCH_BITS);
    else fresh = leaf_put(e, child, shift + BRANCH_BITS);
    if (fresh == child) return node;
    term *q = node_copy(e->h, p, at, 0);
    q[at] = fresh;
    return make_boxed(q);
}

// What is left of a child without the key; TERM_NONE: nothing.
static term leaf_remove(struct edit *e, term leaf)
{
    if (is_cons(leaf)) {
        if (!term_same(head(leaf), e->key)) return leaf;
        e->change = -1;
        return TERM_NONE;
    }
    const term *p = boxed_ptr(leaf);
    size_t n = header_size(p[0]) - 1;
    for (size_t i = 2; i < n + 2; i++) {
        if (!term_same(head(p[i]), e->key)) continue;
        e->change = -1;
        if (n == 2) return p[i == 2 ? 3 : 2];
        return make_boxed(node_copy(e->h, p, i, -1));
    }
    return leaf;
}

static term node_remove(struct edit *e, term node, unsigned shift)
{
    const term *p = boxed_ptr(node);
    uint32_t bitmap = node_bitmap(p);
    unsigned b = branch(e->hash, shift);
    size_t at = child_at(bitmap, b), n = header_size(p[0]) - 1;
    if (!(bitmap & 1u << b)) return node;
    term child = p[at];
    term fresh = is_type(child, TYPE_MAPNODE) ? node_remove(e, child, shift + BRANCH_BITS) : leaf_remove(e, child);
    if (fresh == child) return node;
    if (fresh == TERM_NONE) {
        if (n == 2 && shift && !is_type(p[5 - at], TYPE_MAPNODE)) return p[5 - at];
        term *q = node_copy(e->h, p, at, -1);
        q[1] = make_small(bitmap & ~(1u << b));
        return make_boxed(q);
    }
    if (n == 1 && shift && !is_type(fresh, TYPE_MAPNODE)) return fresh;
    term *q = node_copy(e->h, p, at, 0);
    q[at] = fresh;
    return make_boxed(q);
}

static term hash_new(struct heap *h, size_t size, term root)
{
    term *p = heap_alloc(h, 3);
    p[0] = make_header(TYPE_HASHMAP, 2);
    p[1] = make_small((int64_t)size);
    p[2] = root;
    return make_boxed(p);
}

static term node_get(term node, unsigned shift, uint32_t hash, term key)
{
    for (;; shift += BRANCH_BITS) {
        const term *p = boxed_ptr(node);
        uint32_t bitmap = node_bitmap(p);
        unsigned b = branch(hash, shift);
        if (!(bitmap & 1u << b)) return TERM_NONE;
        term child = p[child_at(bitmap, b)];
        if (is_cons(child)) return term_same(head(child), key) ? tail(child) : TERM_NONE;
        if (boxed_type(child) == TYPE_MAPCOLLISION) {
            const term *c = boxed_ptr(child);
            for (size_t i = 2; i <= header_size(c[0]); i++)
                if (term_same(head(c[i]), key)) return tail(c[i]);
            return TERM_NONE;
        }
        node = child;
    }
}

static term hash_get(struct vm *vm, term map, term key)
{
    return node_get(boxed_ptr(map)[2], 0, term_hash(vm, key), key);
}

// ---- building from many entries

struct leaf { uint32_t order, hash; size_t index; term entry; };   // order: the hash with its branches reversed

static uint32_t reverse_branches(uint32_t x)
{
    x = __builtin_bswap32(x);
    return (x & 0x0f0f0f0fu) << 4 | (x >> 4 & 0x0f0f0f0fu);
}

static int by_order(const void *a, const void *b)
{
    const struct leaf *x = a, *y = b;
    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static term build_node(struct heap *h, const struct leaf *leaves, size_t n, unsigned shift)
{
    if (n == 1 && shift) return leaves[0].entry;
    term children[16];
    size_t count = 0;
    uint32_t bitmap = 0;
    for (size_t i = 0; i < n;) {
        unsigned b = branch(leaves[i].hash, shift);
        size_t end = i + 1;
        while (end < n && branch(leaves[end].hash, shift) == b) end++;
        bitmap |= 1u << b;
        children[count++] = build_node(h, leaves + i, end - i, shift + BRANCH_BITS);
        i = end;
    }
    term *p = node_new(h, bitmap, count);
    memcpy(p + 2, children, count * sizeof(term));
    return make_boxed(p);
}

// Merges entries of one hash into the first of them; the later of equal keys wins. Returns how many keys there are.
static size_t merge_same_hash(struct vm *vm, struct heap *h, struct leaf *leaves, size_t n)
{
    if (n == 1) return 1;
    term *kept = malloc(n * sizeof(term));
    if (!kept) abort();
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < count && !term_same(head(kept[k]), head(leaves[i].entry))) k++;
        kept[k] = leaves[i].entry;
        if (k == count) count++;
    }
    leaves[0].entry = count == 1 ? kept[0] : collision_new(vm, h, leaves[0].hash, count, kept);
    free(kept);
    return count;
}

static term flat_from_entries(struct vm *vm, struct heap *h, size_t n, term *entries)
{
    term_sort(vm, n, entries, SORT_HEAD, true);
    term *k = heap_alloc(h, n + 1), *p = flat_new(h, make_boxed(k), n);
    k[0] = make_header(TYPE_TUPLE, n);
    for (size_t i = 0; i < n; i++) {
        k[1 + i] = head(entries[i]);
        p[2 + i] = tail(entries[i]);
    }
    return make_boxed(p);
}

static term flat_from_map(struct vm *vm, struct heap *h, term map)
{
    term cells[FLAT_MAX * 2], entries[FLAT_MAX], key, value;
    size_t n = 0;
    struct map_iter it;
    map_iter_init(&it, map);
    while (map_iter_next(&it, &key, &value)) {
        cells[2 * n] = key;
        cells[2 * n + 1] = value;
        entries[n] = make_cons_ptr(cells + 2 * n);
        n++;
    }
    return flat_from_entries(vm, h, n, entries);
}

// Inserts one after the other; in many lists each key comes after those before it.
static term from_few_pairs(struct vm *vm, struct heap *h, size_t n, const term *keys, const term *values)
{
    term k[FLAT_MAX + 1], v[FLAT_MAX];
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        size_t low = 0, high = count, mid = count - 1;     // the first comparison is with the last key
        int c = -1;
        for (; low < high && c; mid = (low + high) / 2) {
            c = term_compare_exact(vm, keys[i], k[1 + mid]);
            if (c < 0) high = mid;
            else low = c ? mid + 1 : mid;
        }
        if (c) {
            memmove(k + 2 + low, k + 1 + low, (count - low) * sizeof(term));
            memmove(v + 1 + low, v + low, (count - low) * sizeof(term));
            count++;
        }
        k[1 + low] = keys[i];
        v[low] = values[i];
    }
    k[0] = make_header(TYPE_TUPLE, count);
    term *tuple = heap_alloc(h, count + 1), *p = flat_new(h, make_boxed(tuple), count);
    memcpy(tuple, k, (count + 1) * sizeof(term));
    memcpy(p + 2, v, count * sizeof(term));
    return make_boxed(p);
}

static term from_many_pairs(struct vm *vm, struct heap *h, size_t n, const term *keys, const term *values)
{
    struct leaf *leaves = malloc(n * sizeof *leaves);
    if (!leaves) abort();
    term *cells = heap_alloc(h, 2 * n);
    for (size_t i = 0; i < n; i++) {
        uint32_t hash = term_hash(vm, keys[i]);
        cells[2 * i] = keys[i];
        cells[2 * i + 1] = values[i];
        leaves[i] = (struct leaf){reverse_branches(hash), hash, i, make_cons_ptr(cells + 2 * i)};
    }
    qsort(leaves, n, sizeof *leaves, by_order);
    size_t distinct = 0, size = 0;
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && leaves[end].hash == leaves[i].hash) end++;
        size += merge_same_hash(vm, h, leaves + i, end - i);
        leaves[distinct++] = leaves[i];
        i = end;
    }
    term map = hash_new(h, size, build_node(h, leaves, distinct, 0));
    free(leaves);
    return size <= FLAT_MAX ? flat_from_map(vm, h, map) : map;
}

term map_from_pairs(struct vm *vm, struct heap *h, size_t n, const term *keys, const term *values)
{
    if (!n) return map_empty(h);
    return n <= FLAT_MAX ? from_few_pairs(vm, h, n, keys, values) : from_many_pairs(vm, h, n, keys, values);
}

// ---- two tries

struct merge { struct vm *vm; struct heap *h; size_t common; };

static term put_entry(struct merge *m, term to, unsigned shift, term entry, uint32_t hash, bool override)
{
    struct edit e = {.vm = m->vm, .h = m->h, .hash = hash, .key = head(entry), .value = tail(entry)};
    bool is_node = is_type(to, TYPE_MAPNODE);
    if (!override && is_node && node_get(to, shift, hash, e.key) != TERM_NONE) return m->common++, to;
    term merged = is_node ? node_put(&e, to, shift) : leaf_put(&e, to, shift);
    if (!e.change) m->common++;
    return merged;
}

// Puts the entries of a leaf into a subtree at `shift`.
static term put_leaf(struct merge *m, term to, unsigned shift, term leaf, bool override)
{
    uint32_t hash = leaf_hash(m->vm, leaf);
    if (is_cons(leaf)) return put_entry(m, to, shift, leaf, hash, override);
    for (size_t i = 2; i <= header_size(boxed_header(leaf)); i++) to = put_entry(m, to, shift, boxed_ptr(leaf)[i], hash, override);
    return to;
}

// The entries of both subtrees; where both have a key, that of b.
static term merge_nodes(struct merge *m, term a, term b, unsigned shift)
{
    if (!is_type(b, TYPE_MAPNODE)) return put_leaf(m, a, shift, b, true);
    if (!is_type(a, TYPE_MAPNODE)) return put_leaf(m, b, shift, a, false);
    const term *p = boxed_ptr(a) + 2, *q = boxed_ptr(b) + 2;
    uint32_t in_a = node_bitmap(p - 2), in_b = node_bitmap(q - 2);
    term children[16];
    size_t n = 0;
    bool same = in_a == (in_a & in_b);
    for (uint32_t bit = 1; bit <= (in_a | in_b); bit <<= 1) {
        if (in_a & in_b & bit) {
            children[n] = merge_nodes(m, *p++, *q, shift + BRANCH_BITS);
            same = same && children[n] == *q;
            q++, n++;
        } else if (in_a & bit) children[n++] = *p++;
        else if (in_b & bit) children[n++] = *q++;
    }
    if (same) return b;
    term *node = node_new(m->h, in_a | in_b, n);
    memcpy(node + 2, children, n * sizeof(term));
    return make_boxed(node);
}

term map_merge_tries(struct vm *vm, struct heap *h, term a, term b)
{
    struct merge m = {.vm = vm, .h = h};
    term root = merge_nodes(&m, boxed_ptr(a)[2], boxed_ptr(b)[2], 0);
    return root == boxed_ptr(b)[2] ? b : hash_new(h, map_size(a) + map_size(b) - m.common, root);
}

// ---- the interface

term map_get(struct vm *vm, term map, term key) { return is_flat(map) ? flat_get(vm, map, key) : hash_get(vm, map, key); }

bool map_is_struct(struct vm *vm, term map)
{
    if (!is_flat(map)) return is_atom(hash_get(vm, map, AM__struct_));
    const term *keys = flat_keys(map);
    size_t i = 0, n = flat_size(map);
    while (i < n && keys[i] != AM__struct_) i++;
    return i < n && is_atom(flat_values(map)[i]);
}

static term flat_put(struct vm *vm, struct heap *h, term map, term key, term value)
{
    bool found;
    size_t n = flat_size(map), at = flat_find(vm, map, key, &found);
    if (found) return flat_replace(h, map, at, value);
    if (n < FLAT_MAX) return flat_insert(h, map, at, key, value);
    term keys[FLAT_MAX + 1], values[FLAT_MAX + 1];
    memcpy(keys, flat_keys(map), n * sizeof(term));
    memcpy(values, flat_values(map), n * sizeof(term));
    keys[n] = key;
    values[n] = value;
    return from_many_pairs(vm, h, n + 1, keys, values);
}

term map_put(struct vm *vm, struct heap *h, term map, term key, term value)
{
    if (is_flat(map)) return flat_put(vm, h, map, key, value);
    term root = boxed_ptr(map)[2];
    struct edit e = {.vm = vm, .h = h, .hash = term_hash(vm, key), .key = key, .value = value};
    term fresh = node_put(&e, root, 0);
    return fresh == root ? map : hash_new(h, map_size(map) + (size_t)e.change, fresh);
}

term map_remove(struct vm *vm, struct heap *h, term map, term key)
{
    if (is_flat(map)) {
        bool found;
        size_t at = flat_find(vm, map, key, &found);
        return found ? flat_delete(h, map, at) : map;
    }
    term root = boxed_ptr(map)[2];
    struct edit e = {.vm = vm, .h = h, .hash = term_hash(vm, key), .key = key};
    term fresh = node_remove(&e, root, 0);
    if (!e.change) return map;
    size_t size = map_size(map) - 1;
    term smaller = hash_new(h, size, fresh);
    return size <= FLAT_MAX ? flat_from_map(vm, h, smaller) : smaller;
}

static void enter_node(struct map_iter *it, term node)
{
    it->stack[it->depth] = node;
    it->index[it->depth] = it->up ? 2 : (uint32_t)header_size(boxed_header(node));
}

static void iter_init(struct map_iter *it, term map, bool up)
{
    it->map = map;
    it->index[0] = 0;
    it->depth = 0;
    it->up = up;
    if (!is_flat(map)) enter_node(it, boxed_ptr(map)[2]);
}

void map_iter_init(struct map_iter *it, term map) { iter_init(it, map, false); }
void map_iter_init_up(struct map_iter *it, term map) { iter_init(it, map, true); }

bool map_iter_next(struct map_iter *it, term *key, term *value)
{
    if (is_flat(it->map)) {
        uint32_t i = it->index[0];
        if (i >= flat_size(it->map)) return false;
        *key = flat_keys(it->map)[i];
        *value = flat_values(it->map)[i];
        it->index[0]++;
        return true;
    }
    while (it->depth >= 0) {
        term node = it->stack[it->depth];
        uint32_t i = it->index[it->depth];  // the next child
        if (i < 2 || i > header_size(boxed_header(node))) {
            it->depth--;
            continue;
        }
        it->index[it->depth] = it->up ? i + 1 : i - 1;
        term child = boxed_ptr(node)[i];
        if (is_cons(child)) {
            *key = head(child);
            *value = tail(child);
            return true;
        }
        it->depth++;
        enter_node(it, child);
    }
    return false;
}
