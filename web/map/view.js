/* The view: the city, the date and the filters. The address of the page contains it, so that a view can be shared. */

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

/** The view in an address; missing and invalid values are those of the default view. */
export const viewOf = (hash, data) => {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const view = defaultView(data);
  const city = parameters.get("city");
  if (city === "" || data.byId.has(city)) view.city = city;
  const on = parameters.get("on");
  if (on === "" || DATE.test(on ?? "no")) view.on = on;
  if (parameters.get("country") in data.countries) view.country = parameters.get("country");
  for (const each of FILTERS) {
    if (!parameters.has(each)) continue;
    view[each] = new Set(parameters.get(each).split(",").filter((value) => data.vocabulary[each].includes(value)));
  }
  return view;
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
