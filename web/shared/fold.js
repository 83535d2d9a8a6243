/* Folds names as friendcities does: without case, accents, width and punctuation. */

const LETTERS = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i", ħ: "h", ŋ: "n", ß: "ss", ς: "σ" };

export const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/ [\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g, "")
    .replace(/['’‘`ʻʼʾʿ]/g, "")
    .toLowerCase()
    .replace(/[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/g, "")
    .replace(/\p{Cf}/gu, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim()
    .normalize("NFC")
    .replace(/./gu, (letter) => LETTERS[letter] ?? letter);
