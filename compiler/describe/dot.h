/* SPDX-License-Identifier: Apache-2.0
 *
 * A diagram in the language of Graphviz, for whoever lays it out with that; a parallel stage is a
 * cluster, and so is each branch in it. */
#ifndef GJC_DOT_H
#define GJC_DOT_H

#include "base/buffer.h"
#include "describe/diagram.h"

void gjc_dot_print(const gjc_diagram *diagram, gjb_buffer *out);

#endif
