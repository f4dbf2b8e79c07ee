/* SPDX-License-Identifier: Apache-2.0
 *
 * Decision tables, of which the image has no more than findings name, and the landmarks in code by
 * which it is known that a row has decided. What is not proved is that it is this row that decides:
 * nothing unsafe follows from a wrong name. */
#include "image/verify_code.h"

static gj_status refuse(const gjr_code_walk *walk, gjr_claim claim, uint32_t number, size_t offset)
{
    return gjr_verifier_refuse(walk->verifier, claim, GJR_TABLE_landmark,
                               walk->expression->landmarks_first + number,
                               offset / sizeof(uint32_t));
}

static bool is_truth(const gjr_code_walk *walk, uint32_t index)
{
    return index < walk->expression->register_count && walk->registers[index].type == GJR_TYPE_BOOL;
}

gj_status gjr_landmarks_arrive(gjr_code_walk *walk, uint32_t at)
{
    const gjr_landmark *landmarks =
        &walk->verifier->rows->landmarks[walk->expression->landmarks_first];
    uint32_t *next = &walk->next_landmark;
    for (; *next < walk->expression->landmarks_count && landmarks[*next].at == at; (*next)++) {
        if (!is_truth(walk, landmarks[*next].holds)) {
            return refuse(walk, GJR_CLAIM_LANDMARK_TRUTH, *next, offsetof(gjr_landmark, holds));
        }
        if (!is_truth(walk, landmarks[*next].told)) {
            return refuse(walk, GJR_CLAIM_LANDMARK_TRUTH, *next, offsetof(gjr_landmark, told));
        }
    }
    return GJ_OK;
}

gj_status gjr_landmarks_end(const gjr_code_walk *walk)
{
    return walk->next_landmark == walk->expression->landmarks_count
               ? GJ_OK
               : refuse(walk, GJR_CLAIM_LANDMARKS, walk->next_landmark, offsetof(gjr_landmark, at));
}

gj_status gjr_verify_decisions(gjr_verifier *verifier)
{
    const gjr_rows *rows = verifier->rows;
    for (uint32_t i = 0; i < rows->decision_count; i++) {
        const gjr_decision *decision = &rows->decisions[i];
        bool good = decision->rows_count > 0;
        for (uint32_t j = 0; good && j + 1 < decision->rows_count; j++) {
            good = rows->decision_rows[decision->rows_first + j].cells != GJR_NONE;
        }
        if (!good) {
            return GJR_REFUSE(verifier, DECISION_ROWS, decision, i, rows_first);
        }
    }
    return GJ_OK;
}
