/* SPDX-License-Identifier: Apache-2.0
 *
 * A diagnostic as programs read it: an object of our own, whose keys are stable, and SARIF 2.1.0
 * (OASIS), which code hosts and editors show. Both give lines and columns in code points, 1-based,
 * the end being the place behind the last character; the log around the results says so with
 * "columnKind". Of a SARIF log only what depends on a diagnostic is made here. */
#include "base/text.h"
#include "syntax/diag.h"

typedef struct place {
    gj_text path;
    gjc_position begin, end;
} place;

static place place_of(const gjc_sources *sources, gjc_span span)
{
    const gjc_source *source = gjc_sources_get(sources, span.source);
    return (place){source->path, gjc_source_position(source, span.begin),
                   gjc_source_position(source, span.end)};
}

static gj_text words_of(gjc_arg words, gj_lang lang)
{
    return lang == GJ_ZH && words.zh.bytes != NULL ? words.zh : words.en;
}

static const char *severity_name(gjc_severity severity)
{
    return severity == GJC_ERROR ? "error" : "warning";
}

/* "KEY":"…" of what a buffer holds, which is emptied. */
static void words_print(const char *key, gjb_buffer *words, gjb_buffer *out)
{
    gjb_buffer_add_format(out, "\"%s\":", key);
    gjb_buffer_add_json(out, gjb_buffer_text(words));
    out->failed = out->failed || words->failed;
    gjb_buffer_reset(words);
}

/* ---- our own ---- */

static void place_print(const gjc_sources *sources, gjc_span span, gjb_buffer *out)
{
    place at = place_of(sources, span);
    gjb_buffer_add_string(out, "\"file\":");
    gjb_buffer_add_json(out, at.path);
    gjb_buffer_add_format(out, ",\"line\":%u,\"column\":%u,\"end_line\":%u,\"end_column\":%u",
                          at.begin.line, at.begin.column, at.end.line, at.end.column);
}

static void notes_print(const gjc_diag *diag, const gjc_sources *sources, gj_lang lang,
                        gjb_buffer *out)
{
    if (diag->notes == NULL) {
        return;
    }
    gjb_buffer_add_string(out, ",\"notes\":[");
    for (const gjc_diag_note *note = diag->notes; note != NULL; note = note->next) {
        gjb_buffer_add_string(out, note == diag->notes ? "{\"message\":" : ",{\"message\":");
        gjb_buffer_add_json(out, words_of(note->words, lang));
        gjb_buffer_add_byte(out, ',');
        place_print(sources, note->span, out);
        gjb_buffer_add_byte(out, '}');
    }
    gjb_buffer_add_byte(out, ']');
}

static void fix_print(const gjc_diag *diag, const gjc_sources *sources, gjb_buffer *out)
{
    const gjc_edit *at = NULL;
    gjc_edit edit;
    size_t count = 0;
    for (; gjc_diag_edit_next(diag, &at, &edit); count++) {
        if (count == 0) {
            gjb_buffer_add_format(out, ",\"fix\":{\"certain\":%s,\"edits\":[",
                                  diag->is_certain ? "true" : "false");
        } else {
            gjb_buffer_add_byte(out, ',');
        }
        gjb_buffer_add_string(out, "{\"span\":{");
        place_print(sources, edit.span, out);
        gjb_buffer_add_string(out, "},\"replacement\":");
        gjb_buffer_add_json(out, edit.replacement);
        gjb_buffer_add_byte(out, '}');
    }
    gjb_buffer_add_string(out, count > 0 ? "]}" : "");
}

void gjc_diag_print_json(const gjc_diag *diag, const gjc_sources *sources, gj_lang lang,
                         gjb_buffer *out)
{
    gjb_buffer words;
    gjb_buffer_init(&words, out->allocator);
    gjb_buffer_add_format(out, "{\"code\":\"%s\",\"severity\":\"%s\",",
                          gjc_diag_code_name(diag->code), severity_name(diag->severity));
    place_print(sources, diag->span, out);
    gjc_diag_print_message(diag, lang, &words);
    gjb_buffer_add_byte(out, ',');
    words_print("message", &words, out);
    gjc_diag_print_hint(diag, lang, &words);
    if (words.size > 0) {
        gjb_buffer_add_byte(out, ',');
        words_print("hint", &words, out);
    }
    if (gjb_text_is_present(diag->suggestion)) {
        gjb_buffer_add_string(out, ",\"suggestion\":");
        gjb_buffer_add_json(out, diag->suggestion);
    }
    notes_print(diag, sources, lang, out);
    fix_print(diag, sources, out);
    gjb_buffer_add_byte(out, '}');
    gjb_buffer_deinit(&words);
}

/* ---- SARIF ---- */

/* A URI reference (RFC 3986): an absolute path gets its scheme, all but the plainest bytes are
 * percent-encoded. */
static void uri_print(gj_text path, gjb_buffer *out)
{
    bool is_absolute = path.size > 0 && path.bytes[0] == '/';
    gjb_buffer_add_string(out, is_absolute ? "\"file://" : "\"");
    for (size_t i = 0; i < path.size; i++) {
        char c = path.bytes[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '/' || c == '.' || c == '-' || c == '_' || c == '~';
        if (plain) {
            gjb_buffer_add_byte(out, c);
        } else {
            gjb_buffer_add_format(out, "%%%02X", (unsigned)(unsigned char)c);
        }
    }
    gjb_buffer_add_byte(out, '"');
}

static void artifact_print(place at, gjb_buffer *out)
{
    gjb_buffer_add_string(out, "\"artifactLocation\":{\"uri\":");
    uri_print(at.path, out);
    gjb_buffer_add_byte(out, '}');
}

static void region_print(const char *key, place at, gjb_buffer *out)
{
    gjb_buffer_add_format(
        out, "\"%s\":{\"startLine\":%u,\"startColumn\":%u,\"endLine\":%u,\"endColumn\":%u}", key,
        at.begin.line, at.begin.column, at.end.line, at.end.column);
}

static void physical_print(const gjc_sources *sources, gjc_span span, gjb_buffer *out)
{
    place at = place_of(sources, span);
    gjb_buffer_add_string(out, "\"physicalLocation\":{");
    artifact_print(at, out);
    gjb_buffer_add_byte(out, ',');
    region_print("region", at, out);
    gjb_buffer_add_byte(out, '}');
}

static void related_print(const gjc_diag *diag, const gjc_sources *sources, gj_lang lang,
                          gjb_buffer *out)
{
    if (diag->notes == NULL) {
        return;
    }
    size_t id = 0;
    gjb_buffer_add_string(out, ",\"relatedLocations\":[");
    for (const gjc_diag_note *note = diag->notes; note != NULL; note = note->next, id++) {
        gjb_buffer_add_format(out, "%s{\"id\":%zu,", id > 0 ? "," : "", id);
        physical_print(sources, note->span, out);
        gjb_buffer_add_string(out, ",\"message\":{\"text\":");
        gjb_buffer_add_json(out, words_of(note->words, lang));
        gjb_buffer_add_string(out, "}}");
    }
    gjb_buffer_add_byte(out, ']');
}

/* A fix is one change to one file: every edit of a diagnostic stands in the file of its span. */
static void fixes_print(const gjc_diag *diag, const gjc_sources *sources, gj_lang lang,
                        gjb_buffer *out)
{
    const gjc_edit *at = NULL;
    gjc_edit edit;
    size_t count = 0;
    for (; gjc_diag_edit_next(diag, &at, &edit); count++) {
        place where = place_of(sources, edit.span);
        if (count == 0) {
            gjb_buffer_add_string(out, ",\"fixes\":[{\"description\":{\"text\":");
            gjb_buffer_add_json(out, gjb_text_of(lang == GJ_ZH ? "替换" : "replace"));
            gjb_buffer_add_string(out, "},\"artifactChanges\":[{");
            artifact_print(where, out);
            gjb_buffer_add_string(out, ",\"replacements\":[");
        }
        gjb_buffer_add_string(out, count > 0 ? ",{" : "{");
        region_print("deletedRegion", where, out);
        gjb_buffer_add_string(out, ",\"insertedContent\":{\"text\":");
        gjb_buffer_add_json(out, edit.replacement);
        gjb_buffer_add_string(out, "}}");
    }
    if (count > 0) {
        gjb_buffer_add_format(out, "]}],\"properties\":{\"certain\":%s}}]",
                              diag->is_certain ? "true" : "false");
    }
}

void gjc_diag_print_sarif(const gjc_diag *diag, const gjc_sources *sources, gj_lang lang,
                          gjb_buffer *out)
{
    gjb_buffer words;
    gjb_buffer_init(&words, out->allocator);
    gjb_buffer_add_format(out, "{\"ruleId\":\"%s\",\"level\":\"%s\",\"message\":{",
                          gjc_diag_code_name(diag->code), severity_name(diag->severity));
    gjc_diag_print_message(diag, lang, &words);
    size_t size = words.size;
    gjb_buffer_add_string(&words, lang == GJ_ZH ? "\n提示：" : "\nhint: ");
    size_t with_lead = words.size;
    gjc_diag_print_hint(diag, lang, &words);
    words.size = words.size > with_lead ? words.size : size;
    words_print("text", &words, out);
    gjb_buffer_add_string(out, "},\"locations\":[{");
    physical_print(sources, diag->span, out);
    gjb_buffer_add_string(out, "}]");
    related_print(diag, sources, lang, out);
    fixes_print(diag, sources, lang, out);
    gjb_buffer_add_byte(out, '}');
    gjb_buffer_deinit(&words);
}

void gjc_diag_code_print_sarif(gjc_diag_code code, gj_lang lang, gjb_buffer *out)
{
    gjb_buffer words;
    gjb_buffer_init(&words, out->allocator);
    gjb_buffer_add_format(out, "{\"id\":\"%s\",\"shortDescription\":{", gjc_diag_code_name(code));
    gjc_diag_code_print_message(code, lang, &words);
    words_print("text", &words, out);
    gjb_buffer_add_string(out, "},\"help\":{");
    gjc_diag_code_explain(code, lang, &words);
    gjb_buffer_add_byte(&words, '\n');
    gjc_diag_code_explain(code, lang == GJ_ZH ? GJ_EN : GJ_ZH, &words);
    words_print("text", &words, out);
    gjb_buffer_add_format(out, "},\"defaultConfiguration\":{\"level\":\"%s\"}}",
                          severity_name(gjc_diag_code_severity(code)));
    gjb_buffer_deinit(&words);
}
