/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting; see tally.h. */
#include "tally.h"

void cli_tally_deinit(cli_tally *tally)
{
    cli_census_deinit(&tally->subjects);
    cli_census_deinit(&tally->limits);
    cli_census_deinit(&tally->steps);
    cli_census_deinit(&tally->posts);
    cli_census_deinit(&tally->officers);
}

bool cli_tally_has_failed(const cli_tally *tally)
{
    return tally->subjects.failed || tally->limits.failed || tally->steps.failed ||
           tally->posts.failed || tally->officers.failed;
}

uint64_t cli_tally_code_count(const cli_tally *tally, gj_code code)
{
    uint64_t count = 0;
    for (int severity = 0; severity < CLI_SEVERITIES; severity++)
        count += tally->codes[code][severity];
    return count;
}

/* Counted by name alone where `code` is GJ_CODE_COUNT. */
static cli_entry *count_in(cli_census *census, gj_code code, gj_text name, gj_text title,
                           const gj_finding *finding)
{
    if (name.size == 0 && title.size == 0)
        return NULL;
    cli_entry *entry = cli_census_get(census, code, name, title);
    if (entry == NULL)
        return NULL;
    entry->count++;
    entry->open += finding->status == GJ_OPEN;
    entry->severities[finding->severity]++;
    return entry;
}

static void count_late(cli_tally *tally, const gj_finding *finding)
{
    cli_entry *limit =
        count_in(&tally->limits, GJ_LATE, finding->subject, finding->subject_title, finding);
    if (limit == NULL)
        return;
    limit->unit = finding->over_unit;
    if (!cli_entry_add_over(limit, finding->over_amount))
        tally->limits.failed = true;
}

static void add_finding(cli_tally *tally, const gj_finding *finding)
{
    tally->finding_count++;
    tally->codes[finding->code][finding->severity]++;
    tally->codes_open[finding->code] += finding->status == GJ_OPEN;
    tally->severities[finding->severity]++;
    tally->open_count += finding->status == GJ_OPEN;
    count_in(&tally->subjects, finding->code, finding->subject, finding->subject_title, finding);
    count_in(&tally->posts, GJ_CODE_COUNT, finding->post, finding->post_title, finding);
    count_in(&tally->officers, GJ_CODE_COUNT, finding->officer, finding->officer, finding);
    if (finding->code == GJ_LATE)
        count_late(tally, finding);
    for (size_t i = 0; i < finding->left_out_count; i++)
        count_in(&tally->steps, GJ_SKIPPED_STEP, finding->left_out[i].action,
                 finding->left_out[i].title, finding);
}

static size_t count_kinds(uint32_t kinds)
{
    size_t count = 0;
    for (; kinds != 0; kinds &= kinds - 1)
        count++;
    return count;
}

static void consider_example(cli_tally *tally, const gj_case_result *result, size_t kinds)
{
    bool shorter = kinds == tally->example_kinds && result->event_count < tally->example_events;
    if (kinds <= tally->example_kinds && !shorter)
        return;
    tally->example = result->case_index;
    tally->example_kinds = kinds;
    tally->example_events = result->event_count;
}

void cli_tally_add(cli_tally *tally, const gj_case_result *result)
{
    _Static_assert(GJ_CODE_COUNT <= 32, "a bit a kind");
    uint32_t kinds = 0;
    for (size_t i = 0; i < result->finding_count; i++) {
        const gj_finding *finding = &result->findings[i];
        if (finding->status == GJ_WITHDRAWN) {
            tally->withdrawn_count++;
            continue;
        }
        kinds |= UINT32_C(1) << finding->code;
        add_finding(tally, finding);
    }
    bool first = tally->case_count == 0;
    tally->first_at =
        first || result->first_at < tally->first_at ? result->first_at : tally->first_at;
    tally->last_at = first || result->last_at > tally->last_at ? result->last_at : tally->last_at;
    tally->case_count++;
    tally->clean_count += kinds == 0;
    tally->final_count += result->final;
    tally->event_count += result->event_count;
    if (kinds != 0)
        consider_example(tally, result, count_kinds(kinds));
}

void cli_tally_add_counts(cli_tally *tally, const cli_tally *other)
{
    tally->case_count += other->case_count;
    tally->clean_count += other->clean_count;
    tally->final_count += other->final_count;
    tally->event_count += other->event_count;
    tally->finding_count += other->finding_count;
    tally->withdrawn_count += other->withdrawn_count;
    tally->open_count += other->open_count;
    for (int code = 0; code < GJ_CODE_COUNT; code++) {
        tally->codes_open[code] += other->codes_open[code];
        for (int i = 0; i < CLI_SEVERITIES; i++)
            tally->codes[code][i] += other->codes[code][i];
    }
    for (int i = 0; i < CLI_SEVERITIES; i++)
        tally->severities[i] += other->severities[i];
}
