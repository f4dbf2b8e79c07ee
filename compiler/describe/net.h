/* SPDX-License-Identifier: Apache-2.0
 *
 * A pane in layers, after Sugiyama: every box has a rank, arcs run downwards from rank to rank (one
 * that returns is taken the other way round), and where one passes a rank there is a spot for it to
 * pass through, one of them as large as the arc's label. So labels and passing arcs get their room
 * as boxes do, and nothing is drawn over anything.
 *
 * Boxes have odd ranks, labels even ones. order.c then orders each rank so that few wires cross,
 * and columns.c finds where in it each spot stands. */
#ifndef GJC_NET_H
#define GJC_NET_H

#include "describe/diagram.h"

enum { GJC_NET_SPOTS_MAX = 1 << 17 };

typedef enum gjc_spot_kind { GJC_SPOT_BOX, GJC_SPOT_LABEL, GJC_SPOT_BEND } gjc_spot_kind;

typedef struct gjc_spot {
    gjc_spot_kind kind;
    uint32_t item;     /* its box or arc, as the pane counts them */
    uint32_t rank;     /* 0 is the highest */
    uint32_t position; /* in its rank, from the left */
    int32_t width, height;
    int32_t x; /* of its middle */
    int32_t y; /* of its top */
} gjc_spot;

/* Between two spots, the lower one a rank below. */
typedef struct gjc_wire {
    uint32_t upper, lower;
    bool
        is_aside; /* of an arc that is not on the way of a case: it makes room for those that are */
} gjc_wire;

/* The wires at each spot: first[spot] … first[spot + 1] in `wires`. */
typedef struct gjc_wires_at {
    uint32_t *first, *wires;
} gjc_wires_at;

typedef struct gjc_net {
    gjb_arena *arena;
    gjc_spot *spots; /* the pane's boxes are the first */
    uint32_t spot_count;
    gjc_wire *wires; /* those of an arc together, from the top */
    uint32_t wire_count;
    uint32_t *first_wires;     /* by arc, and one more */
    bool *is_reversed;         /* by arc: its lower end is where it begins */
    gjc_wires_at above, below; /* the wires that come to a spot, and those that go on from it */
    uint32_t *order;           /* spots by rank and position */
    uint32_t *first_in_rank;   /* by rank, and one more */
    uint32_t rank_count;
} gjc_net;

/* In the arena. Boxes have their sizes already. GJ_OVER_LIMIT: more than GJC_NET_SPOTS_MAX. */
gj_status gjc_net_make(gjc_net *net, const gjc_diagram *diagram, uint32_t pane, gjb_arena *arena);
/* Positions, and the order by them. */
gj_status gjc_net_order(gjc_net *net);
/* The spots' x, the smallest left edge at 0. */
gj_status gjc_net_columns(gjc_net *net);

/* How many spots a rank has. */
static inline uint32_t gjc_net_rank_size(const gjc_net *net, uint32_t rank)
{
    return net->first_in_rank[rank + 1] - net->first_in_rank[rank];
}

#endif
