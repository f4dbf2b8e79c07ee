/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts to trees: the whole surface parses, both word orders give one tree, each mistake is found
 * at its line and hides no other, and nothing the text does exhausts the parser. */
#include "unit/parsing.h"

static void surface_parses(void **state)
{
    static const char *const names[] = {"everything_en.gj", "everything_zh.gj", "legal_en.gj",
                                        "legal_zh.gj",      "names.gj",         "more.gj",
                                        "twin_en.gj",       "twin_zh.gj"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *text = surface_read(names[i]);
        parsing p;
        parsing_open(&p, NULL, gjb_text_of(text));
        assert_int_equal(p.status, GJ_OK);
        assert_string_equal(parsing_codes(&p), "");
        parsing_close(&p);
        free(text);
    }
}

static void word_orders_agree(void **state)
{
    (void)state;
    char *texts[] = {surface_read("twin_en.gj"), surface_read("twin_zh.gj")};
    parsing twins[2];
    for (size_t i = 0; i < 2; i++) {
        parsing_open(&twins[i], NULL, gjb_text_of(texts[i]));
        gjc_node_print_shape(twins[i].file, &twins[i].out);
    }
    assert_true(twins[0].out.size > 4000);
    assert_string_equal(parsing_said(&twins[0]), parsing_said(&twins[1]));
    for (size_t i = 0; i < 2; i++) {
        parsing_close(&twins[i]);
        free(texts[i]);
    }
}

/* The tree on one line: kind:text=value(children). */
static void tree_write(const gjc_node *node, char *said, size_t size)
{
    size_t used = strlen(said);
    used += (size_t)snprintf(said + used, size - used, "%s", gjc_kind_name(node->kind));
    if (node->text.bytes != NULL) {
        used += (size_t)snprintf(said + used, size - used, ":%.*s", (int)node->text.size,
                                 node->text.bytes);
    }
    if (node->value2 != 0) {
        snprintf(said + used, size - used, "=%lld,%lld", (long long)node->value,
                 (long long)node->value2);
    } else if (node->value != 0) {
        snprintf(said + used, size - used, "=%lld", (long long)node->value);
    }
    for (const gjc_node *child = node->first; child != NULL; child = child->next) {
        strcat(said, child == node->first ? "(" : " ");
        tree_write(child, said, size);
    }
    strcat(said, node->first != NULL ? ")" : "");
}

/* What a clause of a limit (inside a procedure) becomes. */
typedef struct shape {
    const char *clause, *tree;
} shape;

static void clause_shapes(void **state)
{
    static const shape shapes[] = {
        {"within 20 workdays", "within(duration(number=200000))"},
        {"限20个工作日内", "within(duration(number=200000))"},
        {"限 二十个工作日 内", "within(duration(number=200000))"},
        {"within n days when a is b basis lic.42.1",
         "within(duration=1(value:n(name:n)) when(is(value:a(name:a) value:b(name:b))) "
         "basis(citation:42.1(law-path:lic)))"},
        {"依据《行政许可法》第四十二条之一第二款", "basis(citation:42-1.2(law-title:行政许可法))"},
        {"依据《行政许可法》第42条第1款第（四）项、第五条",
         "basis(citation:42.1.4(law-title:行政许可法) citation:5(law-title:行政许可法))"},
        {"basis std.law.licensing.42.1, lic",
         "basis(citation:42.1(law-path:std.law.licensing) citation(law-path:lic))"},
        {"from a to b or entering c",
         "from(trigger(path:a(name:a))) to(trigger(path:b(name:b)) trigger(entering(name:c)))"},
        {"自「受理」起 至 `转` 止",
         "from(trigger(path:受理(name:受理))) to(trigger(path:转(name:转)))"},
        {"yellow at 80.5%", "rung-at=1,8050"},
        {"per a.b at most 3 open", "per(path:a.b(name:a name:b) at-most-open=3)"},
        {"by data", "by-date(path:data(name:data))"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        char text[512], said[1024] = "";
        snprintf(text, sizeof text, "procedure p { limit l { %s } }", shapes[i].clause);
        parsing p;
        parsing_open(&p, NULL, gjb_text_of(text));
        assert_string_equal(parsing_codes(&p), "");
        const gjc_node *limit = gjc_node_find(gjc_node_find(p.file, GJC_PROCEDURE), GJC_LIMIT);
        assert_non_null(limit);
        for (const gjc_node *clause = limit->first->next; clause != NULL; clause = clause->next) {
            strcat(said, said[0] != '\0' ? " " : "");
            tree_write(clause, said, sizeof said);
        }
        assert_string_equal(said, shapes[i].tree);
        parsing_close(&p);
    }
}

typedef struct mistake {
    const char *text, *codes;
} mistake;

static void mistakes_are_found(void **state)
{
    static const mistake mistakes[] = {
        {"module a\nmodule\nmodule b", "E0203@2"},
        {"procedure p {\n stage on { }\n stage b { on }\n limit c { from }\n}",
         "E0205@2 E0203@3 E0203@4"},
        /* The mistake in a block's head drops the block, not what follows it. */
        {"procedure p {\n stage a x {\n on b by c\n bad bad\n }\n limit within 3 days\n}",
         "E0202@2 E0205@6"},
        {"procedure p {\n data { a : text b\n c : one of { x, , y }\n d : number }\n stage e f "
         "g\n}",
         "E0201@2 E0201@3 E0202@5"},
        {"procedure p {\n stage a {\n", "E0207@2"},
        {"party a }\nparty b", "E0208@1"},
        /* The unclosed block is told of once, where it shows. */
        {"procedure p {\n stage a {\nprocedure q { }", "E0209@3"},
        {"procedure p {\n limit a {\n rule r { }\n}", "E0209@3 E0202@3"},
        {"procedure p {\n limit a {\n  rule r { } }\n}", "E0202@3"},
        {"procedure p { stage s { on a by b by c } }", "E0210@1"},
        {"procedure p { post q {\n 不准 收费\n 严禁 收费\n shall pay\n} }",
         "E0211@2 E0211@3 E0211@4"},
        {"procedure p { limit l {\n 黄牌 到期\n 自受理起 至 b 止\n } }", "E0211@2 E0206@3"},
        {"procedure p { rule r { on a require b / 2 > 1 } }", "E0221@1"},
        {"calendar c { week fri..mon\n hours 12:00-08:30\n year 2024 { off 2024-02-03..2024-02-01 "
         "} }",
         "E0223@1 E0223@2 E0223@3"},
        {"procedure p { version 1.5 }", "E0224@1"},
        {"law l { article 《x》第一条 }", "E0225@1"},
        {"procedure p { rule r { on a require all(b.c in d: e) } }", "E0226@1"},
        {"procedure p { rule r { } \n rule s { never a } }", "E0202@1"},
        {"party a\n)\nparty b", "E0202@2"},
        /* An unclosed parenthesis ends with its clause. */
        {"procedure p { rule r { on a require (b }\n rule s { never a b }\n}", "E0203@1 E0201@2"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        parsing p;
        parsing_open(&p, NULL, gjb_text_of(mistakes[i].text));
        assert_int_equal(p.status, GJ_OK);
        assert_string_equal(parsing_codes(&p), mistakes[i].codes);
        parsing_close(&p);
    }
}

/* What is left of a text with mistakes is still there for whoever wants it. */
static void good_clauses_survive(void **state)
{
    (void)state;
    parsing p;
    parsing_open(&p, NULL,
                 gjb_text_of("procedure p {\n stage a initial\n stage ? b\n stage c final\n}\n"));
    const gjc_node *procedure = gjc_node_find(p.file, GJC_PROCEDURE);
    assert_int_equal(gjc_node_count(procedure, GJC_STAGE), 3);
    assert_string_equal(parsing_codes(&p), "E0103@3");
    parsing_close(&p);
}

static char *repeated(const char *begin, const char *piece, size_t count, const char *end)
{
    char *text = calloc(1, strlen(begin) + strlen(piece) * count + strlen(end) + 1);
    assert_non_null(text);
    char *at = stpcpy(text, begin);
    for (; count > 0; count--) {
        at = stpcpy(at, piece);
    }
    stpcpy(at, end);
    return text;
}

typedef struct hostile {
    const char *begin, *piece;
    size_t count;
    const char *end, *codes;
} hostile;

static void depth_is_bounded(void **state)
{
    static const hostile texts[] = {
        {"procedure p { rule r { on a require ", "(", 90, "b", "E0207@1 E0203@1"},
        {"procedure p { rule r { on a require ", "(", 100000, "b", NULL},
        {"procedure p { rule r { on a require ", "b and ", 200, "c } }", ""},
        {"procedure p { rule r { on a require ", "b and ", 100000, "c } }", NULL},
        {"procedure p { rule r { on a require ", "not ", 100000, "c } }", NULL},
        {"procedure p { rule r { on a require ", "-", 100000, "c } }", NULL},
        {"procedure p { data { x : ", "list of ", 100000, "text } }", NULL},
        {"procedure p ", "{ stage a { parallel { branch b ", 1000, "", NULL},
        {"use a", ".b", 100000, "", NULL},
        {"", "}", 100000, "", NULL},
        {"", "「", 100000, "", NULL},
        {"procedure p { stage s { on a ", "by b ", 5000, "} }", NULL},
        {"procedure p { stage s { on a needs ", "b, ", 100000, "c } }", ""},
        {"\n", "\n,\n", 100000, "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *text = repeated(texts[i].begin, texts[i].piece, texts[i].count, texts[i].end);
        parsing p;
        parsing_open(&p, NULL, gjb_text_of(text));
        assert_int_equal(p.status, GJ_OK);
        assert_true(p.file->depth <= GJC_TREE_DEPTH_MAX);
        if (texts[i].codes != NULL) {
            assert_string_equal(parsing_codes(&p), texts[i].codes);
        } else {
            assert_true(p.diags.error_count > 0 && p.diags.count <= GJC_DIAGS_MAX);
        }
        parsing_close(&p);
        free(text);
    }
}

static void errors_are_capped(void **state)
{
    (void)state;
    char *text = repeated("", "party\n", 50, "");
    parsing p;
    parsing_open(&p, NULL, gjb_text_of(text));
    assert_int_equal(p.diags.count, GJC_SYNTAX_ERRORS_MAX + 1);
    assert_int_equal(p.diags.last->code, GJC_E0299);
    parsing_close(&p);
    free(text);
}

/* ---- memory that ends ---- */

typedef struct purse {
    size_t left; /* calls that still succeed */
    size_t held; /* bytes */
} purse;

static void *purse_resize(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    purse *money = payload;
    if (new_size > 0 && money->left-- == 0) {
        money->left = 0;
        return NULL;
    }
    money->held += new_size - old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    return realloc(pointer, new_size);
}

static void memory_may_end(void **state)
{
    (void)state;
    char *text = surface_read("more.gj");
    bool done = false;
    for (size_t calls = 0; !done; calls++) {
        purse money = {.left = calls};
        gj_allocator allocator = {&money, purse_resize};
        parsing p;
        parsing_open(&p, &allocator, gjb_text_of(text));
        assert_true(p.status == GJ_OK || p.status == GJ_NO_MEMORY);
        done = p.status == GJ_OK;
        parsing_close(&p);
        assert_int_equal(money.held, 0);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(surface_parses),       cmocka_unit_test(word_orders_agree),
        cmocka_unit_test(clause_shapes),        cmocka_unit_test(mistakes_are_found),
        cmocka_unit_test(good_clauses_survive), cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(errors_are_capped),    cmocka_unit_test(memory_may_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
