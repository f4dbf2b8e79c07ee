/* SPDX-License-Identifier: Apache-2.0
 *
 * The model: a procedure with every name resolved to an index and every expression typed. It is
 * what the sources mean, without how they were written; analysis and emit read it and never the
 * tree. Everything stands in declaration order and in arrays, so that the same source gives the
 * same image and so does its twin in the other language. Whatever has a name begins with a
 * gjc_label: one look-up and one check for duplicates serve every noun.
 *
 * The model lives in the compilation's arena; a growing array leaves its old copies there. */
#ifndef GJC_MODEL_H
#define GJC_MODEL_H

#include "base/arena.h"
#include "image/layout.h"
#include "syntax/source.h"

#define GJC_NO_INDEX UINT32_MAX

/* What a name is called and where. Names and titles are always two texts; a title that was not
 * written is the name. */
typedef struct gjc_label {
    gj_text name, title;
    gjc_span span; /* of the name */
    const gj_text *aliases;
    uint32_t alias_count;
} gjc_label;

/* A run of a clause's cited articles, in citations[]. */
typedef struct gjc_basis {
    uint32_t first, count;
} gjc_basis;

typedef struct gjc_type {
    gjr_type base;
    gjr_type element;     /* of a list */
    uint32_t enumeration; /* of an enum or a list of one, else GJC_NO_INDEX */
    uint32_t record;      /* of a record or a list of one, else GJC_NO_INDEX */
} gjc_type;

/* What is more than one of the machine's operations. */
typedef enum gjc_form {
    GJC_FORM_OPERATION, /* op of a and b */
    GJC_FORM_BOUND,     /* the value that has the name `target` */
    GJC_FORM_LET,       /* b, in which a has the name `target` */
    GJC_FORM_FOLD, /* b, in which each item of list a in turn has the name `target`, as fold says */
    GJC_FORM_CHOICE,   /* a where the condition c holds, else b */
    GJC_FORM_CALL,     /* what the native `target` gives; a is its first argument, or NULL */
    GJC_FORM_ARGUMENT, /* a, and behind it the argument b, or NULL */
} gjc_form;

/* What is made of the values that the items of a list give. */
typedef enum gjc_fold {
    GJC_FOLD_SOME,
    GJC_FOLD_ALL,
    GJC_FOLD_COUNT, /* of those that are true */
    GJC_FOLD_SUM,
    GJC_FOLD_MAX,
    GJC_FOLD_MIN,
    GJC_FOLD_DISTINCT,
} gjc_fold;

/* A tree of the machine's own operations and what is made of them, so that lowering is done once,
 * where types are known. Parts may be shared: it is a tree of readings. */
typedef struct gjc_expr {
    gjc_form form;
    gjr_opcode op; /* GJR_OPCODE_COUNT where the form is not OPERATION */
    gjc_fold fold;
    gjc_type type;
    gjc_span span;
    struct gjc_expr *a, *b; /* NULL where the operation has none */
    struct gjc_expr *c;
    int64_t value;   /* of a constant; an enum's ordinal */
    gj_text text;    /* of a text constant */
    uint32_t target; /* the field, action or limit; the binder, a number of the model */
    uint32_t loops;  /* inside one another: at most GJR_LOOPS_MAX */
    uint32_t depth;  /* of the tree: at most GJC_EXPR_DEPTH_MAX */
    uint32_t size;   /* operations, each copy of a shared one counted: at most GJC_EXPR_SIZE_MAX */
    uint32_t register_count; /* to work it out: at most GJR_REGISTERS_MAX */
    bool asks_impure;        /* it calls an impure native, */
    bool asks_text;          /* or one that gives texts */
    bool is_lasting;         /* depends on no case: constants and what is made of them alone */
    /* For findings: where it comes out true, that row of the table decides, if what `told` stands
     * for is true as well. Of a choice: where it comes to its last part, and its own knowing of all
     * conditions before has the name `told`. */
    const struct gjc_table *table; /* NULL: it decides no row */
    uint32_t row;                  /* the one behind the last is `else`; GJC_NO_INDEX: none */
    uint32_t told;                 /* a binder; GJC_NO_INDEX: nothing has to be true beside it */
} gjc_expr;

typedef struct gjc_enumeration {
    gjc_label *members;
    uint32_t member_count;
} gjc_enumeration;

/* One field of a record; the image calls it a part, since a case's fields are something else. */
typedef struct gjc_part {
    gjc_label label;
    gjc_type type;
} gjc_part;

/* Records that its parts hold stand before it. */
typedef struct gjc_record_type {
    gjc_label label;
    gjc_part *parts;
    uint32_t part_count;
    uint32_t depth; /* 1: no part holds a record */
} gjc_record_type;

typedef struct gjc_field {
    gjc_label label;
    gjc_type type;
    bool is_optional;
    bool is_judgement;  /* decided by a person, in the act `judged_by` */
    bool is_kept;       /* a parameter of no action: what a rule keeps of an earlier act */
    uint32_t judged_by; /* an action, where it is one */
    gjc_expr *preset;   /* or NULL */
} gjc_field;

typedef gjc_field gjc_parameter; /* without a default */

/* That some expression calls. */
typedef struct gjc_native {
    gjc_label label;
    gj_text library;
    gjc_type *parameters;
    uint32_t parameter_count;
    gjc_type result;
    bool is_pure;
} gjc_native;

typedef struct gjc_department {
    gjc_label label;
    const void *module; /* that declares it */
} gjc_department;

typedef struct gjc_post {
    gjc_label label;
    uint32_t department; /* GJC_NO_INDEX: a party */
    const void *module;  /* that declares it; NULL: built in */
} gjc_post;

typedef struct gjc_document {
    gjc_label label;
    gjr_need need;
    gjc_expr *when; /* with GJR_NEED_WHEN */
    gjc_basis basis;
} gjc_document;

typedef struct gjc_action {
    gjc_label label;
    bool is_staged;   /* some stage has it */
    bool is_declared; /* by `action` */
    bool is_doubtful; /* by a use, though another is spelt almost alike: W0301 has said so */
    uint32_t first_parameter, parameter_count; /* in parameters[] */
} gjc_action;

/* What has a stage of its own at a time: the procedure is region 0, and every branch is one, outer
 * ones before inner ones. Its stages stand together, and so do the branches of one stage. */
typedef struct gjc_region {
    gjc_label label;
    const void *node;    /* that declares it */
    uint32_t parent;     /* the stage in which it runs; GJC_NO_INDEX: region 0 */
    uint32_t outer;      /* that stage's region */
    uint32_t depth;      /* 0: region 0 */
    uint32_t department; /* whose branch it is, or GJC_NO_INDEX */
    uint32_t initial;    /* a stage; GJC_NO_INDEX while unknown */
    uint32_t first_stage, stage_count;
} gjc_region;

typedef struct gjc_stage {
    gjc_label label;
    uint32_t region;
    bool is_initial, is_final, is_void;
    uint32_t holder;                             /* a post, or GJC_NO_INDEX */
    uint32_t first_transition, transition_count; /* in transitions[] */
    /* `parallel`: */
    uint32_t first_branch, branch_count; /* regions; none: the stage has no branches */
    uint32_t need;                       /* so many must finish */
    uint32_t join;                       /* then the stage that follows, or GJC_NO_INDEX */
    gjc_span join_span;
} gjc_stage;

/* `set F = E`. */
typedef struct gjc_assignment {
    uint32_t field;
    gjc_expr *value;
} gjc_assignment;

/* Those of a stage stand together, in declaration order. */
typedef struct gjc_transition {
    gjc_span span;
    uint32_t stage, action;
    uint32_t target; /* a stage, or GJC_NO_INDEX: the case stays */
    const uint32_t *posts;
    uint32_t post_count; /* 0: open to all */
    gjc_expr *when;      /* or NULL */
    bool is_unclear;     /* it has a condition that could not be resolved */
    gjr_needs needs;
    const uint32_t *documents;
    uint32_t document_count;
    uint32_t times_max; /* 0: no bound */
    const gjc_assignment *sets;
    uint32_t set_count;
    gjc_basis basis;
} gjc_transition;

typedef struct gjc_trigger {
    gjr_trigger_kind kind;
    uint32_t target;
    gjc_span span;
    gjc_expr *when; /* or NULL */
} gjc_trigger;

/* So many whole units; 0 where nothing is said, or what was said is wrong and was reported. */
typedef struct gjc_length {
    gjr_unit unit;
    uint32_t amount;
} gjc_length;

/* Who must be told of a stop or an extension. */
typedef struct gjc_notice {
    gjc_trigger *act; /* or NULL */
    gjc_length within;
} gjc_notice;

/* A time that a limit does not count: from one thing to another, or as long as a stage lasts. */
typedef struct gjc_stop {
    gjc_span span;
    const gjc_trigger *from, *to;
    uint32_t from_count, to_count;
    gjc_expr *when; /* or NULL */
    gjc_length granted;
    gjc_notice notice;
    gjc_basis basis;
} gjc_stop;

typedef struct gjc_extension {
    gjc_span span;
    uint32_t amount; /* in the limit's unit */
    const gjc_trigger *by;
    uint32_t by_count;
    gjc_expr *when;     /* or NULL */
    uint32_t times_max; /* at least 1 */
    gjc_notice notice;
    gjc_basis basis;
} gjc_extension;

/* What the law does where a limit runs out. */
typedef struct gjc_effect {
    gjc_span span;
    uint32_t stage;  /* only where its region stands there; GJC_NO_INDEX: wherever it stands */
    uint32_t target; /* where the case goes, or GJC_NO_INDEX: it stays */
    uint32_t action; /* that counts as done, or GJC_NO_INDEX */
    bool as_of_start;
    gjc_expr *when; /* or NULL */
    gjc_assignment *sets;
    uint32_t set_count;
    gjc_basis basis;
} gjc_effect;

/* A line that says how long a limit is at most, of one whose length depends on the case. */
typedef struct gjc_within {
    gjc_span span;  /* of the duration */
    gjc_expr *when; /* NULL: always */
    uint32_t amount;
    gjc_expr *value; /* how many units, a number; NULL: `amount` says it */
    gjc_basis basis; /* its own, beside the limit's */
} gjc_within;

typedef struct gjc_limit {
    gjc_label label;
    const struct gjc_node *node; /* a limit, an `after`, or a stage that says how long */
    gjr_limit_kind kind;
    uint32_t region; /* where it was declared */
    const gjc_trigger *from, *to;
    uint32_t from_count, to_count;
    uint32_t budget;     /* 0: it has none that is always the same */
    gjc_within *withins; /* it depends on the case: of these the first that holds */
    uint32_t within_count;
    gjr_unit unit;
    gjc_span budget_span; /* of what says how long it is */
    uint32_t least;       /* it ends no sooner; 0: nothing is said */
    gjr_unit least_unit;
    uint32_t by; /* a field: when it is due, or GJC_NO_INDEX */
    bool rolls, at_close;
    bool least_rolls;
    bool is_open;          /* nothing makes it late */
    bool is_backward;      /* counted back from its end, which is not known before it comes */
    const gjr_rung *rungs; /* rungs_count, in the order of declaration */
    uint32_t rung_count;
    gjc_stop *stops;
    gjc_extension *extensions;
    const gjc_trigger *restarts;
    uint32_t stop_count, extension_count, restart_count;
    gjc_effect *effects; /* where it runs out: the first that holds */
    uint32_t effect_count;
    uint32_t duty;     /* a post, or GJC_NO_INDEX */
    bool is_of_holder; /* whoever holds the case answers for it */
    uint32_t calendar; /* its days are counted by; GJC_NO_INDEX where the procedure has none */
    gj_text per;       /* the name of what tells a key, where it keeps a clock a key */
    gjc_type per_type;
    uint32_t open_max; /* so many clocks at a time; 0: it has one */
    gjc_basis basis;
} gjc_limit;

/* Where a stage or a limit of a version before goes. */
typedef struct gjc_succession {
    gj_text name; /* in that version */
    uint32_t to;  /* GJC_NO_INDEX: the limit ends */
    gjr_migration_way way;
} gjc_succession;

/* How the cases of a version before go on in this one. */
typedef struct gjc_migration {
    gjc_span span;
    uint32_t from;
    gjc_succession *stages, *limits;
    uint32_t stage_count, limit_count;
} gjc_migration;

/* A clause of a post's block. */
typedef struct gjc_power {
    gjc_span span;
    gjr_power_kind kind;
    uint32_t region; /* where it was declared */
    uint32_t post, action;
    gjc_expr *when;  /* NULL: always */
    bool is_unclear; /* it has a condition that could not be resolved */
    gjc_basis basis;
} gjc_power;

typedef struct gjc_exception {
    gjc_span span;
    gjc_expr *when;
    gjc_basis basis;
} gjc_exception;

/* What an action is to a rule that relates acts. */
typedef struct gjc_role {
    gjc_span span;
    gjr_role_kind kind;
    uint32_t action;
    gjc_expr *when; /* or NULL */
    uint32_t post;  /* where posts are kept apart: as which it is done; else GJC_NO_INDEX */
} gjc_role;

/* What a rule keeps of an act, by the indices that expressions name. */
typedef struct gjc_keep {
    uint32_t field, as;
} gjc_keep;

typedef struct gjc_rule {
    gjc_label label;
    uint32_t region;
    gjr_rule_kind kind;
    const uint32_t *actions; /* of which each act is judged by it */
    uint32_t action_count;
    gjc_expr *condition; /* NULL: always (never, duties, and those that count) */
    uint32_t counted;    /* the action whose times are counted, or GJC_NO_INDEX */
    uint32_t times;
    gjc_span counts_span;
    uint32_t duty;         /* the post that must do what is counted, or GJC_NO_INDEX */
    const gjc_role *roles; /* of a rule that relates acts */
    uint32_t role_count;
    gjc_keep *keeps; /* of the act that has to be followed */
    uint32_t keep_count;
    gjc_length length; /* that it says: the most, or the least */
    bool is_least, rolls;
    gj_text per; /* the name of what tells a key, where it stands for each by itself */
    gjc_type per_type;
    const gjc_exception *exceptions;
    uint32_t exception_count;
    bool is_unclear; /* it has a condition or exception that could not be resolved */
    gjr_severity severity;
    gjc_basis basis;
} gjc_rule;

/* One cited article: law and heading are texts of its declaration. */
typedef struct gjc_citation {
    gj_text law, title, article, heading; /* heading may be absent */
} gjc_citation;

/* A calendar by which the procedure or some of its limits count. */
typedef struct gjc_calendar_use {
    gj_text name;   /* under which it is bound */
    bool has_hours; /* it says office hours */
    gjc_span span;  /* of the clause that named it first */
} gjc_calendar_use;

typedef struct gjc_model {
    gjb_arena *arena;
    gjc_label label; /* the procedure's */
    uint32_t version;
    gj_day effective; /* or GJ_NO_DAY */
    gj_text calendar; /* its own, the first of the calendars; absent: it has none */
    gjc_basis basis;
    uint32_t initial;      /* region 0's */
    uint32_t binder_count; /* names that expressions give to values */
    uint32_t table_count;  /* decision tables worked out */
    bool is_partial;       /* some way between stages could not be read or is refused */

    gjc_enumeration *enumerations;
    gjc_record_type *record_types;
    gjc_field *fields;
    gjc_parameter *parameters; /* of actions: what an event tells of one act; then those kept */
    gjc_department *departments;
    gjc_post *posts; /* parties too */
    gjc_document *documents;
    gjc_action *actions;
    gjc_region *regions;
    gjc_stage *stages;
    gjc_transition *transitions;
    gjc_limit *limits;
    gjc_power *powers;
    gjc_rule *rules;
    gjc_citation *citations;
    gjc_calendar_use *calendar_uses;
    gjc_native *natives;
    gjc_migration *migrations; /* by the version they are from */
    uint32_t migration_count;
    uint32_t enumeration_count, record_type_count, field_count, parameter_count, department_count,
        post_count, document_count, action_count, region_count, stage_count, transition_count,
        limit_count, power_count, rule_count, citation_count, calendar_use_count, native_count;
    uint32_t enumeration_capacity, record_type_capacity, field_capacity, parameter_capacity,
        department_capacity, post_capacity, document_capacity, action_capacity, region_capacity,
        stage_capacity, transition_capacity, limit_capacity, power_capacity, rule_capacity,
        citation_capacity, calendar_use_capacity, native_capacity;
} gjc_model;

void gjc_model_init(gjc_model *model, gjb_arena *arena);

/* Each adds one zeroed item at the end and gives it, borrowed until the next add of its kind; NULL
 * when memory ends. */
gjc_enumeration *gjc_model_add_enumeration(gjc_model *model);
gjc_record_type *gjc_model_add_record_type(gjc_model *model);
gjc_field *gjc_model_add_field(gjc_model *model);
gjc_parameter *gjc_model_add_parameter(gjc_model *model);
gjc_department *gjc_model_add_department(gjc_model *model);
gjc_post *gjc_model_add_post(gjc_model *model);
gjc_document *gjc_model_add_document(gjc_model *model);
gjc_action *gjc_model_add_action(gjc_model *model);
gjc_region *gjc_model_add_region(gjc_model *model);
gjc_stage *gjc_model_add_stage(gjc_model *model);
gjc_transition *gjc_model_add_transition(gjc_model *model);
gjc_limit *gjc_model_add_limit(gjc_model *model);
gjc_power *gjc_model_add_power(gjc_model *model);
gjc_rule *gjc_model_add_rule(gjc_model *model);
gjc_citation *gjc_model_add_citation(gjc_model *model);
gjc_calendar_use *gjc_model_add_calendar_use(gjc_model *model);
gjc_native *gjc_model_add_native(gjc_model *model);

/* By the index that expressions name: fields, then parameters. */
static inline const gjc_field *gjc_model_get_field(const gjc_model *model, uint32_t index)
{
    return index < model->field_count ? &model->fields[index]
                                      : &model->parameters[index - model->field_count];
}

/* Whether both are worked out alike. */
bool gjc_expr_is_same(const gjc_expr *a, const gjc_expr *b);
/* Whether it is how many there are of something: whole, and never below 0. */
bool gjc_expr_is_count(const gjc_expr *expr);

/* Whether it says how long it is at most. */
static inline bool gjc_limit_has_length(const gjc_limit *limit)
{
    return limit->budget > 0 || limit->within_count > 0;
}

/* Things that begin with a gjc_label, wherever they stand. */
typedef struct gjc_labels {
    const void *items;
    uint32_t count;
    size_t item_size;
} gjc_labels;
#define GJC_LABELS(items, count) ((gjc_labels){(items), (count), sizeof *(items)})

const gjc_label *gjc_labels_get(gjc_labels labels, uint32_t index);
/* The first of that name, or GJC_NO_INDEX. */
uint32_t gjc_labels_find(gjc_labels labels, gj_text name);
/* Whether `inner` is `outer` or runs inside it. */
bool gjc_model_is_within(const gjc_model *model, uint32_t inner, uint32_t outer);
/* As an event may call it: by name, title or alias. */
bool gjc_label_answers(const gjc_label *label, gj_text called);

#endif
