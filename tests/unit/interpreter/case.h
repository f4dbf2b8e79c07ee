/* SPDX-License-Identifier: Apache-2.0
 *
 * One case judged by the plain reading of docs/LANGUAGE.md, section 4: what is found comes out as
 * records that are printed in one form with the judge's. */
#ifndef PLAIN_CASE_H
#define PLAIN_CASE_H

#include "unit/interpreter/expression.h"
#include "unit/interpreter/standing.h"
#include "unit/interpreter/turns.h"

enum {
    CREW_MAX = 64,
    FOUND_MAX = 16384,
    SPANS_MAX = 512,
    WAY_MAX = 24,
    KEYS_MAX = 3, /* clocks of a limit with keys */
    CLOCKS_MAX = (1 + KEYS_MAX) * LIMITS_MAX
};

/* Who acted, or whose duty it is. */
enum { TOLD_ACTS_MAX = 256 };

typedef struct plain_who_acted {
    int post;           /* NO: a stranger, or nobody */
    gj_text called;     /* the post as told */
    gj_text department; /* as told, under its own name where it is known */
    gj_text officer, office;
} plain_who_acted;

typedef struct plain_holders {
    int posts[POSTS_MAX], count;
} plain_holders;

/* What a rule may lack: a field, then what is none. */
enum { LACKS_OFFICER = MISSES_OFFICER, LACKS_RESULT, LACKS_TOO_MANY, LACKS_MAX };

/* An act that was something to a rule which relates acts. */
typedef enum plain_role { ROLE_FIRST, ROLE_SECOND, ROLE_BARRED, ROLE_ONE_OF } plain_role;
typedef struct plain_done {
    plain_role role;
    int action;
    int64_t at;
    value key;             /* that it told; or unknown */
    value kept[KEPT_MAX];  /* as they stood then */
    const gj_event *event; /* NULL: by law */
    gj_text officer;
    plain_who_acted who;   /* the post and the officer */
    int number, partner;   /* of all; of what is barred, of the act by which it is */
    int found;             /* that it was not followed; or NO */
    bool gone;             /* it counts no more: it was followed, or its branch began anew */
    bool unsure;           /* it may have been followed; or whether it precedes is not known, */
    bool lacks[LACKS_MAX]; /* for want of these */
} plain_done;
enum { TRACE_MAX = 128 };
/* Of an act of which it is not known whether it had to be followed, or whether it was, what was
 * missing for that; what follows it in time makes up for it. */
typedef struct plain_doubt {
    const plain_rule *rule; /* NULL: it has been followed */
    int of;                 /* the act that may have been followed, by its number; or NO */
    int64_t due;
    bool lacks[LACKS_MAX];
} plain_doubt;
enum { DOUBTS_MAX = 512 };
typedef struct plain_trace {
    plain_done acts[TRACE_MAX];
    int count;
} plain_trace;

/* Where a limit runs, or has run. */
typedef struct span {
    int limit;
    value key;                /* by which it is kept; unknown of a limit without */
    int64_t since, told_end;  /* INT64_MAX: none told */
    int64_t by;               /* when it is due by a date; INT64_MAX: none told */
    int64_t first[RUNGS_MAX]; /* when it first came to each as it then was due; 0: it has not */
    int64_t fired[RUNGS_MAX]; /* when last, likewise */
    bool reached[RUNGS_MAX];  /* it has, and the rung does not lie ahead again */
    plain_trigger_kind trigger;
    const gj_event *start;
    bool start_not_recorded;
    int budget;           /* so many units; 0: it has no length */
    const gjc_node *line; /* that gives it, where it hangs on the case; or NULL */
    int64_t measured;     /* since when */
    plain_turns turns;
    bool asked;              /* it ran out, and the law was asked what follows */
    int64_t asked_at;        /* when */
    int64_t noted;           /* up to when is known what it has come to */
    int rung[2], held_in[2]; /* of due-soon and of late: the highest come to, and where that was */
} span;

/* A finding. What does not apply is absent or 0. */
typedef struct plain_found {
    gj_code code;
    gj_severity severity;
    gj_finding_status status;
    gj_text subject;
    int field;              /* missing-data: which; NO: of none */
    int region;             /* whose */
    int stage, stage_after; /* where it stood then, and after the event */
    bool underway;          /* noted while it moved: it stood where it stood after the event */
    const gj_event *event;  /* NULL: time alone */
    plain_who_acted who;
    int way[WAY_MAX], way_count; /* clauses left out */
    int times, times_allowed;
    bool missing[DOCUMENTS_MAX];
    gj_text quoted, sets;
    const gjc_node *condition; /* whose words decided; or NULL */
    const plain_rule *broken;  /* or NULL */
    /* of a limit */
    span span;
    int rung; /* by which of the limit's it stands */
    int64_t rung_at;
    int64_t until;
    /* of a rule that relates acts */
    const plain_rule *rule; /* of what was not done */
    bool has_first;
    int64_t first_at; /* when the act was done from which it looked */
    value key;
    base_type key_type;
    bool by_time;               /* nothing but time found it */
    bool told_by_law;           /* found before, and told once more by what the law does */
    bool told_again;            /* likewise by the event at hand */
    bool by_law;                /* what the law did, or was asked, when this limit ran out: */
    bool ran_out;               /* it is that limit's own, which is counted to its last day */
    gj_void_reason voided;      /* of a stop or an extension, */
    int64_t voided_opened;      /* which began then */
    const plain_effect *effect; /* or NULL: nothing followed */
    int64_t as_of;
    int held_in;           /* where its holder answers */
    plain_holders holders; /* who answers */
    int acted;             /* the post of the act that ended it; or NO */
} plain_found;

/* Acts that the judge says were left out: of ways that are equally short any may be named. */
typedef struct plain_hint {
    const gj_finding *findings;
    size_t count;
} plain_hint;

/* What made another hold the case: the region came to a stage, or an act was done. */
typedef struct plain_passing {
    int64_t at;
    int region; /* of an act in which it was done; NO: in none, so in all */
    bool is_act;
    plain_who_acted who;      /* of an act */
    int8_t seen[REGIONS_MAX]; /* where each region stands from then on */
} plain_passing;

/* An act as it was told. */
typedef struct plain_told_act {
    int64_t at;
    int action;
    plain_who_acted who;
} plain_told_act;

/* A limit that has ended, and when. */
typedef struct plain_past {
    span span;
    int64_t until, due;
} plain_past;

typedef struct plain_case {
    const plain *p;
    gjb_arena *arena;
    plain_hint hint;
    int found_count;
    /* the state */
    standing standing;
    int8_t seen[REGIONS_MAX];  /* where each region stands, or stood last, while an act passes from
                                  stage to stage */
    bool through[REGIONS_MAX]; /* a branch that has finished or ended */
    int moment, entered[STAGES_MAX];
    int times[ACTIONS_MAX], last_day[ACTIONS_MAX];
    int officers[ACTIONS_MAX]; /* how many did it; NO: one was not told, or they were too many */
    bool untold[ACTIONS_MAX];  /* one was not */
    gj_text crews[ACTIONS_MAX][CREW_MAX]; /* those */
    int region_times[REGIONS_MAX][ACTIONS_MAX], region_done[REGIONS_MAX][ACTIONS_MAX];
    value fields[FIELDS_MAX];
    gj_text quoted[FIELDS_MAX];
    int done_count;                   /* in all traces, ever */
    bool lacks[RULES_MAX][LACKS_MAX]; /* of each rule what was missing where it could not be told */
    int doubt_count;
    value told[FIELDS_MAX]; /* by the event at hand, whatever its act sets */
    bool documents[DOCUMENTS_MAX];
    span running[CLOCKS_MAX]; /* of a limit without keys under its number */
    bool runs[CLOCKS_MAX];
    int64_t clock, closed_at; /* closed_at: INT64_MAX while open */
    bool opened;
    bool overflows; /* it has more stops or extensions than are kept: nothing can be said of it */
    bool deemed[REGIONS_MAX + 1][ACTIONS_MAX]; /* and not acknowledged; last, of those that no
                                                  region around has */
    int law_acts;                              /* since the last event */
    bool law_acts_now;                         /* time passes on when it has */
    bool law_waits;                            /* for the act at hand */
    /* of the event at hand */
    const gj_event *event;
    int64_t at, as_of; /* limits take it as of then */
    int action;
    int first_found;
    int step_first;                     /* of all that was found since the event came */
    plain_told_act acts[TOLD_ACTS_MAX]; /* for hands.c */
    int act_count;
    struct plain_dues *dues; /* for limits.c */
    /* for holdings.c, in the arena */
    plain_passing *passings;
    plain_past *past;
    int passing_count, passing_room, past_count, past_room;
    /* last: they are large, and nothing of them but the traces' counts is read before it is written
     */
    plain_found found[FOUND_MAX];
    plain_doubt doubts[DOUBTS_MAX];
    plain_trace traces[RULES_MAX];
} plain_case;

void plain_case_open(plain_case *c, const plain *p, gjb_arena *arena, plain_hint hint);
void plain_case_event(plain_case *c, const gj_event *event, int64_t at);
/* Time goes on to the end, and what is still overdue is counted up to it. */
void plain_case_close(plain_case *c, int64_t until);

/* ---- between the parts ---- */

/* Where the region stands, or where it does not run, the one around it that does. */
int plain_stage_at(const plain_case *c, int region);
plain_found *plain_found_add(plain_case *c, gj_code code, gj_severity severity, int region,
                             gj_text subject);
facts plain_facts(plain_case *c, int region);
/* A condition of a clause, or what it sets a field to. */
typedef struct reading {
    const gjc_node *exprs[2]; /* the second NULL where there is one */
    const gjc_node *words;    /* in which it stands */
    int clause_region;        /* in which it stands */
    int action;               /* whose parameters it may speak of; or NO */
    gj_text clause;           /* its name, where no field is to blame */
    gj_text sets;
    const plain_rule *rule; /* that asks; or NULL */
} reading;
/* It came out unknown: a finding for each field missed, once an event; where none is, one about the
 * clause. */
void plain_missing_note(plain_case *c, const reading *of, int region);
/* What it reads is told, and does not do: the clause itself is noted. */
void plain_misfit_note(plain_case *c, const reading *of, int region);
/* About one field, of which no condition speaks. */
void plain_missing_field(plain_case *c, int field, int region);
/* It was missing for that rule. */
void plain_lack(plain_case *c, const plain_rule *rule, int what);

bool plain_is_noted(const plain_case *c, int field, gj_text subject);

/* limits.c */
void plain_limits_open(plain_case *c);
int64_t plain_limit_due(const plain_case *c, const span *s, int *due_day);
plain_counting plain_limit_counting(const plain_case *c, const span *s);
/* The last day before it rolls; of a limit in time the day it ends on. */
int plain_limit_raw_day(const plain_case *c, const span *s);
/* The last day of a minimum before it rolled, and within which days it lies. */
typedef struct minimum_days {
    int raw, earliest, latest;
    bool open; /* the two may differ */
} minimum_days;
/* From when on it may end. */
int64_t plain_limit_least(const plain_case *c, const span *s, minimum_days *found);
/* Within which days the last lies. */
void plain_limit_range(const plain_case *c, const span *s, int *earliest, int *latest);
/* From when on it is late for sure, and the last day then. */
int64_t plain_limit_late(const plain_case *c, const span *s, int *due_day);
int64_t plain_limit_back(const plain_case *c, const span *s, int64_t end, int64_t *edge);
/* When that rung of its ladder is reached. */
int64_t plain_limit_rung(const plain_case *c, const span *s, int rung);
bool plain_limit_running(void *c, int limit, int *due_day);
/* The rung by which one of a limit's two findings stands at an instant, or NO. */
int plain_limit_rung_reached(const plain_case *c, const span *s, bool late, int64_t at);
bool plain_limit_is_late(const plain_case *c, int limit, int64_t at);
/* It was late when that was noted last: the law may act where time has been already. */
bool plain_limit_was_late(const plain_case *c, int limit);
/* One ends at an instant, by the event or by a date told before. */
void plain_limit_end_by(plain_case *c, int limit, int64_t at, const gj_event *event);
/* The law ends it where it runs out. */
void plain_limit_run_out(plain_case *c, int limit, int64_t at);
void plain_limits_pass(plain_case *c, const passage *way, bool recorded);
void plain_limits_end_open(plain_case *c);

/* terms.c: how long the clock's limit is now; again, where what is read of it is another */
void plain_terms_read(plain_case *c, int clock);
void plain_terms_hear_fields(plain_case *c, const int *fields, int count);
void plain_terms_hear_act(plain_case *c, int action);
bool plain_terms_hang(const plain_limit *of);
/* What decides it: the condition and the calculation of the line that holds, or NULL. */
void plain_terms_words(const span *s, const gjc_node *exprs[2]);

/* keys.c: the clock that the event at hand is about: the limit's only one, running or not, or the
 * running one of its key; or NO */
int plain_clock_find(const plain_case *c, int limit);
int plain_clock_open_count(const plain_case *c, int limit);
/* Whether the event tells a key, where one is asked for; where not, that is noted. */
bool plain_clock_check(plain_case *c, int limit, const plain_trigger *by);
/* One for the key that the event tells; NO, and noted, where there is none. */
int plain_clock_take(plain_case *c, int limit, const plain_trigger *by, value *key);
void plain_value_write(base_type type, value key, char *out, size_t size);
/* The act at hand is deemed done because it ran out, and tells its key. */
void plain_clock_tell(plain_case *c, const span *of);
void plain_key_write(const plain_case *c, const span *s, char *out, size_t size);

/* hearing.c; `region`: where an act was done; NO where no branch has it */
void plain_limits_hear(plain_case *c, plain_trigger what, int region, bool recorded);
void plain_limits_hear_fields(plain_case *c, const int *fields, int count);

/* turns.c: when a notice that is waited for comes too late; INT64_MAX: none is */
int64_t plain_turns_next(const plain_case *c, int clock);
void plain_turns_expire(plain_case *c, int clock, int64_t at);
/* A run of the limit begins with what goes on already, or ends. */
void plain_turns_begin(plain_case *c, int clock);
void plain_turns_end(plain_case *c, int clock, int64_t before, const gj_event *event);
void plain_turns_drop(plain_case *c, int clock);
/* What one thing may do to all limits, one after another. */
typedef enum plain_turn {
    TURN_STOP_TO,
    TURN_STOP_FROM,
    TURN_STOP_NOTICE,
    TURN_EXTENSION,
    TURN_EXTENSION_NOTICE,
    TURN_COUNT
} plain_turn;
void plain_turns_hear(plain_case *c, int limit, plain_turn turn, plain_trigger what);

/* hearing.c: of several conditions under which one thing stands there the first that holds; NO */
int plain_trigger_find(plain_case *c, int limit, const plain_trigger *among, int count,
                       plain_trigger what);
/* The clause's own condition; what is unknown is noted. */
value plain_clause_holds(plain_case *c, int limit, const gjc_node *clause, int trigger_count,
                         plain_trigger what);
/* How far time has come: where the law acts, to that instant. */
static inline int64_t plain_now(const plain_case *c)
{
    return c->law_acts_now ? c->at : c->clock;
}
/* It came to the rung before due. */
void plain_rung_came(span *s, int rung, int64_t at);
/* What has been come to by now stays. */
void plain_rungs_keep(plain_case *c, int clock, int64_t at);

/* law.c: what ends on a date told before, and what the law does where limits run out */
void plain_limits_pass_time(plain_case *c, int64_t now);
int64_t plain_limit_runs_out(const plain_case *c, int limit);

/* holder.c: whether a limit's findings have come to something worse, and where the case is then */
void plain_held_note(plain_case *c, int limit, int64_t now);
/* Where the region, or the one around it that runs, stands while an act passes from stage to stage.
 */
int plain_stage_seen(const plain_case *c, int region);
/* A stage says who holds it, else all who may do what is done there, or inside it. */
plain_holders plain_holders_of(const plain *p, int stage);
/* Who held it in the stage answers for the finding; NO: where the case is now. */
void plain_held_take(plain_case *c, plain_found *f, int stage);

/* holdings.c: that the region came to a stage, that the act at hand goes there, that a limit's
 * clock ended */
void plain_passing_stage(plain_case *c, int region);
void plain_passing_act(plain_case *c, int region);
void plain_past_add(plain_case *c, int clock, int64_t until);

/* data.c */
void plain_data_open(plain_case *c);
void plain_data_take(plain_case *c, bool opening);
void plain_data_set(plain_case *c, const plain_on *on, int region);
/* What the deemed act tells. */
void plain_data_deem(plain_case *c, const plain_limit *of, const plain_effect *e);

/* route.c: where an act goes, and what it means there */
typedef enum bearing { HERE, AHEAD, BEHIND, CLOSED, RECORDED, FREE } bearing;
typedef struct route {
    bearing bearing;
    int region; /* NO: none */
    int way[WAY_MAX], way_count;
    int way_region; /* where the act is expected after the way */
    bool returns;   /* over edges that lead back */
} route;
route plain_route(plain_case *c);
int plain_post_told(const plain_case *c);
plain_who_acted plain_who_told(const plain_case *c);
/* The post whose duty it is, and the officer where that post acted. */
plain_who_acted plain_who_owes(const plain *p, int duty, plain_who_acted acted);
/* The event names the branch, or one around it. */
bool plain_is_called(const plain_case *c, int region);

/* search.c: of AHEAD */
bool plain_search(plain_case *c, int region, route *out);

/* powers.c; `heard_in` as of limits */
void plain_grants_check(plain_case *c, const plain_on *on, int region, int heard_in);
void plain_nevers_check(plain_case *c, int region, int heard_in);

/* relations.c, pairs.c, counts.c; as of rules */
void plain_relations_check(plain_case *c, int region, int heard_in);
void plain_relations_hear(plain_case *c, int region, int heard_in);
void plain_relations_forget(plain_case *c, int branch);
/* Whether that was missing for the rule, and nothing has made up for it. */
bool plain_rule_lacks(const plain_case *c, const plain_rule *rule, int what);
/* The case is closed, or the region or one around it has finished or ended. */
bool plain_is_through(const plain_case *c, int region);
/* What has to follow: when it is missed next, and that it is; that the region ended, or is through;
 * and at the end by how much. */
int64_t plain_follow_due(const plain_case *c, const plain_rule *rule, int64_t since);
int64_t plain_follow_next(const plain_case *c);
void plain_follow_reach(plain_case *c, int64_t at);
void plain_follow_end(plain_case *c, int region);
void plain_follow_close(plain_case *c, int region);
void plain_follow_count(plain_case *c);
/* What is counted for each key: its region has come to a final stage; whether one has too few. */
void plain_tally_end(plain_case *c, const plain_rule *rule);
bool plain_tally_is_short(const plain_case *c, const plain_rule *rule);

/* rules.c: whether no exception holds; where none can be told, that is noted, and it does not */
bool plain_rule_binds(plain_case *c, facts *f, const plain_rule *rule, int region);
/* Whether one holds, whatever is unknown of the rule itself; likewise noted. */
/* Whether it would, at an instant to come, if nothing happens before; and what is missing for that.
 */
bool plain_rule_would_bind(plain_case *c, const plain_rule *rule, int64_t at,
                           bool lacks[LACKS_MAX]);
bool plain_rule_is_excused(plain_case *c, facts *f, const plain_rule *rule, int region);
void plain_rules_check(plain_case *c, int region, int heard_in);
bool plain_rule_counts_each(const plain_rule *rule);
/* How often what it counts was done where it counts it; 0: it counts nothing. */
int plain_rule_times(const plain_case *c, const plain_rule *rule);
/* The region has come to that final stage. */
void plain_rules_end(plain_case *c, int region, int stage);

/* law.c: whether the act at hand only acknowledges what the law has done; from then on it does not
 */
bool plain_is_acknowledged(plain_case *c, const route *r);

/* acts.c */
void plain_act(plain_case *c);
/* The act at hand is done in the region, and limits hear of it. */
void plain_act_hear(plain_case *c, int region, int heard_in);

#endif
