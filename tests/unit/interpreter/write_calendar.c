/* SPDX-License-Identifier: Apache-2.0
 *
 * Random calendars: a week, holidays, days off and worked, in zones with and without summer time.
 */
#include "unit/interpreter/random.h"

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

void write_calendars(writing *w)
{
    static const char *const zones[] = {"Asia/Shanghai", "Asia/Shanghai", "Europe/Berlin", "UTC"};
    static const char *const hours[] = {"", "  hours 08:30-12:00, 13:30-17:30\n",
                                        "  hours 01:15-03:00, 10:00-24:00\n"};
    bool refined = pick(w, 3) == 0;
    gjb_buffer_add_format(
        w->out,
        "calendar %s \"工作日历\" {\n  zone \"%s\"\n  week %s\n"
        "%s"
        "  published through %s\n  year 2024 {\n    holiday \"元旦\" 2024-01-01\n"
        "    off \"春节\" 2024-02-10..2024-02-17\n    on 2024-02-04, 2024-02-18\n",
        refined ? "base" : "office", zones[pick(w, 4)],
        pick(w, 4) == 0 ? "mon..wed, fri..sat" : "mon..fri", hours[pick(w, 3)],
        pick(w, 3) == 0 ? "2024-03-08" : "2024-12-31");
    for (int day = 1 + pick(w, 5); day < 28; day += 1 + pick(w, 9)) {
        gjb_buffer_add_format(w->out, "    %s 2024-03-%02d\n",
                              pick(w, 3) == 0 ? "on" : "off \"停办\"", day);
    }
    gjb_buffer_add_string(w->out, "  }\n}\n");
    if (refined) {
        gjb_buffer_add_string(w->out,
                              "calendar office refines base {\n  hours 09:00-17:00\n  year 2024 {\n"
                              "    off 2024-02-19..2024-02-20\n    on 2024-03-02\n  }\n}\n");
    }
}
