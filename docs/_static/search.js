/* The search page, and the keys "/" and Ctrl+K that lead to the search from every page.

Pagefind has the index and finds the words. From a folder without a server, Pagefind cannot load its index: the search of
Sphinx, with an index that is a script, replaces it there. */

(() => {
  "use strict";

  const ROOT = document.documentElement.dataset.content_root;
  const SHOWN = 10;
  const SECTIONS = 3;
  const MARK = /<\/?mark>/;
  const NOT_SEARCHED = new Set(
    ("a about an and any are be by can could do does find for from get give have how i in is it make me my of on or our " +
      "say says see should show that the there this to use using want was we what when where which who why will with " +
      "would you your").split(" "),
  );

  const made = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  const isTyping = ({ target }) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event);
    const control = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    if (!slash && !control) {
      return;
    }
    event.preventDefault();
    const input = [...document.querySelectorAll("input[name=q]")].findLast((each) => {
      const { left, width } = each.getBoundingClientRect();
      return left >= 0 && width > 0; // the sidebar of a phone is to the left of the page
    });
    if (input) {
      input.focus();
      input.select();
    } else {
      location.href = `${ROOT}search.html`;
    }
  });

  /** The words to search for: those that carry meaning, or all words if none does. */
  const wordsOf = (query) => {
    const words = query.match(/[\p{L}\p{M}\p{N}._'’-]+/gu) ?? [];
    const meaningful = words.filter((word) => !NOT_SEARCHED.has(word.toLowerCase()));
    return meaningful.length ? meaningful : words;
  };

  /** The pages with all words, best first. If they are few, the best pages with some of the words follow. */
  const find = async (pagefind, query) => {
    const words = wordsOf(query);
    const whole = (await pagefind.search(words.join(" "))).results;
    const some = new Map();
    for (const word of words.length > 1 && whole.length < SHOWN ? words : []) {
      for (const result of (await pagefind.search(word)).results) {
        const { score = 0 } = some.get(result.id) ?? {};
        some.set(result.id, { result, score: score + result.score });
      }
    }
    const all = new Set(whole.map(({ id }) => id));
    const rest = [...some.values()].filter(({ result }) => !all.has(result.id)).sort((a, b) => b.score - a.score);
    return [...whole, ...rest.slice(0, SHOWN).map(({ result }) => result)];
  };

  /** An excerpt as text and marked words: it comes with < and > as entities. */
  const excerptOf = ({ excerpt }) =>
    excerpt
      .split(MARK)
      .map((part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">"))
      .map((part, place) => (place % 2 ? made("mark", { textContent: part }) : part));

  const weightOf = ({ weighted_locations: places }) => places.reduce((sum, { weight }) => sum + weight, 0);

  const itemOf = async (result) => {
    const { meta, raw_url: path, sub_results: parts, ...found } = await result.data();
    const page = ROOT + path.replace(/^\//, "");
    const sections = parts
      .filter(({ anchor }) => anchor && anchor.element !== "h1")
      .sort((a, b) => weightOf(b) - weightOf(a))
      .slice(0, SECTIONS)
      .map(({ title, anchor }) => made("a", { href: `${page}#${anchor.id}`, textContent: title }));
    return made(
      "li",
      {},
      made("a", { href: page, textContent: meta.title }),
      made("span", { className: "kind", textContent: meta.kind }),
      made("p", { className: "context", dir: "auto" }, ...excerptOf(found)),
      ...(sections.length ? [made("p", { className: "sections" }, ...sections)] : []),
    );
  };

  const page = document.getElementById("search-results");
  if (!page) {
    return;
  }
  const input = document.querySelector(".search-form input");
  const query = new URLSearchParams(location.search).get("q") ?? "";

  if (location.protocol === "file:") {
    page.replaceChildren();
    for (const name of ["_static/language_data.js", "_static/searchtools.js", "searchindex.js"]) {
      document.head.append(made("script", { src: ROOT + name, async: false }));
    }
    return;
  }

  const [summary, list, more] = page.children;
  let latest = 0;

  const show = async (text) => {
    latest += 1;
    const current = latest;
    const pagefind = await import(new URL(`${ROOT}pagefind/pagefind.js`, location.href));
    await pagefind.options({ ranking: { metaWeights: { title: 0, kind: 0, names: 10 } } });
    const results = text.trim() ? await find(pagefind, text) : [];
    let shown = 0;
    const showMore = async () => {
      const items = await Promise.all(results.slice(shown, shown + SHOWN).map(itemOf));
      if (current === latest) {
        list.append(...items);
        shown += items.length;
        more.hidden = shown >= results.length;
      }
    };
    if (current !== latest) {
      return;
    }
    list.replaceChildren();
    more.onclick = showMore;
    await showMore();
    const pages = results.length === 1 ? "1 page" : `${results.length} pages`;
    if (current === latest) {
      summary.textContent = text.trim() ? `Search finished, found ${pages}.` : "";
    }
  };

  const showQuery = () => {
    const address = new URL(location.href);
    address.searchParams.set("q", input.value);
    history.replaceState(null, "", address);
    show(input.value);
  };

  input.value = query;
  input.addEventListener("input", showQuery);
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    showQuery();
  });
  show(query);
})();
