/* SPDX-License-Identifier: Apache-2.0
 *
 * Calendars from wherever they are: a compiled one, those that a source declares or uses, or those
 * that the procedures of an image are counted by. And how days are said: "02-15 Sun", 2月15日周日.
 */
#ifndef CLI_CALENDARS_H
#define CLI_CALENDARS_H

#include "buffer.h"
#include "options.h"
#include "program.h"
#include "session.h"

typedef struct cli_shelf {
    gj_calendar *items[CLI_CALENDARS_MAX];
    size_t count;
} cli_shelf;

/* Adds those of the file, --name alone where it is given; false, with the session told. deinit in
 * either case. */
bool cli_shelf_add(cli_shelf *shelf, cli_session *session, const cli_options *options,
                   const char *path);
void cli_shelf_deinit(cli_shelf *shelf);

/* "02-15 Sun", "2026-02-15 Sun"; 2月15日周日, 2026年2月15日周日. */
void cli_day_say(cli_buffer *words, gj_lang lang, gj_day day, bool with_year);
/* "2026-02-15", 2026年2月15日. */
void cli_date_say(cli_buffer *words, gj_lang lang, gj_day day);
/* From one through another. */
void cli_days_say(cli_buffer *words, gj_lang lang, gj_day from, gj_day to, bool with_year);
/* "holiday", 节假日. */
const char *cli_day_class_words(gj_day_class class, gj_lang lang);
bool cli_day_is_worked(gj_day_class class);
bool cli_text_equal(gj_text a, gj_text b);

/* The parts of `guiju calendar`. */
void cli_calendar_list(cli_session *session, const cli_shelf *shelf);
/* A month of the year, or all of it (month 0). */
void cli_calendar_picture(cli_session *session, const gj_calendar *calendar, int32_t year,
                          int32_t month);
void cli_calendar_compare(cli_session *session, const gj_calendar *was, const gj_calendar *is);
/* Whether --from or --within is given, and what they ask. */
bool cli_calendar_asks_due(const cli_options *options);
void cli_calendar_due(cli_session *session, const cli_options *options, const cli_shelf *shelf);
void cli_calendar_due_compare(cli_session *session, const cli_options *options,
                              const gj_calendar *was, const gj_calendar *is);
void cli_calendar_make(cli_session *session, const cli_options *options);

#endif
