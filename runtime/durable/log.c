/* SPDX-License-Identifier: Apache-2.0
 *
 * See log.h. */
#include "durable/log.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>

enum { NAME_SIZE = 120, NUMBER_SIZE = 24 };

static const struct {
    gj_log_level level;
    const char *en, *zh;
} sentences[] = {
#define GJR_LOG(NAME, LEVEL, en, zh) [GJR_LOG_##NAME] = {GJ_LOG_##LEVEL, en, zh},
#include "durable/logs.def"
#undef GJR_LOG
};

static void say(const gj_engine *engine, gj_log_level level, const gjr_failure *said)
{
    engine->options.log(engine->options.payload, level, said->said[GJ_EN], said->said[GJ_ZH]);
}

void gjr_log(const gj_engine *engine, gjr_log_kind kind, const char *detail)
{
    gjr_failure said;
    if (engine->options.log != NULL) {
        gjr_failure_make(&said, sentences[kind].en, sentences[kind].zh, detail);
        say(engine, sentences[kind].level, &said);
    }
}

void gjr_log_name(const gj_engine *engine, gjr_log_kind kind, gj_text name)
{
    char said[NAME_SIZE];
    snprintf(said, sizeof said, "%.*s", (int)gjb_text_cut(name, sizeof said - 1), name.bytes);
    gjr_log(engine, kind, said);
}

void gjr_log_number(const gj_engine *engine, gjr_log_kind kind, int64_t number)
{
    char said[NUMBER_SIZE];
    snprintf(said, sizeof said, "%" PRId64, number);
    gjr_log(engine, kind, said);
}

/* What was asked for wrongly, or of what is not there, is the caller's to say. */
static bool is_logged(gjr_failure_kind kind)
{
    return kind != GJR_FAILURE_ARGUMENT && kind != GJR_FAILURE_PROCEDURE &&
           kind != GJR_FAILURE_CASE && kind != GJR_FAILURE_POST && kind != GJR_FAILURE_FINDING &&
           kind != GJR_FAILURE_FINDING_OPEN && kind != GJR_FAILURE_CLOCK &&
           kind != GJR_FAILURE_WRITER && kind != GJR_FAILURE_UNSIGNED_HEAD &&
           kind != GJR_FAILURE_NOTHING_TO_SIGN;
}

/* What is refused is a warning; what cannot go on, an error. */
static gj_log_level level_of(gjr_failure_kind kind)
{
    bool refused = kind == GJR_FAILURE_IMAGE || kind == GJR_FAILURE_CALENDAR ||
                   kind == GJR_FAILURE_UNBOUND || kind == GJR_FAILURE_ZONE ||
                   kind == GJR_FAILURE_UNGRANTED || kind == GJR_FAILURE_LIMIT ||
                   kind == GJR_FAILURE_VERSION || kind == GJR_FAILURE_KEYS;
    return refused ? GJ_LOG_WARNING : GJ_LOG_ERROR;
}

void gjr_log_failure(const gj_engine *engine, gjr_failure_kind kind, const gjr_failure *failure)
{
    if (engine->options.log != NULL && is_logged(kind)) {
        say(engine, level_of(kind), failure);
    }
}
