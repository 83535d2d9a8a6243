/* The view: the city, the date and the filters. The address of the page contains the view, so a view can be shared. */

const DATE = /^\d{4}(-\d\d(-\d\d)?)?$/;

/** The filters that accept several values. */
export const FILTERS = ["status", "kind", "reliability"];

/** The view of a map without a view in the address. */
export const defaultView = (data) => ({
  city: data.opens.city ?? "",
  on: data.opens.on ?? "",
  country: "",
  ...Object.fromEntries(FILTERS.map((each) => [each, new Set(data.opens[each] ?? data.vocabulary[each])])),
});

/**
 * The view in an address, and the invalid parts of the address as pairs of name and value.
 *
 * Missing and invalid values come from the default view. An unknown city gives the map of all cities.
 */
export const viewOf = (hash, data) => {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const view = defaultView(data);
  const invalid = [];
  const valid = {
    city: (value) => value === "" || data.byId.has(value),
    on: (value) => value === "" || DATE.test(value),
    country: (value) => value === "" || Object.hasOwn(data.countries, value),
  };
  for (const [name, value] of parameters) {
    if (name in valid) {
      if (valid[name](value)) view[name] = value;
      else invalid.push([name, value]);
      if (name === "city" && !valid.city(value)) view.city = "";
    } else if (FILTERS.includes(name)) {
      const values = value.split(",");
      const known = values.filter((each) => data.vocabulary[name].includes(each));
      invalid.push(...values.filter((each) => each && !known.includes(each)).map((each) => [name, each]));
      if (known.length || !value) view[name] = new Set(known);
    }
  }
  return { view, invalid };
};

/** The address of a view: the values that differ from the default view. */
export const hashOf = (view, data) => {
  const usual = defaultView(data);
  const parameters = new URLSearchParams();
  for (const each of ["city", "on", "country"]) if (view[each] !== usual[each]) parameters.set(each, view[each]);
  for (const each of FILTERS) {
    const values = data.vocabulary[each].filter((value) => view[each].has(value));
    const before = data.vocabulary[each].filter((value) => usual[each].has(value));
    if (values.join() !== before.join()) parameters.set(each, values.join(","));
  }
  return parameters.toString().replaceAll("%2C", ",");
};
