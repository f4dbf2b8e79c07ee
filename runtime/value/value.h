/* SPDX-License-Identifier: Apache-2.0
 *
 * A value while it is being judged: what a register of the machine holds. Its type is known from
 * the image, so a value does not carry it; whether it is known at all is a value's own business,
 * since "unknown" is an answer (docs/LANGUAGE.md, "Expressions"). */
#ifndef GJR_VALUE_H
#define GJR_VALUE_H

#include <guiju/guiju.h>

typedef struct gjr_value {
    bool known;
    union {
        int64_t
            number; /* bool 0/1, number and money ×10⁴, date, time, duration, an enum's ordinal */
        /* text and officer, borrowed from what it was read from; of a part of a record that is not
         * known: what was told instead, or absent */
        gj_text text;
        struct { /* of a list its items, of a record its parts */
            const struct gjr_value *items;
            size_t count;
        } list;
    } as;
} gjr_value;

#endif
