// The board is one stop for the Tab key; inside it the arrow keys go from time to time and from
// row to row. A click on free time books from where it was clicked. Without this, all are links.
const QUARTER = 15;

class Board {
  constructor(region) {
    this.region = region;
    this.read();
    region.setAttribute("aria-describedby", "board-keys");
    region.addEventListener("board:swapped", () => this.read());
    region.addEventListener("keydown", (event) => this.move(event));
    region.addEventListener("focusin", (event) => this.stay(event.target));
  }

  read() {
    const { activeElement } = document;
    this.rows = [...this.region.querySelectorAll(".board__row")]
      .map((row) => [...row.querySelectorAll("a")])
      .filter((links) => links.length);
    for (const link of this.rows.flat()) link.tabIndex = -1;
    for (const past of this.region.querySelectorAll(".board__past")) past.hidden = true;
    const first = this.rows.flat().includes(activeElement) ? activeElement : this.rows[0]?.[0];
    if (first) first.tabIndex = 0;
  }

  stay(link) {
    if (!link.closest(".board__row") || !link.matches("a")) return;
    for (const other of this.region.querySelectorAll('.board__row a[tabindex="0"]')) other.tabIndex = -1;
    link.tabIndex = 0;
  }

  move(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const y = this.rows.findIndex((links) => links.includes(event.target));
    if (y < 0) return;
    const target = this.goal(event.key, y, this.rows[y].indexOf(event.target), event.target);
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  goal(key, y, x, link) {
    const row = this.rows[y];
    switch (key) {
      case "ArrowLeft": return row[x - 1];
      case "ArrowRight": return row[x + 1];
      case "Home": return row[0];
      case "End": return row.at(-1);
      case "ArrowUp": return this.nearest(this.rows[y - 1], link);
      case "ArrowDown": return this.nearest(this.rows[y + 1], link);
      case "PageUp": return this.group(y, -1);
      case "PageDown": return this.group(y, 1);
      default: return null;
    }
  }

  nearest(row, link) {
    const from = link.getBoundingClientRect().left;
    const away = (other) => Math.abs(other.getBoundingClientRect().left - from);
    return row?.reduce((best, other) => (away(other) < away(best) ? other : best));
  }

  group(y, step) {
    const here = this.rows[y][0].closest("section");
    const others = this.rows.filter((links) => links[0].closest("section") !== here);
    const beyond = others.filter((links) => Math.sign(this.rows.indexOf(links) - y) === step);
    const next = step > 0 ? beyond[0] : beyond.at(-1);
    if (!next) return null;
    const section = next[0].closest("section");
    return this.rows.find((links) => links[0].closest("section") === section)[0];
  }
}

// Which part of a free stretch is meant by a place in it.
class Pointing {
  constructor(region) {
    this.ghost = document.createElement("li");
    this.ghost.setAttribute("aria-hidden", "true");
    const usable = (event) => !region.dataset.chosen && event.target.closest?.("a.block--free");
    region.addEventListener("pointermove", (event) => this.show(usable(event), event));
    region.addEventListener("pointerleave", () => this.ghost.remove());
    region.addEventListener("click", (event) => this.book(usable(event), event));
  }

  offer(link, event) {
    const step = Number(link.closest(".board__row").dataset.step || 0);
    if (!step) return null;
    const cell = link.parentElement;
    const [first, last] = ["from", "to"].map((edge) => Number(cell.className.match(`${edge}-(\\d+)`)[1]));
    const box = cell.getBoundingClientRect();
    const room = (last - first) * QUARTER;
    const url = new URL(link.href);
    const usual = minutes(url.searchParams.get("to")) - minutes(url.searchParams.get("from"));
    const at = Math.floor(((event.clientX - box.left) / box.width) * room / step) * step;
    const from = Math.max(0, Math.min(at, room - step));
    const to = Math.min(room, from + usual);
    const start = minutes(url.searchParams.get("from"));
    url.searchParams.set("from", written(start + from));
    url.searchParams.set("to", written(start + to));
    return { url, first: first + from / QUARTER, last: first + to / QUARTER, start: start + from, end: start + to };
  }

  show(link, event) {
    const offer = link && event.pointerType === "mouse" && this.offer(link, event);
    if (!offer) return this.ghost.remove();
    this.ghost.className = `ghost from-${Math.floor(offer.first)} to-${Math.ceil(offer.last)}`;
    const block = document.createElement("span");
    block.className = "block block--selected";
    const words = document.createElement("span");
    words.textContent = `${clock(offer.start)}–${clock(offer.end)}`;
    block.append(words);
    this.ghost.replaceChildren(block);
    link.closest(".track").append(this.ghost);
  }

  book(link, event) {
    // A click by keyboard has no place (detail is 0): it follows the link as it is.
    const offer = link && event.detail && !event.defaultPrevented && this.offer(link, event);
    if (offer) link.href = offer.url;
  }
}

// Local wall times, counted as if they were UTC: only differences matter.
const minutes = (written) => Date.parse(`${written.slice(0, 16)}Z`) / 60000;
const written = (count) => new Date(count * 60000).toISOString().slice(0, 16);
const clock = (count) => written(count).slice(11);

// Where the board is wider than the window it opens at what is now.
function openAtNow(region) {
  const now = region.querySelector(".board__now");
  const name = region.querySelector(".board__name");
  if (!now || region.scrollWidth <= region.clientWidth) return;
  const beside = name.offsetWidth + (region.clientWidth - name.offsetWidth) / 4;
  region.scrollLeft = now.getBoundingClientRect().left - region.getBoundingClientRect().left - beside;
}

// Where the board scrolls sideways in a region of its own, its hours cannot stick to the window
// by themselves: they follow it down the page.
class Hours {
  constructor(region) {
    this.region = region;
    const follow = () => {
      this.asked ??= requestAnimationFrame(() => this.follow());
    };
    addEventListener("scroll", follow, { passive: true });
    addEventListener("resize", follow);
    region.addEventListener("board:swapped", follow);
  }

  follow() {
    this.asked = null;
    const hours = this.region.querySelector(".board__axis");
    const { top, height } = this.region.getBoundingClientRect();
    const stays = getComputedStyle(this.region).overflowX === "visible";
    const down = stays ? 0 : Math.max(0, Math.min(-top, height - 3 * hours.offsetHeight));
    hours.style.translate = down ? `0 ${down}px` : "";
  }
}

for (const region of document.querySelectorAll("[data-board]")) {
  new Hours(region);
  openAtNow(region);
  new Board(region);
  new Pointing(region);
}

for (const form of document.querySelectorAll("[data-goto]")) {
  form.querySelector(".button").hidden = true;
  form.querySelector("input[type=date]").addEventListener("change", (event) => {
    if (event.target.validity.valid && event.target.value) form.requestSubmit();
  });
}

// What is too narrow for its words says them to the mouse.
document.addEventListener("mouseover", ({ target }) => {
  const block = target.closest?.("[data-board] .block:not(.block--free)");
  if (block && !block.title) block.title = block.textContent;
});
