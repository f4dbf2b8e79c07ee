/* SPDX-License-Identifier: Apache-2.0
 *
 * See search.h. An edge on its way waits in the queue once for every act that it takes; since the
 * queue keeps its order, so do ways of equal length. */
#include "analysis/search.h"

#include <assert.h>
#include <string.h>

typedef uint64_t word;
enum { WORD_BITS = 64 };

typedef struct gjc_search_entry {
    uint32_t label, edge; /* from which, over which */
    uint32_t remaining;   /* acts until it arrives */
} entry;

typedef struct ring {
    uint32_t head, count;
} ring;

/* ---- sets ---- */

static word *set_of(const gjc_search *s, uint32_t label)
{
    return s->sets + (size_t)label * s->set_words;
}

static bool set_contains(const gjc_search *s, const word *outer, const word *inner)
{
    for (uint32_t i = 0; i < s->set_words; i++)
        if ((inner[i] & ~outer[i]) != 0)
            return false;
    return true;
}

bool gjc_search_set_contains(const gjc_search *s, uint32_t outer, uint32_t inner)
{
    return set_contains(s, set_of(s, outer), set_of(s, inner));
}

bool gjc_search_set_is_empty(const gjc_search *s, uint32_t label)
{
    const word *set = set_of(s, label);
    for (uint32_t i = 0; i < s->set_words; i++)
        if (set[i] != 0)
            return false;
    return true;
}

uint32_t gjc_search_returns(const gjc_search *s, uint32_t label, uint32_t *out)
{
    const word *set = set_of(s, label);
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->return_count; i++)
        if (set[i / WORD_BITS] >> (i % WORD_BITS) & 1)
            out[count++] = s->return_targets[i];
    return count;
}

/* ---- labels ---- */

/* The set of the label to come, in place. */
static const word *next_set(gjc_search *s, uint32_t parent, uint32_t edge)
{
    word *set = set_of(s, s->label_count);
    if (parent == GJC_NO_INDEX) {
        memset(set, 0, s->set_words * sizeof(word));
        return set;
    }
    memcpy(set, set_of(s, parent), s->set_words * sizeof(word));
    if (s->graph->edges[edge].is_return) {
        uint32_t number = s->return_numbers[s->graph->edges[edge].to];
        set[number / WORD_BITS] |= (word)1 << (number % WORD_BITS);
    }
    return set;
}

static bool is_dominated(const gjc_search *s, uint32_t stage, const word *set)
{
    for (uint32_t i = s->first_here[stage]; i != GJC_NO_INDEX; i = s->labels[i].next_here)
        if (set_contains(s, set, set_of(s, i)))
            return true;
    return false;
}

/* GJC_NO_INDEX where it is dominated. */
static uint32_t label_add(gjc_search *s, uint32_t stage, uint32_t parent, uint32_t edge)
{
    if (is_dominated(s, stage, next_set(s, parent, edge)))
        return GJC_NO_INDEX;
    uint32_t index = s->label_count++;
    s->labels[index] = (gjc_search_label){
        .stage = stage,
        .parent = parent,
        .edge = edge,
        .next_here = GJC_NO_INDEX,
        .length = parent == GJC_NO_INDEX ? 0 : s->labels[parent].length + s->edge_ways[edge].count,
    };
    if (s->first_here[stage] == GJC_NO_INDEX)
        s->first_here[stage] = index;
    else
        s->labels[s->last_here[stage]].next_here = index;
    s->last_here[stage] = index;
    return index;
}

/* ---- the search ---- */

static bool queue_add(gjc_search *s, ring *r, entry added)
{
    if (r->count == GJC_SEARCH_QUEUE_MAX)
        return false;
    s->queue[(r->head + r->count++) % GJC_SEARCH_QUEUE_MAX] = added;
    return true;
}

static bool edges_add(gjc_search *s, ring *r, uint32_t label)
{
    uint32_t stage = s->labels[label].stage;
    for (uint32_t i = s->graph->first_edges[stage]; i < s->graph->first_edges[stage + 1]; i++)
        if (s->edge_ways[i].count > 0 && !queue_add(s, r, (entry){label, i, s->edge_ways[i].count}))
            return false;
    return true;
}

/* One act more on the edge at the queue's head. */
static bool advance(gjc_search *s, ring *r)
{
    entry at = s->queue[r->head];
    r->head = (r->head + 1) % GJC_SEARCH_QUEUE_MAX;
    r->count--;
    if (at.remaining > 1)
        return queue_add(s, r, (entry){at.label, at.edge, at.remaining - 1});
    if (s->label_count == GJC_SEARCH_LABELS_MAX)
        return false;
    uint32_t label = label_add(s, s->graph->edges[at.edge].to, at.label, at.edge);
    return label == GJC_NO_INDEX || edges_add(s, r, label);
}

bool gjc_search_find(gjc_search *s, uint32_t from)
{
    s->label_count = 0;
    for (uint32_t i = 0; i < s->graph->model->stage_count; i++)
        s->first_here[i] = GJC_NO_INDEX;
    ring r = {0, 0};
    bool fits = edges_add(s, &r, label_add(s, from, GJC_NO_INDEX, GJC_NO_INDEX));
    while (fits && r.count > 0)
        fits = advance(s, &r);
    return fits;
}

void gjc_search_steps(const gjc_search *s, uint32_t label, uint32_t *out)
{
    uint32_t end = s->labels[label].length;
    for (; s->labels[label].parent != GJC_NO_INDEX; label = s->labels[label].parent) {
        const gjc_way *way = &s->edge_ways[s->labels[label].edge];
        end -= way->count;
        memcpy(out + end, way->steps, way->count * sizeof *out);
    }
    assert(end == 0);
}

/* ---- life ---- */

static void targets_number(gjc_search *s)
{
    const gjc_graph *graph = s->graph;
    uint32_t stages = graph->model->stage_count;
    for (uint32_t i = 0; i < graph->first_edges[stages]; i++)
        if (graph->edges[i].is_return)
            s->return_numbers[graph->edges[i].to] = 1;
    for (uint32_t i = 0; i < stages; i++)
        if (s->return_numbers[i] != 0) {
            s->return_targets[s->return_count] = i;
            s->return_numbers[i] = s->return_count++;
        }
    s->set_words = s->return_count == 0 ? 1 : (s->return_count + WORD_BITS - 1) / WORD_BITS;
}

gj_status gjc_search_init(gjc_search *s, const gjc_graph *graph, const gjc_way *edge_ways,
                          gjb_arena *arena)
{
    uint32_t stages = graph->model->stage_count;
    *s = (gjc_search){
        .graph = graph,
        .edge_ways = edge_ways,
        .return_numbers = gjb_arena_make(arena, stages, sizeof(uint32_t)),
        .return_targets = gjb_arena_make(arena, stages, sizeof(uint32_t)),
        .first_here = gjb_arena_make(arena, stages, sizeof(uint32_t)),
        .last_here = gjb_arena_make(arena, stages, sizeof(uint32_t)),
        .labels = gjb_arena_make(arena, GJC_SEARCH_LABELS_MAX, sizeof(gjc_search_label)),
        .queue = gjb_arena_make(arena, GJC_SEARCH_QUEUE_MAX, sizeof(entry)),
    };
    if (s->return_numbers == NULL || s->return_targets == NULL || s->first_here == NULL ||
        s->last_here == NULL || s->labels == NULL || s->queue == NULL)
        return GJ_NO_MEMORY;
    targets_number(s);
    s->sets =
        gjb_arena_make(arena, (size_t)(GJC_SEARCH_LABELS_MAX + 1) * s->set_words, sizeof(word));
    return s->sets == NULL ? GJ_NO_MEMORY : GJ_OK;
}
