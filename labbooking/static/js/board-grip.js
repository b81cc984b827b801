// A booking one may move is taken by mouse, by finger or by key: its middle moves it, its ends make
// it shorter or longer. A finger holds it for a moment first, so that the board can still be
// scrolled. What is wished for goes to board-move.js, which asks; nothing has happened yet.
const EDGE = 9;
const HOLD_FOR = 450;
const TREMBLE = 8;
const NEAR = 44;
const HINT = 180;
const DAY = 24 * 60;

class Grip {
  constructor(region, words) {
    this.region = region;
    this.words = words;
    this.said = document.querySelector("[data-said]");
    this.hintLine = document.querySelector("[data-grip-hint]");
    this.starts = region.dataset.starts.split(" ");
    this.ends = region.dataset.ends?.split(" ");
    region.addEventListener("pointerdown", (event) => this.press(event));
    region.addEventListener("pointermove", (event) => this.hint(event));
    region.addEventListener("dragstart", (event) => event.preventDefault());
    region.addEventListener("contextmenu", (event) => (this.waiting || this.picked) && event.preventDefault());
    region.addEventListener("click", (event) => this.click(event), true);
    region.addEventListener("keydown", (event) => this.key(event), true);
    region.addEventListener("focusout", () => this.byKey && this.leave());
    region.addEventListener("board:swapped", () => this.watch());
    document.addEventListener("pointermove", (event) => this.drag(event));
    document.addEventListener("pointerup", () => this.drop());
    document.addEventListener("pointercancel", () => this.leave());
    document.addEventListener("pointerdown", ({ target }) => this.picked && !this.region.contains(target) && this.leave());
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.leave());
    this.watch();
  }

  // Only where a booking can be held does a finger's way wait for this script.
  watch() {
    for (const block of this.region.querySelectorAll("[data-moves]:not([data-watched])")) {
      block.dataset.watched = "";
      this.stay(block);
    }
  }

  // While something is held the finger moves that, not the page.
  stay(element) {
    element.addEventListener("touchmove", (event) => this.held && event.preventDefault(), { passive: false });
  }

  // Columns, as grid lines: first inclusive, last exclusive.
  place(block) {
    const { className } = block.parentElement;
    const [first, last] = ["from", "to"].map((edge) => Number(className.match(`${edge}-(\\d+)`)[1]));
    return { first, last };
  }

  stretches(block) {
    return Boolean(this.ends) || "nights" in block.closest(".board__row").dataset;
  }

  part(block, clientX) {
    const box = block.getBoundingClientRect();
    if (!this.stretches(block) || box.width < 4 * EDGE) return "move";
    if (clientX - box.left < EDGE) return "start";
    return box.right - clientX < EDGE ? "end" : "move";
  }

  hint({ target, clientX }) {
    const block = target.closest?.("[data-moves]");
    if (block) block.dataset.grip = this.part(block, clientX);
  }

  press(event) {
    const grips = event.target.closest(".grips");
    const block = grips ? this.picked : event.target.closest("[data-moves]");
    const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!grips && this.picked) this.leave();
    if (!block || !plain) return;
    if (grips) this.take(block, event.target.dataset.part ?? "move", event);
    else if (event.pointerType === "mouse") this.take(block, this.part(block, event.clientX), event);
    else this.wait(block, event);
  }

  wait(block, { clientX, clientY }) {
    const lift = () => {
      this.waiting = null;
      this.pick(block);
      this.take(block, "move", { clientX });
      this.region.dataset.busy = "moving";
      navigator.vibrate?.(10);
    };
    this.waiting = { timer: setTimeout(lift, HOLD_FOR), x: clientX, y: clientY };
  }

  stopWaiting() {
    clearTimeout(this.waiting?.timer);
    this.waiting = null;
  }

  // Picked up: it shows its ends, and stays so until it is let go or left.
  pick(block, byKey = false) {
    this.picked = block;
    this.byKey = byKey;
    this.span = this.place(block);
    this.region.dataset.busy = "picked";
    this.hintLine.hidden = byKey;
    this.hintLine.classList.toggle("grip-hint--top", block.getBoundingClientRect().bottom > innerHeight - HINT);
    this.draw();
    this.tell(byKey ? this.words.picked : this.hintLine.textContent);
  }

  take(block, part, { clientX }) {
    const track = block.closest(".track").getBoundingClientRect();
    const span = this.picked ? this.span : this.place(block);
    this.held = { block, part, ...span, x: clientX + this.region.scrollLeft, column: track.width / this.starts.length };
  }

  drag(event) {
    const { clientX, clientY } = event;
    if (this.waiting && Math.hypot(clientX - this.waiting.x, clientY - this.waiting.y) > TREMBLE) this.stopWaiting();
    if (!this.held) return;
    const { block, x, column, part } = this.held;
    const way = clientX + this.region.scrollLeft - x;
    if (!this.ghost && Math.abs(way) < 6) return;
    this.region.dataset.busy = "moving";
    this.picked ??= block;
    this.span = this.changed(this.held, part, Math.round(way / column));
    this.draw();
    this.scroll(event);
  }

  // The same span moved, or with another end, within the board.
  changed({ first, last }, part, by) {
    const most = this.starts.length + 1;
    const within = (least, value, top) => Math.max(least, Math.min(value, top));
    if (part === "start") return { first: within(1, first + by, last - 1), last };
    if (part === "end") return { first, last: within(first + 1, last + by, most) };
    const step = within(1 - first, by, most - last);
    return { first: first + step, last: last + step };
  }

  // Near the edge of a board that is wider than the window, the board comes along.
  scroll({ clientX }) {
    const box = this.region.getBoundingClientRect();
    const left = this.region.querySelector(".board__name").getBoundingClientRect().right;
    const way = clientX > box.right - NEAR ? 1 : clientX < left + NEAR ? -1 : 0;
    cancelAnimationFrame(this.scrolling);
    if (!way || this.region.scrollWidth <= this.region.clientWidth) return;
    this.scrolling = requestAnimationFrame(() => {
      const before = this.region.scrollLeft;
      this.region.scrollLeft += way * 8;
      if (this.held && this.region.scrollLeft !== before) this.drag({ clientX });
    });
  }

  draw() {
    if (!this.ghost) {
      this.ghost = document.createElement("li");
      this.stay(this.ghost);
      this.ghost.setAttribute("aria-hidden", "true");
      this.ghost.innerHTML = '<span class="block block--selected"><span></span></span>';
      for (const part of this.stretches(this.picked) ? ["start", "end"] : []) {
        const end = document.createElement("i");
        end.className = `grip grip--${part}`;
        end.dataset.part = part;
        this.ghost.append(end);
      }
      this.picked.closest(".track").append(this.ghost);
    }
    this.ghost.className = `ghost chosen grips from-${this.span.first} to-${this.span.last}`;
    this.ghost.querySelector(".block > span").textContent = this.inWords();
    this.hintLine.querySelector("strong").textContent = this.inWords();
  }

  // The click that ends a drag is none.
  click(event) {
    if (!this.dropped) return;
    event.preventDefault();
    event.stopPropagation();
  }

  drop() {
    this.stopWaiting();
    if (!this.held) return;
    const { block, ...before } = this.held;
    const moved = this.ghost && (this.span.first !== before.first || this.span.last !== before.last);
    const lifted = this.ghost && this.region.dataset.busy === "moving";
    this.held = null;
    if (this.ghost) {
      this.dropped = true;
      setTimeout(() => { this.dropped = false; }, 100);
    }
    if (moved) this.wish(block);
    else if (lifted && !this.hintLine.hidden) this.region.dataset.busy = "picked";
    else this.leave();
  }

  leave() {
    this.stopWaiting();
    cancelAnimationFrame(this.scrolling);
    if (this.picked || this.held) delete this.region.dataset.busy;
    this.vanish(this.ghost);
    this.hintLine.hidden = true;
    this.held = this.picked = this.ghost = this.byKey = null;
  }

  // Gone when the finger is: a browser that loses what was touched loses the next tap as well.
  vanish(ghost) {
    if (!ghost) return;
    ghost.hidden = true;
    setTimeout(() => ghost.remove());
  }

  wish(block) {
    const detail = { block, ...this.times(block) };
    this.leave();
    this.region.dispatchEvent(new CustomEvent("board:wish", { detail }));
  }

  times(block) {
    const { from, to } = block.dataset;
    const was = this.place(block);
    const { first, last } = this.span;
    const nights = from.length === 10;
    const moved = minutes(this.starts[first - 1]) - minutes(this.starts[was.first - 1]);
    if (last - first === was.last - was.first) return { from: later(from, moved), to: later(to, moved) };
    const end = () => (nights ? later(this.starts[last - 2], DAY) : this.ends[last - 2]);
    return { from: first === was.first ? from : this.starts[first - 1], to: last === was.last ? to : end() };
  }

  // By key: space picks up, the arrow keys move, with Shift they move the end, Enter asks.
  key(event) {
    const block = event.target.closest("[data-moves]");
    if (!block || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!this.act(event, block)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  act({ key, shiftKey }, block) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (!this.byKey && (key === " " || (by && shiftKey && this.stretches(block)))) this.pick(block, true);
    else if (!this.byKey) return false;
    if (by && (!shiftKey || this.stretches(block))) this.step(shiftKey ? "end" : "move", by);
    if (key === "Enter") this.wish(block);
    if (key === "Escape") {
      this.leave();
      this.tell(this.words.left);
    }
    return key !== "Tab";
  }

  step(part, by) {
    this.span = this.changed(this.span, part, by);
    this.draw();
    this.ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.tell(this.inWords());
  }

  inWords() {
    const { from, to } = this.times(this.picked);
    return `${spoken(from, this.ends)}–${spoken(to, this.ends && from.slice(0, 10) === to.slice(0, 10))}`;
  }

  tell(words) {
    this.said.textContent = words;
  }
}

// Local wall times, counted as if they were UTC: only differences matter.
const minutes = (written) => Date.parse(written.length > 10 ? `${written.slice(0, 16)}Z` : `${written}T00:00Z`) / 60000;
const later = (written, by) => new Date((minutes(written) + by) * 60000).toISOString().slice(0, written.length > 10 ? 16 : 10);

function spoken(written, clockAlone) {
  const clock = written.length > 10 ? { hour: "2-digit", minute: "2-digit" } : {};
  const day = clockAlone && written.length > 10 ? {} : { weekday: "short", day: "numeric", month: "short" };
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...day, ...clock, hourCycle: "h23", timeZone: "UTC" }).format(minutes(written) * 60000);
}

for (const region of document.querySelectorAll("[data-board][data-starts]")) {
  const dialog = document.getElementById("board-move");
  if (dialog) new Grip(region, dialog.dataset);
}
