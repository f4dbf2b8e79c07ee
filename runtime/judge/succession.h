/* SPDX-License-Identifier: Apache-2.0
 *
 * What of a version succeeds what of the version before, for cases that migrate: as the image says
 * it, else by name. It is worked out once of two versions, and refused where a case could stand
 * somewhere, or hold something, that has no place in the new one: so every case of the old version
 * can be moved (migrate.h), whatever it may turn out to have been told. */
#ifndef GJR_SUCCESSION_H
#define GJR_SUCCESSION_H

#include "judge/judge.h"

/* What has no place. */
typedef enum gjr_unplaced_kind {
    GJR_UNPLACED_NOTHING,
    GJR_UNPLACED_STAGE,
    GJR_UNPLACED_FINALITY, /* a stage in which the case is closed, or is not, as it was before */
    GJR_UNPLACED_BRANCH,
    GJR_UNPLACED_LIMIT,
    GJR_UNPLACED_UNIT,       /* another unit, and nothing says whether it is kept or begins anew */
    GJR_UNPLACED_KIND,       /* counted back, due by a date, or kept per key, where it was not */
    GJR_UNPLACED_TURN,       /* a stop or an extension of the limit */
    GJR_UNPLACED_TWO_LIMITS, /* another limit goes to the same one */
    GJR_UNPLACED_FIELD,      /* another type, or other choices */
    GJR_UNPLACED_ZONE,
    GJR_UNPLACED_NATIVES,  /* either version asks natives */
    GJR_UNPLACED_NO_STAGE, /* the version before has no such stage, or no such limit, as the new */
    GJR_UNPLACED_NO_LIMIT, /* one says that it goes somewhere */
} gjr_unplaced_kind;

typedef struct gjr_unplaced {
    gjr_unplaced_kind kind;
    gj_text name;   /* of it, in the version before; borrowed from the images; absent of the last */
    uint32_t limit; /* of a limit, its row in the version before; else GJR_NONE */
    uint32_t stage; /* likewise */
} gjr_unplaced;

/* Of each row of the version before its successor, or GJR_NONE. */
typedef struct gjr_succession {
    const gj_judge *was, *is; /* or of the same units, with other calendars */
    const uint32_t *stages, *regions, *limits, *fields, *documents, *actions, *posts, *places;
    const uint32_t *stops, *extensions, *lengths;
    const uint32_t *relations; /* of rules that say the same */
    const uint8_t *ways;       /* a limit: gjr_migration_way, but for PLAIN */
    gjb_arena arena;
} gjr_succession;

/* The row of the new version by which its cases come from the other, or NULL. */
const gjr_migration *gjr_succession_row(const gjr_rows *is, uint32_t version);
/* GJ_REFUSED: *why says what has no place. To be deinitialised in any case. */
gj_status gjr_succession_init(gjr_succession *succession, const gj_judge *was, const gj_judge *is,
                              const gjr_migration *row, gjr_unplaced *why);
void gjr_succession_deinit(gjr_succession *succession);

#endif
