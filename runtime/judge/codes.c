/* SPDX-License-Identifier: Apache-2.0
 *
 * The names of codes, from codes.def, and of the small closed lists of the public header. */
#include <guiju/guiju.h>

typedef struct code_row {
    const char *name, *en, *zh;
} code_row;

static const code_row codes[] = {
#define GJ_CODE(NAME, name, en, zh, severity) {name, en, zh},
#include <guiju/codes.def>
#undef GJ_CODE
};

const char *gj_code_name(gj_code code)
{
    return codes[code].name;
}

const char *gj_code_title(gj_code code, gj_lang lang)
{
    return lang == GJ_ZH ? codes[code].zh : codes[code].en;
}

const char *gj_severity_name(gj_severity severity)
{
    static const char *const names[] = {"notice", "yellow", "red"};
    return names[severity];
}

const char *gj_severity_title(gj_severity severity, gj_lang lang)
{
    static const char *const titles[] = {"提示", "黄牌", "红牌"};
    return lang == GJ_ZH ? titles[severity] : gj_severity_name(severity);
}

const char *gj_unit_name(gj_unit unit)
{
    static const char *const names[] = {"workdays", "days",  "hours",    "minutes",
                                        "months",   "years", "workhours"};
    return names[unit];
}

const char *gj_limit_kind_name(gj_limit_kind kind)
{
    static const char *const names[] = {"", "statutory", "promised"};
    return names[kind];
}

const char *gj_verdict_name(gj_verdict verdict)
{
    static const char *const names[] = {"holds", "holds-so-far", "curable", "violated",
                                        "undecided"};
    return names[verdict];
}

const char *gj_relation_name(gj_relation relation)
{
    static const char *const names[] = {
        "",         "followed-by", "preceded-by", "after-never",   "between-never",
        "not-both", "separate",    "join",        "separate-posts"};
    return names[relation];
}

const char *gj_why_name(gj_why why)
{
    static const char *const names[] = {"start", "counted", "worked", "weekend", "holiday",
                                        "off",   "stopped", "moved",  "target",  "open"};
    return names[why];
}

const char *gj_mark_name(gj_mark_kind kind)
{
    static const char *const names[] = {"started", "rung",    "ended",    "closed",
                                        "stopped", "resumed", "extended", "voided",
                                        "ran-out", "told",    "measured", "granted"};
    return names[kind];
}

const char *gj_account_status_name(gj_account_status status)
{
    static const char *const names[] = {"running", "stopped", "ended", "closed", "ran-out"};
    return names[status];
}
