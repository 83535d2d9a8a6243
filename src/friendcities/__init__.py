"""Sister cities, friendship cities and what ties them: typed, sourced, offline.

Ask the bundled data with the functions of this module; make a :class:`Dataset` of your own to ask the same of that.
Importing this module reads no data and costs next to nothing: a name is loaded when it is first used.

Example:
    >>> import friendcities as fc
    >>> fc.partners_of("Shanghai")
    (<City nz-dunedin: Dunedin, NZ>,)
"""

__version__ = "26.1.0"
