import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * A file or folder of the project that the program reads as it runs: migrations, examples, the built playground. They lie
 * beside package.json, whether the program runs from src, from one bundle in dist or from many files in a folder.
 */
export function inProject(path: string): string {
  return join(projectFolder, path);
}

const projectFolder = holderOfPackage(import.meta.dirname);

function holderOfPackage(folder: string): string {
  if (existsSync(join(folder, "package.json"))) {
    return folder;
  }
  const above = dirname(folder);
  if (above === folder) {
    throw new Error("The program has been moved out of its project: no folder above it has a package.json.");
  }
  return holderOfPackage(above);
}
