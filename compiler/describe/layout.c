/* SPDX-License-Identifier: Apache-2.0
 *
 * See layout.h. A rank is a band as high as its highest spot; between bands arcs may curve, in
 * bands they go straight down, so none touches a box. Where an arc meets a box is as near as can be
 * to where it comes from, a little apart from its neighbours. */
#include "describe/layout.h"
#include "describe/net.h"

#include <stdlib.h>

enum {
    START_SIZE = 14,
    PANE_PADDING = 16,
    PANE_GAP = 16,     /* between branches side by side */
    STAGE_WIDTH = 104, /* at least */
    BAND_GAP = 28,     /* between ranks, at least */
    BAND_GAP_MAX = 90,
    BAND_SLOPE = 7,   /* a pixel of gap for so many to the side */
    ARROW = 12,       /* straight before a box */
    PORT_GAP = 16,    /* between arcs at a box, where there is room */
    PORT_MARGIN = 12, /* from its corners */
    LABEL_GAP = 2,
    POINTS_MOST_EXTRA = 8,
};

/* ---- sizes ---- */

gjc_area gjc_layout_caption(const gjc_caption *caption)
{
    gjc_area area = {0};
    for (uint32_t i = 0; i < caption->count; i++) {
        const gjc_caption_line *line = &caption->lines[i];
        bool is_heading = line->tone == GJC_TONE_HEADING;
        uint32_t size = is_heading ? GJC_HEADING_SIZE : GJC_TEXT_SIZE;
        int32_t width = (int32_t)((gjc_lettering_line_width(line) * size + 999) / 1000);
        area.width = width > area.width ? width : area.width;
        area.height += is_heading ? GJC_HEADING_HEIGHT : GJC_LINE_HEIGHT;
    }
    area.height += caption->list_begin > 0 ? GJC_RULE_HEIGHT : 0;
    area.width += area.width % 2;
    return area;
}

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* How many arcs meet the box on the side where more do. */
static int32_t ports_count(const gjc_diagram *d, const gjc_pane *pane, uint32_t box)
{
    int32_t in = 0, out = 0;
    for (uint32_t i = 0; i < pane->arc_count; i++) {
        in += d->arcs[pane->first_arc + i].to == box ? 1 : 0;
        out += d->arcs[pane->first_arc + i].from == box ? 1 : 0;
    }
    return larger(in, out);
}

/* The panes inside, side by side under the caption; all as high as the highest. */
static void panes_fit(gjc_diagram *d, gjc_box *box)
{
    int32_t top = GJC_BOX_PADDING_Y + box->area.height + GJC_BOX_PADDING_Y;
    int32_t left = PANE_PADDING, highest = 0, widths = -PANE_GAP;
    for (uint32_t i = 0; i < box->pane_count; i++) {
        const gjc_area *area = &d->panes[box->first_pane + i].area;
        highest = larger(highest, area->height);
        widths += area->width + PANE_GAP;
    }
    int32_t caption = box->area.width + (GJC_BOX_PADDING_X - PANE_PADDING) * 2;
    int32_t spare = larger(0, caption - widths);
    for (uint32_t i = 0; i < box->pane_count; i++) {
        gjc_area *area = &d->panes[box->first_pane + i].area;
        *area = (gjc_area){left, top, area->width, highest};
        left += area->width + PANE_GAP;
    }
    d->panes[box->first_pane + box->pane_count - 1].area.width += spare;
    box->area.width = left - PANE_GAP + PANE_PADDING + spare;
    box->area.height = top + highest + PANE_PADDING;
}

static void box_size(gjc_diagram *d, const gjc_pane *pane, uint32_t index)
{
    gjc_box *box = &d->boxes[index];
    if (box->kind == GJC_BOX_START) {
        box->area = (gjc_area){.width = START_SIZE, .height = START_SIZE};
        return;
    }
    box->area = gjc_layout_caption(&box->caption);
    if (box->pane_count > 0) {
        panes_fit(d, box);
    } else {
        int32_t least = box->kind == GJC_BOX_EXIT ? 0 : STAGE_WIDTH;
        box->area.width = larger(box->area.width + GJC_BOX_PADDING_X * 2, least);
        box->area.height += GJC_BOX_PADDING_Y * 2;
    }
    int32_t ports = PORT_MARGIN * 2 + (ports_count(d, pane, index) - 1) * PORT_GAP;
    box->area.width = larger(box->area.width, ports);
    box->area.width += box->area.width % 2;
}

/* ---- bands ---- */

typedef struct band {
    int32_t top, height;
} band;

static void bands_make(const gjc_net *net, band *bands)
{
    int32_t top = 0;
    for (uint32_t i = 0; i < net->spot_count; i++)
        bands[net->spots[i].rank].height =
            larger(bands[net->spots[i].rank].height, net->spots[i].height);
    for (uint32_t rank = 0; rank < net->rank_count; rank++) {
        int32_t aside = 0;
        for (uint32_t i = net->first_in_rank[rank]; i < net->first_in_rank[rank + 1]; i++) {
            uint32_t spot = net->order[i];
            for (uint32_t j = net->below.first[spot]; j < net->below.first[spot + 1]; j++) {
                uint32_t lower = net->wires[net->below.wires[j]].lower;
                aside = larger(aside, abs(net->spots[lower].x - net->spots[spot].x));
            }
        }
        int32_t gap = BAND_GAP + aside / BAND_SLOPE;
        bands[rank].top = top;
        top += bands[rank].height + (gap < BAND_GAP_MAX ? gap : BAND_GAP_MAX);
    }
}

static void spots_place(gjc_net *net, const band *bands)
{
    for (uint32_t i = 0; i < net->spot_count; i++) {
        gjc_spot *spot = &net->spots[i];
        spot->y = bands[spot->rank].top;
        if (spot->rank == 0) /* the mark of the start stands close to its stage */
            spot->y += bands[0].height - spot->height;
    }
}

/* ---- where arcs meet boxes ---- */

typedef struct port {
    int32_t from; /* x of where the arc comes from */
    int32_t wanted;
    uint32_t wire;
} port;

static int ports_compare(const void *a, const void *b)
{
    const port *left = a, *right = b;
    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    return left->wire < right->wire ? -1 : left->wire > right->wire;
}

/* The ends of one box's wires on one side, by wire. */
static void ports_spread(const gjc_net *net, uint32_t spot, bool above, port *ports, int32_t *ends)
{
    const gjc_wires_at *at = above ? &net->above : &net->below;
    const gjc_spot *box = &net->spots[spot];
    int32_t margin = box->width / 2 < PORT_MARGIN ? box->width / 2 : PORT_MARGIN;
    int32_t low = box->x - box->width / 2 + margin, high = box->x + box->width / 2 - margin;
    int32_t count = 0;
    for (uint32_t i = at->first[spot]; i < at->first[spot + 1]; i++) {
        const gjc_wire *wire = &net->wires[at->wires[i]];
        int32_t x = net->spots[above ? wire->upper : wire->lower].x;
        ports[count++] = (port){x, x < low ? low : x > high ? high : x, at->wires[i]};
    }
    qsort(ports, (size_t)count, sizeof *ports, ports_compare);
    int32_t gap = count > 1 ? (high - low) / (count - 1) : 0;
    gap = gap > PORT_GAP ? PORT_GAP : gap;
    for (int32_t i = 1; i < count; i++)
        ports[i].wanted = larger(ports[i].wanted, ports[i - 1].wanted + gap);
    for (int32_t i = count; i-- > 0;) {
        int32_t most = i + 1 < count ? ports[i + 1].wanted - gap : high;
        ends[ports[i].wire] = ports[i].wanted < most ? ports[i].wanted : most;
        ports[i].wanted = ends[ports[i].wire];
    }
}

typedef struct routing {
    gjc_diagram *diagram;
    const gjc_pane *pane;
    gjc_net *net;
    band *bands;
    int32_t *upper_ends, *lower_ends; /* by wire: x where it meets a box */
} routing;

static gj_status ports_find(routing *r)
{
    gjc_net *net = r->net;
    port *ports = gjb_arena_make(net->arena, net->wire_count, sizeof *ports);
    r->upper_ends = gjb_arena_make(net->arena, net->wire_count, sizeof *r->upper_ends);
    r->lower_ends = gjb_arena_make(net->arena, net->wire_count, sizeof *r->lower_ends);
    if (net->arena->failed)
        return GJ_NO_MEMORY;
    for (uint32_t i = 0; i < r->pane->box_count; i++) {
        ports_spread(net, i, true, ports, r->lower_ends);
        ports_spread(net, i, false, ports, r->upper_ends);
    }
    return GJ_OK;
}

/* ---- strokes ---- */

typedef struct track {
    gjc_stroke *strokes;
    uint32_t count;
} track;

static void stroke_add(track *t, gjc_pen pen, int32_t x, int32_t y)
{
    gjc_stroke *last = t->count > 0 ? &t->strokes[t->count - 1] : NULL;
    if (last != NULL && pen == GJC_PEN_LINE && last->x == x && last->y == y)
        return;
    if (pen == GJC_PEN_CURVE && last->x == x) /* nothing to curve about */
        pen = GJC_PEN_LINE;
    if (pen == GJC_PEN_LINE && last->pen == GJC_PEN_LINE && last->x == x)
        last->y = y;
    else
        t->strokes[t->count++] = (gjc_stroke){pen, x, y};
}

static void label_pass(track *t, gjc_arc *arc, const gjc_spot *spot)
{
    arc->label.x = spot->x - arc->label.width / 2;
    arc->label.y = spot->y + (spot->height - arc->label.height) / 2;
    stroke_add(t, GJC_PEN_LINE, spot->x, arc->label.y - LABEL_GAP);
    stroke_add(t, GJC_PEN_MOVE, spot->x, arc->label.y + arc->label.height + LABEL_GAP);
}

/* The strokes from the upper end down. */
static void track_draw(const routing *r, uint32_t index, gjc_arc *arc, track *t)
{
    const gjc_net *net = r->net;
    uint32_t first = net->first_wires[index], end = net->first_wires[index + 1];
    const gjc_spot *upper = &net->spots[net->wires[first].upper];
    const gjc_spot *lower = &net->spots[net->wires[end - 1].lower];
    const band *passed = &r->bands[upper->rank];
    int32_t x = r->upper_ends[first];
    stroke_add(t, GJC_PEN_MOVE, x, upper->y + upper->height);
    stroke_add(t, GJC_PEN_LINE, x,
               passed->top + passed->height + (net->is_reversed[index] ? ARROW : 2));
    for (uint32_t i = first; i + 1 < end; i++) {
        const gjc_spot *spot = &net->spots[net->wires[i].lower];
        passed = &r->bands[spot->rank];
        stroke_add(t, GJC_PEN_CURVE, spot->x, passed->top);
        if (spot->kind == GJC_SPOT_LABEL)
            label_pass(t, arc, spot);
        stroke_add(t, GJC_PEN_LINE, spot->x, passed->top + passed->height);
    }
    x = r->lower_ends[end - 1];
    stroke_add(t, GJC_PEN_CURVE, x, lower->y - (net->is_reversed[index] ? 2 : ARROW));
    stroke_add(t, GJC_PEN_LINE, x, lower->y);
}

/* The same line drawn from its other end. */
static void track_turn(track *t)
{
    for (uint32_t i = 0; i < t->count / 2; i++) {
        gjc_stroke swapped = t->strokes[i];
        t->strokes[i] = t->strokes[t->count - 1 - i];
        t->strokes[t->count - 1 - i] = swapped;
    }
    for (uint32_t i = t->count; i-- > 1;)
        t->strokes[i].pen = t->strokes[i - 1].pen;
    t->strokes[0].pen = GJC_PEN_MOVE;
}

static gj_status arcs_route(routing *r)
{
    gj_status status = ports_find(r);
    for (uint32_t i = 0; i < r->pane->arc_count && status == GJ_OK; i++) {
        gjc_arc *arc = &r->diagram->arcs[r->pane->first_arc + i];
        uint32_t length = r->net->first_wires[i + 1] - r->net->first_wires[i];
        track t = {gjb_arena_make(r->diagram->arena, (size_t)length * 2 + POINTS_MOST_EXTRA,
                                  sizeof *t.strokes),
                   0};
        if (t.strokes == NULL)
            return GJ_NO_MEMORY;
        track_draw(r, i, arc, &t);
        if (r->net->is_reversed[i])
            track_turn(&t);
        arc->strokes = t.strokes;
        arc->stroke_count = t.count;
    }
    return status;
}

/* ---- a pane ---- */

static void boxes_place(routing *r)
{
    for (uint32_t i = 0; i < r->pane->box_count; i++) {
        const gjc_spot *spot = &r->net->spots[i];
        gjc_area *area = &r->diagram->boxes[r->pane->first_box + i].area;
        area->x = spot->x - spot->width / 2;
        area->y = spot->y;
    }
}

/* All of the pane's contents by so much. */
static void contents_shift(gjc_diagram *d, const gjc_pane *pane, int32_t x, int32_t y)
{
    for (uint32_t i = 0; i < pane->box_count; i++) {
        d->boxes[pane->first_box + i].area.x += x;
        d->boxes[pane->first_box + i].area.y += y;
    }
    for (uint32_t i = 0; i < pane->arc_count; i++) {
        gjc_arc *arc = &d->arcs[pane->first_arc + i];
        arc->label.x += x;
        arc->label.y += y;
        for (uint32_t j = 0; j < arc->stroke_count; j++) {
            arc->strokes[j].x += x;
            arc->strokes[j].y += y;
        }
    }
}

static void pane_measure(gjc_pane *pane, const gjc_net *net, const band *bands)
{
    gjc_area caption = gjc_layout_caption(&pane->caption);
    int32_t right = 0;
    for (uint32_t i = 0; i < net->spot_count; i++)
        right = larger(right, net->spots[i].x + net->spots[i].width / 2);
    const band *last = &bands[net->rank_count - 1];
    pane->area.width = larger(right, caption.width);
    pane->area.height = last->top + last->height;
}

static gj_status pane_lay(gjc_diagram *d, uint32_t index, gjb_arena *scratch)
{
    gjc_pane *pane = &d->panes[index];
    gjc_net net;
    for (uint32_t i = 0; i < pane->box_count; i++)
        box_size(d, pane, pane->first_box + i);
    for (uint32_t i = 0; i < pane->arc_count; i++)
        d->arcs[pane->first_arc + i].label =
            gjc_layout_caption(&d->arcs[pane->first_arc + i].caption);
    gj_status status = gjc_net_make(&net, d, index, scratch);
    if (status == GJ_OK)
        status = gjc_net_order(&net);
    if (status == GJ_OK)
        status = gjc_net_columns(&net);
    routing r = {.diagram = d, .pane = pane, .net = &net};
    if (status == GJ_OK) {
        r.bands = gjb_arena_make(scratch, net.rank_count, sizeof *r.bands);
        status = r.bands == NULL ? GJ_NO_MEMORY : GJ_OK;
    }
    if (status != GJ_OK)
        return status;
    bands_make(&net, r.bands);
    spots_place(&net, r.bands);
    boxes_place(&r);
    pane_measure(pane, &net, r.bands);
    return arcs_route(&r);
}

/* A branch has a frame and its caption above what is in it. */
static void branch_frame(gjc_diagram *d, gjc_pane *pane)
{
    gjc_area caption = gjc_layout_caption(&pane->caption);
    int32_t top = GJC_BOX_PADDING_Y + caption.height + GJC_BOX_PADDING_Y;
    contents_shift(d, pane, PANE_PADDING, top);
    pane->area.width += PANE_PADDING * 2;
    pane->area.height += top + PANE_PADDING;
}

/* ---- the whole ---- */

/* Contents of a branch stand in the middle of the frame, where that is wider. */
static void branch_settle(gjc_diagram *d, const gjc_box *box, gjc_pane *pane, int32_t width)
{
    pane->area.x += box->area.x;
    pane->area.y += box->area.y;
    contents_shift(d, pane, pane->area.x + (pane->area.width - width) / 2, pane->area.y);
}

gj_status gjc_layout(gjc_diagram *d)
{
    gjb_arena scratch;
    gjb_arena_init(&scratch, d->arena->allocator);
    int32_t *widths = gjb_arena_make(d->arena, d->pane_count, sizeof *widths);
    gj_status status = widths == NULL ? GJ_NO_MEMORY : GJ_OK;
    for (uint32_t i = d->pane_count; i-- > 0 && status == GJ_OK;) {
        status = pane_lay(d, i, &scratch);
        if (status == GJ_OK && i > 0)
            branch_frame(d, &d->panes[i]);
        if (status == GJ_OK)
            widths[i] = d->panes[i].area.width;
        gjb_arena_reset(&scratch);
    }
    gjb_arena_deinit(&scratch);
    if (status != GJ_OK)
        return status;
    /* Outer boxes have their places before the branches inside. */
    for (uint32_t i = 0; i < d->box_count; i++)
        for (uint32_t j = 0; j < d->boxes[i].pane_count; j++) {
            uint32_t inner = d->boxes[i].first_pane + j;
            branch_settle(d, &d->boxes[i], &d->panes[inner], widths[inner]);
        }
    d->width = d->panes[0].area.width;
    d->height = d->panes[0].area.height;
    return GJ_OK;
}
