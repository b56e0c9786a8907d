// Search: titles, topics and people from the site's own indexes, or the full text by Pagefind. Nothing is sent anywhere.
(() => {
  const form = document.getElementById("search");
  if (!form) return;
  const at = (id) => document.getElementById(id);
  const said = form.dataset;
  const root = new URL(".", new URL(said.root, document.baseURI));
  const address = (url) => new URL(url.split("/").map(encodeURIComponent).join("/"), root).href;
  const KINDS = ["topic", "person", "year", "source"];
  const STEP = 20;

  // -- letters: case, accents and the forms of one Arabic letter make no difference ---------------------------------

  const ALIKE = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ة: "ه", ى: "ي", ی: "ي", ک: "ك" };
  const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]/g;
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(MARKS, "").normalize("NFC").replace(/[ßæœøłđðþıةىیک]/g, (one) => ALIKE[one]);
  const words = (text) => fold(text).split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  const plain = (text) => ` ${words(text).join(" ")}`;

  // -- titles, topics and people -------------------------------------------------------------------------------------

  async function titles() {
    const read = async (url) => (await fetch(new URL(url, document.baseURI))).json();
    const records = [], terms = new Map();
    for (const { terms: of, briefings } of await Promise.all(said.indexes.split(" ").filter(Boolean).map(read))) {
      const known = {};
      for (const kind of Object.keys(of)) {
        known[kind] = of[kind].map(([name, url, ...others]) => {
          const term = terms.get(url) || { kind, name, url, count: 0, text: [name, ...others].map(plain).join(" ") };
          terms.set(url, term);
          return term;
        });
      }
      for (const [title, url, day, ...filed] of briefings) {
        const named = Object.keys(of).map((kind, place) => filed[place].map((number) => known[kind][number]));
        const all = named.flat();
        all.forEach((term) => { term.count += 1; });
        const values = Object.fromEntries(Object.keys(of).map((kind, place) => [kind, named[place].map((term) => term.name)]));
        records.push({ title, url, day, values: { ...values, year: day ? [day.slice(0, 4)] : [] }, text: plain(title), names: all.map((term) => term.text).join(" ") });
      }
    }
    const score = (record, asked, whole) => {
      let sum = whole && record.text.includes(whole) ? 10 : 0;
      for (const word of asked) {
        const worth = record.text.includes(` ${word}`) ? 8 : record.names.includes(` ${word}`) ? 5 : record.text.includes(word) ? 3 : record.names.includes(word) ? 2 : 0;
        if (!worth) return 0;
        sum += worth;
      }
      return sum || 1;
    };
    return async ({ q, chosen, sort }) => {
      const asked = words(q), whole = asked.length > 1 ? ` ${asked.join(" ")}` : "";
      const found = records.map((record, place) => ({ record, place, worth: score(record, asked, whole) }))
        .filter(({ record, worth }) => worth && KINDS.every((kind) => chosen[kind].every((value) => record.values[kind].includes(value))));
      const by = { "": (a, b) => b.worth - a.worth || a.place - b.place, newest: (a, b) => a.place - b.place, oldest: (a, b) => b.place - a.place };
      const counts = Object.fromEntries(KINDS.map((kind) => [kind, new Map()]));
      for (const { record } of found) for (const kind of KINDS) for (const value of record.values[kind]) counts[kind].set(value, (counts[kind].get(value) || 0) + 1);
      const pages = asked.length ? [...terms.values()].filter((term) => asked.every((word) => term.text.includes(` ${word}`))) : [];
      return {
        total: found.length, counts,
        terms: pages.sort((a, b) => b.count - a.count).slice(0, 6),
        hits: found.sort(by[sort]).map(({ record }) => async () => ({ ...record, parts: [record.values.topic.join(" · ")] })),
      };
    };
  }

  // -- the full text -------------------------------------------------------------------------------------------------

  // Chinese and Japanese are written without spaces between words: the index holds each letter as a word
  const LETTER = "[々〇ぁ-ヿㇰ-ㇿ㐀-䶿一-鿿豈-\ufaffｦ-ﾝ\u{20000}-\u{323af}]";
  const spaced = (q) => q.replace(new RegExp(LETTER, "gu"), " $& ").replace(/\s+/g, " ").trim();
  const joined = (text) => text.replace(new RegExp(`(?<=${LETTER}(</mark>)?) +(?=(<mark>)?${LETTER})`, "gu"), "");
  const isOneRun = (q) => new RegExp(`^${LETTER}{2,}$`, "u").test(q);
  const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&#x27;": "'" };
  // an excerpt is text with <mark> around what was found: it becomes text again, never markup
  const parts = (excerpt) => joined(excerpt).replace(/<\/mark><mark>/g, "").split(/(<mark>.*?<\/mark>)/s).map((part) => {
    const text = part.replace(/<\/?mark>/g, "").replace(/&(lt|gt|amp|quot|#39|#x27);/g, (one) => ENTITIES[one]);
    return part.startsWith("<mark>") ? { mark: text } : text;
  });

  async function fullText() {
    const pagefind = await import(new URL("search/pagefind/pagefind.js", root));
    // a worker has a policy of its own: without one, that of this page alone must allow WebAssembly
    await pagefind.options({ baseUrl: root.pathname, excerptLength: 24, noWorker: true });
    await pagefind.init();
    await pagefind.filters(); // only what is loaded is counted
    return async ({ q, chosen, sort }) => {
      const filters = Object.fromEntries(KINDS.filter((kind) => chosen[kind].length).map((kind) => [kind, chosen[kind]]));
      const asked = isOneRun(q) ? `"${spaced(q)}"` : spaced(q);
      const order = { newest: { date: "desc" }, oldest: { date: "asc" } }[sort || (asked ? "" : "newest")];
      const found = await pagefind.search(asked || null, { filters, ...(order ? { sort: order } : {}) });
      const counts = Object.fromEntries(KINDS.map((kind) => [kind, new Map(Object.entries(found.filters[kind] || {}).filter(([, count]) => count))]));
      const hits = found.results.map((result) => async () => {
        const told = await result.data();
        return { title: told.meta.title, url: told.meta.url, day: told.meta.day, parts: ["… ", ...parts(told.excerpt), " …"] };
      });
      return { total: found.results.length, counts, terms: [], hits };
    };
  }

  // -- the page ------------------------------------------------------------------------------------------------------

  const make = (tag, fields = {}, ...children) => {
    const one = Object.assign(document.createElement(tag), fields);
    one.append(...children);
    return one;
  };
  const lang = document.documentElement.lang || "en";
  const written = (day) => {
    const [year, month, number] = day.split("-").map(Number);
    return said.date.replace("{day}", number).replace("{short_month}", said.months.split(" ")[month - 1]).replace("{year}", year);
  };
  const number = new Intl.NumberFormat(lang);
  const whole = Object.fromEntries(KINDS.map((kind) => [kind, false]));
  let engine = null, turn = 0, left = [];

  const state = () => {
    const given = new FormData(form);
    return { q: given.get("q").trim(), sort: given.get("sort"), chosen: Object.fromEntries(KINDS.map((kind) => [kind, given.getAll(kind)])) };
  };
  const isEmpty = ({ q, chosen }) => !q && KINDS.every((kind) => !chosen[kind].length);

  const remember = (asked, push) => {
    const url = new URL(location.href);
    url.search = new URLSearchParams([...(asked.q ? [["q", asked.q]] : []), ...KINDS.flatMap((kind) => asked.chosen[kind].map((value) => [kind, value])), ...(asked.sort ? [["sort", asked.sort]] : [])]);
    if (url.href !== location.href) history[push ? "pushState" : "replaceState"](null, "", url);
  };

  const recall = () => {
    const given = new URLSearchParams(location.search);
    form.q.value = given.get("q") || "";
    form.elements.sort.value = ["newest", "oldest"].includes(given.get("sort")) ? given.get("sort") : "";
    at("facets").replaceChildren(...KINDS.flatMap((kind) => given.getAll(kind).map((value) => box(kind, value, 0, true))));
  };

  const box = (kind, value, count, checked) => {
    const input = make("input", { type: "checkbox", name: kind, value, checked });
    input.setAttribute("form", "search");
    return make("label", {}, input, make("span", { textContent: value, dir: "auto" }), make("span", { className: "n", textContent: count ? number.format(count) : "" }));
  };

  const showFacets = (counts, chosen) => {
    const focused = document.activeElement && document.activeElement.form === form ? [document.activeElement.name, document.activeElement.value] : null;
    at("facets").replaceChildren(...KINDS.map((kind) => {
      const values = [...counts[kind]].sort((a, b) => (kind === "year" ? (a[0] < b[0] ? 1 : -1) : b[1] - a[1] || a[0].localeCompare(b[0], lang)));
      const shown = values.filter(([value], place) => whole[kind] ? place < 100 : place < 8 || chosen[kind].includes(value));
      for (const value of chosen[kind]) if (!counts[kind].has(value)) shown.unshift([value, 0]);
      if (!shown.length) return "";
      const facet = make("fieldset", { className: "facet" }, make("legend", { className: "label", textContent: at("facets").dataset[kind] }), ...shown.map(([value, count]) => box(kind, value, count, chosen[kind].includes(value))));
      if (shown.length < Math.min(values.length, 100)) {
        const more = make("button", { type: "button", textContent: at("facets").dataset.more.replace("#", number.format(Math.min(values.length, 100) - shown.length)) });
        more.addEventListener("click", () => { whole[kind] = true; showFacets(counts, state().chosen); at("facets").querySelector(`[name="${kind}"]`).focus(); });
        facet.append(more);
      }
      return facet;
    }));
    document.querySelector(".margin").hidden = false;
    if (focused) [...form.elements].find((one) => one.name === focused[0] && one.value === focused[1])?.focus();
  };

  const line = ({ title, url, day, parts: text }) => {
    const when = day ? make("time", { dateTime: day, textContent: written(day) }) : said.undated;
    const link = make("a", { href: address(url), textContent: title });
    const why = make("p", { className: "why", dir: "auto" }, ...text.map((part) => (part.mark === undefined ? part : make("mark", { textContent: part.mark }))));
    return make("li", {}, make("article", { className: "line" }, make("p", { className: "when" }, when), make("h2", { dir: "auto" }, link), why.textContent ? why : ""));
  };

  const drawn = async (hits) => (await Promise.all(hits.slice(0, STEP).map((hit) => hit()))).map(line);

  const showMore = async () => {
    const mine = turn, lines = await drawn(left);
    if (mine !== turn) return;
    left = left.slice(STEP);
    at("hits").append(...lines);
    at("more").hidden = !left.length;
    lines[0].querySelector("a").focus();
  };

  const run = async (push = false) => {
    const asked = state(), mine = ++turn;
    remember(asked, push);
    const none = isEmpty(asked);
    at("browse").hidden = !none;
    document.querySelector(".result").hidden = none;
    if (none && !engine) { at("hits").replaceChildren(); at("found").textContent = ""; return; }
    if (!engine) at("found").textContent = said.wait;
    try {
      engine ||= said.engine === "full" ? fullText().catch(titles) : titles();
      const found = await (await engine)(asked);
      const shown = none ? { ...found, hits: [], terms: [] } : found, lines = await drawn(shown.hits);
      if (mine !== turn) return;
      left = shown.hits.slice(STEP);
      at("found").textContent = none ? "" : found.total ? (found.total === 1 ? said.one : said.other.replace("#", number.format(found.total))) : said.none;
      at("terms").replaceChildren(...shown.terms.map(({ kind, name, url, count }) => make("li", {}, make("a", { className: kind, href: address(url), textContent: name }), " ", make("span", { className: "n", textContent: number.format(count) }))));
      at("terms").hidden = !shown.terms.length;
      at("hits").replaceChildren(...lines);
      at("hits").hidden = !lines.length;
      at("more").hidden = !left.length;
      showFacets(found.counts, asked.chosen);
    } catch {
      engine = null;
      at("found").textContent = said.failed;
    }
  };

  let pause = 0;
  form.q.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(run, 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(pause); run(true); });
  form.elements.sort.addEventListener("change", () => run(true));
  at("facets").addEventListener("change", () => run(true));
  at("more").addEventListener("click", showMore);
  addEventListener("popstate", () => { recall(); run(); });
  if (location.protocol === "file:") { at("found").textContent = said.disk; document.querySelector(".result").hidden = false; return; } // no page may read a file beside it
  form.hidden = at("order").hidden = false;
  recall();
  if (!isEmpty(state())) run();
  else form.q.focus({ preventScroll: true });
})();
