/** The bucket of Terraform's state. It stays when everything else is destroyed. */

import { bucketNames } from "@penstock/lake/names.ts";
import type { Construct } from "constructs";
import type { EnvironmentConfig } from "../config.ts";
import { PrivateBucket } from "../constructs/private-bucket.ts";
import { EnvironmentStack } from "./environment-stack.ts";

export class BootstrapStack extends EnvironmentStack {
  constructor(scope: Construct, environment: EnvironmentConfig) {
    super(scope, "bootstrap", environment);
    const name = bucketNames(environment).state;
    const { bucket } = new PrivateBucket(this, "state", {
      name,
      // the environment's own key would go with the environment, and its state would be lost
      keyArn: null,
      accessLogs: null,
      // every state that there ever was: they are small, and the way back after a deploy that went wrong
      replacedDays: null,
    });
    // it holds this stack's own state, too, and so was there before: `deploy` makes it, or whoever runs Terraform
    bucket.importFrom(name);
  }
}
