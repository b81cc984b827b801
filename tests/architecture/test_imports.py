"""Who may import whom: the contracts in pyproject.toml, checked like any other promise."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_rooms_import_down_and_never_up(capsys):
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS, capsys.readouterr().out
