/* The card of a partnership: its state, its disputes and its sources. */

import { el, name, words } from "../shared/dom.js";
import { cityLink, sinceLink, sourceLink } from "./table.js";

const HINT = "Point at an arc, or use the arrow keys. Click an arc to keep its details here.";

export class Card {
  /**
   * @param data The data of the map.
   * @param closed Called when the user closes the card.
   */
  constructor(data, closed) {
    this.links = data.links;
    this.row = null; // nothing is shown yet, not even the hint
    this.details = el("div", { "aria-live": "polite" });
    this.close = el("button", { type: "button", class: "fc-close", "aria-label": "Close", onclick: closed }, "×");
    this.root = el(
      "div",
      { class: "fc-card", role: "group", tabIndex: 0, "aria-label": "Selected partnership" },
      this.close,
      this.details,
    );
  }

  /** Show the partnership of a row; without one, how to select one. */
  show(row, pinned) {
    this.close.hidden = !pinned;
    this.root.classList.toggle("fc-pinned", Boolean(pinned));
    if (row === this.row) return;
    this.row = row;
    this.root.scrollTop = 0;
    this.details.replaceChildren(...(row ? this.#about(row) : [el("p", {}, HINT)]));
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
