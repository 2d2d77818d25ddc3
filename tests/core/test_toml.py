"""TOML of a vault, parsed in a time that grows with its size alone."""

import pytest

from notelint.core.toml import parse
from tests.conftest import MakeVault, run

LONG = "a." * 40000 + "a"
REFUSED = "a key has more than 100 parts"
KEYS = [
    f"{LONG}=1",
    f"[{LONG}]",
    f"[[{LONG}]]",
    f"x = {{{LONG}=1}}",
    "a . " * 40000 + "a=1",
    "'a'." * 40000 + "a=1",
    '"a=b" . ' * 40000 + "a=1",
    "x = '" + "." * 200 + "'\n" + LONG + "=1",
    'x = """\'"""\n' + LONG + "=1",
    "# '''\n" + LONG + "=1",
]
OTHERS = [
    (f"x = '{LONG}'", LONG),
    (f'x = """\n{LONG}"""', LONG),
    (f"x = '''{LONG}'''", LONG),
    (f"# {LONG}\nx = 1", 1),
    (f"x = 1 # {LONG}", 1),
    ("x = [" + "1.5, " * 500 + "]", [1.5] * 500),
    ("x = '\"'\ny = '" + LONG + "'", '"'),
]
OPEN = [
    '"' * 300_000,
    "'" * 300_000,
    '"""' + "\\" * 300_000,
    "x='''" + "''x" * 100_000,
    "a " * 150_000,
    "a-." * 100_000,
]


@pytest.mark.parametrize("text", KEYS, ids=range(len(KEYS)))
def test_a_key_of_too_many_parts_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=REFUSED):
        parse(text)


@pytest.mark.parametrize(("text", "value"), OTHERS, ids=range(len(OTHERS)))
def test_points_elsewhere_are_no_parts_of_keys(text: str, value: object) -> None:
    assert parse(text)["x"] == value


@pytest.mark.parametrize("text", OPEN, ids=range(len(OPEN)))
def test_texts_that_are_never_closed_end(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says: it ends
        parse("." * 100 + text)


@pytest.mark.parametrize("name", ["notelint.toml", "pyproject.toml", "profile.toml"])
def test_a_vault_with_such_a_key_ends_with_one_line(make_vault: MakeVault, name: str) -> None:
    files: dict[str, str | bytes] = {name: f"{LONG}=1\n", "A.md": "x\n", "B.md": "[[x/y]]\n"}
    if name == "profile.toml":
        files["notelint.toml"] = 'profiles = ["profile.toml"]\n'
    result = run("check", cwd=make_vault(files))
    if name == "pyproject.toml":  # it belongs to other tools
        assert result.exit_code == 1
    else:
        assert result.exit_code == 2
        assert [line.rpartition(": ")[2] for line in result.stderr.splitlines()] == [REFUSED]
