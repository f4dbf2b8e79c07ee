/* SPDX-License-Identifier: Apache-2.0
 *
 * See receipt_log.h. */
#include "bench/receipt_log.h"

#include "bench/measuring.h"
#include "time/stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    EVENT_COUNT = 1000000 / SIZE_DIVISOR,
    STEP_COUNT = 6,
    CASE_COUNT = EVENT_COUNT / STEP_COUNT + 1
};

static const char *const acts[STEP_COUNT][2] = {
    {"Confirmation of receipt", "Group 1"},
    {"T02 Check confirmation of receipt", "Group 4"},
    {"T04 Determine confirmation of receipt", "Group 3"},
    {"T05 Print and send confirmation of receipt", "Group 2"},
    {"T06 Determine necessity of stop advice", "Group 1"},
    {"T10 Determine necessity to stop indication", "Group 1"},
};

static void log_finish(receipt_log *log)
{
    static const char padding[RECEIPT_PADDING] = "";
    log->size = log->text.size;
    gjb_buffer_add(&log->text, padding, sizeof padding);
    if (log->text.failed) {
        fprintf(stderr, "receipt_log: no memory\n");
        exit(1);
    }
}

void receipt_log_deinit(receipt_log *log)
{
    gjb_buffer_deinit(&log->text);
}

/* ---- the real log ---- */

static bool real_read(gjb_buffer *text)
{
    const char *shared = getenv("GUIJU_SHARED");
    gjb_buffer path;
    gjb_buffer_init(&path, NULL);
    gjb_buffer_add_format(&path, "%s/logs/receipt.xes.gz", shared != NULL ? shared : "");
    gjb_buffer_add_byte(&path, '\0');
    gzFile file = shared != NULL ? gzopen(path.bytes, "rb") : NULL;
    gjb_buffer_deinit(&path);
    int count = 0;
    if (file != NULL) {
        char piece[1 << 16];
        while ((count = gzread(file, piece, sizeof piece)) > 0) {
            gjb_buffer_add(text, piece, (size_t)count);
        }
        gzclose(file);
    }
    return count == 0 && text->size > 0;
}

static const char *find(const char *from, const char *end, const char *words)
{
    return memmem(from, (size_t)(end - from), words, strlen(words));
}

static size_t count_of(const char *from, const char *end, const char *words)
{
    size_t count = 0;
    for (; (from = find(from, end, words)) != NULL; from++) {
        count++;
    }
    return count;
}

/* A trace's name is the first one behind its beginning that is no event's: the log tells it before
 * the events. */
static void traces_add(receipt_log *log, const char *from, const char *end, size_t round)
{
    static const char name[] = "<string key=\"concept:name\" value=\"";
    for (const char *trace; (trace = find(from, end, "<trace>")) != NULL;) {
        const char *place = find(trace, end, name) + sizeof name - 1;
        gjb_buffer_add(&log->text, from, (size_t)(place - from));
        gjb_buffer_add_format(&log->text, "%zu-", round);
        from = place;
    }
    gjb_buffer_add(&log->text, from, (size_t)(end - from));
}

static bool real_make(receipt_log *log)
{
    gjb_buffer text;
    gjb_buffer_init(&text, NULL);
    bool there = real_read(&text);
    if (there) {
        const char *end = text.bytes + text.size, *first = find(text.bytes, end, "<trace>");
        const char *last = find(first, end, "</log>");
        size_t events = count_of(first, last, "<event>");
        size_t rounds = (EVENT_COUNT + events - 1) / events;
        gjb_buffer_add(&log->text, text.bytes, (size_t)(first - text.bytes));
        for (size_t round = 0; round < rounds; round++) {
            traces_add(log, first, last, round);
        }
        gjb_buffer_add(&log->text, last, (size_t)(end - last));
        log->event_count = events * rounds;
        log->case_count = count_of(first, last, "<trace>") * rounds;
    }
    gjb_buffer_deinit(&text);
    return there;
}

/* ---- made ones ---- */

/* Minutes that an instant lies behind the beginning of the log. */
static void instant_add(gjb_buffer *text, int64_t minutes)
{
    gjr_stamp_print_instant(INT64_C(1301608800000) + minutes * 60000, 7200, text);
}

static unsigned act_of(size_t number, unsigned step)
{
    static const unsigned turned[STEP_COUNT] = {0, 4, 5, 1, 2, 3};
    return number % 8 == 0 ? turned[step] : step;
}

static int64_t end_minutes(size_t number, int64_t begin)
{
    return begin + (number % 5 == 0 ? 80 : 40) * 24 * 60;
}

static void xes_case(receipt_log *log, size_t number)
{
    int64_t begin = (int64_t)number;
    gjb_buffer *text = &log->text;
    gjb_buffer_add_format(text, "<trace>\n<date key=\"startdate\" value=\"");
    instant_add(text, begin);
    gjb_buffer_add_string(text, "\"/>\n<date key=\"enddate\" value=\"");
    instant_add(text, end_minutes(number, begin));
    gjb_buffer_add_format(text, "\"/>\n<string key=\"concept:name\" value=\"case-%zu\"/>\n",
                          number);
    for (unsigned step = 0; step < STEP_COUNT; step++) {
        const char *const *act = acts[act_of(number, step)];
        gjb_buffer_add_format(
            text,
            "<event>\n<string key=\"org:group\" value=\"%s\"/>\n"
            "<string key=\"concept:instance\" value=\"task-%zu\"/>\n"
            "<string key=\"org:resource\" value=\"Resource%02zu\"/>\n"
            "<string key=\"concept:name\" value=\"%s\"/>\n<date key=\"time:timestamp\" value=\"",
            act[1], number * STEP_COUNT + step, number % 48, act[0]);
        instant_add(text, begin + step * 1500 + 7);
        gjb_buffer_add_string(
            text, "\"/>\n<string key=\"lifecycle:transition\" value=\"complete\"/>\n</event>\n");
    }
    gjb_buffer_add_string(text, "</trace>\n");
}

void receipt_xes_make(receipt_log *log)
{
    *log = (receipt_log){.event_count = CASE_COUNT * STEP_COUNT, .case_count = CASE_COUNT};
    gjb_buffer_init(&log->text, NULL);
    log->real = real_make(log);
    if (!log->real) {
        gjb_buffer_add_string(&log->text, "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<log>\n");
        for (size_t i = 0; i < CASE_COUNT; i++) {
            xes_case(log, i);
        }
        gjb_buffer_add_string(&log->text, "</log>\n");
    }
    log_finish(log);
}

typedef struct told {
    size_t number; /* of the case */
    unsigned step;
    int64_t minutes;
} told;

static void jsonl_event(gjb_buffer *text, const told *event)
{
    const char *const *act = acts[act_of(event->number, event->step)];
    gjb_buffer_add_format(text,
                          "{\"id\":\"e-%zu\",\"case\":\"case-%zu\",\"action\":\"%s\",\"at\":\"",
                          event->number * STEP_COUNT + event->step, event->number, act[0]);
    instant_add(text, event->minutes);
    gjb_buffer_add_format(text, "\",\"officer\":\"Resource%02zu\",\"post\":\"%s\"",
                          event->number % 48, act[1]);
    if (event->step == 0) {
        gjb_buffer_add_string(text, ",\"data\":{\"startdate\":\"");
        instant_add(text, event->minutes);
        gjb_buffer_add_string(text, "\",\"enddate\":\"");
        instant_add(text, end_minutes(event->number, event->minutes));
        gjb_buffer_add_string(text, "\"}");
    }
    gjb_buffer_add_string(text, "}\n");
}

static void csv_event(gjb_buffer *text, const told *event)
{
    const char *const *act = acts[act_of(event->number, event->step)];
    gjb_buffer_add_format(text, "e-%zu,case-%zu,%s,", event->number * STEP_COUNT + event->step,
                          event->number, act[0]);
    instant_add(text, event->minutes);
    gjb_buffer_add_format(text, ",Resource%02zu,%s,", event->number % 48, act[1]);
    if (event->step == 0) {
        instant_add(text, event->minutes);
        gjb_buffer_add_byte(text, ',');
        instant_add(text, end_minutes(event->number, event->minutes));
    } else {
        gjb_buffer_add_byte(text, ',');
    }
    gjb_buffer_add_byte(text, '\n');
}

/* A case begins each minute, and its steps lie a day and an hour apart. */
static void in_time(receipt_log *log, void (*add)(gjb_buffer *text, const told *event))
{
    const int64_t apart = 1500;
    for (int64_t minute = 0; minute < CASE_COUNT + STEP_COUNT * apart; minute++) {
        for (unsigned step = 0; step < STEP_COUNT; step++) {
            int64_t number = minute - step * apart;
            if (number >= 0 && number < CASE_COUNT) {
                add(&log->text, &(told){(size_t)number, step, minute});
            }
        }
    }
}

static void made_make(receipt_log *log, const char *header,
                      void (*add)(gjb_buffer *text, const told *event))
{
    *log = (receipt_log){.event_count = CASE_COUNT * STEP_COUNT, .case_count = CASE_COUNT};
    gjb_buffer_init(&log->text, NULL);
    gjb_buffer_add_string(&log->text, header);
    in_time(log, add);
    log_finish(log);
}

void receipt_jsonl_make(receipt_log *log)
{
    made_make(log, "", jsonl_event);
}

void receipt_csv_make(receipt_log *log)
{
    made_make(log, "id,case,action,at,officer,post,startdate,enddate\n", csv_event);
}
