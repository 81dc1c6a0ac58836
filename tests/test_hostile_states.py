"""Hostile states: refused or read, soon, within three times their size."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import JOB, STATE, alone, here, place, project

MB = 1_000_000
REGION = '"bucket_region":{"value":"eu-central-1","type":"string"}'


def state(more: str = "", bucket: str = '"acme-lake"') -> bytes:
    own = f'"bucket_name":{{"value":{bucket},"type":"string"}},{REGION}'
    return f'{{"version":4,"serial":1,"lineage":"l","resources":[],"outputs":{{{own}{more}}}}}'.encode()


def other(value: str, kind: str = '"string"') -> bytes:
    return state(f',"other":{{"value":{value},"type":{kind}}}')


READ = {
    "100 levels": other("[" * 100 + "]" * 100),
    "a type of many digits": other("1", "1" * 5000),
    "a type of many levels": other("1", "[" * 500 + "]" * 500),
    "a small exponent": other("1e-99999999999999999999999999"),
    "a large exponent": other("1e99999999999999999999999999"),
    "4,000 digits": other("9" * 4000),
    "a pair of surrogates": other('"\\ud83d\\ude00"'),
    "an output twice": state(',"bucket_name":{"value":"acme-lake","type":"string"}'),
    "a member twice": state(',"other":{"value":1,"value":2,"sensitive":true,"sensitive":true,"type":"string"}'),
    "names that are methods elsewhere": state(
        ',"__proto__":{"value":"a","type":"string"},"constructor":{"value":{"__proto__":1},"type":"string"}'
        ',"ünï":{"value":"a","type":"string"},"":{"value":"a","type":"string"},"\\u0000":{"value":"a","type":"string"}'
    ),
    "a serial of many digits": state().replace(b'"serial":1', b'"serial":' + b"9" * 5000),
    "a serial that is none": state().replace(b'"serial":1', b'"serial":1.5'),
    "a lineage that is none": state().replace(b'"l"', b"[]"),
}
REFUSED = {
    "10,000 digits": (other("9" * 10_000), "DC3021"),
    "infinity": (other("Infinity"), "DC3012"),
    "not a number": (other("NaN"), "DC3012"),
    "5,000 levels": (other("[" * 5000 + "]" * 5000), "DC3012"),
    "100,000 levels of mappings": (other('{"a":' * 100_000 + "1" + "}" * 100_000), "DC3012"),
    "a million brackets": (b"[" * MB, "DC3018"),
    "a million braces": (b'{"a":' * MB, "DC3012"),
    "half a surrogate": (other('"\\ud800"'), "DC3010"),
    "half a surrogate in a name": (state(',"\\udc00":{"value":"a","type":"string"}'), "DC3010"),
    "half a surrogate in a type": (other("1", '"\\ud800"'), "DC3010"),
    "half a surrogate in the lineage": (state().replace(b'"l"', b'"\\ud800"'), "DC3010"),
    "Latin-1": (other('"é"').decode().encode("latin-1"), "DC3010"),
    "UTF-16": (state().decode().encode("utf-16"), "DC3010"),
    "noise": (bytes(range(256)) * 10, "DC3010"),
    "nothing": (b"", "DC3009"),
    "no outputs": (b"{}", "DC3019"),
    "a list of them": (b"[" + state() + b"]", "DC3018"),
    "a null": (b"null", "DC3018"),
    "no version": (b'{"version":null}', "DC3017"),
    "a version to come": (b'{"version":99}', "DC3017"),
    "modules that are none": (b'{"version":3,"modules":[1,{"path":5}]}', "DC3018"),
    "values that are none": (b'{"format_version":"1.0","values":5}', "DC3018"),
    "an encrypted one with odd names": (b'{"encrypted_data":1,"encryption_version":1,"meta":[]}', "DC3018"),
    "the end missing": (state()[:-40], "DC3011"),
    "an end too much": (state() + b"}", "DC3012"),
}


@pytest.mark.parametrize("name", READ)
def test_an_odd_state_is_read(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = here(place(project(tmp_path / "shop"), STATE, READ[name]), monkeypatch)
    assert (ran.code, ran.codes) == (0, [])


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_state_is_refused(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, code = REFUSED[name]
    ran = here(place(project(tmp_path / "shop"), STATE, data), monkeypatch)
    assert (ran.code, ran.codes) == (1, [code])
    assert not (tmp_path / "shop/build").exists()


@pytest.mark.parametrize(
    "bucket", ['"a\\u0000b"', '"a\\u001b[31mb"', '["acme"]', '{"$ref":"env:X"}', "5", '"\\u202eb"']
)
def test_a_value_that_is_no_bucket(tmp_path: Path, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = here(place(project(tmp_path / "shop"), STATE, state(bucket=bucket)), monkeypatch)
    assert ran.code in (0, 1)
    assert not [code for code in ran.codes if code.startswith("DC9")]


def fifty_megabytes() -> bytes:
    attributes = {"id": "i-0123456789", "tags": {"a": "b", "c": "x" * 20}}
    resource: dict[str, Any] = {"mode": "managed", "type": "x", "instances": [{"attributes": attributes}]}
    resources = ",".join([json.dumps(resource)] * 370_000)
    return state().replace(b'"resources":[]', b'"resources":[' + resources.encode() + b"]")


@pytest.mark.parametrize(
    ("cut", "more", "code"),
    [(None, b"", 0), (-1000, b"", 1), (None, b"}", 1), (-1000, b"?", 1), (-1000, b"\xff", 1)],
    ids=["good", "truncated", "too much", "a wrong character", "no UTF-8"],
)
def test_fifty_megabytes_cost_three_times_their_size(tmp_path: Path, cut: int | None, more: bytes, code: int) -> None:
    folder = project(tmp_path / "shop")
    small = alone(folder, "compile", "-o", "small")
    data = fifty_megabytes()
    assert len(data) > 50 * MB
    ran = alone(place(folder, STATE, data[:cut] + more), "compile", "--format", "json")
    assert ran.code == code, ran
    assert ran.peak - small.peak < 3 * len(data)
    assert ran.seconds - small.seconds < 5


def test_a_state_of_many_outputs_and_a_job_of_many_mistakes(tmp_path: Path) -> None:
    """Ten thousand of each: names are looked for, and none found."""
    folder = project(tmp_path / "shop")
    for file in folder.glob("terraform/lake/*.tf"):
        file.unlink()  # it declares none of these outputs
    place(folder, STATE, state("".join(f',"out_{n}":{{"value":"x","type":"string"}}' for n in range(10_000))))
    mapped = "".join(f"      aut_{n}: source.connection.k{n}\n" for n in range(10_000)).encode()
    line = b"      bucket_name: target.connection.s3.bucket\n"
    place(folder, JOB, (folder / JOB).read_bytes().replace(line, line + mapped))
    ran = alone(folder, "compile", "--format", "json")
    assert ran.codes == ["DC4001"] * 10_000
    assert ran.seconds < 30
    shown = alone(folder, "compile")
    assert shown.err.count("error[DC4001]") == 100
    assert "... and 9,900 more errors (1 code): DC4001 x 9,900" in shown.err


def test_many_outputs_may_be_mapped(tmp_path: Path) -> None:
    folder = project(tmp_path / "shop")
    for file in folder.glob("terraform/lake/*.tf"):
        file.unlink()  # it declares none of these outputs
    place(folder, STATE, state("".join(f',"out_{n}":{{"value":"x","type":"string"}}' for n in range(20_000))))
    mapped = "".join(f"      out_{n}: source.connection.k{n}\n" for n in range(20_000)).encode()
    line = b"      bucket_name: target.connection.s3.bucket\n"
    place(folder, JOB, (folder / JOB).read_bytes().replace(line, line + mapped))
    ran = alone(folder, "compile")
    assert ran.code == 0, ran.err[:500]
    assert ran.seconds < 20
