/* SPDX-License-Identifier: Apache-2.0
 *
 * See describe.h. */
#include "describe/describe.h"
#include "base/text.h"
#include "describe/dot.h"
#include "describe/layout.h"
#include "describe/machine.h"
#include "describe/svg.h"

static gj_status drawn(gjc_machine *machine, gjc_drawing form, gjb_buffer *out)
{
    gj_status status = gjc_machine_describe(machine);
    if (status == GJ_OK && form == GJC_DRAWING_SVG)
        status = gjc_layout(machine->diagram);
    if (status != GJ_OK)
        return status;
    if (form == GJC_DRAWING_SVG)
        gjc_svg_print(machine->diagram, out);
    else
        gjc_dot_print(machine->diagram, out);
    return out->failed ? GJ_NO_MEMORY : GJ_OK;
}

gj_status gjc_describe(const gjc_subject *subject, gjc_drawing form, gj_lang lang, gjb_buffer *out)
{
    gjb_arena arena;
    gjc_diagram diagram;
    gjb_arena_init(&arena, out->allocator);
    gjc_diagram_init(&diagram, subject->graph->model, lang, &arena);
    gjc_machine machine = {
        .diagram = &diagram,
        .graph = subject->graph,
        .table = subject->table,
        .sources = subject->sources,
        .chosen = subject->stage,
    };
    gj_status status = drawn(&machine, form, out);
    gjb_arena_deinit(&arena);
    return status;
}

/* ---- names ---- */

static size_t last_slash(gj_text text)
{
    size_t at = text.size;
    while (at > 0 && text.bytes[at - 1] != '/')
        at--;
    return at;
}

/* From the stage outwards, part by part from the end. */
static bool answers(const gjc_model *model, uint32_t stage, gj_text called)
{
    const gjc_label *label = &model->stages[stage].label;
    uint32_t region = model->stages[stage].region;
    for (;;) {
        size_t cut = last_slash(called);
        if (!gjc_label_answers(label, gjb_text_slice(called, cut, called.size)))
            return false;
        if (cut == 0)
            return true;
        if (region == 0)
            return false;
        called = gjb_text_slice(called, 0, cut - 1);
        label = &model->regions[region].label;
        region = model->regions[region].outer;
    }
}

int64_t gjc_describe_find_stage(const gjc_model *model, gj_text called)
{
    int64_t found = GJC_STAGES_NONE;
    for (uint32_t i = 0; i < model->stage_count; i++) {
        if (!answers(model, i, called) && !gjc_label_answers(&model->stages[i].label, called))
            continue;
        if (model->stages[i].region == 0)
            return i;
        found = found == GJC_STAGES_NONE ? (int64_t)i : GJC_STAGES_SEVERAL;
    }
    return found;
}
