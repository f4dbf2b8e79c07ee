/* SPDX-License-Identifier: Apache-2.0
 *
 * See schema.h. */
#include "image/schema.h"

#include <assert.h>

/* The names of the choices, under the name of their count. */
#define NAMES(count) static const char *const names_##count[count]
NAMES(GJR_TYPE_COUNT) = {"nothing",  "bool", "number",  "money", "date", "time",
                         "duration", "text", "officer", "enum",  "list", "record"};
NAMES(GJR_ALIAS_COUNT) = {"action", "post", "department"};
NAMES(GJR_NEED_COUNT) = {"optional", "required", "when"};
NAMES(GJR_NEEDS_COUNT) = {"nothing", "all", "listed"};
NAMES(GJR_MEANING_COUNT) = {"here", "ahead", "behind", "free", "closed", "elsewhere"};
NAMES(GJR_EXIT_COUNT) = {"act", "join", "leave"};
NAMES(GJR_UNIT_COUNT) = {"workdays", "days", "hours", "minutes", "months", "years", "workhours"};
NAMES(GJR_LIMIT_KIND_COUNT) = {"plain", "statutory", "promised"};
NAMES(GJR_MIGRATION_COUNT) = {"plain", "kept", "anew", "ends"};
NAMES(GJR_SEVERITY_COUNT) = {"notice", "yellow", "red"};
NAMES(GJR_RUNG_COUNT) = {"before", "share", "overdue"};
NAMES(GJR_TRIGGER_COUNT) = {"action", "entering", "leaving", "field"};
NAMES(GJR_SUBSCRIPTION_COUNT) = {"limit-from",       "limit-to", "rule",        "limit-restart",
                                 "stop-from",        "stop-to",  "stop-notice", "extension-by",
                                 "extension-notice", "role"};
NAMES(GJR_POWER_COUNT) = {"may", "never"};
NAMES(GJR_RULE_COUNT) = {
    "require",     "never",    "at-most",        "at-least",     "exactly",       "done-before",
    "done-at-end", "followed", "preceded",       "after-never",  "between-never", "not-both",
    "separate",    "join",     "separate-posts", "at-most-each", "at-least-each", "exactly-each"};
NAMES(GJR_ROLE_COUNT) = {"first", "second", "barred", "one-of"};
#undef NAMES

#define TABLE(name, number)       static const gjr_column name##_columns[] = {
#define TEXT(field)               {#field, GJR_COLUMN_TEXT, 0, NULL},
#define TEXT_OR_NONE(field)       {#field, GJR_COLUMN_TEXT_OR_NONE, 0, NULL},
#define REF(field, table)         {#field, GJR_COLUMN_REF, GJR_TABLE_##table, NULL},
#define REF_OR_NONE(field, table) {#field, GJR_COLUMN_REF_OR_NONE, GJR_TABLE_##table, NULL},
#define RANGE(field, table)       {#field, GJR_COLUMN_RANGE, GJR_TABLE_##table, NULL},
#define CHOICE(field, count)      {#field, GJR_COLUMN_CHOICE, count, names_##count},
#define FLAGS(field, mask)        {#field, GJR_COLUMN_FLAGS, mask, NULL},
#define WORD(field)               {#field, GJR_COLUMN_WORD, 0, NULL},
#define END(name)                                                                                  \
    }                                                                                              \
    ;
#include "image/records.def"

static const gjr_schema schemas[GJR_TABLE_END] = {
#define TABLE(name, number)                                                                        \
    [number] = {#name, sizeof(gjr_##name), name##_columns,                                         \
                sizeof name##_columns / sizeof *name##_columns},
#define END(name)
#include "image/records_ignore.def"
#include "image/records.def"
};

const gjr_schema *gjr_schema_get(uint32_t table)
{
    assert(table < GJR_TABLE_END && schemas[table].name != NULL);
    return &schemas[table];
}

const char *gjr_section_name(uint32_t kind)
{
    return kind == GJR_SECTION_STRINGS ? "strings" : gjr_schema_get(kind)->name;
}

gjr_words gjr_rows_words(const gjr_rows *rows, uint32_t table)
{
    switch ((gjr_table)table) {
#define TABLE(name, number)                                                                        \
    case GJR_TABLE_##name:                                                                         \
        return (gjr_words){(const uint32_t *)rows->name##s, rows->name##_count,                    \
                           sizeof(gjr_##name) / sizeof(uint32_t)};
#define END(name)
#include "image/records_ignore.def"
#include "image/records.def"
    case GJR_TABLE_END:
        break;
    }
    assert(false && "there is no such table");
    return (gjr_words){NULL, 0, 0};
}

const char *gjr_type_name(uint32_t type)
{
    assert(type < GJR_TYPE_COUNT);
    return names_GJR_TYPE_COUNT[type];
}

uint32_t gjr_other_name_table(const gjr_other_name *row)
{
    static const gjr_table tables[GJR_ALIAS_COUNT] = {
        [GJR_ALIAS_ACTION] = GJR_TABLE_action,
        [GJR_ALIAS_POST] = GJR_TABLE_post,
        [GJR_ALIAS_DEPARTMENT] = GJR_TABLE_department,
    };
    return tables[row->of];
}

uint32_t gjr_trigger_table(const gjr_trigger *row)
{
    static const gjr_table tables[GJR_TRIGGER_COUNT] = {
        [GJR_TRIGGER_ACTION] = GJR_TABLE_action,
        [GJR_TRIGGER_ENTERING] = GJR_TABLE_stage,
        [GJR_TRIGGER_LEAVING] = GJR_TABLE_stage,
        [GJR_TRIGGER_FIELD] = GJR_TABLE_field,
    };
    return tables[row->kind];
}

uint32_t gjr_subscription_table(const gjr_subscription *row)
{
    static const gjr_table tables[GJR_SUBSCRIPTION_COUNT] = {
        [GJR_SUBSCRIPTION_LIMIT_FROM] = GJR_TABLE_limit,
        [GJR_SUBSCRIPTION_LIMIT_TO] = GJR_TABLE_limit,
        [GJR_SUBSCRIPTION_RULE] = GJR_TABLE_rule,
        [GJR_SUBSCRIPTION_LIMIT_RESTART] = GJR_TABLE_limit,
        [GJR_SUBSCRIPTION_STOP_FROM] = GJR_TABLE_stop,
        [GJR_SUBSCRIPTION_STOP_TO] = GJR_TABLE_stop,
        [GJR_SUBSCRIPTION_STOP_NOTICE] = GJR_TABLE_stop,
        [GJR_SUBSCRIPTION_EXTENSION_BY] = GJR_TABLE_extension,
        [GJR_SUBSCRIPTION_EXTENSION_NOTICE] = GJR_TABLE_extension,
        [GJR_SUBSCRIPTION_ROLE] = GJR_TABLE_role,
    };
    return tables[row->kind];
}

uint32_t gjr_subscription_triggers(const gjr_rows *rows, const gjr_subscription *row,
                                   uint32_t *count)
{
    const uint32_t *range = NULL;
    switch ((gjr_subscription_kind)row->kind) {
    case GJR_SUBSCRIPTION_LIMIT_FROM:
        range = &rows->limits[row->target].from_first;
        break;
    case GJR_SUBSCRIPTION_LIMIT_TO:
        range = &rows->limits[row->target].to_first;
        break;
    case GJR_SUBSCRIPTION_LIMIT_RESTART:
        range = &rows->limits[row->target].restarts_first;
        break;
    case GJR_SUBSCRIPTION_STOP_FROM:
        range = &rows->stops[row->target].from_first;
        break;
    case GJR_SUBSCRIPTION_STOP_TO:
        range = &rows->stops[row->target].to_first;
        break;
    case GJR_SUBSCRIPTION_STOP_NOTICE:
        range = &rows->stops[row->target].notices_first;
        break;
    case GJR_SUBSCRIPTION_EXTENSION_BY:
        range = &rows->extensions[row->target].by_first;
        break;
    case GJR_SUBSCRIPTION_EXTENSION_NOTICE:
        range = &rows->extensions[row->target].notices_first;
        break;
    case GJR_SUBSCRIPTION_RULE:
    case GJR_SUBSCRIPTION_ROLE:
    case GJR_SUBSCRIPTION_COUNT:
        break;
    }
    *count = range == NULL ? 0 : range[1];
    return range == NULL ? 0 : range[0];
}
