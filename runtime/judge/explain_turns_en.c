/* SPDX-License-Identifier: Apache-2.0
 *
 * Stops and extensions, in English: what they took off or added, and why one has no effect. */
#include "judge/phrase.h"

static void say(gjb_buffer *out, const char *words)
{
    gjb_buffer_add_string(out, words);
}

static void quote(gjb_buffer *out, gj_text text)
{
    gjr_phrase_print_quoted(out, GJ_EN, text);
}

/* "03-10 to 03-24"; of one that goes on "from 03-10". */
static void span(const gj_finding *finding, const gj_turn *turn, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    say(out, turn->to == GJ_NEVER ? " from " : " ");
    if (counted->in_time) {
        gjr_phrase_print_instant(out, GJ_EN, turn->from, finding->at_offset_s);
        if (turn->to != GJ_NEVER) {
            say(out, " to ");
            gjr_phrase_print_instant(out, GJ_EN, turn->to, finding->at_offset_s);
        }
    } else if (turn->to == GJ_NEVER) {
        gjr_phrase_print_day_beside(out, GJ_EN, turn->first_day, counted->start_day);
    } else if (turn->last_day < turn->first_day) {
        gjr_phrase_print_day_beside(out, GJ_EN, turn->first_day, counted->start_day);
        say(out, " over the same day, none taken off");
    } else {
        gj_run days = {.from = turn->first_day, .to = turn->last_day};
        gjr_phrase_print_days(out, GJ_EN, &days, counted->start_day);
    }
}

/* "11 working days stopped (“hearing” 03-10 to 03-24)". */
bool gjr_explain_stopped_en(const gj_finding *finding, const char *joint, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    bool any = false;
    for (size_t i = 0; i < counted->turn_count; i++) {
        const gj_turn *turn = &counted->turns[i];
        if (turn->extends || gjr_turn_is_past_days(counted, turn)) {
            continue;
        }
        if (!any) {
            say(out, joint);
            gjr_phrase_print_gone(out, GJ_EN, counted->stopped, counted->unit);
            say(out, " stopped (");
        }
        say(out, any ? ", " : "");
        quote(out, turn->title);
        span(finding, turn, out);
        any = true;
    }
    say(out, any ? ")" : "");
    return any;
}

/* ", stopped meanwhile (“hearing” 03-10 to 03-24)": while its last day moved. */
void gjr_explain_moved_en(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    bool any = false;
    for (size_t i = 0; i < counted->turn_count; i++) {
        const gj_turn *turn = &counted->turns[i];
        if (!turn->extends && gjr_turn_is_past_days(counted, turn)) {
            say(out, any ? ", " : ", stopped meanwhile (");
            quote(out, turn->title);
            span(finding, turn, out);
            any = true;
        }
    }
    say(out, any ? ")" : "");
}

/* ", 10 working days of them by extension (“prolong” 03-20)". */
void gjr_explain_extended_en(const gj_finding *finding, gjb_buffer *out)
{
    const gj_counted *counted = &finding->counted;
    bool any = false;
    for (size_t i = 0; i < counted->turn_count; i++) {
        const gj_turn *turn = &counted->turns[i];
        if (!turn->extends) {
            continue;
        }
        if (!any) {
            say(out, ", ");
            gjb_buffer_add_int(out, counted->extended);
            say(out, " of them by extension (");
        }
        say(out, any ? ", " : "");
        quote(out, turn->title);
        say(out, " ");
        gjr_phrase_print_day_beside(out, GJ_EN, turn->first_day, counted->start_day);
        any = true;
    }
    say(out, any ? ")" : "");
}

/* ---- without effect ---- */

static void limit(const gj_finding *finding, bool opens, gjb_buffer *out)
{
    gjr_phrase_print_limit(out, GJ_EN, gjr_phrase_limit_of(finding), opens);
}

static void begun(const gj_finding *finding, const char *what, gjb_buffer *out)
{
    quote(out, finding->voided.title);
    say(out, what);
    gjr_phrase_print_instant(out, GJ_EN, finding->voided.opened, finding->at_offset_s);
}

static void told_by(const gj_finding *finding, gjb_buffer *out)
{
    quote(out, finding->voided.notice);
    say(out, " is to be recorded by ");
    gjr_phrase_print_before(out, GJ_EN, finding->voided.notice_due, finding->at_offset_s);
}

void gjr_explain_invalid_stop_en(const gj_finding *finding, gjb_buffer *out)
{
    begun(finding, " began at ", out);
    say(out, ". For it to stop ");
    limit(finding, false, out);
    say(out, ", ");
    told_by(finding, out);
    if (finding->status == GJ_CLOSED) {
        say(out, "; it is recorded at ");
        gjr_phrase_print_instant(out, GJ_EN, finding->voided.since, finding->at_offset_s);
        say(out, ", so the time from then on is taken off, and what lies before is counted.");
    } else {
        say(out, "; up to then it is not, so no time is taken off. It is counted anew when that is "
                 "recorded.");
    }
}

void gjr_explain_invalid_extension_en(const gj_finding *finding, gjb_buffer *out)
{
    const gj_voided *voided = &finding->voided;
    begun(finding, " is recorded at ", out);
    switch (voided->reason) {
    case GJ_VOID_NOTICE:
        say(out, "; ");
        told_by(finding, out);
        say(out, ", and up to then it is not");
        break;
    case GJ_VOID_AFTER_DUE:
        say(out, ", after ");
        limit(finding, false, out);
        say(out, " had run out at ");
        gjr_phrase_print_before(out, GJ_EN, voided->due, finding->at_offset_s);
        break;
    case GJ_VOID_TIMES:
        gjb_buffer_add_format(out, ", but no more than %u such extension%s may be granted",
                              voided->times_max, voided->times_max == 1 ? "" : "s");
        break;
    case GJ_VOID_POWER:
        say(out, " by a post without the power");
        break;
    case GJ_VOID_CONDITION:
        say(out, ", but the condition of an extension does not hold");
        break;
    }
    say(out, ". ");
    limit(finding, true, out);
    say(out, " is not extended; it is counted as before.");
}
