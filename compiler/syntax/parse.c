/* SPDX-License-Identifier: Apache-2.0
 *
 * See parse.h. */
#include "syntax/parse.h"
#include "syntax/expect.h"
#include "syntax/make.h"
#include "syntax/reader.h"
#include "syntax/reserved.h"

#include "guiju.tab.h"

typedef struct parse {
    gjc_reader reader;
    gjc_builder builder;
    gjc_keywords keywords;
    gjc_yypstate *parser;
    size_t error_count;
    gjb_buffer *tokens; /* where they are printed, or NULL */
    gjc_record *record; /* where they are kept, or NULL */
} parse;

/* What is wanted beside the tree; each may be NULL. */
typedef struct parse_extras {
    gjb_buffer *tokens;
    gjc_record *record;
    gjc_expected_names *names;
} parse_extras;

/* After a mistake: says it, and finds the clause to go on with. False when there were too many. */
static bool mistake_report(parse *state, gjc_token token)
{
    state->builder.syntax_error = false;
    gjc_expect_report(&state->builder, &state->reader, token);
    if (++state->error_count == GJC_SYNTAX_ERRORS_MAX) {
        gjc_diag_add(state->builder.diags, GJC_E0299, token.span,
                     gjc_diag_number(state->builder.diags, GJC_SYNTAX_ERRORS_MAX), gjc_arg_none());
        return false;
    }
    if (token.kind != GJC_TOK_NL && token.kind != 0) {
        gjc_reader_skip(&state->reader, gjc_parser_block_count(state->parser));
    }
    return true;
}

static void tokens_push(parse *state)
{
    int status = YYPUSH_MORE;
    while (status == YYPUSH_MORE) {
        gjc_token token = gjc_reader_next(&state->reader);
        gjc_reserved_take(&state->builder, &state->reader, &token);
        if (state->tokens != NULL) {
            gjc_token_print(&token, state->builder.sources, state->tokens);
        }
        if (state->record != NULL) {
            gjc_record_add_token(state->record, token);
        }
        GJC_YYSTYPE value = {.token = token};
        gjc_span span = token.span;
        status = gjc_yypush_parse(state->parser, token.kind, &value, &span, &state->builder);
        if (state->builder.syntax_error && !mistake_report(state, token)) {
            break;
        }
    }
}

static gj_status parse_run(parse *state, uint32_t source)
{
    gjc_builder *builder = &state->builder;
    gj_status status = gjc_keywords_init(&state->keywords, builder->arena);
    if (status != GJ_OK) {
        return status;
    }
    status =
        gjc_reader_init(&state->reader, builder->arena, builder->sources, source, &state->keywords);
    if (status != GJ_OK) {
        return status;
    }
    /* Bison's own memory: one block of a fixed size, and what LAC needs beside it. */
    state->parser = gjc_yypstate_new();
    if (state->parser == NULL) {
        return GJ_NO_MEMORY;
    }
    state->reader.parser = state->parser;
    tokens_push(state);
    gjc_yypstate_delete(state->parser);
    bool failed = builder->out_of_memory || builder->diags->out_of_memory;
    return failed ? GJ_NO_MEMORY : GJ_OK;
}

static gj_status source_parse(const gjc_sources *sources, uint32_t source, gjb_arena *arena,
                              gjc_diag_list *diags, parse_extras extras, gjc_node **file)
{
    parse *state = gjb_arena_make(arena, 1, sizeof *state);
    gjc_span whole = {source, 0, (uint32_t)gjc_sources_get(sources, source)->text.size};
    gjc_node *empty = gjc_node_make(arena, GJC_FILE, whole);
    if (state == NULL || empty == NULL) {
        return GJ_NO_MEMORY;
    }
    state->tokens = extras.tokens;
    state->record = state->reader.lexer.record = extras.record;
    state->reader.names = extras.names;
    state->reader.diags = diags;
    state->builder = (gjc_builder){.arena = arena, .sources = sources, .diags = diags};
    gj_status status = GJ_OK;
    if (!gjc_sources_get(sources, source)->unreadable) {
        status = parse_run(state, source);
        gjc_keywords_deinit(&state->keywords);
    }
    *file = state->builder.file != NULL ? state->builder.file : empty;
    return status;
}

gj_status gjc_parse(const gjc_sources *sources, uint32_t source, gjb_arena *arena,
                    gjc_diag_list *diags, gjc_node **file)
{
    return source_parse(sources, source, arena, diags, (parse_extras){0}, file);
}

gj_status gjc_parse_tokens(const gjc_sources *sources, uint32_t source, gjb_arena *arena,
                           gjc_diag_list *diags, gjb_buffer *out)
{
    gjc_node *file;
    return source_parse(sources, source, arena, diags, (parse_extras){.tokens = out}, &file);
}

gj_status gjc_parse_recorded(const gjc_sources *sources, uint32_t source, gjb_arena *arena,
                             gjc_diag_list *diags, gjc_record *record, gjc_node **file)
{
    gj_status status =
        source_parse(sources, source, arena, diags, (parse_extras){.record = record}, file);
    if (status == GJ_OK) {
        gjc_record_close(record);
    }
    return status == GJ_OK && record->out_of_memory ? GJ_NO_MEMORY : status;
}

gj_status gjc_parse_names(const gjc_sources *sources, uint32_t source, gjb_arena *arena,
                          gjc_expected_names *names)
{
    gjc_diag_list unheard;
    gjc_node *file;
    gjc_diag_list_init(&unheard, arena);
    names->next = 0;
    return source_parse(sources, source, arena, &unheard, (parse_extras){.names = names}, &file);
}
