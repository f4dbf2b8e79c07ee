/* SPDX-License-Identifier: Apache-2.0
 *
 * Logs of a million events for examples/permit_receipt. As XES it is the real log many times over,
 * each time with cases of its own, where that log is at hand, and else one made in its shape. As
 * JSON lines and CSV it is made, one case in eight out of the main order and one in five late, and
 * it stands in the order of time as a journal does: at any moment some ten thousand cases are
 * under way. */
#ifndef BENCH_RECEIPT_LOG_H
#define BENCH_RECEIPT_LOG_H

#include "base/buffer.h"

enum { RECEIPT_PADDING = 64 }; /* readable bytes behind a log, not counted in it */

typedef struct receipt_log {
    gjb_buffer text; /* with the padding */
    size_t size;     /* without */
    size_t event_count, case_count;
    bool real;
} receipt_log;

typedef void receipt_maker(receipt_log *log);

/* Each ends the program where memory ends. */
void receipt_xes_make(receipt_log *log);
void receipt_jsonl_make(receipt_log *log);
void receipt_csv_make(receipt_log *log);
void receipt_log_deinit(receipt_log *log);

#endif
