// What was typed survives a session that ends in mid-form: the server keeps a draft of each pause,
// and this keeps in the browser's tab what the server has not got yet, and offers it again.
const form = document.querySelector("form[data-typed]");
const fields = () =>
  [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");

function send(pairs) {
  const again = document.createElement("form");
  again.method = "post";
  again.action = form.action;
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  for (const [name, value] of [["csrfmiddlewaretoken", token], ["act", "show"], ...pairs]) {
    const box = document.createElement("textarea");
    box.name = name;
    box.value = value;
    box.hidden = true;
    again.append(box);
  }
  document.body.append(again);
  again.submit();
}

if (form) {
  const key = `signoff:typed:${form.dataset.typed}`;
  const kept = sessionStorage.getItem(key);
  const offer = document.querySelector("[data-typed-offer]");
  if (kept && offer && kept !== JSON.stringify(fields())) {
    offer.hidden = false;
    offer.querySelector("button").addEventListener("click", () => send(JSON.parse(kept)));
  }
  const keep = () => sessionStorage.setItem(key, JSON.stringify(fields()));
  form.addEventListener("input", keep);
  form.addEventListener("submit", keep);
  document.addEventListener("htmx:afterSettle", (event) => event.target.id === "boxes" && keep());
}
for (const done of document.querySelectorAll("[data-saved]")) {
  sessionStorage.removeItem(`signoff:typed:${done.dataset.saved}`);
}
