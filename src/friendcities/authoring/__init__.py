"""Internal. Creates new records from a person's answers to questions, and writes the files of the records.

* :mod:`~friendcities.authoring.parse_answers` parses typed text. Ambiguous text is rejected.
* :mod:`~friendcities.authoring.known_records` finds existing and new records.
* :mod:`~friendcities.authoring.form_declarations` contains the classes for questions and forms.
* :mod:`~friendcities.authoring.forms` contains a form for each type of record.
* :mod:`~friendcities.authoring.prompts` fills in a form from command-line options, and asks a person for the other
  answers.
* :mod:`~friendcities.authoring.corrections` changes a field of an existing record.
* :mod:`~friendcities.authoring.write` checks the new files and writes them atomically.
"""

from friendcities.authoring.form_declarations import Form, Question
from friendcities.authoring.forms import FORMS
from friendcities.authoring.known_records import Session
from friendcities.authoring.prompts import Dialog, FormFiller
from friendcities.authoring.write import Draft, NewFile

__all__ = ["FORMS", "Dialog", "Draft", "Form", "FormFiller", "NewFile", "Question", "Session"]
