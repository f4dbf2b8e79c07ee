/* SPDX-License-Identifier: Apache-2.0
 *
 * What a command works on: an image from a file, or one compiled in memory from sources; a judge of
 * each of its procedures that is wanted, and the calendars that go with them. Told apart by the
 * first bytes, then by the file's suffix, so that an altered image is refused as an image and not
 * read as a source. */
#ifndef CLI_PROGRAM_H
#define CLI_PROGRAM_H

#include <guiju/compile.h>
#include <guiju/guiju.h>

#include "buffer.h"
#include "options.h"
#include "session.h"

#define CLI_IMAGE_SUFFIX    ".gji"
#define CLI_CALENDAR_SUFFIX ".gjcal"

typedef enum cli_kind { CLI_KIND_SOURCE, CLI_KIND_IMAGE, CLI_KIND_CALENDAR } cli_kind;

/* What the bytes of this path are. */
cli_kind cli_kind_of(const char *path, gj_text bytes);

enum { CLI_CALENDARS_MAX = 64 };

/* A procedure of the image, and its judge. */
typedef struct cli_bound {
    size_t index;
    gj_judge *judge;
} cli_bound;

typedef struct cli_program {
    const char *path;            /* as given; borrowed */
    gj_compilation *compilation; /* NULL when an image was given */
    gj_image *image;
    gj_calendar *calendars[CLI_CALENDARS_MAX];
    size_t calendar_count;
    /* What these were loaded from, for whoever hands them on. */
    cli_buffer image_bytes, calendar_bytes[CLI_CALENDARS_MAX];
    gj_natives *natives; /* after cli_program_bind; and so what follows */
    cli_bound *bound;
    size_t bound_count;
} cli_program;

/* Compiles; diagnostics are not printed. NULL, with the session told, only when there is none to
 * show. A single "-" is standard input. */
gj_compilation *cli_compile(cli_session *session, const cli_options *options,
                            const char *const *paths, size_t count);
/* One source from memory, under a name. */
gj_compilation *cli_compile_text(cli_session *session, const cli_options *options, const char *name,
                                 gj_text text);
/* Notes what a compilation's diagnostics mean for the exit status. */
void cli_compilation_note(cli_session *session, const gj_compilation *compilation);

/* Loads the image of a file or compiles one, its diagnostics on standard error; false, with the
 * session told. deinit in either case. */
bool cli_program_open(cli_program *program, cli_session *session, const cli_options *options,
                      const char *path);
/* Makes the judges: of the procedure that --procedure names, or of all; finds the calendars that
 * they name. */
bool cli_program_bind(cli_program *program, cli_session *session, const cli_options *options);
void cli_program_deinit(cli_program *program);

/* Its index in the image, by name or title; GJ_NO_INDEX, with the session told what there is. */
size_t cli_procedure_find(cli_session *session, const gj_image *image, const char *wanted);

gj_image *cli_image_load(cli_session *session, const char *path, gj_text bytes);
gj_calendar *cli_calendar_load(cli_session *session, const char *path, gj_text bytes);

#endif
