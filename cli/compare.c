/* SPDX-License-Identifier: Apache-2.0
 *
 * `guiju diff`: what two versions of rules differ in, in their meaning: what was added, taken away,
 * and what says something else, before and after. Comments, the order of clauses and the names of
 * files make no difference. */
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
static const word words[] = {{"procedure", "procedure", "流程"},
                             {"type", "type", "类型"},
                             {"native", "native", "外接"},
                             {"department", "department", "部门"},
                             {"post", "post", "岗位"},
                             {"field", "data", "数据"},
                             {"document", "document", "材料"},
                             {"action", "act", "行为"},
                             {"branch", "branch", "分支"},
                             {"stage", "stage", "环节"},
                             {"limit", "limit", "时限"},
                             {"rule", "rule", "规则"},
                             {"title", "title", "名称"},
                             {"alias", "other names", "又称"},
                             {"effective", "in force from", "施行日期"},
                             {"migrates", "migrates", "承接"},
                             {"calendar", "calendar", "日历"},
                             {"initial", "begins in", "起始环节"},
                             {"parts", "parts", "组成"},
                             {"form", "form", "形式"},
                             {"party", "who it is", "性质"},
                             {"default", "default", "缺省值"},
                             {"judged by", "decided by", "裁量行为"},
                             {"need", "need", "是否必交"},
                             {"parameters", "what is told of it", "登记内容"},
                             {"powers", "powers", "权限"},
                             {"end", "end", "终结"},
                             {"holder", "held by", "待办"},
                             {"acts", "acts", "办理"},
                             {"branches", "in parallel", "并联"},
                             {"time", "time", "期限"},
                             {"rolling", "last day", "最后一日"},
                             {"ends", "ends", "届满时刻"},
                             {"from", "from", "起算"},
                             {"to", "to", "截止"},
                             {"per", "one clock per", "分别计算"},
                             {"severity", "severity", "级别"},
                             {"duty", "duty", "责任岗位"},
                             {"stops", "stops and extensions", "扣除与延长"},
                             {"runs out", "when it runs out", "届满"},
                             {"kind", "kind", "性质"},
                             {"basis", "basis", "依据"},
                             {"says", "says", "内容"},
                             {"except", "exceptions", "例外"},
                             {"other", "other", "其他"}};

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

/* What the words do not show: they are the same, or there are none. */
static void print_unseen(comparison *with)
{
    const char *note = CLI_SAY(with->session,
                               "it reads the same; a function, table or type that it uses says "
                               "something else",
                               "文字相同；所用的函数、决策表或者类型有变");
    cli_output_add_spaces(&with->session->out, DETAIL_INDENT);
    cli_paragraph_print(&with->session->out, (gj_text){note, strlen(note)}, DETAIL_INDENT,
                        DETAIL_INDENT);
}

static bool difference_show(void *payload, const gj_difference *difference)
{
    comparison *with = payload;
    cli_session *session = with->session;
    cli_output *out = &session->out;
    with->count++;
    cli_output_add_spaces(out, INDENT);
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
    if (cli_text_equal(difference->was, difference->is)) {
        print_unseen(with);
        return true;
    }
    print_side(with, "− ", CLI_FAINT, difference->was);
    print_side(with, "+ ", CLI_PLAIN, difference->is);
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

static uint32_t version_of(const cli_program *program, size_t index)
{
    return gj_image_procedure_version(program->image, index);
}

/* One that both have, or, with GJ_NO_INDEX for the other, one alone. */
static void print_heading(comparison *with)
{
    cli_session *session = with->session;
    cli_output *out = &session->out;
    bool is_new = with->was_index == GJ_NO_INDEX, is_gone = with->is_index == GJ_NO_INDEX;
    cli_output_add_string(out, with->procedure_count > 0 ? "\n" : "");
    cli_output_add_string(out, is_new ? "+ " : is_gone ? "− " : "");
    cli_output_style(out, CLI_STRONG);
    cli_output_add_text(out, is_gone ? gj_image_procedure_name(with->was.image, with->was_index)
                                     : gj_image_procedure_name(with->is.image, with->is_index));
    cli_output_style(out, CLI_PLAIN);
    if (is_new)
        cli_output_add_format(
            out, CLI_SAY(session, "  version %" PRIu32 ", new\n", "  第%" PRIu32 "版，新增流程\n"),
            version_of(&with->is, with->is_index));
    else if (is_gone)
        cli_output_add_format(
            out, CLI_SAY(session, "  version %" PRIu32 ", gone\n", "  第%" PRIu32 "版，取消流程\n"),
            version_of(&with->was, with->was_index));
    else
        cli_output_add_format(out,
                              CLI_SAY(session, "  version %" PRIu32 " → %" PRIu32 "\n",
                                      "  第%" PRIu32 "版 → 第%" PRIu32 "版\n"),
                              version_of(&with->was, with->was_index),
                              version_of(&with->is, with->is_index));
}

static void print_version(cli_output *out, const char *key, const cli_program *program,
                          size_t index)
{
    if (index == GJ_NO_INDEX)
        cli_output_add_format(out, ",\"%s\":null", key);
    else
        cli_output_add_format(out, ",\"%s\":%" PRIu32, key, version_of(program, index));
}

static void begin_object(comparison *with)
{
    cli_output *out = &with->session->out;
    bool is_new = with->was_index == GJ_NO_INDEX, is_gone = with->is_index == GJ_NO_INDEX;
    cli_output_add_string(out,
                          with->procedure_count > 0 ? ",\n{\"procedure\":" : "\n{\"procedure\":");
    cli_json_print_text(out, is_gone ? gj_image_procedure_name(with->was.image, with->was_index)
                                     : gj_image_procedure_name(with->is.image, with->is_index));
    if (is_new || is_gone)
        cli_output_add_format(out, ",\"change\":\"%s\"", is_new ? "added" : "removed");
    print_version(out, "was", &with->was, with->was_index);
    print_version(out, "is", &with->is, with->is_index);
    cli_output_add_string(out, ",\"differences\":[");
}

static void compare_both(comparison *with)
{
    cli_session *session = with->session;
    bool whole = session->format == CLI_JSON;
    cli_complain_status(session, gj_image_compare(with->was.image, with->was_index, with->is.image,
                                                  with->is_index, session->lang, with,
                                                  whole ? difference_print : difference_show));
    if (!whole && with->count == 0) {
        cli_output_add_spaces(&session->out, INDENT);
        cli_output_add_string(&session->out, CLI_SAY(session, "no difference\n", "没有不同\n"));
    }
    with->total += with->count;
}

static void compare_one(comparison *with)
{
    bool whole = with->session->format == CLI_JSON;
    with->count = 0;
    if (whole)
        begin_object(with);
    else
        print_heading(with);
    if (with->was_index != GJ_NO_INDEX && with->is_index != GJ_NO_INDEX)
        compare_both(with);
    else
        with->total++;
    cli_output_add_string(&with->session->out, whole ? "]}" : "");
    with->procedure_count++;
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
        compare_one(with);
    }
    with->is_index = GJ_NO_INDEX;
    for (size_t i = 0; i < gj_image_procedure_count(with->was.image); i++) {
        gj_text name = gj_image_procedure_name(with->was.image, i);
        with->was_index = i;
        if (gj_image_procedure_find(with->is.image, name) == GJ_NO_INDEX)
            compare_one(with);
    }
    cli_output_add_string(&session->out, whole ? "]}\n" : "");
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
