"""Faults in our own words: one cause, one fault, and no secret in any of them."""

from __future__ import annotations

from typing import Any

import pytest

from dativo_compile.diagnostics.codes import parse as codes
from dativo_compile.validation.load import WRITTEN
from dativo_compile.validation.schema import faults_of
from tests.validation.documents import BAD, GOOD, JOB, infrastructure, source

IDENTITY = "text of at most 63 letters, digits, `_` and `-` that starts with a letter or digit"
OUTPUT = "a path such as `target.connection.s3.bucket`, or a list of them"

# document of a job -> (path, code, message, help)
FAULTS: dict[str, tuple[dict[str, Any], list[tuple[str, str, str, str]]]] = {
    "a near miss at the top": (
        {**JOB, "tenat": 1},
        [("tenat", "key-unknown", "unknown key `tenat`", "did you mean `tenant_id`?")],
    ),
    "a misspelt required key is one fault": (
        {"tenent_id": "acme", **{k: v for k, v in JOB.items() if k != "tenant_id"}},
        [("tenent_id", "key-unknown", "unknown key `tenent_id`", "did you mean `tenant_id`?")],
    ),
    "a key indented too little": (
        {**JOB, "workspace": "x"},
        [("workspace", "key-unknown", "unknown key `workspace`", "`workspace` belongs in `infrastructure.terraform`")],
    ),
    "a key of nowhere": (
        {**JOB, "zzz": 1},
        [("zzz", "key-unknown", "unknown key `zzz`", "remove it; keys of your own start with `x-`")],
    ),
    "a key missing below": (
        {**JOB, "infrastructure": {"provider": {"region": "x"}}},
        [
            (
                "infrastructure.provider",
                "key-missing",
                "`provider` is missing in `infrastructure.provider`",
                "add it, for example `provider: aws`",
            )
        ],
    ),
    "a number for text": (
        {**JOB, "tenant_id": 5},
        [
            (
                "tenant_id",
                "type-wrong",
                "`tenant_id` must be text, not a number",
                "put it in quotes",
            )
        ],
    ),
    "an empty required value": (
        {**JOB, "asset_path": None},
        [("asset_path", "type-wrong", "`asset_path` must be text, not empty", "give it a value")],
    ),
    "a tenant that is no name": (
        {**JOB, "tenant_id": "acme/eu"},
        [("tenant_id", "value-malformed", f"`tenant_id` must be {IDENTITY}", "for example `acme_eu`")],
    ),
    "a decimal number for a whole one": (
        {**JOB, "retry_config": {"max_retries": 1.5}},
        [
            (
                "retry_config.max_retries",
                "type-wrong",
                "`retry_config.max_retries` must be a whole number, not a decimal number",
                "",
            )
        ],
    ),
    "text for a list": (
        source(files="a.csv"),
        [
            (
                "source.files",
                "type-wrong",
                "`source.files` must be a list, not text",
                "a list has a line with `- ` for each element",
            )
        ],
    ),
    "an account without quotes": (
        infrastructure(provider={"provider": "aws", "account_id": 12345678901}),
        [
            (
                "infrastructure.provider.account_id",
                "account-unquoted",
                "`infrastructure.provider.account_id` is a number; its leading zeros would be lost",
                "write its 12 digits in quotes",
            )
        ],
    ),
    "a word that is none of the words": (
        infrastructure(provider={"provider": "AWS"}),
        [
            (
                "infrastructure.provider.provider",
                "value-not-allowed",
                "`infrastructure.provider.provider` must be `aws`, `gcp` or `azure`, not `AWS`",
                "did you mean `aws`?",
            )
        ],
    ),
    "a port out of range": (
        source(connection={"port": 70000}),
        [
            (
                "source.connection.port",
                "out-of-range",
                "`source.connection.port` must be a port number from 1 to 65535, or a reference such as `${PGPORT}`",
                "",
            )
        ],
    ),
    "two selections": (
        source(files=[{"path": "a"}], tables=[{"name": "b"}], sheets=None),
        [
            (
                "source.tables",
                "several-selections",
                "`source` selects `files` and `tables`",
                "keep one of them; a job writes one table",
            )
        ],
    ),
    "one of several keys missing": (
        source(files=[{"object": "a"}]),
        [
            (
                "source.files[0]",
                "key-missing",
                "one of `path`, `file_id`, `id` is missing in `source.files[0]`",
                "add one of them",
            )
        ],
    ),
    "a path as on another system": (
        {**JOB, "asset_path": "a\\b.yaml"},
        [("asset_path", "path-not-portable", "`asset_path` is a path with backslashes", "write `a/b.yaml`")],
    ),
    "a URL as a path": (
        {**JOB, "asset_path": "https://x.example/a.yaml"},
        [("asset_path", "path-not-portable", "`asset_path` is a URL", "give the path of a file in the project")],
    ),
    "a URL as a path that may be absent": (
        infrastructure(terraform={"module_path": "git://x/y"}),
        [
            (
                "infrastructure.terraform.module_path",
                "path-not-portable",
                "`infrastructure.terraform.module_path` is a URL",
                "give the path of a file in the project",
            )
        ],
    ),
    "a path with a control character": (
        {**JOB, "asset_path": "a\0b"},
        [("asset_path", "value-malformed", "`asset_path` must be text without control characters", "")],
    ),
    "an empty list": (
        source(tables=[]),
        [
            (
                "source.tables",
                "value-empty",
                "`source.tables` must not be empty",
                "give it a value, or leave the key out",
            )
        ],
    ),
    "a workspace that walks": (
        infrastructure(terraform={"workspace": "../x"}),
        [
            (
                "infrastructure.terraform.workspace",
                "value-malformed",
                "`infrastructure.terraform.workspace` must be text without `/` or `..`",
                "for example `x`",
            )
        ],
    ),
    "an output without a place": (
        infrastructure(terraform={"outputs": {"a": 1}}),
        [
            (
                "infrastructure.terraform.outputs.a",
                "type-wrong",
                f"`infrastructure.terraform.outputs.a` must be {OUTPUT}, not a number",
                "",
            )
        ],
    ),
    "an object that only the compiler makes": (
        source(connection={"host": {"$ref": "env:HOST"}}),
        [("source.connection.host", "type-wrong", "`source.connection.host` must be text, not a mapping", "")],
    ),
}


def shown(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path).removeprefix(".")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_words(name: str) -> None:
    document, expected = FAULTS[name]
    assert [(shown(f.path), f.code.name, f.message, f.help) for f in faults_of(WRITTEN, document)] == expected


def test_all_missing_keys_are_told() -> None:
    assert [f.fields["keys"] for f in faults_of(WRITTEN, {})] == [
        "`tenant_id`", "`source_connector_path`", "`target_connector_path`", "`asset_path`",
    ]  # fmt: skip


def test_every_code_of_a_schema_has_a_document() -> None:
    seen = {
        f.code.id for kind, documents in BAD.items() for d in documents if type(d) is dict for f in faults_of(kind, d)
    }
    wanted = {code.id for code in codes.CODES if code.id >= "DC1202"}
    assert seen == wanted


@pytest.mark.parametrize("kind", BAD)
def test_good_documents_have_no_fault_and_bad_ones_have_words(kind: str) -> None:
    for document in GOOD[kind]:
        assert faults_of(kind, document) == ()
    for document in BAD[kind]:
        faults = faults_of(kind, document)
        assert faults
        for fault in faults:
            assert not fault.message.endswith(".")
            assert "is not valid" not in fault.message
            assert "\n" not in fault.message + fault.help


@pytest.mark.parametrize("key", ["password", "secret_access_key", "api_token", "private_key", "credentials"])
@pytest.mark.parametrize("value", ["hunter2!!", 8675309, ["hunter2!!"], {"hunter": 8675309}])
def test_a_secret_is_never_told(key: str, value: Any) -> None:
    documents = [
        source(connection={key: value, "s3": {key: value}}),
        source(credentials={key: value, "from_env": value}),
        source(**{key: value}),
        {**JOB, key: value},
    ]
    for document in documents:
        for fault in faults_of(WRITTEN, document):
            told = " ".join((fault.message, fault.help, *fault.notes))
            assert "hunter2!!" not in told
            assert "8675309" not in told


def test_names_in_messages_are_short_and_on_one_line() -> None:
    (fault,) = faults_of(WRITTEN, {**JOB, "a\nb" * 100: 1})
    assert len(fault.message) < 90
    assert "\n" not in fault.message
