// What is new since the last visit: the home page remembers what it showed, in this browser alone; lists mark what was not there.
(() => {
  const said = document.currentScript.dataset;
  const root = new URL(".", new URL(said.root, document.baseURI)).pathname;
  const key = `seen:${root}`;
  const kept = (store) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const keep = (store, value) => { try { store.setItem(key, JSON.stringify(value)); } catch { /* not allowed here: nothing is marked */ } };
  const lines = [...document.querySelectorAll("[data-day]")].map((line) => ({ line, day: line.dataset.day, link: line.querySelector("h2 a, h3 a") }))
    .filter(({ link }) => link).map((one) => ({ ...one, path: one.link.pathname.slice(root.length) }));
  if (!lines.length) return;
  try {
    // a visit lasts as long as its tab: what was seen before it began stays what is compared with
    if (sessionStorage.getItem(key) === null) keep(sessionStorage, kept(localStorage));
  } catch { return; }
  const before = kept(sessionStorage);
  const fresh = before ? lines.filter(({ day, path }) => day >= before.since && !before.paths.includes(path)) : [];
  for (const { link } of fresh) {
    const mark = document.createElement("span");
    mark.className = "new";
    mark.textContent = said.new;
    link.before(mark, " ");
  }
  if (!document.body.classList.contains("home")) return;
  keep(localStorage, { since: lines.map(({ day }) => day).sort()[0], paths: [...new Set(lines.map(({ path }) => path))] });
  const meta = document.querySelector(".masthead .meta");
  if (!fresh.length || !meta) return;
  const count = document.createElement("a");
  fresh[0].link.id = "new";
  count.href = "#new";
  count.textContent = fresh.length === 1 ? said.one : said.other.replace("#", fresh.length);
  const part = document.createElement("span");
  part.append(count);
  meta.append(" ", part);
})();
