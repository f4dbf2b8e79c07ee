/* SPDX-License-Identifier: Apache-2.0
 *
 * See failure.h. */
#include "durable/failure.h"

#include "base/text.h"

#include <string.h>

static const char *const sentences[][2] = {
#define GJR_FAILURE(NAME, en, zh) [GJR_FAILURE_##NAME] = {en, zh},
#include "durable/failures.def"
#undef GJR_FAILURE
};

static size_t piece_add(char *to, size_t at, const char *from, size_t size)
{
    size_t room = GJR_FAILURE_SIZE - 1 - at;
    size_t taken = gjb_text_cut((gj_text){from, size}, room);
    memcpy(to + at, from, taken);
    return at + taken;
}

static void sentence_make(char *to, const char *sentence, const char *detail)
{
    const char *hole = strstr(sentence, "%s");
    size_t before = hole == NULL ? strlen(sentence) : (size_t)(hole - sentence);
    size_t at = piece_add(to, 0, sentence, before);
    if (hole != NULL) {
        at = detail == NULL ? at : piece_add(to, at, detail, strlen(detail));
        at = piece_add(to, at, hole + 2, strlen(hole + 2));
    }
    to[at] = '\0';
}

void gjr_failure_set(gjr_failure *failure, gjr_failure_kind kind, const char *en, const char *zh)
{
    sentence_make(failure->said[GJ_EN], sentences[kind][GJ_EN], en);
    sentence_make(failure->said[GJ_ZH], sentences[kind][GJ_ZH], zh);
}

void gjr_failure_make(gjr_failure *failure, const char *en, const char *zh, const char *detail)
{
    sentence_make(failure->said[GJ_EN], en, detail);
    sentence_make(failure->said[GJ_ZH], zh, detail);
}

void gjr_failure_get(const gjr_failure *failure, gj_lang lang, char *text, size_t size)
{
    const char *said = failure->said[lang == GJ_ZH ? GJ_ZH : GJ_EN];
    size_t taken = gjb_text_cut(gjb_text_of(said), size - 1);
    memcpy(text, said, taken);
    text[taken] = '\0';
}
