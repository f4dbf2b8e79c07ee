/* SPDX-License-Identifier: Apache-2.0
 *
 * What rules keep of the acts that have to be followed. The functions stand in the order of their
 * claims. */
#include "image/image.h"
#include "image/verify.h"

/* The act that has to be followed: the relation has one, which is proved. */
static const gjr_action *first_of(const gjr_rows *rows, const gjr_relation *relation)
{
    const gjr_role *role = &rows->roles[relation->roles_first];
    while (role->kind != GJR_ROLE_FIRST) {
        role++;
    }
    return &rows->actions[role->action];
}

static uint32_t firsts_count(const gjr_rows *rows, const gjr_relation *relation)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < relation->roles_count; i++) {
        count += rows->roles[relation->roles_first + i].kind == GJR_ROLE_FIRST ? 1 : 0;
    }
    return count;
}

static bool keeps_well(const gjr_rows *rows, const gjr_relation *relation)
{
    if (relation->keeps_count == 0) {
        return true;
    }
    if (rows->rules[relation->rule].kind != GJR_RULE_FOLLOWED ||
        firsts_count(rows, relation) != 1) {
        return false;
    }
    const gjr_action *first = first_of(rows, relation);
    for (uint32_t i = 0; i < relation->keeps_count; i++) {
        uint32_t field = rows->keeps[relation->keeps_first + i].field;
        bool own = field >= first->parameters_first &&
                   field - first->parameters_first < first->parameters_count;
        if (!own && (rows->fields[field].flags & GJR_FIELD_PARAMETER) != 0) {
            return false;
        }
    }
    return true;
}

static gj_status verify_relations(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->relation_count; i++) {
        if (!keeps_well(rows, &rows->relations[i])) {
            return GJR_REFUSE(verifier, KEEPS, relation, i, keeps_first);
        }
    }
    return GJ_OK;
}

static bool is_of_type(const gjr_field *a, const gjr_field *b)
{
    return a->type == b->type && a->element == b->element && a->enumeration == b->enumeration &&
           a->record == b->record;
}

static gj_status verify_kept(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    uint32_t next = rows->field_count;
    while (next > 0 && (rows->fields[next - 1].flags & GJR_FIELD_KEPT) != 0) {
        next--;
    }
    for (uint32_t i = 0; i < rows->keep_count; i++, next++) {
        const gjr_keep *keep = &rows->keeps[i];
        if (next == rows->field_count || keep->as != next ||
            !is_of_type(&rows->fields[keep->field], &rows->fields[keep->as])) {
            return GJR_REFUSE(verifier, KEPT, keep, i, as);
        }
    }
    return next == rows->field_count ? GJ_OK : GJR_REFUSE(verifier, KEPT, field, next, flags);
}

gj_status gjr_verify_keeps(gjr_verifier *verifier)
{
    gj_status status = verify_relations(verifier);
    return status == GJ_OK ? verify_kept(verifier) : status;
}
