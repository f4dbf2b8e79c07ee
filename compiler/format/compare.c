/* SPDX-License-Identifier: Apache-2.0
 *
 * See compare.h. A tree is at most GJC_TREE_DEPTH_MAX deep, so this recurses. */
#include "format/compare.h"

#include "base/text.h"

static bool nodes_equal(const gjc_node *a, const gjc_node *b)
{
    return a->kind == b->kind && gjb_text_equal(a->text, b->text) && a->value == b->value &&
           a->value2 == b->value2;
}

static bool laws_equal(const gjc_node *a, const gjc_node *b, const gjc_format_laws *laws)
{
    gjc_format_law first, second;
    if (a->first == NULL || b->first == NULL)
        return a->first == b->first;
    if (nodes_equal(a->first, b->first))
        return true;
    return laws != NULL && laws->find(laws->payload, a, &first) &&
           laws->find(laws->payload, b, &second) && first.identity == second.identity;
}

const gjc_node *gjc_trees_compare(const gjc_node *a, const gjc_node *b, const gjc_format_laws *laws)
{
    if (!nodes_equal(a, b))
        return a;
    if (a->kind == GJC_CITATION)
        return laws_equal(a, b, laws) ? NULL : a;
    const gjc_node *one = a->first, *other = b->first;
    for (; one != NULL && other != NULL; one = one->next, other = other->next) {
        const gjc_node *found = gjc_trees_compare(one, other, laws);
        if (found != NULL)
            return found;
    }
    return one != NULL ? one : other != NULL ? a : NULL;
}
