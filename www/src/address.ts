/** Whether somebody put a token into the page's address. It is never read; history and a server's log have it, the address need not. */
export const held = /eyJ[\w-]+\.eyJ/.test(location.href);

if (held) {
  try {
    history.replaceState(null, "", location.pathname);
  } catch {
    // Some frames may not; what is said of it holds all the same.
  }
}
