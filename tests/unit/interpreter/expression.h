/* SPDX-License-Identifier: Apache-2.0
 *
 * Expressions, straight over the tree. */
#ifndef PLAIN_EXPRESSION_H
#define PLAIN_EXPRESSION_H

#include "unit/interpreter/value.h"

/* A name that stands for each item of a list in turn, or for a function's argument. */
typedef struct bound {
    gj_text name;
    plain_type type;
    value item;
    const gjc_node *argument; /* NULL: of an item */
    const struct facts *from; /* where the argument was written */
    const struct bound *outer;
} bound;

/* What an expression may miss: a field, or an officer of those who did an act. */
enum { MISSES_OFFICER = FIELDS_MAX, MISSES_MAX };

/* What an expression may ask of the case. */
typedef struct facts {
    const plain *p;
    gjb_arena *arena;
    int region;                /* of the clause */
    int action;                /* whose parameters it may speak of; or NO */
    const plain_rule *kept_by; /* whose `first` it may speak of; or NULL */
    bool of_case;              /* a function sees nothing of a case */
    const value *fields;       /* and parameters */
    const bound *bound;        /* the innermost; or NULL */
    int64_t at;
    const int *times, *last_day;                     /* by action */
    const int *officers;                             /* likewise; NO: not known */
    const bool *untold;                              /* likewise: one of them was not told */
    bool (*due)(void *payload, int limit, int *day); /* false: it does not run */
    void *payload;
} facts;

value expression_value(const facts *f, const gjc_node *expr, plain_type wanted);
/* Unknown is V_UNKNOWN; a NULL expression is true. */
value expression_truth(const facts *f, const gjc_node *expr);
/* Of the fields (and parameters), and of officers, whose being missing may have made it unknown:
 * sets those of MISSES_MAX. */
void expression_missing(const facts *f, const gjc_node *expr, bool *missing);
/* All that it reads, whatever its values are: sets those. */
void expression_reads(const facts *f, const gjc_node *expr, bool *fields, bool *acts);

#endif
