/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a feed from memory, `step` bytes a read, into a transcript: one line an event or problem,
 * with every field that is present. What tests and fuzzers of the feeds share. */
#ifndef TESTS_FEED_READING_H
#define TESTS_FEED_READING_H

#include "base/text.h"
#include "feed/feed.h"

#include <string.h>

typedef struct memory {
    const char *bytes;
    size_t size, at, step;
} memory;

static inline ptrdiff_t memory_read(void *payload, char *into, size_t room)
{
    memory *from = payload;
    size_t count = from->size - from->at;
    count = count < room ? count : room;
    count = count < from->step ? count : from->step;
    if (count > 0) {
        memcpy(into, from->bytes + from->at, count);
    }
    from->at += count;
    return (ptrdiff_t)count;
}

static inline void told_add(gjb_buffer *out, const char *name, gj_text text)
{
    if (text.bytes != NULL) {
        gjb_buffer_add_format(out, " %s=", name);
        gjb_buffer_add_json(out, text);
    }
}

static inline void datums_add(gjb_buffer *out, const gj_datum *datums, size_t count)
{
    static const char kinds[] = "0BNTLO";
    for (size_t i = 0; i < count; i++) {
        gjb_buffer_add_byte(out, ' ');
        gjb_buffer_add_json(out, datums[i].key);
        gjb_buffer_add_format(out, ":%c", kinds[datums[i].kind]);
        if (datums[i].kind == GJ_DATUM_LIST) {
            gjb_buffer_add_byte(out, '[');
            for (size_t j = 0; j < datums[i].item_count; j++) {
                gjb_buffer_add_format(out, " %c", kinds[datums[i].items[j].kind]);
                gjb_buffer_add_json(out, datums[i].items[j].text);
            }
            gjb_buffer_add_string(out, " ]");
        } else if (datums[i].kind == GJ_DATUM_BOOL) {
            gjb_buffer_add_string(out, datums[i].truth ? "true" : "false");
        } else {
            gjb_buffer_add_json(out, datums[i].text);
        }
    }
}

static inline void stamp_add(gjb_buffer *out, const char *name, const gj_stamp *stamp)
{
    if (stamp->present) {
        gjb_buffer_add_format(out, " %s=%lld", name, (long long)stamp->wall_ms);
        if (stamp->zoned) {
            gjb_buffer_add_format(out, "%+d", stamp->offset_s);
        }
    }
}

static inline void event_add(gjb_buffer *out, const gj_event *event)
{
    gjb_buffer_add_format(out, "%llu#%llu", (unsigned long long)event->line,
                          (unsigned long long)event->seq);
    told_add(out, "id", event->id);
    told_add(out, "source", event->source);
    told_add(out, "case", event->case_id);
    told_add(out, "procedure", event->procedure);
    told_add(out, "action", event->action);
    stamp_add(out, "at", &event->at);
    stamp_add(out, "recorded", &event->recorded);
    told_add(out, "officer", event->officer);
    told_add(out, "post", event->post);
    told_add(out, "department", event->department);
    told_add(out, "office", event->office);
    told_add(out, "branch", event->branch);
    told_add(out, "corrects", event->corrects);
    told_add(out, "retracts", event->retracts);
    if (event->data_count > 0) {
        gjb_buffer_add_string(out, " {");
        datums_add(out, event->data, event->data_count);
        gjb_buffer_add_string(out, " }");
    }
    for (size_t i = 0; i < event->document_count; i++) {
        told_add(out, "with", event->documents[i]);
    }
    gjb_buffer_add_byte(out, '\n');
}

/* What a short transcript leaves out. */
static inline void event_add_rest(gjb_buffer *out, const gj_event *event)
{
    told_add(out, "at", event->at.written);
    told_add(out, "recorded", event->recorded.written);
    told_add(out, "corrects_source", event->corrects_source);
    told_add(out, "retracts_source", event->retracts_source);
    gjb_buffer_add_format(out, " %d%d%d%d\n", event->at.unreadable, event->recorded.unreadable,
                          event->at.zoned, event->recorded.zoned);
}

static inline void problem_add_rest(gjb_buffer *out, const gj_problem *problem)
{
    told_add(out, "text", problem->text);
    gjb_buffer_add_format(out, " at %llu", (unsigned long long)problem->offset);
    told_add(out, "note", problem->note != NULL ? gjb_text_of(problem->note) : (gj_text){0});
    gjb_buffer_add_byte(out, '\n');
}

static inline void problem_add(gjb_buffer *out, const gj_problem *problem)
{
    static const char *const codes[] = {"NONE", "SYNTAX",   "UTF8",      "FIELD",     "TYPE",
                                        "TIME", "TOO_LONG", "TRUNCATED", "PROCEDURE", "CONFLICT"};
    gjb_buffer_add_format(out, "%llu %s", (unsigned long long)problem->line, codes[problem->code]);
    told_add(out, "field", problem->field);
    gjb_buffer_add_byte(out, '\n');
}

typedef struct reading {
    gj_feed_format format;
    const gj_allocator *allocator;
    size_t part_size; /* read ahead in parts of so many bytes; 0: not ahead */
    bool in_full;     /* the transcript has also what is seldom asked for */
} reading;

static inline void events_add(gjb_buffer *out, const gj_event *events, size_t count, bool in_full)
{
    for (size_t i = 0; i < count; i++) {
        event_add(out, &events[i]);
        if (in_full) {
            event_add_rest(out, &events[i]);
        }
    }
}

/* The feed's last status. The transcript is added to `out` where that is not NULL. What is read
 * ahead is taken as it is there, else one by one. */
static inline gj_status feed_read_how(const reading *how, memory *from, gjb_buffer *out)
{
    const gj_feed_options options = {.size = sizeof options,
                                     .allocator = how->allocator,
                                     .format = how->format,
                                     .source = "f",
                                     .ahead = how->part_size > 0};
    gj_feed *feed;
    gj_status status =
        gjr_feed_open_source(&options, (gjr_source){from, memory_read, NULL, 0, 0}, &feed);
    if (status != GJ_OK) {
        return status;
    }
    feed->part_size = how->part_size;
    do {
        const gj_event *events;
        size_t count = 1;
        status = how->part_size > 0 ? gj_feed_next_all(feed, &events, &count)
                                    : gj_feed_next(feed, &events);
        if (out != NULL && status == GJ_OK) {
            events_add(out, events, count, how->in_full);
        } else if (out != NULL && status == GJ_MALFORMED) {
            problem_add(out, gj_feed_problem(feed));
            if (how->in_full) {
                problem_add_rest(out, gj_feed_problem(feed));
            }
        }
    } while (status == GJ_OK || status == GJ_MALFORMED);
    gj_feed_close(feed);
    return status;
}

static inline gj_status feed_read(gj_feed_format format, memory *from, gjb_buffer *out)
{
    return feed_read_how(&(reading){.format = format}, from, out);
}

#endif
