/* SPDX-License-Identifier: Apache-2.0
 *
 * See chain.h. */
#include "seal/chain.h"

#include <string.h>

enum { NUMBER_SIZE = 8 };

static const char content_words[] = "guiju audit content 1";
static const char record_words[] = "guiju audit record 1";
static const char head_words[] = "guiju audit head 1";

static void number_put(uint8_t *to, uint64_t number)
{
    for (size_t i = 0; i < NUMBER_SIZE; i++) {
        to[i] = (uint8_t)(number >> (8 * i));
    }
}

static void number_add(gjb_hash *hash, uint64_t number)
{
    uint8_t bytes[NUMBER_SIZE];
    number_put(bytes, number);
    gjb_hash_add(hash, bytes, sizeof bytes);
}

void gjr_chain_content(gjr_record_kind kind, const gj_text *pieces, size_t count,
                       uint8_t content[GJB_HASH_SIZE])
{
    gjb_hash hash;
    gjb_hash_init(&hash);
    gjb_hash_add_piece(&hash, content_words, sizeof content_words - 1);
    number_add(&hash, kind);
    number_add(&hash, count);
    for (size_t i = 0; i < count; i++) {
        gjb_hash_add_piece(&hash, pieces[i].bytes, pieces[i].size);
    }
    gjb_hash_finish(&hash, content);
}

void gjr_chain_add(gjr_chain *chain, gjr_record_kind kind, const uint8_t content[GJB_HASH_SIZE])
{
    gjb_hash hash;
    chain->place = (int64_t)((uint64_t)chain->place + 1);
    chain->event_count = (int64_t)((uint64_t)chain->event_count + (kind == GJR_RECORD_EVENT));
    gjb_hash_init(&hash);
    gjb_hash_add(&hash, record_words, sizeof record_words);
    number_add(&hash, (uint64_t)chain->place);
    gjb_hash_add(&hash, chain->hash, sizeof chain->hash);
    number_add(&hash, kind);
    gjb_hash_add(&hash, content, GJB_HASH_SIZE);
    gjb_hash_finish(&hash, chain->hash);
}

/* ---- heads ---- */

enum { HEAD_SIZE = sizeof head_words + NUMBER_SIZE + GJB_HASH_SIZE + NUMBER_SIZE };

static void head_make(const gjr_chain *chain, gj_instant now, uint8_t head[HEAD_SIZE])
{
    uint8_t *to = head + sizeof head_words;
    memcpy(head, head_words, sizeof head_words);
    number_put(to, (uint64_t)chain->place);
    memcpy(to + NUMBER_SIZE, chain->hash, GJB_HASH_SIZE);
    number_put(to + NUMBER_SIZE + GJB_HASH_SIZE, (uint64_t)now);
}

bool gjr_head_sign(const gjr_chain *chain, gj_instant now, const uint8_t secret[GJR_SECRET_SIZE],
                   uint8_t signature[GJR_SIGNATURE_SIZE])
{
    uint8_t head[HEAD_SIZE];
    head_make(chain, now, head);
    return gjr_sodium_sign(secret, head, sizeof head, signature);
}

bool gjr_head_check(const gjr_chain *chain, gj_instant now, const uint8_t key[GJR_KEY_SIZE],
                    const uint8_t signature[GJR_SIGNATURE_SIZE])
{
    uint8_t head[HEAD_SIZE];
    head_make(chain, now, head);
    return gjr_sodium_check(key, head, sizeof head, signature);
}
