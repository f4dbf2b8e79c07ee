/* SPDX-License-Identifier: Apache-2.0
 *
 * Where every region of a case stands, and what an act does to that. */
#ifndef PLAIN_STANDING_H
#define PLAIN_STANDING_H

#include "unit/interpreter/plain.h"

typedef enum region_status { IDLE, RUNNING, DONE, ENDED } region_status;

typedef struct standing {
    int8_t at[REGIONS_MAX]; /* a stage, or NO where it does not run */
    uint8_t status[REGIONS_MAX];
} standing;

/* What happened on the way, in order. */
typedef enum passed_kind { PASSED_LEFT, PASSED_ENTERED, PASSED_DONE, PASSED_ENDED } passed_kind;
typedef struct passed {
    passed_kind kind;
    int of; /* a stage, or of the last two a region */
} passed;

enum { PASSED_MAX = 256 };
typedef struct passage {
    passed items[PASSED_MAX];
    int count;
} passage;

void standing_open(const plain *p, standing *s, passage *way);
/* To a stage of a region that runs, and on by the joins that this makes. */
void standing_go(const plain *p, standing *s, int target, passage *way);
/* An act of the action expected in the region itself, which runs. */
bool standing_expects(const plain *p, const standing *s, int region, int action);

#endif
