#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# demo.sh — the main job, from a clerk's text to findings that can be checked by hand. Run it as
# `./dev demo`, which builds the command first. It uses what is in the repository alone, and the real
# permit log too where that is at hand (GUIJU_SHARED, default ../shared/data).
set -eu
cd "$(dirname "$0")/.."
guiju=build/release/guiju
out=build/demo
log=${GUIJU_SHARED:-../shared/data}/logs/receipt.xes.gz
mkdir -p "$out"

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
zh*) chinese=1 procedure=食品经营许可 ;;
*) chinese=0 procedure=food_licence ;;
esac
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$(printf '\033[1m') plain=$(printf '\033[0m'); else bold= plain=; fi

# part NUMBER ENGLISH CHINESE
part() {
    if [ "$chinese" = 1 ]; then title=$3; else title=$2; fi
    printf '\n%s── %s  %s%s\n\n' "$bold" "$1" "$title" "$plain"
}

# shown COMMAND… — the command as a person would type it, then what it does. Findings are no failure.
shown() {
    printf '%s$ guiju' "$bold"
    printf ' %s' "$@"
    printf '%s\n' "$plain"
    "$guiju" "$@" || [ $? -eq 1 ]
}

part 1 'A clerk writes the procedure; a mistake is shown where it stands' \
    '经办人写流程；写错了，指出在哪里、怎么改'
sed 's/by chief -> granted/by cheif -> granted/; s/由 审批岗 准予许可/由 审批刚 准予许可/' \
    "examples/food_licence/$procedure.gj" >"$out/mistake.gj"
"$guiju" check "$out/mistake.gj" || [ $? -eq 3 ]

part 2 'It compiles to an image; the calendar stands beside it' '编译成映像，日历单独成文件'
shown build "examples/food_licence/$procedure.gj" -o "$out/$procedure.gji"

part 3 'A case is judged, and the days are counted for anyone to check' '逐件判定，日子逐日可查'
shown replay "$out/$procedure.gji" --events "examples/food_licence/$procedure.jsonl" \
    --case HLJ-2024-0001

if [ -r "$log" ]; then
    part 4 'A real municipal permit log: 1,434 cases' '真实的市政许可日志：1434 件'
    shown replay examples/permit_receipt/permit_receipt.gj --events "$log"
else
    part 4 'All twelve cases' '全部十二件'
    shown replay "$out/$procedure.gji" --events "examples/food_licence/$procedure.jsonl"
fi
