/* SPDX-License-Identifier: Apache-2.0
 *
 * See equality.h. */
#include "vm/equality.h"

#include "base/text.h"

enum { TEXT_PIECE_SIZE = 256 };

static gjr_value truth(bool is)
{
    return (gjr_value){.known = true, .as.number = is};
}

gjr_value gjr_value_decide(gjr_value a, gjr_value b, bool deciding)
{
    if ((a.known && a.as.number == deciding) || (b.known && b.as.number == deciding)) {
        return truth(deciding);
    }
    return a.known && b.known ? truth(!deciding) : (gjr_value){.known = false};
}

static bool is_certainly_not(gjr_value value)
{
    return value.known && value.as.number == 0;
}

static gjr_value list_equal(const gjr_rows *rows, gjr_shape element, gjr_value a, gjr_value b,
                            uint64_t *steps)
{
    gjr_value same = truth(a.as.list.count == b.as.list.count);
    for (size_t i = 0; !is_certainly_not(same) && i < a.as.list.count; i++) {
        gjr_value one =
            gjr_value_equal(rows, element, a.as.list.items[i], b.as.list.items[i], steps);
        same = gjr_value_decide(same, one, false);
    }
    return same;
}

static gjr_value record_equal(const gjr_rows *rows, gjr_shape shape, gjr_value a, gjr_value b,
                              uint64_t *steps)
{
    uint32_t count;
    const gjr_part *parts = gjr_shape_parts(rows, shape, &count);
    gjr_value same = truth(true);
    for (uint32_t i = 0; !is_certainly_not(same) && i < count; i++) {
        gjr_value one = gjr_value_equal(rows, GJR_SHAPE_OF(&parts[i]), a.as.list.items[i],
                                        b.as.list.items[i], steps);
        same = gjr_value_decide(same, one, false);
    }
    return same;
}

gjr_value gjr_value_equal(const gjr_rows *rows, gjr_shape shape, gjr_value a, gjr_value b,
                          uint64_t *steps)
{
    *steps += 1;
    if (!a.known || !b.known) {
        return (gjr_value){.known = false};
    }
    if (shape.type == GJR_TYPE_LIST) {
        return list_equal(rows, gjr_shape_element(shape), a, b, steps);
    }
    if (shape.type == GJR_TYPE_RECORD) {
        return record_equal(rows, shape, a, b, steps);
    }
    if (!gjr_type_is_textual(shape.type)) {
        return truth(a.as.number == b.as.number);
    }
    *steps += a.as.text.size == b.as.text.size ? a.as.text.size / TEXT_PIECE_SIZE : 0;
    return truth(gjb_text_equal(a.as.text, b.as.text));
}
