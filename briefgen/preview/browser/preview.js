// The preview's own script: follows the sources of the page it stands in. It is part of `briefgen serve`, never of a built site.
"use strict";

(() => {
  const own = document.currentScript.dataset;
  const channel = new BroadcastChannel("briefgen-preview");
  const kept = `briefgen-place:${location.pathname}`;
  const known = {};

  // -- what changed ----------------------------------------------------------------------------------------------

  let asking = null;

  async function look() {
    if (document.hidden) return;
    asking?.abort();
    asking = new AbortController();
    const asked = new URLSearchParams({ page: own.page ?? "", tag: own.tag ?? "" });
    try {
      const answer = await fetch(`/-/state?${asked}`, { cache: "no-store", signal: asking.signal });
      show(await answer.json());
    } catch {
      // the preview has ended, or is asked again already
    }
  }

  function show(state) {
    overlay(state.overlay);
    if (state.reload) {
      keepPlace();
      location.reload();
    } else {
      restyle(state.styles);
    }
  }

  // A stylesheet takes the place of the old one once it is loaded, so that the page is never without.
  function restyle(styles) {
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      const path = new URL(link.href).pathname;
      const plain = path.replace(/\.[0-9a-f]{8}\.css$/, ".css");
      const name = Object.keys(styles).find((end) => plain.endsWith(end));
      const url = styles[name];
      const before = known[name];
      known[name] = url;
      const hashed = path !== plain;
      if (!url || url === before || (before === undefined && !hashed) || new URL(url, location).href === link.href) continue;
      const next = link.cloneNode();
      next.href = url;
      next.onload = () => link.remove();
      link.after(next);
    }
  }

  // -- the stream: one for all tabs of a browser, which gives a server no more than six connections ----------------

  let stream = null;
  let release = null;

  function listen() {
    stream = new EventSource("/-/events");
    stream.onmessage = (event) => {
      const { follow } = JSON.parse(event.data);
      if (follow && follow !== location.pathname) {
        location.assign(follow);
        return;
      }
      channel.postMessage("changed");
      look();
    };
  }

  function attend() {
    if (release || stream) return;
    if (!navigator.locks) {
      listen();
      return;
    }
    const left = new AbortController();
    release = () => left.abort();
    navigator.locks
      .request("briefgen-preview", { signal: left.signal }, () => new Promise((done) => {
        release = done;
        listen();
      }))
      .catch(() => {});
  }

  function leave() {
    stream?.close();
    release?.();
    stream = release = null;
  }

  channel.onmessage = look;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      leave();
    } else {
      attend();
      look();
    }
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => {
    if (event.persisted && !document.hidden) {
      attend();
      look();
    }
  });

  // -- where the reader was ----------------------------------------------------------------------------------------

  function keepPlace() {
    const open = [...document.querySelectorAll("details")].map((details) => details.open);
    sessionStorage.setItem(kept, JSON.stringify({ x: scrollX, y: scrollY, open }));
  }

  function takePlace() {
    const place = JSON.parse(sessionStorage.getItem(kept) ?? "null");
    sessionStorage.removeItem(kept);
    if (!place) return;
    document.querySelectorAll("details").forEach((details, number) => {
      if (number in place.open) details.open = place.open[number];
    });
    scrollTo({ left: place.x, top: place.y, behavior: "instant" });
  }

  // -- what is wrong, and what is not published yet ----------------------------------------------------------------

  function layer(name) {
    const host = document.createElement("briefgen-preview");
    const root = host.attachShadow({ mode: "open" });
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = "/-/preview.css";
    const box = document.createElement("div");
    box.className = name;
    box.hidden = true;
    sheet.onload = () => { box.hidden = false; };
    root.append(sheet, box);
    document.body.append(host);
    return { host, box };
  }

  let shown = null;
  let dismissed = "";

  // `html` was escaped by the server, which makes the same for its own error pages.
  function overlay(html) {
    const page = document.querySelector(".briefgen-fault > main");
    if (page && own.tag === "nothing") {
      if (html) page.innerHTML = html;
      return;
    }
    if (shown?.html === html) return;
    shown?.host.remove();
    shown = null;
    if (!html || html === dismissed) return;
    dismissed = "";
    const { host, box } = layer("overlay");
    box.setAttribute("role", "alert");
    box.innerHTML = html;
    const close = document.createElement("button");
    close.textContent = "Hide";
    close.onclick = () => {
      dismissed = html;
      host.remove();
      shown = null;
    };
    box.prepend(close);
    shown = { host, html, close };
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") shown?.close.click();
  });

  function banner() {
    const said = [
      own.state === "draft" && "Draft",
      own.state === "future" && "Not published yet",
      own.undated && "Without a date",
      own.notes && `${own.notes} open review ${own.notes === "1" ? "note" : "notes"}`,
    ].filter(Boolean);
    if (!said.length) return;
    const { box } = layer("banner");
    const text = document.createElement("span");
    const source = document.createElement("code");
    const fold = document.createElement("button");
    text.textContent = said.join(" · ");
    source.textContent = own.source;
    const draw = () => {
      const folded = localStorage.getItem("briefgen-banner") === "folded";
      box.classList.toggle("folded", folded);
      fold.textContent = folded ? "Show" : "Hide";
      fold.setAttribute("aria-label", folded ? "Show the banner" : "Hide the banner");
    };
    fold.onclick = () => {
      localStorage.setItem("briefgen-banner", box.classList.contains("folded") ? "shown" : "folded");
      draw();
    };
    box.append(text, source, fold);
    draw();
  }

  takePlace();
  banner();
  look();
  if (!document.hidden) attend();
})();
