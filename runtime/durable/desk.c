/* SPDX-License-Identifier: Apache-2.0
 *
 * See desk.h: what was asked for is done, in its order, in one transaction. */
#include "durable/desk.h"

#include "base/text.h"
#include "durable/admission.h"
#include "durable/audit.h"
#include "durable/hot.h"
#include "durable/log.h"
#include "durable/moving.h"
#include "durable/telling.h"
#include "engine/inspection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FILES_FIRST = 16, DUE_AT_ONCE = 1000 };

/* ---- files ---- */

static bool files_grow(gjr_desk *desk)
{
    if (desk->count < desk->capacity) {
        return true;
    }
    size_t more = desk->capacity == 0 ? FILES_FIRST : desk->capacity * 2;
    gjr_case_file **files = gjb_alloc_resize(desk->engine->allocator, desk->files, desk->capacity,
                                             more, sizeof(gjr_case_file *));
    if (files == NULL) {
        return false;
    }
    desk->files = files;
    desk->capacity = more;
    return true;
}

/* "case\0procedure" */
static gj_text key_make(gjr_desk *desk, gj_text id, gj_text procedure)
{
    char *key = gjb_arena_make(&desk->keys, id.size + procedure.size + 1, 1);
    if (key == NULL) {
        return (gj_text){NULL, 0};
    }
    memcpy(key, id.bytes, id.size);
    memcpy(key + id.size + 1, procedure.bytes, procedure.size);
    return (gj_text){key, id.size + procedure.size + 1};
}

/* A place for one more under the key, which is not there. */
static gjr_case_file *file_place(gjr_desk *desk, gj_text key, gj_text id)
{
    bool added;
    gjr_case_file *file =
        files_grow(desk) ? gjb_alloc_create(desk->engine->allocator, 1, sizeof *file) : NULL;
    if (file == NULL || gjb_map_add(&desk->numbers, key, (uint32_t)desk->count, &added) == NULL) {
        gjb_alloc_destroy(desk->engine->allocator, file, 1, sizeof *file);
        gjr_store_fail(desk->store, GJ_NO_MEMORY);
        return NULL;
    }
    desk->files[desk->count++] = file;
    file->id = (gj_text){key.bytes, id.size};
    return file;
}

/* A case goes on by the latest calendars of its unit. */
static void file_recount(gjr_desk *desk, gjr_case_file *file)
{
    gjr_rule_set *latest = gjr_rule_set_recounted(desk->engine, file->rules);
    gj_problem_code problem;
    if (desk->store->status == GJ_OK && latest != file->rules) {
        gjr_desk_anew(desk, file, (gjr_anew){.was = desk->judged_to, .recount = latest}, &problem);
    }
}

/* Before anything else is done with it, and in the version to which it migrates: it was closed when
 * the others did. */
static void file_follow(gjr_desk *desk, gjr_case_file *file)
{
    file_recount(desk, file);
    gjr_rule_set *to;
    while (desk->store->status == GJ_OK &&
           (to = gjr_rule_set_moved_to(desk->engine, file->rules)) != NULL) {
        gjr_desk_move(desk, file, to, file->rules->succession);
        file_recount(desk, file);
    }
}

/* The id lies in the key for as long as the file does. */
static gjr_case_file *file_of_row(gjr_desk *desk, gjr_statement *row)
{
    gjr_rule_set *rules = gjr_rule_set_get(desk->engine, gjr_statement_int(row, 1));
    gj_text id = gjr_statement_text(row, 7);
    gj_text key = rules == NULL ? (gj_text){NULL, 0} : key_make(desk, id, rules->procedure);
    if (rules == NULL || gjr_rule_set_get(desk->engine, gjr_statement_int(row, 8)) == NULL) {
        gjr_store_fail_damaged(desk->store, GJR_DAMAGE_RULES, id);
        return NULL;
    }
    if (key.bytes == NULL) {
        gjr_store_fail(desk->store, GJ_NO_MEMORY);
        return NULL;
    }
    const uint32_t *known = gjb_map_find(&desk->numbers, key);
    if (known != NULL) {
        return desk->files[*known];
    }
    gjr_case_file *file = file_place(desk, key, id);
    if (file != NULL) {
        gjr_rule_set *opened = gjr_rule_set_get(desk->engine, gjr_statement_int(row, 8));
        gj_status status = gjr_case_file_init(file, desk->engine, rules, opened, row);
        file->id = (gj_text){key.bytes, id.size};
        if (status == GJ_IO) {
            gjr_store_fail_damaged(desk->store, GJR_DAMAGE_ANSWERS, file->id);
        }
        gjr_store_fail(desk->store, status);
        if (status == GJ_OK && !file->has_state) {
            gjr_log_name(desk->engine, GJR_LOG_REMADE, file->id);
        }
        file_follow(desk, file);
    }
    return desk->store->status == GJ_OK ? file : NULL;
}

gjr_case_file *gjr_desk_fetch(gjr_desk *desk, int64_t number)
{
    gjr_case_file *file = NULL;
    gjr_statement *row = gjr_store_ask(desk->store, GJR_QUERY_CASE_BY_NUMBER);
    if (row != NULL) {
        gjr_statement_bind_int(row, 1, number);
        file = gjr_store_row(desk->store, row) ? file_of_row(desk, row) : NULL;
        gjr_store_done(row);
    }
    return file;
}

/* Its row is written with all others: one that comes to nothing leaves none. */
static gjr_case_file *file_make(gjr_desk *desk, gjr_rule_set *rules, gj_text key, gj_text id)
{
    gjr_case_file *file = file_place(desk, key, id);
    if (file != NULL) {
        int64_t number = ++desk->cases_last;
        gjr_store_fail(desk->store,
                       gjr_case_file_init_new(file, desk->engine->allocator, rules, number));
        file->id = (gj_text){key.bytes, id.size};
    }
    return desk->store->status == GJ_OK ? file : NULL;
}

gjr_case_file *gjr_desk_find(gjr_desk *desk, const gjr_rule_set *rules, gj_text id, bool makes)
{
    gj_text key = key_make(desk, id, rules->procedure);
    const uint32_t *known = key.bytes == NULL ? NULL : gjb_map_find(&desk->numbers, key);
    gjr_statement *row = known != NULL ? NULL : gjr_store_ask(desk->store, GJR_QUERY_CASE_BY_ID);
    if (row == NULL || key.bytes == NULL) {
        gjr_store_fail(desk->store, key.bytes == NULL ? GJ_NO_MEMORY : GJ_OK);
        return known == NULL ? NULL : desk->files[*known];
    }
    gjr_statement_bind_text(row, 1, id);
    gjr_statement_bind_text(row, 2, rules->procedure);
    bool there = gjr_store_row(desk->store, row);
    gjr_case_file *file = there ? file_of_row(desk, row) : NULL;
    gjr_store_done(row);
    return !there && makes && desk->store->status == GJ_OK
               ? file_make(desk, gjr_rule_set_get(desk->engine, rules->number), key, id)
               : file;
}

/* ---- what was told before ---- */

typedef struct telling {
    gjr_desk *desk;
    gj_event event; /* with its id and source */
    gj_receipt *receipt;
} telling;

static void conflict_keep(telling *with, const uint8_t content[GJB_HASH_SIZE])
{
    with->desk->conflict_count++;
    gj_text line = gjb_buffer_text(&with->desk->line);
    gjr_statement *add = gjr_store_ask(with->desk->store, GJR_QUERY_CONFLICT_ADD);
    if (add != NULL) {
        gjr_statement_bind_text(add, 1, with->event.source);
        gjr_statement_bind_text(add, 2, with->event.id);
        gjr_statement_bind_bytes(add, 3, content, GJB_HASH_SIZE);
        gjr_statement_bind_text(add, 4, line);
        gjr_store_row(with->desk->store, add);
        gjr_store_done(add);
    }
    with->receipt->kind = GJ_CONFLICTING;
    with->receipt->problem = GJ_PROBLEM_CONFLICT;
    with->receipt->field = "id";
}

/* Whether the line that is kept tells the same as this event, whose hash is found too. */
static bool is_same(telling *with, gj_text told, uint8_t content[GJB_HASH_SIZE])
{
    gjr_desk *desk = with->desk;
    uint8_t kept[GJB_HASH_SIZE];
    gj_status status = gjr_telling_hash(&with->event, &desk->line, content)
                           ? gjr_telling_hash_line(told, &desk->history, kept)
                           : GJ_NO_MEMORY;
    gjr_store_fail(desk->store, status == GJ_NO_MEMORY ? status : GJ_OK);
    return status == GJ_OK && memcmp(kept, content, sizeof kept) == 0;
}

/* (source, id) was told before, and that is all. */
static void again_note(telling *with)
{
    uint8_t content[GJB_HASH_SIZE];
    gjr_statement *row = gjr_store_ask(with->desk->store, GJR_QUERY_EVENT_BY_ID);
    if (row == NULL) {
        return;
    }
    gjr_statement_bind_text(row, 1, with->event.id);
    gjr_statement_bind_text(row, 2, with->event.source);
    bool there = gjr_store_row(with->desk->store, row);
    bool same = there && is_same(with, gjr_statement_text(row, 0), content);
    gjr_store_done(row);
    if (same) {
        with->receipt->kind = GJ_RECEIVED_AGAIN;
    } else if (there && with->desk->store->status == GJ_OK) {
        conflict_keep(with, content);
    }
}

/* ---- taking an event in ---- */

/* Its number; 0: it was told before, or something failed. */
static int64_t event_keep(telling *with, const gjr_case_file *file, gj_instant at)
{
    gjr_store *store = with->desk->store;
    gjr_chain *chain = &with->desk->chain, next;
    const gjr_record record = {file->rules->procedure, file->id,
                               gjb_buffer_text(&with->desk->line)};
    gjr_statement *add = gjr_audit_next(store, chain, GJR_RECORD_EVENT, &record, &next)
                             ? gjr_store_ask(store, GJR_QUERY_EVENT_ADD)
                             : NULL;
    if (add == NULL) {
        return 0;
    }
    gjr_statement_bind_int(add, 1, file->number);
    if (file->latest != 0) {
        gjr_statement_bind_int(add, 2, file->latest);
    }
    gjr_statement_bind_text(add, 3, with->event.source);
    gjr_statement_bind_text(add, 4, with->event.id);
    gjr_statement_bind_int(add, 5, at);
    gjr_statement_bind_int(add, 6, at > with->desk->now ? 1 : 0);
    gjr_statement_bind_bytes(add, 7, next.hash, sizeof next.hash);
    gjr_statement_bind_text(add, 8, record.said);
    gjr_store_row(store, add);
    gjr_store_done(add);
    if (store->status != GJ_OK || gjr_database_changes(store->database) != 1) {
        return 0;
    }
    *chain = next;
    return gjr_database_last_row(store->database);
}

static void event_judge(telling *with, gjr_case_file *file, bool is_link)
{
    gjr_desk *desk = with->desk;
    gj_problem_code problem = GJ_PROBLEM_NONE;
    desk->book.change_count = 0;
    if (is_link || !gjr_desk_step(desk, file, &with->event)) {
        gjr_desk_anew(desk, file, (gjr_anew){.told = &with->event, .was = desk->now}, &problem);
    }
    gj_text unknown = gjr_inspect_documents(file->rules->judge, &with->event);
    bool is_other = problem != GJ_PROBLEM_NONE && problem != GJ_PROBLEM_DOCUMENT;
    if (gjb_text_is_present(unknown) && !is_other) {
        problem = GJ_PROBLEM_DOCUMENT;
        with->receipt->field = "documents";
        with->receipt->text = unknown;
    } else if (problem == GJ_PROBLEM_DOCUMENT) {
        problem = GJ_PROBLEM_NONE; /* of an event before it, told then */
    }
    with->receipt->problem = problem;
    with->receipt->revision_count = desk->book.change_count;
}

/* The clock does not wait for a retraction, which may say no time. */
static void event_take(telling *with, const gjr_rule_set *rules)
{
    gjr_desk *desk = with->desk;
    gj_event *event = &with->event;
    bool opens = gjr_rule_set_opens(desk->engine, rules);
    gjr_case_file *file = gjr_desk_find(desk, rules, event->case_id, opens);
    if (file == NULL) {
        if (!opens) {
            *with->receipt = gjr_refusal(GJ_PROBLEM_PROCEDURE, "procedure");
        }
        return;
    }
    bool is_link = event->corrects.size > 0 || event->retracts.size > 0;
    gj_instant at =
        event->at.present ? gj_judge_instant(file->rules->judge, &event->at) : INT64_MIN;
    int64_t number = event_keep(with, file, at);
    if (number == 0) {
        again_note(with);
        return;
    }
    event_judge(with, file, is_link); /* with what was told before */
    file->latest = number;
    gjr_desk_note_changed(desk, file);
    with->receipt->ahead = at > desk->now;
}

/* ---- the clock ---- */

/* The instant of the last of the first thousand that are due by then; GJ_NEVER: there are fewer. */
static gj_instant due_by(gjr_desk *desk, gjr_query query, gj_instant now)
{
    gj_instant by = GJ_NEVER;
    gjr_statement *row = gjr_store_ask(desk->store, query);
    if (row != NULL) {
        gjr_statement_bind_int(row, 1, now);
        gjr_statement_bind_int(row, 2, DUE_AT_ONCE);
        if (gjr_store_row(desk->store, row) && gjr_statement_int(row, 1) == DUE_AT_ONCE) {
            by = gjr_statement_int(row, 0);
        }
        gjr_store_done(row);
    }
    return by;
}

/* The numbers that the question answers about an instant, in the arena. */
static int64_t *numbers_read(gjr_desk *desk, gjr_query query, gj_instant now, size_t *count)
{
    size_t capacity = DUE_AT_ONCE;
    int64_t *numbers = gjb_arena_make(&desk->keys, capacity, sizeof *numbers);
    gjr_statement *rows = gjr_store_ask(desk->store, query);
    *count = 0;
    if (rows == NULL) {
        return NULL;
    }
    gjr_statement_bind_int(rows, 1, now);
    while (numbers != NULL && gjr_store_row(desk->store, rows)) {
        if (*count == capacity) {
            int64_t *more = gjb_arena_make(&desk->keys, capacity * 2, sizeof *more);
            if (more != NULL) {
                memcpy(more, numbers, capacity * sizeof *numbers);
            }
            numbers = more;
            capacity *= 2;
        }
        if (numbers != NULL) {
            numbers[(*count)++] = gjr_statement_int(rows, 0);
        }
    }
    gjr_store_done(rows);
    if (numbers == NULL) {
        gjr_store_fail(desk->store, GJ_NO_MEMORY);
    }
    return numbers;
}

/* What was told for an instant that has come. */
static void waiting_take(gjr_desk *desk, gj_instant was)
{
    size_t count;
    gj_problem_code problem;
    const int64_t *numbers = numbers_read(desk, GJR_QUERY_EVENTS_WAITING, desk->now, &count);
    for (size_t i = 0; i < count && desk->store->status == GJ_OK; i++) {
        gjr_case_file *file = gjr_desk_fetch(desk, numbers[i]);
        if (file != NULL) {
            gjr_desk_anew(desk, file, (gjr_anew){.was = was}, &problem);
        }
    }
    gjr_statement *come = count > 0 ? gjr_store_ask(desk->store, GJR_QUERY_EVENTS_COME) : NULL;
    if (come != NULL) {
        gjr_statement_bind_int(come, 1, desk->now);
        gjr_store_row(desk->store, come);
        gjr_store_done(come);
    }
}

static void due_take(gjr_desk *desk, gj_instant was)
{
    size_t count;
    gj_problem_code problem;
    const int64_t *numbers = numbers_read(desk, GJR_QUERY_CASES_DUE, desk->now, &count);
    for (size_t i = 0; i < count && desk->store->status == GJ_OK; i++) {
        gjr_case_file *file = gjr_desk_fetch(desk, numbers[i]);
        gjb_arena_reset(&desk->told);
        if (file != NULL && file->has_state) {
            gjr_desk_step_time(desk, file);
        } else if (file != NULL) {
            gjr_desk_anew(desk, file, (gjr_anew){.was = was}, &problem);
        }
    }
}

void gjr_desk_note_changed(gjr_desk *desk, gjr_case_file *file)
{
    if (!file->is_changed) {
        file->is_changed = true;
        file->changed_before = desk->changed;
        desk->changed = file;
        desk->changed_count++;
    }
}

static int number_compare(const void *a, const void *b)
{
    const gjr_case_file *const *x = a, *const *y = b;
    return (*x)->number < (*y)->number ? -1 : (*x)->number > (*y)->number;
}

/* What those who were served before have come to, so that the store can be asked about it. In the
 * order in which they lie there: new ones, each behind the last, fill their pages. */
static void files_write(gjr_desk *desk)
{
    size_t count = desk->changed_count;
    gjr_case_file **changed = gjb_arena_make(&desk->keys, count, sizeof(gjr_case_file *));
    if (changed == NULL) {
        gjr_store_fail(desk->store, GJ_NO_MEMORY);
        return;
    }
    for (size_t i = 0; i < count; i++, desk->changed = desk->changed->changed_before) {
        changed[i] = desk->changed;
    }
    desk->changed_count = 0;
    qsort(changed, count, sizeof(gjr_case_file *), number_compare);
    for (size_t i = 0; i < count; i++) {
        gjr_case_file_write(changed[i], desk->store);
    }
}

/* Towards `to`, no further than what one transaction should hold. */
static void clock_move(gjr_desk *desk, gj_instant to)
{
    gj_instant was = desk->now;
    if (to <= was) {
        return;
    }
    files_write(desk);
    gj_instant by_time = due_by(desk, GJR_QUERY_CASES_DUE_BY, to);
    gj_instant by_events = due_by(desk, GJR_QUERY_EVENTS_WAITING_BY, to);
    gj_instant by = by_time < by_events ? by_time : by_events;
    desk->judged_to = desk->now;
    desk->now = desk->book.now = by < to ? by : to;
    waiting_take(desk, was);
    due_take(desk, was);
    desk->judged_to = desk->now;
}

/* To when the event was recorded, or happened. One that lies ahead says nothing of what time it
 * is. */
static void clock_follow(gjr_desk *desk, const gj_judge *judge, const gj_event *event)
{
    gj_instant at = gjr_admitted_time(judge, event, desk->follow_to);
    while (desk->now < at && desk->store->status == GJ_OK) {
        clock_move(desk, at);
    }
    gjb_arena_reset(&desk->told);
}

static void clock_write(gjr_desk *desk)
{
    gjr_statement *set =
        desk->now == desk->engine->now ? NULL : gjr_store_ask(desk->store, GJR_QUERY_CLOCK_SET);
    if (set != NULL) {
        gjr_statement_bind_int(set, 1, desk->now);
        gjr_store_row(desk->store, set);
        gjr_store_done(set);
    }
}

/* ---- an event ---- */

static void event_tell(gjr_desk *desk, const gj_event *event, gj_receipt *receipt)
{
    gjr_admission admitted;
    gjb_arena_reset(&desk->told);
    if (!gjr_admit(desk->engine, event, true, &admitted, receipt)) {
        return;
    }
    telling with = {.desk = desk, .event = admitted.event, .receipt = receipt};
    clock_follow(desk, admitted.rules->judge, &with.event);
    if (!gjr_telling_print(&with.event, &desk->line)) {
        gjr_store_fail(desk->store, GJ_NO_MEMORY);
    }
    event_take(&with, admitted.rules);
}

/* ---- other calendars ---- */

enum { RECOUNTED_AT_ONCE = 200 };

/* The numbers of some of its cases. */
static size_t numbers_of(gjr_desk *desk, const gjr_rule_set *rules,
                         int64_t numbers[RECOUNTED_AT_ONCE], size_t most)
{
    size_t count = 0;
    gjr_statement *rows = gjr_store_ask(desk->store, GJR_QUERY_CASES_DEPLOYED);
    if (rows != NULL) {
        gjr_statement_bind_int(rows, 1, rules->number);
        gjr_statement_bind_int(rows, 2, (int64_t)most);
        while (count < most && gjr_store_row(desk->store, rows)) {
            numbers[count++] = gjr_statement_int(rows, 0);
        }
        gjr_store_done(rows);
    }
    return count;
}

/* Some of the cases that older calendars count. What is fetched is recounted. */
static void cases_recount(gjr_desk *desk)
{
    int64_t numbers[RECOUNTED_AT_ONCE];
    size_t count = 0;
    files_write(desk);
    for (gjr_rule_set *i = desk->engine->rules; i != NULL && count < RECOUNTED_AT_ONCE;
         i = i->next) {
        if (gjr_rule_set_recounted(desk->engine, i) != i) {
            count += numbers_of(desk, i, numbers + count, RECOUNTED_AT_ONCE - count);
        }
    }
    for (size_t i = 0; i < count && desk->store->status == GJ_OK; i++) {
        gjr_desk_fetch(desk, numbers[i]);
    }
    desk->is_recounting = count == RECOUNTED_AT_ONCE;
}

/* ---- a transaction ---- */

void gjr_desk_init(gjr_desk *desk, gj_engine *engine)
{
    *desk = (gjr_desk){.engine = engine,
                       .store = &engine->store,
                       .cases_last = engine->cases_last,
                       .now = engine->now,
                       .judged_to = engine->now,
                       .is_recounting = engine->is_recounting};
    gjr_book_init(&desk->book, desk->store, engine->allocator);
    desk->book.now = engine->now;
    desk->chain = engine->chain;
    desk->book.chain = &desk->chain;
    gjb_arena_init(&desk->keys, engine->allocator);
    gjb_arena_init(&desk->told, engine->allocator);
    gjb_map_init(&desk->numbers, engine->allocator, (uint64_t)(uintptr_t)engine);
    gjb_buffer_init(&desk->line, engine->allocator);
    gjb_buffer_init(&desk->history, engine->allocator);
}

static void files_put_away(gjr_desk *desk)
{
    for (size_t i = 0; i < desk->count; i++) {
        gjr_case_file_deinit(desk->files[i]);
        gjb_alloc_destroy(desk->engine->allocator, desk->files[i], 1, sizeof *desk->files[i]);
    }
    desk->count = 0;
}

void gjr_desk_clear(gjr_desk *desk)
{
    files_write(desk);
    files_put_away(desk);
    gjb_map_deinit(&desk->numbers);
    gjb_map_init(&desk->numbers, desk->engine->allocator, (uint64_t)(uintptr_t)desk->engine);
    gjb_arena_reset(&desk->keys);
}

void gjr_desk_deinit(gjr_desk *desk)
{
    files_put_away(desk);
    gjb_alloc_destroy(desk->engine->allocator, desk->files, desk->capacity,
                      sizeof(gjr_case_file *));
    gjb_map_deinit(&desk->numbers);
    gjb_arena_deinit(&desk->keys);
    gjb_arena_deinit(&desk->told);
    gjb_buffer_deinit(&desk->line);
    gjb_buffer_deinit(&desk->history);
    gjr_book_deinit(&desk->book);
}

static void request_serve(gjr_desk *desk, gjr_request *request)
{
    desk->book.request = request;
    desk->follow_to = request->follow_to;
    if (request->recounts) {
        cases_recount(desk);
    }
    clock_move(desk, request->advance_to);
    for (size_t i = 0; i < request->count && desk->store->status == GJ_OK; i++) {
        event_tell(desk, &request->events[i], &request->receipts[i]);
    }
}

static gj_status finish(gjr_desk *desk)
{
    files_write(desk);
    clock_write(desk);
    return gjr_store_commit(desk->store);
}

enum { SLOW_MS = 1000 };

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* Of what was done in it whatever is worth writing down. */
static void transaction_log(gj_engine *engine, const gjr_desk *desk, int64_t began_ms)
{
    int64_t took_ms = clock_ms() - began_ms;
    if (desk->conflict_count > 0) {
        gjr_log_number(engine, GJR_LOG_CONFLICTS, desk->conflict_count);
    }
    if (took_ms >= SLOW_MS) {
        gjr_log_number(engine, GJR_LOG_SLOW, took_ms);
    }
}

/* The requests up to `end`, in one transaction: all of them or none. */
static gj_status transact(gj_engine *engine, gjr_request *requests, const gjr_request *end)
{
    gjr_desk desk;
    int64_t began_ms = clock_ms();
    gjr_desk_init(&desk, engine);
    gj_status status = gjr_store_begin(desk.store);
    for (gjr_request *i = requests; i != end && status == GJ_OK; i = i->next) {
        gjb_buffer_reset(&i->news);
        request_serve(&desk, i);
    }
    status = status == GJ_OK ? finish(&desk) : status;
    if (status == GJ_OK) {
        gjr_hot_commit(engine->hot, desk.files, desk.count);
        pthread_mutex_lock(&engine->gate);
        engine->now = desk.now;
        engine->cases_last = desk.cases_last;
        engine->chain = desk.chain;
        engine->is_recounting = desk.is_recounting;
        pthread_mutex_unlock(&engine->gate);
        transaction_log(engine, &desk, began_ms);
    } else {
        gjr_hot_clear(engine->hot); /* it is not known what is there */
    }
    gjr_desk_deinit(&desk);
    return status;
}

/* One that fails does so alone. */
void gjr_desk_serve(gj_engine *engine, gjr_request *requests)
{
    gj_status status = transact(engine, requests, NULL);
    bool apart = status != GJ_OK && requests->next != NULL;
    for (gjr_request *i = requests; i != NULL; i = i->next) {
        i->status = apart ? transact(engine, i, i->next) : status;
        gjr_engine_fail_store(engine, &engine->store, i->status);
    }
}
