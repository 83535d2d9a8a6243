/* The table of the partnerships on the map. */

import { el, name, words } from "../shared/dom.js";

const PAGE = 200;

/** A link to a source: to its page, to its web address, or to its entry on this page. */
export const sourceLink = (source, links) => {
  const address = links ? `${links.sources}${source.id}.html` : (source.address ?? `#source-${source.id}`);
  return el("a", { href: address, title: source.title, rel: "noreferrer" }, name(source.publisher), `, ${source.date}`);
};

/** The name of a city, linked with its page if there is one. */
export const cityLink = (city, links) =>
  links ? el("a", { href: `${links.cities}${city.id}.html` }, name(city.name)) : name(city.name);

/** The date of the state, linked with the history of the partnership if there is a page. */
export const sinceLink = ({ partnership, state, own }, links) => {
  const since = state.since ?? "undated";
  return links ? el("a", { href: `${links.cities}${own.id}.html#${partnership.id}` }, since) : since;
};

const sources = (partnership, links) => {
  const [first, ...others] = partnership.sources.map((source) => sourceLink(source, links));
  if (!others.length) return [first];
  return [first, el("details", {}, el("summary", {}, `${others.length} more`), ...others.map((each) => el("div", {}, each)))];
};

export class Table {
  /**
   * @param data The data of the map.
   * @param pointed Called with the partnership whose row has the pointer or the focus.
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

  /** Show the first partnerships. A button shows more. */
  show(rows, title, whole) {
    this.rows = rows;
    this.whole = whole;
    this.title = title;
    const columns = [...(whole ? ["City"] : []), "Partner", "Country", "Since", "Kind", "Status", "Reliability", "Sources"];
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
    const { partnership, state, own, partner } = row;
    const { links, countries } = this.data;
    const point = () => this.pointed(partnership);
    return el(
      "tr",
      { "data-partnership": partnership.id, onmouseenter: point, onfocusin: point },
      this.whole ? el("td", {}, cityLink(own, links)) : null,
      el("th", { scope: "row" }, cityLink(partner, links)),
      el("td", {}, name(countries[partner.country] ?? partner.country)),
      el("td", { class: "fc-date" }, sinceLink(row, links)),
      el("td", {}, el("span", { class: `fc-kind fc-${state.kind}` }, words(state.kind))),
      el("td", {}, words(state.status)),
      el("td", {}, partnership.reliability, partnership.disputes.length ? " (disputed)" : ""),
      el("td", {}, sources(partnership, links)),
    );
  }
}
