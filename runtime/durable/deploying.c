/* SPDX-License-Identifier: Apache-2.0
 *
 * Deploying: rule sets are made of all that is told, written down in one transaction, and only then
 * put in force. A calendar that comes along is that of the procedure's older versions too, by its
 * name: those whose cases still go on are deployed again with it, beside the new one. */
#include "durable/engine.h"

#include "base/text.h"
#include "durable/audit.h"
#include "durable/hot.h"
#include "durable/log.h"
#include "durable/moving.h"
#include "durable/rule_sets.h"
#include "durable/trust.h"
#include "engine/recount.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_SIZE = 240 };

typedef struct deploying {
    gj_engine *engine;
    gj_deployment opened; /* out of its envelope */
    gj_seal seal;         /* its head is empty where there is none */
    int64_t seal_number;
    gjr_rule_set *first, *last; /* made, and not yet in force */
    gj_status status;
} deploying;

/* In force with the same unit and the same calendars. */
static bool is_the_same(const gjr_rule_set *a, const gjr_rule_set *b)
{
    bool same = a != NULL && (a->signed_by[0] != '\0') == (b->signed_by[0] != '\0') &&
                gjb_text_equal(gjb_text_of(a->unit), gjb_text_of(b->unit)) &&
                a->calendar_count == b->calendar_count;
    for (size_t i = 0; same && i < a->calendar_count; i++) {
        bool found = false;
        for (size_t j = 0; j < b->calendar_count; j++) {
            found = found || gjb_text_equal(gj_calendar_revision(a->calendars[i]),
                                            gj_calendar_revision(b->calendars[j]));
        }
        same = found;
    }
    return same;
}

/* A version only rises; with other calendars the same may be deployed again. */
static bool may_follow(const gjr_rule_set *in_force, const gjr_rule_set *next)
{
    return in_force == NULL || next->version > in_force->version ||
           gjb_text_equal(gjb_text_of(in_force->unit), gjb_text_of(next->unit));
}

static void version_note(gj_engine *engine, const gjr_rule_set *in_force, const gjr_rule_set *next)
{
    char en[WORDS_SIZE], zh[WORDS_SIZE];
    int size = (int)gjb_text_cut(next->title, WORDS_SIZE / 2);
    snprintf(en, sizeof en, "\"%.*s\" comes as version %u, and version %u is in force", size,
             next->title.bytes, next->version, in_force->version);
    snprintf(zh, sizeof zh, "“%.*s”送来第%u版，现行为第%u版", size, next->title.bytes,
             next->version, in_force->version);
    gjr_engine_fail(engine, GJR_FAILURE_VERSION, en, zh);
}

static void made_add(deploying *with, gjr_rule_set *rules)
{
    rules->at = rules->moves_at = with->engine->now;
    *(with->first == NULL ? &with->first : &with->last->next) = rules;
    with->last = rules;
}

/* ---- older versions ---- */

static bool is_of_wall(const gj_calendar *a, const gj_calendar *b)
{
    return gjr_zone_equal(&gjr_calendar_get_plan(a)->zone, &gjr_calendar_get_plan(b)->zone);
}

/* Another revision of the calendar among those of the rules, or NULL. One of another zone is not
 * the same calendar. */
static const gj_calendar *revised_find(const gj_calendar *was, const gjr_rule_set *by)
{
    for (size_t i = 0; i < by->calendar_count; i++) {
        const gj_calendar *is = by->calendars[i];
        if (gjb_text_equal(gj_calendar_name(was), gj_calendar_name(is)) &&
            !gjb_text_equal(gj_calendar_revision(was), gj_calendar_revision(is)) &&
            is_of_wall(was, is)) {
            return is;
        }
    }
    return NULL;
}

static bool has_cases(gj_engine *engine, const gjr_rule_set *rules)
{
    gjr_statement *row = gjr_store_ask(&engine->store, GJR_QUERY_CASES_DEPLOYED);
    bool found = false;
    if (row != NULL) {
        gjr_statement_bind_int(row, 1, rules->number);
        gjr_statement_bind_int(row, 2, 1);
        found = gjr_store_row(&engine->store, row);
        gjr_store_done(row);
    }
    return found;
}

/* The latest deployment of an older version of the procedure, with cases that do not move, which
 * come to be counted otherwise. */
static bool is_recounted(gj_engine *engine, const gjr_rule_set *older, const gjr_rule_set *by)
{
    bool stays = older->recounted == NULL && older->moved_to == NULL &&
                 older->version < by->version && gjb_text_equal(older->procedure, by->procedure) &&
                 !gjr_moving_is_from(older, by);
    bool otherwise = false;
    for (size_t i = 0; stays && i < older->calendar_count; i++) {
        otherwise = otherwise || revised_find(older->calendars[i], by) != NULL;
    }
    return otherwise && has_cases(engine, older);
}

/* Its calendars as they are stored, each in its place. */
static gj_status calendars_read(gj_engine *engine, const gjr_rule_set *older, gjb_arena *arena,
                                gj_bytes *calendars)
{
    gjr_statement *rows = gjr_store_ask(&engine->store, GJR_QUERY_DEPLOYED_CALENDARS);
    if (rows == NULL) {
        return engine->store.status;
    }
    gjr_statement_bind_int(rows, 1, older->number);
    while (gjr_store_row(&engine->store, rows)) {
        gj_text revision = gjr_statement_text(rows, 0);
        gj_text bytes = gjb_arena_text(arena, gjr_statement_text(rows, 1));
        for (size_t i = 0; i < older->calendar_count; i++) {
            if (gjb_text_equal(gj_calendar_revision(older->calendars[i]), revision)) {
                calendars[i] = (gj_bytes){bytes.bytes, bytes.size};
            }
        }
    }
    gjr_store_done(rows);
    return arena->failed ? GJ_NO_MEMORY : engine->store.status;
}

/* Those of them that came. */
static void calendars_put(const deploying *with, const gjr_rule_set *older, const gjr_rule_set *by,
                          gj_bytes *calendars)
{
    for (size_t i = 0; i < older->calendar_count; i++) {
        const gj_calendar *is = revised_find(older->calendars[i], by);
        for (size_t j = 0; is != NULL && j < by->calendar_count; j++) {
            calendars[i] = by->calendars[j] == is ? with->opened.calendars[j] : calendars[i];
        }
    }
}

static gj_status older_read(const deploying *with, const gjr_rule_set *older,
                            const gjr_rule_set *by, gjb_arena *arena, gj_deployment *read)
{
    gj_engine *engine = with->engine;
    gj_bytes *calendars = gjb_arena_make(arena, older->calendar_count, sizeof *calendars);
    gj_status status = calendars == NULL ? GJ_NO_MEMORY : GJ_OK;
    gjr_store_clear(&engine->store);
    if (status == GJ_OK) {
        status = gjr_rule_sets_image_read(engine, gjb_text_of(gj_image_identity(older->image)),
                                          arena, &read->image);
    }
    status = status == GJ_OK ? calendars_read(engine, older, arena, calendars) : status;
    if (status == GJ_OK) {
        calendars_put(with, older, by, calendars);
    }
    read->calendars = calendars;
    read->calendar_count = older->calendar_count;
    return gjr_engine_fail_store(engine, &engine->store, status);
}

static void older_make(deploying *with, const gjr_rule_set *older, const gjr_rule_set *by)
{
    gjb_arena arena;
    gj_deployment read = {.size = sizeof read};
    gjr_rule_set *rules;
    gjb_arena_init(&arena, with->engine->allocator);
    with->status = older_read(with, older, by, &arena, &read);
    if (with->status == GJ_OK) {
        with->status = gjr_rule_set_make(with->engine, read.image, older->procedure, read.calendars,
                                         read.calendar_count, &rules);
    }
    if (with->status == GJ_OK) {
        memcpy(rules->signed_by, older->signed_by, sizeof rules->signed_by);
        rules->is_stored = true;
        made_add(with, rules);
        with->status = gjr_moving_prepare(with->engine, rules);
    }
    gjb_arena_deinit(&arena);
}

static void all_older_make(deploying *with, const gjr_rule_set *by)
{
    for (gjr_rule_set *i = with->engine->rules; i != NULL && with->status == GJ_OK; i = i->next) {
        if (is_recounted(with->engine, i, by)) {
            older_make(with, i, by);
        }
    }
}

/* ---- all of it ---- */

/* Whether it is new: false where it is in force just so, or may not be. */
static bool newest_put(deploying *with, gjr_rule_set *rules)
{
    const gjr_rule_set *in_force = gjr_rule_set_find(with->engine, rules->procedure);
    if (is_the_same(in_force, rules)) {
        return false;
    }
    if (!may_follow(in_force, rules)) {
        version_note(with->engine, in_force, rules);
        with->status = GJ_REFUSED;
        return false;
    }
    with->status = gjr_moving_prepare(with->engine, rules);
    if (with->status == GJ_OK) {
        made_add(with, rules);
    }
    return with->status == GJ_OK;
}

static void one_make(deploying *with, gj_text procedure)
{
    gjr_rule_set *rules;
    with->status = gjr_rule_set_make(with->engine, with->opened.image, procedure,
                                     with->opened.calendars, with->opened.calendar_count, &rules);
    if (with->status != GJ_OK) {
        return;
    }
    memcpy(rules->signed_by, with->seal.key_id, sizeof rules->signed_by);
    bool is_new = newest_put(with, rules);
    if (with->status == GJ_OK) {
        all_older_make(with, rules);
    }
    if (!is_new) {
        gjr_rule_set_destroy(with->engine, rules);
    }
}

static void all_make(deploying *with)
{
    gj_image *image = NULL;
    with->status = gjr_rule_sets_image_load(with->engine, with->opened.image, &image);
    size_t count = with->status == GJ_OK ? gj_image_procedure_count(image) : 0;
    for (size_t i = 0; i < count && with->status == GJ_OK; i++) {
        one_make(with, gj_image_procedure_name(image, i));
    }
    gj_image_destroy(image);
}

static void calendar_write(gjr_store *store, const gj_calendar *calendar, gj_bytes bytes)
{
    gjr_statement *add = gjr_store_ask(store, GJR_QUERY_CALENDAR_ADD);
    if (add != NULL) {
        gjr_statement_bind_text(add, 1, gj_calendar_revision(calendar));
        gjr_statement_bind_text(add, 2, gj_calendar_name(calendar));
        gjr_statement_bind_bytes(add, 3, bytes.bytes, bytes.size);
        gjr_store_row(store, add);
        gjr_store_done(add);
    }
}

static void calendar_link(gjr_store *store, int64_t deployment, const gj_calendar *calendar)
{
    gjr_statement *link = gjr_store_ask(store, GJR_QUERY_DEPLOYED_CALENDAR_ADD);
    if (link != NULL) {
        gjr_statement_bind_int(link, 1, deployment);
        gjr_statement_bind_text(link, 2, gj_calendar_revision(calendar));
        gjr_store_row(store, link);
        gjr_store_done(link);
    }
}

static void image_write(const deploying *with, const gjr_rule_set *rules)
{
    gjr_store *store = &with->engine->store;
    gjr_statement *image = gjr_store_ask(store, GJR_QUERY_IMAGE_ADD);
    if (image != NULL) {
        gjr_statement_bind_text(image, 1, gjb_text_of(gj_image_identity(rules->image)));
        gjr_statement_bind_bytes(image, 2, with->opened.image.bytes, with->opened.image.size);
        gjr_store_row(store, image);
        gjr_store_done(image);
    }
}

static void deployment_write(const deploying *with, gjr_rule_set *rules)
{
    gjr_store *store = &with->engine->store;
    gjr_statement *add = gjr_store_ask(store, GJR_QUERY_DEPLOYMENT_ADD);
    if (add != NULL) {
        gjr_statement_bind_text(add, 1, rules->procedure);
        gjr_statement_bind_text(add, 2, rules->title);
        gjr_statement_bind_int(add, 3, rules->version);
        gjr_statement_bind_text(add, 4, gjb_text_of(rules->unit));
        gjr_statement_bind_text(add, 5, gjb_text_of(gj_image_identity(rules->image)));
        gjr_statement_bind_int(add, 6, rules->at);
        if (with->seal_number != 0 && !rules->is_stored) {
            gjr_statement_bind_int(add, 7, with->seal_number);
        }
        if (rules->judge->rows->migration_count > 0) {
            gjr_statement_bind_int(add, 8, rules->moves_at);
        }
        gjr_store_row(store, add);
        gjr_store_done(add);
        rules->number = gjr_database_last_row(store->database);
    }
}

/* Of an older version all is stored, but which calendars are its own now: what came, came with the
 * new one. */
static void rule_set_write(const deploying *with, gjr_rule_set *rules)
{
    gjr_store *store = &with->engine->store;
    if (!rules->is_stored) {
        image_write(with, rules);
    }
    deployment_write(with, rules);
    for (size_t i = 0; i < rules->calendar_count; i++) {
        if (!rules->is_stored) {
            calendar_write(store, rules->calendars[i], with->opened.calendars[i]);
        }
        calendar_link(store, rules->number, rules->calendars[i]);
    }
}

static void all_write(deploying *with)
{
    gjr_store *store = &with->engine->store;
    gjr_chain chain = with->engine->chain;
    with->status = gjr_store_begin(store);
    with->seal_number = gjr_trust_write(with->engine, &with->seal);
    for (gjr_rule_set *i = with->first; i != NULL && with->status == GJ_OK; i = i->next) {
        rule_set_write(with, i);
        gjr_audit_add_row(store, &chain, GJR_RECORD_DEPLOYMENT, i->number);
    }
    for (gjr_rule_set *i = with->first; i != NULL && with->status == GJ_OK; i = i->next) {
        with->status = gjr_moving_move(with->engine, i, &chain);
    }
    if (with->status == GJ_OK) {
        with->status = gjr_store_commit(store);
    }
    with->engine->chain = with->status == GJ_OK ? chain : with->engine->chain;
    gjr_engine_fail_store(with->engine, store, with->status);
}

static void deployed_log(gj_engine *engine, const gjr_rule_set *rules)
{
    char said[WORDS_SIZE];
    snprintf(said, sizeof said, "%.*s %" PRIu32, (int)gjb_text_cut(rules->title, WORDS_SIZE / 2),
             rules->title.bytes, rules->version);
    gjr_log(engine, GJR_LOG_DEPLOYED, said);
}

gj_status gj_engine_deploy(gj_engine *engine, const gj_deployment *deployment)
{
    if (engine == NULL || deployment == NULL || engine->options.reads_only ||
        deployment->size < sizeof *deployment ||
        (deployment->calendars == NULL && deployment->calendar_count > 0)) {
        return gjr_engine_misused(engine);
    }
    deploying with = {.engine = engine};
    gjr_counter_enter(engine);
    with.status = gjr_trust_open(engine, deployment, &with.opened, &with.seal);
    if (with.status == GJ_OK) {
        all_make(&with);
    }
    if (with.status == GJ_OK && (with.first != NULL || with.seal.head.size > 0)) {
        all_write(&with);
    }
    for (gjr_rule_set *i = with.first, *next; i != NULL; i = next) {
        next = i->next;
        i->next = NULL;
        if (with.status == GJ_OK) {
            gjr_rule_set_put(engine, i);
            if (!i->is_stored) {
                deployed_log(engine, i);
            }
        } else {
            gjr_rule_set_destroy(engine, i);
        }
    }
    gjr_hot_clear(engine->hot);
    gjr_counter_leave(engine);
    return with.status == GJ_OK && with.first != NULL ? gjr_counter_recount(engine) : with.status;
}
