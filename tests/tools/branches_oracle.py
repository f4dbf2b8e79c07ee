#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Branches: what is reported as left out is a cheapest explanation of the event where the case stands.

`branches_oracle.py GUIJU` makes random procedures whose stages run branches, some inside others, and
random cases. The command judges them; this walks the cases anew over the whole state, every region's
stage at once, by docs/LANGUAGE.md ("Order", "Branches") alone: a plain breadth-first search over
single acts from where the case stands, nothing worked out beforehand. Every finding must agree, and
of each skipped step the acts left out must be as few as any, and lead there. GUIJU_PROVE=1 makes many.
"""
import collections
import json
import os
import random
import subprocess
import sys
import tempfile

DEPTH_MAX, WAY_MAX = 2, 14


class Region:
    def __init__(self, name, parent):
        self.name, self.parent = name, parent  # parent: the stage that runs it
        self.stages = []

    def around(self):
        region = self
        while region is not None:
            yield region
            region = region.parent.region if region.parent else None


class Stage:
    def __init__(self, name, region, final):
        self.name, self.region, self.final = name, region, final
        self.acts, self.branches, self.need, self.join = [], [], 0, None


Act = collections.namedtuple("Act", "action stage target")


# ---- a random procedure ---------------------------------------------------------------------------

class Procedure:
    def __init__(self, rng):
        self.rng, self.regions = rng, []
        self.root = self.region_make("p", None, 0)
        self.actions = sorted({act.action for region in self.regions for stage in region.stages
                               for act in stage.acts})

    def region_make(self, name, parent, depth):
        rng, region = self.rng, Region(name, parent)
        self.regions.append(region)
        count = rng.randint(2, 4) + (depth == 0)
        region.stages = [Stage(f"{name}_s{i}", region, i == count - 1) for i in range(count)]
        outside = [stage for other in list(region.around())[1:] for stage in other.stages]
        for i, stage in enumerate(region.stages[:-1]):
            self.act_add(stage, count, region.stages[i + 1])
            for _ in range(rng.choice([0, 0, 1, 2])):
                inward = rng.choice([rng.choice(region.stages), None])
                leaves = outside and rng.random() < 0.2
                self.act_add(stage, count, rng.choice(outside) if leaves else inward)
        if depth < DEPTH_MAX and (depth == 0 or rng.random() < 0.4):
            self.branches_make(rng.choice(region.stages[:-1]), depth)
        return region

    def act_add(self, stage, count, target):
        action = f"{stage.region.name}_a{self.rng.randrange(count + 2)}"
        if all(act.action != action for act in stage.acts):
            stage.acts.append(Act(action, stage, target))

    def branches_make(self, stage, depth):
        rng, region = self.rng, stage.region
        count = rng.randint(2, 3)
        stage.need = rng.randint(1, count)
        stage.join = region.stages[region.stages.index(stage) + 1]
        if rng.random() < 0.5:
            stage.acts = []
        stage.branches = [self.region_make(f"{stage.name}b{i}", stage, depth + 1) for i in range(count)]

    def text(self):
        return "procedure p {\n" + self.region_text(self.root) + "}\n"

    def region_text(self, region):
        lines = []
        for i, stage in enumerate(region.stages):
            head = f"stage {stage.name}" + (" initial" if i == 0 else "") + (" final" if stage.final else "")
            if stage.final:
                lines.append(head)
                continue
            lines.append(head + " {")
            lines += [f"on {act.action}" + (f" -> {act.target.name}" if act.target else "")
                      for act in stage.acts]
            if stage.branches:
                lines.append(f"parallel {stage.need} {{")
                for branch in stage.branches:
                    lines.append(f"branch {branch.name} {{\n{self.region_text(branch)}}}")
                lines.append(f"}} -> {stage.join.name}")
            lines.append("}")
        return "\n".join(lines) + "\n"

    # Edges of a region's own graph: (from, to), branches seen from outside.
    def edges(self, region):
        for stage in region.stages:
            for act in stage.acts:
                if act.target and act.target.region is region:
                    yield stage, act.target
            if stage.join:
                yield stage, stage.join
        for inner in self.regions:
            for stage in inner.stages:
                for act in stage.acts:
                    if act.target and act.target.region is region and inner is not region \
                            and region in inner.around():
                        yield self.stage_around(stage, region), act.target

    @staticmethod
    def stage_around(stage, region):
        while stage.region is not region:
            stage = stage.region.parent
        return stage

    # A return edge leads to a stage without which its source cannot be reached.
    def returns(self):
        found = set()
        for region in self.regions:
            edges = list(self.edges(region))
            for source, target in edges:
                seen = {region.stages[0]} - {target}
                while True:
                    more = {b for a, b in edges if a in seen and b is not target} - seen
                    if not more:
                        break
                    seen |= more
                if target is source or source not in seen:
                    found.add((source, target))
        return found


# ---- where a case stands -------------------------------------------------------------------------------

class State:
    """Every region's stage; a region that does not run has none."""

    def __init__(self, procedure):
        self.at, self.done, self.ended = {}, set(), set()
        self.entered = []  # stages, in order
        self.enter(procedure.root.stages[0])

    def copy(self):
        other = object.__new__(State)
        other.at, other.done, other.ended = dict(self.at), set(self.done), set(self.ended)
        other.entered = []
        return other

    def key(self):
        return frozenset(self.at.items()), frozenset(self.done)

    def enter(self, stage):
        self.at[stage.region] = stage
        self.done.discard(stage.region)
        self.ended.discard(stage.region)
        self.entered.append(stage)
        if stage.final and stage.region.parent:
            self.done.add(stage.region)
        for branch in stage.branches:
            self.enter(branch.stages[0])

    def leave(self, stage):
        for branch in stage.branches:
            if branch not in self.done:
                self.leave(self.at[branch])
                self.ended.add(branch)
            self.at.pop(branch, None)
            self.done.discard(branch)

    def move(self, region, target, crossed):
        crossed.append((self.at[region], target))
        self.leave(self.at[region])
        self.enter(target)

    def take(self, act):
        """The region edges that the act crosses, outwards."""
        crossed = []
        self.move(act.target.region, act.target, crossed)
        region = act.target.region
        while region.parent and region in self.done:
            parent = region.parent
            if sum(branch in self.done for branch in parent.branches) < parent.need:
                break
            region = parent.region
            self.move(region, parent.join, crossed)
        return crossed

    def expecting(self, region, action):
        """The act, where a region inside `region` that runs expects it."""
        for other, stage in self.at.items():
            if region in other.around() and other not in self.done:
                for act in stage.acts:
                    if act.action == action:
                        return act
        return None


def inside(region, outer):
    return outer in region.around()


class Judge:
    def __init__(self, procedure):
        self.procedure, self.returns = procedure, procedure.returns()

    def ways(self, state, region, action, may_return):
        """The fewest acts before the action, out of the region's present stage where a branch of
        that has the action; None where it is not ahead."""
        stage = state.at[region]
        must_cross = any(act.action == action for branch in stage.branches
                         for other in self.procedure.regions if inside(other, branch)
                         for s in other.stages for act in s.acts)
        for returning in (False, True):
            seen = set()
            queue = collections.deque([(state, 0, frozenset(), not must_cross)])
            while queue:
                here, length, targets, crossed = queue.popleft()
                if crossed and here.expecting(region, action) and \
                        (length > 0) and (not returning or may_return(targets)):
                    return length
                if length == WAY_MAX:
                    continue
                for act in self.acts(here, region):
                    there = here.copy()
                    edges = [edge for edge in there.take(act) if edge[0].region is region]
                    back = frozenset(edge[1] for edge in edges if edge in self.returns)
                    if back and not returning:
                        continue
                    label = (there.key(), targets | back, crossed or bool(edges))
                    if label not in seen:
                        seen.add(label)
                        queue.append((there, length + 1, targets | back, crossed or bool(edges)))
        return None

    def acts(self, state, region):
        for other, stage in state.at.items():
            if inside(other, region) and other not in state.done:
                for act in stage.acts:
                    if act.target and inside(act.target.region, region):
                        yield act


def home_of(procedure, action):
    return next(region for region in procedure.regions for stage in region.stages
                for act in stage.acts if act.action == action)


class Case:
    def __init__(self, judge):
        self.judge, self.procedure = judge, judge.procedure
        self.state, self.moment = State(judge.procedure), 0
        self.entered, self.done_at = {}, {}
        self.note()

    def note(self):
        for stage in self.state.entered:
            self.moment += 1
            self.entered[stage] = self.moment
        self.state.entered = []

    def may_return(self, action):
        done = self.done_at.get(action, 0)
        return lambda targets: all(not done or self.entered.get(t, 0) >= done for t in targets)

    def closed(self):
        return self.state.at[self.procedure.root].final

    def expected(self, action):
        """(code or None, how many acts were left out)."""
        state, home = self.state, home_of(self.procedure, action)
        if self.closed():
            return "after-close", 0
        if state.expecting(self.procedure.root, action):
            return None, 0
        running = [region for region in home.around() if region in state.at]
        lengths = {}
        for region in running:
            if region not in state.done:
                length = self.judge.ways(state, region, action, self.may_return(action))
                if length is not None:
                    lengths[region] = length
        ended = any(inside(home, region) and region in state.ended and region not in state.at
                    for region in self.procedure.regions)
        if lengths:
            return "skipped-step", min(lengths.values())
        if ended:
            return "recorded", 0
        if running[0] in state.done:
            return "after-close", 0
        return ("repeated" if action in self.done_at else "out-of-order"), 0

    def step(self, action, left_out):
        """Takes the acts left out as told, then the act; says what is wrong with them."""
        wrong = None
        for name in left_out:
            act = self.state.expecting(self.procedure.root, name)
            if act is None or act.target is None:
                return f"{name} cannot be done there"
            self.state.take(act)
            self.note()
        act = None if self.closed() else self.state.expecting(self.procedure.root, action)
        if left_out and act is None:
            wrong = f"{action} is not expected after {left_out}"
        self.moment += 1
        self.done_at[action] = self.moment
        if act and act.target:
            self.state.take(act)
            self.note()
        return wrong


# ---- comparing -------------------------------------------------------------------------------------------

def events_make(procedure, judge, rng, name):
    """Half of what is expected, half of anything."""
    case, events = Case(judge), []
    for i in range(rng.randint(3, 9)):
        open_acts = [act.action for region, stage in case.state.at.items() for act in stage.acts]
        action = rng.choice(open_acts) if open_acts and rng.random() < 0.5 else rng.choice(procedure.actions)
        events.append({"case": name, "id": f"{name}-{i}", "action": action, "at": f"2024-01-01T{i:02d}:00Z"})
        case.step(action, [])
    return events


def compare(procedure, judge, events, found):
    case, wrong = Case(judge), []
    for event in events:
        told = found.get(event["id"], [])
        code, length = case.expected(event["action"])
        left_out = next((list(map(lambda one: one["action"], f["left_out"])) for f in told
                         if f["code"] == "skipped-step"), [])
        codes = [f["code"] for f in told]
        wanted = [] if code in (None, "recorded") else [code]
        # A branch that was not waited for: its acts are only recorded, unless they are ahead again.
        if codes != wanted and not (code == "skipped-step" and not codes and
                                    any(region in case.state.ended for region in
                                        home_of(procedure, event["action"]).around())):
            wrong.append(f"{event['id']} {event['action']}: {codes}, expected {wanted}")
            break
        if left_out and len(left_out) != length:
            wrong.append(f"{event['id']} {event['action']}: left out {left_out}, but {length} are enough")
            break
        mistake = case.step(event["action"], left_out)
        if mistake:
            wrong.append(f"{event['id']} {event['action']}: {mistake}")
            break
    return wrong


def tried(guiju, seed, cases):
    """The mistakes of one procedure, or None where it is no valid one."""
    rng = random.Random(seed)
    procedure = Procedure(rng)
    judge = Judge(procedure)
    events = {f"c{i}": events_make(procedure, judge, rng, f"c{i}") for i in range(cases)}
    with tempfile.TemporaryDirectory() as folder:
        source, log = os.path.join(folder, "p.gj"), os.path.join(folder, "log.jsonl")
        with open(source, "w", encoding="utf-8") as stream:
            stream.write(procedure.text())
        with open(log, "w", encoding="utf-8") as stream:
            for event in (event for one in events.values() for event in one):
                stream.write(json.dumps(event) + "\n")
        run = subprocess.run([guiju, "replay", source, "--events", log, "--format", "jsonl"],
                             capture_output=True, check=False)
    if run.returncode == 3:
        return None
    if run.returncode not in (0, 1):
        return [f"exit status {run.returncode}: {run.stderr.decode()}"]
    found = collections.defaultdict(list)
    for line in run.stdout.decode().splitlines():
        finding = json.loads(line)
        found[finding["event"]].append(finding)
    return [mistake for one in events.values() for mistake in compare(procedure, judge, one, found)]


def main():
    guiju = os.path.abspath(sys.argv[1])
    prove = os.environ.get("GUIJU_PROVE")
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    procedures, failed, valid = (3000 if prove else 40), 0, 0
    for seed in range(first, first + procedures):
        wrong = tried(guiju, seed, 40 if prove else 12)
        valid += wrong is not None
        for mistake in (wrong or [])[:2]:
            print(f"seed {seed}: {mistake}")
        failed += bool(wrong)
    print(f"{valid} of {procedures} procedures are valid")
    assert valid > procedures // 10
    print("%d passed, %d failed" % (valid - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
