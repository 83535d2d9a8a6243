/* The partnerships of a view: the partnerships of a city at the end of a date, by the rules of the library. */

import { partnerOf, stateAt } from "./data.js";

/** The partnerships that match the city, country and reliability of a view, at any date. */
const candidates = (data, view) => {
  const city = data.byId.get(view.city);
  return (city ? city.partnerships : data.partnerships).filter((partnership) => {
    if (!view.reliability.has(partnership.reliability)) return false;
    if (!view.country) return true;
    return city
      ? partnerOf(partnership, city).country === view.country
      : partnership.cities.some((each) => each.country === view.country);
  });
};

const fits = (view, state) => view.status.has(state.status) && view.kind.has(state.kind);

const before = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** The partnerships of a view with their states, the earliest first. */
export const rowsOf = (data, view) => {
  const city = data.byId.get(view.city);
  const rows = [];
  for (const partnership of candidates(data, view)) {
    const state = stateAt(partnership, view.on);
    if (!fits(view, state)) continue;
    const [own, partner] = city ? [city, partnerOf(partnership, city)] : partnership.cities;
    rows.push({ partnership, state, own, partner });
  }
  if (city) rows.sort((a, b) => before(a.partnership.from, b.partnership.from) || before(a.partner.name, b.partner.name));
  return rows;
};

/** The partnerships of a city, or of all cities, at the end of a date, whatever the filters are. */
export const unfiltered = (data, view) =>
  rowsOf(data, {
    ...view,
    country: "",
    status: new Set(data.vocabulary.status),
    kind: new Set(data.vocabulary.kind),
    reliability: new Set(data.vocabulary.reliability),
  });

/** The number of partnerships of a view at the end of each year. */
export const curveOf = (data, view) => {
  const { first, last } = data.years;
  const change = new Array(last - first + 2).fill(0);
  for (const partnership of candidates(data, view)) {
    partnership.states.forEach((state, index) => {
      if (!fits(view, state)) return;
      const from = Number(partnership.days[index].slice(0, 4));
      const until = index + 1 < partnership.days.length ? Number(partnership.days[index + 1].slice(0, 4)) : last + 1;
      if (until === from) return; // another state follows in the same year
      change[from - first] += 1;
      change[until - first] -= 1;
    });
  }
  let count = 0;
  return change.slice(0, -1).map((each) => (count += each));
};
