"""A run as JUnit XML, which CI systems show: a test for each case and writer, and a failure where a letter is not as expected."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from inspect_ai.log import EvalLog, EvalSample

from evals import apart
from evals.outcomes import Outcome
from evals.report.evaluation import CALLED, Evaluation

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow, which a model may yet write."""


def junit(evaluation: Evaluation) -> str:
    """The file: a suite for each writer and suite of cases."""
    root = ET.Element("testsuites", name="drafts")
    totals = {"tests": 0, "failures": 0, "errors": 0}
    alone = _alone(evaluation)
    for log in evaluation.logs:
        writer = log.eval.task
        suites: dict[str, list[Outcome | EvalSample]] = {}
        for one in evaluation.outcomes[writer]:
            suites.setdefault(one.about["suite"], []).append(one)
        for sample in _failed(log):
            suites.setdefault(str(sample.metadata.get("suite", "")), []).append(sample)
        for name, cases in sorted(suites.items()):
            counts = _suite(root, f"{writer}.{name}", cases, log.eval.created[:19], alone.get(writer, {}))
            totals = {key: totals[key] + counts[key] for key in totals}
    root.attrib |= {key: str(count) for key, count in totals.items()}
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, name: str, cases: Sequence[Outcome | EvalSample], made: str, alone: Mapping[str, str]) -> dict[str, int]:
    failures = sum(isinstance(one, Outcome) and not one.expected for one in cases)
    counts = {"tests": len(cases), "failures": failures, "errors": sum(isinstance(one, EvalSample) for one in cases)}
    seconds = sum(one.usage.seconds or 0 for one in cases if isinstance(one, Outcome))
    about = {"name": _xml(name), **{key: str(count) for key, count in counts.items()}, "skipped": "0"}
    suite = ET.SubElement(root, "testsuite", {**about, "time": f"{seconds:.3f}", "timestamp": made})
    many = any(one.epoch > 1 for one in cases)
    for one in cases:
        case = one.case if isinstance(one, Outcome) else str(one.id)
        took = f"{(one.usage.seconds or 0) if isinstance(one, Outcome) else 0:.3f}"
        element = ET.SubElement(suite, "testcase", classname=_xml(name), name=_xml(f"{case} #{one.epoch}" if many else case), time=took)
        if case in alone:
            ET.SubElement(ET.SubElement(element, "properties"), "property", name="not compared", value=alone[case])
        if isinstance(one, EvalSample):
            message = one.error.message if one.error else "not judged"
            ET.SubElement(element, "error", type="error", message=_xml(message)).text = _xml(message)
        elif not one.expected:
            told = "\n".join((*one.wrong, "", f"The {CALLED.get(name.partition('.')[0], 'writer')} wrote:", one.text))
            kinds = ", ".join(dict.fromkeys(line.partition(":")[0] for line in one.wrong))
            ET.SubElement(element, "failure", type=_xml(kinds), message=_xml("; ".join(one.wrong))).text = _xml(told)
    return counts


def _alone(evaluation: Evaluation) -> dict[str, dict[str, str]]:
    """By writer, the cases that nothing can be held against, and why."""
    if not evaluation.against:
        return {}
    other = apart.changed(evaluation.against, evaluation.run)
    found = apart.fresh(evaluation.against, evaluation.run)
    return {writer: {case: "changed in the suite" if case in other else "new" for case in cases} for writer, cases in found.items()}


def _failed(log: EvalLog) -> list[EvalSample]:
    """The samples of which nothing was judged."""
    return [sample for sample in log.samples or () if not sample.scores]


def _xml(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
