/* SPDX-License-Identifier: Apache-2.0
 *
 * SHA-256 all at once against piece by piece, and against digests known from FIPS 180-4. */
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void known_digests(void **state)
{
    (void)state;
    static const struct {
        const char *text, *hex;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t digest[GJB_HASH_SIZE];
        char hex[2 * GJB_HASH_SIZE + 1];
        gjb_hash_of(rows[i].text, strlen(rows[i].text), digest);
        gjb_hash_hex(digest, sizeof digest, hex);
        assert_string_equal(hex, rows[i].hex);
    }
}

static void check(const uint8_t *bytes, size_t size)
{
    uint8_t whole[GJB_HASH_SIZE], pieces[GJB_HASH_SIZE];
    gjb_hash hash;
    gjb_hash_of(bytes, size, whole);
    gjb_hash_init(&hash);
    for (size_t at = 0; at < size; at += 7) {
        gjb_hash_add(&hash, bytes + at, size - at < 7 ? size - at : 7);
    }
    gjb_hash_finish(&hash, pieces);
    assert_memory_equal(whole, pieces, sizeof whole);
}

/* Every length about the ends of blocks, at any address. */
static void at_once_is_piece_by_piece(void **state)
{
    (void)state;
    enum { SIZE = 1 << 20 };
    uint8_t *bytes = malloc(SIZE);
    uint64_t seed = 7;
    assert_non_null(bytes);
    for (size_t i = 0; i < SIZE; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        bytes[i] = (uint8_t)(seed >> 56);
    }
    for (size_t size = 0; size < 400; size++) {
        check(bytes + size % 16, size);
    }
    check(bytes, SIZE);
    check(bytes + 3, SIZE - 60);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_digests),
        cmocka_unit_test(at_once_is_piece_by_piece),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
