/* Cleans and rejects names of cities by the rules of friendcities.importers.names_gate. The page contains these rules. */

import { fold } from "../shared/fold.js";

const FORMULA = /^[=+@'-]/;
const EDGES = /^[\u200c\u200d \t\r\n]+|[\u200c\u200d \t\r\n]+$/g;
const LAST = /[\u200c\u200d \t\r\n,;]+$/;
const FULL_WIDTH = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const narrow = (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0);
const SIGNS = /^[-–—*()[\]{}_. ]+|[-–—*()[\]{}_. ]+$/g;
const PICTURES = /[\u{1f000}-\u{1faff}]/gu;
const LONGEST_SHORT_WORD = 3;
const sum = (text) => [...text].length;

/** The gate for names. */
export class NameGate {
  constructor(rules) {
    const sets = ["missing", "missingAsWritten", "missingOrName", "booleans", "headings", "past", "pastInNames", "former", "kinds", "doubt", "particles", "blank"].map((key) => [key, new Set(rules[key])]);
    const patterns = ["footnote", "quoted", "longWordAndStop", "misread", "addition", "yearInside", "dated", "note", "date", "rest", "parts", "brackets", "stop", "partnership"];
    Object.assign(this, rules, Object.fromEntries(sets));
    for (const key of patterns) this[key] = new RegExp(...rules[key]);
    this.defects = rules.defects.map(([source, flags, why]) => [new RegExp(source, flags), why]);
  }

  /** The cleaned name, or why the text is not a name. */
  check(text) {
    const name = this.#clean(text);
    const why = !name ? "is empty" : this.#has(this.misread, text) ? "is text read with the wrong encoding" : this.#defect(name);
    return why ? { why } : { name };
  }

  #has(pattern, text) {
    pattern.lastIndex = 0;
    return pattern.test(text);
  }

  #clean(text) {
    const shown = [...text.replaceAll("\u00a0", " ").replace(PICTURES, "")].filter((each) => /[\u200c\u200d\u202d\u202e]/.test(each) || !(this.blank.has(each) || /\p{Cf}/u.test(each)));
    let name = shown.join("").replaceAll("\u3000", " ").replace(FULL_WIDTH, narrow).replace(EDGES, "").replace(/ +/g, " ");
    if (name.startsWith("'") && FORMULA.test(name.slice(1))) name = name.slice(1);
    while (this.#has(this.quoted, name)) name = name.replace(this.quoted, "$1$2").replace(EDGES, "");
    const marks = (name.match(this.footnote) ?? []).filter((mark) => !this.past.has(fold(mark)));
    if (marks.length) return name.replace(this.footnote, (mark) => (this.past.has(fold(mark)) ? mark : "")).replace(/^[ ,]+|[ ,]+$/g, "");
    name = name.replace(LAST, "");
    return this.#has(this.longWordAndStop, name) ? name.slice(0, -1) : name;
  }

  #defect(name) {
    if (this.#isMissing(name)) return this.booleans.has(fold(name)) ? "is a boolean" : "is a missing-value marker";
    if (/^[\p{L} ]+$/u.test(name) && this.headings.has(fold(name))) return "is the name of a column";
    if (this.#has(this.date, fold(name))) return "is a date";
    for (const [pattern, why] of this.defects) if (this.#has(pattern, name)) return why;
    if (this.#has(this.rest, fold(name))) return "names several cities";
    if (!/\p{L}/u.test(name) || /[\u202d\u202e]/.test(name)) return "is not a name";
    if (this.#has(this.note, fold(name))) return "is a note or a number";
    if (this.#hasNote(name)) return "contains a note";
    if (this.#isSentence(name)) return "is a sentence";
    if (this.#has(this.dated, fold(name))) return "contains a date";
    return this.#isDoubtful(name) ? "expresses doubt" : "";
  }

  #isDoubtful(name) {
    const words = fold(name).split(" ");
    return name.includes("?") || (words.length > 1 && (this.doubt.has(words[0]) || this.doubt.has(words.at(-1))));
  }

  #isMissing(name) {
    if (this.missing.has(fold(name)) || this.missingAsWritten.has(name.replace(SIGNS, ""))) return true;
    const words = fold(name).split(" ");
    if (words.length > 1 && new Set(words).size === 1) return this.#isMissing(words[0]) || this.missingOrName.has(words[0]);
    const parts = name.split(this.parts);
    return parts.length > 1 && (this.#isMissing(parts[0]) || parts.every((part) => this.missingOrName.has(fold(part))));
  }

  #hasNote(name) {
    const ends = fold(name).split(" ");
    if ((ends.length > 1 && name.startsWith(ends[0]) && this.former.has(ends[0])) || [ends[0], ends.at(-1)].some((word) => this.past.has(word) && !this.pastInNames.has(word))) return true;
    const stems = [...this.past].filter((word) => /[^\x00-\x7f]/.test(word));
    const additions = [...name.matchAll(this.addition)].flatMap(([, ...groups]) => groups.filter(Boolean));
    return additions.some((addition) => {
      const words = fold(addition);
      return this.#has(this.yearInside, addition) || this.past.has(words) || this.past.has(words.split(" ")[0]) || stems.some((stem) => words.startsWith(stem)) || this.kinds.has(words) || this.former.has(words) || this.missing.has(words) || this.#has(this.note, words);
    });
  }

  #isSentence(name) {
    const plain = name.replace(this.brackets, "").split(/\s+/).filter(Boolean);
    const words = plain.map((word) => word.replace(/^[.,;:!?]+|[.,;:!?]+$/g, ""));
    const isLower = (word) => /^\p{L}+$/u.test(word) && word === word.toLowerCase() && word !== word.toUpperCase();
    const others = words.slice(1).filter((word) => isLower(word) && !this.particles.has(word));
    const least = others.length && (words.at(-1) === others.at(-1) || this.headings.has(fold(words[0]))) ? 2 : 3;
    const isPhrase = !/^\p{Lowercase}/u.test(name) && others.length >= least && others.some((word) => sum(word) > LONGEST_SHORT_WORD);
    return isPhrase || words.length > this.mostWords || this.#has(this.stop, name) || this.#has(this.partnership, fold(name));
  }
}
