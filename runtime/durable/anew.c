/* SPDX-License-Identifier: Apache-2.0
 *
 * A case judged from its history: a live docket is told all of it in silence, comes to where the
 * clock stood, and is told what is new aloud. What it tells is written down, and what it has come
 * to is the case's state. It costs the history of that case. */
#include "durable/desk.h"
#include "durable/journal.h"
#include "durable/moving.h"
#include "engine/live.h"
#include "engine/recount.h"
#include "judge/finding.h"

typedef struct retelling {
    gjr_desk *desk;
    gjr_case_file *file;
    gj_live *live;
    bool aloud;
} retelling;

static bool revision_hear(void *payload, const gj_revision *revision)
{
    retelling *with = payload;
    if (with->aloud) {
        gjr_book_revise(&with->desk->book, with->file, revision);
    }
    return true;
}

static gj_status live_tell(void *payload, const gj_event *event)
{
    gj_added added;
    return gj_live_add(payload, event, &added);
}

static gj_status history_tell(retelling *with)
{
    gjr_desk *desk = with->desk;
    gjr_journal journal = {desk->store, with->file->number, with->file->latest, with->file->id};
    gjb_buffer_reset(&desk->history);
    gj_status status = gjr_journal_read(&journal, &desk->history);
    return status == GJ_OK
               ? gjr_journal_tell(&journal, gjb_buffer_text(&desk->history), with->live, live_tell)
               : status;
}

/* What natives have answered about these events before is asked for nobody again. */
static gj_status live_make(retelling *with)
{
    gj_live_options options = {
        .size = sizeof options, .payload = with, .on_revision = revision_hear};
    gj_status status = gj_live_create(with->file->rules->judge, &options, &with->live);
    status = status == GJ_OK ? gjr_rule_set_add_past(with->desk->engine, with->file->opened,
                                                     with->file->rules, with->live->docket)
                             : status;
    if (status == GJ_IO) {
        gjr_store_fail_damaged(with->desk->store, GJR_DAMAGE_RULES, with->file->id);
    }
    gjr_answers *answers = gjr_case_file_answers(with->file);
    if (status == GJ_OK && answers != NULL) {
        with->live->step.answers = answers;
    }
    return status;
}

/* ---- what it has come to ---- */

static gj_status state_take(retelling *with)
{
    enum { ROOM_SIZE = 192 };
    gjr_case *judged = gjr_cases_get(&with->live->cases, 0);
    gj_text bytes = {(const char *)judged->bytes, gjr_case_size(judged)};
    return gjr_case_put(&with->file->judged, bytes, ROOM_SIZE);
}

static void last_take(const retelling *with)
{
    const gjr_records *records = &with->live->docket->records;
    uint32_t last = with->live->items[0].last;
    gj_instant moved_at = gjr_docket_past_until(with->live->docket);
    if (moved_at != INT64_MIN) {
        gjr_case_file_take_move(with->file, moved_at);
    }
    if (last != GJB_INDEX_NONE) {
        gjr_event event;
        gjr_records_event(records, last, &event);
        gjr_rank rank = {event.at, event.recorded, event.seq, event.source, event.id};
        if (event.at > moved_at || moved_at == INT64_MIN) {
            gjr_case_file_take_last(with->file, &rank);
        }
    }
}

/* Under which ordinals later steps speak of its findings. */
static gj_status ordinals_take(const retelling *with)
{
    const gjr_live_case *item = &with->live->items[0];
    gj_status status = GJ_OK;
    gjr_book_unnumber(&with->desk->book, with->file);
    for (uint32_t i = 0; i < item->note_count && status == GJ_OK; i++) {
        gj_finding finding;
        status = gjr_live_finding(with->live, 0, item->notes[i], &finding);
        if (status == GJ_OK && item->notes[i]->raised.status != GJ_WITHDRAWN) {
            gjr_book_number(&with->desk->book, with->file, finding.id, i);
        }
    }
    return status;
}

static gj_status outcome_take(retelling *with)
{
    if (with->live->cases.count == 0) {
        return GJ_OK;
    }
    with->file->is_linked = with->live->docket->roll.cases[0].links != GJB_INDEX_NONE;
    with->file->has_state = true;
    gjr_desk_note_changed(with->desk, with->file);
    last_take(with);
    gj_status status = state_take(with);
    return status == GJ_OK ? ordinals_take(with) : status;
}

/* ---- telling it ---- */

/* Its findings are revised by the days that have changed, and it goes on by those calendars. */
static gj_status recount(retelling *with, gjr_rule_set *rules)
{
    gj_status status = gjr_live_recount(with->live, rules->judge, NULL);
    gjr_desk_note_changed(with->desk, with->file);
    return status == GJ_OK ? gjr_case_file_rebind(with->file, rules) : status;
}

static gj_status retell(retelling *with, gjr_anew what, gj_problem_code *problem)
{
    gj_added added;
    gj_status status = live_make(with);
    status = status == GJ_OK ? history_tell(with) : status;
    status = status != GJ_OK                      ? status
             : with->live->docket->past_count > 0 ? gjr_live_settle(with->live, what.was)
                                                  : gj_live_advance(with->live, what.was);
    with->aloud = true;
    if (status == GJ_OK && what.recount != NULL) {
        status = recount(with, what.recount);
        return status == GJ_OK ? outcome_take(with) : status;
    }
    status = status == GJ_OK ? gj_live_advance(with->live, with->desk->now) : status;
    if (status == GJ_OK && what.told != NULL) {
        gj_event told = *what.told; /* which version calls its procedure so is no matter here */
        told.procedure = (gj_text){NULL, 0};
        status = gj_live_add(with->live, &told, &added);
        *problem = gj_live_problem(with->live)->code;
    }
    return status == GJ_OK ? outcome_take(with) : status;
}

void gjr_desk_anew(gjr_desk *desk, gjr_case_file *file, gjr_anew what, gj_problem_code *problem)
{
    retelling with = {.desk = desk, .file = file};
    *problem = GJ_PROBLEM_NONE;
    gjr_store_fail(desk->store, retell(&with, what, problem));
    gj_live_destroy(with.live);
}
