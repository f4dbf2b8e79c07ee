/* SPDX-License-Identifier: Apache-2.0
 *
 * What type an expression has, as far as its meaning hangs on that. */
#ifndef PLAIN_TYPES_H
#define PLAIN_TYPES_H

#include "unit/interpreter/expression.h"

typedef enum call {
    COUNT,
    DISTINCT,
    SUM,
    MAX,
    MIN,
    TIMES,
    OFFICERS,
    DONE,
    DATE,
    DUE,
    RUNNING,
    SOME,
    ALL,
    SHARE
} call;

static inline plain_type type_is(base_type base)
{
    return (plain_type){base, T_NONE, NULL};
}

static inline plain_type type_element(plain_type list)
{
    return (plain_type){list.element, T_NONE, list.node};
}

/* The operands of an operator. */
const gjc_node *left_of(const gjc_node *expr);
const gjc_node *right_of(const gjc_node *expr);

/* T_NONE of what has its type from the other side: a choice's bare name. */
plain_type type_of(const facts *f, const gjc_node *expr);
bool type_has_choice(plain_type type, gj_text name);
call call_of(const facts *f, const gjc_node *expr);
/* The item that the first name of a path stands for; NULL: none. */
const bound *path_bound(const facts *f, const gjc_node *path);
/* Of `b in bids: E`: the item's type; and what to see while E is asked of one. */
plain_type bind_type(const facts *f, const gjc_node *bind);
facts bind_facts(const facts *f, const gjc_node *bind, value item, bound *own);
/* The field or parameter that the first name of a path means; NO: none. */
int path_field(const facts *f, const gjc_node *path);
/* The first part of that which the path goes on to; or NULL. */
const gjc_node *path_part(const facts *f, const gjc_node *path);

#endif
