/* The fields of the form. Each reads its answer and shows its error. */

import { el } from "../shared/dom.js";
import { named, suggest } from "../shared/suggest.js";
import { composed } from "./records.js";

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** One or more inputs with a label, a hint and an error message. */
class Field {
  constructor(id, label, hint, ...inputs) {
    this.id = id;
    this.hint = el("p", { class: "fc-hint", id: `${id}-hint` }, hint);
    this.wrong = el("p", { class: "fc-wrong", id: `${id}-wrong` });
    this.inputs = inputs.filter((each) => each.matches("input, select, textarea"));
    for (const input of this.inputs) input.setAttribute("aria-describedby", `${id}-hint ${id}-wrong`);
    this.root = this.frame(label, inputs);
  }

  frame(label, inputs) {
    const field = el("div", { class: "fc-suggesting" }, inputs);
    return el("div", { class: "fc-field" }, el("label", { htmlFor: this.id }, label), field, this.hint, this.wrong);
  }

  /** Whether the field is visible. */
  get shown() {
    return !this.root.hidden && !this.root.closest("[hidden]");
  }

  set shown(value) {
    this.root.hidden = !value;
  }

  /** Show an error; an empty text removes the error. */
  complain(words = "") {
    this.wrong.textContent = words;
    for (const input of this.inputs) input.setAttribute("aria-invalid", String(Boolean(words)));
  }

  focus() {
    this.inputs[0].focus();
  }
}

/** A line of text. */
export class TextField extends Field {
  constructor(id, label, hint) {
    const input = el("input", { type: "text", id, autocomplete: "off" });
    super(id, label, hint, input);
    this.input = input;
  }

  get value() {
    return composed(this.input.value) || null;
  }
}

/** One of several values, each with an explanation. */
export class ChoiceField extends Field {
  constructor(id, label, hint, choices, first = "") {
    const empty = first ? [] : [el("option", { value: "" }, "Choose…")];
    const options = choices.map(([value, words]) => el("option", { value, defaultSelected: value === first }, words));
    const select = el("select", { id }, empty, options);
    super(id, label, hint, select);
    this.input = select;
  }

  get value() {
    return this.input.value || null;
  }

  /** Offer other values. */
  offer(choices) {
    this.input.replaceChildren(el("option", { value: "" }, "Unknown"), ...choices.map(([value, words]) => el("option", { value }, words)));
  }
}

/** A text field that suggests existing records. The value is the chosen record, or the only record with the typed name. */
export class FoundField extends Field {
  constructor(id, label, hint, choices, changed = () => {}) {
    const input = el("input", { type: "text", id, spellcheck: false });
    super(id, label, hint, input);
    Object.assign(this, { input, choices, chosen: null });
    suggest(input, choices, (choice) => {
      this.chosen = choice;
      input.value = choice.label;
      this.complain();
      changed();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("input", () => {
      this.chosen = null;
      changed();
    });
  }

  get value() {
    if (this.chosen) return this.chosen;
    const [choice, other] = named(this.choices, this.text);
    return other ? null : (choice ?? null);
  }

  /** The typed text. */
  get text() {
    return composed(this.input.value);
  }
}

/** A year, a month or a day. */
export class DateField extends Field {
  constructor(id, label, hint) {
    const year = el("input", { type: "text", id, inputMode: "numeric", size: 6, maxLength: 4, placeholder: "Year" });
    const month = el(
      "select",
      { "aria-label": `${label} Month` },
      el("option", { value: "" }, "Month"),
      MONTHS.map((words, index) => el("option", { value: String(index + 1).padStart(2, "0") }, words)),
    );
    const day = el("input", { type: "text", inputMode: "numeric", size: 4, maxLength: 2, placeholder: "Day", "aria-label": `${label} Day` });
    super(id, label, hint, year, month, day);
    Object.assign(this, { year, month, day });
  }

  /** The date as ISO 8601 text, or nothing. An invalid date is returned unchanged; the schema rejects it. */
  get value() {
    const [year, month, day] = [this.year.value.trim(), this.month.value, this.day.value.trim()];
    if (!year && !month && !day) return null;
    return [year, ...(month || day ? [month] : []), ...(day ? [day.padStart(2, "0")] : [])].join("-");
  }
}

/** Any number of values. */
export class ChecksField extends Field {
  constructor(id, label, hint) {
    super(id, label, hint, el("span", { id }));
  }

  frame(label, inputs) {
    [this.boxes] = inputs;
    return el("fieldset", { class: "fc-field" }, el("legend", {}, label), inputs, this.hint, this.wrong);
  }

  offer(choices) {
    const before = new Set(this.value);
    this.boxes.replaceChildren(
      ...choices.map(([value, words]) =>
        el("label", {}, el("input", { type: "checkbox", value, checked: before.has(value) }), " ", el("bdi", {}, words)),
      ),
    );
  }

  get value() {
    return [...this.boxes.querySelectorAll("input:checked")].map((box) => box.value);
  }

  focus() {
    this.boxes.querySelector("input")?.focus();
  }
}
