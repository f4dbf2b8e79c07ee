/* SPDX-License-Identifier: Apache-2.0
 *
 * See xes_log.h. */
#include "feed/xes_log.h"
#include "base/text.h"
#include "feed/window.h"

#include <string.h>

void gjr_xes_log_tell(gjr_xes_log *log, const gj_problem *problem)
{
    gj_problem *told = gjb_arena_make(gjr_xes_texts_arena(&log->texts), 1, sizeof *told);
    gjr_xes_item *added = told != NULL ? gjr_xes_queue_add(&log->queue) : NULL;
    if (added == NULL) {
        log->texts.no_memory = true;
        return;
    }
    *told = *problem;
    added->problem = told;
}

static uint64_t line_of(const gjr_xes_log *log)
{
    return log->base_line + gjr_xml_line(log->xml);
}

/* ---- attributes ----------------------------------------------------------------------------- */

static bool is(gj_text key, const char *name, size_t size)
{
    return key.size == size && memcmp(key.bytes, name, size) == 0;
}
#define IS(key, name) is(key, name, sizeof(name) - 1)

/* Where an event's own attribute goes; NULL: it is data, or taken in here. */
static gj_text *event_place(gjr_xes_log *log, gj_text key)
{
    gj_event *event = &log->event.draft->event;
    switch (key.size) {
    case 2:
        return IS(key, "id") ? &event->id : NULL;
    case 8:
        return IS(key, "org:role") ? &log->role : NULL;
    case 9:
        return IS(key, "org:group") ? &log->group : NULL;
    case 11:
        return IS(key, "identity:id") ? &event->id : NULL;
    case 12:
        return IS(key, "concept:name")   ? &event->action
               : IS(key, "org:resource") ? &event->officer
                                         : NULL;
    default:
        return NULL;
    }
}

static gj_text event_keep(gjr_xes_log *log, gj_text text)
{
    return gjr_xes_text_keep(&log->texts, log->event.arena, text);
}

static void time_set(gjr_xes_log *log, gj_text value)
{
    gjr_draft *draft = log->event.draft;
    gj_text kept = event_keep(log, value);
    if (kept.bytes != NULL && gjr_draft_add(draft, GJR_FIELD_AT, kept) != GJ_OK &&
        log->refused.code == GJ_PROBLEM_NONE) {
        log->refused = *draft->problem;
        log->refused.field = gjb_text_of("time:timestamp");
    }
}

static bool is_complete(gj_text value)
{
    return value.size == 8 && strncasecmp(value.bytes, "complete", 8) == 0;
}

static void event_attribute(gjr_xes_log *log, gjr_xml_name name, gj_text key, gj_text value)
{
    if (!gjr_xes_part_grow(&log->event, key.size + value.size)) {
        return;
    }
    gj_text *place = event_place(log, key);
    if (place != NULL) {
        *place = value.size > 0 ? event_keep(log, value) : *place;
    } else if (IS(key, "time:timestamp")) {
        time_set(log, value);
    } else if (IS(key, "lifecycle:transition")) {
        log->incomplete = value.size > 0 && !is_complete(value);
    } else {
        gjr_xes_part_add(&log->event, name, key, value);
    }
}

static void trace_attribute(gjr_xes_log *log, gjr_xml_name name, gj_text key, gj_text value)
{
    bool was_short = log->trace.size <= GJR_LINE_SIZE_MAX;
    if (!gjr_xes_part_grow(&log->trace, key.size + value.size)) {
        if (was_short) {
            gj_problem problem;
            gjr_problem_set(&problem, GJ_PROBLEM_TOO_LONG, line_of(log), (gj_text){0},
                            gjr_note(GJR_NOTE_LONG_TRACE));
            gjr_xes_log_tell(log, &problem);
        }
    } else if (IS(key, "concept:name")) {
        log->case_id = gjr_xes_text_keep(&log->texts, &log->trace_arena, value);
        log->case_kept = (gj_text){0};
    } else if (!log->opened) {
        gjr_xes_part_add(&log->trace, name, key, value);
    }
}

/* ---- traces and events ---------------------------------------------------------------------- */

static void trace_begin(gjr_xes_log *log)
{
    log->level = GJR_XES_TRACE;
    if (log->trace_open) { /* begun anew inside it */
        return;
    }
    gjb_arena_reset(&log->trace_arena);
    gjr_xes_part_start(&log->trace, 0);
    log->trace_open = true;
    log->opened = false;
    log->case_id = log->case_kept = (gj_text){0};
}

static void event_begin(gjr_xes_log *log)
{
    log->level = GJR_XES_EVENT;
    log->good = gjr_xml_offset(log->xml);
    gjr_xes_part_start(&log->event, line_of(log));
    log->event.arena = gjr_xes_texts_arena(&log->texts);
    log->event.draft->event.seq = ++log->ordinal;
    log->role = log->group = (gj_text){0};
    log->incomplete = false;
    log->refused = (gj_problem){0};
}

static void case_set(gjr_xes_log *log)
{
    if (log->case_kept.bytes == NULL) {
        log->case_kept = event_keep(log, log->case_id);
    }
    log->event.draft->event.case_id = log->case_kept;
}

static void post_set(gjr_xes_log *log)
{
    bool both = log->role.bytes != NULL && log->group.bytes != NULL;
    log->event.draft->event.post = log->role.bytes != NULL ? log->role : log->group;
    if (both) {
        gjr_xes_part_add(&log->event, GJR_XML_STRING, gjb_text_of("org:group"), log->group);
    }
}

/* The file's own words for what is missing. */
static gj_text missing_name(gj_text field)
{
    return gjb_text_equal_string(field, "case")     ? gjb_text_of("trace concept:name")
           : gjb_text_equal_string(field, "action") ? gjb_text_of("event concept:name")
                                                    : gjb_text_of("time:timestamp");
}

static gj_status event_finish(gjr_xes_log *log)
{
    gjr_draft *draft = log->event.draft;
    if (log->event.size > GJR_LINE_SIZE_MAX) {
        gjr_problem_set(draft->problem, GJ_PROBLEM_TOO_LONG, draft->event.line, (gj_text){0},
                        gjr_note(GJR_NOTE_LONG_EVENT));
        return GJ_MALFORMED;
    }
    if (log->refused.code != GJ_PROBLEM_NONE) {
        *draft->problem = log->refused;
        return GJ_MALFORMED;
    }
    if (log->trace_open) {
        case_set(log);
    }
    post_set(log);
    if (log->trace_open && !log->opened) {
        gjr_xes_part_add_missing(&log->event, &log->trace);
    }
    gj_status status = gjr_draft_finish(draft, log->source);
    if (status == GJ_MALFORMED) {
        draft->problem->field = missing_name(draft->problem->field);
    }
    return status;
}

static gj_datum *datums_copy(gjr_xes_log *log, const gj_datum *datums, size_t count)
{
    gj_datum *copy = gjb_arena_make(log->event.arena, count, sizeof *copy);
    if (copy != NULL && count > 0) {
        memcpy(copy, datums, count * sizeof *copy);
    }
    return copy;
}

/* The draft's arrays are used again for the next event, so they are copied. */
static void event_queue(gjr_xes_log *log)
{
    const gjr_draft *draft = log->event.draft;
    gj_datum *data = datums_copy(log, draft->data, draft->data_count);
    gj_datum *items = datums_copy(log, draft->items, draft->item_count);
    gjr_xes_item *added = data != NULL && items != NULL ? gjr_xes_queue_add(&log->queue) : NULL;
    if (added == NULL) {
        log->texts.no_memory = true;
        return;
    }
    added->event = draft->event;
    added->event.data = data;
    for (size_t i = 0; draft->item_count > 0 && i < draft->data_count; i++) {
        if (data[i].kind == GJ_DATUM_LIST) {
            data[i].items = items + (data[i].items - draft->items);
        }
    }
}

static void event_end(gjr_xes_log *log)
{
    log->level = log->trace_open ? GJR_XES_TRACE : GJR_XES_LOG;
    log->good = gjr_xml_offset(log->xml);
    if (log->incomplete) {
        return;
    }
    if (event_finish(log) == GJ_OK) {
        log->opened = true;
        event_queue(log);
    } else {
        gjr_xes_log_tell(log, log->event.draft->problem);
    }
}

/* ---- elements ------------------------------------------------------------------------------- */

static bool is_scalar(gjr_xml_name name)
{
    return name >= GJR_XML_STRING && name <= GJR_XML_ID;
}

static gjr_xes_part *list_part(gjr_xes_log *log)
{
    return log->outer == GJR_XES_EVENT ? &log->event : &log->trace;
}

static void list_begin(gjr_xes_log *log, gj_text key)
{
    log->outer = log->level;
    log->level = GJR_XES_LIST;
    log->list_depth = 0;
    gjr_xes_part_open_list(list_part(log), key);
}

static void attribute_begin(gjr_xes_log *log, gjr_xml_name name, gj_text key, gj_text value)
{
    bool list = (name == GJR_XML_LIST || name == GJR_XML_CONTAINER) && key.bytes != NULL;
    if (list && !(log->level == GJR_XES_TRACE && log->opened)) {
        list_begin(log, key);
        return;
    }
    log->skipped = 1;
    if (!is_scalar(name) || key.bytes == NULL || value.bytes == NULL) {
        return;
    }
    if (log->level == GJR_XES_EVENT) {
        event_attribute(log, name, key, value);
    } else {
        trace_attribute(log, name, key, value);
    }
}

static void item_begin(gjr_xes_log *log, gjr_xml_name name, gj_text value)
{
    if (name == GJR_XML_VALUES) {
        log->list_depth++;
        return;
    }
    log->skipped = 1;
    if (is_scalar(name) && value.bytes != NULL && gjr_xes_part_grow(list_part(log), value.size)) {
        gjr_xes_part_add_item(list_part(log), name, value);
    }
}

static void log_begin(gjr_xes_log *log, gjr_xml_name name)
{
    if (name == GJR_XML_TRACE) {
        trace_begin(log);
    } else if (name == GJR_XML_EVENT) {
        event_begin(log);
    } else {
        log->skipped = 1;
    }
}

static void on_begin(void *payload, gjr_xml_name name, gj_text key, gj_text value)
{
    gjr_xes_log *log = payload;
    if (log->skipped > 0) {
        log->skipped++;
        return;
    }
    switch (log->level) {
    case GJR_XES_OUTSIDE:
        if (name != GJR_XML_LOG) {
            gjr_xml_refuse(log->xml, GJ_PROBLEM_SYNTAX, gjr_note(GJR_NOTE_NOT_XES));
        }
        log->level = GJR_XES_LOG;
        return;
    case GJR_XES_LOG:
        log_begin(log, name);
        return;
    case GJR_XES_TRACE:
        if (name == GJR_XML_EVENT) {
            event_begin(log);
            return;
        }
        attribute_begin(log, name, key, value);
        return;
    case GJR_XES_EVENT:
        attribute_begin(log, name, key, value);
        return;
    case GJR_XES_LIST:
        item_begin(log, name, value);
        return;
    }
}

static void on_end(void *payload)
{
    gjr_xes_log *log = payload;
    if (log->skipped > 0) {
        log->skipped--;
        return;
    }
    switch (log->level) {
    case GJR_XES_OUTSIDE:
        return;
    case GJR_XES_LOG:
        log->level = GJR_XES_OUTSIDE;
        return;
    case GJR_XES_TRACE:
        log->level = GJR_XES_LOG;
        log->trace_open = false;
        log->good = gjr_xml_offset(log->xml);
        return;
    case GJR_XES_EVENT:
        event_end(log);
        return;
    case GJR_XES_LIST:
        if (log->list_depth > 0) {
            log->list_depth--;
            return;
        }
        log->level = log->outer;
        gjr_xes_part_close_list(list_part(log));
        return;
    }
}

/* ---- pieces --------------------------------------------------------------------------------- */

typedef gj_text text_move(gjr_xes_texts *texts, gjb_arena *arena, gj_text text);

static void event_texts_move(gjr_xes_log *log, text_move *move)
{
    gj_event *event = &log->event.draft->event;
    gj_text *const texts[] = {&event->id, &event->action, &event->officer,   &event->at.written,
                              &log->role, &log->group,    &log->refused.text};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = move(&log->texts, log->event.arena, *texts[i]);
    }
}

static gj_text text_settle(gjr_xes_texts *texts, gjb_arena *arena, gj_text text)
{
    return gjr_xes_text_settle(texts, arena, text);
}

static void trace_settle(gjr_xes_log *log)
{
    log->case_id = gjr_xes_text_settle(&log->texts, &log->trace_arena, log->case_id);
    if (!log->opened) {
        gjr_xes_part_settle(&log->trace);
    }
}

void gjr_xes_log_settle(gjr_xes_log *log, bool queue)
{
    bool in_event =
        log->level == GJR_XES_EVENT || (log->level == GJR_XES_LIST && log->outer == GJR_XES_EVENT);
    if (queue) {
        gjr_xes_texts_turn(&log->texts);
        log->queue.count = log->queue.at = 0;
    }
    if (in_event && queue) {
        gjr_xes_part_move(&log->event, gjr_xes_texts_arena(&log->texts));
        event_texts_move(log, gjr_xes_text_copy);
    } else if (in_event) {
        gjr_xes_part_settle(&log->event);
        event_texts_move(log, text_settle);
    }
    if (log->trace_open) {
        trace_settle(log);
    }
    log->case_kept = (gj_text){0};
    log->texts.piece = (gj_text){0};
}

/* ---- life ----------------------------------------------------------------------------------- */

gj_status gjr_xes_log_init(gjr_xes_log *log, const gj_allocator *allocator, gjr_draft *draft,
                           gj_text source)
{
    *log = (gjr_xes_log){.source = source, .queue = {.allocator = allocator}};
    gjr_xes_texts_init(&log->texts, allocator);
    gjb_arena_init(&log->trace_arena, allocator);
    gjr_draft_init(&log->trace_draft, allocator, &log->trace_problem);
    log->trace = (gjr_xes_part){
        .draft = &log->trace_draft, .arena = &log->trace_arena, .texts = &log->texts};
    log->event = (gjr_xes_part){
        .draft = draft, .arena = gjr_xes_texts_arena(&log->texts), .texts = &log->texts};
    const gjr_xml_handlers handlers = {log, on_begin, on_end};
    log->xml = gjr_xml_create(allocator, &handlers);
    return log->xml != NULL && gjr_xes_log_begin(log, 0, GJR_XES_OUTSIDE) ? GJ_OK : GJ_NO_MEMORY;
}

void gjr_xes_log_deinit(gjr_xes_log *log)
{
    gjr_xml_destroy(log->xml);
    gjr_draft_deinit(&log->trace_draft);
    gjb_arena_deinit(&log->trace_arena);
    gjr_xes_texts_deinit(&log->texts);
    gjr_xes_queue_deinit(&log->queue);
}

bool gjr_xes_log_begin(gjr_xes_log *log, uint64_t line, gjr_xes_level inside)
{
    log->base_line = line;
    log->trace_open = inside == GJR_XES_TRACE;
    log->level = GJR_XES_OUTSIDE;
    log->skipped = 0;
    log->good = 0;
    return gjr_xml_begin(log->xml, inside == GJR_XES_OUTSIDE ? ""
                                   : inside == GJR_XES_TRACE ? "<log><trace>"
                                                             : "<log>");
}
