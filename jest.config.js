/** Compiles by swc, which needs no type information, so every decorator names its type. */
const compiled = (tsx) => [
  "@swc/jest",
  {
    jsc: {
      target: "es2022",
      // Else no import would say that it is of JSON.
      experimental: { keepImportAttributes: true },
      parser: { syntax: "typescript", decorators: true, tsx },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: false,
        useDefineForClassFields: true,
        react: { runtime: "automatic", importSource: "preact" },
      },
    },
    module: { type: "es6" },
  },
];

/** Tests run as ES modules. */
export default {
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // Those have a configuration of their own: jest.faults.config.js.
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/faults/"],
  extensionsToTreatAsEsm: [".ts", ".tsx"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: { "^.+\\.ts$": compiled(false), "^.+\\.tsx$": compiled(true) },
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  testTimeout: 120000,
  maxWorkers: "100%",
  // A worker keeps some of what each file has loaded. One that has grown is replaced, before collecting garbage takes its time.
  workerIdleMemoryLimit: "768MB",
};
