/* SPDX-License-Identifier: Apache-2.0
 *
 * What an image is: a header, a table of units, and the units. A unit is one procedure, whole and
 * by itself: a table of sections, and in each section either its strings or the rows of one table
 * of records.def. It has indices of its own and offsets from its own begin, so it is the same bytes
 * alone and beside others. docs/BYTECODE.md tells it for readers; this file for the C.
 *
 *     header     magic "GUIJUIMG" · format u32 · unit count u32 · file size u64 · SHA-256 of the
 *                unit table, which is the image's identity
 *     units      section count u32 · zero u32 · offset u64 · size u64 · SHA-256 of its section
 * table, which is the unit's identity,  × count
 *     ...        the units, one directly behind the other
 *
 *     sections   kind u32 · zero u32 · offset u64 · size u64 · SHA-256 of its bytes,  × count
 *     ...        the sections, each at the next multiple of 8, in the order of their kinds, each
 *                exactly once; the bytes between them and at the end of the unit are zero
 *     strings    count u32 · offsets u32 × (count + 1) · the bytes, cut by the offsets
 *
 * The hashes make a tree: the identity covers the units' identities, these the section tables, and
 * these every byte. After load has verified an image the records are read in place, and nothing is
 * checked again: the rest of the runtime asserts what docs/BYTECODE.md claims. */
#ifndef GJR_LAYOUT_H
#define GJR_LAYOUT_H

#include <guiju/guiju.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "images are read in place");

#define GJR_IMAGE_MAGIC "GUIJUIMG"
enum {
    GJR_IMAGE_FORMAT = 10,
    GJR_SECTION_STRINGS = 1,
    GJR_SECTION_ALIGNMENT = 8,
};

#define GJR_NONE UINT32_MAX

/* Named limits. */
enum {
    GJR_REGISTERS_MAX = 255,
    GJR_CODE_MAX = 1 << 16,   /* instructions of an expression */
    GJR_ROWS_MAX = 1 << 24,   /* of any table */
    GJR_STAGES_MAX = 1 << 12, /* a cell a stage and action */
    GJR_ACTIONS_MAX = 1 << 12,
    GJR_NESTING_MAX = 8,             /* regions inside one another, the procedure counted */
    GJR_BUDGET_MAX = 100 * 366 * 24, /* a century of hours */
    GJR_PARAMETERS_MAX = 64,         /* of an action */
    GJR_TRIGGERS_MAX = 1 << 8,       /* at which a limit starts, and at which it ends */
    GJR_RUNGS_MAX = 16,              /* of a limit: a bit each in its slot */
    GJR_TURNS_MAX = 32,              /* stops of a limit, and extensions */
    GJR_CALENDARS_MAX = 16,          /* by which a procedure counts */
    GJR_OPEN_MAX = 256,              /* clocks of a limit at a time */
    GJR_LENGTHS_MAX = 8,             /* of a limit whose length depends on the case */
    GJR_EFFECTS_MAX = 8,             /* of a limit that runs out */
    GJR_ROLES_MAX = 64,              /* of a rule that relates acts */
    GJR_POST_ROLES_MAX = 4096,       /* of one that keeps posts apart: each action as each post */
    GJR_HELD_MAX = 256,              /* acts that such a rule remembers at a time */
    GJR_SHARE_WHOLE = 10000,         /* the whole of a limit's length, as a rung's share of it */
    GJR_LIST_ITEMS_MAX = 1 << 12,    /* of a list; a longer one is of the wrong type */
    GJR_RECORD_PARTS_MAX = 64,
    GJR_RECORD_DEPTH_MAX = 8, /* a record in a record in a record ... */
    GJR_NATIVE_PARAMETERS_MAX = GJ_NATIVE_PARAMETERS_MAX,
    GJR_LOOPS_MAX = 4,       /* loops of an expression inside one another */
    GJR_STEPS_MAX = 1 << 24, /* that a run's loops take; one that would take more is unknown */
};

/* Types of values. */
typedef enum gjr_type {
    GJR_TYPE_NOTHING,
    GJR_TYPE_BOOL,
    GJR_TYPE_NUMBER,   /* decimal, ×10⁴ */
    GJR_TYPE_MONEY,    /* yuan, ×10⁴ */
    GJR_TYPE_DATE,     /* gj_day */
    GJR_TYPE_TIME,     /* gj_instant */
    GJR_TYPE_DURATION, /* milliseconds; a day is 24 hours */
    GJR_TYPE_TEXT,
    GJR_TYPE_OFFICER,
    GJR_TYPE_ENUM, /* the member's ordinal in its enumeration */
    GJR_TYPE_LIST,
    GJR_TYPE_RECORD,
    GJR_TYPE_COUNT
} gjr_type;

enum {
    GJR_FIELD_OPTIONAL = 1,
    GJR_FIELD_PARAMETER = 2, /* told of one act; or kept of one */
    GJR_FIELD_KEPT = 4,      /* a parameter of no action: what a rule keeps of an earlier act */
};
enum { GJR_POST_PARTY = 1 };
enum { GJR_ACTION_STAGED = 1, GJR_ACTION_FREE = 2 };
enum { GJR_STAGE_FINAL = 1, GJR_STAGE_VOID = 2 };
enum {
    GJR_LIMIT_ROLLS = 1,
    GJR_LIMIT_AT_CLOSE = 2,
    GJR_LIMIT_LEAST_ROLLS = 4,
    GJR_LIMIT_OPEN = 8,       /* nothing makes it late: it has a minimum alone */
    GJR_LIMIT_BACKWARD = 16,  /* counted back from its end, and judged when that comes */
    GJR_LIMIT_OF_HOLDER = 32, /* whoever holds the case answers for it, and not its duty */
};
enum { GJR_EFFECT_AS_OF_START = 1 };
enum {
    GJR_RELATION_LEAST = 1, /* its length is the least there must be, else the most there may */
    GJR_RELATION_ROLLS = 2,
};
enum { GJR_NATIVE_PURE = 1 }; /* the same arguments give the same result, always */
enum { GJR_EXIT_RETURN = 1 }; /* to a stage through which every way to this one goes */

typedef enum gjr_alias_of {
    GJR_ALIAS_ACTION,
    GJR_ALIAS_POST,
    GJR_ALIAS_DEPARTMENT,
    GJR_ALIAS_COUNT
} gjr_alias_of;

typedef enum gjr_need {
    GJR_NEED_OPTIONAL,
    GJR_NEED_REQUIRED,
    GJR_NEED_WHEN,
    GJR_NEED_COUNT
} gjr_need;

typedef enum gjr_needs {
    GJR_NEEDS_NOTHING,
    GJR_NEEDS_ALL,    /* every document as it declares itself */
    GJR_NEEDS_LISTED, /* these, required here whatever they declare, but for their own `when` */
    GJR_NEEDS_COUNT
} gjr_needs;

/* The table of docs/LANGUAGE.md, "Order". What depends on the case (repeated, conditions, posts) is
 * decided when judging. */
typedef enum gjr_meaning {
    GJR_MEANING_HERE,      /* has a transition in this stage */
    GJR_MEANING_AHEAD,     /* none here, but in a stage ahead */
    GJR_MEANING_BEHIND,    /* in some stage, but in none ahead */
    GJR_MEANING_FREE,      /* in no stage, declared or used by a limit or rule */
    GJR_MEANING_CLOSED,    /* this stage is final */
    GJR_MEANING_ELSEWHERE, /* in some stage, but in none of this stage's region nor inside it */
    GJR_MEANING_COUNT
} gjr_meaning;

/* How a case leaves a stage of a region for another of the same region. */
typedef enum gjr_exit_kind {
    GJR_EXIT_ACT,   /* a transition of the stage itself */
    GJR_EXIT_JOIN,  /* enough of its branches have finished */
    GJR_EXIT_LEAVE, /* a transition inside one of its branches */
    GJR_EXIT_COUNT
} gjr_exit_kind;

typedef enum gjr_unit {
    GJR_UNIT_WORKDAYS,
    GJR_UNIT_DAYS,
    GJR_UNIT_HOURS,
    GJR_UNIT_MINUTES,
    GJR_UNIT_MONTHS,
    GJR_UNIT_YEARS,
    GJR_UNIT_WORKHOURS,
    GJR_UNIT_COUNT
} gjr_unit;

typedef enum gjr_severity {
    GJR_SEVERITY_NOTICE,
    GJR_SEVERITY_YELLOW,
    GJR_SEVERITY_RED,
    GJR_SEVERITY_COUNT
} gjr_severity;

/* How a limit goes on in the version that its case migrates to. */
typedef enum gjr_migration_way {
    GJR_MIGRATION_PLAIN, /* kept, where the unit is the same */
    GJR_MIGRATION_KEPT,
    GJR_MIGRATION_ANEW,
    GJR_MIGRATION_ENDS,
    GJR_MIGRATION_COUNT
} gjr_migration_way;

/* What a limit was set by. */
typedef enum gjr_limit_kind {
    GJR_LIMIT_PLAIN, /* it does not say */
    GJR_LIMIT_STATUTORY,
    GJR_LIMIT_PROMISED,
    GJR_LIMIT_KIND_COUNT
} gjr_limit_kind;

/* When a rung of a limit's ladder is reached. */
typedef enum gjr_rung_kind {
    GJR_RUNG_BEFORE,  /* so long before due */
    GJR_RUNG_SHARE,   /* so much of the time is used, in ten-thousandths */
    GJR_RUNG_OVERDUE, /* so long after due; 0: at due */
    GJR_RUNG_COUNT
} gjr_rung_kind;

typedef enum gjr_trigger_kind {
    GJR_TRIGGER_ACTION,
    GJR_TRIGGER_ENTERING,
    GJR_TRIGGER_LEAVING,
    GJR_TRIGGER_FIELD,
    GJR_TRIGGER_COUNT
} gjr_trigger_kind;

typedef enum gjr_subscription_kind {
    GJR_SUBSCRIPTION_LIMIT_FROM,
    GJR_SUBSCRIPTION_LIMIT_TO,
    GJR_SUBSCRIPTION_RULE,
    GJR_SUBSCRIPTION_LIMIT_RESTART,
    GJR_SUBSCRIPTION_STOP_FROM, /* these three are a stop's */
    GJR_SUBSCRIPTION_STOP_TO,
    GJR_SUBSCRIPTION_STOP_NOTICE,
    GJR_SUBSCRIPTION_EXTENSION_BY, /* these two are an extension's */
    GJR_SUBSCRIPTION_EXTENSION_NOTICE,
    GJR_SUBSCRIPTION_ROLE, /* of an action alone */
    GJR_SUBSCRIPTION_COUNT
} gjr_subscription_kind;

/* What a post's block says of an action. */
typedef enum gjr_power_kind { GJR_POWER_MAY, GJR_POWER_NEVER, GJR_POWER_COUNT } gjr_power_kind;

typedef enum gjr_rule_kind {
    GJR_RULE_REQUIRE,
    GJR_RULE_NEVER,
    GJR_RULE_AT_MOST, /* these three count an action */
    GJR_RULE_AT_LEAST,
    GJR_RULE_EXACTLY,
    GJR_RULE_DONE_BEFORE, /* these two ask whether a post has done its duty: before an act, */
    GJR_RULE_DONE_AT_END, /* or at the end */
    GJR_RULE_FOLLOWED,    /* these and all behind relate acts */
    GJR_RULE_PRECEDED,
    GJR_RULE_AFTER_NEVER,
    GJR_RULE_BETWEEN_NEVER,
    GJR_RULE_NOT_BOTH,
    GJR_RULE_SEPARATE,
    GJR_RULE_JOIN,
    GJR_RULE_SEPARATE_POSTS,
    GJR_RULE_AT_MOST_EACH, /* these three count an action for each key by itself */
    GJR_RULE_AT_LEAST_EACH,
    GJR_RULE_EXACTLY_EACH,
    GJR_RULE_COUNT
} gjr_rule_kind;

/* What an action is to a rule that relates acts. */
typedef enum gjr_role_kind {
    GJR_ROLE_FIRST,  /* what the others are looked at from: `after A`, `every A followed by` */
    GJR_ROLE_SECOND, /* what comes behind it: `followed by B`, `every B preceded by`, `until D` */
    GJR_ROLE_BARRED, /* what must not be done meanwhile */
    GJR_ROLE_ONE_OF, /* one among equals */
    GJR_ROLE_COUNT
} gjr_role_kind;

static inline bool gjr_rule_relates(uint32_t kind)
{
    return kind >= GJR_RULE_FOLLOWED && kind < GJR_RULE_COUNT;
}
static inline bool gjr_rule_counts_each(uint32_t kind)
{
    return kind >= GJR_RULE_AT_MOST_EACH && kind <= GJR_RULE_EXACTLY_EACH;
}

/* The records. */
#define TABLE(name, number)       typedef struct gjr_##name {
#define TEXT(field)               uint32_t field;
#define TEXT_OR_NONE(field)       uint32_t field;
#define REF(field, table)         uint32_t field;
#define REF_OR_NONE(field, table) uint32_t field;
#define RANGE(field, table)       uint32_t field##_first, field##_count;
#define CHOICE(field, count)      uint32_t field;
#define FLAGS(field, mask)        uint32_t field;
#define WORD(field)               uint32_t field;
#define END(name)                                                                                  \
    }                                                                                              \
    gjr_##name;
#include "image/records.def"

/* The numbers of the tables, and their count. */
typedef enum gjr_table {
#define TABLE(name, number) GJR_TABLE_##name = number,
#define END(name)
#include "image/records_ignore.def"
#include "image/records.def"
    GJR_TABLE_END
} gjr_table;

/* The strings and the tables: kinds 1 to this. */
enum { GJR_SECTION_COUNT = GJR_TABLE_END - 1 };

/* What stands at the front of a file. */
typedef struct gjr_header {
    char magic[8];
    uint32_t format;
    uint32_t unit_count;
    uint64_t file_size;
    uint8_t identity[32];
} gjr_header;

/* A unit's row of the unit table; its offset is from the file's begin. */
typedef struct gjr_unit_entry {
    uint32_t section_count;
    uint32_t zero;
    uint64_t offset;
    uint64_t size;
    uint8_t identity[32];
} gjr_unit_entry;

/* A section; its offset is from its unit's begin. */
typedef struct gjr_section {
    uint32_t kind;
    uint32_t zero;
    uint64_t offset;
    uint64_t size;
    uint8_t digest[32];
} gjr_section;

_Static_assert(sizeof(gjr_header) == 56 && sizeof(gjr_unit_entry) == 56 &&
                   sizeof(gjr_section) == 56,
               "no padding in the file");

/* The opcodes. */
typedef enum gjr_opcode {
#define OP(NAME, mnemonic, result, a, b, immediate, text) GJR_OP_##NAME,
#include "image/opcodes.def"
#undef OP
    GJR_OPCODE_COUNT
} gjr_opcode;

static inline gjr_instruction gjr_instruction_of(gjr_opcode op, unsigned d, unsigned a, unsigned b,
                                                 uint32_t immediate)
{
    uint32_t word = (uint32_t)op | (d & 255u) << 8 | (a & 255u) << 16 | (b & 255u) << 24;
    return (gjr_instruction){.word = word, .immediate = immediate};
}

/* A constant's 64 bits. */
static inline int64_t gjr_constant_value(const gjr_constant *constant)
{
    return (int64_t)((uint64_t)constant->high << 32 | constant->low);
}

/* A verified unit: the rows of each table, in place. Immutable. */
typedef struct gjr_rows {
    const char *string_bytes;
    const uint32_t *string_offsets; /* string_count + 1 */
    uint32_t string_count;
#define TABLE(name, number)                                                                        \
    const gjr_##name *name##s;                                                                     \
    uint32_t name##_count;
#define END(name)
#include "image/records_ignore.def"
#include "image/records.def"
} gjr_rows;

/* Whether the rule asks for what a post must do. */
static inline bool gjr_rule_is_duty(const gjr_rule *rule)
{
    return rule->kind == GJR_RULE_DONE_BEFORE || rule->kind == GJR_RULE_DONE_AT_END;
}

#endif
