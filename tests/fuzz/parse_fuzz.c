/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a source: a tree whose nodes keep what ast.h promises, or diagnostics that can be
 * said in both languages; never a crash, and never a depth that the text chose. */
#include "syntax/parse.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SIZE_MAX_TRIED = 1 << 16 };

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void node_check(const gjc_node *node, size_t depth, size_t size)
{
    require(depth <= GJC_TREE_DEPTH_MAX && node->depth <= GJC_TREE_DEPTH_MAX);
    require(node->kind < GJC_KIND_COUNT && node->kind != GJC_GROUP);
    require(node->span.begin <= node->span.end && node->span.end <= size);
    const gjc_node *last = NULL;
    for (const gjc_node *child = node->first; child != NULL; child = child->next) {
        require(child->depth < node->depth);
        node_check(child, depth + 1, size);
        last = child;
    }
    require(node->last == last);
}

static void everything_print(const gjc_node *file, const gjc_sources *sources,
                             const gjc_diag_list *diags)
{
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    gjc_node_print(file, sources, &out);
    gjc_node_print_shape(file, &out);
    for (gj_lang lang = GJ_EN; lang <= GJ_ZH; lang++) {
        gjc_diag_list_print(diags, sources, (gjc_diag_style){lang, lang == GJ_ZH}, &out);
    }
    gjb_buffer_deinit(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > SIZE_MAX_TRIED) {
        return 0;
    }
    gjb_arena arena;
    gjb_arena_init(&arena, NULL);
    gjc_sources sources;
    gjc_diag_list diags;
    gjc_sources_init(&sources, &arena);
    gjc_diag_list_init(&diags, &arena);
    gj_text bytes = {(const char *)data, size};
    uint32_t index;
    gjc_node *file;
    gj_status status = gjc_sources_add(&sources, (gj_text){"f.gj", 4}, bytes, &diags, &index);
    require(status == GJ_OK);
    status = gjc_parse(&sources, index, &arena, &diags, &file);
    require(status == GJ_OK);
    node_check(file, 0, gjc_sources_get(&sources, index)->text.size);
    everything_print(file, &sources, &diags);
    gjb_arena_deinit(&arena);
    return 0;
}
