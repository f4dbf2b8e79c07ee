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
        int64_t number; /* bool 0/1, number and money ×10⁴, date, time, an enum's ordinal */
        gj_text text;   /* text and officer, borrowed from what it was read from */
        struct {
            const struct gjr_value *items;
            size_t count;
        } list;
    } as;
} gjr_value;

#endif
