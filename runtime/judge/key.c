/* SPDX-License-Identifier: Apache-2.0
 *
 * See key.h. */
#include "judge/key.h"

#include "base/buffer.h"
#include "value/decimal.h"

static void member_print(const gj_judge *judge, const gjr_field *field, int64_t ordinal, bool title,
                         gjb_buffer *out)
{
    const gjr_rows *rows = judge->rows;
    const gjr_member *member =
        &rows->members[rows->enumerations[field->enumeration].members_first + (uint32_t)ordinal];
    gjb_buffer_add_text(out, gjr_judge_text(judge, title ? member->title : member->name));
}

static void key_print(const gj_judge *judge, const gjr_field *field, const gjr_raised_key *key,
                      bool title, gjb_buffer *out)
{
    char day[40];
    if (field->type == GJR_TYPE_NUMBER) {
        gjr_decimal_print(key->number, out);
    } else if (field->type == GJR_TYPE_DATE) {
        size_t size = gj_day_format((gj_day)key->number, day, sizeof day);
        gjb_buffer_add_text(out, (gj_text){day, size});
    } else if (field->type == GJR_TYPE_ENUM) {
        member_print(judge, field, key->number, title, out);
    } else {
        gjb_buffer_add_text(out, key->text);
    }
}

/* What tells the keys of the limit or the rule, which has some. */
static uint32_t field_of(const gjr_rows *rows, gj_subject_kind of, uint32_t index)
{
    if (of == GJ_SUBJECT_LIMIT) {
        return rows->key_fields[rows->limits[index].keys_first].field;
    }
    uint32_t relation = 0;
    while (rows->relations[relation].rule != index) {
        relation++;
    }
    return rows->key_fields[rows->relations[relation].keys_first].field;
}

bool gjr_key_text(const gj_judge *judge, gj_subject_kind of, uint32_t index,
                  const gjr_raised_key *key, bool title, gjb_arena *arena, gj_text *text)
{
    *text = (gj_text){NULL, 0};
    if (key->present == 0) {
        return true;
    }
    const gjr_rows *rows = judge->rows;
    uint32_t field = field_of(rows, of, index);
    gjb_buffer out;
    gjb_buffer_init(&out, judge->allocator);
    key_print(judge, &rows->fields[field], key, title, &out);
    *text = gjb_arena_text(arena, gjb_buffer_text(&out));
    bool made = !out.failed && text->bytes != NULL;
    gjb_buffer_deinit(&out);
    return made;
}
