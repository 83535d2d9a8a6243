/* Which partnerships a view shows, by the rules of the library: those of a city, at the end of a date. */

import { partnerOf, stateAt } from "./data.js";

/** The partnerships that may be shown, whenever: of the city, with the country and on the reliability that are asked for. */
const candidates = (data, view) => {
  const city = data.byId.get(view.city);
  return (city ? city.ties : data.ties).filter((tie) => {
    if (!view.reliability.has(tie.reliability)) return false;
    if (!view.country) return true;
    return city
      ? partnerOf(tie, city).country === view.country
      : tie.cities.some((each) => each.country === view.country);
  });
};

const fits = (view, state) => view.status.has(state.status) && view.kind.has(state.kind);

const before = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** The partnerships that a view shows, the earliest first, each with how it stands. */
export const rowsOf = (data, view) => {
  const city = data.byId.get(view.city);
  const rows = [];
  for (const tie of candidates(data, view)) {
    const state = stateAt(tie, view.on);
    if (!fits(view, state)) continue;
    const [own, partner] = city ? [city, partnerOf(tie, city)] : tie.cities;
    rows.push({ tie, state, own, partner });
  }
  if (city) rows.sort((a, b) => before(a.tie.from, b.tie.from) || before(a.partner.name, b.partner.name));
  return rows;
};

/** How many partnerships a view shows at the end of each year from the first to the last. */
export const curveOf = (data, view) => {
  const { first, last } = data.years;
  const change = new Array(last - first + 2).fill(0);
  for (const tie of candidates(data, view)) {
    tie.states.forEach((state, index) => {
      if (!fits(view, state)) return;
      const from = Number(tie.days[index].slice(0, 4));
      const until = index + 1 < tie.days.length ? Number(tie.days[index + 1].slice(0, 4)) : last + 1;
      if (until === from) return; // by the end of the year it stood otherwise
      change[from - first] += 1;
      change[until - first] -= 1;
    });
  }
  let count = 0;
  return change.slice(0, -1).map((each) => (count += each));
};
