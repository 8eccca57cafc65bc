// The signs left in a textarea, below it; works after every morph, since it listens on the document. Without JavaScript
// the line says how many there may be. A screen reader hears that line with the field, and not every sign.
(() => {
  const told = (field) => document.getElementById(field.getAttribute("aria-describedby") || "");
  const draw = (field) => {
    const line = told(field);
    if (!line?.dataset.leftText) return;
    const text = line.dataset.leftText.replace("#", String(field.maxLength - field.value.length));
    if (line.textContent !== text) line.textContent = text;
  };
  document.addEventListener("input", (event) => { if (event.target.matches?.("textarea[data-count]")) draw(event.target); });
  const all = () => document.querySelectorAll("textarea[data-count]").forEach(draw);
  document.addEventListener("htmx:after:swap", all);
  all();
})();
