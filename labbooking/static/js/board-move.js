// A booking that shall move or change its length (board-grip.js): the server says what would come of
// it, somebody agrees, and for half a minute it can be taken back.
const UNDO_FOR = 30_000;

class Moving {
  constructor(region, dialog) {
    this.region = region;
    this.dialog = dialog;
    this.form = dialog.querySelector("form");
    region.addEventListener("board:wish", ({ detail }) => this.ask(detail.block, detail));
    this.form.addEventListener("submit", (event) => this.submit(event));
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
    const waits = this.form.querySelector("[data-waits]");
    const undo = say(waits ? "[data-asked]" : "[data-moved]").querySelector("[data-undo]");
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
