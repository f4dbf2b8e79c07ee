/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole files: images, calendars and sources from standard input. Logs are read by the feeds. */
#ifndef CLI_FILE_H
#define CLI_FILE_H

#include "buffer.h"
#include "session.h"

enum { CLI_FILE_SIZE_MAX = 1 << 30 };

/* The file's bytes, or standard input's for "-", added to `bytes`; false, with the session told. */
bool cli_file_read(cli_session *session, const char *path, cli_buffer *bytes);
/* Writes beside the path and renames, so that no reader sees half a file; "-" is standard output.
 * False, with the session told. */
bool cli_file_write(cli_session *session, const char *path, gj_text bytes);

/* The same for a file that is there: its mode is kept, and a link goes on leading to it. */
bool cli_file_replace(cli_session *session, const char *path, gj_text bytes);

/* How a path is named to the reader: "-" is standard input. */
const char *cli_file_title(const cli_session *session, const char *path);
bool cli_file_is_folder(const char *path);
bool cli_file_exists(const char *path);

/* The folder of a path with its "/", "" where it has none, then the name: a new buffer's string. */
void cli_file_beside(const char *path, gj_text name, const char *suffix, cli_buffer *result);
bool cli_file_has_suffix(const char *path, const char *suffix);

#endif
