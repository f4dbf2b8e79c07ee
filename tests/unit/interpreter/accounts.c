/* SPDX-License-Identifier: Apache-2.0
 *
 * See accounts.h. */
#include "unit/interpreter/accounts.h"

#include "base/text.h"

#include <stdio.h>

static bool is_of(const gj_account *account, gj_text limit, gj_text key, gj_text branch)
{
    return gjb_text_equal(account->limit, limit) && gjb_text_equal(account->key, key) &&
           gjb_text_equal(account->branch, branch);
}

/* What the runs count is what lies between the two, and what of it is too much is over. */
static bool is_sound_back(const gj_account *account)
{
    uint64_t counted = 0, over = 0;
    for (size_t i = 0; i < account->run_count; i++) {
        counted += account->runs[i].amount;
        over += account->runs[i].phase == GJ_PHASE_OVER ? account->runs[i].amount : 0;
    }
    bool within = account->span == GJ_SPAN_WITHIN_BEFORE;
    return account->runs_cut || !account->has_due ||
           (counted == account->used && (over == 0 || (within && account->over > 0)));
}

/* Of office hours, which are read off the wall: what it skips as it is set forward has gone at
 * once, and may be more than was left. */
static uint64_t skipped_of(const gj_account *account)
{
    int32_t forward = account->due_offset_s - account->marks[0].at_offset_s;
    return account->unit == GJ_WORKHOURS && forward > 0 ? (uint64_t)forward * 1000 : 0;
}

/* What the runs count up to the last day is the budget, and the range lies around it. */
static bool is_sound(const gj_account *account)
{
    uint64_t counted = 0;
    if (account->span == GJ_SPAN_AT_LEAST_BEFORE || account->span == GJ_SPAN_WITHIN_BEFORE) {
        return is_sound_back(account);
    }
    for (size_t i = 0; i < account->run_count; i++) {
        counted += account->runs[i].phase != GJ_PHASE_OVER ? account->runs[i].amount : 0;
    }
    bool whole = !account->has_due || account->runs_cut || account->start >= account->due ||
                 (counted >= account->used + account->left &&
                  counted <= account->used + account->left + skipped_of(account));
    return whole && account->range.earliest <= account->due_day &&
           account->due_day <= account->range.latest;
}

/* The last day before it moved: where a stop has no end, that on which all is used, or none. */
static gj_day raw_day_of(const gj_account *account)
{
    uint64_t counted = 0, whole = account->used + account->left;
    if (account->has_due) {
        return account->raw_due_day > account->start_day ? account->raw_due_day
                                                         : account->start_day;
    }
    for (size_t i = 0; i < account->run_count; i++) {
        const gj_account_run *run = &account->runs[i];
        counted += run->amount;
        if (run->amount > 0 && counted >= whole) {
            return run->to - (gj_day)(counted - whole);
        }
    }
    return account->until_day;
}

/* What the runs count up to the end of the account, with the days by which the last one moved, but
 * for those that were stopped. */
static uint64_t counted_of(const gj_account *account)
{
    uint64_t counted = 0;
    bool moves = !account->in_time && account->unit != GJ_WORKDAYS;
    gj_day last = account->has_due && account->due_day < account->until_day ? account->due_day
                                                                            : account->until_day;
    gj_day raw = moves ? raw_day_of(account) : GJ_NO_DAY;
    for (size_t i = 0; i < account->run_count; i++) {
        const gj_account_run *run = &account->runs[i];
        counted += run->phase != GJ_PHASE_TO_COME ? run->amount : 0;
        gj_day from = run->from > raw ? run->from : raw + 1, to = run->to < last ? run->to : last;
        bool moved = moves && run->why != GJ_WHY_STOPPED && from <= to;
        counted += moved ? (uint64_t)((int64_t)to - from + 1) : 0;
    }
    return counted;
}

/* Of calendar days and of hours what lies in stops: it is counted without asking which days are
 * worked. */
static uint64_t stopped_of(const gj_account *account)
{
    uint64_t stopped = 0;
    for (size_t i = 0; i < account->run_count; i++) {
        const gj_account_run *run = &account->runs[i];
        bool is = run->why == GJ_WHY_STOPPED && run->phase != GJ_PHASE_TO_COME;
        stopped += !is                ? 0
                   : account->in_time ? (uint64_t)(run->end - run->begin)
                                      : (uint64_t)((int64_t)run->to - run->from + 1);
    }
    return stopped;
}

/* What each held adds up to the span, to what was counted, and to what the stops took off. */
static bool is_held_whole(const gj_account *account)
{
    uint64_t elapsed = 0, counted = 0, stopped = 0;
    bool back = account->span == GJ_SPAN_AT_LEAST_BEFORE || account->span == GJ_SPAN_WITHIN_BEFORE;
    for (size_t i = 0; i < account->held_count; i++) {
        const gj_held *held = &account->held[i];
        elapsed += held->elapsed_ms;
        *(held->holder.by_law ? &stopped : &counted) += held->amount;
    }
    if (account->start >= account->until) {
        return account->held_count == 0;
    }
    bool over = account->span == GJ_SPAN_AT_LEAST && account->until >= account->due; /* no runs */
    bool asked = account->unit == GJ_WORKDAYS || account->unit == GJ_WORKHOURS;
    return elapsed == (uint64_t)(account->until - account->start) &&
           (account->runs_cut || (back && !account->has_due) || over ||
            (counted == counted_of(account) && (asked || stopped == stopped_of(account))));
}

/* One holds the case when the one before it does no more. */
static bool is_held_throughout(const gj_case_result *result)
{
    uint64_t elapsed = 0, counted = 0, sum_elapsed = 0, sum_counted = 0;
    for (size_t i = 0; i < result->holding_count; i++) {
        const gj_holding *holding = &result->holdings[i];
        if (holding->from >= holding->to || (i > 0 && holding->from != holding[-1].to)) {
            return false;
        }
        elapsed += (uint64_t)(holding->to - holding->from);
        counted += holding->amount;
    }
    for (size_t i = 0; i < result->held_count; i++) {
        sum_elapsed += result->held[i].elapsed_ms;
        sum_counted += result->held[i].amount;
    }
    return elapsed == sum_elapsed && counted == sum_counted &&
           (result->holding_count == 0 || result->holdings[0].from == result->first_at);
}

/* Until when it is told to run; nothing makes a minimum late, and nothing is due before what it is
 * counted back from has come. */
static bool is_due_as(const gj_account *account, gj_instant due)
{
    return account->span == GJ_SPAN_WITHIN || account->span == GJ_SPAN_BY ? account->due == due
                                                                          : due == GJ_NEVER;
}

/* The limit that runs is the last one. */
static bool has_note(const gj_case_result *result, const gj_limit_note *note)
{
    const gj_account *account = NULL;
    for (size_t i = 0; i < result->account_count; i++) {
        bool its_own = is_of(&result->accounts[i], note->limit, note->key, note->branch);
        account = its_own ? &result->accounts[i] : account;
    }
    return account != NULL &&
           (account->status != GJ_ACCOUNT_ENDED && account->status != GJ_ACCOUNT_CLOSED &&
            account->status != GJ_ACCOUNT_RAN_OUT && is_due_as(account, note->due) &&
            account->marks[0].at == note->since);
}

/* One that ran out is counted to the end of its last day. */
static bool is_until(const gj_account *account, gj_instant until)
{
    bool ran_out = account->status == GJ_ACCOUNT_RAN_OUT && !account->in_time;
    return account->until == until - (ran_out ? 1 : 0);
}

/* Two may start at one instant. */
static bool has_finding(const gj_case_result *result, const gj_finding *finding)
{
    const gj_counted *counted = &finding->counted;
    bool some = false;
    for (size_t i = 0; i < result->account_count; i++) {
        const gj_account *account = &result->accounts[i];
        bool its_own = is_of(account, finding->subject, finding->key, finding->branch) &&
                       account->span == counted->span;
        /* late at the far end alone */
        bool ranges = account->range.open || (account->at_close && account->beyond_published);
        some = some || its_own;
        if (its_own && account->marks[0].at == counted->start &&
            (account->due == counted->due || ranges) && is_until(account, counted->until) &&
            account->budget == counted->budget &&
            (finding->code == GJ_DUE_SOON || account->over == finding->over_amount)) {
            return true;
        }
    }
    return !some;
}

static const char *tell(char *buffer, size_t size, const char *what, gj_text limit)
{
    snprintf(buffer, size, "account of %.*s: %s", (int)limit.size, limit.bytes, what);
    return buffer;
}

const char *accounts_disagreement(const gj_case_result *result, char *buffer, size_t size)
{
    for (size_t i = 0; i < result->account_count; i++) {
        if (!is_sound(&result->accounts[i])) {
            return tell(buffer, size, "its runs are not the budget", result->accounts[i].limit);
        }
        if (!is_held_whole(&result->accounts[i])) {
            return tell(buffer, size, "what each held is not the whole", result->accounts[i].limit);
        }
    }
    if (!is_held_throughout(result)) {
        return tell(buffer, size, "someone holds the case at every moment", result->stage);
    }
    for (size_t i = 0; i < result->limit_count; i++) {
        const gj_limit_note *note = &result->limits[i];
        if (!has_note(result, note)) {
            return tell(buffer, size, "the limit that runs is another", note->limit);
        }
    }
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *finding = &result->findings[i];
        bool of_limit =
            finding->code == GJ_LATE || finding->code == GJ_DUE_SOON || finding->code == GJ_EARLY;
        if (of_limit && !has_finding(result, finding)) {
            return tell(buffer, size, "the finding says otherwise", finding->subject);
        }
    }
    return NULL;
}
