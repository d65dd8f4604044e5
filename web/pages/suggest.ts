/** What `/search/suggestions` answers. */
interface Suggestion {
  readonly href: string;
  readonly text: string;
  readonly kind: string;
}

const PAUSE_MILLISECONDS = 150;
const SHORTEST = 2;

/** Type-ahead for the search box, as a combobox: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function suggest(): void {
  const form = document.querySelector<HTMLFormElement>("form.search");
  const input = form?.querySelector<HTMLInputElement>("input[type=search]");
  if (!form || !input) return;
  const list = document.createElement("div");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
  list.hidden = true;
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  form.append(list, status);
  const attributes = {
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-autocomplete": "list",
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  let timer: number | undefined;
  let asking: AbortController | undefined;
  let active = -1;
  const options = () => [...list.querySelectorAll<HTMLAnchorElement>("a")];

  const close = () => {
    window.clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    activate(-1);
    input.setAttribute("aria-expanded", "false");
  };
  const activate = (n: number) => {
    active = n;
    for (const [i, option] of options().entries()) option.setAttribute("aria-selected", String(i === n));
    const id = options()[n]?.id;
    if (id) input.setAttribute("aria-activedescendant", id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (suggestions: readonly Suggestion[]) => {
    list.replaceChildren(
      ...suggestions.map(({ href, text, kind }, n) => {
        const option = document.createElement("a");
        option.id = `suggestion-${n}`;
        option.href = href;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
        const name = document.createElement("bdi");
        name.textContent = text;
        const facts = document.createElement("span");
        facts.className = "facts";
        facts.textContent = ` · ${kind}`;
        option.append(name, facts);
        return option;
      }),
    );
    list.hidden = suggestions.length === 0;
    const { found = "", none = "" } = form.dataset;
    status.textContent = list.hidden ? none : found.replace("999", String(suggestions.length));
    input.setAttribute("aria-expanded", String(!list.hidden));
    activate(-1);
  };
  const ask = async () => {
    const q = input.value.trim();
    if (q.length < SHORTEST) return close();
    asking?.abort();
    asking = new AbortController();
    // Only where the address of the page names a language, that of what it leads to does.
    const lang = form.querySelector<HTMLInputElement>("[name=lang]")?.value;
    try {
      const response = await fetch(
        `/search/suggestions?${new URLSearchParams({ q, ...(lang && { lang }) })}`,
        { signal: asking.signal },
      );
      if (response.ok && document.activeElement === input) show(await response.json());
    } catch {
      // Whoever types on has asked anew; and without an answer the form still searches.
    }
  };

  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE_MILLISECONDS);
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "Escape" && !list.hidden) {
      // What was typed stays. Browsers clear the field at the next Escape.
      event.preventDefault();
      return close();
    }
    if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      all[active]?.click();
    }
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || all.length === 0) return;
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    activate(active + step >= all.length ? -1 : active + step < -1 ? all.length - 1 : active + step);
  });
  input.addEventListener("blur", () => window.setTimeout(close, 200));
}
