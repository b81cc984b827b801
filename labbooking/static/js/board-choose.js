// Choosing free time on the board, in several rows at once: by dragging, by tapping where it
// starts and where it ends, or by keys. What is chosen lies in the basket, in the server's words.
const USUAL_MINUTES = 120;

class Choice {
  constructor(region, basket) {
    this.region = region;
    this.basket = basket;
    this.said = document.querySelector("[data-said]");
    this.starts = region.dataset.starts.split(" ");
    this.ends = region.dataset.ends?.split(" ");
    this.slugs = [];
    this.span = null;
    region.addEventListener("keydown", (event) => this.key(event), true);
    region.addEventListener("focusin", (event) => this.arrive(event.target));
    region.addEventListener("pointerdown", (event) => this.press(event));
    region.addEventListener("pointermove", (event) => this.drag(event));
    region.addEventListener("click", (event) => this.click(event), true);
    region.addEventListener("board:swapped", () => this.paint());
    document.addEventListener("pointerup", () => this.release());
    document.addEventListener("pointercancel", () => this.release());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.clear());
    basket.addEventListener("click", ({ target }) => target.closest("[data-basket-clear]") && this.clear());
  }

  get byDay() { return !this.ends; }

  // Columns, as grid lines: first inclusive, last exclusive.
  place(link) {
    const { className } = link.parentElement;
    return ["from", "to"].map((edge) => Number(className.match(`${edge}-(\\d+)`)[1]));
  }

  column(link, clientX) {
    const [first, last] = this.place(link);
    const box = link.parentElement.getBoundingClientRect();
    const at = first + Math.floor(((clientX - box.left) / box.width) * (last - first));
    return Math.max(first, Math.min(last - 1, at));
  }

  get minutes() {
    return this.byDay ? 24 * 60 : (Date.parse(utc(this.ends[0])) - Date.parse(utc(this.starts[0]))) / 60000;
  }

  usual(link, at) {
    const [first, last] = this.place(link);
    const columns = this.byDay ? 1 : Math.max(1, USUAL_MINUTES / this.minutes);
    const from = Math.max(first, at);
    return { first: from, last: Math.min(last, from + columns) };
  }

  // Devices go by half hours: whole steps, counted from where the link starts.
  stepped(link, span) {
    const [first, last] = this.place(link);
    const step = Math.max(1, Number(link.closest(".board__row").dataset.step || 0) / this.minutes);
    if (step === 1) return span;
    const from = first + Math.floor((span.first - first) / step) * step;
    return { first: from, last: Math.min(last, from + Math.ceil((span.last - from) / step) * step) };
  }

  times(link, span) {
    const row = link.closest(".board__row");
    const offered = new URL(link.href).searchParams;
    if ("nights" in row.dataset) return this.nights(offered, span);
    if (!this.byDay) return { from: this.starts[span.first - 1], to: this.ends[span.last - 2] };
    const day = this.starts[span.first - 1];
    return { from: day + offered.get("from").slice(10), to: day + offered.get("to").slice(10) };
  }

  nights(offered, span) {
    if (!this.byDay) return { from: offered.get("from"), to: offered.get("to") };
    const last = new Date(`${this.starts[span.last - 2]}T12:00Z`);
    last.setUTCDate(last.getUTCDate() + 1);
    return { from: this.starts[span.first - 1], to: last.toISOString().slice(0, 10) };
  }

  covering(row, span) {
    return [...row.querySelectorAll("a.block--free")].find((link) => {
      const [first, last] = this.place(link);
      return first <= span.first && span.last <= last;
    });
  }

  row(slug) { return this.region.querySelector(`.board__row[data-slug="${CSS.escape(slug)}"]`); }

  // A new time in one row, or in the rows that are free then.
  choose(link, span, rows = [link.closest(".board__row")]) {
    if (!link.closest(".board__row").dataset.slug) return;
    this.span = this.byDay || rows.length > 1 ? span : this.stepped(link, span);
    this.time = this.times(link, this.span);
    const free = rows.filter((row) => row.dataset.slug && this.covering(row, this.span));
    this.slugs = free.map((row) => row.dataset.slug);
    this.tell();
  }

  // The chosen time in one more row, or in one less.
  toggle(row) {
    const { slug } = row.dataset;
    if (this.slugs.includes(slug)) this.slugs = this.slugs.filter((each) => each !== slug);
    else this.slugs = [...this.slugs, slug];
    this.tell();
  }

  add(link) {
    const row = link.closest(".board__row");
    if (!row.dataset.slug) return;
    if (this.slugs.length && this.covering(row, this.span) === link) this.toggle(row);
    else this.choose(link, this.cursor ?? this.usual(link, this.place(link)[0]));
  }

  clear() {
    this.slugs = [];
    this.span = null;
    this.cursor = null;
    this.tell();
  }

  paint() {
    for (const old of this.region.querySelectorAll(".chosen")) old.remove();
    this.slugs = this.slugs.filter((slug) => this.row(slug));
    for (const slug of this.slugs) this.mark(this.row(slug), this.span, "chosen");
    if (this.slugs.length) this.region.dataset.chosen = this.slugs.length;
    else delete this.region.dataset.chosen;
  }

  mark(row, span, name) {
    const item = document.createElement("li");
    item.className = `ghost ${name} from-${span.first} to-${span.last}`;
    item.setAttribute("aria-hidden", "true");
    const block = document.createElement("span");
    block.className = "block block--selected";
    item.append(block);
    row.querySelector(".track").append(item);
  }

  async tell() {
    this.paint();
    const asked = (this.asked = Symbol("asked"));
    if (!this.slugs.length) {
      this.basket.hidden = true;
      this.basket.replaceChildren();
      return;
    }
    const query = new URLSearchParams(this.slugs.map((slug) => ["resource", slug]));
    query.set("from", this.time.from);
    query.set("to", this.time.to);
    const answer = await fetch(`${this.basket.dataset.basket}?${query}`);
    const words = await answer.text();
    if (asked !== this.asked) return;
    const comes = this.basket.hidden;
    this.basket.innerHTML = words;
    this.basket.hidden = false;
    // What was just chosen shall not lie behind it.
    if (comes && !this.dragging) this.region.querySelector(".chosen")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    const title = this.basket.querySelector("h2").textContent;
    this.said.textContent = `${title}. ${this.basket.querySelector(".basket__words").textContent}`;
  }

  // Keys: a cursor inside the free time that has the focus.
  arrive(link) {
    this.cursor = null;
    this.region.querySelector(".cursor")?.remove();
    if (!link.matches?.("a.block--free:focus-visible")) return;
    const fits = this.span && this.covering(link.closest(".board__row"), this.span) === link;
    this.point(link, fits ? { ...this.span } : this.usual(link, this.place(link)[0]));
  }

  point(link, span) {
    this.cursor = span;
    this.region.querySelector(".cursor")?.remove();
    this.mark(link.closest(".board__row"), span, "cursor");
    this.region.querySelector(".cursor").scrollIntoView({ block: "nearest", inline: "nearest" });
    const { from, to } = this.times(link, span);
    this.said.textContent = `${spoken(from)}–${spoken(to)}`;
  }

  key(event) {
    const link = event.target;
    if (event.altKey || event.ctrlKey || event.metaKey || !link.matches("a.block--free")) return;
    if (event.key !== "Enter" && !event.key.startsWith("Arrow")) return;
    this.cursor ??= this.usual(link, this.place(link)[0]);
    if (!this.act(event, link)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  act(event, link) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Enter") return this.enter(link);
    if (by) return this.shift(link, by, event.shiftKey);
    return event.shiftKey && this.reach(link, event.key === "ArrowDown" ? 1 : -1);
  }

  enter(link) {
    const row = link.closest(".board__row");
    if (!row.dataset.slug) return false;
    const { first, last } = this.cursor;
    const same = this.slugs.includes(row.dataset.slug) && this.span.first === first && this.span.last === last;
    const go = same && this.basket.querySelector("[data-basket-go]");
    if (go) go.click();
    else if (this.slugs.length && this.span.first === first && this.span.last === last) this.add(link);
    else this.choose(link, this.cursor);
    return true;
  }

  shift(link, by, longer) {
    const [first, last] = this.place(link);
    const next = { first: this.cursor.first + (longer ? 0 : by), last: this.cursor.last + by };
    if (next.first < first || next.last > last) return longer;
    if (next.last > next.first) this.point(link, next);
    return true;
  }

  reach(link, by) {
    const row = link.closest(".board__row");
    const rows = [...this.region.querySelectorAll(".board__row[data-slug]")];
    const next = rows[rows.indexOf(row) + by];
    const other = next && this.covering(next, this.cursor);
    if (!this.slugs.includes(row.dataset.slug)) this.choose(link, this.cursor);
    if (other && !this.slugs.includes(next.dataset.slug)) this.toggle(next);
    other?.focus();
    return true;
  }

  // Pointers: dragging with the mouse, tapping with a finger.
  press(event) {
    const link = event.target.closest("a.block--free");
    this.touched = event.pointerType !== "mouse";
    if (!link || this.touched || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.pressed = { link, at: this.column(link, event.clientX), x: event.clientX, y: event.clientY };
  }

  drag(event) {
    if (!this.pressed) return;
    const { link, at, x, y } = this.pressed;
    if (!this.dragging && Math.hypot(event.clientX - x, event.clientY - y) < 6) return;
    this.dragging = true;
    this.region.dataset.busy = "choosing";
    const to = this.column(link, event.clientX);
    this.choose(link, { first: Math.min(at, to), last: Math.max(at, to) + 1 }, this.between(link, event));
  }

  between(link, event) {
    const rows = [...this.region.querySelectorAll(".board__row")];
    const start = rows.indexOf(link.closest(".board__row"));
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest?.(".board__row");
    const end = under ? rows.indexOf(under) : start;
    return rows.slice(Math.min(start, end), Math.max(start, end) + 1);
  }

  release() {
    this.pressed = null;
    if (this.region.dataset.busy === "choosing") delete this.region.dataset.busy;
    setTimeout(() => { this.dragging = false; });
  }

  click(event) {
    const link = event.target.closest("a.block--free");
    const byKey = event.detail === 0;
    if (!link || byKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!this.dragging && !this.touched && !this.slugs.length) return;
    if (!link.closest(".board__row").dataset.slug) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.dragging) this.tap(link, this.column(link, event.clientX));
  }

  tap(link, at) {
    const row = link.closest(".board__row");
    const alone = this.slugs.length === 1 && this.slugs[0] === row.dataset.slug;
    const [first] = this.place(link);
    if (this.slugs.length && !alone && this.covering(row, this.span) === link) this.toggle(row);
    else if (alone && at >= this.span.first && this.span.first >= first) this.choose(link, { first: this.span.first, last: at + 1 });
    else this.choose(link, this.usual(link, at));
  }
}

const utc = (written) => `${written.slice(0, 16)}Z`;
const spoken = (written) => (written.length > 10 ? written.slice(11, 16) : written);

for (const region of document.querySelectorAll("[data-board][data-starts]")) {
  const basket = document.querySelector("[data-basket]");
  if (basket) new Choice(region, basket);
}
