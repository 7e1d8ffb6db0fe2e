"""compose.yaml and the Dockerfile cannot run here; what they name exists, and nothing is open."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.config.test_documentation import settings_read
from tests.config.tree import ROOT
from tests.conftest import NO_NGINX

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")


@pytest.fixture
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
    return found


def test_it_is_the_site_its_worker_a_database_a_cache_and_nginx(services: dict[str, Any]) -> None:
    assert {"site", "worker", "database", "cache", "nginx"} < services.keys()


def test_only_nginx_can_be_reached_from_outside(services: dict[str, Any]) -> None:
    assert [name for name, its in services.items() if "ports" in its] == ["nginx"]


def test_nginx_finds_the_pages_where_the_site_puts_them(services: dict[str, Any]) -> None:
    folder = services["site"]["environment"]["PASSIM_PAGES"]
    assert f"pages:{folder}" in services["site"]["volumes"]
    assert f"pages:{folder}:ro" in services["nginx"]["volumes"]
    assert folder in (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")


def test_nginx_takes_the_configuration_that_is_made_for_it(
    services: dict[str, Any], tmp_path: Path
) -> None:
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if program is None:
        pytest.skip(NO_NGINX)
    [shell, option, script] = services["nginx"]["command"]
    (tmp_path / "conf.d").mkdir()
    shutil.copy("/etc/nginx/mime.types", tmp_path)
    made, started = script.replace("$$", "$").split("&& exec ")
    here = made.replace("/etc/nginx", str(tmp_path)).replace("/deploy", str(ROOT / "deploy"))
    subprocess.run([shell, option, here], check=True)

    conf = (tmp_path / "conf.d/default.conf").read_text(encoding="utf-8")
    assert "server site:8000;" in conf
    assert "$scheme" not in conf
    assert "\nadd_header Strict" in (tmp_path / "passim-page.conf").read_text(encoding="utf-8")
    # Only among its containers has the site that name.
    conf = conf.replace("site:8000", "127.0.0.1:8000").replace("listen 80;", "listen 8080;")
    (tmp_path / "conf.d/default.conf").write_text(conf, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; events {{}} http {{ include conf.d/default.conf; }}"
    )
    tried = subprocess.run(
        [program, "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-e", "stderr"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr
    assert started == "nginx -g 'daemon off; pcre_jit on;'"


def test_every_service_waited_for_is_there(services: dict[str, Any]) -> None:
    waited_for = {name for its in services.values() for name in its.get("depends_on", {})}
    assert waited_for <= services.keys()


def test_every_setting_is_one_that_is_read(services: dict[str, Any]) -> None:
    given = {name for name in services["site"]["environment"] if name.startswith("PASSIM_")}
    assert given - settings_read() == set()


def test_no_secret_is_written_down() -> None:
    for name in ("PASSIM_SECRET_KEY", "POSTGRES_PASSWORD"):
        assert set(re.findall(rf"{name}: (.*)", COMPOSE)) <= {
            f'"${{{name}:?see README.md}}"',
            f'"${{{name}:?choose one}}"',
        }


def test_every_folder_that_goes_into_the_image_exists() -> None:
    copied = re.findall(r"^COPY (\S+) ", DOCKERFILE, re.MULTILINE)
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert [name for name in copied if f"!{name}" not in kept] == []


def test_the_image_runs_as_nobody_in_particular_and_serves() -> None:
    user = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
    assert user == ["passim"]
    assert 'CMD ["python", "manage.py", "serve"]' in DOCKERFILE
