/* SPDX-License-Identifier: Apache-2.0
 *
 * The door to this floor: a procedure's machine as a drawing. A layout of our own and not
 * Graphviz's library: that is seventy packages with plug-ins, to place a few boxes, and it promises
 * neither the same bytes everywhere nor that labels keep off boxes. */
#ifndef GJC_DESCRIBE_H
#define GJC_DESCRIBE_H

#include "analysis/recovery.h"
#include "base/buffer.h"
#include "syntax/source.h"

typedef enum gjc_drawing { GJC_DRAWING_DOT, GJC_DRAWING_SVG } gjc_drawing;

typedef struct gjc_subject {
    const gjc_graph *graph;
    const gjc_recovery_table *table;
    const gjc_sources *sources;
    uint32_t stage; /* whose detours are drawn, or GJC_NO_INDEX */
} gjc_subject;

/* GJ_OVER_LIMIT: too large to be laid out; for dot there is no such limit. */
gj_status gjc_describe(const gjc_subject *subject, gjc_drawing form, gj_lang lang, gjb_buffer *out);

enum { GJC_STAGES_SEVERAL = -2, GJC_STAGES_NONE = -1 };
/* The stage called so: its name or title, after those of branches around it where it is in one,
 * `outer/inner/stage`, as many as it takes. One of the procedure itself comes first. */
int64_t gjc_describe_find_stage(const gjc_model *model, gj_text called);

#endif
