/* SPDX-License-Identifier: Apache-2.0
 *
 * See detours.h. Acts that come to the same stage by leaving out the same acts are told together.
 * Where an act has several clauses in the stage in which it stands, its condition decides which of
 * them leads on, so each counts. */
#include "describe/detours.h"

#include <string.h>

#define SAY(m, en, zh) GJC_DIAGRAM_SAY((m)->diagram, en, zh)

typedef struct detour {
    uint32_t action;
    const gjc_recovery *recovery;
    uint32_t target; /* the stage in which the case then stands */
    bool is_told;
} detour;

typedef struct detours {
    detour *items;
    uint32_t count;
} detours;

/* ---- which there are ---- */

static bool is_known(const detours *list, const detour *one)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].action == one->action && list->items[i].recovery == one->recovery &&
            list->items[i].target == one->target)
            return true;
    return false;
}

/* One for every stage to which the act leads from where it stands. Nothing left out: the act begins
 * a branch, and is expected. */
static void recovery_gather(const gjc_model *model, uint32_t action, const gjc_recovery *recovery,
                            detours *list)
{
    const gjc_stage *stage = &model->stages[recovery->stage];
    for (uint32_t i = 0; i < stage->transition_count && recovery->left_out_count > 0; i++) {
        const gjc_transition *t = &model->transitions[stage->first_transition + i];
        detour one = {action, recovery, t->target != GJC_NO_INDEX ? t->target : t->stage, false};
        if (t->action == action && !is_known(list, &one))
            list->items[list->count++] = one;
    }
}

static const gjc_cell *row_of(const gjc_machine *m)
{
    return m->table->cells + (size_t)m->chosen * m->diagram->model->action_count;
}

static detours detours_gather(gjc_machine *m)
{
    const gjc_model *model = m->diagram->model;
    const gjc_cell *row = row_of(m);
    size_t most = 0;
    for (uint32_t action = 0; action < model->action_count; action++)
        for (uint32_t i = 0; i < row[action].recovery_count; i++)
            most += model->stages[row[action].recoveries[i].stage].transition_count;
    detours list = {.items = gjb_arena_make(m->diagram->arena, most, sizeof *list.items)};
    if (list.items == NULL)
        return list;
    for (uint32_t action = 0; action < model->action_count; action++)
        for (uint32_t i = 0; i < row[action].recovery_count; i++)
            recovery_gather(model, action, &row[action].recoveries[i], &list);
    return list;
}

static bool same_list(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
    return a_count == b_count && (a_count == 0 || memcmp(a, b, a_count * sizeof *a) == 0);
}

static bool are_alike(const detour *a, const detour *b)
{
    return a->target == b->target &&
           same_list(a->recovery->left_out, a->recovery->left_out_count, b->recovery->left_out,
                     b->recovery->left_out_count) &&
           same_list(a->recovery->returns, a->recovery->return_count, b->recovery->returns,
                     b->recovery->return_count);
}

/* ---- what is said of them ---- */

static void actions_say(gjc_machine *m, detours *list, uint32_t first)
{
    const gjc_model *model = m->diagram->model;
    const detour one = list->items[first];
    gjc_machine_say(m, "", "");
    for (uint32_t i = first; i < list->count; i++) {
        if (!are_alike(&list->items[i], &one))
            continue;
        if (i > first)
            gjc_machine_say_comma(m);
        gjb_buffer_add_text(&m->words, model->actions[list->items[i].action].label.title);
        list->items[i].is_told = true;
    }
}

static void left_out_note(gjc_machine *m, const gjc_recovery *recovery, gjc_caption *caption,
                          uint32_t cells)
{
    const gjc_model *model = m->diagram->model;
    gjc_machine_say(m, "leaves out ", "缺：");
    for (uint32_t i = 0; i < recovery->left_out_count; i++) {
        if (i > 0)
            gjc_machine_say_comma(m);
        uint32_t action = model->transitions[recovery->left_out[i]].action;
        gjb_buffer_add_text(&m->words, model->actions[action].label.title);
    }
    gjc_machine_note(m, caption, GJC_TONE_MUTED, cells);
}

static void returns_note(gjc_machine *m, const gjc_recovery *recovery, gjc_caption *caption,
                         uint32_t cells)
{
    if (recovery->return_count == 0)
        return;
    gjc_machine_say(m, "unless done since coming to ", "进入 ");
    for (uint32_t i = 0; i < recovery->return_count; i++) {
        if (i > 0)
            gjc_machine_say_comma(m);
        gjc_machine_say_stage(m, recovery->returns[i], 0);
    }
    gjb_buffer_add_string(&m->words, SAY(m, "", " 后已办过的除外"));
    gjc_machine_note(m, caption, GJC_TONE_MUTED, cells);
}

/* All that are like the one, on the arc to where they lead or, without it, in the stage's box. */
static void detour_note(gjc_machine *m, detours *list, uint32_t first, gjc_caption *caption,
                        uint32_t cells, bool names_target)
{
    const detour one = list->items[first];
    actions_say(m, list, first);
    if (names_target) {
        gjb_buffer_add_string(&m->words, " → ");
        gjc_machine_say_stage(m, one.target, m->diagram->model->stages[m->chosen].region);
    }
    gjc_machine_note(m, caption, GJC_TONE_DETOUR, cells);
    left_out_note(m, one.recovery, caption, cells);
    returns_note(m, one.recovery, caption, cells);
}

/* The box in the pane that stands for a stage: its own, that of the parallel stage in which it is,
 * or the mark of one outside. */
static uint32_t box_for(gjc_machine *m, uint32_t pane, uint32_t stage)
{
    const gjc_model *model = m->diagram->model;
    if (!gjc_model_is_within(model, model->stages[stage].region, pane))
        return gjc_machine_get_exit(m, pane, stage);
    while (model->stages[stage].region != pane)
        stage = model->regions[model->stages[stage].region].parent;
    return m->diagram->stage_boxes[stage];
}

static void detour_add(gjc_machine *m, uint32_t pane, detours *list, uint32_t first)
{
    gjc_diagram *d = m->diagram;
    uint32_t target = list->items[first].target;
    uint32_t from = d->stage_boxes[m->chosen], to = box_for(m, pane, target);
    if (to == GJC_NO_INDEX)
        return;
    if (from == to) {
        gjc_caption_begin_list(&d->boxes[from].caption);
        detour_note(m, list, first, &d->boxes[from].caption, GJC_BOX_CELLS, true);
        return;
    }
    gjc_arc *arc = gjc_diagram_get_arc(d, pane, GJC_ARC_DETOUR, from, to);
    bool is_inside = d->boxes[to].kind != GJC_BOX_EXIT && d->stage_boxes[target] != to;
    if (arc != NULL)
        detour_note(m, list, first, &arc->caption, GJC_ARC_CELLS, is_inside);
}

/* The acts that leave the case where it is. */
static void meaning_note(gjc_machine *m, gjr_meaning meaning, const char *en, const char *zh)
{
    const gjc_model *model = m->diagram->model;
    const gjc_cell *row = row_of(m);
    uint32_t count = 0;
    gjc_machine_say(m, en, zh);
    for (uint32_t action = 0; action < model->action_count; action++) {
        if (row[action].meaning != meaning)
            continue;
        if (count++ > 0)
            gjc_machine_say_comma(m);
        gjb_buffer_add_text(&m->words, model->actions[action].label.title);
    }
    gjc_caption *caption = &m->diagram->boxes[m->diagram->stage_boxes[m->chosen]].caption;
    if (count == 0)
        return;
    gjc_caption_begin_list(caption);
    gjc_machine_note(m, caption, GJC_TONE_DETOUR, GJC_BOX_CELLS);
}

void gjc_detours_describe(gjc_machine *m, uint32_t pane)
{
    detours list = detours_gather(m);
    for (uint32_t i = 0; i < list.count && !m->diagram->arena->failed; i++)
        if (!list.items[i].is_told)
            detour_add(m, pane, &list, i);
    if (m->diagram->arena->failed)
        return;
    meaning_note(m, GJR_MEANING_BEHIND, "out of order, stays: ", "逆序，环节不变：");
    meaning_note(m, GJR_MEANING_CLOSED, "after the close, stays: ", "办结后办理，环节不变：");
}
