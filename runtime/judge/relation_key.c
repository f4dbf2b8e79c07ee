/* SPDX-License-Identifier: Apache-2.0
 *
 * See relation_key.h. */
#include "judge/relation_key.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/conditions.h"
#include "judge/relations.h"
#include "judge/stored.h"

static bool is_keyed(const gjr_sitting *step, uint32_t relation)
{
    return gjr_relation_row(step, relation)->keys_count > 0;
}

static bool is_textual(const gjr_sitting *step, uint32_t field)
{
    return gjr_type_is_textual(step->judge->rows->fields[field].type);
}

/* The key that the act at hand tells; not known where it tells none, or an empty text. */
static gjr_value key_told(const gjr_sitting *step, uint32_t relation, uint32_t *field)
{
    const gjr_key_field *key = gjr_rows_relation_key(
        step->judge->rows, gjr_relation_row(step, relation), step->event->action);
    gjr_value value = {.known = false};
    *field = key == NULL ? GJR_NONE : key->field;
    for (uint32_t i = 0; key != NULL && i < step->event->told_count; i++) {
        if (step->event->told[i].field == key->field) {
            value = step->event->told[i].value;
        }
    }
    if (value.known && is_textual(step, *field) && value.as.text.size == 0) {
        value.known = false;
    }
    return value;
}

static bool is_of_key(const gjr_sitting *step, const gjr_recall *recall, uint32_t field,
                      const gjr_value *key)
{
    if (!is_textual(step, field)) {
        return recall->item == (uint64_t)key->as.number;
    }
    return gjb_text_equal(gjr_case_text(step->judged, gjr_span_unpack(recall->item)), key->as.text);
}

bool gjr_relation_key_may_be(const gjr_sitting *step, uint32_t relation, const gjr_recall *recall)
{
    uint32_t field;
    if (!is_keyed(step, relation)) {
        return true;
    }
    gjr_value key = key_told(step, relation, &field);
    return !key.known || is_of_key(step, recall, field, &key);
}

bool gjr_relation_key_is_told(gjr_sitting *step, uint32_t relation)
{
    uint32_t field;
    if (!is_keyed(step, relation) || key_told(step, relation, &field).known) {
        return true;
    }
    if (field != GJR_NONE) {
        gjr_condition_note_rule_key_unknown(step, field, gjr_relation_row(step, relation)->rule);
    }
    return false;
}

bool gjr_relation_key_is(const gjr_sitting *step, uint32_t relation, const gjr_recall *recall)
{
    uint32_t field;
    gjr_value key = key_told(step, relation, &field);
    return key.known && is_of_key(step, recall, field, &key);
}

void gjr_relation_key_keep(gjr_sitting *step, uint32_t relation, gjr_recall *recall)
{
    uint32_t field;
    if (is_keyed(step, relation)) {
        gjr_value key = key_told(step, relation, &field);
        gjr_shape shape = GJR_SHAPE_OF(&step->judge->rows->fields[field]);
        recall->item = gjr_stored_add(step->judged, shape, &key);
        recall->flags |= GJR_RECALL_KEYED;
    }
}
