/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounts drawn: under each one's words a line of days a month, every day a box with its date
 * above and below it how many are counted with it, or the mark of why it is not. Colours only
 * repeat what the marks say. The same account gives the same bytes. */
#include "strip.h"

#include <inttypes.h>
#include <string.h>

#include "buffer.h"
#include "json.h"
#include "key.h"
#include "width.h"

enum {
    MARGIN = 28,
    LABEL_WIDTH = 84,
    CELL_WIDTH = 25,
    CELL_HEIGHT = 34,
    CELL_GAP = 2,
    MONTH_DAYS = 31,
    MONTHS_MAX = 120,
    WIDTH = 2 * MARGIN + LABEL_WIDTH + MONTH_DAYS * CELL_WIDTH,
    TITLE_HEIGHT = 30,
    LINE_HEIGHT = 20,
    LINE_COLUMNS = 128, /* as wide as the months, as far as a font can be foreseen */
    BLOCK_GAP = 36,
    KEY_HEIGHT = 24,
    WORDS_GAP = 10,
    MONTH_GAP = 6,
};

#define INK   "#1f2a37"
#define MUTED "#5c6b7c"
#define FONTS                                                                                      \
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',"      \
    "'WenQuanYi Micro Hei','Helvetica Neue',Arial,sans-serif"

static const struct {
    const char *fill, *stroke, *ink;
} paints[CLI_LOOKS] = {
    [CLI_LOOK_OUTSIDE] = {"none", "none", MUTED},
    [CLI_LOOK_START] = {"#ffffff", "#2f6f5e", "#2f6f5e"},
    [CLI_LOOK_COUNTED] = {"#cfe3f5", "#7fa9cf", INK},
    [CLI_LOOK_TO_COME] = {"#ffffff", "#7fa9cf", INK},
    [CLI_LOOK_WORKED] = {"#fbe6b4", "#c99a2e", INK},
    [CLI_LOOK_WEEKEND] = {"#eef1f4", "#eef1f4", MUTED},
    [CLI_LOOK_HOLIDAY] = {"#f3e3e6", "#d9a7b0", "#8c2f3f"},
    [CLI_LOOK_OFF] = {"#f3ebe3", "#d6bfa6", "#7a5a35"},
    [CLI_LOOK_STOPPED] = {"#dcefee", "#6fb0ac", "#1f5f5b"},
    [CLI_LOOK_DUE] = {"#1f4e79", "#1f4e79", "#ffffff"},
    [CLI_LOOK_OPEN] = {"#ffffff", "#c0392b", "#8e1f14"},
    [CLI_LOOK_OVER] = {"#f6c9c4", "#c0392b", "#8e1f14"},
    [CLI_LOOK_END] = {"#2f6f5e", "#2f6f5e", "#ffffff"},
    [CLI_LOOK_NOW] = {"#ffffff", INK, INK},
};

typedef struct drawing {
    cli_session *session;
    cli_output *out;
    const gj_account *account;
    int y;
    bool seen[CLI_LOOKS];
} drawing;

static void add_text(drawing *d, int x, int y, const char *attributes, gj_text words)
{
    cli_output_add_format(d->out, "<text x=\"%d\" y=\"%d\" %s>", x, y, attributes);
    cli_xml_print_text(d->out, words);
    cli_output_add_string(d->out, "</text>\n");
}

static void add_string(drawing *d, int x, int y, const char *attributes, const char *words)
{
    add_text(d, x, y, attributes, (gj_text){words, strlen(words)});
}

static int32_t month_of(gj_day day)
{
    int32_t year, month, of_month;
    gj_date_of_day(day, &year, &month, &of_month);
    return year * 12 + month - 1;
}

/* ---- the words ---- */

static void explanation_make(const drawing *d, cli_buffer *words)
{
    gj_writer writer = cli_buffer_writer(words);
    cli_complain_status(d->session, gj_account_explain(d->account, d->session->lang, &writer));
}

static int lines_of(gj_text words)
{
    int lines = 0;
    for (size_t at = 0, next; at < words.size; at = next, lines++)
        (void)cli_width_line(words, at, LINE_COLUMNS, &next);
    return lines;
}

static void draw_words(drawing *d, gj_text case_id)
{
    const gj_account *account = d->account;
    cli_buffer words = {0};
    cli_buffer_add_text(&words, account->limit_title);
    cli_key_say(d->session->lang, account->key_title, &words);
    cli_buffer_add_string(&words, " · ");
    cli_buffer_add_text(&words, case_id);
    if (account->instance_count > 1)
        cli_buffer_add_format(&words, CLI_SAY(d->session, " · %u of %u", " · 第%u次，共%u次"),
                              account->instance, account->instance_count);
    add_text(d, MARGIN, d->y + 18, "class=\"title\"", cli_buffer_text(&words));
    d->y += TITLE_HEIGHT;
    cli_buffer_reset(&words);
    explanation_make(d, &words);
    gj_text text = cli_buffer_text(&words);
    for (size_t at = 0, next; at < text.size; at = next) {
        size_t size = cli_width_line(text, at, LINE_COLUMNS, &next);
        add_text(d, MARGIN, d->y + 14, "class=\"words\"", (gj_text){text.bytes + at, size});
        d->y += LINE_HEIGHT;
    }
    cli_buffer_deinit(&words);
    d->y += WORDS_GAP;
}

/* ---- the days ---- */

static const char *inner_of(const drawing *d, cli_day_cell cell, cli_buffer *words)
{
    if (cell.total > 0 && cell.look != CLI_LOOK_END) {
        cli_buffer_add_format(words, "%" PRIu64, cell.total);
        return cli_buffer_string(words);
    }
    const char *mark = cli_look_mark(cell.look, d->session->lang);
    return *mark == '#' || *mark == '.' ? "" : mark;
}

static void draw_day(drawing *d, gj_day day, int32_t of_month)
{
    cli_day_cell cell = cli_strip_cell(d->account, day);
    cli_buffer words = {0};
    char number[12];
    int x = MARGIN + LABEL_WIDTH + (of_month - 1) * CELL_WIDTH, inner = CELL_WIDTH - CELL_GAP;
    cli_buffer_add_format(&words, "%d", of_month);
    size_t size = words.size < sizeof number ? words.size : 0;
    memcpy(number, words.bytes, size);
    number[size] = '\0';
    cli_buffer_reset(&words);
    if (cell.look != CLI_LOOK_OUTSIDE)
        cli_output_add_format(
            d->out,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\" fill=\"%s\" "
            "stroke=\"%s\"/>\n",
            x, d->y, inner, CELL_HEIGHT, paints[cell.look].fill, paints[cell.look].stroke);
    cli_output_add_format(d->out, "<g fill=\"%s\">", paints[cell.look].ink);
    add_string(d, x + inner / 2, d->y + 11, "class=\"date\"", number);
    const char *within = inner_of(d, cell, &words);
    if (*within != '\0')
        add_string(d, x + inner / 2, d->y + 27, "class=\"day\"", within);
    cli_output_add_string(d->out, "</g>\n");
    if (cell.is_now) {
        cli_output_add_format(d->out,
                              "<path d=\"M%d %dv%d\" stroke=\"%s\" stroke-width=\"2.5\"/>\n",
                              x + inner + CELL_GAP / 2, d->y - 3, CELL_HEIGHT + 6, INK);
    }
    cli_buffer_deinit(&words);
}

static void draw_month(drawing *d, int32_t at)
{
    int32_t year = at / 12, month = at % 12 + 1;
    cli_buffer label = {0};
    cli_buffer_add_format(&label, CLI_SAY(d->session, "%04d-%02d", "%d年%d月"), year, month);
    add_text(d, MARGIN, d->y + 22, "class=\"month\"", cli_buffer_text(&label));
    cli_buffer_deinit(&label);
    for (int32_t day = 1; day <= MONTH_DAYS; day++) {
        gj_day which = gj_day_of_date(year, month, day);
        if (which != GJ_NO_DAY)
            draw_day(d, which, day);
    }
    d->y += CELL_HEIGHT + MONTH_GAP;
}

/* ---- the key ---- */

static const char *key_words(const drawing *d, cli_look look)
{
    if (look == CLI_LOOK_COUNTED && d->account->in_time)
        return CLI_SAY(d->session, "counted", "计入");
    if (look == CLI_LOOK_COUNTED)
        return CLI_SAY(d->session, "counted, with how many so far", "计入，累计数");
    if (look == CLI_LOOK_TO_COME)
        return CLI_SAY(d->session, "to come", "尚未到");
    return cli_look_words(d->account, look, d->session->lang);
}

static int key_width(const drawing *d, int look)
{
    return 30 + (int)cli_width_of(key_words(d, (cli_look)look)) * 7 + 16;
}

/* Where the key of that look stands: behind the one before it, or in a new line. */
static int key_place(int *x, int y, int width)
{
    if (*x + width > WIDTH - MARGIN && *x > MARGIN + LABEL_WIDTH) {
        *x = MARGIN + LABEL_WIDTH;
        y += KEY_HEIGHT;
    }
    return y;
}

/* What stands in a box of that look: of time no number. */
static const char *key_mark(const drawing *d, int look)
{
    const char *mark = cli_look_mark((cli_look)look, d->session->lang);
    bool is_number = *mark == '#' && !d->account->in_time;
    return is_number ? "1" : *mark == '#' || *mark == '.' ? "" : mark;
}

static void draw_key(drawing *d, int look, int x, int y)
{
    const char *mark = key_mark(d, look);
    if (look == CLI_LOOK_NOW)
        cli_output_add_format(d->out,
                              "<path d=\"M%d %dv22\" stroke=\"%s\" stroke-width=\"2.5\"/>\n",
                              x + 10, y + 2, INK);
    else
        cli_output_add_format(d->out,
                              "<rect x=\"%d\" y=\"%d\" width=\"20\" height=\"18\" rx=\"3\" "
                              "fill=\"%s\" stroke=\"%s\"/>\n",
                              x, y + 4, paints[look].fill, paints[look].stroke);
    if (look != CLI_LOOK_NOW && *mark != '\0') {
        cli_output_add_format(d->out, "<g fill=\"%s\">", paints[look].ink);
        add_string(d, x + 10, y + 18, "class=\"day\"", mark);
        cli_output_add_string(d->out, "</g>\n");
    }
    add_string(d, x + 27, y + 18, "class=\"key\"", key_words(d, (cli_look)look));
}

/* The height of those seen, which are drawn at d->y if they are to be. */
static int keys_draw(drawing *d, bool draws)
{
    int x = MARGIN + LABEL_WIDTH, y = d->y;
    for (int look = CLI_LOOK_START; look < CLI_LOOKS; look++) {
        if (!d->seen[look])
            continue;
        y = key_place(&x, y, key_width(d, look));
        if (draws)
            draw_key(d, look, x, y);
        x += key_width(d, look);
    }
    return y + KEY_HEIGHT - d->y;
}

/* ---- the whole ---- */

static int32_t months_of(const gj_account *account)
{
    int32_t count = month_of(cli_strip_last(account)) - month_of(account->start_day) + 1;
    return count < MONTHS_MAX ? count : MONTHS_MAX;
}

static void looks_find(drawing *d)
{
    memset(d->seen, 0, sizeof d->seen);
    gj_day last = cli_strip_last(d->account);
    int32_t end = month_of(d->account->start_day) + months_of(d->account);
    for (gj_day day = d->account->start_day; day <= last && month_of(day) < end; day++) {
        cli_day_cell cell = cli_strip_cell(d->account, day);
        d->seen[cell.look] = true;
        d->seen[CLI_LOOK_NOW] = d->seen[CLI_LOOK_NOW] || cell.is_now;
    }
}

static int height_of(drawing *d)
{
    cli_buffer words = {0};
    explanation_make(d, &words);
    looks_find(d);
    int height = TITLE_HEIGHT + lines_of(cli_buffer_text(&words)) * LINE_HEIGHT + WORDS_GAP +
                 months_of(d->account) * (CELL_HEIGHT + MONTH_GAP) + keys_draw(d, false);
    cli_buffer_deinit(&words);
    return height;
}

static void draw_account(drawing *d, gj_text case_id)
{
    draw_words(d, case_id);
    int32_t first = month_of(d->account->start_day);
    for (int32_t i = 0; i < months_of(d->account); i++)
        draw_month(d, first + i);
    looks_find(d);
    d->y += keys_draw(d, true);
}

static void begin(drawing *d, int height)
{
    cli_output_add_format(d->out,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                          "viewBox=\"0 0 %d %d\" lang=\"%s\">\n",
                          WIDTH, height, WIDTH, height, CLI_SAY(d->session, "en", "zh"));
    cli_output_add_string(d->out, "<style>text{font-family:" FONTS ";font-size:12px}"
                                  ".title{font-size:17px;font-weight:600;fill:" INK "}"
                                  ".words,.key,.month{fill:" INK "}"
                                  ".month{font-weight:600}"
                                  ".date{font-size:8.5px;text-anchor:middle;opacity:.75}"
                                  ".day{font-size:12.5px;text-anchor:middle}</style>\n");
    cli_output_add_format(d->out, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", WIDTH,
                          height);
}

void cli_strips_draw(cli_session *session, gj_text case_id, const gj_account *const *accounts,
                     size_t count)
{
    drawing d = {.session = session, .out = &session->out, .y = MARGIN};
    int height = 2 * MARGIN;
    for (size_t i = 0; i < count; i++) {
        d.account = accounts[i];
        height += height_of(&d) + (i > 0 ? BLOCK_GAP : 0);
    }
    begin(&d, height);
    for (size_t i = 0; i < count; i++) {
        d.account = accounts[i];
        d.y += i > 0 ? BLOCK_GAP : 0;
        draw_account(&d, case_id);
    }
    cli_output_add_string(d.out, "</svg>\n");
}
