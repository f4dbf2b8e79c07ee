/* SPDX-License-Identifier: Apache-2.0
 *
 * See recovery.h. From each stage one search, breadth first, over labels (stage, set of return
 * targets): labels are made in order of length and, among equal lengths, of declaration, so the
 * first that comes to a stage with a set is the one preferred, and a label whose set contains an
 * earlier one's at the same stage can be dropped with all that would follow from it. */
#include "analysis/recovery.h"

#include <assert.h>
#include <string.h>

typedef uint64_t word;
enum { WORD_BITS = 64 };

typedef struct label {
    uint32_t stage;
    uint32_t parent;     /* a label; GJC_NO_INDEX for the first */
    uint32_t transition; /* that led here */
    uint32_t next_here;  /* the next label at this stage, in order; GJC_NO_INDEX: none */
    uint32_t length;
} label;

typedef struct search {
    const gjc_graph *graph;
    gjb_arena *arena;         /* of what is found */
    uint32_t *return_numbers; /* by stage: its number among return targets */
    uint32_t *return_targets; /* the stages, ascending */
    uint32_t return_count;
    uint32_t set_words; /* of one set */
    label *labels;      /* GJC_RECOVERY_WAYS_MAX */
    word *sets;         /* by label, and one more */
    uint32_t label_count;
    uint32_t *first_here, *last_here; /* by stage: labels */
    bool *has_action;                 /* stage * action_count + action */
    uint32_t *accepted;               /* labels, while one action is looked at */
} search;

/* ---- sets ---- */

static const word *set_of(const search *s, uint32_t index)
{
    return s->sets + (size_t)index * s->set_words;
}

static bool set_contains(const search *s, const word *outer, const word *inner)
{
    for (uint32_t i = 0; i < s->set_words; i++)
        if ((inner[i] & ~outer[i]) != 0)
            return false;
    return true;
}

static bool set_is_empty(const search *s, const word *set)
{
    for (uint32_t i = 0; i < s->set_words; i++)
        if (set[i] != 0)
            return false;
    return true;
}

/* ---- labels ---- */

static bool is_dominated(const search *s, uint32_t stage, const word *set)
{
    for (uint32_t i = s->first_here[stage]; i != GJC_NO_INDEX; i = s->labels[i].next_here)
        if (set_contains(s, set, set_of(s, i)))
            return true;
    return false;
}

/* The set of the label to come, in place, after a transition from `parent`. */
static const word *next_set(search *s, uint32_t parent, uint32_t transition)
{
    word *set = s->sets + (size_t)s->label_count * s->set_words;
    if (parent == GJC_NO_INDEX) {
        memset(set, 0, s->set_words * sizeof(word));
        return set;
    }
    memcpy(set, set_of(s, parent), s->set_words * sizeof(word));
    if (s->graph->is_return[transition]) {
        uint32_t number = s->return_numbers[s->graph->model->transitions[transition].target];
        set[number / WORD_BITS] |= (word)1 << (number % WORD_BITS);
    }
    return set;
}

/* False when there are too many. */
static bool label_add(search *s, uint32_t stage, uint32_t parent, uint32_t transition)
{
    if (is_dominated(s, stage, next_set(s, parent, transition)))
        return true;
    if (s->label_count == GJC_RECOVERY_WAYS_MAX)
        return false;
    uint32_t index = s->label_count++;
    s->labels[index] = (label){
        .stage = stage,
        .parent = parent,
        .transition = transition,
        .next_here = GJC_NO_INDEX,
        .length = parent == GJC_NO_INDEX ? 0 : s->labels[parent].length + 1,
    };
    if (s->first_here[stage] == GJC_NO_INDEX)
        s->first_here[stage] = index;
    else
        s->labels[s->last_here[stage]].next_here = index;
    s->last_here[stage] = index;
    return true;
}

/* All ways from one stage, the labels themselves being the queue. */
static bool ways_find(search *s, uint32_t from)
{
    const gjc_model *model = s->graph->model;
    s->label_count = 0;
    for (uint32_t i = 0; i < model->stage_count; i++)
        s->first_here[i] = GJC_NO_INDEX;
    label_add(s, from, GJC_NO_INDEX, GJC_NO_INDEX);
    for (uint32_t i = 0; i < s->label_count; i++) {
        const gjc_stage *stage = &model->stages[s->labels[i].stage];
        for (uint32_t j = 0; j < stage->transition_count; j++) {
            uint32_t transition = stage->first_transition + j;
            uint32_t target = model->transitions[transition].target;
            if (target != GJC_NO_INDEX && !label_add(s, target, i, transition))
                return false;
        }
    }
    return true;
}

/* ---- from labels to cells ---- */

static bool recovery_make(search *s, uint32_t index, gjc_recovery *out)
{
    const label *end = &s->labels[index];
    uint32_t *steps = gjb_arena_make(s->arena, end->length, sizeof *steps);
    uint32_t *returns = gjb_arena_make(s->arena, s->return_count, sizeof *returns);
    if (steps == NULL || returns == NULL)
        return false;
    *out = (gjc_recovery){end->stage, steps, end->length, returns, 0};
    for (uint32_t at = index, i = end->length; i-- > 0; at = s->labels[at].parent)
        steps[i] = s->labels[at].transition;
    const word *set = set_of(s, index);
    for (uint32_t i = 0; i < s->return_count; i++)
        if (set[i / WORD_BITS] >> (i % WORD_BITS) & 1)
            returns[out->return_count++] = s->return_targets[i];
    return true;
}

/* The labels that are candidates for an action, in order of preference. */
static uint32_t candidates_find(search *s, uint32_t action)
{
    uint32_t actions = s->graph->model->action_count, count = 0;
    for (uint32_t i = 1; i < s->label_count; i++) {
        if (!s->has_action[(size_t)s->labels[i].stage * actions + action])
            continue;
        const word *set = set_of(s, i);
        if (set_is_empty(s, set)) { /* without return edges: nothing else is asked for */
            s->accepted[0] = i;
            return 1;
        }
        bool worse = false;
        for (uint32_t j = 0; j < count && !worse; j++)
            worse = set_contains(s, set, set_of(s, s->accepted[j]));
        if (!worse)
            s->accepted[count++] = i;
    }
    return count;
}

static bool cell_ahead(search *s, uint32_t action, gjc_cell *cell)
{
    uint32_t count = candidates_find(s, action);
    cell->meaning = count > 0 ? GJR_MEANING_AHEAD : GJR_MEANING_BEHIND;
    if (count == 0)
        return true;
    gjc_recovery *recoveries = gjb_arena_make(s->arena, count, sizeof *recoveries);
    if (recoveries == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!recovery_make(s, s->accepted[i], &recoveries[i]))
            return false;
    cell->recoveries = recoveries;
    cell->recovery_count = count;
    return true;
}

static gj_status row_find(search *s, uint32_t stage, gjc_cell *row)
{
    const gjc_model *model = s->graph->model;
    bool is_final = model->stages[stage].is_final;
    if (!is_final && !ways_find(s, stage))
        return GJ_OVER_LIMIT;
    for (uint32_t action = 0; action < model->action_count; action++) {
        if (is_final)
            row[action].meaning = GJR_MEANING_CLOSED;
        else if (s->has_action[(size_t)stage * model->action_count + action])
            row[action].meaning = GJR_MEANING_HERE;
        else if (!model->actions[action].is_staged)
            row[action].meaning = GJR_MEANING_FREE;
        else if (!cell_ahead(s, action, &row[action]))
            return GJ_NO_MEMORY;
    }
    return GJ_OK;
}

/* ---- the whole ---- */

static void targets_number(search *s)
{
    const gjc_model *model = s->graph->model;
    for (uint32_t i = 0; i < model->transition_count; i++)
        if (s->graph->is_return[i])
            s->return_numbers[model->transitions[i].target] = 1;
    for (uint32_t i = 0; i < model->stage_count; i++)
        if (s->return_numbers[i] != 0) {
            s->return_targets[s->return_count] = i;
            s->return_numbers[i] = s->return_count++;
        }
    s->set_words = s->return_count == 0 ? 1 : (s->return_count + WORD_BITS - 1) / WORD_BITS;
}

static bool search_init(search *s, const gjc_graph *graph, gjb_arena *arena, gjb_arena *scratch)
{
    const gjc_model *model = graph->model;
    uint32_t stages = model->stage_count;
    *s = (search){.graph = graph, .arena = arena};
    s->return_numbers = gjb_arena_make(scratch, stages, sizeof(uint32_t));
    s->return_targets = gjb_arena_make(scratch, stages, sizeof(uint32_t));
    s->has_action = gjb_arena_make(scratch, (size_t)stages * model->action_count, sizeof(bool));
    s->first_here = gjb_arena_make(scratch, stages, sizeof(uint32_t));
    s->last_here = gjb_arena_make(scratch, stages, sizeof(uint32_t));
    s->labels = gjb_arena_make(scratch, GJC_RECOVERY_WAYS_MAX, sizeof(label));
    s->accepted = gjb_arena_make(scratch, GJC_RECOVERY_WAYS_MAX, sizeof(uint32_t));
    if (s->return_numbers == NULL || s->return_targets == NULL || s->has_action == NULL ||
        s->first_here == NULL || s->last_here == NULL || s->labels == NULL || s->accepted == NULL)
        return false;
    for (uint32_t i = 0; i < model->transition_count; i++) {
        const gjc_transition *t = &model->transitions[i];
        s->has_action[(size_t)t->stage * model->action_count + t->action] = true;
    }
    targets_number(s);
    s->sets =
        gjb_arena_make(scratch, (size_t)(GJC_RECOVERY_WAYS_MAX + 1) * s->set_words, sizeof(word));
    return s->sets != NULL;
}

gj_status gjc_recovery_find(const gjc_graph *graph, gjb_arena *arena, gjc_recovery_table *table)
{
    const gjc_model *model = graph->model;
    assert(model->stage_count <= GJR_STAGES_MAX && model->action_count <= GJR_ACTIONS_MAX);
    table->overflow = GJC_NO_INDEX;
    table->cells = gjb_arena_make(arena, (size_t)model->stage_count * model->action_count,
                                  sizeof *table->cells);
    gjb_arena scratch;
    gjb_arena_init(&scratch, arena->allocator);
    search s;
    gj_status status =
        table->cells != NULL && search_init(&s, graph, arena, &scratch) ? GJ_OK : GJ_NO_MEMORY;
    for (uint32_t stage = 0; stage < model->stage_count && status == GJ_OK; stage++) {
        status = row_find(&s, stage, table->cells + (size_t)stage * model->action_count);
        if (status == GJ_OVER_LIMIT)
            table->overflow = stage;
    }
    gjb_arena_deinit(&scratch);
    return status;
}
