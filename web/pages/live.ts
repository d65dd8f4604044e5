/** What `/live` tells of a change. */
interface Change {
  data?: {
    changed: {
      cursor: string;
      node: { action: string; recordType: string; patch: { path: string }[]; claim: { id: string } | null };
    };
  };
}

const AGAIN_MILLISECONDS = 3_000;

/**
 * Follows what changes while the page is open, and offers it: nothing moves until the reader asks for it. A page that is not
 * seen follows nothing, since a browser has only a few connections for a site.
 */
export function followChanges(): void {
  const line = document.querySelector<HTMLElement>(".live");
  if (!line) return;
  const { concerns = "", one = "", more = "", changed = "", changedOne = "" } = line.dataset;
  let after = line.dataset.after ?? "";
  const [claims, changes] = [new Set<string>(), new Set<string>()];
  let stream: EventSource | undefined;
  let timer: number | undefined;

  const offer = () => {
    const [n, words] = claims.size > 0 ? [claims.size, [one, more]] : [changes.size, [changedOne, changed]];
    if (n === 0) return;
    const text = n === 1 ? (words[0] ?? "") : (words[1] ?? "").replace("999", String(n));
    const link = line.querySelector("a") ?? line.appendChild(document.createElement("a"));
    link.href = location.pathname + location.search;
    link.textContent = text;
  };

  const hear = ({ data }: MessageEvent<string>) => {
    const { data: told } = JSON.parse(data) as Change;
    if (!told) return;
    after = told.changed.cursor;
    const { action, claim, patch, recordType } = told.changed.node;
    // Drafts of others are told to nobody who may not see them.
    if (recordType === "CLAIM" && !claim && action !== "DELETED") return;
    const isNew = claim && (action === "CREATED" || patch.some(({ path }) => path === "/status"));
    if (isNew && !document.querySelector(`main a[href*="/claims/${claim.id}"]`)) claims.add(claim.id);
    else changes.add(claim?.id ?? after);
    offer();
  };

  const open = () => {
    if (stream || document.hidden) return;
    stream = new EventSource(`/live?${new URLSearchParams({ concerns, after })}`);
    stream.addEventListener("next", hear);
    const end = () => {
      close();
      timer = window.setTimeout(open, AGAIN_MILLISECONDS);
    };
    stream.addEventListener("complete", end);
    stream.addEventListener("error", end);
  };
  const close = () => {
    stream?.close();
    stream = undefined;
    window.clearTimeout(timer);
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  // A page that is kept for going back holds no connection.
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
}
