/* The parts of the form that may be on record or new: a city, a source. */

import { el } from "../shared/dom.js";
import { fold } from "../shared/fold.js";
import { ChecksField, ChoiceField, DateField, FoundField, TextField } from "./fields.js";
import { cityId, plainAddress, slug, sourceId } from "./records.js";

/** A part that is found, or new. */
class Part {
  constructor(id, legend, found, noun) {
    this.found = found;
    this.isNew = el("input", { type: "checkbox", id: `${id}-new`, onchange: () => this.#turn() });
    this.more = el("div", { hidden: true });
    const label = el("label", { class: "fc-check" }, this.isNew, ` It is not on record: add a new ${noun}`);
    this.root = el("fieldset", {}, el("legend", {}, legend), found.root, label, this.more);
  }

  #turn() {
    this.more.hidden = !this.isNew.checked;
    this.found.shown = !this.isNew.checked;
    this.changed?.();
  }

  /** The fields of a new one, put below one another. */
  fill(fields) {
    this.fields = fields;
    this.more.append(...Object.values(fields).map((field) => field.root));
  }

  /** The answers for a new one, by field. */
  get answers() {
    const answers = Object.entries(this.fields).filter(([, field]) => field.shown);
    return Object.fromEntries(answers.map(([name, field]) => [name, field.value]));
  }

  /** Complain of what is missing. */
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
    const hint = "Type any of its names, in any language.";
    const found = new FoundField(`${id}-city`, "City", hint, data.cities, changed);
    super(id, legend, found, "city");
    Object.assign(this, { data, wrong, changed });
    const country = new ChoiceField(`${id}-country`, "Country", "", data.countries);
    const subdivision = new ChoiceField(`${id}-subdivision`, "State, province or region", "As ISO 3166-2 has it; leave it where you do not know.", []);
    country.input.addEventListener("change", () => subdivision.offer(data.subdivisions[country.value] ?? []));
    subdivision.offer([]);
    const other = new TextField(`${id}-other`, "Another name that the source gives", "In the source's own letters, like 波尔图 or Oporto. You may leave it.");
    const language = new FoundField(`${id}-other-language`, "Language of that name", "", languages);
    const kind = new ChoiceField(`${id}-other-kind`, "What kind of name is it?", "", data.nameKinds);
    language.shown = kind.shown = false;
    other.input.addEventListener("input", () => (language.shown = kind.shown = Boolean(other.value)));
    this.fill({
      name: new TextField(`${id}-name`, "Name in English", "Without the country."),
      country,
      subdivision,
      level: new ChoiceField(`${id}-level`, "What is it?", "Its level of government.", data.levels),
      other,
      language,
      otherKind: kind,
      id: new TextField(`${id}-id`, "Id", "Leave it: it is made of the name. Only where that cannot be, write one like pt-porto."),
    });
    this.fields.name.input.addEventListener("input", changed);
  }

  /** What to call it. */
  get label() {
    return this.isNew.checked ? this.fields.name.value : this.found.value?.label;
  }

  /** The city: its id, and what is new of it; nothing where something is wrong. */
  read(taken) {
    if (!this.isNew.checked) {
      const city = this.found.value;
      if (!city) this.wrong(this.found, this.found.text ? "No city was chosen from the list. Choose one, or add a new one." : "Name a city.");
      return city ? { id: city.id } : null;
    }
    const answers = this.answers;
    this.lacks({
      name: "Write its name.",
      country: "Choose its country.",
      level: "Choose what it is.",
      language: "Choose the language from the list.",
      otherKind: "Choose what kind of name it is.",
    });
    if (!answers.name || !answers.country || !answers.level) return null;
    const { name, country, subdivision, level } = answers;
    const like = this.data.cities.find((each) => each.country === country && each.keys.includes(fold(name)));
    if (like && !answers.id) {
      this.wrong(this.fields.name, `${like.label} is on record (${like.id}). Another place of that name needs an id of its own, below.`);
      return null;
    }
    const id = answers.id ?? cityId({ name, country, subdivision }, taken);
    const start = `${country.toLowerCase()}-`;
    if (!id) this.wrong(this.fields.id, slug(name) ? "Its usual id is taken; write another one." : "No id can be made of that name; write one.");
    else if (!id.startsWith(start) || !/^[a-z]{2}(-[a-z0-9]+)+$/.test(id)) this.wrong(this.fields.id, `Write one like ${start}name.`);
    else if (taken.has(id)) this.wrong(this.fields.id, "That is or was the id of another city.");
    else {
      const names = answers.other && answers.language ? [{ text: answers.other, language: answers.language.tag, kind: answers.otherKind }] : [];
      return { id, record: { name, names, country, subdivision, level } };
    }
    return null;
  }
}

export class SourcePart extends Part {
  constructor(data, languages, wrong, today) {
    const found = new FoundField("source", "Source", "Type its title, its publisher, its address or its id.", data.sources);
    super("source", "Who says so?", found, "source");
    Object.assign(this, { data, wrong, today });
    const kind = new ChoiceField("source-kind", "Who speaks in it?", "", data.sourceKinds);
    const speaksFor = new ChecksField("source-speaks-for", "For which city does that government speak?", "");
    const turn = () => (speaksFor.shown = kind.value === "city_government");
    kind.input.addEventListener("change", turn);
    turn();
    this.fill({
      title: new TextField("source-title", "Title", "As published."),
      publisher: new TextField("source-publisher", "Publisher", "The newspaper, office or body that published it."),
      kind,
      speaksFor,
      published: new DateField("source-published", "Published", "As precisely as it says; leave it where it does not."),
      asOf: new DateField("source-as-of", "Which date's state of affairs does it describe?", "Leave it where that is the date of publication."),
      language: new FoundField("source-language", "Language", "By its English name. You may leave it.", languages),
      address: new TextField("source-address", "Address on the web", "Where it has one: https://…"),
      id: new TextField("source-id", "Id", "Leave it: it is made of the publisher and the date."),
    });
  }

  /** The source: its id, the last day that it can know of, and what is new of it; nothing where something is wrong. */
  read(taken) {
    if (!this.isNew.checked) {
      const source = this.found.value;
      if (!source) this.wrong(this.found, this.found.text ? "No source was chosen from the list. Choose one, or add a new one." : "Name a source.");
      return source ? { id: source.id, knows: source.knows } : null;
    }
    const answers = this.answers;
    this.lacks({
      title: "Write its title.",
      publisher: "Write who published it.",
      kind: "Choose who speaks in it.",
      speaksFor: "Choose the city whose government speaks in it.",
    });
    const asOf = answers.asOf ?? answers.published;
    if (!asOf) this.wrong(this.fields.asOf, "Write when it was published, or which date it describes.");
    const address = answers.address && plainAddress(answers.address);
    const same = address && this.data.sources.find((each) => each.addresses.includes(address));
    if (same) this.wrong(this.fields.address, `This is on record: ${same.id}. Choose it above.`);
    if (answers.address && !URL.canParse(answers.address)) this.wrong(this.fields.address, "Write an address like https://example.org/page.");
    else if (answers.title && answers.publisher && answers.kind && asOf && !same) {
      const { title, publisher, kind, published } = answers;
      const record = { kind, publisher, title, published, as_of: asOf, address: answers.address, speaks_for: answers.speaksFor };
      record.accessed = answers.address ? this.today : null;
      record.language = answers.language?.tag;
      const id = answers.id ?? sourceId(record, taken);
      if (!id) this.wrong(this.fields.id, "No id can be made of that publisher; write one, like gazette-1994.");
      else if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) this.wrong(this.fields.id, "Write small letters and digits with hyphens between, like gazette-1994.");
      else if (taken.has(id)) this.wrong(this.fields.id, "That is or was the id of another source.");
      else return { id, record, knows: [asOf, published ?? asOf] };
    }
    return null;
  }
}

