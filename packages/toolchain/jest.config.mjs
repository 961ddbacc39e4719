// no data comes by itself while tests run, whatever starts a daemon
process.env.PENSTOCK_SCHEDULES ??= "off";

/** The one Jest configuration: every package's tests run with it, as ES modules, with types stripped by swc. */
export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  testMatch: ["<rootDir>/**/*.test.ts"],
  // a test fails by what it finds, not by how busy the machine is
  testTimeout: 60_000,
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2024" }, module: { type: "es6" } },
    ],
  },
};
