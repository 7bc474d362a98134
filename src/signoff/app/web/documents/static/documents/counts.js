// The length of each part of a message while one types; the server counts again when it is sent.
const length = (text, unit) =>
  unit === "words" ? (text.match(/[^ \t\n]+/g) ?? []).length : [...text].length;

document.addEventListener("input", (event) => {
  const count = event.target.id && document.querySelector(`[data-counts="${event.target.id}"]`);
  if (!count) return;
  const { unit, limit, advised } = count.dataset;
  const now = length(event.target.value.trim(), unit);
  count.querySelector("[data-length]").textContent = now.toLocaleString(document.documentElement.lang);
  count.classList.toggle("over", now > Number(limit));
  count.classList.toggle("long", now <= Number(limit) && Boolean(advised) && now > Number(advised));
});
