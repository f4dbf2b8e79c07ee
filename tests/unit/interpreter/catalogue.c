/* SPDX-License-Identifier: Apache-2.0
 *
 * See catalogue.h; and how it is declared. */
#include "unit/interpreter/catalogue.h"

#include "unit/interpreter/random.h"

const catalogue_field catalogue[CATALOGUE] = {
    {"flag", "甲否", "bool", "false", BOOL, false},
    {"open_to_all", NULL, "bool", NULL, BOOL, false},
    {"area", "面积", "number", "40.5", NUMBER, false},
    {"people", "人数", "number", NULL, NUMBER, false},
    {"fee", "收费", "money", "0", MONEY, false},
    {"deposit", NULL, "money", "3万元", MONEY, false},
    {"filed", "申请日", "date", NULL, DATE, false},
    {"posted", "公示日", "date", "2024-02-05", DATE, false},
    {"answered", NULL, "date", NULL, DATE, false},
    {"opened", "开标时刻", "time", NULL, TIME, false},
    {"spent", "用时", "duration", "36 hours", LENGTH, false},
    {"remark", "备注", "text", NULL, TEXT, false},
    {"owner", "经办人", "officer", "\"u1\"", OFFICER, false},
    {"sort", "类别", "kind", NULL, KIND, false},
    {"other_sort", NULL, "kind", "beta", KIND, false},
    {"plan", "预案", "bid", NULL, BID, false},
    {"offer", NULL, "bid", NULL, BID, false},
    {"scores", "评分", "list of number", NULL, NUMBER, true},
    {"prices", NULL, "list of money", NULL, MONEY, true},
    {"hearings", "听证日", "list of date", NULL, DATE, true},
    {"notes", NULL, "list of text", NULL, TEXT, true},
    {"inspectors", "核查人员", "people_list", NULL, OFFICER, true},
    {"sorts", NULL, "list of kind", NULL, KIND, true},
    {"bids", "各家", "list of bid", NULL, BID, true},
    {"waits", NULL, "list of duration", NULL, LENGTH, true},
    {"turns", NULL, "list of time", NULL, TIME, true},
    {"checks", "核对", "list of bool", NULL, BOOL, true},
};

const catalogue_parameter parameters[PARAMETERS] = {
    {"people", "到场人数", "number", NUMBER},
    {"reason", "理由", "text", TEXT},
    {"urgent", NULL, "bool", BOOL},
    {"on_day", "日子", "date", DATE},
    {"sort", NULL, "kind", KIND},
};

static void say(writing *w, const char *text)
{
    gjb_buffer_add_string(w->out, text);
}

static int pick(writing *w, int count)
{
    return chance_pick(&w->chance, count);
}

/* ---- declarations ---- */

void write_types(writing *w)
{
    say(w, "type kind \"种类\" = one of { alpha \"甲类\", beta, gamma \"丙类\" }\n"
           "type people_list = list of officer\n"
           "type site {\n  size : number\n  sort : kind\n}\n"
           "type bid {\n  price \"报价\" : money\n  by_day : date\n  maker : officer\n"
           "  place : site\n  tags \"标签\" : list of text\n}\n");
}

void write_fields(writing *w)
{
    say(w, "  data {\n");
    for (int i = 0; i < CATALOGUE; i++) {
        const catalogue_field *f = &catalogue[i];
        w->fields[i] = pick(w, 3) > 0;
        if (!w->fields[i]) {
            continue;
        }
        gjb_buffer_add_format(w->out, "    %s ", f->name);
        if (f->title != NULL) {
            gjb_buffer_add_format(w->out, "\"%s\" ", f->title);
        }
        gjb_buffer_add_format(w->out, ": %s%s", f->type, pick(w, 3) == 0 ? " optional" : "");
        if (f->preset != NULL && pick(w, 2) == 0) {
            gjb_buffer_add_format(w->out, " = %s", f->preset);
        }
        say(w, "\n");
    }
    say(w, "  }\n");
}

void write_parameters(writing *w, int which)
{
    const char *between = "(";
    for (int i = 0; i < PARAMETERS; i++) {
        const catalogue_parameter *p = &parameters[i];
        if ((which >> i & 1) == 0) {
            continue;
        }
        gjb_buffer_add_format(w->out, "%s%s", between, p->name);
        if (p->title != NULL) {
            gjb_buffer_add_format(w->out, " \"%s\"", p->title);
        }
        gjb_buffer_add_format(w->out, " : %s%s", p->type, pick(w, 3) == 0 ? " optional" : "");
        between = ", ";
    }
    say(w, which != 0 ? ")" : "");
}
