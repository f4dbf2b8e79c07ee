/* SPDX-License-Identifier: Apache-2.0
 *
 * XML, pushed in pieces: elements begin and end, with the attributes `key` and `value`; nothing
 * else of XML is of interest here. What is malformed ends a document; the reader may then begin
 * anew at a later element, inside elements of its choosing. Document types are refused, and with
 * them every entity but XML's own five. */
#ifndef GJR_FEED_XML_H
#define GJR_FEED_XML_H

#include <guiju/guiju.h>

typedef enum gjr_xml_name {
#define GJR_XML_NAME(NAME, name) GJR_XML_##NAME,
#include "feed/elements.def"
#undef GJR_XML_NAME
    GJR_XML_OTHER,
} gjr_xml_name;

/* Absent where the attribute is. A text that the pushed bytes have as it is lies in them; any other
 * is borrowed until the function returns. */
typedef struct gjr_xml_handlers {
    void *payload;
    void (*begin)(void *payload, gjr_xml_name name, gj_text key, gj_text value);
    void (*end)(void *payload);
} gjr_xml_handlers;

enum { GJR_XML_DEPTH_MAX = 64 };

typedef struct gjr_xml_failure {
    gj_problem_code code; /* SYNTAX, UTF8 or TOO_LONG */
    char note[160];
    size_t offset; /* of the bytes pushed since the last begin: where it went wrong */
    uint64_t line; /* 1-based, in those bytes */
    bool anew;     /* the reader may begin anew behind it */
    bool no_memory;
} gjr_xml_failure;

typedef struct gjr_xml gjr_xml;

/* NULL when memory ends. The handlers' struct is copied. */
gjr_xml *gjr_xml_create(const gj_allocator *allocator, const gjr_xml_handlers *handlers);
void gjr_xml_destroy(gjr_xml *xml);
/* A document that begins with `prologue` (in which no newline is); the offsets count behind it. */
bool gjr_xml_begin(gjr_xml *xml, const char *prologue);
/* False: see gjr_xml_failure_of. */
bool gjr_xml_push(gjr_xml *xml, const char *bytes, size_t size);
/* The end of the file: false where the document is not complete. */
bool gjr_xml_finish(gjr_xml *xml);
/* Whether the document is in another encoding than UTF-8. */
bool gjr_xml_is_recoded(const gjr_xml *xml);
void gjr_xml_failure_of(const gjr_xml *xml, gjr_xml_failure *failure);
/* Inside a handler: the line (1-based, in the pushed bytes) and offset of the element. */
uint64_t gjr_xml_line(const gjr_xml *xml);
size_t gjr_xml_offset(const gjr_xml *xml);
/* Inside a handler: no more is wanted of this document. The note is static. */
void gjr_xml_refuse(gjr_xml *xml, gj_problem_code code, const char *note);

#endif
