/* SPDX-License-Identifier: Apache-2.0
 *
 * What a step found, in indices: a finding before anyone wants to read it. A step only notes what
 * was wrong and what a person will need to check it; names, citations, counted days and the
 * identity are put together by gjr_finding_make, for the findings that are kept.
 *
 * The ordinal numbers a case's findings. A later note of the same ordinal is the same finding in a
 * new state: a late limit that is closed by its act, say. */
#ifndef GJR_RAISED_H
#define GJR_RAISED_H

#include "judge/event.h"
#include "judge/terms.h"

/* The index of a subject that the procedure does not know: the event's own text stands for it, or
 * for a post that was not told at all "post". */
#define GJR_SUBJECT_TOLD GJR_NONE

/* A stop or an extension that a limit took. */
typedef struct gjr_raised_taken {
    uint32_t clause;  /* row of the stops or extensions */
    uint32_t trigger; /* row of the triggers: by which of the clause's it began or was granted */
    bool extends;
    gj_instant from, to;
    gj_text source, id; /* borrowed from the case */
} gjr_raised_taken;

/* By which key the limit's clock is kept. */
typedef struct gjr_raised_key {
    uint32_t present;
    uint32_t zero;  /* no bytes between, since notes are compared as bytes */
    int64_t number; /* as a field's value that is no text */
    gj_text text;   /* borrowed from the case or the event */
} gjr_raised_key;

/* An act that a rule remembered; no bytes between, since notes are compared as bytes. */
typedef struct gjr_raised_act {
    uint32_t present;
    uint32_t action;
    uint32_t post;    /* or GJR_NONE */
    int32_t offset_s; /* to print `at` as it was told */
    gj_instant at;
    gj_text source, id, officer; /* the step's arena's */
    gj_text office;              /* of `hand` alone */
} gjr_raised_act;

/* What a rule that relates acts was broken by. */
typedef struct gjr_raised_relation {
    gjr_raised_act first;  /* from which it looked at the act that is judged */
    gjr_raised_act judged; /* that act, where it is not the event at hand, which completed it */
    gj_instant until;      /* of what did not follow: up to when that is counted */
    uint32_t rule;         /* whose act `first` is */
    uint32_t zero;         /* no bytes between, since notes are compared as bytes */
} gjr_raised_relation;

/* How a limit stood when it was noted. */
typedef struct gjr_raised_limit {
    gj_instant since;
    gj_instant until; /* the act's instant, or now: what is counted to */
    gjr_pace pace;
    gj_instant counted_from; /* what is counted up to `until`, from here on; GJ_NEVER: nothing, */
    int64_t counted_before;  /* and so much before it, as the pace's `consumed` */
    uint32_t rung;           /* of the image: by which the finding stands, or GJR_NONE */
    gj_instant rung_at;      /* when it came to that */
    gj_text source, id;      /* of the event that started it, borrowed from the case */
    uint32_t again;          /* how often that event had started it before */
    uint32_t trigger;
    uint32_t held_in; /* the stage whose holder answers, or GJR_NONE */
    bool start_not_recorded;
    const struct gjr_raised_taken *turns; /* in the order in which they began; the arena's */
    uint32_t turn_count;
} gjr_raised_limit;

/* A stop or an extension that has no effect. */
typedef struct gjr_raised_turn {
    uint32_t clause;  /* row of the stops or extensions */
    uint32_t trigger; /* row of the triggers: by which of the clause's it began or was granted */
    gj_void_reason reason;
    gj_instant opened;     /* when it began, or was granted */
    gj_instant since;      /* from when on it works after all */
    gj_instant notice_due; /* GJ_NEVER: by the limit's end */
    gj_instant due;        /* of the limit */
    gj_text source, id;    /* of the event that began or granted it, borrowed from the case */
    /* Of the event that began the clock which took it over, or NULL. */
    gj_text taker_source, taker_id;
    uint32_t again; /* how often that event, or where there is one the last, had done so before */
} gjr_raised_turn;

/* What the law did, or was asked, when a limit ran out. */
typedef struct gjr_raised_law {
    uint32_t limit;     /* or GJR_NONE: it has no part in this */
    bool ran_out;       /* the finding is that limit's, which it ended */
    uint32_t effect;    /* row, or GJR_NONE: nothing followed */
    gj_instant at;      /* when it ran out */
    gj_instant as_of;   /* limits take what followed as of then */
    gj_text source, id; /* of the event that stands for it; the step's arena's */
} gjr_raised_law;

/* What a field held when the condition was judged; texts are the step's arena's. */
typedef struct gjr_raised_value {
    uint32_t field;
    bool known;
    const gj_text *items; /* one, unless the field is a list */
    size_t item_count;
} gjr_raised_value;

/* Arrays are the step's arena's. Whoever keeps a note beyond its step keeps what it points to as
 * well: engine/note.c, one place for all. */
typedef struct gjr_raised {
    uint32_t ordinal;
    gj_code code;
    gj_severity severity;
    gj_finding_status status;
    gj_subject_kind subject;
    uint32_t subject_index;
    uint32_t region; /* whose stages these are */
    uint32_t stage, stage_after;
    uint32_t position;                 /* of the clause */
    uint32_t basis_first, basis_count; /* of the citations */
    uint32_t transition;               /* the clause, where it is one, or GJR_NONE */
    uint32_t times, times_allowed;     /* repeated, rule; skipped-step: done before */
    const uint32_t *left_out;          /* skipped-step: transitions, in order */
    uint32_t left_out_count;
    gj_instant at;
    bool is_underway;   /* noted while the case was on its way: it stood where it then came to */
    bool by_event;      /* the event at hand is the judged one; else time alone raised it */
    gjr_raised_key key; /* of a limit that keeps a clock a key, or a rule that stands for each */
    gjr_raised_limit limit;
    gjr_raised_turn turn;
    gjr_raised_relation relation;
    gjr_raised_act hand;     /* by which it is known who had the case as it fell due (hand.h) */
    gjr_raised_law law;      /* by which it was found or closed */
    const uint32_t *missing; /* documents or fields */
    const uint32_t *present; /* documents */
    uint32_t missing_count, present_count;
    uint32_t failure; /* native-failed: gj_native_failure */
    uint32_t zero;
    int64_t failure_number;
    gj_text quoted;                 /* borrowed from the case */
    uint32_t condition;             /* the expression that decided, or GJR_NONE */
    const gjr_raised_value *values; /* of every field that the condition reads */
    uint32_t value_count;
    uint32_t decided_count;
    const uint32_t *decided; /* rows of decision tables that decided in what it rests on */
    uint32_t due_of;         /* missing-data: the limit that is due by the field, or GJR_NONE */
    uint32_t key_of;         /* likewise, that keeps a clock for each value of it */
    uint32_t key_of_rule;    /* missing-data: the rule that stands for each value of the field */
    uint32_t length_of;      /* likewise, of which it was to say how long it is */
    bool value_is_bad;       /* and it said a number that is none */
    uint32_t sets;           /* missing-data: the field that was to have its value, or GJR_NONE */
} gjr_raised;

#endif
