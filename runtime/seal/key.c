/* SPDX-License-Identifier: Apache-2.0
 *
 * See key.h. A key's line: `guiju public key ed25519 ID BASE64`, with `secret` for the other. */
#include "seal/key.h"

#include "base/hash.h"
#include "seal/sodium.h"

#include <stdio.h>
#include <string.h>

enum { LINE_SIZE = 200, BASE64_SIZE = 100 };

static const char public_words[] = "guiju public key ed25519 ";
static const char secret_words[] = "guiju secret key ed25519 ";

void gjr_key_id_of(const uint8_t *key, uint8_t id[GJR_KEY_ID_BYTES])
{
    uint8_t digest[GJB_HASH_SIZE];
    gjb_hash_of(key, GJR_KEY_SIZE, digest);
    memcpy(id, digest, GJR_KEY_ID_BYTES);
}

void gjr_key_id_print(const uint8_t id[GJR_KEY_ID_BYTES], char digits[GJ_KEY_ID_SIZE])
{
    gjb_hash_hex(id, GJR_KEY_ID_BYTES, digits);
}

gj_public_key gjr_key_of(gj_suite suite, const uint8_t *bytes)
{
    gj_public_key key = {.suite = suite};
    uint8_t id[GJR_KEY_ID_BYTES];
    memcpy(key.bytes, bytes, sizeof key.bytes);
    gjr_key_id_of(bytes, id);
    gjr_key_id_print(id, key.id);
    return key;
}

gj_status gj_secret_key_make(gj_secret_key *key)
{
    uint8_t bytes[GJR_KEY_SIZE];
    if (key == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    *key = (gj_secret_key){{0}, {0}};
    if (!gjr_sodium_pair(bytes, key->bytes)) {
        return GJ_IO;
    }
    key->open = gjr_key_of(GJ_SUITE_ED25519, bytes);
    return GJ_OK;
}

void gj_secret_key_wipe(gj_secret_key *key)
{
    if (key != NULL) {
        gjr_sodium_wipe(key, sizeof *key);
    }
}

static gj_status line_print(const char *words, const char *id, const uint8_t *bytes, size_t size,
                            const gj_writer *out)
{
    char base64[BASE64_SIZE], line[LINE_SIZE];
    gjr_sodium_base64(bytes, size, base64, sizeof base64);
    int length = snprintf(line, sizeof line, "%s%s %s\n", words, id, base64);
    bool written = out->write(out->payload, line, (size_t)length);
    gjr_sodium_wipe(base64, sizeof base64);
    gjr_sodium_wipe(line, sizeof line);
    return written ? GJ_OK : GJ_IO;
}

gj_status gj_public_key_print(const gj_public_key *key, const gj_writer *out)
{
    return key == NULL || out == NULL
               ? GJ_BAD_ARGUMENT
               : line_print(public_words, key->id, key->bytes, sizeof key->bytes, out);
}

gj_status gj_secret_key_print(const gj_secret_key *key, const gj_writer *out)
{
    return key == NULL || out == NULL
               ? GJ_BAD_ARGUMENT
               : line_print(secret_words, key->open.id, key->bytes, sizeof key->bytes, out);
}

/* The bytes of a line; `id` is where its id stands. */
static bool line_parse(const char *words, gj_text line, uint8_t *bytes, size_t size,
                       const char **id)
{
    size_t skip = strlen(words), end = line.size;
    while (end > 0 && (line.bytes[end - 1] == '\n' || line.bytes[end - 1] == '\r')) {
        end--;
    }
    size_t behind = skip + GJ_KEY_ID_SIZE; /* the id and a space */
    if (line.bytes == NULL || end <= behind || memcmp(line.bytes, words, skip) != 0 ||
        line.bytes[behind - 1] != ' ') {
        return false;
    }
    *id = line.bytes + skip;
    return gjr_sodium_unbase64(line.bytes + behind, end - behind, bytes, size);
}

static bool is_id(const gj_public_key *key, const char *id)
{
    return memcmp(key->id, id, GJ_KEY_ID_SIZE - 1) == 0;
}

gj_status gj_public_key_parse(gj_text line, gj_public_key *key)
{
    uint8_t bytes[GJR_KEY_SIZE];
    const char *id;
    if (key == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    *key = (gj_public_key){.suite = GJ_SUITE_ED25519};
    if (!line_parse(public_words, line, bytes, sizeof bytes, &id)) {
        return GJ_MALFORMED;
    }
    *key = gjr_key_of(GJ_SUITE_ED25519, bytes);
    return is_id(key, id) ? GJ_OK : GJ_MALFORMED;
}

gj_status gj_secret_key_parse(gj_text line, gj_secret_key *key)
{
    uint8_t bytes[GJR_KEY_SIZE];
    const char *id;
    if (key == NULL) {
        return GJ_BAD_ARGUMENT;
    }
    *key = (gj_secret_key){{0}, {0}};
    if (!line_parse(secret_words, line, key->bytes, sizeof key->bytes, &id) ||
        !gjr_sodium_key_of(key->bytes, bytes)) {
        gj_secret_key_wipe(key);
        return GJ_MALFORMED;
    }
    key->open = gjr_key_of(GJ_SUITE_ED25519, bytes);
    return is_id(&key->open, id) ? GJ_OK : GJ_MALFORMED;
}
