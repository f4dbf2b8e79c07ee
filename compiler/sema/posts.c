/* SPDX-License-Identifier: Apache-2.0
 *
 * See posts.h. */
#include "sema/posts.h"

#include "base/text.h"

static gjc_arg post_noun(void)
{
    return gjc_arg_words("post or party", "岗位或当事人");
}

/* ---- declaring ---- */

static gjc_post *post_add(gjc_sema *sema, gjc_label label, uint32_t department)
{
    gjc_post *post = gjc_model_add_post(sema->model);
    if (post == NULL) {
        sema->out_of_memory = true;
        return NULL;
    }
    *post = (gjc_post){.label = label, .department = department, .module = sema->module};
    return post;
}

static void posts_declare(gjc_sema *sema, const gjc_node *node, uint32_t department)
{
    uint32_t first = sema->model->post_count;
    const gjc_node *post = gjc_node_find(node, GJC_POST);
    for (; post != NULL; post = gjc_node_find_next(post)) {
        gjc_label label = gjc_sema_label(sema, post);
        gjc_labels known = GJC_LABELS(sema->model->posts + first, sema->model->post_count - first);
        if (!gjc_sema_check_taken(sema, known, &label, gjc_arg_words("post", "岗位")) &&
            post_add(sema, label, department) == NULL)
            return;
    }
    gjc_sema_check_answers(sema,
                           GJC_LABELS(sema->model->posts + first, sema->model->post_count - first),
                           gjc_arg_words("posts", "岗位"));
}

static void department_declare(gjc_sema *sema, const gjc_node *node)
{
    gjc_model *model = sema->model;
    gjc_label label = gjc_sema_label(sema, node);
    gjc_labels known = GJC_LABELS(model->departments, model->department_count);
    if (gjc_sema_check_taken(sema, known, &label, gjc_arg_words("department", "部门")))
        return;
    gjc_department *department = gjc_model_add_department(model);
    if (department == NULL) {
        sema->out_of_memory = true;
        return;
    }
    *department = (gjc_department){label, sema->module};
    posts_declare(sema, node, model->department_count - 1);
}

/* The first post or party that is no other department's; for duplicate parties. */
static bool party_is_taken(gjc_sema *sema, const gjc_label *label)
{
    for (uint32_t i = 0; i < sema->model->post_count; i++) {
        const gjc_post *post = &sema->model->posts[i];
        gjc_labels one = {&post->label, 1, sizeof post->label};
        if (post->department == GJC_NO_INDEX &&
            gjc_sema_check_taken(sema, one, label, gjc_arg_words("party", "当事人")))
            return true;
    }
    return false;
}

static void module_declare(gjc_sema *sema, const gjc_module *module)
{
    const gjc_module *reading = sema->module;
    sema->module = module;
    for (const gjc_node *node = module->tree->first; node != NULL; node = node->next) {
        if (node->kind == GJC_DEPARTMENT) {
            department_declare(sema, node);
        } else if (node->kind == GJC_PARTY) {
            gjc_label label = gjc_sema_label(sema, node);
            if (!party_is_taken(sema, &label))
                post_add(sema, label, GJC_NO_INDEX);
        }
    }
    sema->module = reading;
}

static bool is_applicant(gj_text name)
{
    return gjb_text_equal_string(name, "applicant") || gjb_text_equal_string(name, "申请人");
}

/* Built in, unless a party or post of that name is declared. */
static void applicant_declare(gjc_sema *sema)
{
    for (uint32_t i = 0; i < sema->model->post_count; i++)
        if (is_applicant(sema->model->posts[i].label.name))
            return;
    gjc_label label = {.name = gjb_text_of("applicant"), .title = gjb_text_of("申请人")};
    gjc_post *post = post_add(sema, label, GJC_NO_INDEX);
    if (post != NULL)
        post->module = NULL;
}

void gjc_posts_declare(gjc_sema *sema)
{
    module_declare(sema, sema->module);
    for (size_t i = 0; i < sema->module->use_count; i++)
        if (sema->module->uses[i].module != NULL)
            module_declare(sema, sema->module->uses[i].module);
    applicant_declare(sema);
    gjc_sema_check_answers(sema,
                           GJC_LABELS(sema->model->departments, sema->model->department_count),
                           gjc_arg_words("departments", "部门"));
}

/* ---- finding ---- */

static bool post_is_called(const gjc_model *model, const gjc_post *post, gj_text department,
                           gj_text name)
{
    if (post->module == NULL)
        return !gjb_text_is_present(department) && is_applicant(name);
    if (!gjb_text_equal(post->label.name, name))
        return false;
    if (!gjb_text_is_present(department))
        return true;
    return post->department != GJC_NO_INDEX &&
           gjb_text_equal(model->departments[post->department].label.name, department);
}

/* "amr.window". */
static gj_text qualified_text(gjc_sema *sema, const gjc_post *post)
{
    gjb_buffer words;
    gjb_buffer_init(&words, sema->arena->allocator);
    gjb_buffer_add_text(&words, sema->model->departments[post->department].label.name);
    gjb_buffer_add_byte(&words, '.');
    gjb_buffer_add_text(&words, post->label.name);
    gj_text kept =
        words.failed ? (gj_text){0} : gjb_arena_text(sema->arena, gjb_buffer_text(&words));
    sema->out_of_memory = sema->out_of_memory || kept.bytes == NULL;
    gjb_buffer_deinit(&words);
    return kept;
}

static void two_add(gjc_sema *sema, const gjc_node *name, uint32_t first, uint32_t second)
{
    const gjc_post *posts[] = {&sema->model->posts[first], &sema->model->posts[second]};
    gjc_diag *diag =
        gjc_diag_add(sema->diags, GJC_E0307, name->span, post_noun(), gjc_arg_text(name->text));
    const gjc_post *post = posts[posts[0]->department == GJC_NO_INDEX];
    gjc_diag_suggest(diag, qualified_text(sema, post));
    gjc_diag_note_add(sema->diags, diag, posts[0]->label.span,
                      gjc_arg_words("one of them", "其一"));
    gjc_diag_note_add(sema->diags, diag, posts[1]->label.span, gjc_arg_words("another", "其二"));
}

uint32_t gjc_posts_find(gjc_sema *sema, const gjc_node *name)
{
    const gjc_model *model = sema->model;
    gj_text department = {0}, own = name->text;
    size_t dot = own.size;
    while (dot > 0 && own.bytes[dot - 1] != '.')
        dot--;
    if (dot > 0) {
        department = gjb_text_slice(own, 0, dot - 1);
        own = gjb_text_slice(own, dot, own.size);
    }
    uint32_t found = GJC_NO_INDEX;
    for (uint32_t i = 0; i < model->post_count; i++) {
        if (!post_is_called(model, &model->posts[i], department, own))
            continue;
        if (found != GJC_NO_INDEX) {
            two_add(sema, name, found, i);
            return GJC_NO_INDEX;
        }
        found = i;
    }
    if (found == GJC_NO_INDEX) {
        gjc_labels known = GJC_LABELS(model->posts, model->post_count);
        gjc_sema_add_unknown(sema, &known, 1, name->text, name->span, post_noun());
    }
    return found;
}

uint32_t gjc_posts_find_department(gjc_sema *sema, const gjc_node *path)
{
    gjc_labels known = GJC_LABELS(sema->model->departments, sema->model->department_count);
    return gjc_sema_find(sema, known, path->text, path->span, gjc_arg_words("department", "部门"));
}
