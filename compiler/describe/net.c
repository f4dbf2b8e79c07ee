/* SPDX-License-Identifier: Apache-2.0
 *
 * See net.h. An arc is taken the other way round where it goes back in a depth-first order of the
 * stages, which begins at the initial one. Ranks are as high as the arcs allow, so what can follow
 * soon stands near. */
#include "describe/net.h"

enum {
    LABEL_PADDING = 4,
    LABELS_WIDTH_MAX = 900, /* of a rank, before labels look for another */
};

typedef struct building {
    gjc_net *net;
    const gjc_diagram *diagram;
    const gjc_pane *pane;
    uint32_t *first_out, *outs; /* by box: its arcs, but for detours */
    uint32_t *sequence;         /* boxes in topological order */
    uint32_t *places;           /* and the place of each in it */
    uint32_t *ranks;            /* by box */
    int32_t *label_widths;      /* by rank: of the labels put there */
} building;

static const gjc_arc *arc_at(const building *b, uint32_t arc)
{
    return &b->diagram->arcs[b->pane->first_arc + arc];
}

static const gjc_box *box_at(const building *b, uint32_t box)
{
    return &b->diagram->boxes[b->pane->first_box + box];
}

static uint32_t from_of(const building *b, uint32_t arc)
{
    return arc_at(b, arc)->from - b->pane->first_box;
}

static uint32_t to_of(const building *b, uint32_t arc)
{
    return arc_at(b, arc)->to - b->pane->first_box;
}

/* ---- which arcs are taken the other way round ---- */

static void outs_fill(building *b)
{
    for (uint32_t i = 0; i < b->pane->arc_count; i++)
        if (arc_at(b, i)->kind != GJC_ARC_DETOUR)
            b->first_out[from_of(b, i) + 2]++;
    for (uint32_t i = 0; i < b->pane->box_count; i++)
        b->first_out[i + 2] += b->first_out[i + 1];
    for (uint32_t i = 0; i < b->pane->arc_count; i++)
        if (arc_at(b, i)->kind != GJC_ARC_DETOUR)
            b->outs[b->first_out[from_of(b, i) + 1]++] = i;
}

typedef struct visit {
    uint32_t box, next;
} visit;

/* Everything below the box is put before what the sequence has already, the last found first. */
static void sequence_from(building *b, uint32_t root, bool *is_seen, visit *stack, uint32_t *left)
{
    uint32_t depth = 0;
    stack[depth++] = (visit){root, b->first_out[root]};
    is_seen[root] = true;
    while (depth > 0) {
        visit *top = &stack[depth - 1];
        if (top->next == b->first_out[top->box + 1]) {
            b->sequence[--*left] = top->box;
            depth--;
            continue;
        }
        uint32_t to = to_of(b, b->outs[top->next++]);
        if (is_seen[to])
            continue;
        is_seen[to] = true;
        stack[depth++] = (visit){to, b->first_out[to]};
    }
}

/* Marks of stages outside come last, whatever leads to them; what nothing reaches comes first. */
static bool sequence_make(building *b)
{
    uint32_t count = b->pane->box_count, left = count;
    bool *is_seen = gjb_arena_make(b->net->arena, count, sizeof *is_seen);
    visit *stack = gjb_arena_make(b->net->arena, count, sizeof *stack);
    if (is_seen == NULL || stack == NULL)
        return false;
    static const gjc_box_kind first[] = {GJC_BOX_EXIT, GJC_BOX_START};
    for (size_t k = 0; k < sizeof first / sizeof *first; k++)
        for (uint32_t i = 0; i < count; i++)
            if (!is_seen[i] && box_at(b, i)->kind == first[k])
                sequence_from(b, i, is_seen, stack, &left);
    for (uint32_t i = 0; i < count; i++)
        if (!is_seen[i])
            sequence_from(b, i, is_seen, stack, &left);
    for (uint32_t i = 0; i < count; i++)
        b->places[b->sequence[i]] = i;
    for (uint32_t i = 0; i < b->pane->arc_count; i++)
        b->net->is_reversed[i] = b->places[from_of(b, i)] > b->places[to_of(b, i)];
    return true;
}

static uint32_t upper_of(const building *b, uint32_t arc)
{
    return b->net->is_reversed[arc] ? to_of(b, arc) : from_of(b, arc);
}

static uint32_t lower_of(const building *b, uint32_t arc)
{
    return b->net->is_reversed[arc] ? from_of(b, arc) : to_of(b, arc);
}

/* ---- ranks ---- */

/* Arcs by the box at their upper end. */
static bool ranks_make(building *b)
{
    uint32_t boxes = b->pane->box_count, arcs = b->pane->arc_count;
    uint32_t *first = gjb_arena_make(b->net->arena, (size_t)boxes + 2, sizeof *first);
    uint32_t *downs = gjb_arena_make(b->net->arena, arcs, sizeof *downs);
    if (first == NULL || downs == NULL)
        return false;
    for (uint32_t i = 0; i < arcs; i++)
        first[upper_of(b, i) + 2]++;
    for (uint32_t i = 0; i < boxes; i++)
        first[i + 2] += first[i + 1];
    for (uint32_t i = 0; i < arcs; i++)
        downs[first[upper_of(b, i) + 1]++] = i;
    for (uint32_t i = 0; i < boxes; i++)
        b->ranks[i] = box_at(b, i)->kind == GJC_BOX_START ? 0 : 1;
    for (uint32_t i = 0; i < boxes; i++) {
        uint32_t box = b->sequence[i];
        for (uint32_t j = first[box]; j < first[box + 1]; j++) {
            uint32_t lower = lower_of(b, downs[j]);
            uint32_t wanted = b->ranks[box] + (arc_at(b, downs[j])->kind == GJC_ARC_START ? 1 : 2);
            b->ranks[lower] = b->ranks[lower] < wanted ? wanted : b->ranks[lower];
        }
    }
    for (uint32_t i = 0; i < boxes; i++)
        if (b->net->rank_count <= b->ranks[i])
            b->net->rank_count = b->ranks[i] + 1;
    return true;
}

/* ---- spots and wires ---- */

static gjc_spot *spot_add(gjc_net *net, gjc_spot_kind kind, uint32_t item, uint32_t rank)
{
    gjc_spot *spot = &net->spots[net->spot_count++];
    *spot = (gjc_spot){.kind = kind, .item = item, .rank = rank};
    return spot;
}

/* The rank next to where the arc begins, unless labels are crowded there and less so farther on. */
static uint32_t label_rank(building *b, uint32_t arc, int32_t width)
{
    uint32_t upper = b->ranks[upper_of(b, arc)], lower = b->ranks[lower_of(b, arc)];
    bool from_below = b->net->is_reversed[arc];
    uint32_t best = from_below ? lower - 1 : upper + 1;
    for (uint32_t step = 0; step < (lower - upper) / 2; step++) {
        uint32_t rank = from_below ? lower - 1 - step * 2 : upper + 1 + step * 2;
        if (b->label_widths[best] + width <= LABELS_WIDTH_MAX)
            break;
        if (b->label_widths[rank] < b->label_widths[best])
            best = rank;
    }
    b->label_widths[best] += width;
    return best;
}

static void arc_add(building *b, uint32_t index)
{
    gjc_net *net = b->net;
    const gjc_arc *arc = arc_at(b, index);
    uint32_t upper = upper_of(b, index), lower = lower_of(b, index), before = upper;
    uint32_t labelled =
        arc->kind == GJC_ARC_START ? 0 : label_rank(b, index, arc->label.width + LABEL_PADDING * 2);
    bool is_aside = arc->kind == GJC_ARC_RETURN || arc->kind == GJC_ARC_DETOUR;
    net->first_wires[index] = net->wire_count;
    for (uint32_t rank = b->ranks[upper] + 1; rank < b->ranks[lower]; rank++) {
        bool is_label = rank == labelled;
        uint32_t at = net->spot_count;
        gjc_spot *spot = spot_add(net, is_label ? GJC_SPOT_LABEL : GJC_SPOT_BEND, index, rank);
        if (is_label) {
            spot->width = arc->label.width + LABEL_PADDING * 2;
            spot->height = arc->label.height + LABEL_PADDING * 2;
        }
        net->wires[net->wire_count++] = (gjc_wire){before, at, is_aside};
        before = at;
    }
    net->wires[net->wire_count++] = (gjc_wire){before, lower, is_aside};
}

static gj_status spots_make(building *b)
{
    gjc_net *net = b->net;
    size_t spots = b->pane->box_count, wires = 0;
    for (uint32_t i = 0; i < b->pane->arc_count; i++) {
        size_t length = b->ranks[lower_of(b, i)] - b->ranks[upper_of(b, i)];
        spots += length - 1;
        wires += length;
        if (spots > GJC_NET_SPOTS_MAX)
            return GJ_OVER_LIMIT;
    }
    net->spots = gjb_arena_make(net->arena, spots, sizeof *net->spots);
    net->wires = gjb_arena_make(net->arena, wires, sizeof *net->wires);
    b->label_widths = gjb_arena_make(net->arena, net->rank_count, sizeof *b->label_widths);
    if (net->spots == NULL || net->wires == NULL || b->label_widths == NULL)
        return GJ_NO_MEMORY;
    for (uint32_t i = 0; i < b->pane->box_count; i++) {
        gjc_spot *spot = spot_add(net, GJC_SPOT_BOX, i, b->ranks[i]);
        spot->width = box_at(b, i)->area.width;
        spot->height = box_at(b, i)->area.height;
    }
    for (uint32_t i = 0; i < b->pane->arc_count; i++)
        arc_add(b, i);
    net->first_wires[b->pane->arc_count] = net->wire_count;
    return GJ_OK;
}

static bool wires_at_make(gjc_net *net, gjc_wires_at *at, bool above)
{
    at->first = gjb_arena_make(net->arena, (size_t)net->spot_count + 2, sizeof *at->first);
    at->wires = gjb_arena_make(net->arena, net->wire_count, sizeof *at->wires);
    if (at->first == NULL || at->wires == NULL)
        return false;
    for (uint32_t i = 0; i < net->wire_count; i++)
        at->first[(above ? net->wires[i].lower : net->wires[i].upper) + 2]++;
    for (uint32_t i = 0; i < net->spot_count; i++)
        at->first[i + 2] += at->first[i + 1];
    for (uint32_t i = 0; i < net->wire_count; i++)
        at->wires[at->first[(above ? net->wires[i].lower : net->wires[i].upper) + 1]++] = i;
    return true;
}

static bool ranks_fill(gjc_net *net)
{
    net->order = gjb_arena_make(net->arena, net->spot_count, sizeof *net->order);
    net->first_in_rank =
        gjb_arena_make(net->arena, (size_t)net->rank_count + 1, sizeof *net->first_in_rank);
    if (net->order == NULL || net->first_in_rank == NULL)
        return false;
    for (uint32_t i = 0; i < net->spot_count; i++)
        net->first_in_rank[net->spots[i].rank + 1]++;
    for (uint32_t i = 0; i < net->rank_count; i++)
        net->first_in_rank[i + 1] += net->first_in_rank[i];
    return true;
}

gj_status gjc_net_make(gjc_net *net, const gjc_diagram *diagram, uint32_t pane, gjb_arena *arena)
{
    const gjc_pane *row = &diagram->panes[pane];
    size_t boxes = row->box_count, arcs = row->arc_count;
    *net = (gjc_net){
        .arena = arena,
        .first_wires = gjb_arena_make(arena, arcs + 1, sizeof *net->first_wires),
        .is_reversed = gjb_arena_make(arena, arcs, sizeof *net->is_reversed),
    };
    building b = {
        .net = net,
        .diagram = diagram,
        .pane = row,
        .first_out = gjb_arena_make(arena, boxes + 2, sizeof *b.first_out),
        .outs = gjb_arena_make(arena, arcs, sizeof *b.outs),
        .sequence = gjb_arena_make(arena, boxes, sizeof *b.sequence),
        .places = gjb_arena_make(arena, boxes, sizeof *b.places),
        .ranks = gjb_arena_make(arena, boxes, sizeof *b.ranks),
    };
    if (arena->failed)
        return GJ_NO_MEMORY;
    outs_fill(&b);
    if (!sequence_make(&b) || !ranks_make(&b))
        return GJ_NO_MEMORY;
    gj_status status = spots_make(&b);
    if (status == GJ_OK && (!wires_at_make(net, &net->above, true) ||
                            !wires_at_make(net, &net->below, false) || !ranks_fill(net)))
        status = GJ_NO_MEMORY;
    return status;
}
