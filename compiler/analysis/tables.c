/* SPDX-License-Identifier: Apache-2.0
 *
 * See tables.h. */
#include "analysis/tables.h"

#include "analysis/boxes.h"
#include "analysis/table_example.h"

/* A table as boxes: its rows, and everything there is. */
typedef struct checking {
    const gjc_table *table;
    gjc_diag_list *diags;
    gjb_arena *arena;
    gjc_boxes_asking asking;
    gjc_box *rows;
    gjc_box whole;
    bool is_undecided;
} checking;

/* ---- boxes ---- */

static bool row_box(checking *c, const gjc_table_row *row, gjc_box *box)
{
    uint32_t columns = c->table->column_count;
    gjc_side *sides = gjb_arena_make(c->arena, columns, sizeof *sides);
    box->sides = sides;
    for (uint32_t i = 0; sides != NULL && i < columns; i++)
        sides[i] = (gjc_side){row->cells[i].values, row->cells[i].value_count};
    return sides != NULL;
}

static bool boxes_make(checking *c)
{
    const gjc_table *table = c->table;
    gjc_side *sides = gjb_arena_make(c->arena, table->column_count, sizeof *sides);
    c->rows = gjb_arena_make(c->arena, table->row_count, sizeof *c->rows);
    c->whole.sides = sides;
    bool good = c->rows != NULL && sides != NULL;
    for (uint32_t i = 0; good && i < table->column_count; i++)
        sides[i] = (gjc_side){&table->columns[i].all, 1};
    for (uint32_t i = 0; good && i < table->row_count; i++)
        good = row_box(c, &table->rows[i], &c->rows[i]);
    return good;
}

static bool is_empty(const checking *c, uint32_t row)
{
    for (uint32_t i = 0; i < c->table->column_count; i++)
        if (c->rows[row].sides[i].count == 0)
            return true;
    return false;
}

static gjc_found left_out_find(checking *c, const gjc_box *of, uint32_t rows, gjc_spot *spot)
{
    gjc_found found = gjc_boxes_find_left_out(&c->asking, of, c->rows, rows, spot);
    c->is_undecided = c->is_undecided || found == GJC_NOT_DECIDED;
    return found;
}

/* ---- what is wrong ---- */

/* Two rows that may hold at once; each row is told of the first before it. */
static void meeting_check(checking *c)
{
    gjc_spot spot;
    for (uint32_t i = 1; i < c->table->row_count; i++)
        for (uint32_t j = 0; j < i; j++) {
            if (!gjc_boxes_meet(&c->rows[i], &c->rows[j], c->table->column_count, &spot))
                continue;
            gjc_diag *diag = gjc_diag_add(c->diags, GJC_E0443, c->table->rows[i].span,
                                          gjc_arg_text(c->table->label.name),
                                          gjc_table_example(c->table, &spot, c->diags->arena));
            gjc_diag_note_add(c->diags, diag, c->table->rows[j].span,
                              gjc_arg_words("the other row", "另一行"));
            break;
        }
}

static void unreached_add(checking *c, gjc_span row, gjc_arg hint)
{
    gjc_diag *diag = gjc_diag_add(c->diags, GJC_W0401, row, gjc_arg_none(), gjc_arg_none());
    diag->hint = hint;
    gjc_diag_edit_add(c->diags, diag, row, (gj_text){"", 0});
}

/* Rows of which those before take everything. */
static void reaching_check(checking *c)
{
    gjc_spot spot;
    for (uint32_t i = 1; i < c->table->row_count; i++)
        if (!is_empty(c, i) && left_out_find(c, &c->rows[i], i, &spot) == GJC_FOUND_NONE)
            unreached_add(c, c->table->rows[i].span, gjc_arg_none());
}

/* What no row takes falls to `else`; a table that collects then has nothing. */
static void gap_check(checking *c)
{
    gjc_spot spot;
    const gjc_table *table = c->table;
    gjc_found found = left_out_find(c, &c->whole, table->row_count, &spot);
    if (found == GJC_FOUND_NONE && table->has_else)
        unreached_add(c, table->rows[table->row_count].span,
                      gjc_arg_words("the rows before it leave nothing out: remove it",
                                    "前面各行已无遗漏，请删除此行"));
    else if (found == GJC_FOUND && !table->has_else)
        gjc_diag_add(c->diags, GJC_E0442, table->label.span, gjc_arg_text(table->label.name),
                     gjc_table_example(table, &spot, c->diags->arena));
}

static void table_check(checking *c)
{
    const gjc_table *table = c->table;
    if (!boxes_make(c)) {
        c->diags->out_of_memory = true;
        return;
    }
    if (table->hit == GJC_HIT_UNIQUE)
        meeting_check(c);
    else if (table->hit == GJC_HIT_FIRST)
        reaching_check(c);
    if (table->hit != GJC_HIT_COLLECT || table->has_else)
        gap_check(c);
    if (c->is_undecided)
        gjc_diag_add(c->diags, GJC_W0403, table->label.span, gjc_arg_text(table->label.name),
                     gjc_arg_none());
}

void gjc_tables_check(const gjc_tables *tables, gjc_diag_list *diags)
{
    gjb_arena scratch;
    for (const gjc_table *table = tables->first; table != NULL; table = table->next) {
        gjb_arena_init(&scratch, diags->arena->allocator);
        checking c = {.table = table,
                      .diags = diags,
                      .arena = &scratch,
                      .asking = {table->column_count, &scratch, 0}};
        table_check(&c);
        gjb_arena_deinit(&scratch);
    }
}
