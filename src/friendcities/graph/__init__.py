"""Network analysis of partnerships. The extra ``graph`` is required.

A :class:`Network` consists of selected partnerships and their cities.
"""

from friendcities.graph.network import CountryMatrix, Degree, Distance, Figures, IndirectPartner, Network, Paths

__all__ = ["CountryMatrix", "Degree", "Distance", "Figures", "IndirectPartner", "Network", "Paths"]
