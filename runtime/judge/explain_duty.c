/* SPDX-License-Identifier: Apache-2.0
 *
 * Explanations of what a post had to do and did not, in both languages. */
#include "judge/phrase.h"

#include "base/text.h"

/* One of the two. */
static void say(gjb_buffer *out, gj_lang lang, const char *en, const char *zh)
{
    gjb_buffer_add_string(out, lang == GJ_ZH ? zh : en);
}

/* The act before which it had to be, or with which the case, or the branch, ended. */
static void act(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    if (lang == GJ_ZH) {
        gjr_phrase_print_instant(out, lang, finding->at, finding->at_offset_s);
        say(out, lang, "", "登记");
        gjr_phrase_print_quoted(out, lang, finding->action_title);
    } else {
        gjr_phrase_print_quoted(out, lang, finding->action_title);
        say(out, lang, " is recorded at ", "");
        gjr_phrase_print_instant(out, lang, finding->at, finding->at_offset_s);
    }
}

static void end(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    bool branch = finding->branch_title.size > 0;
    say(out, lang, branch ? ", with which the branch " : ", with which the case ended in ",
        branch ? "，分支" : "，本件随之在环节");
    gjr_phrase_print_quoted(out, lang, branch ? finding->branch_title : finding->stage_title);
    say(out, lang, branch ? " ended" : "", branch ? "随之办结" : "办结");
}

void gjr_explain_not_done(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    act(finding, lang, out);
    if (finding->ended) {
        end(finding, lang, out);
    }
    say(out, lang, finding->ended ? "; the post " : "; before that the post ",
        finding->ended ? "；" : "；在此之前，");
    gjr_phrase_print_quoted(out, lang, finding->post_title);
    say(out, lang, " must do ", "应当办理");
    gjr_phrase_print_quoted(out, lang, finding->counts_title);
    if (finding->condition.bytes != NULL) {
        say(out, lang, " when ", "（当");
        gjr_phrase_print_quoted(out, lang, finding->condition);
        say(out, lang, "", "时）");
    }
    say(out, lang, ", of which there is no record up to then", "，截至该时刻未登记");
    gjr_phrase_print_values(out, lang, finding);
    say(out, lang,
        ". If it was done and not recorded, the case is judged again once it is recorded.",
        "。已办理而未登记的，补报后自动重新判定。");
}
