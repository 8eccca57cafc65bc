// The − and + of dots: counts what is left and says so; works after every morph, since it listens on the document.
// The button that has the focus is only aria-disabled until it loses it, so that the keyboard never loses its place.
(() => {
  const fields = (box) => [...box.querySelectorAll("input[type=number]")];
  const left = (box) => Number(box.dataset.dots) - fields(box).reduce((sum, field) => sum + Number(field.value || 0), 0);
  const fieldOf = (button) => button.parentNode.querySelector("input[type=number]");
  const can = (button) => {
    const field = fieldOf(button), value = Number(field.value || 0);
    if (button.dataset.dot === "-1") return value > 0;
    return left(button.closest("[data-dots]")) > 0 && value < Number(field.max);
  };
  const draw = (box) => {
    const rest = left(box), told = box.querySelector("[data-left]");
    const text = (rest < 0 ? told.dataset.over : told.dataset.text).replace("#", String(Math.abs(rest)));
    if (told.textContent !== text) told.textContent = text;
    for (const button of box.querySelectorAll("[data-dot]")) {
      const not = !can(button);
      button.setAttribute("aria-disabled", String(not));
      button.disabled = not && button !== document.activeElement;
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dot]");
    if (!button || !can(button)) return;
    const field = fieldOf(button);
    field.value = String(Number(field.value || 0) + Number(button.dataset.dot));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const redraw = (event) => { const box = event.target.closest?.("[data-dots]"); if (box) draw(box); };
  document.addEventListener("input", redraw);
  document.addEventListener("focusout", (event) => setTimeout(redraw, 0, event));
  const all = () => document.querySelectorAll("[data-dots]").forEach(draw);
  document.addEventListener("htmx:after:swap", all);
  all();
})();
