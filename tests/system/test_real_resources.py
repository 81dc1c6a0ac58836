"""Addresses and sensitive marks as a real terraform writes them, in both formats that have resources.

No cloud provider can be installed here, so `terraform_data` stands in: it is renamed to a type that is read, and its
`input` to `tags`.
"""

from __future__ import annotations

from pathlib import Path

from dativo_compile.terraform.raw import items_of, members_of
from dativo_compile.terraform.resources import Hidden, _marked, read_whole
from tools import terraform

MODULE = """\
variable "secret" {
  default   = "s3nt1nel"
  sensitive = true
}
resource "terraform_data" "one" {
  for_each = toset(["plain", "a\\"b", "$${c}", "é"])
  input    = tomap({ Owner = var.secret, Team = each.key })
}
resource "terraform_data" "many" {
  count = 2
  input = sensitive({ Owner = "x" })
}
output "text" { value = "x" }
"""
ROOT = """\
module "inner" {
  source   = "./inner"
  for_each = toset(["a.b", "c"])
}
resource "terraform_data" "top" { input = { Team = "lake" } }
output "text" { value = "x" }
"""


def renamed(data: str) -> bytes:
    return data.replace('"terraform_data"', '"aws_s3_bucket"').replace("terraform_data.", "aws_s3_bucket.").encode()


def applied(folder: Path) -> tuple[bytes, bytes]:
    """The state file, and what `show -json` prints."""
    (folder / "inner").mkdir()
    (folder / "main.tf").write_text(ROOT)
    (folder / "inner/main.tf").write_text(MODULE)
    terraform.run(folder, "init", "-no-color")
    terraform.run(folder, "apply", "-auto-approve", "-no-color")
    shown = terraform.run(folder, "show", "-json").replace('"input"', '"tags"')
    return renamed((folder / "terraform.tfstate").read_text("utf-8")), renamed(shown)


def test_both_formats_give_one_address_to_a_resource_and_hide_what_is_sensitive(tmp_path: Path) -> None:
    state, shown = applied(tmp_path)
    ours, theirs = (read_whole(data, "x").resources or () for data in (state, shown))
    assert [one.address for one in ours] == [one.address for one in theirs]
    assert len(ours) == 2 * (4 + 2) + 1
    tags = {one.address: (one.tags, one.hidden) for one in theirs}
    assert tags["aws_s3_bucket.top"] == ({"Team": "lake"}, False)
    assert tags['module.inner["c"].aws_s3_bucket.many[1]'] == (None, True)
    assert tags['module.inner["a.b"].aws_s3_bucket.one["a\\"b"]'] == ({"Owner": None, "Team": 'a"b'}, False)


def test_marks_of_a_state_file_are_understood(tmp_path: Path) -> None:
    state, _ = applied(tmp_path)
    found: list[Hidden] = []
    for raw in items_of((members_of(state) or {})["resources"]) or ():
        block = members_of(raw) or {}
        found += [_marked(members_of(instance) or {}) for instance in items_of(block["instances"]) or ()]
    kinds = {(frozenset(one.whole), frozenset(one.parts), one.all) for one in found}
    assert kinds == {
        (frozenset(), frozenset(), False),
        (frozenset({"input"}), frozenset(), False),
        (frozenset(), frozenset({("input", "Owner")}), False),
    }
