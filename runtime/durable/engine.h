/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the engine, for its parts: engine.c opens and closes it, rule_sets.c keeps what is
 * deployed and deploying.c deploys, desk.c has what was told judged and written down, counter.c is
 * where callers queue and share transactions, questions.c answers. */
#ifndef GJR_DURABLE_ENGINE_H
#define GJR_DURABLE_ENGINE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "durable/failure.h"
#include "judge/migrate.h"
#include "seal/chain.h"
#include "store/store.h"

#include <guiju/engine.h>
#include <pthread.h>

enum { GJR_READERS_MAX = 64, GJR_KEYS_MAX = 32 };

/* A procedure as it was deployed once. Never changed, and never gone while the engine is open. */
typedef struct gjr_rule_set {
    int64_t number;
    gj_text procedure, title; /* the image's */
    uint32_t version;
    const char *unit; /* likewise */
    gj_instant at;
    gj_instant moves_at;            /* the same, where cases migrate to it: the audit covers it */
    char signed_by[GJ_KEY_ID_SIZE]; /* "": it is not signed */
    bool is_stored; /* an older version again, with calendars that came with a newer one */
    gj_image *image;
    gj_calendar **calendars;
    size_t calendar_count;
    gj_judge *judge;
    gjr_sitting sitting;              /* of whoever has the store */
    struct gjr_rule_set *replaced_by; /* of the same procedure, or NULL: in force */
    gjr_succession
        *from; /* of each migration of its image, from a version that there is; or NULL */
    struct gjr_rule_set *moved_to;    /* to which its cases migrate, or NULL, and: */
    const gjr_succession *succession; /* how */
    struct gjr_rule_set *recounted; /* of the same unit with other calendars, the latest; or NULL */
    struct gjr_rule_set *next;
} gjr_rule_set;

/* Somebody who waits for a transaction. */
typedef struct gjr_request {
    const gj_event *events;
    gj_receipt *receipts;
    size_t count;
    gj_instant advance_to; /* the clock comes that far, or nearer to it; INT64_MIN: it stays */
    gj_instant follow_to;  /* it goes with the events up to here; INT64_MIN: it does not */
    bool recounts;         /* cases that are counted by older calendars, some of them */
    bool wants_news;
    gjb_buffer news; /* of it, one behind another */
    gj_status status;
    bool done;
    pthread_cond_t turn; /* it is done, or stands first where nobody is served */
    struct gjr_request *next;
} gjr_request;

struct gj_engine {
    const gj_allocator *allocator;
    gj_engine_options options; /* its path is this: */
    char *path;
    int lock; /* a file's, or -1 */
    bool is_open;
    gjr_store store;
    gj_instant now;
    int64_t cases_last;   /* the highest number of a case */
    gjr_chain chain;      /* of the audit, where it stands */
    pthread_mutex_t gate; /* of all below, and of rule sets and the clock for those who only read */
    pthread_cond_t turn;  /* nobody is served: for those who want the store alone */
    bool is_leading;      /* somebody has a transaction */
    bool is_recounting;   /* cases may be left that are counted by older calendars */
    gjr_request *first, *last;
    gjr_rule_set *rules, *rules_last;
    gj_public_key keys[GJR_KEYS_MAX]; /* that the store trusts */
    size_t key_count;
    int64_t trusted_after;               /* the deployment before the first of them */
    gjr_store *readers[GJR_READERS_MAX]; /* idle */
    size_t reader_count;
    struct gjr_hot *hot; /* cases (hot.h); NULL where somebody else may write */
    gjr_failure failure; /* the last */
};

/* ---- engine.c ---- */

/* Notes what failed last; the details as gjr_failure_set. */
void gjr_engine_fail(gj_engine *engine, gjr_failure_kind kind, const char *en, const char *zh);
/* A call that cannot be meant: GJ_BAD_ARGUMENT. The engine may be NULL. */
gj_status gjr_engine_misused(gj_engine *engine);
/* The same with an identifier of somebody else's, of any length, in it. */
void gjr_engine_fail_name(gj_engine *engine, gjr_failure_kind kind, gj_text name);
/* What of the store failed, with its own words; returns the status. */
gj_status gjr_engine_fail_store(gj_engine *engine, const gjr_store *store, gj_status status);
/* Opens a connection; what fails is noted. The caller deinits also after a failure. */
gj_status gjr_engine_store_open(gj_engine *engine, gjr_store *store, bool reads_only);
/* The clock as others may see it. */
gj_instant gjr_engine_now(gj_engine *engine);
/* What the options' `clock` says, no further than the clock can come; INT64_MIN: there is none. */
gj_instant gjr_engine_told_now(const gj_engine *engine);
/* How far the clock goes with what is submitted; INT64_MIN: it does not. */
gj_instant gjr_engine_follow_to(const gj_engine *engine);
/* Whether the clock can come to that time. */
bool gjr_engine_is_time(gj_instant now);

/* ---- rule_sets.c ---- */

gj_status gjr_rule_sets_load(gj_engine *engine);
/* Of an engine that only reads: what another has deployed meanwhile, and the keys that it trusts.
 */
gj_status gjr_rule_sets_refresh(gj_engine *engine, gjr_store *reader);
void gjr_rule_sets_destroy(gj_engine *engine);
gjr_rule_set *gjr_rule_set_get(gj_engine *engine, int64_t number);
/* In force, of a procedure by name or title; absent: the only one. NULL where there is none. */
gjr_rule_set *gjr_rule_set_find(gj_engine *engine, gj_text procedure);
/* Itself, or the latest deployment of the same unit with other calendars: by that its cases go on.
 * Whichever version they keep, those came with the latest one that has calendars of these names. */
gjr_rule_set *gjr_rule_set_recounted(gj_engine *engine, gjr_rule_set *rules);
/* To what its cases migrate, or NULL. Once that is there it never changes, and neither does
 * `succession`. */
gjr_rule_set *gjr_rule_set_moved_to(gj_engine *engine, const gjr_rule_set *rules);
/* By what the cases that opened under the one, and are judged by the other now, were judged at an
 * instant; where the one does not lead to the other, by that to which it leads. */
gjr_rule_set *gjr_rule_set_at(gj_engine *engine, gjr_rule_set *opened, gjr_rule_set *now,
                              gj_instant at);
/* Whether of its procedure it was deployed last, up to that deployment; or is of the same unit as
 * what was, with later calendars. */
bool gjr_rule_set_was_in_force(gj_engine *engine, const gjr_rule_set *rules, int64_t deployed);
/* Whether a procedure of that name or title was ever deployed. */
bool gjr_rule_set_is_known(gj_engine *engine, gj_text procedure);
/* As others are told of it. */
gj_rule_set gjr_rule_set_told(gj_engine *engine, const gjr_rule_set *rules);
/* Whether cases may open under it: it is signed, or the store trusts no key. */
bool gjr_rule_set_opens(gj_engine *engine, const gjr_rule_set *rules);

/* ---- desk.c ---- */

/* What the requests ask for, in a transaction; where that fails, each in its own. Their status is
 * set. */
void gjr_desk_serve(gj_engine *engine, gjr_request *requests);

/* ---- counter.c ---- */

/* Cases that calendars deployed since have changed are judged anew, a bounded number in each
 * transaction, until there is none. */
gj_status gjr_counter_recount(gj_engine *engine);

/* The caller alone has the store, and nobody is served meanwhile. */
void gjr_counter_enter(gj_engine *engine);
void gjr_counter_leave(gj_engine *engine);

/* ---- questions.c ---- */

/* A connection that only reads, for one question, and of which case that is. */
typedef struct gjr_asked {
    gj_engine *engine;
    gjr_store *reader;
    int64_t number, latest; /* of the case, and of its event told last */
    gj_text id;             /* of the case, as it was asked for */
    bool is_of_procedure;   /* that there is */
    gjr_rule_set *rules;    /* by which it is judged, */
    gjr_rule_set *opened;   /* and under which it opened */
    gjb_arena arena;
    gj_text answers; /* of natives, in the arena; or absent */
} gjr_asked;

/* False: *status says why. Deinit in either case. */
bool gjr_asked_init(gjr_asked *with, gj_engine *engine, gj_status *status);
void gjr_asked_deinit(gjr_asked *with);
/* Says why it failed; of GJ_UNKNOWN whether it is the procedure or the case that is not there. */
void gjr_asked_note(const gjr_asked *with, gj_status status);
/* GJ_UNKNOWN: there is none, or no such procedure. */
gj_status gjr_asked_find(gjr_asked *with, gj_text procedure, gj_text id);
/* As gj_engine_cases, by that connection; of all where there are no rules. What fails it keeps. */
void gjr_cases_list(gj_engine *engine, gjr_store *reader, const gjr_rule_set *rules, void *payload,
                    bool (*on_case)(void *payload, const gj_case_row *row));
/* What of the case is damaged; GJ_IO. */
gj_status gjr_asked_damaged(gjr_asked *with, const char *en, const char *zh);

#endif
