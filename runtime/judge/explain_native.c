/* SPDX-License-Identifier: Apache-2.0
 *
 * Why a native gave no result, in either language. It is told of the system and of nobody. */
#include "judge/phrase.h"

static void failure_en(const gj_finding *finding, gjb_buffer *out)
{
    long long number = (long long)finding->native_number;
    switch (finding->native_failure) {
    case GJ_NATIVE_REPORTED:
        gjb_buffer_add_format(out, "it said itself that it had failed, with %lld", number);
        break;
    case GJ_NATIVE_RUBBISH:
        gjb_buffer_add_string(out, "what it gave is no value of its type");
        break;
    case GJ_NATIVE_TIMED_OUT:
        gjb_buffer_add_format(out, "it had not answered after %lld ms", number);
        break;
    case GJ_NATIVE_CRASHED:
        gjb_buffer_add_format(out, "it crashed, by signal %lld", number);
        break;
    case GJ_NATIVE_EXITED:
        gjb_buffer_add_format(out, "it ended its process, with status %lld", number);
        break;
    case GJ_NATIVE_FORBIDDEN:
        gjb_buffer_add_string(out, "it did what a native is not allowed to do");
        break;
    case GJ_NATIVE_TOO_LARGE:
        gjb_buffer_add_string(out, "what it was to be given is too large");
        break;
    case GJ_NATIVE_NO_HELPER:
        gjb_buffer_add_string(out, "the process that runs it could not be started");
        break;
    case GJ_NATIVE_FAILURE_NONE:
    case GJ_NATIVE_FAILURE_COUNT:
        break;
    }
}

static void failure_zh(const gj_finding *finding, gjb_buffer *out)
{
    long long number = (long long)finding->native_number;
    switch (finding->native_failure) {
    case GJ_NATIVE_REPORTED:
        gjb_buffer_add_format(out, "其自报失败，代号%lld", number);
        break;
    case GJ_NATIVE_RUBBISH:
        gjb_buffer_add_string(out, "所给结果不是应有类型的值");
        break;
    case GJ_NATIVE_TIMED_OUT:
        gjb_buffer_add_format(out, "经%lld毫秒仍无结果", number);
        break;
    case GJ_NATIVE_CRASHED:
        gjb_buffer_add_format(out, "运行中崩溃，信号%lld", number);
        break;
    case GJ_NATIVE_EXITED:
        gjb_buffer_add_format(out, "其进程自行退出，退出状态%lld", number);
        break;
    case GJ_NATIVE_FORBIDDEN:
        gjb_buffer_add_string(out, "其所为超出对外接的准许");
        break;
    case GJ_NATIVE_TOO_LARGE:
        gjb_buffer_add_string(out, "应交付的数据过大");
        break;
    case GJ_NATIVE_NO_HELPER:
        gjb_buffer_add_string(out, "运行外接的进程无法启动");
        break;
    case GJ_NATIVE_FAILURE_NONE:
    case GJ_NATIVE_FAILURE_COUNT:
        break;
    }
}

void gjr_explain_native(const gj_finding *finding, gj_lang lang, gjb_buffer *out)
{
    bool zh = lang == GJ_ZH;
    gjb_buffer_add_string(out, zh ? "，判定所需的外接" : "; the native ");
    gjr_phrase_print_quoted(out, lang, finding->subject_title);
    gjb_buffer_add_string(out, zh ? "（来自" : " of ");
    gjr_phrase_print_quoted(out, lang, finding->native_library);
    gjb_buffer_add_string(out, zh ? "）没有给出结果：" : ", which a clause asks, gave no result: ");
    if (zh) {
        failure_zh(finding, out);
    } else {
        failure_en(finding, out);
    }
    gjb_buffer_add_string(
        out, zh ? "。依其结果判定的内容无法判定。本条只涉及系统，不涉及办理人员。"
                : ". What rests on it cannot be said. This is about the system and not "
                  "about any officer.");
}
