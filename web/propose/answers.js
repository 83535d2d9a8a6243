/* Keeps the answers of the form while the tab is open, so that they survive a reload and the Back button. */

const KEY = "friendcities-proposal";

/** The name of an input within the form. */
const keyOf = (input) => input.id || input.getAttribute("aria-label") || `${input.type} ${input.value}`;

const isBox = (input) => input.type === "checkbox";

const inputsOf = (form) => [...form.elements].filter((each) => each.matches("input, select, textarea"));

/** The storage of the tab; nothing where the browser blocks it. */
const storage = () => {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
};

/** Store the answers of a form. */
export const keepAnswers = (form) => {
  const answers = inputsOf(form)
    .filter((input) => (isBox(input) ? input.checked : input.value))
    .map((input) => [keyOf(input), isBox(input) ? true : input.value]);
  storage()?.setItem(KEY, JSON.stringify(answers));
};

/** Forget the stored answers. */
export const forgetAnswers = () => storage()?.removeItem(KEY);

/** Fill a form with the stored answers, in the order of the fields: an answer may offer the choices of a later one. */
export const restoreAnswers = (form) => {
  for (const [key, answer] of JSON.parse(storage()?.getItem(KEY) ?? "[]")) {
    const input = inputsOf(form).find((each) => keyOf(each) === key);
    if (!input) continue;
    if (isBox(input)) input.checked = answer;
    else input.value = answer;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.dispatchEvent(new Event("blur")); // closes the suggestions
  }
};
