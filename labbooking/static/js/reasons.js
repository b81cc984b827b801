// A ready reason that is chosen is written into the field beside it, to be changed before it is
// sent. Words somebody has written themselves are left alone. Without this the choice alone is sent.
for (const ready of document.querySelectorAll('select[name="ready"]')) {
  const words = ready.form.elements.reason;
  let filled = "";
  ready.addEventListener("change", () => {
    if (words.value.trim() && words.value !== filled) return;
    filled = ready.value ? ready.selectedOptions[0].textContent.trim() : "";
    words.value = filled;
  });
}
