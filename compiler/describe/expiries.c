/* SPDX-License-Identifier: Apache-2.0
 *
 * See expiries.h. A limit of a branch may end the branch: then its arc leads to a mark there, and
 * another one outside from the stage around it. */
#include "describe/expiries.h"
#include "base/text.h"
#include "describe/running.h"
#include "syntax/ast.h"

#define SAY(m, en, zh) GJC_DIAGRAM_SAY((m)->diagram, en, zh)

static void when_note(gjc_machine *m, gjc_caption *caption, const gjc_limit *limit)
{
    if (limit->node->kind == GJC_AFTER) {
        gjc_machine_say(m, "after ", "逾");
        gjb_buffer_add_text(&m->words, gjc_sources_text(m->sources, limit->budget_span));
    } else {
        gjc_machine_say(m, "\"", "“");
        gjb_buffer_add_text(&m->words, limit->label.title);
        gjb_buffer_add_string(&m->words, SAY(m, "\" runs out", "”届满"));
    }
    gjc_machine_note(m, caption, GJC_TONE_LAW, GJC_ARC_CELLS);
}

static void arc_add(gjc_machine *m, uint32_t pane, gjc_consequence of, uint32_t from, uint32_t to)
{
    if (from == to || to == GJC_NO_INDEX)
        return;
    gjc_arc *arc = gjc_diagram_get_arc(m->diagram, pane, GJC_ARC_LAW, from, to);
    if (arc == NULL)
        return;
    when_note(m, &arc->caption, of.limit);
    if (of.effect->action != GJC_NO_INDEX) {
        gjc_machine_say(m, "deemed ", "视为");
        gjb_buffer_add_text(&m->words, m->diagram->model->actions[of.effect->action].label.title);
        gjc_machine_note(m, &arc->caption, GJC_TONE_PLAIN, GJC_ARC_CELLS);
    }
    if (of.effect->when != NULL)
        gjc_machine_note_condition(m, &arc->caption, of.effect->when, GJC_ARC_CELLS);
}

/* From the stages of the limit's own branch, which is the pane. */
static void inside_add(gjc_machine *m, uint32_t pane, gjc_consequence of)
{
    const gjc_model *model = m->diagram->model;
    const gjc_region *region = &model->regions[pane];
    const uint32_t *boxes = m->diagram->stage_boxes;
    const bool *runs = gjc_running_find(m->graph, of.limit, m->diagram->arena);
    bool stays = model->stages[of.effect->target].region == pane;
    for (uint32_t i = 0; runs != NULL && i < region->stage_count; i++) {
        uint32_t from = region->first_stage + i;
        bool holds = of.effect->stage == GJC_NO_INDEX ? runs[from] : of.effect->stage == from;
        if (holds)
            arc_add(m, pane, of, boxes[from],
                    stays ? boxes[of.effect->target]
                          : gjc_machine_get_exit(m, pane, of.effect->target));
    }
}

/* From the stage that has the limit's branch somewhere inside. */
static void outside_add(gjc_machine *m, uint32_t pane, gjc_consequence of)
{
    const gjc_model *model = m->diagram->model;
    uint32_t from = model->regions[of.limit->region].parent;
    while (from != GJC_NO_INDEX && model->stages[from].region != pane)
        from = model->regions[model->stages[from].region].parent;
    if (from != GJC_NO_INDEX)
        arc_add(m, pane, of, m->diagram->stage_boxes[from],
                m->diagram->stage_boxes[of.effect->target]);
}

void gjc_expiries_describe(gjc_machine *m, uint32_t pane)
{
    const gjc_graph *graph = m->graph;
    for (uint32_t i = 0; i < graph->consequence_count && !m->diagram->arena->failed; i++) {
        gjc_consequence of = graph->consequences[i];
        if (of.effect->target == GJC_NO_INDEX)
            continue;
        if (of.limit->region == pane)
            inside_add(m, pane, of);
        else if (m->diagram->model->stages[of.effect->target].region == pane)
            outside_add(m, pane, of);
    }
}
