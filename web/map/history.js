/* The map of the home page: a picture of the active partnerships of all cities, played up to today. */

import { dataIn, el } from "../shared/dom.js";
import { Atlas } from "./atlas.js";
import { unpack } from "./data.js";
import { Player } from "./player.js";
import { rowsOf } from "./query.js";
import { defaultView } from "./view.js";

export class HistoryMap {
  constructor(root) {
    this.data = unpack(dataIn(root, "fc-data"));
    this.year = el("strong");
    this.count = el("span");
    this.canvas = el("canvas", { role: "img", "aria-label": "World map with a line for each active partnership" });
    this.player = new Player(this.data.years, (on) => this.show(on));
    root.append(this.canvas, el("div", { class: "fc-bar" }, this.year, this.count, this.player.button));
    // Before the map draws itself for printing: paper shows today.
    window.addEventListener("beforeprint", () => {
      this.player.pause();
      this.show("");
    });
    this.atlas = new Atlas(this.canvas);
    this.show("");
    if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) this.player.play();
  }

  /** Show the end of a year, or today. */
  show(on) {
    const rows = rowsOf(this.data, { ...defaultView(this.data), on });
    this.atlas.show(rows);
    this.year.textContent = on || "Today";
    this.count.textContent = `${rows.length.toLocaleString("en")} active partnership${rows.length === 1 ? "" : "s"}`;
  }
}
