"""What moves, what goes with it, and what stays: each rule in one small file."""

from __future__ import annotations

import pytest

from tests.formatting.formats import formatted_text

CASES = {
    "keys come in the order of the guide": (
        "asset_path: a\nsource:\n  objects: [x]\ntenant_id: acme\n",
        "tenant_id: acme\nasset_path: a\nsource:\n  objects: [x]\n",
    ),
    "what is in order stays byte for byte": (
        "tenant_id:   acme   # who\n\nsource: {objects: [x],  engine: y}\n",
        "tenant_id:   acme   # who\n\nsource: {objects: [x],  engine: y}\n",
    ),
    "a comment above a key goes with it": (
        "tenant_id: acme\n# where it is\nasset_path: a\n# when\nenvironment: prod # soon\n",
        "tenant_id: acme\n# when\nenvironment: prod # soon\n# where it is\nasset_path: a\n",
    ),
    "the first comment of a file stays at its top": (
        "# Orders of the shop\nenvironment: prod\ntenant_id: acme\n",
        "# Orders of the shop\ntenant_id: acme\nenvironment: prod\n",
    ),
    "unless it speaks of the first key": (
        "# which environment\nenvironment: prod\ntenant_id: acme\n",
        "tenant_id: acme\n# which environment\nenvironment: prod\n",
    ),
    "and what an editor reads stays whatever it speaks of": (
        "# yaml-language-server: $schema=environment.json\nenvironment: prod\ntenant_id: acme\n",
        "# yaml-language-server: $schema=environment.json\ntenant_id: acme\nenvironment: prod\n",
    ),
    "of two comments above the first key the near one is the key's": (
        "# Orders\n\n# soon\nenvironment: prod\ntenant_id: acme\n",
        "# Orders\n\ntenant_id: acme\n# soon\nenvironment: prod\n",
    ),
    "a comment that touches only the key above it goes with that": (
        "environment: prod\n# region: eu\n\ntenant_id: acme\n",
        "tenant_id: acme\n\nenvironment: prod\n# region: eu\n",
    ),
    "and does not slip onto the next key": (
        "tenant_id: acme\nasset_path: a\n# asset: b\n\nenvironment: prod\ntarget_connector: t\n",
        "tenant_id: acme\n\nenvironment: prod\ntarget_connector: t\nasset_path: a\n# asset: b\n",
    ),
    "a comment deeper than a key is inside the block above it": (
        "infrastructure:\n  tags:\n    owner: x\n\n    # team: y\ntenant_id: acme\n",
        "tenant_id: acme\ninfrastructure:\n  tags:\n    owner: x\n\n    # team: y\n",
    ),
    "a comment that touches nothing goes with what follows": (
        "target:\n  table: x\n\n# --- who\n\ntenant_id: acme\n",
        "# --- who\n\ntenant_id: acme\n\ntarget:\n  table: x\n",
    ),
    "the last comment stays at the end": (
        "environment: prod\ntenant_id: acme\n\n# the end\n",
        "tenant_id: acme\nenvironment: prod\n\n# the end\n",
    ),
    "blank lines come along, and none is at the start": (
        "source: {}\n\ntenant_id: acme\nenvironment: prod\n",
        "tenant_id: acme\nenvironment: prod\n\nsource: {}\n",
    ),
    "blocks that have moved stand apart, where blank lines are in use": (
        "source:\n  engine: x\ntarget:\n  table: y\n\nlogging:\n  level: INFO\ntenant_id: acme\n",
        "tenant_id: acme\n\nsource:\n  engine: x\ntarget:\n  table: y\n\nlogging:\n  level: INFO\n",
    ),
    "and only there": (
        "source:\n  engine: x\ntarget:\n  table: y\ntenant_id: acme\n",
        "tenant_id: acme\nsource:\n  engine: x\ntarget:\n  table: y\n",
    ),
    "rows of blank lines become one": (
        "\n\ntenant_id: acme\n\n\n \nenvironment: prod\n\n\n",
        "tenant_id: acme\n\nenvironment: prod\n",
    ),
    "an unknown key stays behind the one it follows": (
        "environment: prod\nenvirnoment_id: x\ntenant_id: acme\nx-team: y\n",
        "tenant_id: acme\nx-team: y\nenvironment: prod\nenvirnoment_id: x\n",
    ),
    "elements of a list keep their order, and their keys get one": (
        "source:\n  tables:\n    - object: z\n      name: s.z\n    - {object: a, name: s.a}\n",
        "source:\n  tables:\n    - name: s.z\n      object: z\n    - {name: s.a, object: a}\n",
    ),
    "a comment of a new first key goes above the dash": (
        "source:\n  tables:\n  - object: orders # o\n    # n\n    name: public.orders\n",
        "source:\n  tables:\n  # n\n  - name: public.orders\n    object: orders # o\n",
    ),
    "comments above a dash belong to the element": (
        "source:\n  tables:\n    # one\n    - object: a\n      name: b\n    # two\n    - object: c\n",
        "source:\n  tables:\n    # one\n    - name: b\n      object: a\n    # two\n    - object: c\n",
    ),
    "free mappings stay as written": (
        "infrastructure:\n  terraform:\n    outputs:\n      z: target.table\n      a: target.warehouse\n",
        "infrastructure:\n  terraform:\n    outputs:\n      z: target.table\n      a: target.warehouse\n",
    ),
    "an alias stays behind its anchor": (
        "target: &t\n  table: x\nsource: *t\ntenant_id: acme\n",
        "target: &t\n  table: x\nsource: *t\ntenant_id: acme\n",
    ),
    "anchors that nothing holds back move": (
        "x-defaults: &d\n  table: x\ntarget:\n  <<: *d\n  branch: b\ntenant_id: acme\n",
        "x-defaults: &d\n  table: x\ntenant_id: acme\ntarget:\n  <<: *d\n  branch: b\n",
    ),
    "an anchor on a line of its own stays above its mapping": (
        "&all\nasset_path: a\ntenant_id: b\ntarget:\n  !!map\n  # t\n  table: t\n  branch: x\n",
        "&all\ntenant_id: b\nasset_path: a\ntarget:\n  !!map\n  branch: x\n  # t\n  table: t\n",
    ),
    "texts of several lines move whole": (
        "description: |\n  # no comment\n\n  a: b\n\ntenant_id: 'a\n\n  b'\n",
        "tenant_id: 'a\n\n  b'\n\ndescription: |\n  # no comment\n\n  a: b\n",
    ),
    "a text that keeps its blank lines holds its mapping": (
        "description: |+\n  a\n\ntenant_id: acme\n",
        "description: |+\n  a\n\ntenant_id: acme\n",
    ),
    "a last line gets its end": ("environment: prod\ntenant_id: acme", "tenant_id: acme\nenvironment: prod\n"),
    "but a text that had none does not": (
        "tenant_id: acme\ndescription: |\n  a",
        "tenant_id: acme\ndescription: |-\n  a\n",
    ),
    "and neither does one that keeps": (
        "tenant_id: acme\ndescription: >+ # c\n  a",
        "tenant_id: acme\ndescription: >- # c\n  a\n",
    ),
    "line ends of Windows stay": (
        "environment: prod\r\n\r\n\r\ntenant_id: acme \r\n# c\r\n",
        "tenant_id: acme\r\n# c\r\n\r\nenvironment: prod\r\n",
    ),
    "a byte order mark stays first": (
        "\ufeffenvironment: prod\ntenant_id: acme\n",
        "\ufefftenant_id: acme\nenvironment: prod\n",
    ),
    "what stands around the document stays": (
        "# before\n---\nenvironment: prod\ntenant_id: acme\n... # after\n",
        "# before\n---\ntenant_id: acme\nenvironment: prod\n... # after\n",
    ),
    "lines that nobody sees are left alone": ("name: a # c\u2028tenant_id: b\nenvironment: c\n",) * 2,
    "unless they are part of a text": (
        "description: 'a\u2028b'\ntenant_id: c\n",
        "tenant_id: c\ndescription: 'a\u2028b'\n",
    ),
    "explicit keys are left alone": ("? environment\n: prod\n? tenant_id\n: acme\n",) * 2,
    "a flow mapping with a comment in it is left alone": (
        "source: {engine: x, # c\n  objects: [y]}\n",
        "source: {engine: x, # c\n  objects: [y]}\n",
    ),
    "a whole document in braces gets an order too": (
        "{environment: prod,\n tenant_id: acme}\n",
        "{tenant_id: acme,\n environment: prod}\n",
    ),
    "text of other scripts counts in characters": (
        "environment: prod # für Ünïcode 😀\ntenant_id: acme\n",
        "tenant_id: acme\nenvironment: prod # für Ünïcode 😀\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_job_is_put_in_order(name: str) -> None:
    before, after = CASES[name]
    assert formatted_text(before) == after
    assert formatted_text(after) == after


KINDS = {
    "asset": (
        "schema:\n  - {type: string, name: id, classification: PII}\n  - required: true\n    name: total\nname: x\n",
        "name: x\nschema:\n  - {name: id, type: string, classification: PII}\n  - name: total\n    required: true\n",
    ),
    "asset wrapped": (
        "asset:\n  target: {}\n  schema: []\n  name: x\n",
        "asset:\n  name: x\n  schema: []\n  target: {}\n",
    ),
    "asset contract": (
        "name: x\nkind: DataContract\nschema:\n  - properties:\n      - {logicalType: string, name: id}\n    name: t\n",
        "kind: DataContract\nname: x\nschema:\n  - name: t\n    properties:\n      - {name: id, logicalType: string}\n",
    ),
    "connector": (
        "roles: [source]\ncredentials: {from_env: KEY, type: api_key}\ntype: stripe\nname: stripe\n",
        "name: stripe\ntype: stripe\nroles: [source]\ncredentials: {type: api_key, from_env: KEY}\n",
    ),
    "project": (
        "tables:\n  shared:\n    - reason: r\n      table: t\njobs: jobs\n",
        "jobs: jobs\ntables:\n  shared:\n    - table: t\n      reason: r\n",
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_has_its_order(name: str) -> None:
    before, after = KINDS[name]
    assert formatted_text(before, name.partition(" ")[0]) == after
