/* What is shown: the city, the date and the filters; it is kept in the address, so that a view can be shared. */

const DATE = /^\d{4}(-\d\d(-\d\d)?)?$/;

/** The filters that let through several words of a vocabulary each, and what they let through to begin with. */
export const FILTERS = ["status", "kind", "reliability"];

/** The view that a map opens with where the address says nothing. */
export const defaultView = (data) => ({
  city: data.opens.city ?? "",
  on: data.opens.on ?? "",
  country: "",
  ...Object.fromEntries(FILTERS.map((each) => [each, new Set(data.opens[each] ?? data.vocabulary[each])])),
});

/** The view that an address tells of; what it does not tell, or what cannot be, is as it is to begin with. */
export const viewOf = (hash, data) => {
  const told = new URLSearchParams(hash.replace(/^#/, ""));
  const view = defaultView(data);
  const city = told.get("city");
  if (city === "" || data.byId.has(city)) view.city = city;
  const on = told.get("on");
  if (on === "" || DATE.test(on ?? "no")) view.on = on;
  if (told.get("country") in data.countries) view.country = told.get("country");
  for (const each of FILTERS) {
    if (!told.has(each)) continue;
    view[each] = new Set(told.get(each).split(",").filter((value) => data.vocabulary[each].includes(value)));
  }
  return view;
};

/** The address of a view: only what is not as it is to begin with. */
export const hashOf = (view, data) => {
  const usual = defaultView(data);
  const told = new URLSearchParams();
  for (const each of ["city", "on", "country"]) if (view[each] !== usual[each]) told.set(each, view[each]);
  for (const each of FILTERS) {
    const values = data.vocabulary[each].filter((value) => view[each].has(value));
    const before = data.vocabulary[each].filter((value) => usual[each].has(value));
    if (values.join() !== before.join()) told.set(each, values.join(","));
  }
  return told.toString().replaceAll("%2C", ",");
};
