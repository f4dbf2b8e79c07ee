/* SPDX-License-Identifier: Apache-2.0
 *
 * How cases of earlier versions go on. The functions stand in the order of their claims. What those
 * versions call their stages and limits is known when the version is deployed. */
#include "base/map.h"
#include "image/image.h"
#include "image/verify.h"

static gj_status verify_from(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    uint32_t before = 0;
    for (uint32_t i = 0; i < rows->migration_count; i++) {
        uint32_t from = rows->migrations[i].from;
        if (from >= rows->procedures[0].version || (i > 0 && from <= before)) {
            return GJR_REFUSE(verifier, MIGRATION_FROM, migration, i, from);
        }
        before = from;
    }
    return GJ_OK;
}

/* The names of either table that one migration owns; *twice is the row of one that is there before.
 */
static gj_status names_check(const gjr_verifier *verifier, const gjr_migration *migration,
                             bool limits, uint32_t *twice)
{
    const gjr_rows *rows = verifier->rows;
    uint32_t first = limits ? migration->limits_first : migration->stages_first;
    uint32_t count = limits ? migration->limits_count : migration->stages_count;
    gjb_map names;
    gj_status status = GJ_OK;
    *twice = GJR_NONE;
    gjb_map_init(&names, verifier->arena.allocator, 0x6D696772u);
    for (uint32_t i = first; status == GJ_OK && *twice == GJR_NONE && i < first + count; i++) {
        bool added = false;
        uint32_t name = limits ? rows->limit_migrations[i].name : rows->stage_migrations[i].name;
        if (gjb_map_add(&names, gjr_rows_text(rows, name), i, &added) == NULL) {
            status = GJ_NO_MEMORY;
        } else if (!added) {
            *twice = i;
        }
    }
    gjb_map_deinit(&names);
    return status;
}

static gj_status verify_once(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    gj_status status = GJ_OK;
    for (uint32_t i = 0; status == GJ_OK && i < rows->migration_count; i++) {
        uint32_t twice;
        status = names_check(verifier, &rows->migrations[i], false, &twice);
        if (status == GJ_OK && twice != GJR_NONE) {
            return GJR_REFUSE(verifier, MIGRATION_ONCE, stage_migration, twice, name);
        }
        status =
            status == GJ_OK ? names_check(verifier, &rows->migrations[i], true, &twice) : status;
        if (status == GJ_OK && twice != GJR_NONE) {
            return GJR_REFUSE(verifier, MIGRATION_ONCE, limit_migration, twice, name);
        }
    }
    return status;
}

static gj_status verify_ends(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_migration_count; i++) {
        const gjr_limit_migration *row = &rows->limit_migrations[i];
        if ((row->way == GJR_MIGRATION_ENDS) != (row->to == GJR_NONE)) {
            return GJR_REFUSE(verifier, MIGRATION_ENDS, limit_migration, i, to);
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_migrations(gjr_verifier *verifier)
{
    gj_status status = verify_from(verifier);
    status = status == GJ_OK ? verify_once(verifier) : status;
    return status == GJ_OK ? verify_ends(verifier) : status;
}
