/* SPDX-License-Identifier: Apache-2.0
 *
 * See signature.h. */
#include "native/signature.h"

#include "base/text.h"

static const char *const names[GJ_SCALAR_COUNT] = {"bool", "number",   "money", "date",
                                                   "time", "duration", "text",  "officer"};
static const char list_of[] = "list of ";

bool gjr_native_type_parse(gj_text text, gj_native_type *type)
{
    size_t prefix = sizeof list_of - 1;
    type->is_list = text.size > prefix && memcmp(text.bytes, list_of, prefix) == 0;
    gj_text scalar = gjb_text_slice(text, type->is_list ? prefix : 0, text.size);
    for (int i = 0; i < GJ_SCALAR_COUNT; i++) {
        if (gjb_text_equal_string(scalar, names[i])) {
            type->scalar = (gj_scalar)i;
            return true;
        }
    }
    return false;
}

static void type_add(gjb_buffer *buffer, gj_native_type type)
{
    gjb_buffer_add_string(buffer, type.is_list ? list_of : "");
    gjb_buffer_add_string(buffer, names[type.scalar]);
}

bool gjr_signature_agrees(const gj_native_signature *a, const gj_native_signature *b)
{
    bool same = a->parameter_count == b->parameter_count && a->pure == b->pure &&
                gjr_native_type_equal(a->result, b->result) &&
                gjb_text_equal(a->library, b->library);
    for (size_t i = 0; same && i < a->parameter_count; i++) {
        same = gjr_native_type_equal(a->parameters[i], b->parameters[i]);
    }
    return same;
}

gj_text gjr_signature_text(const gj_native_signature *signature, gjb_arena *arena)
{
    gjb_buffer text;
    gjb_buffer_init(&text, arena->allocator);
    gjb_buffer_add_byte(&text, '(');
    for (size_t i = 0; i < signature->parameter_count; i++) {
        gjb_buffer_add_string(&text, i > 0 ? ", " : "");
        type_add(&text, signature->parameters[i]);
    }
    gjb_buffer_add_string(&text, ") -> ");
    type_add(&text, signature->result);
    gjb_buffer_add_string(&text, " from ");
    gjb_buffer_add_json(&text, signature->library);
    gjb_buffer_add_string(&text, signature->pure ? " pure" : "");
    gj_text made = gjb_arena_text(arena, gjb_buffer_text(&text));
    gjb_buffer_deinit(&text);
    return made;
}

bool gjr_signature_copy(const gj_native_signature *from, gjb_arena *arena, gj_native_signature *to)
{
    gj_native_type *parameters = gjb_arena_make(arena, from->parameter_count, sizeof *parameters);
    *to = *from;
    to->name = gjb_arena_text(arena, from->name);
    to->library = gjb_arena_text(arena, from->library);
    to->parameters = parameters;
    for (size_t i = 0; parameters != NULL && i < from->parameter_count; i++) {
        parameters[i] = from->parameters[i];
    }
    return parameters != NULL && to->name.bytes != NULL && to->library.bytes != NULL;
}

bool gjr_signature_is_valid(const gj_native_signature *signature)
{
    bool valid = signature->name.size > 0 && signature->library.bytes != NULL &&
                 signature->parameter_count <= GJ_NATIVE_PARAMETERS_MAX &&
                 (signature->parameters != NULL || signature->parameter_count == 0) &&
                 (unsigned)signature->result.scalar < GJ_SCALAR_COUNT;
    for (size_t i = 0; valid && i < signature->parameter_count; i++) {
        valid = (unsigned)signature->parameters[i].scalar < GJ_SCALAR_COUNT;
    }
    return valid;
}
