// Small helps for those who have JavaScript; every page works without it.

/** Buttons that copy the text of the element that they name; they show themselves only where copying works. */
function copyButtons() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const said = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const from = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(from.value ?? from.textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = said), 2000);
    });
  }
}

copyButtons();
