/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys that a store trusts. Once there is one, an image is deployed and loaded only from an
 * envelope that one of them signed, and cases open under no other; what was deployed before judges
 * on the cases that it has. */
#ifndef GJR_TRUST_H
#define GJR_TRUST_H

#include "durable/engine.h"

/* The keys of the store, on opening. What fails is noted, here and below. */
gj_status gjr_trust_load(gj_engine *engine);
/* What is to be deployed, out of its envelope where the store asks for one: `seal` is then that,
 * and its head is empty where there is none. GJ_REFUSED. */
gj_status gjr_trust_open(gj_engine *engine, const gj_deployment *what, gj_deployment *opened,
                         gj_seal *seal);
/* Its row, in the transaction that is open; 0 where it is empty. */
int64_t gjr_trust_write(gj_engine *engine, const gj_seal *seal);
/* Whether what is stored of a deployment is what was signed; `head` is absent where it has no
 * envelope, and `seal` then no key's id. Its name is borrowed from the head. */
gj_status gjr_trust_check(gj_engine *engine, int64_t deployment, gj_bytes head,
                          const gj_deployment *stored, gj_seal *seal);

#endif
