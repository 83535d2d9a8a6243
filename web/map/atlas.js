/* The drawing: land, great circles and cities on a canvas. Paths are cached until the projection changes. */

import { geoDistance, geoEqualEarth, geoInterpolate, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import world from "world-atlas/land-110m.json";

const LAND = feature(world, world.objects.land);
const SPHERE = { type: "Sphere" };
const SHAPE = 2.05;
/** The largest number of arcs on the map; the page states how many are omitted. */
export const MOST = 2000;
const MANY = 600; // arcs that are drawn as fine as possible
/** The patterns of the kinds in print, where colours may be missing. A sister city has an unbroken line. */
const PATTERNS = {
  friendship_city: [8, 3],
  friendly_exchange: [4, 3],
  project_partnership: [12, 3],
  contact: [2, 3],
  unspecified: [1, 3],
};
const REACH = 7;
const MAX_ZOOM = 12;
const DOUBLE_CLICK = 2;
const LINE = 30; // pixels

/** An even sample of rows. The order of the rows does not matter. */
const thinned = (rows) =>
  rows.length <= MOST
    ? rows
    : [...rows]
        .sort((a, b) => (Math.imul(a.partnership.index, 2654435761) >>> 0) - (Math.imul(b.partnership.index, 2654435761) >>> 0))
        .slice(0, MOST);

/** A line along a great circle. */
const greatCircle = (one, other) => {
  const [from, to] = [one, other].map(([latitude, longitude]) => [longitude, latitude]);
  const far = geoDistance(from, to) > Math.PI / 2;
  const between = far ? [0.5].map(geoInterpolate(from, to)) : [];
  return { type: "LineString", coordinates: [from, ...between, to] };
};

export class Atlas {
  /**
   * @param canvas Where to draw.
   * @param listener Functions for a map that the pointer moves and zooms; without them, the map is a picture:
   *   `pointed` and `chosen` are called with the partnership under the pointer and the clicked one, or nothing;
   *   `zoomed` is called with whether the map shows only a part of the world.
   */
  constructor(canvas, listener) {
    this.zoomed = listener?.zoomed;
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.projection = geoEqualEarth().precision(0.3);
    this.zoom = { k: 1, x: 0, y: 0 };
    this.rows = [];
    this.selected = null;
    if (listener) this.#listen(listener);
    this.#watchColours();
    this.#watchPrinting();
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#resize();
  }

  /** Show partnerships, with a city in the middle; returns how many are drawn and how many have coordinates. */
  show(rows, city) {
    this.city = city;
    const middle = city?.at ? -city.at[1] : -11; // the opposite meridian crosses the least land
    if (middle !== this.middle) {
      this.middle = middle;
      this.#place();
    }
    const placed = rows.filter(({ partnership }) => partnership.cities[0].at && partnership.cities[1].at);
    this.rows = thinned(placed);
    this.draw();
    return { drawn: this.rows.length, placed: placed.length };
  }

  /** Select a partnership, or none. */
  select(partnership) {
    this.selected = partnership;
    this.draw();
  }

  /** Zoom toward a point of the canvas; without one, toward the selected city, or the middle of the visible part. */
  scale(factor, [x, y] = this.#focus()) {
    const k = Math.min(Math.max(this.zoom.k * factor, 1), MAX_ZOOM);
    const ratio = k / this.zoom.k;
    this.zoom = { k, x: x - (x - this.zoom.x) * ratio, y: y - (y - this.zoom.y) * ratio };
    this.#keepInside();
    this.draw();
  }

  /** Show the whole world. */
  reset() {
    this.zoom = { k: 1, x: 0, y: 0 };
    this.#keepInside();
    this.draw();
  }

  #focus() {
    const { k, x, y } = this.zoom;
    if (this.city?.at && this.path) {
      const [cityX, cityY] = this.#point(this.city);
      const [left, top] = [cityX * k + x, cityY * k + y];
      if (left >= 0 && left <= this.width && top >= 0 && top <= this.height) return [left, top];
    }
    return [this.width / 2, this.height / 2];
  }

  draw() {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.#draw());
  }

  #resize() {
    const width = this.canvas.clientWidth;
    if (!width || width === this.width) return;
    this.width = width;
    this.height = Math.round(width / SHAPE);
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.ratio = ratio;
    this.zoom = { k: 1, x: 0, y: 0 };
    this.#place();
    this.draw();
  }

  /** Compute the paths. They stay valid until the projection changes. */
  #place() {
    this.paths = new Map();
    this.points = new Map();
    if (!this.width) return;
    this.projection.rotate([this.middle ?? 0, 0]).fitExtent(
      [
        [1, 1],
        [this.width - 1, this.height - 1],
      ],
      SPHERE,
    );
    this.path = geoPath(this.projection);
    this.sphere = new Path2D(this.path(SPHERE));
    this.land = new Path2D(this.path(LAND));
  }

  #arc(partnership) {
    let path = this.paths.get(partnership.index);
    if (!path) {
      path = new Path2D(this.path(greatCircle(partnership.cities[0].at, partnership.cities[1].at)) ?? "");
      this.paths.set(partnership.index, path);
    }
    return path;
  }

  #point(city) {
    let point = this.points.get(city.index);
    if (!point) {
      point = this.projection([city.at[1], city.at[0]]);
      this.points.set(city.index, point);
    }
    return point;
  }

  #colours() {
    const style = getComputedStyle(this.canvas);
    return (name) => style.getPropertyValue(`--fc-${name}`).trim();
  }

  #draw() {
    if (!this.path) return;
    const { context, zoom, ratio } = this;
    const colour = this.#colours();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(ratio * zoom.k, 0, 0, ratio * zoom.k, ratio * zoom.x, ratio * zoom.y);
    context.setLineDash([]);
    context.globalAlpha = 1;
    context.fillStyle = colour("sea");
    context.fill(this.sphere);
    context.fillStyle = colour("land");
    context.fill(this.land);
    context.lineWidth = 1 / zoom.k;
    context.strokeStyle = colour("line");
    context.stroke(this.sphere);

    const density = Math.min(this.rows.length / MANY, 1);
    let arcs = 0;
    for (const { partnership, state } of this.rows) {
      this.#stroke(partnership, state, colour, (1.3 - 0.7 * density) / zoom.k, 0.85 - 0.4 * density);
      arcs += 1;
    }
    this.canvas.dataset.arcs = arcs; // the number of arcs on the canvas
    const marked = this.rows.find(({ partnership }) => partnership === this.selected);
    if (marked) this.#stroke(marked.partnership, marked.state, colour, 3.5 / zoom.k, 1);
    context.setLineDash([]);
    context.globalAlpha = 1;
    this.#cities(colour, (2.6 - 1.4 * density) / zoom.k, marked);
  }

  #stroke(partnership, state, colour, width, alpha) {
    const { context } = this;
    context.globalAlpha = alpha;
    context.lineWidth = width;
    context.strokeStyle = colour(state.kind);
    if (this.printed) context.setLineDash((PATTERNS[state.kind] ?? []).map((length) => length / this.zoom.k));
    else context.setLineDash(state.status === "active" ? [] : [4 * width, 3 * width]);
    context.stroke(this.#arc(partnership));
  }

  #cities(colour, radius, marked) {
    const partners = new Set(this.rows.flatMap(({ partnership }) => partnership.cities));
    for (const exact of [1, 0]) {
      const dots = [...partners].filter((city) => city.at[2] === exact);
      this.#dots(dots, radius, exact ? colour("text") : colour("back"), exact ? colour("back") : colour("text"));
    }
    if (marked) this.#dots([marked.partner], radius * 2, colour(marked.state.kind), colour("back"));
    if (this.city?.at) this.#dots([this.city], 4.5 / this.zoom.k, colour("accent"), colour("back"));
  }

  #dots(cities, radius, fill, edge) {
    const { context } = this;
    context.beginPath();
    for (const city of cities) {
      const [x, y] = this.#point(city);
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = 0.75 / this.zoom.k;
    context.strokeStyle = edge;
    context.stroke();
  }

  /** The partnership at a point of the canvas: a partner at the point, or else an arc through the point. */
  at(x, y) {
    if (!this.path) return null;
    const { context, zoom, ratio } = this;
    const [mapX, mapY] = [(x - zoom.x) / zoom.k, (y - zoom.y) / zoom.k];
    let [nearest, distance] = [null, (REACH / zoom.k) ** 2];
    for (const row of this.rows) {
      for (const city of row.partnership.cities) {
        if (city === this.city) continue;
        const [cityX, cityY] = this.#point(city);
        const away = (cityX - mapX) ** 2 + (cityY - mapY) ** 2;
        if (away < distance) [nearest, distance] = [row.partnership, away];
      }
    }
    if (nearest) return nearest;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.setLineDash([]);
    context.lineWidth = REACH / zoom.k;
    const found = this.rows.findLast(({ partnership }) => context.isPointInStroke(this.#arc(partnership), mapX * ratio, mapY * ratio));
    return found?.partnership ?? null;
  }

  #keepInside() {
    const { zoom } = this;
    zoom.x = Math.min(0, Math.max(zoom.x, this.width * (1 - zoom.k)));
    zoom.y = Math.min(0, Math.max(zoom.y, this.height * (1 - zoom.k)));
    const near = zoom.k > 1;
    this.canvas.classList.toggle("fc-near", near);
    this.zoomed(near);
  }

  #watchColours() {
    const draw = () => this.draw();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    new MutationObserver(draw).observe(document.body, { attributes: true, attributeFilter: ["data-theme"] });
  }

  #watchPrinting() {
    for (const [event, printed] of [["beforeprint", true], ["afterprint", false]]) {
      window.addEventListener(event, () => {
        this.printed = printed;
        this.#draw();
      });
    }
  }

  #listen({ pointed, chosen }) {
    const { canvas } = this;
    const held = new Map(); // the pointers that are down, and their positions
    let from = null; // where the first pointer went down, and the zoom then
    let moved = false;
    const release = (event) => {
      held.delete(event.pointerId);
      from = null;
    };
    canvas.addEventListener("pointerdown", (event) => {
      held.set(event.pointerId, [event.offsetX, event.offsetY]);
      from = { x: event.offsetX, y: event.offsetY, zoom: { ...this.zoom } };
      moved = held.size > 1;
    });
    canvas.addEventListener("pointermove", (event) => {
      const at = [event.offsetX, event.offsetY];
      if (held.size === 2 && held.has(event.pointerId)) this.#pinch(held, event.pointerId, at);
      else if (from && event.buttons) {
        const [x, y] = [at[0] - from.x, at[1] - from.y];
        moved ||= Math.hypot(x, y) > 4;
        if (!moved || this.zoom.k === 1) return;
        canvas.setPointerCapture(event.pointerId);
        Object.assign(this.zoom, { x: from.zoom.x + x, y: from.zoom.y + y });
        this.#keepInside();
        this.draw();
      } else if (event.pointerType === "mouse") pointed(this.at(...at));
    });
    canvas.addEventListener("pointerup", release);
    canvas.addEventListener("pointercancel", release);
    canvas.addEventListener("click", (event) => {
      if (!moved) chosen(this.at(event.offsetX, event.offsetY));
    });
    canvas.addEventListener("dblclick", (event) => this.scale(DOUBLE_CLICK, [event.offsetX, event.offsetY]));
    canvas.addEventListener(
      "wheel",
      (event) => {
        if (this.zoom.k === (event.deltaY > 0 ? 1 : MAX_ZOOM)) return; // the page scrolls instead
        event.preventDefault();
        const turned = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE);
        this.scale(Math.exp(-turned / 300), [event.offsetX, event.offsetY]);
      },
      { passive: false },
    );
  }

  /** Zoom by the distance of two pointers, toward their middle. */
  #pinch(held, id, at) {
    const [other] = [...held].filter(([each]) => each !== id).map(([, place]) => place);
    const before = held.get(id);
    held.set(id, at);
    const distance = (place) => Math.max(Math.hypot(place[0] - other[0], place[1] - other[1]), 1);
    this.scale(distance(at) / distance(before), [(at[0] + other[0]) / 2, (at[1] + other[1]) / 2]);
  }
}
