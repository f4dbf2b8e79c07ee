/* SPDX-License-Identifier: Apache-2.0
 *
 * Progress; see progress.h. */
#include "progress.h"

#include <time.h>

#include "buffer.h"

enum { STEPS_A_LOOK = 1024, MS_A_DRAW = 100, MS_BEFORE_FIRST = 300 };

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void cli_progress_init(cli_progress *progress, cli_session *session, const char *what,
                       const char *unit)
{
    *progress = (cli_progress){.session = session, .what = what, .unit = unit};
    if (session->err.terminal)
        progress->begun_ms = now_ms();
}

static void draw(cli_progress *progress, uint64_t done, uint64_t whole, uint64_t count)
{
    cli_output *err = &progress->session->err;
    cli_buffer line = {0};
    int64_t elapsed = progress->drawn_ms - progress->begun_ms;
    cli_buffer_add_string(&line, progress->what);
    if (whole > 0)
        cli_buffer_add_format(&line, " %3d%%  ", (int)(done >= whole ? 100 : done * 100 / whole));
    else
        cli_buffer_add_string(&line, "  ");
    cli_buffer_add_count(&line, count);
    cli_buffer_add_format(&line, " %s  ", progress->unit);
    cli_buffer_add_count(&line, elapsed > 0 ? count * 1000 / (uint64_t)elapsed : 0);
    cli_buffer_add_string(&line, "/s");
    cli_output_add_string(err, "\r");
    cli_output_add(err, "\033[K", 3);
    cli_output_add_text(err, cli_buffer_text(&line));
    cli_output_flush(err);
    cli_buffer_deinit(&line);
    progress->shown = true;
}

void cli_progress_step(cli_progress *progress, uint64_t done, uint64_t whole, uint64_t count)
{
    if (!progress->session->err.terminal || progress->steps++ % STEPS_A_LOOK != 0)
        return;
    int64_t now = now_ms();
    if (now - progress->begun_ms < MS_BEFORE_FIRST || now - progress->drawn_ms < MS_A_DRAW)
        return;
    progress->drawn_ms = now;
    draw(progress, done, whole, count);
}

void cli_progress_clear(cli_progress *progress)
{
    if (!progress->shown)
        return;
    cli_output_add(&progress->session->err, "\r\033[K", 4);
    cli_output_flush(&progress->session->err);
    progress->shown = false;
}
