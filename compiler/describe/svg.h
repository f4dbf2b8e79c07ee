/* SPDX-License-Identifier: Apache-2.0
 *
 * A diagram as SVG 1.1, whole in itself: no script, no style sheet, no outside font; every
 * attribute stands where it is used, since not every program that reads SVG reads CSS. Boxes, arcs
 * and labels carry data-… attributes that say what they are of, for scripts and for the tests. */
#ifndef GJC_SVG_H
#define GJC_SVG_H

#include "base/buffer.h"
#include "describe/diagram.h"

/* The diagram has been laid out. */
void gjc_svg_print(const gjc_diagram *diagram, gjb_buffer *out);

#endif
