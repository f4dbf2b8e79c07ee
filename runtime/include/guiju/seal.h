/* SPDX-License-Identifier: Apache-2.0
 *
 * Signed images: an image in an envelope that says of which rule set and version it is, and which
 * calendars go with it, signed over all of that (docs/SIGNING.md). A store that trusts a key
 * deploys and loads no other (gj_engine_trust). The envelope names its suite of algorithms, of
 * which there is one: Ed25519 over SHA-256, by libsodium.
 *
 *     status = gj_secret_key_make(&secret);
 *     status = gj_seal_make(&sealing, &secret, &out);
 *     status = gj_seal_open(file, &key, 1, &seal, &fault); */
#ifndef GUIJU_SEAL_H
#define GUIJU_SEAL_H

#include <guiju/guiju.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gj_bytes {
    const void *bytes;
    size_t size;
} gj_bytes;

enum { GJ_KEY_ID_SIZE = 17, GJ_CALENDARS_SEALED_MAX = 64, GJ_SEAL_NAME_MAX = 255 };

typedef enum gj_suite { GJ_SUITE_ED25519 = 1 } gj_suite;

/* ---- keys ---- */

typedef struct gj_public_key {
    gj_suite suite;
    uint8_t bytes[32];
    char id[GJ_KEY_ID_SIZE]; /* 16 hexadecimal digits, made of the bytes */
} gj_public_key;

typedef struct gj_secret_key {
    gj_public_key open;
    uint8_t bytes[64];
} gj_secret_key;

/* Of the system's randomness. GJ_IO: it has none to give. */
GJ_API gj_status gj_secret_key_make(gj_secret_key *key);
/* Its bytes are overwritten. */
GJ_API void gj_secret_key_wipe(gj_secret_key *key);
/* One line of text each. The secret one is to be kept where nobody else reads it. */
GJ_API gj_status gj_public_key_print(const gj_public_key *key, const gj_writer *out);
GJ_API gj_status gj_secret_key_print(const gj_secret_key *key, const gj_writer *out);
/* GJ_MALFORMED: it is no such line, or its id is not that of its bytes. */
GJ_API gj_status gj_public_key_parse(gj_text line, gj_public_key *key);
GJ_API gj_status gj_secret_key_parse(gj_text line, gj_secret_key *key);

/* ---- envelopes ---- */

typedef struct gj_sealing {
    size_t size; /* sizeof(gj_sealing) */
    gj_bytes image;
    const gj_bytes *calendars; /* compiled, those that may be deployed with it */
    size_t calendar_count;
    gj_text name;     /* of the rule set */
    uint64_t version; /* of the rule set: a store takes none that is lower than one it had */
} gj_sealing;

/* The whole file. GJ_BAD_ARGUMENT: no name, or more calendars or bytes than an envelope holds. */
GJ_API gj_status gj_seal_make(const gj_sealing *sealing, const gj_secret_key *key,
                              const gj_writer *out);
/* Whether it says of itself that it is an envelope. */
GJ_API bool gj_seal_is(gj_bytes file);

typedef enum gj_seal_fault {
#define GJ_SEAL_FAULT(NAME, en, zh) GJ_SEAL_##NAME,
#include <guiju/seals.def>
#undef GJ_SEAL_FAULT
} gj_seal_fault;

typedef struct gj_seal {
    gj_suite suite;
    char key_id[GJ_KEY_ID_SIZE]; /* of the key that signed it */
    gj_text name;                /* this and all below: borrowed from the file */
    uint64_t version;
    gj_bytes head;  /* all but the image, with the signature */
    gj_bytes image; /* proved by the signature, and not yet by gj_image_load */
    size_t calendar_count;
    const uint8_t *calendar_hashes; /* 32 bytes each */
} gj_seal;

/* GJ_OK: whole, and signed by one of the keys. GJ_REFUSED: the fault says why not; of what is in
 * the seal then nothing is proved. */
GJ_API gj_status gj_seal_open(gj_bytes file, const gj_public_key *keys, size_t key_count,
                              gj_seal *seal, gj_seal_fault *fault);
/* Whether a compiled calendar is one of those that were signed with it. */
GJ_API bool gj_seal_covers(const gj_seal *seal, gj_bytes calendar);
/* A sentence; static. */
GJ_API const char *gj_seal_fault_text(gj_seal_fault fault, gj_lang lang);

/* ---- proofs ---- */

/* A finding as it stands in the chain of a store's audit (gj_engine_prove), checked without the
 * store. */
typedef enum gj_proof_fault {
#define GJ_PROOF_FAULT(NAME, en, zh) GJ_PROOF_##NAME,
#include <guiju/proofs.def>
#undef GJ_PROOF_FAULT
} gj_proof_fault;

typedef struct gj_proof {
    gj_text procedure, case_id;  /* as JSON strings; these and the next: borrowed from the file */
    gj_text finding;             /* as gj_revision_print */
    uint64_t place, head_place;  /* in the chain, of its record and of the head */
    gj_instant clock;            /* the engine's, when the head was signed */
    char key_id[GJ_KEY_ID_SIZE]; /* of who signed the head */
} gj_proof;

/* Whether it says of itself that it is a proof. */
GJ_API bool gj_proof_is(gj_text file);
/* GJ_OK: the record leads to a head that one of the keys signed. GJ_REFUSED: the fault says why
 * not. */
GJ_API gj_status gj_proof_check(gj_text file, const gj_public_key *keys, size_t key_count,
                                gj_proof *proof, gj_proof_fault *fault);
/* A sentence; static. */
GJ_API const char *gj_proof_fault_text(gj_proof_fault fault, gj_lang lang);

#ifdef __cplusplus
}
#endif
#endif
