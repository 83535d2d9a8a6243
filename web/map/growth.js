/* The growth curve: the number of partnerships at the end of each year, with the year of the view. */

const SVG = "http://www.w3.org/2000/svg";
const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [110, 40, 14, 12, 22];

const svg = (tag, attributes, text = "") => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
};

export class Growth {
  constructor(years, chosen) {
    this.years = years;
    this.root = svg("svg", { class: "fc-growth", height: HEIGHT, role: "img" });
    this.width = 320;
    new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width === this.width) return;
      this.width = contentRect.width;
      this.#draw();
    }).observe(this.root);
    this.root.addEventListener("click", (event) => {
      const at = event.clientX - this.root.getBoundingClientRect().left - LEFT;
      const year = Math.floor(years.first + (at / this.#room) * this.#span);
      if (year >= years.first && year <= years.last) chosen(String(year));
    });
  }

  get #span() {
    return this.years.last - this.years.first + 1;
  }

  get #room() {
    return this.width - LEFT - RIGHT;
  }

  #x(year) {
    return LEFT + ((year - this.years.first) / this.#span) * this.#room;
  }

  /** Show the curve, and mark a year. Without a year, the end is marked. */
  show(curve, on) {
    Object.assign(this, { curve, on });
    this.#draw();
  }

  #draw() {
    const { curve, on } = this;
    if (!curve) return;
    const { first, last } = this.years;
    const most = Math.max(1, ...curve);
    const y = (count) => TOP + (1 - count / most) * (HEIGHT - TOP - BOTTOM);
    const steps = curve.map((count, index) => `V${y(count).toFixed(1)}H${this.#x(first + index + 1).toFixed(1)}`).join("");
    const line = `M${LEFT} ${y(0)}${steps}`;
    const year = on ? Math.min(Math.max(Number(on.slice(0, 4)), first), last) : last;
    const at = this.#x(on ? year : last + 1);
    const count = curve[year - first] ?? 0;
    this.root.setAttribute("viewBox", `0 0 ${this.width} ${HEIGHT}`); // paper is narrower than the screen
    const decades = [];
    for (let each = Math.ceil(first / 10) * 10; each <= last; each += 10) decades.push(each);
    this.root.replaceChildren(
      svg("path", { d: `${line}V${y(0)}Z`, class: "fc-area" }),
      svg("path", { d: `M${LEFT} ${y(0)}H${this.width - RIGHT}`, class: "fc-axis" }),
      svg("path", { d: line, class: "fc-curve" }),
      svg("path", { d: `M${at} ${TOP - 6}V${y(0)}`, class: "fc-marker" }),
      svg("circle", { cx: at, cy: y(count), r: 4, class: "fc-marker" }),
      svg("text", { x: LEFT - 6, y: y(most) + 4, "text-anchor": "end" }, String(most)),
      svg("text", { x: LEFT - 6, y: y(0) + 4, "text-anchor": "end" }, "0"),
      ...decades.map((each) => svg("text", { x: this.#x(each), y: HEIGHT - 4, "text-anchor": "middle" }, String(each))),
    );
    const description = `Partnerships at the end of each year, from ${curve[0]} in ${first} to ${curve.at(-1)} in ${last}`;
    this.root.setAttribute("aria-label", description);
  }
}
