/* SPDX-License-Identifier: Apache-2.0
 *
 * XES (IEEE 1849), as docs/LANGUAGE.md maps it: a trace is a case, its attributes are the data of
 * its first event. Pieces of the file are pushed through XML; the events that end in a piece wait
 * in a queue, their texts in an arena; when the queue is empty the next piece is pushed into the
 * other arena, and an event that is still open moves over. So memory is bounded by the greatest
 * element.
 *
 *     log                          level LOG        ignored: extension, global, classifier,
 * attributes trace                      level TRACE      attributes: case, data of the opening
 * event event                    level EVENT      attributes: fields and data list, container level
 * LIST       attributes: items
 *
 * Everything else, and whatever is nested in an attribute, is passed over by counting (`skipped`).
 * Where the XML is malformed, reading begins anew at the next <event or <trace, in the same trace
 * as before if that had begun. Trace attributes that follow the trace's first event come too late.
 */
#include "base/arena.h"
#include "base/text.h"
#include "feed/number.h"
#include "feed/feed.h"
#include "feed/xml.h"

#include <assert.h>
#include <string.h>

enum { PIECE_SIZE_FIRST = 512, PIECE_SIZE_MAX = 64 * 1024, ATTRIBUTE_COST = 64 };

typedef enum level { OUTSIDE, LOG, TRACE, EVENT, LIST } level;

typedef struct item {
    gj_problem problem; /* GJ_PROBLEM_NONE: an event */
    gj_event event;
} item;

typedef struct xes {
    gj_feed *feed;
    gjr_xml *xml;
    level level, outer; /* outer: of a list */
    uint32_t skipped;   /* open elements that are passed over */
    uint32_t list_depth;
    gj_text list_key;
    size_t list_first;

    gjr_draft trace; /* its attributes; texts in trace_arena */
    gjb_arena trace_arena;
    gj_problem trace_problem;
    size_t trace_size;
    bool trace_open, opened; /* opened: its first event was delivered */
    gj_text case_id;         /* in trace_arena */
    gj_text case_copy;       /* in the current arena, or absent */

    gj_text role, group; /* of the event */
    size_t event_size;
    bool incomplete, too_long; /* a lifecycle other than complete; more than the limit */
    gj_problem refused;        /* why the event is not one */

    gjb_arena arenas[2];
    int current;
    item *items;
    size_t item_count, item_at, item_capacity;
    uint64_t ordinal; /* events begun so far */

    uint64_t base_line;  /* of the document's first byte, less one */
    uint64_t piece_line; /* newlines before the window's begin */
    size_t pushed;       /* bytes of this document */
    size_t good;         /* offset that reading anew begins behind: of the last event told of */
    size_t piece_size;
    bool seeking, dead, no_memory;
    char note[160];
} xes;

static gjb_arena *arena_of(xes *reader)
{
    return &reader->arenas[reader->current];
}

/* Absent stays absent; failing is noted. */
static gj_text text_copy(xes *reader, gjb_arena *arena, gj_text text)
{
    gj_text copy = gjb_arena_text(arena, text);
    reader->no_memory |= copy.bytes == NULL && text.bytes != NULL;
    return copy;
}

static uint64_t line_of(const xes *reader)
{
    return reader->base_line + gjr_xml_line(reader->xml);
}

/* ---- the queue ------------------------------------------------------------------------------ */

static item *item_add(xes *reader)
{
    if (reader->item_count == reader->item_capacity) {
        size_t more = reader->item_capacity == 0 ? 64 : reader->item_capacity * 2;
        item *items = gjb_alloc_resize(reader->feed->allocator, reader->items,
                                       reader->item_capacity, more, sizeof *items);
        if (items == NULL) {
            reader->no_memory = true;
            return NULL;
        }
        reader->items = items;
        reader->item_capacity = more;
    }
    return &reader->items[reader->item_count++];
}

static void problem_add(xes *reader, const gj_problem *problem)
{
    item *added = item_add(reader);
    if (added != NULL) {
        added->problem = *problem;
    }
}

/* ---- moving an open event to the other arena --------------------------------------------------
 */

static void datums_move(xes *reader, gjb_arena *to, gj_datum *datums, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        datums[i].key = text_copy(reader, to, datums[i].key);
        if (datums[i].kind != GJ_DATUM_LIST) { /* a list's text is a number until the end */
            datums[i].text = text_copy(reader, to, datums[i].text);
        }
    }
}

static void event_move(xes *reader, gjb_arena *to)
{
    gjr_draft *draft = &reader->feed->draft;
    gj_text *const texts[] = {&draft->event.id,         &draft->event.action, &draft->event.officer,
                              &draft->event.at.written, &reader->role,        &reader->group,
                              &reader->list_key,        &reader->refused.text};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = text_copy(reader, to, *texts[i]);
    }
    datums_move(reader, to, draft->data, draft->data_count);
    datums_move(reader, to, draft->items, draft->item_count);
    if (draft->keys.count > 0) { /* its keys were borrowed from the old arena */
        gjb_map_deinit(&draft->keys);
        for (size_t i = 0; i < draft->data_count; i++) {
            bool added;
            reader->no_memory |=
                gjb_map_add(&draft->keys, draft->data[i].key, (uint32_t)i, &added) == NULL;
        }
    }
}

/* The queue is empty: its arena is free for what comes. */
static void arena_turn(xes *reader)
{
    gjb_arena *next = &reader->arenas[!reader->current];
    gjb_arena_reset(next);
    bool open = reader->level == EVENT || (reader->level == LIST && reader->outer == EVENT);
    if (open) {
        event_move(reader, next);
    }
    reader->current = !reader->current;
    reader->case_copy = (gj_text){0};
    reader->item_count = reader->item_at = 0;
}

/* ---- attributes ----------------------------------------------------------------------------- */

static void datum_set(gj_datum *datum, gjr_xml_name name, gj_text value)
{
    datum->kind = GJ_DATUM_TEXT;
    datum->text = value;
    if (name == GJR_XML_BOOLEAN) {
        datum->kind = GJ_DATUM_BOOL;
        datum->truth = gjb_text_equal_string(value, "true") || gjb_text_equal_string(value, "1");
    } else if ((name == GJR_XML_INT || name == GJR_XML_FLOAT) && gjr_text_is_number(value)) {
        datum->kind = GJ_DATUM_NUMBER;
    }
}

static bool is(gj_text key, const char *name, size_t size)
{
    return key.size == size && memcmp(key.bytes, name, size) == 0;
}
#define IS(key, name) is(key, name, sizeof(name) - 1)

static bool is_complete(gj_text value)
{
    return value.size == 8 && strncasecmp(value.bytes, "complete", 8) == 0;
}

/* Where an event's own attribute goes; NULL: it is data, or taken in here. */
static gj_text *event_place(xes *reader, gj_text key)
{
    gj_event *event = &reader->feed->draft.event;
    switch (key.size) {
    case 2:
        return IS(key, "id") ? &event->id : NULL;
    case 8:
        return IS(key, "org:role") ? &reader->role : NULL;
    case 9:
        return IS(key, "org:group") ? &reader->group : NULL;
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

static void time_set(xes *reader, gj_text value)
{
    gjr_draft *draft = &reader->feed->draft;
    gj_text copy = text_copy(reader, arena_of(reader), value);
    if (copy.bytes != NULL && gjr_draft_add(draft, GJR_FIELD_AT, copy) != GJ_OK &&
        reader->refused.code == GJ_PROBLEM_NONE) {
        reader->refused = *draft->problem;
        reader->refused.field = gjb_text_of("time:timestamp");
    }
}

static void datum_add(xes *reader, gjr_draft *draft, gjb_arena *arena, gjr_xml_name name,
                      const gj_text told[2])
{
    gj_datum *datum = gjr_draft_find_datum(draft, told[0]);
    if (datum == NULL) {
        gj_text key = text_copy(reader, arena, told[0]);
        datum = key.bytes != NULL ? gjr_draft_add_datum(draft, key) : NULL;
    }
    if (datum == NULL) {
        reader->no_memory = true;
        return;
    }
    *datum = (gj_datum){.key = datum->key};
    datum_set(datum, name, text_copy(reader, arena, told[1]));
}

static void event_attribute(xes *reader, gjr_xml_name name, const gj_text told[2])
{
    reader->event_size += told[0].size + told[1].size + ATTRIBUTE_COST;
    if (reader->event_size > GJR_LINE_SIZE_MAX) {
        reader->too_long = true;
        return;
    }
    gj_text *place = event_place(reader, told[0]);
    if (place != NULL) {
        *place = told[1].size > 0 ? text_copy(reader, arena_of(reader), told[1]) : *place;
    } else if (IS(told[0], "time:timestamp")) {
        time_set(reader, told[1]);
    } else if (IS(told[0], "lifecycle:transition")) {
        reader->incomplete = told[1].size > 0 && !is_complete(told[1]);
    } else {
        datum_add(reader, &reader->feed->draft, arena_of(reader), name, told);
    }
}

static void trace_attribute(xes *reader, gjr_xml_name name, const gj_text told[2])
{
    size_t before = reader->trace_size;
    reader->trace_size += told[0].size + told[1].size + ATTRIBUTE_COST;
    if (reader->trace_size > GJR_LINE_SIZE_MAX) {
        if (before <= GJR_LINE_SIZE_MAX) {
            gj_problem problem;
            gjr_problem_set(&problem, GJ_PROBLEM_TOO_LONG, line_of(reader), (gj_text){0},
                            gjr_note(GJR_NOTE_LONG_TRACE));
            problem_add(reader, &problem);
        }
        reader->trace_size = GJR_LINE_SIZE_MAX + (size_t)1;
    } else if (IS(told[0], "concept:name")) {
        reader->case_id = text_copy(reader, &reader->trace_arena, told[1]);
        reader->case_copy = (gj_text){0};
    } else if (!reader->opened) {
        datum_add(reader, &reader->trace, &reader->trace_arena, name, told);
    }
}

/* ---- lists ---------------------------------------------------------------------------------- */

static gjr_draft *list_draft(xes *reader)
{
    return reader->outer == EVENT ? &reader->feed->draft : &reader->trace;
}

static gjb_arena *list_arena(xes *reader)
{
    return reader->outer == EVENT ? arena_of(reader) : &reader->trace_arena;
}

static void list_begin(xes *reader, gj_text key)
{
    reader->outer = reader->level;
    reader->level = LIST;
    reader->list_depth = 0;
    reader->list_first = list_draft(reader)->item_count;
    reader->list_key = text_copy(reader, list_arena(reader), key);
}

static void list_item(xes *reader, gjr_xml_name name, gj_text value)
{
    size_t *size = reader->outer == EVENT ? &reader->event_size : &reader->trace_size;
    *size += value.size + ATTRIBUTE_COST;
    if (*size > GJR_LINE_SIZE_MAX) {
        reader->too_long |= reader->outer == EVENT;
        return;
    }
    gj_text copy = text_copy(reader, list_arena(reader), value);
    gj_datum *datum = gjr_draft_add_item(list_draft(reader));
    if (datum == NULL) {
        reader->no_memory = true;
    } else {
        datum_set(datum, name, copy);
    }
}

static void list_end(xes *reader)
{
    gjr_draft *draft = list_draft(reader);
    reader->level = reader->outer;
    gj_datum *datum =
        reader->list_key.bytes != NULL ? gjr_draft_add_datum(draft, reader->list_key) : NULL;
    reader->list_key = (gj_text){0};
    if (datum == NULL) {
        reader->no_memory = true;
        return;
    }
    datum->kind = GJ_DATUM_LIST;
    datum->text = (gj_text){NULL, reader->list_first};
    datum->item_count = draft->item_count - reader->list_first;
}

/* ---- traces and events ------------------------------------------------------------------------
 */

static void trace_begin(xes *reader)
{
    reader->level = TRACE;
    if (reader->trace_open) { /* begun anew inside it */
        return;
    }
    gjb_arena_reset(&reader->trace_arena);
    gjr_draft_start(&reader->trace, 0);
    reader->trace_open = true;
    reader->opened = false;
    reader->trace_size = 0;
    reader->case_id = reader->case_copy = (gj_text){0};
}

static void event_begin(xes *reader)
{
    reader->level = EVENT;
    reader->good = gjr_xml_offset(reader->xml);
    gjr_draft_start(&reader->feed->draft, line_of(reader));
    reader->feed->draft.event.seq = ++reader->ordinal;
    reader->role = reader->group = (gj_text){0};
    reader->event_size = 0;
    reader->incomplete = reader->too_long = false;
    reader->refused = (gj_problem){0};
}

/* The trace's data, where the event does not say otherwise. */
static void trace_data_add(xes *reader)
{
    gjr_draft *draft = &reader->feed->draft;
    for (size_t i = 0; i < reader->trace.data_count; i++) {
        const gj_datum *from = &reader->trace.data[i];
        if (gjr_draft_find_datum(draft, from->key) != NULL) {
            continue;
        }
        gj_text key = text_copy(reader, arena_of(reader), from->key);
        gj_datum *to = key.bytes != NULL ? gjr_draft_add_datum(draft, key) : NULL;
        if (to == NULL) {
            reader->no_memory = true;
            return;
        }
        *to = *from;
        to->key = key;
        if (from->kind != GJ_DATUM_LIST) {
            to->text = text_copy(reader, arena_of(reader), from->text);
            continue;
        }
        to->text = (gj_text){NULL, draft->item_count};
        for (size_t j = 0; j < from->item_count; j++) {
            gj_datum copy = reader->trace.items[from->text.size + j];
            copy.text = text_copy(reader, arena_of(reader), copy.text);
            gj_datum *added = gjr_draft_add_item(draft);
            if (added == NULL) {
                reader->no_memory = true;
                return;
            }
            *added = copy;
        }
    }
}

static void post_set(xes *reader)
{
    gjr_draft *draft = &reader->feed->draft;
    draft->event.post = reader->role.bytes != NULL ? reader->role : reader->group;
    if (reader->role.bytes != NULL && reader->group.bytes != NULL) {
        const gj_text told[2] = {gjb_text_of("org:group"), reader->group};
        datum_add(reader, draft, arena_of(reader), GJR_XML_STRING, told);
    }
}

/* The file's own words for what is missing. */
static gj_text missing_name(gj_text field)
{
    return gjb_text_equal_string(field, "case")     ? gjb_text_of("trace concept:name")
           : gjb_text_equal_string(field, "action") ? gjb_text_of("event concept:name")
                                                    : gjb_text_of("time:timestamp");
}

static gj_status event_finish(xes *reader)
{
    gjr_draft *draft = &reader->feed->draft;
    if (reader->too_long) {
        gjr_problem_set(draft->problem, GJ_PROBLEM_TOO_LONG, draft->event.line, (gj_text){0},
                        gjr_note(GJR_NOTE_LONG_EVENT));
        return GJ_MALFORMED;
    }
    if (reader->refused.code != GJ_PROBLEM_NONE) {
        *draft->problem = reader->refused;
        return GJ_MALFORMED;
    }
    if (reader->trace_open && reader->case_copy.bytes == NULL) {
        reader->case_copy = text_copy(reader, arena_of(reader), reader->case_id);
    }
    draft->event.case_id = reader->trace_open ? reader->case_copy : (gj_text){0};
    post_set(reader);
    if (reader->trace_open && !reader->opened) {
        trace_data_add(reader);
    }
    gj_status status = gjr_draft_finish(draft, reader->feed->source);
    if (status == GJ_MALFORMED) {
        draft->problem->field = missing_name(draft->problem->field);
    }
    return status;
}

/* The event as it waits in the queue: the draft's arrays are used again, so they are copied. */
static void event_keep(xes *reader)
{
    const gjr_draft *draft = &reader->feed->draft;
    gj_datum *data = gjb_arena_make(arena_of(reader), draft->data_count, sizeof *data);
    gj_datum *items = gjb_arena_make(arena_of(reader), draft->item_count, sizeof *items);
    item *added = data != NULL && items != NULL ? item_add(reader) : NULL;
    if (added == NULL) {
        reader->no_memory = true;
        return;
    }
    added->problem = (gj_problem){0};
    added->event = draft->event;
    added->event.data = data;
    if (draft->data_count > 0) {
        memcpy(data, draft->data, draft->data_count * sizeof *data);
    }
    if (draft->item_count > 0) {
        memcpy(items, draft->items, draft->item_count * sizeof *items);
    }
    for (size_t i = 0; draft->item_count > 0 && i < draft->data_count; i++) {
        if (data[i].kind == GJ_DATUM_LIST) {
            data[i].items = items + (data[i].items - draft->items);
        }
    }
}

static void event_end(xes *reader)
{
    reader->level = reader->trace_open ? TRACE : LOG;
    reader->good = gjr_xml_offset(reader->xml);
    if (reader->incomplete) {
        return;
    }
    gj_status status = event_finish(reader);
    if (status == GJ_OK) {
        reader->opened = true;
        event_keep(reader);
    } else {
        problem_add(reader, reader->feed->draft.problem);
    }
}

/* ---- elements ------------------------------------------------------------------------------- */

static bool is_scalar(gjr_xml_name name)
{
    return name >= GJR_XML_STRING && name <= GJR_XML_ID;
}

static void attribute_begin(xes *reader, gjr_xml_name name, gj_text key, gj_text value)
{
    const gj_text told[2] = {key, value};
    bool list = (name == GJR_XML_LIST || name == GJR_XML_CONTAINER) && key.bytes != NULL;
    if (list && !(reader->level == TRACE && reader->opened)) {
        list_begin(reader, key);
        return;
    }
    reader->skipped = 1;
    if (!is_scalar(name) || key.bytes == NULL || value.bytes == NULL) {
        return;
    }
    if (reader->level == EVENT) {
        event_attribute(reader, name, told);
    } else {
        trace_attribute(reader, name, told);
    }
}

static void on_begin(void *payload, gjr_xml_name name, gj_text key, gj_text value)
{
    xes *reader = payload;
    if (reader->skipped > 0) {
        reader->skipped++;
        return;
    }
    switch (reader->level) {
    case OUTSIDE:
        if (name != GJR_XML_LOG) {
            gjr_xml_refuse(reader->xml, GJ_PROBLEM_SYNTAX, gjr_note(GJR_NOTE_NOT_XES));
        }
        reader->level = LOG;
        return;
    case LOG:
        if (name == GJR_XML_TRACE) {
            trace_begin(reader);
        } else if (name == GJR_XML_EVENT) {
            event_begin(reader);
        } else {
            reader->skipped = 1;
        }
        return;
    case TRACE:
        if (name == GJR_XML_EVENT) {
            event_begin(reader);
            return;
        }
        attribute_begin(reader, name, key, value);
        return;
    case EVENT:
        attribute_begin(reader, name, key, value);
        return;
    case LIST:
        if (name == GJR_XML_VALUES) {
            reader->list_depth++;
            return;
        }
        reader->skipped = 1;
        if (is_scalar(name) && value.bytes != NULL) {
            list_item(reader, name, value);
        }
        return;
    }
}

static void on_end(void *payload)
{
    xes *reader = payload;
    if (reader->skipped > 0) {
        reader->skipped--;
        return;
    }
    switch (reader->level) {
    case OUTSIDE:
        return;
    case LOG:
        reader->level = OUTSIDE;
        return;
    case TRACE:
        reader->level = LOG;
        reader->trace_open = false;
        reader->good = gjr_xml_offset(reader->xml);
        return;
    case EVENT:
        event_end(reader);
        return;
    case LIST:
        if (reader->list_depth > 0) {
            reader->list_depth--;
        } else {
            list_end(reader);
        }
        return;
    }
}

/* ---- pieces --------------------------------------------------------------------------------- */

static uint64_t newline_count(const char *bytes, size_t size)
{
    uint64_t count = 0;
    const char *end = bytes + size;
    while (bytes < end && (bytes = memchr(bytes, '\n', (size_t)(end - bytes))) != NULL) {
        count++;
        bytes++;
    }
    return count;
}

static void piece_take(xes *reader, size_t size)
{
    gjr_window *window = &reader->feed->window;
    reader->piece_line += newline_count(window->bytes + window->begin, size);
    gjr_window_take(window, size);
}

/* The problem of a document that broke; and whether reading begins anew. Before this piece
 * reader->pushed bytes of the document were pushed; the piece is still in the window. */
static void piece_refuse(xes *reader, size_t size)
{
    gjr_xml_failure failure;
    gjr_xml_failure_of(reader->xml, &failure);
    reader->no_memory |= failure.no_memory;
    uint64_t document_offset = reader->feed->window.offset - reader->pushed;
    size_t at = failure.offset > reader->good ? failure.offset : reader->good;
    at = at > reader->pushed ? at - reader->pushed : 0;
    piece_take(reader, at < size ? at : size);
    memcpy(reader->note, failure.note, sizeof reader->note);
    gj_problem problem;
    gjr_problem_set(&problem, failure.code, reader->base_line + failure.line, (gj_text){0},
                    reader->note);
    problem.offset = document_offset + failure.offset;
    problem_add(reader, &problem);
    reader->dead = !failure.anew || reader->level == OUTSIDE;
    reader->seeking = true;
}

/* Where <event or <trace begins, or how much can be dropped. */
static bool element_find(gj_text left, size_t *at)
{
    *at = 0;
    for (;;) {
        const char *found = memchr(left.bytes + *at, '<', left.size - *at);
        if (found == NULL) {
            *at = left.size;
            return false;
        }
        *at = (size_t)(found - left.bytes);
        if (left.size - *at < 7) {
            return false;
        }
        bool name = memcmp(found, "<event", 6) == 0 || memcmp(found, "<trace", 6) == 0;
        if (name && memchr(" \t\r\n>/", found[6], 6) != NULL) {
            return true;
        }
        (*at)++;
    }
}

/* Reads on behind a broken element; true when a new document has begun. */
static bool seek(xes *reader)
{
    gjr_window *window = &reader->feed->window;
    gj_text left = {window->bytes + window->begin, window->end - window->begin};
    size_t at;
    bool found = left.size > 0 && element_find(left, &at);
    if (left.size > 0) {
        piece_take(reader, at);
    }
    if (!found) {
        return false;
    }
    bool inside = reader->trace_open && window->bytes[window->begin + 1] == 'e';
    reader->trace_open = inside;
    reader->level = OUTSIDE;
    reader->skipped = 0;
    reader->base_line = reader->piece_line;
    reader->pushed = 0;
    reader->good = 1; /* whatever is wrong, this element is not found again */
    reader->piece_size = PIECE_SIZE_FIRST;
    reader->seeking = false;
    reader->no_memory |= !gjr_xml_begin(reader->xml, inside ? "<log><trace>" : "<log>");
    return true;
}

static void piece_push(xes *reader)
{
    gjr_window *window = &reader->feed->window;
    size_t size = window->end - window->begin;
    size = size < reader->piece_size ? size : reader->piece_size;
    if (!gjr_xml_push(reader->xml, window->bytes + window->begin, size)) {
        piece_refuse(reader, size);
        return;
    }
    piece_take(reader, size);
    reader->pushed += size;
    reader->piece_size =
        reader->piece_size * 2 < PIECE_SIZE_MAX ? reader->piece_size * 2 : PIECE_SIZE_MAX;
}

/* The file's end: a document that is still open was cut. */
static gj_status input_finish(xes *reader)
{
    gj_feed *feed = reader->feed;
    bool dead = reader->dead || reader->seeking;
    reader->dead = true;
    feed->line = reader->piece_line + 1;
    if (dead || feed->window.input.end != GJR_INPUT_ENDED) {
        return gjr_feed_finish(feed);
    }
    bool empty = feed->window.offset == 0;
    if (empty || (gjr_xml_finish(reader->xml) && reader->level == OUTSIDE)) {
        return gjr_feed_finish(feed);
    }
    return gjr_feed_refuse(feed, GJ_PROBLEM_TRUNCATED, (gj_text){0},
                           reader->level == OUTSIDE ? NULL : gjr_note(GJR_NOTE_LOG_OPEN));
}

/* Brings at least one item into the queue; else the status that ends the call. */
static gj_status queue_fill(xes *reader)
{
    arena_turn(reader);
    while (reader->item_count == 0 && !reader->no_memory && !reader->dead) {
        gjr_window *window = &reader->feed->window;
        bool wanting = window->begin == window->end || (reader->seeking && !seek(reader));
        if (wanting) {
            gj_status status = gjr_window_fill(window);
            if (status == GJ_DONE) {
                return input_finish(reader);
            }
            if (status != GJ_OK) {
                return status;
            }
        } else if (!reader->no_memory) {
            piece_push(reader);
        }
    }
    if (reader->no_memory) {
        return GJ_NO_MEMORY;
    }
    return reader->item_count > 0 ? GJ_OK : gjr_feed_finish(reader->feed);
}

static gj_status xes_next(gj_feed *feed, const gj_event **event)
{
    xes *reader = feed->state;
    if (reader->item_at == reader->item_count) {
        gj_status status = queue_fill(reader);
        if (status != GJ_OK) {
            return status;
        }
    }
    const item *next = &reader->items[reader->item_at++];
    if (next->problem.code != GJ_PROBLEM_NONE) {
        feed->problem = next->problem;
        return GJ_MALFORMED;
    }
    *event = &next->event;
    return GJ_OK;
}

static void xes_close(gj_feed *feed)
{
    xes *reader = feed->state;
    gjr_xml_destroy(reader->xml);
    gjr_draft_deinit(&reader->trace);
    gjb_arena_deinit(&reader->trace_arena);
    gjb_arena_deinit(&reader->arenas[0]);
    gjb_arena_deinit(&reader->arenas[1]);
    gjb_alloc_destroy(feed->allocator, reader->items, reader->item_capacity, sizeof(item));
    gjb_alloc_destroy(feed->allocator, reader, 1, sizeof *reader);
}

static const gjr_reader xes_reader = {xes_next, xes_close};

gj_status gjr_xes_open(gj_feed *feed)
{
    xes *reader = gjb_alloc_create(feed->allocator, 1, sizeof *reader);
    if (reader == NULL) {
        return GJ_NO_MEMORY;
    }
    reader->feed = feed;
    reader->piece_size = PIECE_SIZE_MAX;
    gjr_draft_init(&reader->trace, feed->allocator, &reader->trace_problem);
    gjb_arena_init(&reader->trace_arena, feed->allocator);
    gjb_arena_init(&reader->arenas[0], feed->allocator);
    gjb_arena_init(&reader->arenas[1], feed->allocator);
    feed->state = reader;
    feed->reader = &xes_reader;
    const gjr_xml_handlers handlers = {reader, on_begin, on_end};
    reader->xml = gjr_xml_create(feed->allocator, &handlers);
    return reader->xml != NULL && gjr_xml_begin(reader->xml, "") ? GJ_OK : GJ_NO_MEMORY;
}
