/* SPDX-License-Identifier: Apache-2.0
 *
 * See promises.h. Both are counted from each day to try: the promise is too long where it ends
 * later on some day, by itself or with all that may be added to either. Of several lines a promise
 * counts as its shortest, and what the law gives as its longest. */
#include "analysis/promises.h"

#include "analysis/lengths.h"
#include "base/buffer.h"
#include "base/text.h"
#include "time/count.h"

enum { WORK_MAX = 1 << 20, WORK_OF_PAIR = 1 << 10 }; /* what is larger is said nothing of */

typedef struct checker {
    const gjc_model *model;
    const gj_calendar *calendar; /* the procedure's own, or NULL */
    const gjc_calendars *calendars;
    gjc_diag_list *diags;
    gj_day first, last; /* starts */
    uint32_t work;
} checker;

/* Where the promise is longer: a day of start, and when the two are due then. */
typedef struct outlasting {
    gj_day start;
    gj_instant promised, statutory;
    bool is_extended; /* both, as far as they may be */
} outlasting;

/* ---- of the same span ---- */

static bool holds(const gjc_trigger *triggers, uint32_t count, const gjc_trigger *one)
{
    for (uint32_t i = 0; i < count; i++)
        if (triggers[i].kind == one->kind && triggers[i].target == one->target &&
            triggers[i].when == NULL)
            return true;
    return false;
}

/* In any order; none stands there twice. Of what has a condition nobody says when it comes. */
static bool are_same(const gjc_trigger *a, uint32_t a_count, const gjc_trigger *b, uint32_t b_count)
{
    if (a_count != b_count)
        return false;
    for (uint32_t i = 0; i < a_count; i++)
        if (a[i].when != NULL || !holds(b, b_count, &a[i]))
            return false;
    return true;
}

static bool is_of_one_span(const gjc_limit *a, const gjc_limit *b)
{
    return a->region == b->region && are_same(a->from, a->from_count, b->from, b->from_count) &&
           are_same(a->to, a->to_count, b->to, b->to_count);
}

static bool has_length(const gjc_limit *limit, gjr_limit_kind kind)
{
    return limit->kind == kind && limit->budget > 0 && !limit->is_backward && !limit->is_open;
}

/* ---- longer ---- */

static bool outlasts_from(const checker *with, const gjc_limit *promised,
                          const gjc_limit *statutory, gj_instant start, outlasting *found)
{
    gj_day day = found->start;
    *found = (outlasting){day, gjc_length_plain(with->calendars, promised, start),
                          gjc_length_plain(with->calendars, statutory, start), false};
    if (found->promised > found->statutory)
        return true;
    *found = (outlasting){day, gjc_length_longest(with->calendars, promised, start),
                          gjc_length_longest(with->calendars, statutory, start), true};
    return found->promised > found->statutory;
}

/* Time runs from the instant, and days from the end of their day: one promised in time outlasts
 * days soonest where it starts last. */
static bool outlasts_on(const checker *with, const gjc_limit *promised, const gjc_limit *statutory,
                        gj_day day, outlasting *found)
{
    found->start = day;
    return outlasts_from(with, promised, statutory, gjr_calendar_day_start(with->calendar, day),
                         found) ||
           (gjr_count_is_time((gj_unit)promised->unit) &&
            outlasts_from(with, promised, statutory, gjr_calendar_day_end(with->calendar, day) - 1,
                          found));
}

static bool outlasts(const checker *with, const gjc_limit *promised, const gjc_limit *statutory,
                     outlasting *found)
{
    for (gj_day day = with->first; day <= with->last; day++)
        if (gjr_calendar_is_workday(with->calendar, day) &&
            outlasts_on(with, promised, statutory, day, found))
            return true;
    return false;
}

/* ---- saying so ---- */

static gjc_arg words_keep(const checker *with, gjb_buffer texts[2])
{
    gjc_arg words;
    for (int lang = 0; lang < 2; lang++) {
        *(lang == GJ_ZH ? &words.zh : &words.en) =
            gjb_arena_text(with->diags->arena, gjb_buffer_text(&texts[lang]));
        with->diags->out_of_memory = with->diags->out_of_memory || texts[lang].failed;
        gjb_buffer_deinit(&texts[lang]);
    }
    return words;
}

/* "by law 24 hours". */
static gjc_arg length_words(const checker *with, const gjc_limit *statutory)
{
    gjc_arg length = gjc_length_words(with->diags, statutory->budget, (gj_unit)statutory->unit);
    gjb_buffer texts[2];
    for (int lang = 0; lang < 2; lang++) {
        gjb_buffer_init(&texts[lang], with->diags->arena->allocator);
        gjb_buffer_add_string(&texts[lang], lang == GJ_ZH ? "法定时限为" : "by law ");
        gjb_buffer_add_text(&texts[lang], lang == GJ_ZH ? length.zh : length.en);
    }
    return words_keep(with, texts);
}

/* "started on 2024-02-05, the promise ends on 2024-03-11, this on 2024-03-08". */
static gjc_arg example_words(const checker *with, const outlasting *found)
{
    static const char *const joints[][2] = {
        {"started on ", "自"},
        {", the promise ends on ", "起算的，承诺的最后一日为"},
        {", this on ", "，法定的最后一日为"},
    };
    gj_day days[] = {found->start, gjr_calendar_day_of(with->calendar, found->promised - 1),
                     gjr_calendar_day_of(with->calendar, found->statutory - 1)};
    gjb_buffer texts[2];
    for (int lang = 0; lang < 2; lang++) {
        gjb_buffer_init(&texts[lang], with->diags->arena->allocator);
        for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
            gjc_arg day = gjc_diag_day(with->diags, days[i]);
            gjb_buffer_add_string(&texts[lang], joints[i][lang]);
            gjb_buffer_add_text(&texts[lang], lang == GJ_ZH ? day.zh : day.en);
        }
        if (found->is_extended)
            gjb_buffer_add_string(&texts[lang], lang == GJ_ZH ? "（均延长到底）"
                                                              : " (both with every extension)");
    }
    return words_keep(with, texts);
}

/* Days say nothing where they are the same, or where there is no calendar to name them by. */
static void outlasting_note(const checker *with, gjc_diag *diag, const gjc_limit *statutory,
                            const outlasting *found)
{
    bool by_days =
        with->calendar != NULL && gjr_calendar_day_of(with->calendar, found->promised - 1) !=
                                      gjr_calendar_day_of(with->calendar, found->statutory - 1);
    gjc_diag_note_add(with->diags, diag, statutory->budget_span,
                      by_days ? example_words(with, found) : length_words(with, statutory));
}

static void pair_check(checker *with, const gjc_limit *promised, const gjc_limit *statutory)
{
    outlasting found;
    with->work++;
    if (!has_length(statutory, GJR_LIMIT_STATUTORY) || !is_of_one_span(promised, statutory))
        return;
    with->work += WORK_OF_PAIR;
    if (outlasts(with, promised, statutory, &found)) {
        gjc_diag *diag =
            gjc_diag_add(with->diags, GJC_W0635, promised->budget_span,
                         gjc_arg_text(promised->label.name), gjc_arg_text(statutory->label.name));
        outlasting_note(with, diag, statutory, &found);
    }
}

void gjc_promises_check(const gjc_model *model, const gjc_calendars *calendars,
                        gjc_diag_list *diags)
{
    checker with = {.model = model,
                    .calendar = gjc_calendars_own(calendars),
                    .calendars = calendars,
                    .diags = diags};
    gjc_length_starts(calendars, &with.first, &with.last);
    for (uint32_t i = 0; i < model->limit_count; i++) {
        gjc_limit promised = gjc_length_shortest(&model->limits[i]);
        for (uint32_t j = 0; has_length(&promised, GJR_LIMIT_PROMISED) && j < model->limit_count &&
                             with.work < WORK_MAX;
             j++) {
            gjc_limit statutory = gjc_length_greatest(&model->limits[j]);
            pair_check(&with, &promised, &statutory);
        }
    }
}
