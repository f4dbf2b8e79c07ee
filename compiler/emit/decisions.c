/* SPDX-License-Identifier: Apache-2.0
 *
 * What findings name of decision tables: those that some expression asks, row by row as they stand
 * in the source, and the places in code where it is known that a row has decided. */
#include "emit/emitter.h"

#include "sema/tables.h"

static void row_emit(gjc_emitter *e, const gjc_table_row *from)
{
    gjc_rows basis = gjc_emit_basis(e, from->basis);
    gjr_decision_row row = {.cells = GJR_NONE,
                            .basis_first = basis.first,
                            .basis_count = basis.count,
                            .position = gjc_emit_position(e, from->span)};
    if (from->cells != NULL)
        row.cells = gjc_emit_source(e, from->cells_span);
    row.value = gjc_emit_source(e, from->value_span);
    gjr_writer_add_decision_row(&e->writer, &row);
}

/* Its first row. */
static uint32_t table_emit(gjc_emitter *e, const gjc_table *table)
{
    gjr_decision row = {.name = gjc_emit_text(e, table->label.name),
                        .title = gjc_emit_text(e, table->label.title),
                        .rows_first = gjr_writer_decision_row_count(&e->writer),
                        .rows_count = table->row_count + (table->has_else ? 1 : 0)};
    for (uint32_t i = 0; i < row.rows_count; i++)
        row_emit(e, &table->rows[i]);
    gjr_writer_add_decision(&e->writer, &row);
    return row.rows_first;
}

void gjc_emit_landmark(gjc_emitter *e, const gjc_expr *expr, unsigned holds, unsigned told)
{
    uint32_t *first = &e->table_rows[expr->table->number];
    if (*first == GJR_NONE)
        *first = table_emit(e, expr->table);
    gjr_landmark row = {gjc_emit_at(e), holds, told, *first + expr->row};
    gjr_writer_add_landmark(&e->writer, &row);
}
