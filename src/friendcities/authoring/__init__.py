"""From what a person knows to files that pass the check: questions in plain words, and the files that come of them.

* :mod:`~friendcities.authoring.reading` reads what people type; what can be read in two ways is refused.
* :mod:`~friendcities.authoring.session` knows what is on record, and what is about to be.
* :mod:`~friendcities.authoring.question` says what a question and a form are; :mod:`~friendcities.authoring.forms` are
  the forms of the types of records, from which prompts and command-line options are both made.
* :mod:`~friendcities.authoring.prompts` fills a form, by asking or from options.
* :mod:`~friendcities.authoring.write` checks the files that come of it, and writes all of them or none.
"""

from friendcities.authoring.forms import FORMS
from friendcities.authoring.prompts import Asker, Talk
from friendcities.authoring.question import Form, Question
from friendcities.authoring.session import Desk
from friendcities.authoring.write import Draft, NewFile

__all__ = ["FORMS", "Asker", "Desk", "Draft", "Form", "NewFile", "Question", "Talk"]
