/* The controls of the view: the city, the year and the filters. */

import { el, words } from "../shared/dom.js";
import { named, suggest } from "../shared/suggest.js";
import { Player } from "./player.js";
import { FILTERS } from "./view.js";

const ALL = "All cities";

export class Controls {
  /**
   * @param data The data of the map.
   * @param changed Called with the changed values of the view.
   * @param missed Called with a text that is not the name of a city.
   */
  constructor(data, changed, missed) {
    this.data = data;
    this.changed = changed;
    this.missed = missed;
    this.root = el("div", { class: "fc-controls" }, this.#city(), this.#year());
    this.filters = this.#filters();
  }

  /** Show the values of a view. */
  show(view) {
    const { first, last } = this.data.years;
    const city = this.data.byId.get(view.city);
    if (document.activeElement !== this.city) this.city.value = city ? city.label : ALL;
    this.all.disabled = !city;
    this.slider.value = view.on ? Math.min(Math.max(Number(view.on.slice(0, 4)), first), last) : last + 1;
    this.player.year = Number(this.slider.value);
    const words = view.on || "today";
    this.slider.setAttribute("aria-valuetext", view.on ? `end of ${view.on}` : "today, after the last step");
    this.year.value = words;
    this.country.value = view.country;
    for (const each of FILTERS) for (const box of this.boxes[each]) box.checked = view[each].has(box.value);
  }

  #city() {
    const choices = this.data.cities.filter((city) => city.partnerships.length);
    this.city = el("input", { type: "text", id: "fc-city", spellcheck: false });
    this.all = el("button", { type: "button", onclick: () => this.changed({ city: "" }) }, ALL);
    const field = el("span", { class: "fc-suggesting" }, this.city);
    const choose = (city) => {
      this.city.value = city.label;
      this.city.blur();
      this.changed({ city: city.id });
    };
    suggest(this.city, choices, choose);
    this.city.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.defaultPrevented) this.city.blur(); // there is no suggestion
    });
    this.city.addEventListener("blur", () => {
      const text = this.city.value.trim();
      const cities = named(choices, text);
      this.changed({});
      if (text && text !== ALL && !cities.length) this.missed(text);
    });
    return el("div", { class: "fc-city" }, el("label", { htmlFor: "fc-city" }, "City"), field, choices.length ? this.all : null);
  }

  #year() {
    const { first, last } = this.data.years;
    this.player = new Player(this.data.years, (on) => this.changed({ on }));
    this.slider = el("input", { type: "range", id: "fc-year", min: first, max: last + 1, step: 1 });
    this.slider.addEventListener("input", () => {
      this.player.pause();
      this.player.year = Number(this.slider.value);
      this.changed({ on: this.player.date });
    });
    this.year = el("output", { htmlFor: "fc-year" });
    const label = el("label", { htmlFor: "fc-year" }, "Year");
    return el("div", { class: "fc-year" }, label, this.year, this.slider, this.player.button);
  }

  #filters() {
    this.boxes = {};
    const sets = FILTERS.map((each) => {
      this.boxes[each] = this.data.vocabulary[each].map((value) => el("input", { type: "checkbox", name: each, value }));
      for (const box of this.boxes[each]) {
        box.addEventListener("change", () => {
          const chosen = this.boxes[each].filter((other) => other.checked).map((other) => other.value);
          this.changed({ [each]: new Set(chosen) });
        });
      }
      const labels = this.boxes[each].map((box) =>
        el("label", { class: each === "kind" ? `fc-kind fc-${box.value}` : "" }, box, ` ${words(box.value)}`),
      );
      return el("fieldset", {}, el("legend", {}, each[0].toUpperCase() + each.slice(1)), labels);
    });
    const countries = Object.entries(this.data.countries);
    this.country = el(
      "select",
      { id: "fc-country", onchange: () => this.changed({ country: this.country.value }) },
      el("option", { value: "" }, "All countries"),
      countries.map(([code, words_]) => el("option", { value: code }, words_)),
    );
    const country = el("div", { class: "fc-country" }, el("label", { htmlFor: "fc-country" }, "Country"), this.country);
    return el("details", { class: "fc-filters" }, el("summary", {}, "Filters"), el("div", {}, sets, country));
  }
}
