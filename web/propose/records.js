/* Makes records of answers, by the rules of friendcities.authoring: ids, evidence, canonical text, paths of files. */

import { fold } from "../shared/fold.js";

const LONGEST = 60;
const SMALL_WORDS = new Set(["a", "an", "and", "by", "de", "for", "in", "of", "on", "the", "to"]);
const DIVISIONS = "iso-3166-2";
const IDEOGRAPHS = /[\uf900-\ufaff\u{2f800}-\u{2fa1f}]+/u;

/** Text in normal form NFC except for ideographs, without surrounding blanks. */
export const composed = (text) =>
  text
    .trim()
    .split(new RegExp(`(${IDEOGRAPHS.source})`, "u"))
    .map((part) => (IDEOGRAPHS.test(part) ? part : part.normalize("NFC")))
    .join("");

/** Text as groups of lower-case letters and digits; empty without Latin letters and digits. */
export const slug = (text) => {
  const [first, ...others] = fold(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .split(" ");
  const kept = [first];
  for (const word of others) {
    if (kept.join("-").length + word.length >= LONGEST) break;
    kept.push(word);
  }
  return kept.join("-").slice(0, LONGEST);
};

/** An unused id for a city, or nothing. */
export const cityId = (city, taken) => {
  const words = slug(city.name);
  if (!words) return null;
  const country = city.country.toLowerCase();
  const proposals = [`${country}-${words}`];
  if (city.subdivision) proposals.push(`${country}-${city.subdivision.slice(3).toLowerCase()}-${words}`);
  return proposals.find((each) => !taken.has(each)) ?? null;
};

/** An unused id for a source: the publisher and the date, if known; nothing without Latin letters. */
export const sourceId = (source, taken) => {
  const slugged = slug(source.publisher.split(" (")[0]);
  let publisher = slugged
    .split("-")
    .filter((word) => !SMALL_WORDS.has(word))
    .join("-") || slugged;
  if (!publisher && source.address) publisher = slug(new URL(source.address).hostname.replace(/^www\./, ""));
  if (!publisher) return null;
  const base = [publisher, source.published ?? source.as_of].filter(Boolean).join("-");
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
};

/** The values of a record in the order of its fields, without empty values. */
const inOrder = (fields, values) =>
  Object.fromEntries(
    fields
      .map((name) => [name, values[name]])
      .filter(([, value]) => value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && !value.length)),
  );

const evidence = (source, locator, supports) => ({ source, locator, supports });

/** The record of a city. */
export const cityRecord = (city, source, locator, data) => {
  const values = inOrder(["name", "names", "country", "subdivision", "level", "note"], city);
  const supports = ["name", "names", "country", "subdivision", "level"].filter((field) => field in values);
  const proofs = [];
  if (values.subdivision && source !== DIVISIONS && data.sources.some(({ id }) => id === DIVISIONS)) {
    supports.splice(supports.indexOf("subdivision"), 1);
    proofs.push(evidence(DIVISIONS, values.subdivision, ["country", "subdivision"]));
  }
  return { ...values, evidence: [evidence(source, locator, supports), ...proofs] };
};

/** The record of a source. */
export const sourceRecord = (source) =>
  inOrder(["kind", "publisher", "title", "authors", "published", "as_of", "accessed", "language", "address", "speaks_for", "note"], source);

/** The record of a partnership with one step. */
export const partnershipRecord = (step, source, locator) => {
  const values = inOrder(["date", "action", "kind", "term", "note"], { ...step, kind: step.kind === "unspecified" ? null : step.kind });
  const supports = ["date", "action", "kind", "term"].filter((field) => field in values);
  return { steps: [{ ...values, evidence: [evidence(source, locator, supports)] }] };
};

/** The canonical text of a record. */
export const encode = (record) => `${JSON.stringify(record, null, 2)}\n`;

/** The path of the file of a record. */
export const pathOf = (kind, id) => {
  if (kind === "city") return `cities/${id.slice(0, 2)}/${id}.json`;
  if (kind === "source") return `sources/${id}.json`;
  const [first, second] = id.split("--");
  return `partnerships/${first.slice(0, 2)}-${second.slice(0, 2)}/${id}.json`;
};

/** The id of the partnership of two cities. */
export const pairOf = (one, other) => [one, other].sort().join("--");

/** The last and the first day of a year, a month or a day, as text. */
export const latest = (date) => (date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-31` : date);
export const earliest = (date) => (date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date);

/** An address without the parts that do not identify the page. */
export const plainAddress = (address) =>
  address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/^www\./, "")
    .replace(/\/+$/, "");
