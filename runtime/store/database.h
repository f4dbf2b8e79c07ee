/* SPDX-License-Identifier: Apache-2.0
 *
 * A connection to an SQLite file, and its statements: the one file beside this that knows SQLite.
 * A transaction that committed is on the disk (WAL, synchronous=FULL). One thread at a time. */
#ifndef GJR_DATABASE_H
#define GJR_DATABASE_H

#include "base/alloc.h"

typedef struct gjr_database gjr_database;
typedef struct gjr_statement gjr_statement;

/* GJ_IO: it is no such file, cannot be opened or made; the handle, where there is one, says why. A
 * reader neither makes the file nor writes to it. The caller frees with gjr_database_close, also
 * after a failure. */
gj_status gjr_database_open(const gj_allocator *allocator, const char *path, bool writes,
                            gjr_database **database);
void gjr_database_close(gjr_database *database);
/* What failed last, in SQLite's words. Borrowed until the next call. */
const char *gjr_database_error(const gjr_database *database);

/* One statement or several, without parameters. GJ_IO, GJ_NO_MEMORY. */
gj_status gjr_database_run(gjr_database *database, const char *sql);
/* Rows that the last statement that writes has changed; the number of the row added last. */
int64_t gjr_database_changes(const gjr_database *database);
int64_t gjr_database_last_row(const gjr_database *database);

/* Whether a transaction is open. */
bool gjr_database_is_open(const gjr_database *database);
/* What the last failure means to us. */
gj_status gjr_database_status(const gjr_database *database);

/* NULL: it could not be prepared; gjr_database_status says why. */
gjr_statement *gjr_statement_create(gjr_database *database, const char *sql);
void gjr_statement_destroy(gjr_statement *statement);
/* Before its first row again. */
void gjr_statement_reset(gjr_statement *statement);
/* The same, and nothing bound. */
void gjr_statement_clear(gjr_statement *statement);
/* Parameters are numbered from 1; what is bound is borrowed until the statement is reset. An absent
 * text is NULL. */
void gjr_statement_bind_int(gjr_statement *statement, int at, int64_t number);
void gjr_statement_bind_text(gjr_statement *statement, int at, gj_text text);
void gjr_statement_bind_bytes(gjr_statement *statement, int at, const void *bytes, size_t size);
/* GJ_OK: there is a row; GJ_DONE: no more; else GJ_IO or GJ_NO_MEMORY. */
gj_status gjr_statement_step(gjr_statement *statement);
/* Of the row; columns are numbered from 0; texts are borrowed until the next step. */
int64_t gjr_statement_int(gjr_statement *statement, int at);
gj_text gjr_statement_text(gjr_statement *statement, int at);
bool gjr_statement_is_null(gjr_statement *statement, int at);

#endif
