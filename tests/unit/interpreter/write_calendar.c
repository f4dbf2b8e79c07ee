/* SPDX-License-Identifier: Apache-2.0
 *
 * Random calendars: a week, holidays, days off and worked, in zones with and without summer time.
 */
#include "unit/interpreter/random.h"

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

/* What is announced far ahead. */
static void years_say(writing *w)
{
    for (int year = 2025; w->far && year < 2030; year++) {
        gjb_buffer_add_format(w->out, "  year %d {\n    holiday \"元旦\" %d-01-01\n  }\n", year,
                              year);
    }
}

/* One by which some limits count: what the procedure's says and more, or another of its zone. */
static void exchange_say(writing *w, const char *zone)
{
    if (pick(w, 2) == 0) {
        gjb_buffer_add_string(w->out, "calendar exchange refines office {\n");
    } else {
        gjb_buffer_add_format(
            w->out, "calendar exchange {\n  zone \"%s\"\n  week %s\n  published through %s\n", zone,
            pick(w, 2) == 0 ? "mon..fri" : "tue..sun",
            w->far            ? "2029-12-31"
            : pick(w, 2) == 0 ? "2024-02-20"
                              : "2024-12-31");
    }
    gjb_buffer_add_string(w->out, pick(w, 2) == 0 ? "  hours 09:30-11:30, 13:00-15:00\n" : "");
    gjb_buffer_add_string(w->out, "  year 2024 {\n    off \"休市\" 2024-02-04, 2024-02-09\n");
    for (int day = 1 + pick(w, 9); day < 28; day += 1 + pick(w, 12)) {
        gjb_buffer_add_format(w->out, "    %s 2024-03-%02d\n",
                              pick(w, 3) == 0 ? "on" : "off \"休市\"", day);
    }
    gjb_buffer_add_string(w->out, "  }\n");
    years_say(w);
    gjb_buffer_add_string(w->out, "}\n");
}

void write_calendars(writing *w)
{
    static const char *const zones[] = {"Asia/Shanghai", "Asia/Shanghai", "Europe/Berlin", "UTC"};
    static const char *const hours[] = {"", "  hours 08:30-12:00, 13:30-17:30\n",
                                        "  hours 01:15-03:00, 10:00-24:00\n"};
    const char *zone = zones[pick(w, 4)];
    w->far = pick(w, 3) > 0;
    bool refined = pick(w, 3) == 0;
    gjb_buffer_add_format(
        w->out,
        "calendar %s \"工作日历\" {\n  zone \"%s\"\n  week %s\n"
        "%s"
        "  published through %s\n  year 2024 {\n    holiday \"元旦\" 2024-01-01\n"
        "    off \"春节\" 2024-02-10..2024-02-17\n    on 2024-02-04, 2024-02-18\n",
        refined ? "base" : "office", zone, pick(w, 4) == 0 ? "mon..wed, fri..sat" : "mon..fri",
        hours[pick(w, 3)],
        w->far            ? "2029-12-31"
        : pick(w, 3) == 0 ? "2024-03-08"
                          : "2024-12-31");
    for (int day = 1 + pick(w, 5); day < 28; day += 1 + pick(w, 9)) {
        gjb_buffer_add_format(w->out, "    %s 2024-03-%02d\n",
                              pick(w, 3) == 0 ? "on" : "off \"停办\"", day);
    }
    gjb_buffer_add_string(w->out, "  }\n");
    years_say(w);
    gjb_buffer_add_string(w->out, "}\n");
    if (refined) {
        gjb_buffer_add_string(w->out,
                              "calendar office refines base {\n  hours 09:00-17:00\n  year 2024 {\n"
                              "    off 2024-02-19..2024-02-20\n    on 2024-03-02\n  }\n}\n");
    }
    w->exchange = pick(w, 2) == 0;
    if (w->exchange) {
        exchange_say(w, zone);
    }
}
