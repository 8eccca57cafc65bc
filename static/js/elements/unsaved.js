// A page that is left while a form on it holds what was typed and not saved asks first. The server marks a form that
// came back unsaved with data-unsaved; a form that htmx replaced is a new one, so it counts as saved.
(() => {
  const typed = new WeakSet();
  document.addEventListener("input", (event) => { if (event.target.form) typed.add(event.target.form); });
  // What only htmx sends stays typed until the answer is there.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    typed.delete(event.target);
    event.target.removeAttribute("data-unsaved");
  });
  addEventListener("beforeunload", (event) => {
    const lost = (form) => form.hasAttribute("data-keep") && (typed.has(form) || form.hasAttribute("data-unsaved"));
    if ([...document.forms].some(lost)) event.preventDefault();
  });
})();
