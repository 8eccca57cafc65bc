// Counts down to the deadline in data-ends (epoch ms by the server's clock). At zero it stays at 0:00: nothing closes.
// A sound at zero only in a browser whose trainer ticked it (data-sound): off by default.
(() => {
  const KEY = "morgen:sound";
  const wanted = () => { try { return localStorage.getItem(KEY) === "yes"; } catch { return false; } };
  let speaker;
  let counting = false;
  const ring = () => {
    speaker ||= new AudioContext();
    const tone = new OscillatorNode(speaker, { frequency: 660 });
    const volume = new GainNode(speaker, { gain: 0.15 });
    volume.gain.exponentialRampToValueAtTime(0.001, speaker.currentTime + 1.2);
    tone.connect(volume).connect(speaker.destination);
    tone.start();
    tone.stop(speaker.currentTime + 1.2);
  };
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-sound]")) return;
    try { localStorage.setItem(KEY, event.target.checked ? "yes" : ""); } catch { /* private mode */ }
    if (event.target.checked) ring();
  });
  const draw = () => {
    for (const timer of document.querySelectorAll(".timer[data-ends]")) {
      const left = Math.max(0, Number(timer.dataset.ends) - Date.now() - (window.morgen?.offset || 0));
      const seconds = Math.ceil(left / 1000);
      const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (timer.textContent !== text) timer.textContent = text;
      timer.classList.toggle("timer-over", seconds === 0);
      if (counting && seconds === 0 && document.querySelector("[data-sound]") && wanted()) ring();
      counting = seconds > 0;
    }
    for (const box of document.querySelectorAll("[data-sound]")) box.checked = wanted();
  };
  draw();
  setInterval(draw, 250);
  document.addEventListener("htmx:after:swap", draw);
})();
