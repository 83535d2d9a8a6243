/* Makes blocks that scroll sideways reachable with the keyboard. */

(() => {
  "use strict";

  const resized = new ResizeObserver((blocks) => {
    for (const { target } of blocks) {
      if (target.scrollWidth > target.clientWidth) {
        target.tabIndex = 0;
      } else {
        target.removeAttribute("tabindex");
      }
    }
  });
  for (const block of document.querySelectorAll("pre, .table-wrapper")) {
    resized.observe(block);
  }
})();
