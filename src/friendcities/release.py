"""The address, date and DOI of this version, for citations and metadata.

The values are empty before the first release. ``.github/release.py`` compares the values with the changelog and
``CITATION.cff``.
"""

ADDRESS = ""
"""The web address of the project."""
DATE = ""
"""The day of the release, as an ISO 8601 date."""
DOI = ""
"""The digital object identifier of the version, such as ``10.5281/zenodo.1234567``."""
WORLD_ADDRESS = ""
"""The address of a published download, ``wikidata.json``, which ``friendcities download world`` installs."""
WORLD_DIGEST = ""
"""The SHA-256 digest of that file, from the published file ``SHA256SUMS``."""
