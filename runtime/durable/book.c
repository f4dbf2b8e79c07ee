/* SPDX-License-Identifier: Apache-2.0
 *
 * See book.h. */
#include "durable/book.h"

#include "base/text.h"
#include "durable/audit.h"
#include "judge/finding.h"

#include <string.h>

void gjr_book_init(gjr_book *book, gjr_store *store, const gj_allocator *allocator)
{
    *book = (gjr_book){.store = store};
    gjb_buffer_init(&book->finding, allocator);
    gjb_buffer_init(&book->revision, allocator);
    gjb_buffer_init(&book->before, allocator);
}

void gjr_book_deinit(gjr_book *book)
{
    gjb_buffer_deinit(&book->finding);
    gjb_buffer_deinit(&book->revision);
    gjb_buffer_deinit(&book->before);
}

static bool buffer_write(void *payload, const char *bytes, size_t size)
{
    gjb_buffer_add(payload, bytes, size);
    return true;
}

/* ---- a finding's row ---- */

/* As the store has it. */
typedef struct entry {
    int64_t number; /* 0: not there */
    bool stands;
} entry;

/* The printed finding stands in book->finding, as it was before then in book->before; ordinal
 * GJ_NO_INDEX: none. */
static entry entry_read(gjr_book *book, gjr_statement *row, bool *is_same)
{
    entry found = {.number = 0};
    if (gjr_store_row(book->store, row)) {
        found.number = gjr_statement_int(row, 0);
        found.stands = gjr_statement_int(row, 3) != GJ_WITHDRAWN;
        *is_same = gjb_text_equal(gjr_statement_text(row, 2), gjb_buffer_text(&book->finding));
        gjb_buffer_reset(&book->before);
        gjb_buffer_add_text(&book->before, gjr_statement_text(row, 2));
    }
    gjr_store_done(row);
    return found;
}

static entry entry_by_ordinal(gjr_book *book, const gjr_case_file *file, uint32_t ordinal,
                              bool *is_same)
{
    gjr_statement *row = gjr_store_ask(book->store, GJR_QUERY_FINDING_BY_ORDINAL);
    if (row == NULL) {
        return (entry){0};
    }
    gjr_statement_bind_int(row, 1, file->number);
    gjr_statement_bind_int(row, 2, ordinal);
    return entry_read(book, row, is_same);
}

static entry entry_by_id(gjr_book *book, const gjr_case_file *file, const char *id, bool *is_same)
{
    gjr_statement *row = gjr_store_ask(book->store, GJR_QUERY_FINDING_BY_ID);
    if (row == NULL) {
        return (entry){0};
    }
    gjr_statement_bind_int(row, 1, file->number);
    gjr_statement_bind_text(row, 2, gjb_text_of(id));
    return entry_read(book, row, is_same);
}

static void ordinal_bind(gjr_statement *statement, int at, uint32_t ordinal)
{
    if (ordinal != GJR_NONE) {
        gjr_statement_bind_int(statement, at, ordinal);
    }
}

static int64_t entry_add(gjr_book *book, const gjr_case_file *file, const gj_finding *finding,
                         uint32_t ordinal)
{
    gjr_statement *add = gjr_store_ask(book->store, GJR_QUERY_FINDING_ADD);
    if (add == NULL) {
        return 0;
    }
    gjr_statement_bind_int(add, 1, file->number);
    gjr_statement_bind_text(add, 2, gjb_text_of(finding->id));
    ordinal_bind(add, 3, ordinal);
    gjr_statement_bind_text(add, 4, gjb_text_of(gj_code_name(finding->code)));
    gjr_statement_bind_int(add, 5, finding->severity);
    gjr_statement_bind_int(add, 6, finding->status);
    gjr_statement_bind_int(add, 7, finding->at);
    gjr_statement_bind_text(add, 8, gjb_buffer_text(&book->finding));
    gjr_store_row(book->store, add);
    gjr_store_done(add);
    return gjr_database_last_row(book->store->database);
}

static void entry_set(gjr_book *book, int64_t number, const gj_finding *finding, uint32_t ordinal)
{
    gjr_statement *set = gjr_store_ask(book->store, GJR_QUERY_FINDING_SET);
    if (set == NULL) {
        return;
    }
    gjr_statement_bind_int(set, 1, number);
    ordinal_bind(set, 2, ordinal);
    gjr_statement_bind_int(set, 3, finding->severity);
    gjr_statement_bind_int(set, 4, finding->status);
    gjr_statement_bind_int(set, 5, finding->at);
    gjr_statement_bind_text(set, 6, gjb_buffer_text(&book->finding));
    gjr_store_row(book->store, set);
    gjr_store_done(set);
}

/* ---- its change ---- */

static void news_add(gjr_book *book, const gjr_case_file *file, const gj_revision *revision)
{
    gj_text json = gjb_buffer_text(&book->revision);
    gj_news news = {.change = revision->change,
                    .cause = revision->cause,
                    .case_id = {NULL, file->id.size},
                    .procedure = {NULL, file->rules->procedure.size},
                    .code = revision->finding->code,
                    .severity = revision->finding->severity,
                    .status = revision->finding->status,
                    .at = revision->finding->at,
                    .json = {NULL, json.size}};
    memcpy(news.finding_id, revision->finding->id, sizeof news.finding_id);
    gjb_buffer *out = &book->request->news;
    gjb_buffer_add(out, &news, sizeof news);
    gjb_buffer_add_text(out, file->id);
    gjb_buffer_add_text(out, file->rules->procedure);
    gjb_buffer_add_text(out, json);
    if (out->failed) {
        gjr_store_fail(book->store, GJ_NO_MEMORY);
    }
}

/* As gj_revision_print has it, where what was there before is a line of the store. */
static gj_status revision_print(gjr_book *book, const gj_revision *revision, gj_text before)
{
    gj_writer to_buffer = {&book->revision, buffer_write};
    gjb_buffer_reset(&book->revision);
    gj_status status = gj_revision_print(revision, GJ_EN, &to_buffer);
    if (status == GJ_OK && before.size > 0 && !book->revision.failed) {
        book->revision.size--;
        gjb_buffer_add_string(&book->revision, ",\"before\":");
        gjb_buffer_add_text(&book->revision, before);
        gjb_buffer_add_byte(&book->revision, '}');
    }
    return book->revision.failed || book->before.failed ? GJ_NO_MEMORY : status;
}

static void revision_write(gjr_book *book, const gjr_case_file *file, int64_t number,
                           const gj_revision *revision, gj_text before)
{
    if (revision_print(book, revision, before) != GJ_OK) {
        gjr_store_fail(book->store, GJ_NO_MEMORY);
        return;
    }
    gjr_statement *add = gjr_store_ask(book->store, GJR_QUERY_REVISION_ADD);
    if (add == NULL) {
        return;
    }
    gjr_statement_bind_int(add, 1, number);
    gjr_statement_bind_int(add, 2, revision->now);
    gjr_statement_bind_text(add, 3, gjb_buffer_text(&book->revision));
    gjr_store_row(book->store, add);
    gjr_store_done(add);
    gjr_audit_add(
        book->store, book->chain, GJR_RECORD_FINDING, gjr_database_last_row(book->store->database),
        &(gjr_record){file->rules->procedure, file->id, gjb_buffer_text(&book->revision)});
    book->change_count++;
    if (book->request != NULL && book->request->wants_news) {
        news_add(book, file, revision);
    }
}

static bool finding_print(gjr_book *book, const gj_finding *finding)
{
    gjb_buffer_reset(&book->finding);
    gjr_finding_print(finding, GJ_EN, &book->finding);
    if (book->finding.failed) {
        gjr_store_fail(book->store, GJ_NO_MEMORY);
    }
    return !book->finding.failed;
}

/* A finding whose identity the case had before, withdrawn, stands again in its old place. */
static int64_t entry_put(gjr_book *book, const gjr_case_file *file, const gj_finding *finding,
                         entry found, uint32_t ordinal)
{
    bool is_same;
    if (found.number == 0) {
        found = entry_by_id(book, file, finding->id, &is_same);
    }
    if (found.number == 0) {
        return entry_add(book, file, finding, ordinal);
    }
    entry_set(book, found.number, finding, ordinal);
    return found.number;
}

void gjr_book_note(gjr_book *book, const gjr_case_file *file, const gj_finding *finding,
                   uint32_t ordinal, bool is_new, const gjr_book_cause *cause)
{
    bool is_same = false, stands = finding->status != GJ_WITHDRAWN;
    if (!finding_print(book, finding)) {
        return;
    }
    entry found = is_new ? (entry){0} : entry_by_ordinal(book, file, ordinal, &is_same);
    bool was = found.number != 0 && found.stands;
    if (is_same || (!was && !stands)) {
        return;
    }
    gj_revision revision = {.change = !was      ? GJ_FINDING_ADDED
                                      : !stands ? GJ_FINDING_WITHDRAWN
                                                : GJ_FINDING_CHANGED,
                            .finding = finding,
                            .cause = cause->kind,
                            .cause_source = cause->source,
                            .cause_id = cause->id,
                            .now = book->now};
    bool changed = revision.change == GJ_FINDING_CHANGED;
    gj_text before = changed ? gjb_buffer_text(&book->before) : (gj_text){NULL, 0};
    int64_t number = entry_put(book, file, finding, found, ordinal);
    revision_write(book, file, number, &revision, before);
}

void gjr_book_revise(gjr_book *book, const gjr_case_file *file, const gj_revision *revision)
{
    if (finding_print(book, revision->finding)) {
        int64_t number = entry_put(book, file, revision->finding, (entry){0}, GJR_NONE);
        revision_write(book, file, number, revision, (gj_text){NULL, 0});
    }
}

void gjr_book_unnumber(gjr_book *book, const gjr_case_file *file)
{
    gjr_statement *unnumber = gjr_store_ask(book->store, GJR_QUERY_FINDINGS_UNNUMBER);
    if (unnumber != NULL) {
        gjr_statement_bind_int(unnumber, 1, file->number);
        gjr_store_row(book->store, unnumber);
        gjr_store_done(unnumber);
    }
}

void gjr_book_number(gjr_book *book, const gjr_case_file *file, const char *id, uint32_t ordinal)
{
    gjr_statement *number = gjr_store_ask(book->store, GJR_QUERY_FINDING_NUMBER);
    if (number != NULL) {
        gjr_statement_bind_int(number, 1, file->number);
        gjr_statement_bind_text(number, 2, gjb_text_of(id));
        gjr_statement_bind_int(number, 3, ordinal);
        gjr_store_row(book->store, number);
        gjr_store_done(number);
    }
}
