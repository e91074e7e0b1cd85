"""The wheel, installed where nothing of this folder is in reach."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the tracked files."""
    folder = tmp_path_factory.mktemp("wheel")
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    for name in filter(None, tracked):
        copy = folder / "source" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            copy.write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, folder / "source"]
    subprocess.run(command, capture_output=True, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and the dependencies of this one (but not this folder)."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(command, check=True)
    packages = next((folder / "lib").glob("python*/site-packages"))
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder / "bin"


def test_wheel_holds_one_package(wheel: Path) -> None:
    """Everything is inside `minutebook`, so nothing can land on another library."""
    with zipfile.ZipFile(wheel) as archive:
        top = {name.split("/")[0] for name in archive.namelist()}
    assert {"minutebook"} == {name for name in top if not name.endswith(".dist-info")}


def test_wheel_leaves_the_library_alone(installed: Path, tmp_path: Path) -> None:
    """`import datasette` is the library, and `minutebook` is the installed one."""
    code = "import datasette, minutebook; print(datasette.__version__, minutebook.__file__)"
    shown = subprocess.run([installed / "python", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    library, ours = shown.stdout.split()
    assert library[0].isdigit()
    assert ours.startswith(str(installed.parent))


def test_installed_command_does_the_demo(installed: Path, tmp_path: Path) -> None:
    """The whole demo works from the wheel, in an empty folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [installed / "minutebook", "demo", "--no-serve"]
    result = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, env=environment, timeout=240, check=False
    )
    assert 0 == result.returncode, result.stderr
    assert (tmp_path / "data" / "site" / "minutebook.db").exists()
