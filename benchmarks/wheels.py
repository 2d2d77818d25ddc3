"""For which systems and versions of Python each dependency comes as a wheel, so that no compiler is needed.

    python benchmarks/wheels.py [PYTHON ...]

Asks the package index by `pip download --only-binary`, for all dependencies at once, and for each alone if that fails.
Prints a Markdown table. With pip's cache it takes a few minutes.
"""

import argparse
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

SYSTEMS = {
    "Linux x86-64 (glibc)": ["manylinux_2_28_x86_64", "manylinux2014_x86_64"],
    "Linux ARM64 (glibc)": ["manylinux_2_28_aarch64", "manylinux2014_aarch64"],
    "Alpine x86-64 (musl)": ["musllinux_1_2_x86_64", "musllinux_1_1_x86_64"],
    "macOS 15 ARM64": ["macosx_15_0_arm64", "macosx_14_0_arm64", "macosx_11_0_arm64"],
    "macOS 15 Intel": ["macosx_15_0_x86_64", "macosx_14_0_x86_64", "macosx_10_12_x86_64"],
    "Windows x86-64": ["win_amd64"],
    "Windows ARM64": ["win_arm64"],
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("python", nargs="*", default=["3.11", "3.12", "3.13", "3.14"])
    versions = parser.parse_args().python
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    print(f"| system | {' | '.join(versions)} |\n| --- |{' --- |' * len(versions)}")
    for system, platforms in SYSTEMS.items():
        cells = [", ".join(lacking(project["dependencies"], platforms, version)) or "wheels" for version in versions]
        print(f"| {system} | {' | '.join(cells)} |", flush=True)


def lacking(needs: list[str], platforms: list[str], version: str) -> list[str]:
    """Return those of the dependencies that have no wheel for a system, with what they need themselves."""
    if downloads(needs, platforms, version):
        return []
    return [f"no {need.partition('>')[0]}" for need in needs if not downloads([need], platforms, version)]


def downloads(needs: list[str], platforms: list[str], version: str) -> bool:
    """True if pip finds wheels for all of these."""
    with tempfile.TemporaryDirectory() as folder:
        options = [option for platform in platforms for option in ("--platform", platform)]
        command = [sys.executable, "-m", "pip", "download", "-q", "--dest", folder, "--only-binary", ":all:"]
        command += [*options, "--python-version", version, *needs]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    main()
