/* SPDX-License-Identifier: Apache-2.0
 *
 * Stages, their transitions and the cells. In a stage, the transitions of one action stand
 * together, actions in the order in which the stage first has them. */
#include "emit/emitter.h"

/* ---- transitions ---- */

static gjc_rows posts_emit(gjc_emitter *e, const gjc_transition *t)
{
    gjc_rows rows = {gjr_writer_post_ref_count(&e->writer), t->post_count};
    for (uint32_t i = 0; i < t->post_count; i++)
        gjr_writer_add_post_ref(&e->writer, &(gjr_post_ref){t->posts[i]});
    return rows;
}

static gjc_rows documents_emit(gjc_emitter *e, const gjc_transition *t)
{
    gjc_rows rows = {gjr_writer_document_ref_count(&e->writer), t->document_count};
    for (uint32_t i = 0; i < t->document_count; i++)
        gjr_writer_add_document_ref(&e->writer, &(gjr_document_ref){t->documents[i]});
    return rows;
}

gjc_rows gjc_emit_sets(gjc_emitter *e, const gjc_assignment *sets, uint32_t count)
{
    gjc_rows rows = {gjr_writer_assignment_count(&e->writer), count};
    for (uint32_t i = 0; i < count; i++)
        gjr_writer_add_assignment(
            &e->writer, &(gjr_assignment){sets[i].field, gjc_emit_expression(e, sets[i].value)});
    return rows;
}

static void transition_emit(gjc_emitter *e, uint32_t index)
{
    const gjc_transition *t = &e->model->transitions[index];
    gjc_rows posts = posts_emit(e, t), documents = documents_emit(e, t);
    gjc_rows basis = gjc_emit_basis(e, t->basis);
    uint32_t when = gjc_emit_expression(e, t->when);
    gjc_rows sets = gjc_emit_sets(e, t->sets, t->set_count);
    e->transition_rows[index] = gjr_writer_add_transition(
        &e->writer, &(gjr_transition){
                        .stage = t->stage,
                        .action = t->action,
                        .target = t->target == GJC_NO_INDEX ? GJR_NONE : t->target,
                        .posts_first = posts.first,
                        .posts_count = posts.count,
                        .when = when,
                        .needs = t->needs,
                        .documents_first = documents.first,
                        .documents_count = documents.count,
                        .times_max = t->times_max,
                        .sets_first = sets.first,
                        .sets_count = sets.count,
                        .basis_first = basis.first,
                        .basis_count = basis.count,
                        .position = gjc_emit_position(e, t->span),
                    });
}

/* Those of a stage, each action's together. */
static gjc_rows transitions_emit(gjc_emitter *e, const gjc_stage *stage)
{
    gjc_rows rows = {gjr_writer_transition_count(&e->writer), stage->transition_count};
    uint32_t end = stage->first_transition + stage->transition_count;
    for (uint32_t i = stage->first_transition; i < end; i++) {
        if (e->transition_rows[i] != GJR_NONE)
            continue;
        for (uint32_t j = i; j < end; j++)
            if (e->model->transitions[j].action == e->model->transitions[i].action)
                transition_emit(e, j);
    }
    return rows;
}

void gjc_emit_stages(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->transition_count; i++)
        e->transition_rows[i] = GJR_NONE;
    for (uint32_t i = 0; i < e->model->stage_count; i++) {
        const gjc_stage *stage = &e->model->stages[i];
        gjr_stage row = {
            .flags =
                (stage->is_final ? GJR_STAGE_FINAL : 0u) | (stage->is_void ? GJR_STAGE_VOID : 0u),
            .holder = stage->holder == GJC_NO_INDEX ? GJR_NONE : stage->holder,
            .region = stage->region,
            .branches_first = stage->first_branch,
            .branches_count = stage->branch_count,
            .need = stage->branch_count > 0 ? stage->need : 0,
            .join = stage->join == GJC_NO_INDEX ? GJR_NONE : stage->join,
        };
        row.name = gjc_emit_text(e, stage->label.name);
        row.title = gjc_emit_text(e, stage->label.title);
        gjc_rows rows = transitions_emit(e, stage);
        row.transitions_first = rows.first, row.transitions_count = rows.count;
        rows = gjc_emit_subscriptions(e, GJR_TRIGGER_ENTERING, i);
        row.entering_first = rows.first, row.entering_count = rows.count;
        rows = gjc_emit_subscriptions(e, GJR_TRIGGER_LEAVING, i);
        row.leaving_first = rows.first, row.leaving_count = rows.count;
        row.position = gjc_emit_position(e, stage->label.span);
        gjr_writer_add_stage(&e->writer, &row);
    }
    /* Exits name transitions of stages that come later. */
    for (uint32_t i = 0; i < e->model->stage_count; i++) {
        if (e->model->stages[i].branch_count == 0)
            continue;
        gjc_rows rows = gjc_emit_exits(e, i);
        gjr_stage *row = gjr_writer_get_stage(&e->writer, i);
        if (row != NULL)
            row->exits_first = rows.first, row->exits_count = rows.count;
    }
}

/* ---- cells ---- */

/* Those of an action in its stage. */
static gjc_rows here_find(const gjc_emitter *e, uint32_t stage, uint32_t action)
{
    const gjc_stage *s = &e->model->stages[stage];
    gjc_rows rows = {0, 0};
    for (uint32_t i = s->first_transition; i < s->first_transition + s->transition_count; i++)
        if (e->model->transitions[i].action == action && rows.count++ == 0)
            rows.first = e->transition_rows[i];
    return rows;
}

static void recovery_emit(gjc_emitter *e, const gjc_recovery *r)
{
    gjr_recovery row = {
        .stage = r->stage,
        .left_out_first = gjr_writer_step_count(&e->writer),
        .left_out_count = r->left_out_count,
        .returns_first = gjr_writer_stage_ref_count(&e->writer),
        .returns_count = r->return_count,
    };
    for (uint32_t i = 0; i < r->left_out_count; i++)
        gjr_writer_add_step(&e->writer, &(gjr_step){e->transition_rows[r->left_out[i]]});
    for (uint32_t i = 0; i < r->return_count; i++)
        gjr_writer_add_stage_ref(&e->writer, &(gjr_stage_ref){r->returns[i]});
    gjr_writer_add_recovery(&e->writer, &row);
}

void gjc_emit_cells(gjc_emitter *e)
{
    const gjc_model *model = e->model;
    for (uint32_t stage = 0; stage < model->stage_count; stage++)
        for (uint32_t action = 0; action < model->action_count; action++) {
            const gjc_cell *cell = &e->table->cells[(size_t)stage * model->action_count + action];
            gjc_rows here = here_find(e, stage, action);
            gjr_cell row = {
                .meaning = cell->meaning,
                .here_first = here.first,
                .here_count = here.count,
                .recoveries_first = gjr_writer_recovery_count(&e->writer),
                .recoveries_count = cell->recovery_count,
                .place = e->place_rows[(size_t)model->stages[stage].region * model->action_count +
                                       action],
            };
            for (uint32_t i = 0; i < cell->recovery_count; i++)
                recovery_emit(e, &cell->recoveries[i]);
            gjr_writer_add_cell(&e->writer, &row);
        }
}
