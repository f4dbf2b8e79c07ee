/* SPDX-License-Identifier: Apache-2.0
 *
 * Kinds of nodes that no random procedure has to have, each with its reason. */
#include "unit/interpreter/random.h"

/* Kinds that stand inside others alone: excused for as long as all of those are refused. */
static bool is_inside_refused(gjc_kind kind)
{
    static const struct {
        gjc_kind kind, within[3]; /* 0 where there are fewer */
    } inside[] = {
        {GJC_RESULT, {GJC_FUNCTION}},
        {GJC_ARM, {GJC_FUNCTION}},
        {GJC_ELSE_ARM, {GJC_FUNCTION}},
        {GJC_MAY, {GJC_POST_DUTIES}},
        {GJC_MUST, {GJC_POST_DUTIES}},
        {GJC_NEVER, {GJC_POST_DUTIES}},
        {GJC_ACT, {GJC_RULE_FOLLOWED, GJC_RULE_PRECEDED}},
        {GJC_UNTIL, {GJC_RULE_AFTER_NEVER}},
        {GJC_AT_MOST_FOR, {GJC_NOT_COUNTING}},
        {GJC_NOTIFIED, {GJC_EXTENDED, GJC_NOT_COUNTING}},
        {GJC_DEEMED, {GJC_AFTER, GJC_EXPIRES}},
        {GJC_AS_OF_START, {GJC_AFTER, GJC_EXPIRES}},
        {GJC_AS_OF_EXPIRY, {GJC_AFTER, GJC_EXPIRES}},
        {GJC_OVER, {GJC_WATCH}},
        {GJC_ACTS_PATHS, {GJC_WATCH}},
        {GJC_CARD, {GJC_CARDS}},
        {GJC_OVERDUE, {GJC_CARDS}},
        {GJC_SCORE_PER, {GJC_SCORECARD}},
        {GJC_SCORE_START, {GJC_SCORECARD}},
        {GJC_SCORE_EACH, {GJC_SCORECARD}},
        {GJC_SCORE_WHEN, {GJC_SCORECARD}},
        {GJC_SCORE_CAP, {GJC_SCORECARD}},
        {GJC_GRADE, {GJC_SCORECARD}},
    };
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        bool all = inside[i].kind == kind;
        for (int j = 0; all && j < 3 && inside[i].within[j] != 0; j++) {
            all = kind_is_refused(inside[i].within[j]);
        }
        if (all) {
            return true;
        }
    }
    return false;
}

/* What is expected of a scenario, and what is only tried in it, the command looks at, after the
 * judge: golden/cli and tools/scenarios_test.py hold it. What is put in place is written out before
 * anything is judged: unit/compile_test.c holds it to the same written by hand. What a native gives
 * no interpreter can know: api/natives_test.c and examples/misbehaving hold it. How cases of an
 * earlier version go on, api/migration_test.c holds. The last but a few no finished tree holds. */
static bool is_elsewhere(gjc_kind kind)
{
    static const gjc_kind elsewhere[] = {
        GJC_TEMPLATE,       GJC_TEMPLATE_STAGE, GJC_TEMPLATE_LIMIT, GJC_INCLUDE,
        GJC_STEP_TRY,       GJC_CODE,           GJC_EXPECT_STAGE,   GJC_EXPECT_NONE,
        GJC_EXPECT_FINDING, GJC_EXPECT_DUE,     GJC_EXPECT_REFUSED, GJC_GROUP,
        GJC_BROKEN,         GJC_NATIVE,         GJC_LIBRARY,        GJC_PURE,
        GJC_MIGRATES,       GJC_MIGRATE_STAGE,  GJC_MIGRATE_LIMIT,  GJC_MIGRATE_LIMIT_ENDS,
        GJC_ANEW,           GJC_KEPT,
    };
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        if (elsewhere[i] == kind) {
            return true;
        }
    }
    return false;
}

bool kind_is_excused(gjc_kind kind)
{
    return kind_is_refused(kind) || is_inside_refused(kind) || is_elsewhere(kind);
}
