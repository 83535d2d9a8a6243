/* A text field with suggestions: the combobox of the ARIA Authoring Practices. */

import { el, name } from "./dom.js";
import { fold } from "./fold.js";

const MOST = 12;
let made = 0;

/**
 * The choices whose names contain the text: first equal names, then names that begin with it.
 *
 * A choice has a `label`, and `keys`: its names, folded.
 */
export const matching = (choices, text) => {
  const sought = fold(text);
  if (!sought) return choices.slice(0, MOST);
  const ranked = [[], [], [], []];
  for (const choice of choices) {
    let rank = 4;
    for (const key of choice.keys) {
      if (key === sought) rank = 0;
      else if (key.startsWith(sought)) rank = Math.min(rank, 1);
      else if (key.includes(` ${sought}`)) rank = Math.min(rank, 2);
      else if (key.includes(sought)) rank = Math.min(rank, 3);
    }
    ranked[rank]?.push(choice);
  }
  return ranked.flat().slice(0, MOST);
};

/** The choices with this label or, if there is none, with this name; case and accents do not matter. */
export const named = (choices, text) => {
  const sought = fold(text);
  if (!sought) return [];
  const labelled = choices.filter((choice) => fold(choice.label) === sought);
  return labelled.length ? labelled : choices.filter((choice) => choice.keys.includes(sought));
};

/**
 * Add suggestions to a text field.
 *
 * @param input The field.
 * @param choices The possible choices.
 * @param chosen Called with the choice.
 */
export const suggest = (input, choices, chosen) => {
  const id = `suggestions-${(made += 1)}`;
  const list = el("ul", { id, role: "listbox", class: "fc-suggestions", hidden: true, "aria-label": "Suggestions" });
  let shown = [];
  let at = -1;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";
  input.after(list);

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (choice) => {
    close();
    chosen(choice);
  };
  const mark = (index) => {
    at = index;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) return;
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    shown = matching(choices, input.value);
    list.replaceChildren(
      ...shown.map((choice, number) =>
        el(
          "li",
          {
            id: `${id}-${number}`,
            role: "option",
            "aria-selected": "false",
            onmousedown: (event) => {
              event.preventDefault();
              take(choice);
            },
          },
          name(choice.label),
        ),
      ),
    );
    list.hidden = shown.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  };

  input.addEventListener("input", open);
  input.addEventListener("focus", () => {
    input.select();
    open();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter") {
      if (list.hidden || !shown.length) return;
      event.preventDefault();
      take(shown[Math.max(at, 0)]);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open();
      if (!shown.length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((at + step + shown.length) % shown.length);
    }
  });
};
