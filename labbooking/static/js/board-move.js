// A booking one may move follows the mouse: its middle moves it, its edges make it shorter or
// longer. Nothing happens before the server has said what would come of it, and somebody agreed.
const EDGE = 9;
const UNDO_FOR = 30_000;

class Moving {
  constructor(region, dialog) {
    this.region = region;
    this.dialog = dialog;
    this.form = dialog.querySelector("form");
    this.starts = region.dataset.starts.split(" ");
    this.ends = region.dataset.ends?.split(" ");
    region.addEventListener("pointerdown", (event) => this.press(event));
    region.addEventListener("pointermove", (event) => this.hint(event));
    region.addEventListener("dragstart", (event) => event.preventDefault());
    region.addEventListener("click", (event) => this.click(event), true);
    document.addEventListener("pointermove", (event) => this.drag(event));
    document.addEventListener("pointerup", () => this.drop());
    document.addEventListener("pointercancel", () => this.letGo());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.letGo());
    this.form.addEventListener("submit", (event) => this.submit(event));
  }

  part(block, clientX) {
    const box = block.getBoundingClientRect();
    if (!this.ends && !("nights" in block.closest(".board__row").dataset)) return "move";
    if (box.width < 4 * EDGE) return "move";
    if (clientX - box.left < EDGE) return "start";
    return box.right - clientX < EDGE ? "end" : "move";
  }

  hint({ target, clientX }) {
    const block = target.closest?.("[data-moves]");
    if (block) block.dataset.grip = this.part(block, clientX);
  }

  press(event) {
    const block = event.target.closest?.("[data-moves]");
    const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!block || !plain || event.pointerType !== "mouse") return;
    const track = block.closest(".track").getBoundingClientRect();
    const [first, last] = ["from", "to"].map((edge) => Number(block.parentElement.className.match(`${edge}-(\\d+)`)[1]));
    this.held = { block, first, last, part: this.part(block, event.clientX), x: event.clientX, column: track.width / this.starts.length };
  }

  drag({ clientX }) {
    if (!this.held) return;
    const { block, first, last, part, x, column } = this.held;
    if (!this.ghost && Math.abs(clientX - x) < 6) return;
    this.region.dataset.busy = "moving";
    const most = this.starts.length + 1;
    let by = Math.round((clientX - x) / column);
    if (part === "start") by = Math.max(1 - first, Math.min(by, last - first - 1));
    else if (part === "end") by = Math.max(first - last + 1, Math.min(by, most - last));
    else by = Math.max(1 - first, Math.min(by, most - last));
    this.by = by;
    this.draw(block, first + (part === "end" ? 0 : by), last + (part === "start" ? 0 : by));
  }

  draw(block, first, last) {
    if (!this.ghost) {
      this.ghost = document.createElement("li");
      this.ghost.setAttribute("aria-hidden", "true");
      this.ghost.append(Object.assign(document.createElement("span"), { className: "block block--selected" }));
      block.closest(".track").append(this.ghost);
    }
    this.ghost.className = `ghost chosen from-${first} to-${last}`;
  }

  // The click that ends a drag is none.
  click(event) {
    if (!this.dropped) return;
    event.preventDefault();
    event.stopPropagation();
  }

  letGo() {
    this.ghost?.remove();
    this.held = this.ghost = null;
    delete this.region.dataset.busy;
  }

  drop() {
    if (!this.held) return;
    const { held, by, ghost } = this;
    this.letGo();
    if (!ghost) return;
    this.dropped = true;
    setTimeout(() => { this.dropped = false; });
    if (by) this.ask(held.block, this.times(held, by));
  }

  times({ block, first, last, part }, by) {
    const { from, to } = block.dataset;
    const nights = from.length === 10;
    if (part === "start") return { from: this.starts[first - 1 + by], to };
    if (part === "end") return { from, to: nights ? later(this.starts[last - 2 + by], DAY) : this.ends[last - 2 + by] };
    const moved = minutes(this.starts[first - 1 + by]) - minutes(this.starts[first - 1]);
    return { from: later(from, moved), to: later(to, moved) };
  }

  async ask(block, { from, to }) {
    const { moves, from: start, to: end } = block.dataset;
    this.asked = { moves, old: { from: start, to: end } };
    const answer = await fetch(`${moves}?${new URLSearchParams({ from, to })}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok) {
      location.href = block.href;
      return;
    }
    this.dialog.querySelector("[data-move-old]").textContent = block.textContent;
    this.fill(await answer.text(), { from, to });
    this.dialog.showModal();
  }

  fill(words, times) {
    const outcome = new DOMParser().parseFromString(words, "text/html").querySelector("#outcome");
    const fields = Object.entries(times).map(([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    if (outcome) this.form.replaceChildren(...fields, outcome);
  }

  async submit(event) {
    event.preventDefault();
    const sent = new FormData(this.form, event.submitter);
    const answer = await fetch(this.asked.moves, { method: "POST", body: sent });
    if (!answer.ok) {
      this.fill(await answer.text(), { from: sent.get("from"), to: sent.get("to") });
      return;
    }
    this.dialog.close();
    this.moved(sent.get("csrfmiddlewaretoken"));
  }

  moved(token) {
    const { moves, old } = this.asked;
    const undo = say("[data-moved]").querySelector("[data-undo]");
    undo.addEventListener("click", () => this.back(moves, { ...old, csrfmiddlewaretoken: token }));
    undo.focus({ preventScroll: true });
    setTimeout(() => undo.remove(), UNDO_FOR);
    this.renew();
  }

  async back(moves, sent) {
    const answer = await fetch(`${moves}?undo=1`, { method: "POST", body: new URLSearchParams(sent) });
    say(answer.ok ? "[data-moved-back]" : "[data-not-moved]");
    this.renew();
  }

  renew() {
    this.region.dispatchEvent(new CustomEvent("board:ask"));
  }
}

const DAY = 24 * 60;
// Local wall times, counted as if they were UTC: only differences matter.
const minutes = (written) => Date.parse(written.length > 10 ? `${written.slice(0, 16)}Z` : `${written}T00:00Z`) / 60000;
const later = (written, by) => new Date((minutes(written) + by) * 60000).toISOString().slice(0, written.length > 10 ? 16 : 10);

function say(name) {
  const messages = document.getElementById("messages");
  messages.replaceChildren(document.querySelector(name).content.cloneNode(true));
  messages.scrollIntoView({ block: "nearest" });
  return messages;
}

for (const region of document.querySelectorAll("[data-board][data-starts]")) {
  const dialog = document.getElementById("board-move");
  if (dialog) new Moving(region, dialog);
}
