/* SPDX-License-Identifier: Apache-2.0
 *
 * See effect.h. */
#include "judge/effect.h"

#include "judge/phrase.h"
#include "judge/taken.h"

bool gjr_effect_make(const gj_judge *judge, uint32_t effect, gj_instant as_of, gjb_arena *arena,
                     gj_law *law)
{
    const gjr_rows *rows = judge->rows;
    const gjr_effect *row = &rows->effects[effect];
    *law = (gj_law){
        .as_of = as_of,
        .as_of_offset_s = gjr_calendar_offset(judge->calendar, as_of),
        .as_of_start = (row->flags & GJR_EFFECT_AS_OF_START) != 0,
    };
    if (row->action != GJR_NONE) {
        law->action = gjr_judge_text(judge, rows->actions[row->action].name);
        law->action_title = gjr_judge_text(judge, rows->actions[row->action].title);
    }
    if (row->target != GJR_NONE) {
        law->stage = gjr_judge_text(judge, rows->stages[row->target].name);
        law->stage_title = gjr_judge_text(judge, rows->stages[row->target].title);
    }
    if (row->basis_count > 0) {
        law->basis = gjr_citations_make(judge, row->basis_first, row->basis_count, arena);
        law->basis_count = row->basis_count;
    }
    return law->basis != NULL || row->basis_count == 0;
}

static void say(gjb_buffer *out, const char *words)
{
    gjb_buffer_add_string(out, words);
}

static void print_en(const gj_law *law, gjb_buffer *out)
{
    if (law->action.size > 0) {
        gjr_phrase_print_quoted(out, GJ_EN, law->action_title);
        say(out, " counts as done as of ");
        gjr_phrase_print_instant(out, GJ_EN, law->as_of, law->as_of_offset_s);
    }
    if (law->stage.size > 0) {
        say(out, law->action.size > 0 ? ", and the case goes to " : "the case goes to ");
        gjr_phrase_print_quoted(out, GJ_EN, law->stage_title);
    }
}

static void print_zh(const gj_law *law, gjb_buffer *out)
{
    if (law->action.size > 0) {
        say(out, "视为自");
        gjr_phrase_print_instant(out, GJ_ZH, law->as_of, law->as_of_offset_s);
        say(out, "起已");
        gjr_phrase_print_quoted(out, GJ_ZH, law->action_title);
    }
    if (law->stage.size > 0) {
        say(out, law->action.size > 0 ? "，办件转入" : "办件转入");
        gjr_phrase_print_quoted(out, GJ_ZH, law->stage_title);
    }
}

void gjr_effect_print(const gj_law *law, gj_lang lang, gjb_buffer *out)
{
    if (lang == GJ_ZH) {
        print_zh(law, out);
    } else {
        print_en(law, out);
    }
}

/* " So by law “accept” counts as done as of …, and the case goes to “review” (…)." */
void gjr_effect_explain(const gj_law *law, gj_lang lang, gjb_buffer *out)
{
    bool zh = lang == GJ_ZH;
    say(out, zh ? "逾期未办，依法" : " So by law ");
    gjr_effect_print(law, lang, out);
    if (law->basis_count > 0) {
        say(out, zh ? "，依据：" : " (");
        gjr_citation_print(out, lang, law->basis, law->basis_count);
        say(out, zh ? "" : ")");
    }
    say(out, zh ? "。" : ".");
}
