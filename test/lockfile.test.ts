import { readFileSync } from "node:fs";

test("every package of the lockfile has a hash, and none a registry's address", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { integrity?: string; resolved?: string; link?: boolean }>;
  };
  const others = Object.entries(packages).filter(([path, { link }]) => path !== "" && !link);
  expect(others.length).toBeGreaterThan(100);
  expect(
    others.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path),
  ).toEqual([]);
  expect(others.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
});
