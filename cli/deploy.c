/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju deploy`: the procedures of an image or source come into force in a store, all or none.
 * What cannot follow what is in force is said before anything is done. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "file.h"
#include "json.h"
#include "program.h"
#include "store.h"
#include "style.h"
#include "table.h"

enum { INDENT = 2 };

/* What becomes of a procedure that is deployed. */
typedef enum fate { FATE_NEW, FATE_RAISED, FATE_CALENDARS, FATE_SAME, FATE_REFUSED } fate;

typedef struct item {
    gj_text name, title;
    uint32_t version, version_was;
    const char *unit;
    const gj_judge *judge; /* of what is deployed */
    fate fate;
    uint64_t open_count;  /* cases that go on by the older one */
    uint64_t moved_count; /* that were open under it, and go on by this one */
} item;

typedef struct deploying {
    cli_session *session;
    cli_store store;
    cli_program program;
    item *items;
    size_t count;
} deploying;

static bool equal(gj_text a, gj_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

static bool counts_alike(const gj_judge *a, const gj_judge *b)
{
    bool alike = gj_judge_calendar_count(a) == gj_judge_calendar_count(b);
    for (size_t i = 0; alike && i < gj_judge_calendar_count(a); i++)
        alike = equal(gj_judge_calendar(a, i), gj_judge_calendar(b, i));
    return alike;
}

/* ---- what is in force ---- */

static bool rules_compare(void *payload, const gj_rule_set *rules)
{
    item *with = payload;
    if (!rules->in_force || !equal(rules->procedure, with->name))
        return true;
    bool same = equal(rules->unit, (gj_text){with->unit, strlen(with->unit)});
    with->version_was = rules->version;
    with->fate = same ? counts_alike(rules->judge, with->judge) ? FATE_SAME : FATE_CALENDARS
                 : with->version > rules->version ? FATE_RAISED
                                                  : FATE_REFUSED;
    return false;
}

static bool case_count(void *payload, const gj_case_row *row)
{
    item *with = payload;
    with->open_count += !row->final;
    return true;
}

static bool staying_count(void *payload, const gj_case_row *row)
{
    item *with = payload;
    with->open_count += !row->final && row->version != with->version;
    return true;
}

/* Which of the cases that were open have come to the new version. */
static void moved_count(deploying *with)
{
    for (size_t i = 0; i < with->count; i++) {
        item *one = &with->items[i];
        uint64_t were_open = one->open_count;
        if (one->fate != FATE_RAISED)
            continue;
        one->open_count = 0;
        gj_engine_cases(with->store.engine, one->name, one, staying_count);
        one->moved_count = were_open - one->open_count;
    }
}

static bool items_make(deploying *with)
{
    const gj_image *image = with->program.image;
    with->items = calloc(with->program.bound_count, sizeof *with->items);
    if (with->items == NULL) {
        cli_complain_status(with->session, GJ_NO_MEMORY);
        return false;
    }
    with->count = with->program.bound_count;
    for (size_t i = 0; i < with->count; i++) {
        size_t index = with->program.bound[i].index;
        item *one = &with->items[i];
        *one = (item){.name = gj_image_procedure_name(image, index),
                      .title = gj_image_procedure_title(image, index),
                      .version = gj_image_procedure_version(image, index),
                      .unit = gj_image_procedure_identity(image, index),
                      .judge = with->program.bound[i].judge};
        gj_engine_rule_sets(with->store.engine, one, rules_compare);
        if (one->fate == FATE_RAISED || one->fate == FATE_CALENDARS)
            gj_engine_cases(with->store.engine, one->name, one, case_count);
    }
    return true;
}

static bool items_check(const deploying *with)
{
    bool good = true;
    for (size_t i = 0; i < with->count; i++) {
        const item *one = &with->items[i];
        if (one->fate != FATE_REFUSED)
            continue;
        good = false;
        cli_complain(with->session, CLI_REFUSED,
                     CLI_SAY(with->session,
                             "%.*s: version %" PRIu32 " is in force, and these rules differ from "
                             "it but say version %" PRIu32 "; give them version %" PRIu32
                             " or higher",
                             "%.*s：现行第%" PRIu32 "版，所部署的规则与之不同而写明第%" PRIu32
                             "版；请改为第%" PRIu32 "版以上"),
                     (int)one->name.size, one->name.bytes, one->version_was, one->version,
                     one->version_was + 1);
    }
    if (!good)
        cli_mention(with->session, "%s",
                    CLI_SAY(with->session, "nothing was deployed", "未作任何部署"));
    return good;
}

/* ---- deploying ---- */

static gj_status deploy(deploying *with)
{
    cli_program *program = &with->program;
    gj_bytes calendars[CLI_CALENDARS_MAX];
    gj_text image = cli_buffer_text(&program->image_bytes);
    bool failed = program->image_bytes.failed;
    for (size_t i = 0; i < program->calendar_count; i++) {
        gj_text bytes = cli_buffer_text(&program->calendar_bytes[i]);
        calendars[i] = (gj_bytes){bytes.bytes, bytes.size};
        failed = failed || program->calendar_bytes[i].failed;
    }
    gj_deployment deployment = {.size = sizeof deployment,
                                .image = {image.bytes, image.size},
                                .calendars = calendars,
                                .calendar_count = program->calendar_count};
    return failed ? GJ_NO_MEMORY : gj_engine_deploy(with->store.engine, &deployment);
}

/* ---- what a signature has against it ---- */

enum { KEYS_MAX = 32 };

typedef struct trusted {
    gj_public_key keys[KEYS_MAX];
    size_t count;
} trusted;

static bool key_take(void *payload, const gj_public_key *key)
{
    trusted *with = payload;
    with->keys[with->count++] = *key;
    return with->count < KEYS_MAX;
}

static void unsigned_calendars_tell(const deploying *with, const gj_seal *seal)
{
    const cli_program *program = &with->program;
    for (size_t i = 0; i < program->calendar_count; i++) {
        gj_text bytes = cli_buffer_text(&program->calendar_bytes[i]);
        gj_text name = gj_calendar_name(program->calendars[i]);
        if (!gj_seal_covers(seal, (gj_bytes){bytes.bytes, bytes.size}))
            cli_mention(
                with->session,
                CLI_SAY(with->session,
                        "the calendar %.*s was not signed with the image; name its file "
                        "behind the image where that is signed: guiju sign IMAGE CALENDAR "
                        "--key FILE -o SIGNED",
                        "日历 %.*s 未随映像一并签署；签署时请将其文件写在映像之后：guiju sign "
                        "映像 日历 --key 文件 -o 文件"),
                (int)name.size, name.bytes);
    }
}

/* Of what was refused: what would have to be done first, where a key is the reason. */
static void remedy_tell(const deploying *with)
{
    cli_session *session = with->session;
    gj_text text = cli_buffer_text(&with->program.image_bytes);
    gj_bytes image = {text.bytes, text.size};
    trusted keys = {.count = 0};
    gj_seal seal;
    gj_seal_fault fault = GJ_SEAL_SOUND;
    gj_engine_keys(with->store.engine, &keys, key_take);
    if (!gj_seal_is(image) && keys.count > 0)
        cli_mention(
            session,
            CLI_SAY(session,
                    "%s takes what is signed alone; sign it first: guiju sign IMAGE "
                    "CALENDAR --key FILE -o SIGNED",
                    "%s 只接受已签署的映像；请先签署：guiju sign 映像 日历 --key 文件 -o 文件"),
            with->store.path);
    else if (gj_seal_is(image) &&
             gj_seal_open(image, keys.keys, keys.count, &seal, &fault) == GJ_OK)
        unsigned_calendars_tell(with, &seal);
    else if (fault == GJ_SEAL_KEY)
        cli_mention(session,
                    CLI_SAY(session,
                            "if the key may be trusted: guiju trust --key FILE.pub --db %s",
                            "如信任该密钥：guiju trust --key 文件.pub --db %s"),
                    with->store.path);
}

/* A store that was made for what was then refused is not left behind. */
static void store_remove(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        cli_buffer name = {0};
        cli_buffer_add_format(&name, "%s%s", path, ends[i]);
        if (!name.failed)
            unlink(cli_buffer_string(&name));
        cli_buffer_deinit(&name);
    }
}

/* ---- telling it ---- */

static void say_fate(const deploying *with, const item *one, cli_buffer *words)
{
    cli_session *session = with->session;
    switch (one->fate) {
    case FATE_NEW:
        cli_buffer_add_string(words, CLI_SAY(session, "in force", "开始施行"));
        return;
    case FATE_RAISED:
        cli_buffer_add_format(
            words,
            CLI_SAY(session, "in force instead of version %" PRIu32, "代替第%" PRIu32 "版施行"),
            one->version_was);
        return;
    case FATE_CALENDARS:
        cli_buffer_add_string(
            words, CLI_SAY(session, "in force with other calendars", "改按新的日历施行"));
        return;
    case FATE_SAME:
    case FATE_REFUSED:
        cli_buffer_add_string(words,
                              CLI_SAY(session, "in force already, left alone", "已在施行，未变"));
        return;
    }
}

static void say_version(cli_session *session, uint32_t version, cli_buffer *words)
{
    cli_buffer_add_format(words, CLI_SAY(session, "version %" PRIu32, "第%" PRIu32 "版"), version);
}

/* Cases stay with the rules under which they opened, or have come to these. */
static void print_staying(cli_session *session, const item *one)
{
    if (one->open_count + one->moved_count == 0)
        return;
    cli_output_add_spaces(&session->out, INDENT);
    cli_output_style(&session->out, CLI_FAINT);
    cli_output_add_text(&session->out, one->name);
    cli_output_add_string(&session->out, CLI_SAY(session, ": ", "："));
    if (one->moved_count > 0)
        cli_count_print(session, one->moved_count, "# open case moved to this version",
                        "# open cases moved to this version", "在办#件已承接至本版");
    if (one->moved_count > 0 && one->open_count > 0)
        cli_output_add_string(&session->out, CLI_SAY(session, ", ", "，"));
    if (one->open_count > 0)
        cli_count_print(
            session, one->open_count, "# open case stays with the rules it opened under",
            "# open cases stay with the rules they opened under", "在办#件仍按原规则审核");
    cli_output_style(&session->out, CLI_PLAIN);
    cli_output_add_string(&session->out, "\n");
}

static void print_text(const deploying *with)
{
    static const cli_align aligns[] = {CLI_LEFT, CLI_BENDABLE, CLI_LEFT, CLI_BENDABLE};
    cli_table table;
    cli_table_init(&table, aligns, sizeof aligns / sizeof *aligns);
    for (size_t i = 0; i < with->count; i++) {
        const item *one = &with->items[i];
        cli_buffer version = {0}, words = {0};
        say_version(with->session, one->version, &version);
        say_fate(with, one, &words);
        cli_table_add(&table, CLI_STRONG, one->name);
        cli_table_add(&table, CLI_PLAIN, equal(one->title, one->name) ? (gj_text){0} : one->title);
        cli_table_add(&table, CLI_PLAIN, cli_buffer_text(&version));
        cli_table_add(&table, one->fate == FATE_SAME ? CLI_FAINT : CLI_GREEN,
                      cli_buffer_text(&words));
        cli_buffer_deinit(&version);
        cli_buffer_deinit(&words);
    }
    cli_table_print(&table, INDENT, &with->session->out);
    cli_table_deinit(&table);
    for (size_t i = 0; i < with->count; i++)
        print_staying(with->session, &with->items[i]);
}

static void print_json(const deploying *with)
{
    static const char *const fates[] = {"new", "raised", "calendars", "same", "refused"};
    cli_output *out = &with->session->out;
    cli_output_add_string(out, "{\"deployed\":[");
    for (size_t i = 0; i < with->count; i++) {
        const item *one = &with->items[i];
        cli_output_add_string(out, i > 0 ? ",\n{\"procedure\":" : "\n{\"procedure\":");
        cli_json_print_text(out, one->name);
        cli_output_add_string(out, ",\"title\":");
        cli_json_print_text(out, one->title);
        cli_output_add_format(out, ",\"version\":%" PRIu32 ",\"unit\":\"%s\",\"change\":\"%s\"",
                              one->version, one->unit, fates[one->fate]);
        if (one->fate == FATE_RAISED)
            cli_output_add_format(out, ",\"instead_of\":%" PRIu32, one->version_was);
        if (one->moved_count > 0)
            cli_output_add_format(out, ",\"moved_cases\":%" PRIu64, one->moved_count);
        cli_output_add_format(out, ",\"open_cases\":%" PRIu64 "}", one->open_count);
    }
    cli_output_add_string(out, "]}\n");
}

void cli_deploy(cli_session *session, const cli_options *options)
{
    deploying with = {.session = session};
    const char *path = cli_options_value(options, CLI_OPTION_DB);
    bool was_there = path == NULL || cli_file_exists(path), made = false;
    if (options->operand_count != 1) {
        cli_complain(
            session, CLI_USAGE, "%s",
            CLI_SAY(session, "`deploy` takes one image or source", "deploy 需要一个映像或源文件"));
        return;
    }
    /* The rules first: no store is made for what cannot be deployed. */
    if (cli_program_open(&with.program, session, options, options->operands[0]) &&
        cli_program_bind(&with.program, session, options) &&
        cli_store_open(&with.store, session, options, CLI_STORE_MAKE) && items_make(&with) &&
        items_check(&with)) {
        gj_status status = deploy(&with);
        cli_store_complain(&with.store, status);
        made = !was_there && status == GJ_REFUSED;
        if (status == GJ_REFUSED)
            remedy_tell(&with);
        if (status == GJ_OK)
            moved_count(&with);
        if (status == GJ_OK && session->format == CLI_JSON)
            print_json(&with);
        else if (status == GJ_OK)
            print_text(&with);
    }
    free(with.items);
    cli_store_close(&with.store);
    if (made)
        store_remove(path);
    cli_program_deinit(&with.program);
}
