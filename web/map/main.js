/* The map of partnerships: one view as a map, a growth curve and a table. */

import { dataIn, el, words } from "../shared/dom.js";
import { Atlas } from "./atlas.js";
import { Controls } from "./controls.js";
import { unpack } from "./data.js";
import { Growth } from "./growth.js";
import { curveOf, rowsOf } from "./query.js";
import { cityLink, sinceLink, sourceLink, Table } from "./table.js";
import { hashOf, viewOf } from "./view.js";

const PAUSE = 50;

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

class PartnershipMap {
  constructor(root) {
    this.data = unpack(dataIn(root, "fc-data"));
    this.canvas = el("canvas", { tabIndex: 0, role: "img" });
    this.summary = el("p", { class: "fc-summary", role: "status" });
    this.card = el("div", { class: "fc-card", role: "group", "aria-label": "Selected partnership", "aria-live": "polite" });
    this.controls = new Controls(this.data, (change) => this.change(change));
    this.growth = new Growth(this.data.years, (on) => this.change({ on }));
    this.table = new Table(this.data, (partnership) => this.mark(partnership));
    const zoom = (words_, sign, factor) =>
      el("button", { type: "button", "aria-label": words_, onclick: () => this.atlas.scale(factor) }, sign);
    root.append(
      this.controls.root,
      this.growth.root,
      this.summary,
      el(
        "div",
        { class: "fc-world" },
        el(
          "div",
          { class: "fc-sheet" },
          this.canvas,
          el("div", { class: "fc-zoom" }, zoom("Zoom in", "+", 1.6), zoom("Zoom out", "−", 1 / 1.6)),
        ),
        this.card,
      ),
      this.table.root,
      ...this.#sources(),
    );
    this.atlas = new Atlas(
      this.canvas,
      (partnership) => (partnership && !this.pinned ? this.mark(partnership) : undefined),
      (partnership) => {
        this.pinned = partnership;
        this.mark(partnership);
      },
    );
    this.canvas.addEventListener("keydown", (event) => this.#step(event));
    window.addEventListener("hashchange", () => this.#read());
    this.#watchColours();
    this.#read();
  }

  /** Change the view, and update the page. */
  change(change) {
    this.view = { ...this.view, ...change };
    const hash = hashOf(this.view, this.data);
    if (hash !== location.hash.slice(1)) {
      history.replaceState(null, "", hash ? `#${hash}` : `${location.pathname}${location.search}`);
    }
    this.#show();
  }

  /** Select a partnership, and show its details. */
  mark(partnership) {
    this.marked = partnership;
    this.atlas.select(partnership);
    const row = this.rows.find((each) => each.partnership === partnership);
    this.card.replaceChildren(...(row ? this.#about(row) : [el("p", {}, "Point at an arc, or use the arrow keys.")]));
  }

  #read() {
    if (/^#(source-|$)/.test(location.hash) && this.view) return; // an anchor on this page, not a view
    this.view = viewOf(location.hash, this.data);
    this.#show();
  }

  #show() {
    const { data, view } = this;
    const city = data.byId.get(view.city);
    this.rows = rowsOf(data, view);
    this.controls.show(view);
    this.growth.show(this.#curve(), view.on);
    const { drawn, placed } = this.atlas.show(this.rows, city);
    const when = view.on ? `at the end of ${view.on}` : "today";
    const whose = city ? `of ${city.name}` : "of all cities";
    const count = plural(this.rows.length, "partnership");
    const unplaced = this.rows.length - placed;
    const near = this.rows.filter(({ partnership }) => partnership.cities.some((each) => each.at && !each.at[2])).length;
    this.summary.textContent = [
      `${count} ${whose} ${when}`,
      `${drawn.toLocaleString("en")} of ${placed.toLocaleString("en")} on the map${drawn < placed ? ", an even sample; the table has all" : ""}`,
      ...(near ? [`${near.toLocaleString("en")} of a city with an approximate location (○)`] : []),
      ...(unplaced ? [`${unplaced.toLocaleString("en")} without coordinates, only in the table`] : []),
    ].join("; ") + (city ? `. Coverage of ${city.name}: ${city.coverage}.` : ".");
    this.canvas.setAttribute("aria-label", `Map: ${count} ${whose} ${when}. The table below has the same partnerships.`);
    clearTimeout(this.tabling); // the slider moves faster than the table is built
    this.tabling = setTimeout(() => this.table.show(this.rows, `${count} ${whose}, ${when}`, !city), PAUSE);
    if (!this.rows.some(({ partnership }) => partnership === this.marked)) this.pinned = this.marked = null;
    this.mark(this.marked);
  }

  /** The growth curve, which does not depend on the date. */
  #curve() {
    const { on, ...others } = this.view;
    const key = hashOf({ ...others, on: "" }, this.data);
    if (key !== this.curveOf) Object.assign(this, { curveOf: key, curve: curveOf(this.data, this.view) });
    return this.curve;
  }

  #about(row) {
    const { partnership, state, own, partner } = row;
    const { links } = this.data;
    return [
      el("p", {}, el("strong", {}, cityLink(own, links), " – ", cityLink(partner, links))),
      el("p", {}, `${words(state.status)} ${words(state.kind)}, since `, sinceLink(row, links), `; ${partnership.reliability}`),
      el("ul", {}, partnership.sources.map((source) => el("li", {}, sourceLink(source, links)))),
    ];
  }

  #step(event) {
    const offset = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!offset || !this.rows.length) return;
    event.preventDefault();
    const at = this.rows.findIndex(({ partnership }) => partnership === this.marked);
    const next = at < 0 && offset < 0 ? this.rows.length - 1 : (at + offset + this.rows.length) % this.rows.length;
    this.pinned = this.rows[next].partnership;
    this.mark(this.pinned);
  }

  /** The list of sources, if there are no pages of sources. */
  #sources() {
    if (this.data.links) return [];
    const items = this.data.sources.map(({ id, publisher, title, date, address }) => {
      const shown = el("bdi", {}, title);
      const linked = address ? el("a", { href: address, rel: "noreferrer" }, shown) : shown;
      return el("li", { id: `source-${id}` }, el("bdi", {}, publisher), ", ", date, ": ", linked);
    });
    return [el("section", { class: "fc-sources" }, el("h2", {}, "Sources"), el("ul", {}, items))];
  }

  #watchColours() {
    const draw = () => this.atlas.draw();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    new MutationObserver(draw).observe(document.body, { attributes: true, attributeFilter: ["data-theme"] });
  }
}

for (const root of document.querySelectorAll(".fc-map")) new PartnershipMap(root);
