"""Internal. Creates records from a person's answers, and writes the files of the records."""

from friendcities.authoring.form_declarations import Form, Question
from friendcities.authoring.forms import FORMS
from friendcities.authoring.known_records import Session
from friendcities.authoring.prompts import Dialog, FormFiller
from friendcities.authoring.write import Draft, NewFile

__all__ = ["FORMS", "Dialog", "Draft", "Form", "FormFiller", "NewFile", "Question", "Session"]
