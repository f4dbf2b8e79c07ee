/* SPDX-License-Identifier: Apache-2.0
 *
 * What a native takes and gives: scalars, and lists of them. A signature is compared between what a
 * procedure says and what a manifest grants, and both are shown in one spelling when they differ.
 */
#ifndef GJR_SIGNATURE_H
#define GJR_SIGNATURE_H

#include "base/arena.h"
#include "base/buffer.h"

/* "money", "list of text". False where it is no such type. */
bool gjr_native_type_parse(gj_text text, gj_native_type *type);
static inline bool gjr_native_type_equal(gj_native_type a, gj_native_type b)
{
    return a.scalar == b.scalar && a.is_list == b.is_list;
}
static inline bool gjr_scalar_is_text(gj_scalar scalar)
{
    return scalar == GJ_SCALAR_TEXT || scalar == GJ_SCALAR_OFFICER;
}

/* Whether types and purity are the same. */
bool gjr_signature_agrees(const gj_native_signature *a, const gj_native_signature *b);
/* `(text, list of number) -> bool from "lib" pure`, made in the arena. */
gj_text gjr_signature_text(const gj_native_signature *signature, gjb_arena *arena);
/* Into the arena; false when memory ends. */
bool gjr_signature_copy(const gj_native_signature *from, gjb_arena *arena, gj_native_signature *to);
/* Whether a host may say so: known types, no more parameters than are allowed. */
bool gjr_signature_is_valid(const gj_native_signature *signature);

#endif
