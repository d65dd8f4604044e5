import usual from "./jest.config.js";

/** The tests of faults: servers as processes, on a PostgreSQL that they stop and start; one after the other. */
export default {
  ...usual,
  testMatch: ["<rootDir>/test/faults/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
  maxWorkers: 1,
  testTimeout: 300000,
};
