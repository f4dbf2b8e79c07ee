/* SPDX-License-Identifier: Apache-2.0
 *
 * See case_file.h. */
#include "durable/case_file.h"

#include "base/text.h"
#include "judge/answers_file.h"
#include "judge/sound.h"

#include <string.h>

enum { ROOM_SIZE = 192 }; /* of the tail, beside what it holds */

int gjr_rank_compare(const gjr_rank *a, const gjr_rank *b)
{
    if (a->at != b->at) {
        return a->at < b->at ? -1 : 1;
    }
    if (a->recorded != b->recorded) {
        return a->recorded < b->recorded ? -1 : 1;
    }
    int by_source = gjb_text_compare(a->source, b->source);
    if (by_source != 0 || a->seq != b->seq) {
        return by_source != 0 ? by_source : a->seq < b->seq ? -1 : 1;
    }
    return gjb_text_compare(a->id, b->id);
}

/* As bytes: at, recorded, seq, the source's size, the source, the id. */
typedef struct rank_head {
    int64_t at, recorded;
    uint64_t seq, source_size;
} rank_head;

bool gjr_case_file_last(const gjr_case_file *file, gjr_rank *last)
{
    rank_head head;
    if (file->last.size < sizeof head) {
        return false;
    }
    memcpy(&head, file->last.bytes, sizeof head);
    const char *source = file->last.bytes + sizeof head;
    size_t left = file->last.size - sizeof head;
    size_t size = head.source_size < left ? (size_t)head.source_size : left;
    *last =
        (gjr_rank){head.at, head.recorded, head.seq, {source, size}, {source + size, left - size}};
    return true;
}

void gjr_case_file_take_last(gjr_case_file *file, const gjr_rank *last)
{
    rank_head head = {last->at, last->recorded, last->seq, last->source.size};
    gjb_buffer_reset(&file->last);
    gjb_buffer_add(&file->last, &head, sizeof head);
    gjb_buffer_add_text(&file->last, last->source);
    gjb_buffer_add_text(&file->last, last->id);
}

gjr_rank gjr_rank_of(const gjr_event *event)
{
    return (gjr_rank){event->at, event->recorded, event->seq, event->source, event->id};
}

bool gjr_case_file_is_next(const gjr_case_file *file, const gjr_event *event, gj_instant now)
{
    gjr_rank rank = gjr_rank_of(event), last;
    return file->has_state && !file->is_linked && event->at <= now &&
           event->at >= gjr_case_state(&file->judged)->clock &&
           (!gjr_case_file_last(file, &last) || gjr_rank_compare(&last, &rank) < 0);
}

void gjr_case_file_take_move(gjr_case_file *file, gj_instant at)
{
    static const gj_text none = {"", 0};
    gjr_case_file_take_last(file, &(gjr_rank){at, INT64_MAX, UINT64_MAX, none, none});
}

/* ---- reading ---- */

static bool asks_natives(const gjr_case_file *file)
{
    return file->rules->judge->natives != NULL;
}

gjr_answers *gjr_case_file_answers(gjr_case_file *file)
{
    return asks_natives(file) ? &file->answers : NULL;
}

gj_status gjr_case_file_init_new(gjr_case_file *file, const gj_allocator *allocator,
                                 gjr_rule_set *rules, int64_t number)
{
    *file = (gjr_case_file){.allocator = allocator,
                            .number = number,
                            .rules = rules,
                            .opened = rules,
                            .has_state = true,
                            .is_new = true};
    gjb_buffer_init(&file->last, allocator);
    gjr_answers_init(&file->answers, allocator);
    return gjr_case_init(&file->judged, rules->judge);
}

/* The state is only an extract of what was told: bytes that are not of this unit, or that cannot be
 * a state of it, are not taken. */
static gj_status state_take(gjr_case_file *file, gj_text state)
{
    gj_status status = gjr_case_put(&file->judged, state, ROOM_SIZE);
    status = status == GJ_OK ? gjr_sound_check(&file->judged) : status;
    file->has_state = status == GJ_OK;
    if (!file->has_state) {
        gjr_case_reset(&file->judged);
    }
    return status == GJ_REFUSED ? GJ_OK : status;
}

gj_status gjr_case_file_init(gjr_case_file *file, const gj_engine *engine, gjr_rule_set *rules,
                             gjr_rule_set *opened, gjr_statement *row)
{
    gj_status status =
        gjr_case_file_init_new(file, engine->allocator, rules, gjr_statement_int(row, 0));
    gj_text state = gjr_statement_text(row, 5), answers = gjr_statement_text(row, 6);
    file->is_new = false;
    file->opened = opened;
    file->latest = gjr_statement_int(row, 2);
    file->kept.deployment = gjr_statement_int(row, 1);
    file->kept.look_at = gjr_statement_int(row, 9);
    file->is_linked = gjr_statement_int(row, 3) != 0;
    gjb_buffer_add_text(&file->last, gjr_statement_text(row, 4));
    if (status == GJ_OK && state.bytes != NULL) {
        status = state_take(file, state);
    }
    if (status == GJ_OK && asks_natives(file) && answers.bytes != NULL) {
        status = gjr_answers_read(&file->answers, rules->judge, answers);
        status = status == GJ_REFUSED ? GJ_IO : status;
    }
    return file->last.failed ? GJ_NO_MEMORY : status;
}

bool gjr_case_file_copy(gjr_case_file *to, const gjr_case_file *from)
{
    gjr_rank last;
    gj_text state = {(const char *)from->judged.bytes, gjr_case_size(&from->judged)};
    to->opened = from->opened;
    to->latest = from->latest;
    to->has_state = gjr_case_put(&to->judged, state, ROOM_SIZE) == GJ_OK;
    gjb_buffer_reset(&to->last);
    if (gjr_case_file_last(from, &last)) {
        gjr_case_file_take_last(to, &last);
    }
    return to->has_state && !to->last.failed;
}

gj_status gjr_case_file_rebind(gjr_case_file *file, gjr_rule_set *rules)
{
    gjr_case_deinit(&file->judged);
    file->rules = rules;
    return gjr_case_init(&file->judged, rules->judge);
}

void gjr_case_file_deinit(gjr_case_file *file)
{
    if (file->judged.judge != NULL) {
        gjr_case_deinit(&file->judged);
    }
    gjr_answers_deinit(&file->answers);
    gjb_buffer_deinit(&file->last);
}

/* ---- writing ---- */

static gj_instant look_at_of(const gjr_case_file *file)
{
    return gjr_case_state(&file->judged)->look_at;
}

static gjr_query query_of(const gjr_case_file *file)
{
    return file->is_new                                   ? GJR_QUERY_CASE_ADD
           : file->kept.deployment != file->rules->number ? GJR_QUERY_CASE_SAVE_MOVED
           : file->kept.look_at != look_at_of(file)       ? GJR_QUERY_CASE_SAVE_DUE
                                                          : GJR_QUERY_CASE_SAVE;
}

/* Parameters 1 to 8 of CASE_ADD, of which the others leave out some; 9 and 10 of the first alone.
 */
static void row_bind(const gjr_case_file *file, gjr_query query, gjr_statement *row)
{
    if (query != GJR_QUERY_CASE_SAVE) {
        gjr_statement_bind_int(row, 1, look_at_of(file));
    }
    gjr_statement_bind_int(row, 2, file->is_linked ? 1 : 0);
    gjr_statement_bind_bytes(row, 3, file->last.bytes, file->last.size);
    gjr_statement_bind_bytes(row, 4, file->judged.bytes, gjr_case_size(&file->judged));
    gjr_statement_bind_int(row, 6, file->latest);
    gjr_statement_bind_int(row, 7, file->number);
    if (query == GJR_QUERY_CASE_ADD || query == GJR_QUERY_CASE_SAVE_MOVED) {
        gjr_statement_bind_int(row, 8, file->rules->number);
    }
    if (query == GJR_QUERY_CASE_ADD) {
        gjr_statement_bind_text(row, 9, file->rules->procedure);
        gjr_statement_bind_text(row, 10, file->id);
    }
}

void gjr_case_file_write(gjr_case_file *file, gjr_store *store)
{
    gjr_query query = query_of(file);
    gjr_statement *row = file->is_changed ? gjr_store_ask(store, query) : NULL;
    if (row == NULL) {
        return;
    }
    gjb_buffer answers;
    gjb_buffer_init(&answers, file->allocator);
    row_bind(file, query, row);
    if (asks_natives(file)) {
        gjr_answers_write(&file->answers, file->rules->judge, &answers);
        gjr_statement_bind_bytes(row, 5, answers.bytes, answers.size);
    }
    if (answers.failed || file->last.failed) {
        gjr_store_fail(store, GJ_NO_MEMORY);
    }
    gjr_store_row(store, row);
    gjr_store_done(row);
    gjb_buffer_deinit(&answers);
    file->is_changed = file->is_new = false;
    file->kept.look_at = look_at_of(file);
    file->kept.deployment = file->rules->number;
}
