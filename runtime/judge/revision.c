/* SPDX-License-Identifier: Apache-2.0
 *
 * A revision, as one JSON object and in names. */
#include "judge/finding.h"

#include "base/text.h"
#include "time/stamp.h"

typedef struct names {
    const char *name, *en, *zh;
} names;

static const names changes[] = {
    [GJ_FINDING_ADDED] = {"added", "added", "新增"},
    [GJ_FINDING_CHANGED] = {"changed", "changed", "变更"},
    [GJ_FINDING_WITHDRAWN] = {"withdrawn", "withdrawn", "撤回"},
};

static const names causes[] = {
    [GJ_CAUSE_TIME] = {"time", "the clock came to it", "时刻已到"},
    [GJ_CAUSE_EVENT] = {"event", "an event", "事件"},
    [GJ_CAUSE_LATE_EVENT] = {"late-event", "an event told late", "补报的事件"},
    [GJ_CAUSE_CORRECTION] = {"correction", "a correction", "更正"},
    [GJ_CAUSE_RETRACTION] = {"retraction", "a retraction", "撤销"},
};

const char *gj_change_name(gj_change change)
{
    return changes[change].name;
}

const char *gj_change_title(gj_change change, gj_lang lang)
{
    return lang == GJ_ZH ? changes[change].zh : changes[change].en;
}

const char *gj_cause_name(gj_cause_kind cause)
{
    return causes[cause].name;
}

const char *gj_cause_title(gj_cause_kind cause, gj_lang lang)
{
    return lang == GJ_ZH ? causes[cause].zh : causes[cause].en;
}

static void text_add(gjb_buffer *out, const char *key, gj_text text)
{
    if (gjb_text_is_present(text)) {
        gjb_buffer_add_format(out, ",\"%s\":", key);
        gjb_buffer_add_json(out, text);
    }
}

static void cause_add(gjb_buffer *out, const gj_revision *revision)
{
    gjb_buffer_add_format(out, ",\"cause\":{\"why\":\"%s\"", gj_cause_name(revision->cause));
    text_add(out, "source", revision->cause_source);
    text_add(out, "event", revision->cause_id);
    if (revision->cause_line > 0) {
        gjb_buffer_add_format(out, ",\"line\":%llu", (unsigned long long)revision->cause_line);
    }
    gjb_buffer_add_string(out, "}");
}

static void now_add(gjb_buffer *out, const gj_revision *revision)
{
    if (revision->now != INT64_MIN) {
        gjb_buffer_add_string(out, ",\"now\":\"");
        gjr_stamp_print_instant(revision->now, revision->finding->at_offset_s, out);
        gjb_buffer_add_string(out, "\"");
    }
}

gj_status gj_revision_print(const gj_revision *revision, gj_lang lang, const gj_writer *writer)
{
    if (revision == NULL || writer == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    gjb_buffer_add_format(&out, "{\"change\":\"%s\"", gj_change_name(revision->change));
    now_add(&out, revision);
    cause_add(&out, revision);
    gjb_buffer_add_string(&out, ",\"finding\":");
    gjr_finding_print(revision->finding, lang, &out);
    if (revision->before != NULL) {
        gjb_buffer_add_string(&out, ",\"before\":");
        gjr_finding_print(revision->before, lang, &out);
    }
    gjb_buffer_add_string(&out, "}");
    gj_status status = gjb_buffer_write(&out, writer);
    gjb_buffer_deinit(&out);
    return status;
}
