/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a feed's bytes come from: a file, standard input, or whatever a caller reads from; gzip is
 * recognised by its first two bytes and undone on the way. The end is one of four: the true end, a
 * gzip stream that is cut or wrong, a failed read, no memory. It is reached once and stays. */
#ifndef GJR_FEED_INPUT_H
#define GJR_FEED_INPUT_H

#include "base/alloc.h"

/* Returns the bytes read, 0 at the end, negative when it failed (errno says why). */
typedef struct gjr_source {
    void *payload;
    ptrdiff_t (*read)(void *payload, char *into, size_t room);
    void (*close)(void *payload); /* may be NULL */
    uint64_t size;                /* 0: not known */
    size_t window_size;           /* 0: GJR_WINDOW_SIZE; of what is known to be short, less */
} gjr_source;

typedef enum gjr_input_end {
    GJR_INPUT_OPEN, /* not at the end yet */
    GJR_INPUT_ENDED,
    GJR_INPUT_CUT,     /* inside a gzip stream */
    GJR_INPUT_CORRUPT, /* gzip: a bad header, code or checksum */
    GJR_INPUT_FAILED,  /* a read failed */
    GJR_INPUT_NO_MEMORY,
} gjr_input_end;

typedef struct gjr_inflater gjr_inflater;
typedef struct gjr_input {
    const gj_allocator *allocator;
    gjr_source source;
    gjr_inflater *inflater; /* NULL: plain */
    unsigned char first[2]; /* read to look for gzip, not yet handed out */
    size_t first_size;
    uint64_t taken; /* bytes read from the source */
    gjr_input_end end;
    int error; /* errno, where a read failed */
} gjr_input;

/* Takes ownership of the source. GJ_NO_MEMORY or GJ_IO, which leaves errno, leave it closed and
 * nothing to deinit. */
gj_status gjr_input_init(gjr_input *input, const gj_allocator *allocator, gjr_source source);
void gjr_input_deinit(gjr_input *input);
/* The bytes read, 1..room; 0 at the end, and then input->end says which. room > 0. */
size_t gjr_input_read(gjr_input *input, char *into, size_t room);

/* A source over a file's descriptor, waited at as the options say (options->path "-" is standard
 * input). GJ_IO leaves errno. */
gj_status gjr_source_open(const gj_allocator *allocator, const gj_feed_options *options,
                          gjr_source *source);

#endif
