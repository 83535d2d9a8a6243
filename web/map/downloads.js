/* The view as a picture, a table, code for another page, and a citation. */

import { el, words } from "../shared/dom.js";

const COLUMNS = ["City", "Partner", "Country", "Since", "Kind", "Status", "Reliability", "Disputed", "Sources"];
const PADDING = 16;
const LINE = 20;

const cell = (value) => {
  const text = String(value).replace(/(^|[;\t\r\n])(?=['=+\-@])/g, "$1'");
  return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The rows of a view as CSV, with a byte-order mark for spreadsheets. */
export const asCsv = (rows, countries) => {
  const lines = rows.map(({ partnership, state, own, partner }) => [
    own.name,
    partner.name,
    countries[partner.country] ?? partner.country,
    state.since ?? "",
    words(state.kind),
    words(state.status),
    partnership.reliability,
    partnership.disputes.length ? "yes" : "no",
    partnership.sources.map(({ publisher, date, address }) => [publisher, date, address].filter(Boolean).join(", ")).join("; "),
  ]);
  return `\ufeff${[COLUMNS, ...lines].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
};

const save = (blob, name) => {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};

const escape = (text) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

export class Downloads {
  /**
   * @param data The data of the map.
   * @param canvas The canvas of the map.
   */
  constructor(data, canvas) {
    this.data = data;
    this.canvas = canvas;
    this.text = el("textarea", { rows: 3, readOnly: true, hidden: true, "aria-label": "Text to copy" });
    const button = (label, act) => el("button", { type: "button", onclick: act }, label);
    this.root = el(
      "div",
      { class: "fc-downloads", role: "group", "aria-label": "Download or share this view" },
      button("Picture (PNG)", () => this.#picture()),
      button("Table (CSV)", () => save(new Blob([asCsv(this.rows, data.countries)], { type: "text/csv" }), `${this.#name}.csv`)),
      button("Embed code", () => this.#show(this.#embed)),
      button("Citation", () => this.#show(`${data.citation} ${this.title}. ${location.href}`)),
      this.text,
    );
  }

  /** Take the rows and the title of a view. */
  show(rows, title) {
    Object.assign(this, { rows, title });
    this.text.hidden = true;
  }

  get #name() {
    return this.title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80);
  }

  get #embed() {
    const address = new URL(this.data.links?.embed ?? location.pathname, location.href);
    address.hash = location.hash;
    return `<iframe src="${escape(address.href)}" title="${escape(this.title)}" width="100%" height="800" style="border: 0" loading="lazy"></iframe>`;
  }

  #show(text) {
    this.text.value = text;
    this.text.hidden = false;
    this.text.focus();
    this.text.select();
    navigator.clipboard?.writeText(text).catch(() => {}); // the text is selected for copying
  }

  #picture() {
    const { canvas } = this;
    const ratio = canvas.width / canvas.clientWidth;
    const made = el("canvas", { width: canvas.width, height: Math.round(canvas.height + ratio * (2 * PADDING + 2 * LINE)) });
    const context = made.getContext("2d");
    const style = getComputedStyle(canvas);
    context.fillStyle = style.getPropertyValue("--fc-back");
    context.fillRect(0, 0, made.width, made.height);
    context.drawImage(canvas, 0, 0);
    context.fillStyle = style.getPropertyValue("--fc-text");
    context.font = `${14 * ratio}px sans-serif`;
    const width = made.width - 2 * PADDING * ratio;
    [this.title, this.data.citation].forEach((text, line) =>
      context.fillText(text, PADDING * ratio, canvas.height + ratio * (PADDING + LINE * line + 14), width),
    );
    made.toBlob((blob) => save(blob, `${this.#name}.png`));
  }
}
