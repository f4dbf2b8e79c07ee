/* SPDX-License-Identifier: Apache-2.0
 *
 * See diag.h; this half gathers, diag_print.c says. */
#include "syntax/diag.h"
#include "base/text.h"
#include "time/stamp.h"

#include <assert.h>

gjc_arg gjc_arg_none(void)
{
    return (gjc_arg){0};
}

gjc_arg gjc_arg_text(gj_text text)
{
    return (gjc_arg){.en = text};
}

gjc_arg gjc_arg_string(const char *string)
{
    return (gjc_arg){.en = gjb_text_of(string)};
}

gjc_arg gjc_arg_words(const char *en, const char *zh)
{
    return (gjc_arg){.en = gjb_text_of(en), .zh = gjb_text_of(zh)};
}

static gj_text text_keep(gjc_diag_list *list, const gjb_buffer *text)
{
    return text->failed ? (gj_text){0} : gjb_arena_text(list->arena, gjb_buffer_text(text));
}

gjc_arg gjc_diag_number(gjc_diag_list *list, int64_t number)
{
    gjb_buffer digits;
    gjb_buffer_init(&digits, list->arena->allocator);
    gjb_buffer_add_int(&digits, number);
    gj_text text = text_keep(list, &digits);
    gjb_buffer_deinit(&digits);
    return gjc_arg_text(text);
}

gjc_arg gjc_diag_day(gjc_diag_list *list, gj_day day)
{
    gjr_civil civil = gjr_civil_of_day(gjr_civil_clamp(day));
    gjb_buffer text;
    gjc_arg words;
    gjb_buffer_init(&text, list->arena->allocator);
    gjr_stamp_print_day(day, &text);
    words.en = text_keep(list, &text);
    gjb_buffer_reset(&text);
    gjb_buffer_add_format(&text, "%d年%d月%d日", civil.year, civil.month, civil.day);
    words.zh = text_keep(list, &text);
    gjb_buffer_deinit(&text);
    return words;
}

void gjc_diag_list_init(gjc_diag_list *list, gjb_arena *arena)
{
    *list = (gjc_diag_list){.arena = arena};
}

/* A place in the list, or the spare where there is none. */
static gjc_diag *place_take(gjc_diag_list *list)
{
    if (list->count == GJC_DIAGS_MAX) {
        list->dropped++;
        return &list->spare;
    }
    gjc_diag *diag = gjb_arena_make(list->arena, 1, sizeof *diag);
    if (diag == NULL) {
        list->out_of_memory = true;
        list->dropped++;
        return &list->spare;
    }
    if (list->last != NULL) {
        list->last->next = diag;
    } else {
        list->first = diag;
    }
    list->last = diag;
    list->count++;
    return diag;
}

gjc_diag *gjc_diag_add(gjc_diag_list *list, gjc_diag_code code, gjc_span span, gjc_arg first,
                       gjc_arg second)
{
    gjc_diag *diag = place_take(list);
    *diag = (gjc_diag){.code = code,
                       .severity = gjc_diag_code_severity(code),
                       .span = span,
                       .args = {first, second}};
    list->error_count += diag->severity == GJC_ERROR;
    return diag;
}

void gjc_diag_note_add(gjc_diag_list *list, gjc_diag *diag, gjc_span span, gjc_arg words)
{
    gjc_diag_note *note = gjb_arena_make(list->arena, 1, sizeof *note);
    if (note == NULL) {
        list->out_of_memory = true;
        return;
    }
    *note = (gjc_diag_note){.span = span, .words = words};
    gjc_diag_note **end = &diag->notes;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = note;
}

void gjc_diag_edit_add(gjc_diag_list *list, gjc_diag *diag, gjc_span span, gj_text replacement)
{
    gjc_edit *edit = gjb_arena_make(list->arena, 1, sizeof *edit);
    if (edit == NULL || replacement.bytes == NULL) {
        list->out_of_memory = true;
        return;
    }
    *edit = (gjc_edit){.span = span, .replacement = replacement};
    gjc_edit **end = &diag->edits;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = edit;
}

bool gjc_diag_edit_next(const gjc_diag *diag, const gjc_edit **at, gjc_edit *edit)
{
    static const gjc_edit suggested;
    const gjc_edit *next = *at != NULL ? (*at)->next : diag->edits;
    if (*at == NULL && next == NULL && diag->suggestion.bytes != NULL) {
        *edit = (gjc_edit){.span = diag->span, .replacement = diag->suggestion};
        *at = &suggested;
        return true;
    }
    *at = next;
    if (next != NULL) {
        *edit = *next;
    }
    return next != NULL;
}

void gjc_diag_suggest(gjc_diag *diag, gj_text suggestion)
{
    diag->suggestion = suggestion;
}

static bool stands_before(const gjc_diag *a, const gjc_diag *b)
{
    if (a->span.source != b->span.source) {
        return a->span.source < b->span.source;
    }
    return a->span.begin < b->span.begin;
}

/* At most GJC_DIAGS_MAX of them: insertion, which keeps equal ones in order. Most come in order, so
 * the end is looked at first. */
void gjc_diag_list_sort(gjc_diag_list *list)
{
    gjc_diag *rest = list->first;
    list->first = list->last = NULL;
    while (rest != NULL) {
        gjc_diag *diag = rest;
        rest = rest->next;
        bool is_last = list->last != NULL && !stands_before(diag, list->last);
        gjc_diag **at = is_last ? &list->last->next : &list->first;
        while (*at != NULL && !stands_before(diag, *at)) {
            at = &(*at)->next;
        }
        diag->next = *at;
        *at = diag;
        if (diag->next == NULL) {
            list->last = diag;
        }
    }
}

static bool is_same(const gjc_diag *a, const gjc_diag *b)
{
    bool same = a->code == b->code && a->span.end == b->span.end;
    for (size_t i = 0; i < GJC_DIAG_ARGS; i++) {
        same = same && gjb_text_equal(a->args[i].en, b->args[i].en);
    }
    return same;
}

void gjc_diag_list_unite(gjc_diag_list *list)
{
    for (gjc_diag *diag = list->first; diag != NULL; diag = diag->next) {
        gjc_diag *before = diag;
        while (before->next != NULL && !stands_before(diag, before->next)) {
            gjc_diag *other = before->next;
            if (!is_same(diag, other)) {
                before = other;
                continue;
            }
            before->next = other->next;
            list->count--;
            list->error_count -= other->severity == GJC_ERROR;
        }
        list->last = before->next == NULL ? before : list->last;
    }
}

const char *gjc_diag_code_name(gjc_diag_code code)
{
    static const char *const names[] = {
#define GJC_DIAG(CODE, severity, en, zh, hint_en, hint_zh, why_en, why_zh) #CODE,
#include "syntax/diag.def"
#undef GJC_DIAG
    };
    assert(code < GJC_DIAG_CODE_COUNT);
    return names[code];
}

gjc_diag_code gjc_diag_code_find(gj_text name)
{
    for (int code = 0; code < GJC_DIAG_CODE_COUNT; code++) {
        gj_text known = gjb_text_of(gjc_diag_code_name((gjc_diag_code)code));
        if (known.size == name.size && name.size > 0 &&
            (name.bytes[0] | 32) == (known.bytes[0] | 32) &&
            gjb_text_equal(gjb_text_slice(known, 1, known.size),
                           gjb_text_slice(name, 1, name.size))) {
            return (gjc_diag_code)code;
        }
    }
    return GJC_DIAG_CODE_COUNT;
}

gjc_severity gjc_diag_code_severity(gjc_diag_code code)
{
    static const unsigned char severities[] = {
#define GJC_DIAG(CODE, severity, en, zh, hint_en, hint_zh, why_en, why_zh) severity,
#include "syntax/diag.def"
#undef GJC_DIAG
    };
    assert(code < GJC_DIAG_CODE_COUNT);
    return (gjc_severity)severities[code];
}

/* E0210 and E0221 to E0228 are mistakes in what was read; all others of E01 and E02 in the reading.
 */
bool gjc_diag_loses_text(const gjc_diag *diag)
{
    gjc_diag_code code = diag->code;
    return !diag->keeps_text && code <= GJC_E0299 && code != GJC_E0210 &&
           !(code >= GJC_E0221 && code <= GJC_E0228);
}
