/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju diff`: what two versions of rules differ in, in their meaning: what was added, taken away,
 * and what says something else, before and after. Words, comments and the order of clauses in the
 * source make no difference. */
#include <inttypes.h>
#include <string.h>

#include "calendars.h"
#include "command.h"
#include "json.h"
#include "paragraph.h"
#include "program.h"
#include "style.h"
#include "table.h"

enum { INDENT = 2, DETAIL_INDENT = 6 };

typedef struct comparison {
    cli_session *session;
    cli_program was, is;
    size_t was_index, is_index;
    uint64_t count; /* differences, of the procedure at hand */
    uint64_t procedure_count, total;
} comparison;

typedef struct word {
    const char *name, *en, *zh;
} word;

/* Of items and aspects alike. */
static const word words[] = {{"post", "post", "岗位"},
                             {"field", "data", "数据"},
                             {"document", "document", "材料"},
                             {"action", "act", "行为"},
                             {"stage", "stage", "环节"},
                             {"limit", "limit", "时限"},
                             {"rule", "rule", "规则"},
                             {"title", "title", "标题"},
                             {"department", "department", "部门"},
                             {"type", "type", "类型"},
                             {"need", "need", "是否必须"},
                             {"powers", "powers", "权限"},
                             {"end", "end", "终结"},
                             {"holder", "held by", "持有人"},
                             {"acts", "acts", "办理"},
                             {"time", "time", "期限"},
                             {"rolling", "last day", "最后一日"},
                             {"from", "from", "起算"},
                             {"to", "to", "截止"},
                             {"severity", "severity", "级别"},
                             {"duty", "duty", "责任"},
                             {"stops", "stops and extensions", "停计与延长"},
                             {"runs out", "when it runs out", "届满"},
                             {"kind", "kind", "性质"},
                             {"basis", "basis", "依据"},
                             {"says", "says", "内容"},
                             {"except", "exceptions", "例外"}};

static const char *say(const cli_session *session, const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].name, name) == 0)
            return CLI_SAY(session, words[i].en, words[i].zh);
    return name;
}

/* ---- text ---- */

static void print_side(comparison *with, const char *mark, cli_style style, gj_text text)
{
    cli_session *session = with->session;
    cli_output *out = &session->out;
    cli_buffer line = {0};
    cli_buffer_add_string(&line, mark);
    if (text.size > 0)
        cli_buffer_add_text(&line, text);
    else
        cli_buffer_add_string(&line, CLI_SAY(session, "nothing", "无"));
    cli_output_add_spaces(out, DETAIL_INDENT);
    cli_output_style(out, style);
    cli_paragraph_print(out, cli_buffer_text(&line), DETAIL_INDENT, DETAIL_INDENT + 2);
    cli_output_style(out, CLI_PLAIN);
    cli_buffer_deinit(&line);
}

static void print_name(comparison *with, const gj_difference *difference)
{
    cli_output *out = &with->session->out;
    cli_output_add_format(out, "%s ", say(with->session, difference->item));
    cli_output_style(out, CLI_STRONG);
    cli_output_add_text(out, difference->name);
    cli_output_style(out, CLI_PLAIN);
    if (difference->title.size > 0 && !cli_text_equal(difference->title, difference->name)) {
        cli_output_add_string(out, CLI_SAY(with->session, " (", "（"));
        cli_output_add_text(out, difference->title);
        cli_output_add_string(out, CLI_SAY(with->session, ")", "）"));
    }
}

static bool difference_show(void *payload, const gj_difference *difference)
{
    comparison *with = payload;
    cli_session *session = with->session;
    cli_output *out = &session->out;
    with->count++;
    cli_output_add_spaces(out, INDENT);
    if (strcmp(difference->item, "other") == 0) {
        cli_output_add_string(
            out, CLI_SAY(session,
                         "~ nothing of what is compared here: other lines of the source, or other "
                         "functions or tables\n",
                         "~ 所比较的各项没有不同：仅源文件行号有变，或者函数、表格有变\n"));
        return true;
    }
    cli_output_add_string(out, difference->kind == GJ_DIFFERS_ADDED     ? "+ "
                               : difference->kind == GJ_DIFFERS_REMOVED ? "− "
                                                                        : "~ ");
    print_name(with, difference);
    if (difference->kind != GJ_DIFFERS_CHANGED) {
        cli_output_add_string(out, "\n");
        return true;
    }
    cli_output_add_format(out, CLI_SAY(session, ": %s\n", "：%s\n"),
                          say(session, difference->aspect));
    if (difference->was.size > 0 || difference->is.size > 0) {
        print_side(with, "− ", CLI_FAINT, difference->was);
        print_side(with, "+ ", CLI_PLAIN, difference->is);
    }
    return true;
}

/* ---- data ---- */

static bool difference_print(void *payload, const gj_difference *difference)
{
    static const char *const kinds[] = {"added", "removed", "changed"};
    comparison *with = payload;
    cli_output *out = &with->session->out;
    cli_output_add_format(
        out, "%s{\"change\":\"%s\",\"item\":\"%s\",\"name\":", with->count++ > 0 ? ",\n" : "\n",
        kinds[difference->kind], difference->item);
    cli_json_print_text(out, difference->name);
    if (difference->aspect != NULL) {
        cli_output_add_format(out, ",\"aspect\":\"%s\",\"was\":", difference->aspect);
        cli_json_print_text(out, difference->was);
        cli_output_add_string(out, ",\"is\":");
        cli_json_print_text(out, difference->is);
    }
    cli_output_add_string(out, "}");
    return out->error == 0;
}

/* ---- procedures ---- */

static void print_heading(comparison *with)
{
    cli_output *out = &with->session->out;
    cli_output_add_string(out, with->procedure_count > 0 ? "\n" : "");
    cli_output_style(out, CLI_STRONG);
    cli_output_add_text(out, gj_image_procedure_name(with->is.image, with->is_index));
    cli_output_style(out, CLI_PLAIN);
    cli_output_add_format(out,
                          CLI_SAY(with->session, "  version %" PRIu32 " → %" PRIu32 "\n",
                                  "  第%" PRIu32 "版 → 第%" PRIu32 "版\n"),
                          gj_image_procedure_version(with->was.image, with->was_index),
                          gj_image_procedure_version(with->is.image, with->is_index));
}

static void begin_object(comparison *with)
{
    cli_output *out = &with->session->out;
    cli_output_add_string(out,
                          with->procedure_count > 0 ? ",\n{\"procedure\":" : "\n{\"procedure\":");
    cli_json_print_text(out, gj_image_procedure_name(with->is.image, with->is_index));
    cli_output_add_format(out, ",\"was\":%" PRIu32 ",\"is\":%" PRIu32 ",\"differences\":[",
                          gj_image_procedure_version(with->was.image, with->was_index),
                          gj_image_procedure_version(with->is.image, with->is_index));
}

static void compare_one(comparison *with)
{
    cli_session *session = with->session;
    bool whole = session->format == CLI_JSON;
    with->count = 0;
    if (whole)
        begin_object(with);
    else
        print_heading(with);
    gj_status status =
        gj_image_compare(with->was.image, with->was_index, with->is.image, with->is_index,
                         session->lang, with, whole ? difference_print : difference_show);
    cli_complain_status(session, status);
    if (whole)
        cli_output_add_string(&session->out, "]}");
    else if (with->count == 0) {
        cli_output_add_spaces(&session->out, INDENT);
        cli_output_add_string(&session->out, CLI_SAY(session, "no difference\n", "没有不同\n"));
    }
    with->procedure_count++;
    with->total += with->count;
}

/* Those that one has and the other has not. */
static void tell_alone(comparison *with, const cli_program *here, const cli_program *there,
                       const char *en, const char *zh)
{
    for (size_t i = 0; i < gj_image_procedure_count(here->image); i++) {
        gj_text name = gj_image_procedure_name(here->image, i);
        if (gj_image_procedure_find(there->image, name) != GJ_NO_INDEX)
            continue;
        with->total++;
        cli_mention(with->session, CLI_SAY(with->session, en, zh), (int)name.size, name.bytes);
    }
}

static void compare(comparison *with)
{
    cli_session *session = with->session;
    bool whole = session->format == CLI_JSON;
    cli_output_add_string(&session->out, whole ? "{\"procedures\":[" : "");
    for (size_t i = 0; i < gj_image_procedure_count(with->is.image); i++) {
        with->is_index = i;
        with->was_index =
            gj_image_procedure_find(with->was.image, gj_image_procedure_name(with->is.image, i));
        if (with->was_index != GJ_NO_INDEX)
            compare_one(with);
    }
    cli_output_add_string(&session->out, whole ? "]}\n" : "");
    tell_alone(with, &with->is, &with->was, "the procedure %.*s is new", "新增流程 %.*s");
    tell_alone(with, &with->was, &with->is, "the procedure %.*s is gone", "取消流程 %.*s");
    if (with->total > 0)
        cli_note(session, CLI_FOUND);
}

void cli_diff(cli_session *session, const cli_options *options)
{
    comparison with = {.session = session};
    if (options->operand_count != 2)
        cli_complain(session, CLI_USAGE, "%s",
                     CLI_SAY(session, "`diff` takes two images or sources, the older first",
                             "diff 需要两个映像或源文件，旧的在前"));
    else if (cli_program_open(&with.was, session, options, options->operands[0]) &&
             cli_program_open(&with.is, session, options, options->operands[1]))
        compare(&with);
    cli_program_deinit(&with.was);
    cli_program_deinit(&with.is);
}
