/* SPDX-License-Identifier: Apache-2.0
 *
 * See declared.h. */
#include "sema/declared.h"

#include "base/text.h"

static bool is_template(gjc_kind kind)
{
    return kind == GJC_TEMPLATE || kind == GJC_TEMPLATE_STAGE || kind == GJC_TEMPLATE_LIMIT;
}

static gjc_arg noun_of(gjc_kind kind)
{
    return kind == GJC_TYPE     ? gjc_arg_words("type", "类型")
           : is_template(kind)  ? gjc_arg_words("template", "范本")
           : kind == GJC_TABLE  ? gjc_arg_words("table", "决策表")
           : kind == GJC_NATIVE ? gjc_arg_words("native", "外接")
                                : gjc_arg_words("function", "函数");
}

/* Types, what is called in expressions and templates are named apart from each other. */
static bool is_same_kind(gjc_kind a, gjc_kind b)
{
    return (a == GJC_TYPE) == (b == GJC_TYPE) && is_template(a) == is_template(b);
}

bool gjc_declared_is_callable(gjc_kind kind)
{
    return kind == GJC_FUNCTION || kind == GJC_TABLE;
}

/* ---- gathering ---- */

static gjc_declared *declared_in(const gjc_declarations *all, const gjc_module *module,
                                 gjc_kind kind, gj_text name)
{
    for (gjc_declared *d = all->first; d != NULL; d = d->next)
        if (d->module == module && is_same_kind(d->node->kind, kind) &&
            gjb_text_equal(d->label.name, name))
            return d;
    return NULL;
}

static void declared_add(gjc_sema *sema, const gjc_module *module, const gjc_node *node)
{
    gjc_declarations *all = sema->declarations;
    gjc_label label = gjc_sema_label(sema, node);
    gjc_declared *same = declared_in(all, module, node->kind, label.name);
    if (same != NULL) {
        gjc_sema_check_taken(sema, (gjc_labels){&same->label, 1, sizeof same->label}, &label,
                             noun_of(node->kind));
        return;
    }
    gjc_declared *added = gjc_sema_make(sema, 1, sizeof *added);
    if (added == NULL)
        return;
    *added = (gjc_declared){.label = label, .module = module, .node = node};
    if (all->last == NULL)
        all->first = added;
    else
        all->last->next = added;
    all->last = added;
}

void gjc_declared_gather(gjc_sema *sema, const gjc_module *module)
{
    for (const gjc_node *node = module->tree->first; node != NULL; node = node->next)
        if (node->kind == GJC_TYPE || node->kind == GJC_NATIVE ||
            gjc_declared_is_callable(node->kind) || is_template(node->kind))
            declared_add(sema, module, node);
}

void gjc_declared_begin(gjc_sema *sema)
{
    for (gjc_declared *d = sema->declarations->first; d != NULL; d = d->next)
        *d = (gjc_declared){
            .label = d->label, .module = d->module, .node = d->node, .next = d->next};
}

/* ---- finding ---- */

/* The best found so far, and how it was found: own before used. */
typedef struct finding {
    gjc_declared *found, *other;
} finding;

static void take(finding *into, gjc_declared *declared)
{
    if (declared == NULL || declared == into->found)
        return;
    if (into->found == NULL)
        into->found = declared;
    else if (into->other == NULL)
        into->other = declared;
}

/* Where the name begins behind its module's: 0 where it stands alone. */
static size_t name_begin(gj_text path)
{
    size_t dot = path.size;
    while (dot > 0 && path.bytes[dot - 1] != '.')
        dot--;
    return dot;
}

static finding find_among_used(const gjc_sema *sema, gjc_kind kind, gj_text path)
{
    const gjc_module *from = sema->module;
    finding among = {NULL, NULL};
    size_t dot = name_begin(path);
    gj_text prefix = dot > 0 ? gjb_text_slice(path, 0, dot - 1) : (gj_text){0};
    gj_text name = gjb_text_slice(path, dot, path.size);
    for (size_t i = 0; i < from->use_count; i++) {
        const gjc_use *use = &from->uses[i];
        if (use->module != NULL && (dot == 0 || gjc_use_answers(use, prefix)))
            take(&among, declared_in(sema->declarations, use->module, kind, name));
    }
    return among;
}

gjc_declared *gjc_declared_find(gjc_sema *sema, gjc_kind kind, gj_text path, gjc_span span,
                                bool *ambiguous)
{
    *ambiguous = false;
    gjc_declared *own = declared_in(sema->declarations, sema->module, kind, path);
    if (own != NULL)
        return own;
    finding among = find_among_used(sema, kind, path);
    if (among.other == NULL)
        return among.found;
    *ambiguous = true;
    gjc_diag *diag = gjc_diag_add(sema->diags, GJC_E0307, span, noun_of(kind), gjc_arg_text(path));
    gjc_diag_note_add(sema->diags, diag, among.found->label.span,
                      gjc_arg_words("one of them", "其一"));
    gjc_diag_note_add(sema->diags, diag, among.other->label.span, gjc_arg_words("another", "其二"));
    diag->hint = gjc_arg_words("write its module before it, with a point between them",
                               "请在其前写明模块，以点号连接");
    return NULL;
}

static bool is_seen(const gjc_sema *sema, const gjc_module *module)
{
    bool seen = module == sema->module;
    for (size_t i = 0; i < sema->module->use_count; i++)
        seen = seen || sema->module->uses[i].module == module;
    return seen;
}

static uint32_t names_alone(const gjc_sema *sema, gjc_kind kind, gjc_label *names,
                            uint32_t count_max)
{
    uint32_t count = 0;
    for (const gjc_declared *d = sema->declarations->first; d != NULL && count < count_max;
         d = d->next)
        if (is_same_kind(d->node->kind, kind) && is_seen(sema, d->module))
            names[count++] = d->label;
    return count;
}

static gj_text qualified(gjc_sema *sema, gj_text module, gj_text name)
{
    gjb_buffer text;
    gjb_buffer_init(&text, sema->arena->allocator);
    gjb_buffer_add_text(&text, module);
    gjb_buffer_add_string(&text, ".");
    gjb_buffer_add_text(&text, name);
    gj_text made = gjb_arena_text(sema->arena, gjb_buffer_text(&text));
    sema->out_of_memory = sema->out_of_memory || text.failed || !gjb_text_is_present(made);
    gjb_buffer_deinit(&text);
    return made;
}

/* Under the module's name as the writer has it, where that is known, else as it is. */
static uint32_t names_qualified(gjc_sema *sema, gjc_kind kind, gj_text prefix, gjc_label *names,
                                uint32_t count_max)
{
    uint32_t count = 0;
    for (size_t i = 0; i < sema->module->use_count; i++) {
        const gjc_use *use = &sema->module->uses[i];
        gj_text module = gjc_use_answers(use, prefix) ? prefix : use->path;
        for (const gjc_declared *d = sema->declarations->first; d != NULL && count < count_max;
             d = d->next)
            if (is_same_kind(d->node->kind, kind) && d->module == use->module) {
                names[count] = d->label;
                names[count++].name = qualified(sema, module, d->label.name);
            }
    }
    return count;
}

uint32_t gjc_declared_names(gjc_sema *sema, gjc_kind kind, gj_text path, gjc_label *names,
                            uint32_t count_max)
{
    uint32_t count = names_alone(sema, kind, names, count_max);
    size_t dot = name_begin(path);
    if (dot > 0)
        count += names_qualified(sema, kind, gjb_text_slice(path, 0, dot - 1), names + count,
                                 count_max - count);
    return count;
}

/* ---- circles ---- */

gj_text gjc_declared_circle(gjc_sema *sema, const gjc_declared *first)
{
    gjb_buffer names;
    gjb_buffer_init(&names, sema->arena->allocator);
    bool inside = false;
    for (size_t i = 0; i < sema->begun_count; i++) {
        inside = inside || sema->begun[i] == first;
        if (inside) {
            gjb_buffer_add_text(&names, sema->begun[i]->label.name);
            gjb_buffer_add_string(&names, " → ");
        }
    }
    gjb_buffer_add_text(&names, first->label.name);
    gj_text made = gjb_arena_text(sema->arena, gjb_buffer_text(&names));
    sema->out_of_memory = sema->out_of_memory || names.failed || !gjb_text_is_present(made);
    gjb_buffer_deinit(&names);
    return made;
}
