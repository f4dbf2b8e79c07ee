/* SPDX-License-Identifier: Apache-2.0
 *
 * See refusals.h. */
#include "sema/refusals.h"

static void refuse(gjc_sema *sema, gjc_arg name, gjc_span span)
{
    gjc_diag_add(sema->diags, GJC_E0901, span, name, gjc_arg_none());
}

void gjc_refusals_add(gjc_sema *sema, gjc_unsupported what, gjc_span span)
{
    static const char *const names[][2] = {
#define GJC_UNSUPPORTED_CASE(NAME, en, zh) {en, zh},
#include "sema/unsupported.def"
    };
    refuse(sema, gjc_arg_words(names[what][GJ_EN], names[what][GJ_ZH]), span);
}

/* What a refused kind is called in either language; NULL where the kind is not refused. */
static const char *const *refused_find(gjc_kind kind)
{
    static const char *const names[GJC_KIND_COUNT][2] = {
#define GJC_UNSUPPORTED_KIND(KIND, en, zh) [GJC_##KIND] = {en, zh},
#include "sema/unsupported.def"
    };
    return names[kind][GJ_EN] != NULL ? names[kind] : NULL;
}

static bool kind_refuse(gjc_sema *sema, const gjc_node *node)
{
    const char *const *name = refused_find(node->kind);
    if (name != NULL)
        refuse(sema, gjc_arg_words(name[GJ_EN], name[GJ_ZH]), node->span);
    return name != NULL;
}

bool gjc_refusals_hold(const gjc_node *block)
{
    for (const gjc_node *node = block->first; node != NULL; node = node->next)
        if (refused_find(node->kind) != NULL || node->kind == GJC_INCLUDE) /* that was wrong */
            return true;
    return false;
}

/* Recursion is bounded by GJC_TREE_DEPTH_MAX. */
static void walk(gjc_sema *sema, const gjc_node *parent)
{
    for (const gjc_node *node = parent->first; node != NULL; node = node->next)
        if (!kind_refuse(sema, node))
            walk(sema, node);
}

void gjc_refusals_check(gjc_sema *sema, const gjc_node *tree)
{
    walk(sema, tree);
}
