/* SPDX-License-Identifier: Apache-2.0
 *
 * All ways from one stage through its region, for the recovery table. Breadth first over labels
 * (stage, set of return targets); an edge takes as many steps as acts have to be done to go over
 * it, so labels are made in order of length and, among equal lengths, of declaration. The first
 * that comes to a stage with a set is the one preferred, and one whose set contains an earlier
 * one's at the same stage is dropped with all that would follow from it. */
#ifndef GJC_SEARCH_H
#define GJC_SEARCH_H

#include "analysis/graph.h"

/* Ways followed at once from one stage; beyond it E0510. */
enum { GJC_SEARCH_LABELS_MAX = 1 << 14, GJC_SEARCH_QUEUE_MAX = 1 << 16 };

typedef struct gjc_way {
    const uint32_t *steps; /* transitions, in the order in which they are done */
    uint32_t count;        /* 0: there is none, or nothing is to be done */
} gjc_way;

typedef struct gjc_search_label {
    uint32_t stage;
    uint32_t parent;    /* a label; GJC_NO_INDEX for the first */
    uint32_t edge;      /* that led here */
    uint32_t next_here; /* the next label at this stage, in order; GJC_NO_INDEX: none */
    uint32_t length;    /* acts */
} gjc_search_label;

typedef struct gjc_search {
    const gjc_graph *graph;
    const gjc_way
        *edge_ways; /* by edge: what is done to go over it; none: it cannot be gone over */
    uint32_t *return_numbers; /* by stage: its number among return targets */
    uint32_t *return_targets; /* the stages, ascending */
    uint32_t return_count;
    uint32_t set_words; /* of one set */
    gjc_search_label *labels;
    uint64_t *sets; /* by label, and one more */
    uint32_t label_count;
    uint32_t *first_here, *last_here; /* by stage: labels */
    struct gjc_search_entry *queue;   /* a ring */
} gjc_search;

/* In the arena. */
gj_status gjc_search_init(gjc_search *search, const gjc_graph *graph, const gjc_way *edge_ways,
                          gjb_arena *arena);
/* False when there are too many ways. */
bool gjc_search_find(gjc_search *search, uint32_t from);

bool gjc_search_set_is_empty(const gjc_search *search, uint32_t label);
/* Whether the one's set holds the other's. */
bool gjc_search_set_contains(const gjc_search *search, uint32_t outer, uint32_t inner);
/* The return targets of a label's way, ascending; `out` has room for return_count. */
uint32_t gjc_search_returns(const gjc_search *search, uint32_t label, uint32_t *out);
/* What is done on its way; `out` has room for its length. */
void gjc_search_steps(const gjc_search *search, uint32_t label, uint32_t *out);

#endif
