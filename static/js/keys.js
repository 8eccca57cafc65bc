// Keyboard and clicker, in a browser signed in as facilitator only: the server refuses the others.
(() => {
  const keys = document.getElementById("keys");
  const root = document.documentElement;
  const bright = () => {
    const on = root.toggleAttribute("data-bright");
    try { localStorage.setItem("morgen:bright", on ? "yes" : ""); } catch { /* private mode */ }
  };
  try { if (localStorage.getItem("morgen:bright") && document.body.classList.contains("projector")) bright(); } catch { /* private mode */ }
  const post = (path, fields) => fetch(`/w/${keys.dataset.code}/${path}`, {
    method: "POST", body: new URLSearchParams(fields), headers: { "HX-Request": "true" },
  });
  const moment = (name) => document.querySelector(`[data-${name}]`)?.dataset[name];
  const go = (name) => {
    const to = moment(name);
    if (to !== undefined && to !== "") post("stage", { leaves: moment("moment") || "", leads_to: to });
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select, [contenteditable]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "l" || event.key === "L") { bright(); return; }
    if (!keys?.dataset.code) return;
    const isButton = event.target.closest("button, a, summary");
    if (event.key === "ArrowRight" || event.key === "PageDown") go("next");
    else if (event.key === "ArrowLeft" || event.key === "PageUp") go("previous");
    else if (event.key === "b" || event.key === "B" || event.key === ".") post("blank", { blank: moment("blank") === "yes" ? "no" : "yes" });
    else return;
    if (!isButton || event.key !== " ") event.preventDefault();
  });
})();
