import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The addresses of what the pages load. */
export interface Assets {
  readonly style?: string;
  readonly script?: string;
  readonly icon?: string;
  /** Those that nearly every page needs: the others come when a letter of theirs does. */
  readonly fonts: readonly string[];
}

/** Vite's list of what it has built: https://vite.dev/guide/backend-integration */
type Manifest = Record<string, { file: string; css?: string[]; src?: string }>;

const NEEDED = /(source-sans-3-latin-wght|source-serif-4-latin-400)-normal\.woff2$/;

/**
 * Finds what was built for the pages. Without it they are complete too, but plain.
 *
 * @param folder of the build
 * @param url at which it is offered
 */
export function assetsIn(folder: string, url: string): Assets {
  const list = join(folder, "manifest.json");
  if (!existsSync(list)) return { fonts: [] };
  const manifest = JSON.parse(readFileSync(list, "utf8")) as Manifest;
  const main = manifest["main.ts"];
  const at = (file: string | undefined) => file && `${url}/${file}`;
  return {
    style: at(main?.css?.[0]),
    script: at(main?.file),
    icon: at(Object.values(manifest).find(({ src }) => src?.endsWith("favicon.svg"))?.file),
    fonts: Object.values(manifest)
      .map(({ file, src }) => (src && NEEDED.test(src) ? at(file) : undefined))
      .filter((font): font is string => font !== undefined),
  };
}
