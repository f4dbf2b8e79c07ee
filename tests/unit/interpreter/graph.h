/* SPDX-License-Identifier: Apache-2.0
 *
 * The edges of a region seen from itself: its own acts, joins, and acts of branches that leave. */
#ifndef PLAIN_GRAPH_H
#define PLAIN_GRAPH_H

#include "unit/interpreter/plain.h"

/* Fills `returns`: an edge leads back when its source cannot be reached without its target. */
void plain_returns_find(plain *p);
/* The stage of the region in which that stage stands, or runs. */
int plain_stage_around(const plain *p, int stage, int region);

#endif
