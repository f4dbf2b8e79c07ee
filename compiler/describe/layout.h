/* SPDX-License-Identifier: Apache-2.0
 *
 * Where everything in a diagram stands. Panes are laid out from the innermost outwards, so a box
 * with branches inside is as large as these need, and its pane treats it like any other. */
#ifndef GJC_LAYOUT_H
#define GJC_LAYOUT_H

#include "describe/diagram.h"

enum {
    GJC_LINE_HEIGHT = 17,
    GJC_HEADING_HEIGHT = 21,
    GJC_RULE_HEIGHT = 9,   /* of the rule above a list */
    GJC_HEADING_SIZE = 14, /* of the font */
    GJC_TEXT_SIZE = 12,
    GJC_BOX_PADDING_X = 14,
    GJC_BOX_PADDING_Y = 8,
};

/* Sets areas, strokes and the diagram's size, its left upper corner at 0, 0. GJ_OVER_LIMIT: a pane
 * is too large to be drawn. */
gj_status gjc_layout(gjc_diagram *diagram);

/* How much room a caption takes. */
gjc_area gjc_layout_caption(const gjc_caption *caption);

#endif
