// An open <details data-menu> closes on Escape, on a click elsewhere and when focus leaves it.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");

function closeOthers(event) {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
}

// On a phone the main menu may be wider than the screen: where one is comes into view.
document.querySelector(".nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

document.addEventListener("click", closeOthers);
document.addEventListener("focusin", closeOthers, { capture: true });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
