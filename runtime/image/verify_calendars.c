/* SPDX-License-Identifier: Apache-2.0
 *
 * By what days are counted: the procedure's calendar, and those of limits. */
#include "base/text.h"
#include "image/image.h"
#include "image/schema.h"
#include "image/verify.h"

static gj_status verify_first(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    uint32_t first = rows->calendar_name_count > 0 ? 0 : GJR_NONE;
    if (rows->procedures[0].calendar != first) {
        return GJR_REFUSE(verifier, CALENDAR_FIRST, procedure, 0, calendar);
    }
    return GJ_OK;
}

static bool is_once(const gjr_rows *rows, uint32_t calendar)
{
    for (uint32_t i = 0; i < calendar; i++) {
        if (gjb_text_equal(gjr_rows_text(rows, rows->calendar_names[i].name),
                           gjr_rows_text(rows, rows->calendar_names[calendar].name))) {
            return false;
        }
    }
    return true;
}

static bool is_of_a_limit(const gjr_rows *rows, uint32_t calendar)
{
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        if (rows->limits[i].calendar == calendar) {
            return true;
        }
    }
    return false;
}

static gj_status verify_once(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->calendar_name_count; i++) {
        bool good = i < GJR_CALENDARS_MAX && is_once(rows, i) && (i == 0 || is_of_a_limit(rows, i));
        if (!good) {
            return GJR_REFUSE(verifier, CALENDAR_ONCE, calendar_name, i, name);
        }
    }
    return GJ_OK;
}

static gj_status verify_limits(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    bool named = rows->procedures[0].calendar != GJR_NONE;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        if ((rows->limits[i].calendar != GJR_NONE) != named) {
            return GJR_REFUSE(verifier, LIMIT_CALENDAR, limit, i, calendar);
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_calendars(gjr_verifier *verifier)
{
    gj_status status = verify_first(verifier);
    if (status == GJ_OK) {
        status = verify_once(verifier);
    }
    return status == GJ_OK ? verify_limits(verifier) : status;
}
