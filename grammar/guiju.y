/* SPDX-License-Identifier: Apache-2.0
 *
 * The grammar of both languages and both word orders. It builds the tree and does nothing else: every
 * action is one call that makes a node, and ast.def says what each node holds. Three conditions keep
 * it LALR(1) without a conflict: a newline is a token that ends a clause (the reader supplies one
 * before `}`), a keyword of several words is one token, and a word after `.` is always a name.
 *
 *     NAMES   what an English clause puts last, a Chinese one often puts first: `within D when E` is
 *             当 E 时 限 D. Such a rule has one alternative an order, making the same node.
 *     GROUP   a list being gathered; its items end as children of the node that takes it. An absent
 *             part is NULL and is skipped.
 *     SORTED  a clause whose parts may come in any order; make.c puts them in ast.def's.
 *
 * An `error` stands at the end of each block's list of clauses: the rest of the clause is dropped, and
 * since the newline puts the parser back on its feet, the next mistake is reported again (yyerrok).
 *
 * Where a literal reading would conflict: a bare `or` ends the `when` of a trigger (the level `both`);
 * a trailing `when` belongs to the clause, not to its last act (`points` have none); the binder `b in
 * bids: …` is read as an expression, and make.c checks that a name stands before the `in`. */

%define api.pure full
%define api.push-pull push
%define api.prefix {gjc_yy}
%define api.token.prefix {GJC_TOK_}
%define api.location.type {gjc_span}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%parse-param {gjc_builder *builder}

%code requires {
#include "syntax/make.h"
}

%union {
    gjc_token token;
    gjc_node *node;
}

%code {
#define YYLLOC_DEFAULT(whole, parts, count) gjc_make_span(&(whole), &YYRHSLOC(parts, 0), count)
/* One stack of a fixed size: deep nesting is a diagnostic, not memory. */
#define YYINITDEPTH GJC_PARSER_STACK
#define YYMAXDEPTH GJC_PARSER_STACK

static void gjc_yyerror(gjc_span *where, gjc_builder *builder, const char *message)
{
    gjc_make_exhausted(builder, *where, message);
}

#define LEAF(kind, token) gjc_make_leaf(builder, GJC_##kind, token)
#define GROUP(list, item) gjc_make_group(builder, list, item)
#define NODES(...)                                                                                 \
    (gjc_node *[]){__VA_ARGS__}, sizeof((gjc_node *[]){__VA_ARGS__}) / sizeof(gjc_node *)
#define MAKE(kind, where, ...) gjc_make(builder, GJC_##kind, where, NODES(__VA_ARGS__))
#define SORTED(kind, where, ...) gjc_make_sorted(builder, GJC_##kind, where, NODES(__VA_ARGS__))
#define VALUE(kind, where, value, ...)                                                             \
    gjc_make_value(builder, GJC_##kind, where, value, NODES(__VA_ARGS__))
#define VALUES(kind, where, from, to) gjc_make_range(builder, GJC_##kind, where, from, to)
#define WHOLE(token) gjc_make_whole(builder, token)
#define BINARY(kind, where, a, b) gjc_make_operation(builder, GJC_##kind, where, NODES(a, b))
#define RELATION(kind, token) ((gjc_token){.value = GJC_##kind, .span = (token).span})
#define UNARY(kind, where, a) gjc_make_operation(builder, GJC_##kind, where, NODES(a))
}

%token <token> NL "the end of the line"
%token <token> NAME "a name" STRING "a text in quotes" NUMBER "a number" MONEY "an amount of money"
%token <token> PERCENT "a percentage" DATE "a date" TIME "a time of day" DATETIME "a date and time"
%token <token> CITATION "an article" ARTICLE_NUMBER "an article's number" DAYNAME "a day of the week"
%token <token> UNIT "a unit of time" CODE "a finding's code" HYPHEN_CODE "a code with a hyphen"
%token <token> MODULE USE AS LAW ARTICLE EFFECTIVE REPEALED ARE UP_TO CALENDAR ZONE WEEK HOURS THROUGH YEAR
%token <token> HOLIDAY OFF ON_DAYS REFINES DEPARTMENT POST PARTY TITLE ALIAS TYPE FUNCTION TABLE HIT
%token <token> NATIVE FROM_NATIVE PURE TEMPLATE INCLUDE PROCEDURE VERSION MIGRATES DATA DOCUMENTS
%token <token> ONE_OF LIST_OF OPTIONAL REQUIRED ACTION STAGE INITIAL FINAL VOID HELD ON BY ARROW
%token <token> NEEDS WHEN THEN ONCE AT_MOST TIMES SET BASIS PARALLEL ALL ANY BRANCH OF AFTER UNDONE
%token <token> DEEMED AS_START AS_EXPIRY LIMIT STATUTORY PROMISED WITHIN INSIDE FROM SINCE TO
%token <token> UNTIL_END ENTERING LEAVING AT_LEAST BEFORE PLACE UNTIL_BY EXTENDED VIA NOTIFIED
%token <token> NOT_COUNTING TAKEN RESTARTS PER OPEN EXPIRES NOTICE YELLOW RED OVERDUE AT DUTY HOLDER
%token <token> CLOSE_OF_BUSINESS ROLLS DOES_NOT_ROLL MAY MUST NEVER RULE REQUIRE NOT_BOTH BETWEEN
%token <token> IN_BETWEEN UNTIL EVERY FOLLOWED PRECEDED EXACTLY COUNT SEPARATE JOIN BY_OFFICERS
%token <token> SEPARATE_ZH JOIN_ZH POSTS SEPARATE_POSTS_ZH EXCEPT JUDGEMENT ENDS ANEW KEPT AND OR NOT IS_NOT IS IN GE LE GT
%token <token> LT EQ NE DOTDOT MOD TRUE FALSE ELSE WATCH OVER CARDS SCORECARD PERIOD START EACH
%token <token> MINUS PLUS GRADE FROM_GRADE BELOW HANDLE SCENARIO FOR TRY EXPECT NO_DEVIATIONS DUE
%token <token> REFUSED WITH RECORDED CORRECT RETRACT
%token <token> ANYTHING "_"

%type <node> decls decl path paths name names nameset post posts_named postset title strings
%type <node> lawdates lawdate repealed repealed_opt law lawclauses lawclause effective artno counts counts_opt countfor numbers
%type <node> calendar refines calclauses calclause dayspans dayspan timespans timespan
%type <node> exceptions exception datespans datespan
%type <node> department posts deptpost alias party typed type choices choice fields field
%type <node> optional default params paramlist param function result arms arm
%type <node> table hit rows row cells cell relation native pure template includes args arg
%type <node> procedure clauses clause limitkind params_opt docs doc docneed
%type <node> stageflag stagehead stageattr within duration stagebody stageclauses stageclause
%type <node> parts part lawparts lawpart deemed asof asof_opt payload pairs pair
%type <node> basis citations citation basis_opt parallel parallelmode branches of
%type <node> point points trigger triggers limitclauses limitclause stops cond when lead
%type <node> extparts extpart severity severity_opt rung dutyclauses dutyclause
%type <node> rulebody except ruleclause rulewhen rulewithin rulebefore per_opt acts
%type <node> migrations migration migrationunit
%type <node> watch watchclauses watchclause cards cardlines card code cardsubject
%type <node> scorecard scorekeys scorekey scoreclauses scoreclause scoreof cap grades grade handle
%type <node> scenario steps step moment acting actparts actpart actor by_opt expectation
%type <node> expr both notx cmp chain sum product orelse unary primary
%type <token> range bound sign relop

%%

file
    : decls { gjc_make_file(builder, @$, $1); }
    ;
decls
    : %empty { $$ = NULL; }
    | decls decl NL { $$ = GROUP($1, $2); }
    | decls error NL { $$ = $1; yyerrok; }
    ;
decl
    : MODULE path { $$ = MAKE(MODULE, @$, $2); }
    | USE path { $$ = MAKE(USE, @$, $2); }
    | USE path AS name { $$ = MAKE(USE, @$, $2, $4); }
    | law | calendar | department | party | typed | function | table | native | template
    | procedure | watch | cards | scorecard | handle | scenario
    ;

/* ---- names ---- */
name
    : NAME { $$ = LEAF(NAME, $1); }
    ;
path
    : name { $$ = gjc_make_path(builder, @$, NULL, $1); }
    | path '.' name { $$ = gjc_make_path(builder, @$, $1, $3); }
    ;
paths
    : path { $$ = GROUP(NULL, $1); }
    | paths ',' path { $$ = GROUP($1, $3); }
    ;
names
    : name { $$ = GROUP(NULL, $1); }
    | names ',' name { $$ = GROUP($1, $3); }
    ;
nameset
    : names
    | names AND name { $$ = GROUP($1, $3); }
    ;
/* A post, where two departments have one of the name, with its department: `amr.window`. */
post
    : name
    | name '.' name { $$ = gjc_make_path(builder, @$, gjc_make_path(builder, @1, NULL, $1), $3); }
    ;
posts_named
    : post { $$ = GROUP(NULL, $1); }
    | posts_named ',' post { $$ = GROUP($1, $3); }
    ;
postset
    : posts_named
    | posts_named AND post { $$ = GROUP($1, $3); }
    ;
title
    : %empty { $$ = NULL; }
    | STRING { $$ = LEAF(TITLE, $1); }
    | TITLE STRING { $$ = LEAF(TITLE, $2); }
    ;
alias
    : %empty { $$ = NULL; }
    | alias ALIAS strings { $$ = GROUP($1, $3); }
    ;
strings
    : STRING { $$ = GROUP(NULL, LEAF(ALIAS, $1)); }
    | strings ',' STRING { $$ = GROUP($1, LEAF(ALIAS, $3)); }
    ;

/* ---- laws ---- */
law
    : LAW name title lawdates '{' lawclauses '}' { $$ = MAKE(LAW, @$, $2, $3, $4, $6); }
    ;
lawdates
    : %empty { $$ = NULL; }
    | lawdates lawdate { $$ = GROUP($1, $2); }
    | lawdates ',' lawdate { $$ = GROUP($1, $3); }
    ;
lawdate
    : EFFECTIVE DATE { $$ = LEAF(EFFECTIVE, $2); }
    | FROM DATE EFFECTIVE { $$ = LEAF(EFFECTIVE, $2); }
    | repealed
    ;
repealed
    : REPEALED DATE { $$ = LEAF(REPEALED, $2); }
    | FROM DATE REPEALED { $$ = LEAF(REPEALED, $2); }
    ;
repealed_opt
    : %empty { $$ = NULL; }
    | repealed
    ;
effective
    : %empty { $$ = NULL; }
    | EFFECTIVE DATE { $$ = LEAF(EFFECTIVE, $2); }
    | FROM DATE EFFECTIVE { $$ = LEAF(EFFECTIVE, $2); }
    ;
lawclauses
    : %empty { $$ = NULL; }
    | lawclauses lawclause NL { $$ = GROUP($1, $2); }
    | lawclauses error NL { $$ = $1; yyerrok; }
    ;
lawclause
    : ARTICLE artno title repealed_opt counts_opt { $$ = MAKE(ARTICLE, @$, $2, $3, $4, $5); }
    | counts
    ;
artno
    : NUMBER { $$ = gjc_make_article(builder, @$); }
    | NUMBER '-' NUMBER { $$ = gjc_make_article(builder, @$); }
    | ARTICLE_NUMBER { $$ = gjc_make_article(builder, @$); }
    | CITATION { $$ = gjc_make_article(builder, @$); }
    ;
counts_opt
    : %empty { $$ = NULL; }
    | counts
    ;
counts
    : UNIT ARE UNIT countfor { $$ = gjc_make_counts(builder, @$, $1, $3, $4); }
    ;
countfor
    : %empty { $$ = NULL; }
    | FOR numbers { $$ = $2; }
    | UP_TO NUMBER { $$ = MAKE(COUNTS_UP_TO, @$, LEAF(EXPR_NUMBER, $2)); }
    ;
numbers
    : NUMBER { $$ = GROUP(NULL, LEAF(EXPR_NUMBER, $1)); }
    | numbers ',' NUMBER { $$ = GROUP($1, LEAF(EXPR_NUMBER, $3)); }
    ;

/* ---- calendars ---- */
calendar
    : CALENDAR name title refines '{' calclauses '}' { $$ = MAKE(CALENDAR, @$, $2, $3, $4, $6); }
    ;
refines
    : %empty { $$ = NULL; }
    | REFINES path { $$ = MAKE(REFINES, @$, $2); }
    ;
calclauses
    : %empty { $$ = NULL; }
    | calclauses calclause NL { $$ = GROUP($1, $2); }
    | calclauses error NL { $$ = $1; yyerrok; }
    ;
calclause
    : ZONE STRING { $$ = LEAF(ZONE, $2); }
    | WEEK dayspans { $$ = MAKE(WEEK, @$, $2); }
    | HOURS timespans { $$ = MAKE(HOURS, @$, $2); }
    | THROUGH DATE { $$ = LEAF(PUBLISHED, $2); }
    | YEAR NUMBER '{' exceptions '}' { $$ = VALUE(YEAR, @$, WHOLE($2), $4); }
    ;
dayspans
    : dayspan { $$ = GROUP(NULL, $1); }
    | dayspans ',' dayspan { $$ = GROUP($1, $3); }
    ;
dayspan
    : DAYNAME { $$ = VALUES(WEEKDAYS, @$, $1, $1); }
    | DAYNAME range DAYNAME { $$ = VALUES(WEEKDAYS, @$, $1, $3); }
    ;
range
    : DOTDOT | TO
    ;
timespans
    : timespan { $$ = GROUP(NULL, $1); }
    | timespans ',' timespan { $$ = GROUP($1, $3); }
    ;
timespan
    : TIME '-' TIME { $$ = VALUES(TIME_SPAN, @$, $1, $3); }
    | TIME TO TIME { $$ = VALUES(TIME_SPAN, @$, $1, $3); }
    ;
exceptions
    : %empty { $$ = NULL; }
    | exceptions exception NL { $$ = GROUP($1, $2); }
    | exceptions error NL { $$ = $1; yyerrok; }
    ;
exception
    : HOLIDAY title datespans { $$ = MAKE(HOLIDAY, @$, $2, $3); }
    | OFF title datespans title { $$ = gjc_make_days(builder, GJC_OFF, @$, NODES($2, $3, $4)); }
    | on_days title datespans title
        { $$ = gjc_make_days(builder, GJC_ON_DAYS, @$, NODES($2, $3, $4)); }
    ;
on_days
    : ON | ON_DAYS
    ;
datespans
    : datespan { $$ = GROUP(NULL, $1); }
    | datespans ',' datespan { $$ = GROUP($1, $3); }
    ;
datespan
    : DATE { $$ = VALUES(DAY_SPAN, @$, $1, $1); }
    | DATE range DATE { $$ = VALUES(DAY_SPAN, @$, $1, $3); }
    ;

/* ---- who acts ---- */
department
    : DEPARTMENT name title alias { $$ = MAKE(DEPARTMENT, @$, $2, $3, $4); }
    | DEPARTMENT name title alias '{' posts '}' { $$ = MAKE(DEPARTMENT, @$, $2, $3, $4, $6); }
    ;
posts
    : %empty { $$ = NULL; }
    | posts deptpost NL { $$ = GROUP($1, $2); }
    | posts error NL { $$ = $1; yyerrok; }
    ;
deptpost
    : POST name title alias { $$ = MAKE(POST, @$, $2, $3, $4); }
    ;
party
    : PARTY name title { $$ = MAKE(PARTY, @$, $2, $3); }
    ;

/* ---- types, functions, tables, natives, templates ---- */
typed
    : TYPE name title EQ type { $$ = MAKE(TYPE, @$, $2, $3, $5); }
    | TYPE name title '{' fields '}' { $$ = MAKE(TYPE, @$, $2, $3, $5); }
    ;
type
    : path { $$ = MAKE(TYPE_NAME, @$, $1); }
    | ONE_OF '{' choices NL '}' { $$ = MAKE(TYPE_ONE_OF, @$, $3); }
    | LIST_OF type { $$ = UNARY(TYPE_LIST, @$, $2); }
    ;
choices
    : choice { $$ = GROUP(NULL, $1); }
    | choices ',' choice { $$ = GROUP($1, $3); }
    | choices NL choice { $$ = GROUP($1, $3); }
    ;
choice
    : name title { $$ = MAKE(CHOICE, @$, $1, $2); }
    ;
fields
    : %empty { $$ = NULL; }
    | fields field NL { $$ = GROUP($1, $2); }
    | fields error NL { $$ = $1; yyerrok; }
    ;
field
    : name title ':' type optional default basis_opt
        { $$ = MAKE(FIELD, @$, $1, $2, $4, $5, $6, $7); }
    ;
optional
    : %empty { $$ = NULL; }
    | OPTIONAL { $$ = LEAF(OPTIONAL, $1); }
    ;
default
    : %empty { $$ = NULL; }
    | EQ expr { $$ = MAKE(DEFAULT, @$, $2); }
    ;
params
    : '(' ')' { $$ = NULL; }
    | '(' paramlist ')' { $$ = $2; }
    ;
paramlist
    : param { $$ = GROUP(NULL, $1); }
    | paramlist ',' param { $$ = GROUP($1, $3); }
    ;
param
    : name title ':' type optional { $$ = MAKE(PARAMETER, @$, $1, $2, $4, $5); }
    ;
result
    : ARROW type { $$ = MAKE(RESULT, @$, $2); }
    ;
function
    : FUNCTION name title params result EQ expr { $$ = MAKE(FUNCTION, @$, $2, $3, $4, $5, $7); }
    | FUNCTION name title params result '{' arms '}'
        { $$ = MAKE(FUNCTION, @$, $2, $3, $4, $5, $7); }
    ;
arms
    : %empty { $$ = NULL; }
    | arms arm NL { $$ = GROUP($1, $2); }
    | arms error NL { $$ = $1; yyerrok; }
    ;
arm
    : WHEN expr ':' expr { $$ = gjc_make_arm(builder, @$, $2, $4); }
    | WHEN expr THEN expr { $$ = gjc_make_arm(builder, @$, $2, $4); }
    | ELSE expr { $$ = MAKE(ELSE_ARM, @$, $2); }
    ;
table
    : TABLE name title params result hit '{' rows '}'
        { $$ = MAKE(TABLE, @$, $2, $3, $4, $5, $6, $8); }
    ;
hit
    : %empty { $$ = NULL; }
    | HIT { $$ = LEAF(HIT, $1); }
    ;
rows
    : %empty { $$ = NULL; }
    | rows row NL { $$ = GROUP($1, $2); }
    | rows error NL { $$ = $1; yyerrok; }
    ;
row
    : cells ARROW expr basis_opt { $$ = MAKE(ROW, @$, MAKE(CELLS, @1, $1), $3, $4); }
    | ELSE ARROW expr { $$ = MAKE(ELSE_ARM, @$, $3); }
    ;
cells
    : cell { $$ = GROUP(NULL, $1); }
    | cells ',' cell { $$ = GROUP($1, $3); }
    ;
cell
    : sum
    | relation
    | sum DOTDOT sum { $$ = MAKE(CELL_RANGE, @$, $1, $3); }
    | IN sum { $$ = MAKE(CELL_IN, @$, $2); }
    | NOT sum { $$ = MAKE(CELL_NOT, @$, $2); }
    | ANYTHING { $$ = LEAF(CELL_ANY, $1); }
    ;
relation
    : GE sum { $$ = VALUE(CELL_RELATION, @$, GJC_EXPR_GREATER_EQUAL, $2); }
    | LE sum { $$ = VALUE(CELL_RELATION, @$, GJC_EXPR_LESS_EQUAL, $2); }
    | GT sum { $$ = VALUE(CELL_RELATION, @$, GJC_EXPR_GREATER, $2); }
    | LT sum { $$ = VALUE(CELL_RELATION, @$, GJC_EXPR_LESS, $2); }
    | EQ sum { $$ = VALUE(CELL_RELATION, @$, GJC_EXPR_IS, $2); }
    | NE sum { $$ = VALUE(CELL_RELATION, @$, GJC_EXPR_IS_NOT, $2); }
    ;
native
    : NATIVE name title params result from_native STRING pure
        { $$ = MAKE(NATIVE, @$, $2, $3, $4, $5, LEAF(LIBRARY, $7), $8); }
    ;
from_native
    : FROM | FROM_NATIVE
    ;
pure
    : %empty { $$ = NULL; }
    | PURE { $$ = LEAF(PURE, $1); }
    ;
template
    : TEMPLATE name title params '{' clauses '}' { $$ = MAKE(TEMPLATE, @$, $2, $3, $4, $6); }
    | TEMPLATE name title params FOR STAGE '{' stageclauses '}'
        { $$ = MAKE(TEMPLATE_STAGE, @$, $2, $3, $4, $8); }
    | TEMPLATE name title params FOR LIMIT '{' limitclauses '}'
        { $$ = MAKE(TEMPLATE_LIMIT, @$, $2, $3, $4, $8); }
    ;
includes
    : INCLUDE path '(' ')' { $$ = MAKE(INCLUDE, @$, $2); }
    | INCLUDE path '(' args ')' { $$ = MAKE(INCLUDE, @$, $2, $4); }
    ;

/* ---- procedures ---- */
procedure
    : PROCEDURE name title '{' clauses '}' { $$ = MAKE(PROCEDURE, @$, $2, $3, $5); }
    ;
clauses
    : %empty { $$ = NULL; }
    | clauses clause NL { $$ = GROUP($1, $2); }
    | clauses error NL { $$ = $1; yyerrok; }
    ;
clause
    : VERSION NUMBER effective { $$ = VALUE(VERSION, @$, WHOLE($2), $3); }
    | CALENDAR path { $$ = MAKE(USES_CALENDAR, @$, $2); }
    | basis
    | includes
    | DATA '{' fields '}' { $$ = MAKE(DATA, @$, $3); }
    | DOCUMENTS '{' docs '}' { $$ = MAKE(DOCUMENTS, @$, $3); }
    | ACTION name title alias params_opt { $$ = MAKE(ACTION, @$, $2, $3, $4, $5); }
    | STAGE name title stageflag stagehead stagebody
        { $$ = gjc_make_stage(builder, @$, NODES($2, $3, $4, $5), $6); }
    | LIMIT name title limitkind '{' limitclauses '}' { $$ = MAKE(LIMIT, @$, $2, $3, $4, $6); }
    | POST post '{' dutyclauses '}' { $$ = MAKE(POST_DUTIES, @$, $2, $4); }
    | RULE name title severity_opt basis_opt '{' rulebody '}'
        { $$ = MAKE(RULE, @$, $2, $3, $4, $5, $7); }
    | JUDGEMENT name title BY posts_named basis_opt
        { $$ = MAKE(JUDGEMENT, @$, $2, $3, MAKE(BY, @5, $5), $6); }
    | MIGRATES NUMBER '{' migrations '}' { $$ = VALUE(MIGRATES, @$, WHOLE($2), $4); }
    ;
limitkind
    : %empty { $$ = NULL; }
    | STATUTORY { $$ = LEAF(STATUTORY, $1); }
    | PROMISED { $$ = LEAF(PROMISED, $1); }
    ;
params_opt
    : %empty { $$ = NULL; }
    | params
    ;
docs
    : %empty { $$ = NULL; }
    | docs doc NL { $$ = GROUP($1, $2); }
    | docs error NL { $$ = $1; yyerrok; }
    ;
doc
    : name title docneed basis_opt { $$ = MAKE(DOCUMENT, @$, $1, $2, $3, $4); }
    ;
docneed
    : %empty { $$ = NULL; }
    | OPTIONAL { $$ = LEAF(OPTIONAL, $1); }
    | REQUIRED { $$ = LEAF(REQUIRED, $1); }
    | REQUIRED when { $$ = MAKE(REQUIRED, @$, $2); }
    | lead REQUIRED { $$ = MAKE(REQUIRED, @$, $1); }
    ;
/* A condition after what it governs, and one before it, closed by 时. */
when
    : WHEN expr then_opt { $$ = MAKE(WHEN, @$, $2); }
    ;
lead
    : WHEN expr THEN { $$ = MAKE(WHEN, @$, $2); }
    ;
then_opt
    : %empty | THEN
    ;

/* ---- stages ---- */
stageflag
    : %empty { $$ = NULL; }
    | INITIAL { $$ = LEAF(INITIAL, $1); }
    | FINAL { $$ = LEAF(FINAL, $1); }
    | FINAL VOID { $$ = LEAF(FINAL_VOID, $1); }
    ;
stagehead
    : %empty { $$ = NULL; }
    | stagehead stageattr { $$ = GROUP($1, $2); }
    ;
stageattr
    : HELD post { $$ = MAKE(HELD_BY, @$, $2); }
    | within
    ;
within
    : WITHIN duration inside_opt { $$ = MAKE(WITHIN, @$, $2); }
    ;
inside_opt
    : %empty | INSIDE
    ;
duration
    : NUMBER UNIT { $$ = VALUE(DURATION, @$, $2.value, LEAF(EXPR_NUMBER, $1)); }
    | path UNIT { $$ = VALUE(DURATION, @$, $2.value, gjc_make_as(builder, $1, GJC_EXPR_PATH)); }
    | '(' expr ')' UNIT { $$ = VALUE(DURATION, @$, $4.value, $2); }
    ;
stagebody
    : %empty { $$ = NULL; }
    | '{' stageclauses '}' { $$ = $2; }
    ;
stageclauses
    : %empty { $$ = NULL; }
    | stageclauses stageclause NL { $$ = GROUP($1, $2); }
    | stageclauses error NL { $$ = $1; yyerrok; }
    ;
stageclause
    : ON name parts { $$ = SORTED(ON, @$, $2, $3); }
    | BY postset name parts { $$ = SORTED(ON, @$, $3, MAKE(BY, @2, $2), $4); }
    | lead BY postset name parts { $$ = SORTED(ON, @$, $4, $1, MAKE(BY, @3, $3), $5); }
    | lead ON name parts { $$ = SORTED(ON, @$, $3, $1, $4); }
    | AFTER duration FROM points lawparts { $$ = SORTED(AFTER, @$, $2, MAKE(FROM, @4, $4), $5); }
    | FROM points SINCE AFTER duration undone lawparts
        { $$ = SORTED(AFTER, @$, $5, MAKE(FROM, @2, $2), $7); }
    | parallel
    | includes
    ;
undone
    : %empty | UNDONE
    ;
parts
    : %empty { $$ = NULL; }
    | parts part { $$ = GROUP($1, $2); }
    ;
part
    : BY postset { $$ = MAKE(BY, @$, $2); }
    | when
    | ARROW name { $$ = MAKE(GOTO, @$, $2); }
    | NEEDS DOCUMENTS { $$ = MAKE(NEEDS, @$, LEAF(ALL_DOCUMENTS, $2)); }
    | NEEDS nameset { $$ = MAKE(NEEDS, @$, $2); }
    | ONCE { $$ = gjc_make_once(builder, @$); }
    | AT_MOST NUMBER TIMES { $$ = VALUE(AT_MOST_TIMES, @$, WHOLE($2), NULL); }
    | SET name EQ expr { $$ = MAKE(SET, @$, $2, $4); }
    | basis
    ;
lawparts
    : %empty { $$ = NULL; }
    | lawparts lawpart { $$ = GROUP($1, $2); }
    ;
lawpart
    : ARROW name { $$ = MAKE(GOTO, @$, $2); }
    | when
    | deemed
    | DUTY post { $$ = MAKE(DUTY, @$, $2); }
    | DUTY HOLDER { $$ = MAKE(DUTY, @$, LEAF(HOLDER, $2)); }
    | basis
    ;
deemed
    : DEEMED name payload asof_opt { $$ = MAKE(DEEMED, @$, $2, $3, $4); }
    | DEEMED asof name payload { $$ = MAKE(DEEMED, @$, $3, $4, $2); }
    ;
asof_opt
    : %empty { $$ = NULL; }
    | asof
    ;
asof
    : AS_START { $$ = LEAF(AS_OF_START, $1); }
    | AS_EXPIRY { $$ = LEAF(AS_OF_EXPIRY, $1); }
    ;
payload
    : %empty { $$ = NULL; }
    | '{' '}' { $$ = MAKE(PAYLOAD, @$, NULL); }
    | '{' pairs NL '}' { $$ = MAKE(PAYLOAD, @$, $2); }
    ;
pairs
    : pair { $$ = GROUP(NULL, $1); }
    | pairs ',' pair { $$ = GROUP($1, $3); }
    | pairs NL pair { $$ = GROUP($1, $3); }
    ;
pair
    : name ':' expr { $$ = MAKE(PAIR, @$, $1, $3); }
    ;
basis
    : BASIS citations { $$ = gjc_make_basis(builder, @$, $2); }
    ;
citations
    : citation { $$ = GROUP(NULL, $1); }
    | citations ',' citation { $$ = GROUP($1, $3); }
    ;
citation
    : CITATION { $$ = gjc_make_citation(builder, @1); }
    | path { $$ = gjc_make_law(builder, @1, $1); }
    ;
basis_opt
    : %empty { $$ = NULL; }
    | basis
    ;
parallel
    : PARALLEL parallelmode '{' branches '}' ARROW name
        { $$ = MAKE(PARALLEL, @$, $2, $4, MAKE(GOTO, @7, $7)); }
    ;
parallelmode
    : %empty { $$ = NULL; }
    | ALL { $$ = NULL; }
    | ANY { $$ = LEAF(ANY, $1); }
    | NUMBER { $$ = LEAF(EXPR_NUMBER, $1); }
    ;
branches
    : %empty { $$ = NULL; }
    | branches BRANCH name title of '{' clauses '}' NL
        { $$ = GROUP($1, MAKE(BRANCH, @2, $3, $4, $5, $7)); }
    | branches error NL { $$ = $1; yyerrok; }
    ;
of
    : %empty { $$ = NULL; }
    | OF path { $$ = MAKE(OF, @$, $2); }
    ;

/* ---- limits ---- */
point
    : path { $$ = MAKE(TRIGGER, @$, $1); }
    | ENTERING name { $$ = MAKE(TRIGGER, @$, MAKE(ENTERING, @$, $2)); }
    | LEAVING name { $$ = MAKE(TRIGGER, @$, MAKE(LEAVING, @$, $2)); }
    ;
points
    : point { $$ = GROUP(NULL, $1); }
    | points OR point { $$ = GROUP($1, $3); }
    ;
trigger
    : point
    | WHEN both THEN point { $$ = gjc_make_join(builder, $4, MAKE(WHEN, @2, $2)); }
    | point WHEN both then_opt { $$ = gjc_make_join(builder, $1, MAKE(WHEN, @3, $3)); }
    ;
triggers
    : trigger { $$ = GROUP(NULL, $1); }
    | triggers OR trigger { $$ = GROUP($1, $3); }
    ;
limitclauses
    : %empty { $$ = NULL; }
    | limitclauses limitclause NL { $$ = GROUP($1, $2); }
    | limitclauses error NL { $$ = $1; yyerrok; }
    ;
limitclause
    : FROM triggers since_opt { $$ = MAKE(FROM, @$, $2); }
    | FROM triggers since_opt TO triggers end_opt
        { $$ = MAKE(GROUP, @$, MAKE(FROM, @2, $2), MAKE(TO, @5, $5)); }
    | FROM triggers since_opt TO triggers end_opt within cond
        { $$ = MAKE(GROUP, @$, MAKE(FROM, @2, $2), MAKE(TO, @5, $5),
                    gjc_make_join(builder, $7, $8)); }
    | FROM triggers SINCE duration INSIDE MUST points basis_opt
        { $$ = MAKE(GROUP, @$, MAKE(FROM, @2, $2), MAKE(TO, @7, $7), MAKE(WITHIN, @4, $4, $8)); }
    | lead FROM triggers SINCE duration INSIDE MUST points basis_opt
        { $$ = MAKE(GROUP, @$, MAKE(FROM, @3, $3), MAKE(TO, @8, $8), MAKE(WITHIN, @5, $5, $1, $9)); }
    | TO triggers end_opt { $$ = MAKE(TO, @$, $2); }
    | FROM triggers SINCE RESTARTS { $$ = MAKE(RESTARTS, @$, $2); }
    | CALENDAR path { $$ = MAKE(USES_CALENDAR, @$, $2); }
    | RESTARTS triggers { $$ = MAKE(RESTARTS, @$, $2); }
    | within cond { $$ = gjc_make_join(builder, $1, $2); }
    | lead within basis_opt { $$ = gjc_make_join(builder, gjc_make_join(builder, $2, $1), $3); }
    | WITHIN duration TO duration inside_opt cond { $$ = MAKE(WITHIN_RANGE, @$, $2, $4, $6); }
    | FROM duration TO duration cond { $$ = MAKE(WITHIN_RANGE, @$, $2, $4, $5); }
    | AT_LEAST duration cond { $$ = MAKE(AT_LEAST, @$, $2, $3); }
    | lead AT_LEAST duration basis_opt { $$ = MAKE(AT_LEAST, @$, $3, $1, $4); }
    | AT_LEAST duration BEFORE point cond { $$ = MAKE(AT_LEAST_BEFORE, @$, $2, $4, $5); }
    | PLACE point AT_LEAST duration BEFORE cond { $$ = MAKE(AT_LEAST_BEFORE, @$, $4, $2, $6); }
    | lead PLACE point AT_LEAST duration BEFORE basis_opt
        { $$ = MAKE(AT_LEAST_BEFORE, @$, $5, $3, $1, $7); }
    | WITHIN duration BEFORE point cond { $$ = MAKE(WITHIN_BEFORE, @$, $2, $4, $5); }
    | PLACE point BEFORE duration INSIDE cond { $$ = MAKE(WITHIN_BEFORE, @$, $4, $2, $6); }
    | lead PLACE point BEFORE duration INSIDE basis_opt
        { $$ = MAKE(WITHIN_BEFORE, @$, $5, $3, $1, $7); }
    | BY path cond { $$ = MAKE(BY_DATE, @$, $2, $3); }
    | UNTIL_BY path cond { $$ = MAKE(BY_DATE, @$, $2, $3); }
    | EXTENDED duration BY points extparts { $$ = SORTED(EXTENDED, @$, $2, $4, $5); }
    | VIA points EXTENDED duration extparts { $$ = SORTED(EXTENDED, @$, $4, $2, $5); }
    | lead EXTENDED duration BY points extparts { $$ = SORTED(EXTENDED, @$, $3, $5, $1, $6); }
    | lead VIA points EXTENDED duration extparts { $$ = SORTED(EXTENDED, @$, $5, $3, $1, $6); }
    | NOT_COUNTING stops taken_opt extparts { $$ = SORTED(NOT_COUNTING, @$, $2, $4); }
    | lead NOT_COUNTING stops taken_opt extparts { $$ = SORTED(NOT_COUNTING, @$, $3, $1, $5); }
    | NOT_COUNTING FROM points since_opt TO points end_opt taken_opt extparts
        { $$ = SORTED(NOT_COUNTING, @$, MAKE(FROM, @3, $3), MAKE(TO, @6, $6), $9); }
    | PER path { $$ = MAKE(PER, @$, $2); }
    | PER path AT_MOST NUMBER OPEN
        { $$ = MAKE(PER, @$, $2, VALUE(AT_MOST_OPEN, @4, WHOLE($4), NULL)); }
    | rung
    | EXPIRES lawparts { $$ = SORTED(EXPIRES, @$, $2); }
    | includes
    | basis
    | DUTY post { $$ = MAKE(DUTY, @$, $2); }
    | DUTY HOLDER { $$ = MAKE(DUTY, @$, LEAF(HOLDER, $2)); }
    | CLOSE_OF_BUSINESS { $$ = LEAF(CLOSE_OF_BUSINESS, $1); }
    | ROLLS { $$ = LEAF(ROLLS, $1); }
    | DOES_NOT_ROLL { $$ = LEAF(DOES_NOT_ROLL, $1); }
    ;
stops
    : path { $$ = GROUP(NULL, $1); }
    | stops OR path { $$ = GROUP($1, $3); }
    | stops AND path { $$ = GROUP($1, $3); }
    | stops ',' path { $$ = GROUP($1, $3); }
    ;
since_opt
    : %empty | SINCE
    ;
end_opt
    : %empty | UNTIL_END
    ;
taken_opt
    : %empty | TAKEN
    ;
cond
    : %empty { $$ = NULL; }
    | when basis_opt { $$ = MAKE(GROUP, @$, $1, $2); }
    | basis
    ;
extparts
    : %empty { $$ = NULL; }
    | extparts extpart { $$ = GROUP($1, $2); }
    ;
extpart
    : when
    | AT_MOST NUMBER TIMES { $$ = VALUE(AT_MOST_TIMES, @$, WHOLE($2), NULL); }
    | AT_MOST duration { $$ = MAKE(AT_MOST_FOR, @$, $2); }
    | NOTIFIED name { $$ = MAKE(NOTIFIED, @$, $2); }
    | NOTIFIED name WITHIN duration { $$ = MAKE(NOTIFIED, @$, $2, $4); }
    | NOTIFIED duration INSIDE name { $$ = MAKE(NOTIFIED, @$, $4, $2); }
    | basis
    ;
severity
    : NOTICE { $$ = LEAF(SEVERITY, $1); }
    | YELLOW { $$ = LEAF(SEVERITY, $1); }
    | RED { $$ = LEAF(SEVERITY, $1); }
    ;
severity_opt
    : %empty { $$ = NULL; }
    | severity
    ;
rung
    : severity BEFORE duration { $$ = gjc_make_rung(builder, GJC_RUNG_BEFORE, @$, $1, $3); }
    | severity AT PERCENT
        { $$ = gjc_make_rung(builder, GJC_RUNG_AT, @$, $1, LEAF(EXPR_PERCENT, $3)); }
    | severity OVERDUE { $$ = gjc_make_rung(builder, GJC_RUNG_OVERDUE, @$, $1, NULL); }
    | severity OVERDUE duration { $$ = gjc_make_rung(builder, GJC_RUNG_OVERDUE, @$, $1, $3); }
    ;

/* ---- posts ---- */
dutyclauses
    : %empty { $$ = NULL; }
    | dutyclauses dutyclause NL { $$ = GROUP($1, $2); }
    | dutyclauses error NL { $$ = $1; yyerrok; }
    ;
dutyclause
    : MAY name cond { $$ = MAKE(MAY, @$, $2, $3); }
    | lead MAY name basis_opt { $$ = MAKE(MAY, @$, $3, $1, $4); }
    | NEVER name cond { $$ = MAKE(NEVER, @$, $2, $3); }
    | lead NEVER name basis_opt { $$ = MAKE(NEVER, @$, $3, $1, $4); }
    | MUST name cond { $$ = MAKE(MUST, @$, $2, $3); }
    | lead MUST name basis_opt { $$ = MAKE(MUST, @$, $3, $1, $4); }
    | MUST name BY path cond { $$ = MAKE(MUST, @$, $2, MAKE(BY_DATE, @4, $4), $5); }
    | MUST name AT_LEAST duration BEFORE point cond
        { $$ = MAKE(MUST, @$, $2, MAKE(AT_LEAST_BEFORE, @4, $4, $6), $7); }
    | PLACE point AT_LEAST duration BEFORE MUST name cond
        { $$ = MAKE(MUST, @$, $7, MAKE(AT_LEAST_BEFORE, @4, $4, $2), $8); }
    | MUST name WITHIN duration BEFORE point cond
        { $$ = MAKE(MUST, @$, $2, MAKE(WITHIN_BEFORE, @4, $4, $6), $7); }
    | PLACE point BEFORE duration INSIDE MUST name cond
        { $$ = MAKE(MUST, @$, $7, MAKE(WITHIN_BEFORE, @4, $4, $2), $8); }
    | UNTIL_BY path MUST name cond { $$ = MAKE(MUST, @$, $4, MAKE(BY_DATE, @2, $2), $5); }
    | MUST name WITHIN duration inside_opt FROM points cond
        { $$ = MAKE(MUST, @$, $2, MAKE(FROM, @7, $7), MAKE(WITHIN, @4, $4), $8); }
    | MUST FROM points SINCE duration INSIDE name cond
        { $$ = MAKE(MUST, @$, $7, MAKE(FROM, @3, $3), MAKE(WITHIN, @5, $5), $8); }
    | lead MUST FROM points SINCE duration INSIDE name basis_opt
        { $$ = MAKE(MUST, @$, $8, MAKE(FROM, @4, $4), MAKE(WITHIN, @6, $6), $1, $9); }
    ;

/* ---- rules ---- */
rulebody
    : ruleclause NL { $$ = GROUP(NULL, $1); }
    | error NL { $$ = NULL; yyerrok; }
    | rulebody except NL { $$ = GROUP($1, $2); }
    ;
except
    : EXCEPT when basis_opt { $$ = MAKE(EXCEPT, @$, $2, $3); }
    | lead EXCEPT basis_opt { $$ = MAKE(EXCEPT, @$, $1, $3); }
    ;
acts
    : nameset { $$ = MAKE(ACTS, @$, $1); }
    ;
ruleclause
    : ON name REQUIRE expr { $$ = MAKE(RULE_REQUIRE, @$, $2, $4); }
    | ON name REQUIRE expr when { $$ = MAKE(RULE_REQUIRE, @$, $2, $4, $5); }
    | lead ON name REQUIRE expr { $$ = MAKE(RULE_REQUIRE, @$, $3, $5, $1); }
    | NEVER acts { $$ = MAKE(RULE_NEVER, @$, $2); }
    | NEVER acts when { $$ = MAKE(RULE_NEVER, @$, $2, $3); }
    | lead NEVER acts { $$ = MAKE(RULE_NEVER, @$, $3, $1); }
    | AFTER points NEVER acts per_opt
        { $$ = MAKE(RULE_AFTER_NEVER, @$, MAKE(FROM, @2, $2), $4, $5); }
    | AFTER points NEVER acts UNTIL points per_opt
        { $$ = MAKE(RULE_AFTER_NEVER, @$, MAKE(FROM, @2, $2), $4, MAKE(UNTIL, @6, $6), $7); }
    | PLACE points AFTER NEVER acts per_opt
        { $$ = MAKE(RULE_AFTER_NEVER, @$, MAKE(FROM, @2, $2), $5, $6); }
    | PLACE points AFTER points BEFORE NEVER acts per_opt
        { $$ = MAKE(RULE_AFTER_NEVER, @$, MAKE(FROM, @2, $2), $7, MAKE(UNTIL, @4, $4), $8); }
    | BETWEEN points AND points NEVER acts per_opt
        { $$ = MAKE(RULE_BETWEEN_NEVER, @$, MAKE(FROM, @2, $2), MAKE(TO, @4, $4), $6, $7); }
    | PLACE points AND points IN_BETWEEN NEVER acts per_opt
        { $$ = MAKE(RULE_BETWEEN_NEVER, @$, MAKE(FROM, @2, $2), MAKE(TO, @4, $4), $7, $8); }
    | NOT_BOTH acts { $$ = MAKE(RULE_NOT_BOTH, @$, $2); }
    | EVERY name rulewhen FOLLOWED name rulewhen rulewithin
        { $$ = MAKE(RULE_FOLLOWED, @$, MAKE(ACT, @2, $2, $3), MAKE(ACT, @5, $5, $6), $7); }
    | EVERY name rulewhen AFTER duration INSIDE MUST name rulewhen
        { $$ = MAKE(RULE_FOLLOWED, @$, MAKE(ACT, @2, $2, $3), MAKE(ACT, @8, $8, $9),
                    MAKE(WITHIN, @5, $5)); }
    | EVERY name PRECEDED name rulewhen rulebefore
        { $$ = MAKE(RULE_PRECEDED, @$, MAKE(ACT, @2, $2), MAKE(ACT, @4, $4, $5), $6); }
    | EVERY name BEFORE duration INSIDE MUST name
        { $$ = MAKE(RULE_PRECEDED, @$, MAKE(ACT, @2, $2), MAKE(ACT, @7, $7), MAKE(WITHIN, @4, $4)); }
    | EVERY name BEFORE AT_LEAST duration MUST name
        { $$ = MAKE(RULE_PRECEDED, @$, MAKE(ACT, @2, $2), MAKE(ACT, @7, $7),
                    MAKE(AT_LEAST, @5, $5)); }
    | COUNT name bound NUMBER TIMES per_opt
        { $$ = gjc_make_count(builder, @$, $3, $4, NODES($2, $6)); }
    | SEPARATE acts BY_OFFICERS { $$ = MAKE(RULE_SEPARATE, @$, $2); }
    | JOIN acts BY_OFFICERS { $$ = MAKE(RULE_JOIN, @$, $2); }
    | SEPARATE POSTS posts_named BY_OFFICERS
        { $$ = MAKE(RULE_SEPARATE_POSTS, @$, MAKE(BY, @3, $3)); }
    | POST postset SEPARATE_POSTS_ZH { $$ = MAKE(RULE_SEPARATE_POSTS, @$, MAKE(BY, @2, $2)); }
    | acts SEPARATE_ZH { $$ = MAKE(RULE_SEPARATE, @$, $1); }
    | acts JOIN_ZH { $$ = MAKE(RULE_JOIN, @$, $1); }
    ;
bound
    : AT_MOST { $$ = $1; $$.value = GJC_BOUND_AT_MOST; }
    | AT_LEAST { $$ = $1; $$.value = GJC_BOUND_AT_LEAST; }
    | EXACTLY { $$ = $1; $$.value = GJC_BOUND_EXACTLY; }
    ;
rulewhen
    : %empty { $$ = NULL; }
    | when
    ;
rulewithin
    : %empty { $$ = NULL; }
    | within
    ;
rulebefore
    : %empty { $$ = NULL; }
    | within
    | AT_LEAST duration BEFORE { $$ = MAKE(AT_LEAST, @$, $2); }
    ;
per_opt
    : %empty { $$ = NULL; }
    | PER path { $$ = MAKE(PER, @$, $2); }
    ;

/* ---- migration ---- */
migrations
    : %empty { $$ = NULL; }
    | migrations migration NL { $$ = GROUP($1, $2); }
    | migrations error NL { $$ = $1; yyerrok; }
    ;
migration
    : STAGE name ARROW name { $$ = MAKE(MIGRATE_STAGE, @$, $2, $4); }
    | LIMIT name ARROW name migrationunit { $$ = MAKE(MIGRATE_LIMIT, @$, $2, $4, $5); }
    | LIMIT name ENDS { $$ = MAKE(MIGRATE_LIMIT_ENDS, @$, $2); }
    ;
migrationunit
    : %empty { $$ = NULL; }
    | ANEW { $$ = LEAF(ANEW, $1); }
    | KEPT { $$ = LEAF(KEPT, $1); }
    ;

/* ---- beyond one case ---- */
watch
    : WATCH name title severity_opt basis_opt '{' watchclauses '}'
        { $$ = MAKE(WATCH, @$, $2, $3, $4, $5, $7); }
    ;
watchclauses
    : %empty { $$ = NULL; }
    | watchclauses watchclause NL { $$ = GROUP($1, $2); }
    | watchclauses error NL { $$ = $1; yyerrok; }
    ;
watchclause
    : OVER paths IN paths rulewhen
        { $$ = MAKE(OVER, @$, MAKE(ACTS_PATHS, @2, $2), MAKE(IN, @4, $4), $5); }
    | PER paths { $$ = MAKE(PER, @$, $2); }
    | within
    | when
    ;
cards
    : CARDS name title FOR paths '{' cardlines '}'
        { $$ = MAKE(CARDS, @$, $2, $3, MAKE(FOR, @5, $5), $7); }
    ;
cardlines
    : %empty { $$ = NULL; }
    | cardlines card NL { $$ = GROUP($1, $2); }
    | cardlines error NL { $$ = $1; yyerrok; }
    ;
card
    : code cardsubject severity { $$ = MAKE(CARD, @$, $1, $2, $3); }
    | code cardsubject severity OVERDUE duration
        { $$ = MAKE(CARD, @$, $1, $2, $3, MAKE(OVERDUE, @5, $5)); }
    ;
cardsubject
    : %empty { $$ = NULL; }
    | STATUTORY { $$ = LEAF(STATUTORY, $1); }
    | PROMISED { $$ = LEAF(PROMISED, $1); }
    | name
    ;
code
    : CODE { $$ = LEAF(CODE, $1); }
    | HYPHEN_CODE { $$ = LEAF(CODE, $1); }
    ;
scorecard
    : SCORECARD name title PER scorekeys PERIOD '{' scoreclauses '}'
        { $$ = VALUE(SCORECARD, @$, $6.value, $2, $3, MAKE(SCORE_PER, @5, $5), $8); }
    ;
scorekeys
    : scorekey { $$ = GROUP(NULL, $1); }
    | scorekeys ',' scorekey { $$ = GROUP($1, $3); }
    ;
scorekey
    : DEPARTMENT { $$ = gjc_make_named(builder, @1, "department"); }
    | POST { $$ = gjc_make_named(builder, @1, "post"); }
    | name
    ;
scoreclauses
    : %empty { $$ = NULL; }
    | scoreclauses scoreclause NL { $$ = GROUP($1, $2); }
    | scoreclauses error NL { $$ = $1; yyerrok; }
    ;
scoreclause
    : START NUMBER { $$ = MAKE(SCORE_START, @$, LEAF(EXPR_NUMBER, $2)); }
    | EACH scoreof sign NUMBER cap
        { $$ = VALUE(SCORE_EACH, @$, $3.value, $2, LEAF(EXPR_NUMBER, $4), $5); }
    | when sign NUMBER cap
        { $$ = VALUE(SCORE_WHEN, @$, $2.value, $1, LEAF(EXPR_NUMBER, $3), $4); }
    | GRADE grades { $$ = $2; }
    ;
scoreof
    : severity | code
    ;
sign
    : MINUS | PLUS
    ;
cap
    : %empty { $$ = NULL; }
    | AT_MOST NUMBER { $$ = MAKE(SCORE_CAP, @$, LEAF(EXPR_NUMBER, $2)); }
    ;
grades
    : grade { $$ = GROUP(NULL, $1); }
    | grades ',' grade { $$ = GROUP($1, $3); }
    ;
grade
    : name FROM NUMBER { $$ = MAKE(GRADE, @$, $1, LEAF(EXPR_NUMBER, $3)); }
    | name NUMBER FROM_GRADE { $$ = MAKE(GRADE, @$, $1, LEAF(EXPR_NUMBER, $2)); }
    | name BELOW { $$ = MAKE(GRADE, @$, $1); }
    ;
handle
    : HANDLE scoreof BY path { $$ = MAKE(HANDLE, @$, $2, $4); }
    ;

/* ---- scenarios ---- */
scenario
    : SCENARIO STRING FOR path '{' steps '}'
        { $$ = MAKE(SCENARIO, @$, LEAF(TITLE, $2), MAKE(FOR, @4, $4), $6); }
    ;
steps
    : %empty { $$ = NULL; }
    | steps step NL { $$ = GROUP($1, $2); }
    | steps error NL { $$ = $1; yyerrok; }
    ;
step
    : moment { $$ = MAKE(STEP_CLOCK, @$, $1); }
    | moment acting { $$ = gjc_make_join(builder, $2, $1); }
    | moment TRY acting
        { $$ = gjc_make_join(builder, gjc_make_as(builder, $3, GJC_STEP_TRY), $1); }
    | acting
    | TRY acting { $$ = gjc_make_as(builder, $2, GJC_STEP_TRY); }
    | EXPECT expectation { $$ = $2; }
    ;
moment
    : DATE TIME { $$ = gjc_make_moment(builder, @$, $1, $2); }
    | DATETIME { $$ = LEAF(MOMENT, $1); }
    ;
acting
    : name by_opt actparts { $$ = SORTED(STEP_ACT, @$, $1, $2, $3); }
    | BY actor name actparts { $$ = SORTED(STEP_ACT, @$, $3, MAKE(BY, @2, $2), $4); }
    | CORRECT name actparts { $$ = SORTED(STEP_CORRECT, @$, $2, $3); }
    | RETRACT name { $$ = MAKE(STEP_RETRACT, @$, $2); }
    ;
actparts
    : %empty { $$ = NULL; }
    | actparts actpart { $$ = GROUP($1, $2); }
    ;
actpart
    : '{' '}' { $$ = MAKE(PAYLOAD, @$, NULL); }
    | '{' pairs NL '}' { $$ = MAKE(PAYLOAD, @$, $2); }
    | WITH names { $$ = MAKE(WITH, @$, $2); }
    | IN path { $$ = MAKE(IN, @$, $2); }
    | RECORDED moment { $$ = MAKE(RECORDED, @$, $2); }
    | AS name { $$ = MAKE(LABEL, @$, $2); }
    ;
by_opt
    : %empty { $$ = NULL; }
    | BY actor { $$ = MAKE(BY, @$, $2); }
    ;
actor
    : post { $$ = MAKE(ACTOR, @$, $1); }
    | post '(' STRING ')' { $$ = gjc_make_texted(builder, GJC_ACTOR, @$, $3, $1); }
    ;
expectation
    : STAGE name { $$ = MAKE(EXPECT_STAGE, @$, $2); }
    | code severity_opt { $$ = MAKE(EXPECT_FINDING, @$, $1, $2); }
    | code path severity_opt { $$ = MAKE(EXPECT_FINDING, @$, $1, $2, $3); }
    | code path FOR STRING severity_opt
        { $$ = gjc_make_texted(builder, GJC_EXPECT_FINDING, @$, $4, MAKE(GROUP, @$, $1, $2, $5)); }
    | NO_DEVIATIONS { $$ = LEAF(EXPECT_NONE, $1); }
    | DUE path DATE { $$ = MAKE(EXPECT_DUE, @$, $2, LEAF(EXPR_DATE, $3)); }
    | DUE path moment { $$ = MAKE(EXPECT_DUE, @$, $2, $3); }
    | REFUSED { $$ = LEAF(EXPECT_REFUSED, $1); }
    ;

/* ---- expressions, loosest first ---- */
expr
    : both
    | expr OR both { $$ = BINARY(EXPR_OR, @$, $1, $3); }
    ;
both
    : notx
    | both AND notx { $$ = BINARY(EXPR_AND, @$, $1, $3); }
    ;
notx
    : cmp
    | NOT notx { $$ = UNARY(EXPR_NOT, @$, $2); }
    ;
cmp
    : sum
    | sum relop sum { $$ = gjc_make_operation(builder, (gjc_kind)$2.value, @$, NODES($1, $3)); }
    | sum IN sum { $$ = BINARY(EXPR_IN, @$, $1, $3); }
    | chain
    ;
/* 1 < n < 5 is no comparison; it is read so that it can be said. */
chain
    : sum relop sum relop sum { $$ = gjc_make_chain(builder, @$, @3, $4); }
    | chain relop sum { $$ = $1; }
    ;
relop
    : GE { $$ = RELATION(EXPR_GREATER_EQUAL, $1); }
    | LE { $$ = RELATION(EXPR_LESS_EQUAL, $1); }
    | GT { $$ = RELATION(EXPR_GREATER, $1); }
    | LT { $$ = RELATION(EXPR_LESS, $1); }
    | EQ { $$ = RELATION(EXPR_IS, $1); }
    | NE { $$ = RELATION(EXPR_IS_NOT, $1); }
    | IS { $$ = RELATION(EXPR_IS, $1); }
    | IS_NOT { $$ = RELATION(EXPR_IS_NOT, $1); }
    ;
sum
    : product
    | sum '+' product { $$ = BINARY(EXPR_ADD, @$, $1, $3); }
    | sum '-' product { $$ = BINARY(EXPR_SUBTRACT, @$, $1, $3); }
    ;
product
    : orelse
    | product '*' orelse { $$ = BINARY(EXPR_MULTIPLY, @$, $1, $3); }
    | product MOD orelse { $$ = BINARY(EXPR_MODULO, @$, $1, $3); }
    | product '/' orelse { $$ = gjc_make_division(builder, @2, $1, $3); }
    ;
orelse
    : unary
    | orelse ELSE unary { $$ = BINARY(EXPR_ELSE, @$, $1, $3); }
    ;
unary
    : primary
    | '-' unary { $$ = UNARY(EXPR_NEGATE, @$, $2); }
    ;
primary
    : NUMBER { $$ = LEAF(EXPR_NUMBER, $1); }
    | NUMBER UNIT { $$ = VALUE(DURATION, @$, $2.value, LEAF(EXPR_NUMBER, $1)); }
    | MONEY { $$ = LEAF(EXPR_MONEY, $1); }
    | PERCENT { $$ = LEAF(EXPR_PERCENT, $1); }
    | DATE { $$ = LEAF(EXPR_DATE, $1); }
    | DATETIME { $$ = LEAF(EXPR_MOMENT, $1); }
    | TIME { $$ = LEAF(EXPR_TIME, $1); }
    | STRING { $$ = LEAF(EXPR_STRING, $1); }
    | TRUE { $$ = LEAF(EXPR_BOOL, $1); }
    | FALSE { $$ = LEAF(EXPR_BOOL, $1); }
    | path { $$ = gjc_make_as(builder, $1, GJC_EXPR_PATH); }
    | path UNIT { $$ = VALUE(DURATION, @$, $2.value, gjc_make_as(builder, $1, GJC_EXPR_PATH)); }
    | path '(' ')' { $$ = MAKE(EXPR_CALL, @$, $1); }
    | path '(' args ')' { $$ = UNARY(EXPR_CALL, @$, gjc_make_group(builder, GROUP(NULL, $1), $3)); }
    | '(' expr ')' { $$ = $2; }
    | '(' expr ')' UNIT { $$ = VALUE(DURATION, @$, $4.value, $2); }
    | '[' args ']' { $$ = MAKE(EXPR_LIST, @$, $2); }
    ;
args
    : arg { $$ = GROUP(NULL, $1); }
    | args ',' arg { $$ = GROUP($1, $3); }
    ;
arg
    : expr
    | sum IN sum ':' expr { $$ = gjc_make_bind(builder, @$, NODES($1, $3, $5)); }
    | HYPHEN_CODE { $$ = LEAF(EXPR_CODE, $1); }
    ;

%%

/* What the reader asks before it calls a word a keyword. yypstate_expected_tokens answers for every
 * token at once, which is a hundred times the work; this asks LAC for the one. */
bool gjc_parser_accepts(gjc_yypstate *parser, int token)
{
    return yy_lac(parser->yyesa, &parser->yyes, &parser->yyes_capacity, parser->yyssp,
                  YYTRANSLATE(token)) == 0;
}

/* How many blocks the parser is inside: what the reader must get back to after a mistake. */
size_t gjc_parser_block_count(const gjc_yypstate *parser)
{
    size_t count = 0;
    for (const yy_state_t *state = parser->yyss; state <= parser->yyssp; state++) {
        count += yystos[*state] == YYTRANSLATE('{');
    }
    return count;
}

/* Bison numbers its symbols; the table of keywords knows tokens. */
static int token_of_symbol(yysymbol_kind_t symbol)
{
    for (int token = 1; token <= GJC_TOK_ANYTHING; token++) {
        if (YYTRANSLATE(token) == symbol) {
            return token;
        }
    }
    return 0;
}

/* Bison's part of a syntax error is to say what could have stood there; expect.c says it in words. */
static int yyreport_syntax_error(const yypcontext_t *context, gjc_builder *builder)
{
    yysymbol_kind_t symbols[YYNTOKENS];
    int count = yypcontext_expected_tokens(context, symbols, YYNTOKENS);
    builder->expected_count = 0;
    for (int i = 0; i < count && builder->expected_count < GJC_EXPECTED_MAX; i++) {
        int token = token_of_symbol(symbols[i]);
        if (token > 0) {
            builder->expected[builder->expected_count++] = token;
        }
    }
    builder->syntax_error = true;
    return 0;
}
