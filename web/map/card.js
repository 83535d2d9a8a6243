/* The card of a partnership: its state, its disputes and its sources. Without a partnership, the card is the legend. */

import { el, name, words } from "../shared/dom.js";
import { cityLink, sinceLink, sourceLink } from "./table.js";

const HINT = "Point at an arc, or use the arrow keys. Click an arc to keep its details here.";

const entry = (style, text, count) => el("li", { class: style }, text, " ", el("small", {}, count.toLocaleString("en")));

export class Card {
  /**
   * @param data The data of the map.
   * @param closed Called when the user closes the card.
   */
  constructor(data, closed) {
    this.links = data.links;
    this.row = null;
    this.details = el("div", { "aria-live": "polite" });
    this.key = el("ul", { class: "fc-key" });
    this.legend = el("div", { class: "fc-legend" }, this.key, el("p", {}, HINT));
    this.close = el("button", { type: "button", class: "fc-close", "aria-label": "Close", onclick: closed }, "×");
    this.root = el(
      "div",
      { class: "fc-card", role: "group", tabIndex: 0, "aria-label": "Selected partnership" },
      this.close,
      this.legend,
      this.details,
    );
  }

  /** Show in the legend how many partnerships of a view have each kind. */
  explain(rows) {
    const counts = {};
    for (const { state } of rows) counts[state.kind] = (counts[state.kind] ?? 0) + 1;
    const kinds = Object.entries(counts).sort(([, one], [, other]) => other - one);
    const inactive = rows.filter(({ state }) => state.status !== "active").length;
    this.key.replaceChildren(
      ...kinds.map(([kind, count]) => entry(`fc-kind fc-${kind}`, words(kind), count)),
      ...(inactive ? [entry("fc-kind fc-inactive", "not active", inactive)] : []),
    );
  }

  /** Show the partnership of a row; without one, the legend. */
  show(row, pinned) {
    this.close.hidden = !pinned;
    this.root.classList.toggle("fc-pinned", Boolean(pinned));
    if (row === this.row) return;
    this.row = row;
    this.root.scrollTop = 0;
    this.legend.hidden = Boolean(row);
    this.details.replaceChildren(...(row ? this.#about(row) : []));
  }

  #about(row) {
    const { partnership, state, own, partner } = row;
    const { links } = this;
    return [
      el("p", {}, el("strong", {}, cityLink(own, links), " – ", cityLink(partner, links))),
      el("p", {}, `${words(state.status)} ${words(state.kind)}, since `, sinceLink(row, links), `; ${partnership.reliability}`),
      ...partnership.disputes.map(([recorded, claims]) =>
        el(
          "p",
          { class: "fc-dispute" },
          "Disputed: ",
          name(recorded),
          claims.map(([claim, source]) => ["; contrary claim: ", name(claim), " (", sourceLink(source, links), ")"]).flat(),
        ),
      ),
      el("ul", {}, partnership.sources.map((source) => el("li", {}, sourceLink(source, links)))),
    ];
  }
}
