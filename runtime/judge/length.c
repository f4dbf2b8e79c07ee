/* SPDX-License-Identifier: Apache-2.0
 *
 * See length.h. */
#include "judge/length.h"

#include "judge/phrase.h"
#include "judge/taken.h"
#include "time/stamp.h"

bool gjr_length_make(const gj_judge *judge, uint32_t row, uint32_t amount, gj_instant measured,
                     gjb_arena *arena, gj_length *length)
{
    const gjr_rows *rows = judge->rows;
    *length = (gj_length){.amount = amount,
                          .holds = row != GJR_NONE,
                          .measured = measured,
                          .measured_offset_s = gjr_calendar_offset(judge->calendar, measured)};
    if (row == GJR_NONE) {
        return true;
    }
    const gjr_length *of = &rows->lengths[row];
    if (of->when != GJR_NONE) {
        length->condition = gjr_judge_text(judge, rows->expressions[of->when].text);
    }
    if (of->value != GJR_NONE) {
        length->value = gjr_judge_text(judge, rows->expressions[of->value].text);
    }
    if (of->basis_count > 0) {
        length->basis = gjr_citations_make(judge, of->basis_first, of->basis_count, arena);
        length->basis_count = of->basis_count;
    }
    return length->basis != NULL || of->basis_count == 0;
}

static void say(gjb_buffer *out, const char *words)
{
    gjb_buffer_add_string(out, words);
}

static void why_en(const gj_length *length, gj_unit unit, gjb_buffer *out)
{
    if (!length->holds) {
        say(out, "none of its lines holds, so nothing is due");
        return;
    }
    if (length->amount > 0) {
        gjr_phrase_print_amount(out, GJ_EN, length->amount, unit);
    }
    if (length->condition.size > 0) {
        say(out, length->amount > 0 ? ", since " : "since ");
        gjr_phrase_print_quoted(out, GJ_EN, length->condition);
        say(out, " holds");
    } else if (length->value.size == 0) {
        say(out, ", since no line before this one holds");
    }
    if (length->value.size > 0) {
        say(out, length->amount > 0 || length->condition.size > 0 ? ", by " : "by ");
        gjr_phrase_print_quoted(out, GJ_EN, length->value);
        say(out,
            length->amount > 0 ? "" : ", which says no whole number of units, so nothing is due");
    }
}

static void why_zh(const gj_length *length, gj_unit unit, gjb_buffer *out)
{
    if (!length->holds) {
        say(out, "各条期限的条件均不成立，没有到期日");
        return;
    }
    if (length->condition.size > 0) {
        say(out, "条件");
        gjr_phrase_print_quoted(out, GJ_ZH, length->condition);
        say(out, "成立，");
    } else if (length->value.size == 0) {
        say(out, "前面各条期限的条件均不成立，");
    }
    if (length->value.size > 0) {
        say(out, "按");
        gjr_phrase_print_quoted(out, GJ_ZH, length->value);
        say(out, length->amount > 0 ? "，" : "不能得出整数期限，没有到期日");
    }
    if (length->amount > 0) {
        say(out, "期限为");
        gjr_phrase_print_amount(out, GJ_ZH, length->amount, unit);
    }
}

void gjr_length_explain_why(const gj_length *length, gj_unit unit, gj_lang lang, gjb_buffer *out)
{
    if (lang == GJ_ZH) {
        why_zh(length, unit, out);
    } else {
        why_en(length, unit, out);
    }
}

void gjr_length_explain(const gj_length *length, gj_unit unit, gj_lang lang, gjb_buffer *out)
{
    say(out, lang == GJ_ZH ? "期限确定于" : " The length, as it stands since ");
    gjr_phrase_print_instant(out, lang, length->measured, length->measured_offset_s);
    say(out, lang == GJ_ZH ? "：" : ": ");
    gjr_length_explain_why(length, unit, lang, out);
    say(out, lang == GJ_ZH ? "。" : ".");
}

static void text_print(gjb_buffer *out, const char *key, gj_text text)
{
    if (text.size > 0) {
        say(out, key);
        gjb_buffer_add_json(out, text);
    }
}

void gjr_length_print(const gj_length *length, gjb_buffer *out)
{
    say(out, ",\"length\":{\"measured\":\"");
    gjr_stamp_print_instant(length->measured, length->measured_offset_s, out);
    say(out, length->holds ? "\",\"holds\":true" : "\",\"holds\":false");
    if (length->amount > 0) {
        gjb_buffer_add_format(out, ",\"amount\":%u", length->amount);
    }
    text_print(out, ",\"when\":", length->condition);
    text_print(out, ",\"value\":", length->value);
    gjb_buffer_add_byte(out, '}');
}
