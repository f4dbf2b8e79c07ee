/* SPDX-License-Identifier: Apache-2.0
 *
 * See coverage.h. */
#include "engine/coverage.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/finding.h"
#include "judge/rules.h"

/* The kinds, in the order of the items. */
enum { KINDS = 4 };
static const gj_subject_kind kinds[KINDS] = {GJ_SUBJECT_STAGE, GJ_SUBJECT_ACTION, GJ_SUBJECT_LIMIT,
                                             GJ_SUBJECT_RULE};

struct gj_coverage {
    const gj_judge *judge;
    gjb_arena arena;
    gj_coverage_item *items;
    gjr_touched touched; /* runs of one array, in the order of the items */
    uint8_t *bytes;
    size_t firsts[KINDS + 1]; /* of each kind; the last is how many there are */
};

/* ---- life ---- */

static uint32_t kind_count(const gjr_rows *rows, gj_subject_kind kind)
{
    return kind == GJ_SUBJECT_STAGE    ? rows->stage_count
           : kind == GJ_SUBJECT_ACTION ? rows->action_count
           : kind == GJ_SUBJECT_LIMIT  ? rows->limit_count
                                       : rows->rule_count;
}

typedef struct place {
    uint32_t name, title, position, region;
} place;

static place place_of(const gjr_rows *rows, gj_subject_kind kind, uint32_t i)
{
    if (kind == GJ_SUBJECT_STAGE) {
        const gjr_stage *row = &rows->stages[i];
        return (place){row->name, row->title, row->position, row->region};
    }
    if (kind == GJ_SUBJECT_LIMIT) {
        const gjr_limit *row = &rows->limits[i];
        return (place){row->name, row->title, row->position, row->region};
    }
    if (kind == GJ_SUBJECT_RULE) {
        const gjr_rule *row = &rows->rules[i];
        return (place){row->name, row->title, row->position, row->region};
    }
    return (place){rows->actions[i].name, rows->actions[i].title, GJR_NONE, 0};
}

/* Whether the expression reads what a person judges. */
static bool is_judged(const gjr_rows *rows, uint32_t expression)
{
    if (expression == GJR_NONE) {
        return false;
    }
    const gjr_expression *row = &rows->expressions[expression];
    for (uint32_t i = row->fields_first; i < row->fields_first + row->fields_count; i++) {
        if (rows->fields[rows->field_refs[i].field].judged_by != GJR_NONE) {
            return true;
        }
    }
    return false;
}

static bool relation_is_judged(const gjr_rows *rows, uint32_t rule)
{
    bool judged = false;
    for (uint32_t i = 0; i < rows->relation_count; i++) {
        const gjr_relation *relation = &rows->relations[i];
        for (uint32_t k = 0; relation->rule == rule && k < relation->roles_count; k++) {
            judged |= is_judged(rows, rows->roles[relation->roles_first + k].when);
        }
    }
    return judged;
}

static bool rule_is_judged(const gjr_rows *rows, uint32_t index)
{
    const gjr_rule *rule = &rows->rules[index];
    bool judged = is_judged(rows, rule->condition) || relation_is_judged(rows, index);
    for (uint32_t i = 0; i < rule->exceptions_count; i++) {
        judged |= is_judged(rows, rows->exceptions[rule->exceptions_first + i].condition);
    }
    return judged;
}

static bool item_make(gj_coverage *coverage, gj_subject_kind kind, uint32_t index,
                      gj_coverage_item *item)
{
    const gjr_rows *rows = coverage->judge->rows;
    place from = place_of(rows, kind, index);
    *item = (gj_coverage_item){.kind = kind,
                               .name = gjr_rows_text(rows, from.name),
                               .title = gjr_rows_text(rows, from.title),
                               .judged = kind == GJ_SUBJECT_RULE && rule_is_judged(rows, index)};
    if (from.position != GJR_NONE) {
        item->file = gjr_rows_text(rows, rows->positions[from.position].file);
        item->line = rows->positions[from.position].line;
    }
    return gjr_finding_branch_path(coverage->judge, from.region, false, &coverage->arena,
                                   &item->branch);
}

static bool items_make(gj_coverage *coverage)
{
    const gjr_rows *rows = coverage->judge->rows;
    for (size_t k = 0; k < KINDS; k++) {
        coverage->firsts[k + 1] = coverage->firsts[k] + kind_count(rows, kinds[k]);
    }
    coverage->items =
        gjb_arena_make(&coverage->arena, coverage->firsts[KINDS], sizeof *coverage->items);
    coverage->bytes = gjb_arena_make(&coverage->arena, coverage->firsts[KINDS], 1);
    bool made = coverage->items != NULL && coverage->bytes != NULL;
    if (made) {
        uint8_t *bytes = coverage->bytes;
        coverage->touched = (gjr_touched){bytes, bytes + coverage->firsts[1],
                                          bytes + coverage->firsts[2], bytes + coverage->firsts[3]};
    }
    for (size_t k = 0; made && k < KINDS; k++) {
        uint32_t count = kind_count(rows, kinds[k]);
        for (uint32_t i = 0; made && i < count; i++) {
            made = item_make(coverage, kinds[k], i, &coverage->items[coverage->firsts[k] + i]);
        }
    }
    return made;
}

gj_status gj_coverage_create(const gj_judge *judge, gj_coverage **coverage)
{
    if (judge == NULL || coverage == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    gj_coverage *made = gjb_alloc_create(judge->allocator, 1, sizeof *made);
    *coverage = NULL;
    if (made == NULL) {
        return GJ_NO_MEMORY;
    }
    *made = (gj_coverage){.judge = judge};
    gjb_arena_init(&made->arena, judge->allocator);
    if (!items_make(made)) {
        gj_coverage_destroy(made);
        return GJ_NO_MEMORY;
    }
    *coverage = made;
    return GJ_OK;
}

void gj_coverage_destroy(gj_coverage *coverage)
{
    if (coverage != NULL) {
        gjb_arena_deinit(&coverage->arena);
        gjb_alloc_destroy(coverage->judge->allocator, coverage, 1, sizeof *coverage);
    }
}

/* ---- adding ---- */

static gj_coverage_item *item_get(gj_coverage *coverage, gj_subject_kind kind, uint32_t index)
{
    size_t k = 0;
    while (kinds[k] != kind) {
        k++;
    }
    return &coverage->items[coverage->firsts[k] + index];
}

const gjr_touched *gjr_coverage_touched(gj_coverage *coverage)
{
    return &coverage->touched;
}

void gjr_coverage_add_finding(gj_coverage *coverage, const gjr_raised *raised)
{
    bool broken = raised->code == GJ_LATE || gjr_rules_is_broken(raised->code);
    if (broken && raised->subject_index != GJR_SUBJECT_TOLD &&
        (raised->subject == GJ_SUBJECT_LIMIT || raised->subject == GJ_SUBJECT_RULE)) {
        item_get(coverage, raised->subject, raised->subject_index)->broken = true;
    }
}

/* ---- reading ---- */

size_t gj_coverage_count(const gj_coverage *coverage)
{
    return coverage == NULL ? 0 : coverage->firsts[KINDS];
}

gj_coverage_item gj_coverage_get(const gj_coverage *coverage, size_t index)
{
    if (index >= gj_coverage_count(coverage)) {
        return (gj_coverage_item){0};
    }
    gj_coverage_item item = coverage->items[index];
    item.touched = coverage->bytes[index] != 0;
    item.undecided = !item.broken && (coverage->bytes[index] & GJR_TOUCHED_UNDECIDED) != 0;
    return item;
}
