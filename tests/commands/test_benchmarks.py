"""`make bench`: what it says where it cannot measure. What it measures is no test."""

import subprocess
import sys

from tests.processes import ROOT, project_environment


def test_without_its_databases_it_says_how_to_start_it_before_it_measures():
    without = project_environment()
    for name in ("DATABASE_URL", "REDIS_URL"):
        without.pop(name, None)
    command = [sys.executable, "-m", "benchmarks", "--only", "season"]
    answer = subprocess.run(
        command, cwd=ROOT, env=without, capture_output=True, text=True, check=False, timeout=60
    )
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith("The benchmarks need PostgreSQL and Redis beside them")
    assert "python tests/services.py -- python -m benchmarks" in answer.stderr
    assert "Traceback" not in answer.stderr
