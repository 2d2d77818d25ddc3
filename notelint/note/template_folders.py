"""Folders of templates, by their names: where no setting says which they are."""

from functools import lru_cache

from notelint.core.lazy_regex import lazy_regex
from notelint.note.links import normalise

_WORD = lazy_regex(r"[^\W\d_]+")
_NAMES = frozenset(  # in the languages in which Obsidian names its own settings so, and which vaults are kept in
    (
        *("template", "templates", "archetypes", "vorlage", "vorlagen", "modèle", "modèles", "plantilla", "plantillas"),
        *("modello", "modelli", "modelos", "sjabloon", "sjablonen", "mallar", "skabelon", "skabeloner", "maler"),
        *("mallit", "šablona", "šablony", "szablon", "szablony", "sablonok", "şablonlar", "шаблон", "шаблоны"),
        *("шаблони", "模板", "模版", "範本", "テンプレート", "템플릿"),
    )
)


@lru_cache(maxsize=4096)
def is_template_folder(folder: str) -> bool:
    """True if the path of a folder names templates in any of its parts, whatever number or sign it begins with."""
    return not _NAMES.isdisjoint(_WORD.findall(normalise(folder).casefold()))
