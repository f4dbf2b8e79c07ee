/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of records.def as data, for those who treat all tables alike: the checks of every row,
 * the dump, and the message of a refusal. */
#ifndef GJR_SCHEMA_H
#define GJR_SCHEMA_H

#include "image/layout.h"

typedef enum gjr_column_kind {
    GJR_COLUMN_TEXT,
    GJR_COLUMN_TEXT_OR_NONE,
    GJR_COLUMN_REF,
    GJR_COLUMN_REF_OR_NONE,
    GJR_COLUMN_RANGE, /* the only one of two words */
    GJR_COLUMN_CHOICE,
    GJR_COLUMN_FLAGS,
    GJR_COLUMN_WORD,
} gjr_column_kind;

typedef struct gjr_column {
    const char *name;
    gjr_column_kind kind;
    uint32_t bound;           /* the table, how many choices, the mask */
    const char *const *names; /* of the choices */
} gjr_column;

typedef struct gjr_schema {
    const char *name;
    size_t row_size;
    const gjr_column *columns;
    size_t column_count;
} gjr_schema;

typedef struct gjr_words {
    const uint32_t *words;
    uint32_t row_count;
    size_t row_words; /* words a row */
} gjr_words;

static inline size_t gjr_column_words(const gjr_column *column)
{
    return column->kind == GJR_COLUMN_RANGE ? 2 : 1;
}

/* Static; `table` is from GJR_TABLE_procedure below GJR_TABLE_END. */
const gjr_schema *gjr_schema_get(uint32_t table);
/* Of a section, which is a table's name but for "strings". Static. */
const char *gjr_section_name(uint32_t kind);
/* The words of a table, borrowed from the rows. */
gjr_words gjr_rows_words(const gjr_rows *rows, uint32_t table);

/* Static: "money". */
const char *gjr_type_name(uint32_t type);

/* Which table the target of such a row is an index of. */
uint32_t gjr_other_name_table(const gjr_other_name *row);
uint32_t gjr_trigger_table(const gjr_trigger *row);
uint32_t gjr_subscription_table(const gjr_subscription *row);
/* The first of the triggers, one of which it answers, and how many they are; none of a rule's. */
uint32_t gjr_subscription_triggers(const gjr_rows *rows, const gjr_subscription *row,
                                   uint32_t *count);

#endif
