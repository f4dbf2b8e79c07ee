/* SPDX-License-Identifier: Apache-2.0
 *
 * See proof.h and <guiju/seal.h>. */
#include "seal/proof.h"

#include "seal/key.h"

#include <guiju/seal.h>
#include <inttypes.h>
#include <string.h>

static const char first_line[] = "guiju proof 1\n";

/* ---- writing ---- */

static void line_add(gjb_buffer *out, const char *word, gj_text said)
{
    gjb_buffer_add_string(out, word);
    gjb_buffer_add_byte(out, ' ');
    gjb_buffer_add_text(out, said);
    gjb_buffer_add_byte(out, '\n');
}

static void hex_line_add(gjb_buffer *out, const char *word, const uint8_t *bytes, size_t size)
{
    char digits[2 * GJR_SIGNATURE_SIZE + 1];
    gjb_hash_hex(bytes, size, digits);
    line_add(out, word, (gj_text){digits, 2 * size});
}

void gjr_proof_begin(gjb_buffer *out, const gj_text pieces[3], const gjr_chain *before)
{
    gjb_buffer_add_string(out, first_line);
    line_add(out, "procedure", pieces[0]);
    line_add(out, "case", pieces[1]);
    line_add(out, "finding", pieces[2]);
    gjb_buffer_add_format(out, "place %" PRId64 "\n", before->place + 1);
    hex_line_add(out, "before", before->hash, sizeof before->hash);
}

void gjr_proof_link(gjb_buffer *out, gjr_record_kind kind, const uint8_t content[GJB_HASH_SIZE])
{
    gjb_buffer_add_format(out, "link %d", (int)kind);
    hex_line_add(out, "", content, GJB_HASH_SIZE);
}

void gjr_proof_end(gjb_buffer *out, const gjr_signed_head *head)
{
    gjb_buffer_add_format(out, "head %" PRId64, head->chain.place);
    hex_line_add(out, "", head->chain.hash, sizeof head->chain.hash);
    gjb_buffer_add_format(out, "clock %" PRId64 "\n", head->clock);
    hex_line_add(out, "key", head->key, sizeof head->key);
    hex_line_add(out, "signature", head->signature, sizeof head->signature);
}

/* ---- reading ---- */

/* What is left to read; a line that is not as it must be ends it. */
typedef struct reading {
    gj_text left;
    bool failed;
} reading;

static bool left_begins(const reading *from, const char *word)
{
    size_t size = strlen(word);
    return from->left.size > size && memcmp(from->left.bytes, word, size) == 0 &&
           from->left.bytes[size] == ' ';
}

/* What stands behind the word, up to the end of the line. */
static gj_text line_read(reading *from, const char *word)
{
    const char *end = from->left.size == 0 ? NULL : memchr(from->left.bytes, '\n', from->left.size);
    if (from->failed || end == NULL || !left_begins(from, word)) {
        from->failed = true;
        return (gj_text){"", 0};
    }
    const char *said = from->left.bytes + strlen(word) + 1;
    gj_text line = {said, (size_t)(end - said)};
    from->left.size -= (size_t)(end + 1 - from->left.bytes);
    from->left.bytes = end + 1;
    return line;
}

static int digit_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void hex_read(reading *from, gj_text digits, uint8_t *bytes, size_t size)
{
    from->failed = from->failed || digits.size != 2 * size;
    for (size_t i = 0; i < size && !from->failed; i++) {
        int high = digit_of(digits.bytes[2 * i]), low = digit_of(digits.bytes[2 * i + 1]);
        from->failed = high < 0 || low < 0;
        bytes[i] = (uint8_t)(high * 16 + low);
    }
}

/* The digits before a space, or the whole; `rest` is what stands behind the space. */
static int64_t number_read(reading *from, gj_text said, gj_text *rest)
{
    uint64_t number = 0;
    size_t at = said.size > 0 && said.bytes[0] == '-' ? 1 : 0, begin = at;
    for (; at < said.size && said.bytes[at] != ' '; at++) {
        int digit = said.bytes[at] > '9' ? -1 : digit_of(said.bytes[at]);
        from->failed = from->failed || digit < 0 || __builtin_mul_overflow(number, 10, &number) ||
                       __builtin_add_overflow(number, (uint64_t)digit, &number);
    }
    uint64_t most = (uint64_t)INT64_MAX + begin;
    bool leads = at - begin > 1 && said.bytes[begin] == '0';
    bool minus_nothing = begin == 1 && number == 0;
    from->failed = from->failed || at == begin || number > most || leads || minus_nothing ||
                   (rest == NULL) != (at == said.size);
    if (rest != NULL && !from->failed) {
        *rest = (gj_text){said.bytes + at + 1, said.size - at - 1};
    }
    return begin == 1 ? (int64_t)(0 - number) : (int64_t)number;
}

/* The records after the one that is proved. */
static void links_read(reading *from, gjr_chain *chain)
{
    while (!from->failed && left_begins(from, "link")) {
        gj_text digits = {"", 0};
        uint8_t content[GJB_HASH_SIZE];
        int64_t kind = number_read(from, line_read(from, "link"), &digits);
        hex_read(from, digits, content, sizeof content);
        from->failed = from->failed || kind < 1 || kind >= GJR_RECORD_KINDS;
        if (!from->failed) {
            gjr_chain_add(chain, (gjr_record_kind)kind, content);
        }
    }
}

static void head_read(reading *from, gjr_signed_head *head)
{
    gj_text digits = {"", 0};
    head->chain.place = number_read(from, line_read(from, "head"), &digits);
    hex_read(from, digits, head->chain.hash, sizeof head->chain.hash);
    head->clock = number_read(from, line_read(from, "clock"), NULL);
    hex_read(from, line_read(from, "key"), head->key, sizeof head->key);
    hex_read(from, line_read(from, "signature"), head->signature, sizeof head->signature);
    from->failed = from->failed || from->left.size > 0;
}

bool gj_proof_is(gj_text file)
{
    size_t size = sizeof first_line - 1;
    return file.bytes != NULL && file.size >= size && memcmp(file.bytes, first_line, size) == 0;
}

static gj_proof_fault keys_check(const gjr_signed_head *head, const gj_public_key *keys,
                                 size_t key_count)
{
    for (size_t i = 0; i < key_count; i++) {
        if (memcmp(keys[i].bytes, head->key, sizeof head->key) == 0) {
            return gjr_head_check(&head->chain, head->clock, head->key, head->signature)
                       ? GJ_PROOF_SOUND
                       : GJ_PROOF_SIGNATURE;
        }
    }
    return GJ_PROOF_KEY;
}

static gj_proof_fault proof_read(gj_text file, const gj_public_key *keys, size_t key_count,
                                 gj_proof *proof)
{
    gj_text pieces[3];
    gjr_chain chain = {.place = 0};
    gjr_signed_head head;
    uint8_t content[GJB_HASH_SIZE];
    if (!gj_proof_is(file)) {
        return GJ_PROOF_FORM;
    }
    size_t skip = sizeof first_line - 1;
    reading from = {.left = {file.bytes + skip, file.size - skip}};
    proof->procedure = pieces[0] = line_read(&from, "procedure");
    proof->case_id = pieces[1] = line_read(&from, "case");
    proof->finding = pieces[2] = line_read(&from, "finding");
    int64_t place = number_read(&from, line_read(&from, "place"), NULL);
    from.failed = from.failed || place < 1;
    chain.place = from.failed ? 0 : place - 1;
    hex_read(&from, line_read(&from, "before"), chain.hash, sizeof chain.hash);
    gjr_chain_content(GJR_RECORD_FINDING, pieces, 3, content);
    gjr_chain_add(&chain, GJR_RECORD_FINDING, content);
    links_read(&from, &chain);
    head_read(&from, &head);
    if (from.failed) {
        return GJ_PROOF_FORM;
    }
    gj_public_key signer = gjr_key_of(GJ_SUITE_ED25519, head.key);
    memcpy(proof->key_id, signer.id, sizeof proof->key_id);
    proof->place = (uint64_t)place;
    proof->head_place = (uint64_t)head.chain.place;
    proof->clock = head.clock;
    bool same = chain.place == head.chain.place &&
                memcmp(chain.hash, head.chain.hash, sizeof chain.hash) == 0;
    return same ? keys_check(&head, keys, key_count) : GJ_PROOF_CHAIN;
}

gj_status gj_proof_check(gj_text file, const gj_public_key *keys, size_t key_count, gj_proof *proof,
                         gj_proof_fault *fault)
{
    if (proof == NULL || fault == NULL || (keys == NULL && key_count > 0)) {
        return GJ_BAD_ARGUMENT;
    }
    *proof = (gj_proof){.key_id = ""};
    *fault = proof_read(file, keys, key_count, proof);
    return *fault == GJ_PROOF_SOUND ? GJ_OK : GJ_REFUSED;
}

const char *gj_proof_fault_text(gj_proof_fault fault, gj_lang lang)
{
    static const char *const texts[][2] = {
#define GJ_PROOF_FAULT(NAME, en, zh) [GJ_PROOF_##NAME] = {en, zh},
#include <guiju/proofs.def>
#undef GJ_PROOF_FAULT
    };
    return texts[fault][lang == GJ_ZH ? GJ_ZH : GJ_EN];
}
