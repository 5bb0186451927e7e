// What a page can do beyond host.js: ask for the decision, and show it outside of the frame. Nothing else is ever told.
const frame = document.querySelector(".circleci-oidc iframe");
const SAID = { allow: "lets this job in", deny: "refuses this job", unknown: "cannot be told from this" };

// No narrower target than * reaches the opaque origin of a sandboxed frame.
const ask = () => frame.contentWindow.postMessage({ type: "circleci-oidc/set", verdict: true }, "*");

addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow) return;
  if (data.type === "circleci-oidc/ready") ask();
  if (data.type === "circleci-oidc/verdict") document.querySelector("#verdict").textContent = SAID[data.verdict[0]?.decision] ?? "";
});
// The frame may have been ready before this script.
ask();
