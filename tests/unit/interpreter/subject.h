/* SPDX-License-Identifier: Apache-2.0
 *
 * A random procedure, compiled, with a judge of it, and read as the plain interpreter sees it. Half
 * of them are written in Chinese, as the formatter does it. */
#ifndef PLAIN_SUBJECT_H
#define PLAIN_SUBJECT_H

#include <guiju/compile.h>

#include "syntax/parse.h"
#include "unit/interpreter/random.h"

typedef struct subject {
    gjb_arena arena;
    gjb_buffer source;
    gj_compilation *compilation;
    gj_image *image;
    gj_calendar *calendars[4];
    size_t calendar_count;
    gj_judge *judge;
    gjc_sources sources;
    gjc_diag_list diags;
    gjc_node *file;
    plain plain;
} subject;

/* Which kinds of nodes have been made so far. */
extern bool kinds_made[GJC_KIND_COUNT];
/* And a limit with keys of which each expires by itself. */
extern bool keyed_expiry_made;

const gj_compile_options *subject_options(void);
/* False where the random text is no valid procedure; subject_close also then. */
bool subject_open(subject *s, uint64_t seed);
/* The same of a source written by hand. */
bool subject_open_file(subject *s, const char *path);
void subject_close(subject *s);

void subject_translate(gjb_buffer *source);
void subject_print_mistakes(const gj_compilation *compilation, uint64_t seed);
void kinds_mark(const gjc_node *node);

#endif
