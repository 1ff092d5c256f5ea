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

// What is on by the reader's own watch. Instants carry their zone, hours are shown as the page holds them: a watch abroad changes nothing.
const box = document.getElementById("on-now");
const sessions = Array.from(document.querySelectorAll("[data-start][data-end]"))
  .map((element) => ({ element, start: Date.parse(element.dataset.start), end: Date.parse(element.dataset.end) }))
  .sort((one, other) => one.start - other.start);
const items = Array.from(document.querySelectorAll(".items > li"))
  .map((element) => ({ element, start: Date.parse(element.querySelector("time").dateTime) }));

const line = (label, text, className) => {
  const paragraph = document.createElement("p");
  if (className) paragraph.className = className;
  const strong = document.createElement("b");
  strong.textContent = label;
  if (label) paragraph.append(strong, " ");
  paragraph.append(text);
  return paragraph;
};
const titleOf = (item) => item.element.querySelector(".title").textContent.trim().replace(/\s+/g, " ");
const hourOf = (item) => item.element.querySelector("time").textContent;

const tell = () => {
  const now = Date.now();
  const onAir = sessions.find((session) => session.start <= now && now < session.end);
  for (const session of sessions) session.element.classList.toggle("on-air", session === onAir);
  const within = onAir ? items.filter((item) => onAir.element.contains(item.element)) : [];
  const playing = within.filter((item) => item.start <= now).pop();
  for (const item of items) {
    if (item === playing) item.element.setAttribute("aria-current", "true");
    else item.element.removeAttribute("aria-current");
  }
  const said = [];
  if (onAir) {
    said.push(line(`${box.dataset.onAir}:`, playing ? titleOf(playing) : onAir.element.dataset.name, "loud"));
    const then = within.find((item) => item.start > now && item.element.classList.contains("item"));
    if (then) said.push(line(`${box.dataset.then}:`, `${hourOf(then)} ${titleOf(then)}`));
  } else {
    said.push(line("", box.dataset.silent));
    const next = sessions.find((session) => session.start > now);
    if (next) {
      const today = new Date(now + 7 * 3600000).toISOString().slice(0, 10);
      const { day, dayName, hour, name } = next.element.dataset;
      said.push(line(`${box.dataset.next}:`, `${hour} ${day === today ? box.dataset.today : dayName}, ${name}`));
    } else {
      said.push(line("", box.dataset.none));
    }
  }
  if (said.map((one) => one.textContent).join() !== box.dataset.said) {
    box.dataset.said = said.map((one) => one.textContent).join();
    box.replaceChildren(...said);
  }
};
if (box) {
  tell();
  setInterval(tell, 5000);
}
