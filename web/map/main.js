/* The map of partnerships: one view as a map, a growth curve and a table. */

import { dataIn, el, name } from "../shared/dom.js";
import { Atlas } from "./atlas.js";
import { Card } from "./card.js";
import { Controls } from "./controls.js";
import { unpack } from "./data.js";
import { Downloads } from "./downloads.js";
import { Growth } from "./growth.js";
import { HistoryMap } from "./history.js";
import { curveOf, rowsOf, unfiltered } from "./query.js";
import { Table } from "./table.js";
import { FILTERS, hashOf, viewOf } from "./view.js";

const PAUSE = 50;

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

const SMALL = "(max-width: 45rem)";

class PartnershipMap {
  constructor(root) {
    this.data = unpack(dataIn(root, "fc-data"));
    this.canvas = el("canvas", { tabIndex: 0, role: "img" });
    this.summary = el("p", { class: "fc-summary", role: "status" });
    this.notice = el("p", { class: "fc-notice", role: "alert", hidden: true });
    this.card = new Card(this.data, () => this.pin(null));
    this.controls = new Controls(
      this.data,
      (change) => this.change(change),
      (text) => this.#notify(el("span", {}, "No city here is named “", name(text), "”. "), this.#proposal()),
    );
    this.growth = new Growth(this.data.years, (on) => this.change({ on }));
    this.table = new Table(this.data, (partnership) => (this.pinned ? undefined : this.mark(partnership)));
    this.downloads = new Downloads(this.data, this.canvas);
    const zoom = (label, sign, act) => el("button", { type: "button", "aria-label": label, onclick: act }, sign);
    this.reset = zoom("Reset zoom", "⟲", () => this.atlas.reset());
    this.reset.disabled = true;
    const buttons = [
      zoom("Zoom in", "+", () => this.atlas.scale(1.6)),
      zoom("Zoom out", "−", () => this.atlas.scale(1 / 1.6)),
      this.reset,
    ];
    const sheet = el("div", { class: "fc-sheet" }, this.canvas, el("div", { class: "fc-zoom" }, buttons));
    const world = el("div", { class: "fc-world" }, sheet, this.card.root);
    root.append(
      this.notice,
      ...(window.matchMedia(SMALL).matches ? [world, this.controls.root] : [this.controls.root, world]),
      this.summary,
      this.growth.root,
      this.controls.filters,
      this.downloads.root,
      this.table.root,
      ...this.#sources(),
    );
    this.atlas = new Atlas(this.canvas, {
      pointed: (partnership) => (partnership && !this.pinned ? this.mark(partnership) : undefined),
      chosen: (partnership) => this.pin(partnership),
      zoomed: (near) => (this.reset.disabled = !near),
    });
    this.canvas.addEventListener("keydown", (event) => this.#step(event));
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.marked) this.pin(null);
    });
    if (window.parent !== window) {
      // On another page, links open beside the map.
      root.addEventListener("click", ({ target }) => target.closest?.("a[href]")?.setAttribute("target", "_blank"));
    }
    window.addEventListener("hashchange", () => this.#read());
    // A view after "?" is the same as one after "#"; links to it work where a fragment must be an anchor.
    if (location.search && !location.hash) history.replaceState(null, "", `${location.pathname}#${location.search.slice(1)}`);
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
    this.card.show(this.rows.find((each) => each.partnership === partnership), this.pinned);
  }

  /** Select a partnership until another one is pinned; nothing closes the card. */
  pin(partnership) {
    this.pinned = partnership;
    this.mark(partnership);
  }

  #read() {
    if (/^#(source-|$)/.test(location.hash) && this.view) return; // an anchor on this page, not a view
    const { view, invalid } = viewOf(location.hash, this.data);
    this.view = view;
    this.change({}); // the address of what is shown
    if (!invalid.length) return;
    const parts = invalid.map(([parameter, value]) => [`${parameter} “`, name(value), "”"]);
    const listed = parts.flatMap((part, index) => (index ? [", ", ...part] : part));
    const unknown = invalid.some(([parameter]) => parameter === "city");
    this.#notify("The address has invalid values: ", ...listed, ". They are ignored. ", ...(unknown ? [this.#proposal()] : []));
  }

  /** Show a notice above the map; the next change of the view removes it. */
  #notify(...content) {
    this.notice.replaceChildren(...content);
    this.notice.hidden = false;
  }

  #proposal() {
    const { links } = this.data;
    return links?.propose ? el("a", { href: links.propose }, "Propose a partnership.") : "";
  }

  /** Why the view has no partnerships. */
  #reason() {
    const { data, view } = this;
    const hidden = unfiltered(data, view);
    if (hidden.length) {
      const filters = Object.fromEntries(FILTERS.map((each) => [each, new Set(data.vocabulary[each])]));
      const button = el("button", { type: "button", onclick: () => this.change({ country: "", ...filters }) }, "Reset the filters");
      return [`The filters hide ${plural(hidden.length, "partnership")}. `, button];
    }
    const first = unfiltered(data, { ...view, on: "" }).map(({ partnership }) => partnership.from).sort()[0];
    return [first && first !== "9999" ? `The first recorded partnership dates from ${first}.` : "No partnership is recorded."];
  }

  #show() {
    const { data, view } = this;
    const city = data.byId.get(view.city);
    this.rows = rowsOf(data, view);
    this.notice.hidden = true;
    this.controls.show(view);
    this.growth.show(this.#curve(), view.on);
    const { drawn, placed } = this.atlas.show(this.rows, city);
    this.card.explain(this.rows);
    const when = view.on ? `at the end of ${view.on}` : "today";
    const whose = city ? `of ${city.name}` : "of all cities";
    const count = plural(this.rows.length, "partnership");
    const unplaced = this.rows.length - placed;
    const near = this.rows.filter(({ partnership }) => partnership.cities.some((each) => each.at && !each.at[2])).length;
    this.summary.textContent = [
      `${count} ${whose} ${when}`,
      `${drawn.toLocaleString("en")} of ${placed.toLocaleString("en")} on the map${drawn < placed ? ", an even sample; the table has all of them" : ""}`,
      ...(near ? [`${near.toLocaleString("en")} of a city with an approximate location (○)`] : []),
      ...(unplaced ? [`${unplaced.toLocaleString("en")} without coordinates, only in the table`] : []),
    ].join("; ") + (city ? `. Coverage of ${city.name}: ${city.coverage}.` : ".");
    if (!this.rows.length) this.#notify(...this.#reason());
    const title = `${count} ${whose}, ${when}`;
    this.downloads.show(this.rows, title);
    this.canvas.setAttribute("aria-label", `Map: ${count} ${whose} ${when}. The table below has the same partnerships.`);
    clearTimeout(this.tabling); // the slider moves faster than the table is built
    this.tabling = setTimeout(() => this.table.show(this.rows, city ? `${title}; coverage: ${city.coverage}` : title, !city), PAUSE);
    if (!this.rows.some(({ partnership }) => partnership === this.marked)) this.pinned = this.marked = null;
    this.mark(this.marked);
  }

  /** The growth curve. It does not depend on the date. */
  #curve() {
    const { on, ...others } = this.view;
    const key = hashOf({ ...others, on: "" }, this.data);
    if (key !== this.curveOf) Object.assign(this, { curveOf: key, curve: curveOf(this.data, this.view) });
    return this.curve;
  }

  #step(event) {
    const offset = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!offset || !this.rows.length) return;
    event.preventDefault();
    const at = this.rows.findIndex(({ partnership }) => partnership === this.marked);
    const next = at < 0 && offset < 0 ? this.rows.length - 1 : (at + offset + this.rows.length) % this.rows.length;
    this.pin(this.rows[next].partnership);
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
}

for (const root of document.querySelectorAll(".fc-map")) new PartnershipMap(root);
for (const root of document.querySelectorAll(".fc-history")) new HistoryMap(root);
