import type { TestApp } from "../support/app.js";

const PAGE = { accept: "text/html,*/*;q=0.8" };

/** A page as a browser without JavaScript gets it. */
export async function openPage(app: TestApp, path: string, headers: Record<string, string> = {}) {
  const response = await app.fetch(path, { headers: { ...PAGE, ...headers }, redirect: "manual" });
  const html = await response.text();
  return { status: response.status, headers: response.headers, html, text: textOf(html) };
}

/** What a reader sees of a page without styles. */
export const textOf = (html: string): string =>
  html
    .replace(/<script.*?<\/script>/gs, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
