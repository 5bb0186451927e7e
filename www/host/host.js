// For a page around embed.html: gives the frame its height, the page's theme, and the role that the reader chose.
// It keeps no reference to what it finds: a site that changes its pages without loading them needs nothing more.
(() => {
  const BLOCK = ".circleci-oidc";

  const frameOf = (block) => block.querySelector("iframe");
  const blocks = () => [...document.querySelectorAll(BLOCK)].filter(frameOf);

  /** The origin of a sandboxed frame is opaque: no narrower target than * reaches it. It gets nothing that is secret. */
  const set = (block, message) => frameOf(block).contentWindow.postMessage({ type: "circleci-oidc/set", ...message }, "*");

  /** Light ink stands on a dark page, whatever its theme is called. Of other notations the reader's own theme decides. */
  const themeOf = (block) => {
    const [, red, green, blue] = /^rgba?\((\d+), (\d+), (\d+)/.exec(getComputedStyle(block).color) ?? [];
    if (red !== undefined) return Number(red) + Number(green) + Number(blue) > 382 ? "dark" : "light";
  };

  const setTheme = () => blocks().forEach((block) => set(block, { theme: themeOf(block) }));

  /** The chosen role's configuration is a file of the site: the one that was deployed. */
  const setRole = async (block) => {
    const select = block.querySelector("select");
    if (select === null) return;
    const chosen = select.value;
    const answer = await fetch(chosen);
    if (!answer.ok) throw new Error(`${chosen}: HTTP ${answer.status}`);
    const configurations = await answer.text();
    // A slow answer must not replace what was chosen after it.
    if (select.value === chosen && frameOf(block)) set(block, { configurations });
  };

  const start = (block) => {
    const { organization } = block.dataset;
    set(block, { theme: themeOf(block), organization });
    return setRole(block);
  };

  addEventListener("message", ({ source, data }) => {
    const block = blocks().find((one) => frameOf(one).contentWindow === source);
    if (block === undefined) return;
    if (data.type === "circleci-oidc/ready") start(block);
    if (data.type === "circleci-oidc/resize") frameOf(block).height = data.height;
  });
  addEventListener("change", ({ target }) => {
    const block = target.closest?.(BLOCK);
    if (block && frameOf(block)) setRole(block);
  });
  // A theme is an attribute of one of these in every generator; its colours may take a moment to change.
  const watcher = new MutationObserver(setTheme);
  for (const element of [document.documentElement, document.body]) watcher.observe(element, { attributes: true });
  addEventListener("transitionend", ({ propertyName }) => propertyName === "color" && setTheme());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", setTheme);
  // Frames that were ready before this script.
  blocks().forEach(start);
})();
