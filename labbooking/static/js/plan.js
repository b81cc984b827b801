// Staff move things on the floor plan by pointer or arrow keys. Each move goes through the form
// beside the plan that does the same without a script.
const UNITS = 100;
const STEP = 10;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class Thing {
  constructor(spot, sheet) {
    this.spot = spot;
    this.sheet = sheet;
    this.form = document.querySelector(`[data-place="${spot.dataset.spot}"]`);
    // A finger on a thing moves the thing, not the page; `touch-action` does not reach into drawings.
    spot.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
    spot.addEventListener("pointerdown", (event) => this.grasp(event));
    spot.addEventListener("pointermove", (event) => this.drag(event));
    spot.addEventListener("pointerup", () => this.drop());
    spot.addEventListener("pointercancel", () => this.letGo());
    spot.addEventListener("keydown", (event) => this.step(event));
    this.form.addEventListener("submit", (event) => this.typed(event));
    this.kept = this.place;
  }

  get place() {
    const { e, f } = this.spot.transform.baseVal.consolidate().matrix;
    return { x: e, y: f };
  }

  set place({ x, y }) {
    const { width, height } = this.sheet.viewBox.baseVal;
    const within = (value, most) => Math.round(Math.min(Math.max(value, 0), most));
    this.spot.setAttribute("transform", `translate(${within(x, width)} ${within(y, height)})`);
  }

  under(event) {
    const point = new DOMPoint(event.clientX, event.clientY);
    return point.matrixTransform(this.sheet.getScreenCTM().inverse());
  }

  grasp(event) {
    if (event.button) return;
    const point = this.under(event);
    this.held = { x: point.x - this.place.x, y: point.y - this.place.y };
    this.spot.setPointerCapture(event.pointerId);
    this.spot.focus({ preventScroll: true });
    this.spot.classList.add("spot--moving");
  }

  drag(event) {
    if (!this.held) return;
    const point = this.under(event);
    this.place = { x: point.x - this.held.x, y: point.y - this.held.y };
  }

  drop() {
    if (!this.held) return;
    this.release();
    this.keep();
  }

  letGo() {
    this.release();
    this.place = this.kept;
  }

  release() {
    this.held = null;
    this.spot.classList.remove("spot--moving");
  }

  step(event) {
    const way = ARROWS[event.key];
    if (event.key === "Escape" && this.held) this.letGo();
    if (!way || this.held || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 * STEP : STEP;
    this.place = { x: this.place.x + way[0] * far, y: this.place.y + way[1] * far };
    clearTimeout(this.later);
    this.later = setTimeout(() => this.keep(), 400);
  }

  typed(event) {
    event.preventDefault();
    const { x, y } = this.form.elements;
    this.place = { x: x.valueAsNumber * UNITS, y: y.valueAsNumber * UNITS };
    this.keep();
  }

  async keep() {
    const { x, y } = this.place;
    if (x === this.kept.x && y === this.kept.y) return;
    this.form.elements.x.value = x / UNITS;
    this.form.elements.y.value = y / UNITS;
    const body = new FormData(this.form);
    const headers = { Accept: "application/json" };
    const answer = await fetch(this.form.action, { method: "POST", body, headers }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (answer?.ok && told) this.kept = { x: told.x * UNITS, y: told.y * UNITS };
    else this.back();
    say(told?.said ?? document.querySelector("#plan-said").dataset.failed);
  }

  back() {
    this.place = this.kept;
    this.form.elements.x.value = this.kept.x / UNITS;
    this.form.elements.y.value = this.kept.y / UNITS;
  }
}

function say(words) {
  document.querySelector("#plan-said").textContent = words;
}

for (const sheet of document.querySelectorAll("[data-plan]")) {
  for (const spot of sheet.querySelectorAll("[data-spot]")) new Thing(spot, sheet);
}
