/* The data of a map, as friendcities.exporters.html_map writes it: lists, whose order is told there. */

import { fold } from "../shared/fold.js";

const NOTHING = { status: null, kind: "unspecified", since: null };

const state = ([status, kind, since]) => ({ status, kind, since });

/** A partnership: its two cities, and how it stood from which day on. */
const tieOf = ([one, other, reliability, disputed, from, days, now, sources], index, cities, all) => {
  const states = days.map(([, ...each]) => state(each));
  return {
    index,
    id: [cities[one].id, cities[other].id].sort().join("--"),
    cities: [cities[one], cities[other]],
    reliability,
    disputed: Boolean(disputed),
    from: from ?? "9999",
    days: days.map(([day]) => day),
    states,
    now: now ? state(now) : states.at(-1),
    sources: sources.map((each) => all[each]),
  };
};

/** Everything that a map shows. */
export const unpack = (plain) => {
  const cities = plain.cities.map(([id, name, country, at, names], index) => ({
    index,
    id,
    name,
    country,
    at,
    names,
    ties: [],
    get label() {
      return `${name}, ${plain.countries[country] ?? country}`;
    },
    get keys() {
      return [name, ...names, id].map(fold);
    },
  }));
  const sources = plain.sources.map(([id, publisher, title, date, address]) => ({ id, publisher, title, date, address }));
  const ties = plain.ties.map((each, index) => tieOf(each, index, cities, sources));
  for (const tie of ties) for (const city of tie.cities) city.ties.push(tie);
  return { ...plain, cities, sources, ties, byId: new Map(cities.map((city) => [city.id, city])) };
};

/** The last day of a year, a month or a day, as text that stands where it does among days. */
export const lastDay = (on) => (on.length === 4 ? `${on}-12-31` : on.length === 7 ? `${on}-31` : on);

/** How a partnership stood at the end of a date; after its last step on record, where there is none. */
export const stateAt = (tie, on) => {
  if (!on) return tie.now;
  const day = lastDay(on);
  let found = NOTHING;
  for (let index = 0; index < tie.days.length && tie.days[index] <= day; index += 1) found = tie.states[index];
  return found;
};

/** The city at the other side. */
export const partnerOf = (tie, city) => (tie.cities[0] === city ? tie.cities[1] : tie.cities[0]);
