"""The public way to read one state."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from dativo_compile.model.output import State
from dativo_compile.terraform.contents import contents
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.formats import read


def load_terraform_state(path: str | PathLike[str]) -> State:
    """The root outputs of a state file in any format that the compiler reads; sensitive ones are tainted.

    Raises `OSError`, and `ValueError` for what is no state or has no outputs.
    """
    data = contents(path)
    try:
        return read(data, Path(path).name)
    except StateFault as fault:
        error = fault.at(None)
    raise ValueError(f"{Path(path).name}: {error.message}" + (f" ({error.help})" if error.help else ""))
