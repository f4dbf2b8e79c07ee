/* SPDX-License-Identifier: Apache-2.0
 *
 * See net.h. Down and up in turn, every rank is sorted by the barycentre of each spot's neighbours
 * in the rank before, then neighbours change places where fewer wires cross for it. The best order
 * seen is kept. */
#include "describe/net.h"

#include <stdlib.h>
#include <string.h>

enum {
    SWEEPS_MAX = 24,
    SWEEPS_IDLE_MAX = 6, /* that bring nothing better */
    SWITCHES_MAX = 4,    /* passes over a rank */
    KEY_SCALE = 1 << 12,
};

typedef struct keyed {
    uint64_t key;
    uint32_t position, spot;
} keyed;

typedef struct ordering {
    gjc_net *net;
    keyed *keys;        /* of one rank */
    uint32_t *best;     /* the best order seen */
    uint32_t *tree;     /* for counting crossings */
    uint32_t *ends;     /* positions of the lower ends of a spot's wires */
    uint32_t width_max; /* spots of the widest rank */
} ordering;

static uint32_t neighbour(const gjc_net *net, uint32_t wire, bool above)
{
    return above ? net->wires[wire].upper : net->wires[wire].lower;
}

static const gjc_wires_at *wires_of(const gjc_net *net, bool above)
{
    return above ? &net->above : &net->below;
}

static void positions_set(gjc_net *net, uint32_t rank)
{
    uint32_t first = net->first_in_rank[rank];
    for (uint32_t i = first; i < net->first_in_rank[rank + 1]; i++)
        net->spots[net->order[i]].position = i - first;
}

/* ---- the first order ---- */

/* As a walk down from each spot that nothing leads to meets them, the first wire first. */
static bool order_begin(gjc_net *net)
{
    uint32_t *filled = gjb_arena_make(net->arena, net->rank_count, sizeof *filled);
    bool *is_seen = gjb_arena_make(net->arena, net->spot_count, sizeof *is_seen);
    uint32_t *stack =
        gjb_arena_make(net->arena, (size_t)net->spot_count + net->wire_count, sizeof *stack);
    if (filled == NULL || is_seen == NULL || stack == NULL)
        return false;
    for (uint32_t root = 0; root < net->spot_count; root++) {
        uint32_t depth = 0;
        if (net->above.first[root] != net->above.first[root + 1])
            continue;
        stack[depth++] = root;
        while (depth > 0) {
            uint32_t spot = stack[--depth], rank = net->spots[spot].rank;
            if (is_seen[spot])
                continue;
            is_seen[spot] = true;
            net->order[net->first_in_rank[rank] + filled[rank]++] = spot;
            for (uint32_t i = net->below.first[spot + 1]; i-- > net->below.first[spot];)
                stack[depth++] = net->wires[net->below.wires[i]].lower;
        }
    }
    for (uint32_t rank = 0; rank < net->rank_count; rank++)
        positions_set(net, rank);
    return true;
}

/* ---- counting ---- */

static int numbers_compare(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

/* Crossings between a rank and the next: from left to right, each wire crosses those already there
 * that end farther right. The tree counts ends by position. */
static uint64_t rank_crossings(ordering *o, uint32_t rank)
{
    const gjc_net *net = o->net;
    uint32_t size = gjc_net_rank_size(net, rank + 1), there = 0;
    uint64_t crossings = 0;
    memset(o->tree, 0, ((size_t)size + 1) * sizeof *o->tree);
    for (uint32_t i = net->first_in_rank[rank]; i < net->first_in_rank[rank + 1]; i++) {
        uint32_t spot = net->order[i], count = 0;
        for (uint32_t j = net->below.first[spot]; j < net->below.first[spot + 1]; j++)
            o->ends[count++] = net->spots[net->wires[net->below.wires[j]].lower].position;
        qsort(o->ends, count, sizeof *o->ends, numbers_compare);
        for (uint32_t j = 0; j < count; j++) {
            uint32_t left = 0;
            for (uint32_t at = o->ends[j] + 1; at > 0; at -= at & (~at + 1))
                left += o->tree[at];
            crossings += there - left;
            for (uint32_t at = o->ends[j] + 1; at <= size; at += at & (~at + 1))
                o->tree[at]++;
            there++;
        }
    }
    return crossings;
}

static uint64_t crossings_count(ordering *o)
{
    uint64_t count = 0;
    for (uint32_t rank = 0; rank + 1 < o->net->rank_count; rank++)
        count += rank_crossings(o, rank);
    return count;
}

/* ---- sorting by barycentre ---- */

static int keys_compare(const void *a, const void *b)
{
    const keyed *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return left->position < right->position ? -1 : left->position > right->position;
}

/* Spots without neighbours there keep their places; the others share the rest. */
static void rank_sort(ordering *o, uint32_t rank, bool above)
{
    gjc_net *net = o->net;
    const gjc_wires_at *at = wires_of(net, above);
    uint32_t first = net->first_in_rank[rank], end = net->first_in_rank[rank + 1], count = 0;
    for (uint32_t i = first; i < end; i++) {
        uint32_t spot = net->order[i];
        uint64_t sum = 0, degree = at->first[spot + 1] - at->first[spot];
        for (uint32_t j = at->first[spot]; j < at->first[spot + 1]; j++)
            sum += net->spots[neighbour(net, at->wires[j], above)].position;
        if (degree > 0)
            o->keys[count++] = (keyed){sum * KEY_SCALE / degree, i, spot};
    }
    qsort(o->keys, count, sizeof *o->keys, keys_compare);
    uint32_t next = 0;
    for (uint32_t i = first; i < end; i++)
        if (at->first[net->order[i]] != at->first[net->order[i] + 1])
            net->order[i] = o->keys[next++].spot;
    positions_set(net, rank);
}

/* ---- changing places ---- */

/* Crossings of the wires of two spots on one side, the first on the left. */
static uint64_t pair_crossings(const gjc_net *net, uint32_t left, uint32_t right, bool above)
{
    const gjc_wires_at *at = wires_of(net, above);
    uint64_t count = 0;
    for (uint32_t i = at->first[left]; i < at->first[left + 1]; i++) {
        uint32_t end = net->spots[neighbour(net, at->wires[i], above)].position;
        for (uint32_t j = at->first[right]; j < at->first[right + 1]; j++)
            count += net->spots[neighbour(net, at->wires[j], above)].position < end ? 1 : 0;
    }
    return count;
}

static uint64_t both_crossings(const gjc_net *net, uint32_t left, uint32_t right)
{
    return pair_crossings(net, left, right, true) + pair_crossings(net, left, right, false);
}

static void rank_switch(gjc_net *net, uint32_t rank)
{
    bool changed = true;
    for (uint32_t pass = 0; pass < SWITCHES_MAX && changed; pass++) {
        changed = false;
        for (uint32_t i = net->first_in_rank[rank]; i + 1 < net->first_in_rank[rank + 1]; i++) {
            uint32_t left = net->order[i], right = net->order[i + 1];
            if (both_crossings(net, left, right) <= both_crossings(net, right, left))
                continue;
            net->order[i] = right;
            net->order[i + 1] = left;
            net->spots[right].position--;
            net->spots[left].position++;
            changed = true;
        }
    }
}

/* ---- the whole ---- */

static void sweep(ordering *o, bool down)
{
    uint32_t ranks = o->net->rank_count;
    for (uint32_t i = 1; i < ranks; i++)
        rank_sort(o, down ? i : ranks - 1 - i, down);
    for (uint32_t i = 0; i < ranks; i++)
        rank_switch(o->net, down ? i : ranks - 1 - i);
}

static void best_find(ordering *o)
{
    gjc_net *net = o->net;
    size_t size = net->spot_count * sizeof *net->order;
    uint64_t best = crossings_count(o);
    memcpy(o->best, net->order, size);
    for (uint32_t i = 0, idle = 0; i < SWEEPS_MAX && idle < SWEEPS_IDLE_MAX && best > 0; i++) {
        sweep(o, i % 2 == 0);
        uint64_t crossings = crossings_count(o);
        idle = crossings < best ? 0 : idle + 1;
        if (crossings >= best)
            continue;
        best = crossings;
        memcpy(o->best, net->order, size);
    }
    memcpy(net->order, o->best, size);
    for (uint32_t rank = 0; rank < net->rank_count; rank++)
        positions_set(net, rank);
}

gj_status gjc_net_order(gjc_net *net)
{
    ordering o = {.net = net};
    for (uint32_t rank = 0; rank < net->rank_count; rank++)
        if (o.width_max < gjc_net_rank_size(net, rank))
            o.width_max = gjc_net_rank_size(net, rank);
    o.keys = gjb_arena_make(net->arena, o.width_max, sizeof *o.keys);
    o.best = gjb_arena_make(net->arena, net->spot_count, sizeof *o.best);
    o.tree = gjb_arena_make(net->arena, (size_t)o.width_max + 1, sizeof *o.tree);
    o.ends = gjb_arena_make(net->arena, net->wire_count, sizeof *o.ends);
    if (net->arena->failed || !order_begin(net))
        return GJ_NO_MEMORY;
    best_find(&o);
    return GJ_OK;
}
