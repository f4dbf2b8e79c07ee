/* SPDX-License-Identifier: Apache-2.0
 *
 * What the law does by itself where a limit runs out. */
#include "image/image.h"
#include "image/verify.h"

static gj_status verify_limits(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *row = &rows->limits[i];
        bool due = (row->flags & (GJR_LIMIT_OPEN | GJR_LIMIT_BACKWARD)) == 0;
        if (row->effects_count > GJR_EFFECTS_MAX || (row->effects_count > 0 && !due)) {
            return GJR_REFUSE(verifier, EFFECT_LIMIT, limit, i, effects_first);
        }
    }
    return GJ_OK;
}

static gj_status verify_place(const gjr_verifier *verifier, uint32_t region, uint32_t effect)
{
    const gjr_rows *rows = verifier->rows;
    const gjr_effect *row = &rows->effects[effect];
    if (row->target == GJR_NONE && row->action == GJR_NONE) {
        return GJR_REFUSE(verifier, EFFECT_SAYS, effect, effect, target);
    }
    if (row->stage != GJR_NONE && rows->stages[row->stage].region != region) {
        return GJR_REFUSE(verifier, EFFECT_PLACE, effect, effect, stage);
    }
    if (row->target != GJR_NONE &&
        !gjr_rows_is_within(rows, region, rows->stages[row->target].region)) {
        return GJR_REFUSE(verifier, EFFECT_PLACE, effect, effect, target);
    }
    return GJ_OK;
}

static gj_status verify_places(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    gj_status status = GJ_OK;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *row = &rows->limits[i];
        for (uint32_t j = 0; status == GJ_OK && j < row->effects_count; j++) {
            status = verify_place(verifier, row->region, row->effects_first + j);
        }
    }
    return status;
}

static bool is_parameter(const gjr_rows *rows, uint32_t assignment)
{
    uint32_t field = rows->assignments[assignment].field;
    return (rows->fields[field].flags & GJR_FIELD_PARAMETER) != 0;
}

/* Whether the assignment is one that an act deemed by the effect may bring. */
static bool is_told(const gjr_rows *rows, const gjr_effect *effect, uint32_t assignment)
{
    if (effect->action == GJR_NONE) {
        return false;
    }
    const gjr_action *action = &rows->actions[effect->action];
    uint32_t field = rows->assignments[assignment].field;
    return !is_parameter(rows, assignment) ||
           (field >= action->parameters_first &&
            field - action->parameters_first < action->parameters_count);
}

static gj_status verify_sets(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->transition_count; i++) {
        const gjr_transition *row = &rows->transitions[i];
        for (uint32_t j = row->sets_first; j < row->sets_first + row->sets_count; j++) {
            if (is_parameter(rows, j)) {
                return GJR_REFUSE(verifier, EFFECT_SETS, transition, i, sets_first);
            }
        }
    }
    for (uint32_t i = 0; i < rows->effect_count; i++) {
        const gjr_effect *row = &rows->effects[i];
        for (uint32_t j = row->sets_first; j < row->sets_first + row->sets_count; j++) {
            if (!is_told(rows, row, j)) {
                return GJR_REFUSE(verifier, EFFECT_SETS, effect, i, sets_first);
            }
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_effects(gjr_verifier *verifier)
{
    static gj_status (*const parts[])(const gjr_verifier *) = {verify_limits, verify_places,
                                                               verify_sets};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        gj_status status = parts[i](verifier);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}
