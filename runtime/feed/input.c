/* SPDX-License-Identifier: Apache-2.0
 *
 * See input.h. The only file that includes <zlib.h>. zlib's own memory comes through the hook, each
 * block with its size in front, because zlib does not tell it when it frees. Members that follow
 * each other are one stream, as gzip has it; zero bytes after the last one are padding. */
#include "feed/input.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum {
    COMPRESSED_SIZE = 64 * 1024,
    BOX_SIZE = 16,
    WINDOW_BITS_GZIP = 15 + 16,
    PAUSE_MS = 200,
};

struct gjr_inflater {
    z_stream stream;
    bool inside; /* a member has begun and not ended */
    unsigned char compressed[COMPRESSED_SIZE];
};

/* ---- memory for zlib ------------------------------------------------------------------------ */

static voidpf box_create(voidpf payload, uInt count, uInt size)
{
    const gj_allocator *allocator = payload;
    size_t total;
    if (!gjb_size_multiply(count, size, &total) || !gjb_size_add(total, BOX_SIZE, &total)) {
        return Z_NULL;
    }
    unsigned char *box = gjb_alloc_create(allocator, total, 1);
    if (box == NULL) {
        return Z_NULL;
    }
    memcpy(box, &total, sizeof total);
    return box + BOX_SIZE;
}

static void box_destroy(voidpf payload, voidpf inside)
{
    unsigned char *box = (unsigned char *)inside - BOX_SIZE;
    size_t total;
    memcpy(&total, box, sizeof total);
    gjb_alloc_destroy(payload, box, total, 1);
}

/* ---- files ---------------------------------------------------------------------------------- */

typedef struct file_source {
    const gj_allocator *allocator;
    int descriptor;
    bool follows, is_regular;
    void *payload;
    bool (*on_pause)(void *payload);
} file_source;

/* Waits until there may be something to read; false: nothing is waited for any more. What is no
 * regular file says so itself; that a regular one has grown is only seen by reading. */
static bool file_wait(const file_source *file)
{
    struct pollfd about = {.fd = file->descriptor, .events = POLLIN};
    int ready = file->is_regular ? 0 : poll(&about, 1, 0);
    while (ready == 0 || (ready < 0 && errno == EINTR)) {
        if (file->on_pause != NULL && !file->on_pause(file->payload)) {
            return false;
        }
        ready = poll(&about, file->is_regular ? 0 : 1, PAUSE_MS);
        if (file->is_regular) {
            return true;
        }
    }
    return true;
}

static ptrdiff_t file_read(void *payload, char *into, size_t room)
{
    const file_source *file = payload;
    ssize_t count = 0;
    if (!file->is_regular && file->on_pause != NULL && !file_wait(file)) {
        return 0;
    }
    do {
        count = read(file->descriptor, into, room);
    } while ((count < 0 && errno == EINTR) ||
             (count == 0 && file->is_regular && file->follows && file_wait(file)));
    return count;
}

static void file_close(void *payload)
{
    file_source *file = payload;
    if (file->descriptor != STDIN_FILENO) {
        close(file->descriptor);
    }
    gjb_alloc_destroy(file->allocator, file, 1, sizeof *file);
}

gj_status gjr_source_open(const gj_allocator *allocator, const gj_feed_options *options,
                          gjr_source *source)
{
    file_source *file = gjb_alloc_create(allocator, 1, sizeof *file);
    if (file == NULL) {
        return GJ_NO_MEMORY;
    }
    bool standard = strcmp(options->path, "-") == 0;
    *file = (file_source){.allocator = allocator,
                          .descriptor =
                              standard ? STDIN_FILENO : open(options->path, O_RDONLY | O_CLOEXEC),
                          .follows = options->follows,
                          .payload = options->payload,
                          .on_pause = options->on_pause};
    if (file->descriptor < 0) {
        int why = errno;
        gjb_alloc_destroy(allocator, file, 1, sizeof *file);
        errno = why;
        return GJ_IO;
    }
    struct stat about;
    file->is_regular = fstat(file->descriptor, &about) == 0 && S_ISREG(about.st_mode);
    uint64_t size = file->is_regular && !options->follows ? (uint64_t)about.st_size : 0;
    *source = (gjr_source){.payload = file, .read = file_read, .close = file_close, .size = size};
    return GJ_OK;
}

/* ---- reading -------------------------------------------------------------------------------- */

static size_t source_read(gjr_input *input, void *into, size_t room)
{
    ptrdiff_t count = input->source.read(input->source.payload, into, room);
    if (count < 0) {
        input->end = GJR_INPUT_FAILED;
        input->error = errno;
        return 0;
    }
    input->taken += (uint64_t)count;
    return (size_t)count;
}

static size_t plain_read(gjr_input *input, char *into, size_t room)
{
    if (input->first_size > 0) {
        size_t count = input->first_size < room ? input->first_size : room;
        memcpy(into, input->first, count);
        memmove(input->first, input->first + count, input->first_size - count);
        input->first_size -= count;
        return count;
    }
    size_t count = source_read(input, into, room);
    if (count == 0 && input->end == GJR_INPUT_OPEN) {
        input->end = GJR_INPUT_ENDED;
    }
    return count;
}

/* Compressed bytes to work on, or the end. */
static bool inflater_fill(gjr_input *input)
{
    gjr_inflater *inflater = input->inflater;
    z_stream *stream = &inflater->stream;
    if (stream->avail_in > 0) {
        return true;
    }
    size_t count = source_read(input, inflater->compressed, COMPRESSED_SIZE);
    stream->next_in = inflater->compressed;
    stream->avail_in = (uInt)count;
    if (count == 0 && input->end == GJR_INPUT_OPEN) {
        input->end = inflater->inside ? GJR_INPUT_CUT : GJR_INPUT_ENDED;
    }
    return count > 0;
}

/* Between members: skips padding; true when another one begins. */
static bool inflater_begin(gjr_input *input)
{
    gjr_inflater *inflater = input->inflater;
    z_stream *stream = &inflater->stream;
    while (inflater_fill(input)) {
        if (*stream->next_in != 0) {
            inflater->inside = inflateReset(stream) == Z_OK;
            return inflater->inside;
        }
        stream->next_in++;
        stream->avail_in--;
    }
    return false;
}

static size_t gzip_read(gjr_input *input, char *into, size_t room)
{
    gjr_inflater *inflater = input->inflater;
    z_stream *stream = &inflater->stream;
    uInt offered = room < UINT32_MAX / 2 ? (uInt)room : UINT32_MAX / 2;
    stream->next_out = (Bytef *)into;
    stream->avail_out = offered;
    while (stream->avail_out == offered) {
        if (!(inflater->inside ? inflater_fill(input) : inflater_begin(input))) {
            break;
        }
        int result = inflate(stream, Z_NO_FLUSH);
        if (result == Z_STREAM_END) {
            inflater->inside = false;
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            input->end = result == Z_MEM_ERROR ? GJR_INPUT_NO_MEMORY : GJR_INPUT_CORRUPT;
            break;
        }
    }
    return offered - stream->avail_out;
}

size_t gjr_input_read(gjr_input *input, char *into, size_t room)
{
    assert(room > 0);
    if (input->end != GJR_INPUT_OPEN) {
        return 0;
    }
    return input->inflater != NULL ? gzip_read(input, into, room) : plain_read(input, into, room);
}

/* ---- life ----------------------------------------------------------------------------------- */

static gj_status inflater_create(gjr_input *input)
{
    gjr_inflater *inflater = gjb_alloc_create(input->allocator, 1, sizeof *inflater);
    if (inflater == NULL) {
        return GJ_NO_MEMORY;
    }
    union {
        const gj_allocator *borrowed;
        voidpf opaque;
    } payload = {.borrowed = input->allocator};
    inflater->stream.zalloc = box_create;
    inflater->stream.zfree = box_destroy;
    inflater->stream.opaque = payload.opaque;
    if (inflateInit2(&inflater->stream, WINDOW_BITS_GZIP) != Z_OK) {
        gjb_alloc_destroy(input->allocator, inflater, 1, sizeof *inflater);
        return GJ_NO_MEMORY;
    }
    inflater->inside = true;
    memcpy(inflater->compressed, input->first, input->first_size);
    inflater->stream.next_in = inflater->compressed;
    inflater->stream.avail_in = (uInt)input->first_size;
    input->first_size = 0;
    input->inflater = inflater;
    return GJ_OK;
}

gj_status gjr_input_init(gjr_input *input, const gj_allocator *allocator, gjr_source source)
{
    *input = (gjr_input){.allocator = allocator, .source = source};
    while (input->first_size < sizeof input->first) {
        size_t room = sizeof input->first - input->first_size;
        size_t count = source_read(input, input->first + input->first_size, room);
        if (count == 0) {
            break;
        }
        input->first_size += count;
    }
    gj_status status = input->end == GJR_INPUT_FAILED ? GJ_IO : GJ_OK;
    bool gzip = input->first_size == 2 && input->first[0] == 0x1F && input->first[1] == 0x8B;
    if (status == GJ_OK && gzip) {
        status = inflater_create(input);
    }
    if (status != GJ_OK) {
        int why = input->error;
        gjr_input_deinit(input);
        errno = why;
    }
    return status;
}

void gjr_input_deinit(gjr_input *input)
{
    if (input->inflater != NULL) {
        inflateEnd(&input->inflater->stream);
        gjb_alloc_destroy(input->allocator, input->inflater, 1, sizeof *input->inflater);
    }
    if (input->source.close != NULL) {
        input->source.close(input->source.payload);
    }
    *input = (gjr_input){.allocator = input->allocator, .end = GJR_INPUT_ENDED};
}
