"""Pages in scripts that put no blanks between words: a paragraph is a paragraph there too."""

import pytest

from notelint.note.note import Note
from notelint.residue import engine
from notelint.residue.units import count_words

_ARTICLES = {
    "japanese": (
        "# 古い水車小屋\n\nある村の話\n\n"
        "村の水車小屋は九年をかけて直され、木材は三つの谷から運ばれ、最初の梁を切った人の名は帳面にも残っていない。\n\n"
        "春になると子どもたちが集まり、粉屋の老人は車輪を手で回させてくれたと、今でも多くの人が話している。\n\n",
        [("運営会社", "company"), ("よくある質問", "faq"), ("紙面のご案内", "paper"), ("利用規約", "terms")],
        "\u00a9 2021 水車新聞社",
    ),
    "chinese": (
        "# 旧磨坊\n\n一座水车的故事\n\n"
        "村里的旧磨坊用了九年时间才修好，木材是从三个遥远的山谷运来的，砍下第一根梁的人没有留下姓名，账本上只写着十一位木匠。\n\n"
        "每到春天孩子们都会来这里玩耍，看磨坊的老人让他们用手转动水轮，很多人至今还记得当时的情景，连水声都没有忘记。\n\n",
        [("关于我们", "about"), ("广告服务", "ads"), ("合作伙伴名录", "friends"), ("隐私政策", "privacy")],
        "版权所有 \u00a9 2021 磨坊网",
    ),
}


@pytest.mark.parametrize("language", _ARTICLES)
def test_the_foot_of_a_page_goes_safely(language: str) -> None:
    article, links, rights = _ARTICLES[language]
    foot = "".join(f"* [{label}](https://mill.example/{path}/)\n" for label, path in links)
    page = engine.analyse(Note("page.md", f"{article}{foot}\n{rights}\n").as_named_import(), site_packs=False)
    gone = [unit.text for unit, verdict in zip(page.units, page.verdicts, strict=True) if verdict and verdict.safe]
    assert gone == [*(label for label, _ in links), rights]


@pytest.mark.parametrize(
    ("text", "words"),
    [("two words", 2), ("naïve café", 2), ("水車小屋", 2), ("第3章", 3), ("한국어 문장", 2), ("A 磨坊 b", 3)],
)
def test_a_few_characters_count_as_a_word(text: str, words: int) -> None:
    assert count_words(text) == words
