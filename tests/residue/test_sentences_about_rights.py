"""A line about rights goes to the frontmatter only if it holds whole sentences, and nobody commented it out."""

import pytest

from tests.conftest import MakeVault, run

RIGHTS = "This work is licensed under the MIT license."


@pytest.mark.parametrize(
    ("body", "stays"),
    [
        (f"Words of an article.\n\n{RIGHTS}\n", False),
        (f"Each of the contributors keeps the\ncopyright of their work. {RIGHTS}\n", True),
        ("This work is licensed under the MIT license. See the\n[file](LICENSE) for details.\n", True),
        ('Licensed under the Apache License, Version 2.0 (the "License");\nyou may not use this file.\n', True),
        ("This work is licensed under either of these at your option:\n\n- MIT\n- Apache\n", True),
        (f"<!--\nCopyright 2021 by the team.\n\n{RIGHTS}\n-->\n\nWords of an article.\n", True),
    ],
)
def test_rights(make_vault: MakeVault, body: str, stays: bool) -> None:
    head = "---\nsource: https://a.example/b\ntags: [clippings]\n---\n# Title\n\n"
    vault = make_vault({"A.md": f"{head}A paragraph of an article, with more words than most have.\n\n{body}"})
    assert run("fix", "--select", "residue", cwd=vault).exit_code in (0, 1)
    assert (vault / "A.md").read_text().endswith(body) is stays
