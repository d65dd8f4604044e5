import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EMBEDDED_POSTGRES } from "../../src/database/embedded.js";
import { FolderInUse, lockFolder } from "../../src/database/folder-lock.js";
import type { DatabaseConfig } from "../../src/database/open.js";
import { DatabaseError, openDatabase } from "../../src/database/open.js";
import { asAdministrator, serverUrl } from "../support/database.js";

async function refusal(config: DatabaseConfig): Promise<string> {
  const error: unknown = await openDatabase(config).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(DatabaseError);
  const { message } = error as DatabaseError;
  expect(message).not.toContain("\n");
  return message;
}

describe("an address", () => {
  test.each([
    ["something that is no URL", "nonsense"],
    ["another kind of database", "mysql://u:s3cret@h/x"],
    ["no database", "postgresql://u:s3cret@h:5432/"],
    ["a password that is not encoded", "postgresql://u:s3cret/#@h:5432/x"],
    ["a broken percent sign", "postgresql://u:s3cret%ZZ@h:5432/x"],
  ])("with %s is malformed, and not repeated", async (_, databaseUrl) => {
    const message = await refusal({ databaseUrl });
    expect(message).toMatch(
      /^DATABASE_URL is not the address of a PostgreSQL database\. Write it as postgresql:/,
    );
    expect(message).not.toContain("s3cret");
  });

  test("with a schema of Prisma's own notation is told PostgreSQL's", async () => {
    expect(await refusal({ databaseUrl: "postgresql://u:p@h/x?schema=other" })).toContain("search_path");
  });

  test("where nobody listens names the host, not the password", async () => {
    const message = await refusal({ databaseUrl: "postgresql://u:s3cret@127.0.0.1:1/x" });
    expect(message).toMatch(/^Cannot connect to database "x" at 127\.0\.0\.1:1: .*ECONNREFUSED/);
    expect(message).not.toContain("s3cret");
  });
});

const onServer = serverUrl === undefined ? describe.skip : describe;

onServer("a server", () => {
  test("that asks for another time zone is refused: instants would be written in it", async () => {
    const url = new URL(serverUrl as string);
    url.searchParams.set("options", "-c timezone=Asia/Kolkata");
    expect(await refusal({ databaseUrl: url.href })).toMatch(
      /time zone Asia\/Kolkata .* set timezone to 'UTC'/,
    );
  });

  const changed = (change: (url: URL) => void) => {
    const url = new URL(serverUrl!);
    change(url);
    return url.href;
  };

  test("refuses a user that it does not know", async () => {
    const databaseUrl = changed((url) => {
      url.username = "claimgraph_nobody";
      url.password = "wr0ng";
    });
    const message = await refusal({ databaseUrl });
    expect(message).toMatch(
      /^The server refused user "claimgraph_nobody" .*Correct the user name and password/,
    );
    expect(message).not.toContain("wr0ng");
  });

  test("has no database of that name", async () => {
    const databaseUrl = changed((url) => {
      url.pathname = "claimgraph_nowhere";
    });
    expect(await refusal({ databaseUrl })).toMatch(
      /^There is no database "claimgraph_nowhere" at .*createdb claimgraph_nowhere/,
    );
  });

  test.each(["LATIN1", "SQL_ASCII"])(
    "may have databases of the encoding %s, which are refused",
    async (encoding) => {
      const name = `claimgraph_test_${encoding.toLowerCase()}_${process.pid}`;
      await asAdministrator(
        serverUrl!,
        `create database ${name} template template0 encoding '${encoding}' locale 'C'`,
      );
      const databaseUrl = changed((url) => {
        url.pathname = name;
      });
      const message = await refusal({ databaseUrl }).finally(() =>
        asAdministrator(serverUrl!, `drop database ${name} with (force)`),
      );
      expect(message).toMatch(
        new RegExp(
          `^The encoding of database "${name}" at .* is ${encoding}\\. .*createdb .*--encoding=UTF8`,
        ),
      );
    },
  );
});

describe("a data folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "claimgraph-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("that is in use is refused by name of the process", async () => {
    const release = lockFolder(folder);
    expect(await refusal({ dataDir: folder })).toBe(
      `The data folder ${folder} is in use by process ${process.pid}. ` +
        `Stop that one, or choose another folder with DATA_DIR.`,
    );
    release();
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });

  test("that cannot be written is refused", async () => {
    writeFileSync(join(folder, "file"), "");
    expect(await refusal({ dataDir: join(folder, "file", "data") })).toMatch(/cannot be written: .*ENOTDIR/);
  });

  test("with files that are no database is refused, unless they are left from a first start", async () => {
    await openAndClose(folder);
    writeFileSync(join(folder, "postgres", "global", "pg_control"), "");
    expect(await refusal({ dataDir: folder })).toMatch(/cannot be opened: .*Restore a copy of the folder/);
    writeFileSync(join(folder, "first-start"), "");
    await openAndClose(folder);
    expect(readdirSync(folder)).toEqual(["postgres"]);
  });

  test("of another version of PostgreSQL is refused with both versions, and left as it is", async () => {
    await openAndClose(folder);
    const version = join(folder, "postgres", "PG_VERSION");
    expect(Number(readFileSync(version, "utf8"))).toBe(EMBEDDED_POSTGRES);
    writeFileSync(version, "17\n");
    expect(await refusal({ dataDir: folder })).toBe(
      `The database in ${folder} was made by PostgreSQL 17, which PostgreSQL ${EMBEDDED_POSTGRES} of this version ` +
        `of Claimgraph cannot read. Start the version that made it, or choose another folder with DATA_DIR.`,
    );
    expect(readdirSync(folder)).toEqual(["postgres"]);
    writeFileSync(version, `${EMBEDDED_POSTGRES}\n`);
    await openAndClose(folder);
  });

  test("is taken over from a process that died", async () => {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    writeFileSync(join(folder, "lock"), JSON.stringify({ pid: child.pid, birth: "" }));
    lockFolder(folder)();
  });

  test("is taken over when the number of the process went to another one", () => {
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(FolderInUse);
    release();
    writeFileSync(join(folder, "lock"), JSON.stringify({ pid: process.pid, birth: "1" }));
    lockFolder(folder)();
  });

  test("is taken over from a lock that says nothing", () => {
    writeFileSync(join(folder, "lock"), "");
    lockFolder(folder)();
  });
});

async function openAndClose(dataDir: string): Promise<void> {
  await (await openDatabase({ dataDir })).close();
}
