// SPDX-License-Identifier: Apache-2.0
// Searching in the trees of :gb_trees and :gb_sets. A node is {key, ..., smaller, bigger}, an empty tree is nil.
//
// Invariant: keys compare as with < and >; a node is not changed but copied.
#include <string.h>

#include "native.h"

#define KEY 1       // word of a node; the subtrees are its last two words

// Copies the nodes on the way with `to` != NULL: *to becomes the new tree, and the result is the copy. TERM_NIL: the key is not there;
// TERM_NONE: that is no tree.
static term find(struct process *p, term key, term node, term *to)
{
    size_t depth = 0;
    for (; is_tuple(node) && tuple_arity(node) >= 3; depth++) {
        size_t n = tuple_arity(node);
        term *words = boxed_ptr(node);
        if (to) {
            words = memcpy(heap_alloc(&p->heap, n + 1), words, (n + 1) * sizeof(term));
            *to = make_boxed(words);
        }
        term other = words[KEY];
        int c = both_small(key, other) ? ((int64_t)key > (int64_t)other) - ((int64_t)key < (int64_t)other) : term_compare(p->vm, key, other);
        if (!c) return make_boxed(words);
        to = to ? words + (c < 0 ? n - 1 : n) : NULL;
        node = words[c < 0 ? n - 1 : n];
    }
    native_charge(p, depth / 10);
    return node == AM_nil ? TERM_NIL : TERM_NONE;
}

NATIVE("phial_trees", "find", 2, phial_trees_find, "The node of a key in a tree, or nil.")
{
    term node = find(p, arg[0], arg[1], NULL);
    if (node == TERM_NONE) return raise_error(p, AM_function_clause);
    return is_nil(node) ? AM_nil : node;
}
NATIVE("phial_trees", "update", 3, phial_trees_update, "The tree with this key and this value in the key's node, or nil.")
{
    term tree = AM_nil, node = find(p, arg[0], arg[2], &tree);
    if (node == TERM_NONE) return raise_error(p, AM_function_clause);
    if (is_nil(node)) return AM_nil;
    boxed_ptr(node)[KEY] = arg[0];
    boxed_ptr(node)[KEY + 1] = arg[1];
    return tree;
}
