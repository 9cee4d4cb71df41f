// Builds the page's elements. Strings always become text nodes, so that nothing from a document or a person is ever markup.

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children.flat().filter(isShown));
  return node;
}

const isShown = child => child !== null && child !== undefined && child !== false;

export const icon = name => el("span", { class: `icon icon-${name}`, "aria-hidden": "true" });

export const byId = id => document.getElementById(id);

/** Tells people who do not see the page what has happened on it. */
export function announce(text) {
  byId("status").textContent = text;
}

/** Whether the source stands beside the conversation rather than above it; panel.css has the same width. */
export const wide = matchMedia("(min-width: 62rem)");

export function scrollBehavior() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}

export const plural = (count, one, many) => `${count.toLocaleString()} ${count === 1 ? one : many}`;
