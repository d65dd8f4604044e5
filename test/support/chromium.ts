import { accessSync, constants } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

// A page under test must be alone on the network: the browser's own errands are switched off.
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const executablePath = PLACES.find((path) => path && isExecutable(path));

const WHY_NOT = "Browser tests need Chromium: install it, or name its program in CHROMIUM_PATH.";

/** `describe` where a Chromium can be run; elsewhere its tests are skipped, save on a build server, where they fail. */
export const describeInBrowser = executablePath || process.env.CI === "true" ? describe : describe.skip;

if (!executablePath) console.warn(WHY_NOT);

/**
 * Starts a headless Chromium; the caller closes it.
 *
 * @throws Error if none is installed
 */
export function launchChromium(): Promise<Browser> {
  if (!executablePath) throw new Error(WHY_NOT);
  return chromium.launch({ executablePath, headless: true, args: QUIET });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
