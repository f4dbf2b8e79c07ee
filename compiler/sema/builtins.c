/* SPDX-License-Identifier: Apache-2.0
 *
 * See builtins.h. */
#include "sema/builtins.h"

#include "base/text.h"

#include <string.h>

typedef struct type_row {
    gjr_type type;
    const char *en, *zh;
} type_row;

static const type_row types[] = {
#define GJC_BUILTIN_TYPE(type, en, zh) {type, en, zh},
#include "sema/builtins.def"
};

typedef struct fact_row {
    gjr_opcode op;
    gjr_type type;
    const char *en, *zh;
} fact_row;

static const fact_row facts[] = {
#define GJC_BUILTIN_FACT(op, type, en, zh) {op, type, en, zh},
#include "sema/builtins.def"
};

static const gjc_builtin_call calls[] = {
#define GJC_BUILTIN_CALL(op, operand, en, zh) {op, GJC_OPERAND_##operand, en, zh},
#include "sema/builtins.def"
};

typedef struct fold_row {
    gjc_fold fold;
    const char *en, *zh;
} fold_row;

static const fold_row folds[] = {
#define GJC_BUILTIN_FOLD(fold, en, zh) {GJC_FOLD_##fold, en, zh},
#include "sema/builtins.def"
};

enum {
    TYPE_ROWS = sizeof types / sizeof types[0],
    FACT_ROWS = sizeof facts / sizeof facts[0],
    CALL_ROWS = sizeof calls / sizeof calls[0],
    FOLD_ROWS = sizeof folds / sizeof folds[0],
};

gj_text gjc_builtins_first(const char *spellings)
{
    const char *end = strchr(spellings, ';');
    return (gj_text){spellings, end == NULL ? strlen(spellings) : (size_t)(end - spellings)};
}

static bool is_spelt(const char *spellings, gj_text name)
{
    for (;;) {
        gj_text first = gjc_builtins_first(spellings);
        if (gjb_text_equal(first, name))
            return true;
        if (first.bytes[first.size] == '\0')
            return false;
        spellings = first.bytes + first.size + 1;
    }
}

gjr_type gjc_builtins_find_type(gj_text name)
{
    for (size_t i = 0; i < TYPE_ROWS; i++)
        if (is_spelt(types[i].en, name) || is_spelt(types[i].zh, name))
            return types[i].type;
    return GJR_TYPE_NOTHING;
}

gjr_opcode gjc_builtins_find_fact(gj_text name, gjr_type *type)
{
    for (size_t i = 0; i < FACT_ROWS; i++)
        if (is_spelt(facts[i].en, name) || is_spelt(facts[i].zh, name)) {
            *type = facts[i].type;
            return facts[i].op;
        }
    return GJR_OPCODE_COUNT;
}

const gjc_builtin_call *gjc_builtins_call(size_t index)
{
    return index < CALL_ROWS ? &calls[index] : NULL;
}

bool gjc_builtins_find_fold(gj_text name, gjc_fold *fold)
{
    for (size_t i = 0; i < FOLD_ROWS; i++)
        if (is_spelt(folds[i].en, name) || is_spelt(folds[i].zh, name)) {
            *fold = folds[i].fold;
            return true;
        }
    return false;
}

bool gjc_builtins_call_answers(const gjc_builtin_call *call, gj_text name)
{
    return is_spelt(call->en, name) || is_spelt(call->zh, name);
}

const char *gjc_builtins_type_name(gjr_type type, gj_lang lang)
{
    for (size_t i = 0; i < TYPE_ROWS; i++)
        if (types[i].type == type)
            return lang == GJ_ZH ? types[i].zh : types[i].en;
    if (type == GJR_TYPE_ENUM)
        return lang == GJ_ZH ? "取值" : "one of";
    if (type == GJR_TYPE_LIST)
        return lang == GJ_ZH ? "若干" : "list";
    if (type == GJR_TYPE_RECORD)
        return lang == GJ_ZH ? "记录" : "record";
    return lang == GJ_ZH ? "无" : "nothing";
}
