// The pages that the other generators write, too: lists in slices of fifty for home, topics, people, years, months and days, and feeds.
const SITE = "https://briefs.example";
const SLICE = 50;

const slug = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
const day = (date) => date.toISOString().slice(0, 10);
const newest = (api) => api.getFilteredByGlob("src/briefings/*.md").sort((a, b) => b.date - a.date || a.inputPath.localeCompare(b.inputPath));

function filed(briefings) {
  const terms = new Map();
  const file = (kind, name, briefing) => {
    const url = `/${kind}/${slug(name)}/`;
    if (!terms.has(url)) terms.set(url, { kind, name, url, briefings: [] });
    terms.get(url).briefings.push(briefing);
  };
  for (const briefing of briefings) {
    for (const name of briefing.data.topics) file("topics", name, briefing);
    for (const name of briefing.data.people) file("people", name, briefing);
    for (const [kind, length] of [["years", 4], ["months", 7], ["days", 10]]) file(kind, day(briefing.date).slice(0, length), briefing);
  }
  return [{ kind: "home", name: "Briefs", url: "/", briefings }, ...terms.values()];
}

function slices(term) {
  const count = Math.max(1, Math.ceil(term.briefings.length / SLICE));
  const url = (number) => (number === 0 ? term.url : `${term.url}page/${number + 1}/`);
  return Array.from({ length: count }, (_, number) => ({
    name: term.name,
    url: url(number),
    briefings: term.briefings.slice(number * SLICE, (number + 1) * SLICE),
    newer: number > 0 ? url(number - 1) : "",
    older: number + 1 < count ? url(number + 1) : "",
  }));
}

export default function (config) {
  let terms;
  config.on("eleventy.before", () => (terms = undefined));
  const all = (api) => (terms ??= filed(newest(api)));
  config.addPassthroughCopy({ "src/site.css": "site.css" });
  config.addCollection("briefings", newest);
  config.addCollection("slices", (api) => all(api).flatMap(slices));
  config.addCollection("feeds", (api) => all(api).filter(({ kind }) => ["home", "topics", "people"].includes(kind)));
  config.addCollection("directories", (api) =>
    ["topics", "people"].map((kind) => ({
      name: kind[0].toUpperCase() + kind.slice(1),
      url: `/${kind}/`,
      terms: all(api).filter((term) => term.kind === kind).sort((a, b) => a.name.localeCompare(b.name)),
    })),
  );
  config.addGlobalData("site", { title: "Briefs", url: SITE });
  config.addFilter("slug", slug);
  config.addFilter("day", day);
  config.addFilter("latest", (briefings) => briefings.slice(0, 20));
  return { dir: { input: "src", output: "public" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
