/**
 * Imports point one way. Each entry: a part of the repository, and the parts it may import from.
 * What is not listed is forbidden; a part may always import from itself.
 */
const mayImport = {
  "packages/types": [],
  "packages/contracts": [],
  "packages/workflows": ["contracts"],
  "packages/sampling": [],
  "packages/charts": [],
  "packages/pipelines": ["contracts", "workflows", "sampling", "charts"],
  "packages/lake": ["contracts", "types"],
  "packages/steps": ["lake", "contracts", "workflows", "types"],
  "packages/toolchain": [],
  "packages/codegen": ["contracts", "workflows", "pipelines", "toolchain"],
  "packages/local": ["contracts", "workflows", "pipelines", "lake", "toolchain", "types"],
  infra: ["contracts", "workflows", "pipelines", "lake", "toolchain"],
};

const oneWay = Object.entries(mayImport).map(([from, allowed]) => ({
  name: `${from.replace("packages/", "")}-imports`,
  comment: `${from} may import only from: ${allowed.join(", ") || "nothing of the project"}`,
  severity: "error",
  from: { path: `^${from}/`, pathNot: "\\.test\\.ts$" },
  to: {
    path: "^(packages|apps|infra|tests)/",
    pathNot: `^(${from}|${allowed.map((name) => `packages/${name}`).join("|") || "-"})/`,
  },
}));

export default {
  forbidden: [
    ...oneWay,
    {
      name: "no-circular",
      comment: "two files that import each other hold one concept between them",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "apps-are-leaves",
      comment: "an app is reached by the path of its bundle or as a command, never by import",
      severity: "error",
      from: { path: "^(packages|infra|tests)/" },
      to: { path: "^apps/" },
    },
    {
      name: "apps-stand-alone",
      comment: "one app does not import another",
      severity: "error",
      from: { path: "^apps/([^/]+)/" },
      to: { path: "^apps/", pathNot: "^apps/$1/" },
    },
    {
      name: "pipelines-stand-alone",
      comment: "a pipeline folder knows no other pipeline, so that deleting one leaves the rest whole",
      severity: "error",
      from: { path: "^packages/pipelines/([^/]+)/" },
      to: { path: "^packages/pipelines/[^/]+/", pathNot: "^packages/pipelines/$1/" },
    },
    {
      name: "infra-by-the-cli",
      comment: "infrastructure is reached by the command line alone; nothing else knows of CDKTF",
      severity: "error",
      from: { path: "^(packages|apps)/", pathNot: "^apps/cli/" },
      to: { path: "^infra/|node_modules/(cdktf|@cdktf|constructs)/" },
    },
    {
      name: "cdktf-to-deploy",
      comment:
        "commands about runs and data need an environment's configuration, not the half second of CDKTF",
      severity: "error",
      from: { path: "^apps/cli/src/session/" },
      to: { path: "node_modules/(cdktf|@cdktf|constructs)/", reachable: true },
    },
    {
      name: "aws-by-the-lake",
      comment: "the lake is the one place that uses these AWS clients",
      severity: "error",
      from: {
        path: "^(packages|apps)/",
        pathNot: ["^packages/lake/", "\\.test\\.ts$", "^apps/cli/", "^packages/local/"],
      },
      to: { path: "@aws-sdk/(client-(s3|dynamodb|athena|glue)|lib-dynamodb)" },
    },
    {
      name: "no-unresolvable",
      comment: "an import that leads nowhere",
      severity: "error",
      from: { pathNot: "\\.test\\.ts$" },
      to: { couldNotResolve: true, pathNot: "^#pipeline$" },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|golden)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".mjs", ".js", ".json"],
    },
  },
};
