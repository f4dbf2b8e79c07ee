/* SPDX-License-Identifier: Apache-2.0
 *
 * See store.h. */
#include "store.h"

#include <string.h>
#include <time.h>

#include "calendars.h"
#include "file.h"
#include "natives.h"

enum { WORDS_SIZE = 512, MINUTES_SIZE = 16 };

gj_instant cli_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (gj_instant)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static gj_instant clock_read(void *payload)
{
    (void)payload;
    return cli_now();
}

static gj_instant asked_read(void *payload)
{
    return ((const cli_store *)payload)->asked_at;
}

void cli_store_complain(const cli_store *store, gj_status status)
{
    char words[WORDS_SIZE] = "";
    gj_engine_error(store->engine, store->session->lang, words, sizeof words);
    if (status == GJ_OK)
        return;
    if (words[0] == '\0' || status == GJ_NO_MEMORY)
        cli_complain_status(store->session, status);
    else
        cli_complain(store->session, status == GJ_REFUSED ? CLI_REFUSED : CLI_UNREADABLE,
                     CLI_SAY(store->session, "%s: %s", "%s：%s"), store->path, words);
}

static bool check_path(const cli_store *store, cli_store_use use)
{
    if (store->path == NULL)
        cli_complain(
            store->session, CLI_USAGE,
            CLI_SAY(store->session, "`%s` needs a store: --db STORE", "%s 需要存储文件：--db 文件"),
            store->options->command);
    else if (use != CLI_STORE_MAKE && !cli_file_exists(store->path))
        cli_complain(store->session, CLI_UNREADABLE,
                     CLI_SAY(store->session,
                             "there is no store %s; `guiju deploy RULES --db %s` makes one",
                             "没有存储文件 %s；用 guiju deploy 规则 --db %s 建立"),
                     store->path, store->path);
    return store->session->status < CLI_USAGE;
}

bool cli_store_open(cli_store *store, cli_session *session, const cli_options *options,
                    cli_store_use use)
{
    *store = (cli_store){
        .session = session, .options = options, .path = cli_options_value(options, CLI_OPTION_DB)};
    if (!check_path(store, use))
        return false;
    store->natives = cli_natives_open(session, options);
    if (store->natives == NULL)
        return false;
    gj_engine_options engine_options = {.size = sizeof engine_options,
                                        .path = store->path,
                                        .reads_only = use == CLI_STORE_READ,
                                        .natives = store->natives,
                                        .payload = store,
                                        .clock = use == CLI_STORE_TELL   ? clock_read
                                                 : use == CLI_STORE_READ ? asked_read
                                                                         : NULL,
                                        .follows_events = use == CLI_STORE_TELL};
    gj_status status = gj_engine_open(&engine_options, &store->engine);
    cli_store_complain(store, status);
    return status == GJ_OK;
}

void cli_store_close(cli_store *store)
{
    gj_engine_close(store->engine);
    gj_natives_destroy(store->natives);
    *store = (cli_store){0};
}

gj_text cli_store_word(const cli_store *store, cli_option option)
{
    const char *word = cli_options_value(store->options, option);
    return (gj_text){word, word == NULL ? 0 : strlen(word)};
}

/* ---- rules ---- */

typedef struct looking {
    const char *wanted; /* NULL: any */
    const gj_judge *judge;
} looking;

static bool is_called(gj_text text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.bytes, word, text.size) == 0;
}

static bool rules_look(void *payload, const gj_rule_set *rules)
{
    looking *with = payload;
    if (rules->in_force && (with->wanted == NULL || is_called(rules->procedure, with->wanted) ||
                            is_called(rules->title, with->wanted)))
        with->judge = rules->judge;
    return with->judge == NULL;
}

typedef struct naming {
    gj_text one, other;
    bool same;
} naming;

static bool names_look(void *payload, const gj_rule_set *rules)
{
    naming *with = payload;
    bool one =
        cli_text_equal(with->one, rules->procedure) || cli_text_equal(with->one, rules->title);
    bool other =
        cli_text_equal(with->other, rules->procedure) || cli_text_equal(with->other, rules->title);
    with->same = with->same || (one && other);
    return !with->same;
}

bool cli_store_is_called(const cli_store *store, gj_text one, gj_text other)
{
    naming with = {.one = one, .other = other, .same = cli_text_equal(one, other)};
    if (!with.same)
        gj_engine_rule_sets(store->engine, &with, names_look);
    return with.same;
}

bool cli_store_has_rules(const cli_store *store)
{
    looking with = {.wanted = cli_options_value(store->options, CLI_OPTION_PROCEDURE)};
    gj_engine_rule_sets(store->engine, &with, rules_look);
    if (with.judge != NULL)
        return true;
    if (with.wanted != NULL)
        cli_complain(store->session, CLI_USAGE,
                     CLI_SAY(store->session,
                             "no procedure in %s is called `%s`; `guiju rulesets` lists them",
                             "%s 中没有名为 %s 的流程；用 guiju rulesets 列出全部"),
                     store->path, with.wanted);
    else
        cli_complain(store->session, CLI_USAGE,
                     CLI_SAY(store->session,
                             "nothing is deployed in %s yet; `guiju deploy RULES --db %s`",
                             "%s 中尚未部署规则；请用 guiju deploy 规则 --db %s"),
                     store->path, store->path);
    return false;
}

static bool finding_see(void *payload, const gj_finding_row *row)
{
    (void)row;
    *(bool *)payload = true;
    return false;
}

static bool is_named(const cli_store *store, const gj_finding_filter *filter)
{
    bool named = false;
    return gj_engine_findings(store->engine, filter, &named, finding_see) != GJ_OK || named;
}

void cli_store_mention_unnamed(const cli_store *store)
{
    const uint32_t all = 1u << GJ_OPEN | 1u << GJ_CLOSED | 1u << GJ_WITHDRAWN;
    gj_finding_filter of_department = {.size = sizeof of_department, .statuses = all},
                      of_post = of_department;
    of_department.department = cli_store_word(store, CLI_OPTION_DEPARTMENT);
    of_post.post = cli_store_word(store, CLI_OPTION_POST);
    const char *unnamed = !is_named(store, &of_department) ? of_department.department.bytes
                          : !is_named(store, &of_post)     ? of_post.post.bytes
                                                           : NULL;
    if (unnamed != NULL)
        cli_mention(store->session,
                    CLI_SAY(store->session,
                            "no finding in %s ever named `%s`; which departments and posts are "
                            "named, `guiju report --db %s` says",
                            "%s 中从未有异常涉及 %s；涉及哪些部门和岗位，见 guiju report --db %s"),
                    store->path, unnamed, store->path);
}

const gj_judge *cli_store_judge(const cli_store *store)
{
    looking with = {.wanted = NULL};
    gj_engine_rule_sets(store->engine, &with, rules_look);
    return with.judge;
}

/* ---- instants ---- */

void cli_minute_print(cli_output *out, const gj_judge *judge, gj_instant at)
{
    char written[48] = "";
    if (at == INT64_MIN || at == GJ_NEVER) {
        cli_output_add_spaces(out, MINUTES_SIZE);
        return;
    }
    gj_instant_format(at, judge == NULL ? 0 : gj_judge_offset(judge, at), written, sizeof written);
    written[10] = ' ';
    written[MINUTES_SIZE] = '\0';
    cli_output_add_string(out, written);
}

bool cli_store_instant(const cli_store *store, const char *word, gj_instant *instant)
{
    const gj_judge *judge = cli_store_judge(store);
    gj_stamp stamp = {0};
    if (judge == NULL)
        return cli_store_has_rules(store);
    if (gj_stamp_parse((gj_text){word, strlen(word)}, &stamp) && stamp.present &&
        !stamp.unreadable) {
        *instant = gj_judge_instant(judge, &stamp);
        return true;
    }
    cli_complain(store->session, CLI_USAGE,
                 CLI_SAY(store->session, "`%s` is no time; write 2024-03-31 or 2024-03-31T17:30",
                         "%s 不是时刻；请写作 2024-03-31 或 2024-03-31T17:30"),
                 word);
    return false;
}
