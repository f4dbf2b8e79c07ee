/* SPDX-License-Identifier: Apache-2.0
 *
 * The engine: live cases of any number of procedures, kept in a file. What it acknowledges is on
 * the disk; what it was told it keeps for ever; what stands of a case at any moment is what a
 * docket would find that was told the same and judged until the engine's clock.
 *
 *     status = gj_engine_open(&options, &engine);
 *     status = gj_engine_deploy(engine, &deployment);
 *     status = gj_engine_submit(engine, events, count, receipts, payload, on_revision);
 *     status = gj_engine_advance(engine, now, payload, on_revision);
 *     gj_engine_close(engine);
 *
 * Threads: every function may be called by any number of threads at once, but open and close. Those
 * that submit at the same time share a transaction. Handlers are called by the thread that called
 * in, never by another. One engine writes to a store; others, also in other processes, may open it
 * to read.
 *
 * Errors: GJ_IO where the store could not be read or written, GJ_NO_MEMORY, GJ_BAD_ARGUMENT;
 * gj_engine_error says more. A call that fails has changed nothing, and nobody else's fails because
 * it does: what shared its transaction is served by itself. */
#ifndef GUIJU_ENGINE_H
#define GUIJU_ENGINE_H

#include <guiju/guiju.h>
#include <guiju/seal.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gj_engine gj_engine;
typedef enum gj_log_level {
    GJ_LOG_INFO,    /* opened, closed, brought up to date, deployed, trusted */
    GJ_LOG_WARNING, /* refused; told again as something else; slow; made anew since damaged */
    GJ_LOG_ERROR,   /* the disk or the memory failed, or what the store holds is damaged */
} gj_log_level;
typedef struct gj_engine_options {
    size_t size; /* sizeof(gj_engine_options) */
    /* NULL: the C library's. It must serve several threads at once. */
    const gj_allocator *allocator;
    const char *path; /* of the store, made where there is none; copied */
    bool reads_only;  /* nothing is made, changed or locked */
    /* Those that its procedures name must be granted; must outlive the engine. NULL: none are. */
    const gj_natives *natives;
    void *payload;
    /* What time it is: the engine's clock comes to it with each submit. NULL: the clock moves by
     * gj_engine_advance alone. May be called by any thread that calls in. */
    gj_instant (*clock)(void *payload);
    /* The clock goes with what is submitted, as where a log is told: before an event is judged it
     * comes to when that was recorded, or happened; unless that lies ahead of what `clock` says,
     * which then keeps. */
    bool follows_events;
    /* What is worth writing down, one sentence in English and in Chinese, borrowed until it
     * returns. By whichever thread calls in, several at once; it must not call the engine. NULL:
     * nobody is told. Where `size` ends before it, as in programs that are older, there is none. */
    void (*log)(void *payload, gj_log_level level, const char *en, const char *zh);
} gj_engine_options;

/* GJ_IO: there is no such file, or it cannot be opened, made or locked. GJ_REFUSED: it is no store,
 * or of a newer version of this library, or holds a rule set that is not what its keys signed. On
 * failure *engine may still be there, for gj_engine_error, and is freed with gj_engine_close. */
GJ_API gj_status gj_engine_open(const gj_engine_options *options, gj_engine **engine);
/* Waits for nothing: no other call may be underway. */
GJ_API void gj_engine_close(gj_engine *engine);
/* What failed last, whoever called: one sentence in the user's language, with SQLite's own words
 * where it came from the store; copied, cut between characters and NUL-terminated. Empty: nothing
 * has failed. Where there was no memory for an engine, engine is NULL, and it says so. */
GJ_API void gj_engine_error(gj_engine *engine, gj_lang lang, char *text, size_t size);

/* ---- rule sets ---- */

typedef struct gj_deployment {
    size_t size;               /* sizeof(gj_deployment) */
    gj_bytes image;            /* or an envelope with one (gj_seal_make) */
    const gj_bytes *calendars; /* compiled: all that its procedures name */
    size_t calendar_count;
} gj_deployment;

/* All procedures of the image, at once or none: cases that open from now on are judged by them;
 * those that are open stay with the version they opened under, unless one says that it migrates
 * from that: then they are moved to it in the same transaction, or it is refused (GJ_REFUSED), and
 * the engine says what of which case has no place in it. A procedure that is in force just so
 * already is left alone. Where a calendar is another revision, of the same name and zone, the
 * procedure's cases go on by that, whichever version they keep: those of older versions by another
 * deployment of theirs, which is not in force. Each that the changed days touch is judged anew from
 * its journal, and how its findings are revised is written down with that cause, some cases a
 * transaction, before it returns; what is interrupted goes on when the store is next opened, and a
 * case that is told something meanwhile comes first. GJ_REFUSED: the image or a calendar does not
 * verify, or its version is not above the one in force; or the store trusts keys, and it is not
 * signed by one of them, or a calendar was not signed with it, or it is no newer than what was
 * signed under that name before. GJ_UNBOUND, GJ_OTHER_ZONE, GJ_UNGRANTED: as gj_judge_create. */
GJ_API gj_status gj_engine_deploy(gj_engine *engine, const gj_deployment *deployment);

typedef struct gj_rule_set {
    uint64_t number; /* of the deployment, rising */
    gj_text procedure, title;
    uint32_t version;
    gj_text unit;      /* identity of the procedure */
    gj_instant at;     /* the engine's clock when it was deployed; INT64_MIN: it had not moved */
    bool in_force;     /* for cases that open now */
    gj_text signed_by; /* the key's id; empty: it is not signed */
    const gj_judge *judge; /* by which its cases are judged; borrowed until the engine is closed */
} gj_rule_set;
/* All that were ever deployed, in order; borrowed until on_rule_set returns, which returns false to
 * stop. */
GJ_API gj_status gj_engine_rule_sets(gj_engine *engine, void *payload,
                                     bool (*on_rule_set)(void *payload, const gj_rule_set *rules));

/* From now on the store takes, and loads, no image but from an envelope that this key or another
 * trusted one signed. What was deployed before judges on the cases that it has, and no case opens
 * under it. It is written down, and never taken back. A key that is trusted already is no failure.
 * GJ_OVER_LIMIT: there are thirty-two. */
GJ_API gj_status gj_engine_trust(gj_engine *engine, const gj_public_key *key);
/* All that are trusted; returns false to stop. */
GJ_API gj_status gj_engine_keys(gj_engine *engine, void *payload,
                                bool (*on_key)(void *payload, const gj_public_key *key));

/* ---- events ---- */

typedef enum gj_receipt_kind {
    GJ_RECEIVED,
    GJ_RECEIVED_AGAIN, /* (source, id) was told before with the same content: nothing changed */
    GJ_CONFLICTING,    /* it was told before with another content: kept aside, and not judged */
    GJ_NOT_RECEIVED,   /* it cannot be kept: see the problem */
} gj_receipt_kind;

typedef struct gj_receipt {
    gj_receipt_kind kind;
    gj_problem_code problem; /* not received: why; received: what of it means nothing (yet) */
    const char *field;       /* of the problem; static, or NULL */
    gj_text text;            /* what stands there that means nothing, borrowed from the event */
    bool ahead;              /* it lies ahead of the clock and is judged when that gets there */
    uint32_t revision_count; /* findings that it changed */
} gj_receipt;

/* One change of a finding, once it is on the disk; borrowed until on_revision returns. */
typedef struct gj_news {
    gj_change change;
    gj_cause_kind cause;
    gj_text case_id, procedure;
    char finding_id[33];
    gj_code code;
    gj_severity severity;
    gj_finding_status status;
    gj_instant at; /* of the finding, as it then stood */
    gj_text json;  /* as gj_revision_print */
} gj_news;

/* Returns once all of them are on the disk, in one transaction, with what came of them: receipts[i]
 * is of events[i]. An event needs a case, an action and a time as for gj_docket_add, and an id,
 * for which its source and seq stand in where there is none. Which procedure is asked where only
 * one is in force need not be said. The events are copied. on_revision may be NULL; returns false
 * to be told no more. */
GJ_API gj_status gj_engine_submit(gj_engine *engine, const gj_event *events, size_t count,
                                  gj_receipt *receipts, void *payload,
                                  bool (*on_revision)(void *payload, const gj_news *news));
/* The clock comes to `now`: what falls due meanwhile is judged, also after long downtime. A `now`
 * that lies behind changes nothing. It costs what is due. GJ_BAD_ARGUMENT: it is outside of the
 * years 1 to 9999. */
GJ_API gj_status gj_engine_advance(gj_engine *engine, gj_instant now, void *payload,
                                   bool (*on_revision)(void *payload, const gj_news *news));
/* INT64_MIN: it has never moved. */
GJ_API gj_instant gj_engine_now(gj_engine *engine);

/* ---- questions ---- */

/* Each asks the store as it was committed last, and waits for nobody. */

/* The case judged from its history, in full, until the engine's clock. GJ_UNKNOWN: there is none.
 * The procedure may be absent where only one is known. Borrowed until on_case returns. */
GJ_API gj_status gj_engine_case(gj_engine *engine, gj_text procedure, gj_text case_id,
                                void *payload,
                                void (*on_case)(void *payload, const gj_judge *judge,
                                                const gj_case_result *result));

typedef enum gj_listing {
    GJ_LIST_FINDINGS,  /* that stand, of all cases or of one; as gj_finding_print */
    GJ_LIST_WITHDRAWN, /* findings that no longer hold */
    GJ_LIST_REVISIONS, /* of a case: how its findings changed; as gj_revision_print */
    GJ_LIST_EVENTS,    /* of a case, in the order in which they were told */
    GJ_LIST_CONFLICTS, /* events told again with another content, of all cases */
} gj_listing;
/* One JSON object an item. Of one case where its id is given. Returns false from on_item to stop.
 */
GJ_API gj_status gj_engine_list(gj_engine *engine, gj_listing listing, gj_text procedure,
                                gj_text case_id, void *payload,
                                bool (*on_item)(void *payload, gj_text json));
GJ_API uint64_t gj_engine_case_count(gj_engine *engine);

typedef struct gj_case_question {
    size_t size; /* sizeof(gj_case_question) */
    gj_text procedure, case_id;
    gj_instant until; /* as it stood then; GJ_NEVER: as it stands by the engine's clock */
    /* By these rules instead of its own; NULL: by its own. Where they say how cases of its version
     * go on in them (`migrates from`), as if they were deployed then, as it stands: GJ_REFUSED
     * where they could not be. Else as if it had opened under them. What natives have answered is
     * then asked anew. */
    const gj_judge *instead;
    void *payload;
    /* `rules`: those by which it was opened. `coverage`: what of the procedure the case came to.
     * All borrowed until it returns. */
    void (*on_case)(void *payload, const gj_rule_set *rules, const gj_coverage *coverage,
                    const gj_case_result *result);
} gj_case_question;
/* As gj_engine_case, with the rules by which it is judged and what of them it came to. GJ_UNKNOWN
 * also where it had not begun by then. */
GJ_API gj_status gj_engine_judge(gj_engine *engine, const gj_case_question *question);

/* A case at a glance. Texts are borrowed until on_case returns. */
typedef struct gj_case_row {
    gj_text procedure, procedure_title, case_id;
    uint32_t version;
    gj_text stage, stage_title; /* absent: nothing of it has been judged yet */
    bool final;
    uint64_t event_count;
    gj_instant first_at, last_at; /* of its events; INT64_MIN: none says when */
    uint64_t open_counts[3];      /* findings that are open, by severity */
    uint64_t finding_count;       /* that stand, closed ones too */
    const gj_judge *judge;        /* borrowed until the engine is closed */
} gj_case_row;
/* Of that procedure, by name or title, or of all where it is absent; in the order in which they
 * were first told. Returns false from on_case to stop. */
GJ_API gj_status gj_engine_cases(gj_engine *engine, gj_text procedure, void *payload,
                                 bool (*on_case)(void *payload, const gj_case_row *row));

/* A finding at a glance. Texts are borrowed until on_finding returns. */
typedef struct gj_finding_row {
    gj_text procedure, procedure_title, case_id, id;
    gj_code code;
    gj_severity severity;
    gj_finding_status status;
    gj_text branch, subject, subject_title, key;
    /* Who answers for it: who did the act, whose duty the limit was, or who held the case. */
    gj_text department, department_title, post, post_title, officer;
    gj_instant at;
    gj_text due;  /* "2024-03-08", or absent */
    gj_text over; /* "8", of over_unit, when it was found; or absent */
    gj_text over_unit;
    gj_text json; /* as gj_finding_print */
    const gj_judge *judge;
} gj_finding_row;

typedef struct gj_finding_filter {
    size_t size; /* sizeof(gj_finding_filter) */
    /* Each may be absent: any. Procedure, department and post by name or title; a case is of that
     * procedure, or of the only one; an id is of that case. */
    gj_text procedure, case_id, id, department, post, code;
    uint32_t statuses; /* 1 << GJ_OPEN and so on, together; 0: those that stand */
} gj_finding_filter;
/* The gravest first, then by when they were found. Returns false from on_finding to stop. */
GJ_API gj_status gj_engine_findings(gj_engine *engine, const gj_finding_filter *filter,
                                    void *payload,
                                    bool (*on_finding)(void *payload, const gj_finding_row *row));
/* What of a store is exported: bits, together. */
enum {
    GJ_EXPORT_RULES = 1,      /* every deployment, and whether it is in force */
    GJ_EXPORT_EVENTS = 2,     /* in the order in which they were told, as a feed reads them */
    GJ_EXPORT_CONFLICTS = 4,  /* events told again with another content */
    GJ_EXPORT_CASES = 8,      /* where each stands */
    GJ_EXPORT_FINDINGS = 16,  /* as gj_finding_print, withdrawn ones too */
    GJ_EXPORT_REVISIONS = 32, /* how findings changed, as gj_revision_print */
    GJ_EXPORT_ALL = 63,
};
/* Writes all of the store as JSON lines, for another system to load: as it was committed last, in
 * constant memory, and nobody waits. Each line is an object with one key, which says what it is:
 * first "store", with the clock, then "rules", "event", "conflict", "case", "finding", "revision".
 * 0: everything. Of one kind alone the lines are what that key holds, and events can be told to a
 * store again, where they come to the same findings; what was told without a source is to be read
 * without one (gj_feed_options.source ""). GJ_IO also where `out` gives up. */
GJ_API gj_status gj_engine_export(gj_engine *engine, uint32_t what, const gj_writer *out);

/* ---- audit ---- */

/* Every event that was accepted, every change of a finding, every deployment and every trusted key
 * has a record in a chain of hashes, made in the same transaction (docs/AUDIT.md). */
typedef struct gj_audit {
    size_t size;                         /* sizeof(gj_audit) */
    const gj_public_key *key;            /* asked: whose heads count; NULL: anybody's */
    uint64_t record_count;               /* that were found whole, from the first on */
    char head[65];                       /* the hash of the last of these, in hexadecimal digits */
    uint64_t broken;                     /* the first record that is not; 0: none, or a head's */
    uint64_t signed_count, signed_place; /* heads that were signed, and of which record the last */
    uint64_t foreign_count;              /* heads that were signed by other keys than that */
} gj_audit;

/* Computes the whole chain anew from what the store holds, and holds it to its hashes, to the rows
 * that are shown, and to the heads that were signed; docs/AUDIT.md tells what is seen by that and
 * what is not. GJ_REFUSED: gj_engine_error names what is broken first, and `record_count` and
 * `head` are of what lies before it. Nobody submits meanwhile. */
GJ_API gj_status gj_engine_audit(gj_engine *engine, gj_audit *found);
/* The same; then the head is signed and kept. Whoever keeps it elsewhere too can tell a chain that
 * was made anew. GJ_REFUSED also where there is no record yet. GJ_IO: it could not be signed. */
GJ_API gj_status gj_engine_audit_sign(gj_engine *engine, const gj_secret_key *key, gj_audit *found);
/* The last change of a finding, with its proof: gj_proof_check needs no store. GJ_UNKNOWN: there is
 * no such finding. GJ_REFUSED: no head was signed since, or what lies between was altered. */
GJ_API gj_status gj_engine_prove(gj_engine *engine, gj_text finding_id, const gj_writer *out);

/* ---- the gate ---- */

/* What is asked before it is done. Each is answered without effect on the store, also by an engine
 * that only reads. A check costs the history of that case; asked again before anything of the case
 * changes, an act that says no id costs one step on its state in memory, without the store (of the
 * latest some thousand cases; an engine that only reads, and cases that ask natives, keep none).
 * What is asked of acts and of cures costs the history once for each that is tried, so of acts as
 * many times as there are actions and posts.
 * Now is where the clock stands, or what the options' `clock` says where that is later;
 * GJ_BAD_ARGUMENT where neither says anything and the act says no time. */

/* What gj_engine_submit would answer of this event now, and each change of a finding that it would
 * make, in the words in which it would be found; what time alone brings is not told. The event may
 * be without an id, and without a time: it happens now. A case that is not there yet would be
 * opened. GJ_UNKNOWN: there is no such procedure. on_revision may be NULL; returns false to be told
 * no more. */
GJ_API gj_status gj_engine_check(gj_engine *engine, const gj_event *event, gj_receipt *receipt,
                                 void *payload,
                                 bool (*on_revision)(void *payload, const gj_revision *revision));

typedef enum gj_act_standing {
    GJ_ACT_OPEN,  /* in order as it is */
    GJ_ACT_NEEDS, /* in order with the documents and data that it asks for */
    GJ_ACT_DEVIATES,
} gj_act_standing;
/* An act that a post might do now; borrowed until on_act returns. */
typedef struct gj_act {
    gj_text action, action_title;
    gj_text department, department_title, post, post_title;
    gj_act_standing standing;
    uint32_t codes;       /* 1 << code of each finding that it would add, together */
    const gj_text *needs; /* titles of the documents and fields that are missing */
    size_t need_count;
} gj_act;
/* Each act of the procedure by each of its posts, or by that one, by name or title, as it would
 * come out if it were done now, by an officer who has done nothing in the case, with no document
 * and no data: in the order in which acts and posts are declared. Returns false from on_act to
 * stop. GJ_UNKNOWN: no such procedure or post; of a case that is not there: which acts could open
 * it. */
GJ_API gj_status gj_engine_acts(gj_engine *engine, gj_text procedure, gj_text case_id, gj_text post,
                                void *payload, bool (*on_act)(void *payload, const gj_act *act));

typedef enum gj_cure_kind {
    GJ_CURE_ACT,        /* that act, done now */
    GJ_CURE_TOLD_LATE,  /* that act, if it was done in time and only not told */
    GJ_CURE_CORRECTION, /* if who acted, or what was handed in, was told wrongly */
    GJ_CURE_RETRACTION, /* if it did not happen */
} gj_cure_kind;
typedef struct gj_cure {
    gj_cure_kind kind;
    gj_text action, action_title, post, post_title;
    gj_text event;    /* that is corrected or retracted */
    bool withdraws;   /* else the finding is closed by it, and stands */
    bool is_in_order; /* it would add no other finding */
} gj_cure;
/* What would close an open finding of the case, or withdraw it: each tried, and told where it does.
 * Where no GJ_CURE_ACT is told, nothing that can be done now cures it. GJ_UNKNOWN: there is no such
 * case, or no such finding that is open. */
GJ_API gj_status gj_engine_cures(gj_engine *engine, gj_text procedure, gj_text case_id,
                                 gj_text finding_id, void *payload,
                                 bool (*on_cure)(void *payload, const gj_cure *cure));

#ifdef __cplusplus
}
#endif
#endif
