// The facilitator's clock: minutes left until the fixed end and in this step, and the call for the commitment.
(() => {
  const minutes = (until, now) => Math.ceil((until - now) / 60000);
  const write = (node, count) => { if (node) node.textContent = node.dataset.text.replace("#", String(count)); };
  const draw = () => {
    const face = document.querySelector("[data-clock]");
    if (!face) return;
    const now = Date.now() + (window.morgen?.offset || 0);
    const left = minutes(Number(face.dataset.ends), now);
    write(face.querySelector("[data-left]"), left);
    if (face.dataset.stepBegan) {
      const step = minutes(Number(face.dataset.stepBegan) + Number(face.dataset.stepMinutes) * 60000, now);
      write(face.querySelector("[data-step-left]"), step);
      face.classList.toggle("clock-behind", step < 0);
    }
    const due = document.querySelector("#to-commitment");
    const warning = face.querySelector("[data-warning]");
    if (warning) warning.hidden = !(due && left <= Number(face.dataset.commit));
  };
  draw();
  setInterval(draw, 1000);
  document.addEventListener("htmx:after:swap", draw);
})();
