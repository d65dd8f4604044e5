import { readFileSync } from "node:fs";
import { satisfies, subset } from "semver";

interface Package {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  license?: string;
  hasInstallScript?: boolean;
  engines?: { node?: string };
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, Package> & { "": Required<Package> };
};
const others = Object.entries(packages).filter(([path, { link }]) => path !== "" && !link);
/** What `npm ci --omit=dev` may install. */
const production = others.filter(([, { dev }]) => !dev);

test("every package has a hash, and none a registry's address", () => {
  expect(others.length).toBeGreaterThan(100);
  expect(
    others.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path),
  ).toEqual([]);
  expect(others.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});

describe("every version of Node.js on which the project runs", () => {
  const ours = packages[""].engines.node as string;
  /** Those whose engines exclude one of them: npm warns of each. */
  const excluding = (some: [string, Package][]) =>
    some.filter(([, { engines }]) => engines?.node && !subset(ours, engines.node)).map(([path]) => path);

  test.each(["20.19.0", "22.13.0", "24.0.0"])("includes %s", (version) => {
    expect(satisfies(version, ours)).toBe(true);
  });

  test("suits all that the server needs", () => {
    expect(excluding(production)).toEqual([]);
  });

  test("suits all tools but those that docs/dependencies.md names", () => {
    const [, section = ""] = readFileSync("docs/dependencies.md", "utf8").split("\n## Warnings\n");
    const named = [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => `node_modules/${name}`);
    expect(excluding(others)).toEqual(named);
  });
});

test("what the server needs has permissive licences", () => {
  const allowed = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0"]);
  for (const license of ["CC0-1.0", "ISC", "MIT", "PostgreSQL", "Unlicense"]) allowed.add(license);
  const named = (license = "none") => license.replace(/[()]/g, "").split(/ (?:AND|OR) /);
  expect(production.filter(([, { license }]) => !named(license).every((one) => allowed.has(one)))).toEqual(
    [],
  );
});

test("of every package that would run a script it is said whether it may", () => {
  const { allowScripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const names = others
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ""));
  expect(Object.keys(allowScripts).toSorted()).toEqual([...new Set(names)].toSorted());
});

test("Prisma's command line, and all that it asks for, is for development only", () => {
  const { dependencies = {} } = packages["node_modules/prisma"] as Package;
  for (const name of ["prisma", ...Object.keys(dependencies)]) {
    expect([name, packages[`node_modules/${name}`]?.dev]).toEqual([name, true]);
  }
});

test("every peer that a package insists on is there, although none is installed by itself", () => {
  /** What the package at this path gets when it asks for the name. */
  const found = (path: string, name: string): Package | undefined =>
    packages[`${path}/node_modules/${name}`.replace(/^\//, "")] ??
    (path === "" ? undefined : found(path.split("/").slice(0, -1).join("/"), name));
  const missing = others.flatMap(([path, { peerDependencies = {}, peerDependenciesMeta }]) =>
    Object.entries(peerDependencies)
      .filter(([name]) => !peerDependenciesMeta?.[name]?.optional)
      .filter(([name, range]) => !satisfies(found(path, name)?.version ?? "", range))
      .map(([name, range]) => `${path}: ${name} ${range}`),
  );
  expect(missing).toEqual([]);
});
