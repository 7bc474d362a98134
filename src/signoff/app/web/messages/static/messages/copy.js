// A button that puts a text into the clipboard; without scripts the text is there to be marked.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    document.getElementById("live").textContent = button.dataset.done;
    button.textContent = button.dataset.done;
  });
}
