/* SPDX-License-Identifier: Apache-2.0
 *
 * All of a store, a line a thing, for another system to load (engine.h): as it was committed last,
 * whatever is submitted meanwhile. */
#include "base/text.h"
#include "durable/journal.h"

#include <string.h>

typedef struct exporting {
    gj_engine *engine;
    gjr_store *reader;
    const gj_writer *out;
    gjb_buffer line;
    bool is_bare; /* one kind alone: the lines are without its name */
    bool fails;   /* the writer */
    bool has_key; /* the line's object */
} exporting;

/* ---- lines ---- */

static void line_begin(exporting *with, const char *kind)
{
    gjb_buffer_reset(&with->line);
    with->has_key = false;
    if (!with->is_bare) {
        gjb_buffer_add_format(&with->line, "{\"%s\":", kind);
    }
}

/* Whether to go on. */
static bool line_end(exporting *with)
{
    gjb_buffer_add_string(&with->line, with->is_bare ? "\n" : "}\n");
    if (with->line.failed) {
        gjr_store_fail(with->reader, GJ_NO_MEMORY);
        return false;
    }
    with->fails = !with->out->write(with->out->payload, with->line.bytes, with->line.size);
    return !with->fails;
}

static void key_add(exporting *with, const char *key)
{
    gjb_buffer_add_format(&with->line, "%s\"%s\":", with->has_key ? "," : "", key);
    with->has_key = true;
}

static void text_add(exporting *with, const char *key, gj_text text)
{
    key_add(with, key);
    if (text.bytes == NULL) {
        gjb_buffer_add_string(&with->line, "null");
    } else {
        gjb_buffer_add_json(&with->line, text);
    }
}

static void number_add(exporting *with, const char *key, int64_t number)
{
    key_add(with, key);
    gjb_buffer_add_int(&with->line, number);
}

static void instant_add(exporting *with, const char *key, gj_instant at)
{
    char said[40];
    size_t size = at == INT64_MIN ? 0 : gj_instant_format(at, 0, said, sizeof said);
    text_add(with, key, (gj_text){size == 0 ? NULL : said, size});
}

/* ---- what is told ---- */

static bool rules_tell(void *payload, const gj_rule_set *rules)
{
    exporting *with = payload;
    line_begin(with, "rules");
    gjb_buffer_add_byte(&with->line, '{');
    text_add(with, "procedure", rules->procedure);
    text_add(with, "title", rules->title);
    number_add(with, "version", rules->version);
    text_add(with, "unit", rules->unit);
    number_add(with, "number", (int64_t)rules->number);
    instant_add(with, "at", rules->at);
    gjb_buffer_add_string(&with->line,
                          rules->in_force ? ",\"in_force\":true" : ",\"in_force\":false");
    text_add(with, "signed_by", rules->signed_by);
    gjb_buffer_add_byte(&with->line, '}');
    return line_end(with);
}

static bool case_tell(void *payload, const gj_case_row *row)
{
    exporting *with = payload;
    line_begin(with, "case");
    gjb_buffer_add_byte(&with->line, '{');
    text_add(with, "procedure", row->procedure);
    text_add(with, "case", row->case_id);
    number_add(with, "version", row->version);
    text_add(with, "stage", row->stage);
    text_add(with, "stage_title", row->stage_title);
    gjb_buffer_add_string(&with->line, row->final ? ",\"final\":true" : ",\"final\":false");
    number_add(with, "events", (int64_t)row->event_count);
    instant_add(with, "first", row->first_at);
    instant_add(with, "last", row->last_at);
    gjb_buffer_add_byte(&with->line, '}');
    return line_end(with);
}

/* Rows of one JSON text each, as they lie there. */
static void rows_tell(exporting *with, gjr_query query, const char *kind)
{
    gjr_statement *rows = gjr_store_ask(with->reader, query);
    bool goes_on = !with->fails;
    while (goes_on && gjr_store_row(with->reader, rows)) {
        line_begin(with, kind);
        gjb_buffer_add_text(&with->line, gjr_statement_text(rows, 0));
        goes_on = line_end(with);
    }
    gjr_store_done(rows);
}

static void clock_tell(exporting *with)
{
    gjr_statement *row = gjr_store_ask(with->reader, GJR_QUERY_CLOCK);
    gj_instant now = gjr_store_row(with->reader, row) ? gjr_statement_int(row, 0) : INT64_MIN;
    gjr_store_done(row);
    line_begin(with, "store");
    gjb_buffer_add_byte(&with->line, '{');
    instant_add(with, "clock", now);
    gjb_buffer_add_byte(&with->line, '}');
    line_end(with);
}

static void all_tell(exporting *with, uint32_t what)
{
    if (!with->is_bare) {
        clock_tell(with);
    }
    if ((what & GJ_EXPORT_RULES) != 0 && !with->fails) {
        gj_engine_rule_sets(with->engine, with, rules_tell);
    }
    if ((what & GJ_EXPORT_EVENTS) != 0) {
        rows_tell(with, GJR_QUERY_EVENTS, "event");
    }
    if ((what & GJ_EXPORT_CONFLICTS) != 0) {
        rows_tell(with, GJR_QUERY_CONFLICTS, "conflict");
    }
    if ((what & GJ_EXPORT_CASES) != 0 && !with->fails) {
        gjr_cases_list(with->engine, with->reader, NULL, with, case_tell);
    }
    if ((what & GJ_EXPORT_FINDINGS) != 0) {
        rows_tell(with, GJR_QUERY_FINDINGS, "finding");
    }
    if ((what & GJ_EXPORT_REVISIONS) != 0) {
        rows_tell(with, GJR_QUERY_REVISIONS, "revision");
    }
}

gj_status gj_engine_export(gj_engine *engine, uint32_t what, const gj_writer *out)
{
    gjr_asked asked;
    gj_status status;
    what = what == 0 ? GJ_EXPORT_ALL : what;
    if (engine == NULL || out == NULL || (what & ~(uint32_t)GJ_EXPORT_ALL) != 0) {
        return gjr_engine_misused(engine);
    }
    if (gjr_asked_init(&asked, engine, &status)) {
        exporting with = {.engine = engine,
                          .reader = asked.reader,
                          .out = out,
                          .is_bare = (what & (what - 1)) == 0};
        gjb_buffer_init(&with.line, engine->allocator);
        gjr_store_fail(with.reader, gjr_database_run(with.reader->database, "BEGIN"));
        all_tell(&with, what);
        gjr_database_run(with.reader->database, "ROLLBACK");
        gjb_buffer_deinit(&with.line);
        status = with.reader->status;
        gjr_asked_note(&asked, status);
        if (status == GJ_OK && with.fails) {
            gjr_engine_fail(engine, GJR_FAILURE_WRITER, NULL, NULL);
            status = GJ_IO;
        }
    }
    gjr_asked_deinit(&asked);
    return status;
}
