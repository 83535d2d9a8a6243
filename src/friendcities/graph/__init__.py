"""Questions about the network that partnerships make of cities; they need the extra ``graph``.

A :class:`Network` is made of the partnerships that a date and the usual filters let through, and answers:

* how many partners each city has (:meth:`~Network.degrees`), which cities hang together (:meth:`~Network.components`),
* which cities share a partner without being partners (:meth:`~Network.cousins_of`), and what the shortest way from one
  city to another is (:meth:`~Network.shortest_path`),
* how many partnerships there are between two countries (:meth:`~Network.countries`) and how far apart partners are
  (:meth:`~Network.distances`),
* how it is built, in the figures of network science (:meth:`~Network.figures`, :meth:`~Network.paths`).
"""

from friendcities.graph.answers import CountryMatrix, Cousin, Degree, Distance, Figures, Paths
from friendcities.graph.network import Network

__all__ = ["CountryMatrix", "Cousin", "Degree", "Distance", "Figures", "Network", "Paths"]
