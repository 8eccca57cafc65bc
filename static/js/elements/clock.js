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
    const behind = face.querySelector("[data-behind]");
    if (behind && face.dataset.stepBegan) {
      const inStep = Math.max(0, Number(face.dataset.stepMinutes) - (now - Number(face.dataset.stepBegan)) / 60000);
      const late = Math.round(inStep + Number(face.dataset.later) - (Number(face.dataset.ends) - now) / 60000);
      const text = late > 0 ? behind.dataset.text : late < 0 ? behind.dataset.ahead : behind.dataset.onTime;
      behind.textContent = text.replace("#", String(Math.abs(late)));
      behind.classList.toggle("is-late", late > 0);
      const cut = face.querySelector("[data-cut]");
      if (cut) cut.hidden = late < Math.max(2, Number(cut.dataset.cut) / 2);
    }
    const due = document.querySelector("#to-commitment");
    const warning = face.querySelector("[data-warning]");
    if (warning) warning.hidden = !(due && left <= Number(face.dataset.commit));
  };
  draw();
  setInterval(draw, 1000);
  document.addEventListener("htmx:after:swap", draw);
})();
