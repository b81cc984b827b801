"""The lab's own settings with one address more; only `make bench` uses them."""

import os
from pathlib import Path

from labbooking.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
STATIC_ROOT = Path(os.environ["BENCH_STATIC"])
