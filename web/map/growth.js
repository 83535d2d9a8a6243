/* How many there were at the end of each year: a stepped curve, with the year that is shown. */

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 120, 34, 10, 12, 20];

const svg = (tag, attributes, text = "") => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
};

export class Growth {
  constructor(years, chosen) {
    this.years = years;
    this.root = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "fc-growth", role: "img" });
    this.root.addEventListener("click", (event) => {
      const { left, width } = this.root.getBoundingClientRect();
      const at = ((event.clientX - left) / width) * WIDTH;
      const year = Math.floor(years.first + ((at - LEFT) / (WIDTH - LEFT - RIGHT)) * this.#span);
      if (year >= years.first && year <= years.last) chosen(String(year));
    });
  }

  get #span() {
    return this.years.last - this.years.first + 1;
  }

  #x(year) {
    return LEFT + ((year - this.years.first) / this.#span) * (WIDTH - LEFT - RIGHT);
  }

  /** Show the curve, and mark a year; nothing: the end. */
  show(curve, on) {
    const { first, last } = this.years;
    const most = Math.max(1, ...curve);
    const y = (count) => TOP + (1 - count / most) * (HEIGHT - TOP - BOTTOM);
    const steps = curve.map((count, index) => `V${y(count).toFixed(1)}H${this.#x(first + index + 1).toFixed(1)}`).join("");
    const line = `M${LEFT} ${y(0)}${steps}`;
    const year = on ? Math.min(Math.max(Number(on.slice(0, 4)), first), last) : last;
    const at = this.#x(year + 1);
    const count = curve[year - first] ?? 0;
    const decades = [];
    for (let each = Math.ceil(first / 10) * 10; each <= last; each += 10) decades.push(each);
    this.root.replaceChildren(
      svg("path", { d: `${line}V${y(0)}Z`, class: "fc-area" }),
      svg("path", { d: `M${LEFT} ${y(0)}H${WIDTH - RIGHT}`, class: "fc-axis" }),
      svg("path", { d: line, class: "fc-curve" }),
      svg("path", { d: `M${at} ${TOP - 6}V${y(0)}`, class: "fc-marker" }),
      svg("circle", { cx: at, cy: y(count), r: 4, class: "fc-marker" }),
      svg("text", { x: LEFT - 6, y: y(most) + 4, "text-anchor": "end" }, String(most)),
      svg("text", { x: LEFT - 6, y: y(0) + 4, "text-anchor": "end" }, "0"),
      ...decades.map((each) => svg("text", { x: this.#x(each + 1), y: HEIGHT - 4, "text-anchor": "middle" }, String(each))),
    );
    const told = `Partnerships at the end of each year, from ${curve[0]} in ${first} to ${curve.at(-1)} in ${last}`;
    this.root.setAttribute("aria-label", told);
  }
}
