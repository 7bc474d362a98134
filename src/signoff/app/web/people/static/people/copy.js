// Copies what a field holds; without scripts the field can be selected and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue; // only where the page came by https or from this machine
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(field.value);
    field.select();
    document.getElementById("live").textContent = button.dataset.copied;
    button.textContent = button.dataset.copied;
  });
}
