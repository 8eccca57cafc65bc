// A form in screens: one at a time, the number of the present one in data-at (a morph leaves it alone). Without
// JavaScript all screens stand below each other and the step buttons are not shown.
(() => {
  document.documentElement.dataset.js = "yes";
  const most = (form) => form.querySelectorAll("[data-screen]").length;
  const show = (form, at, focus) => {
    form.dataset.at = String(Math.min(Math.max(at, 1), most(form)));
    const screen = form.querySelector(`[data-screen="${form.dataset.at}"]`);
    form.toggleAttribute("data-last", Number(form.dataset.at) === most(form));
    if (focus) (focus === true ? screen.querySelector("textarea, input:not([type=hidden])") : focus)?.focus();
    screen.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) {
      const form = step.closest("form.screens");
      show(form, Number(form.dataset.at) + (step.dataset.step === "next" ? 1 : -1), true);
    }
    const fill = event.target.closest("[data-fill]");
    if (fill) {
      const field = document.getElementById(fill.dataset.fill);
      field.value = fill.textContent.trim();
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form.screens");
    if (!form || event.key !== "Enter" || event.target.matches("button") || event.target.matches("textarea")) return;
    if (Number(form.dataset.at) < most(form)) { event.preventDefault(); show(form, Number(form.dataset.at) + 1, true); }
  });
  const wake = () => {
    for (const form of document.querySelectorAll("form.screens")) {
      const go = document.querySelector("[data-go]");
      const field = go && form.querySelector(`[name="${CSS.escape(go.dataset.go)}"]`);
      const screen = field?.closest("[data-screen]");
      if (screen) { go.removeAttribute("data-go"); show(form, Number(screen.dataset.screen), field); }
      else form.toggleAttribute("data-last", Number(form.dataset.at) === most(form));
    }
  };
  document.addEventListener("htmx:after:swap", wake);
  wake();
})();
