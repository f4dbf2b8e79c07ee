/* SPDX-License-Identifier: Apache-2.0
 *
 * One case's state: flat bytes, laid out from the image, so that it can be copied, stored and
 * compared as bytes.
 *
 *     gjr_state │ regions │ places │ limits │ values │ presence │ documents │ … │ tail …
 *
 * (layout.h). What every step touches stands first: of many live cases hardly one is in the
 * processor's cache, so the lines of memory that a step touches are most of what it costs.
 *
 * Texts and lists lie in the tail and are named by spans. The tail only grows within a step, for
 * which room is made beforehand; making room leaves behind what nothing names any more, so a case's
 * size stays in proportion to what it holds. What can be derived (a due date, whether a limit is
 * overdue) is not kept: `look_at` is only a hint when limits must be looked at. */
#ifndef GJR_CASE_H
#define GJR_CASE_H

#include "judge/event.h"
#include "vm/vm.h"

enum {
    GJR_CASE_SIZE_MAX = 1 << 28,
    GJR_CASE_IMAGE_SIZE = 8, /* as much of its unit's identity as a case's state keeps */
    GJR_CASE_FORMAT = 4, /* of a state; rises where one means something else: then it is not taken,
                            and its case is judged anew from what was told */
};

typedef struct gjr_span {
    uint32_t begin; /* from the tail's begin; a list's is a multiple of 8 */
    uint32_t size;  /* bytes of a text, items of a list */
} gjr_span;

typedef enum gjr_presence {
    GJR_MISSING,
    GJR_PRESENT,
    GJR_WRONG, /* missing, and the value is the span of what was told instead */
} gjr_presence;

enum {
    GJR_LIMIT_RUNNING = 1,
    GJR_LIMIT_LATE = 2,               /* its late finding is raised */
    GJR_LIMIT_START_NOT_RECORDED = 4, /* the starting act was left out */
    GJR_LIMIT_SOON = 8,               /* its due-soon finding is raised */
    GJR_LIMIT_EXPIRED = 16,           /* it ran out, and the law was asked what follows */
    GJR_LIMIT_WITHDRAWN = 32,         /* its late finding was raised, and did not hold */
    GJR_LIMIT_AGAIN_SHIFT = 6,    /* from this bit on, how often its event had begun it before */
    GJR_LIMIT_AGAIN_MAX = 1023,   /* and more */
    GJR_LIMIT_REACHED_SHIFT = 16, /* from this bit on, which of its rungs are reached */
};
_Static_assert(GJR_LIMIT_REACHED_SHIFT + GJR_RUNGS_MAX <= 32, "a bit a rung");
_Static_assert((GJR_LIMIT_AGAIN_MAX + 1) << GJR_LIMIT_AGAIN_SHIFT == 1 << GJR_LIMIT_REACHED_SHIFT,
               "the bits between");

/* Of a clock of a limit. */
typedef struct gjr_limit_slot {
    gj_instant since; /* what is counted from */
    uint32_t key;     /* in the tail: the gjr_key of the event that started it */
    uint32_t trigger; /* that started it */
    uint32_t finding; /* ordinal of its late finding */
    uint32_t flags;
} gjr_limit_slot;

static inline uint32_t gjr_limit_again(const gjr_limit_slot *slot)
{
    return slot->flags >> GJR_LIMIT_AGAIN_SHIFT & GJR_LIMIT_AGAIN_MAX;
}

/* Of a running limit whose due may move, and one of its rungs before due: when it came to that. */
typedef struct gjr_warned {
    gj_instant first; /* GJ_NEVER: it has not */
    gj_instant last;  /* later where the rung lay ahead again */
} gjr_warned;

/* Of a running limit whose length hangs on the case: what was read of it last. */
typedef struct gjr_measured {
    gj_instant at;   /* since when it has been so */
    uint32_t length; /* row: the line that holds, or GJR_NONE */
    uint32_t budget; /* 0: none holds, or what it says is no length */
} gjr_measured;

/* The stages in which the case stood when a limit's findings came to what they stand by: the post
 * that holds it there answers. */
typedef struct gjr_holding {
    uint32_t soon, late;
} gjr_holding;

/* What an event is known by, as the tail keeps it for the finding's identity: the texts follow. */
typedef struct gjr_key {
    uint32_t source_size, id_size;
} gjr_key;

typedef enum gjr_region_status {
    GJR_REGION_IDLE, /* never begun */
    GJR_REGION_RUNNING,
    GJR_REGION_DONE,  /* came to a final stage */
    GJR_REGION_ENDED, /* without one, when the stage around it was left */
} gjr_region_status;

typedef struct gjr_region_slot {
    uint16_t stage;  /* where it stands, or stood last */
    uint16_t status; /* gjr_region_status */
} gjr_region_slot;

_Static_assert(GJR_STAGES_MAX <= UINT16_MAX, "a stage fits its slot");

typedef struct gjr_state {
    gj_instant clock;     /* how far time has come; INT64_MIN before the first event */
    gj_instant look_at;   /* no limit has anything to say before */
    gj_instant closed_at; /* GJ_NEVER until a final stage is reached */
    uint32_t finding_count;
    uint32_t moment; /* acts done and stages entered so far: their order within one instant */
    uint32_t tail_size;
    gjr_region_slot regions[]; /* of each; the case as a whole stands in the first */
} gjr_state;

/* A case in memory. */
typedef struct gjr_case {
    const gj_judge *judge;
    unsigned char *bytes;
    uint32_t capacity;
    bool lent; /* the bytes lie in somebody else's memory (cases.h), who frees them */
} gjr_case;

gj_status gjr_case_init(gjr_case *judged, const gj_judge *judge);
void gjr_case_deinit(gjr_case *judged);
/* Back to before its first event, the memory kept. */
void gjr_case_reset(gjr_case *judged);
/* The bytes of a state of the same judge, as they were copied, with so much room behind them.
 * GJ_REFUSED: they are not such, as far as their sizes and their unit's identity tell. */
gj_status gjr_case_put(gjr_case *judged, gj_text bytes, size_t room);
/* Into other bytes that have room in the tail for so many: what nothing names any more stays
 * behind, and everything borrowed from the case's bytes is gone. */
gj_status gjr_case_move(gjr_case *judged, size_t size);
/* Bytes of the tail that are still named. */
size_t gjr_case_live_size(const gjr_case *judged);

/* Bytes of the tail, at a multiple of 8, for which there must be room; *begin is their span's. */
unsigned char *gjr_case_add_bytes(const gjr_case *judged, size_t size, uint32_t *begin);
/* Copies into the tail, for which there must be room. */
gjr_span gjr_case_add_text(gjr_case *judged, gj_text text);
/* Room for an event's key, and the key put there: where it begins. */
static inline size_t gjr_key_size(gj_text source, gj_text id)
{
    return (sizeof(gjr_key) + source.size + id.size + 7) & ~(size_t)7;
}
uint32_t gjr_case_add_key(const gjr_case *judged, gj_text source, gj_text id);
/* A copy of one case's in the tail of another, which has room. */
uint32_t gjr_case_move_key(const gjr_case *from, const gjr_case *to, uint32_t key);
/* Room that gjr_case_add_told may need. */
size_t gjr_told_size(const gj_judge *judge, const gjr_told *told);
/* Sets a field; whether that is another value than before. */
bool gjr_case_add_told(gjr_case *judged, const gjr_told *told);
/* The field is missing from now on; whether it held something. */
bool gjr_case_clear_field(gjr_case *judged, uint32_t field);
/* The most that one field's value takes in the tail: no text in any of them is longer. */
size_t gjr_case_field_size_max(const gjr_case *judged);
/* What was told instead of a value of the field's type, or absent. Borrowed as texts are. */
gj_text gjr_case_quoted(const gjr_case *judged, uint32_t field);

/* A field's value. Texts are borrowed from the case; a list's items are made in the arena. */
gjr_value gjr_case_field(const gjr_case *judged, uint32_t field, gjb_arena *arena);

static inline gjr_state *gjr_case_state(const gjr_case *judged)
{
    return (gjr_state *)(void *)judged->bytes;
}

static inline void *gjr_case_part(const gjr_case *judged, uint32_t offset)
{
    return judged->bytes + offset;
}

/* The state's bytes in use. */
static inline size_t gjr_case_size(const gjr_case *judged)
{
    return (size_t)judged->judge->layout.tail + gjr_case_state(judged)->tail_size;
}

/* Room in the tail for so many bytes; where it must be made, everything borrowed from the case's
 * bytes is gone. */
static inline gj_status gjr_case_make_room(gjr_case *judged, size_t size)
{
    bool has = judged->capacity - gjr_case_size(judged) >= size;
    return has ? GJ_OK : gjr_case_move(judged, size);
}

/* Whether it has taken no event in yet. */
static inline bool gjr_case_is_new(const gjr_case *judged)
{
    return gjr_case_state(judged)->clock == INT64_MIN;
}

/* How often each action was done, or NULL where nothing can ask. */
static inline gjr_done *gjr_case_done(const gjr_case *judged)
{
    uint32_t at = judged->judge->layout.done;
    return at == GJR_NONE ? NULL : gjr_case_part(judged, at);
}

/* How often an action was done in a region that has it. */
static inline uint32_t *gjr_case_times(const gjr_case *judged, uint32_t place)
{
    return (uint32_t *)gjr_case_part(judged, judged->judge->layout.places) + place;
}

/* The moment at which it was last done there, or 0; NULL where nothing can ask. */
static inline uint32_t *gjr_case_done_at(const gjr_case *judged, uint32_t place)
{
    uint32_t at = judged->judge->layout.done_at;
    return at == GJR_NONE ? NULL : (uint32_t *)gjr_case_part(judged, at) + place;
}

static inline gjr_region_slot *gjr_case_regions(const gjr_case *judged)
{
    return gjr_case_state(judged)->regions;
}

/* Where the case stands as a whole: region 0's. */
static inline uint32_t gjr_case_stage(const gjr_case *judged)
{
    return gjr_case_regions(judged)[0].stage;
}

/* The moment at which the stage was last entered; NULL where nothing can ask. */
static inline uint32_t *gjr_case_entered(const gjr_case *judged, uint32_t stage)
{
    uint32_t of = judged->judge->layout.entered_of[stage];
    return of == GJR_NONE ? NULL
                          : (uint32_t *)gjr_case_part(judged, judged->judge->layout.entered) + of;
}

/* A date told on which the running limit ends, or GJ_NEVER; NULL where no date ends it. */
static inline gj_instant *gjr_case_end(const gjr_case *judged, uint32_t clock)
{
    uint32_t of = judged->judge->layout.end_of[clock];
    return of == GJR_NONE ? NULL
                          : (gj_instant *)gjr_case_part(judged, judged->judge->layout.ends) + of;
}

/* The date told by which the running limit is due, or GJ_NEVER; NULL where it is not due by one. */
static inline gj_instant *gjr_case_by(const gjr_case *judged, uint32_t clock)
{
    uint32_t of = judged->judge->layout.by_of[clock];
    return of == GJR_NONE ? NULL
                          : (gj_instant *)gjr_case_part(judged, judged->judge->layout.bys) + of;
}

/* When the running limit came to each of its rungs, warned_rungs of them; NULL where its due does
 * not move or none lies before it. */
static inline gjr_warned *gjr_case_warned(const gjr_case *judged, uint32_t clock)
{
    const gjr_case_layout *layout = &judged->judge->layout;
    uint32_t of = layout->warned_of[clock];
    return of == GJR_NONE ? NULL
                          : (gjr_warned *)gjr_case_part(judged, layout->warneds) +
                                (size_t)of * layout->warned_rungs;
}

/* What is known of a limit whose length hangs on the case; NULL where it does not. */
static inline gjr_measured *gjr_case_measured(const gjr_case *judged, uint32_t clock)
{
    uint32_t of = judged->judge->layout.measured_of[clock];
    return of == GJR_NONE
               ? NULL
               : (gjr_measured *)gjr_case_part(judged, judged->judge->layout.measureds) + of;
}

/* By which landmarks that reading came, a bit each, in decided_words words: of each line's
 * condition, then of its value. NULL where it hangs on no decision table. */
static inline uint64_t *gjr_case_decided(const gjr_case *judged, uint32_t clock)
{
    const gjr_case_layout *layout = &judged->judge->layout;
    uint32_t of = layout->measured_of[clock];
    return of == GJR_NONE || layout->decided_words == 0
               ? NULL
               : (uint64_t *)gjr_case_part(judged, layout->decideds) +
                     (size_t)of * layout->decided_words;
}

/* Ordinal of the limit's due-soon finding; NULL where no rung of it lies before due. */
static inline uint32_t *gjr_case_soon(const gjr_case *judged, uint32_t clock)
{
    uint32_t of = judged->judge->layout.soon_of[clock];
    return of == GJR_NONE ? NULL
                          : (uint32_t *)gjr_case_part(judged, judged->judge->layout.soons) + of;
}

/* Where its findings found the case; NULL where no holder answers for it. */
static inline gjr_holding *gjr_case_held(const gjr_case *judged, uint32_t clock)
{
    uint32_t of = judged->judge->layout.held_of[clock];
    return of == GJR_NONE ? NULL
                          : (gjr_holding *)gjr_case_part(judged, judged->judge->layout.helds) + of;
}

/* The key by which the running clock is kept, as a field's word; NULL where it is not kept by one.
 */
static inline uint64_t *gjr_case_item(const gjr_case *judged, uint32_t clock)
{
    uint32_t of = judged->judge->layout.item_of[clock];
    return of == GJR_NONE ? NULL
                          : (uint64_t *)gjr_case_part(judged, judged->judge->layout.items) + of;
}

static inline gjr_limit_slot *gjr_case_limit(const gjr_case *judged, uint32_t clock)
{
    return (gjr_limit_slot *)gjr_case_part(judged, judged->judge->layout.limits) + clock;
}

static inline uint8_t *gjr_case_presence(const gjr_case *judged)
{
    return gjr_case_part(judged, judged->judge->layout.presence);
}

static inline uint64_t *gjr_case_values(const gjr_case *judged)
{
    return gjr_case_part(judged, judged->judge->layout.values);
}

static inline gj_text gjr_case_text(const gjr_case *judged, gjr_span span)
{
    const char *tail = gjr_case_part(judged, judged->judge->layout.tail);
    return (gj_text){tail + span.begin, span.size};
}

/* Of the event that a key was put there for. */
static inline gj_text gjr_case_key_source(const gjr_case *judged, uint32_t key)
{
    const char *at = (const char *)gjr_case_part(judged, judged->judge->layout.tail) + key;
    const gjr_key *row = (const gjr_key *)(const void *)at;
    return (gj_text){at + sizeof *row, row->source_size};
}

static inline gj_text gjr_case_key_id(const gjr_case *judged, uint32_t key)
{
    const char *at = (const char *)gjr_case_part(judged, judged->judge->layout.tail) + key;
    const gjr_key *row = (const gjr_key *)(const void *)at;
    return (gj_text){at + sizeof *row + row->source_size, row->id_size};
}

static inline bool gjr_case_has_document(const gjr_case *judged, uint32_t document)
{
    const uint8_t *bits = gjr_case_part(judged, judged->judge->layout.documents);
    return (bits[document / 8] >> (document % 8) & 1) != 0;
}

static inline void gjr_case_add_document(gjr_case *judged, uint32_t document)
{
    uint8_t *bits = gjr_case_part(judged, judged->judge->layout.documents);
    bits[document / 8] = (uint8_t)(bits[document / 8] | 1u << (document % 8));
}

/* Of the limit whose clock it is. */
static inline const gjr_limit *gjr_case_limit_row(const gjr_case *judged, uint32_t clock)
{
    const gj_judge *judge = judged->judge;
    return &judge->rows->limits[gjr_layout_limit(&judge->layout, clock)];
}

#endif
