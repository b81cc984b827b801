// The board asks every 20 seconds whether it has changed (docs/decisions: board polling). Only rows
// that differ are exchanged, so focus, scroll and what is chosen stay where they are.
const EVERY = 20_000;

class Live {
  constructor(region) {
    this.region = region;
    this.etag = region.dataset.etag;
    setInterval(() => this.ask(), EVERY);
    document.addEventListener("visibilitychange", () => this.ask());
    region.addEventListener("board:ask", () => this.ask());
  }

  get resting() {
    return document.hidden || this.region.dataset.busy || document.querySelector("dialog[open]");
  }

  async ask() {
    if (this.resting) return;
    const answer = await fetch(location.href, {
      headers: { "X-Board": "sheet", "X-Asked-By-Itself": "1", "If-None-Match": this.etag },
      cache: "no-store",
    }).catch(() => null);
    if (answer?.status !== 200 || answer.redirected) return;
    const words = await answer.text();
    if (this.resting) return;
    this.swap(new DOMParser().parseFromString(words, "text/html"));
    this.etag = answer.headers.get("ETag");
  }

  swap(told) {
    const fresh = told.querySelector("[data-board]");
    const [old, now] = [this.region, fresh].map((each) => [...(each?.querySelectorAll(".board__row") ?? [])]);
    const known = (rows) => rows.map((row) => row.dataset.slug).join();
    if (!fresh || known(old) !== known(now) || fresh.dataset.starts !== this.region.dataset.starts) {
      location.reload();
      return;
    }
    old.forEach((row, number) => exchange(row, now[number]));
    const [line, next] = [this.region, fresh].map((each) => each.querySelector(".board__now"));
    if (line && next) line.className = next.className;
    for (const said of told.querySelectorAll("[data-live]")) say(said);
    this.region.dispatchEvent(new CustomEvent("board:swapped"));
  }
}

// What is free today, and what is closed: sentences beside the sheet.
function say(fresh) {
  const old = document.querySelector(`[data-live="${fresh.dataset.live}"]`);
  if (old && old.outerHTML !== fresh.outerHTML) old.replaceWith(document.adoptNode(fresh));
}

function exchange(row, fresh) {
  const [track, next] = [row, fresh].map((each) => each.querySelector(".track"));
  for (const ghost of track.querySelectorAll(".ghost")) ghost.remove();
  if (plain(track) === plain(next)) return;
  const links = [...track.querySelectorAll("a")];
  const focused = links.indexOf(document.activeElement);
  track.replaceChildren(...next.childNodes);
  if (focused >= 0) {
    const after = track.querySelectorAll("a");
    (after[Math.min(focused, after.length - 1)] ?? row.querySelector("a"))?.focus({ preventScroll: true });
  }
}

// What the other modules add to a link is no news.
const plain = (track) => track.innerHTML.replace(/ (tabindex|title|data-grip|data-watched)="[^"]*"/g, "");

for (const region of document.querySelectorAll("[data-board][data-etag]")) new Live(region);
