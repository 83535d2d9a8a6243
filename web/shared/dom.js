/* Elements made of data. Every text becomes a text node, so no name is read as markup. */

/**
 * An element with properties and children. A property that the element has is set, any other becomes an attribute;
 * one that starts with "on" is a listener.
 */
export const el = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (name in made && !name.startsWith("aria")) made[name] = value;
    else if (value !== null) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
};

/** A name, isolated from the writing direction of the text around it. */
export const name = (text) => el("bdi", {}, text);

/** A value of a vocabulary in words. */
export const words = (text) => text.replaceAll("_", " ");

/** The JSON data of a page, in the script element with this class. */
export const dataIn = (root, kind) => JSON.parse(root.querySelector(`script.${kind}`).textContent);
