/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules that relate acts: that each has its relation, and that a relation has what its kind needs.
 * The functions stand in the order of their claims. */
#include "image/image.h"
#include "image/verify.h"

static uint32_t kind_of(const gjr_rows *rows, const gjr_relation *relation)
{
    return rows->rules[relation->rule].kind;
}

/* The rows' indices are proved, and so is that a relation names a rule. */
static gj_status verify_rules(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    uint32_t next = 0;
    for (uint32_t i = 0; i < rows->rule_count; i++) {
        if (!gjr_rule_relates(rows->rules[i].kind)) {
            continue;
        }
        if (next == rows->relation_count || rows->relations[next].rule != i) {
            return GJR_REFUSE(verifier, RELATION_RULE, rule, i, kind);
        }
        next++;
    }
    return next == rows->relation_count ? GJ_OK
                                        : GJR_REFUSE(verifier, RELATION_RULE, relation, next, rule);
}

/* ---- roles ---- */

/* How many of each kind it must have at least; of what it need not have, none it may. */
typedef struct needed {
    uint8_t least[GJR_ROLE_COUNT], may[GJR_ROLE_COUNT];
} needed;

static const needed needs[GJR_RULE_COUNT] = {
    [GJR_RULE_FOLLOWED] = {{1, 1, 0, 0}, {1, 1, 0, 0}},
    [GJR_RULE_PRECEDED] = {{1, 1, 0, 0}, {1, 1, 0, 0}},
    [GJR_RULE_AFTER_NEVER] = {{1, 0, 1, 0}, {1, 1, 1, 0}},
    [GJR_RULE_BETWEEN_NEVER] = {{1, 1, 1, 0}, {1, 1, 1, 0}},
    [GJR_RULE_NOT_BOTH] = {{0, 0, 0, 2}, {0, 0, 0, 1}},
    [GJR_RULE_SEPARATE] = {{0, 0, 0, 2}, {0, 0, 0, 1}},
    [GJR_RULE_JOIN] = {{0, 0, 0, 2}, {0, 0, 0, 1}},
    [GJR_RULE_SEPARATE_POSTS] = {{0, 0, 0, 2}, {0, 0, 0, 1}},
    [GJR_RULE_AT_MOST_EACH] = {{0, 0, 0, 1}, {0, 0, 0, 1}},
    [GJR_RULE_AT_LEAST_EACH] = {{0, 0, 0, 1}, {0, 0, 0, 1}},
    [GJR_RULE_EXACTLY_EACH] = {{0, 0, 0, 1}, {0, 0, 0, 1}},
};

/* What a rule counts is its only role. */
static bool is_counted(const gjr_rows *rows, const gjr_relation *relation)
{
    return relation->roles_count == 1 &&
           rows->roles[relation->roles_first].action == rows->rules[relation->rule].counted;
}

static bool has_roles(const gjr_rows *rows, const gjr_relation *relation)
{
    const needed *need = &needs[kind_of(rows, relation)];
    uint32_t counts[GJR_ROLE_COUNT] = {0};
    bool posts = kind_of(rows, relation) == GJR_RULE_SEPARATE_POSTS;
    for (uint32_t i = 0; i < relation->roles_count; i++) {
        const gjr_role *role = &rows->roles[relation->roles_first + i];
        if ((role->post != GJR_NONE) != posts) {
            return false;
        }
        counts[role->kind]++;
    }
    for (size_t i = 0; i < GJR_ROLE_COUNT; i++) {
        if (counts[i] < need->least[i] || (counts[i] > 0 && need->may[i] == 0)) {
            return false;
        }
    }
    if (gjr_rule_counts_each(kind_of(rows, relation)) && !is_counted(rows, relation)) {
        return false;
    }
    return relation->roles_count <= (posts ? GJR_POST_ROLES_MAX : GJR_ROLES_MAX);
}

static gj_status verify_roles(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->relation_count; i++) {
        if (!has_roles(rows, &rows->relations[i])) {
            return GJR_REFUSE(verifier, RELATION_ROLES, relation, i, roles_first);
        }
    }
    return GJ_OK;
}

/* ---- length ---- */

static bool has_length(const gjr_rows *rows, const gjr_relation *relation)
{
    uint32_t kind = kind_of(rows, relation);
    bool follows = kind == GJR_RULE_FOLLOWED, precedes = kind == GJR_RULE_PRECEDED;
    bool least = (relation->flags & GJR_RELATION_LEAST) != 0;
    bool rolls = (relation->flags & GJR_RELATION_ROLLS) != 0;
    return relation->length <= (follows || precedes ? GJR_BUDGET_MAX : 0) &&
           (!least || (precedes && relation->length > 0)) &&
           (!rolls || (follows && relation->length > 0));
}

static gj_status verify_lengths(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->relation_count; i++) {
        if (!has_length(rows, &rows->relations[i])) {
            return GJR_REFUSE(verifier, RELATION_LENGTH, relation, i, length);
        }
        uint32_t held = rows->relations[i].held_max;
        if (held < 1 || held > GJR_HELD_MAX) {
            return GJR_REFUSE(verifier, RELATION_HELD, relation, i, held_max);
        }
    }
    return GJ_OK;
}

/* ---- keys ---- */

static bool has_keys(const gjr_rows *rows, const gjr_relation *relation)
{
    const gjr_key_field *keys = &rows->key_fields[relation->keys_first];
    uint32_t kind = kind_of(rows, relation);
    if (relation->keys_count == 0) {
        return !gjr_rule_counts_each(kind);
    }
    if (kind != GJR_RULE_AFTER_NEVER && kind != GJR_RULE_BETWEEN_NEVER &&
        !gjr_rule_counts_each(kind)) {
        return false;
    }
    const gjr_field *first = &rows->fields[keys[0].field];
    for (uint32_t i = 0; i < relation->keys_count; i++) {
        const gjr_field *field = &rows->fields[keys[i].field];
        if ((i > 0 && keys[i - 1].action >= keys[i].action) || field->type != first->type ||
            field->enumeration != first->enumeration || !gjr_verify_is_key(rows, &keys[i])) {
            return false;
        }
    }
    for (uint32_t i = relation->roles_first; i < relation->roles_first + relation->roles_count;
         i++) {
        if (rows->roles[i].kind != GJR_ROLE_BARRED &&
            gjr_rows_relation_key(rows, relation, rows->roles[i].action) == NULL) {
            return false;
        }
    }
    return true;
}

static gj_status verify_keys(const gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->relation_count; i++) {
        if (!has_keys(rows, &rows->relations[i])) {
            return GJR_REFUSE(verifier, RELATION_KEYS, relation, i, keys_first);
        }
    }
    return GJ_OK;
}

gj_status gjr_verify_relations(gjr_verifier *verifier)
{
    static gj_status (*const parts[])(const gjr_verifier *) = {verify_rules, verify_roles,
                                                               verify_lengths, verify_keys};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        gj_status status = parts[i](verifier);
        if (status != GJ_OK) {
            return status;
        }
    }
    return GJ_OK;
}
