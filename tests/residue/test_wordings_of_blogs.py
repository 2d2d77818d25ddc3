"""What the blogs of most websites say below an article, in several languages."""

import pytest

from notelint.note.note import Note
from notelint.residue import engine
from notelint.residue.strong_cues import is_strong
from notelint.residue.units import units
from tests.residue.test_wordings import PROSE

_FORM = {
    "german": "Benachrichtige mich über nachfolgende Kommentare via E-Mail.",
    "french": "Prévenez-moi de tous les nouveaux commentaires par e-mail.",
    "spanish": "Guarda mi nombre, correo electrónico y web en este navegador para la próxima vez que comente.",
    "portuguese": "Salvar meus dados neste navegador para a próxima vez que eu comentar.",
    "italian": "Salva il mio nome, email e sito web in questo browser per la prossima volta che commento.",
    "dutch": "Stuur mij een e-mail als er vervolgreacties zijn.",
    "polish": "Powiadom mnie o kolejnych komentarzach przez e-mail.",
    "turkish": "Beni sonraki yorumlar için e-posta ile bilgilendir.",
    "russian": "Сохранить моё имя, email и адрес сайта в этом браузере для последующих моих комментариев.",
    "japanese": "次回のコメントで使用するためブラウザーに自分の名前、メールアドレス、サイトを保存する。",
    "chinese": "在此浏览器中保存我的显示名称、邮箱地址和网站地址，以便下次评论时使用。",
    "korean": "다음 번 댓글 작성을 위해 이 브라우저에 이름, 이메일, 그리고 웹사이트를 저장합니다.",
    "arabic": "أعلمني بمتابعة التعليقات بواسطة البريد الإلكتروني.",
}
_CUES = (
    "Beitragsnavigation|Teilen mit:|Ein Gedanke zu „Die alte Mühle“|Navigation de l’article|"
    "J’aime ça :|Comparte esto:|Comentarios recientes|Curtir isso:|Postar um comentário|"
    "Navigazione articolo|Mi piace Caricamento...|Berichtnavigatie|Dit delen:|Tweetnij|"
    "Kanał komentarzy|Bunu paylaş:|Yorum beslemesi|Лента записей|Нравится Загрузка...|投稿ナビゲーション|"
    "コメントフィード|文章导航|取消回复|글 내비게이션|댓글 피드|تصفّح المقالات|معجب بهذه:"
).split("|")
_OF_ARTICLES = (
    "Eine Antwort auf die Frage der Müller|10 Antworten auf Fragen der Müller|Une réponse à la question|"
    "Spis treści|Enlaces de interés|Подвал|本文链接：https://mill.example/1"
).split("|")


@pytest.mark.parametrize("language", _FORM)
def test_a_sentence_of_a_form_goes_safely(language: str) -> None:
    text = f"# X\n\n{PROSE[language]}\n\n{PROSE[language]}\n\n{_FORM[language]}\n"
    page = engine.analyse(Note("page.md", text).as_named_import(), site_packs=False, weights=False)
    gone = [unit.text for unit, verdict in zip(page.units, page.verdicts, strict=True) if verdict and verdict.safe]
    assert gone == [_FORM[language]]


def _is_strong(text: str) -> bool:
    return is_strong(units(Note("page.md", text))[0])


@pytest.mark.parametrize("text", _CUES)
def test_what_only_blogs_say_is_known(text: str) -> None:
    assert _is_strong(text)


@pytest.mark.parametrize("text", _OF_ARTICLES)
def test_what_articles_say_too_is_no_sign_of_a_website(text: str) -> None:
    assert not _is_strong(text)


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("Schlagwörter:", "schlagwort"),
        ("Thema:", "thema"),
        ("Étiquettes :", "etiquette"),
        ("Publicado en", "categoria"),
        ("Marcadores:", "search/label"),
        ("Tagi:", "tagi"),
        ("Теги:", "tags"),
        ("タグ:", "tag"),
    ],
)
def test_where_a_website_files_an_article_goes(label: str, path: str) -> None:
    line = f"{label} [Mühle](https://mill.example/{path}/1), [Holz](https://mill.example/{path}/2)"
    text = (
        f"# X\n\n{PROSE['german']}\n\n{line}\n\n{PROSE['german']}\n\n{label} [Holz](https://mill.example/2021/holz)\n"
    )
    page = engine.analyse(Note("page.md", text).as_named_import(), site_packs=False, weights=False)
    gone = [unit.text for unit, verdict in zip(page.units, page.verdicts, strict=True) if verdict and verdict.safe]
    assert gone == [f"{label} Mühle, Holz"]
