// A number of a report opens its explanation over the page; without this script it is a link.
const dialog = document.getElementById("why");

async function explain(link) {
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
  if (!answer.ok) throw new Error(String(answer.status));
  dialog.innerHTML = `<form method="dialog"><button class="small" type="submit"></button></form>${await answer.text()}`;
  dialog.querySelector("form button").textContent = dialog.dataset.close;
  dialog.showModal();
  dialog.scrollTop = 0;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.why");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
  if (!link || !isPlain || !dialog) return;
  event.preventDefault();
  explain(link).catch(() => window.location.assign(link.href));
});
dialog?.addEventListener("click", (press) => press.target === dialog && dialog.close());
