/* The table: the same partnerships as the map, for whoever does not use maps. */

import { el, name, words } from "../shared/dom.js";

const PAGE = 200;

/** A link to a source: to its page, or to itself, or to where this page tells of it. */
export const sourceLink = (source, links) => {
  const address = links ? `${links.sources}${source.id}.html` : (source.address ?? `#source-${source.id}`);
  return el("a", { href: address, title: source.title, rel: "noreferrer" }, name(source.publisher), `, ${source.date}`);
};

/** The name of a city, which leads to its page where there is one. */
export const cityLink = (city, links) =>
  links ? el("a", { href: `${links.cities}${city.id}.html` }, name(city.name)) : name(city.name);

/** Since when, which leads to the history of the partnership where there is a page of it. */
export const sinceLink = ({ tie, state, own }, links) => {
  const since = state.since ?? "undated";
  return links ? el("a", { href: `${links.cities}${own.id}.html#${tie.id}` }, since) : since;
};

const sources = (tie, links) => {
  const [first, ...others] = tie.sources.map((source) => sourceLink(source, links));
  if (!others.length) return [first];
  return [first, el("details", {}, el("summary", {}, `${others.length} more`), ...others.map((each) => el("div", {}, each)))];
};

export class Table {
  /**
   * @param data What there is.
   * @param pointed Is called with the partnership whose row is pointed at or focused.
   */
  constructor(data, pointed) {
    this.data = data;
    this.pointed = pointed;
    this.caption = el("caption");
    this.head = el("thead");
    this.body = el("tbody");
    this.more = el("button", { type: "button", onclick: () => this.#show(this.shown + PAGE) }, "Show more rows");
    const table = el("table", { class: "fc-table" }, this.caption, this.head, this.body);
    const scrolled = el("div", { class: "fc-scrolled", tabIndex: 0, role: "region", "aria-label": "Table of partnerships" }, table);
    this.root = el("div", {}, scrolled, this.more);
  }

  /** Show partnerships: a beginning of them, where they are many. */
  show(rows, title, whole) {
    this.rows = rows;
    this.whole = whole;
    this.title = title;
    const columns = [...(whole ? ["City"] : []), "Partner", "Since", "Kind", "Status", "Country", "Reliability", "Sources"];
    this.head.replaceChildren(el("tr", {}, columns.map((each) => el("th", { scope: "col" }, each))));
    this.body.replaceChildren();
    this.#show(PAGE);
  }

  #show(most) {
    const from = this.body.rows.length;
    this.shown = Math.min(most, this.rows.length);
    this.body.append(...this.rows.slice(from, this.shown).map((row) => this.#row(row)));
    const left = this.rows.length - this.shown;
    this.more.hidden = left === 0;
    this.caption.textContent = left ? `${this.title} (the first ${this.shown} rows of ${this.rows.length})` : this.title;
  }

  #row(row) {
    const { tie, state, own, partner } = row;
    const { links, countries } = this.data;
    const point = () => this.pointed(tie);
    return el(
      "tr",
      { "data-tie": tie.id, onmouseenter: point, onfocusin: point },
      this.whole ? el("td", {}, cityLink(own, links)) : null,
      el("th", { scope: "row" }, cityLink(partner, links)),
      el("td", { class: "fc-date" }, sinceLink(row, links)),
      el("td", {}, el("span", { class: `fc-kind fc-${state.kind}` }, words(state.kind))),
      el("td", {}, words(state.status)),
      el("td", {}, name(countries[partner.country] ?? partner.country)),
      el("td", {}, tie.reliability, tie.disputed ? " (disputed)" : ""),
      el("td", {}, sources(tie, links)),
    );
  }
}
