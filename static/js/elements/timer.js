// Counts down to the deadline in data-ends (epoch ms by the server's clock). At zero it stays at 0:00: nothing closes.
(() => {
  const draw = () => {
    for (const timer of document.querySelectorAll(".timer[data-ends]")) {
      const left = Math.max(0, Number(timer.dataset.ends) - Date.now() - (window.morgen?.offset || 0));
      const seconds = Math.ceil(left / 1000);
      const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (timer.textContent !== text) timer.textContent = text;
      timer.classList.toggle("timer-over", seconds === 0);
    }
  };
  draw();
  setInterval(draw, 250);
  document.addEventListener("htmx:after:swap", draw);
})();
