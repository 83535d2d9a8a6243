"""Network analysis of partnerships; needs the extra ``graph``.

A :class:`Network` consists of selected partnerships and their cities.
"""

from friendcities.graph.network import CountryMatrix, Degree, Distance, Figures, IndirectPartner, Network, Paths

__all__ = ["CountryMatrix", "Degree", "Distance", "Figures", "IndirectPartner", "Network", "Paths"]
