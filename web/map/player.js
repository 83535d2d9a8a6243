/* A button that plays the years of a map, up to today. */

import { el } from "../shared/dom.js";

const STEP = 220; // milliseconds for each year

export class Player {
  /**
   * @param years The first and the last year.
   * @param changed Called with the date that is now shown: a year, or "" for today.
   */
  constructor(years, changed) {
    this.years = years;
    this.changed = changed;
    this.year = years.last + 1; // today
    this.button = el("button", { type: "button", onclick: () => (this.playing ? this.pause() : this.play()) });
    this.#label("play", "▶", " Play");
  }

  /** The year as the date of a view. */
  get date() {
    return this.year > this.years.last ? "" : String(this.year);
  }

  /** Play from the current year; from today, begin again with the first year. */
  play() {
    if (!this.date) this.year = this.years.first - 1;
    this.#label("pause", "⏸", " Pause");
    this.playing = setInterval(() => {
      this.year += 1;
      this.changed(this.date);
      if (!this.date) this.pause();
    }, STEP);
  }

  pause() {
    clearInterval(this.playing);
    this.playing = null;
    this.#label("play", "▶", " Play");
  }

  /** The style sheet draws the symbol, because fonts have a coloured picture for it. */
  #label(kind, symbol, text) {
    this.button.replaceChildren(el("span", { class: `fc-symbol fc-${kind}` }, symbol), text);
  }
}
