"""Ids of BigQuery datasets: `PROJECT.DATASET`, and `PROJECT:DATASET` as older tools write it.

https://cloud.google.com/bigquery/docs/datasets#dataset-naming
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from dativo_compile.rules.gcp.ids import GcpId
from dativo_compile.rules.gcp.project import PROJECT, part_fault
from dativo_compile.rules.provider.grammar import Grammar
from dativo_compile.rules.provider.id_fault import IdFault, brief, edge_fault

EXACT = re.compile(rf"({PROJECT})[.:]([A-Za-z0-9_]{{1,1024}})")
OF_TABLE = re.compile(rf"({PROJECT}[.:][A-Za-z0-9_]{{1,1024}})\.[^.:]+")
IN_API = re.compile(r"projects/([^/]+)/datasets/([^/]+)")
ANY = "a letter, digit or `_`"
GRAMMAR = Grammar("A-Za-z0-9_", "letters, digits and `_`", "A-Za-z0-9_", ANY, "A-Za-z0-9_", ANY, 1, 1024)
WRITE = "write `PROJECT.DATASET`"


@lru_cache(maxsize=1024)
def dataset_of(text: str) -> GcpId | IdFault:
    match = EXACT.fullmatch(text)
    if match is not None:
        return GcpId((match[2],), match[1], *match.span(1))
    fault = edge_fault(text) or _refused(text)
    return fault if fault.help else replace(fault, help=WRITE)


def _refused(text: str) -> IdFault:
    """Why the text, which is no dataset, is none."""
    api, table = IN_API.fullmatch(text), OF_TABLE.fullmatch(text)
    if api is not None:
        return IdFault("it is written as the API writes it", 0, len(text), f"write `{api[1]}.{api[2]}`")
    if table is not None:
        reason = f"`{brief(text[table.end(1) :])}` is a table of the dataset"
        return IdFault(reason, table.end(1), len(text), f"write `{table[1]}`")
    at = max(text.rfind("."), text.rfind(":"))
    project, dataset = text[: max(at, 0)], text[at + 1 :]
    if not project:
        help = WRITE if GRAMMAR.fault(dataset) else f"write `PROJECT.{dataset}`"
        return IdFault("its project is missing", 0, len(text), help)
    fault = part_fault(project, "its project", 0) or GRAMMAR.fault(dataset, "the dataset", at + 1)
    assert fault is not None  # the form would have taken it
    return fault
