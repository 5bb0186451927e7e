// Shows a built page as TechDocs does: sanitized, in a shadow tree, without its scripts.
import { useSanitizerTransformer } from "sanitizer";

const answer = await fetch("index.html");
const dom = new DOMParser().parseFromString(await answer.text(), "text/html");
const clean = await useSanitizerTransformer()(dom.documentElement);
document.querySelector("#reader").attachShadow({ mode: "open" }).replaceChildren(clean);
document.documentElement.dataset.shown = "";
