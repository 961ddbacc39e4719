/** Tags everything of a pipeline with its name, whatever has tags. */

import { Aspects, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";

interface Tagged extends IConstruct {
  tags?: Record<string, string>;
  tagsInput?: Record<string, string> | undefined;
}

export function tagPipeline(scope: IConstruct, pipeline: string): void {
  const aspect: IAspect = {
    visit(node) {
      if (isTagged(node)) node.tags = { ...node.tagsInput, pipeline };
    },
  };
  Aspects.of(scope).add(aspect);
}

const isTagged = (node: IConstruct): node is Tagged => "tags" in node && "tagsInput" in node;
