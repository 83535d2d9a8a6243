"""Internal. New records from what a person knows: questions in plain words, and the files that the answers make.

* :mod:`~friendcities.authoring.parse_answers` parses what people type; ambiguous text is rejected.
* :mod:`~friendcities.authoring.session` holds the existing records and those that are being added.
* :mod:`~friendcities.authoring.questions` defines questions and forms; :mod:`~friendcities.authoring.forms` has a form
  for each type of record, from which both prompts and command-line options are made.
* :mod:`~friendcities.authoring.prompts` fills in a form, from options or by asking.
* :mod:`~friendcities.authoring.write` checks the new files, and writes all of them or none.
"""

from friendcities.authoring.forms import FORMS
from friendcities.authoring.prompts import Dialog, FormFiller
from friendcities.authoring.questions import Form, Question
from friendcities.authoring.session import Session
from friendcities.authoring.write import Draft, NewFile

__all__ = ["FORMS", "Dialog", "Draft", "Form", "FormFiller", "NewFile", "Question", "Session"]
