/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of emit share: the writer, and where things of the model went in the image.
 * Fields, posts, documents, actions, stages, limits and rules keep their index; transitions are
 * sorted, so theirs are looked up. */
#ifndef GJC_EMITTER_H
#define GJC_EMITTER_H

#include "analysis/recovery.h"
#include "image/image_write.h"

typedef struct gjc_emitter {
    gjr_writer writer;
    const gjc_model *model;
    const gjc_graph *graph;
    const gjc_recovery_table *table;
    const gjc_sources *sources;
    gjb_arena scratch;
    uint32_t *file_texts;      /* by source: the string of its path, GJR_NONE while not needed */
    uint32_t *transition_rows; /* by transition: its row */
    uint32_t *place_rows;      /* region * actions + action: the row, or GJR_NONE */
    uint32_t *read_fields;     /* by the expression at hand, in order of first reading */
    uint32_t read_count;
    bool *is_read;                    /* by field */
    uint32_t code_first;              /* of the expression at hand: its first instruction */
    gjc_type held[GJR_REGISTERS_MAX]; /* what its registers hold, as far as they are in use */
    uint32_t *native_rows;            /* by native of the model: its row, or GJR_NONE */
    unsigned *bound;                  /* by binder: the register that has it */
    uint32_t *table_rows;             /* by table: its first decision_row, or GJR_NONE */
    bool out_of_memory;
} gjc_emitter;

/* A run of rows just added to a table: what a RANGE holds. */
typedef struct gjc_rows {
    uint32_t first, count;
} gjc_rows;

/* ---- emit.c ---- */
uint32_t gjc_emit_text(gjc_emitter *e, gj_text text);
uint32_t gjc_emit_position(gjc_emitter *e, gjc_span span);
gjc_rows gjc_emit_basis(gjc_emitter *e, gjc_basis basis);

/* ---- expression.c ---- */

/* Its row, GJR_NONE for NULL. */
uint32_t gjc_emit_expression(gjc_emitter *e, const gjc_expr *expr);
/* Its code, while the registers before d are in use and those from d on are free; the value goes to
 * d. */
void gjc_emit_code(gjc_emitter *e, const gjc_expr *expr, unsigned d);
/* Likewise, but a value that is in a register already stays there: the register. */
unsigned gjc_emit_operand(gjc_emitter *e, const gjc_expr *expr, unsigned d);
/* Register d now holds the type. */
void gjc_emit_instruction(gjc_emitter *e, gjr_instruction instruction, gjc_type type);
/* Whether a and b, of the type, are the same. */
gjr_instruction gjc_emit_equal(gjc_type type, unsigned d, unsigned a, unsigned b);
/* The number, in the expression, of the next instruction. */
uint32_t gjc_emit_at(const gjc_emitter *e);

/* ---- forms.c: code that jumps ---- */
void gjc_emit_form(gjc_emitter *e, const gjc_expr *expr, unsigned d);

/* ---- decisions.c: what findings name of decision tables ---- */
/* Where the code has come to, the row decides if both registers are true. */
void gjc_emit_landmark(gjc_emitter *e, const gjc_expr *expr, unsigned holds, unsigned told);

/* ---- source_text.c: the string of an expression's words ---- */
uint32_t gjc_emit_source(gjc_emitter *e, gjc_span span);

/* ---- stages.c ---- */
void gjc_emit_stages(gjc_emitter *e);
gjc_rows gjc_emit_sets(gjc_emitter *e, const gjc_assignment *sets, uint32_t count);
void gjc_emit_cells(gjc_emitter *e);

/* ---- regions.c: with stages, transitions and places there are exits, goals and ways ---- */
void gjc_emit_places(gjc_emitter *e);
gjc_rows gjc_emit_exits(gjc_emitter *e, uint32_t stage);
void gjc_emit_regions(gjc_emitter *e);

/* Whether the region or one inside it has the action. */
bool gjc_emit_has_action(const gjc_emitter *e, uint32_t region, uint32_t action);

/* ---- clauses.c: limits, powers, rules, and who must hear of what ---- */
/* What the posts' blocks say of an action. */
gjc_rows gjc_emit_powers(gjc_emitter *e, uint32_t action);
void gjc_emit_limits(gjc_emitter *e);
void gjc_emit_rules(gjc_emitter *e);
void gjc_emit_migrations(gjc_emitter *e);
/* Those to which an act (GJR_TRIGGER_ACTION), a stage or a field gives cause. */
gjc_rows gjc_emit_subscriptions(gjc_emitter *e, gjr_trigger_kind kind, uint32_t target);

#endif
