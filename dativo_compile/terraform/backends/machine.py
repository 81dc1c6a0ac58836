"""What may be asked of the machine itself: a metadata address is called only where somebody answers it.

Anywhere else that call costs seconds, and whoever answers it hands out credentials of their own.
"""

from __future__ import annotations

import os
from pathlib import Path

BOARD = Path("/sys/class/dmi/id")
EC2_MARK = "Amazon EC2"
GCE_MARK = "Google"


def is_ec2() -> bool:
    return bool(os.environ.get("AWS_EC2_METADATA_SERVICE_ENDPOINT")) or _made_by(EC2_MARK)


def is_google_cloud() -> bool:
    """Also Kubernetes and Cloud Run, whose nodes hide the board."""
    hints = ("GCE_METADATA_HOST", "GCE_METADATA_IP", "KUBERNETES_SERVICE_HOST", "K_SERVICE", "CLOUD_RUN_JOB")
    return any(os.environ.get(name) for name in hints) or _made_by(GCE_MARK)


def _made_by(mark: str) -> bool:
    for name in ("sys_vendor", "board_vendor", "product_name"):
        try:
            if (BOARD / name).read_text("ascii", errors="replace").startswith(mark):
                return True
        except OSError:
            continue
    return False
