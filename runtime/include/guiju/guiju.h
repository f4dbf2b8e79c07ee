/* SPDX-License-Identifier: Apache-2.0
 *
 * guiju.h — judging cases against compiled procedures.
 *
 * An approval server (or the command line) loads an image, which holds one procedure or several,
 * makes a judge of each with the calendars that it names, and hands over events; what comes back
 * are findings, as data. Nothing here prints, exits, reads the clock or keeps global state.
 * Sections, in the order of a program's life:
 *
 *     texts, times, status    images    calendars    events and feeds    findings
 *     accounts of time    natives    judges and dockets    live dockets    instants as people
 *     write them
 *
 * Ownership is said in each sentence: "borrowed until X" means the library owns the bytes and they
 * are valid until X; "the caller frees with Y" means what it says. Handles are not shared between
 * threads unless the sentence says so; images, calendars and judges are immutable once made and may
 * be used by any number of threads.
 */
#ifndef GUIJU_GUIJU_H
#define GUIJU_GUIJU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GJ_API     __attribute__((visibility("default")))
#define GJ_VERSION "0.1.0"

/* ---- texts, times, status ---------------------------------------------------------------- */

/* UTF-8 bytes, not NUL-terminated. A text that is absent has bytes == NULL. */
typedef struct gj_text {
    const char *bytes;
    size_t size;
} gj_text;

/* Milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored. GJ_NEVER sorts after all others.
 */
typedef int64_t gj_instant;
#define GJ_NEVER INT64_MAX

/* Instead of an index, where there is none. */
#define GJ_NO_INDEX SIZE_MAX

/* Days since 1970-01-01 in the proleptic Gregorian calendar, on some zone's wall. */
typedef int32_t gj_day;
#define GJ_NO_DAY INT32_MIN

typedef enum gj_status {
    GJ_OK = 0,
    GJ_DONE,       /* a reader has no more */
    GJ_MALFORMED,  /* one piece of outside input is bad; the handle says which; the rest goes on */
    GJ_REFUSED,    /* an image or calendar file did not verify */
    GJ_UNBOUND,    /* the procedure names a calendar that was not given */
    GJ_UNKNOWN,    /* no procedure of that name; or none was named, and there are several */
    GJ_IO,         /* a file could not be read or written; errno is kept on the handle */
    GJ_NO_MEMORY,  /* the allocator hook returned NULL; the handle is still valid to destroy */
    GJ_OVER_LIMIT, /* a named limit of this library was exceeded */
    GJ_BAD_ARGUMENT, /* the call is wrong (a NULL that may not be, a handle of another judge) */
    GJ_OTHER_ZONE,   /* a calendar of some limits has another zone than the procedure's own */
    GJ_UNGRANTED,    /* a native that the procedure names is not granted, or not as it says */
} gj_status;

typedef enum gj_lang { GJ_EN = 0, GJ_ZH = 1 } gj_lang;

/* Why the system refused to open, read or write: errno in words, never NULL. Static. */
GJ_API const char *gj_system_error_text(int number, gj_lang lang);

/* Resizes `pointer` (NULL: new) from old_size to new_size (0: free, returns NULL). Returns NULL
 * when it cannot, and then the old block is untouched. */
typedef struct gj_allocator {
    void *payload;
    void *(*resize)(void *payload, void *pointer, size_t old_size, size_t new_size);
} gj_allocator;

/* Receives output piece by piece; never called with size 0. Returns false to stop. */
typedef struct gj_writer {
    void *payload;
    bool (*write)(void *payload, const char *bytes, size_t size);
} gj_writer;

/* ---- images ------------------------------------------------------------------------------- */

typedef struct gj_image gj_image;

/* Why an image or calendar file was refused: the claim of docs/BYTECODE.md that does not hold, and
 * where. `section` is a static string; unit, row and field are UINT32_MAX where they do not apply.
 */
typedef struct gj_refusal {
    uint16_t claim;      /* the number in docs/BYTECODE.md, 0 when nothing was refused */
    const char *section; /* static */
    uint32_t unit;       /* of an image with several procedures: which, from 0 */
    uint32_t row;
    uint32_t field;
    uint64_t offset; /* of the byte in the file */
} gj_refusal;

/* Verifies and loads. The bytes are copied. On GJ_OK the caller frees *image with gj_image_destroy;
 * on GJ_REFUSED *why says why. allocator may be NULL (malloc). */
GJ_API gj_status gj_image_load(const gj_allocator *allocator, const void *bytes, size_t size,
                               gj_image **image, gj_refusal *why);
GJ_API void gj_image_destroy(gj_image *image);

/* 64 hexadecimal digits and a NUL, borrowed until the image is destroyed. */
GJ_API const char *gj_image_identity(const gj_image *image);

/* The procedures in it, at least one, in the order in which they were declared. The texts are
 * borrowed until the image is destroyed; an index must be less than the count. */
GJ_API size_t gj_image_procedure_count(const gj_image *image);
GJ_API gj_text gj_image_procedure_name(const gj_image *image, size_t index);
GJ_API gj_text gj_image_procedure_title(const gj_image *image, size_t index);
GJ_API uint32_t gj_image_procedure_version(const gj_image *image, size_t index);
/* The calendars that must be bound, by name: the procedure's own is the first, 0 of `which`, the
 * others are those by which some of its limits count; 0 of them where it needs none. A `which` that
 * is not below the count gives an absent text. */
GJ_API size_t gj_image_procedure_calendar_count(const gj_image *image, size_t index);
GJ_API gj_text gj_image_procedure_calendar(const gj_image *image, size_t index, size_t which);
/* As of an image, and the same in whichever image the procedure stands. */
GJ_API const char *gj_image_procedure_identity(const gj_image *image, size_t index);
/* By name or title, which no two share; an absent text finds the only one. GJ_NO_INDEX where there
 * is none. */
GJ_API size_t gj_image_procedure_find(const gj_image *image, gj_text called);

/* One line in the user's language: what does not hold, where, and what to do. */
GJ_API gj_status gj_refusal_print(const gj_refusal *why, gj_lang lang, const gj_writer *out);

/* Every table, and the code of every expression, as text: of all procedures, or of one. */
GJ_API gj_status gj_image_dump(const gj_image *image, const gj_writer *out);
GJ_API gj_status gj_image_dump_procedure(const gj_image *image, size_t index, const gj_writer *out);
/* Bytes that each case of that procedure takes, its texts and lists not counted; 0 where it would
 * be too large to be judged, or memory ends. */
GJ_API size_t gj_image_case_size(const gj_image *image, size_t index);
/* Bytes that the acts which its rules remember take of a case at most, beside these and without
 * their texts. */
GJ_API size_t gj_image_case_remembered_size(const gj_image *image, size_t index);

/* What of a procedure is other than it was. */
typedef enum gj_differs { GJ_DIFFERS_ADDED, GJ_DIFFERS_REMOVED, GJ_DIFFERS_CHANGED } gj_differs;
typedef struct gj_difference {
    gj_differs kind;
    const char *item;   /* "limit": what kind of thing; static, and so are these */
    const char *aspect; /* "time": what of it; NULL where it was added or removed */
    gj_text name, title;
    /* In the words of `lang`, each absent where there is nothing, and of what was added or removed.
     * Equal where what a clause uses has changed and not the clause: a function, a table, a type.
     */
    gj_text was, is;
} gj_difference;
/* Two versions of a procedure, item by item, matched by name and branch, each with all that its
 * clauses say: the procedure itself, types, natives, departments, posts, data, documents, acts,
 * branches, stages with what is done in each, limits, rules. Not the version, comments, the order
 * of clauses, nor where they stand in which file. Borrowed until on_difference returns, which
 * returns false to stop. */
GJ_API gj_status gj_image_compare(const gj_image *was, size_t was_index, const gj_image *is,
                                  size_t is_index, gj_lang lang, void *payload,
                                  bool (*on_difference)(void *payload,
                                                        const gj_difference *difference));

/* ---- calendars ----------------------------------------------------------------------------- */

typedef struct gj_calendar gj_calendar;

/* As gj_image_load. A calendar may be shared by threads. */
GJ_API gj_status gj_calendar_load(const gj_allocator *allocator, const void *bytes, size_t size,
                                  gj_calendar **calendar, gj_refusal *why);
GJ_API void gj_calendar_destroy(gj_calendar *calendar);
GJ_API gj_text gj_calendar_name(const gj_calendar *calendar);
/* "cn@2026-12-31/1f0c…": the name, the day published through, the first digits of the hash. */
GJ_API gj_text gj_calendar_revision(const gj_calendar *calendar);
/* Name, revision, zone, weekly rule, and the exceptions year by year, as text. */
GJ_API gj_status gj_calendar_dump(const gj_calendar *calendar, const gj_writer *out);

typedef enum gj_unit {
    GJ_WORKDAYS,
    GJ_DAYS,
    GJ_HOURS,
    GJ_MINUTES,
    GJ_MONTHS,
    GJ_YEARS,
    GJ_WORKHOURS, /* office hours of the calendar */
    GJ_UNIT_COUNT
} gj_unit;

/* What a day is. */
typedef enum gj_day_class {
    GJ_DAY_WORKING, /* by the weekly rule */
    GJ_DAY_WEEKEND, /* closed by the weekly rule */
    GJ_DAY_HOLIDAY, /* declared: statutory */
    GJ_DAY_OFF,     /* declared: closed otherwise */
    GJ_DAY_ON,      /* declared: worked */
} gj_day_class;

/* Minutes since midnight; `to` is exclusive and may be 1440. */
typedef struct gj_office_hours {
    uint16_t from, to;
} gj_office_hours;

enum { GJ_OFFICE_HOURS_MAX = 8 };

/* What a calendar says but for its days; texts are borrowed until it is destroyed. */
typedef struct gj_calendar_summary {
    gj_text name, revision, source, zone;
    uint8_t week; /* bit 0 Monday … bit 6 Sunday: worked */
    gj_office_hours hours[GJ_OFFICE_HOURS_MAX];
    size_t hours_count;
    gj_day published_through;   /* GJ_NO_DAY: nothing is said */
    gj_day first_day, last_day; /* declared; GJ_NO_DAY: none is */
    size_t holidays, off, on;   /* days declared so */
} gj_calendar_summary;
GJ_API gj_calendar_summary gj_calendar_summarise(const gj_calendar *calendar);
/* Any day from 0001-01-01 to 9999-12-31; others are answered as the nearest of those. */
GJ_API gj_day_class gj_calendar_day_class(const gj_calendar *calendar, gj_day day);
/* "春节", or absent. Borrowed likewise. */
GJ_API gj_text gj_calendar_day_name(const gj_calendar *calendar, gj_day day);
/* Days that two revisions of a calendar take for something else, one after another. */
typedef struct gj_day_change {
    gj_day from, to; /* both included */
    gj_day_class was, is;
    gj_text name_was, name_is; /* borrowed from the calendars */
} gj_day_change;
/* Each run of such days of 1970–2199, in order. Returns false from on_change to stop. */
GJ_API gj_status gj_calendar_changes(const gj_calendar *was, const gj_calendar *is, void *payload,
                                     bool (*on_change)(void *payload, const gj_day_change *change));
/* Working days of that year. */
GJ_API uint32_t gj_calendar_workdays(const gj_calendar *calendar, int32_t year);
/* The last day of a number of days: one day, or, where it lies beyond what the calendar is
 * published through, the nearest and the farthest that days like those of its published years would
 * make it. `open`: not announced, so what is announced yet may move it within the two. */
typedef struct gj_due {
    gj_day earliest, latest;
    bool open;
} gj_due;
/* Working days, days, months or years after `start`, which is not counted; `rolls`: a closed last
 * day of what is no number of working days moves to the next one. */
GJ_API gj_due gj_calendar_due(const gj_calendar *calendar, gj_unit unit, uint32_t budget,
                              bool rolls, gj_day start);
/* The day of a date in the proleptic Gregorian calendar, or GJ_NO_DAY where there is no such date
 * of the years 1–9999; and the other way. */
GJ_API gj_day gj_day_of_date(int32_t year, int32_t month, int32_t day);
GJ_API void gj_date_of_day(gj_day day, int32_t *year, int32_t *month, int32_t *of_month);
/* 0 Monday … 6 Sunday. */
GJ_API uint32_t gj_day_weekday(gj_day day);

/* ---- events and feeds ----------------------------------------------------------------------- */

/* A wall-clock reading as it was written. Without an offset it is in the calendar's zone. */
typedef struct gj_stamp {
    int64_t wall_ms;  /* milliseconds since 1970-01-01T00:00 on the wall */
    int32_t offset_s; /* seconds east of UTC, when zoned */
    bool present;
    bool zoned;
    bool unreadable; /* something stood there and could not be read; `written` keeps it */
    gj_text written; /* borrowed with the event */
} gj_stamp;

typedef enum gj_datum_kind {
    GJ_DATUM_NULL,
    GJ_DATUM_BOOL,
    GJ_DATUM_NUMBER, /* text is the number as written */
    GJ_DATUM_TEXT,   /* also dates and times, as written */
    GJ_DATUM_LIST,
    GJ_DATUM_OBJECT, /* text is its source, or absent; its items have keys */
} gj_datum_kind;

typedef struct gj_datum {
    gj_text key; /* absent of an item of a list */
    gj_datum_kind kind;
    bool truth;
    gj_text text;
    const struct gj_datum *items;
    size_t item_count;
} gj_datum;

/* One event as it was told; every text that was missing is absent. Field names as in
 * docs/LANGUAGE.md, "Events". */
typedef struct gj_event {
    gj_text id, source, case_id, procedure, action;
    gj_stamp at, recorded;
    gj_text officer, post, department, office, branch;
    /* The id of an event that this one corrects, or retracts; of the same source, or of that. */
    gj_text corrects, corrects_source, retracts, retracts_source;
    uint64_t seq; /* files give the line or ordinal */
    const gj_datum *data;
    size_t data_count;
    const gj_text *documents;
    size_t document_count;
    uint64_t line; /* in the file, 1-based; 0 unknown */
} gj_event;

typedef struct gj_feed gj_feed;
typedef enum gj_feed_format {
    GJ_FEED_AUTO, /* by the first bytes */
    GJ_FEED_JSONL,
    GJ_FEED_XES, /* gzip is recognised */
    GJ_FEED_CSV,
} gj_feed_format;

typedef struct gj_feed_options {
    size_t size; /* sizeof(gj_feed_options) */
    const gj_allocator *allocator;
    gj_feed_format format;
    const char *path;   /* "-" is standard input */
    const char *source; /* what stands for a missing source; NULL: the file's name */
    /* Read in parts by threads of the feed's own, while the events before are dealt with, and by
     * the caller where it would wait: what is told is the same. The allocator must then serve
     * several threads, as the default one does. */
    bool ahead;
    /* A file may grow: its end is waited at for more, until on_pause says that this was all. */
    bool follows;
    void *payload;
    /* There is nothing more to read just now: called before a pipe or terminal, or the end of a
     * file that is followed, is waited at, and again a few times a second; by the thread that
     * reads. Returns false: it ends here. NULL: it is waited as long as it takes. */
    bool (*on_pause)(void *payload);
} gj_feed_options;

/* Why one line or element could not be read. */
typedef enum gj_problem_code {
    GJ_PROBLEM_NONE = 0,
    GJ_PROBLEM_SYNTAX,     /* not JSON, XML or CSV here */
    GJ_PROBLEM_UTF8,       /* invalid UTF-8 */
    GJ_PROBLEM_FIELD,      /* a required field is missing: `field` */
    GJ_PROBLEM_TYPE,       /* a field has the wrong type: `field` */
    GJ_PROBLEM_TIME,       /* a time cannot be read: `field`, `text` */
    GJ_PROBLEM_TOO_LONG,   /* a line or value longer than the named limit */
    GJ_PROBLEM_TRUNCATED,  /* the file ends inside something */
    GJ_PROBLEM_PROCEDURE,  /* an event of another procedure */
    GJ_PROBLEM_UNASSIGNED, /* it names no procedure, and there are several */
    GJ_PROBLEM_TWOFOLD,    /* it corrects an event and retracts one */
    GJ_PROBLEM_ITSELF,     /* it corrects or retracts itself: `field` */
    GJ_PROBLEM_UNMET,      /* it corrects or retracts what was never told: `field`, `text` */
    GJ_PROBLEM_CIRCLE,     /* what it corrects or retracts comes back to it */
    GJ_PROBLEM_OTHER_CASE, /* it corrects or retracts an event of another case */
    GJ_PROBLEM_RETRACTION, /* it corrects what retracts another */
    GJ_PROBLEM_DOCUMENT,   /* it tells of a document that the procedure has not: `text` */
    GJ_PROBLEM_CONFLICT,   /* (source, id) seen before with other content */
} gj_problem_code;

typedef struct gj_problem {
    gj_problem_code code;
    uint64_t line;
    uint64_t offset;  /* byte in the (uncompressed) file: of the line, or of the bad one in it */
    gj_text field;    /* borrowed until the next call on the handle */
    gj_text text;     /* what stood there, cut; borrowed likewise */
    const char *note; /* a library's own words, static or borrowed likewise; may be NULL */
} gj_problem;

/* Opens a file. GJ_IO leaves errno. The caller frees with gj_feed_close. */
GJ_API gj_status gj_feed_open(const gj_feed_options *options, gj_feed **feed);
GJ_API void gj_feed_close(gj_feed *feed);
/* GJ_OK: *event is the next one, borrowed until the next call. GJ_MALFORMED: one line was bad, see
 * gj_feed_problem, call again for the rest. GJ_DONE: the end. Others end the feed. */
GJ_API gj_status gj_feed_next(gj_feed *feed, const gj_event **event);
/* The same for as many as are there already, at least one: *events are the next *count, in their
 * order, borrowed until the next call. */
GJ_API gj_status gj_feed_next_all(gj_feed *feed, const gj_event **events, size_t *count);
GJ_API const gj_problem *gj_feed_problem(const gj_feed *feed);
/* Bytes taken from the file so far and its whole size (0 where unknown), for progress. */
GJ_API uint64_t gj_feed_offset(const gj_feed *feed);
GJ_API uint64_t gj_feed_size(const gj_feed *feed);
/* One line in the user's language. */
GJ_API gj_status gj_problem_print(const gj_problem *problem, gj_lang lang, const gj_writer *out);

/* ---- findings ---------------------------------------------------------------------------------
 */

typedef enum gj_code {
#define GJ_CODE(NAME, name, en, zh, severity) GJ_##NAME,
#include <guiju/codes.def>
#undef GJ_CODE
    GJ_CODE_COUNT
} gj_code;

typedef enum gj_severity { GJ_NOTICE, GJ_YELLOW, GJ_RED } gj_severity;
typedef enum gj_finding_status { GJ_OPEN, GJ_CLOSED, GJ_WITHDRAWN } gj_finding_status;

GJ_API const char *gj_code_name(gj_code code);                /* "skipped-step" */
GJ_API const char *gj_code_title(gj_code code, gj_lang lang); /* "跳步" */
GJ_API const char *gj_severity_name(gj_severity severity);    /* "yellow" */
GJ_API const char *gj_severity_title(gj_severity severity, gj_lang lang);
GJ_API const char *gj_unit_name(gj_unit unit); /* "workdays" */

/* What a limit was set by, where it says. */
typedef enum gj_limit_kind { GJ_LIMIT_PLAIN, GJ_LIMIT_STATUTORY, GJ_LIMIT_PROMISED } gj_limit_kind;
GJ_API const char *gj_limit_kind_name(gj_limit_kind kind); /* "statutory"; plain: "" */

/* A run of days of one kind inside a count. */
typedef enum gj_run_kind { GJ_RUN_WEEKEND, GJ_RUN_HOLIDAY, GJ_RUN_OFF, GJ_RUN_WORKED } gj_run_kind;
typedef struct gj_run {
    gj_day from, to; /* both included */
    gj_run_kind kind;
    gj_text name; /* "春节", or absent */
} gj_run;

/* What set a limit going. */
typedef enum gj_start_kind {
    GJ_START_ACT,
    GJ_START_ENTERING, /* a stage */
    GJ_START_LEAVING,
    GJ_START_FIELD, /* a date told */
} gj_start_kind;

/* What a limit says of its time. */
typedef enum gj_span {
    GJ_SPAN_WITHIN,
    GJ_SPAN_BY,              /* it is due by a date */
    GJ_SPAN_AT_LEAST,        /* its minimum */
    GJ_SPAN_AT_LEAST_BEFORE, /* so long at least before what comes */
    GJ_SPAN_WITHIN_BEFORE,   /* so long before it and no longer */
} gj_span;

/* How a limit was counted, so that anyone can check it by hand. */
typedef struct gj_citation {
    gj_text law, title, article; /* "licensing", "行政许可法", "42.1" */
} gj_citation;

/* What changed how a limit runs: a stop, or an extension. */
typedef struct gj_turn {
    bool extends;
    gj_text title;         /* of the stage that stops it, else of the act that did it */
    gj_text source, event; /* of the event by which it began, or was granted */
    gj_instant from;
    gj_instant to;              /* of a stop; GJ_NEVER: it goes on */
    gj_day first_day, last_day; /* that are not counted; first > last: none; to GJ_NEVER: no last */
    uint32_t amount;            /* of an extension, in the limit's unit */
    const gj_citation *basis;
    size_t basis_count;
} gj_turn;

/* Why a stop or an extension has no effect. */
typedef enum gj_void_reason {
    GJ_VOID_NOTICE,    /* its notice did not come in time */
    GJ_VOID_AFTER_DUE, /* it was granted when the limit was due already */
    GJ_VOID_TIMES,     /* it was granted too often */
    GJ_VOID_POWER,     /* by someone without the power */
    GJ_VOID_CONDITION, /* its condition did not hold */
} gj_void_reason;

/* invalid-stop, invalid-extension. */
typedef struct gj_voided {
    gj_void_reason reason;
    gj_text title; /* as a turn's */
    gj_instant opened;
    gj_text notice;        /* title of the act that gives notice of it, or absent */
    gj_instant notice_due; /* by when it was to come: before this */
    gj_instant since;      /* of a stop whose notice came late, from when on it works */
    gj_instant due;        /* of the limit */
    uint32_t times_max;    /* of the extension */
} gj_voided;

/* A row of a decision table that decided. */
typedef struct gj_table_row {
    gj_text table, title; /* of the table */
    uint32_t row;         /* as they stand in the source, from 1; `else` comes behind the others */
    bool is_else;
    gj_text cells; /* of the row, as they stand in the source; absent of `else` */
    gj_text value; /* what it gives, likewise */
    const gj_citation *basis;
    size_t basis_count;
    gj_text file; /* of the row */
    uint32_t line;
} gj_table_row;

/* How long a limit is whose length hangs on the case, and why. */
typedef struct gj_length {
    uint32_t amount;     /* in its unit, without what was added; 0: nothing is due by it */
    bool holds;          /* one of its lines; false: none does, so it has no length */
    gj_text condition;   /* of that line, absent where it always holds */
    gj_text value;       /* what says how many units, where that is no number of the source's */
    gj_instant measured; /* since when it has been so */
    int32_t measured_offset_s;
    const gj_citation *basis; /* the limit's, and that line's own */
    size_t basis_count;
} gj_length;

typedef struct gj_counted {
    gj_span span;
    gj_unit unit;
    gj_instant start;   /* what set it going */
    gj_day start_day;   /* that day, not counted (what is in time: from the instant) */
    uint32_t budget;    /* in units */
    int64_t elapsed;    /* whole units after the start day up to the act, or to now; of months and
                           years days */
    gj_instant until;   /* the act's instant, or now: what elapsed and over_amount are counted to */
    gj_instant due;     /* exclusive end: in time is before it */
    gj_day due_day;     /* the last lawful day */
    gj_day due_by_week; /* the same where the weekly rule alone holds beyond what is published */
    gj_day due_earliest, due_latest; /* what is not announced yet may move it within these; late is
                                        said by the latest, early by the earliest */
    gj_day raw_due_day;              /* before it rolled; equal to due_day when it did not */
    gj_text calendar;                /* revision of the one that the limit counts by */
    int32_t due_offset_s;            /* of the calendar's wall at due */
    bool in_time;                    /* due is an instant of its own, not a day's end */
    bool at_close;                   /* the due day ends before 24:00, when the office closes */
    bool start_not_recorded;         /* the starting act was left out */
    bool beyond_published;           /* counted past the calendar's published days */
    gj_start_kind start_kind;
    gj_text start_subject; /* title of the act, stage or field that started it */
    gj_text end_subject;   /* by a date: its title; counted back: the title of what came */
    gj_start_kind end_kind;
    const gj_run *runs; /* closed runs and worked weekend days up to max(due, act), in order */
    size_t run_count;
    const gj_office_hours *hours; /* of the calendar, where they were counted */
    size_t hour_count;
    bool held;            /* stopped, nobody knows till when: there is no due */
    const gj_turn *turns; /* in the order in which they began */
    size_t turn_count;
    int64_t stopped; /* of what would have counted up to due: whole units; of hours, milliseconds */
    uint32_t extended; /* of the budget */
    bool is_measured;  /* its length hangs on the case: */
    gj_length length;
} gj_counted;

/* What the law did by itself when a limit ran out. */
typedef struct gj_law {
    gj_text action, action_title; /* that counts as done, or absent */
    gj_text stage, stage_title;   /* to which the case went, or absent: it stayed */
    gj_instant as_of;             /* limits take it as of then */
    int32_t as_of_offset_s;
    bool as_of_start; /* of the limit that ran out; else of the day after its last */
    const gj_citation *basis;
    size_t basis_count;
} gj_law;

/* What a limit's finding stands by: the highest of its severities that is reached. */
typedef enum gj_rung_kind {
    GJ_RUNG_DUE,     /* it is overdue */
    GJ_RUNG_OVERDUE, /* by more than so many units */
    GJ_RUNG_BEFORE,  /* so many units are left */
    GJ_RUNG_SHARE,   /* so many ten-thousandths of the time are used */
} gj_rung_kind;
typedef struct gj_rung {
    gj_rung_kind kind;
    uint32_t amount;
    gj_unit unit;
    gj_instant at; /* since when */
} gj_rung;

typedef struct gj_left_out {
    gj_text action, title; /* the step left out */
    gj_text post, post_title;
    gj_text stage, stage_title;
    gj_text branch, branch_title; /* in which that stands, or absent */
} gj_left_out;

/* What kind of thing a finding's subject is. */
typedef enum gj_subject_kind {
    GJ_SUBJECT_ACTION,
    GJ_SUBJECT_STAGE,
    GJ_SUBJECT_POST,
    GJ_SUBJECT_FIELD,
    GJ_SUBJECT_DOCUMENT,
    GJ_SUBJECT_LIMIT,
    GJ_SUBJECT_RULE,
    GJ_SUBJECT_NATIVE,
} gj_subject_kind;

/* What a field held when a condition that reads it was judged, as people write it. */
typedef enum gj_value_kind {
    GJ_VALUE_PLAIN,
    GJ_VALUE_BOOL,
    GJ_VALUE_MONEY,
    GJ_VALUE_DURATION, /* the text is as ISO 8601 writes it: "P1DT12H" */
} gj_value_kind;
typedef struct gj_value {
    gj_text field, title;
    gj_value_kind kind; /* how to say it: "true", an amount of yuan, or the text as it is */
    bool known, is_list;
    bool is_judgement;    /* decided by a person: what rests on it rests on that */
    const gj_text *items; /* one, unless is_list; an item that is not known is absent */
    size_t item_count;
} gj_value;

/* A clause under which a rule does not bind, and which did not hold. */
typedef struct gj_exception {
    gj_text condition; /* as it stands in the source */
    const gj_citation *basis;
    size_t basis_count;
} gj_exception;

/* How a rule bounds the times of an action. */
typedef enum gj_bound { GJ_BOUND_NONE, GJ_AT_MOST, GJ_AT_LEAST, GJ_EXACTLY } gj_bound;

/* How a rule relates acts. */
typedef enum gj_relation {
    GJ_RELATION_NONE,
    GJ_FOLLOWED_BY,
    GJ_PRECEDED_BY,
    GJ_AFTER_NEVER,
    GJ_BETWEEN_NEVER,
    GJ_NOT_BOTH,
    GJ_SEPARATE,
    GJ_JOIN,
    GJ_SEPARATE_POSTS,
} gj_relation;
GJ_API const char *gj_relation_name(gj_relation relation); /* "followed-by"; none: "" */

/* An act beside the judged one. */
typedef struct gj_other_act {
    bool present;
    gj_text action, action_title;
    gj_text event, source_id;
    gj_instant at;
    int32_t at_offset_s;
    gj_text post, post_title, officer;
    gj_text office; /* of `held_by` alone */
} gj_other_act;

/* Why a call of a native gave no result. */
typedef enum gj_native_failure {
    GJ_NATIVE_FAILURE_NONE,
    GJ_NATIVE_REPORTED,  /* it said so: `number` */
    GJ_NATIVE_RUBBISH,   /* what it gave is no value of the type */
    GJ_NATIVE_TIMED_OUT, /* after `number` milliseconds */
    GJ_NATIVE_CRASHED,   /* by signal `number` */
    GJ_NATIVE_EXITED,    /* with status `number` */
    GJ_NATIVE_FORBIDDEN, /* it did what the sandbox does not allow */
    GJ_NATIVE_TOO_LARGE, /* the arguments are more than can be handed over */
    GJ_NATIVE_NO_HELPER, /* the helper could not be started again */
    GJ_NATIVE_FAILURE_COUNT
} gj_native_failure;
/* "timed-out". */
GJ_API const char *gj_native_failure_name(gj_native_failure failure);

/* One finding. Every text and array is borrowed: inside a sink until it returns; from a case until
 * the case is next stepped or destroyed. */
typedef struct gj_finding {
    char id[33]; /* docs/LANGUAGE.md, "Identity" */
    gj_code code;
    gj_severity severity;
    gj_finding_status status;
    gj_text case_id, procedure, procedure_title;
    uint32_t version;
    gj_text branch, branch_title;           /* of a parallel stage, "outer/inner"; or absent */
    gj_text stage, stage_title;             /* where the case, or that branch, stood when judged */
    gj_text stage_after, stage_after_title; /* where it stands now */
    gj_subject_kind subject_kind;
    gj_text subject, subject_title;
    bool is_parameter; /* the subject, a field: of the action, told with this act alone */
    bool is_of_first;  /* likewise: of the act that this one may follow, `first.NAME` */
    gj_text stage_expected, stage_expected_title; /* where the action belongs, when not here */
    gj_text branch_expected, branch_expected_title;
    gj_text action, action_title; /* of the judged event; absent when time alone raised it */
    gj_text event, source_id;     /* id and source of the judged event */
    gj_instant at;                /* of the event, or the instant it became true */
    int32_t at_offset_s;          /* to print `at` as it was told */
    gj_text office, department, post, post_title, officer;
    const gj_text *posts_granted; /* unauthorised: titles of the posts that may; not-done: likewise,
                                     what was not done */
    size_t posts_granted_count;
    const gj_citation *basis;
    size_t basis_count;
    gj_text file; /* of the clause */
    uint32_t line, column;
    gj_limit_kind limit_kind; /* of the subject, where that is a limit */
    /* Of a limit that keeps a clock a key, of which this is; a choice's name and title, else twice
     * the same; or absent. */
    gj_text key, key_title;
    /* Of a limit for which whoever holds the case answers: the stage in which it stood when the
     * finding came to what it stands by, and the posts that held it there; `post` is the only one,
     * or the one that acted. */
    gj_text held_in, held_in_title;
    const gj_text *holders, *holder_titles;
    size_t holder_count;
    bool has_due;
    uint64_t over_amount; /* late, early: by how much (at least 1; 0 where it ran out and the law
                             ended it) */
    gj_unit over_unit;    /* in what: the limit's, but of months and years days */
    gj_counted counted;
    gj_voided voided;
    gj_rung rung;
    bool by_law; /* closed by what the law did: */
    gj_law law;
    const gj_left_out *left_out; /* skipped-step */
    size_t left_out_count;
    const gj_text *documents_missing;      /* missing-document: titles */
    const gj_text *documents_missing_when; /* of each, its own condition, or absent */
    const gj_text *documents_present;
    size_t documents_missing_count, documents_present_count;
    const gj_text *fields_missing; /* missing-data: titles */
    size_t fields_missing_count;
    gj_text condition;      /* the condition that decided, as it stands in the source, or absent */
    const gj_value *values; /* of every field that it reads, or an exception does */
    size_t value_count;
    const gj_exception *exceptions; /* of the rule */
    size_t exception_count;
    /* rule: where it counts an action, this one, and `times` and `times_allowed`; not-done: what
     * the post must do */
    gj_bound bound;
    /* not-done: the case, or the branch, ended with the event, else it comes before; late,
     * due-soon: the limit ended, as far as was known when it was found */
    bool ended;
    gj_text counts, counts_title;
    /* Of a rule that relates acts: from which act it looked at the judged one, the act by which it
     * was decided where that is another, and which acts, by title, were to come. */
    gj_relation relation;
    gj_other_act first, second;
    const gj_text *awaited;
    size_t awaited_count;
    /* late, due-soon, not-done in time: since what fell due began, and before it did, the last act
     * by a post that answers, where its officer was told. */
    gj_other_act held_by;
    gj_text quoted; /* missing-data: a value of the wrong type, as told */
    /* missing-data: the field that was to be set to `condition`, where that is no condition */
    gj_text sets, sets_title;
    gj_text due_of, due_of_title; /* missing-data: the limit that is due by the date */
    gj_text length_of,
        length_of_title; /* missing-data: the limit of which it was to say how long it is */
    bool value_is_bad;   /* and it says a number that is no length */
    gj_text key_of, key_of_title; /* missing-data: the limit that keeps a clock for each of it, or
                                     the rule that stands for each by itself: */
    bool is_key_of_rule;
    gj_text native_library;           /* native-failed: from which it is said to be */
    gj_native_failure native_failure; /* and why */
    int64_t native_number;            /* of that */
    /* repeated, rule: how often now, and how often allowed (0: n/a); skipped-step: how many of
     * those left out were done on an earlier round; too-many-open: allowed so many */
    uint32_t times, times_allowed;
    /* The rows of decision tables that decided in the condition, in an exception's, in the
     * conditions of missing documents, or in what says how long a limit is. */
    const gj_table_row *rows;
    size_t row_count;
} gj_finding;

/* One JSON object without a newline, keys as in docs/LANGUAGE.md; the explanation in `lang`, and in
 * the other language under its own key. */
GJ_API gj_status gj_finding_print(const gj_finding *finding, gj_lang lang, const gj_writer *out);
/* The explanation alone, one paragraph. */
GJ_API gj_status gj_finding_explain(const gj_finding *finding, gj_lang lang, const gj_writer *out);

/* ---- accounts of time ---------------------------------------------------------------------- */

/* Why the days of a run count, or do not. */
typedef enum gj_why {
    GJ_WHY_START,   /* not: the day of the start */
    GJ_WHY_COUNTED, /* they count */
    GJ_WHY_WORKED,  /* they count: days of rest that are worked */
    GJ_WHY_WEEKEND, /* not */
    GJ_WHY_HOLIDAY, /* not: statutory */
    GJ_WHY_OFF,     /* not: closed otherwise */
    GJ_WHY_STOPPED, /* not: the limit is stopped */
    GJ_WHY_MOVED,   /* not: the last day, which moved here from a closed one */
    GJ_WHY_TARGET,  /* not: the day that is counted back from */
    GJ_WHY_OPEN, /* not: it may be over and may not be, by what is announced yet; its amount, as the
                    week has it, is in no total */
} gj_why;
GJ_API const char *gj_why_name(gj_why why); /* "weekend" */

/* Where the days of a run lie. */
typedef enum gj_phase {
    GJ_PHASE_GONE,    /* up to the end of the account, at most to the last day */
    GJ_PHASE_TO_COME, /* after it, up to the last day */
    GJ_PHASE_OVER,    /* after the last day; counted back, before the first */
} gj_phase;

/* Days, or of what is counted in time a span of it, that one reason covers; one run begins where
 * another ends. */
typedef struct gj_account_run {
    gj_day from, to;       /* both included */
    gj_instant begin, end; /* exclusive end */
    gj_why why;
    gj_phase phase;
    bool counts;
    bool extended; /* counted of what was added to the budget */
    gj_text name;  /* of the holiday, or what stopped the limit; or absent */
    /* What is counted in it, and from the start through its end; of what is over, since the last
     * day. In working days or days (so months and years too), of what is counted in time in
     * milliseconds. */
    uint64_t amount, total;
} gj_account_run;

/* What happened to the limit. */
typedef enum gj_mark_kind {
    GJ_MARK_STARTED,
    GJ_MARK_RUNG,
    GJ_MARK_ENDED,
    GJ_MARK_CLOSED, /* the case, or the branch, was through */
    GJ_MARK_STOPPED,
    GJ_MARK_RESUMED,
    GJ_MARK_EXTENDED,
    GJ_MARK_VOIDED,   /* a stop or an extension has no effect: no notice of it came in time */
    GJ_MARK_RAN_OUT,  /* and ended: the law did what it says then */
    GJ_MARK_TOLD,     /* the date is told by which it is due, or another one */
    GJ_MARK_MEASURED, /* how long it is hangs on the case, and was read */
    GJ_MARK_GRANTED,  /* an extension that works once notice of it comes */
} gj_mark_kind;
GJ_API const char *gj_mark_name(gj_mark_kind kind); /* "started" */

typedef struct gj_account_mark {
    gj_mark_kind kind;
    gj_instant at;
    int32_t at_offset_s;
    bool by_time; /* nothing else stands behind it; else this does: */
    bool by_law;  /* and that was no event, but what the law did */
    gj_start_kind cause;
    gj_text subject, subject_title; /* of the act, stage or field */
    gj_text event, source_id;       /* at hand; absent where time alone passed */
    gj_text post, post_title, officer;
    gj_text notice, notice_title; /* stopped, extended: the act at hand, where it was notice of that
                                     and `subject` is what began or granted it; or absent */
    bool not_recorded;            /* started: the act was left out */
    bool stays_overdue;           /* closed */
    gj_rung rung;                 /* of a rung */
    gj_severity severity;         /* likewise */
    int64_t
        amount; /* granted, extended: by so many units; voided: so many of them are taken back */
    bool voids_extension; /* voided: and not a stop */
    /* stopped, resumed, granted, extended, voided: which clause, and when that stop began or that
     * extension was granted; alike in all marks of the same one */
    uint32_t clause;
    gj_instant began;
    gj_instant at_most_until; /* stopped: when it goes on at the latest, or GJ_NEVER; */
    gj_instant at_most_earliest, at_most_latest; /* where working days that are not announced bear
                                                    upon that, between these; else the same */
    gj_law law;                                  /* ran out */
    gj_length length;                            /* measured, */
    const gj_table_row *rows;                    /* by these rows of decision tables */
    size_t row_count;
    gj_instant told;          /* told: that date or time, or GJ_NEVER: there is none any more */
    const gj_citation *basis; /* of its own clause */
    size_t basis_count;
} gj_account_mark;

typedef enum gj_account_status {
    GJ_ACCOUNT_RUNNING,
    GJ_ACCOUNT_STOPPED, /* it runs, and nothing counts just now */
    GJ_ACCOUNT_ENDED,   /* by what is to end it */
    GJ_ACCOUNT_CLOSED,  /* with the case or the branch */
    GJ_ACCOUNT_RAN_OUT, /* without having ended, and the law did what follows */
} gj_account_status;
GJ_API const char *gj_account_status_name(gj_account_status status); /* "running" */

/* Who held a case for a while. */
typedef struct gj_holder {
    bool by_law; /* the limit was stopped; of the case: each limit that ran was. All else is absent
                  */
    /* The only post that held it; of several the one that went on with the case next, by an act
     * there; or absent. */
    gj_text post, post_title;
    bool is_party;           /* no office's post, but who applies, bids or objects */
    gj_text department;      /* the post's, or absent */
    gj_text officer, office; /* who did that act, as told; absent where none has come */
    /* All that held it: by which the stage says it is held, else who may act there. None: anyone
     * may, or nobody any more. */
    const gj_text *posts, *post_titles;
    size_t post_count;
} gj_holder;

/* An unbroken part of a span. A day is whose who held the case at its end, of the last day when the
 * span ended. */
typedef struct gj_holding {
    gj_holder holder;
    gj_text stage,
        stage_title;     /* in which the case, or the branch, stood; absent: before it began */
    gj_instant from, to; /* exclusive end; alike where a stop began or ended just with the limit,
                            whose last day is this one's */
    int32_t from_offset_s, to_offset_s; /* to print them */
    bool is_counted;                    /* false: without a calendar, time alone is told */
    gj_unit unit;    /* in which `amount` is: working days; days (so months and years too); of what
                        is counted in time milliseconds */
    uint64_t amount; /* of it; by law: that would have been counted */
} gj_holding;

/* All that one of them held of a span. */
typedef struct gj_held {
    gj_holder holder;
    uint64_t elapsed_ms; /* by the clock */
    bool is_counted;
    gj_unit unit;
    uint64_t amount; /* as of a holding */
} gj_held;

/* One JSON object without a newline, keys as in docs/LANGUAGE.md. */
GJ_API gj_status gj_holding_print(const gj_holding *holding, const gj_writer *out);
GJ_API gj_status gj_held_print(const gj_held *held, const gj_writer *out);

/* How one limit was counted, from one start to its end or to where the clock stands: every day with
 * its reason, so that anyone with a calendar of paper can check each line. Borrowed as a finding
 * is. */
typedef struct gj_account {
    gj_text limit, limit_title;
    gj_limit_kind limit_kind;
    gj_text key, key_title;            /* as a finding's */
    gj_text branch, branch_title;      /* that declares it, or absent */
    uint32_t instance, instance_count; /* the how-manieth of how many starts in this case */
    gj_account_status status;
    /* Of a limit that says both how long at most and at least, the former. Counted back it is from
     * the act to what that is counted back from, which `until` is once it has come. */
    gj_span span;
    gj_text by, by_title; /* by a date: its field */
    gj_unit unit;
    uint32_t budget;   /* in units, with what was added; by a date: 0 */
    uint32_t extended; /* that */
    gj_instant start;  /* what is counted from */
    gj_day start_day;
    gj_instant until; /* its end, or where the clock stands */
    gj_day until_day;
    /* false: it is stopped, and nobody can tell until when; no date is told by which it is due;
     * what it is counted back from has not come */
    bool has_due;
    gj_instant due; /* exclusive end: in time is before it; of a minimum: it may end from then on */
    gj_day due_day; /* the last lawful day; of a minimum: its last; within so long before something:
                       the first lawful day */
    gj_day raw_due_day;  /* before it moved; equal to due_day when it did not */
    gj_due range;        /* of the last day, where it lies beyond what is published */
    uint64_t used, left; /* of the budget at `until`, as a run's total; counted back: what lies
                            between the two, and 0 */
    uint64_t over;       /* how late at `until`, or how far too early, as a finding says it */
    gj_unit over_unit;   /* in what */
    bool in_time;        /* due is an instant of its own, not a day's end */
    bool at_close;       /* the due day ends before 24:00, when the office closes */
    gj_text calendar;    /* revision, or absent */
    const gj_office_hours *hours; /* of the calendar, where they are counted */
    size_t hour_count;
    bool beyond_published;  /* the last day lies past the calendar's published days */
    int32_t until_offset_s; /* to print `until`, and the next for `due` */
    int32_t due_offset_s;
    const gj_account_mark *marks; /* in the order of their happening */
    size_t mark_count;
    const gj_account_run *runs; /* from the start's day on */
    size_t run_count;
    bool runs_cut;            /* there are more than anyone reads; the last ones are left out */
    gj_text duty, duty_title; /* whose it is, or absent */
    bool duty_is_holder;      /* it is whoever holds the case */
    /* Who held the case, or the branch, from `start` to `until`, one after another, and for how
     * much of it each did, by when they first did. What is not the law's adds up to what was
     * counted in all, what is the law's to what the stops took off. */
    const gj_holding *holdings;
    size_t holding_count;
    const gj_held *held;
    size_t held_count;
    const gj_citation *basis;
    size_t basis_count;
    gj_text file; /* of the clause */
    uint32_t line, column;
} gj_account;

/* One JSON object without a newline, keys as in docs/LANGUAGE.md; the explanation in `lang`, and in
 * the other language under its own key. */
GJ_API gj_status gj_account_print(const gj_account *account, gj_lang lang, const gj_writer *out);
/* In words: from when, how long, until when, how it stands; one paragraph. */
GJ_API gj_status gj_account_explain(const gj_account *account, gj_lang lang, const gj_writer *out);

/* ---- natives -------------------------------------------------------------------------------- */

/* What crosses between a procedure and a native: these, and lists of them. */
typedef enum gj_scalar {
    GJ_SCALAR_BOOL,
    GJ_SCALAR_NUMBER,
    GJ_SCALAR_MONEY,
    GJ_SCALAR_DATE,
    GJ_SCALAR_TIME,
    GJ_SCALAR_DURATION,
    GJ_SCALAR_TEXT,
    GJ_SCALAR_OFFICER,
    GJ_SCALAR_COUNT
} gj_scalar;
typedef struct gj_native_type {
    gj_scalar scalar;
    bool is_list;
} gj_native_type;

/* A function in a library is `int32_t NAME(parameters…, RESULT *result)`. In C a bool is bool; a
 * number, an amount of yuan an int64_t of ten-thousandths; a date gj_day, a time gj_instant, a
 * duration an int64_t of milliseconds; a text or officer gj_text; a list one of these, by value.
 * What it is given is borrowed until it returns, what it gives is read right then. */
typedef struct gj_bools {
    const bool *items;
    size_t count;
} gj_bools;
typedef struct gj_days {
    const gj_day *items;
    size_t count;
} gj_days;
typedef struct gj_numbers {
    const int64_t *items;
    size_t count;
} gj_numbers;
typedef struct gj_texts {
    const gj_text *items;
    size_t count;
} gj_texts;

/* What it returns; any other number: it failed, and the finding tells the number. */
enum {
    GJ_NATIVE_ANSWERED = 0, /* *result is the answer */
    GJ_NATIVE_UNKNOWN = 1,  /* there is no answer, as where data is missing */
};

enum {
    GJ_NATIVE_PARAMETERS_MAX = 16,
    GJ_NATIVE_ITEMS_MAX = 4096,     /* of a list */
    GJ_NATIVE_BYTES_MAX = 1 << 20,  /* of all that one call is given, or gives */
    GJ_NATIVE_TIMEOUT_MAX = 600000, /* milliseconds */
};

/* The same value as a callback sees it: a bool is 0 or 1, the others as in C. */
typedef struct gj_native_value {
    int64_t number;
    gj_text text;
    const struct gj_native_value *items; /* of a list */
    size_t item_count;
} gj_native_value;

typedef struct gj_native_signature {
    gj_text name;    /* as the procedure calls it */
    gj_text library; /* that it says it is from */
    const gj_native_type *parameters;
    size_t parameter_count;
    gj_native_type result;
    bool pure; /* the same arguments give the same result, always */
} gj_native_signature;

/* A function of the host. Returns as a library's does. May be called by each thread that judges. */
typedef int32_t (*gj_native_call)(void *payload, const gj_native_value *arguments,
                                  gj_native_value *result);

/* The natives that a deployment grants. Those of libraries run in a process of their own, one a
 * library, which may compute and nothing else; it is ended when a call takes too long, and begun
 * anew when it dies. Shared by threads once everything is loaded and registered. */
typedef struct gj_natives gj_natives;
typedef struct gj_natives_options {
    size_t size; /* sizeof(gj_natives_options) */
    const gj_allocator *allocator;
    /* Path of the program `guiju-native`; NULL: where it was installed, seen from the library or
     * the program that it is part of. */
    const char *helper;
} gj_natives_options;

/* Why natives are refused. */
typedef enum gj_native_fault {
    GJ_NATIVE_FAULT_NONE,
    GJ_NATIVE_FAULT_IO,        /* `text`, a file, cannot be read: error_number */
    GJ_NATIVE_FAULT_SYNTAX,    /* the manifest is no JSON: line, note */
    GJ_NATIVE_FAULT_FIELD,     /* `text`, of library and native, is missing, unknown or wrong */
    GJ_NATIVE_FAULT_TWICE,     /* a library or native is granted twice */
    GJ_NATIVE_FAULT_HASH,      /* the library's bytes have the hash `text` */
    GJ_NATIVE_FAULT_LOAD,      /* the library cannot be loaded: note */
    GJ_NATIVE_FAULT_SYMBOL,    /* it has no function `text` */
    GJ_NATIVE_FAULT_HELPER,    /* guiju-native, `text`, cannot be started: error_number */
    GJ_NATIVE_FAULT_SANDBOX,   /* this system allows no sandbox: error_number */
    GJ_NATIVE_FAULT_MISSING,   /* the procedure needs it, and it is not granted */
    GJ_NATIVE_FAULT_SIGNATURE, /* it is granted as `text`, and the procedure says `wanted` */
} gj_native_fault;
typedef struct gj_native_problem {
    gj_native_fault fault;
    gj_text library, native, text, wanted; /* borrowed until the next call on the handle */
    const char *note;                      /* a library's own words, borrowed likewise; or NULL */
    int error_number;
    uint64_t line;
} gj_native_problem;

/* Options may be NULL. The caller frees with gj_natives_destroy, after the judges that use it. */
GJ_API gj_status gj_natives_create(const gj_natives_options *options, gj_natives **natives);
GJ_API void gj_natives_destroy(gj_natives *natives);
/* Grants what a manifest lists (docs/LANGUAGE.md, "Natives"); its libraries are looked for beside
 * it. GJ_REFUSED: see gj_natives_problem; nothing of it is granted. */
GJ_API gj_status gj_natives_load(gj_natives *natives, const char *path);
/* Grants a function of the host. The signature is copied. GJ_REFUSED: see gj_natives_problem. */
GJ_API gj_status gj_natives_register(gj_natives *natives, const gj_native_signature *signature,
                                     void *payload, gj_native_call call);
GJ_API const gj_native_problem *gj_natives_problem(const gj_natives *natives);
/* Whether each native that a procedure names is granted as the procedure says: GJ_UNGRANTED where
 * one is not, see gj_natives_problem. */
GJ_API gj_status gj_natives_check(gj_natives *natives, const gj_image *image, size_t procedure);
/* One line in the user's language. */
GJ_API gj_status gj_native_problem_print(const gj_native_problem *problem, gj_lang lang,
                                         const gj_writer *out);

/* ---- judges and dockets
 * -------------------------------------------------------------------------- */

/* A procedure with its calendars bound: immutable, shared by threads. */
typedef struct gj_judge gj_judge;
typedef struct gj_judge_options {
    size_t size; /* sizeof(gj_judge_options) */
    const gj_allocator *allocator;
    const gj_image *image; /* must outlive the judge */
    gj_text procedure;     /* its name or title; absent: the only one of the image */
    /* Each that gj_image_procedure_calendar names must be among them, the first of its name is
     * taken; others are passed over. They stay the caller's and must outlive the judge, and may be
     * those of other judges too; the array may go once the judge is made. */
    const gj_calendar *const *calendars;
    size_t calendar_count;
    /* Those that the procedure names must be granted just as it says; must outlive the judge. NULL:
     * none are. */
    const gj_natives *natives;
} gj_judge_options;
/* GJ_UNKNOWN: the image has no such procedure, or several and none was named. GJ_UNBOUND: a
 * calendar is missing. GJ_OTHER_ZONE: they are not of one zone, in which a time told without an
 * offset would be one instant. GJ_UNGRANTED: a native is not granted; gj_natives_check says which.
 */
GJ_API gj_status gj_judge_create(const gj_judge_options *options, gj_judge **judge);
GJ_API void gj_judge_destroy(gj_judge *judge);
/* The revisions of the calendars that it counts by, as gj_image_procedure_calendar orders them: the
 * procedure's own first. Borrowed from the calendars; an absent text where there is no such one. */
GJ_API size_t gj_judge_calendar_count(const gj_judge *judge);
GJ_API gj_text gj_judge_calendar(const gj_judge *judge, size_t which);

/* Many cases of one procedure in memory: what `replay` and tests use. Events may come in any order
 * and are kept, those that correct or retract another as well, before or after it; judging puts
 * what stands then of each case in order, by (at, recorded, source, seq, id), and judges it from
 * its first event. One thread at a time. */
typedef struct gj_docket gj_docket;
typedef enum gj_added {
    GJ_ADDED,       /* without a document that is unknown: see gj_docket_problem */
    GJ_ADDED_AGAIN, /* (source, id) seen with the same content: nothing changed */
    GJ_NOT_ADDED,   /* see gj_docket_problem */
} gj_added;

GJ_API gj_status gj_docket_create(const gj_judge *judge, gj_docket **docket);
GJ_API void gj_docket_destroy(gj_docket *docket);
GJ_API gj_status gj_docket_add(gj_docket *docket, const gj_event *event, gj_added *added);
/* The same, one after another, and a good deal sooner where they are many: what the next ones touch
 * is on its way while one is added. `on_added` is called after each, with its place among them; the
 * problem, which may be GJ_PROBLEM_NONE, is borrowed until it returns, and it must not call the
 * docket. Stops at the first that fails. */
typedef void gj_on_added(void *payload, size_t which, gj_added added, const gj_problem *problem);
GJ_API gj_status gj_docket_add_all(gj_docket *docket, const gj_event *events, size_t count,
                                   void *payload, gj_on_added *on_added);
GJ_API const gj_problem *gj_docket_problem(const gj_docket *docket);
GJ_API size_t gj_docket_case_count(const gj_docket *docket);
GJ_API gj_text gj_docket_case_id(const gj_docket *docket, size_t index);
/* The latest `at` of all events that stand; 0 events: INT64_MIN. */
GJ_API gj_instant gj_docket_last_instant(gj_docket *docket);
/* Each event that corrects or retracts another and means nothing, as a problem, in the order in
 * which they came: what it names was not told (yet), is of another case, is a retraction, or comes
 * back to it. Returns false from on_problem to stop. The problem is borrowed until it returns. */
GJ_API gj_status gj_docket_report_unmet(gj_docket *docket, void *payload,
                                        bool (*on_problem)(void *payload,
                                                           const gj_problem *problem));

/* What natives have answered so far about its events, in bytes that belong to it: whoever keeps the
 * events keeps these with them, and gives them back to a docket of the same procedure before it
 * judges, so that no impure native is asked again. */
GJ_API gj_status gj_docket_answers_write(const gj_docket *docket, const gj_writer *out);
/* GJ_REFUSED: they are no such bytes, or another procedure's. */
GJ_API gj_status gj_docket_answers_read(gj_docket *docket, const void *bytes, size_t size);

/* One line of a case's time line. */
typedef struct gj_step_note {
    gj_instant at;
    int32_t at_offset_s;
    gj_text event, action, action_title, post, post_title, officer, stage_after, stage_after_title;
    uint64_t line;
    size_t finding_count; /* raised by this event */
    bool by_law;          /* no event: a limit ran out, and the law did this */
    gj_law law;
    uint32_t migrated_to; /* no event: the case came to that version; 0: it is none of this */
} gj_step_note;

/* A branch that runs, and where it stands. */
typedef struct gj_branch_note {
    gj_text branch, branch_title; /* "outer/inner" */
    gj_text stage, stage_title;
} gj_branch_note;

/* A limit that runs, and when it falls due. */
typedef struct gj_limit_note {
    gj_text limit, limit_title;
    gj_text key, key_title;          /* as a finding's */
    gj_text branch, branch_title;    /* that declares it, or absent */
    gj_instant since;                /* what it is counted from */
    gj_instant due;                  /* exclusive end: in time is before it */
    gj_day due_day;                  /* the last lawful day */
    gj_day due_earliest, due_latest; /* what is not announced yet may move it within these */
    bool due_open;                   /* it is not announced yet */
    gj_text calendar;                /* revision of the one it is counted by, or absent */
    /* Who answers for it: whose duty it is, or who holds the case where that is one post; else
     * absent. */
    gj_text department, department_title, post, post_title;
} gj_limit_note;

/* How a rule stands. */
typedef enum gj_verdict {
    GJ_VERDICT_HOLDS,   /* and nothing that is still to come changes that */
    GJ_VERDICT_SO_FAR,  /* it holds so far */
    GJ_VERDICT_CURABLE, /* it is not met, and still may be */
    GJ_VERDICT_VIOLATED,
    GJ_VERDICT_UNDECIDED, /* not violated as far as is known: data was missing for it */
} gj_verdict;
GJ_API const char *gj_verdict_name(gj_verdict verdict); /* "holds-so-far" */

/* What was missing where a rule could not be told. */
typedef struct gj_lack {
    gj_text field, field_title; /* absent: it was no field */
    bool officer;               /* of an act */
    bool too_many; /* acts stood at a time, of which the rule did not look at all; with none of
                      these all was told, and a calculation or a native of the rule's gave no value
                    */
} gj_lack;

typedef struct gj_rule_note {
    gj_text rule, rule_title;
    gj_text branch, branch_title; /* that declares it, or absent */
    gj_text file;                 /* of its declaration */
    uint32_t line;
    gj_verdict verdict;
    gj_instant
        changes_at; /* when it is violated if nothing happens; GJ_NEVER: time changes nothing */
    int32_t changes_offset_s;
    uint32_t
        waiting; /* acts that are still to be followed, or were done while others barred them */
    const gj_lack *lacks; /* each once, whatever the verdict; some where it is undecided */
    size_t lack_count;
} gj_rule_note;

typedef struct gj_case_result {
    gj_text case_id;
    size_t case_index;          /* in the docket */
    gj_text stage, stage_title; /* at the end */
    bool final;
    size_t event_count;
    gj_instant first_at, last_at;
    const gj_finding *findings; /* final state of each, in the order first raised */
    size_t finding_count;
    const gj_step_note *steps; /* only when asked for */
    size_t step_count;
    const gj_branch_note *branches; /* that run, outer ones first; only when asked for */
    size_t branch_count;
    const gj_limit_note *limits; /* that run, by declaration; only when asked for */
    size_t limit_count;
    const gj_rule_note *rules; /* by declaration; only when asked for, with findings */
    size_t rule_count;
    const gj_account *accounts; /* of each start of each limit, in order; only when asked for */
    size_t account_count;
    /* Who held the case from its first event until it closed, or its clock stands, and for how much
     * of it each did: in working days of the procedure's calendar; with accounts. */
    const gj_holding *holdings;
    size_t holding_count;
    const gj_held *held;
    size_t held_count;
} gj_case_result;

/* What of a procedure cases have come to. */
typedef struct gj_coverage gj_coverage;
typedef struct gj_coverage_item {
    gj_subject_kind kind; /* a stage, an action, a limit or a rule */
    gj_text name, title;
    gj_text branch; /* that declares it, "outer/inner", or absent */
    gj_text file;   /* of its declaration; absent of an action */
    uint32_t line;
    bool touched;   /* a stage was entered, an action done, a limit started, a rule asked */
    bool broken;    /* a limit was late, a rule not met */
    bool undecided; /* a rule that was not broken, as far as can be said: data was missing for it */
    bool judged;    /* of a rule: it, or an exception, reads what a person judges */
} gj_coverage_item;

/* Of nothing yet; the judge must outlive it. */
GJ_API gj_status gj_coverage_create(const gj_judge *judge, gj_coverage **coverage);
GJ_API void gj_coverage_destroy(gj_coverage *coverage);
/* Stages, actions, limits, rules, each as declared. */
GJ_API size_t gj_coverage_count(const gj_coverage *coverage);
/* Texts are borrowed from the coverage. */
GJ_API gj_coverage_item gj_coverage_get(const gj_coverage *coverage, size_t index);

typedef struct gj_docket_judging {
    size_t size;      /* sizeof(gj_docket_judging) */
    gj_instant until; /* every case's clock ends here; GJ_NEVER: the last instant of all events */
    bool close_open;  /* then treat every case as ended */
    bool with_steps;
    bool with_state; /* branches, limits and rules */
    bool with_accounts;
    gj_coverage
        *coverage; /* of the docket's judge, to which is added what each case came to; or NULL */
    /* How many threads may judge cases side by side; 0 or 1: the calling one alone. More than that
     * is a matter of time alone: the calling thread tells of the cases, in their order. The judge's
     * allocator must then serve several threads at once, as the default one does. */
    uint32_t threads;
    void *payload;
    /* Once a case, in the order the cases were first seen; the result is borrowed until it returns.
     * Returns false to stop. */
    bool (*on_case)(void *payload, const gj_case_result *result);
} gj_docket_judging;
/* Judges every case; may be called again with other options. Events after `until` are left out, and
 * so is a case that has none before. A finding that was withdrawn on the way is none. */
GJ_API gj_status gj_docket_judge(gj_docket *docket, const gj_docket_judging *judging);
/* Judges one. */
GJ_API gj_status gj_docket_judge_case(gj_docket *docket, size_t index,
                                      const gj_docket_judging *judging);

/* Dockets of several procedures: each event goes to that of the procedure it names, by name or
 * title; where there is only one, also an event that names none. Whether two events are one is
 * asked within a procedure. One thread at a time. */
typedef struct gj_registry gj_registry;
/* The judges must outlive the registry, and no two may answer to one name or title
 * (GJ_BAD_ARGUMENT). */
GJ_API gj_status gj_registry_create(const gj_judge *const *judges, size_t count,
                                    gj_registry **registry);
GJ_API void gj_registry_destroy(gj_registry *registry);
/* As gj_docket_add; its problem likewise. */
GJ_API gj_status gj_registry_add(gj_registry *registry, const gj_event *event, gj_added *added);
/* As gj_docket_add_all. */
GJ_API gj_status gj_registry_add_all(gj_registry *registry, const gj_event *events, size_t count,
                                     void *payload, gj_on_added *on_added);
GJ_API const gj_problem *gj_registry_problem(const gj_registry *registry);
/* The docket of the judge of that index, borrowed until the registry is destroyed. */
GJ_API gj_docket *gj_registry_docket(gj_registry *registry, size_t index);
/* The latest `at` of all events that stand; 0 events: INT64_MIN. */
GJ_API gj_instant gj_registry_last_instant(gj_registry *registry);
/* As gj_docket_report_unmet, docket by docket. */
GJ_API gj_status gj_registry_report_unmet(gj_registry *registry, void *payload,
                                          bool (*on_problem)(void *payload,
                                                             const gj_problem *problem));

/* ---- live dockets
 * ------------------------------------------------------------------------------ */

/* Many cases of one procedure while they go on. Events are told one at a time, in any order, at any
 * time; the clock moves only by gj_live_advance and never back. What stands of a case at any moment
 * is what a docket would find that was told the same and judged until that clock, in whatever order
 * it was told. An event that comes in order is judged on the case as it stands; one that comes out
 * of order, corrects or retracts another has its case judged anew from its history, and what that
 * changes of what was found is told. Nothing found is changed without that being told. One thread
 * at a time; different ones may be used by different threads. */
typedef struct gj_live gj_live;

typedef enum gj_change {
    GJ_FINDING_ADDED,
    GJ_FINDING_CHANGED,   /* the same finding, by its id, with other content: closed, say */
    GJ_FINDING_WITHDRAWN, /* it does not hold */
} gj_change;

/* What made it so. */
typedef enum gj_cause_kind {
    GJ_CAUSE_TIME,       /* the clock came to it */
    GJ_CAUSE_EVENT,      /* an event in order */
    GJ_CAUSE_LATE_EVENT, /* an event out of order, or one that a correction had waited for */
    GJ_CAUSE_CORRECTION,
    GJ_CAUSE_RETRACTION,
    GJ_CAUSE_CALENDAR,  /* another revision of the calendar: gj_live_calendar */
    GJ_CAUSE_MIGRATION, /* the case came to another version of its procedure: gj_engine_deploy */
} gj_cause_kind;

/* Why what was counted by one revision of a calendar comes out otherwise by another. */
typedef struct gj_recounted {
    gj_text was, is; /* the revisions, of the calendar by which the limit is counted */
    gj_day published_was, published_is;
    const gj_day_change *days; /* that lie in what was counted, and differ */
    size_t day_count;
    bool hours; /* the week or its office hours differ */
} gj_recounted;

/* One finding's change, borrowed until on_revision returns. */
typedef struct gj_revision {
    gj_change change;
    /* As it stands now; withdrawn: as it stood last. What is overdue is counted to the instant at
     * which it became so; gj_live_see counts it to the clock. */
    const gj_finding *finding;
    const gj_finding *before; /* changed: as it stood; else NULL */
    gj_cause_kind cause;
    gj_text cause_source, cause_id; /* the event; absent where time alone did it */
    uint64_t cause_line;            /* of that event; 0 unknown */
    gj_instant now;                 /* the clock */
    const gj_recounted *recounted;  /* where a calendar did it; else NULL */
} gj_revision;

typedef struct gj_live_options {
    size_t size; /* sizeof(gj_live_options) */
    void *payload;
    /* NULL: nothing is told. Must not call the live docket. Once it has returned false nothing more
     * is told in that call, which goes on otherwise. */
    bool (*on_revision)(void *payload, const gj_revision *revision);
} gj_live_options;

/* The judge must outlive it; its allocator is used. The clock stands before everything. Options may
 * be NULL. The caller frees with gj_live_destroy. */
GJ_API gj_status gj_live_create(const gj_judge *judge, const gj_live_options *options,
                                gj_live **live);
GJ_API void gj_live_destroy(gj_live *live);

/* As gj_docket_add; the event is copied. What lies ahead of the clock is kept, told as `future`,
 * and judged when the clock gets there. GJ_ADDED with a problem: gj_live_problem says what of the
 * event means nothing (yet). After GJ_NO_MEMORY or GJ_OVER_LIMIT the live docket can only be
 * destroyed, and answers GJ_BAD_ARGUMENT. */
GJ_API gj_status gj_live_add(gj_live *live, const gj_event *event, gj_added *added);
/* The same, one after another; `added` has as many, or is NULL. Stops at a failure. */
GJ_API gj_status gj_live_add_all(gj_live *live, const gj_event *events, size_t count,
                                 gj_added *added);
/* Of the event added last. Texts are borrowed until the next call. */
GJ_API const gj_problem *gj_live_problem(const gj_live *live);

/* The clock comes to `now`, inclusive: what falls due meanwhile does so in order, by instant and
 * then by case id, as many months as it may be behind. It costs what is due, not what there is. A
 * `now` that lies behind changes nothing. */
GJ_API gj_status gj_live_advance(gj_live *live, gj_instant now);
/* INT64_MIN: it has never moved. */
GJ_API gj_instant gj_live_now(const gj_live *live);
/* When something will next be due if nothing more is told, or earlier; GJ_NEVER: nothing will. */
GJ_API gj_instant gj_live_next(const gj_live *live);

/* A running limit that falls due otherwise by another revision of the calendar. */
typedef struct gj_due_revision {
    gj_text case_id;
    const gj_limit_note *before, *after;
    gj_instant now;       /* the clock */
    int32_t now_offset_s; /* to print it by */
    const gj_recounted *recounted;
} gj_due_revision;

typedef struct gj_recounting {
    size_t size; /* sizeof(gj_recounting) */
    void *payload;
    /* NULL: only findings are told of. Borrowed until it returns; returns false to stop. */
    bool (*on_due)(void *payload, const gj_due_revision *revision);
} gj_recounting;

/* Other revisions of one of its calendars, or of several: from now on the judge is this one, of the
 * same procedure of the same image, which must outlive the live docket. Cases that the changed days
 * can touch are judged anew from their history, in the order in which they were first told, and
 * what that changes of what was found, and of when limits that run fall due, is told with those
 * days; of all others nothing can have changed. The judge before is no longer needed once it
 * returns. GJ_BAD_ARGUMENT: the judge is of another image or procedure, or its calendars have
 * another zone, by which what was told without an offset would have happened at other instants.
 * Options may be NULL. */
GJ_API gj_status gj_live_calendar(gj_live *live, const gj_judge *judge,
                                  const gj_recounting *recounting);

GJ_API size_t gj_live_case_count(const gj_live *live);
/* GJ_NO_INDEX where there is none. */
GJ_API size_t gj_live_case_find(const gj_live *live, gj_text id);
GJ_API gj_text gj_live_case_id(const gj_live *live, size_t index);
/* The case as it stands, without steps: findings that have been withdrawn are none, what is overdue
 * is counted up to the clock, and what lies ahead is `future`. Of a case of which nothing has been
 * judged yet event_count is 0. The result is borrowed until on_case returns. */
GJ_API gj_status gj_live_see(gj_live *live, size_t index, void *payload,
                             bool (*on_case)(void *payload, const gj_case_result *result));
/* As gj_docket_answers_write and gj_docket_answers_read, which is called before events are told. */
GJ_API gj_status gj_live_answers_write(const gj_live *live, const gj_writer *out);
GJ_API gj_status gj_live_answers_read(gj_live *live, const void *bytes, size_t size);
/* The latest `at` of all events that stand, also ahead of the clock; 0 events: INT64_MIN. */
GJ_API gj_instant gj_live_last_instant(gj_live *live);
/* As gj_docket_report_unmet. */
GJ_API gj_status gj_live_report_unmet(gj_live *live, void *payload,
                                      bool (*on_problem)(void *payload, const gj_problem *problem));

/* "added", "changed", "withdrawn". */
GJ_API const char *gj_change_name(gj_change change);
GJ_API const char *gj_change_title(gj_change change, gj_lang lang);
/* "time", "event", "late-event", "correction", "retraction", "calendar". */
GJ_API const char *gj_cause_name(gj_cause_kind cause);
GJ_API const char *gj_cause_title(gj_cause_kind cause, gj_lang lang);
/* One JSON object without a newline, keys as in docs/LANGUAGE.md. */
GJ_API gj_status gj_revision_print(const gj_revision *revision, gj_lang lang, const gj_writer *out);
GJ_API gj_status gj_due_revision_print(const gj_due_revision *revision, const gj_writer *out);

/* ---- instants as people write them
 * ---------------------------------------------------------------- */

/* Reads "2024-02-05", "2024-02-05T09:00", "2024-02-05 09:00:03.250", with Z or +08:00 or neither.
 */
GJ_API bool gj_stamp_parse(gj_text text, gj_stamp *stamp);
/* The instant of a stamp; one without an offset is on the wall of the judge's calendar (UTC without
 * one). */
GJ_API gj_instant gj_judge_instant(const gj_judge *judge, const gj_stamp *stamp);
/* "2024-02-05T09:12:00+08:00" into buffer (at least 40 bytes), NUL-terminated; returns its length.
 */
GJ_API size_t gj_instant_format(gj_instant instant, int32_t offset_s, char *buffer, size_t size);
/* Offset of the judge's zone at an instant, in seconds east of UTC. */
GJ_API int32_t gj_judge_offset(const gj_judge *judge, gj_instant instant);
/* "2024-02-05" into buffer (at least 16 bytes); returns its length. */
GJ_API size_t gj_day_format(gj_day day, char *buffer, size_t size);

#ifdef __cplusplus
}
#endif
#endif
