// A file input with data-preview="id" shows the chosen picture in the element of that id.
// As a data: address, because the page allows no other source than itself.
const LARGEST = 12 * 1024 * 1024;

document.addEventListener("change", ({ target }) => {
  const place = target.dataset?.preview && document.getElementById(target.dataset.preview);
  const file = target.files?.[0];
  if (!place || !file?.type.startsWith("image/") || file.size > LARGEST) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const image = document.createElement("img");
    image.src = reader.result;
    image.alt = "";
    place.replaceChildren(image);
  });
  reader.readAsDataURL(file);
});
