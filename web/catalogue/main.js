/* Filters a table of the catalogue by names. Without JavaScript, all rows are visible. */

import { fold } from "../shared/fold.js";

for (const filter of document.querySelectorAll(".catalogue .filter")) {
  const table = filter.parentElement.querySelector(".catalogue-table");
  const rows = [...table.tBodies[0].rows];
  const input = filter.querySelector("input");
  const count = filter.querySelector("output");
  const narrow = () => {
    const sought = fold(input.value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !row.dataset.names.split("|").some((name) => name.includes(sought));
      shown += row.hidden ? 0 : 1;
    }
    count.value = sought ? `${shown} of ${rows.length}` : "";
  };
  input.addEventListener("input", narrow);
  filter.hidden = false;
  narrow();
}

/* Open the history of the partnership that the address names. */
const openTarget = () => document.querySelector("tr:target details")?.setAttribute("open", "");
addEventListener("hashchange", openTarget);
addEventListener("load", openTarget);

/* Begin an open history below the other cells of its row. A cell can have more lines than the summary. */
const place = (details) => {
  const history = details.querySelector(".history");
  if (!history || !details.open) return;
  const others = [...details.closest("tr").cells].slice(0, -1);
  const text = document.createRange();
  const bottoms = others.map((cell) => (text.selectNodeContents(cell), text.getBoundingClientRect().bottom));
  const room = Math.max(...bottoms) - details.querySelector("summary").getBoundingClientRect().bottom;
  history.style.marginBlockStart = `${Math.max(room, 0)}px`;
};
const placeAll = () => document.querySelectorAll(".partnerships details[open]").forEach(place);
addEventListener("toggle", ({ target }) => place(target), true);
addEventListener("load", placeAll);
addEventListener("resize", placeAll);

/* Open details for printing, but neither the histories of all partnerships nor BibTeX. */
addEventListener("beforeprint", () => {
  const closed = document.querySelectorAll(".catalogue details:not([open], .partnerships details, :has(pre))");
  for (const details of closed) details.open = true;
});
