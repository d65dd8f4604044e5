/** What `/live` tells of a change. */
interface Change {
  data?: {
    changed: {
      cursor: string;
      node: {
        action: string;
        recordType: string;
        patch: { path: string; value?: unknown }[];
        claim: { id: string } | null;
      };
    };
  };
}

/** After so long it asks again, and after each failure twice as long. */
const AGAIN_MILLISECONDS = 3_000;
const LONGEST_MILLISECONDS = 5 * 60_000;

/** Where the ids of new claims are kept while the page is loaded anew. */
const NEW = "claimgraph-new";

/**
 * Follows what changes while the page is open, and offers it: nothing moves until the reader asks for it. A page that is not
 * seen follows nothing, since a browser has only a few connections for a site.
 */
export function followChanges(): void {
  const line = document.querySelector<HTMLElement>(".live");
  if (!line) return;
  showNew(line);
  const { concerns = "", one = "", more = "", changed = "", changedOne = "" } = line.dataset;
  let after = line.dataset.after ?? "";
  const [claims, changes] = [new Set<string>(), new Set<string>()];
  let stream: EventSource | undefined;
  let timer: number | undefined;
  let wait = AGAIN_MILLISECONDS;

  const offer = () => {
    const [n, words] = claims.size > 0 ? [claims.size, [one, more]] : [changes.size, [changedOne, changed]];
    if (n === 0) return;
    const text = n === 1 ? (words[0] ?? "") : (words[1] ?? "").replace("999", String(n));
    const link = line.querySelector("a") ?? line.appendChild(document.createElement("a"));
    link.href = location.pathname + location.search;
    link.textContent = text;
    link.onclick = (event) => {
      event.preventDefault();
      keep([...claims]);
      // A browser that loads a page anew stays where it was read.
      location.reload();
    };
  };

  const hear = ({ data }: MessageEvent<string>) => {
    const { data: told } = JSON.parse(data) as Change;
    // An answer without data is an error that asking again does not mend.
    if (!told) return end(LONGEST_MILLISECONDS);
    after = told.changed.cursor;
    const { action, claim, patch, recordType } = told.changed.node;
    // Drafts of others are told to nobody who may not see them.
    if (recordType === "CLAIM" && !claim && action !== "DELETED") return;
    const published = patch.some(({ path, value }) => path === "/status" && value === "PUBLISHED");
    const isNew = claim && (action === "CREATED" || published);
    if (isNew && !document.querySelector(`main a[href*="/claims/${claim.id}"]`)) claims.add(claim.id);
    else changes.add(claim?.id ?? after);
    offer();
  };

  const open = () => {
    if (stream || document.hidden) return;
    stream = new EventSource(`/live?${new URLSearchParams({ concerns, after })}`);
    stream.addEventListener("next", hear);
    // What connects is no failure: proxies cut streams on which nothing happens.
    stream.addEventListener("open", () => {
      wait = AGAIN_MILLISECONDS;
    });
    stream.addEventListener("complete", () => end());
    stream.addEventListener("error", () => end());
  };
  const end = (pause = wait) => {
    close();
    wait = Math.min(2 * wait, LONGEST_MILLISECONDS);
    timer = window.setTimeout(open, pause);
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

/** Keeps ids until the page is there again. A browser that keeps nothing for sites shows them unmarked. */
function keep(ids: readonly string[]): void {
  try {
    sessionStorage.setItem(NEW, ids.join(" "));
  } catch {}
}

function keptIds(): string[] {
  try {
    const ids = sessionStorage.getItem(NEW) ?? "";
    sessionStorage.removeItem(NEW);
    return ids.split(" ").filter(Boolean);
  } catch {
    return [];
  }
}

/** Marks what was offered and is now shown, and leads to the first of it. */
function showNew(line: HTMLElement): void {
  const ids = keptIds();
  const shown = ids.flatMap((id) => {
    const links = [...document.querySelectorAll(`main a[href*="/claims/${id}"]`)];
    const link = links.find((one) => one.checkVisibility()) ?? links[0];
    for (let folded = link?.closest("details"); folded; folded = folded.parentElement?.closest("details")) {
      folded.open = true;
    }
    return link?.closest<HTMLElement>(".said, .row, li, .side") ?? [];
  });
  for (const element of shown) element.classList.add("new");
  const first = shown.sort(
    (one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top,
  )[0];
  if (!first) return;
  first.tabIndex = -1;
  const link = line.appendChild(document.createElement("a"));
  link.href = "#new";
  link.textContent = line.dataset.shown ?? "";
  link.onclick = (event) => {
    event.preventDefault();
    first.scrollIntoView({ block: "center" });
    first.focus({ preventScroll: true });
    link.remove();
  };
}
