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
    [GJ_CAUSE_CALENDAR] = {"calendar", "another revision of the calendar", "日历版本更新"},
    [GJ_CAUSE_MIGRATION] = {"migration", "another version of the procedure", "承接至新版本"},
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

static const char *const classes[] = {
    [GJ_DAY_WORKING] = "working", [GJ_DAY_WEEKEND] = "weekend", [GJ_DAY_HOLIDAY] = "holiday",
    [GJ_DAY_OFF] = "off",         [GJ_DAY_ON] = "on",
};

static void day_add(gjb_buffer *out, const char *key, gj_day day)
{
    if (day != GJ_NO_DAY) {
        char written[16];
        gj_day_format(day, written, sizeof written);
        gjb_buffer_add_format(out, ",\"%s\":\"%s\"", key, written);
    }
}

static void days_add(gjb_buffer *out, const gj_recounted *recounted)
{
    gjb_buffer_add_string(out, ",\"days\":[");
    for (size_t i = 0; i < recounted->day_count; i++) {
        const gj_day_change *days = &recounted->days[i];
        char from[16], to[16];
        gj_day_format(days->from, from, sizeof from);
        gj_day_format(days->to, to, sizeof to);
        gjb_buffer_add_format(out, "%s{\"from\":\"%s\",\"to\":\"%s\",\"was\":\"%s\",\"is\":\"%s\"",
                              i > 0 ? "," : "", from, to, classes[days->was], classes[days->is]);
        text_add(out, "name_was", days->name_was);
        text_add(out, "name", days->name_is);
        gjb_buffer_add_string(out, "}");
    }
    gjb_buffer_add_string(out, "]");
}

static void recounted_add(gjb_buffer *out, const gj_recounted *recounted)
{
    if (recounted == NULL) {
        return;
    }
    text_add(out, "was", recounted->was);
    text_add(out, "is", recounted->is);
    day_add(out, "published_was", recounted->published_was);
    day_add(out, "published", recounted->published_is);
    if (recounted->hours) {
        gjb_buffer_add_string(out, ",\"hours\":true");
    }
    days_add(out, recounted);
}

static void cause_add(gjb_buffer *out, const gj_revision *revision)
{
    gjb_buffer_add_format(out, ",\"cause\":{\"why\":\"%s\"", gj_cause_name(revision->cause));
    text_add(out, "source", revision->cause_source);
    text_add(out, "event", revision->cause_id);
    if (revision->cause_line > 0) {
        gjb_buffer_add_format(out, ",\"line\":%llu", (unsigned long long)revision->cause_line);
    }
    recounted_add(out, revision->recounted);
    gjb_buffer_add_string(out, "}");
}

static void now_add(gjb_buffer *out, gj_instant now, int32_t offset_s)
{
    if (now != INT64_MIN) {
        gjb_buffer_add_string(out, ",\"now\":\"");
        gjr_stamp_print_instant(now, offset_s, out);
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
    now_add(&out, revision->now, revision->finding->at_offset_s);
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

/* ---- when a limit falls due ---- */

static void due_add(gjb_buffer *out, const char *key, const gj_limit_note *note, int32_t offset_s)
{
    gjb_buffer_add_format(out, ",\"%s\":{\"at\":", key);
    if (note->due == GJ_NEVER) {
        gjb_buffer_add_string(out, "null");
    } else {
        gjb_buffer_add_string(out, "\"");
        gjr_stamp_print_instant(note->due, offset_s, out);
        gjb_buffer_add_string(out, "\"");
    }
    day_add(out, "due", note->due_day);
    if (note->due_open) {
        day_add(out, "due_earliest", note->due_earliest);
        day_add(out, "due_latest", note->due_latest);
    }
    gjb_buffer_add_string(out, "}");
}

static void limit_add(gjb_buffer *out, const gj_due_revision *revision)
{
    const gj_limit_note *limit = revision->after;
    gjb_buffer_add_string(out, ",\"case\":");
    gjb_buffer_add_json(out, revision->case_id);
    text_add(out, "branch", limit->branch);
    text_add(out, "subject", limit->limit);
    text_add(out, "subject_title", limit->limit_title);
    gjb_buffer_add_string(out, ",\"since\":\"");
    gjr_stamp_print_instant(limit->since, revision->now_offset_s, out);
    gjb_buffer_add_string(out, "\"");
    due_add(out, "before", revision->before, revision->now_offset_s);
    due_add(out, "after", revision->after, revision->now_offset_s);
}

gj_status gj_due_revision_print(const gj_due_revision *revision, const gj_writer *writer)
{
    if (revision == NULL || writer == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    gjb_buffer_add_string(&out, "{\"change\":\"due\"");
    now_add(&out, revision->now, revision->now_offset_s);
    gjb_buffer_add_format(&out, ",\"cause\":{\"why\":\"%s\"", gj_cause_name(GJ_CAUSE_CALENDAR));
    recounted_add(&out, revision->recounted);
    gjb_buffer_add_string(&out, "}");
    limit_add(&out, revision);
    gjb_buffer_add_string(&out, "}");
    gj_status status = gjb_buffer_write(&out, writer);
    gjb_buffer_deinit(&out);
    return status;
}
