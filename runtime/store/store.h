/* SPDX-License-Identifier: Apache-2.0
 *
 * A store: the file in which an engine keeps what it was told and what came of it, with the
 * questions that are asked of it (queries.def), each prepared when it is first asked. A connection
 * that writes brings a store of an older version to this one; a newer one is refused. */
#ifndef GJR_STORE_H
#define GJR_STORE_H

#include "store/database.h"

typedef enum gjr_query {
#define GJR_QUERY(NAME, sql) GJR_QUERY_##NAME,
#include "store/queries.def"
#undef GJR_QUERY
    GJR_QUERY_COUNT
} gjr_query;

enum { GJR_STORE_ERROR_SIZE = 200, GJR_STORE_NAME_SIZE = 120 };

/* What of the store is not as this library writes it: static words in both languages, in which %s
 * is the name, cut between characters. */
typedef struct gjr_damage {
    const char *en, *zh; /* NULL: nothing */
    char name[GJR_STORE_NAME_SIZE];
} gjr_damage;

typedef struct gjr_store {
    const gj_allocator *allocator;
    gjr_database *database;
    gjr_statement *statements[GJR_QUERY_COUNT];
    gj_status status;                 /* of the first that failed since the last begin */
    char error[GJR_STORE_ERROR_SIZE]; /* its cause in SQLite's words; empty: it was not SQLite */
    gjr_damage damage;                /* why it is GJ_IO, where it was not SQLite */
    int64_t migrated_from;            /* an older version that was brought to this one; 0: none */
    int64_t version;                  /* of the file, where it was refused; 0: it is none of ours */
} gjr_store;

/* GJ_IO: store->error says why. GJ_REFUSED: it is no store of ours, or of a newer version, or an
 * older one that is only read. The caller deinits also after a failure. */
gj_status gjr_store_init(gjr_store *store, const gj_allocator *allocator, const char *path,
                         bool writes);
void gjr_store_deinit(gjr_store *store);
/* Of the files that this library writes. */
int64_t gjr_store_version(void);

/* From here on what fails is kept: all that follows does nothing, and commit rolls back and answers
 * it. */
gj_status gjr_store_begin(gjr_store *store);
gj_status gjr_store_commit(gjr_store *store);
void gjr_store_rollback(gjr_store *store);
/* For whoever finds that something cannot go on. */
static inline void gjr_store_fail(gjr_store *store, gj_status status)
{
    store->status = store->status == GJ_OK ? status : store->status;
}

/* The record of that name cannot be as it is: GJ_IO. The first is kept. */
void gjr_store_fail_damaged(gjr_store *store, const char *en, const char *zh, gj_text name);
/* Where the store failed for a text that is no JSON, which SQLite does not name, it fails for the
 * record that has it, as above. */
void gjr_store_blame(gjr_store *store, const char *en, const char *zh);
/* Nothing has failed. */
void gjr_store_clear(gjr_store *store);

/* The question, nothing bound; NULL where something has failed. */
gjr_statement *gjr_store_ask(gjr_store *store, gjr_query query);
/* Whether there is a(nother) row. The statement may be NULL. Answered to the end or not, it is
 * reset by the next time it is asked, or by gjr_store_done. */
bool gjr_store_row(gjr_store *store, gjr_statement *statement);
/* It is no longer read: a read transaction that it held ends. */
void gjr_store_done(gjr_statement *statement);

#endif
