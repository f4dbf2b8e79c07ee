/* SPDX-License-Identifier: Apache-2.0
 *
 * A procedure's machine as a drawing, before it is known where anything stands: boxes and the arcs
 * between them, on panes. A pane is a region (the procedure, or a branch), its index the region's;
 * the box of a parallel stage has the panes of its branches inside. Boxes and arcs of a pane stand
 * together, and an arc never leaves its pane: an act inside a branch that leaves it goes to a mark
 * there that names where it leads, and is an arc of the parallel stage outside.
 *
 * layout.c puts everything in its place; dot.c and svg.c write it. Lengths are pixels. */
#ifndef GJC_DIAGRAM_H
#define GJC_DIAGRAM_H

#include "describe/lettering.h"
#include "sema/model.h"

typedef enum gjc_box_kind {
    GJC_BOX_START, /* the mark before the initial stage */
    GJC_BOX_STAGE,
    GJC_BOX_FINAL,
    GJC_BOX_VOID,
    GJC_BOX_EXIT, /* the mark of a stage outside the branch */
    GJC_BOX_COUNT
} gjc_box_kind;

typedef struct gjc_area {
    int32_t x, y, width, height; /* of the left upper corner */
} gjc_area;

typedef struct gjc_box {
    gjc_box_kind kind;
    uint32_t stage; /* of an exit: where it leads */
    bool is_chosen; /* the stage whose detours are drawn */
    gjc_caption caption;
    uint32_t first_pane, pane_count; /* of a parallel stage */
    gjc_area area;
} gjc_box;

typedef enum gjc_arc_kind {
    GJC_ARC_START,
    GJC_ARC_ACT,
    GJC_ARC_RETURN,
    GJC_ARC_JOIN,
    GJC_ARC_LAW,    /* nobody acted: a limit ran out */
    GJC_ARC_DETOUR, /* what the judge does about an act that the chosen stage has not */
    GJC_ARC_COUNT
} gjc_arc_kind;

/* How the pen comes to a point: without drawing, straight, or on a curve that leaves and arrives
 * upright. */
typedef enum gjc_pen { GJC_PEN_MOVE, GJC_PEN_LINE, GJC_PEN_CURVE } gjc_pen;

typedef struct gjc_stroke {
    gjc_pen pen;
    int32_t x, y;
} gjc_stroke;

typedef struct gjc_arc {
    gjc_arc_kind kind;
    uint32_t from, to; /* boxes of one pane, and not the same */
    gjc_caption caption;
    gjc_area label;      /* where the caption stands */
    gjc_stroke *strokes; /* from border to border, interrupted by the label; the last is a line */
    uint32_t stroke_count;
} gjc_arc;

typedef struct gjc_pane {
    gjc_caption caption;
    uint32_t first_box, box_count;
    uint32_t first_arc, arc_count;
    gjc_area area;
} gjc_pane;

typedef struct gjc_diagram {
    gjb_arena *arena;
    gj_lang lang;
    const gjc_model *model;
    gjc_caption caption;
    gjc_pane *panes; /* as many as regions */
    gjc_box *boxes;
    gjc_arc *arcs;
    uint32_t *stage_boxes; /* by stage */
    uint32_t pane_count, box_count, arc_count, box_capacity, arc_capacity;
    int32_t width, height;
} gjc_diagram;

#define GJC_DIAGRAM_SAY(diagram, en, zh) ((diagram)->lang == GJ_ZH ? (zh) : (en))

/* Without boxes and arcs. When memory ends, here and below, the arena has failed. */
void gjc_diagram_init(gjc_diagram *diagram, const gjc_model *model, gj_lang lang, gjb_arena *arena);
/* Each adds at the end and gives what was added, borrowed until the next; NULL when memory ends. */
gjc_box *gjc_diagram_add_box(gjc_diagram *diagram, gjc_box_kind kind, uint32_t stage);
/* The arc of the last pane that is already there between the two, or a new one. */
gjc_arc *gjc_diagram_get_arc(gjc_diagram *diagram, uint32_t pane, gjc_arc_kind kind, uint32_t from,
                             uint32_t to);

#endif
