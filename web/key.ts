const ENTRY = "claimgraph:key";

/** The key that requests are made with, or an empty text. It lives as long as the browser's tab, and nowhere else. */
export const heldKey = (): string => sessionStorage.getItem(ENTRY) ?? "";

/** Keeps a key for this tab of the browser; an empty one is forgotten. Whoever copies `Bearer` along means the key. */
export function holdKey(text: string): void {
  const key = text.trim().replace(/^Bearer\s+/i, "");
  if (key) sessionStorage.setItem(ENTRY, key);
  else sessionStorage.removeItem(ENTRY);
}

/** The header that says who is asking. Without a key there is none: an empty one would be refused. */
export function authorization(): Record<string, string> {
  const key = heldKey();
  return key ? { authorization: `Bearer ${key}` } : {};
}
