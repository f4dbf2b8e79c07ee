/* SPDX-License-Identifier: Apache-2.0
 *
 * See facts.h. */
#include "notice/facts.h"
#include "base/text.h"
#include "notice/festivals.h"
#include "time/stamp.h"

enum { DAY_COUNT = GJR_CALENDAR_DAY_LAST + 1 };

void gjc_facts_init(gjc_facts *facts, gjb_arena *arena, const gjc_sources *sources,
                    gjc_diag_list *diags, uint8_t week)
{
    *facts = (gjc_facts){.arena = arena, .diags = diags, .sources = sources, .week = week};
    facts->by_day = gjb_arena_make(arena, DAY_COUNT, sizeof(gjc_fact *));
    facts->out_of_memory = facts->by_day == NULL;
}

gj_text gjc_facts_name(gj_text name)
{
    bool plain = name.size > 0 && name.size <= GJR_CALENDAR_NAME_SIZE_MAX;
    for (size_t i = 0; plain && i < name.size; i++) {
        unsigned char byte = (unsigned char)name.bytes[i];
        plain = byte >= 0x20 && byte != 0x7F && byte != '"' && byte != '\\';
    }
    return plain ? name : (gj_text){0};
}

gjc_arg gjc_facts_class(gjr_day_class class)
{
    switch (class) {
    case GJR_DAY_WORKING:
        return gjc_arg_words("a working day", "工作日");
    case GJR_DAY_WEEKEND:
        return gjc_arg_words("a day of rest", "休息日");
    case GJR_DAY_HOLIDAY:
        return gjc_arg_words("a holiday", "节假日");
    case GJR_DAY_OFF:
        return gjc_arg_words("off", "放假");
    case GJR_DAY_ON:
        return gjc_arg_words("worked", "上班");
    }
    return gjc_arg_none();
}

static bool day_is_known(const gjc_facts *facts, gj_day day)
{
    return !facts->out_of_memory && day >= GJR_CALENDAR_DAY_FIRST && day <= GJR_CALENDAR_DAY_LAST;
}

static gjc_fact *fact_make(gjc_facts *facts, gj_day day)
{
    gjc_fact *fact = gjb_arena_make(facts->arena, 1, sizeof *fact);
    facts->by_day[day] = fact;
    facts->out_of_memory |= fact == NULL;
    return fact;
}

void gjc_facts_lay(gjc_facts *facts, const gjr_calendar_row *row)
{
    gjc_fact *fact = day_is_known(facts, row->day) ? fact_make(facts, row->day) : NULL;
    if (fact != NULL) {
        *fact = (gjc_fact){.class = row->class, .name = row->name, .is_base = true};
        fact->of_year = gjr_civil_of_day(row->day).year;
    }
}

static bool is_worked(gjr_day_class class)
{
    return class == GJR_DAY_ON || class == GJR_DAY_WORKING;
}

static void conflict_report(gjc_facts *facts, const gjc_fact *fact, gj_day day, gjr_day_class class,
                            gjc_span span)
{
    gjc_diag *diag = gjc_diag_add(facts->diags, GJC_E0819, span, gjc_diag_day(facts->diags, day),
                                  gjc_facts_class(class));
    diag->args[2] = gjc_facts_class(fact->class);
    gjc_diag_note_add(facts->diags, diag, fact->span, gjc_arg_words("there", "另一处"));
}

static void change_report(gjc_facts *facts, gjr_day_class was, gj_day day, gjr_day_class class,
                          gjc_span span)
{
    gjc_diag *diag = gjc_diag_add(facts->diags, GJC_W0804, span, gjc_diag_day(facts->diags, day),
                                  gjc_facts_class(was));
    diag->args[2] = gjc_facts_class(class);
}

static gjr_day_class class_by_week(const gjc_facts *facts, gj_day day)
{
    bool worked = (facts->week >> gjr_civil_weekday(day) & 1) != 0;
    return worked ? GJR_DAY_WORKING : GJR_DAY_WEEKEND;
}

/* What a source that amends, or one laid onto a calendar, finds of the day. */
static void change_note(gjc_facts *facts, const gjc_fact *fact, gj_day day, gjr_day_class class,
                        gjc_span span)
{
    gjr_day_class was = fact != NULL ? fact->class : class_by_week(facts, day);
    if (is_worked(was) != is_worked(class)) {
        change_report(facts, was, day, class, span);
    }
}

/* False where what was said before stands against it. */
static bool word_is_free(gjc_facts *facts, const gjc_notice_source *source, gj_day day,
                         gjr_day_class class, gjc_span span)
{
    const gjc_fact *fact = facts->by_day[day];
    if (source->kind == GJC_NOTICE_AMENDS || (fact != NULL && fact->is_base)) {
        change_note(facts, fact, day, class, span);
        return true;
    }
    if (fact != NULL && is_worked(fact->class) != is_worked(class)) {
        conflict_report(facts, fact, day, class, span);
        return false;
    }
    return true;
}

bool gjc_facts_is_near(gjc_facts *facts, const gjc_notice_source *source, gj_day day, gjc_span span)
{
    gj_day from = gjr_civil_day((gjr_civil){source->year - 1, 12, 1});
    gj_day to = gjr_civil_day((gjr_civil){source->year + 1, 1, 31});
    if (day < from || day > to) {
        gjc_diag_add(facts->diags, GJC_E0820, span, gjc_diag_day(facts->diags, day),
                     gjc_diag_number(facts->diags, source->year));
    }
    return day >= from && day <= to;
}

void gjc_facts_note_year(gjc_facts *facts, const gjc_notice_source *source, gj_day day,
                         gjc_span span)
{
    if (gjr_civil_of_day(day).year != source->year) {
        gjc_diag_add(facts->diags, GJC_W0802, span, gjc_diag_day(facts->diags, day),
                     gjc_diag_number(facts->diags, source->year));
    }
}

void gjc_facts_say(gjc_facts *facts, const gjc_notice_source *source, gj_day day,
                   gjr_day_class class, gj_text name, gjc_span span)
{
    bool needless = source->kind == GJC_NOTICE_LIST && class == GJR_DAY_ON &&
                    day_is_known(facts, day) && facts->by_day[day] == NULL &&
                    is_worked(class_by_week(facts, day)); /* 2月3日起正常上班, as a list has it */
    if (needless || !day_is_known(facts, day) || !word_is_free(facts, source, day, class, span)) {
        return;
    }
    gjc_fact *fact = facts->by_day[day];
    bool amends = source->kind == GJC_NOTICE_AMENDS || source->kind == GJC_NOTICE_PARTIAL;
    bool is_new = fact == NULL || fact->is_base || fact->is_withdrawn ||
                  is_worked(fact->class) != is_worked(class);
    if (is_new) {
        fact = fact_make(facts, day);
        if (fact == NULL) {
            return;
        }
        *fact = (gjc_fact){.class = class, .name = name, .span = span, .of_year = source->year};
    }
    fact->class = class == GJR_DAY_HOLIDAY ? class : fact->class;
    fact->is_amended |= amends;
    fact->sources |= UINT64_C(1) << source->index;
}

static bool is_of(const gjc_fact *fact, int32_t year, gj_text name)
{
    return fact != NULL && fact->of_year == year && gjb_text_equal(fact->name, name);
}

void gjc_facts_withdraw(gjc_facts *facts, int32_t year, gj_text name)
{
    for (gj_day day = 0; !facts->out_of_memory && day < DAY_COUNT; day++) {
        if (is_of(facts->by_day[day], year, name)) {
            facts->by_day[day]->is_withdrawn = true;
        }
    }
}

void gjc_facts_settle(gjc_facts *facts, const gjc_notice_source *source)
{
    for (gj_day day = 0; !facts->out_of_memory && day < DAY_COUNT; day++) {
        const gjc_fact *fact = facts->by_day[day];
        if (fact != NULL && fact->is_withdrawn) {
            change_note(facts, fact, day, class_by_week(facts, day), source->title);
            facts->by_day[day] = NULL;
        }
    }
}

gj_day gjc_facts_last_off(const gjc_facts *facts, int32_t year, gj_text name)
{
    for (gj_day day = DAY_COUNT; !facts->out_of_memory && day-- > 0;) {
        const gjc_fact *fact = facts->by_day[day];
        if (is_of(fact, year, name) && !is_worked(fact->class)) {
            return day;
        }
    }
    return GJ_NO_DAY;
}

/* ---- sources beside each other ---- */

static bool is_whole(const gjc_notice_source *source)
{
    return source->kind == GJC_NOTICE_COMPLETE || source->kind == GJC_NOTICE_LIST;
}

/* A day is worked other than by the week alone, and this source of the same year does not say so.
 */
static bool leaves_out(const gjc_facts *facts, const gjc_fact *fact, gj_day day,
                       const gjc_notice_source *source)
{
    bool by_week = is_worked(class_by_week(facts, day));
    bool said = (fact->sources >> source->index & 1) != 0;
    return !said && is_whole(source) && source->year == fact->of_year &&
           is_worked(fact->class) != by_week;
}

static void omission_report(gjc_facts *facts, const gjc_fact *fact, gj_day day,
                            const gjc_notice_source *source)
{
    const gjc_source *text = gjc_sources_get(facts->sources, source->title.source);
    gjc_diag *diag = gjc_diag_add(facts->diags, GJC_E0825, fact->span,
                                  gjc_diag_day(facts->diags, day), gjc_facts_class(fact->class));
    diag->args[2] = gjc_arg_text(text->path);
    gjc_diag_note_add(facts->diags, diag, source->title,
                      gjc_arg_words("this one does not", "此处没有写明"));
}

void gjc_facts_compare(gjc_facts *facts, const gjc_notice_source *sources, size_t count)
{
    for (gj_day day = 0; !facts->out_of_memory && day < DAY_COUNT; day++) {
        const gjc_fact *fact = facts->by_day[day];
        bool amended_away = fact != NULL && fact->is_amended;
        for (size_t i = 0; fact != NULL && !fact->is_base && i < count; i++) {
            bool may_differ = amended_away && sources[i].kind != GJC_NOTICE_LIST;
            if (!may_differ && leaves_out(facts, fact, day, &sources[i])) {
                omission_report(facts, fact, day, &sources[i]);
            }
        }
    }
}

void gjc_facts_festivals(gjc_facts *facts, const gjc_notice_source *source)
{
    gj_day first = gjr_civil_day((gjr_civil){source->year, 1, 1});
    gj_day last = gjr_civil_day((gjr_civil){source->year, 12, 31});
    for (gj_day day = first; day_is_known(facts, day) && day <= last; day++) {
        const char *name = gjc_festival_of(day);
        const gjc_fact *fact = facts->by_day[day];
        bool by_week = is_worked(class_by_week(facts, day));
        if (name != NULL && (fact == NULL ? by_week : is_worked(fact->class))) {
            gjc_diag_add(facts->diags, GJC_W0803, source->title, gjc_arg_string(name),
                         gjc_diag_day(facts->diags, day));
        }
    }
}
