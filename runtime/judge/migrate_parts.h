/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the migration of a case, for its two parts: migrate.c moves what it has come to,
 * migrate_clocks.c its limits. */
#ifndef GJR_MIGRATE_PARTS_H
#define GJR_MIGRATE_PARTS_H

#include "judge/migrate.h"

typedef struct gjr_moving {
    const gjr_succession *by;
    gjr_sitting *was, *is;
    gjr_case *from, *to;
    gj_instant at;
} gjr_moving;

static inline const gjr_rows *gjr_moving_was(const gjr_moving *with)
{
    return with->was->judge->rows;
}

static inline const gjr_rows *gjr_moving_is(const gjr_moving *with)
{
    return with->is->judge->rows;
}

/* ---- migrate_clocks.c ---- */

/* What the old version found of limits that do not go on under their name is closed. */
void gjr_moving_leave(gjr_moving *with);
/* The limits' clocks, and stops in which the case stands that the new version alone has; where the
 * case stands is moved already, and there is room. */
void gjr_moving_move_clocks(gjr_moving *with);
/* What runs is read by the new version. */
void gjr_moving_read_clocks(gjr_moving *with);

#endif
