/* SPDX-License-Identifier: Apache-2.0
 *
 * The machine against a second one: `apply` below computes an instruction on values that carry
 * their types, in 128-bit integers and {false < unknown < true}, and shares no code with the first.
 * Random straight programs are made by applying whatever fits; each must be loaded and give the
 * same. What the tables of opcodes.def promise in particular is asserted before that. */
#include "unit/sample_image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

#define NUMBER(x) ((gjr_value){.known = true, .as.number = (int64_t)(x)*10000})
#define RAW(x)    ((gjr_value){.known = true, .as.number = (x)})
#define STRING(x) ((gjr_value){.known = true, .as.text = gjb_text_of(x)})
#define UNKNOWN   ((gjr_value){.known = false})
#define LIST(...)                                                                                  \
    ((gjr_value){.known = true,                                                                    \
                 .as.list = {(gjr_value[]){__VA_ARGS__},                                           \
                             sizeof((gjr_value[]){__VA_ARGS__}) / sizeof(gjr_value)}})
#define EMPTY ((gjr_value){.known = true, .as.list = {NULL, 0}})

/* Fields after the sample's own, two of each type and a list of each. */
typedef struct typed {
    uint32_t type, element;
} typed;

static const typed extra_fields[] = {
    {GJR_TYPE_BOOL, 0},
    {GJR_TYPE_BOOL, 0},
    {GJR_TYPE_NUMBER, 0},
    {GJR_TYPE_NUMBER, 0},
    {GJR_TYPE_MONEY, 0},
    {GJR_TYPE_MONEY, 0},
    {GJR_TYPE_DATE, 0},
    {GJR_TYPE_DATE, 0},
    {GJR_TYPE_TIME, 0},
    {GJR_TYPE_TIME, 0},
    {GJR_TYPE_DURATION, 0},
    {GJR_TYPE_DURATION, 0},
    {GJR_TYPE_TEXT, 0},
    {GJR_TYPE_TEXT, 0},
    {GJR_TYPE_OFFICER, 0},
    {GJR_TYPE_OFFICER, 0},
    {GJR_TYPE_ENUM, 0},
    {GJR_TYPE_ENUM, 0},
    {GJR_TYPE_LIST, GJR_TYPE_BOOL},
    {GJR_TYPE_LIST, GJR_TYPE_NUMBER},
    {GJR_TYPE_LIST, GJR_TYPE_MONEY},
    {GJR_TYPE_LIST, GJR_TYPE_DATE},
    {GJR_TYPE_LIST, GJR_TYPE_TIME},
    {GJR_TYPE_LIST, GJR_TYPE_DURATION},
    {GJR_TYPE_LIST, GJR_TYPE_TEXT},
    {GJR_TYPE_LIST, GJR_TYPE_OFFICER},
    {GJR_TYPE_LIST, GJR_TYPE_ENUM},
};
enum {
    FIRST = SAMPLE_FIELDS,
    FIELD_COUNT = FIRST + COUNT_OF(extra_fields),
    ACTION_COUNT = PAY + 1
};

static bool runs(void *payload, uint32_t limit, gj_day *due)
{
    *due = ((const gj_day *)payload)[limit];
    return *due != GJ_NO_DAY;
}

typedef struct vm_world {
    gjr_value fields[FIELD_COUNT];
    gjr_done actions[ACTION_COUNT];
    gj_day dues[2];
} vm_world;

/* SEEN gives whether the first text is 加急 and there are officers; PLACE gives 甲. */
static gjr_value asked(void *payload, uint32_t native, const gjr_value *arguments)
{
    (void)payload;
    if (native == PLACE) {
        return (gjr_value){.known = true, .as.text = gjb_text_of("甲")};
    }
    bool known = arguments[0].known && arguments[1].known;
    bool seen = known && gjb_text_equal_string(arguments[0].as.text, "加急") &&
                arguments[1].as.list.count > 0;
    return (gjr_value){.known = known, .as.number = seen};
}

static uint32_t officers(void *payload, uint32_t action)
{
    (void)payload;
    return action == 0 ? GJR_OFFICERS_UNKNOWN : 2 * action;
}

static gjr_facts facts_of(vm_world *world)
{
    return (gjr_facts){.fields = world->fields,
                       .actions = world->actions,
                       .at = 1234567890123,
                       .today = 20001,
                       .payload = world->dues,
                       .limit_runs = runs,
                       .officers = officers,
                       .workday_add = sample_workday,
                       .clock = sample_clock,
                       .call = asked};
}

/* The sample with the extra fields. */
static void write_fields(gjr_writer *w)
{
    gjr_writer_init(w, NULL);
    sample_write(w);
    for (uint32_t i = 0; i < ACTIONS; i++) { /* parameters stand last: these are fields here */
        gjr_writer_get_action(w, i)->parameters_count = 0;
    }
    gjr_writer_get_field(w, AMOUNT)->flags = 0;
    gjr_writer_get_field(w, PAYER)->flags = GJR_FIELD_OPTIONAL;
    gjr_writer_get_field(w, FIRST_NOTE)->flags = 0;
    for (size_t i = 0; i < COUNT_OF(extra_fields); i++) {
        sample_field(w, "x", (gjr_type)extra_fields[i].type, (gjr_type)extra_fields[i].element,
                     GJR_NONE);
    }
    sample_field(w, "first.x", GJR_TYPE_TEXT, 0, GJR_NONE); /* and what is kept behind them */
    uint32_t last = gjr_writer_field_count(w) - 1;
    gjr_writer_get_field(w, last)->flags = GJR_FIELD_PARAMETER | GJR_FIELD_KEPT;
    gjr_writer_get_keep(w, 0)->as = last;
}

/* An expression of the code. */
static uint32_t write_code(gjr_writer *w, const gjr_instruction *code, size_t size, typed result)
{
    bool seen[FIELD_COUNT] = {false};
    gjr_expression row = {.code_first = gjr_writer_instruction_count(w),
                          .code_count = (uint32_t)size,
                          .register_count = GJR_REGISTERS_MAX,
                          .type = result.type,
                          .enumeration = result.type == GJR_TYPE_ENUM ? 0 : GJR_NONE,
                          .fields_first = gjr_writer_field_ref_count(w)};
    for (size_t i = 0; i < size; i++) {
        gjr_writer_add_instruction(w, &code[i]);
        uint32_t field = code[i].immediate;
        if (gjr_word_op(code[i].word) == GJR_OP_FIELD && !seen[field]) {
            seen[field] = true;
            gjr_writer_add_field_ref(w, &(gjr_field_ref){field});
            row.fields_count++;
        }
    }
    return gjr_writer_add_expression(w, &row);
}

/* Loads it and runs the expression on the world. */
static gjr_value load_and_run(const gjr_writer *w, uint32_t expression, vm_world *world,
                              gj_image **image)
{
    gjb_buffer file;
    gj_refusal why;
    gjb_buffer_init(&file, NULL);
    assert_int_equal(gjr_writer_finish(w, &file), GJ_OK);
    gj_status status = gj_image_load(NULL, file.bytes, file.size, image, &why);
    if (status != GJ_OK) {
        fail_msg("refused by claim %u, row %u", why.claim, why.row);
    }
    gjr_facts facts = facts_of(world);
    gjr_value value = gjr_vm_run(gjr_image_rows(*image, 0), expression, &facts);
    gjb_buffer_deinit(&file);
    return value;
}

static gjr_value run(const gjr_instruction *code, size_t size, typed result, vm_world *world,
                     gj_image **image)
{
    gjr_writer w;
    write_fields(&w);
    uint32_t expression = write_code(&w, code, size, result);
    gjr_value value = load_and_run(&w, expression, world, image);
    gjr_writer_deinit(&w);
    return value;
}

/* ---- the second machine
 * --------------------------------------------------------------------------- */

typedef struct operand {
    typed type;
    gjr_value value;
} operand;

static bool is_amount(uint32_t type)
{
    return type == GJR_TYPE_NUMBER || type == GJR_TYPE_MONEY || type == GJR_TYPE_DURATION;
}

static bool is_ordered(uint32_t type)
{
    return is_amount(type) || type == GJR_TYPE_DATE || type == GJR_TYPE_TIME;
}

static bool is_textual(uint32_t type)
{
    return type == GJR_TYPE_TEXT || type == GJR_TYPE_OFFICER;
}

static bool same_type(typed a, typed b)
{
    return a.type == b.type && a.element == b.element;
}

static gjr_value exact(__int128 number)
{
    return number > INT64_MAX || number < INT64_MIN ? UNKNOWN : RAW((int64_t)number);
}

static gjr_value truth(int level) /* -1 false, 0 unknown, 1 true */
{
    return level == 0 ? UNKNOWN : RAW(level > 0);
}

static int level(gjr_value value)
{
    return !value.known ? 0 : value.as.number != 0 ? 1 : -1;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}
static int greater(int a, int b)
{
    return a > b ? a : b;
}

static int equal_level(uint32_t type, gjr_value a, gjr_value b)
{
    if (!a.known || !b.known) {
        return 0;
    }
    bool same = is_textual(type) ? a.as.text.size == b.as.text.size &&
                                       memcmp(a.as.text.bytes, b.as.text.bytes, a.as.text.size) == 0
                                 : a.as.number == b.as.number;
    return same ? 1 : -1;
}

/* Sum, greatest, least or number of different items; unknown where an item is. */
static gjr_value fold(unsigned op, operand list)
{
    __int128 sum = 0, greatest = INT64_MIN, least = INT64_MAX;
    int64_t different = 0;
    size_t count = list.value.as.list.count;
    for (size_t i = 0; i < count; i++) {
        gjr_value item = list.value.as.list.items[i];
        if (!item.known) {
            return UNKNOWN;
        }
        int first = 1;
        for (size_t j = 0; j < i; j++) {
            first =
                equal_level(list.type.element, item, list.value.as.list.items[j]) > 0 ? 0 : first;
        }
        different += first;
        if (!is_textual(list.type.element)) {
            sum += item.as.number;
            greatest = item.as.number > greatest ? item.as.number : greatest;
            least = item.as.number < least ? item.as.number : least;
        }
        if (op == GJR_OP_SUM && (sum > INT64_MAX || sum < INT64_MIN)) {
            return UNKNOWN; /* on the way already */
        }
    }
    if (op == GJR_OP_SUM) {
        return exact(sum);
    }
    if (op == GJR_OP_DISTINCT || op == GJR_OP_DISTINCT_TEXT) {
        return NUMBER(different);
    }
    return count == 0 ? UNKNOWN : exact(op == GJR_OP_MAX ? greatest : least);
}

static gjr_value arithmetic(unsigned op, gjr_value a, gjr_value b)
{
    if (!a.known || !b.known) {
        return UNKNOWN;
    }
    __int128 x = a.as.number, y = b.as.number;
    if (op == GJR_OP_SCALE) {
        return x * y % 10000 == 0 ? exact(x * y / 10000) : UNKNOWN;
    }
    if (op == GJR_OP_MODULO) {
        return y == 0 ? UNKNOWN : exact((x % y + y) % y);
    }
    return exact(op == GJR_OP_ADD ? x + y : x - y);
}

static gjr_value membership(uint32_t type, gjr_value a, gjr_value list)
{
    int found = -1;
    for (size_t i = 0; list.known && i < list.as.list.count; i++) {
        found = greater(found, equal_level(type, a, list.as.list.items[i]));
    }
    return list.known ? truth(found) : UNKNOWN;
}

enum { DAY_LEAST = -719162, DAY_MOST = 2932896 };
static const __int128 day_ms = 86400000;

static gjr_value day_in_range(__int128 day)
{
    return day >= DAY_LEAST && day <= DAY_MOST ? RAW((int64_t)day) : UNKNOWN;
}

/* By the C library's calendar. */
static gjr_value months_on(int64_t day, int64_t months)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    time_t seconds = (time_t)day * 86400;
    struct tm civil;
    if (months > 120000 || months < -120000 || gmtime_r(&seconds, &civil) == NULL) {
        return UNKNOWN;
    }
    int64_t whole = (int64_t)(civil.tm_year + 1900) * 12 + civil.tm_mon + months;
    int year = (int)(whole / 12), month = (int)(whole % 12);
    if (whole < 12 || year > 9999) {
        return UNKNOWN;
    }
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    int last = lengths[month] + (month == 1 && leap);
    struct tm then = {.tm_year = year - 1900,
                      .tm_mon = month,
                      .tm_mday = civil.tm_mday < last ? civil.tm_mday : last};
    return RAW(timegm(&then) / 86400);
}

/* The greater or lesser of the two that are known. */
static gjr_value further(unsigned op, gjr_value a, gjr_value b)
{
    __int128 x = a.as.number, y = b.as.number;
    if (!a.known) {
        return b;
    }
    return !b.known || (op == GJR_OP_GREATER ? x > y : x < y) ? a : b;
}

static bool apply_moment(unsigned op, operand a, operand b, operand *result)
{
    if (same_type(a.type, (typed){GJR_TYPE_DATE, 0}) !=
        (op != GJR_OP_TIME_ADD && op != GJR_OP_TIME_BETWEEN && op != GJR_OP_CLOCK)) {
        return false;
    }
    const typed date = {GJR_TYPE_DATE, 0}, instant = {GJR_TYPE_TIME, 0};
    const typed length = {GJR_TYPE_DURATION, 0}, number = {GJR_TYPE_NUMBER, 0};
    bool dated = same_type(a.type, date), timed = same_type(a.type, instant);
    bool both = a.value.known && b.value.known;
    __int128 x = a.value.as.number, y = b.value.as.number, sum = x + y;
    bool shift = dated && same_type(b.type, number), whole = y % 10000 == 0;
    switch (op) {
    case GJR_OP_DATE_ADD:
        *result = (operand){date, both && y % day_ms == 0 ? day_in_range(x + y / day_ms) : UNKNOWN};
        return dated && same_type(b.type, length);
    case GJR_OP_DATE_BETWEEN:
        *result = (operand){length, both ? exact((x - y) * day_ms) : UNKNOWN};
        return dated && same_type(b.type, date);
    case GJR_OP_TIME_ADD:
        both = both && sum >= DAY_LEAST * day_ms && sum < (DAY_MOST + 1) * day_ms;
        *result = (operand){instant, both ? exact(sum) : UNKNOWN};
        return timed && same_type(b.type, length);
    case GJR_OP_TIME_BETWEEN:
        *result = (operand){length, both ? exact(x - y) : UNKNOWN};
        return timed && same_type(b.type, instant);
    case GJR_OP_WORKDAYS_ADD:
        both =
            both && whole && y / 10000 <= 1 << 20 && y / 10000 >= -(1 << 20) && y / 10000 % 7 != 3;
        *result = (operand){date, both ? day_in_range(x + y / 10000) : UNKNOWN};
        return shift;
    case GJR_OP_MONTHS_ADD:
        *result =
            (operand){date, both && whole ? months_on((int64_t)x, (int64_t)(y / 10000)) : UNKNOWN};
        return shift;
    default: /* CLOCK */
        *result = (operand){length, a.value.known ? RAW((int64_t)((x % day_ms + day_ms) % day_ms))
                                                  : UNKNOWN};
        return timed;
    }
}

/* False where the opcode does not take these. */
static bool apply(unsigned op, operand a, operand b, const vm_world *world, uint32_t immediate,
                  operand *result)
{
    const typed number = {GJR_TYPE_NUMBER, 0}, boolean = {GJR_TYPE_BOOL, 0};
    const typed date = {GJR_TYPE_DATE, 0};
    const gjr_done *done = &world->actions[immediate % ACTION_COUNT];
    gj_day due = world->dues[immediate % 2];
    bool list = a.type.type == GJR_TYPE_LIST, same = same_type(a.type, b.type);
    bool in = b.type.type == GJR_TYPE_LIST && b.type.element == a.type.type && !list;
    uint32_t element = a.type.element;
    gjr_value x = a.value, y = b.value;
    switch ((gjr_opcode)op) {
    case GJR_OP_AT:
        *result = (operand){{GJR_TYPE_TIME, 0}, RAW(1234567890123)};
        return true;
    case GJR_OP_TODAY:
        *result = (operand){date, RAW(20001)};
        return true;
    case GJR_OP_TIMES:
        *result = (operand){number, NUMBER(done->times)};
        return true;
    case GJR_OP_OFFICERS:
        *result = (operand){number, immediate % ACTION_COUNT == 0
                                        ? UNKNOWN
                                        : NUMBER(2 * (immediate % ACTION_COUNT))};
        return true;
    case GJR_OP_DONE:
        *result = (operand){boolean, RAW(done->times != 0)};
        return true;
    case GJR_OP_DATE_OF:
        *result = (operand){date, done->times != 0 ? RAW(done->last_day) : UNKNOWN};
        return true;
    case GJR_OP_DUE:
        *result = (operand){date, due != GJ_NO_DAY ? RAW(due) : UNKNOWN};
        return true;
    case GJR_OP_RUNNING:
        *result = (operand){boolean, RAW(due != GJ_NO_DAY)};
        return true;
    case GJR_OP_NOT:
        *result = (operand){boolean, truth(-level(x))};
        return a.type.type == GJR_TYPE_BOOL;
    case GJR_OP_AND:
        *result = (operand){boolean, truth(smaller(level(x), level(y)))};
        return a.type.type == GJR_TYPE_BOOL && same;
    case GJR_OP_OR:
        *result = (operand){boolean, truth(greater(level(x), level(y)))};
        return a.type.type == GJR_TYPE_BOOL && same;
    case GJR_OP_ADD:
    case GJR_OP_SUBTRACT:
        *result = (operand){a.type, arithmetic(op, x, y)};
        return is_amount(a.type.type) && same;
    case GJR_OP_NEGATE:
        *result = (operand){a.type, x.known ? exact(-(__int128)x.as.number) : UNKNOWN};
        return is_amount(a.type.type);
    case GJR_OP_SCALE:
        *result = (operand){a.type, arithmetic(op, x, y)};
        return is_amount(a.type.type) && b.type.type == GJR_TYPE_NUMBER;
    case GJR_OP_MODULO:
        *result = (operand){number, arithmetic(op, x, y)};
        return a.type.type == GJR_TYPE_NUMBER && same;
    case GJR_OP_EQUAL:
    case GJR_OP_EQUAL_TEXT:
        if (list || !same || is_textual(a.type.type) != (op == GJR_OP_EQUAL_TEXT)) {
            return false;
        }
        *result = (operand){boolean, truth(equal_level(a.type.type, x, y))};
        return true;
    case GJR_OP_LESS:
    case GJR_OP_LESS_EQUAL:
        if (!is_ordered(a.type.type) || !same) {
            return false;
        }
        *result = (operand){boolean, UNKNOWN};
        if (x.known && y.known) {
            int64_t slack = op == GJR_OP_LESS ? 0 : 1;
            result->value = RAW((__int128)x.as.number < (__int128)y.as.number + slack);
        }
        return true;
    case GJR_OP_IN:
    case GJR_OP_IN_TEXT:
        if (!in || is_textual(a.type.type) != (op == GJR_OP_IN_TEXT)) {
            return false;
        }
        *result = (operand){boolean, membership(a.type.type, x, y)};
        return true;
    case GJR_OP_COUNT:
        if (!list) {
            return false;
        }
        *result = (operand){number, x.known ? NUMBER(x.as.list.count) : UNKNOWN};
        return true;
    case GJR_OP_DISTINCT:
    case GJR_OP_DISTINCT_TEXT:
        if (!list || is_textual(element) != (op == GJR_OP_DISTINCT_TEXT)) {
            return false;
        }
        *result = (operand){number, x.known ? fold(op, a) : UNKNOWN};
        return true;
    case GJR_OP_SUM:
    case GJR_OP_MAX:
    case GJR_OP_MIN:
        if (!list || !(op == GJR_OP_SUM ? is_amount(element) : is_ordered(element))) {
            return false;
        }
        *result = (operand){{element, 0}, x.known ? fold(op, a) : UNKNOWN};
        return true;
    case GJR_OP_DATE_ADD:
    case GJR_OP_DATE_BETWEEN:
    case GJR_OP_TIME_ADD:
    case GJR_OP_TIME_BETWEEN:
    case GJR_OP_WORKDAYS_ADD:
    case GJR_OP_MONTHS_ADD:
    case GJR_OP_CLOCK:
        return apply_moment(op, a, b, result);
    case GJR_OP_ELSE:
        *result = (operand){a.type, x.known ? x : y};
        return same;
    case GJR_OP_COPY:
        *result = a;
        return true;
    case GJR_OP_KNOWN:
        *result = (operand){boolean, RAW(x.known ? 1 : 0)};
        return true;
    case GJR_OP_WHERE:
        *result = (operand){a.type, level(y) > 0 ? x : UNKNOWN};
        return b.type.type == GJR_TYPE_BOOL;
    case GJR_OP_TALLY:
        *result = (operand){number, x.known ? NUMBER(level(x) > 0) : UNKNOWN};
        return a.type.type == GJR_TYPE_BOOL;
    case GJR_OP_GREATER:
    case GJR_OP_LESSER:
        *result = (operand){a.type, further(op, x, y)};
        return is_ordered(a.type.type) && same;
    case GJR_OP_CALL: /* natives have a test of their own, and so have jumps */
    case GJR_OP_EACH:
    case GJR_OP_AGAIN:
    case GJR_OP_JUMP:
    case GJR_OP_JUMP_IF:
    case GJR_OP_EQUAL_RECORD: /* and so have records */
    case GJR_OP_IN_RECORD:
    case GJR_OP_DISTINCT_RECORD:
    case GJR_OP_PART:
    case GJR_OP_CONSTANT:
    case GJR_OP_FIELD:
    case GJR_OP_RETURN:
    case GJR_OPCODE_COUNT:
        break;
    }
    return false;
}

static bool same_value(uint32_t type, gjr_value a, gjr_value b)
{
    return a.known == b.known && (!a.known || equal_level(type, a, b) > 0);
}

/* ---- case by case
 * ---------------------------------------------------------------------------------- */

static uint32_t field_of(typed type, uint32_t which)
{
    for (uint32_t i = 0; i < COUNT_OF(extra_fields); i++) {
        if (same_type(extra_fields[i], type) && which-- == 0) {
            return FIRST + i;
        }
    }
    fail();
    return 0;
}

/* op(a, b) must be expected; an opcode of one operand ignores b. */
static void check(gjr_opcode op, typed type_a, gjr_value a, typed type_b, gjr_value b,
                  typed type_result, gjr_value expected)
{
    vm_world world = {.dues = {GJ_NO_DAY, GJ_NO_DAY}};
    uint32_t field_a = field_of(type_a, 0),
             field_b = field_of(type_b, 1 * same_type(type_a, type_b));
    bool binary = gjr_opcode_row_get(op)->b != GJR_KIND_NOTHING;
    world.fields[field_a] = a;
    world.fields[field_b] = b;
    gjr_instruction code[] = {I(FIELD, 0, 0, 0, field_a), I(FIELD, 1, 0, 0, field_b),
                              gjr_instruction_of(op, 2, 0, binary ? 1 : 0, 0),
                              I(RETURN, 0, 2, 0, 0)};
    gj_image *image;
    gjr_value value = run(code, COUNT_OF(code), type_result, &world, &image);
    if (!same_value(type_result.type, value, expected)) {
        fail_msg("%s: known %d, number %lld", gjr_opcode_row_get(op)->mnemonic, value.known,
                 (long long)value.as.number);
    }
    gj_image_destroy(image);
}

static const typed B = {GJR_TYPE_BOOL, 0}, N = {GJR_TYPE_NUMBER, 0}, M = {GJR_TYPE_MONEY, 0},
                   X = {GJR_TYPE_TEXT, 0}, T = {GJR_TYPE_TIME, 0}, D = {GJR_TYPE_DATE, 0},
                   L = {GJR_TYPE_DURATION, 0};
static const typed LN = {GJR_TYPE_LIST, GJR_TYPE_NUMBER}, LX = {GJR_TYPE_LIST, GJR_TYPE_TEXT};

static void test_logic_has_three_values(void **state)
{
    (void)state;
    const gjr_value f = RAW(0), u = UNKNOWN, t = RAW(1);
    const gjr_value rows[9][4] = {
        /* a, b, and, or */
        {f, f, f, f}, {f, u, f, u}, {f, t, f, t}, {u, f, f, u}, {u, u, u, u},
        {u, t, u, t}, {t, f, f, t}, {t, u, u, t}, {t, t, t, t},
    };
    for (size_t i = 0; i < 9; i++) {
        check(GJR_OP_AND, B, rows[i][0], B, rows[i][1], B, rows[i][2]);
        check(GJR_OP_OR, B, rows[i][0], B, rows[i][1], B, rows[i][3]);
    }
    check(GJR_OP_NOT, B, f, B, u, B, t);
    check(GJR_OP_NOT, B, t, B, u, B, f);
    check(GJR_OP_NOT, B, u, B, t, B, u);
}

static void test_arithmetic_is_exact_or_unknown(void **state)
{
    (void)state;
    check(GJR_OP_ADD, M, RAW(1), M, NUMBER(2), M, RAW(20001));
    check(GJR_OP_ADD, N, RAW(INT64_MAX), N, RAW(1), N, UNKNOWN);
    check(GJR_OP_ADD, N, UNKNOWN, N, RAW(1), N, UNKNOWN);
    check(GJR_OP_SUBTRACT, N, RAW(INT64_MIN), N, RAW(1), N, UNKNOWN);
    check(GJR_OP_NEGATE, N, RAW(INT64_MIN), N, UNKNOWN, N, UNKNOWN);
    check(GJR_OP_NEGATE, N, NUMBER(5), N, UNKNOWN, N, NUMBER(-5));
    check(GJR_OP_SCALE, M, RAW(25000), N, RAW(25000), M, RAW(62500));
    check(GJR_OP_SCALE, M, RAW(1), N, RAW(5000), M, UNKNOWN);
    check(GJR_OP_SCALE, M, RAW(INT64_MAX), N, NUMBER(2), M, UNKNOWN);
    check(GJR_OP_MODULO, N, NUMBER(7), N, NUMBER(3), N, NUMBER(1));
    check(GJR_OP_MODULO, N, NUMBER(-7), N, NUMBER(3), N, NUMBER(2));
    check(GJR_OP_MODULO, N, NUMBER(7), N, NUMBER(-3), N, NUMBER(-2));
    check(GJR_OP_MODULO, N, NUMBER(7), N, NUMBER(0), N, UNKNOWN);
}

static void test_comparing(void **state)
{
    (void)state;
    check(GJR_OP_EQUAL_TEXT, X, STRING("甲"), X, STRING("甲"), B, RAW(1));
    check(GJR_OP_EQUAL_TEXT, X, STRING("甲"), X, STRING("乙"), B, RAW(0));
    check(GJR_OP_EQUAL_TEXT, X, UNKNOWN, X, STRING("乙"), B, UNKNOWN);
    check(GJR_OP_EQUAL, N, NUMBER(2), N, NUMBER(2), B, RAW(1));
    check(GJR_OP_LESS, T, RAW(-5), T, RAW(3), B, RAW(1));
    check(GJR_OP_LESS, N, NUMBER(2), N, NUMBER(2), B, RAW(0));
    check(GJR_OP_LESS_EQUAL, N, NUMBER(2), N, NUMBER(2), B, RAW(1));
    check(GJR_OP_LESS_EQUAL, N, NUMBER(2), N, UNKNOWN, B, UNKNOWN);
    check(GJR_OP_ELSE, N, UNKNOWN, N, NUMBER(2), N, NUMBER(2));
    check(GJR_OP_ELSE, N, NUMBER(1), N, UNKNOWN, N, NUMBER(1));
    check(GJR_OP_ELSE, N, UNKNOWN, N, UNKNOWN, N, UNKNOWN);
}

static void test_lists(void **state)
{
    (void)state;
    gjr_value some = LIST(NUMBER(3), NUMBER(1), NUMBER(3));
    gjr_value holed = LIST(NUMBER(3), UNKNOWN);
    check(GJR_OP_COUNT, LN, some, N, UNKNOWN, N, NUMBER(3));
    check(GJR_OP_COUNT, LN, holed, N, UNKNOWN, N, NUMBER(2));
    check(GJR_OP_COUNT, LN, EMPTY, N, UNKNOWN, N, NUMBER(0));
    check(GJR_OP_COUNT, LN, UNKNOWN, N, UNKNOWN, N, UNKNOWN);
    check(GJR_OP_DISTINCT, LN, some, N, UNKNOWN, N, NUMBER(2));
    check(GJR_OP_DISTINCT, LN, holed, N, UNKNOWN, N, UNKNOWN);
    check(GJR_OP_DISTINCT_TEXT, LX, LIST(STRING("u1"), STRING("u2"), STRING("u1")), N, UNKNOWN, N,
          NUMBER(2));
    check(GJR_OP_SUM, LN, some, N, UNKNOWN, N, NUMBER(7));
    check(GJR_OP_SUM, LN, EMPTY, N, UNKNOWN, N, NUMBER(0));
    check(GJR_OP_SUM, LN, holed, N, UNKNOWN, N, UNKNOWN);
    check(GJR_OP_SUM, LN, LIST(RAW(INT64_MAX), RAW(1)), N, UNKNOWN, N, UNKNOWN);
    check(GJR_OP_MAX, LN, some, N, UNKNOWN, N, NUMBER(3));
    check(GJR_OP_MIN, LN, some, N, UNKNOWN, N, NUMBER(1));
    check(GJR_OP_MIN, LN, EMPTY, N, UNKNOWN, N, UNKNOWN);
    check(GJR_OP_IN, N, NUMBER(3), LN, holed, B, RAW(1));
    check(GJR_OP_IN, N, NUMBER(4), LN, holed, B, UNKNOWN);
    check(GJR_OP_IN, N, NUMBER(4), LN, some, B, RAW(0));
    check(GJR_OP_IN, N, UNKNOWN, LN, EMPTY, B, RAW(0));
    check(GJR_OP_IN_TEXT, X, STRING("u2"), LX, LIST(STRING("u1"), STRING("u2")), B, RAW(1));
}

static void test_dates_and_lengths(void **state)
{
    (void)state;
    const int64_t ms = 86400000, hour = 3600000;
    check(GJR_OP_DATE_ADD, D, RAW(100), L, RAW(5 * ms), D, RAW(105));
    check(GJR_OP_DATE_ADD, D, RAW(100), L, RAW(hour), D, UNKNOWN);
    check(GJR_OP_DATE_ADD, D, RAW(DAY_MOST), L, RAW(ms), D, UNKNOWN);
    check(GJR_OP_DATE_ADD, D, RAW(DAY_LEAST), L, RAW(-ms), D, UNKNOWN);
    check(GJR_OP_DATE_BETWEEN, D, RAW(105), D, RAW(100), L, RAW(5 * ms));
    check(GJR_OP_TIME_ADD, T, RAW(1), L, RAW(hour), T, RAW(hour + 1));
    check(GJR_OP_TIME_ADD, T, RAW(1), L, RAW(INT64_MAX), T, UNKNOWN);
    check(GJR_OP_TIME_BETWEEN, T, RAW(5), T, RAW(7), L, RAW(-2));
    check(GJR_OP_MONTHS_ADD, D, RAW(19753), N, NUMBER(1), D, RAW(19782));   /* 01-31: 02-29 */
    check(GJR_OP_MONTHS_ADD, D, RAW(19782), N, NUMBER(-12), D, RAW(19416)); /* 2023-02-28 */
    check(GJR_OP_MONTHS_ADD, D, RAW(19782), N, RAW(5000), D, UNKNOWN);
    check(GJR_OP_MONTHS_ADD, D, RAW(DAY_MOST), N, NUMBER(1), D, UNKNOWN);
    check(GJR_OP_WORKDAYS_ADD, D, RAW(100), N, NUMBER(5), D, RAW(105)); /* as facts_of says */
    check(GJR_OP_WORKDAYS_ADD, D, RAW(100), N, NUMBER(3), D, UNKNOWN);
    check(GJR_OP_WORKDAYS_ADD, D, RAW(100), N, NUMBER(2000000), D, UNKNOWN);
    check(GJR_OP_CLOCK, T, RAW(25 * hour), N, UNKNOWN, L, RAW(hour));
}

/* A bid of the sample: text, money, and a site of number and enum. */
static gjr_value bid_of(gjr_value *parts, gjr_value by, gjr_value price, gjr_value area)
{
    parts[0] = by;
    parts[1] = price;
    parts[2] = (gjr_value){.known = true, .as.list = {&parts[3], 2}};
    parts[3] = area;
    parts[4] = RAW(1);
    return (gjr_value){.known = true, .as.list = {parts, 3}};
}

static void check_record(const gjr_instruction *code, size_t size, vm_world *world,
                         gjr_value expected, typed type)
{
    gj_image *image;
    gjr_value value = run(code, size, type, world, &image);
    assert_true(same_value(type.type, value, expected));
    gj_image_destroy(image);
}

static void test_records_compare_part_by_part(void **state)
{
    (void)state;
    const gjr_instruction same[] = {I(FIELD, 0, 0, 0, PLAN), I(FIELD, 1, 0, 0, OFFER),
                                    I(EQUAL_RECORD, 0, 0, 1, BID), I(RETURN, 0, 0, 0, 0)};
    const gjr_instruction in[] = {I(FIELD, 0, 0, 0, PLAN), I(FIELD, 1, 0, 0, BIDS),
                                  I(IN_RECORD, 0, 0, 1, BID), I(RETURN, 0, 0, 0, 0)};
    const gjr_instruction distinct[] = {I(FIELD, 0, 0, 0, BIDS), I(DISTINCT_RECORD, 0, 0, 0, BID),
                                        I(RETURN, 0, 0, 0, 0)};
    const gjr_instruction area[] = {I(FIELD, 0, 0, 0, PLAN), I(PART, 0, 0, 0, BID_SITE),
                                    I(PART, 0, 0, 0, SITE_AREA), I(RETURN, 0, 0, 0, 0)};
    gjr_value a[5], b[5], c[5];
    vm_world world = {.dues = {GJ_NO_DAY, GJ_NO_DAY}};
    world.fields[PLAN] = bid_of(a, STRING("甲"), NUMBER(5), NUMBER(7));
    world.fields[OFFER] = bid_of(b, STRING("甲"), NUMBER(5), NUMBER(7));
    check_record(same, 4, &world, RAW(1), B);
    check_record(area, 4, &world, NUMBER(7), N);
    b[3] = UNKNOWN;
    check_record(same, 4, &world, UNKNOWN, B);
    b[1] = NUMBER(6); /* one difference that is certain is enough */
    check_record(same, 4, &world, RAW(0), B);
    gjr_value bids = LIST(world.fields[OFFER], bid_of(c, STRING("甲"), NUMBER(5), NUMBER(7)));
    world.fields[BIDS] = bids;
    check_record(in, 4, &world, RAW(1), B);
    check_record(distinct, 3, &world, NUMBER(2), N);
    b[1] = NUMBER(5);
    check_record(distinct, 3, &world, UNKNOWN, N);
    world.fields[PLAN] = UNKNOWN;
    check_record(in, 4, &world, UNKNOWN, B);
    check_record(area, 4, &world, UNKNOWN, N);
}

/* ---- loops
 * ------------------------------------------------------------------------------------------- */

static void write_merge(gjr_writer *w, uint32_t expression, uint32_t at, uint32_t number_lists)
{
    gjr_merge row = {at, gjr_writer_held_count(w), 1 + number_lists};
    gjr_writer_add_held(w, &(gjr_held){0, GJR_TYPE_BOOL, 0, GJR_NONE, GJR_NONE});
    for (uint32_t i = 1; i <= number_lists; i++) {
        gjr_held held = {i, GJR_TYPE_LIST, GJR_TYPE_NUMBER, GJR_NONE, GJR_NONE};
        gjr_writer_add_held(w, &held);
    }
    uint32_t merge = gjr_writer_add_merge(w, &row);
    gjr_expression *of = gjr_writer_get_expression(w, expression);
    of->merges_first = of->merges_count == 0 ? merge : of->merges_first;
    of->merges_count++;
    of->loops = 1;
}

/* Whether each item of a list of so many is in it. */
static gjr_value all_are_in(size_t count)
{
    gjr_writer w;
    gj_image *image;
    vm_world world = {.dues = {GJ_NO_DAY, GJ_NO_DAY}};
    gjr_value *items = calloc(count, sizeof *items);
    uint32_t list = field_of(LN, 0);
    const gjr_instruction code[] = {I(CONSTANT, 0, 0, 0, TRUE), I(FIELD, 1, 0, 0, list),
                                    I(FIELD, 2, 0, 0, list),    I(EACH, 3, 1, 0, 7),
                                    I(IN, 4, 3, 2, 0),          I(AND, 0, 0, 4, 0),
                                    I(AGAIN, 0, 0, 0, 3),       I(RETURN, 0, 0, 0, 0)};
    assert_non_null(items);
    for (size_t i = 0; i < count; i++) {
        items[i] = NUMBER(i);
    }
    world.fields[list] = (gjr_value){.known = true, .as.list = {items, count}};
    write_fields(&w);
    uint32_t expression = write_code(&w, code, COUNT_OF(code), B);
    write_merge(&w, expression, 3, 2);
    write_merge(&w, expression, 7, 2);
    gjr_value value = load_and_run(&w, expression, &world, &image);
    gj_image_destroy(image);
    gjr_writer_deinit(&w);
    free(items);
    return value;
}

/* A loop takes count * (count + 4) steps here. */
static void test_a_run_that_takes_too_many_steps_is_unknown(void **state)
{
    (void)state;
    assert_true(same_value(B.type, all_are_in(0), RAW(1)));
    assert_true(same_value(B.type, all_are_in(3), RAW(1)));
    assert_int_equal(GJR_STEPS_MAX, 4096 * 4096);
    assert_true(same_value(B.type, all_are_in(4093), RAW(1)));
    assert_true(same_value(B.type, all_are_in(4094), RAW(1)));
    assert_true(same_value(B.type, all_are_in(4095), UNKNOWN));
}

/* ---- random programs
 * --------------------------------------------------------------------------------- */

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static gjr_value random_scalar(uint32_t type, uint64_t *seed)
{
    static const int64_t numbers[] = {
        0,   1, -1, 10000, -20000, 25000, 30000, 12345678, INT64_MAX, INT64_MIN, INT64_MAX / 10000,
        3333};
    static const char *const texts[] = {"", "u1", "u2", "加急", "加"};
    uint64_t random = next_random(seed);
    gjr_value value = {.known = random % 5 != 0};
    random >>= 8;
    if (is_textual(type)) {
        value.as.text = gjb_text_of(texts[random % COUNT_OF(texts)]);
    } else if (type == GJR_TYPE_DATE) {
        value.as.number = (int64_t)(random % 3000000) - 500000;
    } else if (type == GJR_TYPE_DURATION && random % 2 == 0) {
        value.as.number = (int64_t)(random / 2 % 1000) * 86400000;
    } else if (is_ordered(type)) {
        value.as.number = numbers[random % COUNT_OF(numbers)];
    } else {
        value.as.number = (int64_t)(random % 2);
    }
    return value;
}

typedef struct vm_lists {
    gjr_value items[FIELD_COUNT][4];
} vm_lists;

static void random_world(vm_world *world, vm_lists *lists, uint64_t *seed)
{
    for (uint32_t i = FIRST; i < FIELD_COUNT; i++) {
        typed type = extra_fields[i - FIRST];
        world->fields[i] = random_scalar(type.type, seed);
        if (type.type == GJR_TYPE_LIST) {
            size_t count = next_random(seed) % 5;
            for (size_t item = 0; item < count; item++) {
                lists->items[i][item] = random_scalar(type.element, seed);
            }
            world->fields[i].as.list.items = lists->items[i];
            world->fields[i].as.list.count = count;
        }
    }
    for (uint32_t i = 0; i < ACTION_COUNT; i++) {
        world->actions[i] = (gjr_done){(uint32_t)(next_random(seed) % 3), 19000 + (gj_day)i};
    }
    world->dues[0] = next_random(seed) % 2 == 0 ? GJ_NO_DAY : 20010;
    world->dues[1] = next_random(seed) % 2 == 0 ? GJ_NO_DAY : -5;
}

enum { PROGRAM_MAX = 60 };

typedef struct vm_program {
    gjr_instruction code[PROGRAM_MAX + 1];
    size_t size;
    operand registers[PROGRAM_MAX];
    bool used[GJR_OPCODE_COUNT];
} vm_program;

static uint32_t immediate_for(unsigned op, uint64_t *seed)
{
    uint32_t random = (uint32_t)(next_random(seed) >> 20);
    switch (gjr_opcode_row_get(op)->immediate) {
    case GJR_IMMEDIATE_ACTION:
        return random % ACTION_COUNT;
    case GJR_IMMEDIATE_LIMIT:
        return random % 2;
    case GJR_IMMEDIATE_NATIVE:
    case GJR_IMMEDIATE_NOTHING:
    case GJR_IMMEDIATE_CONSTANT:
    case GJR_IMMEDIATE_FIELD:
    case GJR_IMMEDIATE_PART:
    case GJR_IMMEDIATE_RECORD_A:
    case GJR_IMMEDIATE_AHEAD:
    case GJR_IMMEDIATE_BACK:
        break;
    }
    return 0;
}

static void add_leaf(vm_program *program, const vm_world *world, uint64_t *seed)
{
    static const operand constants[] = {
        [INITIAL] = {{GJR_TYPE_ENUM, 0}, {.known = true, .as.number = 0}},
        [ZERO] = {{GJR_TYPE_MONEY, 0}, {.known = true, .as.number = 0}},
        [TWO] = {{GJR_TYPE_NUMBER, 0}, {.known = true, .as.number = 20000}},
        [TRUE] = {{GJR_TYPE_BOOL, 0}, {.known = true, .as.number = 1}},
        [DAY] = {{GJR_TYPE_DATE, 0}, {.known = true, .as.number = -1}},
        [INSTANT] = {{GJR_TYPE_TIME, 0}, {.known = true, .as.number = 1700000000000}},
        [WORD] = {{GJR_TYPE_TEXT, 0}, {.known = true, .as.text = {"加急", 6}}},
        [HUNDRED] = {{GJR_TYPE_NUMBER, 0}, {.known = true, .as.number = 1000000}},
    };
    unsigned d = (unsigned)program->size;
    uint32_t field = FIRST + (uint32_t)(next_random(seed) >> 8) % COUNT_OF(extra_fields);
    uint32_t constant = (uint32_t)(next_random(seed) >> 8) % COUNT_OF(constants);
    if (next_random(seed) % 4 == 0) {
        program->registers[d] = constants[constant];
        program->code[program->size++] = I(CONSTANT, d, 0, 0, constant);
    } else {
        program->registers[d] = (operand){extra_fields[field - FIRST], world->fields[field]};
        program->code[program->size++] = I(FIELD, d, 0, 0, field);
    }
}

/* Tries an opcode on registers; adds nothing where they do not fit. */
static void add_step(vm_program *program, const vm_world *world, uint64_t *seed)
{
    unsigned op = (unsigned)(next_random(seed) >> 8) % GJR_OPCODE_COUNT;
    const gjr_opcode_row *row = gjr_opcode_row_get(op);
    unsigned d = (unsigned)program->size;
    unsigned a = row->a != GJR_KIND_NOTHING ? (unsigned)(next_random(seed) >> 8) % d : 0;
    unsigned b = row->b != GJR_KIND_NOTHING ? (unsigned)(next_random(seed) >> 8) % d : 0;
    uint32_t immediate = immediate_for(op, seed);
    if (apply(op, program->registers[a], program->registers[b], world, immediate,
              &program->registers[d])) {
        program->code[program->size++] = gjr_instruction_of((gjr_opcode)op, d, a, b, immediate);
        program->used[op] = true;
    }
}

static unsigned last_scalar(const vm_program *program)
{
    unsigned last = (unsigned)program->size - 1;
    while (last > 0 && program->registers[last].type.type == GJR_TYPE_LIST) {
        last--;
    }
    return last;
}

static void make_program(vm_program *program, const vm_world *world, uint64_t *seed)
{
    program->size = 0;
    program->registers[0] = (operand){{GJR_TYPE_BOOL, 0}, world->fields[FIRST]};
    program->code[program->size++] = I(FIELD, 0, 0, 0, FIRST);
    for (int tries = 0; tries < 400 && program->size < PROGRAM_MAX; tries++) {
        if (tries % 8 == 0) {
            add_leaf(program, world, seed);
        } else {
            add_step(program, world, seed);
        }
    }
    unsigned result = last_scalar(program);
    program->code[program->size] = I(RETURN, 0, result, 0, 0);
}

static void test_random_programs_give_what_the_second_machine_gives(void **state)
{
    (void)state;
    static vm_world world;
    static vm_lists lists;
    static vm_program program;
    uint64_t seed = UINT64_C(88172645463325252);
    int count = getenv("GUIJU_PROVE") != NULL ? 200000 : 3000, known = 0;
    for (int i = 0; i < count; i++) {
        random_world(&world, &lists, &seed);
        make_program(&program, &world, &seed);
        operand expected = program.registers[last_scalar(&program)];
        gj_image *image;
        gjr_value value = run(program.code, program.size + 1, expected.type, &world, &image);
        if (!same_value(expected.type.type, value, expected.value)) {
            fail_msg("program %d differs", i);
        }
        known += value.known;
        gj_image_destroy(image);
    }
    assert_in_range(known, count / 10, count - count / 10);
    for (unsigned op = GJR_OP_AT; op < GJR_OP_EACH; op++) {
        bool record = op == GJR_OP_PART || op == GJR_OP_EQUAL_RECORD || op == GJR_OP_IN_RECORD ||
                      op == GJR_OP_DISTINCT_RECORD;
        if (!program.used[op] && !record && op != GJR_OP_CALL) {
            fail_msg("no program used %s", gjr_opcode_row_get(op)->mnemonic);
        }
    }
}

static void test_natives_are_asked(void **state)
{
    (void)state;
    const gjr_value officers = LIST(STRING("u1"));
    const struct {
        gjr_value note, officers, seen;
    } cases[] = {
        {STRING("加急"), officers, RAW(1)},
        {STRING("甲"), officers, RAW(0)},
        {STRING("加急"), EMPTY, RAW(0)},
        {UNKNOWN, officers, UNKNOWN},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        vm_world world = {.dues = {GJ_NO_DAY, GJ_NO_DAY}};
        world.fields[NOTE] = cases[i].note;
        world.fields[INSPECTORS] = cases[i].officers;
        gjr_instruction code[] = {I(FIELD, 1, 0, 0, NOTE), I(FIELD, 2, 0, 0, INSPECTORS),
                                  I(CALL, 0, 1, 0, SEEN), I(RETURN, 0, 0, 0, 0)};
        gj_image *image;
        gjr_value value = run(code, COUNT_OF(code), B, &world, &image);
        assert_true(same_value(GJR_TYPE_BOOL, value, cases[i].seen));
        gj_image_destroy(image);
    }
    vm_world world = {.dues = {GJ_NO_DAY, GJ_NO_DAY}};
    gjr_instruction code[] = {I(CALL, 3, 0, 0, PLACE), I(RETURN, 0, 3, 0, 0)};
    gj_image *image;
    gjr_value value = run(code, COUNT_OF(code), X, &world, &image);
    assert_true(same_value(GJR_TYPE_TEXT, value, STRING("甲")));
    gj_image_destroy(image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_logic_has_three_values),
        cmocka_unit_test(test_arithmetic_is_exact_or_unknown),
        cmocka_unit_test(test_comparing),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_dates_and_lengths),
        cmocka_unit_test(test_records_compare_part_by_part),
        cmocka_unit_test(test_a_run_that_takes_too_many_steps_is_unknown),
        cmocka_unit_test(test_natives_are_asked),
        cmocka_unit_test(test_random_programs_give_what_the_second_machine_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
