"""The choice of checkers for a note: the command line has the last word, and all commands agree."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.checkers.registry import BUILTIN, load_checkers
from notelint.config.model import CheckerRequest, Config, Custom, Override
from notelint.config.selection import CheckerSettings
from notelint.note.profile import GuessedProfile, Profile
from tests.conftest import MakeVault, lines, report, run

REGISTRY = load_checkers()
NAMES = [
    "broken-link",
    "unwritten-note",
    "stub-note",
    "orphan-note",
    "links",
    "sections",
    "own",
    "custom",
    "default",
    "all",
]
OWN = Custom("own", "m", forbid_pattern="x")

names = st.lists(st.sampled_from(NAMES), max_size=2).map(tuple)
some_names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=2).map(tuple)
profiles = st.builds(
    lambda kind, on, off: kind("p", select=on, ignore=off), st.sampled_from([Profile, GuessedProfile]), names, names
)
overrides = st.lists(st.builds(lambda on, off: Override(("In/**",), on, off), names, names), max_size=3).map(tuple)
configs = st.builds(
    lambda on, more, off, parts: Config(select=on, extend_select=more, ignore=off, overrides=parts, custom=(OWN,)),
    st.one_of(st.just(("default",)), names),
    names,
    names,
    overrides,
)


def running(settings: CheckerSettings, path: str, profile: Profile | None) -> set[str]:
    effective = settings.for_note(path, profile)
    return {*effective.checkers, *effective.custom}


def meant(*asked: str) -> set[str]:
    """The checkers that names stand for, as a configuration with nothing else would run them."""
    return running(CheckerSettings(Config(select=asked, custom=(OWN,)), REGISTRY), "A.md", None)


@given(configs, st.one_of(st.none(), profiles), some_names, names, names, st.sampled_from(["A.md", "In/A.md"]))
def test_the_command_line_has_the_last_word(
    config: Config,
    profile: Profile | None,
    select: tuple[str, ...],
    more: tuple[str, ...],
    off: tuple[str, ...],
    path: str,
) -> None:
    chosen = running(CheckerSettings(config, REGISTRY, asked=CheckerRequest(select)), path, profile)
    assert chosen == meant(*select)
    without = running(CheckerSettings(config, REGISTRY, asked=CheckerRequest(None, (), off)), path, profile)
    assert without.isdisjoint(meant(*off))
    added = running(CheckerSettings(config, REGISTRY, asked=CheckerRequest(None, more)), path, profile)
    assert added == running(CheckerSettings(config, REGISTRY), path, profile) | meant(*more)


@given(configs, profiles, st.one_of(st.none(), some_names), names)
def test_what_runs_on_some_note_is_what_runs_on_each(
    config: Config, profile: Profile, select: tuple[str, ...] | None, off: tuple[str, ...]
) -> None:
    settings = CheckerSettings(config, REGISTRY, asked=CheckerRequest(select, (), off))
    anywhere = settings.of_any_note([profile])
    for kind in (None, profile):
        for path in ("A.md", "In/A.md"):
            assert running(settings, path, kind) <= anywhere


def test_a_profile_that_ignores_unwritten_notes_does_not_get_them_as_broken_links(make_vault: MakeVault) -> None:
    kind = 'name = "draft"\nignore = ["unwritten-note"]\nmatch.paths = ["Drafts/**"]\n'
    vault = make_vault({"Drafts/A.md": "[[Yet to come]] [[gone/x]]\n", "B.md": "[[Yet to come]]\n", "draft.toml": kind})
    (vault / "notelint.toml").write_text('profiles = ["draft.toml"]\n')
    assert lines(report(vault)) == ["B.md:1:1 unwritten-note", "Drafts/A.md:1:17 broken-link"]


WAYS = {
    "override": ('[[overrides]]\npaths = ["In/**"]\nextend-select = ["stub-note"]\n', None),
    "profile": ('profiles = ["p.toml"]\n', 'name = "p"\nselect = ["stub-note"]\nmatch.paths = ["In/**"]\n'),
    "guessed": (
        'profiles = ["p.toml"]\n',
        'name = "p"\nselect = ["stub-note"]\nmatch.headings = 1\nsection = [{name = "Sum"}]\n',
    ),
    "custom": ('[[custom]]\nid = "own"\nmessage = "no"\nforbid-pattern = "Two"\npaths = ["In/**"]\n', None),
}


@pytest.mark.parametrize("way", WAYS)
def test_only_what_is_selected_runs_whatever_else_is_on(make_vault: MakeVault, way: str) -> None:
    config, profile = WAYS[way]
    vault = make_vault(
        {"In/A.md": "## Sum\n\nTwo [[gone/x]] words.\n", "notelint.toml": config, "p.toml": profile or ""}
    )
    everything = lines(report(vault))
    assert len(everything) >= 2
    assert lines(report(vault, "--select", "broken-link")) == ["In/A.md:3:5 broken-link"]
    own = "own" if way == "custom" else "stub-note"
    assert not any(own in line for line in lines(report(vault, "--ignore", own)))


@pytest.mark.parametrize("way", WAYS)
def test_a_baseline_suppresses_all_that_it_recorded(make_vault: MakeVault, way: str) -> None:
    config, profile = WAYS[way]
    vault = make_vault(
        {"In/A.md": "## Sum\n\nTwo [[gone/x]] words.\n", "notelint.toml": config, "p.toml": profile or ""}
    )
    assert run("baseline", cwd=vault).exit_code == 0
    before = (vault / ".notelint-baseline.jsonl").read_bytes()
    for arguments in (
        (),
        ("--select", "broken-link"),
        ("--ignore", "links"),
        ("In",),
        ("--extend-select", "stub-note"),
    ):
        result = run("check", *arguments, cwd=vault)
        assert result.exit_code == 0, result.output
        assert "fixed since" not in result.stderr  # a checker that did not run says nothing of its findings
    assert run("baseline", "--prune", cwd=vault).exit_code == 0
    assert (vault / ".notelint-baseline.jsonl").read_bytes() == before


@pytest.mark.parametrize("option", ["--select", "--extend-select", "--ignore"])
@pytest.mark.parametrize("value", ["", ",", " , "])
def test_an_empty_choice_is_a_mistake(make_vault: MakeVault, option: str, value: str) -> None:
    result = run("check", option, value, cwd=make_vault({"A.md": "a\n"}))
    assert result.exit_code == 2
    assert f"{option} is empty: name checkers or families" in result.stderr


def test_a_mistyped_id_is_blamed_where_it_was_typed(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "a\n", "notelint.toml": ""})
    for text, said in (
        ('extend-select = ["brokn-link"]', 'notelint.toml: extend-select names "brokn-link"'),
        ('select = ["brokn-link"]', 'notelint.toml: select names "brokn-link"'),
        (
            '[[overrides]]\npaths = ["A"]\nignore = ["brokn-link"]',
            'notelint.toml: overrides[0].ignore names "brokn-link"',
        ),
        ("[checkers.brokn-link]", 'notelint.toml: checkers names "brokn-link"'),
    ):
        (vault / "notelint.toml").write_text(text)
        assert run("check", cwd=vault).stderr.startswith(f"notelint: {said}, an unknown checker: did you mean")
    (vault / "notelint.toml").write_text("")
    for first, second in combinations(["--select", "--extend-select", "--ignore"], 2):
        result = run("check", first, "links", second, "brokn-link", cwd=vault)
        assert (
            result.stderr == f'notelint: {second} brokn-link: unknown checker or family: did you mean "broken-link"?\n'
        )


def test_the_list_of_checkers_says_where_one_is_on(make_vault: MakeVault) -> None:
    off = 'ignore = ["own"]\n[[custom]]\nid = "own"\nmessage = "no"\nforbid-pattern = "x"\n'
    vault = make_vault({"In/A.md": "a\n", "notelint.toml": off + WAYS["override"][0]})
    listed = dict(
        line.split()[1::-1] for line in run("checkers", cwd=vault).stdout.splitlines() if line.startswith("  ")
    )
    assert set(BUILTIN) <= set(listed)
    assert (listed["own"], listed["stub-note"], listed["broken-link"], listed["orphan-note"]) == (
        "off",
        "some",
        "on",
        "off",
    )
    shown = run("config", "In/A.md", cwd=vault).stdout
    assert "stub-note" in shown.splitlines()[-1]
    assert "own" not in shown.splitlines()[-1]
