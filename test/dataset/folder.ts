import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Writes files into a new folder and returns its path. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "claimgraph-dataset-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** The files of the complete example in examples/README.md. */
export function documentedFiles(): Record<string, string> {
  const readme = readFileSync("examples/README.md", "utf8");
  const blocks = readme.matchAll(/^```\w+ title=(\S+)\n([\s\S]*?)^```$/gm);
  return Object.fromEntries([...blocks].map(([, name, content]) => [name, content] as [string, string]));
}
