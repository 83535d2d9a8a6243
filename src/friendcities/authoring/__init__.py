"""Internal. Creates new records from a person's answers to questions, and writes their files.

* :mod:`~friendcities.authoring.parse_answers` parses typed text. Ambiguous text is rejected.
* :mod:`~friendcities.authoring.known_records` looks up the existing and the new records.
* :mod:`~friendcities.authoring.form_declarations` has the classes for questions and forms.
* :mod:`~friendcities.authoring.forms` has a form for each type of record.
* :mod:`~friendcities.authoring.prompts` fills in a form from options and by asking a person.
* :mod:`~friendcities.authoring.corrections` changes a field of an existing record.
* :mod:`~friendcities.authoring.write` checks the new files and writes them atomically.
"""

from friendcities.authoring.form_declarations import Form, Question
from friendcities.authoring.forms import FORMS
from friendcities.authoring.known_records import Session
from friendcities.authoring.prompts import Dialog, FormFiller
from friendcities.authoring.write import Draft, NewFile

__all__ = ["FORMS", "Dialog", "Draft", "Form", "FormFiller", "NewFile", "Question", "Session"]
