const KEY = "tagwerk.reloaded";
const ONCE_PER_MS = 60_000;

/** Whether there is anything to reload: without a network, the page would be gone. */
async function canReload(): Promise<boolean> {
  const last = Number(sessionStorage.getItem(KEY) ?? 0);
  if (Date.now() - last < ONCE_PER_MS) return false;
  return fetch("/", { cache: "no-store" }).then(({ ok }) => ok, () => false);
}

/** A page opened before a deployment asks for files that are gone: it reloads, once, to get the new ones. */
export function reloadAfterDeployment(): void {
  addEventListener("vite:preloadError", () => {
    void canReload().then((can) => {
      if (!can) return;
      sessionStorage.setItem(KEY, String(Date.now()));
      location.reload();
    });
  });
}
