/* SPDX-License-Identifier: Apache-2.0
 *
 * See told.h. A value is typed like any other expression, so that a slip is found where it stands,
 * and then written as an event would have it: numbers and amounts in digits, days and instants as
 * ISO 8601, a choice by its name. */
#include "sema/told.h"

#include "base/text.h"
#include "sema/expressions.h"
#include "sema/judgements.h"
#include "sema/parameters.h"
#include "sema/types.h"
#include "time/civil.h"
#include "time/stamp.h"
#include "value/decimal.h"

/* ---- as an event writes it ---- */

static gj_text text_kept(gjc_sema *sema, gjb_buffer *words)
{
    gj_text kept =
        words->failed ? (gj_text){0} : gjb_arena_text(sema->arena, gjb_buffer_text(words));
    sema->out_of_memory = sema->out_of_memory || kept.bytes == NULL;
    gjb_buffer_deinit(words);
    return kept;
}

static gj_text number_text(gjc_sema *sema, int64_t number)
{
    gjb_buffer words;
    gjb_buffer_init(&words, sema->arena->allocator);
    gjr_decimal_print(number, &words);
    return text_kept(sema, &words);
}

static gj_text day_text(gjc_sema *sema, int64_t day)
{
    gjb_buffer words;
    gjb_buffer_init(&words, sema->arena->allocator);
    gjr_stamp_print_day((gj_day)day, &words);
    return text_kept(sema, &words);
}

static gj_text instant_text(gjc_sema *sema, const gjc_node *moment)
{
    int64_t offset_s = moment->value2 == GJC_NO_OFFSET ? 0 : moment->value2;
    gjb_buffer words;
    gjb_buffer_init(&words, sema->arena->allocator);
    gjr_stamp_print_instant(moment->value - offset_s * GJR_MS_PER_SECOND, (int32_t)offset_s,
                            &words);
    return text_kept(sema, &words);
}

/* A value that is no list; false where it is none that an event could tell. */
static bool scalar_take(gjc_sema *sema, const gjc_node *value, gj_datum *datum)
{
    switch ((int)value->kind) {
    case GJC_EXPR_NUMBER:
    case GJC_EXPR_MONEY:
    case GJC_EXPR_PERCENT:
        datum->kind = GJ_DATUM_NUMBER;
        datum->text = number_text(sema, value->value);
        return true;
    case GJC_EXPR_NEGATE:
        if (value->first == NULL ||
            (value->first->kind != GJC_EXPR_NUMBER && value->first->kind != GJC_EXPR_MONEY))
            return false;
        datum->kind = GJ_DATUM_NUMBER;
        datum->text = number_text(sema, -value->first->value);
        return true;
    case GJC_EXPR_DATE:
        datum->kind = GJ_DATUM_TEXT;
        datum->text = day_text(sema, value->value);
        return true;
    case GJC_EXPR_MOMENT:
        datum->kind = GJ_DATUM_TEXT;
        datum->text = instant_text(sema, value);
        return true;
    case GJC_EXPR_STRING:
        datum->kind = GJ_DATUM_TEXT;
        datum->text = gjb_text_is_present(value->text) ? value->text : gjb_text_of("");
        return true;
    case GJC_EXPR_BOOL:
        datum->kind = GJ_DATUM_BOOL;
        datum->truth = value->value != 0;
        return true;
    default:
        return false;
    }
}

/* A bare word is a choice of the field's own. */
static bool choice_take(const gjc_model *model, const gjc_node *value, gjc_type type,
                        gj_datum *datum)
{
    if (value->kind != GJC_EXPR_PATH || type.enumeration == GJC_NO_INDEX)
        return false;
    const gjc_enumeration *choices = &model->enumerations[type.enumeration];
    datum->kind = GJ_DATUM_TEXT;
    datum->text = value->text;
    return gjc_labels_find(GJC_LABELS(choices->members, choices->member_count), value->text) !=
           GJC_NO_INDEX;
}

/* False, and reported, where the value is wrong. */
static bool single_take(gjc_sema *sema, const gjc_node *value, gjc_type type, gj_datum *datum)
{
    bool scalar = scalar_take(sema, value, datum);
    if ((scalar || value->kind == GJC_EXPR_PATH || value->kind == GJC_EXPR_LIST) &&
        gjc_expr_resolve(sema, value, type) == NULL)
        return false;
    if (scalar || choice_take(sema->model, value, type, datum))
        return true;
    gjc_diag_add(sema->diags, GJC_E0723, value->span, gjc_arg_none(), gjc_arg_none());
    return false;
}

/* An event's list is not the one that stands after `in`: each item is typed for itself. */
static bool list_take(gjc_sema *sema, const gjc_node *list, gjc_type element, gj_datum *datum)
{
    gj_datum *items = gjc_sema_make(sema, gjc_node_child_count(list), sizeof *items);
    if (items == NULL)
        return false;
    datum->kind = GJ_DATUM_LIST;
    datum->items = items;
    for (const gjc_node *item = list->first; item != NULL; item = item->next)
        if (single_take(sema, item, element, &items[datum->item_count]))
            datum->item_count++;
    return true;
}

/* ---- the pairs ---- */

/* A parameter of the act, or else a field of the case; NULL and reported where it is neither. */
static const gjc_field *told_find(gjc_sema *sema, uint32_t action, const gjc_node *pair)
{
    const gjc_model *model = sema->model;
    sema->action = action;
    const gjc_labels known[] = {gjc_parameters_seen(sema),
                                GJC_LABELS(model->fields, model->field_count)};
    sema->action = GJC_NO_INDEX;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint32_t index = gjc_labels_find(known[i], gjc_node_name(pair));
        const gjc_field *told = (const gjc_field *)known[i].items + index;
        if (index == GJC_NO_INDEX)
            continue;
        bool other = told->is_judgement && told->judged_by != action;
        return other && gjc_judgements_check_set(sema, index, gjc_node_name_span(pair)) ? NULL
                                                                                        : told;
    }
    gjc_sema_add_unknown(sema, known, sizeof known / sizeof *known, gjc_node_name(pair),
                         gjc_node_name_span(pair), gjc_arg_words("field", "数据项"));
    return NULL;
}

static bool pair_take(gjc_sema *sema, uint32_t action, const gjc_node *pair, gj_datum *datum)
{
    const gjc_field *told = told_find(sema, action, pair);
    const gjc_node *value = gjc_node_find_expr(pair);
    if (told == NULL || value == NULL || told->type.base == GJR_TYPE_NOTHING)
        return false;
    gjc_type type = told->type;
    *datum = (gj_datum){.key = told->label.name};
    return value->kind == GJC_EXPR_LIST && type.base == GJR_TYPE_LIST
               ? list_take(sema, value, gjc_type_element(type), datum)
               : single_take(sema, value, type, datum);
}

const gj_datum *gjc_told_data(gjc_sema *sema, uint32_t action, const gjc_node *payload,
                              size_t *count)
{
    *count = 0;
    gj_datum *data = gjc_sema_make(sema, gjc_node_count(payload, GJC_PAIR), sizeof *data);
    if (data == NULL)
        return NULL;
    const gjc_node *pair = gjc_node_find(payload, GJC_PAIR);
    for (; pair != NULL; pair = gjc_node_find_next(pair))
        if (pair_take(sema, action, pair, &data[*count]))
            ++*count;
    return data;
}
