/* SPDX-License-Identifier: Apache-2.0
 *
 * See svg.h. Kinds of arcs differ in their dashes and not in their colour alone, so that they can
 * be told apart in print. */
#include "describe/svg.h"
#include "base/text.h"
#include "describe/layout.h"

enum {
    MARGIN = 28,
    TITLE_GAP = 22,  /* under the title, and above the legend */
    TITLE_SIZE = 18, /* of the font */
    TITLE_HEIGHT = 26,
    CORNER = 6,
    INSET = 3, /* of a final stage's inner border */
    LEGEND_SAMPLE = 34,
    LEGEND_GAP = 26,
    LEGEND_HEIGHT = 22,
    ARROW_LENGTH = 9,
    ARROW_HALF = 4,
};

#define INK     "#1f2a37"
#define MUTED   "#5c6b7c"
#define AMBER   "#a8480c"
#define CRIMSON "#9d174d"

#define FONTS                                                                                      \
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',"      \
    "'WenQuanYi Micro Hei','Helvetica Neue',Arial,sans-serif"

static const char *const tone_colors[GJC_TONE_COUNT] = {
    [GJC_TONE_HEADING] = INK, [GJC_TONE_PLAIN] = INK,    [GJC_TONE_MUTED] = MUTED,
    [GJC_TONE_LAW] = CRIMSON, [GJC_TONE_DETOUR] = AMBER,
};

typedef struct arc_look {
    const char *stroke, *width, *dashes, *en, *zh;
} arc_look;

static const arc_look arc_looks[GJC_ARC_COUNT] = {
    [GJC_ARC_START] = {"#33475b", "1.4", "", "", ""},
    [GJC_ARC_ACT] = {"#33475b", "1.4", "", "act, and who does it", "行为及办理岗位"},
    [GJC_ARC_RETURN] = {"#6b4fa0", "1.4", "2 4", "act that goes back", "退回的行为"},
    [GJC_ARC_JOIN] = {"#2f6f5e", "2.4", "", "branches done", "分支完成"},
    [GJC_ARC_LAW] = {CRIMSON, "1.4", "9 3 2 3", "what the law does when a limit runs out",
                     "期限届满依法发生的后果"},
    [GJC_ARC_DETOUR] = {AMBER, "1.4", "8 4", "act not expected there, and what it leaves out",
                        "该环节未列明的行为及其所缺"},
};

typedef struct box_look {
    const char *fill, *stroke;
} box_look;

static const box_look box_looks[GJC_BOX_COUNT] = {
    [GJC_BOX_START] = {"#33475b", "#33475b"}, [GJC_BOX_STAGE] = {"#f1f5f9", "#4a6076"},
    [GJC_BOX_FINAL] = {"#e9f3ee", "#2f6f5e"}, [GJC_BOX_VOID] = {"#f1f1f1", "#767676"},
    [GJC_BOX_EXIT] = {"#ffffff", "#4a6076"},
};

/* ---- texts ---- */

/* What XML cannot hold becomes U+FFFD. */
static void escaped_print(gj_text text, gjb_buffer *out)
{
    for (size_t at = 0; at < text.size;) {
        size_t size = gjb_text_character_size(text, at);
        uint32_t character = gjb_text_character(text, at);
        if (character == '&')
            gjb_buffer_add_string(out, "&amp;");
        else if (character == '<')
            gjb_buffer_add_string(out, "&lt;");
        else if (character == '>')
            gjb_buffer_add_string(out, "&gt;");
        else if (character == '"')
            gjb_buffer_add_string(out, "&quot;");
        else if (character < 0x20 || character == 0xFFFE || character == 0xFFFF)
            gjb_buffer_add_string(out, "\xEF\xBF\xBD");
        else
            gjb_buffer_add(out, text.bytes + at, size);
        at += size;
    }
}

static void line_print(const gjc_caption_line *line, int32_t x, int32_t y, uint32_t size,
                       const char *anchor, gjb_buffer *out)
{
    gjb_buffer_add_format(out, "<text x=\"%d\" y=\"%d\" font-size=\"%u\" fill=\"%s\"%s%s>", x, y,
                          size, tone_colors[line->tone], anchor,
                          line->tone == GJC_TONE_HEADING ? " font-weight=\"bold\"" : "");
    escaped_print(line->text, out);
    if (line->aside.size > 0) {
        gjb_buffer_add_string(out, "<tspan dx=\"6\" fill=\"" MUTED "\">");
        escaped_print(line->aside, out);
        gjb_buffer_add_string(out, "</tspan>");
    }
    gjb_buffer_add_string(out, "</text>\n");
}

/* The lines one under the other, each in the middle of the area; a list has a rule above it and
 * begins at the left. */
static void caption_print(const gjc_caption *caption, gjc_area area, gjb_buffer *out)
{
    int32_t middle = area.x + area.width / 2, left = area.x + GJC_BOX_PADDING_X, top = area.y;
    for (uint32_t i = 0; i < caption->count; i++) {
        const gjc_caption_line *line = &caption->lines[i];
        bool is_heading = line->tone == GJC_TONE_HEADING;
        bool is_listed = caption->list_begin > 0 && i >= caption->list_begin;
        if (is_listed && i == caption->list_begin) {
            gjb_buffer_add_format(out, "<path d=\"M%d %dH%d\" stroke=\"#b8c4d0\"/>\n", area.x,
                                  top + GJC_RULE_HEIGHT / 2, area.x + area.width);
            top += GJC_RULE_HEIGHT;
        }
        line_print(line, is_listed ? left : middle, top + (is_heading ? 15 : 13),
                   is_heading ? GJC_HEADING_SIZE : GJC_TEXT_SIZE,
                   is_listed ? "" : " text-anchor=\"middle\"", out);
        top += is_heading ? GJC_HEADING_HEIGHT : GJC_LINE_HEIGHT;
    }
}

/* Where the caption of a box or a pane stands in it. */
static gjc_area under_top(gjc_area area)
{
    area.y += GJC_BOX_PADDING_Y;
    return area;
}

/* ---- boxes ---- */

static void rect_print(gjc_area area, int32_t corner, box_look look, const char *more,
                       gjb_buffer *out)
{
    gjb_buffer_add_format(out,
                          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" "
                          "fill=\"%s\" stroke=\"%s\"%s/>\n",
                          area.x, area.y, area.width, area.height, corner, look.fill, look.stroke,
                          more);
}

static void name_print(const gjc_diagram *d, const char *attribute, uint32_t stage, gjb_buffer *out)
{
    const gjc_model *model = d->model;
    uint32_t path[GJR_NESTING_MAX];
    uint32_t depth = 0;
    for (uint32_t at = model->stages[stage].region; at != 0; at = model->regions[at].outer)
        path[depth++] = at;
    gjb_buffer_add_format(out, " %s=\"", attribute);
    while (depth > 0) {
        escaped_print(model->regions[path[--depth]].label.name, out);
        gjb_buffer_add_byte(out, '/');
    }
    escaped_print(model->stages[stage].label.name, out);
    gjb_buffer_add_byte(out, '"');
}

static void start_print(gjc_area area, gjb_buffer *out)
{
    gjb_buffer_add_format(out, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"%s\"/>\n",
                          area.x + area.width / 2, area.y + area.height / 2, area.width / 2,
                          box_looks[GJC_BOX_START].fill);
}

static void frame_print(const gjc_box *box, gjb_buffer *out)
{
    gjc_area inner = {box->area.x + INSET, box->area.y + INSET, box->area.width - INSET * 2,
                      box->area.height - INSET * 2};
    box_look look = box_looks[box->kind];
    if (box->pane_count > 0)
        look = (box_look){"#f8f6ef", "#857a58"};
    if (box->is_chosen)
        look = (box_look){"#fdf3e7", AMBER};
    rect_print(box->area, box->kind == GJC_BOX_EXIT ? box->area.height / 2 : CORNER, look,
               box->is_chosen              ? " stroke-width=\"2.2\""
               : box->kind == GJC_BOX_EXIT ? " stroke-dasharray=\"3 3\""
                                           : " stroke-width=\"1.3\"",
               out);
    if (box->kind == GJC_BOX_FINAL || box->kind == GJC_BOX_VOID)
        rect_print(inner, CORNER - INSET, (box_look){"none", look.stroke}, "", out);
}

static void panes_print(const gjc_diagram *d, const gjc_box *box, gjb_buffer *out)
{
    for (uint32_t i = 0; i < box->pane_count; i++) {
        const gjc_pane *pane = &d->panes[box->first_pane + i];
        gjb_buffer_add_string(out, "<g data-branch=\"");
        escaped_print(d->model->regions[box->first_pane + i].label.name, out);
        gjb_buffer_add_string(out, "\">\n");
        rect_print(pane->area, CORNER, (box_look){"#ffffff", "#c3bb9f"}, "", out);
        caption_print(&pane->caption, under_top(pane->area), out);
        gjb_buffer_add_string(out, "</g>\n");
    }
}

static void box_print(const gjc_diagram *d, const gjc_box *box, gjb_buffer *out)
{
    static const char *const kinds[GJC_BOX_COUNT] = {"start", "stage", "final", "void", "exit"};
    gjb_buffer_add_format(out, "<g data-box=\"%u\" data-kind=\"%s\"", (uint32_t)(box - d->boxes),
                          kinds[box->kind]);
    name_print(d, "data-stage", box->stage, out);
    if (box->pane_count > 0)
        gjb_buffer_add_format(out, " data-branches=\"%u\"", box->pane_count);
    gjb_buffer_add_string(out, ">\n");
    if (box->kind == GJC_BOX_START) {
        start_print(box->area, out);
    } else {
        frame_print(box, out);
        caption_print(&box->caption, under_top(box->area), out);
    }
    gjb_buffer_add_string(out, "</g>\n");
    panes_print(d, box, out);
}

/* ---- arcs ---- */

static void pen_print(const gjc_stroke *from, const gjc_stroke *to, gjb_buffer *out)
{
    int32_t middle = from->y + (to->y - from->y) / 2;
    switch (to->pen) {
    case GJC_PEN_MOVE:
        gjb_buffer_add_format(out, "M%d %d", to->x, to->y);
        return;
    case GJC_PEN_LINE:
        gjb_buffer_add_format(out, "L%d %d", to->x, to->y);
        return;
    case GJC_PEN_CURVE:
        gjb_buffer_add_format(out, "C%d %d %d %d %d %d", from->x, middle, to->x, middle, to->x,
                              to->y);
        return;
    }
}

/* The line ends where the arrow's head begins, so that it does not stand out at the point. */
static void line_strokes_print(const gjc_arc *arc, gjb_buffer *out)
{
    const gjc_stroke *last = &arc->strokes[arc->stroke_count - 1];
    bool is_down = last->y > arc->strokes[arc->stroke_count - 2].y;
    for (uint32_t i = 0; i + 1 < arc->stroke_count; i++)
        pen_print(&arc->strokes[i > 0 ? i - 1 : 0], &arc->strokes[i], out);
    gjb_buffer_add_format(out, "L%d %d", last->x,
                          last->y + (is_down ? -ARROW_LENGTH + 1 : ARROW_LENGTH - 1));
}

static void head_print(const gjc_arc *arc, gjb_buffer *out)
{
    const gjc_stroke *tip = &arc->strokes[arc->stroke_count - 1];
    bool is_down = tip->y > arc->strokes[arc->stroke_count - 2].y;
    int32_t back = tip->y + (is_down ? -ARROW_LENGTH : ARROW_LENGTH);
    gjb_buffer_add_format(out, "<path d=\"M%d %dL%d %dL%d %dZ\" fill=\"%s\"/>\n", tip->x, tip->y,
                          tip->x - ARROW_HALF, back, tip->x + ARROW_HALF, back,
                          arc_looks[arc->kind].stroke);
}

static void look_print(const arc_look *look, gjb_buffer *out)
{
    gjb_buffer_add_format(out, " fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"", look->stroke,
                          look->width);
    if (look->dashes[0] != '\0')
        gjb_buffer_add_format(out, " stroke-dasharray=\"%s\"", look->dashes);
    gjb_buffer_add_string(out, "/>\n");
}

static void arc_print(const gjc_arc *arc, gjb_buffer *out)
{
    static const char *const kinds[GJC_ARC_COUNT] = {"start", "act", "return",
                                                     "join",  "law", "detour"};
    gjb_buffer_add_format(out, "<g data-arc=\"%s\" data-from=\"%u\" data-to=\"%u\"",
                          kinds[arc->kind], arc->from, arc->to);
    if (arc->caption.count > 0)
        gjb_buffer_add_format(out, " data-label=\"%d %d %d %d\"", arc->label.x, arc->label.y,
                              arc->label.width, arc->label.height);
    gjb_buffer_add_string(out, ">\n<path d=\"");
    line_strokes_print(arc, out);
    gjb_buffer_add_byte(out, '"');
    look_print(&arc_looks[arc->kind], out);
    head_print(arc, out);
    caption_print(&arc->caption, arc->label, out);
    gjb_buffer_add_string(out, "</g>\n");
}

/* ---- the legend ---- */

typedef struct legend {
    const gjc_diagram *diagram;
    gjb_buffer *out; /* NULL: only measured */
    int32_t left, right, x, y;
} legend;

static bool has_arc(const gjc_diagram *d, gjc_arc_kind kind)
{
    for (uint32_t i = 0; i < d->arc_count; i++)
        if (d->arcs[i].kind == kind)
            return true;
    return false;
}

static bool has_box(const gjc_diagram *d, gjc_box_kind kind)
{
    for (uint32_t i = 0; i < d->box_count; i++)
        if (d->boxes[i].kind == kind)
            return true;
    return false;
}

/* Goes to where the next entry begins, and gives where it stands. */
static gjc_area entry_place(legend *l, const char *words)
{
    gj_text text = gjb_text_of(words);
    int32_t width =
        LEGEND_SAMPLE + 8 + (int32_t)((gjc_lettering_width(text) * GJC_TEXT_SIZE + 999) / 1000);
    if (l->x > l->left && l->x + width > l->right) {
        l->x = l->left;
        l->y += LEGEND_HEIGHT;
    }
    gjc_area area = {l->x, l->y, width, LEGEND_HEIGHT};
    l->x += width + LEGEND_GAP;
    return area;
}

static void entry_words_print(const legend *l, gjc_area area, const char *words)
{
    gjc_caption_line line = {.text = gjb_text_of(words), .tone = GJC_TONE_MUTED};
    line_print(&line, area.x + LEGEND_SAMPLE + 8, area.y + LEGEND_HEIGHT / 2 + 4, GJC_TEXT_SIZE, "",
               l->out);
}

static void arc_entry(legend *l, gjc_arc_kind kind)
{
    const arc_look *look = &arc_looks[kind];
    const char *words = GJC_DIAGRAM_SAY(l->diagram, look->en, look->zh);
    if (!has_arc(l->diagram, kind))
        return;
    gjc_area area = entry_place(l, words);
    if (l->out == NULL)
        return;
    int32_t y = area.y + LEGEND_HEIGHT / 2, tip = area.x + LEGEND_SAMPLE;
    gjb_buffer_add_format(l->out, "<path d=\"M%d %dL%d %d\"", area.x, y, tip - ARROW_LENGTH + 1, y);
    look_print(look, l->out);
    gjb_buffer_add_format(l->out, "<path d=\"M%d %dL%d %dL%d %dZ\" fill=\"%s\"/>\n", tip, y,
                          tip - ARROW_LENGTH, y - ARROW_HALF, tip - ARROW_LENGTH, y + ARROW_HALF,
                          look->stroke);
    entry_words_print(l, area, words);
}

static void box_entry(legend *l, gjc_box_kind kind, const char *words)
{
    if (!has_box(l->diagram, kind))
        return;
    gjc_area area = entry_place(l, words);
    if (l->out == NULL)
        return;
    gjc_box sample = {.kind = kind, .area = {area.x, area.y + 3, LEGEND_SAMPLE, LEGEND_HEIGHT - 6}};
    if (kind == GJC_BOX_START)
        start_print((gjc_area){area.x + LEGEND_SAMPLE / 2 - 7, area.y + 4, 14, 14}, l->out);
    else
        frame_print(&sample, l->out);
    entry_words_print(l, area, words);
}

/* Draws the entries for what the diagram has, or without `out` only finds where they end. */
static void legend_print(legend *l)
{
    const gjc_diagram *d = l->diagram;
    box_entry(l, GJC_BOX_START, GJC_DIAGRAM_SAY(d, "start", "起始"));
    box_entry(l, GJC_BOX_FINAL, GJC_DIAGRAM_SAY(d, "final stage", "终结环节"));
    box_entry(l, GJC_BOX_VOID, GJC_DIAGRAM_SAY(d, "final, void", "终结（作废）"));
    box_entry(l, GJC_BOX_EXIT, GJC_DIAGRAM_SAY(d, "stage outside the branch", "分支外的环节"));
    arc_entry(l, GJC_ARC_ACT);
    arc_entry(l, GJC_ARC_RETURN);
    arc_entry(l, GJC_ARC_JOIN);
    arc_entry(l, GJC_ARC_LAW);
    arc_entry(l, GJC_ARC_DETOUR);
}

/* ---- the page ---- */

static int32_t title_width(const gjc_caption *caption)
{
    int32_t width = 0;
    for (uint32_t i = 0; i < caption->count; i++) {
        uint32_t size = i == 0 ? TITLE_SIZE : GJC_TEXT_SIZE;
        int32_t line = (int32_t)(gjc_lettering_width(caption->lines[i].text) * size / 1000);
        width = line > width ? line : width;
    }
    return width;
}

static int32_t title_height(const gjc_caption *caption)
{
    int32_t height = 0;
    for (uint32_t i = 0; i < caption->count; i++)
        height += caption->lines[i].tone == GJC_TONE_HEADING ? TITLE_HEIGHT : GJC_LINE_HEIGHT;
    return height;
}

static void title_print(const gjc_caption *caption, gjb_buffer *out)
{
    int32_t y = MARGIN;
    for (uint32_t i = 0; i < caption->count; i++) {
        bool is_heading = caption->lines[i].tone == GJC_TONE_HEADING;
        y += is_heading ? TITLE_HEIGHT : GJC_LINE_HEIGHT;
        line_print(&caption->lines[i], MARGIN, y - 8, is_heading ? TITLE_SIZE : GJC_TEXT_SIZE, "",
                   out);
    }
}

static void page_begin(const gjc_diagram *d, int32_t width, int32_t height, gjb_buffer *out)
{
    gjb_buffer_add_format(out,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                          "viewBox=\"0 0 %d %d\" font-family=\"" FONTS "\" role=\"img\" "
                          "xml:lang=\"%s\">\n<title>",
                          width, height, width, height, GJC_DIAGRAM_SAY(d, "en", "zh"));
    escaped_print(d->model->label.title, out);
    gjb_buffer_add_format(out, "</title>\n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n",
                          width, height);
}

void gjc_svg_print(const gjc_diagram *d, gjb_buffer *out)
{
    int32_t title = title_width(&d->caption), top = MARGIN + title_height(&d->caption) + TITLE_GAP;
    int32_t inside = d->width > title ? d->width : title;
    inside = inside < 480 ? 480 : inside;
    legend l = {d, NULL, MARGIN, MARGIN + inside, MARGIN, top + d->height + TITLE_GAP};
    legend measured = l;
    legend_print(&measured);
    int32_t width = inside + MARGIN * 2, height = measured.y + LEGEND_HEIGHT + MARGIN;
    page_begin(d, width, height, out);
    title_print(&d->caption, out);
    gjb_buffer_add_format(out, "<g transform=\"translate(%d %d)\">\n",
                          MARGIN + (inside - d->width) / 2, top);
    for (uint32_t i = 0; i < d->box_count; i++)
        box_print(d, &d->boxes[i], out);
    for (uint32_t i = 0; i < d->arc_count; i++)
        arc_print(&d->arcs[i], out);
    gjb_buffer_add_string(out, "</g>\n");
    l.out = out;
    legend_print(&l);
    gjb_buffer_add_string(out, "</svg>\n");
}
