/* The parts of the form for a city and for a source, which may exist or be new. */

import { el } from "../shared/dom.js";
import { fold } from "../shared/fold.js";
import { ChecksField, ChoiceField, DateField, FoundField, TextField } from "./fields.js";
import { NameGate } from "./names.js";
import { cityId, plainAddress, slug, sourceId } from "./records.js";

/** A part for an existing or a new record. */
class Part {
  constructor(id, legend, found, noun) {
    this.found = found;
    this.isNew = el("input", { type: "checkbox", id: `${id}-new`, onchange: () => this.#turn() });
    this.more = el("div", { hidden: true });
    const label = el("label", { class: "fc-check" }, this.isNew, ` Not in the list: add a new ${noun}`);
    this.root = el("fieldset", {}, el("legend", {}, legend), found.root, label, this.more);
  }

  #turn() {
    this.more.hidden = !this.isNew.checked;
    this.found.shown = !this.isNew.checked;
    this.changed?.();
  }

  /** Add the fields of a new record. */
  fill(fields) {
    this.fields = fields;
    this.more.append(...Object.values(fields).map((field) => field.root));
  }

  /** The answers for a new record, by field. */
  get answers() {
    const answers = Object.entries(this.fields).filter(([, field]) => field.shown);
    return Object.fromEntries(answers.map(([name, field]) => [name, field.value]));
  }

  /** Show an error for each missing answer. */
  lacks(needed) {
    for (const [name, why] of Object.entries(needed)) {
      const field = this.fields[name];
      const { value } = field;
      if (field.shown && (!value || (Array.isArray(value) && !value.length))) this.wrong(field, why);
    }
  }
}

export class CityPart extends Part {
  constructor(id, legend, data, languages, wrong, changed) {
    const hint = "Type a name in any language.";
    const found = new FoundField(`${id}-city`, "City", hint, data.cities, changed);
    super(id, legend, found, "city");
    Object.assign(this, { data, wrong, changed });
    const country = new ChoiceField(`${id}-country`, "Country", "", data.countries);
    const subdivision = new ChoiceField(`${id}-subdivision`, "State, province or region", "As in ISO 3166-2. Optional.", []);
    country.input.addEventListener("change", () => subdivision.offer(data.subdivisions[country.value] ?? []));
    subdivision.offer([]);
    const other = new TextField(`${id}-other`, "Another name that the source gives", "In the script of the source, like 波尔图 or Oporto. Optional.");
    const language = new FoundField(`${id}-other-language`, "Language of that name", "", languages);
    const kind = new ChoiceField(`${id}-other-kind`, "What kind of name is it?", "", data.nameKinds);
    language.shown = kind.shown = false;
    other.input.addEventListener("input", () => (language.shown = kind.shown = Boolean(other.value)));
    this.fill({
      name: new TextField(`${id}-name`, "Name in English", "Without the country."),
      country,
      subdivision,
      level: new ChoiceField(`${id}-level`, "Level of government", "", data.levels),
      other,
      language,
      otherKind: kind,
      id: new TextField(`${id}-id`, "Id", "Optional: the id is made from the name. If this is not possible, enter an id like pt-porto."),
    });
    this.fields.name.input.addEventListener("input", changed);
  }

  /** The name of the city. */
  get label() {
    return this.isNew.checked ? this.fields.name.value : this.found.value?.label;
  }

  /** The id of the city, and the record of a new city; nothing if an answer is invalid. */
  read(taken) {
    if (!this.isNew.checked) {
      const city = this.found.value;
      if (!city) this.wrong(this.found, this.found.text ? "Choose a city from the list, or add a new one." : "Enter a city.");
      return city ? { id: city.id } : null;
    }
    const answers = this.answers;
    this.lacks({
      name: "Enter the name of the city.",
      country: "Choose the country of the city.",
      level: "Choose the level of government.",
      language: "Choose the language from the list.",
      otherKind: "Choose what kind of name it is.",
    });
    if (!answers.name || !answers.country || !answers.level) return null;
    const { country, subdivision, level } = answers;
    const { name, why } = new NameGate(this.data.nameRules).check(answers.name);
    if (why) {
      this.wrong(this.fields.name, `This ${why}. Enter only the name of one city.`);
      return null;
    }
    const like = this.data.cities.find((each) => each.country === country && each.keys.includes(fold(name)));
    if (like && !answers.id) {
      this.wrong(this.fields.name, `${like.label} exists (${like.id}). For another place with this name, enter an id below.`);
      return null;
    }
    const id = answers.id ?? cityId({ name, country, subdivision }, taken);
    const start = `${country.toLowerCase()}-`;
    if (!id) this.wrong(this.fields.id, slug(name) ? "The id made from this name is already taken. Enter another id." : "No id can be made from this name. Enter an id.");
    else if (!id.startsWith(start) || !/^[a-z]{2}(-[a-z0-9]+)+$/.test(id)) this.wrong(this.fields.id, `Enter an id like ${start}name.`);
    else if (taken.has(id)) this.wrong(this.fields.id, "This is or was the id of another city.");
    else {
      const names = answers.other && answers.language ? [{ text: answers.other, language: answers.language.tag, kind: answers.otherKind }] : [];
      return { id, record: { name, names, country, subdivision, level } };
    }
    return null;
  }
}

export class SourcePart extends Part {
  constructor(data, languages, wrong, today) {
    const found = new FoundField("source", "Source", "Type a title, publisher, address or id.", data.sources);
    super("source", "Source", found, "source");
    Object.assign(this, { data, wrong, today });
    const kind = new ChoiceField("source-kind", "Kind of publisher", "", data.sourceKinds);
    const speaksFor = new ChecksField("source-speaks-for", "Which city's government published the source?", "");
    const turn = () => (speaksFor.shown = kind.value === "city_government");
    kind.input.addEventListener("change", turn);
    turn();
    this.fill({
      title: new TextField("source-title", "Title", "As published. If there is no title, your description in [brackets]."),
      publisher: new TextField("source-publisher", "Publisher", "Newspaper, office or organisation."),
      kind,
      speaksFor,
      published: new DateField("source-published", "Published", "As precise as the source. Optional."),
      asOf: new DateField("source-as-of", "As of", "The date that the source describes (default: the date of publication). Optional."),
      language: new FoundField("source-language", "Language", "By its English name. Optional.", languages),
      address: new TextField("source-address", "Address on the web", "Optional: https://…"),
      id: new TextField("source-id", "Id", "Optional: the id is made from the publisher and the date."),
    });
  }

  /** The id and the dates of the source, and the record of a new source; nothing if an answer is invalid. */
  read(taken) {
    if (!this.isNew.checked) {
      const source = this.found.value;
      if (!source) this.wrong(this.found, this.found.text ? "Choose a source from the list, or add a new one." : "Enter a source.");
      return source ? { id: source.id, knows: source.knows } : null;
    }
    const answers = this.answers;
    this.lacks({
      title: "Enter the title.",
      publisher: "Enter the publisher.",
      kind: "Choose the kind of publisher.",
      speaksFor: "Choose the city with the government that published the source.",
    });
    const asOf = answers.asOf ?? answers.published;
    const address = answers.address && plainAddress(answers.address);
    const same = address && this.data.sources.find((each) => each.addresses.includes(address));
    if (same) this.wrong(this.fields.address, `This source exists: ${same.id}. Choose this source above.`);
    if (answers.address && !URL.canParse(answers.address)) this.wrong(this.fields.address, "Enter an address like https://example.org/page.");
    else if (answers.title && answers.publisher && answers.kind && !same) {
      const { title, publisher, kind, published } = answers;
      const record = { kind, publisher, title, published, as_of: asOf, address: answers.address, speaks_for: answers.speaksFor };
      record.accessed = answers.address ? this.today : null;
      record.language = answers.language?.tag;
      const id = answers.id ?? sourceId(record, taken);
      if (!id) this.wrong(this.fields.id, "No id can be made from this publisher; enter an id like gazette-1994.");
      else if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) this.wrong(this.fields.id, "Enter lower-case letters, digits and hyphens, like gazette-1994.");
      else if (taken.has(id)) this.wrong(this.fields.id, "This is or was the id of another source.");
      else return { id, record, knows: [asOf, published].filter(Boolean) };
    }
    return null;
  }
}

