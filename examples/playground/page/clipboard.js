// Buttons that copy.

const SHOWN = 2000;

/** Lets a button copy what `text` returns, and say whether it did. */
export function offerCopy(button, text) {
  const label = button.textContent;
  let restored = 0;
  button.addEventListener("click", async () => {
    const copied = navigator.clipboard.writeText(text());
    button.textContent = await copied.then(
      () => "Copied",
      () => "Not copied",
    );
    clearTimeout(restored);
    restored = setTimeout(() => (button.textContent = label), SHOWN);
  });
}
