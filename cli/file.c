/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading and writing whole files; see file.h. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE_SIZE = 1 << 16 };

const char *cli_file_title(const cli_session *session, const char *path)
{
    return strcmp(path, "-") == 0 ? CLI_SAY(session, "standard input", "标准输入") : path;
}

static bool read_all(int fd, cli_buffer *bytes)
{
    static char piece[PIECE_SIZE];
    for (;;) {
        ssize_t size = read(fd, piece, sizeof piece);
        if (size == 0)
            return true;
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return false;
        cli_buffer_add(bytes, piece, (size_t)size);
        if (bytes->failed || bytes->size > CLI_FILE_SIZE_MAX) {
            errno = bytes->failed ? ENOMEM : EFBIG;
            return false;
        }
    }
}

bool cli_file_read(cli_session *session, const char *path, cli_buffer *bytes)
{
    bool is_input = strcmp(path, "-") == 0;
    int fd = is_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    bool done = fd >= 0 && read_all(fd, bytes);
    int number = errno;
    if (fd >= 0 && !is_input)
        close(fd);
    if (!done)
        cli_complain(session, CLI_UNREADABLE,
                     CLI_SAY(session, "cannot read %s: %s", "无法读取 %s：%s"),
                     cli_file_title(session, path), cli_errno_text(session, number));
    return done;
}

static bool write_all(int fd, gj_text bytes)
{
    size_t done = 0;
    while (done < bytes.size) {
        ssize_t size = write(fd, bytes.bytes + done, bytes.size - done);
        if (size < 0 && errno != EINTR)
            return false;
        if (size > 0)
            done += (size_t)size;
    }
    return true;
}

/* Devices and pipes are written as they are: a rename would replace them. */
static bool is_special(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && !S_ISREG(found.st_mode);
}

static bool write_file(const char *path, gj_text bytes)
{
    cli_buffer name = {0};
    bool special = is_special(path);
    cli_buffer_add_string(&name, path);
    if (!special)
        cli_buffer_add_format(&name, ".%ld~", (long)getpid());
    const char *target = cli_buffer_string(&name);
    int fd = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    struct stat replaced;
    if (fd >= 0 && !special && stat(path, &replaced) == 0)
        (void)!fchmod(fd, replaced.st_mode & 07777); /* where it may not, the new file's own */
    bool done = fd >= 0 && write_all(fd, bytes);
    if (fd >= 0 && close(fd) != 0)
        done = false;
    if (done && !special)
        done = rename(target, path) == 0;
    int number = errno;
    if (!done && fd >= 0 && !special)
        unlink(target);
    cli_buffer_deinit(&name);
    errno = number;
    return done;
}

static void complain_unwritten(cli_session *session, const char *path)
{
    cli_complain(session, CLI_UNREADABLE,
                 CLI_SAY(session, "cannot write %s: %s", "无法写出 %s：%s"), path,
                 cli_errno_text(session, errno));
}

bool cli_file_write(cli_session *session, const char *path, gj_text bytes)
{
    if (strcmp(path, "-") == 0) {
        cli_output_add(&session->out, bytes.bytes, bytes.size);
        return true;
    }
    if (write_file(path, bytes))
        return true;
    complain_unwritten(session, path);
    return false;
}

bool cli_file_replace(cli_session *session, const char *path, gj_text bytes)
{
    char *target = realpath(path, NULL);
    bool done = target != NULL && write_file(target, bytes);
    if (!done)
        complain_unwritten(session, path);
    free(target);
    return done;
}

bool cli_file_is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

bool cli_file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

void cli_file_beside(const char *path, gj_text name, const char *suffix, cli_buffer *result)
{
    const char *slash = strrchr(path, '/');
    if (slash != NULL)
        cli_buffer_add(result, path, (size_t)(slash - path) + 1);
    cli_buffer_add_text(result, name);
    cli_buffer_add_string(result, suffix);
}

bool cli_file_has_suffix(const char *path, const char *suffix)
{
    size_t size = strlen(path), suffix_size = strlen(suffix);
    return size > suffix_size && strcmp(path + size - suffix_size, suffix) == 0;
}
