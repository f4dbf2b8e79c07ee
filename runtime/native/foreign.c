/* SPDX-License-Identifier: Apache-2.0
 *
 * See foreign.h. A text or a list is a structure of an address and a length, passed by value. The
 * place for the result holds, before the call, what is no value of any type, so that a function
 * which says that it has answered and has written nothing is seen. */
#include "native/foreign.h"

#include "native/signature.h"
#include "native/wire.h"

#include <ffi.h>
#include <string.h>

/* An address and a length: gj_text, gj_numbers and their like. */
typedef struct run {
    const void *items;
    size_t count;
} run;

typedef union cell {
    uint8_t truth; /* what a bool is, and whatever else was written there */
    gj_day day;
    int64_t number;
    run run;
} cell;

struct gjr_foreign {
    const gj_native_signature *signature;
    void (*function)(void);
    ffi_cif cif;
    ffi_type run_type;
    ffi_type *run_members[3];
    ffi_type *types[GJ_NATIVE_PARAMETERS_MAX + 1];
};

static ffi_type *scalar_type(gj_scalar scalar)
{
    return scalar == GJ_SCALAR_BOOL   ? &ffi_type_uint8
           : scalar == GJ_SCALAR_DATE ? &ffi_type_sint32
                                      : &ffi_type_sint64;
}

gjr_foreign *gjr_foreign_make(const gj_native_signature *signature, void (*function)(void),
                              gjb_arena *arena)
{
    gjr_foreign *made = gjb_arena_make(arena, 1, sizeof *made);
    if (made == NULL) {
        return NULL;
    }
    made->signature = signature;
    made->function = function;
    made->run_members[0] = &ffi_type_pointer;
    made->run_members[1] = sizeof(size_t) == 8 ? &ffi_type_uint64 : &ffi_type_uint32;
    made->run_type = (ffi_type){.type = FFI_TYPE_STRUCT, .elements = made->run_members};
    size_t count = signature->parameter_count;
    for (size_t i = 0; i < count; i++) {
        gj_native_type type = signature->parameters[i];
        bool is_run = type.is_list || gjr_scalar_is_text(type.scalar);
        made->types[i] = is_run ? &made->run_type : scalar_type(type.scalar);
    }
    made->types[count] = &ffi_type_pointer;
    ffi_status status = ffi_prep_cif(&made->cif, FFI_DEFAULT_ABI, (unsigned)count + 1,
                                     &ffi_type_sint32, made->types);
    return status == FFI_OK ? made : NULL;
}

/* ---- to C ---- */

static size_t c_size(gj_scalar scalar)
{
    return gjr_scalar_is_text(scalar) ? sizeof(gj_text)
           : scalar == GJ_SCALAR_BOOL ? sizeof(bool)
           : scalar == GJ_SCALAR_DATE ? sizeof(gj_day)
                                      : sizeof(int64_t);
}

static void scalar_store(gj_scalar scalar, const gj_native_value *value, void *to)
{
    gj_day day = (gj_day)value->number;
    bool truth = value->number != 0;
    const void *from = gjr_scalar_is_text(scalar) ? (const void *)&value->text
                       : scalar == GJ_SCALAR_BOOL ? (const void *)&truth
                       : scalar == GJ_SCALAR_DATE ? (const void *)&day
                                                  : (const void *)&value->number;
    memcpy(to, from, c_size(scalar));
}

static bool argument_store(gj_native_type type, const gj_native_value *value, gjb_arena *arena,
                           cell *to)
{
    if (!type.is_list) {
        scalar_store(type.scalar, value, to);
        return true;
    }
    size_t size = c_size(type.scalar);
    char *items = gjb_arena_make(arena, value->item_count, size);
    for (size_t i = 0; items != NULL && i < value->item_count; i++) {
        scalar_store(type.scalar, &value->items[i], items + i * size);
    }
    to->run = (run){items, value->item_count};
    return items != NULL;
}

/* ---- and back ---- */

static void nothing_store(gj_native_type type, cell *to)
{
    *to = (cell){.run = {NULL, SIZE_MAX}};
    if (!type.is_list && !gjr_scalar_is_text(type.scalar)) {
        to->number = INT64_MIN;
        if (type.scalar == GJ_SCALAR_BOOL) {
            to->truth = UINT8_MAX;
        } else if (type.scalar == GJ_SCALAR_DATE) {
            to->day = GJ_NO_DAY;
        }
    }
}

/* Bytes, not a bool: one that is neither 0 nor 1 must not be read as one. */
static void scalar_load(gj_scalar scalar, const void *from, gj_native_value *to)
{
    *to = (gj_native_value){0};
    gj_day day;
    if (gjr_scalar_is_text(scalar)) {
        memcpy(&to->text, from, sizeof to->text);
    } else if (scalar == GJ_SCALAR_BOOL) {
        to->number = *(const uint8_t *)from;
    } else if (scalar == GJ_SCALAR_DATE) {
        memcpy(&day, from, sizeof day);
        to->number = day;
    } else {
        memcpy(&to->number, from, sizeof to->number);
    }
}

/* A copy of what it points to, since the next call may write there. Too long a text stays where it
 * is, and is refused for that. */
static bool text_keep(gjb_arena *arena, gj_native_value *value)
{
    if (value->text.bytes != NULL && value->text.size <= GJ_NATIVE_BYTES_MAX) {
        value->text = gjb_arena_text(arena, value->text);
        return value->text.bytes != NULL;
    }
    return true;
}

static bool result_load(gj_native_type type, const cell *from, gjb_arena *arena,
                        gj_native_value *to)
{
    if (!type.is_list) {
        scalar_load(type.scalar, from, to);
        return text_keep(arena, to);
    }
    *to = (gj_native_value){.item_count = from->run.count};
    if (from->run.count > GJ_NATIVE_ITEMS_MAX || (from->run.items == NULL && from->run.count > 0)) {
        return true;
    }
    gj_native_value *items = gjb_arena_make(arena, from->run.count, sizeof *items);
    bool kept = items != NULL;
    for (size_t i = 0; kept && i < from->run.count; i++) {
        scalar_load(type.scalar, (const char *)from->run.items + i * c_size(type.scalar),
                    &items[i]);
        kept = text_keep(arena, &items[i]);
    }
    to->items = items;
    return kept;
}

gjr_native_answer gjr_native_answer_of(int32_t returned, gj_native_type type,
                                       const gj_native_value *result)
{
    if (returned == GJ_NATIVE_UNKNOWN) {
        return (gjr_native_answer){.known = false};
    }
    if (returned != GJ_NATIVE_ANSWERED) {
        return (gjr_native_answer){.failure = GJ_NATIVE_REPORTED, .number = returned};
    }
    bool valid = gjr_native_value_is_valid(type, result);
    return (gjr_native_answer){.known = valid,
                               .failure = valid ? GJ_NATIVE_FAILURE_NONE : GJ_NATIVE_RUBBISH};
}

gjr_native_answer gjr_foreign_call(const gjr_foreign *foreign, const gj_native_value *arguments,
                                   gjb_arena *arena, gj_native_value *result)
{
    const gj_native_signature *signature = foreign->signature;
    cell cells[GJ_NATIVE_PARAMETERS_MAX];
    void *places[GJ_NATIVE_PARAMETERS_MAX + 1];
    bool stored = true;
    for (size_t i = 0; stored && i < signature->parameter_count; i++) {
        stored = argument_store(signature->parameters[i], &arguments[i], arena, &cells[i]);
        places[i] = &cells[i];
    }
    cell given;
    void *to = &given;
    nothing_store(signature->result, &given);
    places[signature->parameter_count] = &to;
    *result = (gj_native_value){0};
    if (!stored) {
        return (gjr_native_answer){.failure = GJ_NATIVE_TOO_LARGE};
    }
    ffi_arg returned = 0;
    ffi_cif cif = foreign->cif; /* libffi takes it as one that it may write */
    ffi_call(&cif, foreign->function, &returned, places);
    if ((int32_t)returned == GJ_NATIVE_ANSWERED &&
        !result_load(signature->result, &given, arena, result)) {
        return (gjr_native_answer){.failure = GJ_NATIVE_TOO_LARGE};
    }
    return gjr_native_answer_of((int32_t)returned, signature->result, result);
}
