#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""compare_test.py — `guiju diff` tells each edit of the rules, once, under the name of what it is in.

One file of rules uses each construct of the language. A row of EDITS is one edit of it and the one
change that must be told: what kind of thing, its name, what of it, and a word that the text before or
after must have in English and in Chinese. Neither another change nor none may be told, in no format.
What only reads otherwise, or stands in a file of another name, is no change.
"""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from builds import GUIJU, QUICK, ROOT

ENVIRONMENT = {**os.environ, "GUIJU_STDLIB": str(ROOT / "stdlib"), "LC_ALL": "C.UTF-8",
               "NO_COLOR": "1"}

SOURCE = '''\
module test.compared

use std.calendar.cn
use std.law.licensing

calendar other "本局" refines cn { hours 08:30-12:00, 13:30-17:30 }

department amr "市场监督管理局" alias "市监局" {
  post window "受理窗口" alias "窗口"
  post chief  "审批岗"
}
department fire "消防" { post fireman "消防岗" }
party bidder "投标人"

type bid "投标" {
  who   "何人" : text
  price "报价" : money
}
table quota(area: number) -> number unique {
  < 50  -> 2
  >= 50 -> 5
}
function twice(x: number) -> number = x * 2

procedure licence "许可" {
  version 1 effective 2024-01-01
  calendar cn
  basis licensing.32.1.1

  data {
    kind "种类" : one of { first "首次", renewal "延续" }
    area "面积" : number
    note "备注" : text optional
    fee  "费用" : money = 0
    bids "报价单" : list of bid
    open_on "开放日" : date optional
    open_to "开放至" : date optional
  }
  documents {
    form "申请表" required
    plan "平面图" required when kind is first
    extra "附件" optional
  }
  action pay "缴费" (sum "数额": money)
  action object "异议" (lot "标段": text)
  action answer "答复异议" (lot "标段": text)

  stage start "开始" initial {
    on apply by applicant -> review needs form
  }
  stage review "审查" {
    on decide by chief when area > 1 -> granted once set fee = 5 CNY basis licensing.42.1
    on refuse by chief -> refused
    on prolong by chief
    on tell by window
    on part by window -> joint
    on ask by window -> waiting
    on object by bidder
    on answer by window
  }
  stage waiting "等待" held by applicant {
    on resume by applicant -> review
  }
  stage joint "会办" {
    parallel all {
      branch water "水" of fire {
        stage w1 "水一" initial { on see by fireman -> w2 }
        stage w2 "水二" final
      }
      branch air "气" {
        stage a1 "气一" initial { on smell by fireman -> a2 }
        stage a2 "气二" final
      }
    } -> review
  }
  stage granted "准予" final
  stage refused "不予" final void

  limit deciding "决定" statutory {
    from apply to decide or refuse
    within 30 workdays when kind is renewal
    within 20 workdays
    extended 10 workdays by prolong when area > 5 notified by tell within 2 days
    not counting waiting at most 30 days notified by tell within 3 days
    restarts by part
    notice before 3 workdays
    red overdue 5 workdays
    basis licensing.42.1
    duty chief
  }
  limit soon "初步决定" promised {
    from apply to decide or refuse
    within 10 days
    expires -> granted deemed decide as of start
  }
  limit answering "答复" {
    from object to answer
    within 5 days
    per lot at most 3 open
    duty window
  }
  limit opening "开放" {
    from apply to ask
    by open_on
    at least 2 days
    ends at close of business
    duty window
  }
  post chief {
    may pay when area > 9
    never apply basis licensing.58.1
    must prolong within 7 workdays from apply
  }

  rule quick "限额" red basis licensing.42.1 {
    on decide require twice(quota(area)) > 1
    except when kind is renewal
  }
  rule nothing_paid "不收费" { never pay when sum > 3 CNY }
  rule few "少问" { count ask at most 3 times }
  rule each { count object at most 2 times per lot }
  rule after_it { after decide never ask until tell }
  rule between_them { between apply and decide never pay }
  rule told_then { every ask followed by tell within 3 days }
  rule told_before { every decide preceded by tell at least 2 days before }
  rule apart { separate decide, tell by officers }
  rule posts_apart { separate posts chief, window by officers }
  rule one_of { not both decide, refuse }
}
'''

# was, is; item, name, aspect (None: it is new or gone, which the edit shows by what is empty); a word
# that is told in English, one in Chinese
EDITS = [
    # the procedure
    ('procedure licence "许可"', 'procedure licence "大许可"',
     "procedure", "licence", "title", "大许可", "大许可"),
    ("effective 2024-01-01", "effective 2024-02-01",
     "procedure", "licence", "effective", "2024-02-01", "2024年2月1日"),
    ("  basis licensing.32.1.1\n", "  basis licensing.32.1.2\n",
     "procedure", "licence", "basis", "行政许可法 (licensing) art. 32(1)(2)",
     "《行政许可法》第三十二条第一款第二项"),
    ("  version 1 effective 2024-01-01\n  calendar cn\n",
     "  version 1 effective 2024-01-01\n  calendar other\n",
     "procedure", "licence", "calendar", "other", "other"),
    # who
    ('department amr "市场监督管理局"', 'department amr "监管局"',
     "department", "amr", "title", "监管局", "监管局"),
    ('alias "市监局"', 'alias "工商局"', "department", "amr", "alias", "工商局", "工商局"),
    ('post window "受理窗口"', 'post window "窗口岗"', "post", "window", "title", "窗口岗", "窗口岗"),
    (' alias "窗口"', "", "post", "window", "alias", "窗口", "窗口"),
    ('party bidder "投标人"', 'party bidder "竞买人"', "post", "bidder", "title", "竞买人", "竞买人"),
    # data
    ('area "面积"', 'area "营业面积"', "field", "area", "title", "营业面积", "营业面积"),
    ('renewal "延续" }', 'renewal "延续", change "变更" }',
     "field", "kind", "type", "change", "变更"),
    ('first "首次"', 'first "新办"', "field", "kind", "type", "新办", "新办"),
    ('"备注" : text optional', '"备注" : text', "field", "note", "type", "optional", "选填"),
    ('"备注" : text optional', '"备注" : number optional', "field", "note", "type", "number", "数值"),
    ("money = 0", "money = 1 CNY", "field", "fee", "default", "1 CNY", "1 CNY"),
    ("money = 0", "money", "field", "fee", "default", "0", "0"),
    ("list of bid", "list of text", "field", "bids", "type", "list of text", "文本"),
    ('price "报价" : money', 'price "报价" : number', "type", "bid", "parts", "number", "数值"),
    ('price "报价"', 'price "单价"', "type", "bid", "parts", "单价", "单价"),
    # documents
    ('"附件" optional', '"附件" required', "document", "extra", "need", "required", "必交"),
    ("required when kind is first", "required when kind is renewal",
     "document", "plan", "need", "renewal", "renewal"),
    ("  documents {\n", "  documents {\n    more \"其他\" optional\n",
     "document", "more", None, "more", "其他"),
    # acts
    ('action pay "缴费"', 'action pay "交费"', "action", "pay", "title", "交费", "交费"),
    ('(sum "数额": money)', '(sum "数额": money, by_whom: text)',
     "action", "pay", "parameters", "by_whom", "by_whom"),
    ("may pay when area > 9", "may pay when area > 8",
     "action", "pay", "powers", "area > 8", "审批岗可以"),
    ("    never apply basis licensing.58.1\n", "", "action", "apply", "powers", "never", "审批岗不得"),
    ("never apply basis licensing.58.1", "never apply basis licensing.58.2",
     "action", "apply", "powers", "art. 58(2)", "第五十八条第二款"),
    # stages
    ('stage waiting "等待"', 'stage waiting "候补"', "stage", "waiting", "title", "候补", "候补"),
    ("held by applicant", "held by window", "stage", "waiting", "holder", "applicant", "申请人"),
    ('"不予" final void', '"不予" final', "stage", "refused", "end", "void", "作废"),
    ("on refuse by chief", "on refuse by window", "stage", "review", "acts", "by window", "受理窗口"),
    ("    on tell by window\n", "    on tell by window, chief\n",
     "stage", "review", "acts", "chief", "审批岗"),
    ("on prolong by chief\n", "on prolong by chief when fee > 0\n",
     "stage", "review", "acts", "fee > 0", "fee > 0"),
    ("when area > 1 -> granted", "when area > 2 -> granted",
     "stage", "review", "acts", "area > 2", "area > 2"),
    ("-> granted once set", "-> granted at most 2 times set",
     "stage", "review", "acts", "at most 2 times", "至多2次"),
    ("set fee = 5 CNY", "set fee = 6 CNY", "stage", "review", "acts", "fee = 6 CNY", "费用记为 6 CNY"),
    ("set fee = 5 CNY basis licensing.42.1", "set fee = 5 CNY basis licensing.42.2",
     "stage", "review", "acts", "art. 42(2)", "第四十二条第二款"),
    ("needs form", "needs form, extra", "stage", "start", "acts", "extra", "附件"),
    ("needs form", "needs documents", "stage", "start", "acts", "all documents", "全部材料"),
    ("    on resume by applicant -> review\n",
     "    on resume by applicant -> review\n    on pay by applicant\n",
     "stage", "waiting", "acts", "pay by applicant", "缴费：由申请人"),
    ("parallel all", "parallel any", "stage", "joint", "branches", "any", "任一"),
    # branches
    ("of fire {", "of amr {", "branch", "water", "department", "amr", "市场监督管理局"),
    ('branch air "气"', 'branch air "大气"', "branch", "air", "title", "大气", "大气"),
    ("on smell by fireman", "on smell by window", "stage", "air/a1", "acts", "window", "受理窗口"),
    # limits
    ('limit deciding "决定"', 'limit deciding "作出决定"',
     "limit", "deciding", "title", "作出决定", "作出决定"),
    ('"决定" statutory', '"决定" promised', "limit", "deciding", "kind", "promised", "承诺"),
    ("within 20 workdays", "within 15 workdays",
     "limit", "deciding", "time", "15 workdays", "15个工作日"),
    ("within 30 workdays when kind is renewal", "within 30 workdays when kind is first",
     "limit", "deciding", "time", "kind is first", "kind is first"),
    ("extended 10 workdays", "extended 12 workdays",
     "limit", "deciding", "stops", "12 workdays", "12个工作日"),
    ("by prolong when area > 5", "by prolong when area > 6",
     "limit", "deciding", "stops", "area > 6", "area > 6"),
    (" notified by tell within 2 days", "",
     "limit", "deciding", "stops", "notified by tell within 2 days", "于2日内tell"),
    ("notified by tell within 3 days", "notified by part within 3 days",
     "limit", "deciding", "stops", "part", "part"),
    ("at most 30 days", "at most 40 days", "limit", "deciding", "stops", "40 days", "40日"),
    ("not counting waiting", "not counting joint", "limit", "deciding", "stops", "joint", "会办"),
    ("    restarts by part\n", "", "limit", "deciding", "from", "part", "part"),
    ("    notice before 3 workdays\n", "",
     "limit", "deciding", "severity", "3 workdays", "3个工作日"),
    ("red overdue 5 workdays", "yellow overdue 5 workdays",
     "limit", "deciding", "severity", "yellow", "黄牌"),
    ("    basis licensing.42.1\n    duty chief", "    basis licensing.42.2\n    duty chief",
     "limit", "deciding", "basis", "art. 42(2)", "第四十二条第二款"),
    ("    duty chief\n", "    duty window\n", "limit", "deciding", "duty", "window", "受理窗口"),
    ("    duty chief\n", "    duty holder\n", "limit", "deciding", "duty", "holds", "持有人"),
    ("within 10 days\n", "within 10 days\n    does not roll\n",
     "limit", "soon", "rolling", "stays", "不顺延"),
    ("as of start", "as of expiry", "limit", "soon", "runs out", "as of expiry", "自届满日"),
    ("deemed decide", "deemed refuse", "limit", "soon", "runs out", "deemed refuse", "视为refuse"),
    ("expires -> granted", "expires -> refused", "limit", "soon", "runs out", "refused", "不予"),
    ("at most 3 open", "at most 4 open", "limit", "answering", "per", "4 open", "4件未结"),
    ("by open_on", "by open_to", "limit", "opening", "time", "by open_to", "截至开放至"),
    ("at least 2 days\n    ends", "at least 1 days\n    ends",
     "limit", "opening", "time", "at least 1 day", "至少1日"),
    ("    ends at close of business\n", "",
     "limit", "opening", "ends", "close of business", "下班"),
    ("from apply to ask", "from apply to ask or tell", "limit", "opening", "to", "tell", "tell"),
    ("from object to answer", "from object when area > 1 to answer",
     "limit", "answering", "from", "area > 1", "area > 1"),
    # rules
    ('rule quick "限额"', 'rule quick "定额"', "rule", "quick", "title", "定额", "定额"),
    ('"限额" red', '"限额" yellow', "rule", "quick", "severity", "yellow", "黄牌"),
    ("red basis licensing.42.1", "red basis licensing.42.2",
     "rule", "quick", "basis", "art. 42(2)", "第四十二条第二款"),
    ("on decide require", "on refuse require", "rule", "quick", "says", "on refuse", "办理refuse"),
    ("twice(quota(area)) > 1", "twice(quota(area)) > 2", "rule", "quick", "says", "> 2", "> 2"),
    (">= 50 -> 5", ">= 50 -> 6", "rule", "quick", "says", "> 1", "函数"),
    ("= x * 2", "= x * 3", "rule", "quick", "says", "> 1", "函数"),
    ("except when kind is renewal", "except when kind is first",
     "rule", "quick", "except", "first", "first"),
    ("never pay when sum > 3 CNY", "never pay", "rule", "nothing_paid", "says", "never pay", "不得缴费"),
    ("never pay when sum > 3 CNY", "never ask when fee > 3 CNY",
     "rule", "nothing_paid", "says", "never ask", "不得ask"),
    ("count ask at most 3 times", "count ask at least 3 times",
     "rule", "few", "says", "at least 3 times", "至少3次"),
    ("count ask at most 3 times", "count tell at most 3 times",
     "rule", "few", "says", "tell", "tell"),
    ("object at most 2 times per lot", "object at most 3 times per lot",
     "rule", "each", "says", "object at most 3 times per lot", "异议至多3次，按标段"),
    ("after decide never ask until tell", "after decide never ask",
     "rule", "after_it", "says", "until tell", "tell之前"),
    ("between apply and decide never pay", "between apply and refuse never pay",
     "rule", "between_them", "says", "refuse", "refuse"),
    ("every ask followed by tell within 3 days", "every ask followed by tell within 4 days",
     "rule", "told_then", "says", "4 days", "4日"),
    ("preceded by tell at least 2 days before", "preceded by tell within 2 days",
     "rule", "told_before", "says", "at least 2 days", "至少2日"),
    ("separate decide, tell by officers", "join decide, tell by officers",
     "rule", "apart", "says", "join", "应当由同一人办理"),
    ("separate posts chief, window by officers", "separate posts chief, fireman by officers",
     "rule", "posts_apart", "says", "fireman", "消防岗"),
    ("not both decide, refuse", "not both decide, part", "rule", "one_of", "says", "part", "part"),
    ("  rule few", "  rule more { count tell at most 9 times }\n  rule few",
     "rule", "more", None, "more", "more"),
    ('  rule apart { separate decide, tell by officers }\n', "",
     "rule", "apart", None, "apart", "apart"),
]
SAME = [
    ("procedure licence", "# nothing\n\nprocedure licence"),
    ("area > 1", "(area > 1)"),
    ("    on prolong by chief\n    on tell by window\n",
     "    on tell by window\n    on prolong by chief\n"),
    ("  rule one_of", "\n  rule one_of"),
]


class Compare(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="guiju-compare-")
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name)
        self.build(SOURCE)

    def build(self, source):
        (self.folder / "was.gj").write_text(source)
        subprocess.run([GUIJU, "build", "was.gj", "-o", "was.gji"], cwd=self.folder, check=True,
                       capture_output=True, env=ENVIRONMENT)

    def diff(self, source, *arguments, name="is.gj", command=GUIJU):
        (self.folder / name).write_text(source)
        done = subprocess.run([command, "diff", "was.gji", name, *arguments], cwd=self.folder,
                              check=False, capture_output=True, env=ENVIRONMENT)
        self.assertIn(done.returncode, (0, 1), done.stderr.decode())
        return done

    def told(self, source, **keywords):
        done = self.diff(source, "--format", "json", "--lang", "en", **keywords)
        found = [one for procedure in json.loads(done.stdout)["procedures"]
                 for one in procedure["differences"]]
        self.assertEqual(done.returncode, 1 if found else 0)
        return found

    def test_edits(self):
        for was, now, item, name, aspect, en, zh in EDITS:
            with self.subTest(was=was, now=now):
                self.assertIn(was, SOURCE)
                changed = SOURCE.replace(was, now, 1)
                told = self.told(changed)
                self.assertEqual([(one["item"], one["name"], one.get("aspect")) for one in told],
                                 [(item, name, aspect)])
                self.assertEqual(told[0]["change"], "changed" if aspect is not None else
                                 "added" if len(now) > len(was) else "removed")
                self.assertIn(en, " ".join(one or "" for one in told[0].values()))
                text = self.diff(changed, "--lang", "zh", command=QUICK).stdout.decode()
                self.assertIn(zh, re.sub(r"\n +", "", text))
                self.assertEqual(len(re.findall("^  [~+−] ", text, re.M)), 1, text)

    def test_words_the_same(self):
        text = self.diff(SOURCE.replace("= x * 2", "= x * 3"), "--lang", "en").stdout.decode()
        self.assertIn("rule quick (限额): says\n      it reads the same; a function,", text)

    def test_same(self):
        for was, now in SAME:
            with self.subTest(was=was, now=now):
                self.assertIn(was, SOURCE)
                self.assertEqual(self.told(SOURCE.replace(was, now, 1)), [])
        self.assertEqual(self.told(SOURCE, name="another_name.gj"), [])
        self.assertEqual(self.told(SOURCE.replace("version 1", "version 2")), [])

    def test_procedures(self):
        other = 'procedure other "另一" {\n  version 2\n  calendar cn\n' \
                '  stage s initial { on go by applicant -> t }\n  stage t final\n}\n'
        for was, now, change, version in (("", other, "added", 2), (other, "", "removed", 2)):
            self.build(SOURCE + was)
            done = self.diff(SOURCE + now, "--format", "json")
            self.assertEqual(done.returncode, 1)
            found = {one["procedure"]: one for one in json.loads(done.stdout)["procedures"]}
            self.assertEqual(found["licence"]["differences"], [])
            self.assertEqual(found["other"], {"procedure": "other", "change": change,
                                              "was": None if was == "" else version,
                                              "is": None if now == "" else version,
                                              "differences": []})
            for lang in ("en", "zh"):
                self.assertIn("other", self.diff(SOURCE + now, "--lang", lang).stdout.decode())


if __name__ == "__main__":
    unittest.main()
