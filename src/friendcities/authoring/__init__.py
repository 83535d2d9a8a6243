"""Internal. New records from what a person knows: questions in plain words, and the files that the answers make.

* :mod:`~friendcities.authoring.parse_answers` parses what people type; ambiguous text is rejected.
* :mod:`~friendcities.authoring.known_records` holds the existing records and those that are being added.
* :mod:`~friendcities.authoring.form_declarations` defines questions and forms.
* :mod:`~friendcities.authoring.forms` has a form for each type of record; prompts and
  command-line options are made from it.
* :mod:`~friendcities.authoring.prompts` fills in a form, from options or by asking.
* :mod:`~friendcities.authoring.corrections` changes a field of an existing record.
* :mod:`~friendcities.authoring.write` checks the new files, and writes all of them or none.
"""

from friendcities.authoring.form_declarations import Form, Question
from friendcities.authoring.forms import FORMS
from friendcities.authoring.known_records import Session
from friendcities.authoring.prompts import Dialog, FormFiller
from friendcities.authoring.write import Draft, NewFile

__all__ = ["FORMS", "Dialog", "Draft", "Form", "FormFiller", "NewFile", "Question", "Session"]
