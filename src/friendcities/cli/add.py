"""``friendcities add``: create new records from answers to questions, or from options."""

import argparse
import shlex
import sys
from contextlib import suppress
from typing import Any, Final

from friendcities.authoring import FORMS, Draft, Form, FormFiller, Question, Session
from friendcities.authoring.form_declarations import DECLARED
from friendcities.authoring.parse_answers import parse_yes_or_no
from friendcities.authoring.prompts import confirm
from friendcities.checks import RecordTree
from friendcities.checks.records_folder import group_by_root, is_project_data
from friendcities.cli.options import OUTPUT
from friendcities.cli.output import ExitCode, count_of, make_patch, print_lines, print_note, progress_of
from friendcities.cli.parser import CommandParser
from friendcities.datasets.bundled import dataset
from friendcities.errors import DataError, InvalidQueryError, on_one_line

DESCRIPTION = (
    "Add a record. In a terminal, the command asks for missing facts. The command checks and shows the new files "
    "before writing. Existing files are never overwritten."
)
EPILOG = "Exit codes: 0 files written; 1 nothing written; 2 wrong usage; 130 interrupted."
EXAMPLES = ("friendcities add partnership", "friendcities help add partnership")

_INTRODUCTION: Final = (
    "New {name}: {summary}.",
    "Press Enter to accept the answer in [brackets]. Type ? for help, or back for the previous question.",
    "",
)


class _Terminal:
    def ask(self, prompt: str) -> str:
        while True:
            try:
                return input(prompt)
            except UnicodeDecodeError:
                self.show("  the answer is not valid text; type the answer again")

    def show(self, text: str) -> None:
        print_lines([text])


def add_arguments(command: CommandParser) -> None:
    """Add a command for each type of record."""
    types = command.add_subparsers(title="types of records", metavar="TYPE", required=True)
    for form in FORMS.values():
        _add_form(types, form)


def _add_form(types: Any, form: Form) -> None:
    positional = "".join(f" [{question.name.upper()}]" for question in form.questions if question.positional)
    cited = "" if form.name == "source" else " --source shine-2023-12-02 --locator 'paragraph 4'"
    article = "an" if form.name[0] in "aeiou" else "a"
    command = types.add_parser(
        form.name,
        help=form.summary,
        usage=f"friendcities add {form.name}{positional} [OPTIONS]",
        description=f"Add {article} {form.name}: {form.summary}. In a terminal, the command asks for missing answers.",
        allow_abbrev=False,
        examples=[f"friendcities add {form.name} {DECLARED['examples'][form.name]}{cited} --dry-run"],
    )
    add_form_arguments(command, form)


def add_form_arguments(command: CommandParser, form: Form) -> None:
    """Add an option to the command for each question of a form."""
    answers = command.group("answers")
    for question in form.questions:
        _add_option(answers, question.name, question)
    for question in form.questions:
        if question.form is not None:
            more = command.group(f"answers about a new {question.form.name} ({question.name.upper()})")
            for option, each in question.form.options(f"{question.name}-"):
                _add_option(more, option, each)
    output = command.group(OUTPUT)
    help_ = "the folder of records (default: the data of the current clone)"
    output.add_argument("--records", metavar="PATH", help=help_)
    output.add_argument("--dry-run", action="store_true", help="show the files without writing them")
    output.add_argument("--yes", action="store_true", help="write the files without questions")
    command.set_defaults(run=run, form=form, parser=command)


def _add_option(group: Any, option: str, question: Question) -> None:
    help_ = question.help.replace("%", "%%")
    if question.vocabulary is not None:
        help_ += f" Values: {', '.join(question.vocabulary)}."
    if question.positional and "-" not in option:
        group.add_argument(f"given_{option}", nargs="?", metavar=option.upper(), help=help_)
        return
    if question.flag:
        group.add_argument(f"--{option}", action="store_const", const="yes", dest=f"given_{option}", help=help_)
        return
    action = "append" if question.many else "store"
    help_ += " May be repeated." if question.many else ""
    group.add_argument(f"--{option}", action=action, dest=f"given_{option}", metavar=question.metavar, help=help_)


def run(options: argparse.Namespace) -> int:
    """Ask questions, then show, check and write the new files."""
    form: Form = options.form
    given = _given_answers(options)
    tree = _read_tree(options.records)
    somebody = sys.stdin is not None and sys.stdin.isatty()  # standard input may be closed
    dialog = _Terminal() if somebody and not options.yes else None
    filler = FormFiller(Session(tree), given, dialog)
    try:
        if dialog is not None:
            with suppress(ImportError):
                import readline  # noqa: F401, PLC0415 - a person can then edit the typed line
            print_lines([line.format(name=form.name, summary=form.summary) for line in _INTRODUCTION])
        return _add(form, filler, dialog, options)
    except (KeyboardInterrupt, EOFError) as error:
        print_note("\nnothing was written")
        return ExitCode.INTERRUPTED if isinstance(error, KeyboardInterrupt) else ExitCode.USAGE


def _add(form: Form, filler: FormFiller, dialog: _Terminal | None, options: argparse.Namespace) -> int:
    try:
        filler.fill(form)
    except InvalidQueryError as error:
        if dialog is None:
            raise
        return _print_refusal(error, ExitCode.USAGE, filler, options)
    draft = Draft.from_session(filler.session)
    count = count_of(len(draft.files), "file")
    print_lines([f"{'' if dialog is None else chr(10)}{count}:"])
    for file in draft.files:
        lines = [on_one_line(str(file.path)), file.data.decode().rstrip("\n")]
        print_lines(["", *(lines if file.before is None else make_patch(file.path, file.before, file.data))])
    for warning in filler.warnings:
        print_note(f"friendcities: {warning}")
    with progress_of("checking") as progress:
        problems = draft.find_problems(filler.session.tree, progress)
    if problems:
        print_lines(["", *map(str, problems)])
        message = f"nothing was written: {count_of(len(problems), 'problem')}"
        return _print_refusal(message, ExitCode.PROBLEMS, filler, options)
    if options.dry_run:
        print_note("nothing was written (--dry-run)")
        return ExitCode.ANSWERED
    if dialog is None and not options.yes:
        message = "nothing was written: confirming needs a terminal; to write without confirmation, add --yes"
        raise InvalidQueryError(message)
    these, files = ("this", "file") if len(draft.files) == 1 else ("these", "files")
    if dialog is not None and not confirm(dialog, f"\nWrite {these} {count}?", "n"):
        return _print_refusal("nothing was written", ExitCode.NOT_FOUND, filler, options)
    try:
        draft.write()
    except DataError as error:
        return _print_refusal(error, ExitCode.NOT_FOUND, filler, options)
    tree = f" {shlex.quote(options.records)}" if options.records else ""
    advice = f"Next: run 'friendcities check{tree}', commit the {files} and open a pull request."
    print_lines([f"\n{count} written.", on_one_line(advice)])
    return ExitCode.ANSWERED


def _given_answers(options: argparse.Namespace) -> dict[str, list[str]]:
    given = {name: value for name, value in vars(options).items() if name.startswith("given_") and value is not None}
    return {name.removeprefix("given_"): value if isinstance(value, list) else [value] for name, value in given.items()}


def _read_tree(path: str | None) -> RecordTree:
    root = next(iter(group_by_root([] if path is None else [path])))
    base = None if is_project_data(root) else dataset()
    with progress_of("reading") as progress:
        return RecordTree.read(root, base=base, progress=progress)


def _print_refusal(reason: object, code: ExitCode, filler: FormFiller, options: argparse.Namespace) -> ExitCode:
    """Print why nothing was written, and the command for another attempt."""
    print_note(f"friendcities: {reason}")
    form: Form = options.form
    positional = [question.name for question in form.questions if question.positional]
    flags = {question.name for question in form.questions if question.flag}
    words = [text for name in positional for text in filler.answered.get(name, [])]
    for option, texts in filler.answered.items():
        if option in flags:
            words += [f"--{option}"] if parse_yes_or_no(texts[-1]) else []
        elif option not in positional:
            for text in texts:
                words += [f"--{option}={text}"] if text.startswith("-") else [f"--{option}", text]
    words += ["--records", options.records] if options.records else []
    print_note("to continue with your answers: ", shlex.join([*options.parser.prog.split(), *words]))
    return code
