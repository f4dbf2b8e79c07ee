/* SPDX-License-Identifier: Apache-2.0
 *
 * See engine.h: opening, closing, and the clock. */
#include "durable/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

void gjr_engine_fail(gj_engine *engine, const char *text)
{
    pthread_mutex_lock(&engine->gate);
    snprintf(engine->error, sizeof engine->error, "%s", text);
    pthread_mutex_unlock(&engine->gate);
}

void gj_engine_error(gj_engine *engine, char *text, size_t size)
{
    if (engine == NULL || text == NULL || size == 0) {
        return;
    }
    pthread_mutex_lock(&engine->gate);
    snprintf(text, size, "%s", engine->error);
    pthread_mutex_unlock(&engine->gate);
}

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
    if (status == GJ_OK && (engine->lock < 0 || flock(engine->lock, LOCK_EX | LOCK_NB) != 0)) {
        gjr_engine_fail(engine, errno == EWOULDBLOCK ? "another engine has this store open"
                                                     : gj_system_error_text(errno, GJ_EN));
        status = GJ_IO;
    }
    return status;
}

static gj_status clock_load(gj_engine *engine)
{
    gjr_statement *clock = gjr_store_ask(&engine->store, GJR_QUERY_CLOCK);
    if (!gjr_store_row(&engine->store, clock)) {
        return GJ_IO;
    }
    engine->now = gjr_statement_int(clock, 0);
    gjr_store_done(clock);
    return GJ_OK;
}

static gj_status parts_open(gj_engine *engine)
{
    const gj_engine_options *options = &engine->options;
    gj_status status = options->reads_only ? GJ_OK : lock_take(engine);
    if (status != GJ_OK) {
        return status;
    }
    status = gjr_store_init(&engine->store, engine->allocator, options->path, !options->reads_only);
    if (status == GJ_REFUSED) {
        gjr_engine_fail(engine, "not a store of this library, or of a newer version of it");
    } else if (status != GJ_OK && engine->store.database != NULL) {
        gjr_engine_fail(engine, gjr_database_error(engine->store.database));
    }
    status = status == GJ_OK ? clock_load(engine) : status;
    return status == GJ_OK ? gjr_rule_sets_load(engine) : status;
}

gj_status gj_engine_open(const gj_engine_options *options, gj_engine **made)
{
    if (options == NULL || made == NULL || options->size < sizeof *options ||
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
    engine->options = *options;
    engine->lock = -1;
    engine->now = INT64_MIN;
    pthread_mutex_init(&engine->gate, NULL);
    pthread_cond_init(&engine->turn, NULL);
    return parts_open(engine);
}

void gj_engine_close(gj_engine *engine)
{
    if (engine == NULL) {
        return;
    }
    for (size_t i = 0; i < engine->reader_count; i++) {
        gjr_store_deinit(engine->readers[i]);
        gjb_alloc_destroy(engine->allocator, engine->readers[i], 1, sizeof *engine->readers[i]);
    }
    gjr_store_deinit(&engine->store);
    gjr_rule_sets_destroy(engine);
    if (engine->lock >= 0) {
        close(engine->lock);
    }
    pthread_mutex_destroy(&engine->gate);
    pthread_cond_destroy(&engine->turn);
    gjb_alloc_destroy(engine->allocator, engine, 1, sizeof *engine);
}
