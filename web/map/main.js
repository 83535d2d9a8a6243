/* The map of partnerships: one view, shown as a map, a curve and a table. */

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
    this.told = el("p", { class: "fc-told", role: "status" });
    this.card = el("div", { class: "fc-card", role: "group", "aria-label": "The partnership that is marked", "aria-live": "polite" });
    this.controls = new Controls(this.data, (change) => this.change(change));
    this.growth = new Growth(this.data.years, (on) => this.change({ on }));
    this.table = new Table(this.data, (tie) => this.mark(tie));
    const zoom = (words_, sign, factor) =>
      el("button", { type: "button", "aria-label": words_, onclick: () => this.atlas.scale(factor) }, sign);
    root.append(
      this.controls.root,
      this.growth.root,
      this.told,
      el(
        "div",
        { class: "fc-world" },
        el(
          "div",
          { class: "fc-sheet" },
          this.canvas,
          el("div", { class: "fc-zoom" }, zoom("Closer", "+", 1.6), zoom("Further away", "−", 1 / 1.6)),
        ),
        this.card,
      ),
      this.table.root,
      ...this.#sources(),
    );
    this.atlas = new Atlas(
      this.canvas,
      (tie) => (tie && !this.pinned ? this.mark(tie) : undefined),
      (tie) => {
        this.pinned = tie;
        this.mark(tie);
      },
    );
    this.canvas.addEventListener("keydown", (event) => this.#step(event));
    window.addEventListener("hashchange", () => this.#read());
    this.#watchColours();
    this.#read();
  }

  /** Change the view, and what shows it. */
  change(change) {
    this.view = { ...this.view, ...change };
    const hash = hashOf(this.view, this.data);
    if (hash !== location.hash.slice(1)) {
      history.replaceState(null, "", hash ? `#${hash}` : `${location.pathname}${location.search}`);
    }
    this.#show();
  }

  /** Mark a partnership, and tell of it. */
  mark(tie) {
    this.marked = tie;
    this.atlas.select(tie);
    const row = this.rows.find((each) => each.tie === tie);
    this.card.replaceChildren(...(row ? this.#about(row) : [el("p", {}, "Point at an arc, or go from one to the next with the arrow keys.")]));
  }

  #read() {
    if (/^#(source-|$)/.test(location.hash) && this.view) return; // a place on this page, not a view
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
    const when = view.on ? `at the end of ${view.on}` : "as on record today";
    const whose = city ? `of ${city.name}` : "of all cities";
    const count = plural(this.rows.length, "partnership");
    const unplaced = this.rows.length - placed;
    const near = this.rows.filter(({ tie }) => tie.cities.some((each) => each.at && !each.at[2])).length;
    this.told.textContent = [
      `${count} ${whose} ${when}`,
      `${drawn.toLocaleString("en")} of ${placed.toLocaleString("en")} drawn${drawn < placed ? ", an even choice; the table has all" : ""}`,
      ...(near ? [`${near.toLocaleString("en")} of a city whose point is not on record, near it (○)`] : []),
      ...(unplaced ? [`${unplaced.toLocaleString("en")} without a known place, in the table alone`] : []),
    ].join("; ") + ".";
    this.canvas.setAttribute("aria-label", `Map: ${count} ${whose} ${when}. The table below tells the same.`);
    clearTimeout(this.tabling); // the slider moves on quicker than a table is made
    this.tabling = setTimeout(() => this.table.show(this.rows, `${count} ${whose}, ${when}`, !city), PAUSE);
    if (!this.rows.some(({ tie }) => tie === this.marked)) this.pinned = this.marked = null;
    this.mark(this.marked);
  }

  /** The curve, which is the same for every date. */
  #curve() {
    const { on, ...others } = this.view;
    const key = hashOf({ ...others, on: "" }, this.data);
    if (key !== this.curveOf) Object.assign(this, { curveOf: key, curve: curveOf(this.data, this.view) });
    return this.curve;
  }

  #about(row) {
    const { tie, state, own, partner } = row;
    const { links } = this.data;
    return [
      el("p", {}, el("strong", {}, cityLink(own, links), " – ", cityLink(partner, links))),
      el("p", {}, `${words(state.status)} ${words(state.kind)}, since `, sinceLink(row, links), `; ${tie.reliability}`),
      el("ul", {}, tie.sources.map((source) => el("li", {}, sourceLink(source, links)))),
    ];
  }

  #step(event) {
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!way || !this.rows.length) return;
    event.preventDefault();
    const at = this.rows.findIndex(({ tie }) => tie === this.marked);
    const next = at < 0 && way < 0 ? this.rows.length - 1 : (at + way + this.rows.length) % this.rows.length;
    this.pinned = this.rows[next].tie;
    this.mark(this.pinned);
  }

  /** The sources, where no other page tells of them. */
  #sources() {
    if (this.data.links) return [];
    const items = this.data.sources.map(({ id, publisher, title, date, address }) => {
      const shown = el("bdi", {}, title);
      const told = address ? el("a", { href: address, rel: "noreferrer" }, shown) : shown;
      return el("li", { id: `source-${id}` }, el("bdi", {}, publisher), ", ", date, ": ", told);
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
