/* SPDX-License-Identifier: Apache-2.0
 *
 * What passes between a host and its helper (helper.h): frames, each a length and so many bytes,
 * little-endian, over one socket.
 *
 *     frame    size u32 │ serial u32 │ kind u32 │ what the kind says
 *     value    number: i64      text: size u32, bytes      list: count u32, values
 *
 * The types of values are not sent: both sides know them. A native can write what it likes to the
 * socket, so whoever takes a value believes nothing: a value that is taken is one of its type. */
#ifndef GJR_WIRE_H
#define GJR_WIRE_H

#include "base/arena.h"
#include "base/buffer.h"

enum {
    GJR_WIRE_HEAD_SIZE = 12,
    GJR_WIRE_FRAME_MAX = GJR_WIRE_HEAD_SIZE + GJ_NATIVE_BYTES_MAX,
};

typedef enum gjr_wire_kind {
    /* to the helper */
    GJR_WIRE_SETUP, /* count u32; of each its symbol, parameter count, their types, result type */
    GJR_WIRE_CALL,  /* which native u32, its arguments */
    /* from it */
    GJR_WIRE_READY,
    GJR_WIRE_NO_SANDBOX, /* errno i64 */
    GJR_WIRE_NOT_LOADED, /* why: text */
    GJR_WIRE_NO_SYMBOL,  /* which: text */
    GJR_WIRE_VALUE,      /* the result */
    GJR_WIRE_NOTHING,    /* there is no answer */
    GJR_WIRE_REPORTED,   /* what it returned: i64 */
    GJR_WIRE_RUBBISH,
} gjr_wire_kind;

/* Whether it is a value of the type: what is told by a native may be anything. */
bool gjr_native_value_is_valid(gj_native_type type, const gj_native_value *value);

/* ---- writing: into a buffer of one frame ---- */
void gjr_wire_begin(gjb_buffer *frame, uint32_t serial, gjr_wire_kind kind);
/* Puts its size at its head; false when memory ended or it is too large. */
bool gjr_wire_end(gjb_buffer *frame);
void gjr_wire_put_number(gjb_buffer *frame, int64_t number);
void gjr_wire_put_text(gjb_buffer *frame, gj_text text);
void gjr_wire_put_type(gjb_buffer *frame, gj_native_type type);
void gjr_wire_put_value(gjb_buffer *frame, gj_native_type type, const gj_native_value *value);

/* ---- reading: what has come of one frame; each false where the bytes do not say that ---- */
typedef struct gjr_wire {
    const uint8_t *at, *end;
} gjr_wire;

bool gjr_wire_take_word(gjr_wire *wire, uint32_t *word);
bool gjr_wire_take_number(gjr_wire *wire, int64_t *number);
/* Borrowed from the frame. Any bytes. */
bool gjr_wire_take_bytes(gjr_wire *wire, gj_text *bytes);
bool gjr_wire_take_type(gjr_wire *wire, gj_native_type *type);
/* Texts are borrowed from the frame, items made in the arena. */
bool gjr_wire_take_value(gjr_wire *wire, gj_native_type type, gjb_arena *arena,
                         gj_native_value *value);
static inline bool gjr_wire_is_done(const gjr_wire *wire)
{
    return wire->at == wire->end;
}

#endif
