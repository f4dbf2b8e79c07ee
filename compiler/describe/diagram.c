/* SPDX-License-Identifier: Apache-2.0
 *
 * See diagram.h. */
#include "describe/diagram.h"

#include <string.h>

enum { ITEMS_FIRST = 32 };

void gjc_diagram_init(gjc_diagram *diagram, const gjc_model *model, gj_lang lang, gjb_arena *arena)
{
    *diagram = (gjc_diagram){
        .arena = arena,
        .lang = lang,
        .model = model,
        .panes = gjb_arena_make(arena, model->region_count, sizeof *diagram->panes),
        .stage_boxes = gjb_arena_make(arena, model->stage_count, sizeof *diagram->stage_boxes),
        .pane_count = model->region_count,
    };
}

/* The array with room for one more, or NULL. */
static void *grown(gjb_arena *arena, void *items, uint32_t count, uint32_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    uint32_t wider = *capacity == 0 ? ITEMS_FIRST : *capacity * 2;
    void *more = gjb_arena_make(arena, wider, size);
    if (more == NULL)
        return NULL;
    if (count > 0)
        memcpy(more, items, count * size);
    *capacity = wider;
    return more;
}

gjc_box *gjc_diagram_add_box(gjc_diagram *diagram, gjc_box_kind kind, uint32_t stage)
{
    gjc_box *boxes = grown(diagram->arena, diagram->boxes, diagram->box_count,
                           &diagram->box_capacity, sizeof *boxes);
    if (boxes == NULL)
        return NULL;
    diagram->boxes = boxes;
    boxes[diagram->box_count] = (gjc_box){.kind = kind, .stage = stage};
    return &boxes[diagram->box_count++];
}

gjc_arc *gjc_diagram_get_arc(gjc_diagram *diagram, uint32_t pane, gjc_arc_kind kind, uint32_t from,
                             uint32_t to)
{
    for (uint32_t i = diagram->panes[pane].first_arc; i < diagram->arc_count; i++) {
        gjc_arc *arc = &diagram->arcs[i];
        if (arc->kind == kind && arc->from == from && arc->to == to)
            return arc;
    }
    gjc_arc *arcs = grown(diagram->arena, diagram->arcs, diagram->arc_count, &diagram->arc_capacity,
                          sizeof *arcs);
    if (arcs == NULL)
        return NULL;
    diagram->arcs = arcs;
    arcs[diagram->arc_count] = (gjc_arc){.kind = kind, .from = from, .to = to};
    return &arcs[diagram->arc_count++];
}
