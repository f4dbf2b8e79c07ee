/* SPDX-License-Identifier: Apache-2.0
 *
 * compile.h — from source text to an image.
 *
 * One compilation is one handle: it holds every source read, every diagnostic made, and the
 * results. Diagnostics are data that the caller prints. The compiler reads files only along the
 * options' search paths; it prints nothing, exits never and keeps no global state. A handle belongs
 * to one thread; any number may work side by side.
 */
#ifndef GUIJU_COMPILE_H
#define GUIJU_COMPILE_H

#include <guiju/guiju.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gj_compilation gj_compilation;

typedef struct gj_compile_options {
    size_t size; /* sizeof(gj_compile_options) */
    const gj_allocator *allocator;
    /* Where modules are looked for, in order: `use a.b` is a/b.gj below one of them; `use std.x` is
     * x.gj below `library`. The folder of the first file given is searched before them. */
    const char *const *search_paths;
    size_t search_path_count;
    const char *library; /* the standard library's folder, or NULL */
} gj_compile_options;

typedef enum gj_gravity { GJ_ERROR, GJ_WARNING } gj_gravity;

/* One diagnostic; every text borrowed until the compilation is destroyed. */
typedef struct gj_diagnostic {
    const char *code; /* "E0301" */
    gj_gravity gravity;
    gj_text file;
    uint32_t line, column;         /* of its begin, 1-based, by code points */
    uint32_t end_line, end_column; /* one past its end */
    size_t edit_count;             /* pieces of its fix; 0: it has none */
    bool fix_is_certain;           /* no reader would have meant anything else */
} gj_diagnostic;

/* One piece of a fix: bytes [begin, end) of the text become the replacement. */
typedef struct gj_edit {
    gj_text file;
    gj_text text; /* of that file as it was read: in NFC, without a byte-order mark */
    size_t begin, end;
    uint32_t line; /* of begin */
    gj_text replacement;
} gj_edit;

/* Reads and checks the files. GJ_OK also when the source has errors: see the counts. GJ_IO: a file
 * could not be read, which is a diagnostic too. The caller frees with gj_compilation_destroy, also
 * after a failure when *compilation is not NULL. */
GJ_API gj_status gj_compile(const gj_compile_options *options, const char *const *paths,
                            size_t path_count, gj_compilation **compilation);
/* One file from memory, under the name `file`; what it uses is still looked for. */
GJ_API gj_status gj_compile_text(const gj_compile_options *options, const char *file, gj_text text,
                                 gj_compilation **compilation);
GJ_API void gj_compilation_destroy(gj_compilation *compilation);

GJ_API size_t gj_compilation_error_count(const gj_compilation *compilation);
GJ_API size_t gj_compilation_warning_count(const gj_compilation *compilation);
GJ_API size_t gj_compilation_diagnostic_count(const gj_compilation *compilation);
GJ_API gj_diagnostic gj_compilation_diagnostic(const gj_compilation *compilation, size_t index);
/* In the order of the text; those of one diagnostic do not overlap. */
GJ_API gj_edit gj_compilation_edit(const gj_compilation *compilation, size_t index,
                                   size_t edit_index);
/* The diagnostic as people read it: message, place, source line with its caret, notes with theirs,
 * hint. */
GJ_API gj_status gj_diagnostic_print(const gj_compilation *compilation, size_t index, gj_lang lang,
                                     bool color, const gj_writer *out);
/* As one JSON object without a newline: docs/DIAGNOSTICS.md has its keys. */
GJ_API gj_status gj_diagnostic_print_json(const gj_compilation *compilation, size_t index,
                                          gj_lang lang, const gj_writer *out);
/* As one `result` of a SARIF 2.1.0 run whose columnKind is unicodeCodePoints. */
GJ_API gj_status gj_diagnostic_print_sarif(const gj_compilation *compilation, size_t index,
                                           gj_lang lang, const gj_writer *out);

/* The image, when there are no errors and the files given hold a procedure; else absent. It holds
 * the procedures of the files, in their order; those of modules that they use are not taken in.
 * Borrowed until the compilation is destroyed. */
GJ_API gj_text gj_compilation_image(const gj_compilation *compilation);
/* The calendars declared in the files and in what they use. */
GJ_API size_t gj_compilation_calendar_count(const gj_compilation *compilation);
GJ_API gj_text gj_compilation_calendar_name(const gj_compilation *compilation, size_t index);
GJ_API gj_text gj_compilation_calendar(const gj_compilation *compilation, size_t index);

/* ---- scenarios ---------------------------------------------------------------------------- */

typedef enum gj_scenario_step_kind {
    GJ_STEP_CLOCK, /* time alone goes on */
    GJ_STEP_ACT,   /* something is done, or what was told before is corrected or retracted */
    GJ_STEP_TRY,   /* what would it mean if it were done now? */
    GJ_EXPECT_STAGE,
    GJ_EXPECT_FINDING,
    GJ_EXPECT_NO_DEVIATIONS, /* nothing but notices */
    GJ_EXPECT_DUE,
    GJ_EXPECT_REFUSED, /* the last try would deviate */
} gj_scenario_step_kind;

/* One line of a scenario, every name in it checked. */
typedef struct gj_scenario_step {
    gj_scenario_step_kind kind;
    uint32_t line, column;
    gj_text text;      /* the line as it stands, without the blanks around it */
    gj_stamp clock;    /* present where the line says when */
    gj_event event;    /* of GJ_STEP_ACT and GJ_STEP_TRY; its case is the scenario. What corrects
                        * an act has all that is to stand for it */
    gj_text name;      /* the stage, the limit, or the finding's subject; or absent */
    gj_text key;       /* of GJ_EXPECT_FINDING: of which clock of a limit it is, or absent */
    gj_text branch;    /* of the finding's subject, "outer/inner", or absent */
    gj_code code;      /* of GJ_EXPECT_FINDING */
    bool has_severity; /* of GJ_EXPECT_FINDING */
    gj_severity severity;
    gj_day due_day; /* of GJ_EXPECT_DUE, or GJ_NO_DAY where an instant is expected */
    gj_stamp due;
} gj_scenario_step;

/* A case that a source tells, and what is expected of it. Everything is borrowed until the
 * compilation is destroyed. No scenario enters an image. */
typedef struct gj_scenario {
    gj_text title, procedure;
    gj_text file;
    uint32_t line, column;
    const gj_scenario_step *steps;
    size_t step_count;
} gj_scenario;

/* Of the files and what they use, in the order of the text; 0 where there are errors. */
GJ_API size_t gj_compilation_scenario_count(const gj_compilation *compilation);
GJ_API gj_scenario gj_compilation_scenario(const gj_compilation *compilation, size_t index);

typedef enum gj_dump { GJ_DUMP_TOKENS, GJ_DUMP_AST, GJ_DUMP_GRAPH } gj_dump;
/* Tokens and tree of the first file. The graph is a procedure's state machine, with what each
 * action means in each stage: of the procedure of that name or title, or of all where it is absent.
 * GJ_UNKNOWN: no such procedure. */
GJ_API gj_status gj_compilation_dump(const gj_compilation *compilation, gj_dump what,
                                     gj_text procedure, const gj_writer *out);

typedef enum gj_drawing_form {
    GJ_DRAWING_TEXT, /* as GJ_DUMP_GRAPH, or of one stage */
    GJ_DRAWING_DOT,  /* for Graphviz; procedures one after another */
    GJ_DRAWING_SVG,  /* laid out; one procedure */
} gj_drawing_form;

typedef struct gj_drawing {
    size_t size; /* sizeof(gj_drawing) */
    gj_drawing_form form;
    gj_lang lang;      /* of all words that are not the source's */
    gj_text procedure; /* its name or title; absent: all */
    /* A stage's name or title, or branch/stage; absent: none. What becomes of each act that is not
     * expected there is drawn too. */
    gj_text stage;
} gj_drawing;

typedef enum gj_drawing_miss {
    GJ_MISS_NOTHING,
    GJ_MISS_PROCEDURE, /* none is called so, or there is none */
    GJ_MISS_CHOICE,    /* there are several, and only one can be drawn */
    GJ_MISS_STAGE,
    GJ_MISS_STAGE_CHOICE, /* several branches have a stage of that name */
} gj_drawing_miss;

/* A procedure's state machine as a picture. Nothing is written where the source has errors.
 * GJ_UNKNOWN: *miss says what is not there. GJ_OVER_LIMIT: too large to be laid out. */
GJ_API gj_status gj_compilation_draw(const gj_compilation *compilation, const gj_drawing *drawing,
                                     gj_drawing_miss *miss, const gj_writer *out);

typedef enum gj_keywords {
    GJ_KEYWORDS_KEPT, /* the language that most of the file's keywords are in */
    GJ_KEYWORDS_EN,
    GJ_KEYWORDS_ZH,
} gj_keywords;

/* Writes one source anew: spacing, and in one language the spelling of keywords, the order of words
 * inside a clause, punctuation, dates, units, and citations of laws that the modules in use
 * declare. Names, titles, texts and comments stay as they are, and the tree stays the same; that is
 * checked: GJ_REFUSED where it would not, which is a mistake of ours. GJ_OK also where the source
 * has mistakes: they are the compilation's diagnostics, and nothing is formatted. The file is known
 * as `file`; what it uses is looked for as gj_compile does. The caller frees as for gj_compile. */
GJ_API gj_status gj_format(const gj_compile_options *options, const char *file, gj_text text,
                           gj_keywords keywords, gj_compilation **compilation);
/* What gj_format made; absent where there are errors. Borrowed until the compilation is destroyed.
 */
GJ_API gj_text gj_compilation_formatted(const gj_compilation *compilation);

/* ---- calendars from what was announced ---------------------------------------------------- */

/* A notice of the State Council's General Office as text, or a list of days as JSON (the repository
 * holiday-cn has a file of it for each year). */
typedef struct gj_announcement {
    const char *file; /* how it is named in diagnostics */
    gj_text text;
} gj_announcement;

typedef struct gj_calendar_recipe {
    size_t size; /* sizeof(gj_calendar_recipe) */
    const gj_announcement *announcements;
    size_t announcement_count;
    gj_text
        name; /* of the calendar, where it is a name in a source; absent: that of `onto`, or cn */
    const gj_calendar
        *onto;    /* what it is laid onto: that one's week, hours, zone and days; or NULL */
    int32_t year; /* of a notice that does not say; 0: none */
} gj_calendar_recipe;

/* Makes a calendar's source of announcements, which is then what gj_compilation_formatted gives.
 * GJ_OK also where they contradict themselves, each other or the days of the week: that is in the
 * compilation's diagnostics, and nothing is made. GJ_OVER_LIMIT: too many announcements. The caller
 * frees as for gj_compile. */
GJ_API gj_status gj_calendar_make(const gj_compile_options *options,
                                  const gj_calendar_recipe *recipe, gj_compilation **compilation);

/* Every diagnostic's code there is, in order: "E0101". */
GJ_API size_t gj_diagnostic_code_count(void);
GJ_API const char *gj_diagnostic_code_name(size_t index);
/* Its message, with "…" for what fills it. */
GJ_API gj_status gj_diagnostic_code_print(size_t index, gj_lang lang, const gj_writer *out);
/* As one `reportingDescriptor` of a SARIF driver, its help in both languages. */
GJ_API gj_status gj_diagnostic_code_print_sarif(size_t index, gj_lang lang, const gj_writer *out);

/* The page of a diagnostic's code: what it means, why, what to do. GJ_DONE: no such code. */
GJ_API gj_status gj_explain(const char *code, gj_lang lang, const gj_writer *out);

#ifdef __cplusplus
}
#endif
#endif
