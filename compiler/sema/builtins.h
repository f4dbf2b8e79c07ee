/* SPDX-License-Identifier: Apache-2.0
 *
 * Looking up the names of builtins.def, in either language. */
#ifndef GJC_BUILTINS_H
#define GJC_BUILTINS_H

#include "sema/model.h"

/* What stands between the brackets of a call. */
typedef enum gjc_operand { GJC_OPERAND_LIST, GJC_OPERAND_ACTION, GJC_OPERAND_LIMIT } gjc_operand;

typedef struct gjc_builtin_call {
    gjr_opcode op;
    gjc_operand operand;
    const char *en, *zh; /* spellings, separated by `;` */
} gjc_builtin_call;

/* GJR_TYPE_NOTHING where the name is no type. */
gjr_type gjc_builtins_find_type(gj_text name);
/* GJR_OP_AT or GJR_OP_TODAY; GJR_OPCODE_COUNT where the name is none. */
gjr_opcode gjc_builtins_find_fact(gj_text name, gjr_type *type);
/* The rows in order; NULL after the last. */
const gjc_builtin_call *gjc_builtins_call(size_t index);
/* Whether the name is one of a call over items, and which. */
bool gjc_builtins_find_fold(gj_text name, gjc_fold *fold);
bool gjc_builtins_call_answers(const gjc_builtin_call *call, gj_text name);
/* Its name in a language, the first spelling; made of static text. */
gj_text gjc_builtins_first(const char *spellings);
/* "number", 数值; for a list or an enum their kind alone. */
const char *gjc_builtins_type_name(gjr_type type, gj_lang lang);

#endif
