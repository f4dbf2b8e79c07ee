/* SPDX-License-Identifier: Apache-2.0
 *
 * The feeds. What each file must give is written here as a transcript (see feed_reading.h); every
 * file is read whole and again in pieces of 1 to 17 bytes, each also ahead by other threads, in
 * parts of a few bytes, and must give the same. The real logs are counted against the figures of
 * their publisher, which tests/tools/receipt_oracle.py finds too. */
#include "unit/feed_reading.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- reading -------------------------------------------------------------------------------- */

static void check_bytes(gj_feed_format format, gj_text file, const char *wanted)
{
    static const size_t steps[] = {SIZE_MAX, 1, 2, 3, 5, 7, 11, 13, 17};
    for (size_t i = 0; i < 2 * sizeof steps / sizeof steps[0]; i++) {
        gjb_buffer out;
        gjb_buffer_init(&out, NULL);
        memory from = {file.bytes, file.size, 0, steps[i / 2]};
        size_t part_size = i % 2 == 0 ? 0 : 16 + i * i;
        gj_status status =
            feed_read_how(&(reading){.format = format, .part_size = part_size}, &from, &out);
        gjb_buffer_add_byte(&out, '\0');
        assert_string_equal(out.bytes, wanted);
        assert_int_equal(status, GJ_DONE);
        gjb_buffer_deinit(&out);
    }
}

static void check_file(gj_feed_format format, const char *file, const char *wanted)
{
    check_bytes(format, gjb_text_of(file), wanted);
}

/* ---- JSON lines -------------------------------------------------------------------------------
 */

static void jsonl_fields(void **state)
{
    (void)state;
    check_file(
        GJ_FEED_AUTO,
        "{\"id\":\"e-1\",\"source\":\"s\",\"case\":\"c1\",\"procedure\":\"p\",\"action\":"
        "\"accept\","
        "\"at\":\"2024-02-05T09:12:00+08:00\",\"recorded\":\"2024-02-05\",\"officer\":\"u\","
        "\"post\":\"w\",\"department\":\"d\",\"office\":\"o\",\"branch\":\"b\",\"seq\":7,"
        "\"corrects\":\"x\",\"retracts\":\"y\",\"data\":{\"k\":\"v\"},\"documents\":[\"a\",\"b\"],"
        "\"unknown\":{\"deep\":[1,{}]}}\n",
        "1#7 id=\"e-1\" source=\"s\" case=\"c1\" procedure=\"p\" action=\"accept\" "
        "at=1707124320000+28800 recorded=1707091200000 officer=\"u\" post=\"w\" "
        "department=\"d\" office=\"o\" branch=\"b\" corrects=\"x\" retracts=\"y\" "
        "{ \"k\":T\"v\" } with=\"a\" with=\"b\"\n");
}

#define LINE(rest) "{\"case\":\"c\",\"action\":\"a\",\"at\":\"1970-01-01\"" rest "}\n"
#define TOLD(line) line "#" line " source=\"f\" case=\"c\" action=\"a\" at=0"

static void jsonl_data(void **state)
{
    (void)state;
    check_file(GJ_FEED_AUTO,
               LINE(",\"data\":{\"n\":2.50,\"e\":1e999,\"big\":123456789012345678901234567890,"
                    "\"t\":true,\"f\":false,\"z\":null,\"l\":[1,\"x\",null,[2],{\"a\":1}],"
                    "\"o\":{ \"a\" : [ 1 ] },\"empty\":[]}"),
               TOLD("1") " { \"n\":N\"2.50\" \"e\":N\"1e999\" "
                         "\"big\":N\"123456789012345678901234567890\" \"t\":Btrue \"f\":Bfalse "
                         "\"z\":0\"\" \"l\":L[ N\"1\" T\"x\" 0\"\" O\"[2]\" O\"{\\\"a\\\":1}\" ] "
                         "\"o\":O\"{ \\\"a\\\" : [ 1 ] }\" \"empty\":L[ ] }\n");
}

static void jsonl_escapes(void **state)
{
    (void)state;
    check_file(GJ_FEED_AUTO,
               "{\"c\\u0061se\":\"\\u4e2d\\ud83d\\ude00\\n\\\"\\\\\\/\",\"action\":\"许可\","
               "\"at\":\"1970-01-01\"}\n" LINE(",\"data\":{\"a\\tb\":\"\\u00e9\"}")
                   LINE(",\"officer\":\"\\ud800\"") LINE(",\"officer\":\"\\x\""),
               "1#1 source=\"f\" case=\"中😀\\n\\\"\\\\/\" action=\"许可\" at=0\n" TOLD(
                   "2") " { \"a\\tb\":T\"é\" }\n3 SYNTAX\n4 SYNTAX\n");
}

static void jsonl_same_key_last_wins(void **state)
{
    (void)state;
    check_file(
        GJ_FEED_AUTO,
        LINE(",\"officer\":\"u1\",\"officer\":\"u2\",\"data\":{\"a\":1,\"b\":[1,2],\"a\":[3],"
             "\"b\":4},\"documents\":[\"x\"],\"documents\":[\"y\"]"),
        TOLD("1") " officer=\"u2\" { \"a\":L[ N\"3\" ] \"b\":N\"4\" } with=\"y\"\n");
}

static void jsonl_bad_lines(void **state)
{
    (void)state;
    check_file(GJ_FEED_JSONL,
               LINE("") "\n   \r\n"
                        "[1]\n"
                        "{\"case\":\"c\",}\n"
                        "nonsense\n" LINE(",\"seq\":-1") LINE(",\"seq\":\"1\"") LINE(",\"data\":[]")
                            LINE(",\"data\":{\"a\":01}") LINE(",\"data\":{\"a\":{\"b\" 1}}")
                                LINE(",\"documents\":[1]") LINE("} {") LINE(",\"officer\":5")
                                    LINE(",\"officer\":null,\"data\":null"),
               TOLD("1") "\n4 SYNTAX\n5 SYNTAX\n6 SYNTAX\n7 TYPE field=\"seq\"\n"
                         "8 TYPE field=\"seq\"\n9 TYPE field=\"data\"\n10 SYNTAX\n11 SYNTAX\n"
                         "12 TYPE field=\"documents\"\n13 SYNTAX\n14 TYPE field=\"officer\"\n" TOLD(
                             "15") "\n");
}

static void jsonl_missing_and_times(void **state)
{
    (void)state;
    check_file(
        GJ_FEED_AUTO,
        "{}\n{\"action\":\"a\",\"at\":\"1970-01-01\"}\n{\"case\":\"c\",\"at\":\"1970-01-01\"}\n"
        "{\"case\":\"c\",\"action\":\"a\"}\n{\"case\":\"\",\"action\":\"a\",\"at\":\"1970-01-01\"}"
        "\n"
        "{\"case\":\"c\",\"action\":\"a\",\"at\":\"2024-13-05\"}\n" LINE(
            ",\"recorded\":\"yesterday\""),
        "1 FIELD field=\"case\"\n2 FIELD field=\"case\"\n3 FIELD field=\"action\"\n"
        "4 FIELD field=\"at\"\n5 FIELD field=\"case\"\n6 TIME field=\"at\"\n"
        "7 TIME field=\"recorded\"\n");
}

/* One line that is no text spoils neither the lines before nor those after it. */
static void jsonl_bad_text(void **state)
{
    (void)state;
    static const char file[] = LINE("") "{\"case\":\"\xB0\xEC\"}\n" LINE(
        "") "{\"case\":\"open\n" LINE("") "{\"a\":\"\0\"}\n" LINE("") "\0\n" LINE("");
    check_bytes(GJ_FEED_JSONL, (gj_text){file, sizeof file - 1},
                TOLD("1") "\n2 UTF8\n" TOLD("3") "\n4 SYNTAX\n" TOLD("5") "\n6 SYNTAX\n" TOLD(
                    "7") "\n8 SYNTAX\n" TOLD("9") "\n");
}

static void jsonl_end(void **state)
{
    (void)state;
    check_file(GJ_FEED_AUTO, "", "");
    check_file(GJ_FEED_JSONL, "\n\n", "");
    check_file(GJ_FEED_AUTO, "\xEF\xBB\xBF" LINE(""), TOLD("1") "\n");
    check_file(GJ_FEED_AUTO, LINE("") "{\"case\":\"c\",\"act", TOLD("1") "\n2 TRUNCATED\n");
    check_file(GJ_FEED_AUTO, LINE("") "{\"case\":\"c\"", TOLD("1") "\n2 TRUNCATED\n");
    check_file(GJ_FEED_AUTO, LINE("") "{\"case\":\"c\",\"action\":\"a\",\"at\":\"1970-01-01\"}",
               TOLD("1") "\n" TOLD("2") "\n");
}

static void jsonl_envelope(void **state)
{
    (void)state;
    check_file(
        GJ_FEED_AUTO,
        "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"/s\",\"type\":\"t\",\"subject\":\"j\","
        "\"time\":\"1970-01-01T00:00:00Z\",\"data\":{\"data\":{\"k\":1}}}\n"
        "{\"data\":{\"case\":\"c\",\"action\":\"\\u0061\",\"id\":\"own\"},\"id\":\"i\",\"source\":"
        "\"/s\","
        "\"type\":\"t\",\"time\":\"1970-01-01\",\"specversion\":\"1.0\"}\n" LINE(
            "") "{\"data\":{\"case\":\"\\u0063\",\"action\":\"a\"},\"id\":\"i\",\"source\":\"/s\","
                "\"time\":\"1970-01-01\",\"specversion\":\"1.0\"}\n"
                "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"/"
                "s\",\"type\":\"t\",\"data\":\"x\"}\n",
        "1#1 id=\"i\" source=\"/s\" case=\"j\" action=\"t\" at=0+0 { \"k\":N\"1\" }\n"
        "2#2 id=\"own\" source=\"/s\" case=\"c\" action=\"a\" at=0\n" TOLD(
            "3") "\n"
                 "4#4 id=\"i\" source=\"/s\" case=\"c\" action=\"a\" at=0\n5 TYPE "
                 "field=\"data\"\n");
}

static void jsonl_deep(void **state)
{
    (void)state;
    gjb_buffer file;
    gjb_buffer_init(&file, NULL);
    gjb_buffer_add_string(&file, "{\"x\":");
    for (int i = 0; i < 100000; i++) {
        gjb_buffer_add_byte(&file, '[');
    }
    gjb_buffer_add_string(&file, "\n" LINE(""));
    memory from = {file.bytes, file.size, 0, SIZE_MAX};
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    assert_int_equal(feed_read(GJ_FEED_AUTO, &from, &out), GJ_DONE);
    gjb_buffer_add_byte(&out, '\0');
    assert_string_equal(out.bytes, "1 TOO_LONG\n" TOLD("2") "\n");
    gjb_buffer_deinit(&file);
    gjb_buffer_deinit(&out);
}

/* More than the limit without a newline, between `before` and `after`. */
static void check_long(gj_feed_format format, const char *before, const char *after,
                       const char *wanted)
{
    gjb_buffer file, out;
    gjb_buffer_init(&file, NULL);
    gjb_buffer_init(&out, NULL);
    gjb_buffer_add_string(&file, before);
    for (size_t i = 0; i < GJR_LINE_SIZE_MAX / 16 + 1; i++) {
        gjb_buffer_add_string(&file, "0123456789abcdef");
    }
    gjb_buffer_add_string(&file, after);
    memory from = {file.bytes, file.size, 0, SIZE_MAX};
    assert_int_equal(feed_read(format, &from, &out), GJ_DONE);
    gjb_buffer_add_byte(&out, '\0');
    assert_string_equal(out.bytes, wanted);
    gjb_buffer_deinit(&file);
    gjb_buffer_deinit(&out);
}

static void long_lines(void **state)
{
    (void)state;
    check_long(GJ_FEED_JSONL, LINE("") "{\"a\":\"", "\"}\n" LINE(""),
               TOLD("1") "\n2 TOO_LONG\n" TOLD("3") "\n");
    check_long(GJ_FEED_JSONL, LINE("") "{\"a\":\"", "", TOLD("1") "\n2 TOO_LONG\n");
    check_long(GJ_FEED_CSV, "case,action,at\nc,a,1970-01-01\nc,", "\nc,a,1970-01-01\n",
               TOLD("2") "\n3 TOO_LONG\n" TOLD("4") "\n");
    check_long(GJ_FEED_CSV, "case,action,at\nc,a,1970-01-01\nc,\"\n", "\nc,a,1970-01-01\n",
               TOLD("2") "\n3 SYNTAX\n4 TOO_LONG\n" TOLD("5") "\n");
}

/* ---- CSV ------------------------------------------------------------------------------------ */

static void csv_cells(void **state)
{
    (void)state;
    check_file(
        GJ_FEED_AUTO,
        "\xEF\xBB\xBF"
        "case,action,at,officer,documents,金额, note ,seq\r\n"
        "c,a,1970-01-01,u1,a;b、c； d,12.50,\"x, \"\"y\"\"\r\nz\",9\r\n"
        "\r\n"
        "c,a,1970-01-01,,,007,true\n"
        "\"c\",\"a\",\"1970-01-01\"",
        "2#9 source=\"f\" case=\"c\" action=\"a\" at=0 officer=\"u1\" { \"金额\":N\"12.50\" "
        "\"note\":T\"x, \\\"y\\\"\\r\\nz\" } with=\"a\" with=\"b\" with=\"c\" with=\"d\"\n" TOLD(
            "5") " { \"金额\":T\"007\" \"note\":Btrue }\n" TOLD("6") "\n");
}

static void csv_bad_lines(void **state)
{
    (void)state;
    static const char file[] = "case,action,at,n\nc,a,1970-01-01,1,2\nc,a,\nc,a,soon\n"
                               "\"c\"x,a,1970-01-01\nc,\xB0\xEC,1970-01-01\nc,\0,1970-01-01\n"
                               "c,a,1970-01-01\nc,\"a,1970-01-01\nc,a,1970-01-01\nc,a,\"19";
    check_bytes(
        GJ_FEED_AUTO, (gj_text){file, sizeof file - 1},
        "2 SYNTAX\n3 FIELD field=\"at\"\n4 TIME field=\"at\"\n5 SYNTAX\n6 UTF8\n7 SYNTAX\n" TOLD(
            "8") "\n9 SYNTAX\n" TOLD("10") "\n11 TRUNCATED\n");
}

static void csv_header(void **state)
{
    (void)state;
    check_file(GJ_FEED_AUTO, "case,when\nc,1970-01-01\n", "1 FIELD field=\"action\"\n");
    check_file(GJ_FEED_CSV, "", "");
    check_file(GJ_FEED_AUTO, "case,\xB0\xEC\nc,1970-01-01\n", "1 UTF8\n");
}

/* ---- XES ------------------------------------------------------------------------------------ */

#define HEAD                                                                                       \
    "<?xml version=\"1.0\"?>\n<log>\n<extension name=\"x\"/><global scope=\"event\">"              \
    "<string key=\"concept:name\" value=\"no\"/></global>\n"
#define NAME(name) "<string key=\"concept:name\" value=\"" name "\"/>"
#define WHEN       "<date key=\"time:timestamp\" value=\"1970-01-01\"/>"
#define ACT(more)  "<event>" NAME("a") WHEN more "</event>\n"

static void xes_fields(void **state)
{
    (void)state;
    check_file(
        GJ_FEED_AUTO,
        HEAD "<trace><string key=\"k\" value=\"trace\"/><int key=\"n\" value=\"5\"/>" NAME(
            "c") "\n"
                 "<event>" NAME("a&amp;&#x4E2D;") WHEN
        "<string key=\"org:resource\" value=\"u\"/>"
        "<string key=\"org:group\" value=\"g\"/><string key=\"org:role\" value=\"r\"/>"
        "<id key=\"identity:id\" value=\"e1\"/><string key=\"k\" value=\"event\">"
        "<string key=\"nested\" value=\"x\"/></string><boolean key=\"b\" value=\"true\"/>"
        "<float key=\"f\" value=\"1.50\"/><float key=\"inf\" value=\"INF\"/>"
        "<list key=\"l\"><values><string key=\"i\" value=\"x\"/><int key=\"i\" "
        "value=\"2\"/></values>"
        "</list></event>\n" ACT("<string key=\"org:group\" value=\"g\"/>") "</trace></log>\n",
        "5#1 id=\"e1\" source=\"f\" case=\"c\" action=\"a&中\" at=0 officer=\"u\" post=\"r\" "
        "{ \"k\":T\"event\" \"b\":Btrue \"f\":N\"1.50\" \"inf\":T\"INF\" \"l\":L[ T\"x\" N\"2\" ] "
        "\"org:group\":T\"g\" \"n\":N\"5\" }\n"
        "6#2 source=\"f\" case=\"c\" action=\"a\" at=0 post=\"g\"\n");
}

#define CYCLE(word) "<string key=\"lifecycle:transition\" value=\"" word "\"/>"

static void xes_lifecycle(void **state)
{
    (void)state;
    check_file(GJ_FEED_AUTO,
               HEAD "<trace>" NAME("c") "<list key=\"l\"><int key=\"\" value=\"1\"/></list>\n" ACT(
                   CYCLE("start")) ACT(CYCLE("COMPLETE")) ACT("") "</trace></log>\n",
               "6#2 source=\"f\" case=\"c\" action=\"a\" at=0 { \"l\":L[ N\"1\" ] }\n"
               "7#3 source=\"f\" case=\"c\" action=\"a\" at=0\n");
}

static void xes_problems(void **state)
{
    (void)state;
    check_file(
        GJ_FEED_AUTO,
        HEAD "<trace>\n" ACT("") "</trace>\n<trace>" NAME(
            "c") "\n<event>" WHEN "</event>\n"
                 "<event>" NAME("a") "</event>\n<event>" NAME("a") "<date key=\"time:timestamp\" "
                                                                   "value=\"soon\"/></event>\n" ACT(
                                                                       "") "</trace>\n" ACT("") "</"
                                                                                                "lo"
                                                                                                "g"
                                                                                                ">",
        "5 FIELD field=\"trace concept:name\"\n8 FIELD field=\"event concept:name\"\n"
        "9 FIELD field=\"time:timestamp\"\n10 TIME field=\"time:timestamp\"\n"
        "11#5 source=\"f\" case=\"c\" action=\"a\" at=0\n13 FIELD field=\"trace concept:name\"\n");
}

static void xes_cut(void **state)
{
    (void)state;
    check_file(GJ_FEED_AUTO, HEAD "<trace>" NAME("c") "\n" ACT("") "<event>" NAME("a"),
               "5#1 source=\"f\" case=\"c\" action=\"a\" at=0\n6 TRUNCATED\n");
    check_file(GJ_FEED_XES, "", "");
    check_file(GJ_FEED_AUTO, "<html></html>", "1 SYNTAX\n");
    check_file(GJ_FEED_AUTO,
               "<!DOCTYPE log [<!ENTITY a \"aa\">]>\n<log><trace>" NAME("&a;") "</trace></log>",
               "1 SYNTAX\n");
}

static void xes_limits(void **state)
{
    (void)state;
    gjb_buffer file, out;
    gjb_buffer_init(&file, NULL);
    gjb_buffer_init(&out, NULL);
    gjb_buffer_add_string(&file, "<log><trace><event>");
    for (int i = 0; i < 100000; i++) {
        gjb_buffer_add_string(&file, "<string>");
    }
    memory from = {file.bytes, file.size, 0, SIZE_MAX};
    assert_int_equal(feed_read(GJ_FEED_AUTO, &from, &out), GJ_DONE);
    gjb_buffer_add_byte(&out, '\0');
    assert_string_equal(out.bytes, "1 TOO_LONG\n");
    gjb_buffer_deinit(&file);
    gjb_buffer_deinit(&out);
    check_long(GJ_FEED_XES,
               HEAD "<trace>" NAME("c") "\n" ACT("") "<event><string key=\"k\" value=\"",
               "\"/></event>\n" ACT("") "</trace></log>",
               "5#1 source=\"f\" case=\"c\" action=\"a\" at=0\n6 TOO_LONG\n"
               "7#3 source=\"f\" case=\"c\" action=\"a\" at=0\n");
}

/* Reading begins anew behind what is malformed, in the same trace. */
static void xes_anew(void **state)
{
    (void)state;
    check_file(
        GJ_FEED_AUTO,
        HEAD "<trace>" NAME("c") "\n" ACT("") ACT("<string key=\"k\" value=\"\xB0\xEC\"/>")
            ACT("") "</event>\n" ACT("") "</trace><trace>" NAME("d") "\n" ACT("") "</trace></log>",
        "5#1 source=\"f\" case=\"c\" action=\"a\" at=0\n6 UTF8\n"
        "7#3 source=\"f\" case=\"c\" action=\"a\" at=0\n8 SYNTAX\n"
        "9#4 source=\"f\" case=\"c\" action=\"a\" at=0\n"
        "11#5 source=\"f\" case=\"d\" action=\"a\" at=0\n");
}

#define FOUR(text) text text text text

/* Where it went wrong does not hang on how the input is cut. */
static void xes_place(void **state)
{
    (void)state;
    check_file(GJ_FEED_AUTO, "<log>\n<trace>\n<!nt/>\n\n</trace>\n</log>", "3 SYNTAX\n");
    check_file(GJ_FEED_AUTO, "<log>\n<trace>\n\n<string key=\"a\n<\"/></trace>\n</log>",
               "5 SYNTAX\n");
    check_file(GJ_FEED_AUTO,
               "<log>\n<trace>\n<event>\n" FOUR(FOUR(FOUR("<string>\n"))) "</event></trace></log>",
               "65 TOO_LONG\n"); /* the 62nd <string>, which would be the 65th open element */
}

/* ---- the end of the input -----------------------------------------------------------------------
 */

static ptrdiff_t failing_read(void *payload, char *into, size_t room)
{
    memory *from = payload;
    if (from->at < from->size) {
        return memory_read(payload, into, room);
    }
    errno = EDEADLK;
    return -1;
}

/* Why is told as often as it is asked for, whichever thread read. */
static void check_failed(bool ahead)
{
    static const char file[] = LINE("") LINE("");
    memory from = {file, sizeof file - 1, 0, SIZE_MAX};
    const gj_feed_options options = {.size = sizeof options, .source = "f", .ahead = ahead};
    gj_feed *feed;
    const gj_event *event;
    assert_int_equal(
        gjr_feed_open_source(&options, (gjr_source){&from, failing_read, NULL, 0, 0}, &feed),
        GJ_OK);
    assert_int_equal(gj_feed_next(feed, &event), GJ_OK);
    assert_int_equal(gj_feed_next(feed, &event), GJ_OK);
    for (int i = 0; i < 2; i++) {
        errno = 0;
        assert_int_equal(gj_feed_next(feed, &event), GJ_IO);
        assert_int_equal(errno, EDEADLK);
    }
    gj_feed_close(feed);
}

static void failed_read(void **state)
{
    (void)state;
    check_failed(false);
    check_failed(true);
    gj_feed *feed;
    const gj_feed_options nowhere = {.size = sizeof nowhere, .path = "/nowhere/at/all"};
    assert_int_equal(gj_feed_open(&nowhere, &feed), GJ_IO);
    const gj_feed_options folder = {.size = sizeof folder, .path = "/"};
    assert_int_equal(gj_feed_open(&folder, &feed), GJ_IO);
}

/* LINE("") LINE(""), by python3's gzip.compress(…, 9, mtime=0). */
static const unsigned char zipped[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0x4a, 0x4e, 0x2c, 0x4e,
    0x55, 0xb2, 0x52, 0x4a, 0x56, 0xd2, 0x51, 0x4a, 0x4c, 0x2e, 0xc9, 0xcc, 0xcf, 0x03, 0x72, 0x12,
    0x41, 0x9c, 0x12, 0x20, 0xc3, 0xd0, 0xd2, 0xdc, 0x40, 0xd7, 0xc0, 0x10, 0x88, 0x94, 0x6a, 0xb9,
    0xaa, 0x49, 0x50, 0x0b, 0x00, 0x54, 0xc4, 0xdf, 0xfb, 0x58, 0x00, 0x00, 0x00};

static void gzip(void **state)
{
    (void)state;
    gj_text file = {(const char *)zipped, sizeof zipped};
    check_bytes(GJ_FEED_AUTO, file, TOLD("1") "\n" TOLD("2") "\n");
    unsigned char twice[2 * sizeof zipped + 3] = {0};
    memcpy(twice, zipped, sizeof zipped);
    memcpy(twice + sizeof zipped, zipped, sizeof zipped);
    check_bytes(GJ_FEED_AUTO, (gj_text){(const char *)twice, sizeof twice},
                TOLD("1") "\n" TOLD("2") "\n" TOLD("3") "\n" TOLD("4") "\n");
    check_bytes(GJ_FEED_JSONL, (gj_text){file.bytes, sizeof zipped - 4},
                TOLD("1") "\n" TOLD("2") "\n2 TRUNCATED\n");
    unsigned char wrong[sizeof zipped];
    memcpy(wrong, zipped, sizeof zipped);
    wrong[sizeof zipped - 6] ^= 1;
    check_bytes(GJ_FEED_JSONL, (gj_text){(const char *)wrong, sizeof wrong},
                TOLD("1") "\n" TOLD("2") "\n2 SYNTAX\n");
}

/* ---- memory --------------------------------------------------------------------------------- */

typedef struct counted {
    atomic_size_t calls, held;
    size_t fail_at;
} counted;

static void *counted_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    counted *count = payload;
    if (new_size > 0 && atomic_fetch_add(&count->calls, 1) + 1 == count->fail_at) {
        return NULL;
    }
    atomic_fetch_add(&count->held, new_size - old_size);
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    return realloc(pointer, new_size);
}

/* Whichever allocation fails, everything is given back and the status says so. */
static void memory_ends_where(size_t part_size)
{
    static const char *const files[] = {
        LINE(",\"data\":{\"a\\n\":[1,2],\"b\":1},\"documents\":[\"x\"]"),
        "case,action,at,n,documents\nc,a,1970-01-01,5,x;y\n",
        HEAD "<trace>" NAME("c") "<list key=\"l\"><int key=\"\" value=\"1\"/></list>" ACT(
            "<string key=\"k\" value=\"v\"/>") "</trace></log>",
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        gjb_buffer wanted;
        gjb_buffer_init(&wanted, NULL);
        memory whole = {files[i], strlen(files[i]), 0, SIZE_MAX};
        assert_int_equal(feed_read_how(&(reading){.in_full = true}, &whole, &wanted), GJ_DONE);
        bool failed = true;
        for (size_t fail_at = 1; failed; fail_at++) {
            counted count = {0, 0, fail_at};
            const gj_allocator allocator = {&count, counted_resize};
            memory from = {files[i], strlen(files[i]), 0, SIZE_MAX};
            gjb_buffer out;
            gjb_buffer_init(&out, NULL);
            gj_status status = feed_read_how(
                &(reading){.allocator = &allocator, .part_size = part_size, .in_full = true}, &from,
                &out);
            failed = count.calls >= fail_at;
            assert_int_equal(count.held, 0);
            assert_true(status == GJ_DONE || (failed && status == GJ_NO_MEMORY));
            if (status == GJ_DONE) { /* whoever read ahead did without */
                assert_int_equal(out.size, wanted.size);
                assert_memory_equal(out.bytes, wanted.bytes, out.size);
            }
            gjb_buffer_deinit(&out);
            assert_true(fail_at < 1000);
        }
        gjb_buffer_deinit(&wanted);
    }
}

static void memory_ends(void **state)
{
    (void)state;
    memory_ends_where(0);
    memory_ends_where(40);
    memory_ends_where(GJR_WINDOW_SIZE);
}

/* ---- ahead ---------------------------------------------------------------------------------- */

/* More than there is room for ahead; every ninth line is bad. */
static void lines_make(gjb_buffer *file, int count)
{
    gjb_buffer_init(file, NULL);
    for (int i = 0; i < count; i++) {
        gjb_buffer_add_format(file, "{\"case\":\"c%d\",\"action\":\"a\",\"at\":\"%s\",", i,
                              i % 9 == 0 ? "never" : "1970-01-01");
        gjb_buffer_add_string(file, i % 9 == 4 ? "\n" : "\"data\":{\"k\":[[1,[\"x\"]],2]}}\n");
    }
}

static void check_ahead(gj_text file, size_t step, size_t part_size)
{
    gjb_buffer alone, ahead;
    gjb_buffer_init(&alone, NULL);
    gjb_buffer_init(&ahead, NULL);
    memory from = {file.bytes, file.size, 0, step}, again = from;
    reading how = {.in_full = true};
    assert_int_equal(feed_read_how(&how, &from, &alone), GJ_DONE);
    how.part_size = part_size;
    assert_int_equal(feed_read_how(&how, &again, &ahead), GJ_DONE);
    assert_int_equal(ahead.size, alone.size);
    assert_memory_equal(ahead.bytes, alone.bytes, alone.size);
    gjb_buffer_deinit(&ahead);
    gjb_buffer_deinit(&alone);
}

static void ahead_tells_the_same(void **state)
{
    (void)state;
    gjb_buffer file;
    lines_make(&file, 3000);
    check_ahead(gjb_buffer_text(&file), 1000, GJR_WINDOW_SIZE);
    check_ahead(gjb_buffer_text(&file), 1000, 1000);
    gjb_buffer_deinit(&file);
}

/* A record that no part can hold, and one that no window can, behind what was read ahead. */
static void long_records_are_the_same_ahead(void **state)
{
    (void)state;
    static const size_t sizes[] = {GJR_LINE_SIZE_MAX - 4096, GJR_LINE_SIZE_MAX + 4096};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        gjb_buffer file;
        lines_make(&file, 5000);
        gjb_buffer_add_string(&file, "{\"case\":\"");
        for (size_t size = 0; size < sizes[i]; size += 64) {
            gjb_buffer_add_string(&file, FOUR(FOUR("long")));
        }
        gjb_buffer_add_string(&file, "\"}\n" LINE(""));
        check_ahead(gjb_buffer_text(&file), SIZE_MAX, GJR_WINDOW_SIZE);
        check_ahead(gjb_buffer_text(&file), SIZE_MAX, 1000);
        gjb_buffer_deinit(&file);
    }
}

/* Pieces of which files are put together by chance: most are well, some lead whoever cuts astray,
 * some are malformed. */
typedef struct recipe {
    const char *head, *end;
    const char *pieces[12];
} recipe;

static const recipe recipes[] = {
    {"",
     "",
     {LINE(""), LINE(",\"data\":{\"a\":\"\\n\"}"), LINE(",\"id\":\"x\""), "\n", "{\"case\":\n",
      "x\n"}},
    {"case,action,at,text\n",
     "",
     {"c,a,1970-01-01,t\n", "c,a,1970-01-01,\"t\nu\"\n", "c,a,1970-01-01,\"\"\"t\n\"\"\"\n", "\n",
      "c,a,never,\n", "c,a,1970-01-01,a\"b\n"}},
    {"case,action,at,text\n",
     "",
     {"c,a,1970-01-01,t\n", "c,a,1970-01-01,u\n", "c,a,1970-01-01,\"t\nu\"\n",
      "c,a,1970-01-01,\"t\n", "c,a,1970-01-01,t\n", "c,a,1970-01-01,\"a\"b\n"}},
    {HEAD,
     "</log>\n",
     {"<trace>" NAME("c") ACT("") "</trace>",
      "<trace\n>" NAME("d") ACT("<string key=\"k\" value=\"&lt;trace>\"/>") ACT("") "</trace>\n",
      "<!-- <trace> -->\n", "<![CDATA[<trace>]]>", "<?p <trace> ?>", ACT(""),
      "<trace>" ACT("") "</trace>"}},
};

/* Malformed XML is not among them: there the pieces that were pushed decide where reading begins
 * anew, ahead or not. */
static void ahead_tells_the_same_by_chance(void **state)
{
    (void)state;
    uint64_t chance = 1;
    for (int round = 0; round < 400; round++) {
        const recipe *of = &recipes[round % 4];
        size_t kinds = 0;
        gjb_buffer file;
        gjb_buffer_init(&file, NULL);
        gjb_buffer_add_string(&file, of->head);
        while (of->pieces[kinds] != NULL) {
            kinds++;
        }
        for (int i = 0; i < 5 + round; i++) {
            chance = chance * 6364136223846793005u + 1442695040888963407u;
            size_t kind = (chance >> 33) % 8;
            gjb_buffer_add_string(&file, of->pieces[kind < kinds ? kind : kind % 2]);
        }
        gjb_buffer_add_string(&file, of->end);
        check_ahead(gjb_buffer_text(&file), round % 3 == 0 ? 33 : SIZE_MAX, 20 + (size_t)round * 3);
        gjb_buffer_deinit(&file);
    }
}

/* Closed wherever the reader may be; and the end stays the end. */
static void ahead_may_be_left(void **state)
{
    (void)state;
    gjb_buffer file;
    lines_make(&file, 3000);
    for (int left = 0; left < 4000; left = left * 2 + 1) {
        const gj_feed_options options = {.size = sizeof options, .source = "f", .ahead = true};
        memory from = {file.bytes, file.size, 0, SIZE_MAX};
        gj_feed *feed;
        const gj_event *event;
        gj_status status = GJ_OK;
        assert_int_equal(
            gjr_feed_open_source(&options, (gjr_source){&from, memory_read, NULL, 0, 0}, &feed),
            GJ_OK);
        for (int i = 0; i < left; i++) {
            status = gj_feed_next(feed, &event);
            assert_true(status == GJ_DONE ? i >= 3000 : i < 3000);
        }
        assert_true(left <= 3000 || gj_feed_offset(feed) == file.size);
        gj_feed_close(feed);
    }
    gjb_buffer_deinit(&file);
}

/* ---- problems for people ------------------------------------------------------------------------
 */

static bool text_write(void *payload, const char *bytes, size_t size)
{
    gjb_buffer_add(payload, bytes, size);
    return true;
}

static void check_print(const gj_problem *problem, gj_lang lang, const char *wanted)
{
    gjb_buffer out;
    gjb_buffer_init(&out, NULL);
    const gj_writer writer = {&out, text_write};
    assert_int_equal(gj_problem_print(problem, lang, &writer), GJ_OK);
    assert_null(memchr(out.bytes, '%', out.size));
    gjb_buffer_add_byte(&out, '\0');
    if (wanted != NULL) {
        assert_string_equal(out.bytes, wanted);
    }
    gjb_buffer_deinit(&out);
}

static void problems_print(void **state)
{
    (void)state;
    gj_problem time = {
        .code = GJ_PROBLEM_TIME, .line = 17, .field = {"at", 2}, .text = {"2024-13-05", 10}};
    check_print(&time, GJ_EN,
                "line 17: the time \"2024-13-05\" in \"at\" cannot be read; write it as "
                "2024-02-05T09:12:00+08:00");
    check_print(&time, GJ_ZH,
                "第17行：“at”中的时间“2024-13-05”无法识别；请写成 2024-02-05T09:12:00+08:00");
    gj_problem harmful = {.code = GJ_PROBLEM_UTF8, .text = {"a\x1b[31m\xff\n", 8}};
    check_print(&harmful, GJ_EN,
                "this is not valid UTF-8 \"a [31m\xEF\xBF\xBD \"; save the file as "
                "UTF-8");
    gj_problem noted = {
        .code = GJ_PROBLEM_TRUNCATED, .line = 2, .note = gjr_note(GJR_NOTE_GZIP_CUT)};
    check_print(&noted, GJ_ZH,
                "第2行：文件不完整，到此中断（gzip 数据不完整）；请取得完整文件，此前的内容已读取");
    for (unsigned code = 0; code <= GJ_PROBLEM_CONFLICT; code++) {
        gj_problem problem = {.code = (gj_problem_code)code, .line = 1};
        check_print(&problem, GJ_EN, NULL);
        check_print(&problem, GJ_ZH, NULL);
    }
}

/* ---- the real logs ------------------------------------------------------------------------------
 */

static void check_log(const char *name, size_t case_count, size_t event_count)
{
    const char *shared = getenv("GUIJU_SHARED");
    char path[1024], last[256] = "", now[256];
    snprintf(path, sizeof path, "%s/logs/%s", shared != NULL ? shared : "../shared/data", name);
    const gj_feed_options options = {.size = sizeof options, .path = path};
    gj_feed *feed;
    if (gj_feed_open(&options, &feed) != GJ_OK) {
        print_message("%s is not there: skipped\n", path);
        skip();
    }
    const gj_event *event;
    size_t events = 0, cases = 0;
    gj_status status;
    while ((status = gj_feed_next(feed, &event)) == GJ_OK) {
        events++;
        snprintf(now, sizeof now, "%.*s", (int)event->case_id.size, event->case_id.bytes);
        cases += strcmp(now, last) != 0;
        memcpy(last, now, sizeof last);
        assert_true(event->at.present && event->at.zoned && event->line > 0);
        assert_int_equal(event->seq, events);
    }
    assert_int_equal(status, GJ_DONE);
    assert_int_equal(events, event_count);
    assert_int_equal(cases, case_count);
    assert_int_equal(gj_feed_offset(feed), gj_feed_size(feed));
    gj_feed_close(feed);
}

static void real_logs(void **state)
{
    (void)state;
    check_log("receipt.xes.gz", 1434, 8577);
    check_log("running-example.xes", 6, 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jsonl_fields),
        cmocka_unit_test(jsonl_data),
        cmocka_unit_test(ahead_tells_the_same),
        cmocka_unit_test(long_records_are_the_same_ahead),
        cmocka_unit_test(ahead_tells_the_same_by_chance),
        cmocka_unit_test(ahead_may_be_left),
        cmocka_unit_test(jsonl_escapes),
        cmocka_unit_test(jsonl_same_key_last_wins),
        cmocka_unit_test(jsonl_bad_lines),
        cmocka_unit_test(jsonl_missing_and_times),
        cmocka_unit_test(jsonl_bad_text),
        cmocka_unit_test(jsonl_end),
        cmocka_unit_test(jsonl_envelope),
        cmocka_unit_test(jsonl_deep),
        cmocka_unit_test(long_lines),
        cmocka_unit_test(csv_cells),
        cmocka_unit_test(csv_bad_lines),
        cmocka_unit_test(csv_header),
        cmocka_unit_test(xes_fields),
        cmocka_unit_test(xes_lifecycle),
        cmocka_unit_test(xes_problems),
        cmocka_unit_test(xes_cut),
        cmocka_unit_test(xes_limits),
        cmocka_unit_test(xes_anew),
        cmocka_unit_test(xes_place),
        cmocka_unit_test(failed_read),
        cmocka_unit_test(gzip),
        cmocka_unit_test(memory_ends),
        cmocka_unit_test(problems_print),
        cmocka_unit_test(real_logs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
