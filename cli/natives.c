/* SPDX-License-Identifier: Apache-2.0
 *
 * See natives.h. */
#include "natives.h"

#include "buffer.h"

static void complain(cli_session *session, const gj_natives *natives, cli_status status,
                     const char *path)
{
    cli_buffer words = {0};
    gj_writer writer = cli_buffer_writer(&words);
    gj_native_problem_print(gj_natives_problem(natives), session->lang, &writer);
    if (path != NULL)
        cli_complain(session, status, "%s: %s", path, cli_buffer_string(&words));
    else
        cli_complain(session, status, "%s", cli_buffer_string(&words));
    cli_buffer_deinit(&words);
}

static bool load(cli_session *session, gj_natives *natives, const char *path)
{
    gj_status status = gj_natives_load(natives, path);
    if (status == GJ_REFUSED)
        complain(session, natives, CLI_UNREADABLE, path);
    else
        cli_complain_status(session, status);
    return status == GJ_OK;
}

gj_natives *cli_natives_open(cli_session *session, const cli_options *options)
{
    gj_natives *natives = NULL;
    gj_status status = gj_natives_create(NULL, &natives);
    cli_complain_status(session, status);
    for (size_t i = 0; natives != NULL && i < options->given_count; i++)
        if (options->given[i].option == CLI_OPTION_NATIVES &&
            !load(session, natives, options->given[i].value)) {
            gj_natives_destroy(natives);
            natives = NULL;
        }
    return natives;
}

bool cli_natives_check(cli_session *session, gj_natives *natives, const gj_image *image,
                       size_t procedure)
{
    gj_status status = gj_natives_check(natives, image, procedure);
    if (status == GJ_UNGRANTED) {
        complain(session, natives, CLI_REFUSED, NULL);
        if (gj_natives_problem(natives)->fault == GJ_NATIVE_FAULT_MISSING)
            cli_mention(session, "%s",
                        CLI_SAY(session, "natives are granted by a manifest: --natives FILE",
                                "外接须由清单准许：--natives 文件"));
    } else {
        cli_complain_status(session, status);
    }
    return status == GJ_OK;
}
