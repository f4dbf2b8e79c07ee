/* SPDX-License-Identifier: Apache-2.0
 *
 * See verdicts.h. */
#include "engine/verdicts.h"

#include "base/text.h"
#include "image/image.h"
#include "judge/finding.h"
#include "judge/follow.h"
#include "judge/lacks.h"
#include "judge/regions.h"
#include "judge/rules.h"
#include "judge/tally.h"

typedef struct maker {
    gjr_sitting *step;
    const gjr_case *judged;
    const gjr_rows *rows;
    gjb_arena *arena;
    const gj_case_result *result;
} maker;

/* ---- what has been found ---- */

static bool is_violated(const maker *with, const gj_rule_note *note)
{
    for (size_t i = 0; i < with->result->finding_count; i++) {
        const gj_finding *finding = &with->result->findings[i];
        if (finding->subject_kind == GJ_SUBJECT_RULE && gjr_rules_is_broken(finding->code) &&
            finding->status != GJ_WITHDRAWN && finding->file.bytes == note->file.bytes &&
            finding->line == note->line && gjb_text_equal(finding->subject, note->rule)) {
            return true;
        }
    }
    return false;
}

/* ---- what lies ahead ---- */

static uint32_t relation_find(const gjr_rows *rows, uint32_t rule)
{
    uint32_t i = 0;
    while (rows->relations[i].rule != rule) {
        i++;
    }
    return i;
}

/* At that instant, or GJ_NEVER: as things stand. */
static bool would_bind(const maker *with, uint32_t rule, gj_instant at)
{
    gj_instant now = gjr_case_state(with->judged)->clock;
    return gjr_rules_would_bind(with->step, rule, at == GJ_NEVER ? now : at);
}

/* What is short yet would be found to be. */
static bool is_short(const maker *with, uint32_t rule, bool is)
{
    return is && would_bind(with, rule, GJ_NEVER);
}

/* Acts that are still to be followed, unless an exception will hold, or were done while others
 * barred them; when the first of them is missed. */
static void waiting_take(const maker *with, uint32_t rule, gj_rule_note *note)
{
    uint32_t relation = relation_find(with->rows, rule);
    const gjr_relation *row = &with->rows->relations[relation];
    bool follows = with->rows->rules[rule].kind == GJR_RULE_FOLLOWED;
    for (uint32_t i = 0; i < gjr_recall_count(with->judged, relation); i++) {
        const gjr_recall *recall = gjr_recall_get(with->judged, relation, i);
        uint32_t open = follows ? GJR_RECALL_USED : GJR_RECALL_USED | GJR_RECALL_PAIR;
        if ((recall->flags & (open | GJR_RECALL_FOUND | GJR_RECALL_UNSURE)) != open) {
            continue;
        }
        gj_instant due = follows ? gjr_follow_due(with->step->judge, row, recall->at) : GJ_NEVER;
        if (follows && !would_bind(with, rule, due)) {
            continue;
        }
        note->waiting++;
        note->changes_at = due < note->changes_at ? due : note->changes_at;
    }
}

/* Of a rule that was not broken, where its region goes on. */
static gj_verdict verdict_of(const maker *with, uint32_t rule, gj_rule_note *note)
{
    const gjr_rule *row = &with->rows->rules[rule];
    uint32_t times = row->counted == GJR_NONE ? 0 : gjr_rules_times(with->step, row);
    switch ((gjr_rule_kind)row->kind) {
    case GJR_RULE_AT_LEAST:
    case GJR_RULE_DONE_AT_END:
        return is_short(with, rule, times < row->times) ? GJ_VERDICT_CURABLE
               : times < row->times                     ? GJ_VERDICT_SO_FAR
                                                        : GJ_VERDICT_HOLDS;
    case GJR_RULE_EXACTLY:
        return is_short(with, rule, times < row->times) ? GJ_VERDICT_CURABLE : GJ_VERDICT_SO_FAR;
    case GJR_RULE_AT_LEAST_EACH:
    case GJR_RULE_EXACTLY_EACH:
        return is_short(with, rule, gjr_tally_is_short(with->step, relation_find(with->rows, rule)))
                   ? GJ_VERDICT_CURABLE
                   : GJ_VERDICT_SO_FAR;
    case GJR_RULE_FOLLOWED:
    case GJR_RULE_BETWEEN_NEVER:
        waiting_take(with, rule, note);
        return note->waiting > 0 ? GJ_VERDICT_CURABLE : GJ_VERDICT_SO_FAR;
    case GJR_RULE_REQUIRE:
    case GJR_RULE_NEVER:
    case GJR_RULE_AT_MOST:
    case GJR_RULE_DONE_BEFORE:
    case GJR_RULE_PRECEDED:
    case GJR_RULE_AFTER_NEVER:
    case GJR_RULE_NOT_BOTH:
    case GJR_RULE_SEPARATE:
    case GJR_RULE_JOIN:
    case GJR_RULE_SEPARATE_POSTS:
    case GJR_RULE_AT_MOST_EACH:
    case GJR_RULE_COUNT:
        break;
    }
    return GJ_VERDICT_SO_FAR;
}

/* ---- what could not be told ---- */

static gj_lack lack_of(const maker *with, const gjr_lack *lack)
{
    gj_lack made = {.officer = lack->kind == GJR_LACK_OFFICER,
                    .too_many = lack->kind == GJR_LACK_TOO_MANY};
    if (lack->kind == GJR_LACK_FIELD) {
        made.field = gjr_rows_text(with->rows, with->rows->fields[lack->field].name);
        made.field_title = gjr_rows_text(with->rows, with->rows->fields[lack->field].title);
    }
    return made;
}

static bool lacks_take(const maker *with, uint32_t rule, gj_rule_note *note)
{
    const gjr_lacks *lacks = with->step->lacks;
    gj_lack *made = gjb_arena_make(with->arena, lacks->count, sizeof *made);
    for (size_t i = 0; made != NULL && i < lacks->count; i++) {
        const gjr_lack *lack = &lacks->items[i];
        bool bears = lack->rule == rule && lack->bearing != GJR_LACK_IDLE;
        if (bears && !gjr_lacks_has(lacks, i, lack)) {
            made[note->lack_count++] = lack_of(with, lack);
        }
    }
    note->lacks = made;
    return made != NULL;
}

/* ---- how it stands ---- */

/* The case, or the branch, is through. */
static bool has_ended(const maker *with, uint32_t region)
{
    return gjr_case_state(with->judged)->closed_at != GJ_NEVER ||
           gjr_regions_is_through(with->step, region);
}

static bool note_make(const maker *with, uint32_t rule, gj_rule_note *note)
{
    const gj_judge *judge = with->step->judge;
    const gjr_rule *row = &with->rows->rules[rule];
    const gjr_position *position = &with->rows->positions[row->position];
    *note = (gj_rule_note){
        .rule = gjr_rows_text(with->rows, row->name),
        .rule_title = gjr_rows_text(with->rows, row->title),
        .file = gjr_rows_text(with->rows, position->file),
        .line = position->line,
        .changes_at = GJ_NEVER,
    };
    note->verdict = is_violated(with, note)        ? GJ_VERDICT_VIOLATED
                    : has_ended(with, row->region) ? GJ_VERDICT_HOLDS
                                                   : verdict_of(with, rule, note);
    if (!lacks_take(with, rule, note)) {
        return false;
    }
    bool is_met = note->verdict == GJ_VERDICT_HOLDS || note->verdict == GJ_VERDICT_SO_FAR;
    if (is_met && note->lack_count > 0) {
        note->verdict = GJ_VERDICT_UNDECIDED;
    }
    if (note->changes_at != GJ_NEVER) {
        note->changes_offset_s = gjr_calendar_offset(judge->calendar, note->changes_at);
    }
    return gjr_finding_branch_path(judge, row->region, false, with->arena, &note->branch) &&
           gjr_finding_branch_path(judge, row->region, true, with->arena, &note->branch_title);
}

gj_status gjr_verdicts_make(gjr_sitting *step, const gjr_case *judged, gjb_arena *arena,
                            gj_case_result *result)
{
    maker with = {step, judged, step->judge->rows, arena, result};
    gj_rule_note *notes = gjb_arena_make(arena, with.rows->rule_count, sizeof *notes);
    if (notes == NULL) {
        return GJ_NO_MEMORY;
    }
    for (uint32_t i = 0; i < with.rows->rule_count; i++) {
        if (!note_make(&with, i, &notes[i])) {
            return GJ_NO_MEMORY;
        }
    }
    result->rules = notes;
    result->rule_count = with.rows->rule_count;
    return GJ_OK;
}
