/* SPDX-License-Identifier: Apache-2.0
 *
 * What notices and lists say of days, gathered: one word a day of 1970–2199, with the place it was
 * read from, so that two that do not agree are both shown. A source is plain (it announces), amends
 * (its word replaces an earlier one, which is told), or is the calendar that all is laid onto. */
#ifndef GJC_NOTICE_FACTS_H
#define GJC_NOTICE_FACTS_H

#include "syntax/diag.h"
#include "time/calendar.h"

enum { GJC_ANNOUNCEMENTS_MAX = 64 };

typedef enum gjc_notice_kind {
    GJC_NOTICE_COMPLETE, /* of a whole year */
    GJC_NOTICE_PARTIAL,  /* of one occasion */
    GJC_NOTICE_AMENDS,   /* adjusts or extends what was announced */
    GJC_NOTICE_LIST,     /* days as data: complete, and compared with what the notices come to */
} gjc_notice_kind;

/* Where a word comes from. */
typedef struct gjc_notice_source {
    gjc_notice_kind kind;
    uint32_t index; /* in the sources, and a bit of a fact's `sources` */
    int32_t year;   /* that it arranges */
    gjc_span title;
} gjc_notice_source;

typedef struct gjc_fact {
    gjr_day_class class; /* holiday, off or on */
    gj_text name;
    gjc_span span;
    int32_t of_year;  /* of the notice */
    uint64_t sources; /* that say so, a bit each */
    bool is_base;     /* of the calendar below: it has no place */
    bool is_amended;  /* a notice beside that of the whole year says so */
    bool is_withdrawn;
} gjc_fact;

typedef struct gjc_facts {
    gjb_arena *arena;
    gjc_diag_list *diags;
    const gjc_sources *sources;
    uint8_t week;
    gjc_fact **by_day; /* [day], NULL: nothing */
    bool out_of_memory;
} gjc_facts;

void gjc_facts_init(gjc_facts *facts, gjb_arena *arena, const gjc_sources *sources,
                    gjc_diag_list *diags, uint8_t week);
/* A row of the calendar below. */
void gjc_facts_lay(gjc_facts *facts, const gjr_calendar_row *row);
/* Whether the source can arrange that day: one of its own year, or around New Year, of the December
 * before and the January after. Else reported. */
bool gjc_facts_is_near(gjc_facts *facts, const gjc_notice_source *source, gj_day day,
                       gjc_span span);
/* Tells of a day that it is of another year than the source, in whose block it stands. */
void gjc_facts_note_year(gjc_facts *facts, const gjc_notice_source *source, gj_day day,
                         gjc_span span);
/* Says it of a day; what was said otherwise before is a mistake, or replaced by what amends. */
void gjc_facts_say(gjc_facts *facts, const gjc_notice_source *source, gj_day day,
                   gjr_day_class class, gj_text name, gjc_span span);
/* What was announced under the name for that year is about to be announced anew; what is not said
 * again by the time of gjc_facts_settle is forgotten. */
void gjc_facts_withdraw(gjc_facts *facts, int32_t year, gj_text name);
void gjc_facts_settle(gjc_facts *facts, const gjc_notice_source *source);
/* The last day off under the name for that year, or GJ_NO_DAY. */
gj_day gjc_facts_last_off(const gjc_facts *facts, int32_t year, gj_text name);
/* What complete sources of one year leave out that another says. */
void gjc_facts_compare(gjc_facts *facts, const gjc_notice_source *sources, size_t count);
/* Which festival of the source's year is worked. */
void gjc_facts_festivals(gjc_facts *facts, const gjc_notice_source *source);

/* The name, where it can stand in a source as it is; else absent. */
gj_text gjc_facts_name(gj_text name);
/* "off", 放假. */
gjc_arg gjc_facts_class(gjr_day_class class);

#endif
