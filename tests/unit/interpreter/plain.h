/* SPDX-License-Identifier: Apache-2.0
 *
 * A procedure as the plain interpreter sees it: names found, and otherwise the nodes of the tree
 * themselves. It rests on compiler/syntax and runtime/base alone, so nothing of what compiles,
 * counts or judges is shared; it is slow, holds everything in arrays of a fixed size, and seeks
 * anew at every event what the compiler works out beforehand. */
#ifndef PLAIN_H
#define PLAIN_H

#include "base/arena.h"
#include "base/text.h"
#include "syntax/ast.h"

enum {
    NO = -1,
    REGIONS_MAX = 32,
    STAGES_MAX = 64,
    ONS_MAX = 256,
    ACTIONS_MAX = 64,
    FIELDS_MAX = 128,
    KEPT_MAX = 16, /* of one act */
    POSTS_MAX = 16,
    DEPARTMENTS_MAX = 8,
    DOCUMENTS_MAX = 8,
    LIMITS_MAX = 48, /* of which the last are the clocks of rules */
    RUNGS_MAX = 8,
    EFFECTS_MAX = 4,
    STOPS_MAX = 8,
    EXTENSIONS_MAX = 4,
    RULES_MAX = 40,
    DUTIES_MAX = 32,
    DUTY_NAME_SIZE = 128,
    POWERS_MAX = 64,
    TRIGGERS_MAX = 8,
    OTHER_CALENDARS_MAX = 2, /* beside the procedure's */
    EXCEPTIONS_MAX = 4000,   /* days of a calendar about which something is said */
};

#define MS_PER_DAY  INT64_C(86400000)
#define MS_PER_HOUR INT64_C(3600000)

/* ---- types ---- */

typedef enum base_type {
    T_NONE,
    T_BOOL,
    T_NUMBER,
    T_MONEY,
    T_DATE,
    T_TIME,
    T_DURATION,
    T_TEXT,
    T_OFFICER,
    T_CHOICE,
    T_LIST,
    T_RECORD,
} base_type;

typedef struct plain_type {
    base_type base, element;
    const gjc_node
        *node; /* of a choice its ONE_OF, of a record its TYPE; of a list its element's */
} plain_type;

/* ---- calendars: the rows read plainly ---- */

enum { OFFICE_SPANS_MAX = 8 };

typedef struct plain_day {
    int day;
    gjc_kind kind; /* HOLIDAY, OFF or ON_DAYS */
    gj_text name;
} plain_day;

typedef struct plain_calendar {
    bool present;
    gj_text name;
    bool worked[8]; /* 1 Monday … 7 Sunday */
    gj_text zone;
    int published; /* INT32_MIN: nothing is said */
    struct {
        int from, to; /* minutes of the day */
    } office[OFFICE_SPANS_MAX];
    int office_count;
    plain_day days[EXCEPTIONS_MAX];
    int day_count;
} plain_calendar;

/* ---- the procedure ---- */

typedef struct plain_label {
    gj_text name, title;  /* the title is the name where none is given */
    const gjc_node *node; /* its aliases; or NULL */
} plain_label;

typedef struct plain_department {
    plain_label label;
} plain_department;

typedef struct plain_post {
    plain_label label;
    int department;
} plain_post;

typedef struct plain_region {
    plain_label label;
    const gjc_node *node;
    int parent; /* the stage that runs it */
    int outer, depth, initial, department;
} plain_region;

typedef struct plain_stage {
    gj_text name;
    const gjc_node *node;
    int region;
    bool final;
    int holder;     /* a post, or NO */
    int need, join; /* of a stage with branches */
} plain_stage;

typedef struct plain_on {
    const gjc_node *node;
    int stage, action, target;
    int posts[POSTS_MAX], post_count;
} plain_on;

typedef struct plain_action {
    plain_label label;
    bool staged;
} plain_action;

/* A field, or a parameter of an action. */
typedef struct plain_field {
    plain_label label;
    const gjc_node *node;
    plain_type type;
    int action; /* NO: a field */
    /* `first.NAME`: whose, by rule, and which field that is; of no action that there is. NO: none
     */
    int kept_by, kept_of;
    char kept_name[64];
} plain_field;

typedef struct plain_document {
    plain_label label;
    const gjc_node *node;
} plain_document;

typedef enum plain_trigger_kind { ON_ACT, ON_ENTERING, ON_LEAVING, ON_FIELD } plain_trigger_kind;
typedef struct plain_trigger {
    plain_trigger_kind kind;
    int target;
    const gjc_node *when; /* or NULL */
} plain_trigger;

/* Of a ladder: GJC_RUNG_BEFORE, so much before due; GJC_RUNG_AT, a share in ten-thousandths;
 * GJC_RUNG_OVERDUE, so much after due. */
typedef struct plain_rung {
    gjc_kind kind;
    int amount, severity;
    gjc_unit unit;
} plain_rung;

/* What the law does when a limit runs out. */
typedef struct plain_effect {
    const gjc_node *node; /* EXPIRES or AFTER */
    int stage;            /* only where its region stands there; or NO */
    int target, action;   /* or NO */
    bool as_of_start;
} plain_effect;

/* So long; an amount of 0: nothing is said. */
typedef struct plain_length {
    int amount;
    gjc_unit unit;
} plain_length;

/* The act that gives notice, and within which time; where nothing is said of that, it is by the end
 * of the day of a stop, and before an extended limit is due. */
typedef struct plain_notice {
    int action; /* NO: none is asked for */
    plain_length within;
} plain_notice;

/* Not counting from one thing to another; each stage of a list is a stop of its own. */
typedef struct plain_stop {
    const gjc_node *node; /* NOT_COUNTING */
    bool is_stage;
    plain_trigger from[TRIGGERS_MAX], to[TRIGGERS_MAX];
    int from_count, to_count;
    plain_length most;
    plain_notice notice;
} plain_stop;

typedef struct plain_extension {
    const gjc_node *node; /* EXTENDED */
    plain_trigger by[TRIGGERS_MAX];
    int by_count;
    int amount, times; /* in the limit's unit */
    plain_notice notice;
} plain_extension;

typedef struct plain_limit {
    gj_text name;
    const gjc_node *node;
    gj_limit_kind kind;
    int region;
    plain_trigger from[TRIGGERS_MAX], to[TRIGGERS_MAX];
    int from_count, to_count;
    int budget, duty; /* a post, or NO */
    bool of_holder;
    int least;     /* it ends no sooner; 0: nothing is said */
    int by;        /* a field: when it is due; or NO */
    bool open;     /* nothing makes it late */
    gjc_kind back; /* counted back from its end: which of the two; or 0 */
    gjc_unit unit, least_unit;
    bool rolls, at_close, least_rolls;
    plain_rung rungs[RUNGS_MAX];
    int rung_count;
    gj_text per;                       /* what tells its keys */
    int open_max;                      /* so many clocks at a time; 0: it has no keys */
    const plain_calendar *calendar;    /* it is counted by */
    plain_effect effects[EFFECTS_MAX]; /* the first that holds */
    int effect_count;
    plain_stop stops[STOPS_MAX];
    plain_extension extensions[EXTENSIONS_MAX];
    int stop_count, extension_count;
    plain_trigger restarts[TRIGGERS_MAX];
    int restart_count;
} plain_limit;

typedef struct plain_rule {
    gj_text name;
    const gjc_node *node, *says; /* the RULE_…, or MUST */
    int region, severity;
    int duty, awaited; /* of a MUST: the post, and the act before which it is done; or NO */
    int clock;         /* what counts its time, behind the limits; or NO */
    int posts[POSTS_MAX], post_count; /* that it keeps apart */
    int kept[KEPT_MAX], kept_count;   /* fields: of the act that has to be followed */
} plain_rule;

/* What a post's block says of an action. */
typedef struct plain_power {
    const gjc_node *node; /* MAY, NEVER or JUDGEMENT, which is a MAY */
    int post, action, region;
} plain_power;

typedef struct plain {
    const gjc_sources *sources;
    const gjc_node *file, *node;
    gj_text name;
    plain_calendar calendar, others[OTHER_CALENDARS_MAX]; /* that limits name */
    int other_count;
    plain_region regions[REGIONS_MAX];
    plain_stage stages[STAGES_MAX];
    plain_on ons[ONS_MAX];
    plain_action actions[ACTIONS_MAX];
    plain_field fields[FIELDS_MAX];
    plain_post posts[POSTS_MAX];
    plain_department departments[DEPARTMENTS_MAX];
    plain_document documents[DOCUMENTS_MAX];
    plain_limit limits[LIMITS_MAX];
    plain_rule rules[RULES_MAX];
    plain_power powers[POWERS_MAX];
    int region_count, stage_count, on_count, action_count, field_count, post_count;
    int department_count, document_count, limit_count, rule_count, power_count;
    char duty_names[DUTIES_MAX][DUTY_NAME_SIZE];
    int duty_count;
    bool returns[STAGES_MAX][STAGES_MAX]; /* an edge from one to the other leads back */
} plain;

/* Reads the one procedure of a file that compiles. */
void plain_read(plain *p, const gjc_sources *sources, const gjc_node *file);

bool plain_answers(const plain_label *label, gj_text called);
bool plain_is_within(const plain *p, int region, int outer);
/* Some stage of the region itself has the action. */
bool plain_region_has(const plain *p, int region, int action);
/* In it, or in one inside it. */
bool plain_region_holds(const plain *p, int region, int action);
/* The region whose acts a clause of the region means: the nearest around it that has the action. */
int plain_heard_in(const plain *p, int region, int action);
/* Whether a clause of the region hears of the action, done there; NO: no branch has it. */
bool plain_is_heard(const plain *p, int region, int action, int done_in);
/* Whether the action decides the judgement that is this field. */
bool plain_judges(const plain *p, int action, const plain_field *field);
/* MAY or NEVER. */
gjc_kind plain_power_kind(const plain_power *power);
int plain_find_action(const plain *p, gj_text name);
/* The parameter of the action, else the field. */
int plain_find_field(const plain *p, int action, gj_text name);
/* A limit that a clause of the region means. */
int plain_find_limit(const plain *p, int region, gj_text name);
/* The condition of a clause, or NULL. */
const gjc_node *plain_when(const gjc_node *clause);
/* A name stands among the NAMEs of the node. */
bool plain_is_listed(const gjc_node *among, gj_text name);
/* Whether a word is one of a row of spellings, separated by `;`. */
bool plain_is_spelt(gj_text word, const char *spellings);
plain_type plain_type_read(const plain *p, const gjc_node *type);

#endif
