// The console's one script. Every page works without it; with it, the reading follows the typing, and a voice can be recorded.
"use strict";

// The reading beside the text, while one types.
const writing = document.getElementById("writing");
const shown = document.getElementById("reading");
if (writing && shown) {
  let waits = 0;
  let asked = 0;
  const look = async (submitter) => {
    const number = ++asked;
    const form = new FormData(writing);
    form.set("part", "1");
    if (submitter) {
      form.set("do", submitter.value);
      form.set("part", "remedy");
    }
    let answer;
    try {
      answer = await fetch(writing.dataset.look, { method: "POST", body: form });
    } catch {
      return;
    }
    if (!answer.ok || number !== asked || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const text = page.getElementById("taken");
    if (text) writing.elements.text.value = text.value;
    if (text) text.remove();
    const held = document.activeElement;
    if (!submitter && held && shown.contains(held)) return;
    shown.replaceChildren(...page.body.childNodes);
    keep();
  };
  const soon = () => {
    clearTimeout(waits);
    waits = setTimeout(look, 350);
  };
  for (const name of ["text", "title", "not_before", "expires", "kind", "campaign"]) {
    writing.elements[name].addEventListener("input", soon);
  }
  for (const tick of writing.querySelectorAll("[name=areas]")) tick.addEventListener("change", soon);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remedy]");
    if (!button) return;
    event.preventDefault();
    look(button);
  });

  // What is typed outlives a power cut: it stays in this browser until it is kept.
  const place = writing.dataset.keeps ? `writing ${writing.dataset.keeps}` : null;
  const keep = () => {
    if (!place) return;
    const said = { title: writing.elements.title.value, text: writing.elements.text.value };
    try {
      localStorage.setItem(place, JSON.stringify(said));
    } catch { /* a browser that keeps nothing */ }
  };
  if (place) {
    try {
      const before = JSON.parse(localStorage.getItem(place) || "null");
      if (before && !writing.elements.text.value && !writing.elements.title.value) {
        writing.elements.title.value = before.title;
        writing.elements.text.value = before.text;
        if (before.text) look();
      }
    } catch { /* a browser that keeps nothing */ }
    writing.addEventListener("input", keep);
  }
}

if (new URLSearchParams(location.search).has("kept")) {
  try {
    localStorage.removeItem("writing new");
  } catch { /* a browser that keeps nothing */ }
}

// One's own voice, recorded here.
for (const form of document.querySelectorAll("[data-records]")) {
  if (!navigator.mediaDevices || !window.MediaRecorder) continue;
  const part = (selector) => form.querySelector(selector);
  const [begin, end, clock, heard, refused] = ["[data-begin]", "[data-end]", ".clock", "audio", "[data-refused]"].map(part);
  const file = part("input[type=file]");
  let recorder = null;
  let ticking = 0;
  part(".recorder").hidden = false;
  begin.addEventListener("click", async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, noiseSuppression: true, autoGainControl: true } });
    } catch {
      refused.textContent = refused.dataset.refused;
      refused.hidden = false;
      return;
    }
    refused.hidden = true;
    const pieces = [];
    const since = Date.now();
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(ticking);
      for (const track of stream.getTracks()) track.stop();
      const kind = recorder.mimeType || "audio/webm";
      const sound = new Blob(pieces, { type: kind });
      const given = new DataTransfer();
      given.items.add(new File([sound], kind.includes("mp4") ? "voice.m4a" : kind.includes("ogg") ? "voice.ogg" : "voice.webm", { type: kind }));
      file.files = given.files;
      heard.src = URL.createObjectURL(sound);
      heard.hidden = false;
      begin.hidden = false;
      end.hidden = true;
    });
    recorder.start(1000);
    begin.hidden = true;
    end.hidden = false;
    clock.hidden = false;
    ticking = setInterval(() => {
      const seconds = Math.floor((Date.now() - since) / 1000);
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    }, 250);
  });
  end.addEventListener("click", () => recorder && recorder.stop());
}

// Long work says that it has begun, and is not asked for twice.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || button.dataset.remedy !== undefined) return;
  setTimeout(() => {
    button.disabled = true;
    button.dataset.waits = "";
  }, 0);
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-waits]")) button.disabled = false;
});
