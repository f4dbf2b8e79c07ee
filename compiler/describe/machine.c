/* SPDX-License-Identifier: Apache-2.0
 *
 * See machine.h. */
#include "describe/machine.h"
#include "base/text.h"
#include "describe/detours.h"
#include "describe/expiries.h"
#include "describe/running.h"
#include "time/civil.h"

#include <string.h>

#define SAY(m, en, zh) GJC_DIAGRAM_SAY((m)->diagram, en, zh)

enum { CONDITION_BYTES_MAX = 120 };

/* ---- phrases ---- */

gjb_buffer *gjc_machine_say(gjc_machine *m, const char *en, const char *zh)
{
    m->has_failed = m->has_failed || m->words.failed;
    gjb_buffer_reset(&m->words);
    gjb_buffer_add_string(&m->words, SAY(m, en, zh));
    return &m->words;
}

void gjc_machine_say_comma(gjc_machine *m)
{
    gjb_buffer_add_string(&m->words, SAY(m, ", ", "、"));
}

void gjc_machine_note(gjc_machine *m, gjc_caption *caption, gjc_tone tone, uint32_t cells)
{
    gjc_caption_add(caption, m->diagram->arena, tone, gjb_buffer_text(&m->words), cells);
}

void gjc_machine_say_stage(gjc_machine *m, uint32_t stage, uint32_t region)
{
    const gjc_model *model = m->diagram->model;
    uint32_t path[GJR_NESTING_MAX];
    uint32_t depth = 0;
    for (uint32_t at = model->stages[stage].region; at != region && at != 0;
         at = model->regions[at].outer)
        path[depth++] = at;
    while (depth > 0) {
        gjb_buffer_add_text(&m->words, model->regions[path[--depth]].label.title);
        gjb_buffer_add_string(&m->words, " / ");
    }
    gjb_buffer_add_text(&m->words, model->stages[stage].label.title);
}

static void posts_say(gjc_machine *m, const gjc_transition *t)
{
    for (uint32_t i = 0; i < t->post_count; i++) {
        if (i > 0)
            gjc_machine_say_comma(m);
        gjb_buffer_add_text(&m->words, m->diagram->model->posts[t->posts[i]].label.title);
    }
}

/* ---- an act ---- */

void gjc_machine_note_condition(gjc_machine *m, gjc_caption *caption, const gjc_expr *when,
                                uint32_t cells)
{
    gj_text text = gjc_sources_text(m->sources, when->span);
    size_t end = 0;
    while (end < text.size && end < CONDITION_BYTES_MAX && text.bytes[end] != '\n' &&
           text.bytes[end] != '\r')
        end += gjb_text_character_size(text, end);
    gjc_machine_say(m, "if ", "当 ");
    gjb_buffer_add_text(&m->words, gjb_text_slice(text, 0, end));
    gjb_buffer_add_string(&m->words, end < text.size ? " …" : "");
    gjc_machine_note(m, caption, GJC_TONE_MUTED, cells);
}

static void times_note(gjc_machine *m, gjc_caption *caption, uint32_t times, uint32_t cells)
{
    if (times == 1)
        gjc_machine_say(m, "once", "仅限一次");
    else
        gjb_buffer_add_format(gjc_machine_say(m, "", ""), SAY(m, "at most %u times", "至多 %u 次"),
                              times);
    gjc_machine_note(m, caption, GJC_TONE_MUTED, cells);
}

static void act_note(gjc_machine *m, gjc_caption *caption, const gjc_transition *t,
                     const char *mark, uint32_t cells)
{
    gjc_machine_say(m, mark, mark);
    gjb_buffer_add_text(&m->words, m->diagram->model->actions[t->action].label.title);
    gjc_machine_note(m, caption, GJC_TONE_PLAIN, cells);
    gjc_machine_say(m, "", "");
    posts_say(m, t);
    if (t->post_count > 0)
        gjc_caption_add_aside(caption, m->diagram->arena, gjb_buffer_text(&m->words), cells);
    if (t->when != NULL)
        gjc_machine_note_condition(m, caption, t->when, cells);
    if (t->times_max > 0)
        times_note(m, caption, t->times_max, cells);
}

/* ---- a stage's box ---- */

static uint32_t posts_count(const gjc_model *model, const gjc_stage *stage)
{
    uint32_t count = 0;
    for (uint32_t post = 0; post < model->post_count; post++) {
        bool acts = false;
        for (uint32_t i = 0; i < stage->transition_count && !acts; i++) {
            const gjc_transition *t = &model->transitions[stage->first_transition + i];
            for (uint32_t j = 0; j < t->post_count && !acts; j++)
                acts = t->posts[j] == post;
        }
        count += acts ? 1 : 0;
    }
    return count;
}

static void counted_say(gjc_machine *m, uint32_t count, const char *one, const char *many,
                        const char *zh)
{
    if (count == 0)
        return;
    gjb_buffer_add_string(&m->words, m->words.size > 0 ? " · " : "");
    gjb_buffer_add_format(&m->words, SAY(m, "%u %s", "%2$s %1$u"), count,
                          SAY(m, count == 1 ? one : many, zh));
}

static void counts_note(gjc_machine *m, gjc_caption *caption, const gjc_stage *stage,
                        uint32_t running)
{
    gjc_machine_say(m, "", "");
    counted_say(m, running, "limit", "limits", "时限");
    counted_say(m, posts_count(m->diagram->model, stage), "post", "posts", "岗位");
    gjc_machine_note(m, caption, GJC_TONE_MUTED, GJC_BOX_CELLS);
}

static void join_note(gjc_machine *m, gjc_caption *caption, const gjc_stage *stage)
{
    gjc_machine_say(m, "", "");
    if (stage->need == stage->branch_count)
        gjb_buffer_add_format(&m->words, SAY(m, "all of %u branches", "并联 %u 个分支，须全部完成"),
                              stage->branch_count);
    else
        gjb_buffer_add_format(
            &m->words, SAY(m, "any %u of %u branches", "并联分支，完成 %u 个即可（共 %u 个）"),
            stage->need, stage->branch_count);
    gjc_machine_note(m, caption, GJC_TONE_MUTED, GJC_BOX_CELLS);
}

static void stage_add(gjc_machine *m, uint32_t index, uint32_t running)
{
    const gjc_model *model = m->diagram->model;
    const gjc_stage *stage = &model->stages[index];
    gjc_box_kind kind = stage->is_void    ? GJC_BOX_VOID
                        : stage->is_final ? GJC_BOX_FINAL
                                          : GJC_BOX_STAGE;
    m->diagram->stage_boxes[index] = m->diagram->box_count;
    gjc_box *box = gjc_diagram_add_box(m->diagram, kind, index);
    if (box == NULL)
        return;
    box->is_chosen = index == m->chosen;
    box->first_pane = stage->first_branch;
    box->pane_count = stage->branch_count;
    gjc_caption_add(&box->caption, m->diagram->arena, GJC_TONE_HEADING, stage->label.title,
                    GJC_BOX_CELLS);
    if (stage->is_void) {
        gjc_machine_say(m, "void", "作废");
        gjc_machine_note(m, &box->caption, GJC_TONE_MUTED, GJC_BOX_CELLS);
    }
    if (stage->branch_count > 0)
        join_note(m, &box->caption, stage);
    if (stage->holder != GJC_NO_INDEX) {
        gjc_machine_say(m, "held by ", "待 ");
        gjb_buffer_add_text(&m->words, model->posts[stage->holder].label.title);
        gjc_machine_note(m, &box->caption, GJC_TONE_MUTED, GJC_BOX_CELLS);
    }
    counts_note(m, &box->caption, stage, running);
    for (uint32_t i = 0; i < stage->transition_count; i++) {
        const gjc_transition *t = &model->transitions[stage->first_transition + i];
        if (t->target != GJC_NO_INDEX && t->target != index)
            continue;
        gjc_caption_begin_list(&box->caption);
        act_note(m, &box->caption, t, t->target == index ? "↻ " : "", GJC_BOX_CELLS);
    }
}

uint32_t gjc_machine_get_exit(gjc_machine *m, uint32_t pane, uint32_t stage)
{
    gjc_diagram *d = m->diagram;
    for (uint32_t i = d->panes[pane].first_box; i < d->box_count; i++)
        if (d->boxes[i].kind == GJC_BOX_EXIT && d->boxes[i].stage == stage)
            return i;
    gjc_box *box = gjc_diagram_add_box(d, GJC_BOX_EXIT, stage);
    if (box == NULL)
        return GJC_NO_INDEX;
    gjc_machine_say(m, "→ ", "→ ");
    gjc_machine_say_stage(m, stage, 0);
    gjc_machine_note(m, &box->caption, GJC_TONE_PLAIN, GJC_BOX_CELLS);
    return d->box_count - 1;
}

/* ---- a pane ---- */

static void join_add(gjc_machine *m, uint32_t pane, const gjc_edge *edge)
{
    const gjc_stage *stage = &m->diagram->model->stages[edge->from];
    const uint32_t *boxes = m->diagram->stage_boxes;
    gjc_arc *arc =
        gjc_diagram_get_arc(m->diagram, pane, GJC_ARC_JOIN, boxes[edge->from], boxes[edge->to]);
    if (arc == NULL)
        return;
    if (stage->need == stage->branch_count)
        gjc_machine_say(m, "all branches done", "各分支均完成");
    else if (stage->need == 1)
        gjc_machine_say(m, "one branch done", "任一分支完成");
    else
        gjb_buffer_add_format(gjc_machine_say(m, "", ""),
                              SAY(m, "%u branches done", "%u 个分支完成"), stage->need);
    gjc_machine_note(m, &arc->caption, GJC_TONE_PLAIN, GJC_ARC_CELLS);
}

static void edge_add(gjc_machine *m, uint32_t pane, const gjc_edge *edge)
{
    const gjc_model *model = m->diagram->model;
    const uint32_t *boxes = m->diagram->stage_boxes;
    if (edge->kind == GJR_EXIT_JOIN && edge->from != edge->to) {
        join_add(m, pane, edge);
        return;
    }
    if (edge->from == edge->to) /* its box tells it */
        return;
    const gjc_transition *t = &model->transitions[edge->transition];
    gjc_arc *arc =
        gjc_diagram_get_arc(m->diagram, pane, edge->is_return ? GJC_ARC_RETURN : GJC_ARC_ACT,
                            boxes[edge->from], boxes[edge->to]);
    if (arc == NULL)
        return;
    act_note(m, &arc->caption, t, "", GJC_ARC_CELLS);
    if (edge->kind != GJR_EXIT_LEAVE)
        return;
    gjc_machine_say(m, "out of ", "自 ");
    gjc_machine_say_stage(m, t->stage, pane);
    gjc_machine_note(m, &arc->caption, GJC_TONE_MUTED, GJC_ARC_CELLS);
}

/* Acts of the stage that leave its branch. */
static void exits_add(gjc_machine *m, uint32_t pane, uint32_t index)
{
    const gjc_model *model = m->diagram->model;
    const gjc_stage *stage = &model->stages[index];
    for (uint32_t i = 0; i < stage->transition_count; i++) {
        const gjc_transition *t = &model->transitions[stage->first_transition + i];
        if (t->target == GJC_NO_INDEX || model->stages[t->target].region == pane)
            continue;
        uint32_t exit = gjc_machine_get_exit(m, pane, t->target);
        gjc_arc *arc = exit == GJC_NO_INDEX
                           ? NULL
                           : gjc_diagram_get_arc(m->diagram, pane, GJC_ARC_ACT,
                                                 m->diagram->stage_boxes[index], exit);
        if (arc != NULL)
            act_note(m, &arc->caption, t, "", GJC_ARC_CELLS);
    }
}

static void arcs_add(gjc_machine *m, uint32_t pane, const gjc_region *region)
{
    const gjc_graph *graph = m->graph;
    for (uint32_t i = 0; i < region->stage_count; i++) {
        uint32_t stage = region->first_stage + i;
        for (uint32_t j = graph->first_edges[stage]; j < graph->first_edges[stage + 1]; j++)
            edge_add(m, pane, &graph->edges[j]);
        exits_add(m, pane, stage);
    }
    gjc_expiries_describe(m, pane);
    if (m->chosen != GJC_NO_INDEX && m->diagram->model->stages[m->chosen].region == pane)
        gjc_detours_describe(m, pane);
}

static void pane_caption(gjc_machine *m, uint32_t index)
{
    const gjc_model *model = m->diagram->model;
    const gjc_region *region = &model->regions[index];
    gjc_caption *caption = &m->diagram->panes[index].caption;
    if (region->parent == GJC_NO_INDEX)
        return;
    gjc_caption_add(caption, m->diagram->arena, GJC_TONE_HEADING, region->label.title,
                    GJC_BOX_CELLS);
    if (region->department != GJC_NO_INDEX)
        gjc_caption_add(caption, m->diagram->arena, GJC_TONE_MUTED,
                        model->departments[region->department].label.title, GJC_BOX_CELLS);
}

static void pane_fill(gjc_machine *m, uint32_t index, const uint32_t *running)
{
    gjc_diagram *d = m->diagram;
    const gjc_region *region = &d->model->regions[index];
    d->panes[index].first_box = d->box_count;
    d->panes[index].first_arc = d->arc_count;
    pane_caption(m, index);
    for (uint32_t i = 0; i < region->stage_count; i++)
        stage_add(m, region->first_stage + i, running[region->first_stage + i]);
    uint32_t start = d->box_count;
    if (region->initial != GJC_NO_INDEX &&
        gjc_diagram_add_box(d, GJC_BOX_START, region->initial) != NULL)
        gjc_diagram_get_arc(d, index, GJC_ARC_START, start, d->stage_boxes[region->initial]);
    if (!d->arena->failed)
        arcs_add(m, index, region);
    d->panes[index].box_count = d->box_count - d->panes[index].first_box;
    d->panes[index].arc_count = d->arc_count - d->panes[index].first_arc;
}

static void title_say(gjc_machine *m)
{
    const gjc_model *model = m->diagram->model;
    gjc_caption *caption = &m->diagram->caption;
    gjc_caption_add(caption, m->diagram->arena, GJC_TONE_HEADING, model->label.title,
                    GJC_BOX_CELLS * 2);
    gjb_buffer_add_format(gjc_machine_say(m, "", ""), SAY(m, "version %u", "第 %u 版"),
                          model->version);
    if (model->effective != GJ_NO_DAY) {
        gjr_civil day = gjr_civil_of_day(model->effective);
        gjb_buffer_add_format(&m->words,
                              SAY(m, ", effective %04d-%02d-%02d", "，自 %d 年 %d 月 %d 日起施行"),
                              day.year, day.month, day.day);
    }
    gjc_machine_note(m, caption, GJC_TONE_MUTED, GJC_BOX_CELLS * 2);
    if (m->chosen == GJC_NO_INDEX)
        return;
    gjc_machine_say(m, "What becomes of acts that are not expected in the stage ",
                    "在以下环节办理未列明的行为，如何处理：");
    gjc_machine_say_stage(m, m->chosen, 0);
    gjc_machine_note(m, caption, GJC_TONE_DETOUR, GJC_BOX_CELLS * 2);
}

gj_status gjc_machine_describe(gjc_machine *m)
{
    gjc_diagram *d = m->diagram;
    gjb_buffer_init(&m->words, d->arena->allocator);
    const uint32_t *running = gjc_running_count(m->graph, d->arena);
    if (running != NULL && !d->arena->failed) {
        title_say(m);
        for (uint32_t i = 0; i < d->pane_count && !d->arena->failed; i++)
            pane_fill(m, i, running);
    }
    bool failed = d->arena->failed || m->words.failed || m->has_failed;
    gjb_buffer_deinit(&m->words);
    return failed ? GJ_NO_MEMORY : GJ_OK;
}
