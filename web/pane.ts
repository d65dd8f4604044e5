/** What a narrow window shows, one at a time. */
export type Pane = "examples" | "operation" | "answer";

let shown: Pane = "examples";
const listeners = new Set<() => void>();

export const currentPane = (): Pane => shown;

/** Brings a pane to the front; where all have room, nothing is seen of it. */
export function showPane(pane: Pane): void {
  shown = pane;
  for (const listener of listeners) listener();
}

/** Calls back whenever another pane is shown, until the function that it returns is called. */
export function onPaneChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
