/* SPDX-License-Identifier: Apache-2.0
 *
 * See compare_words.h; here what a limit says, aspect by aspect. */
#include "image/compare_words.h"

static void say_lengths(const gjr_view *v, const gjr_limit *row)
{
    for (uint32_t i = 0; i < row->lengths_count; i++) {
        const gjr_length *length = &v->rows->lengths[row->lengths_first + i];
        gjr_say(v, i > 0 ? "; " : "", i > 0 ? "；" : "");
        if (length->amount > 0) {
            gjr_say_amount(v, length->amount, row->unit);
        } else {
            gjr_say_expression(v, length->value);
        }
        gjr_say_condition(v, length->when);
    }
}

void gjr_say_limit_time(const gjr_view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    if (row->budget > 0) {
        gjr_say_amount(v, row->budget, row->unit);
    }
    if (row->by != GJR_NONE) {
        gjr_say(v, "by ", "截至");
        gjr_say_name(v, GJR_TABLE_field, row->by);
    }
    say_lengths(v, row);
    if (row->least > 0) {
        bool alone = row->budget == 0 && row->by == GJR_NONE && row->lengths_count == 0;
        gjr_say(v, alone ? "at least " : ", at least ", alone ? "至少" : "，至少");
        gjr_say_amount(v, row->least, row->least_unit);
    }
    if ((row->flags & GJR_LIMIT_BACKWARD) != 0) {
        gjr_say(v, " before it", "前");
    }
}

void gjr_say_limit_rolling(const gjr_view *v, uint32_t limit)
{
    uint32_t flags = v->rows->limits[limit].flags;
    bool rolls = (flags & (GJR_LIMIT_ROLLS | GJR_LIMIT_LEAST_ROLLS)) != 0;
    gjr_say(v, rolls ? "a closed last day moves" : "the last day stays",
            rolls ? "遇休顺延" : "遇休不顺延");
}

void gjr_say_limit_close(const gjr_view *v, uint32_t limit)
{
    bool at_close = (v->rows->limits[limit].flags & GJR_LIMIT_AT_CLOSE) != 0;
    gjr_say(v, at_close ? "at close of business" : "at 24:00", at_close ? "下班时" : "24时");
}

void gjr_say_limit_from(const gjr_view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    gjr_say_triggers(v, row->from_first, row->from_count);
    if (row->restarts_count > 0) {
        gjr_say(v, "; restarts by ", "；重新计算：");
        gjr_say_triggers(v, row->restarts_first, row->restarts_count);
    }
}

void gjr_say_limit_to(const gjr_view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    gjr_say_triggers(v, row->to_first, row->to_count);
}

void gjr_say_limit_ladder(const gjr_view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    for (uint32_t i = 0; i < row->rungs_count; i++) {
        const gjr_rung *rung = &v->rows->rungs[row->rungs_first + i];
        gjr_say_comma(v, i);
        gjr_say_severity(v, rung->severity);
        if (rung->kind == GJR_RUNG_SHARE) {
            gjr_say(v, " at ", "用时达");
            gjb_buffer_add_format(v->out, "%u", rung->amount / 100);
            if (rung->amount % 100 != 0) {
                gjb_buffer_add_format(v->out, ".%02u", rung->amount % 100);
            }
            gjb_buffer_add_byte(v->out, '%');
            continue;
        }
        bool before = rung->kind == GJR_RUNG_BEFORE;
        gjr_say(v, before ? " before" : " overdue",
                before             ? "到期前"
                : rung->amount > 0 ? "逾期超过"
                                   : "逾期");
        if (rung->amount > 0) {
            gjr_say(v, " ", "");
            gjr_say_amount(v, rung->amount, rung->unit);
        }
    }
}

void gjr_say_limit_duty(const gjr_view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    if ((row->flags & GJR_LIMIT_OF_HOLDER) != 0) {
        gjr_say(v, "whoever holds the case", "持有人");
    } else {
        gjr_say_name(v, GJR_TABLE_post, row->duty);
    }
}

/* ---- stops and extensions ---- */

static void say_notice(const gjr_view *v, uint32_t first, uint32_t count, uint32_t within,
                       uint32_t unit)
{
    if (count == 0) {
        return;
    }
    if (v->lang == GJ_ZH) {
        gjr_say(v, "", "，并应当");
        if (within > 0) {
            gjr_say(v, "", "于");
            gjr_say_amount(v, within, unit);
            gjr_say(v, "", "内");
        }
        gjr_say_triggers(v, first, count);
        return;
    }
    gjr_say(v, ", notified by ", "");
    gjr_say_triggers(v, first, count);
    if (within > 0) {
        gjr_say(v, " within ", "");
        gjr_say_amount(v, within, unit);
    }
}

static void say_stop(const gjr_view *v, const gjr_stop *stop)
{
    gjr_say(v, "not counting from ", "扣除自");
    gjr_say_triggers(v, stop->from_first, stop->from_count);
    gjr_say(v, " to ", "至");
    gjr_say_triggers(v, stop->to_first, stop->to_count);
    gjr_say(v, "", "所需时间");
    gjr_say_condition(v, stop->when);
    if (stop->granted > 0) {
        gjr_say(v, ", at most ", "，最多");
        gjr_say_amount(v, stop->granted, stop->granted_unit);
    }
    say_notice(v, stop->notices_first, stop->notices_count, stop->notice_within, stop->notice_unit);
}

static void say_extension(const gjr_view *v, const gjr_extension *extension, uint32_t unit)
{
    gjr_say(v, "extended ", "经");
    if (v->lang == GJ_ZH) {
        gjr_say_triggers(v, extension->by_first, extension->by_count);
        gjr_say(v, "", "可以延长");
    }
    gjr_say_amount(v, extension->amount, unit);
    if (v->lang != GJ_ZH) {
        gjr_say(v, " by ", "");
        gjr_say_triggers(v, extension->by_first, extension->by_count);
    }
    gjr_say_condition(v, extension->when);
    if (extension->times_max > 1) {
        gjr_say(v, ", at most ", "，至多");
        gjr_say_times(v, extension->times_max);
    }
    say_notice(v, extension->notices_first, extension->notices_count, extension->notice_within,
               extension->notice_unit);
}

static void say_cited(const gjr_view *v, uint32_t first, uint32_t count)
{
    if (count > 0) {
        gjr_say(v, ", basis ", "，依据");
        gjr_say_basis(v, first, count);
    }
}

void gjr_say_limit_turns(const gjr_view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    for (uint32_t i = 0; i < row->stops_count; i++) {
        const gjr_stop *stop = &v->rows->stops[row->stops_first + i];
        gjr_say(v, i > 0 ? "; " : "", i > 0 ? "；" : "");
        say_stop(v, stop);
        say_cited(v, stop->basis_first, stop->basis_count);
    }
    for (uint32_t i = 0; i < row->extensions_count; i++) {
        const gjr_extension *extension = &v->rows->extensions[row->extensions_first + i];
        bool first = row->stops_count + i == 0;
        gjr_say(v, first ? "" : "; ", first ? "" : "；");
        say_extension(v, extension, row->unit);
        say_cited(v, extension->basis_first, extension->basis_count);
    }
}

/* ---- what the law does ---- */

static void say_effect(const gjr_view *v, const gjr_effect *effect)
{
    if (effect->stage != GJR_NONE) {
        gjr_say(v, "in ", "在");
        gjr_say_name(v, GJR_TABLE_stage, effect->stage);
        gjr_say(v, " ", "：");
    }
    if (effect->target != GJR_NONE) {
        gjr_say(v, "-> ", "转");
        gjr_say_name(v, GJR_TABLE_stage, effect->target);
    }
    gjr_say_condition(v, effect->when);
    if (effect->action != GJR_NONE) {
        bool as_of_start = (effect->flags & GJR_EFFECT_AS_OF_START) != 0;
        bool alone = effect->target == GJR_NONE && effect->when == GJR_NONE;
        gjr_say(v, alone ? "" : " ", alone ? "" : "，");
        if (v->lang == GJ_ZH) {
            gjr_say(v, "", as_of_start ? "自起算日" : "自届满日");
        }
        gjr_say(v, "deemed ", "视为");
        gjr_say_name(v, GJR_TABLE_action, effect->action);
        gjr_say(v, as_of_start ? " as of start" : " as of expiry", "");
    }
    if (effect->sets_count > 0) {
        gjr_say(v, " with ", "，");
        gjr_say_assignments(v, effect->sets_first, effect->sets_count);
    }
    say_cited(v, effect->basis_first, effect->basis_count);
}

void gjr_say_limit_effects(const gjr_view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    for (uint32_t i = 0; i < row->effects_count; i++) {
        gjr_say(v, i > 0 ? "; " : "", i > 0 ? "；" : "");
        say_effect(v, &v->rows->effects[row->effects_first + i]);
    }
}

/* ---- the rest ---- */

void gjr_say_limit_kind(const gjr_view *v, uint32_t limit)
{
    static const char *const en[GJR_LIMIT_KIND_COUNT] = {"", "statutory", "promised"};
    static const char *const zh[GJR_LIMIT_KIND_COUNT] = {"", "法定", "承诺"};
    uint32_t kind = v->rows->limits[limit].kind;
    gjr_say(v, en[kind], zh[kind]);
}

/* The same field may tell the key of several acts. */
void gjr_say_limit_keys(const gjr_view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    if (row->keys_count == 0) {
        return;
    }
    gjr_say(v, "per ", "按");
    gjr_say_name(v, GJR_TABLE_field, v->rows->key_fields[row->keys_first].field);
    gjr_say(v, " at most ", "最多");
    gjb_buffer_add_int(v->out, row->open_max);
    gjr_say(v, " open", "件未结");
}

/* Its own, then what each of its lengths cites beside. */
void gjr_say_limit_basis(const gjr_view *v, uint32_t limit)
{
    const gjr_limit *row = &v->rows->limits[limit];
    gjr_say_basis(v, row->basis_first, row->basis_count);
    for (uint32_t i = 0; i < row->lengths_count; i++) {
        const gjr_length *length = &v->rows->lengths[row->lengths_first + i];
        if (length->basis_count > row->basis_count) {
            gjr_say(v, i > 0 || row->basis_count > 0 ? "; " : "",
                    i > 0 || row->basis_count > 0 ? "；" : "");
            gjr_say_basis(v, length->basis_first, length->basis_count);
        }
    }
}
