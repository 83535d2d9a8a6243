"""A first answer from a compiled dataset: what ``bundled`` does with the bundle, with another file.

Run as a script with the path of the file; it prints Shanghai's partners.
"""

import sys
from pathlib import Path

import friendcities as fc
from friendcities.codec.bundle import read_bundle
from friendcities.datasets import bundled
from friendcities.datasets.dataset import make_dataset

if __name__ == "__main__":
    bundled._LOADED.append(make_dataset(*read_bundle(Path(sys.argv[1]).read_bytes())))  # noqa: SLF001 - in place of the bundled data
    print(fc.partners_of("Shanghai"))
