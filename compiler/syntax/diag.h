/* SPDX-License-Identifier: Apache-2.0
 *
 * Diagnostics as data. Whoever finds a mistake appends a code, a span and the words that fill the
 * code's message; nobody below the command line prints. diag.def has one row a code with the
 * message, the hint and the explanation in both languages, so a diagnostic is chosen once and said
 * in the reader's language at the end.
 *
 *     gjc_diag *d = gjc_diag_add(diags, GJC_E0301, span, gjc_arg_text(name), gjc_arg_none());
 *     gjc_diag_suggest(d, nearest);
 *     gjc_diag_note_add(diags, d, other_span, gjc_arg_words("first declared here", "先声明于此"));
 *     gjc_diag_edit_add(diags, d, span, text);   what to write instead, for a machine to do
 *
 * A fix is certain only where no reader would have meant anything else; `guiju check --fix` makes
 * those and no others.
 * None of these fails: a list that is full or out of memory counts on and hands out a spare. */
#ifndef GJC_DIAG_H
#define GJC_DIAG_H

#include "base/buffer.h"
#include "syntax/source.h"

typedef enum gjc_severity { GJC_ERROR, GJC_WARNING } gjc_severity;

typedef enum gjc_diag_code {
#define GJC_DIAG(CODE, severity, en, zh, hint_en, hint_zh, why_en, why_zh) GJC_##CODE,
#include "syntax/diag.def"
#undef GJC_DIAG
    GJC_DIAG_CODE_COUNT
} gjc_diag_code;

/* A word that fills {0} or {1}; `zh` is absent where it is the same in both languages. */
typedef struct gjc_arg {
    gj_text en, zh;
} gjc_arg;

gjc_arg gjc_arg_none(void);
gjc_arg gjc_arg_text(gj_text text);
gjc_arg gjc_arg_string(const char *string);
gjc_arg gjc_arg_words(const char *en, const char *zh);

typedef struct gjc_diag_note {
    gjc_span span;
    gjc_arg words;
    struct gjc_diag_note *next;
} gjc_diag_note;

/* One piece of a fix: the span's text is replaced; an empty span inserts. */
typedef struct gjc_edit {
    gjc_span span;
    gj_text replacement; /* "" deletes */
    struct gjc_edit *next;
} gjc_edit;

enum { GJC_DIAG_ARGS = 3 };

typedef struct gjc_diag {
    gjc_diag_code code;
    gjc_severity severity;
    gjc_span span;
    gjc_arg args[GJC_DIAG_ARGS]; /* {0} {1} {2}; args[2] is set by hand where a message has it */
    gjc_arg hint;                /* instead of the code's own, where present */
    gj_text suggestion;          /* "did you mean …" in place of the span, or absent */
    gjc_edit *edits;             /* the fix, in the order of the text; NULL: the suggestion is it */
    bool is_certain;             /* the fix may be made without asking */
    bool keeps_text;             /* nothing is missing from the tree, though the code says so */
    gjc_diag_note *notes;
    struct gjc_diag *next;
} gjc_diag;

/* Beyond this many, diagnostics are counted and not kept. */
enum { GJC_DIAGS_MAX = 1000 };

typedef struct gjc_diag_list {
    gjb_arena *arena;
    gjc_diag *first, *last; /* as found; see gjc_diag_list_sort */
    size_t count;           /* kept */
    size_t dropped;         /* found after the list was full */
    size_t error_count;     /* of all, kept or not */
    bool out_of_memory;
    gjc_diag spare;
} gjc_diag_list;

/* Lives as long as the arena; nothing to deinit. */
void gjc_diag_list_init(gjc_diag_list *list, gjb_arena *arena);
/* Texts in args must live as long as the arena. Never NULL; valid until the next call. */
gjc_diag *gjc_diag_add(gjc_diag_list *list, gjc_diag_code code, gjc_span span, gjc_arg first,
                       gjc_arg second);
/* A number as an argument, made in the list's arena. */
gjc_arg gjc_diag_number(gjc_diag_list *list, int64_t number);
/* Likewise a day: "2024-02-05", 2024年2月5日; one outside the years that can be written is brought
 * in. */
gjc_arg gjc_diag_day(gjc_diag_list *list, gj_day day);
void gjc_diag_note_add(gjc_diag_list *list, gjc_diag *diag, gjc_span span, gjc_arg words);
/* An absent text suggests nothing. */
void gjc_diag_suggest(gjc_diag *diag, gj_text suggestion);
/* One more piece of the diagnostic's fix, behind those it has; the replacement lives as long as the
 * arena. Nothing overlaps. */
void gjc_diag_edit_add(gjc_diag_list *list, gjc_diag *diag, gjc_span span, gj_text replacement);
/* What is to be written, a piece at a time: NULL for the first, then the one before; false behind
 * the last. A suggestion without edits is one piece. */
bool gjc_diag_edit_next(const gjc_diag *diag, const gjc_edit **at, gjc_edit *edit);
/* By source and place, those found first staying first. */
void gjc_diag_list_sort(gjc_diag_list *list);
/* Of a sorted list: one of those that say the same of the same place. Several procedures see the
 * departments around them, and each finds what is wrong there. */
void gjc_diag_list_unite(gjc_diag_list *list);

/* "E0204". */
const char *gjc_diag_code_name(gjc_diag_code code);
/* "E0204" or "e0204" to its code; GJC_DIAG_CODE_COUNT where there is none. */
gjc_diag_code gjc_diag_code_find(gj_text name);
gjc_severity gjc_diag_code_severity(gjc_diag_code code);
/* Something of the text is missing from the tree: what follows from the tree alone may be wrong. */
bool gjc_diag_loses_text(const gjc_diag *diag);

typedef struct gjc_diag_style {
    gj_lang lang;
    bool color; /* ANSI */
} gjc_diag_style;

/* The message alone, its arguments filled in: for JSON. */
void gjc_diag_print_message(const gjc_diag *diag, gj_lang lang, gjb_buffer *out);
/* Its own hint, the code's hint, or nothing. */
void gjc_diag_print_hint(const gjc_diag *diag, gj_lang lang, gjb_buffer *out);
/* Message, place, the source line with a caret, each note with its own, suggestion, hint, and the
 * line as a certain fix leaves it. */
void gjc_diag_print(const gjc_diag *diag, const gjc_sources *sources, gjc_diag_style style,
                    gjb_buffer *out);
/* All of them, then how many more were dropped. */
void gjc_diag_list_print(const gjc_diag_list *list, const gjc_sources *sources,
                         gjc_diag_style style, gjb_buffer *out);
/* One JSON object: where, what, hint, notes, fix. */
void gjc_diag_print_json(const gjc_diag *diag, const gjc_sources *sources, gj_lang lang,
                         gjb_buffer *out);
/* One `result` object of SARIF 2.1.0. */
void gjc_diag_print_sarif(const gjc_diag *diag, const gjc_sources *sources, gj_lang lang,
                          gjb_buffer *out);
/* One `reportingDescriptor` of SARIF: its help is the page, in the reader's language and then in
 * the other. */
void gjc_diag_code_print_sarif(gjc_diag_code code, gj_lang lang, gjb_buffer *out);
/* The message with "…" for what fills it. */
void gjc_diag_code_print_message(gjc_diag_code code, gj_lang lang, gjb_buffer *out);
/* What `guiju explain` says: the message, the explanation, the hint, the examples. */
void gjc_diag_code_explain(gjc_diag_code code, gj_lang lang, gjb_buffer *out);

#endif
