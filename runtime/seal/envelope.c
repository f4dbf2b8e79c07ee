/* SPDX-License-Identifier: Apache-2.0
 *
 * See <guiju/seal.h>; docs/SIGNING.md draws the bytes:
 *
 *     0 "GJSIGNED"   8 form   12 suite   16 key id   24 version   32 image's hash   64 image's size
 *     72 size of the name   76 count of calendars   80 name, hashes of calendars, signature, image
 *
 * The signature is over a prefix, which no other signature of ours has, and all that stands before
 * it. Nothing is read that its sizes do not hold, and no byte is left that they do not name. */
#include "seal/envelope.h"

#include "base/hash.h"
#include "seal/key.h"
#include "seal/sodium.h"

#include <string.h>

enum {
    FORM = 1,
    AT_FORM = 8,
    AT_SUITE = 12,
    AT_KEY = 16,
    AT_VERSION = 24,
    AT_IMAGE_HASH = 32,
    AT_IMAGE_SIZE = 64,
    AT_NAME_SIZE = 72,
    AT_CALENDARS = 76,
    AT_NAME = 80,
    SIGNED_MAX = AT_NAME + GJ_SEAL_NAME_MAX + GJ_CALENDARS_SEALED_MAX * GJB_HASH_SIZE,
};

static const char magic[] = "GJSIGNED";
static const char prefix[] = "guiju signed image 1"; /* with its NUL */

/* ---- numbers ---- */

static void number_put(uint8_t *to, uint64_t number, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        to[i] = (uint8_t)(number >> (8 * i));
    }
}

static uint64_t number_get(const uint8_t *from, size_t size)
{
    uint64_t number = 0;
    for (size_t i = size; i > 0; i--) {
        number = number << 8 | from[i - 1];
    }
    return number;
}

/* ---- what is signed ---- */

typedef struct message {
    uint8_t bytes[sizeof prefix + SIGNED_MAX];
    size_t size;
} message;

static void message_make(message *made, const uint8_t *head, size_t size)
{
    memcpy(made->bytes, prefix, sizeof prefix);
    memcpy(made->bytes + sizeof prefix, head, size);
    made->size = sizeof prefix + size;
}

/* ---- making one ---- */

static size_t head_make(const gj_sealing *sealing, const gj_secret_key *key, uint8_t *head)
{
    uint8_t *to = head + AT_NAME;
    memcpy(head, magic, AT_FORM);
    number_put(head + AT_FORM, FORM, 4);
    number_put(head + AT_SUITE, key->open.suite, 4);
    gjr_key_id_of(key->open.bytes, head + AT_KEY);
    number_put(head + AT_VERSION, sealing->version, 8);
    gjb_hash_of(sealing->image.bytes, sealing->image.size, head + AT_IMAGE_HASH);
    number_put(head + AT_IMAGE_SIZE, sealing->image.size, 8);
    number_put(head + AT_NAME_SIZE, sealing->name.size, 4);
    number_put(head + AT_CALENDARS, sealing->calendar_count, 4);
    memcpy(to, sealing->name.bytes, sealing->name.size);
    to += sealing->name.size;
    for (size_t i = 0; i < sealing->calendar_count; i++, to += GJB_HASH_SIZE) {
        gjb_hash_of(sealing->calendars[i].bytes, sealing->calendars[i].size, to);
    }
    return (size_t)(to - head);
}

gj_status gj_seal_make(const gj_sealing *sealing, const gj_secret_key *key, const gj_writer *out)
{
    uint8_t head[SIGNED_MAX + GJR_SIGNATURE_SIZE];
    message said;
    if (sealing == NULL || key == NULL || out == NULL || sealing->size < sizeof *sealing ||
        sealing->image.bytes == NULL || sealing->name.size == 0 ||
        sealing->name.size > GJ_SEAL_NAME_MAX || sealing->version > INT64_MAX ||
        sealing->calendar_count > GJ_CALENDARS_SEALED_MAX ||
        (sealing->calendars == NULL && sealing->calendar_count > 0)) {
        return GJ_BAD_ARGUMENT;
    }
    size_t size = head_make(sealing, key, head);
    message_make(&said, head, size);
    bool written = gjr_sodium_sign(key->bytes, said.bytes, said.size, head + size) &&
                   out->write(out->payload, (const char *)head, size + GJR_SIGNATURE_SIZE) &&
                   out->write(out->payload, sealing->image.bytes, sealing->image.size);
    return written ? GJ_OK : GJ_IO;
}

/* ---- opening one ---- */

bool gj_seal_is(gj_bytes file)
{
    return file.bytes != NULL && file.size >= AT_FORM && memcmp(file.bytes, magic, AT_FORM) == 0;
}

/* What the head says, so far as its sizes hold together; `size` is what there is of it at most. */
static gj_seal_fault head_read(const uint8_t *head, size_t size, gj_seal *seal)
{
    if (!gj_seal_is((gj_bytes){head, size})) {
        return GJ_SEAL_NONE;
    }
    if (size < AT_NAME) {
        return GJ_SEAL_CUT;
    }
    if (number_get(head + AT_FORM, 4) != FORM) {
        return GJ_SEAL_FORM;
    }
    if (number_get(head + AT_SUITE, 4) != GJ_SUITE_ED25519) {
        return GJ_SEAL_SUITE;
    }
    uint64_t name_size = number_get(head + AT_NAME_SIZE, 4);
    uint64_t calendars = number_get(head + AT_CALENDARS, 4);
    if (number_get(head + AT_VERSION, 8) > INT64_MAX || name_size == 0 ||
        name_size > GJ_SEAL_NAME_MAX || calendars > GJ_CALENDARS_SEALED_MAX) {
        return GJ_SEAL_CUT;
    }
    uint64_t whole = AT_NAME + name_size + calendars * GJB_HASH_SIZE + GJR_SIGNATURE_SIZE;
    if (size < whole) {
        return GJ_SEAL_CUT;
    }
    gjr_key_id_print(head + AT_KEY, seal->key_id);
    seal->suite = GJ_SUITE_ED25519;
    seal->version = number_get(head + AT_VERSION, 8);
    seal->name = (gj_text){(const char *)head + AT_NAME, (size_t)name_size};
    seal->calendar_count = (size_t)calendars;
    seal->calendar_hashes = head + AT_NAME + name_size;
    seal->head = (gj_bytes){head, (size_t)whole};
    return GJ_SEAL_SOUND;
}

static gj_seal_fault signature_check(const gj_seal *seal, const gj_public_key *keys,
                                     size_t key_count)
{
    message said;
    const uint8_t *head = seal->head.bytes;
    size_t size = seal->head.size - GJR_SIGNATURE_SIZE;
    for (size_t i = 0; i < key_count; i++) {
        if (keys[i].suite == seal->suite && strcmp(keys[i].id, seal->key_id) == 0) {
            message_make(&said, head, size);
            return gjr_sodium_check(keys[i].bytes, said.bytes, said.size, head + size)
                       ? GJ_SEAL_SOUND
                       : GJ_SEAL_SIGNATURE;
        }
    }
    return GJ_SEAL_KEY;
}

static gj_seal_fault image_check(const gj_seal *seal)
{
    const uint8_t *head = seal->head.bytes;
    uint8_t digest[GJB_HASH_SIZE];
    if (number_get(head + AT_IMAGE_SIZE, 8) != seal->image.size) {
        return GJ_SEAL_CUT;
    }
    gjb_hash_of(seal->image.bytes, seal->image.size, digest);
    return memcmp(digest, head + AT_IMAGE_HASH, sizeof digest) == 0 ? GJ_SEAL_SOUND : GJ_SEAL_IMAGE;
}

static gj_status seal_check(gj_seal_fault read, const gj_public_key *keys, size_t key_count,
                            const gj_seal *seal, gj_seal_fault *fault)
{
    *fault = read;
    *fault = *fault == GJ_SEAL_SOUND ? signature_check(seal, keys, key_count) : *fault;
    *fault = *fault == GJ_SEAL_SOUND ? image_check(seal) : *fault;
    return *fault == GJ_SEAL_SOUND ? GJ_OK : GJ_REFUSED;
}

gj_status gj_seal_open(gj_bytes file, const gj_public_key *keys, size_t key_count, gj_seal *seal,
                       gj_seal_fault *fault)
{
    if (seal == NULL || fault == NULL || (keys == NULL && key_count > 0)) {
        return GJ_BAD_ARGUMENT;
    }
    *seal = (gj_seal){.key_id = ""};
    gj_seal_fault read = head_read(file.bytes, file.size, seal);
    if (read == GJ_SEAL_SOUND) {
        seal->image =
            (gj_bytes){(const uint8_t *)file.bytes + seal->head.size, file.size - seal->head.size};
    }
    return seal_check(read, keys, key_count, seal, fault);
}

gj_status gjr_envelope_check(gj_bytes head, gj_bytes image, const gj_public_key *keys,
                             size_t key_count, gj_seal *seal, gj_seal_fault *fault)
{
    *seal = (gj_seal){.key_id = ""};
    gj_seal_fault read = head_read(head.bytes, head.size, seal);
    if (read == GJ_SEAL_SOUND && seal->head.size != head.size) {
        read = GJ_SEAL_CUT;
    }
    seal->image = image;
    return seal_check(read, keys, key_count, seal, fault);
}

bool gj_seal_covers(const gj_seal *seal, gj_bytes calendar)
{
    uint8_t digest[GJB_HASH_SIZE];
    bool found = false;
    gjb_hash_of(calendar.bytes, calendar.size, digest);
    for (size_t i = 0; i < seal->calendar_count; i++) {
        const uint8_t *one = seal->calendar_hashes + i * GJB_HASH_SIZE;
        found = found || memcmp(one, digest, sizeof digest) == 0;
    }
    return found;
}

const char *gj_seal_fault_text(gj_seal_fault fault, gj_lang lang)
{
    static const char *const texts[][2] = {
#define GJ_SEAL_FAULT(NAME, en, zh) [GJ_SEAL_##NAME] = {en, zh},
#include <guiju/seals.def>
#undef GJ_SEAL_FAULT
    };
    return texts[fault][lang == GJ_ZH ? GJ_ZH : GJ_EN];
}
