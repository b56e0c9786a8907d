// The colour scheme that the reader chose, set before anything is painted; and the switch for it.
(() => {
  const root = document.documentElement;
  const read = () => { try { return localStorage.getItem("scheme") || ""; } catch { return ""; } };
  const keep = (value) => { try { value ? localStorage.setItem("scheme", value) : localStorage.removeItem("scheme"); } catch { /* not allowed here */ } };
  const show = (value) => { if (value) root.dataset.scheme = value; else delete root.dataset.scheme; };
  show(read());
  addEventListener("DOMContentLoaded", () => {
    const group = document.querySelector(".scheme");
    if (!group) return;
    const buttons = [...group.querySelectorAll("button")];
    const press = (value) => buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.value === value)));
    buttons.forEach((button) => button.addEventListener("click", () => { keep(button.value); show(button.value); press(button.value); }));
    press(read());
    group.hidden = false;
  });
})();
