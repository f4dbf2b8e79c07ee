/* SPDX-License-Identifier: Apache-2.0
 *
 * See net.h. After Brandes and Köpf: spots are aligned with their median neighbours to blocks that
 * stand upright, once for each way of looking (from above or below, from the left or the right), so
 * that what passes many ranks is a straight line; blocks are then moved together as far as they may
 * be, and a spot stands in the middle of its two middle places of four. All in whole pixels: every
 * machine draws the same. */
#include "describe/net.h"

#include <stdlib.h>

enum { WAYS = 4, GAP_BOX = 36, GAP_LABEL = 16, GAP_BEND = 18 };

/* A way of looking at the net: ranks from below, positions from the right. */
typedef struct way {
    bool from_below, from_right;
} way;

typedef struct blocks {
    gjc_net *net;
    bool *is_refused;       /* by wire: it crosses one that passes straight through */
    uint32_t *roots, *next; /* by spot: its block's first, and who follows there, in a ring */
    int32_t *xs;            /* by root */
    uint32_t *waiting;      /* by root: left neighbours that have no place yet */
    uint32_t *sequence;     /* roots, each after those on its left */
    uint32_t sequence_count;
    uint32_t *first_rights; /* by root: neighbouring spots on the right */
    uint32_t *rights;       /* spots whose left neighbours are in the block */
} blocks;

static uint32_t spot_at(const blocks *b, way w, uint32_t rank, uint32_t position)
{
    const gjc_net *net = b->net;
    if (w.from_below)
        rank = net->rank_count - 1 - rank;
    uint32_t size = gjc_net_rank_size(net, rank);
    return net->order[net->first_in_rank[rank] + (w.from_right ? size - 1 - position : position)];
}

static uint32_t size_at(const blocks *b, way w, uint32_t rank)
{
    return gjc_net_rank_size(b->net, w.from_below ? b->net->rank_count - 1 - rank : rank);
}

/* Its place seen that way. */
static int64_t place_of(const blocks *b, way w, uint32_t spot)
{
    int64_t position = b->net->spots[spot].position;
    return w.from_right ? -position : position;
}

static int32_t gap_of(gjc_spot_kind kind)
{
    switch (kind) {
    case GJC_SPOT_BOX:
        return GAP_BOX;
    case GJC_SPOT_LABEL:
        return GAP_LABEL;
    case GJC_SPOT_BEND:
        break;
    }
    return GAP_BEND;
}

/* Between the middles of two neighbours. */
static int32_t distance(const gjc_net *net, uint32_t a, uint32_t b)
{
    const gjc_spot *left = &net->spots[a], *right = &net->spots[b];
    return (left->width + right->width + gap_of(left->kind) + gap_of(right->kind)) / 2;
}

/* ---- wires that may not be straight ---- */

/* The wire by which the spot passes straight on upwards, or GJC_NO_INDEX. */
static uint32_t passing(const gjc_net *net, uint32_t spot)
{
    if (net->spots[spot].kind == GJC_SPOT_BOX)
        return GJC_NO_INDEX;
    uint32_t wire = net->above.wires[net->above.first[spot]];
    return net->spots[net->wires[wire].upper].kind == GJC_SPOT_BOX ? GJC_NO_INDEX : wire;
}

/* The wires of spots between two passing ones may not reach outside their upper ends. */
static void between_refuse(blocks *b, uint32_t first, uint32_t end, int64_t low, int64_t high)
{
    const gjc_net *net = b->net;
    for (uint32_t i = first; i < end; i++) {
        uint32_t spot = net->order[i];
        for (uint32_t j = net->above.first[spot]; j < net->above.first[spot + 1]; j++) {
            uint32_t wire = net->above.wires[j];
            int64_t position = net->spots[net->wires[wire].upper].position;
            if ((position < low || position > high) && passing(net, spot) == GJC_NO_INDEX)
                b->is_refused[wire] = true;
        }
    }
}

/* Where the spot is a box from which others on that side lead a case on its way. */
static bool makes_room(const gjc_net *net, uint32_t spot, const gjc_wires_at *at)
{
    bool found = false;
    for (uint32_t i = at->first[spot]; i < at->first[spot + 1] && !found; i++)
        found = !net->wires[at->wires[i]].is_aside;
    return found && net->spots[spot].kind == GJC_SPOT_BOX;
}

static void wires_refuse(blocks *b)
{
    const gjc_net *net = b->net;
    for (uint32_t i = 0; i < net->wire_count; i++) {
        const gjc_wire *wire = &net->wires[i];
        b->is_refused[i] = wire->is_aside && (makes_room(net, wire->upper, &net->below) ||
                                              makes_room(net, wire->lower, &net->above));
    }
    for (uint32_t rank = 1; rank < net->rank_count; rank++) {
        uint32_t first = net->first_in_rank[rank], end = net->first_in_rank[rank + 1];
        int64_t low = 0;
        for (uint32_t i = first; i < end; i++) {
            uint32_t wire = passing(net, net->order[i]);
            if (wire == GJC_NO_INDEX && i + 1 < end)
                continue;
            int64_t high = wire == GJC_NO_INDEX
                               ? (int64_t)gjc_net_rank_size(net, rank - 1)
                               : (int64_t)net->spots[net->wires[wire].upper].position;
            between_refuse(b, first, i + 1, low, high);
            first = i + 1;
            low = high;
        }
    }
}

/* ---- blocks ---- */

typedef struct near {
    int64_t place;
    uint32_t wire, spot;
} near;

static int nears_compare(const void *a, const void *b)
{
    const near *left = a, *right = b;
    if (left->place != right->place)
        return left->place < right->place ? -1 : 1;
    return left->wire < right->wire ? -1 : left->wire > right->wire;
}

static uint32_t nears_gather(const blocks *b, way w, uint32_t spot, near *nears)
{
    const gjc_net *net = b->net;
    const gjc_wires_at *at = w.from_below ? &net->below : &net->above;
    uint32_t count = 0;
    for (uint32_t i = at->first[spot]; i < at->first[spot + 1]; i++) {
        uint32_t wire = at->wires[i];
        uint32_t other = w.from_below ? net->wires[wire].lower : net->wires[wire].upper;
        nears[count++] = (near){place_of(b, w, other), wire, other};
    }
    qsort(nears, count, sizeof *nears, nears_compare);
    return count;
}

static void blocks_align(blocks *b, way w, near *nears)
{
    for (uint32_t i = 0; i < b->net->spot_count; i++)
        b->roots[i] = b->next[i] = i;
    for (uint32_t rank = 1; rank < b->net->rank_count; rank++) {
        int64_t last = INT64_MIN;
        for (uint32_t i = 0; i < size_at(b, w, rank); i++) {
            uint32_t spot = spot_at(b, w, rank, i), count = nears_gather(b, w, spot, nears);
            for (uint32_t j = (count - 1) / 2; count > 0 && j <= count / 2; j++) {
                uint32_t other = nears[j].spot;
                if (b->next[spot] != spot || nears[j].place <= last || b->is_refused[nears[j].wire])
                    continue;
                b->next[other] = spot;
                b->roots[spot] = b->roots[other];
                b->next[spot] = b->roots[spot];
                last = nears[j].place;
            }
        }
    }
}

/* ---- places ---- */

/* For each root, the spots whose left neighbours are in its block. */
static void rights_fill(blocks *b, way w)
{
    uint32_t spots = b->net->spot_count;
    for (uint32_t i = 0; i < spots + 2; i++)
        b->first_rights[i] = 0;
    for (uint32_t i = 0; i < spots; i++)
        b->waiting[i] = 0;
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t rank = 0; rank < b->net->rank_count; rank++)
            for (uint32_t i = 1; i < size_at(b, w, rank); i++) {
                uint32_t left = b->roots[spot_at(b, w, rank, i - 1)];
                uint32_t spot = spot_at(b, w, rank, i);
                if (pass == 0) {
                    b->first_rights[left + 2]++;
                    b->waiting[b->roots[spot]]++;
                } else {
                    b->rights[b->first_rights[left + 1]++] = spot;
                }
            }
        for (uint32_t i = 0; i < spots && pass == 0; i++)
            b->first_rights[i + 2] += b->first_rights[i + 1];
    }
}

static uint32_t left_of(const blocks *b, way w, uint32_t spot)
{
    const gjc_spot *row = &b->net->spots[spot];
    uint32_t position = w.from_right ? row->position + 1 : row->position - 1;
    return b->net->order[b->net->first_in_rank[row->rank] + position];
}

/* Every block as far left as those on its left allow. */
static void blocks_push(blocks *b, way w)
{
    b->sequence_count = 0;
    for (uint32_t i = 0; i < b->net->spot_count; i++) {
        b->xs[i] = 0;
        if (b->roots[i] == i && b->waiting[i] == 0)
            b->sequence[b->sequence_count++] = i;
    }
    for (uint32_t i = 0; i < b->sequence_count; i++) {
        uint32_t root = b->sequence[i];
        for (uint32_t j = b->first_rights[root]; j < b->first_rights[root + 1]; j++) {
            uint32_t spot = b->rights[j], other = b->roots[spot];
            int32_t x = b->xs[root] + distance(b->net, left_of(b, w, spot), spot);
            b->xs[other] = b->xs[other] < x ? x : b->xs[other];
            if (--b->waiting[other] == 0)
                b->sequence[b->sequence_count++] = other;
        }
    }
}

/* Then each as near to those on its right as they allow, so that no gap is left in the middle. */
static void blocks_pull(blocks *b, way w)
{
    for (uint32_t i = b->sequence_count; i-- > 0;) {
        uint32_t root = b->sequence[i];
        int32_t most = INT32_MAX;
        for (uint32_t j = b->first_rights[root]; j < b->first_rights[root + 1]; j++) {
            uint32_t spot = b->rights[j];
            int32_t x = b->xs[b->roots[spot]] - distance(b->net, left_of(b, w, spot), spot);
            most = x < most ? x : most;
        }
        if (most != INT32_MAX && most > b->xs[root])
            b->xs[root] = most;
    }
}

/* ---- the four ways together ---- */

typedef struct extent {
    int32_t low, high;
} extent;

static extent extent_of(const gjc_net *net, const int32_t *xs)
{
    extent found = {INT32_MAX, INT32_MIN};
    for (uint32_t i = 0; i < net->spot_count; i++) {
        int32_t half = net->spots[i].width / 2;
        found.low = xs[i] - half < found.low ? xs[i] - half : found.low;
        found.high = xs[i] + half > found.high ? xs[i] + half : found.high;
    }
    return found;
}

static void way_find(blocks *b, way w, near *nears, int32_t *xs)
{
    blocks_align(b, w, nears);
    rights_fill(b, w);
    blocks_push(b, w);
    blocks_pull(b, w);
    for (uint32_t i = 0; i < b->net->spot_count; i++)
        xs[i] = w.from_right ? -b->xs[b->roots[i]] : b->xs[b->roots[i]];
}

/* Those from the left begin where the narrowest does, those from the right end where it does. */
static void ways_align(const gjc_net *net, int32_t *const xs[WAYS], const way ways[WAYS])
{
    extent extents[WAYS], narrow = {0, INT32_MAX};
    for (uint32_t i = 0; i < WAYS; i++) {
        extents[i] = extent_of(net, xs[i]);
        if (extents[i].high - extents[i].low < narrow.high - narrow.low)
            narrow = extents[i];
    }
    for (uint32_t i = 0; i < WAYS; i++) {
        int32_t shift =
            ways[i].from_right ? narrow.high - extents[i].high : narrow.low - extents[i].low;
        for (uint32_t j = 0; j < net->spot_count; j++)
            xs[i][j] += shift;
    }
}

static int32_t middle(int32_t *const xs[WAYS], uint32_t spot)
{
    int32_t sorted[WAYS];
    for (uint32_t i = 0; i < WAYS; i++) {
        uint32_t at = i;
        for (; at > 0 && sorted[at - 1] > xs[i][spot]; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = xs[i][spot];
    }
    int32_t sum = sorted[WAYS / 2 - 1] + sorted[WAYS / 2];
    return sum >= 0 ? sum / 2 : -((1 - sum) / 2); /* downwards, or neighbours could come nearer */
}

static bool blocks_init(blocks *b, gjc_net *net)
{
    gjb_arena *arena = net->arena;
    size_t spots = net->spot_count;
    *b = (blocks){
        .net = net,
        .is_refused = gjb_arena_make(arena, net->wire_count, sizeof *b->is_refused),
        .roots = gjb_arena_make(arena, spots, sizeof *b->roots),
        .next = gjb_arena_make(arena, spots, sizeof *b->next),
        .xs = gjb_arena_make(arena, spots, sizeof *b->xs),
        .waiting = gjb_arena_make(arena, spots, sizeof *b->waiting),
        .sequence = gjb_arena_make(arena, spots, sizeof *b->sequence),
        .first_rights = gjb_arena_make(arena, spots + 2, sizeof *b->first_rights),
        .rights = gjb_arena_make(arena, spots, sizeof *b->rights),
    };
    return !arena->failed;
}

gj_status gjc_net_columns(gjc_net *net)
{
    static const way ways[WAYS] = {{false, false}, {false, true}, {true, false}, {true, true}};
    blocks b;
    int32_t *xs[WAYS];
    near *nears = gjb_arena_make(net->arena, net->wire_count, sizeof *nears);
    for (uint32_t i = 0; i < WAYS; i++)
        xs[i] = gjb_arena_make(net->arena, net->spot_count, sizeof *xs[i]);
    if (!blocks_init(&b, net) || nears == NULL)
        return GJ_NO_MEMORY;
    wires_refuse(&b);
    for (uint32_t i = 0; i < WAYS; i++)
        way_find(&b, ways[i], nears, xs[i]);
    ways_align(net, xs, ways);
    for (uint32_t i = 0; i < net->spot_count; i++)
        net->spots[i].x = middle(xs, i);
    int32_t low = INT32_MAX;
    for (uint32_t i = 0; i < net->spot_count; i++) {
        int32_t left = net->spots[i].x - net->spots[i].width / 2;
        low = left < low ? left : low;
    }
    for (uint32_t i = 0; i < net->spot_count; i++)
        net->spots[i].x -= low;
    return GJ_OK;
}
