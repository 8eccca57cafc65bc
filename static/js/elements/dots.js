// The − and + of dots: counts what is left and says so; works after every morph, since it listens on the document.
(() => {
  const left = (box) => Number(box.dataset.dots) - [...box.querySelectorAll("input[type=number]")].reduce((sum, field) => sum + Number(field.value || 0), 0);
  const draw = (box) => {
    const rest = left(box), told = box.querySelector("[data-left]");
    told.textContent = told.dataset.text.replace("#", String(rest));
    for (const button of box.querySelectorAll("[data-dot]")) {
      const field = button.parentNode.querySelector("input");
      button.disabled = button.dataset.dot === "1" ? rest < 1 || Number(field.value) >= Number(field.max) : Number(field.value) < 1;
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dot]");
    if (!button) return;
    const field = button.parentNode.querySelector("input");
    field.value = String(Math.max(0, Number(field.value || 0) + Number(button.dataset.dot)));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("input", (event) => { const box = event.target.closest("[data-dots]"); if (box) draw(box); });
  const all = () => document.querySelectorAll("[data-dots]").forEach(draw);
  document.addEventListener("htmx:after:swap", all);
  all();
})();
