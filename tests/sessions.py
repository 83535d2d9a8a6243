"""A small sound register to add to, and people who answer as they are told."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from friendcities.authoring import FORMS, Draft, FormFiller, Session
from friendcities.checks import RecordTree

BASE: Final = Path(__file__).parent / "checks" / "base"
TODAY: Final = date(2026, 1, 1)

NEW_TIE: Final = {
    "first": "Naidislinn",
    "second": "Kisumu, Kenya",
    "second-level": "municipality",
    "action": "established",
    "date": "3 May 2019",
    "kind": "sister city",
    "source": "https://kisumu.example/twins",
    "source-title": "Our twins",
    "source-publisher": "County of Kisumu",
    "source-kind": "city_government",
    "source-speaks-for": "Kisumu",
    "source-published": "2023",
    "locator": "row of Näidislinn",
}
"""The options that add a partnership with a city and a source that are new."""


def a_tree(folder: Path) -> Path:
    """A copy of the small sound register."""
    tree = folder / "register"
    shutil.copytree(BASE, tree)
    return tree


def make_session(tree: Path = BASE) -> Session:
    """A session over a register."""
    return Session(RecordTree.read(tree, today=TODAY))


def filled(form: str, options: Mapping[str, str], session: Session | None = None) -> Session:
    """The session after a form was filled from options."""
    session = session or make_session()
    FormFiller(session, {name: [text] for name, text in options.items()}).fill(FORMS[form])
    return session


def a_draft(tree: Path, options: Mapping[str, str] = NEW_TIE) -> Draft:
    """The files of a partnership with a city and a source that are new."""
    return Draft.from_session(filled("partnership", options, make_session(tree)))


def files_in(folder: Path) -> dict[str, bytes]:
    """Everything below a folder: what files hold, and the folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"a folder"
        for path in folder.rglob("*")
    }


class Person:
    """Somebody who gives these answers, one after the other, and keeps what they read."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.read: list[str] = []

    def ask(self, prompt: str) -> str:
        """The next answer."""
        self.read.append(prompt)
        return self._answers.pop(0)

    def show(self, text: str) -> None:
        """Read something."""
        self.read.append(text)

    @property
    def left(self) -> Sequence[str]:
        """The answers that nobody asked for."""
        return self._answers
