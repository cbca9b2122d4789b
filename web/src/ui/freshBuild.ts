const KEY = "tagwerk.reloaded";
const ONCE_PER_MS = 60_000;

/** A page opened before a deployment asks for files that are gone: it reloads, once, to get the new ones. */
export function reloadAfterDeployment(): void {
  addEventListener("vite:preloadError", () => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < ONCE_PER_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    location.reload();
  });
}
