/* SPDX-License-Identifier: Apache-2.0
 *
 * See emit.h. */
#include "emit/emit.h"

#include "base/text.h"
#include "emit/emitter.h"

/* ---- what every clause has ---- */

uint32_t gjc_emit_text(gjc_emitter *e, gj_text text)
{
    return gjr_writer_add_text(&e->writer, text);
}

uint32_t gjc_emit_position(gjc_emitter *e, gjc_span span)
{
    const gjc_source *source = gjc_sources_get(e->sources, span.source);
    gjc_position at = gjc_source_position(source, span.begin);
    uint32_t *file = &e->file_texts[source->origin];
    if (*file == GJR_NONE)
        *file = gjc_emit_text(e, source->path);
    return gjr_writer_add_position(&e->writer, &(gjr_position){*file, at.line, at.column});
}

gjc_rows gjc_emit_basis(gjc_emitter *e, gjc_basis basis)
{
    gjc_rows rows = {gjr_writer_citation_count(&e->writer), basis.count};
    for (uint32_t i = 0; i < basis.count; i++) {
        const gjc_citation *c = &e->model->citations[basis.first + i];
        gjr_citation row = {0};
        row.law = gjc_emit_text(e, c->law);
        row.title = gjc_emit_text(e, c->title);
        row.article = gjc_emit_text(e, c->article);
        row.heading = gjc_emit_text(e, c->heading);
        gjr_writer_add_citation(&e->writer, &row);
    }
    return rows;
}

static void aliases_emit(gjc_emitter *e, gjr_alias_of of, uint32_t target, const gjc_label *label)
{
    for (uint32_t i = 0; i < label->alias_count; i++) {
        gjr_other_name row = {of, target, gjc_emit_text(e, label->aliases[i])};
        gjr_writer_add_other_name(&e->writer, &row);
    }
}

/* ---- nouns ---- */

static void procedure_emit(gjc_emitter *e)
{
    const gjc_model *model = e->model;
    gjr_procedure row = {
        .version = model->version,
        .effective_day = model->effective == GJ_NO_DAY ? GJR_NONE : (uint32_t)model->effective,
    };
    row.name = gjc_emit_text(e, model->label.name);
    row.title = gjc_emit_text(e, model->label.title);
    row.calendar = gjb_text_is_present(model->calendar) ? 0 : GJR_NONE;
    gjc_rows basis = gjc_emit_basis(e, model->basis);
    row.basis_first = basis.first, row.basis_count = basis.count;
    row.position = gjc_emit_position(e, model->label.span);
    gjr_writer_add_procedure(&e->writer, &row);
}

static void calendar_names_emit(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->calendar_use_count; i++) {
        gjr_calendar_name row = {gjc_emit_text(e, e->model->calendar_uses[i].name)};
        gjr_writer_add_calendar_name(&e->writer, &row);
    }
}

static void enumerations_emit(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->enumeration_count; i++) {
        const gjc_enumeration *from = &e->model->enumerations[i];
        gjr_enumeration row = {gjr_writer_member_count(&e->writer), from->member_count};
        for (uint32_t j = 0; j < from->member_count; j++) {
            gjr_member member = {.name = gjc_emit_text(e, from->members[j].name)};
            member.title = gjc_emit_text(e, from->members[j].title);
            gjr_writer_add_member(&e->writer, &member);
        }
        gjr_writer_add_enumeration(&e->writer, &row);
    }
}

static uint32_t or_none(uint32_t index)
{
    return index == GJC_NO_INDEX ? GJR_NONE : index;
}

static void records_emit(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->record_type_count; i++) {
        const gjc_record_type *from = &e->model->record_types[i];
        gjr_record_type row = {.parts_first = gjr_writer_part_count(&e->writer),
                               .parts_count = from->part_count};
        row.name = gjc_emit_text(e, from->label.name);
        row.title = gjc_emit_text(e, from->label.title);
        for (uint32_t j = 0; j < from->part_count; j++) {
            gjc_type type = from->parts[j].type;
            gjr_part part = {.type = type.base,
                             .element = type.element,
                             .enumeration = or_none(type.enumeration),
                             .record = or_none(type.record)};
            part.name = gjc_emit_text(e, from->parts[j].label.name);
            part.title = gjc_emit_text(e, from->parts[j].label.title);
            gjr_writer_add_part(&e->writer, &part);
        }
        gjr_writer_add_record_type(&e->writer, &row);
    }
}

/* Fields, then parameters. */
static void fields_emit(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->field_count + e->model->parameter_count; i++) {
        const gjc_field *field = gjc_model_get_field(e->model, i);
        gjr_field row = {
            .type = field->type.base,
            .element = field->type.element,
            .enumeration = or_none(field->type.enumeration),
            .record = or_none(field->type.record),
            .flags = (field->is_optional ? GJR_FIELD_OPTIONAL : 0u) |
                     (i >= e->model->field_count ? GJR_FIELD_PARAMETER : 0u) |
                     (field->is_kept ? GJR_FIELD_KEPT : 0u),
        };
        row.name = gjc_emit_text(e, field->label.name);
        row.title = gjc_emit_text(e, field->label.title);
        row.preset = gjc_emit_expression(e, field->preset);
        row.judged_by = field->is_judgement ? field->judged_by : GJR_NONE;
        gjc_rows rows = gjc_emit_subscriptions(e, GJR_TRIGGER_FIELD, i);
        row.subscriptions_first = rows.first, row.subscriptions_count = rows.count;
        row.position = gjc_emit_position(e, field->label.span);
        gjr_writer_add_field(&e->writer, &row);
    }
}

static void posts_emit(gjc_emitter *e)
{
    const gjc_model *model = e->model;
    for (uint32_t i = 0; i < model->department_count; i++) {
        const gjc_label *label = &model->departments[i].label;
        gjr_department row = {gjc_emit_text(e, label->name), 0};
        row.title = gjc_emit_text(e, label->title);
        gjr_writer_add_department(&e->writer, &row);
        aliases_emit(e, GJR_ALIAS_DEPARTMENT, i, label);
    }
    for (uint32_t i = 0; i < model->post_count; i++) {
        const gjc_post *post = &model->posts[i];
        gjr_post row = {
            .department = post->department == GJC_NO_INDEX ? GJR_NONE : post->department,
            .flags = post->department == GJC_NO_INDEX ? GJR_POST_PARTY : 0u,
        };
        row.name = gjc_emit_text(e, post->label.name);
        row.title = gjc_emit_text(e, post->label.title);
        gjr_writer_add_post(&e->writer, &row);
        aliases_emit(e, GJR_ALIAS_POST, i, &post->label);
    }
}

static void documents_emit(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->document_count; i++) {
        const gjc_document *document = &e->model->documents[i];
        gjr_document row = {
            .need = document->need,
        };
        row.name = gjc_emit_text(e, document->label.name);
        row.title = gjc_emit_text(e, document->label.title);
        row.when = gjc_emit_expression(e, document->when);
        gjc_rows basis = gjc_emit_basis(e, document->basis);
        row.basis_first = basis.first, row.basis_count = basis.count;
        row.position = gjc_emit_position(e, document->label.span);
        gjr_writer_add_document(&e->writer, &row);
    }
}

static void actions_emit(gjc_emitter *e)
{
    for (uint32_t i = 0; i < e->model->action_count; i++) {
        const gjc_action *action = &e->model->actions[i];
        gjr_action row = {
            .flags = action->is_staged ? GJR_ACTION_STAGED : GJR_ACTION_FREE,
            .parameters_first = e->model->field_count + action->first_parameter,
            .parameters_count = action->parameter_count,
        };
        row.name = gjc_emit_text(e, action->label.name);
        row.title = gjc_emit_text(e, action->label.title);
        gjc_rows rows = gjc_emit_subscriptions(e, GJR_TRIGGER_ACTION, i);
        row.subscriptions_first = rows.first, row.subscriptions_count = rows.count;
        rows = gjc_emit_powers(e, i);
        row.powers_first = rows.first, row.powers_count = rows.count;
        gjr_writer_add_action(&e->writer, &row);
        aliases_emit(e, GJR_ALIAS_ACTION, i, &action->label);
    }
}

/* ---- the whole ---- */

static bool emitter_init(gjc_emitter *e, const gjc_graph *graph, const gjc_recovery_table *table,
                         const gjc_sources *sources, const gj_allocator *allocator)
{
    const gjc_model *model = graph->model;
    *e = (gjc_emitter){.model = model, .graph = graph, .table = table, .sources = sources};
    gjr_writer_init(&e->writer, allocator);
    gjb_arena_init(&e->scratch, allocator);
    e->file_texts = gjb_arena_make(&e->scratch, sources->count, sizeof(uint32_t));
    e->transition_rows = gjb_arena_make(&e->scratch, model->transition_count, sizeof(uint32_t));
    e->place_rows = gjb_arena_make(&e->scratch, (size_t)model->region_count * model->action_count,
                                   sizeof(uint32_t));
    size_t field_count = (size_t)model->field_count + model->parameter_count;
    e->read_fields = gjb_arena_make(&e->scratch, field_count, sizeof(uint32_t));
    e->is_read = gjb_arena_make(&e->scratch, field_count, sizeof(bool));
    e->native_rows = gjb_arena_make(&e->scratch, model->native_count, sizeof *e->native_rows);
    e->bound = gjb_arena_make(&e->scratch, model->binder_count, sizeof *e->bound);
    e->table_rows = gjb_arena_make(&e->scratch, model->table_count, sizeof *e->table_rows);
    if (e->file_texts == NULL || e->transition_rows == NULL || e->place_rows == NULL ||
        e->read_fields == NULL || e->is_read == NULL || e->bound == NULL ||
        e->native_rows == NULL || e->table_rows == NULL)
        return false;
    for (size_t i = 0; i < sources->count; i++)
        e->file_texts[i] = GJR_NONE;
    for (uint32_t i = 0; i < model->native_count; i++)
        e->native_rows[i] = GJR_NONE;
    for (uint32_t i = 0; i < model->table_count; i++)
        e->table_rows[i] = GJR_NONE;
    return true;
}

gj_status gjc_emit(const gjc_graph *graph, const gjc_recovery_table *table,
                   const gjc_sources *sources, gjr_bundle *bundle)
{
    gjc_emitter e;
    gj_status status = GJ_NO_MEMORY;
    if (emitter_init(&e, graph, table, sources, bundle->file->allocator)) {
        procedure_emit(&e);
        calendar_names_emit(&e);
        enumerations_emit(&e);
        records_emit(&e);
        fields_emit(&e);
        posts_emit(&e);
        documents_emit(&e);
        actions_emit(&e);
        gjc_emit_places(&e);
        gjc_emit_stages(&e);
        gjc_emit_cells(&e);
        gjc_emit_regions(&e);
        gjc_emit_limits(&e);
        gjc_emit_rules(&e);
        gjc_emit_migrations(&e);
        status = e.out_of_memory ? GJ_NO_MEMORY : gjr_bundle_add(bundle, &e.writer);
    }
    gjb_arena_deinit(&e.scratch);
    gjr_writer_deinit(&e.writer);
    return status;
}
