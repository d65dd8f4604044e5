const NAMESPACE = "claimgraph:";

/**
 * Keeps tabs, history and theme in the browser under names of our own. Many GraphQL servers are developed on
 * the same local port, and so the same origin; one must not open with the tabs of another.
 */
export const storage = {
  getItem: (key: string) => localStorage.getItem(NAMESPACE + key),
  setItem: (key: string, value: string) => localStorage.setItem(NAMESPACE + key, value),
  removeItem: (key: string) => localStorage.removeItem(NAMESPACE + key),
  clear: () => {
    for (const key of ownKeys()) localStorage.removeItem(key);
  },
  get length() {
    return ownKeys().length;
  },
};

const ownKeys = () => Object.keys(localStorage).filter((key) => key.startsWith(NAMESPACE));
