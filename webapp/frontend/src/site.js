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

/** While work goes on, the part of the page that says how far it is comes anew; at its end the whole page does. */
function followProgress() {
  const shown = document.getElementById("progress");
  if (!shown?.dataset.poll) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("progress");
      if (!answer.ok || !fresh?.dataset.poll) return location.reload();
      if (fresh.textContent !== shown.textContent) shown.replaceChildren(...fresh.childNodes);
    } catch {
      // The network or the service is away for a moment: try again.
    }
    followProgress();
  }, Number(shown.dataset.poll));
}

copyButtons();
followProgress();
