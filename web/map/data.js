/* Reads the data of a map; friendcities.exporters.html_map writes it and describes the order of its lists. */

import { fold } from "../shared/fold.js";

const NO_STATE = { status: null, kind: "unspecified", since: null };

const state = ([status, kind, since]) => ({ status, kind, since });

/** A partnership: its two cities, and its states with their first days. */
const partnershipOf = ([one, other, reliability, disputes, from, days, now, sources], index, cities, all) => {
  const states = days.map(([, ...each]) => state(each));
  return {
    index,
    id: [cities[one].id, cities[other].id].sort().join("--"),
    cities: [cities[one], cities[other]],
    reliability,
    disputes: disputes.map(([recorded, claims]) => [recorded, claims.map(([claim, source]) => [claim, all[source]])]),
    from: from ?? "9999",
    days: days.map(([day]) => day),
    states,
    now: now ? state(now) : states.at(-1),
    sources: sources.map((each) => all[each]),
  };
};

/** The cities, sources and partnerships of a map, linked with each other. */
export const unpack = (plain) => {
  const cities = plain.cities.map(([id, name, country, at, names, coverage], index) => ({
    index,
    id,
    name,
    country,
    at,
    names,
    coverage: plain.coverages[coverage],
    partnerships: [],
    get label() {
      return `${name}, ${plain.countries[country] ?? country}`;
    },
    get keys() {
      return [name, ...names, id].map(fold);
    },
  }));
  const sources = plain.sources.map(([id, publisher, title, date, address]) => ({ id, publisher, title, date, address }));
  const partnerships = plain.partnerships.map((each, index) => partnershipOf(each, index, cities, sources));
  for (const partnership of partnerships) for (const city of partnership.cities) city.partnerships.push(partnership);
  return { ...plain, cities, sources, partnerships, byId: new Map(cities.map((city) => [city.id, city])) };
};

/** The last day of a year, a month or a day, as text that can be compared with days. */
export const lastDay = (on) => (on.length === 4 ? `${on}-12-31` : on.length === 7 ? `${on}-31` : on);

/** The state of a partnership at the end of a date; without a date, after its last step. */
export const stateAt = (partnership, on) => {
  if (!on) return partnership.now;
  const day = lastDay(on);
  let found = NO_STATE;
  for (let index = 0; index < partnership.days.length && partnership.days[index] <= day; index += 1) found = partnership.states[index];
  return found;
};

/** The partner of a city. */
export const partnerOf = (partnership, city) => (partnership.cities[0] === city ? partnership.cities[1] : partnership.cities[0]);
