/* SPDX-License-Identifier: Apache-2.0
 *
 * See dot.h. Arcs join nodes and not clusters: one that begins or ends at a parallel stage is given
 * the start of its first branch, and is cut at the cluster's border. Nesting is at most
 * GJR_NESTING_MAX deep, and what is open stands in an array. */
#include "describe/dot.h"

#include <assert.h>

typedef struct dot {
    const gjc_diagram *diagram;
    gjb_buffer *out;
} dot;

static const char *const box_looks[GJC_BOX_COUNT] = {
    [GJC_BOX_START] = "shape=circle, width=0.18, fixedsize=true, fillcolor=\"#33475b\"",
    [GJC_BOX_STAGE] = "fillcolor=\"#f1f5f9\", color=\"#4a6076\"",
    [GJC_BOX_FINAL] = "fillcolor=\"#e9f3ee\", color=\"#2f6f5e\", peripheries=2",
    [GJC_BOX_VOID] = "fillcolor=\"#f1f1f1\", color=\"#767676\", peripheries=2",
    [GJC_BOX_EXIT] = "style=\"rounded,dashed\", color=\"#4a6076\"",
};

static const char *const arc_looks[GJC_ARC_COUNT] = {
    [GJC_ARC_START] = "color=\"#33475b\"",
    [GJC_ARC_ACT] = "color=\"#33475b\"",
    [GJC_ARC_RETURN] = "color=\"#6b4fa0\", style=dotted",
    [GJC_ARC_JOIN] = "color=\"#2f6f5e\", penwidth=2.4",
    [GJC_ARC_LAW] = "color=\"#9d174d\", fontcolor=\"#9d174d\", style=dashed",
    [GJC_ARC_DETOUR] = "color=\"#a8480c\", fontcolor=\"#a8480c\", style=dashed",
};

/* As a quoted string's contents; a backslash would begin an escape. */
static void text_print(gj_text text, gjb_buffer *out)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] == '"' || text.bytes[i] == '\\')
            gjb_buffer_add_byte(out, '\\');
        gjb_buffer_add_byte(out, text.bytes[i]);
    }
}

static void caption_print(const gjc_caption *caption, gjb_buffer *out)
{
    gjb_buffer_add_string(out, "label=\"");
    for (uint32_t i = 0; i < caption->count; i++) {
        gjb_buffer_add_string(out, i > 0 ? "\\n" : "");
        text_print(caption->lines[i].text, out);
        gjb_buffer_add_string(out, caption->lines[i].aside.size > 0 ? "  " : "");
        text_print(caption->lines[i].aside, out);
    }
    gjb_buffer_add_byte(out, '"');
}

static void indent_print(const dot *p, uint32_t depth)
{
    for (uint32_t i = 0; i < depth; i++)
        gjb_buffer_add_string(p->out, "  ");
}

static void node_print(const dot *p, uint32_t index, uint32_t depth)
{
    const gjc_box *box = &p->diagram->boxes[index];
    indent_print(p, depth);
    gjb_buffer_add_format(p->out, "b%u [", index);
    caption_print(&box->caption, p->out);
    gjb_buffer_add_format(p->out, ", %s%s];\n", box_looks[box->kind],
                          box->is_chosen ? ", penwidth=2.4" : "");
}

static void cluster_begin(const dot *p, const char *kind, uint32_t index, uint32_t depth,
                          const gjc_caption *caption)
{
    indent_print(p, depth);
    gjb_buffer_add_format(p->out, "subgraph cluster_%s%u {\n", kind, index);
    indent_print(p, depth + 1);
    caption_print(caption, p->out);
    gjb_buffer_add_string(p->out, ";\n");
}

static void cluster_end(const dot *p, uint32_t depth)
{
    indent_print(p, depth);
    gjb_buffer_add_string(p->out, "}\n");
}

/* A pane whose boxes are being written, and a branch of one of them that comes next. */
typedef struct open_pane {
    uint32_t pane, box, branch;
} open_pane;

/* Either the next branch of the box is opened, or the box is done. */
static bool branch_open(const dot *p, open_pane *at, open_pane *inner, uint32_t depth)
{
    const gjc_box *box = &p->diagram->boxes[at->box];
    if (at->branch == 0)
        cluster_begin(p, "b", at->box, depth, &box->caption);
    if (at->branch == box->pane_count) {
        cluster_end(p, depth);
        return false;
    }
    uint32_t pane = box->first_pane + at->branch++;
    cluster_begin(p, "p", pane, depth + 1, &p->diagram->panes[pane].caption);
    *inner = (open_pane){pane, p->diagram->panes[pane].first_box, 0};
    return true;
}

static void boxes_print(const dot *p)
{
    open_pane open[GJR_NESTING_MAX + 1];
    uint32_t depth = 1;
    open[0] = (open_pane){0, p->diagram->panes[0].first_box, 0};
    while (depth > 0) {
        open_pane *at = &open[depth - 1];
        const gjc_pane *pane = &p->diagram->panes[at->pane];
        uint32_t indent = depth * 2 - 1;
        if (at->box == pane->first_box + pane->box_count) {
            if (--depth > 0)
                cluster_end(p, indent - 1);
            continue;
        }
        if (p->diagram->boxes[at->box].pane_count == 0) {
            node_print(p, at->box++, indent);
            continue;
        }
        assert(depth <= GJR_NESTING_MAX);
        if (branch_open(p, at, &open[depth], indent))
            depth++;
        else
            *at = (open_pane){at->pane, at->box + 1, 0};
    }
}

/* A node inside the box, or the box itself. */
static uint32_t node_of(const gjc_diagram *d, uint32_t box)
{
    while (d->boxes[box].pane_count > 0)
        box = d->panes[d->boxes[box].first_pane].first_box;
    return box;
}

static void arc_print(const dot *p, const gjc_arc *arc)
{
    const gjc_diagram *d = p->diagram;
    gjb_buffer_add_format(p->out, "  b%u -> b%u [", node_of(d, arc->from), node_of(d, arc->to));
    caption_print(&arc->caption, p->out);
    gjb_buffer_add_format(p->out, ", %s", arc_looks[arc->kind]);
    if (d->boxes[arc->from].pane_count > 0)
        gjb_buffer_add_format(p->out, ", ltail=cluster_b%u", arc->from);
    if (d->boxes[arc->to].pane_count > 0)
        gjb_buffer_add_format(p->out, ", lhead=cluster_b%u", arc->to);
    gjb_buffer_add_string(p->out, "];\n");
}

void gjc_dot_print(const gjc_diagram *d, gjb_buffer *out)
{
    dot p = {d, out};
    gjb_buffer_add_string(out, "digraph \"");
    text_print(d->model->label.name, out);
    gjb_buffer_add_string(out, "\" {\n  compound=true;\n  labelloc=t;\n  ");
    caption_print(&d->caption, out);
    gjb_buffer_add_string(
        out, ";\n  fontname=\"Noto Sans CJK SC\";\n"
             "  node [shape=box, style=\"rounded,filled\", fontname=\"Noto Sans CJK SC\", "
             "fontsize=12];\n"
             "  edge [fontname=\"Noto Sans CJK SC\", fontsize=10];\n");
    boxes_print(&p);
    for (uint32_t i = 0; i < d->arc_count; i++)
        arc_print(&p, &d->arcs[i]);
    gjb_buffer_add_string(out, "}\n");
}
