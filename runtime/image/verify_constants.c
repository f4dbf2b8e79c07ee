/* SPDX-License-Identifier: Apache-2.0
 *
 * Constants: that each has a type that one can have, and a value of that type. */
#include "image/shape.h"
#include "image/verify.h"
#include "time/civil.h"

static bool is_between(int64_t value, int64_t least, int64_t greatest)
{
    return least <= value && value <= greatest;
}

static bool has_value(const gjr_rows *rows, const gjr_constant *constant)
{
    int64_t value = gjr_constant_value(constant);
    const int64_t day_ms = 24 * 60 * 60 * INT64_C(1000);
    switch ((gjr_type)constant->type) {
    case GJR_TYPE_BOOL:
        return value == 0 || value == 1;
    case GJR_TYPE_DATE:
        return is_between(value, GJR_DAY_MIN, GJR_DAY_MAX);
    case GJR_TYPE_TIME: /* a day more on both sides, for zones */
        return is_between(value, (GJR_DAY_MIN - 1) * day_ms, (GJR_DAY_MAX + 2) * day_ms);
    case GJR_TYPE_TEXT:
    case GJR_TYPE_OFFICER:
        return is_between(value, 0, (int64_t)rows->string_count - 1);
    case GJR_TYPE_ENUM:
        return is_between(value, 0,
                          (int64_t)rows->enumerations[constant->enumeration].members_count - 1);
    case GJR_TYPE_NUMBER:
    case GJR_TYPE_MONEY:
    case GJR_TYPE_DURATION:
    case GJR_TYPE_NOTHING:
    case GJR_TYPE_LIST:
    case GJR_TYPE_RECORD:
    case GJR_TYPE_COUNT:
        break;
    }
    return true;
}

gj_status gjr_verify_constants(gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->constant_count; i++) {
        const gjr_constant *constant = &rows->constants[i];
        if (!gjr_type_is_scalar(constant->type)) {
            return GJR_REFUSE(verifier, CONSTANT_TYPE, constant, i, type);
        }
        if (!has_value(rows, constant)) {
            return GJR_REFUSE(verifier, CONSTANT_VALUE, constant, i, low);
        }
    }
    return GJ_OK;
}
