/* SPDX-License-Identifier: Apache-2.0
 *
 * See problem.h. A message says where, what, and what to do, in one line; what is quoted from the
 * file is made harmless first: no control characters, no broken UTF-8. The sentences of the two
 * languages stand side by side in one table, with the same four pieces put in where the letters
 * stand: %f the field, %t the text, %n the library's own words. */
#include "feed/problem.h"
#include "base/buffer.h"
#include "base/text.h"

#include <string.h>

void gjr_problem_set(gj_problem *problem, gj_problem_code code, uint64_t line, gj_text text,
                     const char *note)
{
    if (text.size > GJR_PROBLEM_TEXT_SIZE_MAX) {
        text.size = GJR_PROBLEM_TEXT_SIZE_MAX;
        while (text.size > GJR_PROBLEM_TEXT_SIZE_MAX - 4 &&
               ((unsigned char)text.bytes[text.size] & 0xC0) == 0x80) {
            text.size--;
        }
    }
    *problem = (gj_problem){.code = code, .line = line, .text = text, .note = note};
}

static const char *const sentences[][2] = {
    [GJ_PROBLEM_NONE] = {"nothing is wrong", "没有问题"},
    [GJ_PROBLEM_SYNTAX] = {"this cannot be read%n%t; correct it where it was written",
                           "格式有误，无法读取%n%t；请在来源系统中更正"},
    [GJ_PROBLEM_UTF8] = {"this is not valid UTF-8%t; save the file as UTF-8",
                         "不是有效的 UTF-8 编码%t；请将文件另存为 UTF-8 编码"},
    [GJ_PROBLEM_FIELD] =
        {"the required field \"%f\" is missing%n; an event needs a case, an action and "
         "a time",
         "缺少必填项“%f”%n；事件应当写明办件编号、动作和时间"},
    [GJ_PROBLEM_TYPE] = {"the value%t cannot stand in \"%f\"%n; correct its type",
                         "“%f”的值%t类型不符%n；请更正"},
    [GJ_PROBLEM_TIME] =
        {"the time%t in \"%f\" cannot be read; write it as 2024-02-05T09:12:00+08:00",
         "“%f”中的时间%t无法识别；请写成 2024-02-05T09:12:00+08:00"},
    [GJ_PROBLEM_TOO_LONG] = {"this is longer than is allowed%n%t; it was skipped",
                             "内容超过允许的长度%n%t；已跳过"},
    [GJ_PROBLEM_TRUNCATED] = {"the file ends in the middle%n%t; obtain the whole file, what came "
                              "before has been read",
                              "文件不完整，到此中断%n%t；请取得完整文件，此前的内容已读取"},
    [GJ_PROBLEM_PROCEDURE] = {"this event belongs to another procedure%t; replay it with that "
                              "procedure's image",
                              "该事件属于其他事项%t；请用该事项的规则文件回放"},
    [GJ_PROBLEM_UNASSIGNED] =
        {"this event names no procedure, and several are judged here; add "
         "\"%f\" to it, or choose one procedure",
         "该事件未写明所属流程，而此处有多个流程；请在“%f”中写明，或者只选定一个流程"},
    [GJ_PROBLEM_TWOFOLD] =
        {"this event corrects one event and retracts another%t, so it was not taken; tell the two "
         "as two events",
         "该事件既更正一项事件，又撤销另一项事件%t，未予收入；请分作两项报送"},
    [GJ_PROBLEM_ITSELF] =
        {"\"%f\" names this event itself%t, so it was not taken; write there the id "
         "of the event that it means",
         "“%f”所指的就是该事件本身%t，未予收入；请写明所指事件的编号"},
    [GJ_PROBLEM_UNMET] = {"\"%f\" comes to an event%t that was not told, so this one has no "
                          "effect; tell that one too, "
                          "or write the right id",
                          "“%f”所指的事件%t尚未报送，该事件不起作用；请补报所指事件，或者改正编号"},
    [GJ_PROBLEM_CIRCLE] =
        {"\"%f\" leads into a circle through%t, so this event has no effect; what corrects or "
         "retracts has to "
         "end at an act as it was first told",
         "“%f”所指的事件经由%t形成循环，该事件不起作用；更正或者撤销应当最终指向首次报送的事件"},
    [GJ_PROBLEM_OTHER_CASE] =
        {"\"%f\" names an event%t of another case, so this one has no effect; name an event of the "
         "same case",
         "“%f”所指的事件%t属于另一办件，该事件不起作用；请指向同一办件的事件"},
    [GJ_PROBLEM_RETRACTION] =
        {"\"%f\" names an event%t that retracts another, and has no effect; retract the retraction "
         "instead, and the act stands again",
         "“%f”所指的事件%t是一项撤销，不能更正，该事件不起作用；如撤销有误，请撤销该项撤销"},
    [GJ_PROBLEM_DOCUMENT] =
        {"the procedure has no document%t, so it was not taken as submitted; write its name or "
         "title "
         "as the procedure does, or declare it there",
         "流程中没有材料%t，未按已提交处理；请按流程所写的名称或标题填写，或者在流程中列出该材料"},
    [GJ_PROBLEM_CONFLICT] =
        {"an event with the same source and id%t was read before with other "
         "content; the first one stands; keep only the right one in the file",
         "来源和编号相同的事件%t此前已读取且内容不同；以先读取的为准，请在文件中只保留正确的一条"},
};

static const struct {
    const char *en, *zh;
} notes[] = {
#define GJR_NOTE(NAME, en, zh) {en, zh},
#include "feed/notes.def"
#undef GJR_NOTE
};

const char *gjr_note(gjr_note_name name)
{
    return notes[name].en;
}

static const char *note_in(const char *note, gj_lang lang)
{
    for (size_t i = 0; lang == GJ_ZH && i < sizeof notes / sizeof notes[0]; i++) {
        if (strcmp(notes[i].en, note) == 0) {
            return notes[i].zh;
        }
    }
    return note;
}

/* One line, whatever stood there. */
static void add_harmless(gjb_buffer *out, gj_text text)
{
    for (size_t i = 0; i < text.size;) {
        size_t size = gjb_text_character_size(text, i);
        unsigned char byte = (unsigned char)text.bytes[i];
        bool c1 = size == 2 && byte == 0xC2 && (unsigned char)text.bytes[i + 1] < 0xA0;
        if (size == 0) {
            gjb_buffer_add_string(out, "\xEF\xBF\xBD");
        } else if (byte < 0x20 || byte == 0x7F || c1) {
            gjb_buffer_add_byte(out, ' ');
        } else {
            gjb_buffer_add(out, text.bytes + i, size);
        }
        i += size > 0 ? size : 1;
    }
}

static void add_quoted(gjb_buffer *out, gj_text text, gj_lang lang)
{
    if (text.size == 0) {
        return;
    }
    gjb_buffer_add_string(out, lang == GJ_ZH ? "“" : " \"");
    add_harmless(out, text);
    gjb_buffer_add_string(out, lang == GJ_ZH ? "”" : "\"");
}

static void add_note(gjb_buffer *out, const char *note, gj_lang lang)
{
    if (note != NULL) {
        gjb_buffer_add_string(out, lang == GJ_ZH ? "（" : " (");
        add_harmless(out, gjb_text_of(note_in(note, lang)));
        gjb_buffer_add_string(out, lang == GJ_ZH ? "）" : ")");
    }
}

gj_status gj_problem_print(const gj_problem *problem, gj_lang lang, const gj_writer *out)
{
    if (problem == NULL || out == NULL || problem->code > GJ_PROBLEM_CONFLICT) {
        return GJ_BAD_ARGUMENT;
    }
    gjb_buffer buffer;
    gjb_buffer_init(&buffer, NULL);
    if (problem->line > 0) {
        gjb_buffer_add_format(&buffer, lang == GJ_ZH ? "第%llu行：" : "line %llu: ",
                              (unsigned long long)problem->line);
    }
    const char *from = sentences[problem->code][lang == GJ_ZH];
    for (const char *at; (at = strchr(from, '%')) != NULL; from = at + 2) {
        gjb_buffer_add(&buffer, from, (size_t)(at - from));
        if (at[1] == 'f') {
            add_harmless(&buffer, problem->field);
        } else if (at[1] == 't') {
            add_quoted(&buffer, problem->text, lang);
        } else {
            add_note(&buffer, problem->note, lang);
        }
    }
    gjb_buffer_add_string(&buffer, from);
    gj_status status = gjb_buffer_write(&buffer, out);
    gjb_buffer_deinit(&buffer);
    return status;
}
