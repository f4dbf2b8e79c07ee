/* SPDX-License-Identifier: Apache-2.0
 *
 * What either reading found, as sorted lines of one form. */
#ifndef PLAIN_READINGS_H
#define PLAIN_READINGS_H

#include "base/buffer.h"
#include "unit/interpreter/case.h"

enum { LINES_MAX = 20000, LINE_SIZE = 900 };
typedef struct readings {
    char lines[LINES_MAX][LINE_SIZE];
    int count;
} readings;

void readings_of_judge(readings *r, const gj_case_result *result);
void readings_of_plain(readings *r, plain_case *c);
bool readings_equal(const readings *a, const readings *b);
/* The branch, as "outer/inner". */
void readings_branch(const plain *p, int region, char *out, size_t size);
/* One more line. */
void readings_add(readings *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The lines that only one has. */
void readings_print_differing(const readings *judged, const readings *read, gjb_buffer *out);
/* As one line of JSON that the command replays. */
void event_print(const gj_judge *judge, const gj_event *event, gjb_buffer *out);

#endif
