#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""drawing_test.py — what `guiju dump --graph --format svg|dot` draws.

Nothing here knows how the layout is made. A picture is read as XML and held to what a person would
ask of it:

  - boxes do not overlap; one lies in another only where that is a parallel stage around it;
  - every arc begins and ends at the borders of its boxes, and runs through no other box;
  - labels lie on no box, on no other label and on no arc but their own;
  - everything is on the page;
  - the arcs are those that the source has. For procedures made up at random the source is known, so
    stages, acts and branches are compared with it, and the detours with a search of our own over it.

Goldens and examples are drawn, in both languages, and many procedures made up at random, with
titles that XML and dot must escape. Pictures in the documents are what their command writes now.
"""
import concurrent.futures
import os
import pathlib
import random
import re
import shlex
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as tree

from builds import GUIJU, QUICK, ROOT, some_of

SVG = "{http://www.w3.org/2000/svg}"
MADE_UP = 300 if os.environ.get("GUIJU_PROVE") else 10
SECONDS_MAX = 120


def guiju(*arguments, text=None, command=GUIJU):
    done = subprocess.run([command, *map(str, arguments)], input=text, capture_output=True,
                          timeout=SECONDS_MAX, check=False)
    return done.stdout, done.returncode, done.stderr.decode("utf-8", "replace")


def draw(source, *more, lang="en", form="svg", text=None, command=GUIJU):
    return guiju("dump", "--graph", "--format", form, "--lang", lang, *more, source, text=text,
                 command=command)


# ---- reading a picture ------------------------------------------------------------------------


class Area:
    def __init__(self, x, y, width, height):
        self.left, self.top, self.right, self.bottom = x, y, x + width, y + height

    def meets(self, other):
        return (self.left < other.right and other.left < self.right and
                self.top < other.bottom and other.top < self.bottom)

    def holds(self, other):
        return (self.left <= other.left and other.right <= self.right and
                self.top <= other.top and other.bottom <= self.bottom)

    def has_inside(self, point):
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom

    def has_on_border(self, point):
        across = self.left <= point[0] <= self.right
        return across and point[1] in (self.top, self.bottom)

    def __repr__(self):
        return f"[{self.left},{self.top} to {self.right},{self.bottom}]"


def numbers(text):
    return [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", text)]


class Box:
    def __init__(self, group):
        self.kind, self.stage = group.get("data-kind"), group.get("data-stage")
        self.branches = int(group.get("data-branches", 0))
        circle, rect = group.find(f"{SVG}circle"), group.find(f"{SVG}rect")
        if circle is not None:
            x, y, r = (float(circle.get(key)) for key in ("cx", "cy", "r"))
            self.area = Area(x - r, y - r, r * 2, r * 2)
        else:
            self.area = Area(*(float(rect.get(key)) for key in ("x", "y", "width", "height")))
        self.texts = texts_of(group)


def texts_of(group):
    return ["".join(each.itertext()) for each in group.iter(f"{SVG}text")]


def curve_points(start, one, two, end):
    for i in range(17):
        t = i / 16
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t ** 3
        yield tuple(a * start[k] + b * one[k] + c * two[k] + d * end[k] for k in (0, 1))


class Arc:
    """Its points, from the border where it begins to the tip of its head."""

    def __init__(self, group):
        self.kind = group.get("data-arc")
        self.begin, self.end = int(group.get("data-from")), int(group.get("data-to"))
        label = group.get("data-label")
        self.label = Area(*numbers(label)) if label else None
        self.texts = texts_of(group)
        line, head = (each.get("d") for each in group.findall(f"{SVG}path"))
        self.stretches = []
        at = None
        for letter, rest in re.findall(r"([MLC])([^MLC]*)", line):
            values = numbers(rest)
            points = list(zip(values[0::2], values[1::2]))
            if letter == "L":
                self.stretches.append([at, points[0]])
            elif letter == "C":
                self.stretches.append(list(curve_points(at, *points)))
            at = points[-1]
        self.first = self.stretches[0][0]
        self.tip = tuple(numbers(head)[:2])
        self.stretches.append([at, self.tip])

    def enters(self, area):
        """Whether a point of it lies inside; they are so close that no box fits between two."""
        return any(area.has_inside(point) for point in self.points_near(area))

    def points_near(self, area):
        for stretch in self.stretches:
            xs, ys = zip(*stretch)
            if (max(xs) < area.left or min(xs) > area.right or
                    max(ys) < area.top or min(ys) > area.bottom):
                continue
            for (x, y), (to_x, to_y) in zip(stretch, stretch[1:]):
                steps = int(max(abs(to_x - x), abs(to_y - y)) // 4) + 1
                for i in range(steps + 1):
                    yield x + (to_x - x) * i / steps, y + (to_y - y) * i / steps


class Picture:
    def __init__(self, bytes_):
        self.root = tree.fromstring(bytes_)
        self.page = Area(0, 0, float(self.root.get("width")), float(self.root.get("height")))
        body = self.root.find(f"{SVG}g[@transform]")
        self.shift = numbers(body.get("transform"))
        self.boxes = {int(each.get("data-box")): Box(each) for each in body
                      if each.get("data-box") is not None}
        self.arcs = [Arc(each) for each in body if each.get("data-arc") is not None]

    def arcs_told(self):
        """(kind, from, to) by the stages' names."""
        return sorted((arc.kind, self.boxes[arc.begin].stage, self.boxes[arc.end].stage)
                      for arc in self.arcs if arc.kind != "start")

    def wrongs(self):
        """Everything that a person would object to."""
        yield from self.boxes_wrong()
        yield from self.ends_wrong()
        yield from self.labels_wrong()
        yield from self.ways_wrong()
        yield from self.page_wrong()

    def is_around(self, outer, inner):
        return outer.branches > 0 and outer.area.holds(inner.area) and (
            inner.stage.count("/") > outer.stage.count("/") or inner.kind == "exit")

    def boxes_wrong(self):
        boxes = list(self.boxes.values())
        for i, one in enumerate(boxes):
            for other in boxes[i + 1:]:
                if one.area.meets(other.area) and not (
                        self.is_around(one, other) or self.is_around(other, one)):
                    yield f"boxes {one.stage} {one.area} and {other.stage} {other.area} overlap"

    def ends_wrong(self):
        for arc in self.arcs:
            begin, end = self.boxes[arc.begin], self.boxes[arc.end]
            if not begin.area.has_on_border(arc.first):
                yield f"{arc.texts} begins at {arc.first}, not at {begin.stage} {begin.area}"
            if not end.area.has_on_border(arc.tip):
                yield f"{arc.texts} ends at {arc.tip}, not at {end.stage} {end.area}"

    def labels_wrong(self):
        labelled = [arc for arc in self.arcs if arc.label]
        for i, arc in enumerate(labelled):
            for box in self.boxes.values():
                if arc.label.meets(box.area) and not (box.branches and box.area.holds(arc.label)):
                    yield f"label {arc.texts} {arc.label} lies on {box.stage} {box.area}"
            for other in labelled[i + 1:]:
                if arc.label.meets(other.label):
                    yield f"labels {arc.texts} {arc.label} and {other.texts} {other.label} overlap"

    def ways_wrong(self):
        labels = [(arc, arc.label) for arc in self.arcs if arc.label]
        for arc in self.arcs:
            ends = (self.boxes[arc.begin], self.boxes[arc.end])
            for box in self.boxes.values():
                if box.branches and all(box.area.holds(each.area) and each is not box for each in ends):
                    continue
                if arc.enters(box.area):
                    yield f"{arc.texts} runs through {box.stage} {box.area}"
            for owner, label in labels:
                if arc.enters(label):
                    yield f"{arc.texts} runs through the label {owner.texts}"

    def page_wrong(self):
        for box in self.boxes.values():
            moved = Area(box.area.left + self.shift[0], box.area.top + self.shift[1],
                         box.area.right - box.area.left, box.area.bottom - box.area.top)
            if not self.page.holds(moved):
                yield f"{box.stage} is not on the page"


# ---- procedures made up -----------------------------------------------------------------------

TITLES = ["受理窗口", "a <b> & 'c'", "“”", "long words that have to be broken over lines",
          "很长的标题需要折行才能放进方框里面而且没有空格", "x\\n", "]]>", "—", "é à ß"]


class Region:
    def __init__(self, name, parent):
        self.name, self.parent, self.stages = name, parent, []

    def path(self):
        outer = self.parent.region.path() if self.parent else ""
        return f"{outer}{self.name}/" if self.parent else ""


class Stage:
    def __init__(self, region, index, number, title):
        self.region, self.index, self.title = region, index, title
        self.name = f"s{number}"
        self.is_final = False
        self.acts = []      # (action, target or None)
        self.branches, self.join, self.need = [], None, 0

    def path(self):
        return self.region.path() + self.name


class MadeUp:
    """A procedure whose every act has a name of its own, so that an arc's label tells it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.stages, self.acts = [], 0
        self.top = self.region("", None, 0)

    def title(self):
        return self.random.choice(TITLES) if self.random.random() < 0.3 else ""

    def act(self, stage, target):
        self.acts += 1
        stage.acts.append((f"a{self.acts}", target))

    def region(self, name, parent, depth):
        r, region = self.random, Region(name, parent)
        count = r.randrange(2, 9 if depth else 14)
        for i in range(count):
            stage = Stage(region, i, len(self.stages), self.title())
            region.stages.append(stage)
            self.stages.append(stage)
        region.stages[-1].is_final = True
        for i, stage in enumerate(region.stages[:-1]):
            self.act(stage, region.stages[i + 1])
            for _ in range(r.choice((0, 0, 1, 2))):
                self.act(stage, r.choice(region.stages + [None]))
            if parent and r.random() < 0.2:
                self.act(stage, r.choice(parent.region.stages))
            if depth < 2 and r.random() < 0.15:
                self.branch(stage, depth)
        return region

    def branch(self, stage, depth):
        r = self.random
        stage.need = r.choice((1, 2))
        stage.join = r.choice([each for each in stage.region.stages if each is not stage])
        for i in range(r.choice((2, 2, 3))):
            stage.branches.append(self.region(f"b{i}", stage, depth + 1))

    def lines(self, region, indent):
        for stage in region.stages:
            kind = " initial" if stage.index == 0 else " final" if stage.is_final else ""
            title = f' "{stage.title}"' if stage.title else ""
            if kind == " final":
                yield f"{indent}stage {stage.name}{title}{kind}"
                continue
            yield f"{indent}stage {stage.name}{title}{kind} {{"
            for action, target in stage.acts:
                yield f"{indent}  on {action}" + (f" -> {target.name}" if target else "")
            if stage.branches:
                word = "any" if stage.need == 1 else str(stage.need)
                yield f"{indent}  parallel {word} {{"
                for each in stage.branches:
                    yield f"{indent}    branch {each.name} {{"
                    yield from self.lines(each, indent + "      ")
                    yield f"{indent}    }}"
                yield f"{indent}  }} -> {stage.join.name}"
            yield f"{indent}}}"

    def source(self):
        return "\n".join(["# made up", "procedure p {", "  version 1",
                          *self.lines(self.top, "  "), "}", ""])

    def named(self, name):
        return next(stage for stage in self.stages if stage.name == name)

    def arcs_expected(self):
        """(from, to) of acts and joins, by the boxes that stand for the stages in a pane."""
        arcs = set()
        for stage in self.stages:
            for _, target in stage.acts:
                if target is None or target is stage:
                    continue
                at = stage
                if target.region is not stage.region:
                    arcs.add((stage.path(), f"exit {target.path()}"))
                while at.region is not target.region:
                    at = at.region.parent
                if at is not target:
                    arcs.add((at.path(), target.path()))
            if stage.branches:
                arcs.add((stage.path(), stage.join.path()))
        return arcs

    def target_of(self, action):
        for stage in self.stages:
            for name, target in stage.acts:
                if name == action:
                    return target or stage
        raise KeyError(action)

    def box_for(self, stage, region):
        """How the picture of a region shows a stage: itself, the parallel stage around it, an exit."""
        at = stage
        while at is not None and at.region is not region:
            at = at.region.parent
        return at.path() if at else f"exit {stage.path()}"


def box_name(box):
    return f"exit {box.stage}" if box.kind == "exit" else box.stage


AHEAD = re.compile(r"^  ahead (\w+): in (\w+), left out ([\w, ]*)(?:; unless .*)?$", re.M)


# ---- the tests --------------------------------------------------------------------------------


def sources():
    for folder in ("tests/golden", "examples"):
        for path in sorted((ROOT / folder).rglob("*.gj")):
            yield path


def source_wrongs(path):
    """None where nothing is drawn: a source with mistakes, or with several procedures."""
    wrongs = []
    for lang, command in (("en", GUIJU), ("zh", QUICK)):
        out, status, _ = draw(path, lang=lang, command=command)
        if status != 0 or not out:
            return None
        wrongs += [f"{path}: {each}" for each in Picture(out).wrongs()]
    if draw(path, lang=lang, command=command)[0] != out:
        wrongs.append(f"{path}: drawn twice, it differs")
    return wrongs


class Drawings(unittest.TestCase):
    def test_every_source(self):
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            found = [each for each in pool.map(source_wrongs, some_of(sources())) if each is not None]
        self.assertGreater(len(found), 15)
        self.assertEqual([], [wrong for each in found for wrong in each])

    def test_every_stage_of_the_examples(self):
        for path in sources():
            if "examples" not in path.parts and path.stem not in ("parallel", "parallel_any"):
                continue
            out, status, _ = draw(path)
            if status:
                continue
            for box in Picture(out).boxes.values():
                if box.kind in ("start", "exit"):
                    continue
                out, status, error = draw(path, "--stage", box.stage, command=QUICK)
                self.assertEqual((0, ""), (status, error), box.stage)
                self.assertEqual([], list(Picture(out).wrongs()), f"{path} {box.stage}")


class MadeUpDrawings(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="guiju-")
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "p.gj"

    def test_what_is_there(self):
        drawn = 0
        for seed in range(MADE_UP):
            made = MadeUp(seed)
            self.path.write_text(made.source(), "utf-8")
            out, status, _ = draw(self.path)
            if status: # its branches cannot end, or the like
                continue
            drawn += 1
            with self.subTest(seed=seed):
                self.picture_check(made, Picture(out))
                self.detours_check(made, made.random.choice(made.stages))
        self.assertGreater(drawn, MADE_UP // 2)

    def picture_check(self, made, picture):
        self.assertEqual([], list(picture.wrongs()))
        self.assertEqual(sorted(stage.path() for stage in made.stages),
                         sorted(box.stage for box in picture.boxes.values()
                                if box.kind not in ("start", "exit")))
        self.assertEqual(sorted(stage.path() for stage in made.stages if stage.is_final),
                         sorted(box.stage for box in picture.boxes.values() if box.kind == "final"))
        self.assertEqual(made.arcs_expected(),
                         {(box_name(picture.boxes[arc.begin]), box_name(picture.boxes[arc.end]))
                          for arc in picture.arcs if arc.kind != "start"})
        told = [text.split()[-1] if "↻" in text else text.split()[0]
                for each in [*picture.arcs, *picture.boxes.values()] for text in each.texts if text]
        for stage in made.stages:
            for action, _ in stage.acts:
                self.assertIn(action, told)

    def detours_check(self, made, stage):
        text, _, _ = draw(self.path, "--stage", stage.path(), form="text")
        out, _, _ = draw(self.path, "--stage", stage.path())
        picture = Picture(out)
        self.assertEqual([], list(picture.wrongs()))
        expected, words = set(), []
        for action, _, left_out in AHEAD.findall(text.decode()):
            if not left_out:
                continue
            to = made.box_for(made.target_of(action), stage.region)
            words += [action, *left_out.split(", ")]
            if to != stage.path():
                expected.add((stage.path(), to))
        detours = [arc for arc in picture.arcs if arc.kind == "detour"]
        self.assertEqual(expected, {(box_name(picture.boxes[arc.begin]),
                                     box_name(picture.boxes[arc.end])) for arc in detours})
        box = next(each for each in picture.boxes.values()
                   if each.stage == stage.path() and each.kind not in ("start", "exit"))
        told = set(re.findall(r"\w+", " ".join(" ".join(each.texts) for each in [*detours, box])))
        self.assertEqual(set(), set(words) - told)

    def test_large(self):
        """Two hundred stages, many ways on and back."""
        r = random.Random(7)
        lines = ["# large", "procedure p {", "  version 1"]
        for i in range(199):
            lines.append(f"  stage s{i} {'initial ' if i == 0 else ''}{{\n    on n{i} -> s{i + 1}")
            lines += [f"    on j{i}_{k} -> s{r.randrange(max(0, i - 8), min(200, i + 9))}"
                      for k in range(r.randrange(3))]
            lines.append("  }")
        self.path.write_text("\n".join([*lines, "  stage s199 final", "}", ""]), "utf-8")
        out, status, error = draw(self.path)
        self.assertEqual(0, status, error)
        self.assertEqual([], list(Picture(out).wrongs()))

    def test_dot(self):
        for seed in range(MADE_UP // 4):
            self.path.write_text(MadeUp(seed).source(), "utf-8")
            out, status, _ = draw(self.path, form="dot")
            if status == 0:
                with self.subTest(seed=seed):
                    self.dot_check(out)

    def dot_check(self, out):
        text = out.decode()
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
        self.assertEqual(bare.count("{"), bare.count("}"))
        self.assertNotIn('"', bare.replace('""', ""))
        nodes = set(re.findall(r"^ *(b\d+) \[", bare, re.M))
        for begin, end in re.findall(r"^ *(b\d+) -> (b\d+) \[", bare, re.M):
            self.assertLessEqual({begin, end}, nodes)
        if shutil.which("dot"):
            done = subprocess.run(["dot", "-Tsvg"], input=out, capture_output=True, check=False,
                                  timeout=SECONDS_MAX)
            self.assertEqual((0, ""), (done.returncode, done.stderr.decode()))


class Documents(unittest.TestCase):
    def test_pictures_are_current(self):
        found = 0
        for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
            for line in re.findall(r"`guiju (dump [^`]*--format svg [^`]*) > ([^` ]+)`",
                                   page.read_text("utf-8")):
                found += 1
                words = [str(ROOT / each) if each.endswith(".gj") else each
                         for each in shlex.split(line[0])]
                out, status, error = guiju(*words)
                self.assertEqual(0, status, error)
                self.assertEqual((ROOT / line[1]).read_bytes(), out, f"{page.name}: {line[1]}")
        self.assertGreater(found, 0)


if __name__ == "__main__":
    unittest.main()
