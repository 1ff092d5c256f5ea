// The published tree's one script. Every page reads and plays without it.
"use strict";

// Only one sound at a time.
document.addEventListener("play", (event) => {
  for (const other of document.querySelectorAll("audio")) {
    if (other !== event.target) other.pause();
  }
}, true);

// The transcript follows the sound; a sentence pressed is heard from its beginning.
const sound = document.getElementById("sound");
const cues = Array.from(document.querySelectorAll(".cue"));
if (sound && cues.length) {
  let heard = null;
  const follow = () => {
    const at = sound.currentTime * 1000;
    const next = cues.find((cue) => Number(cue.dataset.start) <= at && at < Number(cue.dataset.end)) || null;
    if (next === heard) return;
    if (heard) heard.classList.remove("heard");
    if (next) next.classList.add("heard");
    heard = next;
  };
  const hearFrom = (cue) => {
    sound.currentTime = Number(cue.dataset.start) / 1000 + 0.01;
    sound.play();
  };
  sound.addEventListener("timeupdate", follow);
  sound.addEventListener("seeked", follow);
  for (const cue of cues) {
    cue.setAttribute("role", "button");
    cue.tabIndex = 0;
    cue.addEventListener("click", () => hearFrom(cue));
    cue.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      hearFrom(cue);
    });
  }
  for (const hint of document.querySelectorAll(".follows")) hint.hidden = false;
}

// Addresses are copied by a button where the browser allows it, and selected by a touch everywhere.
for (const button of document.querySelectorAll(".copy")) {
  const field = document.getElementById(button.dataset.copies);
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) continue;
  const name = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(field.value).then(() => {
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = name; }, 2000);
    });
  });
}

// The session that is on air by the reader's own watch.
const markOnAir = () => {
  const now = Date.now();
  for (const session of document.querySelectorAll(".session[data-start]")) {
    const isOnAir = Date.parse(session.dataset.start) <= now && now < Date.parse(session.dataset.end);
    if (isOnAir === session.classList.contains("on-air")) continue;
    session.classList.toggle("on-air", isOnAir);
    if (isOnAir) {
      const mark = document.createElement("span");
      mark.className = "now";
      mark.textContent = session.dataset.onAir;
      session.querySelector("header").append(mark);
    } else {
      session.querySelector(".now").remove();
    }
  }
};
markOnAir();
setInterval(markOnAir, 20000);
