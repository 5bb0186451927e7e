/** Shows this in place of the page. */
export function say(text: string): void {
  const words = document.createElement("p");
  words.className = "bad";
  words.setAttribute("role", "alert");
  words.textContent = text;
  document.querySelector("#page")?.replaceChildren(words);
}

/** A mistake of the page itself: an answer that is not its last must not stay. */
export function failed(error: unknown): void {
  say(`This page has failed: ${String(error)}. Nothing that it showed counts. Load it again.`);
}
