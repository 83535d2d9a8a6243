// The weights of Sphinx's search, which is used only from a folder, except that a source ranks below other pages of the same title.
var Scorer = {
  score: ([docname, , , , score]) => (docname.startsWith("sources/") ? score - 5 : score),
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
