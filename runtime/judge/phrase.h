/* SPDX-License-Identifier: Apache-2.0
 *
 * The small parts of an explanation that both languages need: days and instants as people write
 * them, quoted titles, lists, and what lies between a start and a
 * due day. English uses ISO dates, Chinese the form of official documents. */
#ifndef GJR_PHRASE_H
#define GJR_PHRASE_H

#include "base/buffer.h"
#include "image/citation.h"

/* "2024-03-08", "2024年3月8日". */
void gjr_phrase_print_day(gjb_buffer *out, gj_lang lang, gj_day day);
/* Without the year where it is that of `beside`. */
void gjr_phrase_print_day_beside(gjb_buffer *out, gj_lang lang, gj_day day, gj_day beside);
/* From one day to another, "02-10 to 02-17", "2月10日至17日"; one day where they are the same. */
void gjr_phrase_print_days(gjb_buffer *out, gj_lang lang, const gj_run *run, gj_day beside);
/* "2024-03-20 10:00", "2024年3月20日10:00". */
void gjr_phrase_print_instant(gjb_buffer *out, gj_lang lang, gj_instant instant, int32_t offset_s);
/* The same, and of midnight the day that ends with it: "24:00 of 2024-03-20", "2024年3月20日24时".
 */
void gjr_phrase_print_before(gjb_buffer *out, gj_lang lang, gj_instant instant, int32_t offset_s);
/* The day on the wall. */
gj_day gjr_phrase_day(gj_instant instant, int32_t offset_s);
/* "Sunday", "星期日". */
void gjr_phrase_print_weekday(gjb_buffer *out, gj_lang lang, gj_day day);
/* With the language's own quotation marks. */
void gjr_phrase_print_quoted(gjb_buffer *out, gj_lang lang, gj_text text);
/* What a limit is called. */
typedef struct gjr_limit_words {
    gj_limit_kind kind;
    gj_text title, key; /* the key or absent */
} gjr_limit_words;
static inline gjr_limit_words gjr_phrase_limit_of(const gj_finding *finding)
{
    return (gjr_limit_words){finding->limit_kind, finding->subject_title, finding->key_title};
}
/* `"decide"`, `the statutory limit "decide"`, 法定时限“许可决定”, `"answer" for "A-3"`,
 * “答复异议”（A-3）; English asks whether it opens a sentence. */
void gjr_phrase_print_limit(gjb_buffer *out, gj_lang lang, gjr_limit_words limit, bool opens);
/* Who answered for a limit of the holder's: " Whoever holds the case answers for it; …"; nothing of
 * any other. */
void gjr_phrase_print_held(gjb_buffer *out, gj_lang lang, const gj_finding *finding);
/* In whose hands it was as it fell due: " Before it fell due the last to act in the case as …";
 * nothing where that is not known. */
void gjr_phrase_print_hand(gjb_buffer *out, gj_lang lang, const gj_finding *finding);
void gjr_phrase_print_list(gjb_buffer *out, gj_lang lang, const gj_text *items, size_t count);
/* What was recorded of the fields that the condition reads, "; recorded then: fee 200 CNY",
 * "；当时登记：收费金额为200元"; nothing where it reads none. */
void gjr_phrase_print_values(gjb_buffer *out, gj_lang lang, const gj_finding *finding);
/* The documents that were missing: "平面图（kind is first时必交）". */
void gjr_phrase_print_missing(gjb_buffer *out, gj_lang lang, const gj_finding *finding);
/* "8 working days", "8个工作日". */
void gjr_phrase_print_amount(gjb_buffer *out, gj_lang lang, uint64_t amount, gj_unit unit);
/* " (until 24:00)", "（24时止）": when the due day ends. */
void gjr_phrase_print_until(gjb_buffer *out, gj_lang lang, const gj_counted *counted);
/* " (08:30-12:00, 13:30-17:30)": the office hours that were counted, or that there are none. */
void gjr_phrase_print_hours(gjb_buffer *out, gj_lang lang, const gj_office_hours *hours,
                            size_t count);
/* What is gone of a term: so many days, or of milliseconds "3 hours 20 minutes", "3小时20分钟". */
void gjr_phrase_print_gone(gjb_buffer *out, gj_lang lang, int64_t gone, gj_unit unit);
/* Ten-thousandths of the whole: "90%", "12.5%". */
void gjr_phrase_print_share(gjb_buffer *out, uint32_t share);
/* ". Its exception “n > 1” does not hold"; nothing where the rule has none. */
void gjr_phrase_print_exceptions(gjb_buffer *out, gj_lang lang, const gj_finding *finding);
/* " Basis: …. Clause: file:line.", "依据：…。条款：…。" */
void gjr_phrase_print_clause(gjb_buffer *out, gj_lang lang, const gj_finding *finding);

/* What is taken off between the day after the start and the due day. */
typedef struct gjr_tally {
    gj_day from, to; /* both included; to < from: nothing lies between */
    int64_t days;
    int64_t weekend_days, closed_days;
    size_t weekend_runs, closed_runs, worked_runs;
    bool is_whole; /* the runs account for every day that is not counted */
    bool is_cut;   /* there are more than are listed */
} gjr_tally;
gjr_tally gjr_tally_of(const gj_counted *counted);
/* The i-th run's part that lies before the due day's end; false where none does. */
bool gjr_tally_run(const gjr_tally *tally, const gj_run *run, gj_run *part);

/* Whether the stop began when the days of the limit were over and its last one, which was closed,
 * moved. */
static inline bool gjr_turn_is_past_days(const gj_counted *counted, const gj_turn *turn)
{
    bool moves =
        counted->unit == GJ_DAYS || counted->unit == GJ_MONTHS || counted->unit == GJ_YEARS;
    return moves && !counted->held && turn->first_day > counted->raw_due_day;
}
/* ", less 11 working days stopped (…)", where the limit was; whether it was. */
bool gjr_explain_stopped_en(const gj_finding *finding, const char *joint, gjb_buffer *out);
bool gjr_explain_stopped_zh(const gj_finding *finding, const char *joint, gjb_buffer *out);
/* ", stopped meanwhile (…)", where it was while its last day moved. */
void gjr_explain_moved_en(const gj_finding *finding, gjb_buffer *out);
void gjr_explain_moved_zh(const gj_finding *finding, gjb_buffer *out);
/* How much of the budget are extensions. */
void gjr_explain_extended_en(const gj_finding *finding, gjb_buffer *out);
void gjr_explain_extended_zh(const gj_finding *finding, gjb_buffer *out);
void gjr_explain_invalid_stop_en(const gj_finding *finding, gjb_buffer *out);
void gjr_explain_invalid_stop_zh(const gj_finding *finding, gjb_buffer *out);
void gjr_explain_invalid_extension_en(const gj_finding *finding, gjb_buffer *out);
void gjr_explain_invalid_extension_zh(const gj_finding *finding, gjb_buffer *out);

/* How the days of a limit were counted, and by which calendar. */
void gjr_explain_count_en(const gj_finding *finding, gjb_buffer *out);
void gjr_explain_count_zh(const gj_finding *finding, gjb_buffer *out);
/* A limit judged when its end came: a minimum, or what was counted back. */
void gjr_explain_period(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
/* The explanation of `not-done`, but for its clause. */
void gjr_explain_not_done(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
/* What a rule that relates acts found, of whatever code. */
void gjr_explain_relation(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
/* missing-data: a rule needs the officer; too-many-open: a rule remembers no more acts. */
void gjr_explain_officer_unknown(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
void gjr_explain_too_many_acts(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
/* The span of what was counted back, and how far it is on the wrong side. */
void gjr_explain_backward(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
/* A limit ended whose date was not told. */
void gjr_explain_due_unknown(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
/* What was to say how long a limit is, is not known, or no length. */
void gjr_explain_length_unknown(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
/* An act did not say which of a limit's clocks it is about; or it was one more than there are. */
void gjr_explain_key_unknown(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
/* A native gave no result. */
void gjr_explain_native(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
void gjr_explain_too_many_open(const gj_finding *finding, gj_lang lang, gjb_buffer *out);
void gjr_explain_en(const gj_finding *finding, gjb_buffer *out);
void gjr_explain_zh(const gj_finding *finding, gjb_buffer *out);
void gjr_account_explain_en(const gj_account *account, gjb_buffer *out);
void gjr_account_explain_zh(const gj_account *account, gjb_buffer *out);

#endif
