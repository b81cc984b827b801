// Days and times look alike in every form and are written as the page's language writes them,
// whatever the browser's is. The native input stays: it holds the value, and opens its calendar.
const words = document.querySelector("#moment-words")?.dataset ?? {};
const isGerman = document.documentElement.lang.startsWith("de");
const KINDS = "input[type=date], input[type=time], input[type=datetime-local]";
const MONTHS = ["jan", "feb", "mär|mar|mrz", "apr", "mai|may", "jun", "jul", "aug", "sep", "okt|oct", "nov", "dez|dec"]
  .map((names) => new RegExp(`^(${names})`, "i"));
const two = (number) => String(number).padStart(2, "0");

function isoDay(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
  return exists ? `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}` : "";
}

// A day without its year is the next such day, by the calendar of the house.
function nextDay(month, day) {
  const today = words.today ?? new Date().toISOString().slice(0, 10);
  const year = Number(today.slice(0, 4));
  const found = isoDay(year, month, day);
  return !found || found < today ? isoDay(year + 1, month, day) : found;
}

// "24.11.2026", "24.11.", "Di 24. November 2026", "24 Nov 2026", "24/11/26", "2026-11-24".
function dayOf(text) {
  const iso = text.match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/);
  if (iso) return isoDay(...iso.slice(1).map(Number));
  const digits = text.match(/^(\d{2})(\d{2})(\d{4})$/);
  const said = digits ?? text.match(/^(?:\p{L}+[.,]*\s+)?(\d{1,2})(?:st|nd|rd|th)?[.\/\s-]+(\p{L}+|\d{1,2})[.,\/\s-]*(\d{4}|\d{2})?$/u);
  if (!said) return "";
  const [, day, named, year] = said;
  const month = Number(named) || MONTHS.findIndex((name) => name.test(named)) + 1;
  if (!year) return nextDay(month, Number(day));
  return isoDay(year.length === 2 ? 2000 + Number(year) : Number(year), month, Number(day));
}

// "9", "9:30", "9.30 Uhr", "9,30", "0930", "3 pm"; midnight may be the 24th hour.
function clockOf(text) {
  const said = text.match(/^(\d{1,2})(?:[:.,h]?(\d{2}))?\s*(uhr|h|[ap]\.?m\.?)?$/i);
  if (!said) return "";
  const half = said[3]?.[0].toLowerCase();
  const hour = half === "a" || half === "p" ? (Number(said[1]) % 12) + (half === "p" ? 12 : 0) : Number(said[1]);
  const minute = Number(said[2] ?? 0);
  return hour > 24 || minute > 59 || (hour === 24 && minute) ? "" : `${two(hour % 24)}:${two(minute)}`;
}

function momentOf(text) {
  const said = text.match(/^(.*?\S)(?:\s*,\s*|T|\s+)(\d{1,2}(?:[:.]\d{2})?(?:\s*(?:uhr|[ap]m))?)$/i);
  const day = said ? dayOf(said[1]) : "";
  const clock = said ? clockOf(said[2]) : "";
  return day && clock ? `${day}T${clock}` : "";
}

const READ = { date: dayOf, time: clockOf, "datetime-local": momentOf };
// What is finished while somebody still types; the rest waits until they go on.
const FINISHED = { date: /\d{4}$|^\d{4}-\d\d-\d\d$/, time: /^\d{1,2}[:.,]\d{2}$/, "datetime-local": /[:.]\d{2}$/ };

function said(value) {
  const [day, clock] = value.includes("T") ? value.split("T") : value.includes("-") ? [value] : ["", value];
  const date = day && new Date(`${day}T00:00Z`);
  const part = (options) => date.toLocaleDateString(isGerman ? "de" : "en-GB", { timeZone: "UTC", ...options });
  const [year, month, number] = day ? day.split("-") : [];
  const weekday = day && part({ weekday: "short" });
  const written = day && (isGerman ? `${weekday} ${number}.${month}.${year}` : `${weekday} ${Number(number)} ${part({ month: "short" }).slice(0, 3)} ${year}`);
  return [written, clock?.slice(0, 5)].filter(Boolean).join(", ");
}

class Moment {
  constructor(native) {
    this.native = native;
    this.kind = native.getAttribute("type");
    const focused = document.activeElement === native;
    this.text = this.written();
    const whole = document.createElement("span");
    whole.className = `moment moment--${this.kind}`;
    native.replaceWith(whole);
    whole.append(this.text, ...(this.kind === "time" ? [] : [this.picker()]), native);
    native.addEventListener("change", () => this.follow());
    native.form?.addEventListener("change", () => { if (document.activeElement !== this.text) this.judge(); });
    native.form?.addEventListener("reset", () => setTimeout(() => this.follow()));
    if (focused) this.text.focus();
  }

  // Takes the label, the help and the errors over from the native input.
  written() {
    const { native } = this;
    const text = document.createElement("input");
    Object.assign(text, { type: "text", id: native.id, autocomplete: "off", required: native.required, className: native.className });
    for (const name of ["aria-label", "aria-describedby", "aria-invalid"]) {
      if (native.hasAttribute(name)) text.setAttribute(name, native.getAttribute(name));
    }
    // Figures and a point: all that a time needs of a phone's keyboard.
    if (this.kind === "time") text.inputMode = "decimal";
    text.value = said(native.value);
    text.disabled = native.disabled;
    native.removeAttribute("id");
    Object.assign(native, { required: false, tabIndex: -1 });
    native.dataset.moment = "";
    native.setAttribute("aria-hidden", "true");
    text.addEventListener("input", (event) => this.typed(event));
    text.addEventListener("change", (event) => this.left(event));
    text.addEventListener("keydown", (event) => { if (event.key === "Enter") this.take(); });
    return text;
  }

  picker() {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "moment__pick" });
    button.setAttribute("aria-label", words.pick ?? "");
    button.addEventListener("click", () => this.native.showPicker?.());
    return button;
  }

  typed(event) {
    event.stopPropagation();
    this.text.setCustomValidity("");
    const isAtItsEnd = this.text.selectionStart === this.text.value.length; // else a part is being changed
    if (isAtItsEnd && FINISHED[this.kind].test(this.text.value.trim())) this.take();
  }

  left(event) {
    event.stopPropagation();
    this.take();
    if (this.native.value) this.text.value = said(this.native.value);
    this.judge();
  }

  // What is folded away stops nobody: a browser would refuse the form and could not show why.
  judge() {
    const isWrong = this.text.value.trim() && !this.native.value && this.text.checkVisibility?.() !== false;
    const why = this.kind === "time" ? words.wrongTime : words.wrongDay;
    this.text.setCustomValidity(isWrong ? why : "");
  }

  take() {
    const typed = this.text.value.trim();
    const value = typed === said(this.native.value) ? this.native.value : READ[this.kind](typed);
    if (value === this.native.value) return;
    this.taking = true;
    this.native.value = value;
    for (const name of ["input", "change"]) this.native.dispatchEvent(new Event(name, { bubbles: true }));
    this.taking = false;
  }

  follow() {
    if (this.taking) return;
    this.text.setCustomValidity("");
    this.text.value = said(this.native.value);
  }
}

function dress(part) {
  for (const native of part.querySelectorAll(KINDS)) if (!("moment" in native.dataset)) new Moment(native);
}

dress(document);
document.addEventListener("htmx:load", ({ target }) => dress(target.parentElement ?? document));
