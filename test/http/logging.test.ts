import { readable } from "../../src/http/logging.js";

const line = (entry: Record<string, unknown>) =>
  readable(
    JSON.stringify({ level: 30, time: Date.UTC(2024, 0, 2, 3, 4, 5), pid: 1, hostname: "h", ...entry }),
  );

test("a request in a terminal is one short line", () => {
  expect(
    line({
      requestId: "r",
      method: "POST",
      path: "/graphql",
      status: 200,
      ms: 1.2,
      operation: "Board",
      msg: "request",
    }),
  ).toBe("03:04:05 POST /graphql 200 1.2 ms Board\n");
});

test("anything else has its level, what it says, and the stack of an error", () => {
  expect(
    line({ level: 50, requestId: "r-1", msg: "a field failed", err: { stack: "Error: x\n    at y" } }),
  ).toBe('03:04:05 error a field failed requestId="r-1"\nError: x\n    at y\n');
});

test("what a client wrote cannot move the cursor of the terminal", () => {
  expect(line({ method: "GET", path: "/\u001b[2J", status: 404, ms: 1, msg: "request" })).not.toMatch(
    "\u001b",
  );
});
