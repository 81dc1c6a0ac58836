"""What the index keeps of a job is enough for the rules of a later compile that does not see the job."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dativo_compile.manifest.claim import claim_from, claim_of
from dativo_compile.model.job import Claim, TaggedJob
from dativo_compile.model.project import Request
from dativo_compile.pipeline import Watch, compile_project

CASES = Path(__file__).resolve().parent.parent / "cases"


@pytest.mark.parametrize("case", ["job-carries", "state-shared", "secret-shared", "resources-apart", "storage-apart"])
def test_a_claim_is_read_back_from_the_index(case: str) -> None:
    jobs: list[TaggedJob] = []
    done = compile_project(Request((CASES / case / "jobs",)), watch=Watch(lambda tagged, *_: jobs.append(tagged)))
    assert len(jobs) == len(done.manifests) > 0
    for job, manifest in zip(jobs, done.manifests, strict=True):
        claim = claim_of(job, lambda _: None)
        known = claim_from(job.placed.linked.id, manifest.entry)
        state = claim.state if claim.secrets else ""  # elsewhere it is known by its key
        assert known == replace(claim, reread=None, uses=(), state=state, tag_keys=tuple(manifest.entry["tags"]))
        assert (claim.ours, known.ours) == (True, False)


def test_an_entry_of_another_hand_is_no_crash() -> None:
    assert claim_from("a", {}) == Claim("a", "", "", (), "", "", "", "")
    assert claim_from("a", {"reads": [], "tags": "x", "tenant_id": 7}).tenant == "7"
