/* SPDX-License-Identifier: Apache-2.0
 *
 * Limits that keep a clock a key: what tells the key of an act, and that every act which such a
 * limit hears of has one. The functions stand in the order of their claims. */
#include "image/image.h"
#include "image/shape.h"
#include "image/verify.h"

static gj_status verify_counts(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *limit = &rows->limits[i];
        uint32_t most = limit->keys_count > 0 ? GJR_OPEN_MAX : 0;
        if (limit->open_max > most || (most > 0 && limit->open_max == 0)) {
            return GJR_REFUSE(verifier, OPEN_MAX, limit, i, open_max);
        }
    }
    return GJ_OK;
}

static gj_status verify_order(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *limit = &rows->limits[i];
        for (uint32_t j = limit->keys_first + 1; j < limit->keys_first + limit->keys_count; j++) {
            if (rows->key_fields[j - 1].action >= rows->key_fields[j].action) {
                return GJR_REFUSE(verifier, KEY_ORDER, key_field, j, action);
            }
        }
    }
    return GJ_OK;
}

static bool may_be_key(gjr_type type)
{
    return type == GJR_TYPE_TEXT || type == GJR_TYPE_NUMBER || type == GJR_TYPE_DATE ||
           type == GJR_TYPE_OFFICER || type == GJR_TYPE_ENUM;
}

static bool tells(const gjr_rows *rows, const gjr_key_field *key)
{
    const gjr_action *action = &rows->actions[key->action];
    bool own = key->field >= action->parameters_first &&
               key->field - action->parameters_first < action->parameters_count;
    return own || (rows->fields[key->field].flags & GJR_FIELD_PARAMETER) == 0;
}

bool gjr_verify_is_key(const gjr_rows *rows, const gjr_key_field *key)
{
    return may_be_key((gjr_type)rows->fields[key->field].type) && tells(rows, key);
}

static gj_status verify_fields(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->limit_count; i++) {
        const gjr_limit *limit = &rows->limits[i];
        const gjr_key_field *keys = &rows->key_fields[limit->keys_first];
        for (uint32_t j = 0; j < limit->keys_count; j++) {
            const gjr_field *first = &rows->fields[keys[0].field];
            const gjr_field *field = &rows->fields[keys[j].field];
            if (!gjr_verify_is_key(rows, &keys[j]) || field->type != first->type ||
                field->enumeration != first->enumeration) {
                return GJR_REFUSE(verifier, KEY_FIELD, key_field, limit->keys_first + j, field);
            }
        }
    }
    return GJ_OK;
}

/* ---- what the limit hears of ---- */

static bool are_keyed(const gjr_rows *rows, const gjr_limit *limit, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++) {
        if (rows->triggers[i].kind != GJR_TRIGGER_ACTION ||
            gjr_rows_key(rows, limit, rows->triggers[i].target) == NULL) {
            return false;
        }
    }
    return true;
}

static bool has_act(const gjr_rows *rows, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++) {
        if (rows->triggers[i].kind == GJR_TRIGGER_ACTION) {
            return true;
        }
    }
    return false;
}

static bool stop_holds(const gjr_rows *rows, const gjr_limit *limit, const gjr_stop *stop)
{
    return (!has_act(rows, stop->from_first, stop->from_count) &&
            !has_act(rows, stop->to_first, stop->to_count)) ||
           (are_keyed(rows, limit, stop->from_first, stop->from_count) &&
            are_keyed(rows, limit, stop->to_first, stop->to_count) &&
            are_keyed(rows, limit, stop->notices_first, stop->notices_count));
}

static gj_status verify_turns(const gjr_verifier *verifier, const gjr_limit *limit)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = limit->stops_first; i < limit->stops_first + limit->stops_count; i++) {
        if (!stop_holds(rows, limit, &rows->stops[i])) {
            return GJR_REFUSE(verifier, KEY_ACTS, stop, i, from_first);
        }
    }
    for (uint32_t i = limit->extensions_first;
         i < limit->extensions_first + limit->extensions_count; i++) {
        const gjr_extension *row = &rows->extensions[i];
        if (!are_keyed(rows, limit, row->by_first, row->by_count) ||
            !are_keyed(rows, limit, row->notices_first, row->notices_count)) {
            return GJR_REFUSE(verifier, KEY_ACTS, extension, i, by_first);
        }
    }
    return GJ_OK;
}

static gj_status verify_acts(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    gj_status status = GJ_OK;
    for (uint32_t i = 0; status == GJ_OK && i < rows->limit_count; i++) {
        const gjr_limit *limit = &rows->limits[i];
        if (limit->keys_count == 0) {
            continue;
        }
        if (!are_keyed(rows, limit, limit->from_first, limit->from_count) ||
            !are_keyed(rows, limit, limit->to_first, limit->to_count) ||
            !are_keyed(rows, limit, limit->restarts_first, limit->restarts_count)) {
            return GJR_REFUSE(verifier, KEY_ACTS, limit, i, from_first);
        }
        status = verify_turns(verifier, limit);
    }
    return status;
}

gj_status gjr_verify_keys(gjr_verifier *verifier)
{
    static gj_status (*const parts[])(const gjr_verifier *) = {verify_counts, verify_order,
                                                               verify_fields, verify_acts};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        gj_status status = parts[i](verifier);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}
