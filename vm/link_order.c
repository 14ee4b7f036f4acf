// SPDX-License-Identifier: Apache-2.0
// See link_order.h. The tree is built of indices into an array, in the order in which the links were made; links that were taken back are
// not among them, so after such the tree may be another than OTP's.
#include "link_order.h"

#include <stdbool.h>
#include <stdlib.h>

enum { FEW = 16, LEFT = 0, RIGHT = 1 };

// Node 0 is no node; it is black.
struct node { uint64_t key; uint32_t child[2], parent; bool red; };

static int by_age(const void *a, const void *b)
{
    const struct link *x = a, *y = b;
    return x->made < y->made ? -1 : x->made > y->made;
}

static int side_of(const struct node *t, uint32_t x) { return t[t[x].parent].child[RIGHT] == x ? RIGHT : LEFT; }

static void put_in_place_of(struct node *t, uint32_t *root, uint32_t old, uint32_t new)
{
    uint32_t parent = t[old].parent;
    if (!parent) *root = new;
    else t[parent].child[side_of(t, old)] = new;
    t[new].parent = parent;
}

// x goes down to the side, its other child takes its place.
static void rotate(struct node *t, uint32_t *root, uint32_t x, int side)
{
    uint32_t y = t[x].child[!side], inner = t[y].child[side];
    t[x].child[!side] = inner;
    if (inner) t[inner].parent = x;
    put_in_place_of(t, root, x, y);
    t[y].child[side] = x;
    t[x].parent = y;
}

static void rebalance(struct node *t, uint32_t *root, uint32_t x)
{
    while (t[t[x].parent].red) {
        uint32_t parent = t[x].parent, grand = t[parent].parent;
        int side = side_of(t, parent);
        uint32_t uncle = t[grand].child[!side];
        t[grand].red = true;
        if (t[uncle].red) {
            t[parent].red = t[uncle].red = false;
            x = grand;
            continue;
        }
        if (side_of(t, x) != side) {
            rotate(t, root, parent, side);
            parent = x;
        }
        t[parent].red = false;
        rotate(t, root, grand, !side);
        break;
    }
    t[*root].red = false;
}

static void insert(struct node *t, uint32_t *root, uint32_t x, uint64_t key)
{
    uint32_t at = *root, parent = 0;
    int side = LEFT;
    while (at) {
        parent = at;
        side = key > t[at].key ? RIGHT : LEFT;
        at = t[at].child[side];
    }
    t[x] = (struct node){.key = key, .parent = parent, .red = true};
    if (parent) t[parent].child[side] = x;
    else *root = x;
    rebalance(t, root, x);
}

// Children before their parent, the left one first: down to a leaf, out with it, on from its parent.
static void take_apart(struct node *t, uint32_t root, struct link *out)
{
    for (uint32_t at = root, n = 0; at;) {
        uint32_t next = t[at].child[LEFT] ? t[at].child[LEFT] : t[at].child[RIGHT];
        if (next) {
            at = next;
            continue;
        }
        out[n++].who = t[at].key;
        next = t[at].parent;
        if (next) t[next].child[side_of(t, at)] = 0;
        at = next;
    }
}

void links_in_order(const struct table *links, struct link *out)
{
    uint32_t n = 0, root = 0;
    for (uint32_t at = 0; table_next(links, &at, &out[n].who, &out[n].made);) n++;
    if (n < 2) return;
    qsort(out, n, sizeof *out, by_age);
    struct node few[FEW], *nodes = n < FEW ? few : malloc((n + 1) * sizeof *nodes);
    if (!nodes) abort();
    nodes[0] = (struct node){0};
    for (uint32_t i = 0; i < n; i++) insert(nodes, &root, i + 1, out[i].who);
    take_apart(nodes, root, out);
    if (nodes != few) free(nodes);
}
