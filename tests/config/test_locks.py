"""The lock files: every package pinned and hashed, nothing that names where it came from."""

import re
import tomllib

import pytest

from tests.config.tree import ROOT

SITE, WORKSHOP = "requirements.txt", "requirements-dev.txt"


def pins(lock: str) -> dict[str, str]:
    """Package → "==version ; for which systems", as the lock says it."""
    found = re.findall(
        r"^([\w.-]+)(?:\[[\w,-]+\])?(==.*?) *\\?$", (ROOT / lock).read_text(), flags=re.MULTILINE
    )
    return {name.lower(): version for name, version in found}


def asked_for() -> tuple[set[str], set[str]]:
    """Names of the packages in pyproject.toml: of the site, and of the workshop."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[^\w.-]", line, maxsplit=1)[0].lower() for line in requirements}

    return names(project["project"]["dependencies"]), names(project["dependency-groups"]["dev"])


@pytest.mark.parametrize("lock", [SITE, WORKSHOP])
def test_a_lock_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(
        r"https?:|git\+|file:|//|(?<!no-emit-)index-url|find-links|trusted-host", text
    )


@pytest.mark.parametrize("lock", [SITE, WORKSHOP])
def test_every_package_is_pinned_and_hashed(lock: str) -> None:
    logical_lines = re.sub(r"\\\n", " ", (ROOT / lock).read_text()).splitlines()
    packages = [line for line in logical_lines if line and not line.lstrip().startswith("#")]
    assert len(packages) == len(pins(lock)) > 0
    assert [line for line in packages if "==" not in line or "--hash=sha256:" not in line] == []


def test_everything_asked_for_is_locked() -> None:
    site, workshop = asked_for()
    assert site - pins(SITE).keys() == set()
    assert (site | workshop) - pins(WORKSHOP).keys() == set()


def test_the_workshop_holds_the_site_in_the_same_versions() -> None:
    """So tests run on what is served, and one environment serves both."""
    site, workshop = pins(SITE), pins(WORKSHOP)

    def number(pin: str) -> str:
        return pin.split(";")[0].strip()

    assert {name: number(pin) for name, pin in site.items()} == {
        name: number(workshop[name]) for name in site
    }
