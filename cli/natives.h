/* SPDX-License-Identifier: Apache-2.0
 *
 * The natives that --natives grants. */
#ifndef CLI_NATIVES_H
#define CLI_NATIVES_H

#include <guiju/guiju.h>

#include "options.h"
#include "session.h"

/* All manifests given, none included; NULL, with the session told, where one is refused. The caller
 * frees with gj_natives_destroy, after the judges that use it. */
gj_natives *cli_natives_open(cli_session *session, const cli_options *options);
/* Whether all are granted that a procedure of the image names; the session is told of one. */
bool cli_natives_check(cli_session *session, gj_natives *natives, const gj_image *image,
                       size_t procedure);

#endif
