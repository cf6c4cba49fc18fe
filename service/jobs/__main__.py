"""The process of a worker: `python -m service.jobs`; `allocator serve` and `worker` start it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def main() -> None:
    """Work off the queue until asked to end."""
    parser = argparse.ArgumentParser(prog="python -m service.jobs")
    parser.add_argument("--slots", type=int, required=True)
    parser.add_argument("--per-tenant", type=int, required=True)
    parser.add_argument("--webhooks-to", action="append", default=[])
    parser.add_argument("--mail", type=Path)
    asked = parser.parse_args()
    # Here, so that the fork server, which imports this module too, stays small.
    from service.jobs import worker
    from service.runtime import logs

    logs.configure()
    worker.main(
        os.environ["ALLOCATOR_DATABASE"],
        asked.slots,
        asked.per_tenant,
        webhooks_to=asked.webhooks_to,
        mail=asked.mail,
    )


if __name__ == "__main__":
    main()
