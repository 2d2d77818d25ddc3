"""What websites of several languages say, rows of their links, and lists of their other pages."""

import pytest

from notelint.note.note import Note
from notelint.residue import engine, knowledge, shared_words
from notelint.residue.knowledge import matcher
from notelint.residue.page import JudgedPage
from notelint.residue.units import leads_outside, units

PROSE = {
    "german": "Der Umbau der alten Mühle dauerte neun Jahre, weil das Holz aus drei Tälern geholt wurde. " * 3,
    "french": "La restauration du vieux moulin a duré neuf ans, car le bois venait de trois vallées lointaines. " * 3,
    "spanish": "La restauración del viejo molino duró nueve años porque la madera vino de tres valles lejanos. " * 3,
    "portuguese": "A restauração do velho moinho durou nove anos porque a madeira veio de três vales distantes. " * 3,
    "japanese": "古い水車小屋の修復には九年かかった。 木材は三つの谷から運ばれてきたからである。 " * 6,
    "chinese": "修复这座旧磨坊花了九年时间。 木材是从三个遥远的山谷运来的。 " * 6,
    "russian": "Восстановление старой мельницы заняло девять лет, потому что лес везли из трёх дальних долин. " * 3,
    "italian": "Il restauro del vecchio mulino durò nove anni perché il legno veniva da tre valli lontane. " * 3,
    "dutch": "De verbouwing van de oude molen duurde negen jaar omdat het hout uit drie dalen kwam. " * 3,
    "polish": "Odbudowa starego młyna trwała dziewięć lat, bo drewno zwożono z trzech odległych dolin. " * 3,
    "turkish": "Eski değirmenin onarımı dokuz yıl sürdü, çünkü kereste üç uzak vadiden getirildi. " * 3,
    "korean": "오래된 물레방아를 고치는 데 아홉 해가 걸렸다. 목재를 먼 골짜기 세 곳에서 날라 왔기 때문이다. " * 4,
    "arabic": "استغرق ترميم الطاحونة القديمة تسع سنوات لأن الخشب جاء من ثلاثة أودية بعيدة. " * 3,
}
# The line for keyboards, about cookies, above other pages, of a comment form, and two of the foot.
SAID = {
    "german": (
        "Zum Inhalt springen",
        "Wir verwenden Cookies, um Ihnen den besten Dienst zu bieten.",
        "Lesen Sie auch",
        "Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert",
        ("Datenschutzerklärung", "Über uns"),
    ),
    "french": (
        "Aller au contenu principal",
        "Nous utilisons des cookies pour améliorer votre expérience.",
        "À lire aussi",
        "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
        ("Mentions légales", "Qui sommes-nous ?"),
    ),
    "spanish": (
        "Saltar al contenido",
        "Utilizamos cookies propias y de terceros para mejorar el servicio.",
        "Artículos relacionados",
        "Tu dirección de correo electrónico no será publicada. Los campos obligatorios están marcados con *",
        ("Aviso legal", "Quiénes somos"),
    ),
    "portuguese": (
        "Pular para o conteúdo",
        "Este site utiliza cookies para melhorar a sua experiência.",
        "Leia também",
        "O seu endereço de e-mail não será publicado. Campos obrigatórios são marcados com *",
        ("Política de privacidade", "Quem somos"),
    ),
    "japanese": (
        "本文へスキップ",
        "当サイトではサービス向上のためCookieを使用しています。",
        "関連記事",
        "メールアドレスが公開されることはありません。",
        ("プライバシーポリシー", "会社概要"),
    ),
    "chinese": (
        "跳到主要内容",
        "我们使用cookies来改善您的体验。",
        "相关文章",
        "您的邮箱地址不会被公开。",
        ("隐私政策", "关于我们"),
    ),
    "russian": (
        "Перейти к содержанию",
        "Мы используем файлы cookie для улучшения работы сайта.",
        "Читайте также",
        "Ваш e-mail не будет опубликован. Обязательные поля помечены *",
        ("Политика конфиденциальности", "О нас"),
    ),
    "italian": (
        "Vai al contenuto principale",
        "Questo sito utilizza cookie tecnici e di terze parti per migliorare il servizio.",
        "Articoli correlati",
        "Il tuo indirizzo email non sarà pubblicato. I campi obbligatori sono contrassegnati *",
        ("Informativa sulla privacy", "Chi siamo"),
    ),
    "dutch": (
        "Ga naar de inhoud",
        "Wij gebruiken cookies om uw bezoek aangenamer te maken.",
        "Lees ook",
        "Je e-mailadres wordt niet gepubliceerd. Vereiste velden zijn gemarkeerd met *",
        ("Privacyverklaring", "Over ons"),
    ),
    "polish": (
        "Przejdź do treści",
        "Ta strona używa plików cookies, aby działać lepiej.",
        "Czytaj także",
        "Twój adres e-mail nie zostanie opublikowany. Wymagane pola są oznaczone *",
        ("Polityka prywatności", "O nas"),
    ),
    "turkish": (
        "İçeriğe geç",
        "Sitemizde size daha iyi hizmet vermek için çerezler kullanıyoruz.",
        "İlgili yazılar",
        "E-posta adresiniz yayınlanmayacak. Gerekli alanlar * ile işaretlenmişlerdir",
        ("Gizlilik politikası", "Hakkımızda"),
    ),
    "korean": (
        "본문 바로가기",
        "저희 웹사이트는 더 나은 서비스를 위해 쿠키를 사용합니다.",
        "관련 기사",
        "이메일은 공개되지 않습니다. 필수 입력창은 * 로 표시되어 있습니다",
        ("개인정보처리방침", "회사 소개"),
    ),
    "arabic": (
        "انتقل إلى المحتوى",
        "نستخدم ملفات تعريف الارتباط لتحسين تجربتك على موقعنا.",
        "مقالات ذات صلة",
        "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *",
        ("سياسة الخصوصية", "من نحن"),
    ),
}


def _judged(text: str) -> JudgedPage:
    return engine.analyse(Note("page.md", text).as_named_import(), site_packs=False, weights=False)


def _left(page: JudgedPage) -> list[str]:
    judged = zip(page.units, page.verdicts, strict=True)
    return [unit.text for unit, verdict in judged if (verdict is None or not verdict.safe) and not unit.is_mark]


def test_every_language_has_a_page_here() -> None:
    assert len(knowledge.wordings()) == len(SAID) + 1  # English


@pytest.mark.parametrize("language", SAID)
def test_a_website_goes_and_the_article_stays(language: str) -> None:
    skip, cookies, others, form, foot = SAID[language]
    prose = PROSE[language].strip()
    cards = "".join(f"- [Seite {name}](/artikel/{name})\n" for name in "abc")
    menu = "".join(f"- [{name}](/{at})\n" for at, name in enumerate(foot))
    text = f"[{skip}](#x)\n\n{cookies}\n\n# 1911\n\n{prose}\n\n{prose}\n\n## {others}\n\n{cards}\n{form}\n\n{menu}"
    assert _left(_judged(text)) == ["1911", prose, prose]


@pytest.mark.parametrize("language", SAID)
def test_the_same_words_within_an_article_stay(language: str) -> None:
    prose, (skip, _, others, _, foot) = PROSE[language].strip(), SAID[language]
    text = f"# 1911\n\n{prose}\n\n## {others}\n\n{prose}\n\n{foot[0]}: {skip} {prose}\n\n- {foot[1]} 1911\n\n{prose}\n"
    assert _left(_judged(text)) == [
        "1911",
        prose,
        others,
        prose,
        f"{foot[0]}: {skip} {prose}",
        f"{foot[1]} 1911",
        prose,
    ]


@pytest.mark.parametrize("wording", knowledge.wordings())
def test_no_pattern_matches_nothing_or_anything(wording: knowledge.Wording) -> None:
    patterns = [*wording.cues, *wording.footers, *wording.others, *(line.line for line in wording.line)]
    for pattern in (*patterns, *(one for group in wording.strong for one in group)):
        for text in ("", "Abscess", "膿瘍", "Абсцесс", "The left thumb was printed in 1911 by hand and kept."):
            assert matcher(pattern).match(text) is None, (pattern, text)


ARTICLE = "The mill was rebuilt by hand over nine years, since its timber came from three distant valleys. " * 3
MENU = "[Privacy policy](/privacy)\n\n[Contact us](/contact)\n\n[Cookie policy](/cookies)\n"


def test_columns_of_a_menu_go_with_their_titles() -> None:
    columns = (
        "Products\n\n- [Saws](/saws)\n- [Planes](/planes)\n\nCompany\n\n- [About us](/about)\n- [Careers](/careers)\n"
    )
    page = _judged(f"[Log in](/login)\n\n{columns}\n# Mill\n\n{ARTICLE}\n\n{ARTICLE}\n")
    assert _left(page) == ["Mill", ARTICLE.strip(), ARTICLE.strip()]


@pytest.mark.parametrize("above", ["## See also\n\n", "Of the same valley:\n\n", ""])
def test_the_last_list_of_an_article_stays_above_a_menu(above: str) -> None:
    listed = (
        "- [The lower mill](/mills/lower)\n- [The upper mill](/mills/upper)\n- [The dam](/dam)\n- [The weir](/weir)\n"
    )
    page = _judged(f"# Mill\n\n{ARTICLE}\n\n{above}{listed}\n{MENU}")
    left = _left(page)
    assert left[-4:] == ["The lower mill", "The upper mill", "The dam", "The weir"]
    assert not {"Privacy policy", "Contact us"} & set(left)


def test_entries_of_a_table_of_contents_stay() -> None:
    contents = "".join(f"- [{name}](#{name.lower()})\n" for name in ("Timber", "Stone", "Water"))
    sections = "".join(f"## {name}\n\n{ARTICLE}\n\n" for name in ("Timber", "Stone", "Water"))
    left = _left(_judged(f"[Log in](/login)\n\n[About us](/about)\n\n{contents}\n# Mill\n\n{sections}"))
    assert left[:3] == ["Timber", "Stone", "Water"]


CARDS = "".join(
    f"[![{name}](/{name}.jpg)](/posts/{name})\n\nMay 5, 2021\n\n### [All about {name}](/posts/{name})\n\n"
    f"How {name} works.\n\n"
    for name in ("saws", "planes", "chisels", "files")
)


def test_cards_behind_an_article_go_with_their_title() -> None:
    written = f"{ARTICLE}\n\n" * 9
    left = _left(_judged(f"# Mill\n\n{written}## Related articles\n\n{CARDS}{MENU}"))
    assert left == ["Mill", *[ARTICLE.strip()] * 9]


def test_cards_within_an_article_stay() -> None:
    left = _left(_judged(f"# Mill\n\n{ARTICLE}\n\n## More about tools\n\n{CARDS}{ARTICLE}\n\n{ARTICLE}\n"))
    assert {"More about tools", "All about saws", "How saws works."} <= set(left)


def test_lists_of_other_hosts_are_not_the_sites_cards() -> None:
    links = "".join(f"- [On {name}](https://{name}.org/mill)\n" for name in ("saws", "planes", "chisels"))
    own = "[One](https://mill.org/1) and [two](https://mill.org/2), [three](https://mill.org/3)"
    left = _left(_judged(f"# Mill\n\n{ARTICLE} {own}\n\n{ARTICLE}\n\n## More about mills\n\n{links}"))
    assert left[-4:] == ["More about mills", "On saws", "On planes", "On chisels"]


@pytest.mark.parametrize(
    ("target", "is_outside"),
    [
        ("./viewforum.php?f=1", True),
        ("viewtopic.php?t=2&sid=x", True),
        ("page.aspx?id=1", True),
        ("notes/what.md", False),
        ("Is this PHP?.md", False),
        ("index.php", False),
        ("../guide/", True),
        ("guide/#first-steps", True),
        ("guide#first/", False),
    ],
)
def test_what_a_server_runs_is_no_file_of_a_vault(target: str, is_outside: bool) -> None:
    assert leads_outside(target) is is_outside


def test_currencies_and_months_in_a_row_go() -> None:
    money = "".join(
        f"{land} / {code}\n\n"
        for land, code in zip("ABCDEFGHI", ("AUD", "CAD", "CHF", "EUR", "GBP", "JPY", "NOK", "SEK", "USD"), strict=True)
    )
    countries = money.replace("A /", "Australia /").replace("B /", "Canada /")
    months = "".join(f"- {month} 2021\n" for month in ("May", "June", "July", "August", "September", "October"))
    left = _left(_judged(f"# Mill\n\n{ARTICLE} [Map](/map)\n\n{months}\n{ARTICLE}\n\n{countries}"))
    assert not [line for line in left if line.endswith("2021")]


def test_shares_of_words_do_not_count_a_units_own() -> None:
    text = "The mill was rebuilt by hand over nine years, with timber from the valleys.\n\nMill timber\n\nSaws\n"
    alone, named, other = shared_words.shares(units(Note("A.md", text)))
    assert alone == (0.0, 0.0)
    assert named[0] == 1.0
    assert other == (0.0, 0.0)


def test_weights_leave_a_page_alone_that_hardly_has_a_paragraph() -> None:
    counts = "".join(f"Template {name}\n\n({at}00 downloads)\n\n" for at, name in enumerate("ABCDEFGHIJKLMN", 1))
    note = Note("page.md", f"{ARTICLE}\n\n{ARTICLE}\n\nMetrics\n\n{counts}").as_named_import()
    page = engine.analyse(note, site_packs=False, weights=True)
    without = engine.analyse(note, site_packs=False, weights=False)
    assert page.verdicts == without.verdicts
