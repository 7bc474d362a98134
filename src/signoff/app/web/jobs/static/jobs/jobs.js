// The bar asks how the member's jobs are; what ran when it last asked is remembered in this tab,
// so that each job's end is announced once, on whichever page it comes.
const KEY = "signoff:jobs";

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id === "job-badge") {
    event.detail.parameters.seen = sessionStorage.getItem(KEY) ?? "";
  }
});

document.addEventListener("htmx:load", (event) => {
  const badge = event.detail.elt;
  if (badge.id === "job-badge" && "running" in badge.dataset) {
    sessionStorage.setItem(KEY, badge.dataset.running);
  }
});

document.addEventListener("htmx:oobAfterSwap", (event) => {
  const said = [...event.detail.target.querySelectorAll(".toast[data-announce]")].at(-1);
  if (said) document.getElementById("live").textContent = said.dataset.announce;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-dismiss]");
  if (button) button.closest(".toast").remove();
});
