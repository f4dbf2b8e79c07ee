/* SPDX-License-Identifier: Apache-2.0
 *
 * A compilation, as the files of this folder share it: one handle for whatever was asked of the
 * compiler, with the sources it read, what it found wrong with them, and what it made. */
#ifndef GJC_COMPILATION_H
#define GJC_COMPILATION_H

#include <guiju/compile.h>

#include "analysis/recovery.h"
#include "sema/resolve.h"

typedef struct gjc_calendar_file {
    gj_text name;
    gjb_buffer bytes;
} gjc_calendar_file;

typedef struct gjc_compiled {
    const gjc_model *model;
    gjc_graph graph;
    gjc_recovery_table recovery;
} gjc_compiled;

struct gj_compilation {
    gjb_alloc_watch watch; /* so that no phase need say of each text that it could not be kept */
    const gj_allocator *allocator;
    gjb_arena arena;
    gjc_sources sources;
    gjc_diag_list diags;
    gjc_modules modules;
    gjc_compiled *procedures; /* in the order of the image */
    size_t procedure_count;
    const gj_scenario *scenarios;
    size_t scenario_count;
    bool is_analysed; /* every graph and recovery is there */
    bool is_formatted;
    gjb_buffer image;
    gjb_buffer formatted;
    gjc_calendar_file *calendars;
    size_t calendar_count, calendar_capacity;
};

bool gjc_compilation_options_are_good(const gj_compile_options *options);
/* NULL when memory ends. */
gj_compilation *gjc_compilation_create(const gj_compile_options *options);
/* The status, or GJ_NO_MEMORY where memory ended on the way: a text that could not be kept may have
 * looked like one that is not there. */
gj_status gjc_compilation_settle(const gj_compilation *c, gj_status status);
/* Writes what a buffer holds and ends it. */
gj_status gjc_compilation_write(gjb_buffer *text, const gj_writer *out);

#endif
