/* The proposal form: makes files that pass `friendcities check` from answers. */

import { Validator } from "@cfworker/json-schema";
import { strToU8, zipSync } from "fflate";
import { dataIn, el, name, words } from "../shared/dom.js";
import { fold } from "../shared/fold.js";
import { forgetAnswers, keepAnswers, restoreAnswers } from "./answers.js";
import { ChoiceField, DateField, FoundField, TextField } from "./fields.js";
import { CityPart, SourcePart } from "./parts.js";
import { cityRecord, earliest, encode, latest, pairOf, partnershipRecord, pathOf, plainAddress, sourceRecord } from "./records.js";

const LONGEST_LOCATOR = 80;
const LONGEST_ADDRESS = 7000;

/** Today, by the clock of the browser. */
const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((each) => String(each).padStart(2, "0")).join("-");
};

/** The data of the page, prepared for the fields. */
const unpack = (plain) => ({
  ...plain,
  cities: plain.cities.map(([id, name, country, names]) => ({
    id,
    country,
    label: `${name}, ${plain.countries[country] ?? country}`,
    keys: [name, ...names, id].map(fold),
  })),
  sources: plain.sources.map(([id, publisher, title, knows, addresses]) => ({
    id,
    knows,
    label: `${publisher}: ${title} (${id})`,
    addresses: addresses.map(plainAddress),
    keys: [id, title, publisher, ...addresses].map(fold),
  })),
  countries: Object.entries(plain.countries),
  taken: Object.fromEntries(Object.entries(plain.taken).map(([kind, ids]) => [kind, new Set(ids)])),
});

/** A vocabulary as choices with their meanings. */
const explained = (values) => values.map(([value, meaning]) => [value, meaning ? `${words(value)}: ${meaning}` : words(value)]);

class Proposal {
  constructor(root) {
    this.data = unpack(dataIn(root, "fc-data"));
    const { data } = this;
    for (const each of ["levels", "nameKinds", "sourceKinds", "stepActions", "kinds"]) data[each] = explained(data[each]);
    const languages = data.languages.map(([tag, name]) => ({ tag, label: `${name} (${tag})`, keys: [name, tag].map(fold) }));
    const wrong = (field, why) => this.#wrong(field, why);
    const changed = () => {
      this.#offerGovernments();
      this.#showExisting();
    };
    this.first = new CityPart("first", "One city", data, languages, wrong, changed);
    this.second = new CityPart("second", "The other city", data, languages, wrong, changed);
    this.action = new ChoiceField("action", "What happened?", "According to the source.", data.stepActions);
    this.date = new DateField("date", "When?", "As precise as the source; a year is enough. Optional.");
    this.kind = new ChoiceField("kind", "What kind of partnership is it?", "According to the source.", data.kinds, "unspecified");
    this.term = new TextField("term", "Term of the source", "In its own language, like 友好城市 or jumelage. Optional.");
    this.termLanguage = new FoundField("term-language", "Language of that term", "", languages);
    this.termLanguage.shown = false;
    this.term.input.addEventListener("input", () => (this.termLanguage.shown = Boolean(this.term.value)));
    this.action.input.addEventListener("change", () => (this.date.shown = this.action.value !== "listed"));
    this.source = new SourcePart(data, languages, wrong, today());
    this.locator = new TextField("locator", "Where in the source?", "For example paragraph 4, page 12 or row of Porto. No quotation.");
    this.source.root.append(this.locator.root);
    this.note = new TextField("note", "Note", "In your own words. Optional.");
    this.existing = el("p", { class: "fc-existing", role: "status", hidden: true });
    this.result = el("section", { class: "fc-result", "aria-live": "polite" });
    this.summary = el("p", { class: "fc-wrong", role: "alert" });
    const happened = [this.action, this.date, this.kind, this.term, this.termLanguage, this.note].map((field) => field.root);
    const answered = () => {
      this.result.replaceChildren();
      keepAnswers(this.form);
    };
    this.form = el(
      "form",
      { noValidate: true, onsubmit: (event) => this.#submit(event), oninput: answered, onchange: answered },
      this.first.root,
      this.second.root,
      this.existing,
      el("fieldset", {}, el("legend", {}, "The partnership"), happened),
      this.source.root,
      el(
        "p",
        {},
        el("button", { type: "submit", class: "fc-main" }, "Make the files"),
        " ",
        el("button", { type: "button", onclick: () => this.#clear() }, "Clear all answers"),
      ),
      this.summary,
    );
    root.append(this.form, this.result);
    this.#offerGovernments();
    restoreAnswers(this.form);
  }

  /** The cities that can be the publisher of a new source. */
  #offerGovernments() {
    if (!this.source) return;
    const cities = [this.first, this.second].map((part, index) => [String(index), part.label ?? (index ? "the other city" : "one city")]);
    this.source.fields.speaksFor.offer(cities);
  }

  /** What is recorded of the partnership of the two cities, and how to change it. */
  #showExisting() {
    if (!this.second) return;
    const id = this.#existingPair([this.first, this.second].map((part) => (part.isNew.checked ? null : part.found.value)));
    this.existing.hidden = !id;
    if (!id) return;
    const { pairs, repository, folder } = this.data;
    const page = el("a", { href: `cities/${id.split("--")[0]}.html#${id}` }, "See its steps and sources");
    const path = `${folder}/${pathOf("partnership", id)}`;
    const edit = repository
      ? ["To add a source or correct the partnership, ", el("a", { href: `${repository}/edit/main/${path}` }, "edit its file"), "."]
      : ["To add a source or correct the partnership, run ", el("code", {}, `friendcities correct ${id}`), " in a clone of the project."];
    this.existing.replaceChildren("This partnership exists: ", name(pairs[id]), ". ", page, ". ", ...edit);
  }

  #existingPair([first, second]) {
    const id = first && second && pairOf(first.id, second.id);
    return id && Object.hasOwn(this.data.pairs, id) ? id : null;
  }

  #clear() {
    forgetAnswers();
    this.form.reset();
    for (const field of this.#allFields()) field.complain();
    for (const input of this.form.querySelectorAll("input, select")) input.dispatchEvent(new Event("change", { bubbles: true }));
    for (const part of [this.first, this.second, this.source]) part.found.chosen = null;
    forgetAnswers();
    this.summary.textContent = "";
    this.result.replaceChildren();
    this.#showExisting();
    this.first.found.focus();
  }

  /** Record the first error of a field. */
  #wrong(field, why) {
    if (this.faults.includes(field)) return;
    field.complain(why);
    this.faults.push(field);
  }

  #submit(event) {
    event.preventDefault();
    this.faults = [];
    this.invalid = [];
    this.#allFields().forEach((field) => field.complain());
    this.result.replaceChildren();
    const files = this.#files();
    const count = this.faults.length;
    const summary = count ? [`${count === 1 ? "One answer is" : `${count} answers are`} invalid.`] : [];
    this.summary.textContent = [...summary, ...this.invalid].join(" ");
    if (count) this.faults[0].focus();
    else if (!this.invalid.length) this.#show(files);
  }

  #allFields() {
    const parts = [this.first, this.second, this.source].flatMap((part) => [part.found, ...Object.values(part.fields)]);
    return [...parts, this.action, this.date, this.kind, this.term, this.termLanguage, this.note, this.locator];
  }

  /** The files of the answers; errors are shown beside the fields. */
  #files() {
    const { data, locator } = this;
    const first = this.first.read(data.taken.city);
    const second = this.second.read(new Set([...data.taken.city, ...(first ? [first.id] : [])]));
    const source = this.source.read(data.taken.source);
    this.#pair(first, second);
    this.#happened(source);
    this.#texts();
    if (!locator.value) this.#wrong(locator, "Enter the place in the source.");
    else if (locator.value.length > LONGEST_LOCATOR) this.#wrong(locator, `Enter at most ${LONGEST_LOCATOR} characters: a place, not a quotation.`);
    if (this.faults.length) return [];
    const files = [];
    if (source.record) {
      const cities = source.record.speaks_for ?? [];
      files.push(["source", source.id, sourceRecord({ ...source.record, speaks_for: cities.map((each) => [first, second][each].id) })]);
    }
    for (const city of [first, second]) {
      if (city.record) files.push(["city", city.id, cityRecord(city.record, source.id, locator.value, data)]);
    }
    const step = { date: this.date.shown ? this.date.value : null, action: this.action.value, kind: this.kind.value, note: this.note.value };
    if (this.term.value) step.term = { text: this.term.value, language: this.termLanguage.value.tag };
    files.push(["partnership", pairOf(first.id, second.id), partnershipRecord(step, source.id, locator.value)]);
    for (const [kind, , record] of files) this.#validate(kind, record);
    return files.map(([kind, id, record]) => ({ path: `${data.folder}/${pathOf(kind, id)}`, text: encode(record) }));
  }

  #pair(first, second) {
    if (!first || !second) return;
    const field = this.second.isNew.checked ? this.second.fields.name : this.second.found;
    if (first.id === second.id) this.#wrong(field, "The second city is the same city as the first city.");
    const id = this.#existingPair([first, second]);
    if (id) this.#wrong(field, `The partnership exists: add a step or evidence to ${pathOf("partnership", id)}.`);
  }

  #happened(source) {
    const { action, date, term, termLanguage } = this;
    if (!action.value) this.#wrong(action, "Choose what happened.");
    if (term.value && !termLanguage.value) this.#wrong(termLanguage, "Choose the language from the list.");
    for (const field of [date, this.source.fields.published, this.source.fields.asOf]) {
      if (!field.shown || !field.value) continue;
      if (!this.#isDate(field.value)) this.#wrong(field, "Invalid date. Enter a year, a year and a month, or all three.");
      else if (earliest(field.value) > today()) this.#wrong(field, "The date is in the future.");
    }
    if (!source?.knows.length || !date.shown || !date.value || action.value === "proposed") return;
    const last = source.knows.map(latest).sort().at(-1);
    if (earliest(date.value) > last) this.#wrong(date, `The date is after the source of ${last}.`);
  }

  #isDate(text) {
    return new RegExp(this.data.schemas.source.$defs.date.pattern, "u").test(text);
  }

  /** Reject text that is invalid in records. */
  #texts() {
    const { maxLength, pattern } = this.data.schemas.source.$defs.text;
    const text = new RegExp(pattern, "u");
    const address = new RegExp(this.data.schemas.source.$defs.address.pattern, "u");
    for (const field of this.#allFields()) {
      if (!(field instanceof TextField) || !field.shown || !field.value) continue;
      if ([...field.value].length > maxLength) this.#wrong(field, `Enter at most ${maxLength.toLocaleString("en")} characters.`);
      else if (!text.test(field.value)) this.#wrong(field, "The text has characters that cannot be displayed.");
      else if (field === this.source.fields.address && !address.test(field.value)) {
        this.#wrong(field, "Enter an address like https://example.org/page.");
      }
    }
  }

  /** Validate a record with its schema, in case a field accepted an invalid value. */
  #validate(kind, record) {
    const { valid, errors } = new Validator(this.data.schemas[kind], "2020-12", false).validate(record);
    if (!valid) this.invalid.push(`The file of the ${kind} is invalid: ${errors.at(-1).instanceLocation}: ${errors.at(-1).error}`);
  }

  #show(files) {
    const many = files.length > 1;
    this.result.replaceChildren(
      el("h2", {}, many ? `${files.length} files` : "One file"),
      el("p", {}, `${many ? "The files are" : "The file is"} valid. ${this.#next(many)}`),
      ...(many ? [el("p", {}, this.#archive(files))] : []),
      ...files.map((file) => this.#file(file)),
    );
    this.result.scrollIntoView({ block: "start" });
  }

  #next(many) {
    const how = this.data.repository
      ? `Propose ${many ? "each file, the first on a new branch, the others on the same branch" : "the file"}, and open a pull request.`
      : `Download ${many ? "the files" : "the file"}, and save ${many ? "each" : "it"} under its path in a clone of the project.`;
    return `${how} The check of the pull request reports further problems.`;
  }

  /** A link that downloads all files in their folders. */
  #archive(files) {
    const archive = zipSync(Object.fromEntries(files.map(({ path, text }) => [path, strToU8(text)])), { mtime: "1980-01-01" });
    const address = URL.createObjectURL(new Blob([archive], { type: "application/zip" }));
    return el("a", { href: address, download: "proposal.zip", class: "fc-button" }, "Download all files (zip)");
  }

  #file({ path, text }) {
    const name = path.split("/").at(-1);
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const download = el("a", { href: address, download: name, class: "fc-button" }, `Download ${name}`);
    const copy = el("button", { type: "button", onclick: () => navigator.clipboard.writeText(text).then(() => (copy.textContent = "Copied")) }, "Copy");
    const actions = [download, " ", ...(navigator.clipboard ? [copy] : [])];
    if (this.data.repository) {
      const query = new URLSearchParams({ filename: path, value: text });
      const target = `${this.data.repository}/new/main?${query}`;
      if (target.length <= LONGEST_ADDRESS) actions.unshift(el("a", { href: target, class: "fc-button" }, "Propose this file"), " ");
    }
    return el("div", { class: "fc-file" }, el("h3", {}, el("code", {}, path)), el("pre", { dir: "ltr", tabIndex: 0 }, text), el("p", {}, actions));
  }
}

for (const root of document.querySelectorAll(".fc-propose")) new Proposal(root);
