/* SPDX-License-Identifier: Apache-2.0
 *
 * Values: what an event told, and what an expression gives. Numbers, money, dates, times, lengths
 * and truths are all an int64; a choice is its name. */
#ifndef PLAIN_VALUE_H
#define PLAIN_VALUE_H

#include "unit/interpreter/plain.h"

typedef enum value_kind { V_UNKNOWN, V_NUMBER, V_TEXT, V_ITEMS } value_kind;
typedef struct value {
    value_kind kind;
    int64_t number;
    gj_text text;
    const struct value *items; /* of a list, or a record's fields */
    size_t count;
} value;

static inline value value_unknown(void)
{
    return (value){.kind = V_UNKNOWN};
}

static inline value value_number(int64_t number)
{
    return (value){.kind = V_NUMBER, .number = number};
}

static inline value value_text(gj_text text)
{
    return (value){.kind = V_TEXT, .text = text};
}

static inline bool value_is(value v, bool truth)
{
    return v.kind == V_NUMBER && v.number == (truth ? 1 : 0);
}

/* Whether they are the same: true, false or unknown. */
value value_equal(value a, value b);
/* What was told, as the type; unknown where it is none, and then `quoted` is what stood there. */
value value_told(const plain *p, plain_type type, const gj_datum *datum, gjb_arena *arena,
                 gj_text *quoted);
/* The declared field of a record type, and which it is. */
const gjc_node *value_part(const gjc_node *record, gj_text name, size_t *index);

#endif
