/* SPDX-License-Identifier: Apache-2.0
 *
 * See graph_print.h. */
#include "analysis/graph_print.h"

static bool is_return(const gjc_graph *graph, uint32_t transition)
{
    uint32_t end = graph->first_edges[graph->model->stage_count];
    for (uint32_t i = 0; i < end; i++)
        if (graph->edges[i].transition == transition)
            return graph->edges[i].is_return;
    return false;
}

static void transition_print(const gjc_graph *graph, uint32_t index, gjb_buffer *out)
{
    const gjc_model *model = graph->model;
    const gjc_transition *t = &model->transitions[index];
    gjb_buffer_add_string(out, "  on ");
    gjb_buffer_add_text(out, model->actions[t->action].label.name);
    for (uint32_t i = 0; i < t->post_count; i++) {
        gjb_buffer_add_string(out, i == 0 ? " by " : ", ");
        gjb_buffer_add_text(out, model->posts[t->posts[i]].label.name);
    }
    gjb_buffer_add_string(out, t->when != NULL ? " when …" : "");
    if (t->target != GJC_NO_INDEX) {
        gjb_buffer_add_string(out, " -> ");
        gjb_buffer_add_text(out, model->stages[t->target].label.name);
    }
    gjb_buffer_add_string(out, t->times_max == 1 ? " once" : "");
    gjb_buffer_add_string(out, is_return(graph, index) ? " (return)\n" : "\n");
}

static void recovery_print(const gjc_model *model, const gjc_recovery *r, gjb_buffer *out)
{
    gjb_buffer_add_string(out, ": in ");
    gjb_buffer_add_text(out, model->stages[r->stage].label.name);
    gjb_buffer_add_string(out, ", left out ");
    for (uint32_t i = 0; i < r->left_out_count; i++) {
        gjb_buffer_add_string(out, i == 0 ? "" : ", ");
        gjb_buffer_add_text(out,
                            model->actions[model->transitions[r->left_out[i]].action].label.name);
    }
    for (uint32_t i = 0; i < r->return_count; i++) {
        gjb_buffer_add_string(out, i == 0 ? "; unless done since entering " : " or ");
        gjb_buffer_add_text(out, model->stages[r->returns[i]].label.name);
    }
}

static void cell_print(const gjc_model *model, uint32_t action, const gjc_cell *cell,
                       gjb_buffer *out)
{
    static const char *const words[] = {"here", "ahead", "behind", "free", "closed", "elsewhere"};
    uint32_t lines = cell->meaning == GJR_MEANING_AHEAD ? cell->recovery_count : 1;
    for (uint32_t i = 0; i < lines; i++) {
        gjb_buffer_add_format(out, "  %s ", words[cell->meaning]);
        gjb_buffer_add_text(out, model->actions[action].label.name);
        if (cell->meaning == GJR_MEANING_AHEAD)
            recovery_print(model, &cell->recoveries[i], out);
        gjb_buffer_add_byte(out, '\n');
    }
}

static void stage_print(const gjc_graph *graph, const gjc_recovery_table *table, uint32_t index,
                        gjb_buffer *out)
{
    const gjc_model *model = graph->model;
    const gjc_stage *stage = &model->stages[index];
    gjb_buffer_add_string(out, "\nstage ");
    gjb_buffer_add_text(out, stage->label.name);
    gjb_buffer_add_string(out, stage->is_initial ? " initial" : "");
    gjb_buffer_add_string(out, stage->is_void ? " final void" : stage->is_final ? " final" : "");
    if (graph->dominators[index] != GJC_NO_INDEX) {
        gjb_buffer_add_string(out, "  # dominated by ");
        gjb_buffer_add_text(out, model->stages[graph->dominators[index]].label.name);
    }
    gjb_buffer_add_byte(out, '\n');
    for (uint32_t i = 0; i < stage->transition_count; i++)
        transition_print(graph, stage->first_transition + i, out);
    const gjc_cell *row = table->cells + (size_t)index * model->action_count;
    for (uint32_t action = 0; action < model->action_count; action++)
        if (row[action].meaning != GJR_MEANING_HERE && row[action].meaning != GJR_MEANING_CLOSED &&
            row[action].meaning != GJR_MEANING_ELSEWHERE)
            cell_print(model, action, &row[action], out);
}

void gjc_graph_print(const gjc_graph *graph, const gjc_recovery_table *table, uint32_t stage,
                     gjb_buffer *out)
{
    const gjc_model *model = graph->model;
    gjb_buffer_add_string(out, "procedure ");
    gjb_buffer_add_text(out, model->label.name);
    gjb_buffer_add_format(out, " version %u\n", model->version);
    for (uint32_t i = 0; i < model->stage_count; i++)
        if (stage == GJC_NO_INDEX || stage == i)
            stage_print(graph, table, i, out);
}
