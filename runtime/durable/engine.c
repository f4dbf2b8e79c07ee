/* SPDX-License-Identifier: Apache-2.0
 *
 * See engine.h: opening, closing, and the clock. */
#include "durable/engine.h"

#include "base/text.h"
#include "durable/audit.h"
#include "durable/hot.h"
#include "durable/log.h"
#include "durable/trust.h"
#include "time/civil.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum {
    NAME_SIZE = 120,
    VERSION_SIZE = 24,
    OPTIONS_SIZE_FIRST = offsetof(gj_engine_options, log), /* of older programs */
};

/* ---- what failed ---- */

void gjr_engine_fail(gj_engine *engine, gjr_failure_kind kind, const char *en, const char *zh)
{
    gjr_failure said;
    gjr_failure_set(&said, kind, en, zh);
    pthread_mutex_lock(&engine->gate);
    engine->failure = said;
    pthread_mutex_unlock(&engine->gate);
    gjr_log_failure(engine, kind, &said);
}

void gjr_engine_fail_name(gj_engine *engine, gjr_failure_kind kind, gj_text name)
{
    char said[NAME_SIZE];
    snprintf(said, sizeof said, "%.*s", (int)gjb_text_cut(name, NAME_SIZE - 1),
             name.bytes == NULL ? "" : name.bytes);
    gjr_engine_fail(engine, kind, said, said);
}

gj_status gjr_engine_misused(gj_engine *engine)
{
    if (engine != NULL && engine->options.reads_only) {
        gjr_engine_fail(engine, GJR_FAILURE_ARGUMENT,
                        "this engine only reads, or something is absent",
                        "该引擎以只读方式打开，或者缺少参数");
    } else if (engine != NULL) {
        gjr_engine_fail(engine, GJR_FAILURE_ARGUMENT, "something that it needs is absent",
                        "缺少必要的参数");
    }
    return GJ_BAD_ARGUMENT;
}

static void damage_note(gj_engine *engine, const gjr_damage *damage)
{
    gjr_failure said;
    gjr_failure_make(&said, damage->en, damage->zh, damage->name);
    gjr_engine_fail(engine, GJR_FAILURE_DAMAGED, said.said[GJ_EN], said.said[GJ_ZH]);
}

gj_status gjr_engine_fail_store(gj_engine *engine, const gjr_store *store, gj_status status)
{
    if (status == GJ_NO_MEMORY) {
        gjr_engine_fail(engine, GJR_FAILURE_MEMORY, NULL, NULL);
    } else if (status == GJ_IO && store->error[0] != '\0') {
        gjr_engine_fail(engine, GJR_FAILURE_STORE, store->error, store->error);
    } else if (status == GJ_IO && store->damage.en != NULL) {
        damage_note(engine, &store->damage);
    } else if (status == GJ_OVER_LIMIT) {
        gjr_engine_fail(engine, GJR_FAILURE_CASE_LIMIT, NULL, NULL);
    } else if (status != GJ_OK) {
        gjr_engine_fail(engine, GJR_FAILURE_DAMAGED, "a case or its events cannot be read",
                        "有办件或者其事件无法读取");
    }
    return status;
}

void gj_engine_error(gj_engine *engine, gj_lang lang, char *text, size_t size)
{
    gjr_failure none = {0};
    if (text == NULL || size == 0) {
        return;
    }
    if (engine == NULL) {
        gjr_failure_set(&none, GJR_FAILURE_MEMORY, NULL, NULL);
        gjr_failure_get(&none, lang, text, size);
        return;
    }
    pthread_mutex_lock(&engine->gate);
    gjr_failure_get(&engine->failure, lang, text, size);
    pthread_mutex_unlock(&engine->gate);
}

/* ---- the clock ---- */

gj_instant gj_engine_now(gj_engine *engine)
{
    return engine == NULL ? INT64_MIN : gjr_engine_now(engine);
}

gj_instant gjr_engine_now(gj_engine *engine)
{
    pthread_mutex_lock(&engine->gate);
    gj_instant now = engine->now;
    pthread_mutex_unlock(&engine->gate);
    return now;
}

static const gj_instant time_first = GJR_DAY_MIN * GJR_MS_PER_DAY,
                        time_last = (GJR_DAY_MAX + 1) * GJR_MS_PER_DAY;

bool gjr_engine_is_time(gj_instant now)
{
    return now >= time_first && now <= time_last;
}

gj_instant gjr_engine_told_now(const gj_engine *engine)
{
    if (engine->options.clock == NULL) {
        return INT64_MIN;
    }
    gj_instant told = engine->options.clock(engine->options.payload);
    return told < time_first ? INT64_MIN : told > time_last ? time_last : told;
}

gj_instant gjr_engine_follow_to(const gj_engine *engine)
{
    return !engine->options.follows_events ? INT64_MIN
           : engine->options.clock == NULL ? GJ_NEVER
                                           : gjr_engine_told_now(engine);
}

/* ---- opening ---- */

/* One engine writes: a file beside the store is locked, by the system, for as long as it lives. */
static gj_status lock_take(gj_engine *engine)
{
    gjb_buffer path;
    gjb_buffer_init(&path, engine->allocator);
    gjb_buffer_add_string(&path, engine->options.path);
    gjb_buffer_add(&path, ".lock", sizeof ".lock");
    gj_status status = path.failed ? GJ_NO_MEMORY : GJ_OK;
    engine->lock = status == GJ_OK ? open(path.bytes, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    gjb_buffer_deinit(&path);
    if (status != GJ_OK) {
        gjr_engine_fail(engine, GJR_FAILURE_MEMORY, NULL, NULL);
    } else if (engine->lock < 0 || flock(engine->lock, LOCK_EX | LOCK_NB) != 0) {
        int why = errno;
        gjr_engine_fail(engine, why == EWOULDBLOCK ? GJR_FAILURE_LOCK_HELD : GJR_FAILURE_LOCK,
                        gj_system_error_text(why, GJ_EN), gj_system_error_text(why, GJ_ZH));
        status = GJ_IO;
    }
    return status;
}

static void refusal_note(gj_engine *engine, const gjr_store *store, bool reads_only)
{
    char version[VERSION_SIZE];
    snprintf(version, sizeof version, "%lld", (long long)store->version);
    gjr_engine_fail(engine,
                    store->version == 0                                  ? GJR_FAILURE_NOT_A_STORE
                    : reads_only && store->version < gjr_store_version() ? GJR_FAILURE_OLDER
                                                                         : GJR_FAILURE_NEWER,
                    version, version);
}

gj_status gjr_engine_store_open(gj_engine *engine, gjr_store *store, bool reads_only)
{
    gj_status status = gjr_store_init(store, engine->allocator, engine->options.path, !reads_only);
    if (status == GJ_REFUSED) {
        refusal_note(engine, store, reads_only);
    } else if (status == GJ_IO) {
        gjr_engine_fail(engine, GJR_FAILURE_OPEN, store->error, store->error);
    } else if (status != GJ_OK) {
        gjr_engine_fail_store(engine, store, status);
    }
    return status;
}

/* A question without parameters that one number answers. */
static gj_status number_load(gj_engine *engine, gjr_query query, int64_t *number)
{
    gjr_statement *row = gjr_store_ask(&engine->store, query);
    if (!gjr_store_row(&engine->store, row)) {
        gj_status status = engine->store.status != GJ_OK ? engine->store.status : GJ_IO;
        return gjr_engine_fail_store(engine, &engine->store, status);
    }
    *number = gjr_statement_int(row, 0);
    gjr_store_done(row);
    return GJ_OK;
}

static gj_status clock_load(gj_engine *engine)
{
    gj_status status = number_load(engine, GJR_QUERY_CLOCK, &engine->now);
    if (status == GJ_OK && engine->now != INT64_MIN && !gjr_engine_is_time(engine->now)) {
        gjr_store_fail_damaged(&engine->store, GJR_DAMAGE_CLOCK, (gj_text){NULL, 0});
        status = gjr_engine_fail_store(engine, &engine->store, GJ_IO);
    }
    return status;
}

static gj_status parts_open(gj_engine *engine)
{
    const gj_engine_options *options = &engine->options;
    gj_status status = options->reads_only ? GJ_OK : lock_take(engine);
    if (status != GJ_OK) {
        return status;
    }
    status = gjr_engine_store_open(engine, &engine->store, options->reads_only);
    status = status == GJ_OK ? clock_load(engine) : status;
    status =
        status == GJ_OK ? number_load(engine, GJR_QUERY_CASE_LAST, &engine->cases_last) : status;
    if (status == GJ_OK && !options->reads_only) {
        status = gjr_audit_load(&engine->store, &engine->chain);
        gjr_engine_fail_store(engine, &engine->store, status);
    }
    status = status == GJ_OK ? gjr_trust_load(engine) : status;
    status = status == GJ_OK ? gjr_rule_sets_load(engine) : status;
    if (status == GJ_OK && !options->reads_only) {
        engine->hot = gjr_hot_create(engine->allocator);
        status = engine->hot == NULL ? gjr_engine_fail_store(engine, NULL, GJ_NO_MEMORY) : GJ_OK;
    }
    return status;
}

static void opening_log(gj_engine *engine)
{
    gjr_log(engine, GJR_LOG_OPENED, engine->path);
    if (engine->store.migrated_from > 0) {
        gjr_log_number(engine, GJR_LOG_MIGRATED, engine->store.migrated_from);
    }
    engine->is_open = true;
}

/* The caller's may go: readers are opened by it later. */
static gj_status path_keep(gj_engine *engine, const char *path)
{
    size_t size = strlen(path) + 1;
    engine->path = gjb_alloc_create(engine->allocator, size, 1);
    engine->options.path = engine->path;
    if (engine->path == NULL) {
        gjr_engine_fail(engine, GJR_FAILURE_MEMORY, NULL, NULL);
        return GJ_NO_MEMORY;
    }
    memcpy(engine->path, path, size);
    return GJ_OK;
}

gj_status gj_engine_open(const gj_engine_options *options, gj_engine **made)
{
    if (options == NULL || made == NULL || options->size < OPTIONS_SIZE_FIRST ||
        options->path == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    const gj_allocator *allocator = gjb_alloc_or_default(options->allocator);
    gj_engine *engine = gjb_alloc_create(allocator, 1, sizeof *engine);
    *made = engine;
    if (engine == NULL) {
        return GJ_NO_MEMORY;
    }
    engine->allocator = allocator;
    memcpy(&engine->options, options,
           options->size < sizeof *options ? options->size : sizeof *options);
    engine->lock = -1;
    engine->now = INT64_MIN;
    pthread_mutex_init(&engine->gate, NULL);
    pthread_cond_init(&engine->turn, NULL);
    gj_status status = path_keep(engine, options->path);
    status = status == GJ_OK ? parts_open(engine) : status;
    if (status == GJ_OK) {
        opening_log(engine);
    }
    /* What was interrupted goes on. */
    return status == GJ_OK && !options->reads_only ? gjr_counter_recount(engine) : status;
}

void gj_engine_close(gj_engine *engine)
{
    if (engine == NULL) {
        return;
    }
    if (engine->is_open) {
        gjr_log(engine, GJR_LOG_CLOSED, engine->path);
    }
    for (size_t i = 0; i < engine->reader_count; i++) {
        gjr_store_deinit(engine->readers[i]);
        gjb_alloc_destroy(engine->allocator, engine->readers[i], 1, sizeof *engine->readers[i]);
    }
    gjr_store_deinit(&engine->store);
    gjr_hot_destroy(engine->hot);
    gjr_rule_sets_destroy(engine);
    if (engine->lock >= 0) {
        close(engine->lock);
    }
    pthread_mutex_destroy(&engine->gate);
    pthread_cond_destroy(&engine->turn);
    gjb_alloc_destroy(engine->allocator, engine->path,
                      engine->path == NULL ? 0 : strlen(engine->path) + 1, 1);
    gjb_alloc_destroy(engine->allocator, engine, 1, sizeof *engine);
}
