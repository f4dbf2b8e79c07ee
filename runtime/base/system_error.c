/* SPDX-License-Identifier: Apache-2.0
 *
 * The system's reasons in the reader's language: system_error.def. */
#include <guiju/guiju.h>

#include <errno.h>
#include <stddef.h>

static const struct reason {
    int number;
    const char *en, *zh;
} reasons[] = {
#define SYSTEM_ERROR(number, en, zh) {number, en, zh},
#include "base/system_error.def"
#undef SYSTEM_ERROR
};

const char *gj_system_error_text(int number, gj_lang lang)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].number == number) {
            return lang == GJ_ZH ? reasons[i].zh : reasons[i].en;
        }
    }
    if (number == 0) {
        return lang == GJ_ZH ? "原因不明" : "unknown reason";
    }
    return lang == GJ_ZH ? "系统报告其他错误" : "the system reports another error";
}
