"""With production settings Django finds nothing to warn of; without a secret nothing starts."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from tests.config.tree import ROOT


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a process of its own, in which only the given settings are set."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PASSIM_", "DJANGO_", "DATABASE_URL"))
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_check_deploy_is_clean(tmp_path: Path) -> None:
    checked = manage(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        PASSIM_PRODUCTION="1",
        PASSIM_HOSTS="commentary.example.org",
        PASSIM_SECRET_KEY=secrets.token_urlsafe(50),
        PASSIM_VAR=str(tmp_path),
    )
    assert checked.returncode == 0, checked.stderr
    assert "System check identified no issues (0 silenced)." in checked.stdout


def test_the_check_sees_what_is_not_fit_for_production(tmp_path: Path) -> None:
    """The test above could fail: the same question about the settings of a desk computer."""
    checked = manage("check", "--deploy", "--fail-level=WARNING", PASSIM_VAR=str(tmp_path))
    assert checked.returncode == 1
    assert "security.W" in checked.stderr


def test_production_does_not_start_without_a_secret(tmp_path: Path) -> None:
    refused = manage("check", PASSIM_PRODUCTION="1", PASSIM_VAR=str(tmp_path))
    assert refused.returncode != 0
    assert "PASSIM_PRODUCTION is set but PASSIM_SECRET_KEY is not" in refused.stderr
    assert not (tmp_path / "secret_key").exists()


def test_elsewhere_a_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    kept = tmp_path / "secret_key"
    secrets_seen = set()
    for _ in range(2):
        manage("check", PASSIM_VAR=str(tmp_path))
        secrets_seen.add(kept.read_text())
    assert len(secrets_seen) == 1
    assert len(secrets_seen.pop()) >= 50
    assert kept.stat().st_mode & 0o077 == 0


def test_a_variable_set_to_nothing_is_not_set() -> None:
    names = ("PASSIM_VAR", "DATABASE_URL", "PASSIM_TASKS", "PASSIM_PORT", "PASSIM_PRODUCTION")
    told = manage("diffsettings", "--all", PASSIM_SECRET_KEY="x" * 50, **dict.fromkeys(names, ""))
    assert told.returncode == 0, told.stderr
    assert f"VAR_DIR = {ROOT / 'var'!r}" in told.stdout
