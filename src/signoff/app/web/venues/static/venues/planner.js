// The slider: each move asks the server for its answer, and the dot on the curve follows.
const slider = document.querySelector("[data-slider]");
const typed = document.querySelector("[data-typed]");
if (slider && typed) {
  slider.addEventListener("input", () => { typed.value = slider.value; });
  typed.addEventListener("change", () => { slider.value = typed.value; });
}
document.addEventListener("htmx:afterSwap", (event) => {
  const answer = event.target.querySelector?.("[data-budget]") ?? event.target.closest?.("[data-budget]");
  const view = document.querySelector("#curve")?.vegaView;
  if (!answer || !view) return;
  view.data("here", [{ budget: Number(answer.dataset.budget), result: Number(answer.dataset.result) }]).runAsync();
});
