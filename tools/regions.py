"""Regions and partitions of AWS, taken from botocore's data into dativo_compile/rules/providers.json.

`python -m tools.regions` writes that part of the file from the botocore that is installed (the dev extra brings
one); the other parts, and what AWS publishes elsewhere, are kept as they are. `python -m tools.regions check` says what
would change and leaves with 3 if something would. No test asks for that: a botocore that knows a region more than ours
is news, and to an older program that region is a warning.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "dativo_compile" / "rules" / "providers.json"
SOURCE = "https://github.com/boto/botocore/blob/{version}/botocore/data/partitions.json"

Tree = dict[str, Any]


def installed() -> Tree:
    """`botocore`, `source` and `partitions` as the installed botocore has them."""
    data = files("botocore") / "data"
    names = {
        part["partition"]: part["partitionName"]
        for part in json.loads((data / "endpoints.json").read_text("utf-8"))["partitions"]
    }
    partitions = json.loads((data / "partitions.json").read_text("utf-8"))["partitions"]
    number = version("botocore")
    return {
        "botocore": number,
        "source": SOURCE.format(version=number),
        "partitions": {each["id"]: _partition(each, names) for each in partitions},
    }


def _partition(said: Tree, names: dict[str, str]) -> Tree:
    """`aws-global` and its like are no regions: they stand for services that have none."""
    return {
        "name": names.get(said["id"], said["id"]),
        "pattern": said["regionRegex"],
        "regions": {
            region: about["description"] for region, about in said["regions"].items() if not region.endswith("-global")
        },
    }


def differences(ours: Tree, theirs: Tree) -> list[str]:
    """One line for each thing that botocore says and the file does not, or the other way round."""
    lines = []
    for partition in sorted(ours.keys() | theirs.keys()):
        if partition not in ours or partition not in theirs:
            lines.append(f"{'+' if partition in theirs else '-'} partition {partition}")
            continue
        mine, other = ours[partition], theirs[partition]
        for region in sorted(mine["regions"].keys() | other["regions"].keys()):
            was, now = mine["regions"].get(region), other["regions"].get(region)
            if was != now:
                lines.append(f"{'+' if was is None else '-' if now is None else '~'} region {region} of {partition}")
        lines += [f"~ {key} of {partition}" for key in ("name", "pattern") if mine[key] != other[key]]
    return lines


def text(whole: Tree) -> str:
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    whole = json.loads(FILE.read_text("utf-8"))
    found = installed()
    lines = differences(whole["aws"]["partitions"], found["partitions"])
    print("\n".join(lines) or f"the regions are those of botocore {found['botocore']}")
    if arguments in (["check"], ["--check"]):
        return 3 if lines else 0
    if lines:
        whole["aws"].update(found)
        FILE.write_text(text(whole), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
