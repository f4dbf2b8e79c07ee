/* SPDX-License-Identifier: Apache-2.0
 *
 * An account of time as a strip of calendar, a line a month: what each of its days is, for the
 * terminal and for the drawing alike. A day that counts has its running number, a day that does not
 * the mark of its reason, so that nothing hangs on colour. */
#ifndef CLI_STRIP_H
#define CLI_STRIP_H

#include "output.h"
#include "session.h"

typedef enum cli_look {
    CLI_LOOK_OUTSIDE, /* before the start, or after all */
    CLI_LOOK_START,
    CLI_LOOK_COUNTED,
    CLI_LOOK_TO_COME, /* it will count */
    CLI_LOOK_WORKED,  /* a day of rest that is worked, and counts */
    CLI_LOOK_WEEKEND,
    CLI_LOOK_HOLIDAY,
    CLI_LOOK_OFF,
    CLI_LOOK_STOPPED,
    CLI_LOOK_DUE,
    CLI_LOOK_OPEN, /* it may be over, and may not be: what is not announced yet decides */
    CLI_LOOK_OVER,
    CLI_LOOK_END,
    CLI_LOOK_NOW, /* where the clock stands, on a day whose mark leaves no room for the bar */
    CLI_LOOKS
} cli_look;

typedef struct cli_day_cell {
    cli_look look;
    uint64_t total; /* how many days are counted with this one; 0: it does not count, or hours */
    bool is_now;    /* the clock stands in it, and the account goes on */
} cli_day_cell;

cli_day_cell cli_strip_cell(const gj_account *account, gj_day day);
bool cli_is_backward(const gj_account *account);
/* The last day that the account speaks of. */
gj_day cli_strip_last(const gj_account *account);
/* "ended", "ended on the last day", in the account's case. */
const char *cli_look_words(const gj_account *account, cli_look look, gj_lang lang);
const char *cli_look_mark(cli_look look, gj_lang lang);

/* On the terminal, with the marks that occur. It takes 71 columns, in Chinese 74, on which a
 * terminal of 80 leaves little to indent. Of more months than that the first ones are shown, and
 * the last. */
void cli_strip_print(cli_session *session, const gj_account *account, size_t indent,
                     int32_t months_max);

/* The same as a picture: the accounts one below another. */
void cli_strips_draw(cli_session *session, gj_text case_id, const gj_account *const *accounts,
                     size_t count);

#endif
