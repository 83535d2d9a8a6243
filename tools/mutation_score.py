"""Prints the mutation score of the last ``mutmut run``, and the mutants that survived.

    mutmut run && python tools/mutation_score.py

``tests/equivalent_mutants.toml`` lists mutants that change no behaviour. Neither these mutants nor those without a run
count. The program fails if the score of all modules is below 95 %, or if a listed mutant no longer survives.
"""

import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

from mutmut.__main__ import collect_source_file_mutation_data
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code

LISTED: Final = Path("tests/equivalent_mutants.toml")
REQUIRED: Final = 0.95
CAUGHT: Final = frozenset({"killed", "timeout"})

UNTESTED: Final = "not checked"


def changed_lines(mutant: str, path: str) -> tuple[str, str]:
    """Return the removed lines and the added lines of a mutant."""
    lines = [line for line in get_diff_for_mutant(mutant, path=path).splitlines() if line[:3] not in {"---", "+++"}]
    removed, added = ("\n".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
    return removed, added


def main() -> int:
    """Print the results; return the exit code."""
    groups = tomllib.loads(LISTED.read_text(encoding="utf-8"))["equivalent"]
    listed = {(name, text) for group in groups for name, texts in group["mutants"].items() for text in texts}
    functions = {name for name, _ in listed}
    unused, killed = set(listed), set()
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for data, mutant, code in collect_source_file_mutation_data(mutant_names=())[0]:
        module, _, function = mutant.removeprefix("friendcities.").rpartition("__mutmut_")[0].rpartition(".")
        function = f"{module}.{function.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}"
        status = status_by_exit_code[code]
        if function in functions or status not in {*CAUGHT, UNTESTED}:
            removed, added = changed_lines(mutant, str(data.path))
            found = {
                (name, text) for name, text in listed if name == function and text in added and text not in removed
            }
            unused -= found
            if status in CAUGHT:
                killed |= found
            elif status != UNTESTED and found:
                status = "equivalent"
            elif status != UNTESTED:
                print(f"{mutant}: {status}\n  - {removed}\n  + {added}")
        counts[module][status] += 1
    for module, statuses in counts.items():
        print(f"{module:32} {', '.join(f'{status}: {number}' for status, number in sorted(statuses.items()))}")
    total = sum(counts.values(), Counter())
    caught = sum(total[status] for status in CAUGHT)
    tested = total.total() - total[UNTESTED]
    score = caught / (tested - total["equivalent"])
    print(f"{caught} of {tested} mutants caught, {total['equivalent']} equivalent: {score:.1%}")
    for name, text in sorted(unused | killed):
        print(f"{LISTED}: no mutant of {name} with {text!r} survives; remove the entry")
    return int(score < REQUIRED or bool(unused | killed))


if __name__ == "__main__":
    sys.exit(main())
