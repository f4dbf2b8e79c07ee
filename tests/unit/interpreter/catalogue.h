/* SPDX-License-Identifier: Apache-2.0
 *
 * The fields and parameters that random procedures may have, one of each type at least. */
#ifndef PLAIN_CATALOGUE_H
#define PLAIN_CATALOGUE_H

#include <stdbool.h>

typedef enum want { BOOL, NUMBER, MONEY, DATE, TIME, LENGTH, TEXT, OFFICER, KIND, BID, WANTS } want;

enum { CATALOGUE = 27, PARAMETERS = 5 };

typedef struct catalogue_field {
    const char *name, *title, *type, *preset;
    want of;
    bool list;
} catalogue_field;
extern const catalogue_field catalogue[CATALOGUE];

/* What an action may have as parameters; the first and the last hide fields of their names. */
typedef struct catalogue_parameter {
    const char *name, *title, *type;
    want of;
} catalogue_parameter;
extern const catalogue_parameter parameters[PARAMETERS];

#endif
