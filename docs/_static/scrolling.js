/* Lets the keyboard reach a block that scrolls sideways; one that does not scroll is no stop on the way. */

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
