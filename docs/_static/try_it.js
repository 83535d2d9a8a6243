/* The page "Try it": starts Python in a worker, and shows what the code of a question prints. */

(() => {
  "use strict";

  const SCRIPT = document.currentScript.src;
  const part = document.querySelector(".fc-try");
  const start = part.querySelector(".start");
  const status = part.querySelector("output");
  const cells = [...part.querySelectorAll(".question")].map((section) => ({
    code: section.querySelector("textarea"),
    run: section.querySelector(".run"),
    output: section.querySelector(".output"),
  }));
  let worker;

  const enable = (enabled) => cells.forEach(({ run }) => (run.disabled = !enabled));

  const stop = (message) => {
    worker?.terminate();
    worker = undefined;
    enable(false);
    start.disabled = false;
    status.textContent = message;
  };

  const received = ({ data }) => {
    if ("ready" in data) {
      status.textContent = `Python ${data.ready} is ready.`;
      start.textContent = "Restart Python";
      start.disabled = false;
      enable(true);
    } else if ("failed" in data) {
      stop(`Python did not start: ${data.failed}`);
    } else {
      const { output } = cells[data.cell];
      output.textContent = data.output || "The code printed nothing.";
      output.hidden = false;
      enable(true);
    }
  };

  const launch = () => {
    stop("");
    if (location.protocol === "file:") {
      status.textContent = "Python cannot start in a page opened as a file. Serve the folder: python3 -m http.server";
      return;
    }
    start.disabled = true;
    status.textContent = "Python is loading.";
    worker = new Worker(new URL("try_it_worker.js", SCRIPT), { type: "module" });
    worker.onmessage = received;
    worker.onerror = ({ message }) => stop(`Python did not start: ${message}`);
  };

  const run = (cell) => {
    if (worker && !cells[cell].run.disabled) {
      enable(false);
      worker.postMessage({ cell, code: cells[cell].code.value });
    }
  };

  start.addEventListener("click", launch);
  cells.forEach((cell, place) => {
    cell.run.addEventListener("click", () => run(place));
    cell.code.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        run(place);
      }
    });
  });
})();
