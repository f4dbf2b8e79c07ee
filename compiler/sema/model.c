/* SPDX-License-Identifier: Apache-2.0
 *
 * See model.h. */
#include "sema/model.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { CAPACITY_FIRST = 16 };

void gjc_model_init(gjc_model *model, gjb_arena *arena)
{
    *model = (gjc_model){.arena = arena, .effective = GJ_NO_DAY, .initial = GJC_NO_INDEX};
}

/* Room for one item more in an array of the arena; NULL when memory ends. */
static void *array_grown(gjb_arena *arena, void *items, uint32_t count, uint32_t *capacity,
                         size_t size)
{
    if (count < *capacity)
        return items;
    uint32_t wider = *capacity == 0 ? CAPACITY_FIRST : *capacity * 2;
    if (wider <= *capacity)
        return NULL;
    void *grown = gjb_arena_make(arena, wider, size);
    if (grown == NULL)
        return NULL;
    if (count > 0)
        memcpy(grown, items, count * size);
    *capacity = wider;
    return grown;
}

#define ADD(noun)                                                                                  \
    gjc_##noun *gjc_model_add_##noun(gjc_model *model)                                             \
    {                                                                                              \
        gjc_##noun *items = array_grown(model->arena, model->noun##s, model->noun##_count,         \
                                        &model->noun##_capacity, sizeof(gjc_##noun));              \
        if (items == NULL)                                                                         \
            return NULL;                                                                           \
        model->noun##s = items;                                                                    \
        return &items[model->noun##_count++];                                                      \
    }
ADD(enumeration)
ADD(record_type)
ADD(field)
ADD(parameter)
ADD(department)
ADD(post)
ADD(document)
ADD(action)
ADD(region)
ADD(stage)
ADD(transition)
ADD(limit)
ADD(power)
ADD(rule)
ADD(citation)
ADD(calendar_use)
ADD(native)
#undef ADD

bool gjc_expr_is_same(const gjc_expr *a, const gjc_expr *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return a->form == b->form && a->op == b->op && a->fold == b->fold && a->target == b->target &&
           a->value == b->value && a->type.base == b->type.base &&
           gjb_text_equal(a->text, b->text) && gjc_expr_is_same(a->a, b->a) &&
           gjc_expr_is_same(a->b, b->b) && gjc_expr_is_same(a->c, b->c);
}

bool gjc_expr_is_count(const gjc_expr *expr)
{
    bool counted = expr->form == GJC_FORM_FOLD &&
                   (expr->fold == GJC_FOLD_COUNT || expr->fold == GJC_FOLD_DISTINCT);
    return counted || expr->op == GJR_OP_TIMES || expr->op == GJR_OP_OFFICERS ||
           expr->op == GJR_OP_COUNT || expr->op == GJR_OP_DISTINCT ||
           expr->op == GJR_OP_DISTINCT_TEXT;
}

const gjc_label *gjc_labels_get(gjc_labels labels, uint32_t index)
{
    assert(index < labels.count);
    return (const gjc_label *)(const void *)((const char *)labels.items + index * labels.item_size);
}

uint32_t gjc_labels_find(gjc_labels labels, gj_text name)
{
    const char *item = labels.items;
    if (name.size == 0) /* nothing was read there */
        return GJC_NO_INDEX;
    for (uint32_t i = 0; i < labels.count; i++, item += labels.item_size) {
        gj_text other = ((const gjc_label *)(const void *)item)->name;
        /* Names of one kind often begin alike, and seldom end so. */
        if (other.size == name.size && other.bytes[name.size - 1] == name.bytes[name.size - 1] &&
            memcmp(other.bytes, name.bytes, name.size) == 0)
            return i;
    }
    return GJC_NO_INDEX;
}

bool gjc_model_is_within(const gjc_model *model, uint32_t inner, uint32_t outer)
{
    while (inner > outer)
        inner = model->regions[inner].outer;
    return inner == outer;
}

bool gjc_label_answers(const gjc_label *label, gj_text called)
{
    if (gjb_text_equal(label->name, called) || gjb_text_equal(label->title, called))
        return true;
    for (uint32_t i = 0; i < label->alias_count; i++)
        if (gjb_text_equal(label->aliases[i], called))
            return true;
    return false;
}
