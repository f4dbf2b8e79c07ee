/* SPDX-License-Identifier: Apache-2.0
 *
 * What the phases made, for whoever wants to see it: tokens, trees and state graphs, and procedures
 * drawn as machines. */
#include "compilation/compilation.h"

#include "analysis/graph_print.h"
#include "base/text.h"
#include "describe/describe.h"
#include "syntax/parse.h"

/* ---- dumps ---- */

/* Scans the first file anew: tokens are not kept. */
static gj_status tokens_print(const gj_compilation *c, uint32_t source, gjb_buffer *out)
{
    gjb_arena arena;
    gjb_arena_init(&arena, c->allocator);
    gjc_diag_list again;
    gjc_diag_list_init(&again, &arena);
    gj_status status = gjc_parse_tokens(&c->sources, source, &arena, &again, out);
    gjb_arena_deinit(&arena);
    return status;
}

/* Of the procedure of that name or title, or of all. GJ_UNKNOWN where there is none. */
static gj_status graphs_print(const gj_compilation *c, gj_text called, gjb_buffer *out)
{
    bool found = called.bytes == NULL;
    for (size_t i = 0; i < c->procedure_count; i++) {
        const gjc_compiled *p = &c->procedures[i];
        if (called.bytes != NULL && !gjc_label_answers(&p->model->label, called))
            continue;
        found = true;
        if (!c->is_analysed)
            continue;
        if (out->size > 0)
            gjb_buffer_add_byte(out, '\n');
        gjc_graph_print(&p->graph, &p->recovery, GJC_NO_INDEX, out);
    }
    return found ? GJ_OK : GJ_UNKNOWN;
}

gj_status gj_compilation_dump(const gj_compilation *c, gj_dump what, gj_text called,
                              const gj_writer *out)
{
    if (c->modules.count == 0)
        return GJ_OK;
    const gjc_module *first = c->modules.items[0];
    gj_status status = GJ_OK;
    gjb_buffer text;
    gjb_buffer_init(&text, c->allocator);
    switch (what) {
    case GJ_DUMP_TOKENS:
        status = tokens_print(c, first->source, &text);
        break;
    case GJ_DUMP_AST:
        gjc_node_print(first->tree, &c->sources, &text);
        break;
    case GJ_DUMP_GRAPH:
        status = graphs_print(c, called, &text);
        break;
    }
    if (status == GJ_OK)
        status = gjb_buffer_write(&text, out);
    gjb_buffer_deinit(&text);
    return status;
}

/* ---- drawings ---- */

/* The procedures that are meant, with the stage in each. */
typedef struct chosen {
    const gjc_compiled *procedure;
    uint32_t stage;
} chosen;

typedef struct choice {
    chosen *items;
    size_t count;
    bool has_procedure; /* called so, whether it has the stage or not */
    bool is_ambiguous;  /* several stages are called so */
} choice;

static void procedure_choose(const gjc_compiled *p, gj_text stage, choice *all)
{
    all->has_procedure = true;
    int64_t found = GJC_NO_INDEX;
    if (stage.bytes != NULL)
        found = gjc_describe_find_stage(p->model, stage);
    all->is_ambiguous = all->is_ambiguous || found == GJC_STAGES_SEVERAL;
    if (found >= 0)
        all->items[all->count++] = (chosen){p, (uint32_t)found};
}

static gj_drawing_miss miss_of(const choice *all, gj_drawing_form form)
{
    if (!all->has_procedure)
        return GJ_MISS_PROCEDURE;
    if (all->count == 0)
        return all->is_ambiguous ? GJ_MISS_STAGE_CHOICE : GJ_MISS_STAGE;
    return form == GJ_DRAWING_SVG && all->count > 1 ? GJ_MISS_CHOICE : GJ_MISS_NOTHING;
}

static gj_status chosen_draw(const gj_compilation *c, const chosen *one, const gj_drawing *drawing,
                             gjb_buffer *out)
{
    gjc_subject subject = {&one->procedure->graph, &one->procedure->recovery, &c->sources,
                           one->stage};
    if (out->size > 0)
        gjb_buffer_add_byte(out, '\n');
    if (drawing->form == GJ_DRAWING_TEXT) {
        gjc_graph_print(subject.graph, subject.table, one->stage, out);
        return GJ_OK;
    }
    return gjc_describe(&subject,
                        drawing->form == GJ_DRAWING_SVG ? GJC_DRAWING_SVG : GJC_DRAWING_DOT,
                        drawing->lang, out);
}

static gj_status choice_draw(const gj_compilation *c, const choice *all, const gj_drawing *drawing,
                             const gj_writer *out)
{
    gj_status status = GJ_OK;
    gjb_buffer text;
    gjb_buffer_init(&text, c->allocator);
    for (size_t i = 0; i < all->count && status == GJ_OK; i++)
        status = chosen_draw(c, &all->items[i], drawing, &text);
    if (status == GJ_OK)
        status = gjb_buffer_write(&text, out);
    gjb_buffer_deinit(&text);
    return status;
}

gj_status gj_compilation_draw(const gj_compilation *c, const gj_drawing *drawing,
                              gj_drawing_miss *miss, const gj_writer *out)
{
    if (drawing == NULL || drawing->size != sizeof *drawing || miss == NULL)
        return GJ_BAD_ARGUMENT;
    *miss = GJ_MISS_NOTHING;
    if (!c->is_analysed)
        return GJ_OK;
    choice all = {.items =
                      gjb_alloc_create(c->allocator, c->procedure_count + 1, sizeof *all.items)};
    if (all.items == NULL)
        return GJ_NO_MEMORY;
    for (size_t i = 0; i < c->procedure_count; i++)
        if (drawing->procedure.bytes == NULL ||
            gjc_label_answers(&c->procedures[i].model->label, drawing->procedure))
            procedure_choose(&c->procedures[i], drawing->stage, &all);
    *miss = miss_of(&all, drawing->form);
    gj_status status = *miss == GJ_MISS_NOTHING ? choice_draw(c, &all, drawing, out) : GJ_UNKNOWN;
    gjb_alloc_destroy(c->allocator, all.items, c->procedure_count + 1, sizeof *all.items);
    return status;
}
