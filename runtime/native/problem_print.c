/* SPDX-License-Identifier: Apache-2.0
 *
 * Why natives are refused, and why a call failed, in words. */
#include "base/buffer.h"
#include "base/text.h"

#include <string.h>

const char *gj_native_failure_name(gj_native_failure failure)
{
    static const char *const names[GJ_NATIVE_FAILURE_COUNT] = {
        "",       "reported",  "rubbish",   "timed-out", "crashed",
        "exited", "forbidden", "too-large", "no-helper",
    };
    return (unsigned)failure < GJ_NATIVE_FAILURE_COUNT ? names[failure] : "";
}

/* Each `%` of the form is one text. */
typedef struct forms {
    const char *en, *zh;
} forms;

static forms form_of(const gj_native_problem *p)
{
    switch (p->fault) {
    case GJ_NATIVE_FAULT_NONE:
        break;
    case GJ_NATIVE_FAULT_IO:
        return (forms){"$text cannot be read: $system", "无法读取 $text：$system"};
    case GJ_NATIVE_FAULT_SYNTAX:
        return (forms){"line $line of the manifest is not JSON: $note",
                       "清单第 $line 行不是合法的 JSON：$note"};
    case GJ_NATIVE_FAULT_FIELD:
        return (forms){"the manifest$where: \"$text\" is missing, not known here, or not what it "
                       "must be",
                       "清单$where：“$text”缺失、不应出现在此处，或内容不合要求"};
    case GJ_NATIVE_FAULT_TWICE:
        return (forms){"the manifest$where: granted already", "清单$where：重复列出"};
    case GJ_NATIVE_FAULT_HASH:
        return (forms){"the manifest$where: the file's SHA-256 is another one, $text",
                       "清单$where：文件的 SHA-256 与清单不符，实为 $text"};
    case GJ_NATIVE_FAULT_LOAD:
        return (forms){"the manifest$where: the library cannot be loaded: $text",
                       "清单$where：该库无法载入：$text"};
    case GJ_NATIVE_FAULT_SYMBOL:
        return (forms){"the manifest$where: the library has no function \"$text\"",
                       "清单$where：该库中没有函数“$text”"};
    case GJ_NATIVE_FAULT_HELPER:
        return (forms){"the program guiju-native cannot be started: $system",
                       "无法启动程序 guiju-native：$system"};
    case GJ_NATIVE_FAULT_SANDBOX:
        return (forms){"this system does not let natives be fenced in (seccomp): $system",
                       "本系统不允许对外接函数加以隔离（seccomp）：$system"};
    case GJ_NATIVE_FAULT_MISSING:
        return (forms){"the native \"$native\" is not granted; the procedure needs it as $wanted",
                       "外接“$native”未获准许；流程要求：$wanted"};
    case GJ_NATIVE_FAULT_SIGNATURE:
        return (forms){"the native \"$native\" is granted as $text; the procedure needs it as "
                       "$wanted",
                       "外接“$native”获准的形式为：$text；流程要求：$wanted"};
    }
    return (forms){"", ""};
}

/* ", library "x", native "y"" */
static void where_add(gjb_buffer *out, const gj_native_problem *p, gj_lang lang)
{
    if (p->library.size > 0) {
        gjb_buffer_add_string(out, lang == GJ_ZH ? "中的库“" : ", library \"");
        gjb_buffer_add_text(out, p->library);
        gjb_buffer_add_string(out, lang == GJ_ZH ? "”" : "\"");
    }
    if (p->native.size > 0) {
        gjb_buffer_add_string(out, lang == GJ_ZH ? "中的外接“" : ", native \"");
        gjb_buffer_add_text(out, p->native);
        gjb_buffer_add_string(out, lang == GJ_ZH ? "”" : "\"");
    }
}

static bool slot_is(const char **at, const char *name)
{
    size_t size = strlen(name);
    bool is = strncmp(*at, name, size) == 0;
    *at += is ? size : 0;
    return is;
}

static void slot_add(gjb_buffer *out, const char **at, const gj_native_problem *p, gj_lang lang)
{
    if (slot_is(at, "$text")) {
        gjb_buffer_add_text(out, p->text);
    } else if (slot_is(at, "$wanted")) {
        gjb_buffer_add_text(out, p->wanted);
    } else if (slot_is(at, "$native")) {
        gjb_buffer_add_text(out, p->native);
    } else if (slot_is(at, "$note")) {
        gjb_buffer_add_string(out, p->note != NULL ? p->note : "");
    } else if (slot_is(at, "$line")) {
        gjb_buffer_add_int(out, (int64_t)p->line);
    } else if (slot_is(at, "$system")) {
        gjb_buffer_add_string(out, gj_system_error_text(p->error_number, lang));
    } else if (slot_is(at, "$where")) {
        where_add(out, p, lang);
    } else {
        gjb_buffer_add_byte(out, *(*at)++);
    }
}

gj_status gj_native_problem_print(const gj_native_problem *problem, gj_lang lang,
                                  const gj_writer *out)
{
    forms form = form_of(problem);
    gjb_buffer text;
    gjb_buffer_init(&text, gjb_alloc_default());
    for (const char *at = lang == GJ_ZH ? form.zh : form.en; *at != '\0';) {
        slot_add(&text, &at, problem, lang);
    }
    gj_status status = gjb_buffer_write(&text, out);
    gjb_buffer_deinit(&text);
    return status;
}
