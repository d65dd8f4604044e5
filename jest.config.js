/** Tests run as ES modules, compiled by swc: it needs no type information, so every decorator names its type. */
export default {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // Those have a configuration of their own: jest.faults.config.js.
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/faults/"],
  extensionsToTreatAsEsm: [".ts"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2022",
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: true },
        },
        module: { type: "es6" },
      },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  testTimeout: 120000,
  maxWorkers: "100%",
  // A worker keeps some of what each file has loaded. One that has grown is replaced, before collecting garbage takes its time.
  workerIdleMemoryLimit: "768MB",
};
