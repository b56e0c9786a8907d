// The colours that the reader chose, set before anything is painted, and the switch for them.
(() => {
  const root = document.documentElement;
  const read = () => { try { return localStorage.getItem("scheme") || ""; } catch { return ""; } };
  const keep = (value) => { try { localStorage.setItem("scheme", value); } catch { /* not allowed here: it lasts for this page */ } };
  const show = (value) => { if (value) root.dataset.scheme = value; else delete root.dataset.scheme; };
  show(read());
  addEventListener("DOMContentLoaded", () => {
    const group = document.querySelector(".scheme");
    const buttons = group ? [...group.querySelectorAll("button")] : [];
    const press = (value) => buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.value === value)));
    buttons.forEach((button) => button.addEventListener("click", () => { keep(button.value); show(button.value); press(button.value); }));
    press(read());
    if (group) group.hidden = false;
    // browsers whose style sheets cannot show what a closed <details> holds: beside the text it is open
    if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 64rem)").matches) {
      document.querySelectorAll(".margin > details").forEach((one) => { one.open = true; });
    }
  });
})();
